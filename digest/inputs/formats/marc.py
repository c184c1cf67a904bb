"""MARC, as exchanged by libraries: in XML, in ISO 2709, and in MarcEdit's text.

    <record><datafield tag="245"><subfield code="a">Sound and fury :</subfield> …
    01841cam a2200385Ma 4500245010200234100004000336…

    =245  10$aSound and fury :$bthe making …

The second has a leader and a directory of its fields; `decode` has made its separators
visible: one field per line, ‡ before every subfield. The third is MarcEdit's text.
https://www.loc.gov/marc/bibliographic/; UNIMARC: https://www.ifla.org/unimarc/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from digest.inputs import findings
from digest.inputs.format import Format
from digest.inputs.syntax import (
    date_parsing,
    person_names,
    publication_parts,
    xml,
    xml_records,
)
from digest.inputs.syntax.extents import Extent, as_long_as
from digest.language.strings import squeeze
from digest.models import Guess, Publication, Reading, Seed
from digest.papers import ids, publication_types

NAME = "marc"

_SIGNATURE = re.compile(r"<(?:\w+:)?(?:datafield|leader)[\s>]", re.I)
_LEADER = re.compile(r"\d{5}[a-z].{10,18}(?P<table>(?:\d{12}){3,})\s*$", re.M)

_MNEMONIC = re.compile(r"=(?:LDR|000)\s{1,2}\S")

Field = tuple[str, tuple[tuple[str, str], ...]]
"""A field: its tag, and its subfields as code and value."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    """A dialect of MARC: the tags of fields and the codes of subfields, by meaning."""

    title: str
    subtitle: str
    people: Sequence[str]
    groups: Sequence[str]
    date: Mapping[str, str]
    abstract: str
    family: str = ""
    """The code of the given name, if it has a subfield of its own."""
    parts: Mapping[str, tuple[str, str]] = field(
        default_factory=lambda: {
            "container": ("773", "t"),
            "place": ("773", "g"),
            "publisher": ("264 260", "b"),
        }
    )
    numbers: Sequence[str] = ("020", "022", "773")
    words: Sequence[str] = field(default=("650", "653"))


_MARC21 = _Dialect(
    "245", "bnp", ("100", "700"), ("110", "710", "111", "711"), {"260": "c", "264": "c"}, "520"
)
_UNIMARC = _Dialect(
    "200", "ehi", ("700", "701", "702"), ("710", "711", "712"), {"210": "d", "214": "d"}, "330", "b",
    {"container": ("461 463", "t"), "place": ("463 461", "v"), "publisher": ("214 210", "c")},
    ("010", "011", "461", "463"), ("606", "610"),
)  # fmt: skip


def recognise(seed: Seed) -> Guess:
    """Sure if there is an element datafield, or a leader with its directory."""
    head = seed.text.lstrip()[:30_000]
    if (_LEADER.match(head) and "‡" in seed.text) or _MNEMONIC.match(head):
        return Guess(0.97)
    return xml_records.guess(seed, _SIGNATURE, "an element <datafield>", 0.96)


def read(seed: Seed) -> Reading:
    """Read every record; one without a title is refused."""
    if xml.looks_xml(seed.text):
        return xml_records.reading(seed, NAME, ("record",), _read_element)
    if _MNEMONIC.match(seed.text.lstrip()[:100]):
        return findings.reading(seed, NAME, _read_mnemonic(seed))
    return findings.reading(seed, NAME, _read_iso2709(seed))


def _read_element(seed: Seed, record: xml.Element) -> findings.Finding:
    held = [
        (
            str(e.get("tag")),
            tuple((str(s.get("code")), xml.text(s)) for s in xml.children(e, "subfield")),
        )
        for e in xml.children(record, "datafield")
    ]
    return _read_entry(seed, xml.line(record), held) or xml_records.missing(seed, record)


def _read_iso2709(seed: Seed) -> Iterator[findings.Finding]:
    """Yield the records of ISO 2709, whose directories list the tags of their fields in order."""
    lines = seed.text.split("\n")
    at = 0
    while at < len(lines):
        if not (match := _LEADER.match(lines[at].lstrip())):
            at += 1
            continue
        tags = re.findall(r"(\d{3})\d{9}", match["table"])
        rows = lines[at + 1 : at + 1 + len(tags)]
        held = [(tag, _subfields(row)) for tag, row in zip(tags, rows, strict=False)]
        message = "expected a title in this record, found none — the paper is left out"
        yield _read_entry(seed, at + 1, held) or findings.refuse(
            seed, at + 1, message, "\n".join(rows)
        )
        at += 1 + len(rows)


def _read_mnemonic(seed: Seed) -> Iterator[findings.Finding]:
    """Yield the records of MarcEdit's text, in which each begins with its leader."""
    lines = seed.text.split("\n")
    starts = [at for at, line in enumerate(lines) if _MNEMONIC.match(line)]
    for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        rows = [line.strip() for line in lines[at:end] if re.match(r"\s*=\d{3}\s", line)]
        held = [(row[1:4], _subfields(row[4:].replace("$", "‡"))) for row in rows]
        message = "expected a title in this record, found none — the paper is left out"
        yield _read_entry(seed, at + 1, held) or findings.refuse(
            seed, at + 1, message, "\n".join(rows)
        )


def _subfields(row: str) -> tuple[tuple[str, str], ...]:
    return tuple((part[0], squeeze(part[1:])) for part in row.split("‡")[1:] if part)


def _read_entry(seed: Seed, line: int, held: Sequence[Field]) -> findings.Finding | None:
    dialect = _MARC21 if any(tag == "245" for tag, _ in held) else _UNIMARC
    title = _full_title(held, dialect)
    if not title:
        return None
    links = ids.links(value for tag, value in _values(held, "856", "u"))
    found = ids.identifiers(link.url for link in links)
    for _, value in _values(held, "024", "a"):
        if doi := ids.doi(value):
            found.setdefault("doi", doi)
    publication = _publication(held, dialect)
    days = (_values(held, tag, code) for tag, code in dialect.date.items())
    return findings.record(
        seed,
        line,
        title,
        " ".join(value for _, value in _values(held, dialect.abstract, "a")),
        authors=_people(held, dialect),
        identifiers=found,
        links=links,
        date=next(
            (day for some in days for _, text in some if (day := date_parsing.parse(text))), None
        ),
        categories=tuple(
            dict.fromkeys(
                value.rstrip(".") for tag in dialect.words for _, value in _values(held, tag, "a")
            )
        ),
        venue=publication.container or None,
        publication=publication,
    )


def _publication(held: Sequence[Field], dialect: _Dialect) -> Publication:
    """Return how a work was published: in the journal or book of field 773, else by itself."""
    first = {
        name: next(
            (_strip_punctuation(v) for tag in tags.split() for _, v in _values(held, tag, code)), ""
        )
        for name, (tags, code) in dialect.parts.items()
    }
    numbers = [v for tag in dialect.numbers for _, v in _values(held, tag, "axz")]
    thesis = next((v for tag in ("502", "328") for _, v in _values(held, tag, "abc")), "")
    part = first["container"]
    kind = publication_types.THESIS if thesis else publication_types.BOOK
    if part:
        issn = bool(re.search(r"(?<!\d)\d{4}-\d{3}[\dX]", " ".join(numbers)))
        kind = (
            publication_types.ARTICLE
            if issn or re.search(r"journal|revue|zeitschrift", part, re.I)
            else publication_types.CHAPTER
        )
    where = _PLACE.search(first.pop("place"))
    located = {name: said for name, said in where.groupdict().items() if said} if where else {}
    genre = publication_types.genre(thesis) or (
        "PhD thesis" if re.search(r"ph\.?\s?d|doct", thesis, re.I) else ""
    )
    return publication_parts.publication(
        {**first, **located, "kind": kind, "genre": genre, "serial": "; ".join(numbers)}
    )


_PLACE = re.compile(
    r"(?:(?:vol(?:ume)?|bd|t)\b\.?\s?)?(?P<volume>\d{1,4})\b[^\d]{1,20}(?:(?:no|issue|nr|heft|h|iss)\b\.?\s?(?P<issue>[\d/-]{1,9}))?"
    r"(?:[^\n]{0,40}?\b(?:pp?|s|pages?|seite)\b\.?\s?(?P<pages>\d[\d–-]{0,12}))?",
    re.I,
)


def _values(held: Sequence[Field], tag: str, codes: str) -> list[tuple[str, str]]:
    """Return the subfields with these codes in all fields of a tag, as code and value."""
    return [
        (code, value) for t, inner in held if t == tag for code, value in inner if code in codes
    ]


def _full_title(held: Sequence[Field], dialect: _Dialect) -> str:
    inner = next((inner for tag, inner in held if tag == dialect.title), ())
    parts = [_strip_punctuation(value) for code, value in inner if code == "a"][:1]
    parts += [_strip_punctuation(value) for code, value in inner if code in dialect.subtitle]
    return ": ".join(filter(None, parts))


def _strip_punctuation(text: str) -> str:
    """Strip ISBD punctuation at the end, and non-sorting characters.

    >>> _strip_punctuation("Sound and fury :"), _strip_punctuation(
    ...     "The making of the punditocracy /"
    ... )
    ('Sound and fury', 'The making of the punditocracy')
    """
    return re.sub(r"[\x88\x89\x98\x9c¬]", "", text).strip().rstrip(" /:;,=").strip()


def _people(held: Sequence[Field], dialect: _Dialect) -> tuple[str, ...]:
    """Return the people who wrote a work, else the organisations."""
    names = [_person(inner, dialect) for tag, inner in held if tag in dialect.people]
    groups = [
        _strip_punctuation(" ".join(v for c, v in inner if c == "a")).rstrip(".")
        for tag, inner in held
        if tag in dialect.groups
    ]
    return tuple(dict.fromkeys(filter(None, names))) or tuple(dict.fromkeys(filter(None, groups)))


def _person(inner: Sequence[tuple[str, str]], dialect: _Dialect) -> str:
    given = [value for code, value in inner if code == dialect.family]
    name = ", ".join([value for code, value in inner if code == "a"][:1] + given[:1])
    name = _strip_punctuation(name)
    return person_names.person(name)


_EXTENTS = (
    Extent("marc", r"\d{5}[a-z][a-z ]{2,4}[ a\d]", as_long_as(r".*\S", 1)),
    Extent("mnemonic", r"=(?:LDR|000)\s", as_long_as(r".*\S", 1)),
)  # fmt: skip

FORMAT = Format(
    NAME,
    "library list",
    "marc",
    recognise,
    read,
    believed=True,
    extents=_EXTENTS,
    about="MARC 21 and UNIMARC, in XML and as ISO 2709",
    example='<datafield tag="245"><subfield code="a">…',
)
