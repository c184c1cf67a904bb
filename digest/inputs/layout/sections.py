"""A document made of several that were put one below the other.

What is structured says where it begins and ends: a JSON value closes its brackets,
an XML tree its root, a tagged record has its last tag, a table its columns. What is
between runs of such lines is a document of its own.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from digest.inputs.layout import labels
from digest.inputs.layout.furniture import furniture
from digest.inputs.layout.lines import WIDEST
from digest.inputs.layout.prose import prose
from digest.inputs.syntax import fields

LONGEST = 400
"""Lines an entry of tagged lines may have."""

LEAST = 200
"""Letters that a paper needs."""


@dataclass(frozen=True, slots=True)
class Section:
    """A run of lines that are one document: from its first line up to, and without, its end."""

    first: int
    end: int
    kind: str = ""
    """What its lines are made of; empty for text."""
    sure: bool = False
    """Whether nothing else is written like that."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How an entry of one kind begins and ends."""

    name: str
    begins: str
    """The form of its first line."""
    end: Callable[[Text, int], int]
    """The line after its last, of the line it begins at; the same line where it is none."""
    sure: bool = True
    alone: bool = False
    """Whether every entry is a document, whatever comes after it."""


@dataclass(slots=True)
class Text:
    """The lines of a document, and how much of it has been looked through for an end."""

    whole: str
    lines: Sequence[str] = field(init=False)
    starts: Sequence[int] = field(init=False)
    budget: int = field(init=False)
    """Letters that may still be looked through: what never closes is not looked through for every line."""

    def __post_init__(self) -> None:
        """Find where the lines begin."""
        self.lines = self.whole.split("\n")
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.budget = 4 * len(self.whole) + 1000

    def line_after(self, at: int, offset: int) -> int:
        """Return the line below the one with a letter of the document, which is not above `at`."""
        while self.starts[at + 1] <= offset:
            at += 1
        return at + 1


def sections(whole: str) -> list[Section]:
    """Take a text apart where one kind of document ends and another begins; one section where it is one.

    >>> bib = "@article{a,\\n  title = {On Knots},\\n}\\n"
    >>> said = "On Bees\\n" + "We count bees. They are many. " * 9 + "\\n"
    >>> [(part.first, part.kind) for part in sections(bib + said + bib)]
    [(0, 'bibtex'), (3, ''), (5, 'bibtex')]
    """
    text = Text(whole)
    found: list[Section] = []
    for kind, start, end in _entries(text):
        above = found[-1].end if found else 0
        if found and _goes_on(text, found[-1], kind, start) and not _told(text.lines[above:start]):
            found[-1] = Section(found[-1].first, end, kind.name, kind.sure)
        else:
            first = start if kind.sure else _back(text.lines, start, above)
            found.append(Section(first, end, kind.name, kind.sure))
    return list(_filled(found, text.lines)) if found else _halves(text.lines)


_KEY = re.compile(r'\s*\{\s*"[^"]{1,80}"')


def _goes_on(text: Text, section: Section, kind: Kind, start: int) -> bool:
    """Whether an entry belongs to the document above it; a JSON value does where both are rows of one list."""
    if section.kind != kind.name or not kind.alone:
        return section.kind == kind.name
    if kind.name == "mail":
        return text.lines[start].startswith("From ")  # a folder of mails is one document
    if kind.name != "json":
        return False
    last = text.lines[section.end - 1]
    here, above = _KEY.match(text.lines[start]), _KEY.match(last)
    alike = bool(here and above and here[0] == above[0])
    # An answer of an API is one line as well, and holds a list of its own.
    many = section.end - section.first > 1 or not re.search(r"\[\s*\{", last)
    return alike and (many or _is_row(last))


def _is_row(line: str) -> bool:
    """Whether a line is an object that tells of one paper itself."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(given, dict):
        return False
    return bool({fields.field(key) for key in fields.unwrapped(given)} & {"title", "abstract"})


CHANGE = 0.5
"""How much the looks of lines change where one text ends and another begins."""


def _halves(lines: Sequence[str]) -> list[Section]:
    """Take a text apart at the blank line around which its lines look most unlike, if they do.

    Looks are how long lines are, how many are blank, and how many are set in: two pasted texts
    were seldom wrapped alike, and wrapping is undone for a document as a whole.
    """
    sums = [(0.0, 0.0, 0.0)]
    for line in lines:
        blank, size = not line.strip(), min(len(line), WIDEST)  # a longer line is not wrapped
        before = sums[-1]
        sums.append((before[0] + blank, before[1] + size, before[2] + (line[:2] == "  ")))
    ends = [at for at in range(1, len(lines) - 1) if not lines[at].strip()]
    best = max(ends, key=lambda at: _unlike(sums, at), default=0)
    if not best or _unlike(sums, best) < CHANGE:
        return [Section(0, len(lines))]
    return [Section(0, best), Section(best + 1, len(lines))]


def _unlike(sums: Sequence[tuple[float, float, float]], at: int) -> float:
    """How unlike the lines above and below a line are; 0 where one side is too short to tell."""
    sides = []
    for first, last in ((0, at), (at + 1, len(sums) - 1)):
        blank, size, inset = (b - a for a, b in zip(sums[first], sums[last], strict=True))
        told = last - first - blank
        if told < 6 or size < 3 * LEAST:
            return 0.0
        sides.append((math.log(size / told), (blank + 1) / told, inset / told))
    (long, blank, inset), (other_long, other_blank, other_inset) = sides
    return abs(long - other_long) + 4 * abs(blank - other_blank) + abs(inset - other_inset)


def _filled(found: Sequence[Section], lines: Sequence[str]) -> Iterator[Section]:
    """Put what stands between the sections beside them, where it says enough to be a document."""
    at = 0
    for section in (*found, Section(len(lines), len(lines))):
        if _told(lines[at : section.first]):
            yield Section(at, section.first)
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


def _entries(text: Text) -> Iterator[tuple[Kind, int, int]]:
    """The entries that say what they are: kind, first line, end."""
    at = 0
    while at < len(text.lines):
        kind = _kind(text, at)
        end = kind.end(text, at) if kind else at
        if kind and end > at:
            yield kind, at, end
        at = max(end, at + 1)


def _kind(text: Text, at: int) -> Kind | None:
    match = _BEGINS.match(text.lines[at][:400])
    return KINDS[int((match.lastgroup or "k0")[1:])] if match else None


def _opens(text: Text, at: int) -> bool:
    """Whether an entry of any kind begins at a line, and ends somewhere."""
    kind = _kind(text, at)
    return bool(kind and kind.end(text, at) > at)


# --- what closes -----------------------------------------------------------------------

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.S)
_VALUE = re.compile(
    r'\s{0,20}(?:\[\s{0,200}){0,3}(?:\{\s{0,200}(?:"(?:[^"\\\n]|\\.){0,200}"\s{0,20}:|\})|"(?:[^"\\\n]|\\.){0,5000}"\s{0,20}[,\]])'
)
"""A list of objects or of strings, or an object."""


def _brackets(text: Text, at: int) -> int:
    """The end of a JSON value."""
    depth, start = 0, text.starts[at]
    if text.budget < 0 or not _VALUE.match(text.whole, start):
        return at
    for token in _TOKENS.finditer(text.whole, start):
        sign = token.group()
        depth += (sign in "{[") - (sign in "}]")
        if depth <= 0 and sign in "}]":
            text.budget -= token.end() - start
            return text.line_after(at, token.end() - 1)
    text.budget -= len(text.whole) - start
    return _next(text, at, "json")


_ROOT = re.compile(r"<([A-Za-z_][\w:.-]{0,80})(?=[\s/>])")
_FLOW = frozenset(
    [
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "blockquote",
        "br",
        "center",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "li",
        "link",
        "main",
        "mark",
        "meta",
        "nav",
        "ol",
        "p",
        "picture",
        "pre",
        "q",
        "s",
        "script",
        "section",
        "small",
        "source",
        "span",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "th",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "video",
    ]
)
"""Elements of HTML that people write into text."""


def _tree(text: Text, at: int) -> int:
    """The end of an XML tree, or of a web page."""
    start = text.starts[at]
    root = _ROOT.search(text.whole, start, start + 5000)
    if not root or text.budget < 0:
        return at
    name = root[1]
    if re.match(r"\s*<!DOCTYPE NETSCAPE-Bookmark", text.whole[start : start + 60]):
        name = "DL"
    if name.lower() in _FLOW and name != "DL":
        return at
    depth = 0
    tags = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]{{0,5000}}>", re.I)
    for tag in tags.finditer(text.whole, start):
        depth += 0 if tag.group().endswith("/>") else -1 if tag[1] else 1
        if depth <= 0:
            text.budget -= tag.end() - start
            return text.line_after(at, tag.end() - 1)
    text.budget -= len(text.whole) - start
    return _next(text, at, "xml")


def _next(text: Text, at: int, name: str) -> int:
    """The end of what is damaged: where something else surely begins, or the document ends."""
    for number in range(at + 1, len(text.lines)):
        kind = _kind(text, number)
        if kind and kind.sure and kind.name not in (name, "json", "xml", "table"):
            return number
    return len(text.lines)


def _braces(text: Text, at: int) -> int:
    """The end of an entry of BibTeX, in braces or in brackets."""
    depth = 0
    opener, closer = "()" if _ROUND.match(text.lines[at]) else "{}"
    for number in range(at, min(len(text.lines), at + LONGEST)):
        line = text.lines[number]
        if number > at and line.startswith("@"):
            return at
        depth += line.count(opener) - line.count(closer)
        if depth <= 0:
            return number + 1
    return at


_ROUND = re.compile(r"\s*@\w+\s?\(")


# --- lines of one form -----------------------------------------------------------------


def _upto(pattern: str) -> Callable[[Text, int], int]:
    """An entry ends with the first line of this form."""
    last = re.compile(pattern)

    def end(text: Text, at: int) -> int:
        some = range(at + 1, min(len(text.lines), at + LONGEST))
        return next((number + 1 for number in some if last.match(text.lines[number])), at)

    return end


def _while(pattern: str, least: int = 3) -> Callable[[Text, int], int]:
    """An entry goes on as long as lines have this form."""
    more = re.compile(pattern)

    def end(text: Text, at: int) -> int:
        number = at + 1
        while number < len(text.lines) and more.match(text.lines[number]):
            other = _kind(text, number)
            if other and other.sure and other.end is not end and other.end(text, number) > number:
                break
            number += 1
        while not text.lines[number - 1].strip():
            number -= 1
        return number if number >= at + least else at

    return end


def _rows(text: Text, at: int) -> int:
    """The end of a table: its rows have as many cells as its names; a cell may have several lines."""
    head = text.lines[at]
    separator = max("\t,;", key=head.count)
    names = next(csv.reader([head], delimiter=separator), [])
    told = {fields.field(name) for name in names}
    if len(names) < 3 or not told & {"title", "abstract"} or len(told - {None}) < 2:
        return at
    some = iter(text.lines[at + 1 :])
    rows, end = csv.reader(some, delimiter=separator), at + 1
    try:
        for row in rows:
            if not 0.6 * len(names) <= len(row) <= len(names) + 1:
                break
            end = at + 1 + rows.line_num
    except csv.Error:
        pass
    return end if end > at + 1 else at


def _mail(text: Text, at: int) -> int:
    """The end of a mail: of its last part, of its page, or where something else surely begins."""
    header = text.whole[text.starts[at] : text.starts[min(at + 200, len(text.lines))]]
    header = header.split("\n\n", 1)[0]
    if len(set(_HEADER.findall(header))) < 3:
        return at
    body = at + header.count("\n") + 1
    if re.search(r"^content-transfer-encoding:\s*base64", header, re.I | re.M):
        return _encoded(text, body)
    if boundary := re.search(r"boundary=\"?([^\s\";]{1,100})", header):
        closing = f"--{boundary[1]}--"
    elif re.search(r"^content-type:\s*text/html", header, re.I | re.M):
        closing = "</html>"
    else:
        closing = ""
    for number in range(body, len(text.lines)):
        if closing and text.lines[number].rstrip().lower().endswith(closing.lower()):
            return number + 1
        kind = None if closing else _kind(text, number)
        if kind and kind.sure and (kind.name != "mail" or text.lines[number].startswith("From ")):
            if kind.name == "mail":
                continue  # a folder of mails is one document
            if kind.end(text, number) > number:
                return number
    return len(text.lines)


_encoded = _while(r"[A-Za-z0-9+/=]{1,1000}\s*$", 1)
"""The end of a body in base64."""

_HEADER = re.compile(
    r"^(from|to|subject|date|mime-version|content-type|received|message-id|return-path|reply-to):",
    re.I | re.M,
)


# --- text with labels ------------------------------------------------------------------


def _listed(text: Text, at: int) -> int:
    """An entry of a listing ends with its abstract, or with its last label where it has none."""
    lines = text.lines
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
    return last if last < len(lines) and _opens(text, last) else _paragraph(text, last)


def _paragraph(text: Text, at: int) -> int:
    """The end of the paragraph that begins here: a long line is one."""
    number = at
    while number < len(text.lines) and text.lines[number].strip() and not _opens(text, number):
        number += 1
        if len(text.lines[number - 1]) > WIDEST:
            break
    return number


def _labelled(text: Text, at: int) -> int:
    """A labelled record ends with the paragraph of its last label, or with a rule."""
    lines = text.lines
    number = at + 1
    known = {"title"}
    while number < min(len(lines), at + LONGEST):
        found = labels.label(lines[number])
        if labels.is_rule(lines[number]):
            return number + 1
        if (found and found[0] == "title") or not lines[number].strip():
            break
        if found:
            known.add(found[0])
        elif len(lines[number - 1]) > WIDEST:
            break
        number += 1
    return number if len(known) > 1 else at


KINDS: Sequence[Kind] = (
    Kind("mail", r"(?i:from|subject|date|received|return-path|mime-version|message-id|delivered-to): \S|From \S{1,200} .{4,100}\d{4}\s*$", _mail, alone=True),
    Kind("json", r"\s{0,8}(?:\{\s{0,8}(?:\"|$)|\[\s{0,8}(?:[\[{]\s{0,8})?(?:[\"{]|$))", _brackets, alone=True),
    Kind("xml", r"\s{0,8}<(?:\?xml\b|![Dd][Oo][Cc][Tt][Yy][Pp][Ee]\b|[A-Za-z_][\w:.-]{0,80}(?:\s{1,20}[\w:.-]{1,60}\s?=|\s{0,20}>|\s*$))", _tree, alone=True),
    Kind("bibtex", r"\s{0,8}@[A-Za-z]{3,20}\s?[{(]\s?[^\s{}()=]{0,80},?\s*$|\s{0,8}@[A-Za-z]{3,20}\{[^\s{}=,]{1,80},\s?\w+\s?=", _braces),
    Kind("ris", r"TY\s{1,2}-\s", _upto(r"ER\s{1,2}-")),
    Kind("nbib", r"PMID-\s?\d|OWN\s{1,2}-\s", _while(r"[A-Z]{2,4}\s{0,2}-\s|\s{6}")),
    Kind("science", r"FN (?:Clarivate|Thomson|ISI)|PT [A-Z]\s*$", _upto(r"ER\s*$")),
    Kind("refworks", r"RT [A-Z]", _while(r"[A-Z][A-Z0-9]\s|\s{3}")),
    Kind("refer", r"%[0TA]\s", _while(r"%[A-Z0-9!@+^$#&*<>?\[\]~(=)]\s|\s{1,4}\S|[^%\n]{1,}$")),
    Kind("ovid", r"<\d{1,6}\.\s?>\s*$", _while(r"[A-Z][A-Z0-9]\s{1,3}-\s|\s{4,}\S|\s*$")),
    Kind("marc", r"\d{5}[a-z][a-z ]{2,4}[ a\d]", _while(r"[^\n]{0,9999}[\x1d-\x1f]", 1)),
    Kind("yaml", r"(?:cff-version|references|papers|publications):\s|-\s{1,3}(?:id|title|doi|type|authors?|abstract|year):(?:\s|$)", _while(r"\s{1,40}\S|-\s(?:.{0,80}$|\s{0,3}[\w.'\"-]{1,40}:(?:\s|$))(?<!\))|\s*$|[\w.-]{1,40}:(?:\s|$)", 2)),
    Kind("markdown-table", r"\|.{3,400}\|.{0,400}\|?\s*$", _while(r"\|.{0,20000}\|\s*$")),
    Kind("markdown-items", r"[-*+]\s{1,4}\*{0,2}\[[^\]\n]{8,300}\]\(https?://", _while(r"[-*+]\s{1,4}\S|\s{2,8}\S", 1), sure=False),
    Kind("listing", r"(?:\[\d{1,5}\]\s{0,3})?arXiv:\s?\S{6,30}\s{1,3}\[\s?(?:pdf|ps|html|other|view)", _listed, sure=False),
    Kind("arxivmail", r"\\\\\s*$", _upto(r"\\\\ ?\( ?https?://"), sure=False),
    Kind("labelled", r"(?i:[#*\s]{0,6}(?:paper )?title\s?\*{0,2}:)", _labelled, sure=False),
    Kind("table", r"(?:[^\t\n]{0,200}\t){2}|(?:\"?[\w /().#-]{1,60}\"?[,;]){2}", _rows, alone=True),
)  # fmt: skip
"""What begins an entry, and where it ends; of two that a line begins, the first."""

_BEGINS = re.compile("|".join(f"(?P<k{at}>{kind.begins})" for at, kind in enumerate(KINDS)))
