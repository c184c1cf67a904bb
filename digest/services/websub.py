"""WebSub: notifying a hub of updated feeds after publishing (W3C Recommendation, 2018)."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterable, Iterator
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlencode


def ping(hub: str, feeds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Notify the hub of each feed, and yield each with the error; '' if there was none.

    The hub then fetches the feed itself, so the site must be published before.
    """
    headers = {"User-Agent": "digest"}
    for feed in feeds:
        form = urlencode({"hub.mode": "publish", "hub.topic": feed, "hub.url": feed}).encode()
        request = urllib.request.Request(hub, form, headers)  # noqa: S310 - checked in config
        try:
            with urllib.request.urlopen(request, timeout=30):  # noqa: S310
                yield feed, ""
        except URLError as error:
            yield feed, str(error.reason)
        except (OSError, HTTPException, ValueError) as error:
            yield feed, str(error) or type(error).__name__
