"""digest restore: the register, from what was published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digest.cli.console import say
from digest.config import Settings
from digest.errors import RegisterError
from digest.files import write_file
from digest.language.strings import counted
from digest.locks import BRIEFLY, writing
from digest.mkdocs import site
from digest.models import Paper
from digest.papers import register_file
from digest.papers.register import recovered
from digest.publish.addresses import PAPERS, papers_in, published_papers


def run(papers: str | None, config_file: Path) -> None:
    """Add the papers that the register lacks, and print how many these are."""
    settings = site.settings_from(config_file)
    where = papers or _nearest(settings)
    with writing(settings.cache, "site", wait=BRIEFLY, say=say):
        rows = register_file.load(settings.register)
        known = {row.id for row in rows}
        published = _papers_at(where, settings)
        lost = [recovered(paper) for paper in published if paper.id not in known]
        write_file(settings.register, register_file.dumps([*rows, *lost]).encode())
    say(
        f"{settings.register}: {counted(len(lost), 'paper')} restored from {where},"
        f" {len(rows)} there before — look at it, and commit it"
    )


def _nearest(settings: Settings) -> str:
    """Return where the papers were published: in the site here, else at its address."""
    here = settings.site_dir / PAPERS
    return str(here) if here.exists() or settings.is_preview else f"{settings.site_url}{PAPERS}"


def _papers_at(where: str, settings: Settings) -> Iterator[Paper]:
    """Yield the papers of a papers.jsonl, in a file or at an address.

    Raises `RegisterError` if it is none, `WebError` if a server does not answer.
    """
    if not where.startswith(("https://", "http://")):
        yield from published_papers(Path(where))
        return
    from digest.services import published

    text = published.papers(where, settings.options.contact)
    if text is None:
        raise RegisterError(f"{where}: expected the papers.jsonl of a published site, found none")
    yield from papers_in(text.splitlines(), where)
