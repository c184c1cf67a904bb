"""RSS and Atom feeds of arXiv, journals and others; and the replies of arXiv's API.

    <entry><id>http://arxiv.org/abs/2503.01234v1</id><title>Memory Networks</title>
      <summary>We describe …</summary><author><name>Jason Weston</name></author></entry>

RFC 4287; https://www.rssboard.org/rss-specification; RSS 1.0;
https://info.arxiv.org/help/api/user-manual.html
https://info.arxiv.org/help/rss_specifications.html
"""

from __future__ import annotations

import re
from dataclasses import replace

from digest.inputs import findings
from digest.inputs.syntax import (
    bylines,
    crosswalk,
    date_parsing,
    feed_summaries,
    field_names,
    field_values,
    inline_markup,
    json_records,
    xml,
    xml_records,
)
from digest.models import Link, LinkKind, Publication, Seed
from digest.papers import ids

_SIGNATURE = re.compile(
    r"<(?:\w+:)?(?:rss|feed|channel|entry)\b|<rdf:RDF[^>]{0,2000}purl\.org/rss", re.I
)
_SUFFIX = re.compile(r"\s*\(arXiv:(\S+)(?: \[[^\]]*\])?(?: [A-Z]+)?\)\s*$")


def _read_entry(seed: Seed, entry: xml.Element) -> findings.Finding:
    title = field_values.bare_title(json_records.untag(xml.child_text(entry, "title")))
    if not title or title == "Error":
        return xml_records.missing(seed, entry)
    element, blurb = _find_abstract(entry)
    links, texts = _links(entry), _identifier_texts(entry)
    venue = _venue(entry) or blurb.labelled.get("venue")
    if suffix := _SUFFIX.search(title):
        title, texts = title[: suffix.start()], [f"arXiv:{suffix[1]}", *texts]
    found = {
        **ids.identifiers([link.url for link in links if link.kind == "paper"]),
        **ids.identifiers(texts),
    }
    if doi := ids.doi(xml.child_text(entry, "doi")) or blurb.labelled.get("doi"):
        found.setdefault("doi", doi)
    day = date_parsing.parse(xml.child_text(entry, *_DAYS) or blurb.labelled.get("date", ""))
    newest = date_parsing.parse(xml.child_text(entry, "updated", "modified"))
    if xml.child_text(entry, "announce_type").startswith("replace"):
        day, newest = None, day
    return findings.record(
        seed,
        xml.line(element if element is not None else entry),
        title,
        blurb.abstract,
        authors=_authors(entry) or bylines.names(blurb.labelled.get("authors", "")),
        identifiers=found,
        links=links,
        date=day,
        updated=date_parsing.later(newest, day),
        categories=_categories(entry),
        venue=venue,
        publication=_publication(entry, title, venue or "", blurb.labelled.get("cited", "")),
        comment=xml.child_text(entry, "comment") or None,
    )


_TEXTS = ("summary", "abstract", "description", "encoded", "content")
_CUT = re.compile(r"(?:\.{3,}|…|\[…\]|\[\.\.\.\])\W*\Z")
_DAYS = (
    "published", "date", "publicationdate", "pubdate", "issued", "coverdate", "coverdisplaydate",
    "updated", "created",
)  # fmt: skip


def _find_abstract(entry: xml.Element) -> tuple[xml.Element | None, feed_summaries.FeedSummary]:
    """Return the abstract and its element: the first complete text, else the longest.

    Authors, date and venue are taken from the other texts, too.
    """
    texts = [e for n in _TEXTS for e in xml.children(entry, n) if xml.text(e)]
    made = [(e, feed_summaries.parse(inline_markup.inner_markup(e))) for e in texts]
    whole = [one for one in made if one[1].abstract and not _CUT.search(one[1].abstract)]
    longest = sorted(made, key=lambda one: -len(one[1].abstract))
    element, blurb = next(iter([*whole, *longest]), (None, feed_summaries.FeedSummary("")))
    labelled = {kind: text for _, one in reversed(made) for kind, text in one.labelled.items()}
    return element, replace(blurb, labelled=labelled)


def _venue(entry: xml.Element) -> str | None:
    """Return the journal that the entry names, else the one the feed names for all entries."""
    root = entry.getroottree().getroot()
    channel = next(iter(xml.children(root, "channel")), root)
    return (
        xml.child_text(entry, "journal_ref", "publicationname", "source")
        or xml.child_text(channel, "publicationname")
        or None
    )


def _publication(entry: xml.Element, title: str, venue: str, cited: str) -> Publication:
    """Return the publication from PRISM's elements: https://www.w3.org/submissions/prism/."""
    fields = {
        name: [text]
        for child in entry
        if (name := field_names.normalize_key(xml.name(child))) and (text := xml.text(child))
        if name not in ("source", "publication", "id", "content", "description")
    }
    found = crosswalk.publication_of({**fields, "citation": [cited]}, title)
    return replace(found, container=venue) if found.volume or venue else found


def _identifier_texts(entry: xml.Element) -> list[str]:
    """Return the texts of elements in which feeds put identifiers."""
    return [
        text
        for name in ("id", "guid", "link", "identifier")
        for element in xml.children(entry, name)
        if (text := xml.text(element))
    ]


def _links(entry: xml.Element) -> tuple[Link, ...]:
    made: list[Link | None] = []
    for element in xml.children(entry, "link"):
        kind: LinkKind | None = "paper" if element.get("title") in ("pdf", "doi") else None
        if element.get("rel") not in ("self", "edit", "replies", "enclosure"):
            made.append(ids.link(element.get("href") or xml.text(element), kind))
    for name in ("id", "guid"):
        made.append(ids.link(xml.child_text(entry, name)) if not made else None)
    return tuple({link.url: link for link in made if link}.values())


def _authors(entry: xml.Element) -> tuple[str, ...]:
    """Return the names from <author><name>, <dc:creator> and RSS's <author>."""
    people: list[str] = []
    for element in xml.children(entry, "author", "creator", "contributor"):
        name = xml.child_text(element, "name") or xml.text(element)
        name = re.sub(r"^\S+@\S+\s*\((.*)\)$", r"\1", name)
        people += bylines.names(json_records.untag(name))
    return tuple(dict.fromkeys(people))


def _categories(entry: xml.Element) -> tuple[str, ...]:
    found = [
        e.get("term") or xml.text(e)
        for e in xml.children(entry, "primary_category", "category", "subject")
    ]
    return tuple(dict.fromkeys(name for name in found if name))


FORMAT = xml_records.make_format(
    "feed",
    "feed",
    _SIGNATURE,
    "an element <rss> or <feed>",
    ("entry", "item"),
    _read_entry,
    0.92,
    about="RSS and Atom, arXiv API answers among them",
    example='<feed xmlns="http://www.w3.org/2005/Atom">…',
)
