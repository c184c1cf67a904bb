"""Lists and tables of papers in Markdown: newsletters, awesome lists, weekly tops.

    - [Memory Networks](https://arxiv.org/abs/1410.3916) - We describe a new class …
    * **Memory Networks** (Weston et al.). [[paper]](https://…) [[code]](https://…)
    | Title | Authors | Link | Summary |
    |-------|---------|------|---------|
    | **Memory Networks** | Weston, Chopra | [pdf](https://…) | We describe … |
    ### Memory Networks

What says too little to be an abstract is kept as a comment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import labels, markup, metadata_lines, views
from digest.inputs.layout.boilerplate import furniture
from digest.inputs.layout.lines import Block, join, width
from digest.inputs.layout.prose import prose
from digest.inputs.syntax.date_parsing import date_line
from digest.inputs.syntax.extents import Extent, as_long_as
from digest.models import DateLine, Guess, LinkKind, Reading, Record, Seed
from digest.papers import ids

NAME = "markdown-list"

_ITEM = re.compile(r"(?:[-*+•‣▪●○◦]|[(\[]?\d{1,4}[.)\]]{1,2})\s+(?=\S)")
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?")
_SEPARATOR = re.compile(r"\A\s*(?:[-–—:|,.;]\s*)+")
_LINK = re.compile(
    r"\[{1,2}((?:[^\[\]]|\[[^\[\]]{0,300}\]){1,3000})\]\(\s*<?([^\s()<>]{1,1000}(?:\([^\s()]{0,200}\))?[^\s()<>]{0,200})>?(?:\s+\"[^\"]{0,300}\")?\s*\)\]?"
)
_REACH = 300
"""Letters at the beginning of an item among which its title ends."""

_BESIDE = re.compile(
    rf"([^\1\2*\"“\[]{{8,{_REACH}}}?)\s?[\s(<:–—-]\s?(https?://[^\s()<>]{{3,500}})[\s)>][ :;,.|–—-]{{0,5}}(?=\S)"
)
"""An address between a title and what is said of it."""

_KINDS: Mapping[str, LinkKind | None] = {
    **dict.fromkeys(("paper", "pdf", "arxiv", "abs", "abstract", "html", "doi", "preprint", "openreview", "papers", "论文"), "paper"),
    **dict.fromkeys(("code", "github", "repo", "official code", "official", "implementation", "source", "代码"), "code"),
    **dict.fromkeys(("project", "project page", "website", "homepage", "demo", "page", "webpage", "web"), "project"),
    **dict.fromkeys(("dataset", "data"), "data"),
    **dict.fromkeys(("video", "youtube", "talk"), "video"),
    **dict.fromkeys(("model", "models", "weights", "checkpoints"), "model"),
    **dict.fromkeys(("link", "links", "url", "tweet", "blog", "blog post", "slides", "poster", "bibtex", "here", "read", "summary",
                     "thread", "post", "news", "hf", "hugging face", "huggingface", "hf paper", "alphaxiv", "colab", "read more", "bib", "notes", "supp"), None),
}  # fmt: skip


_PAPER = 40
"""Lines below a heading that may all tell of one paper; more of them hold a list of their own."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A heading, an item or a row, and what stands below it."""

    line: int
    head: str
    body: list[Block] = field(default_factory=list)
    heading: int = 0
    """The level of a heading; 0 for an item."""
    cells: Mapping[str, str] | None = None


def recognise(document: Document) -> Guess:
    """Sure where items, rows or headings that are linked or in bold type make up the text."""
    sizes = {True: 0, False: 0}
    inside, below = False, 0
    for line in document.head.view(views.lines):
        if not line.text:
            continue
        below -= 1
        if heading := _HEADING.match(line.text):
            below = _PAPER if len(heading[1]) > 1 else 0
        inside = _marked(line.text) or (inside and line.indent > 1)
        sizes[inside or below > 0] += len(line.text)
    if not sizes[True]:
        return Guess(0.0, "a list item with a link, or a table")
    return Guess(min(0.86, 0.2 + sizes[True] / (sizes[True] + sizes[False])))


def _marked(text: str) -> bool:
    if text.startswith("|") and text.count("|") > 2:
        return True
    if not (_ITEM.match(text) or _HEADING.match(text)):
        return False
    # What an abstract links to at its end is its code; only a paper's own address marks an item there.
    beside = any(mark in text[:_REACH] for mark in ("](", "**", "http"))
    return beside or bool(ids.identifiers(ids.urls(text)))


def read(document: Document) -> Reading:
    """Read item by item, row by row; those that name no paper are left aside."""
    lines = document.view(views.lines)
    finds = (find for entry in _papers(list(_entries(lines))) for find in _finds(document, entry))
    return findings.reading(document, NAME, finds, _day(lines))


def _day(lines: Sequence[Block]) -> DateLine | None:
    """The date in the title or the first lines."""
    for line in lines[:10]:
        text = re.sub(r"^.*?\b(?:for|of|from|:)\s+(?=\S*\d|[A-Z])", "", line.text.lstrip("# "))
        if day := date_line(line.text.lstrip("# "), line.line) or date_line(text, line.line):
            return day
    return None


# --- document → entries ----------------------------------------------------------------


def _entries(lines: Sequence[Block]) -> Iterator[_Entry]:
    columns: list[str] | None = None
    entry: _Entry | None = None
    gap = True
    parts = _parts(lines)
    for at, line in enumerate(lines):
        if not line.text:
            gap = True
            continue
        if line.text.count("|") > 1 and line.text.startswith("|"):
            below = lines[at + 1].text if at + 1 < len(lines) else ""
            if _RULE.fullmatch(below):
                columns = _cells(line.text)
            elif not _RULE.fullmatch(line.text):
                if entry:
                    yield entry
                entry = None
                yield _row(line, columns or [])
        elif opened := _opened(line, entry, parts):
            if entry:
                yield entry
            entry, columns = opened, None
        elif entry:
            entry.body.append(replace(line, gap=gap))
        gap = False
    if entry:
        yield entry


_PART = re.compile(rf"(?:{_ITEM.pattern})\*\*([^*\n]{{2,60}}?)(?:\*\*\s?:|:\s?\*\*)\s")


def _parts(lines: Sequence[Block]) -> frozenset[str]:
    """What items begin with again and again, in bold and before a colon: parts of what stands above them."""
    found = (match[1].lower() for line in lines if (match := _PART.match(line.text)))
    return frozenset(name for name, count in Counter(found).items() if count > 1)


def _opened(line: Block, entry: _Entry | None, parts: frozenset[str]) -> _Entry | None:
    """The entry a line opens; an item set in below another belongs to that."""
    if match := _HEADING.match(line.text):
        return _Entry(line.line, match[2].rstrip("# "), heading=len(match[1]))
    match = _ITEM.match(line.text)
    if not match or (entry and not entry.heading and line.indent > 1 and entry.body is not None):
        return None
    part = _PART.match(line.text)
    if entry and (
        (entry.heading and labels.label(line.text)) or (part and part[1].lower() in parts)
    ):
        return None
    return _Entry(line.line, line.text[match.end() :])


def _cells(text: str) -> list[str]:
    return [
        cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", text.strip().strip("|"))
    ]


def _row(line: Block, columns: Sequence[str]) -> _Entry:
    """A table's row by the names of its columns; a column of another name is a remark."""
    cells = _cells(line.text)
    named: dict[str, str] = {}
    for at, cell in enumerate(cells):
        column = markup.unstrong(columns[at]).lower() if at < len(columns) else ""
        name = labels.FIELDS.get(column, "")
        if name and name not in named:
            named[name] = cell
        else:
            named[f"column {at}"] = cell
    if "title" not in named:
        first = next((key for key, cell in named.items() if cell and not cell.isdigit()), "")
        named = {"title": named.pop(first, ""), **named}
    return _Entry(line.line, named["title"], cells=named)


def _papers(entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """Leave out headings that only head a section: what stands below them has entries of its own."""
    for at, entry in enumerate(entries):
        below = entries[at + 1] if at + 1 < len(entries) else None
        section = below and (not below.heading or below.heading > entry.heading)
        told = any(
            prose(block.text) > 0 or labels.label(block.text) or "](" in block.text
            for block in entry.body
        )
        if entry.heading and (not told or entry.heading == 1) and (section or not told):
            continue
        yield entry


# --- entry → record --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    title: str
    rest: str
    links: tuple[tuple[str, LinkKind | None], ...]
    marked: bool = False
    """Whether the title is in bold type or linked."""


def _finds(seed: Seed, entry: _Entry) -> Iterator[findings.Find]:
    head = _head(entry.head, whole=bool(entry.heading or entry.cells))
    anchors = entry.head.count("](#")
    if not head.title or furniture(head.title) or (anchors and not head.links):
        return  # a table of contents, a button: nothing that tells of a paper
    values: labels.Labelled = (
        {} if _BOX.match(entry.head) and not head.marked else {"title": [head.title]}
    )
    links = list(head.links)
    at = entry.line
    rest: list[str] = []
    for line, text in _told(entry, head):
        cleaned = _head(text, titled=False)
        links += cleaned.links
        for name, value in _meaning(cleaned.rest):
            if name == "comment" and text is head.rest and _summary(value):
                name = "abstract"
            if name == "abstract" and "abstract" not in values:
                at = line
            if name == "comment":
                rest.append(value)
            else:
                values.setdefault(name, []).append(value)
    if rest:
        values["comment"] = [" ".join([*values.get("comment", ()), *rest])]
    if not links and "abstract" not in values and "authors" not in values and not entry.cells:
        if head.title.count(" ") > 2:
            message = f"expected a link, names or an abstract beside {findings.quote(head.title)}, found none"
            yield findings.refuse(
                seed, entry.line, f"{message} — the paper is left out", entry.head
            )
        return
    yield _linked(labels.record(seed, at, values), links)


_BOX = re.compile(r"\s*\[[ xX]?\]\s")
"""A task: what is said beside an address there is no title."""


def _summary(rest: str) -> bool:
    """Whether what stands behind a title goes on as a sentence of which that is the subject."""
    return rest[:1].islower() and rest.count(" ") > 9


def _linked(record: Record, links: Sequence[tuple[str, LinkKind | None]]) -> Record:
    made = [link for url, kind in links if (link := ids.link(url, kind))]
    every = tuple({link.url: link for link in (*record.links, *made)}.values())
    found = ids.identifiers(link.url for link in every if link.kind in ("paper", "other"))
    return replace(record, links=every, identifiers={**found, **record.identifiers})


def _told(entry: _Entry, head: _Head) -> Iterator[tuple[int, str]]:
    """What an entry says beside its title, paragraph by paragraph."""
    if head.rest:
        yield entry.line, head.rest
    for name, cell in (entry.cells or {}).items():
        if name != "title" and cell:
            yield entry.line, cell if name.startswith("column") else f"{name}: {cell}"
    run: list[Block] = []
    wrapped = bool(width([line.text for line in entry.body]))
    for line in entry.body:
        if run and (line.gap or not wrapped or _ITEM.match(line.text) or labels.label(line.text)):
            yield run[0].line, join([row.text for row in run])
            run = []
        marked = _ITEM.match(line.text)
        run.append(replace(line, text=line.text[marked.end() :] if marked else line.text))
    if run:
        yield run[0].line, join([row.text for row in run])


_BYLINE = re.compile(r"(.{3,400}?)\s+[—–|·]\s+([^.!?]{3,80})\.?")
"""Who wrote it, and where it came out."""


def _meaning(text: str) -> Iterator[tuple[str, str]]:
    """What a piece of text beside a title is: labelled, names, an abstract, a comment."""
    text = text.strip().lstrip("–—-:|>").strip()
    if not text or furniture(text) == "rule" or labels.is_rule(text):
        return
    if named := labels.label(text):
        yield named
        return
    if (beside := _BYLINE.fullmatch(text)) and metadata_lines.names(
        beside[1].strip("*_ "), alone=True
    ):
        yield "authors", beside[1].strip("*_ ")
        yield "venue", beside[2].strip("*_ .")
        return
    bare = markup.unmark(text).strip("().*_ ")
    if metadata_lines.names(bare) or re.fullmatch(r"(?:by\s+)?[^.]{3,60}\bet al\.?", bare, re.I):
        yield "authors", re.sub(r"^by\s+|\s*\bet al\.?$", "", bare, flags=re.I)
    elif prose(text) > 0:
        yield "abstract", markup.unstrong(text)
    else:
        yield "comment", markup.unstrong(text)


def _head(text: str, titled: bool = True, whole: bool = False) -> _Head:
    """Take a title, the links and the rest of an entry's first line apart."""
    links: list[tuple[str, LinkKind | None]] = []

    def taken(match: re.Match[str]) -> str:
        word = match[1].strip(" *_`[]").lower()
        if match[2].startswith("#"):
            return match[1]
        links.append((match[2], _KINDS.get(word)))
        return "" if word in _KINDS else f"\1{match[1]}\2" if titled else match[1]

    text = re.sub(r"!\[[^\[\]]{0,300}\]\([^()]{0,1000}\)", "", text)
    text = _LINK.sub(taken, text)
    # An address in a sentence is part of it; one beside a title is the paper's.
    if titled and (beside := _BESIDE.match(text)) and prose(beside[1]) < 0:
        links.append((beside[2], None))
        text = f"\1{beside[1]}\2{text[beside.end() :]}"
    for url in ids.urls(text) if titled and prose(text) <= 0 else []:
        links.append((url, None))
        text = text.replace(url, "")
    text = _EMPTY.sub("", text)
    if not titled:
        return _Head("", text.replace("\1", "").replace("\2", "").strip(" |/·"), tuple(links))
    title, rest = _title(text, whole)
    tidy = [piece.replace("\1", "").replace("\2", "").strip() for piece in (title, rest)]
    marked = "\1" in text
    return _Head(_unquote(markup.unmark(tidy[0])).strip(" |·"), tidy[1], tuple(links), marked)


_EMPTY = re.compile(
    r"\[\s*[|/,·]?\s*\]|<\s*>"
    r"|\(\s*(?:(?:read|see|learn|find|more|available|also|links?|on|at|in|or|and|via|from|[|/,·&:])\s{0,3}){0,12}\)",
    re.I,
)
"""Brackets around links that are taken: `(Read more on … or …)`."""


def _title(text: str, whole: bool) -> tuple[str, str]:
    """The title of an entry: in bold, linked, in quotation marks, or up to a dash or a full stop."""
    number = re.match(r"[(\[]?\d{1,3}[.)\]]{1,2}\s+", text)
    text = text[number.end() :] if number else text
    quoted = () if whole else (r"[\"“](.{10,300}?)[\"”]",)
    for pattern in (r"\*\*(.{3,600}?)\*\*", "\1([^\1\2]{3,600})\2", *quoted):
        match = re.match(rf"\W{{0,4}}{pattern}", text) or re.search(pattern, text[:400])
        if match and (match[1].count(" ") > 0 or match.start() == 0):
            before = text[: match.start()].strip(" \1\2*_.,:;-")
            rest = (
                _SEPARATOR.sub("", text[match.end() :].lstrip("*_\2 "), count=1)
                if text[match.end() :]
                else ""
            )
            return match[1].rstrip(" .:") if match[1].endswith((".", ":")) else match[
                1
            ], f"{before} {rest}".strip()
    cut = re.search(r"\s[-–—|]\s|(?<=[a-z)?!])\.\s|\s\((?=[A-Z])", text)
    if cut and not whole:
        return text[: cut.start()], text[cut.start() :].strip(" -–—|.")
    return text, ""


def _unquote(text: str) -> str:
    pairs = (("“", "”"), ('"', '"'), ("*", "*"), ("_", "_"))
    for left, right in pairs:
        if len(text) > 2 and text.startswith(left) and text.endswith(right):
            return text[1:-1]
    return text


_EXTENTS = (
    Extent("markdown-table", r"\|.{3,400}\|.{0,400}\|?\s*$", as_long_as(r"\|.{0,20000}\|\s*$")),
    Extent("markdown-items", r"[-*+]\s{1,4}\*{0,2}\[[^\]\n]{8,300}\]\(https?://", as_long_as(r"[-*+]\s{1,4}\S|\s{2,8}\S", 1), sure=False),
)  # fmt: skip

FORMAT = Format(
    NAME,
    "list of papers",
    "prose",
    recognise,
    read,
    papers_only=True,
    extents=_EXTENTS,
    about="Markdown tables and bullets, awesome-lists, newsletters",
    example="- [A comet in pieces](https://…) – Ada Lovelace",
)
