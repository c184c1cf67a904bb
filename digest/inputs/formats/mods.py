"""MODS, used by libraries and repositories.

    <mods><titleInfo><nonSort>The</nonSort><title>Urban Question</title></titleInfo>
      <name><namePart type="given">Neil</namePart><namePart type="family">Brenner</namePart></name>
      <abstract>…</abstract><originInfo><dateIssued>2000</dateIssued></originInfo> …

https://www.loc.gov/standards/mods/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from digest.inputs import findings
from digest.inputs.syntax import (
    date_parsing,
    person_names,
    publication_parts,
    xml,
    xml_records,
)
from digest.language.strings import squeeze
from digest.models import Publication, Seed
from digest.papers import ids, publication_types

_SIGNATURE = re.compile(r"<(?:\w+:)?mods(?:Collection)?[\s>]|loc\.gov/mods/", re.I)
_AUTHORS = frozenset({"", "aut", "cre", "author", "creator"})
_DATES = ("dateissued", "copyrightdate", "datecreated")


def _read_entry(seed: Seed, record: xml.Element) -> findings.Finding:
    if not (title := _title(record)):
        return xml_records.missing(seed, record)
    host = next((e for e in xml.children(record, "relateditem") if e.get("type") == "host"), None)
    abstracts = [e for e in xml.children(record, "abstract") if xml.text(e)]
    places = [*xml.children(record, "location"), *xml.children(record, "identifier")]
    texts = [xml.text(e) for place in places for e in place.iter()]
    links = ids.links(texts)
    found = ids.identifiers(link.url for link in links)
    for identifier in xml.children(record, "identifier"):
        if identifier.get("type") == "doi" and (doi := ids.doi(xml.text(identifier))):
            found["doi"] = doi
    return findings.record(
        seed,
        xml.line(abstracts[0] if abstracts else record),
        title,
        " ".join(map(xml.text, abstracts)),
        authors=_people(record),
        identifiers=found,
        links=links,
        date=_day(record) or (_day(host) if host is not None else None),
        categories=tuple(
            dict.fromkeys(
                xml.text(e)
                for subject in xml.children(record, "subject")
                for e in xml.children(subject, "topic")
                if xml.text(e)
            )
        ),
        publication=_publication(record, host),
        venue=(_title(host) if host is not None else "") or None,
    )


def _publication(record: xml.Element, host: xml.Element | None) -> Publication:
    """Return how a work was published; its own parts take precedence over its host's."""
    both = [record] if host is None else [record, host]
    parts = xml_records.parts({"publisher": "publisher", "first": "start", "last": "end"}, *both)
    for detail in (e for one in both for e in xml.all_named(one, "detail")):
        part = {"number": "issue"}.get(detail.get("type") or "", detail.get("type") or "")
        if part in ("volume", "issue"):
            parts.setdefault(part, xml.child_text(detail, "number"))
    identifiers = [e for one in both for e in xml.children(one, "identifier")]
    for kind in ("isbn", "issn"):
        parts[kind] = "; ".join(xml.text(e) for e in identifiers if e.get("type") == kind)
    genres = [xml.text(e) for e in xml.children(record, "genre")]
    container = _title(host) if host is not None else ""
    genre = next(filter(None, map(publication_types.genre, genres)), "")
    kind = publication_types.kind_of(*genres) or _kind(record, host, parts)
    return publication_parts.publication(
        {**parts, "kind": kind, "genre": genre, "container": container}
    )


def _kind(record: xml.Element, host: xml.Element | None, parts: Mapping[str, str]) -> str:
    """Return the type of a record that does not give it, from its host and how that is issued."""
    issued = {one: _issuance(one) for one in (record, host) if one is not None}
    if host is None:
        return publication_types.BOOK if "monographic" in issued[record] else ""
    genres = [xml.text(e).lower() for e in xml.children(host, "genre")]
    if publication_types.kind_of(*genres) == publication_types.ARTICLE or any(
        "journal" in genre for genre in genres
    ):
        return publication_types.ARTICLE
    if {"continuing", "serial"} & issued[host]:
        return publication_types.ARTICLE
    if "monographic" in issued[host] or (parts.get("publisher") and parts.get("first")):
        return publication_types.CHAPTER
    return ""


def _issuance(record: xml.Element) -> set[str]:
    origins = xml.children(record, "origininfo")
    return {xml.text(e).lower() for origin in origins for e in xml.children(origin, "issuance")}


def _title(record: xml.Element) -> str:
    """Return the main title (no translation, no abbreviation), with subtitle and part."""
    infos = xml.children(record, "titleinfo")
    info = next((e for e in infos if not e.get("type")), next(iter(infos), None))
    if info is None:
        return ""
    title = f"{xml.child_text(info, 'nonsort')} {xml.child_text(info, 'title')}".strip().rstrip(
        " :/"
    )
    subtitle = xml.child_text(info, "subtitle")
    part = ", ".join(
        filter(None, (xml.child_text(info, "partnumber"), xml.child_text(info, "partname")))
    )
    return ". ".join(filter(None, (f"{title}: {subtitle}" if subtitle else title, part)))


def _people(record: xml.Element) -> tuple[str, ...]:
    """Return the authors, else all contributors."""
    named = [(_person(e), _role(e)) for e in xml.children(record, "name")]
    authors = [name for name, role in named if name and role in _AUTHORS]
    return tuple(dict.fromkeys(authors or [name for name, _ in named if name]))


def _role(person: xml.Element) -> str:
    return next((xml.text(e).lower() for e in xml.all_named(person, "roleterm")), "")


def _person(person: xml.Element) -> str:
    parts: dict[str, list[str]] = {}
    for part in xml.children(person, "namepart"):
        parts.setdefault(part.get("type") or "", []).append(xml.text(part))
    if "family" in parts:
        return squeeze(" ".join([*parts.get("given", ()), *parts["family"]]))
    whole = " ".join(parts.get("", ())) or xml.child_text(person, "displayform")
    whole = re.sub(r"\s*\[[\d?–-]{4,12}\]$", "", whole)
    return whole if person.get("type") == "corporate" else person_names.person(whole)


def _day(record: xml.Element) -> date | None:
    """Return the date of publication: of the item itself, else of the issue that contains it."""
    found = [
        (xml.name(e), e.get("encoding") is None, xml.text(e))
        for origin in xml.children(record, "origininfo")
        for e in xml.children(origin, *_DATES)
    ]
    found.sort(key=lambda one: (_DATES.index(one[0]), one[1]))  # an encoded date is cleaner
    issues = [xml.child_text(part, "date") for part in xml.children(record, "part")]
    return next(
        (day for text in [*(f[2] for f in found), *issues] if (day := date_parsing.parse(text))),
        None,
    )


FORMAT = xml_records.make_format(
    "mods",
    "library list",
    _SIGNATURE,
    "an element <mods>",
    ("mods",),
    _read_entry,
    0.96,
    believed=True,
    about="MODS, of libraries and repositories",
    example="<mods><titleInfo><title>…",
)
