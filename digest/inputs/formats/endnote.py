"""EndNote's XML, which Mendeley, Papers and Zotero write as well.

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

_SIGN = re.compile(r"<ref-type\b|<source-app\b", re.I)
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


def _find(seed: Seed, record: xml.Element) -> findings.Find:
    title = next((xml.text(e) for e in xml.all_named(record, "title") if xml.text(e)), "")
    if not title:
        return xml_records.missing(seed, record)
    abstract = next(iter(xml.children(record, "abstract")), None)
    links = ids.links(xml.text(e) for e in xml.all_named(record, "url"))
    found = ids.identifiers(link.url for link in links)
    if doi := ids.doi(xml.child(record, "electronic-resource-num")):
        found["doi"] = doi
    told = xml_records.parts(_PARTS, record)
    kind = next((e.get("name") or "" for e in xml.all_named(record, "ref-type")), "")
    publication = publication_parts.publication(
        {
            **told,
            "kind": publication_types.of(kind),
            "genre": told.get("genre", "") or publication_types.genre(kind),
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
        venue=_named(record, "full-title") or _named(record, "secondary-title") or None,
        publication=publication,
        comment=xml.child(record, "notes") or None,
    )


def _named(record: xml.Element, name: str) -> str:
    return next((xml.text(e) for e in xml.all_named(record, name)), "")


def _people(record: xml.Element) -> tuple[str, ...]:
    """The authors, else those who edited."""
    for kind in _PEOPLE:
        for group in xml.all_named(record, kind):
            names = bylines.each([xml.text(e) for e in xml.all_named(group, "author")])
            if names:
                return names
    return ()


def _day(record: xml.Element) -> date | None:
    """The day of the publication, whose year stands by itself."""
    year = _named(record, "year")
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


FORMAT = xml_records.form(
    "endnote-xml",
    "bibliography",
    _SIGN,
    "an element <ref-type>",
    ("record",),
    _find,
    0.97,
    believed=True,
    about="EndNote XML",
    example="<xml><records><record><ref-type …>",
)
