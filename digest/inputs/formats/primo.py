"""Records of Primo, the software of library catalogues.

    <record><display><title>Water</title><creator>Bryant, Robert G ; Johnson, Mark A</creator> …
      <addata><atitle>Water</atitle><au>Bryant, Robert G</au><doi>10.1021/ar2003286</doi> …

https://developers.exlibrisgroup.com/primo/
"""

from __future__ import annotations

import re

from digest.inputs import findings
from digest.inputs.formats import openurl
from digest.inputs.syntax import bylines, date_parsing, json_records, xml, xml_records
from digest.models import Seed
from digest.papers import ids

_SIGNATURE = re.compile(r"primo_nm_bib|<(?:\w+:)?PrimoNMBib[\s>]|<addata>", re.I)


def _read_entry(seed: Seed, record: xml.Element) -> findings.Finding:
    title = _first(record, "display", "title") or _first(record, "addata", "atitle", "btitle")
    if not title:
        return xml_records.missing(seed, record)
    abstract = _first(record, "addata", "abstract") or _first(record, "display", "description")
    written = _first(record, "addata", "risdate", "date")
    written = written or _first(record, "search", "startdate", "creationdate")
    found = {}
    if doi := ids.doi(_first(record, "addata", "doi") or _first(record, "display", "identifier")):
        found["doi"] = doi
    return findings.record(
        seed,
        xml.line(record),
        json_records.untag(title).rstrip(" /"),
        json_records.untag(abstract),
        authors=_people(record),
        identifiers=found,
        date=date_parsing.parse(written),
        venue=_first(record, "addata", "jtitle") or None,
        publication=openurl.publication(record, title),  # Primo uses OpenURL's names
        categories=tuple(
            re.split(r"\s*;\s*", _first(record, "display", "subject"))
            if _first(record, "display", "subject")
            else ()
        ),
    )


def _first(record: xml.Element, section: str, *names: str) -> str:
    parts = xml.children(record, section)
    return next((text for part in parts if (text := xml.child_text(part, *names))), "")


def _people(record: xml.Element) -> tuple[str, ...]:
    """Return the authors given one by one, else those of the displayed text."""
    data = [e for part in xml.children(record, "addata") for e in xml.children(part, "au", "addau")]
    shown = _first(record, "display", "creator") or _first(record, "display", "contributor")
    return tuple(
        dict.fromkeys(
            bylines.names_from_rows([xml.text(e) for e in data] or re.split(r"\s*;\s*", shown))
        )
    )


FORMAT = xml_records.make_format(
    "primo",
    "library list",
    _SIGNATURE,
    "the namespace 'primo_nm_bib'",
    ("record",),
    _read_entry,
    0.97,
    believed=True,
    about="records of Primo, a library catalogue",
    example='<record xmlns="http://www.exlibrisgroup.com/xsd/primo/primo_nm_bib">…',
)
