"""What is published: `OUTPUTS`, one record for each kind of page or file.

To add one: a module with an `OUTPUT`, its template, and a line below. A conformance
test (tests/outputs/test_outputs.py) runs over the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digest.content_keys import ContentKeys
from digest.errors import RenderError
from digest.models import Digest, Edition, Page, Paper, Site, Topic
from digest.outputs import citations, edition_counts, feeds, map, robots, social_cards, status
from digest.outputs.output import Output
from digest.outputs.pages import (
    about,
    catalogue,
    day_pages,
    days,
    moved,
    paper_pages,
    periods,
    reading_list,
    search_page,
    subscribe,
    today,
    topic_index,
    topic_pages,
)
from digest.outputs.rendering.dependencies import Dependencies
from digest.outputs.rendering.templates import Templates
from digest.store import Cache

OUTPUTS: tuple[Output, ...] = (
    today.OUTPUT,
    days.OUTPUT,
    day_pages.OUTPUT,
    periods.OUTPUT,
    topic_index.OUTPUT,
    topic_pages.OUTPUT,
    paper_pages.OUTPUT,
    catalogue.OUTPUT,
    map.OUTPUT,
    social_cards.OUTPUT,
    about.OUTPUT,
    feeds.OUTPUT,
    subscribe.OUTPUT,
    citations.OUTPUT,
    search_page.OUTPUT,
    reading_list.OUTPUT,
    edition_counts.OUTPUT,
    status.OUTPUT,
    robots.OUTPUT,
    moved.OUTPUT,
)


def render(digest: Digest, folder: Path, kept: Cache | None = None) -> Iterator[Page]:
    """Yield every file of site_src.

    A template in `folder` overrides the built-in one of the same name. `kept` has what
    earlier builds worked out.
    Raises `RenderError` if two pages have the same path; making a page raises it if a
    template fails.
    """
    templates = Templates(folder)
    shared = {
        "keys": ContentKeys(Digest, Edition, Paper, Site, Topic, Dependencies),
        "kept": kept or Cache.none(),
    }
    seen: set[str] = set()
    for output in OUTPUTS:
        for page in output.render(digest, templates, **shared):
            if page.path in seen:
                raise RenderError(f"two pages want the address {page.path}")
            seen.add(page.path)
            yield page


def feed_folders(kind: object, url: str) -> list[str]:
    """Return the folders of the feeds that a page announces, by its `kind` and its address.

    >>> feed_folders("topic", "topics/optics/2/"), feed_folders(None, "contact/")
    (['topics/optics/', ''], [''])
    """
    found = (output.feed_folders(url) for output in OUTPUTS if output.kind and output.kind == kind)
    return next(found, [""])
