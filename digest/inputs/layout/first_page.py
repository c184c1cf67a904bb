"""The first page of a paper, as extracted from a PDF, in one column or in two.

    arXiv:2402.01234v1 [cs.IR] 14 Feb 2024
    Sparse routing for long-context retrieval
    Mary A. Okafor1 Jens-Peter Lindqvist1,2
    Abstract
    Long documents make attention expensive, be-
    cause every query looks at every key …
    1 Introduction

A page is a first page if the word Abstract is on a line, or begins one, and an
introduction or the like follows. Text after the abstract is the paper's body, and ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import gutters, imprints, metadata_lines
from digest.inputs.layout.lines import join_wrapped, split_lines, vocabulary
from digest.inputs.layout.prose import prose_score
from digest.inputs.layout.site_chrome import chrome_kind
from digest.inputs.syntax import date_parsing, person_names
from digest.models import Guess, Reading, Seed
from digest.papers import ids

NAME = "first-page"

HEAD = 60
"""Lines that may be above the abstract; its own lines may be twice as many."""

_ABSTRACT = re.compile(r"\s*(?:A\s?B\s?S\s?T\s?R\s?A\s?C\s?T|Abstract|Summary|SUMMARY)\s?(?:[.:—–-]{1,2}\s?(?=\S)|[.:]?\s*$)")  # fmt: skip
"""The heading of the abstract, on a line of its own or before the text."""
_SOMEWHERE = re.compile(
    r"^[^\S\n]*(?:A\s?B\s?S\s?T\s?R\s?A\s?C\s?T|abstract|summary)\b", re.I | re.M
)
"""A quick test for that heading, before the columns of a page are separated."""
_AFTER = re.compile(
    r"\s*(?:(?:[1I]|0?1)\s?[.):]?\s{1,8})?(?:I\s?NTRODUCTION|Introduction|INTRODUCTION|Background|BACKGROUND|Motivation|Overview|Main)\s*:?\s*$"
    r"|\s*(?:Key\s?-?words?(?: and phrases)?|KEY\s?WORDS|Index Terms|INDEX TERMS|CCS CONCEPTS|CCS Concepts|Categories and Subject Descriptors|General Terms|ACM Reference Format|JEL|PACS|MSC|Mathematics Subject Classification|Contents|CONTENTS)\b"
    r"|\s*1\.?\s{1,8}[A-Z][A-Za-z]{2,20}(?:\s[A-Za-z]{2,20}){0,4}\s*$"
)
"""The line after an abstract: an introduction, keywords, or the first section."""
_STAMP = re.compile(r"\s*(?:\d{1,3}\s+)?arXiv:\s?(\S{6,30})\s{1,3}\[[\w.-]{2,20}\]\s{1,3}(\d{1,2} [A-Z][a-z]{2} \d{4})")  # fmt: skip
"""arXiv's stamp in the margin: id, category and date."""
_ABOVE_TITLE = re.compile(
    r"\s*(?:published (?:as|in|at)|accepted (?:at|to|by|for)|under review|preprint|to appear|submitted to|proceedings of|workshop|journal of|vol\.|doi|https?:|www\.|copyright|©|issn|received|page \d|\d{1,4}$"
    r"|.{0,80}\bvol(?:ume|\.)? ?\d|research article|original article|article|review|open access|technical report|draft|this (?:paper|work|article)|.{0,40}\b(?:19|20)\d\d\b.{0,30}$)",
    re.I,
)
"""Lines that may be above a title: running heads, banners, dates."""
_AFFILIATION = re.compile(
    r"\b(?:universit|institut|department|dept|school|college|laborator|labs?\b|centre|center|faculty|academy|inc\b|research\b|corporation|hospital|google|microsoft|meta\b|deepmind|cnrs|inria|ministry|company|ltd|gmbh)|@|\{.{1,80}\}",
    re.I,
)
"""Words of affiliations, and e-mail addresses."""
_FOOTNOTE_MARK = re.compile(rf"(?<=[^\W\d_.])\s?(?:[{person_names.MARKS}]\s?,?\s?){{1,8}}(?=\s|,|;|$)|(?<=\.)\s?[∗†‡§*]{{1,4}}")  # fmt: skip
"""Marks of footnotes behind names."""


def recognise(document: Document) -> Guess:
    """Return how sure it is: one abstract must be between a title and an introduction."""
    head = document.head.text
    missing = "a line 'Abstract' and below it a line '1 Introduction'"
    if not _SOMEWHERE.search(head):
        return Guess(0.0, missing)
    rows = _rows(head)
    place = _abstract_rows(rows)
    if place is None or len(_abstract_starts([row for _, row in rows])) > 1:
        return Guess(0.1, missing)
    above = [row for _, row in rows[: place[0]] if row.strip()]
    abstract = " ".join(row for _, row in rows[place[0] : place[1]])
    named = any(_names(row) for row in above)
    if (
        not 1 < len(above) <= HEAD
        or prose_score(abstract) <= 0
        or any(prose_score(row) > 2 for row in above)
    ):
        return Guess(0.2, missing)
    return Guess(0.95 if named else 0.6)


def read(seed: Seed) -> Reading:
    """Read the one paper; remark that the text below its abstract is not read."""
    return findings.reading(seed, NAME, _finds(seed))


def _finds(seed: Seed) -> Iterator[findings.Finding]:
    rows = _rows(seed.text)
    place = _abstract_rows(rows)
    if place is None:
        message = "expected a line 'Abstract' and below it '1 Introduction', found neither"
        yield findings.refuse(seed, 1, f"{message} — the page is left out", seed.text)
        return
    first, end = place
    words = vocabulary(split_lines("\n".join(row for _, row in rows)))
    abstract = [row.strip() for _, row in rows[first:end] if row.strip()]
    while abstract and re.fullmatch(r"[\d.IVX]{1,4}", abstract[-1]):
        abstract.pop()  # the number of the heading below, on its own line
    abstract[0] = _ABSTRACT.sub("", abstract[0], count=1)
    above = [row for _, row in rows[:first]]
    title, authors = _title_and_authors(above, words)
    stamp = next((found for _, row in rows if (found := _STAMP.match(row))), None)
    sources = [row for row in above if not _STAMP.match(row)]
    yield findings.record(
        seed,
        rows[first][0],
        title,
        join_wrapped([row for row in abstract if row], words),
        authors=authors,
        identifiers=ids.identifiers([f"arXiv:{stamp[1]}"] if stamp else sources),
        date=date_parsing.parse(stamp[2]) if stamp else None,
    )
    if end < len(rows):
        yield findings.remark(
            seed, rows[end][0], "the text of the paper below its abstract is ignored"
        )


def _rows(text: str) -> list[tuple[int, str]]:
    """Return the lines in reading order, each with its number, from 1."""
    lines = [
        gutters.NumberedLine(number, line)
        for number, line in enumerate(text.replace("\f", "\n").split("\n"), 1)
    ]
    head = lines[: 4 * HEAD]
    return [
        (line.number, line.text) for line in [*gutters.in_reading_order(head), *lines[4 * HEAD :]]
    ]


def _abstract_starts(rows: Sequence[str]) -> list[int]:
    """Return the indices of lines that are, or begin with, the word Abstract."""
    return [at for at, row in enumerate(rows) if _ABSTRACT.match(row)]


def _abstract_rows(rows: Sequence[tuple[int, str]]) -> tuple[int, int] | None:
    """Return the row an abstract begins at and the row after it; None if the page has none."""
    starts = _abstract_starts([row for _, row in rows[: 2 * HEAD]])
    if not starts:
        return None
    first = starts[0]
    after = range(first + 2, min(len(rows), first + 2 * HEAD))
    end = next((at for at in after if _AFTER.match(rows[at][1])), None)
    return (first, end) if end else None


def _title_and_authors(above: Sequence[str], words: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Return the title, which is above the first line of names, and the authors on such lines."""
    lines = [line for line in above if line.strip() and not _STAMP.match(line)]
    while len(lines) > 1 and _ABOVE_TITLE.match(lines[0]):
        lines = lines[1:]
    by = next((at for at, line in enumerate(lines) if at and _names(line)), None)
    if by is None:
        by = next(
            (at for at, line in enumerate(lines) if at and _AFFILIATION.search(line)), len(lines)
        )
    # A web page that shows the paper has buttons and an imprint above or below the title.
    shown = (line.strip() for line in lines[:by])
    title = [line for line in shown if not chrome_kind(line) and not imprints.parse_imprint(line)]
    authors = [name for line in lines[by:] for name in _names(line)]
    return join_wrapped(title, words) if title else "", tuple(dict.fromkeys(authors))


def _names(line: str) -> tuple[str, ...]:
    """Return the people a line consists of; none if it is not a byline.

    >>> _names("Mary A. Okafor1 Jens-Peter Lindqvist1,2  Ruth Weiß2"), _names("Institute of Tides")
    (('Mary A. Okafor', 'Jens-Peter Lindqvist', 'Ruth Weiß'), ())
    """
    if _AFFILIATION.search(line) or len(line) > 600:
        return ()
    line = _MEMBER.sub("", line)
    apart = re.sub(r"\s{2,}|,?\s(?:and|&)\s|[;•·|]", ",", _FOOTNOTE_MARK.sub(",", line.strip()))
    parts = [part for part in map(str.strip, apart.split(",")) if re.search(r"[^\W\d_]", part)]
    named = [
        person
        for part in parts
        if metadata_lines.PERSON_NAME.fullmatch(part) and (person := person_names.person(part))
    ]
    many = parts and len(named) >= 0.75 * len(parts)
    return tuple(named) if many and _is_no_title(line, named) else ()


_MEMBER = re.compile(r",?\s?(?:(?:Graduate |Student |Senior |Life |Associate )?(?:Student )?(?:Member|Fellow)),?\s(?:IEEE|ACM|AAAI|OSA|SIAM|IET)\b")  # fmt: skip
"""Membership of a society, behind a name."""


def _is_no_title(line: str, named: Sequence[str]) -> bool:
    """Return whether a line of names cannot be a title.

    It cannot if there are several names, a footnote mark or an initial, or if it is two or
    three capitalised words that are not typical of titles.
    """
    if len(named) > 1 or _FOOTNOTE_MARK.search(line) or re.search(r"\b[A-Z]\.", line):
        return True
    words = named[0].split()
    plain = all(word[:1].isupper() and word[1:].islower() for word in words)
    return plain and len(words) in (2, 3) and not _TITLE_WORD.search(line)


_TITLE_WORD = re.compile(r"\b(?:of|for|with|the|using|via|from|towards?|learning|networks?|models?|analysis|study|review|retrieval|on|in)\b", re.I)  # fmt: skip
"""Words that titles contain and names do not."""


FORMAT = Format(
    NAME,
    "first page of a paper",
    "prose",
    recognise,
    read,
    whole=True,
    about="the first page of a paper, as text out of a PDF, in one column or two",
    example="A comet in pieces\nAda Lovelace, Charles Babbage\nAbstract\n"
    "We present observations of …\n1 Introduction",
)
