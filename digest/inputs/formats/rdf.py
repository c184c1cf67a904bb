"""RDF in XML: Zotero's own, Bibliontology, Dublin Core, schema.org.

    <bib:Article rdf:about="#item_1"><dc:title>Memory Networks</dc:title>
      <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Weston</foaf:surname> …
      <dcterms:abstract>We describe …</dcterms:abstract><dc:date>2014-10-15</dc:date></bib:Article>

What is said elsewhere in the document (people, journals) is looked up there.
https://www.w3.org/TR/rdf-syntax-grammar/; http://bibliontology.com
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from digest.inputs import findings
from digest.inputs.format import Format
from digest.inputs.syntax import (
    bylines,
    crosswalk,
    date_parsing,
    json_records,
    publication_parts,
    xml,
    xml_records,
)
from digest.models import Guess, Publication, Reading, Record, Seed
from digest.papers import ids, publication_types

NAME = "rdf"

_SIGN = re.compile(r"<(?:\w+:)?RDF[\s>]")
_SPACE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_TITLES = ("title", "name", "headline")
_ABSTRACTS = ("abstract", "description")
_AUTHORS = ("authors", "authorlist", "author", "creator", "creators")
_EDITORS = ("editors", "editorlist", "editor")
_DATES = (
    "date",
    "issued",
    "datepublished",
    "created",
    "datecreated",
    "publicationdate",
    "submitted",
)
_FAMILY = ("surname", "familyname", "family_name", "lastname")
_GIVEN = ("givenname", "given_name", "firstname", "forename")
_NO_PAPERS = frozenset(
    [
        "person",
        "organization",
        "agent",
        "journal",
        "periodical",
        "issue",
        "publicationissue",
        "publicationvolume",
        "series",
        "collection",
        "attachment",
        "memo",
        "useritem",
        "list",
        "seq",
        "bag",
        "item",
    ]
)
"""What is told of beside papers."""
_DEPTH = 6
"""How far to follow what refers to what."""


def recognise(seed: Seed) -> Guess:
    """Fairly sure where an element RDF stands; a feed of RSS 1.0 is one as well."""
    return xml_records.guess(seed, _SIGN, "an element <rdf:RDF>", 0.9)


def read(seed: Seed) -> Reading:
    """Read every resource that has a title and is a work."""
    return findings.reading(seed, NAME, _finds(seed))


def _finds(seed: Seed) -> Iterator[findings.Find]:
    try:
        root = xml.parse(seed)
    except xml.UnsafeError:
        root = None
    works = [] if root is None else [e for e in root if _is_work(e)]
    if root is None or not works:
        message = "expected a resource with a title, found none — nothing is read"
        yield findings.refuse(seed, 1, message, seed.text)
        return
    nodes = _nodes(root)
    yield from (_record(seed, work, nodes) for work in works)
    if not re.search(r"</(?:\w+:)?RDF\s*>\s*$", seed.text):
        message = (
            "expected well-formed XML, found damage after this line — what follows is left out"
        )
        yield findings.refuse(seed, xml.line(works[-1]), message)


def _is_work(element: xml.Element) -> bool:
    kinds = [xml.name(element), *(_last(e) for e in xml.children(element, "type"))]
    titled = any(xml.child(element, name) for name in _TITLES)
    return titled and not _NO_PAPERS.intersection(kinds)


def _last(kind: xml.Element) -> str:
    """The name at the end of a type's address."""
    return re.split(r"[/#]", kind.get(f"{_SPACE}resource") or xml.text(kind))[-1].lower()


def _nodes(root: xml.Element) -> Mapping[str, xml.Element]:
    """What is described, by the name others refer to it by."""
    found: dict[str, xml.Element] = {}
    for element in root.iter():
        for key in ("about", "nodeID", "ID"):
            if (name := element.get(_SPACE + key)) and len(element):
                found.setdefault(name, element)
    return found


def _record(seed: Seed, entry: xml.Element, nodes: Mapping[str, xml.Element]) -> Record:
    title = next(json_records.untag(text) for n in _TITLES if (text := xml.child(entry, n)))
    abstract = next((e for n in _ABSTRACTS for e in xml.children(entry, n) if xml.text(e)), None)
    parents = list(_parents(entry, nodes, _DEPTH))
    marks = [*_marks(entry), *(mark for parent in parents for mark in _marks(parent))]
    links = ids.links(mark for mark in _marks(entry) if "//" in mark)
    found = {**ids.identifiers(marks), **ids.identifiers(link.url for link in links)}
    return findings.record(
        seed,
        xml.line(abstract if abstract is not None else entry),
        title,
        json_records.untag(xml.text(abstract)),
        authors=_people(entry, _AUTHORS, nodes) or _people(entry, _EDITORS, nodes),
        identifiers=found,
        links=links,
        date=next((day for one in (entry, *parents) if (day := _day(one))), None),
        categories=tuple(
            dict.fromkeys(text for e in xml.children(entry, "subject") if (text := xml.text(e)))
        ),
        publication=_publication(entry, parents, nodes),
        venue=next((text for p in parents for n in _TITLES if (text := xml.child(p, n))), None),
    )


def _parents(
    entry: xml.Element, nodes: Mapping[str, xml.Element], depth: int
) -> Iterator[xml.Element]:
    """What a work is part of: an issue, and what that is part of."""
    for part in xml.children(entry, "ispartof") if depth else ():
        whole = _whole(part, nodes)
        yield whole
        if whole is not entry:
            yield from _parents(whole, nodes, depth - 1)


_PARTS = {
    "volume": ("volume", "volumenumber"),
    "issue": ("number", "issue", "issuenumber"),
    "pages": ("pages", "pagination"),
    "first": ("pagestart", "startingpage", "firstpage"),
    "last": ("pageend", "endingpage", "lastpage"),
    "isbn": ("isbn", "isbn10", "isbn13", "eisbn"),
    "issn": ("issn", "eissn"),
}


def _publication(
    entry: xml.Element, parents: list[xml.Element], nodes: Mapping[str, xml.Element]
) -> Publication:
    """What is told of a work, then of what it is a part of."""
    both = [entry, *parents]
    told = {
        part: next((text for one in both if (text := _told(one, part, names))), "")
        for part, names in _PARTS.items()
    }
    marks = (mark for one in both for mark in _marks(one))
    told["serial"] = "; ".join(mark for mark in marks if re.match(r"(?:urn:)?IS[BS]N", mark, re.I))
    by = (e for one in both for e in xml.children(one, "publisher"))
    told["publisher"] = next((text for e in by if (text := _called(_whole(e, nodes)))), "")
    types = [xml.child(entry, "itemtype"), *(_last(e) for e in xml.children(entry, "type"))]
    kind = publication_types.of(*types, xml.name(entry))
    titles = (text for p in parents for n in _TITLES if (text := xml.child(p, n)))
    return publication_parts.publication({**told, "kind": kind, "container": next(titles, "")})


def _told(element: xml.Element, part: str, names: Sequence[str]) -> str:
    """What an element says of a part of a publication; of numbers all."""
    if part not in publication_parts.NUMBERS:
        return xml.child(element, *names)
    return "; ".join(map(xml.text, xml.children(element, *names)))


def _called(element: xml.Element) -> str:
    return xml.child(element, "name") or xml.text(element)


def _whole(element: xml.Element, nodes: Mapping[str, xml.Element]) -> xml.Element:
    """What an element stands for: what it refers to, what it holds, or itself."""
    name = element.get(f"{_SPACE}resource") or element.get(f"{_SPACE}nodeID")
    if name and name in nodes and not len(element):
        return nodes[name]
    return element[0] if len(element) == 1 and not (element.text or "").strip() else element


def _marks(entry: xml.Element) -> list[str]:
    """Addresses and identifiers of a resource."""
    said = xml.children(entry, "identifier", "doi", "uri", "url", "sameas", "seealso")
    texts = [e.get(f"{_SPACE}resource") or xml.text(e) for e in said]
    return [text for text in (*texts, entry.get(f"{_SPACE}about") or "") if text]


def _day(entry: xml.Element) -> date | None:
    written = (xml.text(e) for name in _DATES for e in xml.children(entry, name))
    return next((day for text in written if (day := date_parsing.parse(text))), None)


def _people(
    entry: xml.Element, kinds: tuple[str, ...], nodes: Mapping[str, xml.Element]
) -> tuple[str, ...]:
    """The names below the first of these elements, in order."""
    for kind in kinds:
        found = [n for e in xml.children(entry, kind) for n in _names(e, nodes, _DEPTH)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _names(element: xml.Element, nodes: Mapping[str, xml.Element], depth: int) -> Iterator[str]:
    """Follow lists and references down to names."""
    whole = _whole(element, nodes)
    family = xml.child(whole, *_FAMILY)
    if family:
        yield crosswalk.squeeze(f"{xml.child(whole, *_GIVEN)} {family}")
    elif name := xml.child(whole, "name"):
        yield from bylines.each([name])
    elif not len(whole):
        yield from bylines.each([xml.text(whole)])
    elif depth:
        rows = [e for e in whole if xml.name(e) == "li" or re.fullmatch(r"_\d+", xml.name(e))]
        for row in rows or (list(whole) if whole is not element else []):
            yield from _names(row, nodes, depth - 1)


FORMAT = Format(
    NAME,
    "bibliography",
    "xml",
    recognise,
    read,
    believed=True,
    about="RDF in XML: Zotero's, Bibliontology, schema.org",
    example='<bib:Article rdf:about="…"><dc:title>…',
)
