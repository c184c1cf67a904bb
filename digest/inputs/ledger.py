"""A ledger of letters: what became of every letter of a document.

Each is in a record, was refused, is furniture of a page or the syntax of a format, or was
read by nobody. A word is a record's where two words beside it stand beside it in the record
too; around titles and abstracts formats are free to turn names and dates about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.inputs.layout import labels
from digest.inputs.layout.prose import prose
from digest.inputs.layout.site_chrome import chrome
from digest.models import Letters, Reading, Record

LEAST = 200
"""Letters that a stretch needs to be a paper."""

BRIDGED = 3
"""Words between two of a record that are the record's as well: mended there, or left out."""

_WORD = re.compile(r"\w+")
_URL = re.compile(r"\S{0,10}://\S+")

PAPERS, REFUSED, SYNTAX, UNREAD = "papers", "refused", "syntax", "unread"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that nobody read and that look like sentences: from the first up to, and without, the end."""

    first: int
    end: int
    letters: int


def of_structure(reading: Reading) -> Letters:
    """Return how the letters of a document that is all structure were taken: what is in no paper is syntax."""
    total = _count(reading.seed.text)
    refused = [problem for problem in reading.problems if problem.refused]
    if refused and not reading.records:
        return Letters(total, refused=total)
    told = (text for record in reading.records for text in (*_told(record), *record.authors))
    papers = min(total, sum(map(_count, told)))
    lost = min(total - papers, sum(_count(problem.text) for problem in refused))
    rest = total - papers - lost
    return Letters(total, papers, lost, furniture={SYNTAX: rest} if rest else {})


def _count(text: str) -> int:
    return len("".join(text.split()))


class Ledger:
    """What became of the letters of one document, line by line."""

    def __init__(self, reading: Reading, structured: Iterable[range]) -> None:
        """Take down a reading; what belongs to no paper in `structured` lines (from 0) is syntax."""
        self._lines = reading.seed.text.split("\n")
        self._papers = _Words(
            (text for record in reading.records for text in _told(record)),
            (text for record in reading.records for text in _turned(record)),
        )
        refused = [problem for problem in reading.problems if problem.refused]
        self._refused = _Words((problem.text for problem in refused), ())
        self._all_refused = bool(refused) and not reading.records
        syntax = bytearray(len(self._lines))
        for lines in structured:
            syntax[lines.start : lines.stop] = b"\1" * len(lines)
        self._taken = [self._line(*each) for each in zip(self._lines, syntax, strict=True)]

    def letters(self) -> Letters:
        """The sums over all lines; blanks count nowhere."""
        sums: Counter[str] = Counter()
        for taken in self._taken:
            sums.update(taken)
        furniture = {
            kind: count
            for kind, count in sorted(sums.items())
            if kind not in (PAPERS, REFUSED, UNREAD) and count
        }
        return Letters(sums.total(), sums[PAPERS], sums[REFUSED], sums[UNREAD], furniture)

    def stretches(self) -> list[Stretch]:
        """The runs of lines, blank ones between them, that nobody read and that may be papers."""
        found: list[Stretch] = []
        run: list[int] = []
        for at, taken in enumerate([*self._taken, Counter({PAPERS: 1})]):
            if not taken.total():
                continue
            if taken[UNREAD] > 0.5 * taken.total():
                run.append(at)
            else:
                found += self._stretch(run)
                run = []
        return found

    def _stretch(self, run: Sequence[int]) -> Iterator[Stretch]:
        letters = sum(self._taken[at][UNREAD] for at in run)
        text = " ".join(self._lines[at] for at in run)
        if letters >= LEAST and prose(text) > 0 and not text.rstrip().endswith(("…", "...")):
            yield Stretch(run[0], run[-1] + 1, letters)

    def _line(self, line: str, is_syntax: int) -> Counter[str]:
        """The letters of a line by what became of them."""
        kind = _syntax if is_syntax else _kind
        total = len("".join(line.split()))
        if not total:
            return Counter()
        if self._all_refused:
            return Counter({REFUSED: total})
        if self._papers.is_whole(line) or self._papers.is_whole(_unlabelled(line)):
            return Counter({PAPERS: total})
        bare = _URL.sub(" ", line) if "//" in line else line
        words = _WORD.findall((_unlabelled(bare) or bare).lower())
        read = self._papers.holds(words)
        share = [len(word) for word in words]
        papers = sum(size for size, held in zip(share, read, strict=True) if held)
        if not words:
            return Counter({kind(line): total})
        again = self._refused.holds(words)
        refused = sum(
            size for size, held, lost in zip(share, read, again, strict=True) if lost and not held
        )
        addresses = total - len("".join(bare.split()))
        total -= addresses
        # Signs and brackets go with the words that they stand among.
        whole = sum(share)
        taken = Counter({PAPERS: papers * total // whole, REFUSED: refused * total // whole})
        if rest := total - taken.total():
            what = kind(line)
            # What is left of a line that is known is its bullet, its number, its brackets.
            taken["mark" if what == UNREAD and rest < 0.5 * (total + addresses) else what] += rest
        taken["address"] += addresses
        return taken


_LABELLED = re.compile(r"\s{0,8}[\W_]{0,4}\w{3,16}[\W_]{0,4}:[\W_]{0,3}(?=\s)|\s{0,8}#{1,6}\s")


def _unlabelled(line: str) -> str:
    """A line without the label or the mark of a heading before it."""
    match = _LABELLED.match(line)
    return line[match.end() :] if match else ""


def _kind(line: str) -> str:
    """What a line of text is that is in no record."""
    if not _WORD.search(line):
        return "rule"
    return chrome(line) or ("label" if labels.label(line) else UNREAD)


def _syntax(_: str) -> str:
    return SYNTAX


class _Words:
    """The words of texts, and how they follow one another; looked into only for what is no whole text."""

    def __init__(self, texts: Iterable[str], turned: Iterable[str]) -> None:
        self._texts = [*texts]
        self._turned = [*turned]
        self._whole = {" ".join(text.split()) for text in self._texts}

    def is_whole(self, line: str) -> bool:
        """Whether a line is one of the texts, to the letter."""
        return bool(line) and " ".join(line.split()) in self._whole

    @cached_property
    def _threes(self) -> set[tuple[str, str, str]]:
        found: set[tuple[str, str, str]] = set()
        for text in self._texts:
            words = _WORD.findall(text.lower())
            found.update(zip(words, words[1:], words[2:], strict=False))
        return found

    @cached_property
    def _short(self) -> set[str]:
        found: set[str] = set()
        for text in self._texts:
            words = _WORD.findall(text.lower())
            found.update(words if len(words) < 3 else (*words[:2], *words[-2:]))
        for text in self._turned:
            found.update(_WORD.findall(text.lower()))
        return found

    def holds(self, words: Sequence[str]) -> list[bool]:
        """Whether each word of a line is one of the texts'."""
        if not (self._texts or self._turned):
            return [False] * len(words)
        held = [len(words) < 12 and word in self._short for word in words]
        if all(held):
            return held
        for at in range(len(words) - 2):
            if (words[at], words[at + 1], words[at + 2]) in self._threes:
                held[at] = held[at + 1] = held[at + 2] = True
        last = -1
        for at, known in enumerate(held):
            if known:
                if 0 <= last < at - 1 <= last + BRIDGED:
                    held[last + 1 : at] = [True] * (at - 1 - last)
                last = at
        return held


def _told(record: Record) -> Iterator[str]:
    yield from (record.title or "", record.abstract, record.markup, record.comment or "")


def _turned(record: Record) -> Iterator[str]:
    """What formats write in another order or form than the record has it in."""
    yield from (*record.authors, *record.identifiers.values(), *record.categories)
    yield from (record.venue or "", *record.publication.told().values())
    yield from (link.url for link in record.links)
    if record.date:
        yield f"{record.date.year} {record.date:%B} {record.date:%b} {record.date.day} {record.date.month:02}"
