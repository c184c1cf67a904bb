"""Crosswalk from JSON objects and rows of tables, whatever their keys, to records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from digest.inputs import findings
from digest.inputs.syntax import (
    creators,
    date_parsing,
    field_names,
    field_values,
    publication_parts,
)
from digest.models import Link, Publication, Record, Seed
from digest.papers import ids, publication_types


def record(seed: Seed, line: int, given: Mapping[str, Any]) -> Record | None:
    """Return a record of an object by its keys; None if it describes no paper."""
    low = field_names.unwrap(given)
    title, abstract = (
        field_values.text(_first(low, "title")),
        field_values.text(_first(low, "abstract")),
    )
    if (not title and not abstract) or _is_software(low):
        return None
    links = find_links(low)
    publication = publication_of(low, title)
    date, updated = _dates(low)
    return findings.record(
        seed,
        line,
        field_values.bare_title(title),
        abstract,
        authors=creators.authors(_first(low, "authors")),
        identifiers=find_identifiers(low, links),
        links=links,
        date=date,
        updated=updated,
        categories=field_values.categories(_first(low, "categories")),
        venue=field_values.text(_first(low, "venue")) or publication.container or None,
        publication=publication,
        comment=field_values.text(_first(low, "comment")) or None,
    )


def publication_of(low: Mapping[str, Any], title: str) -> Publication:
    """Return the publication that an object and its inner journal, volume or book describe.

    `title` is that of the paper, which is not its container.

    >>> journal = {"title": "Shores", "volume": 18, "issns": ["0000-0019"]}
    >>> publication_of({"type": "article", "journal": journal}, "A")
    Publication(kind='article-journal', container='Shores', volume='18', issn='0000-0019')
    """
    nested = list(_holders(low, field_names.DEEPEST))
    values: dict[str, list[str]] = {}
    for keys in (low, *nested):
        ranked = sorted(
            (rank, part, name)
            for name in keys
            for part, rank in field_names.PARTS_OF_KEY.get(name, ())
        )
        for _, part, name in ranked:
            values.setdefault(part, []).extend(field_values.texts(keys[name]))
    types = values.pop("kind", [])
    genres = filter(None, map(publication_types.genre, types))
    parts = {"kind": publication_types.kind_of(*types), "genre": next(genres, "")}
    for part, found in values.items():
        if found:
            parts[part] = "; ".join(found[:20]) if part in publication_parts.NUMBERS else found[0]
    school, number = parts.pop("school", ""), parts.pop("number", "")
    if parts["kind"] in (publication_types.THESIS, publication_types.REPORT):
        parts["publisher"] = parts.get("publisher") or school
    numbered = parts.get("volume") or parts["kind"] == publication_types.REPORT
    if numbered and "arxiv" not in number.lower():
        parts.setdefault("issue", number)
    places = [
        field_values.text(keys[name])
        for keys in (low, *nested)
        for name in field_names.KEYS["venue"]
        if name in keys
    ]
    places += [field_values.text(keys.get("title")) for keys in nested]
    other = (place for place in places if place and place not in (title, parts.get("publisher")))
    cited = publication_parts.parse_citation(parts.pop("cited", ""))
    return publication_parts.publication({"container": next(other, ""), **cited, **parts})


def _holders(low: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield the inner objects that describe the journal, the volume or the book of a paper."""
    for key in field_names.HOLDERS & low.keys() if depth else ():
        if held := field_names.held_object(low[key]):
            inner = {field_names.normalize_key(str(name)): value for name, value in held.items()}
            yield inner
            yield from _holders(inner, depth - 1)


def _dates(low: Mapping[str, Any]) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the date of the first version, and of the newest where it is later.

    >>> _dates({"published": "2025-03-01", "updated": "2025-03-11"})
    (datetime.date(2025, 3, 1), datetime.date(2025, 3, 11))
    >>> versions = [{"created": "Mon, 2 Apr 2007 19:18:42 GMT"}, {"created": "Tue, 24 Jul 2007"}]
    >>> _dates({"versions": versions, "updatedate": "2008-11-26"})
    (datetime.date(2007, 4, 2), datetime.date(2007, 7, 24))
    """
    listed = low.get("versions")
    versions = [
        made
        for version in (listed if isinstance(listed, list) else ())
        if isinstance(version, Mapping) and (made := field_values.day(version.get("created")))
    ]
    if versions:
        return versions[0], date_parsing.later(versions[-1], versions[0])
    first = next(
        (made for key in field_names.KEYS["date"] if (made := field_values.day(low.get(key)))), None
    )
    return first, date_parsing.later(field_values.day(low.get("updated")), first)


def _is_software(low: Mapping[str, Any]) -> bool:
    """Whether an object has a name and a description, as software has, but nothing of papers."""
    named = not low.keys() & {*field_names.KEYS["title"]} - {"name"}
    abstracts = {*field_names.KEYS["abstract"]} - {"description", "content", "text", "body"}
    known = low.keys() & {*abstracts, "doi", "arxiv", "pmid", "journal", "venue"}
    return named and not known


def _first(low: Mapping[str, Any], field: str) -> Any:
    """Return the value under the best key of a field; None if there is none."""
    return next((low[key] for key in field_names.KEYS[field] if key in low), None)


def find_links(low: Mapping[str, Any]) -> tuple[Link, ...]:
    """Return the addresses of a paper under all keys that hold addresses."""
    found: dict[str, Link] = {}
    for key, kind in field_names.LINK_KINDS.items():
        for url in field_values.addresses(low[key]) if key in low else ():
            if link := ids.link(url, kind if kind != "other" else None):
                found.setdefault(link.url, link)
    return tuple(found.values())


def find_identifiers(low: Mapping[str, Any], links: tuple[Link, ...] = ()) -> dict[str, str]:
    """Return the identifiers of a paper: from the keys that hold them, else from its addresses."""
    found: dict[str, str] = {}
    for kind, keys in field_names.IDENTIFIER_KEYS.items():
        for key in keys:
            for value in field_values.texts(low[key])[:20] if key in low else ():
                if kind not in found and (made := field_values.identifier(kind, value[:300])):
                    found[kind] = made
    for key in (
        "externalids",
        "ids",
        "externalid",
        "identifier",
        "identifiers",
        "articleids",
        "relatedidentifiers",
    ):
        typed = field_values.identifiers_by_kind(low[key]) if key in low else {}
        for kind, value in find_identifiers(typed).items() if typed else ():
            found.setdefault(kind, value)
    for kind, value in ids.identifiers(link.url for link in links if link.kind == "paper").items():
        found.setdefault(kind, value)
    return found
