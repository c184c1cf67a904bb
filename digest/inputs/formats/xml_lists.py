"""XML of any shape that holds papers: JATS, TEI, DBLP, Europe PMC, DataCite, Solr …

    <article><front><article-meta><title-group><article-title>Memory Networks</article-title> …
    <result><title>Memory Networks</title><authorString>Weston J.</authorString> …
    <biblFull><titleStmt><title>Memory Networks</title><author><persName> …

https://jats.nlm.nih.gov; https://tei-c.org; https://dblp.org/xml/; https://europepmc.org/RestfulWebService
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
    inline_markup,
    tagged,
    xml,
    xml_records,
    xml_trees,
)
from digest.inputs.syntax.extents import Extent, tree
from digest.language.dates import earliest
from digest.models import Guess, Publication, Reading, Seed

NAME = "xml"

_ABSTRACTS = ("abstract", "abstracttext", "abstractnote", "ab", "n2", "summary", "zusammenfassung", "resume", "résumé", "resumen",
              "摘要", "description")  # fmt: skip
_ALL_AUTHORS = ("authors", "authorstring", "authorlist", "aus", "authornames", "byline")
_DATES = ("firstpublicationdate", "pubdate", "publicationdate", "datepublished", "coverdate", "published", "epubdate", "issued", "dateissued",
          "onlinedate", "date", "dt", "publicationyear", "pubyear", "year", "yr", "py", "y1")  # fmt: skip
_LESS_SURE = ("submitted", "created", "submitteddate", "producedate", "producedat", "updated")
_VENUES = ("journaltitle", "booktitle", "journal", "publicationname", "publicationtitle", "pubtitle", "sourcetitle", "containertitle", "jtl",
           "journalname", "jf", "fulltitle", "venue", "booktitle", "conferencename")  # fmt: skip
_SUBJECTS = ("kwd", "keyword", "subject", "category", "subj", "k1", "term")
_ALIASES = {"ee": "url", "ur": "url", "l1": "pdf", "fulltexturl": "url", "pdfurl": "pdf"}
_KINDS = ("pub-id-type", "type", "idType", "IdType", "identifierType", "alternateIdentifierType")
_NOT_IT = re.compile(
    r"graphical|teaser|toc|plain|lay|highlight|key|pr[eé]cis|other|methods|technical|series|tableofcontents|executive|video",
    re.I,
)
_NOT_MAIN = re.compile(r"sub|alt|trans|short|abbrev|running|other", re.I)
_NOT_AUTHOR = re.compile(r"ed(?:itor|t|s)?\b|transl|trl|review|advis|superv|ths|fund|illustr", re.I)


def recognise(document: Document) -> Guess:
    """Fairly sure where elements hold a title and something else of a paper."""
    if not xml.looks_xml(document.text) or re.search(
        r"<(?:html|svg)[\s>]", document.text[:3000], re.I
    ):
        return Guess(0.0, "an opening '<?xml' or '<'")
    if _some(document.head):
        return Guess(0.8)
    return Guess(0.05, "elements that hold a title and an author, an abstract or a DOI")


def _some(head: Document) -> bool:
    """Whether papers stand in the beginning of a document, which may break off."""
    try:
        root = xml.parse(head)
    except xml.UnsafeError:
        return False
    return root is not None and bool(xml_trees.papers(root))


def read(seed: Seed) -> Reading:
    """Read every element that is a paper; one of the same name that has no title is refused."""
    return xml_records.reading(seed, NAME, _entries, _find)


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
"""What belongs to a paper by name, the outer first, and whether it tells of where it appeared."""


def _find(seed: Seed, paper: xml.Element) -> findings.Find:
    found = _parts(paper)
    heading = _heading(found)
    title = tagged.unstopped(_title(heading))
    if heading is None or not title:
        return xml_records.missing(seed, paper)
    marks = _marks(found)
    links = crosswalk.found_links(marks)
    abstract = _abstract(found, heading)
    return findings.record(
        seed,
        xml.line(abstract if abstract is not None else heading),
        crosswalk.headed(title),
        inline_markup.of(abstract),
        authors=_authors(found),
        identifiers=crosswalk.found_ids(marks, links),
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


def _all(found: Parts, names: Sequence[str], venue: bool | None = False) -> list[xml.Element]:
    """The elements of these names that hold something, by name; None takes those of the venue too."""
    return [
        e
        for name in names
        for e, apart in found.get(name, ())
        if (venue is None or apart == venue) and (xml.text(e) or e.attrib)
    ]


# --- title and abstract ----------------------------------------------------------------


def _heading(found: Parts) -> xml.Element | None:
    """The title that is no translation and no subtitle."""
    titles = _all(found, xml_trees.TITLES) or _all(found, xml_trees.TITLES, venue=True)
    titles = [e for e in titles if xml.text(e)]
    return next((e for e in titles if not _NOT_MAIN.match(_kind(e))), next(iter(titles), None))


def _kind(element: xml.Element) -> str:
    """What an attribute says that an element is."""
    said = (value for key, value in element.attrib.items() if "type" in str(key).lower())
    return str(next(said, element.get("role") or ""))


def _title(heading: xml.Element | None) -> str:
    """The text of a title, with the subtitle beside it."""
    title = inline_markup.of(heading)
    beside = heading.getparent() if heading is not None else None
    subtitle = xml.child(beside, "subtitle") if beside is not None else ""
    return f"{title.rstrip(' :')}: {subtitle}" if title and subtitle else title


def _abstract(found: Parts, heading: xml.Element) -> xml.Element | None:
    """The abstract in the language of the title; what else is called one is none."""
    told = [e for e in _all(found, _ABSTRACTS) if xml.text(e) and not _NOT_IT.search(_kind(e))]
    told = [e for e in told if xml.name(e) == xml.name(told[0])]
    language = _language(heading)
    return next((e for e in told if _language(e) == language), next(iter(told), None))


def _language(element: xml.Element) -> str:
    said = (
        value
        for key, value in element.attrib.items()
        if str(key).lower().endswith("lang") or key == "language"
    )
    return str(next(said, ""))[:2].lower()


# --- people, days, places --------------------------------------------------------------


def _authors(found: Parts) -> tuple[str, ...]:
    """The people of a paper one by one, else as one text names them."""
    people = _all(found, [*xml_trees.PERSONS])
    people = [e for e in people if not _NOT_AUTHOR.match(_kind(e))]
    inner = [e for e in people if not any(up is not e and e in up.iterancestors() for up in people)]
    values = [xml_trees.children(e) for e in inner if xml.text(e)]
    if not values:
        whole = _all(found, _ALL_AUTHORS)
        values = [xml_trees.children(whole[0])] if whole else []
    names = creators.authors(values[0] if len(values) == 1 else values)
    return tuple(dict.fromkeys(_NUMBERED.sub("", name) for name in names))


_NUMBERED = re.compile(r"\s\d{4}$")
"""How DBLP tells people of one name apart."""


def _day(found: Parts, names: Sequence[str]) -> date | None:
    """The first day of publication, as exactly as any is given."""
    return earliest(day for e in _all(found, names, venue=None) if (day := _date(e)))


def _date(element: xml.Element) -> date | None:
    """The day that an element gives as an attribute, in parts, or as text."""
    if written := element.get("when") or element.get("iso-8601-date"):
        return date_parsing.parse(written)
    names = ("year", "month", "day")
    year, month, day = (xml.child(element, name) or element.get(name) or "" for name in names)
    if not year:
        return date_parsing.parse(xml.text(element))
    number = date_parsing.month(month) or 0
    known = [year, *([f"{number:02}"] if number else []), *([day] if number and day else [])]
    return date_parsing.parse("-".join(known))


def _venue(found: Parts) -> str:
    """What names a journal or a book: a text, or the title within."""
    named = [*_all(found, _VENUES, venue=None), *_all(found, ("title",), venue=True)]
    told = (xml.child(e, *_INSIDE) if len(e) else xml.text(e) for e in named)
    return next(filter(None, told), "")


def _publication(paper: xml.Element, found: Parts, title: str) -> Publication:
    """What the elements and what programs call the paper say of its publication."""
    low: dict[str, list[str]] = {}
    for name, elements in found.items():
        for element, _ in elements:
            if not len(element) and (text := xml.text(element)):
                low.setdefault(name, []).append(text)
    said = (paper, *paper.iter("article", "{*}article"))
    types = [e.get("article-type") or e.get("publtype") or e.get("type") or "" for e in said[:3]]
    low["type"] = [*types, *low.get("type", ()), *low.get("subject", ()), xml.name(paper)]
    return replace(crosswalk.publication_of(low, title), container=_venue(found))


_INSIDE = ("title", "journal-title", "name")


def _subjects(found: Parts) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(text for e in _all(found, _SUBJECTS) if not len(e) and (text := xml.text(e)))
    )


# --- identifiers and addresses ---------------------------------------------------------


def _marks(found: Parts) -> dict[str, object]:
    """What may be an identifier or an address, by name or by the kind that an attribute gives."""
    low: dict[str, object] = {}
    for name, elements in found.items():
        for element, venue in elements:
            if venue or len(element) or not (text := xml.text(element)):
                continue
            kind = next(
                (crosswalk.plain(str(said)) for key in _KINDS if (said := element.get(key))), ""
            )
            for key in (kind, _ALIASES.get(name, name)):
                if key and crosswalk.points(key):
                    low.setdefault(key, text)
    return low


_EXTENTS = (
    Extent("xml", r"\s{0,8}<(?:\?xml\b|![Dd][Oo][Cc][Tt][Yy][Pp][Ee]\b|[A-Za-z_][\w:.-]{0,80}(?:\s{1,20}[\w:.-]{1,60}\s?=|\s{0,20}>|\s*$))", tree, alone=True),
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
