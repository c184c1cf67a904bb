"""WebSub: telling a hub which feeds are new (W3C Recommendation, 2018), after publishing."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterable, Iterator
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlencode


def ping(hub: str, feeds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Tell the hub of each feed; give each with what went wrong, '' where nothing did.

    The hub then fetches the feed itself, so the site has to be in its place.
    """
    for feed in feeds:
        told = urlencode({"hub.mode": "publish", "hub.topic": feed, "hub.url": feed}).encode()
        request = urllib.request.Request(hub, told, {"User-Agent": "digest"})  # noqa: S310 - checked in config
        try:
            with urllib.request.urlopen(request, timeout=30):  # noqa: S310
                yield feed, ""
        except URLError as error:
            yield feed, str(error.reason)
        except (OSError, HTTPException, ValueError) as error:
            yield feed, str(error) or type(error).__name__
