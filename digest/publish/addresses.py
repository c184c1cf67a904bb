"""Addresses that were published: none may be forgotten because a file was.

What the last build wrote here is compared with the register. Where that was emptied,
deleted or cut, papers that have pages are new to it, and may get other addresses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from digest.config import Settings
from digest.errors import RegisterError
from digest.language.strings import counted
from digest.models import Paper, RegisterRow
from digest.papers.paper_object import from_json
from digest.publish.write import written_files

PAPERS = "papers.jsonl"
"""The file of a published site that has every paper."""
_OWN_FILE = re.compile(r"papers/([^/]+)/cite\.bib")
_NAMED = 3
"""How many missing papers a message names."""


def check(known: Iterable[RegisterRow], rows: Iterable[RegisterRow], settings: Settings) -> None:
    """Check that no paper that has a page here is new to the register.

    `known` are the rows of the register, `rows` those of the papers that documents describe;
    a new one has the id that its text gave it the first time. Papers that neither knows are
    no concern: they are gone together, as with another branch in version control.
    Raises `RegisterError`, which says how many are missing and what to do.
    """
    ids = {row.id for row in known}
    new = {row.id for row in rows} - ids
    published = _published(settings) if new else frozenset()
    missing = sorted(published - ids)
    if not new & published:
        return
    some = ", ".join(missing[:_NAMED]) + (", …" if missing[_NAMED:] else "")
    raise RegisterError(
        f"{settings.register}: expected all {counted(len(published), 'paper')} of the last build,"
        f" found all but {len(missing):,} ({some}) — nothing is changed, because they may lose"
        " their addresses: restore the file from version control or a copy, or by"
        " `digest restore` from the published papers.jsonl; `digest build --forget-addresses`"
        " goes on without them"
    )


def _published(settings: Settings) -> frozenset[str]:
    """Return the ids of the papers that the last build wrote pages of, as far as that is known."""
    written = written_files(settings.site_src)
    if written:
        return frozenset(found[1] for path in written if (found := _OWN_FILE.fullmatch(path)))
    with suppress(RegisterError):
        return frozenset(paper.id for paper in published_papers(settings.site_dir / PAPERS))
    return frozenset()


def published_papers(file: Path) -> Iterator[Paper]:
    """Yield every paper of a published papers.jsonl.

    Raises `RegisterError` if the file or a line cannot be read.
    """
    try:
        with file.open(encoding="utf-8") as lines:
            yield from papers_in(lines, str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(
            f"{file}: expected the papers.jsonl of a published site, found: {error}"
        ) from error


def papers_in(lines: Iterable[str], where: str) -> Iterator[Paper]:
    """Yield the paper in every line of a papers.jsonl; `where` is its place, for messages.

    Raises `RegisterError` for a line that is none.
    """
    for number, line in enumerate(lines, start=1):
        try:
            yield from_json(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise RegisterError(
                f"{where}:{number}: expected a paper as papers.jsonl has it, found: {error}"
            ) from error
