"""The daily digest as RSS 2.0: one item a day, the whole edition inside."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.sections import sections
from digest.outputs.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give feed.xml.

    RSS 2.0 with the RSS Advisory Board's profile: absolute addresses only, a
    guid that is no address and never changes, dates of RFC 822.
    """
    items = []
    for edition in digest.editions[: digest.site.feed_items]:
        content = templates.text(
            "feeds/edition.html.j2",
            digest=digest,
            edition=edition,
            sections=sections(edition.papers[:FULL]),
            more=max(0, len(edition.papers) - FULL),
        )
        items.append((edition, sections(edition.papers), content))
    yield templates.page("feed.xml", "feeds/rss.xml.j2", digest=digest, items=items)


FULL = 300
"""Papers of an edition that the feed holds; a larger one ends with the count of the rest."""
