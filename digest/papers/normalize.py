"""Cleaning of records: plain Unicode instead of TeX, repaired addresses, safe links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from digest.language import tex
from digest.language.strings import squeeze
from digest.models import Link, Publication, Record
from digest.papers import links
from digest.papers.minhash import sketch

_SCHEMES = ("https://", "http://", "mailto:")


def clean(record: Record) -> Record:
    """Return a record with plain Unicode text and whole links; its TeX is kept in `markup`.

    With it is the sketch of that text, by which the record is compared with others.
    """
    raw = links.mend(squeeze(record.abstract))
    abstract = tex.plain(raw)
    title = tex.plain(squeeze(record.title)) if record.title else ""
    return replace(
        record,
        title=title or None,
        abstract=abstract,
        markup=raw if raw != abstract else "",
        authors=tuple(name for name in map(_name, record.authors) if name),
        links=_safe((*record.links, *links.find(abstract))),
        venue=tex.plain(record.venue) if record.venue else None,
        publication=_plain_publication(record.publication),
        comment=tex.plain(record.comment) if record.comment else None,
        sketch=sketch(abstract or title),
    )


def _plain_publication(given: Publication) -> Publication:
    plain = {name: tex.plain(value) for name, value in given.parts().items()}
    return replace(given, **plain)


def _name(author: str) -> str:
    return tex.plain(squeeze(author))


def _safe(found: Iterable[Link]) -> tuple[Link, ...]:
    """Return each link once, and only those with a scheme that is safe in a browser."""
    once = {link.url: link for link in found if link.url.lower().startswith(_SCHEMES)}
    return tuple(once.values())
