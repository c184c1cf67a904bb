"""Every feed and the mail, for people."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.feeds import FORMS, channels
from digest.outputs.rendering.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give subscribe.md."""
    every = channels(digest)
    yield templates.page(
        "subscribe.md",
        "pages/subscribe.md.j2",
        digest=digest,
        forms=FORMS,
        first=[channel for channel in every if channel.kind in ("day", "papers")],
        searches=[channel for channel in every if channel.kind == "search"],
        topics=[channel for channel in every if channel.kind == "topic"],
    )
