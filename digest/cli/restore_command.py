"""digest restore: the register, from what was published."""

from __future__ import annotations

from pathlib import Path

from digest.cli.console import say
from digest.files import write_file
from digest.language.strings import counted
from digest.locks import BRIEFLY, writing
from digest.mkdocs import site
from digest.papers import register_file
from digest.papers.register import recovered
from digest.publish.addresses import PAPERS, published_papers


def run(papers: Path | None, config_file: Path) -> None:
    """Add the papers that the register lacks, and print how many these are."""
    settings = site.settings_from(config_file)
    file = papers or settings.site_dir / PAPERS
    with writing(settings.cache, "site", wait=BRIEFLY, say=say):
        rows = register_file.load(settings.register)
        known = {row.id for row in rows}
        lost = [recovered(paper) for paper in published_papers(file) if paper.id not in known]
        write_file(settings.register, register_file.dumps([*rows, *lost]).encode())
    say(
        f"{settings.register}: {counted(len(lost), 'paper')} restored from {file},"
        f" {len(rows)} there before — look at it, and commit it"
    )
