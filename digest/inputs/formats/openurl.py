"""OpenURL's context objects in XML, with which libraries exchange references.

    <context-object><referent>…<journal><rft:atitle>Memory Networks</rft:atitle>
      <rft:au>J Weston</rft:au><rft:date>2014</rft:date> …

ANSI/NISO Z39.88
"""

from __future__ import annotations

import re

from digest.inputs import findings
from digest.inputs.syntax import bylines, date_parsing, publication_parts, xml, xml_records
from digest.models import Publication, Seed
from digest.papers import ids, publication_types

_SIGNATURE = re.compile(r"<(?:\w+:)?context-objects?[\s>]", re.I)


def _read_entry(seed: Seed, entry: xml.Element) -> findings.Finding:
    title = _first(entry, "atitle", "btitle", "title")
    if not title:
        return xml_records.missing(seed, entry)
    texts = [xml.text(e) for e in xml.all_named(entry, "identifier")]
    links = ids.links(text for text in texts if "//" in text)
    return findings.record(
        seed,
        xml.line(entry),
        title,
        _first(entry, "description", "abstract"),
        authors=_people(entry),
        identifiers=ids.identifiers(text.replace("info:", "") for text in texts),
        links=links,
        date=date_parsing.parse(_first(entry, "date")),
        venue=_first(entry, "jtitle", "stitle") or None,
        publication=publication(entry, title),
    )


def _first(entry: xml.Element, *names: str) -> str:
    return next((t for name in names for e in xml.all_named(entry, name) if (t := xml.text(e))), "")


_KINDS = ("ristype", "genre", "format", "type")
"""The elements that give a type, the most reliable first."""

_PARTS = {
    "container": "jtitle stitle btitle",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "first": "spage",
    "last": "epage",
    "article": "artnum",
    "publisher": "pub",
    "isbn": "isbn eisbn",
    "issn": "issn eissn",
}


def publication(entry: xml.Element, title: str) -> Publication:
    """Return how a paper was published, from OpenURL's elements; `title` is the paper's own."""
    parts = xml_records.parts(_PARTS, entry)
    if parts.get("container") == title:
        del parts["container"]
    types = (xml.text(e) for name in _KINDS for e in xml.all_named(entry, name))
    found = [kind for name in types if (kind := publication_types.kind_of(name))]
    plain = next(
        (kind for kind in found if kind != publication_types.DOCUMENT), next(iter(found), "")
    )
    return publication_parts.publication({**parts, "kind": plain})


def _people(entry: xml.Element) -> tuple[str, ...]:
    """Return the authors; the name of the first may be given in parts."""
    whole = bylines.names_from_rows([xml.text(e) for e in xml.all_named(entry, "au", "creator")])
    first = f"{_first(entry, 'aufirst', 'auinit')} {_first(entry, 'aulast')}".strip()
    others = [name for name in whole if name.split()[-1:] != first.split()[-1:]]
    return tuple(dict.fromkeys([first, *others] if first else whole))


FORMAT = xml_records.make_format(
    "context-objects",
    "bibliography",
    _SIGNATURE,
    "an element <context-object>",
    ("context-object",),
    _read_entry,
    0.97,
    believed=True,
    about="OpenURL context objects in XML",
    example="<context-object>…<rft:atitle>…",
)
