"""The topics of a digest with their papers, and the file that keeps the topics found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from digest.config import Settings
from digest.files import write_file
from digest.models import Paper, Topic
from digest.understand.topics.table import AUTO, Table, update

_HEAD = """\
Topics found in the papers. They stay as they are from build to build, and new
ones are added below; edit names, phrases and weights as you like. A topic you
rename keeps its address with `was: [Old name]`.
"""


def keep(table: Table, settings: Settings) -> None:
    """Write the topics found in the papers into seeds/topics.yml, below what people wrote there."""
    if AUTO not in settings.options.topics or not table.rows:
        return
    file = settings.found_topics
    before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    after = update(before, table, _HEAD)
    if after != before:
        write_file(file, after.encode())


def arrange(papers: Iterable[Paper], table: Table) -> tuple[Topic, ...]:
    """Return every topic of the table with its papers, in the order in which they come."""
    within: dict[str, list[Paper]] = {topic.name: [] for topic in table.topics}
    for paper in papers:
        for assignment in paper.topics:
            within[assignment.topic].append(paper)
    return tuple(replace(topic, papers=tuple(within[topic.name])) for topic in table.topics)
