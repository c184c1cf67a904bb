"""RDF in XML: Zotero's format, Bibliontology, Dublin Core, schema.org.

    <bib:Article rdf:about="#item_1"><dc:title>Memory Networks</dc:title>
      <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Weston</foaf:surname> …
      <dcterms:abstract>We describe …</dcterms:abstract><dc:date>2014-10-15</dc:date></bib:Article>

What is described elsewhere in the document (people, journals) is resolved.
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
    date_parsing,
    json_records,
    publication_parts,
    xml,
    xml_records,
)
from digest.language.strings import squeeze
from digest.models import Guess, Publication, Reading, Record, Seed
from digest.papers import ids, publication_types

NAME = "rdf"

_SIGNATURE = re.compile(r"<(?:\w+:)?RDF[\s>]")
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
"""Types of resources that are not papers."""
_DEPTH = 6
"""How many references to follow one after the other."""


def recognise(seed: Seed) -> Guess:
    """Fairly sure if there is an element RDF, which a feed of RSS 1.0 has, too."""
    return xml_records.guess(seed, _SIGNATURE, "an element <rdf:RDF>", 0.9)


def read(seed: Seed) -> Reading:
    """Read every resource that has a title and is a work."""
    return findings.reading(seed, NAME, _read_entries(seed))


def _read_entries(seed: Seed) -> Iterator[findings.Finding]:
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
    kinds = [xml.name(element), *(_type_name(e) for e in xml.children(element, "type"))]
    titled = any(xml.child_text(element, name) for name in _TITLES)
    return titled and not _NO_PAPERS.intersection(kinds)


def _type_name(kind: xml.Element) -> str:
    """Return the name at the end of a type's address."""
    return re.split(r"[/#]", kind.get(f"{_SPACE}resource") or xml.text(kind))[-1].lower()


def _nodes(root: xml.Element) -> Mapping[str, xml.Element]:
    """Return the described resources by the name with which others refer to them."""
    found: dict[str, xml.Element] = {}
    for element in root.iter():
        for key in ("about", "nodeID", "ID"):
            if (name := element.get(_SPACE + key)) and len(element):
                found.setdefault(name, element)
    return found


def _record(seed: Seed, entry: xml.Element, nodes: Mapping[str, xml.Element]) -> Record:
    title = next(json_records.untag(text) for n in _TITLES if (text := xml.child_text(entry, n)))
    abstract = next((e for n in _ABSTRACTS for e in xml.children(entry, n) if xml.text(e)), None)
    parents = list(_parents(entry, nodes, _DEPTH))
    texts = [
        *_identifier_texts(entry),
        *(text for parent in parents for text in _identifier_texts(parent)),
    ]
    links = ids.links(text for text in _identifier_texts(entry) if "//" in text)
    found = {**ids.identifiers(texts), **ids.identifiers(link.url for link in links)}
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
        venue=next(
            (text for p in parents for n in _TITLES if (text := xml.child_text(p, n))), None
        ),
    )


def _parents(
    entry: xml.Element, nodes: Mapping[str, xml.Element], depth: int
) -> Iterator[xml.Element]:
    """Yield what a work is part of: an issue, then what that is part of, and so on."""
    for part in xml.children(entry, "ispartof") if depth else ():
        whole = _resolve(part, nodes)
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
    """Return how a work was published; its own parts take precedence over its parents'."""
    both = [entry, *parents]
    parts = {
        part: next((text for one in both if (text := _part_text(one, part, names))), "")
        for part, names in _PARTS.items()
    }
    texts = (text for one in both for text in _identifier_texts(one))
    parts["serial"] = "; ".join(text for text in texts if re.match(r"(?:urn:)?IS[BS]N", text, re.I))
    by = (e for one in both for e in xml.children(one, "publisher"))
    parts["publisher"] = next((text for e in by if (text := _agent_name(_resolve(e, nodes)))), "")
    types = [
        xml.child_text(entry, "itemtype"),
        *(_type_name(e) for e in xml.children(entry, "type")),
    ]
    kind = publication_types.kind_of(*types, xml.name(entry))
    titles = (text for p in parents for n in _TITLES if (text := xml.child_text(p, n)))
    return publication_parts.publication({**parts, "kind": kind, "container": next(titles, "")})


def _part_text(element: xml.Element, part: str, names: Sequence[str]) -> str:
    """Return the text of a part of a publication; of numbers such as ISSNs, all of them."""
    if part not in publication_parts.NUMBERS:
        return xml.child_text(element, *names)
    return "; ".join(map(xml.text, xml.children(element, *names)))


def _agent_name(element: xml.Element) -> str:
    return xml.child_text(element, "name") or xml.text(element)


def _resolve(element: xml.Element, nodes: Mapping[str, xml.Element]) -> xml.Element:
    """Return the resource an element refers to or contains, or the element itself."""
    name = element.get(f"{_SPACE}resource") or element.get(f"{_SPACE}nodeID")
    if name and name in nodes and not len(element):
        return nodes[name]
    return element[0] if len(element) == 1 and not (element.text or "").strip() else element


def _identifier_texts(entry: xml.Element) -> list[str]:
    """Return the addresses and identifiers of a resource."""
    elements = xml.children(entry, "identifier", "doi", "uri", "url", "sameas", "seealso")
    texts = [e.get(f"{_SPACE}resource") or xml.text(e) for e in elements]
    return [text for text in (*texts, entry.get(f"{_SPACE}about") or "") if text]


def _day(entry: xml.Element) -> date | None:
    written = (xml.text(e) for name in _DATES for e in xml.children(entry, name))
    return next((day for text in written if (day := date_parsing.parse(text))), None)


def _people(
    entry: xml.Element, kinds: tuple[str, ...], nodes: Mapping[str, xml.Element]
) -> tuple[str, ...]:
    """Return the names in the first of these elements that has any, in order."""
    for kind in kinds:
        found = [n for e in xml.children(entry, kind) for n in _names(e, nodes, _DEPTH)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _names(element: xml.Element, nodes: Mapping[str, xml.Element], depth: int) -> Iterator[str]:
    """Yield the names in an element, following lists and references."""
    whole = _resolve(element, nodes)
    family = xml.child_text(whole, *_FAMILY)
    if family:
        yield squeeze(f"{xml.child_text(whole, *_GIVEN)} {family}")
    elif name := xml.child_text(whole, "name"):
        yield from bylines.names_from_rows([name])
    elif not len(whole):
        yield from bylines.names_from_rows([xml.text(whole)])
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
