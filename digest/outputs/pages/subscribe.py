"""Every feed, and the mail, as a page."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.feeds import FEED_FORMATS, channels
from digest.outputs.output import Output, Renderer


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield subscribe.md."""
    every = [channel.head for channel in channels(digest)]
    yield renderer.page(
        "subscribe.md",
        digest=digest,
        forms=FEED_FORMATS,
        first=[channel for channel in every if channel.kind in ("day", "papers")],
        searches=[channel for channel in every if channel.kind == "search"],
        topics=[channel for channel in every if channel.kind == "topic"],
    )


OUTPUT = Output("subscribe", pages, "pages/subscribe.md.j2", feeds="papers")
