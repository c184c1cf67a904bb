"""What sources say of a publication, part by part, as one `Publication`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from digest.models import Publication
from digest.papers import publication_types

LONGEST = 400
"""Letters a part may have."""

NUMBERS = frozenset(("isbn", "issn", "serial"))
"""Parts of which all that is given counts."""

_NOTHING = frozenset(("", "-", "--", "n/a", "na", "nan", "none", "null", "undefined", "unknown"))
_VOLUME = re.compile(r"\A(?:volume|vol|band|bd)\b\.?\s*", re.I)
_ISSUE = re.compile(r"\A(?:issue|number|no|nr|heft)\b\.?\s*(?=\d)|\Ano?\.\s*(?=\d)", re.I)
_PAGES = re.compile(
    r"\A(?:pages?|pp?|s|art(?:icle)?(?:\s+(?:no|number|id))?)\b\.?:?\s*(?=\w)", re.I
)
_ISSN = re.compile(r"(?<![\dX])(?<![\dX]-)(\d{4})-?(\d{3}[\dXx])(?![\w-])")
_ISBN = re.compile(r"(?<![\dX])(?<![\dX]-)(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\d-])")


def publication(told: Mapping[str, str]) -> Publication:
    """Return what was published, of the parts that a source tells.

    Parts are those of `Publication`; besides, `first` and `last` are pages, `article`
    is the number that stands for them, and `serial` holds an ISBN or an ISSN, whichever it is.

    >>> publication({"kind": "JOUR", "volume": "Vol. 18", "first": "107", "last": "118"})
    Publication(kind='article-journal', volume='18', pages='107-118')
    >>> publication({"serial": "ISBN 978-0-00-000000-2", "publisher": "N/A"})
    Publication(isbn='978-0-00-000000-2')
    >>> publication({"issn": "ISSN-1042-1629"})
    Publication(issn='1042-1629')
    """
    parts = {name: _text(value) for name, value in told.items()}
    kind = publication_types.csl(parts.get("kind", ""))
    numbered = parts.get("volume") and parts.get("issue")
    if numbered and (kind == publication_types.REPORT or (not kind and parts.get("container"))):
        kind = publication_types.ARTICLE  # ERIC calls a report what a journal has published
    serial = f"{parts.get('isbn', '')}; {parts.get('issn', '')}; {parts.get('serial', '')}"
    found = Publication(
        kind=kind,
        genre=(parts.get("genre") or publication_types.genre(parts.get("kind", "")))
        * (kind == publication_types.THESIS),
        container=parts.get("container", ""),
        volume=_VOLUME.sub("", parts.get("volume", "")),
        issue=_ISSUE.sub("", parts.get("issue", "")),
        pages=_pages(parts),
        publisher=parts.get("publisher", ""),
        isbn=" ".join(dict.fromkeys(match.group() for match in _ISBN.finditer(serial))),
        issn=" ".join(
            dict.fromkeys(f"{m[1]}-{m[2].upper()}" for m in _ISSN.finditer(_ISBN.sub("", serial)))
        ),
    )
    return found


def cited(text: str) -> dict[str, str]:
    """Return volume, issue and pages of a reference on one line; nothing where it has none.

    >>> cited("Trials Sleep. 2024 Feb 18;7(1):33-41. doi: 10.1000/ts.24")
    {'volume': '7', 'issue': '1', 'pages': '33-41'}
    >>> cited("Trials of Sleep (2024) 7:1 (33-41)"), cited("Shores 18, 107")
    ({'volume': '7', 'issue': '1', 'pages': '33-41'}, {})
    """
    match = _COLON.search(text[:500]) or _CITED.search(text[:500])
    return {name: said for name, said in match.groupdict().items() if said} if match else {}


_CITED = re.compile(
    r"(?:^|[;.,\s])\s?(?P<volume>\d{1,4})\s?(?:\((?P<issue>[^()]{1,20})\))?\s?:\s?(?P<pages>[A-Za-z]{0,4}\d[\w–-]{0,20})(?=[.,;\s]|$)"
)
_COLON = re.compile(r"\b(?P<volume>\d{1,4}):(?P<issue>\d{1,4})\s\((?P<pages>[\w–-]{1,20})\)")


def _text(value: str) -> str:
    text = " ".join(value[: 2 * LONGEST].split())
    return "" if text.lower() in _NOTHING or len(text) > LONGEST else text


def _pages(parts: Mapping[str, str]) -> str:
    """From the first to the last, or the number that stands for them.

    >>> _pages({"pages": "pp. 107--118"}), _pages({"first": "33"}), _pages({"article": "e12"})
    ('107-118', '33', 'e12')
    >>> _pages({"pages": "6913-7"}), _pages({"pages": "S82-S82"}), _pages({"pages": "12-3, 7"})
    ('6913-6917', 'S82', '12-3, 7')
    """
    first, last = parts.get("first", ""), parts.get("last", "")
    apart = first and last and first != last and "-" not in first
    given = parts.get("pages") or (f"{first}-{last}" if apart else first)
    pages = re.sub(
        r"\s*(?:[–—‐‑−]|-{1,3})\s*", "-", _PAGES.sub("", given or parts.get("article", ""))
    )
    pages = _SHORT.sub(_written_out, pages.strip("-., "))
    return "" if "//" in pages or len(pages) > 60 else pages


_SHORT = re.compile(r"\A([A-Za-z]{0,3})(\d{1,6})-(\1?)(\d{1,6})\Z")
"""From a page to a page, whose number may lack the digits that both have."""


def _written_out(match: re.Match[str]) -> str:
    letter, first, _, last = match.groups()
    last = first[: -len(last)] + last if len(last) < len(first) else last
    return (
        match[0]
        if int(last) < int(first)
        else f"{letter}{first}" + f"-{letter}{last}" * (last != first)
    )
