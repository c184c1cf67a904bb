"""Titles and abstracts, one after the other, as people paste them.

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
from digest.inputs.layout.sequence_labelling import Labelling
from digest.inputs.syntax.date_parsing import date_line
from digest.models import DateLine, Guess, Reading, Record, Seed
from digest.papers import ids

NAME = "title-abstract"


_SUREST = 0.7
"""Formats with features of their own contain titles and abstracts too, and are surer."""

_MINUTES = re.compile(r"\s*\(\d{1,3}[ -]min(?:ute)?s?(?: read)?\)\Z", re.I)
"""The reading time that newsletters print behind titles."""

_CITED = re.compile(
    r"(?<=\w{3}) \((?:(?:[A-Z][a-zà-öø-ÿ’'A-Z-]*[a-zà-öø-ÿ]|&|and|et|und|van|von|der|den|de|la|di|al\.?),?\s){1,10}(?:19|20)\d\d[a-z]?\)\Z"
)
"""The citation that reading lists print behind titles."""


def recognise(document: Document) -> Guess:
    """Return how sure it is: the more paragraphs are in pairs of title and abstract, the surer."""
    found = document.head.view(views.titled)
    papers = list(pairs.pair_titles(found.parts))
    whole = sum(pair.title is not None and pair.abstract is not None for pair in papers)
    if not whole:
        return Guess(0.0, "a title with an abstract after it")
    return Guess(_SUREST * whole / len(papers) * _boilerplate_factor(found))


def _boilerplate_factor(found: Labelling) -> float:
    """Return a factor from 1 to 0.5, smaller for a larger share of boilerplate."""
    return 1 - 0.5 * found.count("boilerplate") / len(found.parts)


def read(document: Document) -> Reading:
    """Read pairs of a title and an abstract; a title without an abstract is refused."""
    found = document.view(views.titled)
    return findings.reading(
        document,
        NAME,
        chain(
            findings_of(document, pairs.pair_titles(found.parts)),
            remarks_on_unpaired(document, found),
        ),
        document_date(found),
    )


def findings_of(seed: Seed, papers: Iterable[Pair]) -> Iterator[findings.Finding]:
    """Yield records of pairs, and problems for titles without abstracts.

    A title of several words that links to arXiv needs no abstract.
    """
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
            abstract = findings.quote(pair.abstract.text)
            message = f"expected a title above the abstract {abstract}, found none"
            message += " — a headline is written for it"
            yield findings.remark(seed, pair.abstract.line, message)
        if pair.abstract or linked:
            yield _record(seed, pair)
    if waiting and waiting.title:
        yield findings.no_abstract(seed, waiting.title.line, waiting.title.text, "")


def remarks_on_unpaired(seed: Seed, found: Labelling) -> Iterator[findings.Finding]:
    """Return remarks on the sentences that belong to no paper."""
    return (
        findings.ignored_line(seed, block.line, block.text)
        for block in pairs.unpaired_paragraphs(found.parts)
    )


def _record(seed: Seed, pair: Pair) -> Record:
    """Make a record of a pair, its addresses and its notes."""
    values: labels.Labelled = {}
    for block in (pair.title, pair.abstract):
        for field, found in metadata_lines.attached_metadata(block).items() if block else ():
            values.setdefault(field, []).extend(found)
    for block in pair.after:  # a button below a paper links to its code
        made = (ids.link(url) for url in block.urls)
        code = (link.url for link in made if link and link.kind == "code")
        values.setdefault("url", []).extend(code)
    values["title"] = [_CITED.sub("", _MINUTES.sub("", pair.title.text))] if pair.title else []
    values["abstract"] = [pair.abstract.text] if pair.abstract else []
    first = pair.abstract or pair.title
    return labels.make_record(seed, first.line if first else 1, values)


def document_date(found: Labelling) -> DateLine | None:
    """Return the date above the first paper, which is the document's, if there is one."""
    for part in found.parts:
        if part.role != "boilerplate":
            return None
        if day := date_line(part.block.text, part.block.line):
            return day
    return None


def paper_date(aside: Iterable[Block]) -> DateLine | None:
    """Return the first date with a year in the boilerplate around a paper, if there is one."""
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
    about="titles and abstracts one after the other, with or without blank lines, wrapped, quoted,"
    " numbered",
    example="A comet in pieces\nWe present observations of …",
)
