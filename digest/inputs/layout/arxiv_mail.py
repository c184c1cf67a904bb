"""arXiv's daily announcement mails.

    \\\\
    arXiv:2504.06777
    Date: Thu, 10 Apr 2025 05:21:20 GMT   (13724kb,D)

    Title: End2end-ALARA: Approaching the ALARA Law in CT Imaging with End-to-end
      Learning
    Authors: Xi Tao, Liyan Lin
    Categories: cs.CV
    \\\\
      Computed tomography (CT) examination poses radiation injury to patient. A
    consensus performing CT imaging is to make the radiation dose as low as …
    \\\\ ( https://arxiv.org/abs/2504.06777 , 13724kb)

Replacements have no abstract. https://info.arxiv.org/help/subscribe.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import labels, lines, views
from digest.inputs.layout.lines import Block
from digest.inputs.syntax import date_parsing
from digest.inputs.syntax.extents import Extent, upto
from digest.models import DateLine, Guess, Link, Reading, Seed
from digest.papers import ids

NAME = "arxiv-mail"

_ANCHOR = re.compile(
    r"(?:arXiv|Paper(?: \(\*cross-listing\*\))?):\s*(?:arXiv:)?(\S{6,30})(?:\s+\(\*?[\w -]+\*?\))?(?:\s+\(\*[\w -]+\*\))?\s*(?:From:.*)?$"
)
"""The first line of an announcement."""
_HEADER = re.compile(
    r"(?:Title|Authors?|Categories|Comments|Journal-ref|DOI|Report-no|License|Date(?: \([^)]*\))?|(?:MSC|ACM)-class|Proxy|Note)\s?:|replaced with revised version "
)
"""The beginning of a header field, as opposed to its continuation."""
_RECEIVED = re.compile(r"received from .{4,60}?\bto\b\s*(.{6,40})", re.I)
_DATE = re.compile(r"Date(?: \([^)]*\))?\s?:\s*(.*)")
_REPLACED = re.compile(
    r"replaced with revised version\s+(.*)|Date \(revised[^)]*\)\s?:\s*(.*)", re.I
)


def recognise(document: Document) -> Guess:
    """Return how sure it is: most if there are 'arXiv:' and 'Title:' lines between '\\\\' lines."""
    head = [line.text for line in document.head.view(views.lines)]
    bars = sum(line.startswith("\\\\") for line in head)
    papers = sum(bool(_ANCHOR.match(line)) for line in head)
    titles = sum(line.startswith("Title:") for line in head)
    if not bars:
        return Guess(0.0, "lines of two backslashes, '\\\\'")
    if not papers or not titles:
        return Guess(0.1, "a line such as 'arXiv:2503.01234'")
    return Guess(0.97 if min(bars, titles) >= 0.5 * papers else 0.7)


def read(document: Document) -> Reading:
    """Read the announcements one by one; one without a title is refused."""
    text = document.view(views.lines)
    words = lines.vocabulary(text)
    finds = (find for entry in _entries(text) for find in _record(document, entry, words))
    return findings.reading(document, NAME, finds, _day(text))


def _day(text: Sequence[Block]) -> DateLine | None:
    """Return the last day of the submission period the mail covers."""
    for at, line in enumerate(text[:200]):
        if line.text.startswith("received from"):
            joined = " ".join(part.text for part in text[at : at + 2])
            match = _RECEIVED.match(joined)
            day = date_parsing.parse(match[1]) if match else None
            return DateLine(day.month, day.day, day.year, line.line) if day else None
    return None


@dataclass(frozen=True, slots=True)
class _Announcement:
    """The header and the abstract of one paper in a mail."""

    arxiv: str
    line: int
    header: list[Block] = field(default_factory=list)
    abstract: list[Block] = field(default_factory=list)


def _entries(text: Sequence[Block]) -> Iterator[_Announcement]:
    """Split a mail: a header from an arXiv id to two backslashes, an abstract to the next two."""
    entry: _Announcement | None = None
    part = 0
    for line in text:
        match = _ANCHOR.match(line.text)
        if match and (found := ids.arxiv(match[1])):
            if entry:
                yield entry
            entry, part = _Announcement(found, line.line), 0
        elif line.text.startswith("\\\\"):
            part += 1
        elif entry and part == 0:
            entry.header.append(line)
        elif entry and part == 1 and not labels.is_rule(line.text):
            entry.abstract.append(line)
        elif labels.is_rule(line.text):
            part = max(part, 2)
    if entry:
        yield entry


def _record(seed: Seed, entry: _Announcement, words: frozenset[str]) -> Iterator[findings.Finding]:
    values, at = _header(entry.header, words)
    if "title" not in values:
        message = f"expected 'Title:' below arXiv:{entry.arxiv}, found "
        message += (
            findings.quote(" ".join(line.text for line in entry.header))
            if entry.header
            else "nothing"
        )
        raw = "\n".join(line.text for line in (*entry.header, *entry.abstract))
        yield findings.refuse(seed, entry.line, f"{message} — the paper is left out", raw)
        return
    abstract = [line for line in entry.abstract if line.text]
    if abstract:
        values["abstract"] = [lines.join_wrapped([line.text for line in abstract], words)]
    made = labels.make_record(seed, abstract[0].line if abstract else at, values)
    yield replace(
        made,
        updated=date_parsing.later(
            date_parsing.parse(" ".join(values.get("updated", ()))), made.date
        ),
        identifiers={**made.identifiers, "arxiv": entry.arxiv},
        links=(Link(f"https://arxiv.org/abs/{entry.arxiv}", "paper"), *made.links),
    )


def _header(header: Sequence[Block], words: frozenset[str]) -> tuple[dict[str, list[str]], int]:
    """Return the values of a header by field, with wrapped lines joined, and its title's line."""
    rows: list[list[Block]] = []
    for line in header:
        if line.text and (_HEADER.match(line.text) or not rows):
            rows.append([line])
        elif line.text:
            rows[-1].append(line)
    values: dict[str, list[str]] = {}
    at = header[0].line if header else 1
    for row in rows:
        text = lines.join_wrapped([line.text for line in row], words)
        if match := _REPLACED.match(text):
            values["updated"] = [match[1] or match[2]]
        elif match := _DATE.match(text):
            values.setdefault("date", []).append(match[1])
        elif named := labels.parse_label(text):
            values.setdefault(named[0], []).append(named[1])
            at = row[0].line if named[0] == "title" else at
    return values, at


_EXTENTS = (Extent("arxivmail", r"\\\\\s*$", upto(r"\\\\ ?\( ?https?://"), sure=False),)

FORMAT = Format(
    NAME,
    "arXiv mail",
    "prose",
    recognise,
    read,
    papers_only=True,
    extents=_EXTENTS,
    about="the arXiv subscription mail",
    example="\\\\\narXiv:2503.01234\nTitle: A comet in pieces",
)
