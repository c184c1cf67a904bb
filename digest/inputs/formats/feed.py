"""RSS and Atom feeds: arXiv's, a journal's, anybody's; and the answers of arXiv's API.

    <entry><id>http://arxiv.org/abs/2503.01234v1</id><title>Memory Networks</title>
      <summary>We describe …</summary><author><name>Jason Weston</name></author></entry>

RFC 4287; https://www.rssboard.org/rss-specification; RSS 1.0;
https://info.arxiv.org/help/api/user-manual.html; https://info.arxiv.org/help/rss_specifications.html
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
    inline_markup,
    json_records,
    xml,
    xml_records,
)
from digest.models import Link, LinkKind, Publication, Seed
from digest.papers import ids

_SIGN = re.compile(
    r"<(?:\w+:)?(?:rss|feed|channel|entry)\b|<rdf:RDF[^>]{0,2000}purl\.org/rss", re.I
)
_SUFFIX = re.compile(r"\s*\(arXiv:(\S+)(?: \[[^\]]*\])?(?: [A-Z]+)?\)\s*$")


def _find(seed: Seed, entry: xml.Element) -> findings.Find:
    title = crosswalk.headed(json_records.untag(xml.child(entry, "title")))
    if not title or title == "Error":
        return xml_records.missing(seed, entry)
    told, blurb = _described(entry)
    links, marks = _links(entry), _marks(entry)
    venue = _venue(entry) or blurb.told.get("venue")
    if suffix := _SUFFIX.search(title):
        title, marks = title[: suffix.start()], [f"arXiv:{suffix[1]}", *marks]
    found = {
        **ids.identifiers([link.url for link in links if link.kind == "paper"]),
        **ids.identifiers(marks),
    }
    if doi := ids.doi(xml.child(entry, "doi")) or blurb.told.get("doi"):
        found.setdefault("doi", doi)
    day = date_parsing.parse(xml.child(entry, *_DAYS) or blurb.told.get("date", ""))
    newest = date_parsing.parse(xml.child(entry, "updated", "modified"))
    if xml.child(entry, "announce_type").startswith("replace"):
        day, newest = None, day
    return findings.record(
        seed,
        xml.line(told if told is not None else entry),
        title,
        blurb.abstract,
        authors=_authors(entry) or bylines.names(blurb.told.get("authors", "")),
        identifiers=found,
        links=links,
        date=day,
        updated=date_parsing.later(newest, day),
        categories=_categories(entry),
        venue=venue,
        publication=_publication(entry, title, venue or "", blurb.told.get("cited", "")),
        comment=xml.child(entry, "comment") or None,
    )


_TEXTS = ("summary", "abstract", "description", "encoded", "content")
_CUT = re.compile(r"(?:\.{3,}|…|\[…\]|\[\.\.\.\])\W*\Z")
_DAYS = (
    "published", "date", "publicationdate", "pubdate", "issued", "coverdate", "coverdisplaydate",
    "updated", "created",
)  # fmt: skip


def _described(entry: xml.Element) -> tuple[xml.Element | None, feed_summaries.Blurb]:
    """The abstract and where it stands: the first text that is one, rather a whole than a cut one.

    What the others say of authors, date and place counts as well.
    """
    texts = [e for n in _TEXTS for e in xml.children(entry, n) if xml.text(e)]
    made = [(e, feed_summaries.blurb(inline_markup.marked(e))) for e in texts]
    whole = [one for one in made if one[1].abstract and not _CUT.search(one[1].abstract)]
    longest = sorted(made, key=lambda one: -len(one[1].abstract))
    element, blurb = next(iter([*whole, *longest]), (None, feed_summaries.Blurb("")))
    told = {kind: text for _, one in reversed(made) for kind, text in one.told.items()}
    return element, replace(blurb, told=told)


def _venue(entry: xml.Element) -> str | None:
    """The journal that the entry names, or the feed for all of its entries."""
    root = entry.getroottree().getroot()
    channel = next(iter(xml.children(root, "channel")), root)
    return (
        xml.child(entry, "journal_ref", "publicationname", "source")
        or xml.child(channel, "publicationname")
        or None
    )


def _publication(entry: xml.Element, title: str, venue: str, cited: str) -> Publication:
    """What PRISM's elements say of the issue: https://www.w3.org/submissions/prism/."""
    told = {
        name: [text]
        for child in entry
        if (name := crosswalk.plain(xml.name(child))) and (text := xml.text(child))
        if name not in ("source", "publication", "id", "content", "description")
    }
    found = crosswalk.publication_of({**told, "citation": [cited]}, title)
    return replace(found, container=venue) if found.volume or venue else found


def _marks(entry: xml.Element) -> list[str]:
    """The places where feeds put identifiers."""
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
        made.append(ids.link(xml.child(entry, name)) if not made else None)
    return tuple({link.url: link for link in made if link}.values())


def _authors(entry: xml.Element) -> tuple[str, ...]:
    """Names from <author><name>, <dc:creator> and RSS's <author>."""
    people: list[str] = []
    for element in xml.children(entry, "author", "creator", "contributor"):
        name = xml.child(element, "name") or xml.text(element)
        name = re.sub(r"^\S+@\S+\s*\((.*)\)$", r"\1", name)
        people += bylines.names(json_records.untag(name))
    return tuple(dict.fromkeys(people))


def _categories(entry: xml.Element) -> tuple[str, ...]:
    found = [
        e.get("term") or xml.text(e)
        for e in xml.children(entry, "primary_category", "category", "subject")
    ]
    return tuple(dict.fromkeys(name for name in found if name))


FORMAT = xml_records.form(
    "feed",
    "feed",
    _SIGN,
    "an element <rss> or <feed>",
    ("entry", "item"),
    _find,
    0.92,
    about="RSS and Atom, arXiv API answers among them",
    example='<feed xmlns="http://www.w3.org/2005/Atom">…',
)
