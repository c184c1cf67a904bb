"""Lists and tables of papers in Markdown: newsletters, awesome lists, weekly tops.

    - [Memory Networks](https://arxiv.org/abs/1410.3916) - We describe a new class …
    * **Memory Networks** (Weston et al.). [[paper]](https://…) [[code]](https://…)
    | Title | Authors | Link | Summary |
    |-------|---------|------|---------|
    | **Memory Networks** | Weston, Chopra | [pdf](https://…) | We describe … |
    ### Memory Networks

Text that is too short for an abstract is kept as a comment.
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
from digest.inputs.layout.boilerplate import boilerplate_kind
from digest.inputs.layout.lines import Block, join_wrapped, wrap_margin
from digest.inputs.layout.prose import prose_score
from digest.inputs.syntax.date_parsing import date_line
from digest.inputs.syntax.extents import Extent, as_long_as
from digest.models import DateLine, Guess, LinkKind, Reading, Record, Seed
from digest.papers import ids

NAME = "markdown-list"

_ITEM = re.compile(r"(?:[-*+•‣▪●○◦]|[(\[]?\d{1,4}[.)\]]{1,2})\s+(?=\S)")
"""A bullet or an item number."""
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?")
"""The line below the column names of a table."""
_SEPARATOR = re.compile(r"\A\s*(?:[-–—:|,.;]\s*)+")
"""Punctuation between a title and its description."""
_LINK = re.compile(
    r"\[{1,2}((?:[^\[\]]|\[[^\[\]]{0,300}\]){1,3000})\]\(\s*<?([^\s()<>]{1,1000}(?:\([^\s()]{0,200}\))?[^\s()<>]{0,200})>?(?:\s+\"[^\"]{0,300}\")?\s*\)\]?"
)
_REACH = 300
"""Characters from the beginning of an item within which its title ends."""

_BARE_ADDRESS = re.compile(
    rf"([^\1\2*\"“\[]{{8,{_REACH}}}?)\s?[\s(<:–—-]\s?(https?://[^\s()<>]{{3,500}})[\s)>][ :;,.|–—-]{{0,5}}(?=\S)"
)
"""A bare address between a title and its description."""

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
"""Texts of links → their kinds; None if the address decides."""


_PAPER = 40
"""Lines below a heading that may be about one paper; a longer section has a list of its own."""


@dataclass(frozen=True, slots=True)
class _MarkdownEntry:
    """A heading, a list item or a table row, and the lines below it."""

    line: int
    head: str
    body: list[Block] = field(default_factory=list)
    heading: int = 0
    """The level of a heading, from 1; 0 for an item or a row."""
    cells: Mapping[str, str] | None = None
    """The cells of a row by field."""


def recognise(document: Document) -> Guess:
    """Return how sure it is: the more text is in rows, or in items with links, the surer."""
    sizes = {True: 0, False: 0}
    inside, below = False, 0
    for line in document.head.view(views.lines):
        if not line.text:
            continue
        below -= 1
        if heading := _HEADING.match(line.text):
            below = _PAPER if len(heading[1]) > 1 else 0
        inside = _is_linked_or_bold(line.text) or (inside and line.indent > 1)
        sizes[inside or below > 0] += len(line.text)
    if not sizes[True]:
        return Guess(0.0, "a list item with a link, or a table")
    return Guess(min(0.86, 0.2 + sizes[True] / (sizes[True] + sizes[False])))


def _is_linked_or_bold(text: str) -> bool:
    if text.startswith("|") and text.count("|") > 2:
        return True
    if not (_ITEM.match(text) or _HEADING.match(text)):
        return False
    # A link at the end of an abstract is to its code; there only a paper's address counts.
    beside = any(syntax in text[:_REACH] for syntax in ("](", "**", "http"))
    return beside or bool(ids.identifiers(ids.urls(text)))


def read(document: Document) -> Reading:
    """Read the headings, items and rows one by one; those that name no paper are ignored."""
    lines = document.view(views.lines)
    finds = (
        find
        for entry in _without_sections(list(_entries(lines)))
        for find in _finds(document, entry)
    )
    return findings.reading(document, NAME, finds, _day(lines))


def _day(lines: Sequence[Block]) -> DateLine | None:
    """Return the date in the first ten lines, if there is one."""
    for line in lines[:10]:
        text = re.sub(r"^.*?\b(?:for|of|from|:)\s+(?=\S*\d|[A-Z])", "", line.text.lstrip("# "))
        if day := date_line(line.text.lstrip("# "), line.line) or date_line(text, line.line):
            return day
    return None


# --- document → entries ----------------------------------------------------------------


def _entries(lines: Sequence[Block]) -> Iterator[_MarkdownEntry]:
    columns: list[str] | None = None
    entry: _MarkdownEntry | None = None
    gap = True
    parts = _part_labels(lines)
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
        elif opened := _opened_entry(line, entry, parts):
            if entry:
                yield entry
            entry, columns = opened, None
        elif entry:
            entry.body.append(replace(line, gap=gap))
        gap = False
    if entry:
        yield entry


_BOLD_LABEL = re.compile(rf"(?:{_ITEM.pattern})\*\*([^*\n]{{2,60}}?)(?:\*\*\s?:|:\s?\*\*)\s")
"""A bold label at the beginning of an item: `- **Method:** …`."""


def _part_labels(lines: Sequence[Block]) -> frozenset[str]:
    """Return the bold labels that several items begin with: such items are parts of an entry."""
    found = (match[1].lower() for line in lines if (match := _BOLD_LABEL.match(line.text)))
    return frozenset(name for name, count in Counter(found).items() if count > 1)


def _opened_entry(
    line: Block, entry: _MarkdownEntry | None, parts: frozenset[str]
) -> _MarkdownEntry | None:
    """Return the entry a line opens, if any; an indented item belongs to the one above it."""
    if match := _HEADING.match(line.text):
        return _MarkdownEntry(line.line, match[2].rstrip("# "), heading=len(match[1]))
    match = _ITEM.match(line.text)
    if not match or (entry and not entry.heading and line.indent > 1):
        return None
    part = _BOLD_LABEL.match(line.text)
    if entry and (
        (entry.heading and labels.parse_label(line.text)) or (part and part[1].lower() in parts)
    ):
        return None
    return _MarkdownEntry(line.line, line.text[match.end() :])


def _cells(text: str) -> list[str]:
    return [
        cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", text.strip().strip("|"))
    ]


def _row(line: Block, columns: Sequence[str]) -> _MarkdownEntry:
    """Read a table row by the names of its columns; columns with other names become comments."""
    cells = _cells(line.text)
    named: dict[str, str] = {}
    for at, cell in enumerate(cells):
        column = markup.strip_bold(columns[at]).lower() if at < len(columns) else ""
        name = labels.FIELDS.get(column, "")
        if name and name not in named:
            named[name] = cell
        else:
            named[f"column {at}"] = cell
    if "title" not in named:
        first = next((key for key, cell in named.items() if cell and not cell.isdigit()), "")
        named = {"title": named.pop(first, ""), **named}
    return _MarkdownEntry(line.line, named["title"], cells=named)


def _without_sections(entries: Sequence[_MarkdownEntry]) -> Iterator[_MarkdownEntry]:
    """Yield all entries except headings of sections, whose papers are entries of their own."""
    for at, entry in enumerate(entries):
        below = entries[at + 1] if at + 1 < len(entries) else None
        section = below and (not below.heading or below.heading > entry.heading)
        is_paper = any(
            prose_score(block.text) > 0 or labels.parse_label(block.text) or "](" in block.text
            for block in entry.body
        )
        if entry.heading and (not is_paper or entry.heading == 1) and (section or not is_paper):
            continue
        yield entry


# --- entry → record --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line of an entry."""

    title: str
    rest: str
    links: tuple[tuple[str, LinkKind | None], ...]
    marked: bool = False
    """Whether the title is in bold type or linked."""


def _finds(seed: Seed, entry: _MarkdownEntry) -> Iterator[findings.Finding]:
    head = _head(entry.head, whole=bool(entry.heading or entry.cells))
    anchors = entry.head.count("](#")
    if not head.title or boilerplate_kind(head.title) or (anchors and not head.links):
        return  # a table of contents or a button
    values: labels.Labelled = (
        {} if _BOX.match(entry.head) and not head.marked else {"title": [head.title]}
    )
    links = list(head.links)
    at = entry.line
    rest: list[str] = []
    for line, text in _paragraphs(entry, head):
        cleaned = _head(text, titled=False)
        links += cleaned.links
        for name, value in _fields(cleaned.rest):
            if name == "comment" and text is head.rest and _continues_title(value):
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
            title = findings.quote(head.title)
            message = f"expected a link, names or an abstract beside {title}, found none"
            yield findings.refuse(
                seed, entry.line, f"{message} — the paper is left out", entry.head
            )
        return
    yield _with_links(labels.make_record(seed, at, values), links)


_BOX = re.compile(r"\s*\[[ xX]?\]\s")
"""The box of a task, whose text beside an address is not a title."""


def _continues_title(rest: str) -> bool:
    """Return whether the text behind a title is a sentence whose subject is the title."""
    return rest[:1].islower() and rest.count(" ") > 9


def _with_links(record: Record, links: Sequence[tuple[str, LinkKind | None]]) -> Record:
    made = [link for url, kind in links if (link := ids.link(url, kind))]
    every = tuple({link.url: link for link in (*record.links, *made)}.values())
    found = ids.identifiers(link.url for link in every if link.kind in ("paper", "other"))
    return replace(record, links=every, identifiers={**found, **record.identifiers})


def _paragraphs(entry: _MarkdownEntry, head: _Head) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of an entry besides its title, with their lines."""
    if head.rest:
        yield entry.line, head.rest
    for name, cell in (entry.cells or {}).items():
        if name != "title" and cell:
            yield entry.line, cell if name.startswith("column") else f"{name}: {cell}"
    run: list[Block] = []
    wrapped = bool(wrap_margin([line.text for line in entry.body]))
    for line in entry.body:
        if run and (
            line.gap or not wrapped or _ITEM.match(line.text) or labels.parse_label(line.text)
        ):
            yield run[0].line, join_wrapped([row.text for row in run])
            run = []
        marked = _ITEM.match(line.text)
        run.append(replace(line, text=line.text[marked.end() :] if marked else line.text))
    if run:
        yield run[0].line, join_wrapped([row.text for row in run])


_BYLINE = re.compile(r"(.{3,400}?)\s+[—–|·]\s+([^.!?]{3,80})\.?")
"""Authors and a venue, with a dash or a bar between them."""


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Yield the fields in a paragraph: labelled, authors, venue, an abstract or a comment."""
    text = text.strip().lstrip("–—-:|>").strip()
    if not text or boilerplate_kind(text) == "rule" or labels.is_rule(text):
        return
    if named := labels.parse_label(text):
        yield named
        return
    if (beside := _BYLINE.fullmatch(text)) and metadata_lines.is_author_line(
        beside[1].strip("*_ "), alone=True
    ):
        yield "authors", beside[1].strip("*_ ")
        yield "venue", beside[2].strip("*_ .")
        return
    bare = markup.strip_emphasis(text).strip("().*_ ")
    if metadata_lines.is_author_line(bare) or re.fullmatch(
        r"(?:by\s+)?[^.]{3,60}\bet al\.?", bare, re.I
    ):
        yield "authors", re.sub(r"^by\s+|\s*\bet al\.?$", "", bare, flags=re.I)
    elif prose_score(text) > 0:
        yield "abstract", markup.strip_bold(text)
    else:
        yield "comment", markup.strip_bold(text)


def _head(text: str, titled: bool = True, whole: bool = False) -> _Head:
    """Split the first line of an entry into its title, its links and the rest.

    Without `titled` all text is the rest, with `whole` all text is the title. While the
    line is parsed, the control characters 1 and 2 enclose the text of links.
    """
    links: list[tuple[str, LinkKind | None]] = []

    def taken(match: re.Match[str]) -> str:
        word = match[1].strip(" *_`[]").lower()
        if match[2].startswith("#"):
            return match[1]
        links.append((match[2], _KINDS.get(word)))
        return "" if word in _KINDS else f"\1{match[1]}\2" if titled else match[1]

    text = re.sub(r"!\[[^\[\]]{0,300}\]\([^()]{0,1000}\)", "", text)
    text = _LINK.sub(taken, text)
    # An address within a sentence is part of it; one beside a title is the paper's.
    if titled and (beside := _BARE_ADDRESS.match(text)) and prose_score(beside[1]) < 0:
        links.append((beside[2], None))
        text = f"\1{beside[1]}\2{text[beside.end() :]}"
    for url in ids.urls(text) if titled and prose_score(text) <= 0 else []:
        links.append((url, None))
        text = text.replace(url, "")
    text = _EMPTY.sub("", text)
    if not titled:
        return _Head("", text.replace("\1", "").replace("\2", "").strip(" |/·"), tuple(links))
    title, rest = _title(text, whole)
    tidy = [piece.replace("\1", "").replace("\2", "").strip() for piece in (title, rest)]
    title = _unquote(markup.strip_emphasis(tidy[0])).strip(" |·")
    return _Head(title, tidy[1], tuple(links), marked="\1" in text)


_EMPTY = re.compile(
    r"\[\s*[|/,·]?\s*\]|<\s*>"
    r"|\(\s*(?:(?:read|see|learn|find|more|available|also|links?|on|at|in|or|and|via|from|[|/,·&:])\s{0,3}){0,12}\)",
    re.I,
)
"""Brackets left empty when links are removed: `(Read more on … or …)`."""


def _title(text: str, whole: bool) -> tuple[str, str]:
    """Split off a title that is bold, linked or quoted, or ends at a dash or a full stop."""
    number = re.match(r"[(\[]?\d{1,3}[.)\]]{1,2}\s+", text)
    text = text[number.end() :] if number else text
    quoted = () if whole else (r"[\"“](.{10,300}?)[\"”]",)
    for pattern in (r"\*\*(.{3,600}?)\*\*", "\1([^\1\2]{3,600})\2", *quoted):
        match = re.match(rf"\W{{0,4}}{pattern}", text) or re.search(pattern, text[:400])
        if match and (match[1].count(" ") > 0 or match.start() == 0):
            before = text[: match.start()].strip(" \1\2*_.,:;-")
            rest = _SEPARATOR.sub("", text[match.end() :].lstrip("*_\2 "), count=1)
            title = match[1].rstrip(" .:") if match[1].endswith((".", ":")) else match[1]
            return title, f"{before} {rest}".strip()
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
