"""The addresses in an abstract: put right where a page damaged them, found, and told apart by kind."""

from __future__ import annotations

from digest.models import Link


def mend(text: str) -> str:
    """Put damaged addresses right in text as found."""
    return text


def find(text: str) -> tuple[Link, ...]:
    """Give the addresses of a plain text in order, without repeats."""
    return ()
