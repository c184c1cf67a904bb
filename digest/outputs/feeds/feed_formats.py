"""The formats of feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from digest.language.strings import well_formed
from digest.models import Page, Site
from digest.outputs.feeds.feed_documents import FeedDocument
from digest.outputs.feeds.items import Item, Items, tag, template
from digest.outputs.output import Renderer
from digest.outputs.rendering.templates import Templates

_TAG_OR_ENTITY = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)")


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """A format in which every feed is written."""

    name: str
    file: str
    media_type: str
    template: str = ""
    """Its template; JSON Feed has none."""
    has_archives: bool = False
    """RFC 5005 was made for Atom: one format of what nobody polls is enough. RSS leads to it, and
    programs that read JSON find every paper in papers.jsonl."""

    def page(self, document: FeedDocument, site: Site, items: Items, renderer: Renderer) -> Page:
        """Return a document of a feed in this format, as a file."""
        subjects = [entry.subject for entry in document.entries]
        names = [self.template, *{template(subject): None for subject in subjects}]
        used = [renderer.templates.dependencies(name) for name in names if name]

        def make() -> str:
            made = [items.item(subject) for subject in subjects]
            if self.template:
                return well_formed(_xml(self, document, site, made, renderer.templates))
            return well_formed(_json(self, document, site, made))

        path = document.folder(document.archive) + self.file
        about = (document.channel.head, document.archive, document.before)
        return renderer.file(path, make, used, site, about, subjects)


def rfc3339(moment: datetime) -> str:
    """Format a time for Atom and JSON Feed.

    >>> rfc3339(datetime(2025, 3, 1))
    '2025-03-01T00:00:00Z'
    """
    return moment.replace(tzinfo=None).isoformat() + "Z"


def plain(title: str) -> str:
    """Return a title that RSS readers show as text, whether or not they take titles for HTML.

    The specification leaves that open, so nothing in a title may look like a tag.

    >>> plain("Is <b>2 < 3</b> &amp; true?")
    'Is < b>2 < 3< /b> & amp; true?'
    """
    return _TAG_OR_ENTITY.sub(lambda found: found[0] + " ", title)


def _xml(
    format: FeedFormat,
    document: FeedDocument,
    site: Site,
    items: Sequence[Item],
    templates: Templates,
) -> str:
    return templates.text(
        format.template,
        site=site,
        channel=document.channel.head,
        document=document,
        items=items,
        id=_feed_id(document, site),
        **_addresses(format, document, site),
        rfc3339=rfc3339,
        rfc822=format_datetime,
        plain=plain,
    )


def _json(format: FeedFormat, document: FeedDocument, site: Site, items: Sequence[Item]) -> str:
    addresses = _addresses(format, document, site)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": document.channel.title,
        "home_page_url": addresses["home"],
        "feed_url": addresses["itself"],
        "description": document.channel.description,
        "language": "en",
        "hubs": [{"type": "WebSub", "url": site.hub}] if addresses["hub"] else [],
    }
    known = {name: value for name, value in feed.items() if value}
    known["items"] = [_json_item(item) for item in items]
    return json.dumps(known, ensure_ascii=False) + "\n"  # indented it takes ten times as long


def _json_item(item: Item) -> dict[str, Any]:
    fields = {
        "id": item.id,
        "url": item.url,
        "external_url": item.original,
        "title": item.title,
        "content_html": item.content,
        "summary": item.summary,
        "date_published": rfc3339(item.published),
        "date_modified": rfc3339(item.updated),
        "authors": [{"name": name} for name in item.authors],
        "tags": list(item.tags),
    }
    return {name: value for name, value in fields.items() if value}


def _feed_id(document: FeedDocument, site: Site) -> str:
    """Return the id of the feed, which its archives share."""
    return tag(site, f"feed/{document.channel.folder.rstrip('/') or 'days'}")


def _addresses(format: FeedFormat, document: FeedDocument, site: Site) -> dict[str, str]:
    """Return the absolute addresses in a document; archives do not name the hub."""
    before = document.folder(document.before) + ATOM.file if document.before else ""
    return {
        "home": site.url + document.channel.home,
        "itself": site.url + document.folder(document.archive) + format.file,
        "current": site.url + document.channel.folder + format.file,
        "before": site.url + before if before else "",
        "hub": "" if document.archive else site.hub,
    }


ATOM = FeedFormat(
    "Atom", "atom.xml", "application/atom+xml", "feeds/atom.xml.j2", has_archives=True
)
FEED_FORMATS: tuple[FeedFormat, ...] = (
    FeedFormat("RSS", "feed.xml", "application/rss+xml", "feeds/rss.xml.j2"),
    ATOM,
    FeedFormat("JSON Feed", "feed.json", "application/feed+json"),
)
