"""Papers as alerts and search pages list them: a title, a byline, perhaps some text.

    [PDF] Memory Networks
    J Weston, S Chopra, A Bordes - arXiv preprint arXiv:1410.3916, 2014
    We describe a new class of learning models called memory networks …

Google Scholar, Scholar Inbox and Semantic Scholar write so, the last with the venue on
a line of its own. A text that
breaks off is a snippet and no abstract. What stands between the papers is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import metadata_lines, views
from digest.inputs.layout.boilerplate import furniture
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import prose
from digest.inputs.syntax import creators, date_parsing
from digest.models import Guess, Reading, Record, Seed
from digest.papers import ids

NAME = "alert"

_MARK = re.compile(r"\A(?:\[(?:PDF|HTML|BOOK|B|C|CITATION|DOC)\]\s*){1,3}", re.I)
_PARTS = re.compile(r"\s+[-–—]\s+|\s*[•·|∙‧]\s*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VENUE = re.compile(
    r"[^.!?]{2,120}(?:[•·|,]|\s[-–—])\s*(?:[^.!?•·|]{0,20}\b)?(?:19|20)\d\d\b.{0,120}"
)
"""Where a paper came out, and when, on a line of its own."""
_INITIALS = re.compile(r"(?:[A-Z]{1,3}|(?:[A-Z]\.\s?-?){1,3})\s+[^\W\d_]{2}")
"""One person, and not two words of a title."""
_MORE = re.compile(r"[\s,]*(?:…|\.\.\.|\bet al\.?|\+\s?\d{1,4}(?: more| authors)?)\s*\Z", re.I)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\])\s*\Z")
_LETTERS = re.compile(
    r"unsubscribe|you(?:'re| are) (?:following|receiving|subscribed)|you receive this|this (?:e-?mail|message) was sent",
    re.I,
)
"""What the end of a letter says to whoever gets it."""


@dataclass(frozen=True, slots=True)
class _Byline:
    people: str
    rest: tuple[str, ...]
    urls: tuple[str, ...]
    """Where the line leads: to the publisher, mostly."""


@dataclass(frozen=True, slots=True)
class _Entry:
    title: Block
    byline: _Byline
    told: tuple[Block, ...]


_SUREST = 0.95


def recognise(document: Document) -> Guess:
    """Sure where most text belongs to titles with a byline below."""
    blocks = document.head.view(views.paragraphs)
    entries = list(_entries(blocks))
    if not entries:
        return Guess(0.0, "a title above 'names - venue, year'")
    held = sum(2 * len(one.title.text) + sum(len(b.text) for b in one.told) for one in entries)
    return Guess(min(_SUREST, 0.5 + held / sum(len(block.text) for block in blocks)))


def read(document: Document) -> Reading:
    """Read every title that has a byline; say how many snippets were no abstracts."""
    entries = list(_entries(document.view(views.paragraphs)))
    finds: list[findings.Find] = [_record(document, entry) for entry in entries]
    if cut := [entry for entry in entries if _is_cut(entry)]:
        message = f"expected abstracts, found {len(cut)} that break off — such text is left out"
        finds.append(findings.remark(document, cut[0].told[0].line, message))
    return findings.reading(document, NAME, finds)


def _entries(blocks: Sequence[Block]) -> Iterator[_Entry]:
    blocks, bylines = _bylines(blocks)
    for at in range(1, len(blocks)):
        title, byline = blocks[at - 1], bylines[at]
        if byline and not bylines[at - 1] and _is_title(title):
            yield _Entry(title, byline, tuple(_told(blocks, bylines, at + 1)))


def _bylines(blocks: Sequence[Block]) -> tuple[list[Block], list[_Byline | None]]:
    """The paragraphs, a line of names and the line of its venue as one, and what is a byline."""
    out: list[Block] = []
    for block in blocks:
        names = (
            out and len(out[-1].text) < 2000 and metadata_lines.names(_MORE.sub("", out[-1].text))
        )
        if names and len(block.text) < 200 and _VENUE.fullmatch(block.text):
            out[-1] = replace(out[-1], text=f"{out[-1].text} · {block.text}", urls=block.urls)
        else:
            out.append(block)
    return out, [_byline(block.text, block.urls) for block in out]


def _told(
    blocks: Sequence[Block], bylines: Sequence[_Byline | None], first: int
) -> Iterator[Block]:
    """The paragraphs below a byline that are neither the next title nor the page's own."""
    for at in range(first, len(blocks)):
        block = blocks[at]
        above_byline = at + 1 < len(blocks) and bylines[at + 1]
        if (
            above_byline
            or bylines[at]
            or block.heading
            or block.urls
            or _LETTERS.search(block.text[:600])
        ):
            return
        if len(block.text) < 40 and not _CUT.search(block.text):
            return  # a button
        yield block


def _byline(text: str, urls: tuple[str, ...] = ()) -> _Byline | None:
    """Take a line of names, a venue and a year apart.

    >>> _byline("J Weston, S Chopra - arXiv preprint arXiv:1410.3916, 2014")
    _Byline(people='J Weston, S Chopra', rest=('arXiv preprint arXiv:1410.3916, 2014',), urls=())
    >>> _byline("Memory Networks - a survey of 2014")
    """
    if len(text) > 2000:
        return None
    people, *rest = _PARTS.split(" ".join(text.split()), maxsplit=6)
    people = _MORE.sub("", people)
    told = " ".join(rest)
    if not rest or not (_YEAR.search(told) or ids.arxiv(told) or ids.doi(told)):
        return None
    named = metadata_lines.names(people, alone=bool(_INITIALS.match(people)))
    return _Byline(people, tuple(rest), urls) if named else None


def _is_title(block: Block) -> bool:
    text = _MARK.sub("", block.text)
    return " " in text and len(text) <= 400 and not furniture(text) and prose(text) < 3


def _is_cut(entry: _Entry) -> bool:
    return bool(entry.told) and bool(_CUT.search(entry.told[-1].text))


def _record(seed: Seed, entry: _Entry) -> Record:
    links = ids.links(entry.title.urls)
    marks = [*(link.url for link in links), *entry.byline.rest, *entry.byline.urls]
    found = ids.identifiers(marks)
    if "arxiv" not in found and (arxiv := next(filter(None, map(_arxiv, entry.byline.rest)), None)):
        found["arxiv"] = arxiv
    years = _YEAR.findall(" ".join(entry.byline.rest))
    abstract = "" if _is_cut(entry) else " ".join(block.text for block in entry.told)
    made = findings.record(
        seed,
        entry.told[0].line if abstract else entry.title.line,
        _MARK.sub("", entry.title.text),
        abstract if prose(abstract) > 0 else "",
        authors=creators.authors(entry.byline.people),
        identifiers=found,
        links=links,
        date=date_parsing.parse(years[-1]) if years else None,
    )
    return replace(made, venue=_venue(entry.byline.rest))


def _arxiv(part: str) -> str | None:
    """The number of arXiv's that stands by itself between two dots."""
    return ids.arxiv(part) if re.fullmatch(r"(?:arxiv:)?\S{9,20}", part, re.I) else None


def _venue(rest: Sequence[str]) -> str | None:
    """Where a paper came out; a preprint's server and a publisher's site are no venue."""
    name = re.sub(r"[\s,(]*(?:19|20)\d\d\)?\s*\Z", "", rest[0]).strip(" ,")
    name = _CUT.sub("", name).strip(" ,")
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
