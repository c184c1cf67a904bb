"""Feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 of the days, all papers, topics and saved searches.

Items are known by ids that never change, dated by days and never by the
clock, and cut into documents of at most half a megabyte; what did not change
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.language.text import well_formed
from digest.models import Digest, Page
from digest.outputs.feeds.channels import Channel, channels
from digest.outputs.feeds.documents import Document, documents
from digest.outputs.feeds.forms import FORMS, plain
from digest.outputs.feeds.items import Item, from_edition, from_paper, midnight
from digest.outputs.rendering.filters import rfc822
from digest.outputs.rendering.templates import Templates

__all__ = ["FORMS", "addresses", "channels", "pages"]


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give every feed in each form, with the archives of older items, and feeds.opml."""
    every = channels(digest)
    papers = {paper.id: from_paper(paper, digest.site, templates) for paper in digest.papers}
    for channel in every:
        for document in _documents(channel, digest, papers, templates):
            for form in FORMS:
                if form.has_archives or not document.archive:
                    yield form.page(document, digest.site, templates)
    yield _opml(every, digest, templates)


def addresses(digest: Digest) -> list[str]:
    """Give the absolute address of every document that readers subscribe to."""
    return [
        digest.site.url + channel.folder + form.file
        for channel in channels(digest)
        for form in FORMS
    ]


def _documents(
    channel: Channel, digest: Digest, papers: dict[str, Item], templates: Templates
) -> list[Document]:
    if channel.kind != "day":
        return documents(channel, [papers[paper.id] for paper in channel.papers])
    days = [from_edition(edition, digest.site, templates) for edition in channel.editions]
    return documents(channel, days, most=digest.site.feed_items)


def _opml(every: list[Channel], digest: Digest, templates: Templates) -> Page:
    """Every feed once, for import into a reader: three forms of each would come in three times."""
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
