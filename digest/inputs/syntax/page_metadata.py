"""The metadata of a web page about its paper.

    <meta name="citation_title" content="Memory Networks">
    <script type="application/ld+json">{"@type": "ScholarlyArticle", "headline": …}</script>

Highwire Press tags, as Google Scholar requires them; Dublin Core; PRISM; schema.org.
https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
https://schema.org/ScholarlyArticle
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from digest.inputs import findings
from digest.inputs.layout.prose import prose_score
from digest.inputs.syntax import (
    creators,
    date_parsing,
    field_values,
    json_records,
    publication_parts,
    xml,
)
from digest.language.strings import squeeze
from digest.models import Publication, Record, Seed
from digest.papers import ids, publication_types

_LARGEST = 500_000
"""Maximum characters of a script that is read."""

_TAGS: Mapping[str, tuple[str, ...]] = {
    "title": ("citation_title", "bepress_citation_title", "eprints.title", "dc.title", "dcterms.title", "prism.title"),
    "authors": ("citation_author", "citation_authors", "bepress_citation_author", "eprints.creators_name", "dc.creator", "dcterms.creator", "dc.contributor"),
    "abstract": ("citation_abstract", "dcterms.abstract", "dc.description.abstract", "eprints.abstract"),
    "described": ("dc.description", "dcterms.description", "og:description", "description"),
    "date": ("citation_publication_date", "citation_online_date", "citation_date", "bepress_citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "prism.publicationdate", "citation_year"),
    "venue": ("citation_journal_title", "citation_conference_title", "citation_conference", "citation_inbook_title", "citation_book_title", "prism.publicationname"),
    "ids": ("citation_doi", "bepress_citation_doi", "prism.doi", "dc.identifier", "dcterms.identifier", "dc.identifier.doi"),
    "pdf": ("citation_abstract_html_url", "citation_public_url", "citation_pdf_url"),
    "arxiv": ("citation_arxiv_id",),
    "pmid": ("citation_pmid",),
}  # fmt: skip
"""The names of tags for each field, the best first."""

_KINDS = {
    "citation_conference_title": publication_types.CONFERENCE,
    "citation_conference": publication_types.CONFERENCE,
    "citation_inbook_title": publication_types.CHAPTER,
    "citation_book_title": publication_types.CHAPTER,
    "citation_dissertation_institution": publication_types.THESIS,
    "citation_dissertation_name": publication_types.THESIS,
    "citation_technical_report_institution": publication_types.REPORT,
    "citation_technical_report_number": publication_types.REPORT,
    "citation_journal_title": publication_types.ARTICLE,
}
"""Tags whose presence shows the type of a work."""

_PARTS: Mapping[str, tuple[str, ...]] = {
    "volume": ("citation_volume", "prism.volume", "bepress_citation_volume", "eprints.volume", "dc.citation.volume"),
    "issue": ("citation_issue", "citation_technical_report_number", "prism.number", "bepress_citation_issue", "eprints.number", "dc.citation.issue"),
    "pages": ("eprints.pagerange", "citation_pages"),
    "first": ("citation_firstpage", "citation_first_page", "prism.startingpage", "bepress_citation_firstpage", "dc.citation.spage"),
    "last": ("citation_lastpage", "citation_last_page", "prism.endingpage", "bepress_citation_lastpage", "dc.citation.epage"),
    "article": ("citation_article_number", "citation_elocation_id"),
    "publisher": ("citation_dissertation_institution", "citation_technical_report_institution", "citation_publisher", "dc.publisher", "dcterms.publisher", "eprints.publisher"),
    "isbn": ("citation_isbn", "prism.isbn", "eprints.isbn"),
    "issn": ("citation_issn", "prism.issn", "prism.eissn", "eprints.issn"),
}  # fmt: skip
"""The names of tags for each part of a publication, the best first."""

_ABSTRACT = re.compile(
    r"(?:\A|[\s_-])abstract(?:[\s_-](?:content|text|full|body|mathjax)|section)?(?:\s|\Z)", re.I
)
_HEADING = re.compile(
    r"\A\s*(?:abstract|summary|zusammenfassung|résumé|resumen)\s*[:.—-]?\s+(?=\S)", re.I
)
_ARTICLE = re.compile(r"(?:Medical)?ScholarlyArticle|Thesis|Chapter")


_PARTED = frozenset(
    ("div", "p", "section", "li", "ul", "br", "title", "h1", "h2", "h3", "h4", "h5", "h6")
)
"""Elements that are separate from the text around them."""


def records(seed: Seed, root: etree._Element) -> list[Record]:
    """Return the papers that the metadata of a page describe."""
    tags = _tags(root)
    stated = [found for thing in _things(root) if (found := _article(seed, thing))]
    tagged = _tagged(seed, root, tags)
    if tagged and len(stated) < 2:
        return [_filled(tagged, stated[0]) if stated else tagged]
    if len(stated) == 1 and not stated[0].abstract:
        return [replace(stated[0], abstract=_shown_abstract(root))]
    return stated


def _tags(root: etree._Element) -> dict[str, list[str]]:
    """Return the contents of the meta tags of a page, by name in lower case."""
    tags: dict[str, list[str]] = defaultdict(list)
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        if content := (element.get("content") or "").strip():
            tags[name].append(content)
    return tags


def _values(tags: Mapping[str, list[str]], field: str) -> list[str]:
    """Return the distinct contents of the best tag of a field."""
    held = next((tags[name] for name in _TAGS[field] if tags.get(name)), [])
    return list(dict.fromkeys(held))


def _is_paper(tags: Mapping[str, list[str]]) -> bool:
    """Whether tags describe one paper: scholarly ones, or Dublin Core with a DOI and authors."""
    titles = {squeeze(one) for name in _TAGS["title"][:3] for one in tags.get(name, ())}
    if len(titles) == 1:
        return True
    known = ids.identifiers(_values(tags, "ids"))
    return not titles and bool(_values(tags, "title") and _values(tags, "authors") and known)


def _tagged(seed: Seed, root: etree._Element, tags: Mapping[str, list[str]]) -> Record | None:
    """Return the paper that the meta tags of a page describe."""
    if not _is_paper(tags):
        return None
    identifiers = [value for name in _TAGS["ids"] for value in tags.get(name, ())]
    links = ids.links(_values(tags, "pdf"))
    found = {**ids.identifiers(link.url for link in links), **ids.identifiers(identifiers)}
    if arxiv := next(filter(None, map(ids.arxiv, _values(tags, "arxiv"))), None):
        found["arxiv"] = arxiv
    if pmid := next((one for one in _values(tags, "pmid") if one.isdigit()), None):
        found["pmid"] = pmid
    abstract = json_records.untag(" ".join(_values(tags, "abstract")))
    described = next(
        filter(_is_whole_abstract, map(json_records.untag, _values(tags, "described"))), ""
    )
    title = next(element for element in root.iter("meta") if element.get("content"))
    return findings.record(
        seed,
        xml.line(title),
        json_records.untag(_values(tags, "title")[0]),
        _HEADING.sub("", abstract) or _shown_abstract(root) or described,
        authors=creators.authors(_values(tags, "authors")),
        identifiers=found,
        links=links,
        date=next(filter(None, map(date_parsing.parse, _values(tags, "date"))), None),
        venue=next(iter(_values(tags, "venue")), None),
        publication=_publication(tags),
    )


def _publication(tags: Mapping[str, list[str]]) -> Publication:
    """Return the publication that the meta tags of a page describe."""
    parts = {
        part: "; ".join(value for name in names for value in tags.get(name, ()))
        if part in publication_parts.NUMBERS
        else next((tags[name][0] for name in names if tags.get(name)), "")
        for part, names in _PARTS.items()
    }
    types = [one for name in ("dc.type", "eprints.type", "og:type") for one in tags.get(name, ())]
    by_tag = next((kind for name, kind in _KINDS.items() if tags.get(name)), "")
    container = next(iter(_values(tags, "venue")), "")
    return publication_parts.publication(
        {**parts, "kind": by_tag or publication_types.kind_of(*types), "container": container}
    )


def _is_whole_abstract(text: str) -> bool:
    """Whether a description is an abstract and not truncated."""
    return (
        prose_score(text) > 0
        and not text.endswith(("…", "..."))
        and text.endswith((".", "。", "!", "?"))
    )


def _shown_abstract(root: etree._Element) -> str:
    """Return the abstract in the text of a page, found by the class or id of its element."""
    for element in root.iter("div", "section", "blockquote", "p", "span"):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(named) < 300 and _ABSTRACT.search(named):
            text = _HEADING.sub("", squeeze("".join(_pieces(element))))
            if prose_score(text) > 0 and len(text) <= findings.LONGEST:
                return text
    return ""


def _pieces(element: etree._Element) -> Iterator[str]:
    """Yield the text of an element, with blanks where a block or a label begins or ends."""
    yield element.text or ""
    for inner in element:
        parted = xml.name(inner) in _PARTED or "descriptor" in (inner.get("class") or "")
        if xml.name(inner) not in ("script", "style", "button"):
            text = "".join(_pieces(inner))
            yield f" {text} " if parted else text
        yield inner.tail or ""


# --- schema.org ------------------------------------------------------------------------


def _things(root: etree._Element) -> Iterator[Mapping[str, Any]]:
    """Yield the scholarly articles that the scripts of a page describe."""
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" in (script.get("type") or "") and len(text) <= _LARGEST:
            try:
                yield from _articles(json.loads(text), 6)
            except (ValueError, RecursionError):
                continue


def _articles(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield the articles in a value of JSON-LD."""
    if isinstance(value, list) and depth:
        for item in value:
            yield from _articles(item, depth - 1)
    elif isinstance(value, Mapping) and depth:
        kinds = value.get("@type")
        if any(
            _ARTICLE.fullmatch(str(kind))
            for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield value
            return
        for key in ("@graph", "mainEntity", "itemListElement", "item", "hasPart"):
            yield from _articles(value.get(key), depth - 1)


def _article(seed: Seed, thing: Mapping[str, Any]) -> Record | None:
    """Return the record of an article of schema.org; None if it has no title."""
    title = field_values.text(thing.get("headline")) or field_values.text(thing.get("name"))
    if not title:
        return None
    abstract, described = (
        json_records.untag(field_values.text(thing.get(key))) for key in ("abstract", "description")
    )
    named = [thing.get(key) for key in ("@id", "sameAs", "identifier", "url", "mainEntityOfPage")]
    links = ids.links(_strings([thing.get("url")], 2))
    return findings.record(
        seed,
        1,
        json_records.untag(title),
        _HEADING.sub("", abstract or (described if _is_whole_abstract(described) else "")),
        authors=creators.authors(thing.get("author") or thing.get("creator")),
        identifiers=ids.identifiers(_strings(named, 4)),
        links=links,
        date=field_values.day(thing.get("datePublished")),
        venue=_venue(thing.get("isPartOf")),
        publication=_article_publication(thing),
    )


_PROPERTIES = {
    "volume": ("volumeNumber",),
    "issue": ("issueNumber",),
    "pages": ("pagination",),
    "first": ("pageStart",),
    "last": ("pageEnd",),
    "publisher": ("publisher", "sourceOrganization"),
    "isbn": ("isbn",),
    "issn": ("issn",),
}
"""The properties of schema.org for each part of a publication."""


def _article_publication(thing: Mapping[str, Any]) -> Publication:
    """Return the publication of an article, from it and its issue, volume and journal."""
    wholes, part = [thing], thing.get("isPartOf")
    for _ in range(4):
        part = part[0] if isinstance(part, list) and part else part
        if not isinstance(part, Mapping):
            break
        wholes.append(part)
        part = part.get("isPartOf")
    parts = {
        name: next(
            (t for one in wholes for key in keys if (t := field_values.text(one.get(key)))), ""
        )
        for name, keys in _PROPERTIES.items()
    }
    kind = publication_types.kind_of(*_strings(thing.get("@type"), 2))
    return publication_parts.publication(
        {**parts, "kind": kind, "container": _venue(thing.get("isPartOf")) or ""}
    )


def _venue(part: Any) -> str | None:
    """Return the name of the journal that a part, such as an issue, belongs to."""
    name = ""
    for _ in range(4):
        if not isinstance(part, Mapping):
            break
        name = field_values.text(part.get("name")) or name
        part = part.get("isPartOf")
    return name or None


def _strings(value: Any, depth: int) -> Iterator[str]:
    """Yield the strings in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, Mapping)) and depth:
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(item, depth - 1)


def _filled(record: Record, other: Record) -> Record:
    """Return a record, its missing fields from another."""
    return replace(
        record,
        abstract=record.abstract or other.abstract,
        authors=record.authors or other.authors,
        identifiers={**other.identifiers, **record.identifiers},
        links=record.links or other.links,
        date=record.date or other.date,
        venue=record.venue or other.venue,
        publication=record.publication
        if len(record.publication.parts()) >= len(other.publication.parts())
        else other.publication,
    )


def title(root: etree._Element) -> str:
    """Return the title of a page, or its first heading."""
    found: Sequence[etree._Element] = list(root.iter("title"))[:1] or list(root.iter("h1"))[:1]
    return xml.text(found[0]) if found else ""
