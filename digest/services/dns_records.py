"""DNS: the texts under a name, by dnspython, which is optional (`paper-digest[doctor]`)."""

from __future__ import annotations

from typing import Any

from digest.errors import UsageError, WebError

SECONDS = 5.0
"""How long to wait for a name server."""


def texts(name: str, server: str = "") -> list[str]:
    """Return the TXT records of a name, of which there may be none.

    `server` is `ADDRESS` or `ADDRESS:PORT`; without it the system's name servers are
    asked. Raises `WebError` if there is no answer, or no dnspython.
    """
    try:
        import dns.exception
        import dns.resolver
    except ImportError as error:
        raise WebError(
            "DNS", "needs dnspython: pip install 'paper-digest[doctor]'", final=True
        ) from error
    try:
        answer = _resolver(server).resolve(name, "TXT", lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise WebError("DNS", f"no answer for {name} ({type(error).__name__})") from error
    return [b"".join(each.strings).decode("utf-8", "replace") for each in answer]


def _resolver(server: str) -> Any:
    import dns.resolver

    if not server:
        return dns.resolver.Resolver()
    resolver = dns.resolver.Resolver(configure=False)
    address, _, port = server.rpartition(":") if server.count(":") == 1 else (server, "", "")
    try:
        resolver.nameservers, resolver.port = [address], int(port or 53)
    except ValueError as error:
        raise UsageError(f"--dns expects ADDRESS or ADDRESS:PORT, found {server!r}") from error
    return resolver
