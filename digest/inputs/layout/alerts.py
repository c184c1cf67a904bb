"""Papers as alert mails and search pages list them: a title, a byline, perhaps a snippet.

    [PDF] Memory Networks
    J Weston, S Chopra, A Bordes - arXiv preprint arXiv:1410.3916, 2014
    We describe a new class of learning models called memory networks …

Google Scholar, Scholar Inbox and Semantic Scholar use this layout, the last with the
venue on a line of its own. A text that ends in an ellipsis is a snippet and not kept as
an abstract. Text between the papers is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import metadata_lines, views
from digest.inputs.layout.boilerplate import boilerplate_kind
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import prose_score
from digest.inputs.syntax import creators, date_parsing
from digest.models import Guess, Reading, Record, Seed
from digest.papers import ids

NAME = "alert"

_SOURCE = re.compile(r"\A(?:\[(?:PDF|HTML|BOOK|B|C|CITATION|DOC)\]\s*){1,3}", re.I)
"""The kinds of file that Google Scholar prints before a title."""
_PARTS = re.compile(r"\s+[-–—]\s+|\s*[•·|∙‧]\s*")
"""Separators between names, venue, year and publisher."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VENUE = re.compile(
    r"[^.!?]{2,120}(?:[•·|,]|\s[-–—])\s*(?:[^.!?•·|]{0,20}\b)?(?:19|20)\d\d\b.{0,120}"
)
"""A line with the venue and the year of a paper."""
_INITIALS = re.compile(r"(?:[A-Z]{1,3}|(?:[A-Z]\.\s?-?){1,3})\s+[^\W\d_]{2}")
"""Initials before a surname: a person rather than two words of a title."""
_ET_AL = re.compile(r"[\s,]*(?:…|\.\.\.|\bet al\.?|\+\s?\d{1,4}(?: more| authors)?)\s*\Z", re.I)
"""The end of a shortened row of names."""
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[…\])\s*\Z")
"""The end of a truncated text."""
_MAIL_FOOTER = re.compile(
    r"unsubscribe|you(?:'re| are) (?:following|receiving|subscribed)|you receive this|this (?:e-?mail|message) was sent",
    re.I,
)
"""Phrases at the end of an alert mail, addressed to its subscriber."""


@dataclass(frozen=True, slots=True)
class _Byline:
    """A line of names, a venue and a year."""

    people: str
    rest: tuple[str, ...]
    """Its parts behind the names: venue, year, publisher."""
    urls: tuple[str, ...]
    """The addresses the line links to: usually the publisher's."""


@dataclass(frozen=True, slots=True)
class _AlertEntry:
    """A title, its byline and its text."""

    title: Block
    byline: _Byline
    below: tuple[Block, ...]
    """The paragraphs of text below the byline."""


_SUREST = 0.95


def recognise(document: Document) -> Guess:
    """Return how sure it is: the more text belongs to titles with a byline below, the surer."""
    blocks = document.head.view(views.paragraphs)
    entries = list(_entries(blocks))
    if not entries:
        return Guess(0.0, "a title above 'names - venue, year'")
    held = sum(2 * len(one.title.text) + sum(len(b.text) for b in one.below) for one in entries)
    return Guess(min(_SUREST, 0.5 + held / sum(len(block.text) for block in blocks)))


def read(document: Document) -> Reading:
    """Read every title that has a byline; remark on how many texts are snippets."""
    entries = list(_entries(document.view(views.paragraphs)))
    finds: list[findings.Finding] = [_record(document, entry) for entry in entries]
    if truncated := [entry for entry in entries if _is_truncated(entry)]:
        message = (
            f"expected abstracts, found {len(truncated)} that break off — such text is left out"
        )
        finds.append(findings.remark(document, truncated[0].below[0].line, message))
    return findings.reading(document, NAME, finds)


def _entries(blocks: Sequence[Block]) -> Iterator[_AlertEntry]:
    blocks, bylines = _bylines(blocks)
    for at in range(1, len(blocks)):
        title, byline = blocks[at - 1], bylines[at]
        if byline and not bylines[at - 1] and _is_title(title):
            yield _AlertEntry(title, byline, tuple(_text_below(blocks, bylines, at + 1)))


def _bylines(blocks: Sequence[Block]) -> tuple[list[Block], list[_Byline | None]]:
    """Return the blocks, each venue line joined to its line of names, and the byline of each."""
    out: list[Block] = []
    for block in blocks:
        names = (
            out
            and len(out[-1].text) < 2000
            and metadata_lines.is_author_line(_ET_AL.sub("", out[-1].text))
        )
        if names and len(block.text) < 200 and _VENUE.fullmatch(block.text):
            out[-1] = replace(out[-1], text=f"{out[-1].text} · {block.text}", urls=block.urls)
        else:
            out.append(block)
    return out, [_byline(block.text, block.urls) for block in out]


def _text_below(
    blocks: Sequence[Block], bylines: Sequence[_Byline | None], first: int
) -> Iterator[Block]:
    """Yield the paragraphs of text below a byline, up to the next title or the page's own text."""
    for at in range(first, len(blocks)):
        block = blocks[at]
        above_byline = at + 1 < len(blocks) and bylines[at + 1]
        if (
            above_byline
            or bylines[at]
            or block.heading
            or block.urls
            or _MAIL_FOOTER.search(block.text[:600])
        ):
            return
        if len(block.text) < 40 and not _ELLIPSIS.search(block.text):
            return  # a button
        yield block


def _byline(text: str, urls: tuple[str, ...] = ()) -> _Byline | None:
    """Parse a line of names, a venue and a year; return None for any other line.

    >>> _byline("J Weston, S Chopra - arXiv preprint arXiv:1410.3916, 2014")
    _Byline(people='J Weston, S Chopra', rest=('arXiv preprint arXiv:1410.3916, 2014',), urls=())
    >>> _byline("Memory Networks - a survey of 2014")
    """
    if len(text) > 2000:
        return None
    people, *rest = _PARTS.split(" ".join(text.split()), maxsplit=6)
    people = _ET_AL.sub("", people)
    imprint = " ".join(rest)
    if not rest or not (_YEAR.search(imprint) or ids.arxiv(imprint) or ids.doi(imprint)):
        return None
    named = metadata_lines.is_author_line(people, alone=bool(_INITIALS.match(people)))
    return _Byline(people, tuple(rest), urls) if named else None


def _is_title(block: Block) -> bool:
    text = _SOURCE.sub("", block.text)
    return " " in text and len(text) <= 400 and not boilerplate_kind(text) and prose_score(text) < 3


def _is_truncated(entry: _AlertEntry) -> bool:
    return bool(entry.below) and bool(_ELLIPSIS.search(entry.below[-1].text))


def _record(seed: Seed, entry: _AlertEntry) -> Record:
    links = ids.links(entry.title.urls)
    sources = [*(link.url for link in links), *entry.byline.rest, *entry.byline.urls]
    found = ids.identifiers(sources)
    if "arxiv" not in found and (arxiv := next(filter(None, map(_arxiv, entry.byline.rest)), None)):
        found["arxiv"] = arxiv
    years = _YEAR.findall(" ".join(entry.byline.rest))
    abstract = "" if _is_truncated(entry) else " ".join(block.text for block in entry.below)
    made = findings.record(
        seed,
        entry.below[0].line if abstract else entry.title.line,
        _SOURCE.sub("", entry.title.text),
        abstract if prose_score(abstract) > 0 else "",
        authors=creators.authors(entry.byline.people),
        identifiers=found,
        links=links,
        date=date_parsing.parse(years[-1]) if years else None,
    )
    return replace(made, venue=_venue(entry.byline.rest))


def _arxiv(part: str) -> str | None:
    """Return the arXiv id that a part of a byline consists of, if it does."""
    return ids.arxiv(part) if re.fullmatch(r"(?:arxiv:)?\S{9,20}", part, re.I) else None


def _venue(rest: Sequence[str]) -> str | None:
    """Return the venue of a paper; a preprint server or a publisher's site is none."""
    name = re.sub(r"[\s,(]*(?:19|20)\d\d\)?\s*\Z", "", rest[0]).strip(" ,")
    name = _ELLIPSIS.sub("", name).strip(" ,")
    words = bool(re.search(r"[^\W\d_]{3}", name)) and "." not in name
    return name if words and "arxiv" not in name.lower() else None


FORMAT = Format(
    NAME,
    "alert",
    "prose",
    recognise,
    read,
    surest=_SUREST,
    about="an alert or a search page, each title with a byline: Google Scholar, Scholar Inbox",
    example="A comet in pieces\nA Lovelace - Comets, 2024",
)
