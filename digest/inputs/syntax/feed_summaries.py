"""Descriptions in the feeds of publishers, split into an abstract and labelled lines.

<p>Publication date: April 2024</p><p><b>Source:</b> Ecology, Volume 18</p><p>Author(s): Ann Poe</p>
<p>Phys Rev. 2024 Feb 18;7(1):33. doi: 10.1000/a.</p><p><b>ABSTRACT</b></p><p>We show …</p>
<i>Soft Matter</i>, 2024<br/><b>DOI</b>: 10.1000/b<br/>Ann Poe, Jan Roe<br/>We show …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digest.inputs.syntax import inline_markup
from digest.papers import ids

LONGEST = 400
"""Maximum characters of a line that may describe the publication rather than the paper."""


@dataclass(frozen=True, slots=True)
class FeedSummary:
    """The abstract, and the values of the labelled lines around it."""

    abstract: str
    labelled: dict[str, str] = field(default_factory=dict)
    """By `authors`, `date`, `venue`, `doi`; `cited` is a reference with volume and pages."""


_LABELS: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        ("date", r"(?:publication date|published(?: online)?|date(?: published)?|available online)\s?:\s*(.*)"),
        ("venue", r"(?:source|journal|publication|published in)\s?:\s*(.*)"),
        ("authors", r"(?:author(?:\(s\)|s)?|by)\s?:\s*(.*)"),
        ("authors", r"by (?=[A-Z\u00c0-\u024f])(?-i:(?:[A-Z\u00c0-\u024f]|(?:and|de|van|von|der|la|den|du|del|di|al|el|bin|da|dos|le|ten|ter|zu|et)\b)[^\s,]{0,40}[\s,]{0,3}){2,80}$()"),
        ("", r"(?:keywords?|subjects?|categor(?:y|ies)|volume|issue|pages?|isbn|issn|article type|license|tags|comments?)\s?:\s.{0,300}$"),
        ("", r"(?:pmid|doi|pmcid|arxiv|link|url)\b\s?:?\s*\S.{0,200}$"),
    )
)  # fmt: skip
_IMPRINT = re.compile(
    r".{0,200}\b(?:doi:?\s{0,2}|doi\.org/)10\.\d{4,9}/.{0,150}$"
    r"|.{0,200}\b(?:vol(?:ume|\.)|issue|ahead of print)\b.{0,150}$"
    r"|.{0,150}, published online\b.{0,150}$"
    r"|\[[^\]]{5,120}\d\]\s*published\b.{0,60}$"
    r"|(?:the content of this rss|to cite this article|read more|continue reading|the post .{1,300} appeared first|view (?:the )?(?:full|article)|full text|©|copyright\b).{0,300}$",
    re.I,
)
_CITED = re.compile(r"\A[^.;]{3,200}?,? Volume [^,;.]{1,12}, (?:Issue|Page)[^.;]{1,80}\b\d{4}\.\s+")
_ANNOUNCED = re.compile(r"\A\s*arXiv:\S+\s+Announce Type:\s*\S+\s+", re.I)
_HEADING = re.compile(r"\A(?:abstract|summary)\b\s*(?::|\.|—|–|-(?!\w)|\Z)\s*", re.I)


def parse(marked: str) -> FeedSummary:
    """Split the description of a paper.

    >>> parse(
    ...     "<p>Publication date: April 2024</p><p><b>Source:</b> Ecology, Volume 18</p>"
    ... ).labelled
    {'date': 'April 2024', 'venue': 'Ecology'}
    >>> parse("arXiv:2402.1 Announce Type: new\\nAbstract: We show it.").abstract
    'We show it.'
    """
    labelled: dict[str, str] = {}
    kept = []
    for line in inline_markup.lines(_ANNOUNCED.sub("", marked)):
        if len(line) <= LONGEST and (found := _labelled(line)) is not None:
            for kind, value in found:
                labelled.setdefault(kind, value)
        elif rest := _HEADING.sub("", _CITED.sub("", line)):
            kept.append(rest)
    return FeedSummary(" ".join(kept), labelled)


def _labelled(line: str) -> list[tuple[str, str]] | None:
    """Return the values in a line on the publication; None for a line of an abstract."""
    for kind, pattern in _LABELS:
        if match := pattern.match(line):
            value = (match[1] if kind else "") or (
                line[3:] if kind == "authors" and line[:3] == "by " else ""
            )
            named = _without_volume(value) if kind == "venue" else value
            return [*_doi(line), *([(kind, named)] if value else [])]
    return [*_doi(line), ("cited", line)] if _IMPRINT.match(line) and not _is_prose(line) else None


def _doi(line: str) -> Iterator[tuple[str, str]]:
    """Yield the DOI in a line, if there is one."""
    if "10." in line and (doi := ids.doi(line)):
        yield "doi", doi


def _without_volume(venue: str) -> str:
    """Return a venue without its volume and issue."""
    return re.split(r"\s*,?\s+(?:Volumes?|Vol\.|Issue|Part)\b", venue, maxsplit=1)[0]


def _is_prose(line: str) -> bool:
    """Whether a line has several sentences, as imprints do not."""
    return len(re.findall(r"[a-z]{3,}[.?!] [A-Z]", line)) > 1
