"""arXiv listing pages, copied from a browser, with or without abstracts.

[1] arXiv:2503.01234 [pdf, html, other]
Title: Memory Networks
Jason Weston, Sumit Chopra, Antoine Bordes
Comments: 10 pages
Subjects: Machine Learning (cs.LG); Computation and Language (cs.CL)

We describe a new class of learning models …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import labels, metadata_lines, views
from digest.inputs.layout.boilerplate import boilerplate_kind
from digest.inputs.layout.lines import WIDEST, Block, unwrap
from digest.inputs.syntax import date_parsing, field_values
from digest.inputs.syntax.extents import DocumentText, Extent
from digest.models import DateLine, Guess, Link, Reading, Seed
from digest.papers import ids

NAME = "arxiv-listing"

_ENTRY = re.compile(
    r"(?:\[\d{1,5}\]\s*)?(?:(?:arXiv:|https?://arxiv\.org/abs/)\s*)(\S{6,30})(.{0,200})$", re.I
)
"""The line that opens an entry: an index, an arXiv id and links."""
_INDEX = re.compile(r"\[\d{1,5}\]")
_FORMATS = re.compile(r"\[?\s*(?:pdf|ps|html|other|view|src|format|,|\s)+\]?", re.I)
"""The links to the formats of a paper."""
_SECTION = re.compile(
    r"(?:new|cross|replacement)(?:[- ]lists?| submissions)?\b.{0,80}"
    r"|showing .{0,100}|total of \d.{0,60}|.{0,60}\(showing .{0,60}"
    r"|authors and titles for .{0,80}|\[ ?(?:total|showing) .{0,100}|\(?(?:cross-list from|replaced|cross-list).{0,40}\)?"
    r"|links to:.{0,200}|about help contact.{0,200}|about help|contact ?arxiv.{0,80}|(?:click here to (?:contact|subscribe).{0,80})|(?:about|help|contact|copyright|arxiv operational status|web accessibility assistance)",
    re.I,
)
"""Headings, counts and footers of a listing page."""
_CODES = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
"""The code of a category, in parentheses behind its name."""


def recognise(document: Document) -> Guess:
    """Return how sure it is: most if lines with numbered arXiv ids have 'Title:' below them."""
    head = [line.strip() for line in document.head.text.split("\n")]
    entries = sum(bool(_opening_id(line)) for line in head)
    titles = sum(line.startswith("Title:") for line in head)
    if not entries:
        return Guess(0.0, "a line such as '[1] arXiv:2503.01234 [pdf]'")
    if not titles:
        return Guess(
            0.3 if "Subjects:" in document.text else 0.1, "a line that begins with 'Title:'"
        )
    numbered = sum(bool(_INDEX.match(line)) for line in head)
    return Guess(0.95 if min(titles, entries, numbered) >= 0.5 * entries else 0.6)


def _opening_id(text: str) -> str | None:
    """Return the arXiv id with which a line opens an entry; None for any other line."""
    if len(text) > 260 or not (match := _ENTRY.match(text)):
        return None
    rest = re.sub(r"\((?:cross-list|replaced|withdrawn|v\d)[^)]*\)", "", match[2], flags=re.I)
    return ids.arxiv(match[1]) if not rest.strip() or _FORMATS.fullmatch(rest.strip()) else None


def read(document: Document) -> Reading:
    """Read the entries one by one; an entry without a title is refused."""
    blocks = unwrap(document.view(views.lines), starts=_opens_block)
    finds = (find for entry in _entries(blocks) for find in _record(document, entry))
    return findings.reading(document, NAME, finds, _day(blocks))


def _opens_block(text: str) -> bool:
    return bool(
        _INDEX.match(text)
        or _opening_id(text)
        or labels.parse_label(text)
        or _FORMATS.fullmatch(text)
    )


def _day(blocks: Sequence[Block]) -> DateLine | None:
    """Return the day the page lists, from its first lines."""
    for block in blocks[:60]:
        if _opening_id(block.text):
            return None
        text = re.sub(
            r"^showing new listings for\s*|\(showing.*$", "", block.text[:200], flags=re.I
        )
        if day := date_parsing.date_line(text.strip(), block.line):
            return day
    return None


@dataclass(frozen=True, slots=True)
class _ListingEntry:
    """The lines of one paper on a listing page."""

    arxiv: str
    line: int
    blocks: tuple[Block, ...]


def _entries(blocks: Sequence[Block]) -> Iterator[_ListingEntry]:
    """Split the page into entries, each opened by an arXiv id."""
    at: tuple[str, int] | None = None
    body: list[Block] = []
    for block in blocks:
        if found := _opening_id(block.text):
            if at:
                yield _ListingEntry(*at, tuple(body))
            at, body = (found, block.line), []
        elif at and not _is_boilerplate(block.text):
            body.append(block)
    if at:
        yield _ListingEntry(*at, tuple(body))


def _is_boilerplate(text: str) -> bool:
    return bool(
        _INDEX.fullmatch(text)
        or _FORMATS.fullmatch(text)
        or _SECTION.fullmatch(text)
        or date_parsing.date_line(text, 0)
        or labels.is_rule(text)
    )


def _record(seed: Seed, entry: _ListingEntry) -> Iterator[findings.Finding]:
    found = _by_field(entry.blocks)
    if "title" not in found:
        message = f"expected 'Title:' below arXiv:{entry.arxiv}, found "
        message += findings.quote(entry.blocks[0].text) if entry.blocks else "nothing"
        yield findings.refuse(seed, entry.line, f"{message} — the paper is left out", _text(entry))
        return
    abstract = found.get("abstract", [])
    line = abstract[0].line if abstract else found["title"][0].line
    values = {field: [block.text for block in given] for field, given in found.items()}
    values["authors"] = ["\n".join(values.get("authors", ()))]
    made = labels.make_record(seed, line, values)
    subjects = " ".join(values.get("categories", ()))
    yield replace(
        made,
        identifiers={**made.identifiers, "arxiv": entry.arxiv},
        links=(Link(f"https://arxiv.org/abs/{entry.arxiv}", "paper"), *made.links),
        categories=tuple(dict.fromkeys(_CODES.findall(subjects)))
        or field_values.categories(subjects),
    )


def _text(entry: _ListingEntry) -> str:
    return "\n".join([f"arXiv:{entry.arxiv}", *(block.text for block in entry.blocks)])


def _by_field(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """Group the lines of an entry by field, using their labels or else their position."""
    found: dict[str, list[Block]] = {}
    last = ""
    for block in blocks:
        if named := labels.parse_label(block.text):
            last = named[0]
            text, authors = _split_authors(named[1], block) if last == "title" else (named[1], "")
            if text:
                found.setdefault(last, []).append(replace(block, text=text))
            if authors:
                found.setdefault("authors", []).append(replace(block, text=authors))
            continue
        last = _field_by_position(block, last, found)
        if last == "abstract" and boilerplate_kind(block.text):
            continue
        found.setdefault(last, []).append(block)
    return found


def _split_authors(title: str, block: Block) -> tuple[str, str]:
    """Split a title from author names that unwrapping has joined to it."""
    for at in range(1, len(block.rows)):
        rest = " ".join(block.rows[at:])
        if metadata_lines.is_author_line(rest) and title.endswith(rest):
            return title[: -len(rest)].strip(), rest
    return title, ""


def _field_by_position(block: Block, last: str, found: dict[str, list[Block]]) -> str:
    """Return the field of a line without a label: a title, authors or an abstract."""
    if last in ("title", "authors") and last not in found:
        return last
    if last == "title":
        return "authors"
    if last == "authors" and not block.gap and "categories" not in found:
        return "authors"
    return "abstract"


def _end(text: DocumentText, at: int) -> int:
    """Return the line after an entry, which ends with its abstract or else with its last label."""
    lines = text.lines
    number = last = at + 1
    while number < min(len(lines), at + 25):
        if labels.parse_label(lines[number]):
            last = number + 1
        elif not lines[number].strip() and last > at + 2:
            break
        number += 1
    if last <= at + 1:
        return at
    while last < len(lines) and not lines[last].strip():
        last += 1
    return last if last < len(lines) and text.opens(last) else _paragraph(text, last)


def _paragraph(text: DocumentText, at: int) -> int:
    """Return the line after the paragraph that begins at a line; a long line is a paragraph."""
    number = at
    while number < len(text.lines) and text.lines[number].strip() and not text.opens(number):
        number += 1
        if len(text.lines[number - 1]) > WIDEST:
            break
    return number


_EXTENTS = (
    Extent("listing", r"(?:\[\d{1,5}\]\s{0,3})?arXiv:\s?\S{6,30}\s{1,3}\[\s?(?:pdf|ps|html|other|view)", _end, sure=False),
)  # fmt: skip

FORMAT = Format(
    NAME,
    "arXiv listing",
    "prose",
    recognise,
    read,
    papers_only=True,
    extents=_EXTENTS,
    about="an arXiv listing page",
    example="[1] arXiv:2503.01234 [pdf, html, other]\nTitle: A comet in pieces",
)
