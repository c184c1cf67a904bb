"""A ledger of letters: what became of every non-blank character of a document.

Each is in a record, was refused, is boilerplate of a page or syntax of a format, or is
unread. A word belongs to a record if three words in a row occur in a title or an abstract
in that order; formats may reorder names and dates, so in short lines single words are enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.inputs.layout import labels
from digest.inputs.layout.prose import prose_score
from digest.inputs.layout.site_chrome import chrome_kind
from digest.models import Letters, Reading, Record

LEAST = 200
"""Minimum letters of unread lines that may be a paper."""

BRIDGED = 3
"""Maximum words between two of a record that belong to it too, as changed by the format."""

_WORD = re.compile(r"\w+")
_URL = re.compile(r"\S{0,10}://\S+")

PAPERS, REFUSED, SYNTAX, UNREAD = "papers", "refused", "syntax", "unread"
"""Uses of letters, beside the kinds of boilerplate."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Unread lines (from 0, without the end) that read like sentences, and their letters."""

    first: int
    end: int
    letters: int


def letters_of_structure(reading: Reading) -> Letters:
    """Return the use of the letters of a document that is all structure."""
    total = _count(reading.seed.text)
    refused = [problem for problem in reading.problems if problem.refused]
    if refused and not reading.records:
        return Letters(total, refused=total)
    texts = (
        text for record in reading.records for text in (*_ordered_texts(record), *record.authors)
    )
    papers = min(total, sum(map(_count, texts)))
    lost = min(total - papers, sum(_count(problem.text) for problem in refused))
    rest = total - papers - lost
    return Letters(total, papers, lost, furniture={SYNTAX: rest} if rest else {})


def _count(text: str) -> int:
    """Count the characters of a text that are not blank."""
    return len("".join(text.split()))


class Ledger:
    """The use of the letters of one document, line by line."""

    def __init__(self, reading: Reading, structured: Iterable[range]) -> None:
        """Count the letters of a reading; in `structured` lines (from 0) the rest is syntax."""
        self._lines = reading.seed.text.split("\n")
        self._papers = _Words(
            (text for record in reading.records for text in _ordered_texts(record)),
            (text for record in reading.records for text in _unordered_texts(record)),
        )
        refused = [problem for problem in reading.problems if problem.refused]
        self._refused = _Words((problem.text for problem in refused), ())
        self._all_refused = bool(refused) and not reading.records
        syntax = bytearray(len(self._lines))
        for lines in structured:
            syntax[lines.start : lines.stop] = b"\1" * len(lines)
        self._taken = [self._line(*each) for each in zip(self._lines, syntax, strict=True)]

    def letters(self) -> Letters:
        """Return the sums over all lines."""
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
        """Return the runs of unread lines, blank ones included, that may be papers."""
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
        """Yield a run of unread lines if it may be a paper."""
        letters = sum(self._taken[at][UNREAD] for at in run)
        text = " ".join(self._lines[at] for at in run)
        if letters >= LEAST and prose_score(text) > 0 and not text.rstrip().endswith(("…", "...")):
            yield Stretch(run[0], run[-1] + 1, letters)

    def _line(self, line: str, is_syntax: int) -> Counter[str]:
        """Return the number of letters of a line by their use."""
        kind = _syntax_kind if is_syntax else _kind
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
        # Punctuation is shared out among the words around it.
        whole = sum(share)
        taken = Counter({PAPERS: papers * total // whole, REFUSED: refused * total // whole})
        if rest := total - taken.total():
            what = kind(line)
            # The rest of a line that is mostly read is its bullet, its number, its brackets.
            taken["mark" if what == UNREAD and rest < 0.5 * (total + addresses) else what] += rest
        taken["address"] += addresses
        return taken


_LABELLED = re.compile(r"\s{0,8}[\W_]{0,4}\w{3,16}[\W_]{0,4}:[\W_]{0,3}(?=\s)|\s{0,8}#{1,6}\s")


def _unlabelled(line: str) -> str:
    """Return a line without its label or its mark of a heading; empty if it has neither."""
    match = _LABELLED.match(line)
    return line[match.end() :] if match else ""


def _kind(line: str) -> str:
    """Return the use of the letters of a line that is in no record."""
    if not _WORD.search(line):
        return "rule"
    return chrome_kind(line) or ("label" if labels.parse_label(line) else UNREAD)


def _syntax_kind(_: str) -> str:
    """Return the use of the letters of a structured line that is in no record."""
    return SYNTAX


class _Words:
    """The words of texts and their order; split only when a line is not a whole text."""

    def __init__(self, texts: Iterable[str], unordered: Iterable[str]) -> None:
        self._texts = [*texts]
        self._unordered = [*unordered]
        self._whole = {" ".join(text.split()) for text in self._texts}

    def is_whole(self, line: str) -> bool:
        """Whether a line equals one of the texts."""
        return bool(line) and " ".join(line.split()) in self._whole

    @cached_property
    def _trigrams(self) -> set[tuple[str, str, str]]:
        """All three words in a row of the ordered texts."""
        found: set[tuple[str, str, str]] = set()
        for text in self._texts:
            words = _WORD.findall(text.lower())
            found.update(zip(words, words[1:], words[2:], strict=False))
        return found

    @cached_property
    def _loose(self) -> set[str]:
        """Words that need no neighbours: at the ends of texts, of short and of unordered ones."""
        found: set[str] = set()
        for text in self._texts:
            words = _WORD.findall(text.lower())
            found.update(words if len(words) < 3 else (*words[:2], *words[-2:]))
        for text in self._unordered:
            found.update(_WORD.findall(text.lower()))
        return found

    def holds(self, words: Sequence[str]) -> list[bool]:
        """Return for each word of a line whether it belongs to the texts."""
        if not (self._texts or self._unordered):
            return [False] * len(words)
        held = [len(words) < 12 and word in self._loose for word in words]
        if all(held):
            return held
        for at in range(len(words) - 2):
            if (words[at], words[at + 1], words[at + 2]) in self._trigrams:
                held[at] = held[at + 1] = held[at + 2] = True
        last = -1
        for at, known in enumerate(held):
            if known:
                if 0 <= last < at - 1 <= last + BRIDGED:
                    held[last + 1 : at] = [True] * (at - 1 - last)
                last = at
        return held


def _ordered_texts(record: Record) -> Iterator[str]:
    """Yield the texts that a record holds in the order of the document."""
    yield from (record.title or "", record.abstract, record.markup, record.comment or "")


def _unordered_texts(record: Record) -> Iterator[str]:
    """Yield the texts that formats write in another order or form than the record."""
    yield from (*record.authors, *record.identifiers.values(), *record.categories)
    yield from (record.venue or "", *record.publication.parts().values())
    yield from (link.url for link in record.links)
    if record.date:
        day = record.date
        yield f"{day.year} {day:%B} {day:%b} {day.day} {day.month:02}"
