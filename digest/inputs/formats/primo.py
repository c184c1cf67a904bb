"""The records of Primo, which library catalogues show.

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

_SIGN = re.compile(r"primo_nm_bib|<(?:\w+:)?PrimoNMBib[\s>]|<addata>", re.I)


def _find(seed: Seed, record: xml.Element) -> findings.Find:
    title = _first(record, "display", "title") or _first(record, "addata", "atitle", "btitle")
    if not title:
        return xml_records.missing(seed, record)
    told = _first(record, "addata", "abstract") or _first(record, "display", "description")
    written = _first(record, "addata", "risdate", "date")
    written = written or _first(record, "search", "startdate", "creationdate")
    found = {}
    if doi := ids.doi(_first(record, "addata", "doi") or _first(record, "display", "identifier")):
        found["doi"] = doi
    return findings.record(
        seed,
        xml.line(record),
        json_records.untag(title).rstrip(" /"),
        json_records.untag(told),
        authors=_people(record),
        identifiers=found,
        date=date_parsing.parse(written),
        venue=_first(record, "addata", "jtitle") or None,
        publication=openurl.publication(record, title),  # Primo has OpenURL's names
        categories=tuple(
            re.split(r"\s*;\s*", _first(record, "display", "subject"))
            if _first(record, "display", "subject")
            else ()
        ),
    )


def _first(record: xml.Element, section: str, *names: str) -> str:
    parts = xml.children(record, section)
    return next((text for part in parts if (text := xml.child(part, *names))), "")


def _people(record: xml.Element) -> tuple[str, ...]:
    """The authors one by one, else as they are shown."""
    data = [e for part in xml.children(record, "addata") for e in xml.children(part, "au", "addau")]
    shown = _first(record, "display", "creator") or _first(record, "display", "contributor")
    return tuple(
        dict.fromkeys(bylines.each([xml.text(e) for e in data] or re.split(r"\s*;\s*", shown)))
    )


FORMAT = xml_records.form(
    "primo",
    "library list",
    _SIGN,
    "the namespace 'primo_nm_bib'",
    ("record",),
    _find,
    0.97,
    believed=True,
    about="records of Primo, a library catalogue",
    example='<record xmlns="http://www.exlibrisgroup.com/xsd/primo/primo_nm_bib">…',
)
