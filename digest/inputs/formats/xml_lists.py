"""XML with papers in any schema: JATS, TEI, DBLP, Europe PMC, DataCite, Solr …

    <article><front><article-meta><title-group><article-title>Memory Networks</article-title> …
    <result><title>Memory Networks</title><authorString>Weston J.</authorString> …
    <biblFull><titleStmt><title>Memory Networks</title><author><persName> …

https://jats.nlm.nih.gov; https://tei-c.org; https://dblp.org/xml/
https://europepmc.org/RestfulWebService
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.syntax import (
    creators,
    crosswalk,
    date_parsing,
    field_names,
    field_values,
    inline_markup,
    tagged,
    xml,
    xml_records,
    xml_trees,
)
from digest.inputs.syntax.extents import Extent, end_of_xml
from digest.language.dates import earliest
from digest.models import Guess, Publication, Reading, Seed

NAME = "xml"

_ABSTRACTS = (
    "abstract", "abstracttext", "abstractnote", "ab", "n2", "summary", "zusammenfassung", "resume",
    "résumé", "resumen", "摘要", "description",
)  # fmt: skip
_ALL_AUTHORS = ("authors", "authorstring", "authorlist", "aus", "authornames", "byline")
_DATES = (
    "firstpublicationdate", "pubdate", "publicationdate", "datepublished", "coverdate", "published",
    "epubdate", "issued", "dateissued", "onlinedate", "date", "dt", "publicationyear", "pubyear",
    "year", "yr", "py", "y1",
)  # fmt: skip
_LESS_SURE = ("submitted", "created", "submitteddate", "producedate", "producedat", "updated")
_VENUES = (
    "journaltitle", "booktitle", "journal", "publicationname", "publicationtitle", "pubtitle",
    "sourcetitle", "containertitle", "jtl", "journalname", "jf", "fulltitle", "venue", "booktitle",
    "conferencename",
)  # fmt: skip
_SUBJECTS = ("kwd", "keyword", "subject", "category", "subj", "k1", "term")
_ALIASES = {"ee": "url", "ur": "url", "l1": "pdf", "fulltexturl": "url", "pdfurl": "pdf"}
_KINDS = ("pub-id-type", "type", "idType", "IdType", "identifierType", "alternateIdentifierType")
_NOT_AN_ABSTRACT = re.compile(
    r"graphical|teaser|toc|plain|lay|highlight|key|pr[eé]cis|other|methods|technical|series|tableofcontents|executive|video",
    re.I,
)
_NOT_MAIN = re.compile(r"sub|alt|trans|short|abbrev|running|other", re.I)
_NOT_AUTHOR = re.compile(r"ed(?:itor|t|s)?\b|transl|trl|review|advis|superv|ths|fund|illustr", re.I)


def recognise(document: Document) -> Guess:
    """Fairly sure if elements contain a title and another field of a paper."""
    if not xml.looks_xml(document.text) or re.search(
        r"<(?:html|svg)[\s>]", document.text[:3000], re.I
    ):
        return Guess(0.0, "an opening '<?xml' or '<'")
    if _has_papers(document.head):
        return Guess(0.8)
    return Guess(0.05, "elements that hold a title and an author, an abstract or a DOI")


def _has_papers(head: Document) -> bool:
    """Return whether there are papers in the beginning of a document, which may be truncated."""
    try:
        root = xml.parse(head)
    except xml.UnsafeError:
        return False
    return root is not None and bool(xml_trees.papers(root))


def read(seed: Seed) -> Reading:
    """Read every element that is a paper; one of the same name without a title is refused."""
    return xml_records.reading(seed, NAME, _entries, _read_entry)


def _entries(root: xml.Element) -> list[xml.Element]:
    papers = xml_trees.papers(root)
    kinds = {(e.tag, e.getparent()) for e in papers}
    known = set(papers)
    return [
        e
        for e in root.iter()
        if e in known or ((e.tag, e.getparent()) in kinds and not known & {*e.iter()})
    ]


Parts = Mapping[str, Sequence[tuple[xml.Element, bool]]]
"""The elements of a paper by name, the outer first, each with whether it is part of the venue."""


def _read_entry(seed: Seed, paper: xml.Element) -> findings.Finding:
    found = _parts(paper)
    heading = _heading(found)
    title = tagged.without_full_stop(_title(heading))
    if heading is None or not title:
        return xml_records.missing(seed, paper)
    texts = _identifier_texts(found)
    links = crosswalk.find_links(texts)
    abstract = _abstract(found, heading)
    return findings.record(
        seed,
        xml.line(abstract if abstract is not None else heading),
        field_values.bare_title(title),
        inline_markup.text_of(abstract),
        authors=_authors(found),
        identifiers=crosswalk.find_identifiers(texts, links),
        links=links,
        date=_day(found, _DATES) or _day(found, _LESS_SURE),
        categories=_subjects(found),
        venue=_venue(found) or None,
        publication=_publication(paper, found, title),
    )


def _parts(paper: xml.Element) -> Parts:
    found: dict[str, list[tuple[xml.Element, bool]]] = {}
    for element, venue in xml_trees.walk(paper):
        if element is not paper:
            found.setdefault(xml_trees.label(element), []).append((element, venue))
    return found


def _elements(found: Parts, names: Sequence[str], venue: bool | None = False) -> list[xml.Element]:
    """Return the non-empty elements of these names, in the order of the names.

    `venue` selects those that are part of the venue, or not; None selects both.
    """
    return [
        e
        for name in names
        for e, apart in found.get(name, ())
        if (venue is None or apart == venue) and (xml.text(e) or e.attrib)
    ]


# --- title and abstract ----------------------------------------------------------------


def _heading(found: Parts) -> xml.Element | None:
    """Return the element of the main title: no translation, no subtitle."""
    titles = _elements(found, xml_trees.TITLES) or _elements(found, xml_trees.TITLES, venue=True)
    titles = [e for e in titles if xml.text(e)]
    return next(
        (e for e in titles if not _NOT_MAIN.match(_type_attribute(e))), next(iter(titles), None)
    )


def _type_attribute(element: xml.Element) -> str:
    """Return the attribute that gives the type of an element, or its role."""
    types = (value for key, value in element.attrib.items() if "type" in str(key).lower())
    return str(next(types, element.get("role") or ""))


def _title(heading: xml.Element | None) -> str:
    """Return the text of a title, with the subtitle beside it."""
    title = inline_markup.text_of(heading)
    beside = heading.getparent() if heading is not None else None
    subtitle = xml.child_text(beside, "subtitle") if beside is not None else ""
    return f"{title.rstrip(' :')}: {subtitle}" if title and subtitle else title


def _abstract(found: Parts, heading: xml.Element) -> xml.Element | None:
    """Return the abstract in the language of the title; graphical ones and others are ignored."""
    candidates = [
        e
        for e in _elements(found, _ABSTRACTS)
        if xml.text(e) and not _NOT_AN_ABSTRACT.search(_type_attribute(e))
    ]
    candidates = [e for e in candidates if xml.name(e) == xml.name(candidates[0])]
    language = _language(heading)
    return next((e for e in candidates if _language(e) == language), next(iter(candidates), None))


def _language(element: xml.Element) -> str:
    languages = (
        value
        for key, value in element.attrib.items()
        if str(key).lower().endswith("lang") or key == "language"
    )
    return str(next(languages, ""))[:2].lower()


# --- people, days, places --------------------------------------------------------------


def _authors(found: Parts) -> tuple[str, ...]:
    """Return the authors given one by one, else those named in one text."""
    people = _elements(found, [*xml_trees.PERSONS])
    people = [e for e in people if not _NOT_AUTHOR.match(_type_attribute(e))]
    inner = [e for e in people if not any(up is not e and e in up.iterancestors() for up in people)]
    values = [xml_trees.to_object(e) for e in inner if xml.text(e)]
    if not values:
        whole = _elements(found, _ALL_AUTHORS)
        values = [xml_trees.to_object(whole[0])] if whole else []
    names = creators.authors(values[0] if len(values) == 1 else values)
    return tuple(dict.fromkeys(_NUMBERED.sub("", name) for name in names))


_NUMBERED = re.compile(r"\s\d{4}$")
"""The number with which DBLP distinguishes people of the same name."""


def _day(found: Parts, names: Sequence[str]) -> date | None:
    """Return the earliest date of publication, as exactly as any element gives it."""
    return earliest(day for e in _elements(found, names, venue=None) if (day := _date(e)))


def _date(element: xml.Element) -> date | None:
    """Return the date that an element gives as an attribute, in parts, or as text."""
    if written := element.get("when") or element.get("iso-8601-date"):
        return date_parsing.parse(written)
    names = ("year", "month", "day")
    year, month, day = (xml.child_text(element, name) or element.get(name) or "" for name in names)
    if not year:
        return date_parsing.parse(xml.text(element))
    number = date_parsing.month(month) or 0
    known = [year, *([f"{number:02}"] if number else []), *([day] if number and day else [])]
    return date_parsing.parse("-".join(known))


def _venue(found: Parts) -> str:
    """Return the name of the journal or book: a text, or the title within an element."""
    named = [*_elements(found, _VENUES, venue=None), *_elements(found, ("title",), venue=True)]
    names = (xml.child_text(e, *_INSIDE) if len(e) else xml.text(e) for e in named)
    return next(filter(None, names), "")


def _publication(paper: xml.Element, found: Parts, title: str) -> Publication:
    """Return how a paper was published, from its elements and from the types it is given."""
    low: dict[str, list[str]] = {}
    for name, elements in found.items():
        for element, _ in elements:
            if not len(element) and (text := xml.text(element)):
                low.setdefault(name, []).append(text)
    articles = (paper, *paper.iter("article", "{*}article"))
    types = [
        e.get("article-type") or e.get("publtype") or e.get("type") or "" for e in articles[:3]
    ]
    low["type"] = [*types, *low.get("type", ()), *low.get("subject", ()), xml.name(paper)]
    return replace(crosswalk.publication_of(low, title), container=_venue(found))


_INSIDE = ("title", "journal-title", "name")


def _subjects(found: Parts) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            text for e in _elements(found, _SUBJECTS) if not len(e) and (text := xml.text(e))
        )
    )


# --- identifiers and addresses ---------------------------------------------------------


def _identifier_texts(found: Parts) -> dict[str, object]:
    """Return possible identifiers and addresses, by element name or by the type in an attribute."""
    low: dict[str, object] = {}
    for name, elements in found.items():
        for element, venue in elements:
            if venue or len(element) or not (text := xml.text(element)):
                continue
            kind = next(
                (
                    field_names.normalize_key(str(value))
                    for key in _KINDS
                    if (value := element.get(key))
                ),
                "",
            )
            for key in (kind, _ALIASES.get(name, name)):
                if key and field_names.holds_identifier(key):
                    low.setdefault(key, text)
    return low


_EXTENTS = (
    Extent("xml", r"\s{0,8}<(?:\?xml\b|![Dd][Oo][Cc][Tt][Yy][Pp][Ee]\b|[A-Za-z_][\w:.-]{0,80}(?:\s{1,20}[\w:.-]{1,60}\s?=|\s{0,20}>|\s*$))", end_of_xml, alone=True),
)  # fmt: skip

FORMAT = Format(
    NAME,
    "XML list of papers",
    "xml",
    recognise,
    read,
    extents=_EXTENTS,
    about="XML of any other shape: JATS, TEI, DBLP, Europe PMC, names nobody declared",
    example="<article-title>A comet in pieces</article-title>…",
)
