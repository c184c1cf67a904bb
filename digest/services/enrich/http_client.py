"""Polite HTTP: slow enough, known by name, bounded in time and size, and only to the hosts agreed on.

Every index has a client of its own, which keeps its pause. What the person's key
is never stands in a message, and never goes to another host.
"""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit

from digest import __version__
from digest.errors import EnrichError

TIMEOUT = 20.0
"""Seconds without a byte after which an answer is given up."""
LONGEST = 60.0
"""Seconds an answer may take in all."""
LARGEST = 8_000_000
"""Bytes an answer may have."""
TRIES = 4
"""How often a question is asked before the index counts as down."""
PATIENCE = 120.0
"""Seconds we wait because an index asks us to; if it asks for more, it is left for this run."""

_AGAIN = (408, 425, 429, 500, 502, 503, 504)
"""Statuses that a later try may not meet."""


class Client:
    """Asks one index, one question at a time."""

    def __init__(
        self,
        name: str,
        base: str,
        *,
        pause: float = 1.0,
        hosts: tuple[str, ...] = (),
        contact: str = "",
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Name the index and its address; `hosts` are others to which it may send us on.

        Raises `EnrichError` for an address that is not http.
        """
        parts = urlsplit(base)
        if parts.scheme not in ("https", "http") or not parts.netloc:
            raise EnrichError(name, f"expected a https:// address, found {base!r}", final=True)
        self.name, self.host = name, parts.netloc
        self.asked = 0
        self._base = base.rstrip("/")
        self._pause, self._timeout = pause, timeout
        self._sleep, self._clock = sleep, clock
        self._next = 0.0
        self._parameters = dict(parameters or {})
        self._headers = {"User-Agent": _agent(contact), **(headers or {})}
        self._opener = urllib.request.build_opener(_Redirects(name, {parts.netloc, *hosts}))

    def get(self, address: str) -> str | None:
        """Give the answer's text, or None where the index has nothing of that name (404).

        `address` goes on from the base. Raises `EnrichError` after several tries.
        """
        for attempt in range(1, TRIES + 1):
            self._wait()
            try:
                return self._once(self._whole(address))
            except _LaterError as error:
                wait = error.wait if error.wait is not None else self._pause * 2**attempt
                if attempt == TRIES or wait > PATIENCE:
                    raise self._given_up(error, attempt) from error
                self._next = self._clock() + max(wait, self._pause)
        raise AssertionError("the loop ends in an answer or an error")

    def _given_up(self, error: _LaterError, attempt: int) -> EnrichError:
        if error.wait is not None and error.wait > PATIENCE:
            message = f"{error}, and asks to come back in {error.wait:,.0f} seconds"
            return EnrichError(self.name, message, final=True)
        return EnrichError(self.name, f"{error}, {attempt} times")

    def _wait(self) -> None:
        """Let the pause pass since the last question."""
        if (left := self._next - self._clock()) > 0:
            self._sleep(left)

    def _whole(self, address: str) -> str:
        own = urlencode(self._parameters)
        joint = "&" if "?" in address else "?"
        return f"{self._base}/{address}{joint + own if own else ''}"

    def _once(self, url: str) -> str | None:
        self.asked += 1
        # the scheme was checked with the base, and again at every redirect
        request = urllib.request.Request(url, headers=self._headers)  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                return self._text(response)
        except HTTPError as error:
            with error:
                if error.code == 404:
                    return None
                raise self._refusal(error) from error
        except (OSError, HTTPException, ValueError) as error:
            raise _LaterError(f"no answer ({_reason(error)})") from error
        finally:
            self._next = self._clock() + self._pause

    def _refusal(self, error: HTTPError) -> Exception:
        """Take an answer that is none for what it says: later, or never."""
        said = f"answered {error.code} {error.reason}".rstrip()
        if error.code in _AGAIN:
            return _LaterError(said, _retry_after(error.headers.get("Retry-After")))
        return EnrichError(self.name, said, final=error.code in (401, 403))

    def _text(self, response: HTTPResponse) -> str:
        """Read an answer within its bounds."""
        ends = self._clock() + LONGEST
        data = bytearray()
        while piece := response.read1(65_536):
            data += piece
            if len(data) > LARGEST:
                raise EnrichError(self.name, f"answered with more than {LARGEST:,} bytes")
            if self._clock() > ends:
                raise _LaterError(f"answered for more than {LONGEST:.0f} seconds")
        if response.length:
            raise _LaterError("broke off in the middle of an answer")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise EnrichError(self.name, "answered with something that is no text") from None


class _LaterError(Exception):
    """Something that may have passed when we ask again, perhaps after `wait` seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Goes on only to the hosts agreed on, and never from https to http."""

    max_redirections = 5

    def __init__(self, name: str, hosts: set[str]) -> None:
        self._name, self._hosts = name, hosts

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Any,
        newurl: str,
    ) -> urllib.request.Request | None:
        parts = urlsplit(newurl)
        safe = parts.scheme == "https" or (parts.scheme == "http" and req.type == "http")
        if not safe or parts.netloc not in self._hosts:
            where = parts.netloc or newurl[:60]
            raise EnrichError(self._name, f"sends us on to {where}, where we do not go", final=True)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _agent(contact: str) -> str:
    """Say who asks, and how to reach whoever runs this (RFC 9110, section 10.1.5)."""
    return f"paper-digest/{__version__}" + (f" (mailto:{contact})" if contact else "")


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait, from `Retry-After` (RFC 9110, section 10.2.3); None where it says none.

    >>> _retry_after("7"), _retry_after("soon"), _retry_after("Wed, 21 Oct 2015 07:28:00 GMT")
    (7.0, None, 0.0)
    """
    if not value:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _reason(error: Exception) -> str:
    inner = error.reason if isinstance(error, URLError) else error
    if isinstance(inner, TimeoutError):
        return "timed out"
    return str(getattr(inner, "strerror", None) or inner or type(inner).__name__)[:120]
