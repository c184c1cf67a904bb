"""Checks of what must never be lost: documents, sources, the register, and copies of both."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

from digest.doctor.checkup import Checkup
from digest.hosting.finding import Finding
from digest.language.strings import counted
from digest.models import Totals
from digest.papers import register_file
from digest.services.fetch.history import load_history

SILENT_DAYS = 7
"""Days after which a source that is fetched should have answered."""


def documents(checkup: Checkup) -> Iterator[Finding]:
    """Look whether every document can be read."""
    merged = checkup.merged
    totals = Totals.of(merged.accounts)
    said = (
        f"{counted(len(merged.accounts), 'document')}: {totals.read:,} read,"
        f" {totals.published:,} published, {totals.merged:,} merged, {totals.refused:,} refused"
    )
    if totals.refused:
        yield Finding("warning", said, "`digest check` says why")
    else:
        yield Finding("ok", said)


def sources(checkup: Checkup) -> Iterator[Finding]:
    """Look when each source answered last."""
    said: list[str] = []
    history = load_history(checkup.settings.seeds, said.append)
    for line in said:
        yield Finding("warning", line)
    if not history and not checkup.settings.options.fetch:
        yield Finding("ok", "no source is fetched")
    elif not history:
        yield Finding("warning", "no source has answered yet", "`digest fetch`")
    for source, last in sorted(history.items()):
        days = (checkup.today - last.day).days
        if days > SILENT_DAYS:
            yield Finding(
                "warning",
                f"{source} answered last on {last.day}",
                "`digest fetch` says why; take it out of mkdocs.yml if it is no more",
            )
        else:
            yield Finding("ok", f"{source} answered on {last.day}, with new papers on {last.new}")


def register_and_documents(checkup: Checkup) -> Iterator[Finding]:
    """Look whether the register knows every paper, and every paper of it is in a document."""
    rows = register_file.load(checkup.settings.register)
    known = {row.id for row in rows}
    new = sum(row.id not in known for row in checkup.merged.rows)
    gone = [row for row in checkup.merged.former if not row.into]
    if gone:
        titles = ", ".join(row.title or row.id for row in gone[:5])
        yield Finding(
            "warning",
            f"{counted(len(gone), 'paper')} of the register without a document: {titles}",
            "their pages say that they are gone; if that is a mistake, bring the documents back",
        )
    if new and rows and new > len(rows):
        yield Finding(
            "error",
            f"{new:,} papers are not in the register, which has {len(rows):,}: it may be an old one",
            "look at `git log seeds/register.jsonl` before you build: papers would get new"
            " addresses",
        )
    elif new:
        yield Finding("ok", f"{counted(new, 'new paper')} will get an address by the next build")
    else:
        yield Finding("ok", f"the register has all {len(known):,} papers")


def version_control(checkup: Checkup) -> Iterator[Finding]:
    """Look whether the documents and the register are committed: what is not can be lost."""
    git, seeds = shutil.which("git"), checkup.settings.seeds
    if not git:
        yield Finding("skipped", "there is no git here: nobody looked whether seeds/ is committed")
        return
    status = subprocess.run(  # noqa: S603 - the words are fixed
        [git, "-C", str(seeds), "status", "--porcelain", "--untracked-files=all", "--", "."],
        capture_output=True,
        check=False,
    )
    if status.returncode:
        yield Finding(
            "warning",
            f"{seeds.name}/ is not in version control",
            "`git init`, and commit it after every build: the register keeps the addresses",
        )
    elif changed := status.stdout.splitlines():
        yield Finding(
            "warning",
            f"{counted(len(changed), 'file')} in {seeds.name}/ to be committed",
            "`git add seeds && git commit`: the register keeps the addresses",
        )
    else:
        yield Finding("ok", f"{seeds.name}/ is committed")
