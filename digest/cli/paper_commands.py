"""Commands for the papers: papers, topics, keyphrases, enrich."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from digest import pipeline
from digest.cli.console import ProgressBar, as_json, compose, config_file, json_line, say
from digest.cli.topic_reports import explanation, suggestions
from digest.clock import today
from digest.errors import SeedError
from digest.mkdocs import site
from digest.models import Topic
from digest.outputs.citations import to_json
from digest.outputs.rendering.filters import counted
from digest.services import enrich
from digest.understand.keyphrases import SourceText, extract


@click.command()
@as_json
@config_file
def papers(as_json: bool, config_file: Path) -> None:
    """List the papers; with --json one object a line."""
    report = compose(config_file)
    for paper in report.digest.papers:
        line = f"{paper.date} {paper.id} {paper.title}"
        click.echo(json_line(to_json(paper)) if as_json else line)


@click.command(name="topics")
@as_json
@click.option("--explain", metavar="PAPER", help="Show why this paper (an id) is in its topics.")
@click.option("--try", "table", metavar="TABLE", help="Use this table instead, to see its effect.")
@click.option("--suggest", is_flag=True, help="Propose rows for what the table does not cover.")
@config_file
def topics_(
    as_json: bool, explain: str | None, table: str | None, suggest: bool, config_file: Path
) -> None:
    """List the topics, their papers, and why each paper is there."""
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


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--json", "as_json", is_flag=True, help="The default, and the only format.")
@click.option(
    "--top",
    default=10,
    show_default=True,
    type=click.IntRange(1),
    help="Keyphrases a text, at most.",
)
@config_file
def keyphrases(file: Iterable[bytes], as_json: bool, top: int, config_file: Path) -> None:
    """Read JSON Lines (id, and text or abstract), and write the keyphrases of each.

    No digest is needed: mkdocs.yml is ignored. A line that cannot be read is
    reported, and the others are written.
    """
    texts, ids, failed = [], [], False
    for place, line in enumerate(file, start=1):
        try:
            id, text = _text_of(line, place)
        except SeedError as error:
            say(str(error))
            failed = True
            continue
        if text:
            ids.append(id)
            texts.append(text)
    for id, phrases in zip(ids, extract(texts, top), strict=True):
        click.echo(json_line({"id": id, "keyphrases": list(phrases)}))
    sys.exit(int(failed))


@click.command(name="enrich")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME[=ADDRESS]",
    help="Ask only this index, perhaps at a mirror; may be repeated; else those of `indexes`.",
)
@click.option("--limit", type=click.IntRange(0), metavar="N", help="At most this many papers.")
@click.option("--full", is_flag=True, help="Ask until DOI, venue, day and code are known, too.")
@click.option("--again", is_flag=True, help="Ask again for what was not found recently.")
@config_file
def enrich_(
    sources: tuple[str, ...], limit: int | None, full: bool, again: bool, config_file: Path
) -> None:
    """Look up papers without a title, authors or a link in public indexes.

    What they answer is stored in seeds/index.jsonl and used by every later
    build, which needs no network. Only what agrees with the paper is taken.
    """
    settings = site.settings_from(config_file)
    contact = settings.options.contact
    asked = enrich.choose(sources or settings.options.indexes, contact, say)
    if not contact:
        say(f"{config_file}: with `contact: you@example.org` the indexes know whom to write to")
    try:
        with ProgressBar() as bar:
            outcome = enrich.enrich(
                pipeline.merge(pipeline.read(settings, bar), settings, today()).papers,
                asked,
                settings.index,
                today(),
                again=again,
                full=full,
                limit=limit,
                say=bar.say,
                progress=bar,
            )
    except KeyboardInterrupt:
        say("stopped; what was answered is kept, and the next run goes on from here")
        sys.exit(130)
    say(
        f"{counted(outcome.papers, 'paper')} looked up with {counted(outcome.requests, 'request')}:"
        f" something found for {outcome.found}, a title for {outcome.titles}"
    )
    sys.exit(int(outcome.failed))


def _text_of(line: bytes, place: int) -> tuple[Any, SourceText | None]:
    """Return the id and the text of one line; no text for an empty line.

    Raises `SeedError` if the line is anything else than described.
    """
    if not line.strip():
        return None, None
    try:
        found = json.loads(line.decode("utf-8-sig"))
        title = str(found.get("title") or "")
        return found["id"], SourceText(title, str(found.get("abstract") or found.get("text") or ""))
    except (ValueError, KeyError, AttributeError, RecursionError) as error:
        raise SeedError(
            f"line {place}",
            "expected a JSON object with 'id' and 'text' or 'abstract',"
            f" found {line[:60].decode(errors='replace')!r}",
        ) from error
