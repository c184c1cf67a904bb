"""What a web page says of its paper to machines.

    <meta name="citation_title" content="Memory Networks">
    <script type="application/ld+json">{"@type": "ScholarlyArticle", "headline": …}</script>

Highwire Press tags, as Google Scholar asks for them; Dublin Core; PRISM; schema.org.
https://scholar.google.com/intl/en/scholar/inclusion.html#indexing, https://schema.org/ScholarlyArticle
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
from digest.inputs.layout.prose import prose
from digest.inputs.syntax import (
    creators,
    crosswalk,
    date_parsing,
    json_records,
    publication_parts,
    xml,
)
from digest.models import Publication, Record, Seed
from digest.papers import ids, publication_types

_LARGEST = 500_000
"""Letters of a script that are read."""

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
"""The names of tags by what they hold, the best first."""

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
"""Tags that say what a work is by being there."""

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

_ABSTRACT = re.compile(
    r"(?:\A|[\s_-])abstract(?:[\s_-](?:content|text|full|body|mathjax)|section)?(?:\s|\Z)", re.I
)
_TITLE = re.compile(
    r"\A\s*(?:abstract|summary|zusammenfassung|résumé|resumen)\s*[:.—-]?\s+(?=\S)", re.I
)
_ARTICLE = re.compile(r"(?:Medical)?ScholarlyArticle|Thesis|Chapter")


_PARTED = frozenset(
    ("div", "p", "section", "li", "ul", "br", "title", "h1", "h2", "h3", "h4", "h5", "h6")
)
"""Elements that stand apart from the text around them."""


def records(seed: Seed, root: etree._Element) -> list[Record]:
    """Return the papers that a page's metadata tell of; none where it is the page of no paper."""
    tags = _tags(root)
    stated = [found for thing in _things(root) if (found := _article(seed, thing))]
    tagged = _tagged(seed, root, tags)
    if tagged and len(stated) < 2:
        return [_filled(tagged, stated[0]) if stated else tagged]
    if len(stated) == 1 and not stated[0].abstract:
        return [replace(stated[0], abstract=_shown(root))]
    return stated


def _tags(root: etree._Element) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = defaultdict(list)
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        if content := (element.get("content") or "").strip():
            tags[name].append(content)
    return tags


def _values(tags: Mapping[str, list[str]], field: str) -> list[str]:
    """What the best tag of a field holds, each once."""
    held = next((tags[name] for name in _TAGS[field] if tags.get(name)), [])
    return list(dict.fromkeys(held))


def _is_paper(tags: Mapping[str, list[str]]) -> bool:
    """Whether tags are of one paper: those of libraries; plain Dublin Core with a DOI and names."""
    titles = {crosswalk.squeeze(one) for name in _TAGS["title"][:3] for one in tags.get(name, ())}
    if len(titles) == 1:
        return True
    known = ids.identifiers(_values(tags, "ids"))
    return not titles and bool(_values(tags, "title") and _values(tags, "authors") and known)


def _tagged(seed: Seed, root: etree._Element, tags: Mapping[str, list[str]]) -> Record | None:
    if not _is_paper(tags):
        return None
    marks = [mark for name in _TAGS["ids"] for mark in tags.get(name, ())]
    links = ids.links(_values(tags, "pdf"))
    found = {**ids.identifiers(link.url for link in links), **ids.identifiers(marks)}
    if arxiv := next(filter(None, map(ids.arxiv, _values(tags, "arxiv"))), None):
        found["arxiv"] = arxiv
    if pmid := next((one for one in _values(tags, "pmid") if one.isdigit()), None):
        found["pmid"] = pmid
    told = json_records.untag(" ".join(_values(tags, "abstract")))
    described = next(filter(_whole, map(json_records.untag, _values(tags, "described"))), "")
    title = next(element for element in root.iter("meta") if element.get("content"))
    return findings.record(
        seed,
        xml.line(title),
        json_records.untag(_values(tags, "title")[0]),
        _TITLE.sub("", told) or _shown(root) or described,
        authors=creators.authors(_values(tags, "authors")),
        identifiers=found,
        links=links,
        date=next(filter(None, map(date_parsing.parse, _values(tags, "date"))), None),
        venue=next(iter(_values(tags, "venue")), None),
        publication=_publication(tags),
    )


def _publication(tags: Mapping[str, list[str]]) -> Publication:
    told = {
        part: "; ".join(value for name in names for value in tags.get(name, ()))
        if part in publication_parts.NUMBERS
        else next((tags[name][0] for name in names if tags.get(name)), "")
        for part, names in _PARTS.items()
    }
    said = [one for name in ("dc.type", "eprints.type", "og:type") for one in tags.get(name, ())]
    by_tag = next((kind for name, kind in _KINDS.items() if tags.get(name)), "")
    container = next(iter(_values(tags, "venue")), "")
    return publication_parts.publication(
        {**told, "kind": by_tag or publication_types.of(*said), "container": container}
    )


def _whole(text: str) -> bool:
    """Whether a description is an abstract that does not break off."""
    return (
        prose(text) > 0 and not text.endswith(("…", "...")) and text.endswith((".", "。", "!", "?"))
    )


def _shown(root: etree._Element) -> str:
    """The abstract that the page shows, by the name of its element."""
    for element in root.iter("div", "section", "blockquote", "p", "span"):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(named) < 300 and _ABSTRACT.search(named):
            text = _TITLE.sub("", crosswalk.squeeze("".join(_pieces(element))))
            if prose(text) > 0 and len(text) <= findings.LONGEST:
                return text
    return ""


def _pieces(element: etree._Element) -> Iterator[str]:
    """The text of an element, parted where a block or a label of its own begins or ends."""
    yield element.text or ""
    for inner in element:
        parted = xml.name(inner) in _PARTED or "descriptor" in (inner.get("class") or "")
        if xml.name(inner) not in ("script", "style", "button"):
            told = "".join(_pieces(inner))
            yield f" {told} " if parted else told
        yield inner.tail or ""


# --- schema.org ------------------------------------------------------------------------


def _things(root: etree._Element) -> Iterator[Mapping[str, Any]]:
    """The scholarly articles that scripts of a page describe."""
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" in (script.get("type") or "") and len(text) <= _LARGEST:
            try:
                yield from _articles(json.loads(text), 6)
            except (ValueError, RecursionError):
                continue


def _articles(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
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
    title = crosswalk.text(thing.get("headline")) or crosswalk.text(thing.get("name"))
    if not title:
        return None
    told = [
        json_records.untag(crosswalk.text(thing.get(key))) for key in ("abstract", "description")
    ]
    marks = list(
        _strings(
            [thing.get(key) for key in ("@id", "sameAs", "identifier", "url", "mainEntityOfPage")],
            4,
        )
    )
    links = ids.links(_strings([thing.get("url")], 2))
    return findings.record(
        seed,
        1,
        json_records.untag(title),
        _TITLE.sub("", told[0] or (told[1] if _whole(told[1]) else "")),
        authors=creators.authors(thing.get("author") or thing.get("creator")),
        identifiers=ids.identifiers(marks),
        links=links,
        date=crosswalk.day(thing.get("datePublished")),
        venue=_venue(thing.get("isPartOf")),
        publication=_stated(thing),
    )  # fmt: skip


_STATED = {
    "volume": ("volumeNumber",),
    "issue": ("issueNumber",),
    "pages": ("pagination",),
    "first": ("pageStart",),
    "last": ("pageEnd",),
    "publisher": ("publisher", "sourceOrganization"),
    "isbn": ("isbn",),
    "issn": ("issn",),
}


def _stated(thing: Mapping[str, Any]) -> Publication:
    """What an article tells, then the issue, the volume and the journal that it is a part of."""
    parts, part = [thing], thing.get("isPartOf")
    for _ in range(4):
        part = part[0] if isinstance(part, list) and part else part
        if not isinstance(part, Mapping):
            break
        parts.append(part)
        part = part.get("isPartOf")
    told = {
        name: next((t for one in parts for key in keys if (t := crosswalk.text(one.get(key)))), "")
        for name, keys in _STATED.items()
    }
    kind = publication_types.of(*_strings(thing.get("@type"), 2))
    return publication_parts.publication(
        {**told, "kind": kind, "container": _venue(thing.get("isPartOf")) or ""}
    )


def _venue(part: Any) -> str | None:
    """The name of the journal that an issue of a volume is a part of."""
    name = ""
    for _ in range(4):
        if not isinstance(part, Mapping):
            break
        name = crosswalk.text(part.get("name")) or name
        part = part.get("isPartOf")
    return name or None


def _strings(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, Mapping)) and depth:
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(item, depth - 1)


def _filled(record: Record, other: Record) -> Record:
    """A record with what only the other knows."""
    return replace(
        record,
        abstract=record.abstract or other.abstract,
        authors=record.authors or other.authors,
        identifiers={**other.identifiers, **record.identifiers},
        links=record.links or other.links,
        date=record.date or other.date,
        venue=record.venue or other.venue,
        publication=record.publication
        if len(record.publication.told()) >= len(other.publication.told())
        else other.publication,
    )


def title(root: etree._Element) -> str:
    """Return what a page calls itself."""
    found: Sequence[etree._Element] = list(root.iter("title"))[:1] or list(root.iter("h1"))[:1]
    return xml.text(found[0]) if found else ""
