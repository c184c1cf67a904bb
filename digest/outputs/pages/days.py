"""days/: all editions, as a calendar."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.output import Output, Renderer
from digest.outputs.pages.calendars import months

MONTHS = 24
"""Months shown as calendars; older ones are links."""

LATEST = 10
"""Editions listed with their first title."""


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield days/index.md."""
    every = months(digest.editions)
    yield renderer.page(
        "days/index.md",
        digest=digest,
        months=every[:MONTHS],
        older=every[MONTHS:],
        latest=digest.editions[:LATEST],
    )


OUTPUT = Output("days", pages, "pages/days.md.j2", feeds="papers")
