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
from digest.outputs.feeds.items import Item, from_edition, from_paper, midnight
from digest.outputs.output import Output, Renderer
from digest.outputs.rendering.filters import rfc822
from digest.outputs.rendering.templates import Templates

__all__ = ["FEED_FORMATS", "OUTPUT", "addresses", "channels"]


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield every feed in each format, with the archives of older items, and feeds.opml."""
    templates = renderer.templates
    every = channels(digest)
    papers = {paper.id: from_paper(paper, digest.site, templates) for paper in digest.papers}
    for channel in every:
        for document in _documents(channel, digest, papers, templates):
            for format in FEED_FORMATS:
                if format.has_archives or not document.archive:
                    yield format.page(document, digest.site, templates)
    yield _opml(every, digest, templates)


def addresses(digest: Digest) -> list[str]:
    """Return the absolute address of every document that readers subscribe to."""
    return [
        digest.site.url + channel.folder + format.file
        for channel in channels(digest)
        for format in FEED_FORMATS
    ]


def _documents(
    channel: Channel, digest: Digest, papers: dict[str, Item], templates: Templates
) -> list[FeedDocument]:
    if channel.kind != "day":
        return cut(channel, [papers[paper.id] for paper in channel.papers])
    days = [from_edition(edition, digest.site, templates) for edition in channel.editions]
    return cut(channel, days, most=digest.site.feed_items)


def _opml(every: list[Channel], digest: Digest, templates: Templates) -> Page:
    """Return feeds.opml with each feed in one format: readers would import all three."""
    newest = digest.editions[0].day if digest.editions else None
    text = templates.text(
        "feeds/feeds.opml.j2",
        site=digest.site,
        groups=[
            ("Topics", [channel for channel in every if channel.kind == "topic"]),
            ("Searches", [channel for channel in every if channel.kind == "search"]),
        ],
        first=[channel for channel in every if channel.kind in ("day", "papers")],
        modified=rfc822(midnight(newest)) if newest else "",
        plain=plain,
    )
    return Page("feeds.opml", well_formed(text).encode())


OUTPUT = Output("feeds", pages)
