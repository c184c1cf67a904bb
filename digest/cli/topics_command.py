"""digest topics: the topics, and why each paper is there."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.console import json_line, say
from digest.cli.reports import compose
from digest.cli.topic_reports import explanation, suggestions
from digest.mkdocs import site
from digest.models import Topic


def run(
    as_json: bool, explain: str | None, table: str | None, suggest: bool, config_file: Path
) -> None:
    """Print the topics, the reasons for one paper, or rows that the table may be missing."""
    settings = site.settings_from(config_file)
    report = compose(config_file, settings.with_topics(table, "--try") if table else settings)
    if explain:
        click.echo(explanation(report, explain), nl=False)
    elif suggest:
        rows = suggestions(report)
        click.echo(rows, nl=False)
        if not rows and report.digest.topics:
            say("nothing to suggest: the papers fit the table")
    else:
        for topic in report.digest.topics:
            click.echo(_topic_json(topic) if as_json else _topic_text(topic))
    if not report.digest.topics:
        say("there are no topics: with fewer than thirty papers `topics: auto` may find none")


def _topic_json(topic: Topic) -> str:
    """Return a topic, its papers and why each is there, as JSON."""
    found = {"topic": topic.name, "url": topic.url, "papers": _reasons(topic)}
    return json_line(found | {"description": topic.description})


def _topic_text(topic: Topic) -> str:
    """Return the same for people, with a line for each paper."""
    why = _reasons(topic)
    papers = (f"  {paper.id} {paper.title} — {', '.join(why[paper.id])}" for paper in topic.papers)
    return "\n".join([f"{topic.name} ({len(why)})", *papers])


def _reasons(topic: Topic) -> dict[str, list[str]]:
    """Return the words that put each paper into a topic, by the paper's id."""
    return {
        paper.id: list(each.why)
        for paper in topic.papers
        for each in paper.topics
        if each.topic == topic.name
    }
