"""The rules of feed formats, as checks: RSS 2.0 with its profile, Atom, JSON Feed, archives, OPML.

Each check gives what is wrong as a list of sentences; an empty one is a pass.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import format_datetime, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
MODIFIED = "{http://purl.org/dc/terms/}modified"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
LIMIT = 500_000

_ADDRESS = re.compile(r"https?://[A-Za-z0-9\[\]:.-]+(/[A-Za-z0-9;/?:@&=+$.\-_!~*'()%,#\[\]]*)?")
_TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_END_TAG = re.compile(r"</?[A-Za-z]|&#?\w+;")


# --- HTML inside -----------------------------------------------------------------------------


class _Html(HTMLParser):
    """Reads HTML as a browser does and notes all that is not plain reading."""

    TAGS = frozenset(["p", "h2", "h3", "ul", "li", "a", "strong", "small", "em"])

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.TAGS:
            self.wrong.append(f"HTML holds <{tag}>")
        for name, value in attrs:
            if (tag, name) != ("a", "href") or not _ADDRESS.fullmatch(value or ""):
                self.wrong.append(f"HTML holds {name}={value!r} in <{tag}>")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"HTML closes <{tag}> in the wrong place")

    def handle_comment(self, data: str) -> None:
        self.wrong.append("HTML holds a comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def html(text: str) -> list[str]:
    """Only reading matter: a few elements, properly nested, with absolute addresses."""
    parser = _Html()
    parser.feed(text)
    parser.close()
    return parser.wrong + [f"HTML leaves <{tag}> open" for tag in parser.open]


# --- RSS 2.0 and the RSS Advisory Board's profile ----------------------------------------------

_CHANNEL = {
    "title",
    "link",
    "description",
    "language",
    "copyright",
    "managingEditor",
    "webMaster",
    "pubDate",
    "lastBuildDate",
    "category",
    "generator",
    "docs",
    "cloud",
    "ttl",
    "image",
    "rating",
    "textInput",
    "skipHours",
    "skipDays",
    "item",
}
_ITEM = {
    "title",
    "link",
    "description",
    "author",
    "category",
    "comments",
    "enclosure",
    "guid",
    "pubDate",
    "source",
}
_KNOWN = ("{http://www.w3.org/2005/Atom}link", CONTENT, f"{DC}creator", MODIFIED, ARCHIVE)


def rss(data: bytes, at: str) -> list[str]:
    """RSS 2.0 as specified, and as its profile recommends."""
    root = ElementTree.fromstring(data)
    if root.tag != "rss" or root.get("version") != "2.0" or len(root) != 1:
        return ["no <rss version='2.0'> with one channel"]
    channel = root[0]
    wrong = [*_rss_elements(channel, _CHANNEL), *_rss_text(channel), *_size(data)]
    for needed in ("title", "link", "description"):
        if channel.find(needed) is None:
            wrong.append(f"the channel has no {needed}")
    itself = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if [link.get("href") for link in itself] != [at]:
        wrong.append(f"rel=self does not say {at}")
    items = channel.findall("item")
    if items and list(channel)[-len(items) :] != items:
        wrong.append("something follows the items")
    guids = Counter(item.findtext("guid", "") for item in items)
    wrong += [f"{guid} is there {number} times" for guid, number in guids.items() if number > 1]
    return wrong + [problem for item in items for problem in _rss_item(item)]


def _rss_item(item: Element) -> Iterator[str]:
    yield from _rss_elements(item, _ITEM)
    yield from _rss_text(item)
    names = [child.tag for child in item]
    if CONTENT in names and (
        "description" not in names or names.index("description") > names.index(CONTENT)
    ):
        yield "content:encoded does not follow a description"
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink") != "false" or not _TAG.fullmatch(guid.text or ""):
        yield "the guid is no tag: URI with isPermaLink=false"
    if item.find("pubDate") is None:
        yield "no pubDate"
    yield from html(item.findtext(CONTENT) or "")
    yield from html(item.findtext("description") or "")


def _rss_elements(parent: Element, known: set[str]) -> Iterator[str]:
    for child in parent:
        if child.tag not in known and child.tag not in _KNOWN:
            yield f"<{parent.tag}> holds an unknown <{child.tag}>"
    for tag, number in Counter(child.tag for child in parent).items():
        if number > 1 and tag not in ("item", "category", f"{DC}creator", f"{ATOM}link"):
            yield f"<{parent.tag}> holds {number} <{tag}>"


def _rss_text(parent: Element) -> Iterator[str]:
    for child in parent:
        text = child.text or ""
        if child.tag in ("pubDate", "lastBuildDate") and not _is_rfc822(text):
            yield f"{text!r} is no date of RFC 822 with four digits"
        if child.tag in ("link", "docs") and not _ADDRESS.fullmatch(text):
            yield f"{text!r} is no absolute address"
        if child.tag == f"{ATOM}link" and not _ADDRESS.fullmatch(child.get("href", "")):
            yield f"{child.get('href')!r} is no absolute address"
        if child.tag == "title" and (_END_TAG.search(text) or not text.strip()):
            yield f"the title {text!r} is blank or may be taken for HTML"
        if child.tag in ("category", f"{DC}creator", "description") and not text.strip():
            yield f"<{child.tag}> is blank"
        if child.tag == "language" and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", text):
            yield f"{text!r} is no language"


def _is_rfc822(text: str) -> bool:
    try:
        return format_datetime(parsedate_to_datetime(text)) == text
    except ValueError:
        return False


# --- Atom 1.0 (RFC 4287) -----------------------------------------------------------------------

_FEED = {
    "author",
    "category",
    "contributor",
    "generator",
    "icon",
    "id",
    "link",
    "logo",
    "rights",
    "subtitle",
    "title",
    "updated",
    "entry",
}
_ENTRY = {
    "author",
    "category",
    "content",
    "contributor",
    "id",
    "link",
    "published",
    "rights",
    "source",
    "summary",
    "title",
    "updated",
}
_ONCE = {
    "generator",
    "icon",
    "id",
    "logo",
    "rights",
    "subtitle",
    "title",
    "updated",
    "content",
    "published",
    "source",
    "summary",
}


def atom(data: bytes, at: str) -> list[str]:
    """RFC 4287, and what validators warn of besides."""
    feed = ElementTree.fromstring(data)
    if feed.tag != f"{ATOM}feed":
        return ["no <feed>"]
    wrong = [*_atom_elements(feed, _FEED), *_size(data)]
    if feed.find(f"{ATOM}author") is None:
        wrong.append("the feed has no author")
    if [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] != [
        at
    ]:
        wrong.append(f"rel=self does not say {at}")
    entries = feed.findall(f"{ATOM}entry")
    if entries and list(feed)[-len(entries) :] != entries:
        wrong.append("something follows the entries")
    for part in ("id", "updated"):
        values = Counter(entry.findtext(ATOM + part) for entry in entries)
        wrong += [
            f"{number} entries have the {part} {value}"
            for value, number in values.items()
            if number > 1
        ]
    return wrong + [problem for entry in entries for problem in _atom_entry(entry)]


def _atom_entry(entry: Element) -> Iterator[str]:
    yield from _atom_elements(entry, _ENTRY)
    published, updated = (entry.findtext(ATOM + part, "") for part in ("published", "updated"))
    if published[:10] > updated[:10]:
        yield f"published {published} after it was updated {updated}"
    content = entry.find(f"{ATOM}content")
    if content is None or content.get("type") != "html" or len(content):
        yield "no content of type html"
    else:
        yield from html(content.text or "")


def _atom_elements(parent: Element, known: set[str]) -> Iterator[str]:
    for child in parent:
        if child.tag.removeprefix(ATOM) not in known and child.tag != ARCHIVE:
            yield f"<{parent.tag}> holds an unknown <{child.tag}>"
    names = Counter(child.tag.removeprefix(ATOM) for child in parent)
    yield from (f"{names[name]} times {name}" for name in _ONCE if names[name] > 1)
    yield from (f"no {name}" for name in ("id", "title", "updated") if not names[name])
    links = parent.findall(f"{ATOM}link")
    kinds = Counter((link.get("rel"), link.get("type"), link.get("hreflang")) for link in links)
    yield from (f"{number} links {kind}" for kind, number in kinds.items() if number > 1)
    yield from (
        f"{link.get('href')!r} is no absolute address"
        for link in links
        if not _ADDRESS.fullmatch(link.get("href", ""))
    )
    if not _TAG.fullmatch(parent.findtext(f"{ATOM}id", "")):
        yield "the id is no tag: URI"
    for part in ("published", "updated"):
        text = parent.findtext(ATOM + part)
        if text is not None and not _RFC3339.fullmatch(text):
            yield f"{text!r} is no date of RFC 3339"
    yield from (
        "an author has no name"
        for author in parent.findall(f"{ATOM}author")
        if not author.findtext(f"{ATOM}name", "").strip()
    )
    yield from (
        "a category has no term"
        for each in parent.findall(f"{ATOM}category")
        if not each.get("term")
    )


# --- JSON Feed 1.1 ----------------------------------------------------------------------------


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _url(value: Any) -> bool:
    return _text(value) and bool(_ADDRESS.fullmatch(value))


def _moment(value: Any) -> bool:
    return _text(value) and bool(_RFC3339.fullmatch(value))


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _authors(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, dict) and each and set(each) <= {"name", "url", "avatar"} for each in value
    )


def _hubs(value: Any) -> bool:
    return isinstance(value, list) and all(
        set(each) == {"type", "url"} and _url(each["url"]) for each in value
    )


_JSON_FEED = {
    "version": lambda value: value == "https://jsonfeed.org/version/1.1",
    "title": _text,
    "home_page_url": _url,
    "feed_url": _url,
    "description": _text,
    "next_url": _url,
    "language": _text,
    "hubs": _hubs,
    "items": lambda value: isinstance(value, list),
}
_JSON_ITEM = {
    "id": lambda value: _text(value) and bool(_TAG.fullmatch(value)),
    "url": _url,
    "external_url": _url,
    "title": _text,
    "content_html": lambda value: _text(value) and not html(value),
    "summary": _text,
    "date_published": _moment,
    "date_modified": _moment,
    "authors": _authors,
    "tags": _texts,
}


def json_feed(data: bytes, at: str) -> list[str]:
    """JSON Feed 1.1, with no field that it does not know."""
    feed = json.loads(data)
    wrong = [*_fields(feed, _JSON_FEED, ("version", "title", "items")), *_size(data)]
    if feed.get("feed_url") != at:
        wrong.append(f"feed_url does not say {at}")
    for item in feed["items"]:
        wrong += _fields(item, _JSON_ITEM, ("id", "content_html"))
    ids = Counter(item["id"] for item in feed["items"])
    return wrong + [f"{id} is there {number} times" for id, number in ids.items() if number > 1]


def _fields(
    found: dict[str, Any], known: dict[str, Callable[[Any], bool]], needed: tuple[str, ...]
) -> Iterator[str]:
    yield from (f"no {name}" for name in needed if name not in found)
    for name, value in found.items():
        if name not in known:
            yield f"unknown field {name}"
        elif not known[name](value):
            yield f"{name} cannot be {value!r}"


# --- OPML 2.0 ---------------------------------------------------------------------------------


def opml(data: bytes) -> list[str]:
    """OPML 2.0, the kind that lists subscriptions."""
    root = ElementTree.fromstring(data)
    if (
        root.tag != "opml"
        or root.get("version") != "2.0"
        or [part.tag for part in root] != ["head", "body"]
    ):
        return ["no <opml version='2.0'> of a head and a body"]
    wrong = []
    for outline in root[1].iter("outline"):
        if not outline.get("text"):
            wrong.append("an outline has no text")
        if outline.get("type") == "rss" and not _ADDRESS.fullmatch(outline.get("xmlUrl", "")):
            wrong.append(f"{outline.get('xmlUrl')!r} is no absolute address")
        if not len(outline) and outline.get("type") != "rss":
            wrong.append("an outline is neither a feed nor a group")
    modified = root[0].findtext("dateModified")
    if modified is not None and not _is_rfc822(modified):
        wrong.append(f"{modified!r} is no date of RFC 822")
    return wrong if len(root[1]) else [*wrong, "the body is empty"]


# --- what is in a feed, whatever its form -------------------------------------------------------


def items(data: bytes) -> dict[str, tuple[str, str]]:
    """The ids of a feed's items, each with its title and content."""
    if data.startswith(b"{"):
        return {
            item["id"]: (item["title"], item["content_html"]) for item in json.loads(data)["items"]
        }
    root = ElementTree.fromstring(data)
    if root.tag == "rss":
        return {
            item.findtext("guid", ""): (item.findtext("title", ""), item.findtext(CONTENT, ""))
            for item in root[0].findall("item")
        }
    return {
        entry.findtext(f"{ATOM}id", ""): (
            entry.findtext(f"{ATOM}title", ""),
            entry.findtext(f"{ATOM}content", ""),
        )
        for entry in root.findall(f"{ATOM}entry")
    }


def before(data: bytes) -> str | None:
    """The address of the document with the items before (RFC 5005, section 4)."""
    return _link(ElementTree.fromstring(data), "prev-archive")


def archive(data: bytes, feed: str) -> list[str]:
    """An archive document says that it is one, and which feed it belongs to (RFC 5005, section
    4)."""
    root = ElementTree.fromstring(data)
    holder = root[0] if root.tag == "rss" else root
    wrong = [] if holder.find(ARCHIVE) is not None else ["an archive does not say fh:archive"]
    return wrong if _link(root, "current") == feed else [*wrong, f"rel=current does not say {feed}"]


def is_archive(data: bytes) -> bool:
    """Whether a document says that it is an archive."""
    return b"<fh:archive/>" in data


def _link(root: Element, rel: str) -> str | None:
    return next(
        (link.get("href") for link in root.iter(f"{ATOM}link") if link.get("rel") == rel), None
    )


def _size(data: bytes) -> Iterator[str]:
    if len(data) > LIMIT:
        yield f"{len(data):,} bytes are more than {LIMIT:,}"


CHECKS = {"feed.xml": rss, "atom.xml": atom, "feed.json": json_feed}
