"""The values of fields as JSON objects and tables write them: texts, days, addresses, identifiers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from digest.inputs.syntax import date_parsing, field_names
from digest.language.dates import Rough
from digest.language.strings import squeeze
from digest.papers import ids


def text(value: Any) -> str:
    """Return the text of a value: a string on one line, a number, the first text of a list.

    Of an object it is the value under `value`, `#text` and the like; else it is empty.
    """
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        return next((made for item in value if (made := text(item))), "")
    if isinstance(value, Mapping):
        return next((text(value[key]) for key in _TEXT_KEYS if key in value), "")
    return ""


_TEXT_KEYS = (
    *("value", "#text", "text", "$", "name", "en", "display_name", "full_text", "title"),
    *("content", "rendered"),
)
"""Keys of the text of an object, the best first."""


def day(value: Any) -> datetime.date | None:
    """Return a date from text, a year, seconds or milliseconds since 1970, or date-parts of CSL.

    >>> day(2024), day("2025-03-11T00:00:00Z"), day({"date-parts": [[2025, 3]]}), day(1741651200)
    (Rough.of(2024), datetime.date(2025, 3, 11), Rough.of(2025, 3), datetime.date(2025, 3, 11))
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _date_from_number(float(value))
    if isinstance(value, Mapping):
        parts = value.get("date-parts") or value.get("date_parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list):
            return date_parsing.parse("-".join(str(part).zfill(2) for part in parts[0][:3] if part))
        return day(
            value.get("raw") or value.get("literal") or value.get("date-time") or value.get("value")
        )
    if isinstance(value, list):
        return day(value[0]) if value else None
    return date_parsing.parse(str(value))


def _date_from_number(value: float) -> datetime.date | None:
    """Return a date from a year, or from seconds or milliseconds since 1970."""
    if 1400 <= value < 2200:
        return Rough.of(int(value))
    if not value > 1e8:
        return None
    seconds = value / 1000 if value > 1e11 else value
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    except (OverflowError, OSError, ValueError):
        return None


def categories(value: Any) -> tuple[str, ...]:
    """Return the categories in a list or a string.

    >>> categories("cs.LG cs.AI"), categories(["cs.LG", {"term": "stat.ML"}]), categories(
    ...     "Vision; Language models"
    ... )
    (('cs.LG', 'cs.AI'), ('cs.LG', 'stat.ML'), ('Vision', 'Language models'))
    """
    if isinstance(value, str):
        arxiv = re.fullmatch(r"(?:[a-z-]+(?:\.[A-Za-z-]+)?[\s,;]*)+", value[:500]) and "." in value
        split = re.split(r"[\s,;]+" if arxiv else r"\s*[;,|]\s*", value)
    elif isinstance(value, list):
        split = [
            text(item.get("term") or item) if isinstance(item, Mapping) else text(item)
            for item in value
        ]
    else:
        split = [text(value)]
    return tuple(dict.fromkeys(word for word in map(squeeze, split) if word))


def texts(value: Any) -> list[str]:
    """Return all texts of a field: of a list each, of an object its own or those of its values."""
    if isinstance(value, Mapping):
        inner = [text(value)] if text(value) else [t for v in value.values() for t in _flat(v)]
        return [one for one in inner if one]
    return _flat(value)


def _flat(value: Any) -> list[str]:
    """Return the texts of a value or of the first twenty of a list."""
    return [
        one for item in (value[:20] if isinstance(value, list) else [value]) if (one := text(item))
    ]


def bare_title(title: str) -> str:
    """Return a title without what search engines and browser tabs put around it.

    >>> bare_title("[HTML][HTML] Ivy on walls"), bare_title("[2503.01234] Ivy"), bare_title(
    ...     "(PDF) Ivy | OpenReview"
    ... )
    ('Ivy on walls', 'Ivy', 'Ivy')
    >>> bare_title("#1 Ivy [PDF3] [Kimi5]")
    'Ivy'
    """
    bare = _BUTTONS.sub("", _TITLE_MARKS.sub("", title, count=1), count=1)
    return _SITE_NAME.sub("", bare, count=1) or title


_TITLE_MARKS = re.compile(
    r"\A\s*(?:\[(?:HTML|PDF|BOOK|CITATION|B|C|\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,10}/\d{7})\]\s*|\(PDF\)\s*|#\d{1,4}\s+(?=\S)){1,3}"
)
_BUTTONS = re.compile(
    r"(?:\s{0,9}\[(?:PDF|HTML|Kimi|Copy|REL|Rel|Related|Abs|Code|DOI)\s?\(?\d{0,5}\)?\]){1,8}\s*\Z"
)
_SITE_NAME = re.compile(
    r"\s+[|–—-]\s+(?:OpenReview|PubMed|PMC|ACL Anthology|bioRxiv|medRxiv|ScienceDirect|IEEE Xplore|SpringerLink|Nature|Semantic Scholar|Papers With Code|alphaXiv|Hugging Face)\s*\Z"
)


def addresses(value: Any) -> list[str]:
    """Return the addresses in a string, a list or an object."""
    if isinstance(value, str):
        return [
            piece
            for piece in re.split(r"[\s;]+", value[:5000])
            if "//" in piece or piece.startswith("www.")
        ]
    if isinstance(value, Mapping):
        return addresses(value.get("url") or value.get("href") or "")
    return [url for item in value for url in addresses(item)] if isinstance(value, list) else []


def identifiers_by_kind(value: Any) -> dict[str, Any]:
    """Return identifiers by kind, from an object by kind or a list of objects with a kind each.

    >>> given = [{"type": "doi", "id": "10.1/a"}], {"ArXiv": "2503.01234"}, "10.1/a"
    >>> tuple(map(identifiers_by_kind, given))
    ({'doi': '10.1/a'}, {'arxiv': '2503.01234'}, {})
    """
    if isinstance(value, Mapping):
        return {field_names.normalize_key(str(key)): inner for key, inner in value.items()}
    found: dict[str, Any] = {}
    for item in value if isinstance(value, list) else ():
        low = identifiers_by_kind(item) if isinstance(item, Mapping) else {}
        kind = next((low[key] for key in _ID_KINDS if key in low), None)
        identifier = next((low[key] for key in _ID_VALUES if key in low), None)
        if isinstance(kind, str) and identifier:
            found.setdefault(field_names.normalize_key(kind), identifier)
    return found


_ID_KINDS = ("type", "idtype", "identifiertype", "scheme", "externalidtype")
_ID_VALUES = ("id", "value", "identifier", "externalidvalue")


def identifier(kind: str, value: str) -> str | None:
    """Return the identifier of a kind in a text; None if there is none."""
    if kind == "arxiv":
        return ids.arxiv(value)
    if kind == "doi":
        return ids.doi(value)
    if kind == "pmid":
        match = re.search(r"\d{4,9}", value)
        return match.group() if match else None
    return ids.identifiers([value]).get(kind) or (
        value if "/" not in value and " " not in value else None
    )
