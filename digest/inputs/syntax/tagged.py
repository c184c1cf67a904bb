"""Recognition and reading of formats with a tag before every value.

A tag is at the beginning of a line; lines without one continue the value above.
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
"""Fields that may hold the authors; the first that is present counts."""


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """A tag and its value, with continuation lines, at a 1-based line."""

    tag: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """The syntax of a tagged format and the meaning of its tags."""

    row: re.Pattern[str]
    """The pattern of a line with a tag; groups: tag, value."""
    first: frozenset[str]
    """Tags that begin a record."""
    last: frozenset[str]
    """Tags that end a record."""
    meaning: Mapping[str, str]
    """Tag → field; of several tags for a field, the first in this order that is present."""
    listed: frozenset[str] = frozenset()
    """Tags after which every continuation line is a value of its own."""
    anew: frozenset[str] = frozenset()
    """Tags that begin a record after a blank line, once there is a title."""
    dated: frozenset[str] = frozenset()
    """Tags whose values contain a date among other text; they come before those of the field."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Part of a publication → its tags, the best first, separated by blanks."""
    title: Callable[[str], str] = str
    """Removes what follows a title in its value."""
    every: frozenset[str] = frozenset({"authors", "categories", "url", "doi", "date"})
    """Fields with the values of all their tags; others have those of the first present."""


def make_format(
    name: str,
    label: str,
    grammar: Grammar | Callable[[Seed], Grammar],
    missing: str,
    extents: Sequence[Extent],
    *,
    about: str,
    example: str,
) -> Format:
    """Return the format of a grammar, or of a function that chooses one for a document."""

    def choose(seed: Seed) -> Grammar:
        return grammar if isinstance(grammar, Grammar) else grammar(seed)

    return Format(
        name,
        label,
        "tags",
        lambda document: guess(document, choose(document), missing),
        lambda document: reading(document, choose(document), name),
        believed=True,
        extents=tuple(extents),
        about=about,
        example=example,
    )


def guess(document: Document, grammar: Grammar, missing: str) -> Guess:
    """Return a confidence by the share of lines with a tag, if there are beginnings of records."""
    lines = [line for line in document.head.text.split("\n") if line.strip()]
    lines = [line for line in lines if not line.startswith("   ")]  # continues the value above
    rows = [match for line in lines if (match := grammar.row.match(line))]
    opened = sum(match[1] in grammar.first | grammar.anew for match in rows)
    known = sum(match[1] in grammar.meaning or match[1] in grammar.last for match in rows)
    if not opened or known < 2:
        return Guess(0.0, missing)
    share = len(rows) / len(lines)
    meant = known > 0.3 * len(rows) or (known > 2 and share > 0.9)
    return Guess(min(0.97, 0.4 + share) if meant else 0.2)


def reading(seed: Seed, grammar: Grammar, name: str) -> Reading:
    """Read every record; refuse those with neither title nor abstract."""
    lines = seed.text.split("\n")
    finds = (_read_record(seed, rows, grammar, lines) for rows in _split_records(lines, grammar))
    return findings.reading(seed, name, finds)


def _split_records(lines: Sequence[str], grammar: Grammar) -> Iterator[list[TaggedLine]]:
    """Yield the tagged lines of each record."""
    rows: list[TaggedLine] = []
    more: list[str] = []
    blank = False
    for number, line in enumerate(lines, 1):
        match = grammar.row.match(line)
        if not match:
            if rows and line.strip() and rows[-1].tag in grammar.listed:
                rows.append(TaggedLine(rows[-1].tag, line.strip(), number))
            elif rows and line.strip():
                more.append(line.strip())
            blank = not line.strip()
            continue
        if more:
            rows[-1] = TaggedLine(rows[-1].tag, " ".join([rows[-1].value, *more]), rows[-1].line)
            more = []
        tag = match[1]
        opens = tag in grammar.first | grammar.last or (
            blank and _begins_record(tag, rows, grammar)
        )
        blank = False
        if rows and opens:
            yield rows
            rows = []
        if tag not in grammar.last:
            rows.append(TaggedLine(tag, match[2].strip(), number))
    if rows:
        if more:
            rows[-1] = TaggedLine(rows[-1].tag, " ".join([rows[-1].value, *more]), rows[-1].line)
        yield rows


def _begins_record(tag: str, rows: Sequence[TaggedLine], grammar: Grammar) -> bool:
    """Whether a tag begins a record after a blank line, as no tag marks the beginning."""
    titled = any(grammar.meaning.get(row.tag) == "title" for row in rows)
    return tag in grammar.anew and titled and rows[0].tag not in grammar.first


def _read_record(
    seed: Seed, rows: Sequence[TaggedLine], grammar: Grammar, lines: Sequence[str]
) -> findings.Finding:
    """Return the record of its tagged lines, or the problem of lines that describe no paper."""
    values = _values(rows, grammar)
    if "title" in values or "abstract" in values:
        return _record(seed, values, grammar, _publication(rows, values, grammar))
    if not values and rows[0].tag not in grammar.first:
        # Programs write other lines before the first record or between records.
        return findings.ignored_line(seed, rows[0].line, f"{rows[0].tag} {rows[0].value}")
    tags = findings.quote(", ".join(row.tag for row in rows[:8]))
    message = f"expected a title or an abstract, found {tags} — the paper is left out"
    raw = "\n".join(lines[rows[0].line - 1 : rows[-1].line])
    return findings.refuse(seed, rows[0].line, message, raw)


def _values(rows: Sequence[TaggedLine], grammar: Grammar) -> dict[str, list[TaggedLine]]:
    """Return the tagged lines of each field."""
    values: dict[str, list[TaggedLine]] = {}
    for tag, name in grammar.meaning.items():
        found = [row for row in rows if row.tag == tag and row.value]
        if found and (name not in values or name in grammar.every):
            values.setdefault(name, []).extend(found)
    if "authors" in values:  # two tags may alternate
        values["authors"].sort(key=lambda row: row.line)
    whole = [
        row for row in rows if row.tag in grammar.dated and re.search(r"[A-Z][a-z]{2}", row.value)
    ]
    if whole:
        values["date"] = [*whole, *values.get("date", ())]
    return values


def _publication(
    rows: Sequence[TaggedLine], values: Mapping[str, Sequence[TaggedLine]], grammar: Grammar
) -> Publication:
    """Return the publication of a record; a container that is the title is none."""
    titles = {row.value for row in values.get("title", ())}
    parts: dict[str, str] = {}
    for part, tags in grammar.parts.items():
        found = [row.value for tag in tags.split() for row in rows if row.tag == tag and row.value]
        found = [value for value in found if part != "container" or value not in titles]
        if found and part == "kind":
            parts |= {
                "kind": publication_types.kind_of(*found),
                "genre": next(filter(None, map(publication_types.genre, found)), ""),
            }
        elif found:
            parts[part] = (
                "; ".join(found)
                if part in publication_parts.NUMBERS
                else json_records.untag(found[0])
            )
    return publication_parts.publication(
        {**publication_parts.parse_citation(parts.pop("cited", "")), **parts}
    )


def _record(
    seed: Seed,
    values: Mapping[str, Sequence[TaggedLine]],
    grammar: Grammar,
    publication: Publication,
) -> Record:
    """Return the record of tagged lines by field."""
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
    names = bylines.names_from_rows([json_records.untag(row.value) for row in people])
    return findings.record(
        seed,
        at[0].line,
        grammar.title(json_records.untag(one.get("title", ""))),
        json_records.untag(one.get("abstract", "")),
        authors=tuple(dict.fromkeys(names)),
        identifiers=found,
        links=links,
        date=_first_date([row.value for row in values.get("date", ())]),
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


def _first_date(written: Sequence[str]) -> date | None:
    """Return the first date; a month and a day may have their year in another value.

    >>> _first_date(["Mar 11", "2014"]), _first_date(["2014/03/11/print"]), _first_date(
    ...     ["in press"]
    ... )
    (datetime.date(2014, 3, 11), datetime.date(2014, 3, 11), None)
    """
    found = [date_parsing.parse(text.replace("/", "-").strip("- ")) for text in written]
    day = next((day for day in found if day), None)
    if day and not found[0] and (whole := date_parsing.parse(f"{written[0][:60]}, {day.year}")):
        return whole
    return day


def without_full_stop(title: str) -> str:
    """Return a title without the full stop at its end.

    >>> without_full_stop("Memory networks."), without_full_stop("And so on...")
    ('Memory networks', 'And so on...')
    """
    return title.removesuffix(".") if not title.endswith("..") else title
