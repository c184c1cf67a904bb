"""Pages of scholarly sites, copied from a browser: results, volumes, programmes, articles.

    Poster
    Memory Networks

    Jason Weston · Sumit Chopra · Antoine Bordes
    Exhibit Hall C #1712
    [ Abstract ]
    Abstract:

    We describe a new class of learning models …

An entry is a title and the lines around it: names, an imprint, an abstract, in an order
that depends on the site, between lines of the site's own. Every line is classified
(`page_lines`) and gets its role from the lines around it (`line_roles`). Which of the
lines between two titles belong to the second is decided by what the titles of a page
have above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import labels
from digest.inputs.layout.imprints import Imprint, byline_names
from digest.inputs.layout.line_roles import LineRole, label_lines
from digest.inputs.layout.page_lines import PageLine, classify_lines, strip_abstract_label
from digest.inputs.layout.site_chrome import SCHOLARLY
from digest.language.dates import parts
from digest.models import Guess, Reading, Record, Seed
from digest.papers import ids

NAME = "scholarly-page"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A title and the lines about its paper."""

    title: PageLine
    details: tuple[tuple[LineRole, PageLine], ...]
    """The byline, imprint and abstract lines, in the order of the page."""

    @property
    def abstract(self) -> str:
        """Its abstract, whole or truncated; empty if it has none."""
        return " ".join(
            strip_abstract_label(line.block.text)
            for role, line in self.details
            if role == "abstract"
        )


def _entries(document: Document) -> tuple[tuple[PageEntry, ...], tuple[PageLine, ...]]:
    """Return the entries of a page, and the lines that belong to none."""
    lines = classify_lines(document)
    roles = label_lines(lines)
    titles = [at for at, role in enumerate(roles) if role == "title"]
    if not titles:
        return (), tuple(lines)
    starts = _starts(lines, roles, titles)
    if (
        len(titles) > 1
        and starts[0] == titles[0]
        and starts[1] < titles[1]
        and not _details(roles, titles[0], starts[1])
    ):
        roles[titles[0]] = "outside"  # a line at the top of the page, above the first entry
        titles, starts = titles[1:], starts[1:]
    entries = tuple(
        PageEntry(lines[at], tuple((roles[n], lines[n]) for n in _details(roles, start, end)))
        for at, start, end in zip(titles, starts, [*starts[1:], len(lines)], strict=True)
    )
    return entries, tuple(
        line
        for line, role in zip(lines, roles, strict=True)
        if role in ("inside", "outside", "rest")
    )


def _details(roles: Sequence[LineRole], start: int, end: int) -> list[int]:
    """Return the indices of byline, imprint and abstract lines in a range."""
    return [n for n in range(start, end) if roles[n] in ("byline", "imprint", "abstract")]


def _starts(
    lines: Sequence[PageLine], roles: Sequence[LineRole], titles: Sequence[int]
) -> list[int]:
    """Return where entries begin: at their titles, or at a line of one content above each title."""
    leads = [_lead(roles, last, at) for last, at in zip([-1, *titles], titles, strict=False)]
    content = _leading_content(lines, roles, leads, titles[-1])
    if not content:
        return list(titles)
    return [
        next((n for n in reversed(lead) if _content(lines[n], roles[n]) == content), at)
        for lead, at in zip(leads, titles, strict=True)
    ]


def _leading_content(
    lines: Sequence[PageLine], roles: Sequence[LineRole], leads: Sequence[Sequence[int]], last: int
) -> str:
    """Return the content that lines above most titles share; empty if entries begin at titles.

    Such a line belongs to the title below it, rather than to the entry before, if the first
    title has one too, or else if there is none below the last title.
    """
    first = next((lead for lead in leads[:2] if lead), None)
    if not first:
        return ""
    content = _content(lines[first[0]], roles[first[0]])
    again = sum(any(_content(lines[n], roles[n]) == content for n in lead) for lead in leads[1:])
    below = any(
        roles[n] in ("byline", "imprint") and _content(lines[n], roles[n]) == content
        for n in range(last + 1, len(lines))
    )
    weak = lines[first[0]].kind == "name"  # one name may be any two capitalised words
    if leads[0] and not (weak and below):
        return content if again > 0.6 * (len(leads) - 1) or len(leads) == 1 else ""
    return content if again == len(leads) - 1 and not below else ""


def _lead(roles: Sequence[LineRole], last: int, at: int) -> list[int]:
    """Return the byline and imprint lines above a title that may be its own.

    They are below the abstract of the entry before, and at most eight lines above the title.
    """
    least = next(
        (n for n in range(at - 1, last, -1) if roles[n] in ("abstract", "rest", "heading")), last
    )
    return [n for n in range(max(least, at - 8) + 1, at) if roles[n] in ("byline", "imprint")]


def _content(line: PageLine, role: LineRole) -> str:
    """Return what a line contains, by which its counterpart in the next entry is recognised."""
    if role == "byline":
        return "byline"
    found = ids.identifiers([line.block.text])
    return line.field or next(iter(found), "") or (line.imprint.kind if line.imprint else "")


_SOURCE = re.compile(r"(?:\[(?:PDF|HTML|DOC|BOOK|CITATION|B|C)\]\s*){1,2}")


def _values(entry: PageEntry) -> labels.Labelled:
    """Return the values of an entry by field."""
    values: labels.Labelled = {"title": [_SOURCE.sub("", entry.title.block.text).rstrip(" ,")]}
    whole = entry.abstract
    values["abstract"] = [] if whole.endswith(("…", "...")) else [whole]
    credited = any(line.kind == "byline" for _, line in entry.details)
    for role, line in entry.details:
        if role == "abstract":
            continue
        named = labels.parse_label(line.block.text) if line.kind == "label" else None
        if role == "byline" and line.kind == "name" and credited:
            values.setdefault("venue", [line.block.text.rstrip(" ,.")])  # its names are elsewhere
        elif role == "byline":
            names = named[1] if named else byline_names(line.block.text) or line.block.text
            values.setdefault("authors", []).append(names.strip(" ,;"))
        if named and named[0] in ("categories", "comment", "venue"):
            values.setdefault(named[0], []).append(named[1])
        elif line.imprint and line.imprint.venue and "venue" not in values:
            values["venue"] = [line.imprint.venue]
    return values


def _record(seed: Seed, entry: PageEntry) -> Record:
    """Make a record of an entry, with the most precise and then earliest of its dates."""
    values = _values(entry)
    abstract = next((line for role, line in entry.details if role == "abstract"), entry.title)
    made = labels.make_record(
        seed, (abstract if values["abstract"] else entry.title).block.line, values
    )
    dated = [line.imprint for _, line in entry.details if line.imprint and line.imprint.day]
    best = min(dated, key=lambda one: (-_precision(one), one.day), default=None)
    texts = [
        text
        for _, line in entry.details
        for text in (line.block.text, *line.block.urls)
        if line.imprint or line.block.urls
    ]
    found = ids.identifiers([*entry.title.block.urls, *texts])
    return replace(
        made,
        identifiers={**found, **made.identifiers},
        date=best.day if best else None,
        updated=best.updated if best else None,
    )


def _precision(imprint: Imprint) -> int:
    """Return how many of year, month and day the date of an imprint has."""
    return len(parts(imprint.day)) if imprint.day else 0


def _is_solid(entry: PageEntry) -> bool:
    """Return whether an entry has a byline or an imprint."""
    return any(role in ("byline", "imprint") for role, _ in entry.details)


HEAD = 30_000
"""Characters that are read to recognise a page: a dozen entries."""

_SUREST = 0.69
"""Every list of papers consists of entries; formats with features of their own are surer."""

_REFERENCE = re.compile(
    r"\s{0,8}[A-Z][\w’'-]{1,30},\s(?:[A-Z]\.[\s,&-]{0,3}){1,4}.{0,300}\((?:19|20)\d\d[a-z]?\)\.\s"
)
"""A reference in APA style, as in annotated bibliographies: the line below it is no title."""


def recognise(document: Document) -> Guess:
    """Return how sure it is: most if all titles of a scholarly site have names or an imprint."""
    head = document.view(_head)
    rows = head.text.split("\n")
    scholarly = any(SCHOLARLY.search(line[:300]) for line in rows)
    if not scholarly or any(line.lstrip().startswith("Title:") for line in rows):
        return Guess(0.2, "what scholarly sites print around papers")
    if sum(bool(_REFERENCE.match(line)) for line in rows) > 1:
        return Guess(0.2, "titles, where there are references")
    entries, others = head.view(_entries)
    solid = sum(map(_is_solid, entries))
    if not solid:
        return Guess(0.0, "a title with names or a journal below it")
    lost = sum(line.kind == "prose" for line in others)
    return Guess(_SUREST * solid / (len(entries) + 0.25 * lost))


def _head(document: Document) -> Document:
    text = document.head.text[:HEAD]
    return document if text == document.text else replace(document, text=text)


def read(document: Document) -> Reading:
    """Read the entries one by one; one with nothing but a title is refused."""
    entries, others = document.view(_entries)
    return findings.reading(document, NAME, _finds(document, entries, others))


def _finds(
    seed: Seed, entries: Sequence[PageEntry], others: Sequence[PageLine]
) -> Iterator[findings.Finding]:
    for entry in entries:
        if _is_solid(entry) or entry.abstract:
            yield _record(seed, entry)
        else:
            yield findings.no_abstract(seed, entry.title.block.line, entry.title.block.text, "")
    for line in others:
        if line.kind in ("text", "prose", "byline") and line.block.text.count(" ") > 4:
            yield findings.ignored_line(seed, line.block.line, line.block.text)


FORMAT = Format(
    NAME,
    "page of a scholarly site",
    "prose",
    recognise,
    read,
    surest=_SUREST,
    about="a page of a scholarly site, copied from a browser: results, volumes, programmes,"
    " articles",
    example="A comet in pieces\nAda Lovelace · Charles Babbage\n[ Abstract ]\nWe present …",
)
