"""WebSub: notifying a hub of updated feeds after publishing (W3C Recommendation, 2018)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import httpx

from digest.services import web

TIMEOUT = 30.0
"""Seconds without a byte after which a hub is given up."""


def ping(hub: str, feeds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Notify the hub of each feed, and yield each with the error; '' if there was none.

    The hub then fetches the feed itself, so the site must be published before.
    """
    with httpx.Client(headers={"User-Agent": web.agent()}, timeout=TIMEOUT) as session:
        for feed in feeds:
            form = {"hub.mode": "publish", "hub.topic": feed, "hub.url": feed}
            try:
                response = session.post(hub, data=form)
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
                yield feed, web.reason(error)
            else:
                said = f"answered {response.status_code} {response.reason_phrase}".rstrip()
                yield feed, "" if response.is_success else said
