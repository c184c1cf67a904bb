"""The first page of a paper, as a program gets it out of a PDF, in one column or in two.

    arXiv:2402.01234v1 [cs.IR] 14 Feb 2024
    Sparse routing for long-context retrieval
    Mary A. Okafor1 Jens-Peter Lindqvist1,2
    Abstract
    Long documents make attention expensive, be-
    cause every query looks at every key …
    1 Introduction

A page is the paper's where the word Abstract stands on a line, or begins one, and an
introduction or the like follows. What comes after the abstract is the paper itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import gutters, imprints, metadata_lines
from digest.inputs.layout.lines import join, raw, vocabulary
from digest.inputs.layout.prose import prose
from digest.inputs.layout.site_chrome import chrome
from digest.inputs.syntax import date_parsing, person_names
from digest.models import Guess, Reading, Seed
from digest.papers import ids

NAME = "first-page"

HEAD = 60
"""Lines that may stand above the abstract."""

_ABSTRACT = re.compile(r"\s*(?:A\s?B\s?S\s?T\s?R\s?A\s?C\s?T|Abstract|Summary|SUMMARY)\s?(?:[.:—–-]{1,2}\s?(?=\S)|[.:]?\s*$)")  # fmt: skip
_SOMEWHERE = re.compile(
    r"^[^\S\n]*(?:A\s?B\s?S\s?T\s?R\s?A\s?C\s?T|abstract|summary)\b", re.I | re.M
)
_AFTER = re.compile(
    r"\s*(?:(?:[1I]|0?1)\s?[.):]?\s{1,8})?(?:I\s?NTRODUCTION|Introduction|INTRODUCTION|Background|BACKGROUND|Motivation|Overview|Main)\s*:?\s*$"
    r"|\s*(?:Key\s?-?words?(?: and phrases)?|KEY\s?WORDS|Index Terms|INDEX TERMS|CCS CONCEPTS|CCS Concepts|Categories and Subject Descriptors|General Terms|ACM Reference Format|JEL|PACS|MSC|Mathematics Subject Classification|Contents|CONTENTS)\b"
    r"|\s*1\.?\s{1,8}[A-Z][A-Za-z]{2,20}(?:\s[A-Za-z]{2,20}){0,4}\s*$"
)
_STAMP = re.compile(r"\s*(?:\d{1,3}\s+)?arXiv:\s?(\S{6,30})\s{1,3}\[[\w.-]{2,20}\]\s{1,3}(\d{1,2} [A-Z][a-z]{2} \d{4})")  # fmt: skip
_RUNNING = re.compile(
    r"\s*(?:published (?:as|in|at)|accepted (?:at|to|by|for)|under review|preprint|to appear|submitted to|proceedings of|workshop|journal of|vol\.|doi|https?:|www\.|copyright|©|issn|received|page \d|\d{1,4}$"
    r"|.{0,80}\bvol(?:ume|\.)? ?\d|research article|original article|article|review|open access|technical report|draft|this (?:paper|work|article)|.{0,40}\b(?:19|20)\d\d\b.{0,30}$)",
    re.I,
)
"""What stands above titles: running heads, banners, days."""
_PLACE = re.compile(
    r"\b(?:universit|institut|department|dept|school|college|laborator|labs?\b|centre|center|faculty|academy|inc\b|research\b|corporation|hospital|google|microsoft|meta\b|deepmind|cnrs|inria|ministry|company|ltd|gmbh)|@|\{.{1,80}\}",
    re.I,
)
_NOTE = re.compile(rf"(?<=[^\W\d_.])\s?(?:[{person_names.MARKS}]\s?,?\s?){{1,8}}(?=\s|,|;|$)|(?<=\.)\s?[∗†‡§*]{{1,4}}")  # fmt: skip


def recognise(document: Document) -> Guess:
    """Sure where one abstract stands on a page between a title and an introduction."""
    head = document.head.text
    missing = "a line 'Abstract' and below it a line '1 Introduction'"
    if not _SOMEWHERE.search(head):
        return Guess(0.0, missing)
    rows = _rows(head)
    place = _place(rows)
    if place is None or len(_marks([row for _, row in rows])) > 1:
        return Guess(0.1, missing)
    above = [row for _, row in rows[: place[0]] if row.strip()]
    told = " ".join(row for _, row in rows[place[0] : place[1]])
    named = any(_names(row) for row in above)
    if not 1 < len(above) <= HEAD or prose(told) <= 0 or any(prose(row) > 2 for row in above):
        return Guess(0.2, missing)
    return Guess(0.95 if named else 0.6)


def read(seed: Seed) -> Reading:
    """Read the one paper; its text below the abstract is left where it is, and said to be."""
    return findings.reading(seed, NAME, _finds(seed))


def _finds(seed: Seed) -> Iterator[findings.Find]:
    rows = _rows(seed.text)
    place = _place(rows)
    if place is None:
        message = "expected a line 'Abstract' and below it '1 Introduction', found neither"
        yield findings.refuse(seed, 1, f"{message} — the page is left out", seed.text)
        return
    first, end = place
    words = vocabulary(raw("\n".join(row for _, row in rows)))
    told = [row.strip() for _, row in rows[first:end] if row.strip()]
    while told and re.fullmatch(r"[\d.IVX]{1,4}", told[-1]):
        told.pop()  # the number of the heading below
    told[0] = _ABSTRACT.sub("", told[0], count=1)
    above = [row for _, row in rows[:first]]
    title, authors = _headed(above, words)
    stamp = next((found for _, row in rows if (found := _STAMP.match(row))), None)
    marks = [row for row in above if not _STAMP.match(row)]
    yield findings.record(
        seed,
        rows[first][0],
        title,
        join([row for row in told if row], words),
        authors=authors,
        identifiers=ids.identifiers([f"arXiv:{stamp[1]}"] if stamp else marks),
        date=date_parsing.parse(stamp[2]) if stamp else None,
    )
    if end < len(rows):
        yield findings.remark(seed, rows[end][0], "the text of the paper below its abstract is left aside")  # fmt: skip


def _rows(text: str) -> list[tuple[int, str]]:
    """The lines in the order they are read, each with its number, 1-based."""
    lines = [gutters.Line(number, line) for number, line in enumerate(text.replace("\f", "\n").split("\n"), 1)]  # fmt: skip
    head = lines[: 4 * HEAD]
    return [(line.number, line.text) for line in [*gutters.columns(head), *lines[4 * HEAD :]]]


def _marks(rows: Sequence[str]) -> list[int]:
    """Where the word Abstract stands alone or begins a line."""
    return [at for at, row in enumerate(rows) if _ABSTRACT.match(row)]


def _place(rows: Sequence[tuple[int, str]]) -> tuple[int, int] | None:
    """Where the abstract begins and ends; None where the page has none."""
    marks = _marks([row for _, row in rows[: 2 * HEAD]])
    if not marks:
        return None
    first = marks[0]
    after = range(first + 2, min(len(rows), first + 2 * HEAD))
    end = next((at for at in after if _AFTER.match(rows[at][1])), None)
    return (first, end) if end else None


def _headed(above: Sequence[str], words: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The title and the authors: what stands above the first names, and all lines of names."""
    lines = [line for line in above if line.strip() and not _STAMP.match(line)]
    while len(lines) > 1 and _RUNNING.match(lines[0]):
        lines = lines[1:]
    by = next((at for at, line in enumerate(lines) if at and _names(line)), None)
    if by is None:
        by = next((at for at, line in enumerate(lines) if at and _PLACE.search(line)), len(lines))
    # A page that shows the paper has its buttons and its imprint above or below the title.
    shown = (line.strip() for line in lines[:by])
    title = [line for line in shown if not chrome(line) and not imprints.imprint(line)]
    authors = [name for line in lines[by:] for name in _names(line)]
    return join(title, words) if title else "", tuple(dict.fromkeys(authors))


def _names(line: str) -> tuple[str, ...]:
    """The people that a line consists of; none where it is no byline.

    >>> _names("Mary A. Okafor1 Jens-Peter Lindqvist1,2  Ruth Weiß2"), _names("Institute of Tides")
    (('Mary A. Okafor', 'Jens-Peter Lindqvist', 'Ruth Weiß'), ())
    """
    if _PLACE.search(line) or len(line) > 600:
        return ()
    line = _MEMBER.sub("", line)
    apart = re.sub(r"\s{2,}|,?\s(?:and|&)\s|[;•·|]", ",", _NOTE.sub(",", line.strip()))
    parts = [part for part in map(str.strip, apart.split(",")) if re.search(r"[^\W\d_]", part)]
    named = [person for part in parts if metadata_lines.NAME.fullmatch(part) and (person := person_names.person(part))]  # fmt: skip
    return (
        tuple(named) if parts and len(named) >= 0.75 * len(parts) and _telling(line, named) else ()
    )


_MEMBER = re.compile(r",?\s?(?:(?:Graduate |Student |Senior |Life |Associate )?(?:Student )?(?:Member|Fellow)),?\s(?:IEEE|ACM|AAAI|OSA|SIAM|IET)\b")  # fmt: skip


def _telling(line: str, named: Sequence[str]) -> bool:
    """Whether names cannot be a title: several, marked for footnotes, or with an initial."""
    if len(named) > 1 or _NOTE.search(line) or re.search(r"\b[A-Z]\.", line):
        return True
    words = named[0].split()
    plain = all(word[:1].isupper() and word[1:].islower() for word in words)
    return plain and len(words) in (2, 3) and not _TITLE_WORD.search(line)


_TITLE_WORD = re.compile(r"\b(?:of|for|with|the|using|via|from|towards?|learning|networks?|models?|analysis|study|review|retrieval|on|in)\b", re.I)  # fmt: skip


FORMAT = Format(
    NAME,
    "first page of a paper",
    "prose",
    recognise,
    read,
    whole=True,
    about="the first page of a paper, as text out of a PDF, in one column or two",
    example="A comet in pieces\nAda Lovelace, Charles Babbage\nAbstract\nWe present observations of …\n1 Introduction",
)
