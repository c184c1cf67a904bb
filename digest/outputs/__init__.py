"""What is published: OUTPUTS, in order; one module a kind of page or file.

An output turns the digest into pages, one by one: it reads no disk and asks no
clock. To add one: a module with `pages(digest, templates)`, a template, a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

from digest.errors import RenderError
from digest.models import Digest, Page
from digest.outputs import citations, feeds, map, robots, social_cards, status
from digest.outputs.pages import (
    about,
    catalogue,
    days,
    moved,
    paper_pages,
    periods,
    reading_list,
    search_page,
    subscribe,
    today,
    topic_pages,
)
from digest.outputs.rendering.templates import Templates
from digest.store import Cache


class Output(Protocol):
    """What `OUTPUTS` holds."""

    def pages(self, digest: Digest, templates: Templates) -> Iterator[Page]:
        """Give every page of this kind."""
        ...


OUTPUTS: tuple[ModuleType, ...] = (
    today,
    days,
    periods,
    topic_pages,
    paper_pages,
    catalogue,
    map,
    social_cards,
    about,
    feeds,
    subscribe,
    citations,
    search_page,
    reading_list,
    status,
    robots,
    moved,
)


def render(digest: Digest, folder: Path, pictures: Cache | None = None) -> Iterator[Page]:
    """Turn the digest into every file of site_src, one after the other.

    `folder` holds the person's own templates; one there wins over ours. `pictures`
    keeps what was drawn for another time.
    Raises `RenderError` where a template fails, or two pages want one address.
    """
    templates = Templates(folder, pictures)
    seen: set[str] = set()
    for output in OUTPUTS:
        for page in cast(Output, output).pages(digest, templates):
            if page.path in seen:
                raise RenderError(f"two pages want the address {page.path}")
            seen.add(page.path)
            yield page
