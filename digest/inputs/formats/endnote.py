"""EndNote's XML, also written by Mendeley, Papers and Zotero.

    <xml><records><record><ref-type name="Journal Article">17</ref-type>
      <contributors><authors><author><style>Weston, Jason</style></author></authors></contributors>
      <titles><title><style>Memory Networks</style></title></titles> …

https://support.clarivate.com/Endnote/s/article/EndNote-XML-Document-Type-Definition
"""

from __future__ import annotations

import re
from datetime import date

from digest.inputs import findings
from digest.inputs.syntax import bylines, date_parsing, publication_parts, xml, xml_records
from digest.models import Seed
from digest.papers import ids, publication_types

_SIGNATURE = re.compile(r"<ref-type\b|<source-app\b", re.I)
_PARTS = {
    "container": "full-title secondary-title",
    "volume": "volume",
    "issue": "number",
    "pages": "pages",
    "article": "electronic-pages",
    "publisher": "publisher",
    "serial": "isbn issn",
    "genre": "work-type",
}
_PEOPLE = ("authors", "secondary-authors", "tertiary-authors")


def _read_entry(seed: Seed, record: xml.Element) -> findings.Finding:
    title = next((xml.text(e) for e in xml.all_named(record, "title") if xml.text(e)), "")
    if not title:
        return xml_records.missing(seed, record)
    abstract = next(iter(xml.children(record, "abstract")), None)
    links = ids.links(xml.text(e) for e in xml.all_named(record, "url"))
    found = ids.identifiers(link.url for link in links)
    if doi := ids.doi(xml.child_text(record, "electronic-resource-num")):
        found["doi"] = doi
    parts = xml_records.parts(_PARTS, record)
    kind = next((e.get("name") or "" for e in xml.all_named(record, "ref-type")), "")
    publication = publication_parts.publication(
        {
            **parts,
            "kind": publication_types.kind_of(kind),
            "genre": parts.get("genre", "") or publication_types.genre(kind),
        }
    )
    return findings.record(
        seed,
        xml.line(abstract if abstract is not None else record),
        title,
        xml.text(abstract),
        authors=_people(record),
        identifiers=found,
        links=links,
        date=_day(record),
        categories=tuple(xml.text(e) for e in xml.all_named(record, "keyword") if xml.text(e)),
        venue=_first_text(record, "full-title") or _first_text(record, "secondary-title") or None,
        publication=publication,
        comment=xml.child_text(record, "notes") or None,
    )


def _first_text(record: xml.Element, name: str) -> str:
    return next((xml.text(e) for e in xml.all_named(record, name)), "")


def _people(record: xml.Element) -> tuple[str, ...]:
    """Return the authors, else the editors."""
    for kind in _PEOPLE:
        for group in xml.all_named(record, kind):
            names = bylines.names_from_rows([xml.text(e) for e in xml.all_named(group, "author")])
            if names:
                return names
    return ()


def _day(record: xml.Element) -> date | None:
    """Return the date of the publication, whose year is in an element of its own."""
    year = _first_text(record, "year")
    written = next(
        (
            xml.text(e)
            for group in xml.all_named(record, "pub-dates")
            for e in xml.all_named(group, "date")
        ),
        "",
    )
    return (
        date_parsing.parse(f"{written}, {year}")
        or date_parsing.parse(written)
        or date_parsing.parse(year)
    )


FORMAT = xml_records.make_format(
    "endnote-xml",
    "bibliography",
    _SIGNATURE,
    "an element <ref-type>",
    ("record",),
    _read_entry,
    0.97,
    believed=True,
    about="EndNote XML",
    example="<xml><records><record><ref-type …>",
)
