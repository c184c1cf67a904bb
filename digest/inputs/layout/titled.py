"""Titles and abstracts, one after the other, as people paste them; no furniture needed.

Memory Networks
We describe a new class of learning models called memory networks. …
End-To-End Memory Networks
We introduce a neural network with a recurrent attention model …
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import labels, metadata_lines, pairs, views
from digest.inputs.layout.lines import Block
from digest.inputs.layout.pairs import Pair
from digest.inputs.layout.sequence_labelling import Layout
from digest.inputs.syntax.date_parsing import date_line
from digest.models import DateLine, Guess, Reading, Record, Seed
from digest.papers import ids

NAME = "title-abstract"


_SUREST = 0.7
"""What looks like titles and abstracts may as well be what shows signs of its own."""

_MINUTES = re.compile(r"\s*\(\d{1,3}[ -]min(?:ute)?s?(?: read)?\)\Z", re.I)
"""How long a newsletter's readers will take, behind a title."""

_CITED = re.compile(
    r"(?<=\w{3}) \((?:(?:[A-Z][a-zà-öø-ÿ’'A-Z-]*[a-zà-öø-ÿ]|&|and|et|und|van|von|der|den|de|la|di|al\.?),?\s){1,10}(?:19|20)\d\d[a-z]?\)\Z"
)
"""Who wrote it and when, as reading lists put it behind a title."""


def recognise(document: Document) -> Guess:
    """Sure where most paragraphs pair up into a title and an abstract."""
    found = document.head.view(views.titled)
    papers = list(pairs.pairs(found.parts))
    whole = sum(pair.title is not None and pair.abstract is not None for pair in papers)
    if not whole:
        return Guess(0.0, "a title with an abstract after it")
    return Guess(_SUREST * whole / len(papers) * _calm(found))


def _calm(found: Layout) -> float:
    """The share of paragraphs that belong to papers."""
    return 1 - 0.5 * found.count("furniture") / len(found.parts)


def read(document: Document) -> Reading:
    """Pair titles with abstracts; a title without one is refused."""
    found = document.view(views.titled)
    return findings.reading(
        document,
        NAME,
        chain(finds(document, pairs.pairs(found.parts)), asides_of(document, found)),
        heading(found),
    )


def finds(seed: Seed, papers: Iterable[Pair]) -> Iterator[findings.Find]:
    """Turn pairs into records, and lonely titles into problems."""
    waiting: Pair | None = None
    for pair in papers:
        if waiting and waiting.title:
            after = pair.title or pair.abstract
            yield findings.no_abstract(
                seed, waiting.title.line, waiting.title.text, after.text if after else ""
            )
        linked = (
            pair.title and " " in pair.title.text and "arxiv" in ids.identifiers(pair.title.urls)
        )
        waiting = None if pair.abstract or linked else pair
        if pair.abstract and not pair.title:
            found = f"expected a title above the abstract {findings.quote(pair.abstract.text)}, found none"
            yield findings.remark(seed, pair.abstract.line, f"{found} — it gets a headline of ours")
        if pair.abstract or linked:
            yield _record(seed, pair)
    if waiting and waiting.title:
        yield findings.no_abstract(seed, waiting.title.line, waiting.title.text, "")


def asides_of(seed: Seed, found: Layout) -> Iterator[findings.Find]:
    """Remark on the lines that are left aside."""
    return (findings.left_aside(seed, block.line, block.text) for block in pairs.aside(found.parts))


def _record(seed: Seed, pair: Pair) -> Record:
    """Make a record of a pair, and of what its addresses and notes say."""
    values: labels.Labelled = {}
    for block in (pair.title, pair.abstract):
        for field, found in metadata_lines.values(block).items() if block else ():
            values.setdefault(field, []).extend(found)
    for block in pair.after:  # a button below a paper leads to its code
        made = (ids.link(url) for url in block.urls)
        code = (link.url for link in made if link and link.kind == "code")
        values.setdefault("url", []).extend(code)
    values["title"] = [_CITED.sub("", _MINUTES.sub("", pair.title.text))] if pair.title else []
    values["abstract"] = [pair.abstract.text] if pair.abstract else []
    first = pair.abstract or pair.title
    return labels.record(seed, first.line if first else 1, values)


def heading(found: Layout) -> DateLine | None:
    """The date that stands above the first paper: the document's own."""
    for part in found.parts:
        if part.role != "furniture":
            return None
        if day := date_line(part.block.text, part.block.line):
            return day
    return None


def dated(aside: Iterable[Block]) -> DateLine | None:
    """The first whole date among a paper's furniture: the paper's own."""
    days = (date_line(block.text, block.line) for block in aside)
    return next((day for day in days if day and day.year), None)


FORMAT = Format(
    NAME,
    "list of titles and abstracts",
    "prose",
    recognise,
    read,
    papers_only=True,
    surest=_SUREST,
    about="titles and abstracts one after the other, with or without blank lines, wrapped, quoted, numbered",
    example="A comet in pieces\nWe present observations of …",
)
