"""The one way to ask servers: paced, identified, bounded in time and size, only known hosts.

httpx speaks HTTP and TLS, tenacity tries again; here are the manners. Every service
has a client of its own, which keeps its pause. A key never appears in a message, and
never goes to another host.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from urllib.parse import urlencode, urlsplit

import httpx
import tenacity

from digest import __version__
from digest.errors import WebError

TIMEOUT = 20.0
"""Seconds without a byte after which a request is abandoned."""
LONGEST = 60.0
"""Seconds a reply may take in total."""
LARGEST = 8_000_000
"""Bytes a reply may have, unless a client is told otherwise."""
TRIES = 4
"""Attempts at a request before the service counts as down."""
PATIENCE = 120.0
"""Seconds to wait if a service asks for it; if it asks for more, it is off for this run."""
REDIRECTS = 5
"""Redirects that are followed, one after the other."""

_AGAIN = (408, 425, 429, 500, 502, 503, 504)
"""Status codes after which a later attempt may succeed."""
_CODINGS = ("", "identity", "gzip", "deflate")
"""Compressions that are taken. One inside another would multiply what a small reply grows to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, whole and uncompressed."""

    status: int
    """200; 304 if nothing has changed; 404 or 410 if there is nothing."""
    headers: Mapping[str, str]
    """Their names in small letters."""
    body: bytes = field(repr=False)
    host: str
    """Who answered in the end, after redirects."""


class Client:
    """A client of one service, which sends one request at a time."""

    def __init__(
        self,
        name: str,
        base: str,
        *,
        pause: float = 1.0,
        hosts: tuple[str, ...] = (),
        anywhere: bool = False,
        contact: str = "",
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        largest: int | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set up a client for the service at `base`, which may redirect to itself and to `hosts`.

        `pause` is the seconds between two requests. With `anywhere` a redirect may
        lead to any public host, but not into a private network. Raises `WebError` if
        the address is not http(s).
        """
        parts = urlsplit(base)
        if parts.scheme not in ("https", "http") or not parts.netloc:
            raise WebError(name, f"expected a https:// address, found {base!r}", final=True)
        self.name, self.host = name, parts.netloc
        self.asked = 0
        self._base = base.rstrip("/")
        self._pause, self._timeout = pause, timeout or TIMEOUT
        self._largest = largest or LARGEST
        self._sleep, self._clock = sleep, clock
        self._next = 0.0
        self._parameters = dict(parameters or {})
        self._headers = {
            "User-Agent": _agent(contact),
            "Accept-Encoding": "gzip, deflate",
            **(headers or {}),
        }
        self._hosts, self._anywhere = {parts.netloc, *hosts}, anywhere

    @cached_property
    def _session(self) -> httpx.Client:
        """The connection pool; it keeps none open, as there is a pause after each request."""
        return httpx.Client(
            headers=self._headers,
            timeout=self._timeout,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def get(self, address: str) -> str | None:
        """Return the text of the reply to a GET request, or None if there is nothing (404).

        `address` is relative to the base. Raises `WebError` if all attempts fail.
        """
        answer = self.fetch(address)
        if answer.status != 200:
            return None
        try:
            return answer.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise WebError(self.name, "answered with something that is no text") from None

    def fetch(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the reply to a GET request with further headers; raises as `get` does."""
        attempts = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_LaterError),
            wait=self._delay,
            stop=lambda state: state.attempt_number >= TRIES or self._delay(state) > PATIENCE,
            sleep=self._sleep,
            retry_error_callback=self._give_up,
        )
        answer: Answer = attempts(self._once, self._whole(address), dict(headers or {}))
        return answer

    def _delay(self, state: tenacity.RetryCallState) -> float:
        """Return the seconds until the next attempt: as asked for, else twice the last."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, _LaterError) else None
        grown: float = self._pause * 2**state.attempt_number
        return max(grown if asked is None else asked, self._pause)

    def _give_up(self, state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        wait = error.wait if isinstance(error, _LaterError) else None
        if wait is not None and wait > PATIENCE:
            message = f"{error}, and asks to come back in {wait:,.0f} seconds"
            raise WebError(self.name, message, final=True) from error
        raise WebError(self.name, f"{error}, {state.attempt_number} times") from error

    def _whole(self, address: str) -> str:
        own = urlencode(self._parameters)
        joint = "&" if "?" in address else "?"
        return f"{self._base}/{address}{joint + own if own else ''}"

    def _once(self, url: str, headers: dict[str, str]) -> Answer:
        if (left := self._next - self._clock()) > 0:
            self._sleep(left)
        self.asked += 1
        ends = self._clock() + LONGEST
        try:
            request = self._session.build_request("GET", url, headers=headers)
            for _ in range(REDIRECTS + 1):
                response = self._session.send(request, stream=True)
                try:
                    if response.next_request is None:
                        return self._answer(response, ends)
                    request = response.next_request
                finally:
                    response.close()
                self._check(request.url)
            raise WebError(self.name, "sends us on and on, in a circle or without end")
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            raise _LaterError(f"no answer ({_reason(error)})") from error
        finally:
            self._next = self._clock() + self._pause

    def _check(self, target: httpx.URL) -> None:
        """Raise `WebError` for a redirect to an unknown host, a private one, or away from https."""
        netloc = target.netloc.decode("ascii", "replace")
        known = netloc in self._hosts or (self._anywhere and _is_public(target.host))
        secure = target.scheme == "https" or (
            target.scheme == "http" and self._base.startswith("http:")
        )
        if not (known and secure):
            where = netloc if secure else f"{target.scheme}://{netloc}"
            message = f"sends us on to {where[:80]}, where we do not go"
            raise WebError(self.name, message, final=True)

    def _answer(self, response: httpx.Response, ends: float) -> Answer:
        """Return a reply that is of use; raise an error for any other."""
        status = response.status_code
        if status not in (200, 304, 404, 410):
            said = f"answered {status} {response.reason_phrase}".rstrip()
            if status in _AGAIN:
                raise _LaterError(said, _retry_after(response.headers.get("Retry-After")))
            raise WebError(self.name, said, final=status in (401, 403))
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(status, headers, self._body(response, ends), response.url.host)

    def _body(self, response: httpx.Response, ends: float) -> bytes:
        """Read a reply within the limits of time and size."""
        coding = response.headers.get("Content-Encoding", "").strip().lower()
        if coding not in _CODINGS:
            raise WebError(self.name, f"answered in a compression not asked for: {coding[:40]!r}")
        data = bytearray()
        for piece in response.iter_bytes():
            data += piece
            if len(data) > self._largest:
                raise WebError(self.name, f"answered with more than {self._largest:,} bytes")
            if self._clock() > ends:
                raise _LaterError(f"answered for more than {LONGEST:.0f} seconds")
        return bytes(data)


class _LaterError(Exception):
    """A failure that a later attempt may not meet, perhaps after `wait` seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def _is_public(host: str) -> bool:
    """Whether every address of a host is on the public internet."""
    try:
        found = {each[4][0] for each in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(ipaddress.ip_address(each).is_global for each in found)


def _agent(contact: str) -> str:
    """Return the User-Agent, with the contact address if given (RFC 9110, section 10.1.5)."""
    return f"paper-digest/{__version__}" + (f" (mailto:{contact})" if contact else "")


def _retry_after(value: str | None) -> float | None:
    """Return the seconds to wait from `Retry-After` (RFC 9110, section 10.2.3), or None.

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
    """Return why there was no answer: the system's own words, where an error is due to it."""
    if isinstance(error, httpx.TimeoutException):
        return "timed out"
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError) and inner.strerror:
            return inner.strerror[:120]
        inner = inner.__cause__ or inner.__context__
    return (str(error) or type(error).__name__)[:120]
