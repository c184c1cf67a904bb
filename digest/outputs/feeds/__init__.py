"""Feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 of the days, all papers, topics and saved searches.

Items have permanent ids and are dated by days, never by the clock; feeds are cut
into documents of at most half a megabyte. What did not change has the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.language.strings import well_formed
from digest.models import Digest, Page
from digest.outputs.feeds.channels import Channel, channels
from digest.outputs.feeds.feed_documents import FeedDocument, cut
from digest.outputs.feeds.feed_formats import FEED_FORMATS, plain
from digest.outputs.feeds.items import Items, midnight
from digest.outputs.output import Output, Renderer
from digest.outputs.rendering.filters import rfc822

__all__ = ["FEED_FORMATS", "OUTPUT", "addresses", "channels"]


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield every feed in each format, with the archives of older items, and feeds.opml."""
    every = channels(digest)
    items = Items(renderer, digest.site)
    for channel in every:
        for document in _documents(channel, digest, items):
            for format in FEED_FORMATS:
                if format.has_archives or not document.archive:
                    yield format.page(document, digest.site, items, renderer)
    yield _opml(every, digest, renderer)


def addresses(digest: Digest) -> list[str]:
    """Return the absolute address of every document that readers subscribe to."""
    return [
        digest.site.url + channel.folder + format.file
        for channel in channels(digest)
        for format in FEED_FORMATS
    ]


def _documents(channel: Channel, digest: Digest, items: Items) -> list[FeedDocument]:
    if channel.kind != "day":
        return cut(channel, [items.entry(paper) for paper in channel.papers])
    days = [items.entry(edition) for edition in channel.editions]
    return cut(channel, days, most=digest.site.feed_items)


def _opml(every: list[Channel], digest: Digest, renderer: Renderer) -> Page:
    """Return feeds.opml with each feed in one format: readers would import all three."""
    newest = digest.editions[0].day if digest.editions else None
    groups = [
        ("Topics", [channel.head for channel in every if channel.kind == "topic"]),
        ("Searches", [channel.head for channel in every if channel.kind == "search"]),
    ]
    first = [channel.head for channel in every if channel.kind in ("day", "papers")]
    template = "feeds/feeds.opml.j2"

    def make() -> str:
        text = renderer.templates.text(
            template,
            site=digest.site,
            groups=groups,
            first=first,
            modified=rfc822(midnight(newest)) if newest else "",
            plain=plain,
        )
        return well_formed(text)

    used = renderer.templates.dependencies(template)
    return renderer.file("feeds.opml", make, used, digest.site, groups, first, newest)


OUTPUT = Output("feeds", pages)
