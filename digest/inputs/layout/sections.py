"""A document made of several that were pasted one below the other.

Entries of some formats say where they begin and end: BibTeX, RIS, PubMed's
text, a line of JSON, arXiv's listings and mails, labelled records. What stands
between runs of them is a document of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from digest.inputs.layout import labels
from digest.inputs.layout.furniture import furniture
from digest.inputs.layout.lines import WIDEST
from digest.inputs.layout.prose import prose

LONGEST = 400
"""Lines an entry may have."""

_End = Callable[[Sequence[str], int], int]
"""Where the entry that begins at a line ends: the line after its last; the same line where it does not."""


@dataclass(frozen=True, slots=True)
class Section:
    """A run of lines that are one document: from its first line up to, and without, its end."""

    first: int
    end: int
    own: bool
    """Whether its lines say what they are."""


def sections(text: str) -> list[Section]:
    """Take a text apart where one kind of document ends and another begins; one section where it is one.

    >>> bib = "@article{a,\\n  title = {On Knots},\\n}\\n"
    >>> said = "On Bees\\n" + "We count bees. They are many. " * 9 + "\\n"
    >>> [(part.first, part.own) for part in sections(bib + said + bib)]
    [(0, True), (3, False), (5, True)]
    """
    lines = text.split("\n")
    found: list[Section] = []
    kind = -1
    for this, start, end in _entries(lines):
        between = lines[found[-1].end : start] if found else []
        if found and kind == this and not _told(between):
            found[-1] = Section(found[-1].first, end, True)
        else:
            found.append(Section(_back(lines, start, found[-1].end if found else 0), end, True))
        kind = this
    return list(_filled(found, lines))


def _filled(found: Sequence[Section], lines: Sequence[str]) -> Iterator[Section]:
    """Put what stands between the sections beside them, where it says enough to be a document."""
    at = 0
    for section in (*found, Section(len(lines), len(lines), True)):
        rest = lines[at : section.first]
        if _told(rest):
            yield Section(at, section.first, False)
        if section.first < section.end:
            yield section
        at = section.end


def _told(lines: Sequence[str]) -> bool:
    """Whether lines say enough to be a title and an abstract."""
    return sum(map(_says, lines)) >= LEAST


def _says(line: str) -> int:
    """The letters of a line that may tell of a paper, addresses left out."""
    text = _ADDRESS.sub("", line)
    told = len(text) > 50 and text.count(" ") > 6
    return len(text) if told and not furniture(line) and not labels.is_rule(line) else 0


_ADDRESS = re.compile(r"\S{0,10}//\S+")

LEAST = 200
"""Letters that a paper needs."""


def _back(lines: Sequence[str], start: int, least: int) -> int:
    """Take the headings right above a section to it: short lines without a sentence."""
    at = start
    while at > max(least, start - 12) and (not lines[at - 1].strip() or _heads(lines[at - 1])):
        at -= 1
    return at


_HEADS = re.compile(
    r"(?:new|cross|replacement)(?:[- ]lists?| submissions)?\b.{0,80}|showing .{0,100}|total of \d.{0,60}"
    r"|authors and titles for .{0,80}|-{20,}|submissions to:.{0,60}|received from .{0,80}", re.I
)  # fmt: skip


def _heads(line: str) -> bool:
    return bool(_HEADS.fullmatch(line.strip())) or prose(line) < -6


# --- entries ---------------------------------------------------------------------------


def _entries(lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The entries that say what they are: kind, first line, end."""
    at = 0
    while at < len(lines):
        line = lines[at][:400]
        kind = next((k for k, (begins, _) in enumerate(_KINDS) if begins.match(line)), -1)
        end = _KINDS[kind][1](lines, at) if kind >= 0 else at
        if end > at:
            yield kind, at, end
            at = end
        else:
            at += 1


def _braces(lines: Sequence[str], at: int) -> int:
    depth = 0
    for number in range(at, min(len(lines), at + LONGEST)):
        if number > at and lines[number].startswith("@"):
            return at
        depth += lines[number].count("{") - lines[number].count("}")
        if depth <= 0:
            return number + 1
    return at


def _upto(pattern: str) -> _End:
    """An entry ends with the first line of this form."""
    last = re.compile(pattern)

    def end(lines: Sequence[str], at: int) -> int:
        some = range(at + 1, min(len(lines), at + LONGEST))
        return next((number + 1 for number in some if last.match(lines[number])), at)

    return end


def _while(pattern: str) -> _End:
    """An entry goes on as long as lines have this form."""
    more = re.compile(pattern)

    def end(lines: Sequence[str], at: int) -> int:
        number = at + 1
        while number < min(len(lines), at + LONGEST) and more.match(lines[number]):
            number += 1
        return number if number > at + 2 else at

    return end


def _one(lines: Sequence[str], at: int) -> int:
    return at + 1 if lines[at].rstrip().endswith(("}", "},")) else at


def _listed(lines: Sequence[str], at: int) -> int:
    """An entry of a listing ends with its abstract, or with its last label where it has none."""
    number = last = at + 1
    while number < min(len(lines), at + 25):
        if labels.label(lines[number]):
            last = number + 1
        elif not lines[number].strip() and last > at + 2:
            break
        number += 1
    if last <= at + 1:
        return at
    while last < len(lines) and not lines[last].strip():
        last += 1
    return last if last < len(lines) and _opens(lines[last]) else _paragraph(lines, last)


def _opens(line: str) -> bool:
    return any(begins.match(line[:400]) for begins, _ in _KINDS)


def _paragraph(lines: Sequence[str], at: int) -> int:
    """The end of the paragraph that begins here: a long line is one."""
    number = at
    while number < len(lines) and lines[number].strip() and not _opens(lines[number]):
        number += 1
        if len(lines[number - 1]) > WIDEST:
            break
    return number


def _labelled(lines: Sequence[str], at: int) -> int:
    """A labelled record ends with the paragraph of its last label, or with a rule."""
    number = at + 1
    fields = {"title"}
    while number < min(len(lines), at + LONGEST):
        found = labels.label(lines[number])
        if labels.is_rule(lines[number]):
            return number + 1
        if (found and found[0] in fields and found[0] == "title") or not lines[number].strip():
            break
        if found:
            fields.add(found[0])
        elif len(lines[number - 1]) > WIDEST:
            break
        number += 1
    return number if len(fields) > 1 else at


_MAIL_ENDS = r"\\\\ ?\( ?https?://"
_KINDS: Sequence[tuple[re.Pattern[str], _End]] = (
    (re.compile(r"\s{0,8}@[A-Za-z]{3,20}\s?[{(]\s?[^\s{}()=]{0,80},?\s*$|\s{0,8}@[A-Za-z]{3,20}\{[^\s{}=,]{1,80},\s?\w+\s?="), _braces),
    (re.compile(r"TY\s{1,2}-\s"), _upto(r"ER\s{1,2}-")),
    (re.compile(r"PMID-\s?\d"), _while(r"[A-Z]{2,4}\s{0,2}-\s|\s{6}")),
    (re.compile(r"\{\s?\""), _one),
    (re.compile(r"(?:\[\d{1,5}\]\s{0,3})?arXiv:\s?\S{6,30}\s{1,3}\[\s?(?:pdf|ps|html|other|view)", re.I), _listed),
    (re.compile(r"\\\\\s*$"), _upto(_MAIL_ENDS)),
    (re.compile(r"[#*\s]{0,6}(?:paper )?title\s?\*{0,2}:", re.I), _labelled),
)  # fmt: skip
"""What begins an entry, and where it ends."""
