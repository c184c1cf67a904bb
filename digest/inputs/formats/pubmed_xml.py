"""PubMed's XML.

    <PubmedArticle><MedlineCitation><PMID>25601284</PMID><Article>
      <ArticleTitle>Memory networks.</ArticleTitle>
      <Abstract><AbstractText Label="AIM">We describe …</AbstractText></Abstract>

https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/index.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from digest.inputs import findings
from digest.inputs.syntax import (
    date_parsing,
    publication_parts,
    tagged,
    xml,
    xml_records,
)
from digest.language.strings import squeeze
from digest.models import Link, Publication, Seed
from digest.papers import ids, publication_types

_SIGNATURE = re.compile(r"<Pubmed(?:Article|BookArticle)|<MedlineCitation", re.I)


_TITLES = ("articletitle", "vernaculartitle", "booktitle")


def _entries(seed: Seed) -> Sequence[str]:
    """Return the names of the elements of articles, as exported or as in the index."""
    entries: tuple[str, ...] = ("pubmedarticle", "pubmedbookarticle")
    if not re.search(r"<PubmedArticle[\s>]|<PubmedBookArticle[\s>]", seed.text):
        entries = ("medlinecitation",)
    return entries


def _read_entry(seed: Seed, entry: xml.Element) -> findings.Finding:
    # A chapter contains the title of its book, which precedes its own.
    title = next((t for name in _TITLES if (t := _first(entry, name))), "")
    if not title:
        return xml_records.missing(seed, entry)
    parts = [
        e
        for e in xml.all_named(entry, "abstracttext")
        if e.getparent() is not None and xml.name(e.getparent()) == "abstract"
    ]
    found = _identifiers(entry)
    page = f"https://pubmed.ncbi.nlm.nih.gov/{found['pmid']}/" if "pmid" in found else ""
    publication = _publication(entry, title)
    return findings.record(
        seed,
        xml.line(parts[0] if parts else entry),
        tagged.without_full_stop(title),
        " ".join(_section_text(part) for part in parts),
        authors=_authors(entry),
        identifiers=found,
        links=(Link(page, "paper"),) if page else (),
        date=_date(entry),
        categories=tuple(
            dict.fromkeys(xml.text(e) for e in xml.all_named(entry, "keyword") if xml.text(e))
        ),
        venue=publication.container or None,
        publication=publication,
    )


_PARTS = {
    "volume": "volume",
    "issue": "issue",
    "pages": "medlinepgn",
    "first": "startpage",
    "last": "endpage",
    "publisher": "publishername",
    "isbn": "isbn",
    "issn": "issn",
}


def _publication(entry: xml.Element, title: str) -> Publication:
    parts = xml_records.parts(_PARTS, entry)
    types = [xml.text(e) for e in xml.all_named(entry, "publicationtype")]
    journal = next((xml.child_text(e, "title") for e in xml.all_named(entry, "journal")), "")
    book = _first(entry, "booktitle")
    kind = publication_types.kind_of(*types)
    if book:
        kind = publication_types.BOOK if book == title else publication_types.CHAPTER
    container = journal or (tagged.without_full_stop(book) if book != title else "")
    return publication_parts.publication({**parts, "kind": kind, "container": container})


def _first(entry: xml.Element, name: str) -> str:
    return next((text for e in xml.all_named(entry, name) if (text := xml.text(e))), "")


def _section_text(part: xml.Element) -> str:
    label = part.get("Label")
    return (
        f"{label}: {xml.text(part)}" if label and label.upper() != "UNLABELLED" else xml.text(part)
    )


def _identifiers(entry: xml.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in xml.all_named(entry, "pmid", "articleid", "elocationid"):
        if any(
            xml.name(up) in ("referencelist", "commentscorrections")
            for up in element.iterancestors()
        ):
            continue
        kind = (
            element.get("IdType")
            or element.get("EIdType")
            or ("pubmed" if xml.name(element) == "pmid" else "")
        )
        if kind == "pubmed" and xml.text(element).isdigit():
            found.setdefault("pmid", xml.text(element))
        elif kind == "doi" and (doi := ids.doi(xml.text(element))):
            found.setdefault("doi", doi)
    return found


def _authors(entry: xml.Element) -> tuple[str, ...]:
    holder = next(
        (e for e in xml.all_named(entry, "authorlist") if e.get("Type") != "editors"), None
    )
    people = xml.children(holder, "author") if holder is not None else []
    names = (xml.child_text(p, "collectivename") or _name(p) for p in people)
    return tuple(name for name in map(squeeze, names) if name)


def _name(person: xml.Element) -> str:
    given = xml.child_text(person, "forename", "firstname", "initials")
    family, suffix = xml.child_text(person, "lastname"), xml.child_text(person, "suffix")
    return f"{given} {family} {suffix}"


def _date(entry: xml.Element) -> date | None:
    """Return the date of the issue, else of the electronic publication."""
    for element in [*xml.all_named(entry, "pubdate"), *xml.all_named(entry, "articledate")]:
        written = xml.child_text(element, "medlinedate")
        parts = [xml.child_text(element, name) for name in ("year", "month", "day")]
        number = date_parsing.month(parts[1])
        if parts[0] and (number or not parts[1]):
            parts[1:] = [f"{number:02}", parts[2]] if number else []
            return date_parsing.parse("-".join(part for part in parts if part))
        if day := date_parsing.parse(written or parts[0]):
            return day
    return None


FORMAT = xml_records.make_format(
    "pubmed-xml",
    "PubMed list",
    _SIGNATURE,
    "an element <PubmedArticle>",
    _entries,
    _read_entry,
    0.97,
    believed=True,
    about="PubMed XML",
    example="<PubmedArticleSet>…",
)
