"""Formats that put a tag before every value: what they share.

A row is a tag at the beginning of a line; lines without one go on with the value above.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.syntax import bylines, date_parsing, json_records, publication_parts
from digest.inputs.syntax.extents import Extent
from digest.models import Guess, Publication, Reading, Record, Seed
from digest.papers import ids, publication_types

_PEOPLE = ("authors", "initials", "editors", "group")
"""Who a paper is by: of these fields, the first that is there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value and its tag."""

    tag: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a tagged format is written and what its tags mean."""

    row: re.Pattern[str]
    """A line with a tag; groups: tag, value."""
    first: frozenset[str]
    """Tags that open a record."""
    last: frozenset[str]
    """Tags that close one."""
    meaning: Mapping[str, str]
    """Tag → field; of several tags for one field, the first in this order that is there."""
    listed: frozenset[str] = frozenset()
    """Tags below which every further line is a value of its own."""
    anew: frozenset[str] = frozenset()
    """Tags that open one after a blank line, once there is a title."""
    dated: frozenset[str] = frozenset()
    """Tags whose values hold a date among other things; asked before those of the field."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Part of a publication → its tags, the best first, with blanks between."""
    title: Callable[[str], str] = str
    """Takes off what a title is followed by and is none of it."""
    every: frozenset[str] = frozenset({"authors", "categories", "url", "doi", "date"})
    """Fields that take the rows of all their tags; the others those of the first that is there."""


def form(
    name: str,
    label: str,
    grammar: Grammar | Callable[[Seed], Grammar],
    missing: str,
    extents: Sequence[Extent],
    *,
    about: str,
    example: str,
) -> Format:
    """Return the format of a grammar, or of the one of several that a document follows."""

    def chosen(seed: Seed) -> Grammar:
        return grammar if isinstance(grammar, Grammar) else grammar(seed)

    return Format(
        name,
        label,
        "tags",
        lambda document: guess(document, chosen(document), missing),
        lambda document: reading(document, chosen(document), name),
        believed=True,
        extents=tuple(extents),
        about=about,
        example=example,
    )


def guess(document: Document, grammar: Grammar, missing: str) -> Guess:
    """Sure where records are opened and most lines have a tag."""
    lines = [line for line in document.head.text.split("\n") if line.strip()]
    lines = [line for line in lines if not line.startswith("   ")]  # goes on with the value above
    rows = [match for line in lines if (match := grammar.row.match(line))]
    opened = sum(match[1] in grammar.first | grammar.anew for match in rows)
    known = sum(match[1] in grammar.meaning or match[1] in grammar.last for match in rows)
    if not opened or known < 2:
        return Guess(0.0, missing)
    share = len(rows) / len(lines)
    meant = known > 0.3 * len(rows) or (known > 2 and share > 0.9)
    return Guess(min(0.97, 0.4 + share) if meant else 0.2)


def reading(seed: Seed, grammar: Grammar, name: str) -> Reading:
    """Read record by record; one with neither title nor abstract is refused."""
    lines = seed.text.split("\n")
    finds = (_find(seed, rows, grammar, lines) for rows in _records(lines, grammar))
    return findings.reading(seed, name, finds)


def _records(lines: Sequence[str], grammar: Grammar) -> Iterator[list[Row]]:
    """Take a document apart into records, each a list of rows."""
    rows: list[Row] = []
    more: list[str] = []
    blank = False
    for number, line in enumerate(lines, 1):
        match = grammar.row.match(line)
        if not match:
            if rows and line.strip() and rows[-1].tag in grammar.listed:
                rows.append(Row(rows[-1].tag, line.strip(), number))
            elif rows and line.strip():
                more.append(line.strip())
            blank = not line.strip()
            continue
        if more:
            rows[-1] = Row(rows[-1].tag, " ".join([rows[-1].value, *more]), rows[-1].line)
            more = []
        tag = match[1]
        opens = tag in grammar.first | grammar.last or (blank and _opens(tag, rows, grammar))
        blank = False
        if rows and opens:
            yield rows
            rows = []
        if tag not in grammar.last:
            rows.append(Row(tag, match[2].strip(), number))
    if rows:
        if more:
            rows[-1] = Row(rows[-1].tag, " ".join([rows[-1].value, *more]), rows[-1].line)
        yield rows


def _opens(tag: str, rows: Sequence[Row], grammar: Grammar) -> bool:
    """Whether a tag opens a record below a blank line, where none has a tag of its own for that."""
    titled = any(grammar.meaning.get(row.tag) == "title" for row in rows)
    return tag in grammar.anew and titled and rows[0].tag not in grammar.first


def _find(seed: Seed, rows: Sequence[Row], grammar: Grammar, lines: Sequence[str]) -> findings.Find:
    values: dict[str, list[Row]] = {}
    for tag, name in grammar.meaning.items():
        found = [row for row in rows if row.tag == tag and row.value]
        if found and (name not in values or name in grammar.every):
            values.setdefault(name, []).extend(found)
    if "authors" in values:  # two tags may hold them, in turn
        values["authors"].sort(key=lambda row: row.line)
    whole = [
        row for row in rows if row.tag in grammar.dated and re.search(r"[A-Z][a-z]{2}", row.value)
    ]
    if whole:
        values["date"] = [*whole, *values.get("date", ())]
    if "title" not in values and "abstract" not in values:
        tags = findings.quote(", ".join(row.tag for row in rows[:8]))
        if not values and rows[0].tag not in grammar.first:
            # What a program writes behind a record, or above them all, is none.
            return findings.left_aside(seed, rows[0].line, f"{rows[0].tag} {rows[0].value}")
        message = f"expected a title or an abstract, found {tags} — the paper is left out"
        return findings.refuse(
            seed, rows[0].line, message, "\n".join(lines[rows[0].line - 1 : rows[-1].line])
        )
    return _record(seed, values, grammar, _publication(rows, values, grammar))


def _publication(
    rows: Sequence[Row], values: Mapping[str, Sequence[Row]], grammar: Grammar
) -> Publication:
    titles = {row.value for row in values.get("title", ())}
    told: dict[str, str] = {}
    for part, tags in grammar.parts.items():
        found = [row.value for tag in tags.split() for row in rows if row.tag == tag and row.value]
        found = [value for value in found if part != "container" or value not in titles]
        if found and part == "kind":
            told |= {
                "kind": publication_types.of(*found),
                "genre": next(filter(None, map(publication_types.genre, found)), ""),
            }
        elif found:
            told[part] = (
                "; ".join(found)
                if part in publication_parts.NUMBERS
                else json_records.untag(found[0])
            )
    return publication_parts.publication({**publication_parts.cited(told.pop("cited", "")), **told})


def _record(
    seed: Seed,
    values: Mapping[str, Sequence[Row]],
    grammar: Grammar,
    publication: Publication,
) -> Record:
    one = {name: found[0].value for name, found in values.items()}
    at = values.get("abstract") or values["title"]
    links = ids.links(row.value for row in values.get("url", ()))
    found = ids.identifiers([link.url for link in links])
    if doi := next((made for row in values.get("doi", ()) if (made := ids.doi(row.value))), None):
        found["doi"] = doi
    if arxiv := ids.arxiv(one.get("arxiv", "")):
        found["arxiv"] = arxiv
    if pmid := re.match(r"\d{1,9}$", one.get("pmid", "")):
        found["pmid"] = pmid.group()
    people = next((values[kind] for kind in _PEOPLE if kind in values), ())
    names = bylines.each([json_records.untag(row.value) for row in people])
    return findings.record(
        seed,
        at[0].line,
        grammar.title(json_records.untag(one.get("title", ""))),
        json_records.untag(one.get("abstract", "")),
        authors=tuple(dict.fromkeys(names)),
        identifiers=found,
        links=links,
        date=_day([row.value for row in values.get("date", ())]),
        categories=tuple(
            dict.fromkeys(
                word
                for row in values.get("categories", ())
                for word in map(str.strip, row.value.split(";"))
                if word
            )
        ),
        venue=one.get("venue") or publication.container or None,
        publication=publication,
        comment=one.get("comment"),
    )


def _day(written: Sequence[str]) -> date | None:
    """Give the first date that is one; a month and a day may have their year in another row.

    >>> _day(["Mar 11", "2014"]), _day(["2014/03/11/print"]), _day(["in press"])
    (datetime.date(2014, 3, 11), datetime.date(2014, 3, 11), None)
    """
    found = [date_parsing.parse(text.replace("/", "-").strip("- ")) for text in written]
    day = next((day for day in found if day), None)
    if day and not found[0] and (whole := date_parsing.parse(f"{written[0][:60]}, {day.year}")):
        return whole
    return day


def unstopped(title: str) -> str:
    """Take a full stop off the end of a title.

    >>> unstopped("Memory networks."), unstopped("And so on...")
    ('Memory networks', 'And so on...')
    """
    return title.removesuffix(".") if not title.endswith("..") else title
