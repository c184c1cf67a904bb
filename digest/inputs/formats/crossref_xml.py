"""Crossref's XML, which its resolver returns for a DOI.

    <doi_records><doi_record><crossref><journal><journal_metadata><full_title>…</full_title>
      <journal_article><titles><title>…</title></titles><contributors><person_name …>
        <given_name>Ada</given_name><surname>Lovelace</surname></person_name> …

https://www.crossref.org/documentation/schema-library/
"""

from __future__ import annotations

import re
from datetime import date

from digest.inputs import findings
from digest.inputs.syntax import date_parsing, publication_parts, xml, xml_records
from digest.language.strings import squeeze
from digest.models import Publication, Seed
from digest.papers import ids, publication_types

_SIGNATURE = re.compile(
    r"<(?:\w+:)?(?:doi_records?|crossref(?:_result|_metadata)|crossref(?:\s[^<>]{0,500})?>\s*<)",
    re.I,
)
_WORKS = (
    "journal_article", "conference_paper", "content_item", "dataset", "posted_content", "peer_review", "dissertation",
    "report-paper_metadata", "report-paper_series_metadata", "standard_metadata", "book_metadata", "book_series_metadata",
    "book_set_metadata", "database_metadata", "proceedings_metadata", "proceedings_series_metadata", "journal_metadata",
)  # fmt: skip
"""The elements of works, the smallest first: the record of a chapter contains its book."""
_DAYS = ("publication_date", "posted_date", "approval_date", "review_date", "database_date")
_PLACES = ("full_title", "proceedings_title")


def _read_entry(seed: Seed, record: xml.Element) -> findings.Finding:
    work = next((e for name in _WORKS for e in xml.all_named(record, name)), record)
    title, whole = _title(work) or _title(record), work
    if not title:
        return xml_records.missing(seed, record)
    abstract = next(
        (e for e in xml.all_named(work, "abstract", "description") if xml.text(e)), None
    )
    links = ids.links(xml.text(e) for e in xml.all_named(work, "resource"))[:1]
    found = ids.identifiers(link.url for link in links)
    if doi := ids.doi(next((xml.text(e) for e in xml.all_named(work, "doi")), "")):
        found["doi"] = doi
    return findings.record(
        seed,
        xml.line(abstract if abstract is not None else whole),
        title,
        _abstract(abstract) if abstract is not None else "",
        authors=_people(work) or _people(record),
        identifiers=found,
        links=links,
        date=_day(work) or _day(record),
        publication=_publication(record, work, title),
        venue=next((xml.text(e) for e in xml.all_named(record, *_PLACES)), "")
        or _book(record, title),
    )


_PARTS = {
    "container": "full_title proceedings_title",
    "volume": "volume",
    "issue": "issue",
    "first": "first_page",
    "last": "last_page",
    "article": "item_number",
    "isbn": "isbn",
    "issn": "issn",
}


def _publication(record: xml.Element, work: xml.Element, title: str) -> Publication:
    """Return how a work was published; its own parts take precedence over its container's."""
    parts = xml_records.parts(_PARTS, work, record)
    kind = publication_types.kind_of(re.sub(r"_(?:series_|set_)?metadata$", "", xml.name(work)))
    by = (
        "institution_name"
        if kind in (publication_types.THESIS, publication_types.REPORT)
        else "publisher_name"
    )
    parts |= xml_records.parts({"publisher": f"{by} publisher_name institution_name"}, record)
    parts.setdefault("container", _book(record, title) or "")
    return publication_parts.publication({**parts, "kind": kind})


def _title(work: xml.Element) -> str:
    titles = next(iter(xml.all_named(work, "titles")), None)
    if titles is None:
        return ""
    title, subtitle = xml.child_text(titles, "title"), xml.child_text(titles, "subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title


def _book(record: xml.Element, title: str) -> str | None:
    books = xml.all_named(record, "book_metadata", "book_series_metadata")
    return next((name for book in books if (name := _title(book)) and name != title), None)


def _abstract(abstract: xml.Element) -> str:
    """Return the paragraphs, without a heading such as 'Abstract'."""
    parts = [e for e in abstract if xml.text(e).lower() not in ("abstract", "summary")]
    return " ".join(filter(None, map(xml.text, parts))) or xml.text(abstract)


def _people(work: xml.Element) -> tuple[str, ...]:
    """Return the authors, else all other contributors."""
    found: dict[str, list[str]] = {}
    for group in (*xml.all_named(work, "contributors"), work):
        for person in xml.children(group, "person_name", "organization"):
            parts = (xml.child_text(person, part) for part in ("given_name", "surname", "suffix"))
            name = squeeze(" ".join(parts)) or xml.text(person)
            found.setdefault(person.get("contributor_role") or "author", []).append(name)
        if found:
            break
    names = found.get("author") or [name for group in found.values() for name in group]
    return tuple(dict.fromkeys(filter(None, names)))


def _day(work: xml.Element) -> date | None:
    """Return the date of the printed version, else the first that is given."""
    found = sorted(xml.all_named(work, *_DAYS), key=lambda e: e.get("media_type") != "print")
    for element in found:
        parts = [xml.child_text(element, name) for name in ("year", "month", "day")]
        if day := date_parsing.parse("-".join(part.zfill(2) for part in parts if part)):
            return day
        if day := date_parsing.parse(parts[0]):
            return day  # the month may be a season
    return None


FORMAT = xml_records.make_format(
    "crossref-xml",
    "Crossref list",
    _SIGNATURE,
    "an element <doi_record>",
    ("doi_record",),
    _read_entry,
    0.96,
    believed=True,
    about="Crossref's XML",
    example="<doi_record><crossref><journal>…",
)
