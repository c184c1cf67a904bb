"""JSON of any outer shape as a sequence of objects, each with its line.

An array; an object with the array under a key (`papers`, `message.items`, …); a
single object; one object per line; objects one after the other; any of these below a
comment, in a fenced block or in a string. A damaged object is read as far as it goes
and does not affect the others.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from digest.inputs.syntax import json_repair

Object = Mapping[str, Any]

LISTS = (
    "papers", "results", "data", "items", "records", "entries", "works", "articles",
    "publications", "references", "hits", "docs", "response", "message", "feed",
)  # fmt: skip
"""Keys of the list of papers in exports."""

_DECODER = json.JSONDecoder(strict=False)
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.S)
_INSIDE = re.compile(r'"\w+"\s{0,100}:\s{0,100}\[\s{0,100}(?=\{)')
_NEXT = re.compile(r"(?:^|(?<=[\n,}\]\[]))\s{0,40}(?=\{)")
_ABOVE = re.compile(
    r"(?:\s*(?://|#)[^\n]*\n)+(?=\s*[\[{])|(?:[^\n]*\n){0,9}?\s{0,9}```[ \t]*(?:json\w*|js)?[ \t]*\n"
)
_CALL = re.compile(r"\s*(?:/\*[^*]{0,20}\*/)?\s*[A-Za-z_$][\w.$]{0,60}\((?=\s*[\[{]\s*[\[{\"])")
"""The call of a function with JSON as its argument: JSONP."""
_DOUBLED = re.compile(r"\s*\"\s*[\[{]\s*[\[{]?\s*\"\"\w")
"""JSON in a cell of CSV."""
_FENCE = re.compile(r"\n\s{0,9}```")


@dataclass(frozen=True, slots=True)
class JsonEntry:
    """One object of a document, or other text in its place."""

    line: int
    """The 1-based line on which it begins."""
    value: Object | None
    """The object, read as far as it goes; None if it cannot be read."""
    error: str = ""
    """What is damaged, for a message."""
    raw: str = ""
    """The text of a damaged object."""


def looks_json(text: str) -> bool:
    """Whether a document begins like JSON."""
    return bool(
        re.match(r"\s*(?:\{\s*(?:[\"'}]|\w+:\s)|\[\s*[\[{\"'\]]|\"\s*[\[{][\s\[{]*\\)", bare(text))
    )


def bare(text: str) -> str:
    """Return JSON without comments above it or text around its fenced block, lines kept.

    >>> bare("Papers:\\n```json\\n[1]\\n```\\n")
    '\\n\\n[1]'
    """
    if called := _CALL.match(text[:200]):
        return " " * called.end() + text[called.end() :].rstrip(" \n;)")
    if _DOUBLED.match(text[:60]):
        return text.strip().strip('"').replace('""', '"')
    match = _ABOVE.match(text[:5000])
    if not match or (rest := text[match.end() :]).lstrip()[:1] not in ("[", "{"):
        return text
    end = _FENCE.search(rest) if "```" in match.group() else None
    return "\n" * match.group().count("\n") + rest[: end.start() if end else len(rest)]


def entries(text: str) -> Iterator[JsonEntry]:
    """Yield the objects of a document, in order."""
    text = _TEX_BACKSLASH.sub(r"\\\\", bare(text))
    array = text.lstrip()[:1] == "["
    if not array and _is_lines(text):
        return _by_line(text)
    try:
        value = load(text)
    except ValueError:
        return _by_line(text) if _is_lines(text) else _salvage(text)
    if isinstance(value, str) and looks_json(value):
        return (replace(entry, line=1) for entry in entries(value))
    return _in_value(text, value)


_TEX_BACKSLASH = re.compile(
    r"(?<!\\)\\(?=(?:beta|bar|begin|big|Big|bigg|bm|bf|boldsymbol|binom|bot|bullet|backslash|frac|forall|flat|frak|nabla|neq|neg|nolimits|notin|rho|right|rightarrow"
    r"|rangle|rceil|rfloor|rm|tau|theta|times|text|textit|textbf|textrm|texttt|textsc|textsuperscript|tilde|triangle|tfrac|tanh)(?![a-z])"
    r"|[A-Zac-eg-mo-qsv-z$%&_{}|,;!()\[\]-]|u(?![0-9a-fA-F]{4}))"
)
"""The backslash of a TeX command, which JSON would read as an escape or as damage."""


def load(text: str) -> Any:
    """Parse JSON; raise `ValueError` if it is damaged or nested too deep."""
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise ValueError("nested too deep") from None


# --- one object per line ---------------------------------------------------------------


def _is_lines(text: str) -> bool:
    """Whether most of the first lines are whole objects."""
    head = [line.strip() for line in text[:2_000_000].split("\n")[:40]]
    head = [line for line in head if line]
    whole = sum(line.startswith("{") and line.rstrip(",").endswith("}") for line in head)
    return len(head) > 1 and whole >= 0.6 * len(head)


def _by_line(text: str) -> Iterator[JsonEntry]:
    """Yield the objects of a text with one per line."""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip().rstrip(",")
        if not bare or bare in ("[", "]"):
            continue
        try:
            yield _entry(number, load(bare))
        except ValueError as error:
            yield JsonEntry(number, None, _reason(error), line)


def _entry(line: int, value: object) -> JsonEntry:
    """Return the entry of a value; one that is not an object is an error."""
    if isinstance(value, dict):
        return JsonEntry(line, value)
    return JsonEntry(line, None, "another value", json.dumps(value, ensure_ascii=False)[:2000])


def _reason(error: Exception) -> str:
    """Return what is damaged, for a message."""
    return error.msg.lower() if isinstance(error, json.JSONDecodeError) else str(error)


# --- one value -------------------------------------------------------------------------


def _in_value(text: str, value: object) -> Iterator[JsonEntry]:
    """Yield the objects of a whole JSON value."""
    path = envelope(value) if isinstance(value, dict) else []
    inner = _under(value, path)
    if not _has_paper(inner):
        other = max(_lists(value), key=lambda found: found[0], default=(0, tuple(path)))
        path = list(other[1])
        inner = _under(value, path)
    values = _columns(inner) if isinstance(inner, dict) else inner
    values = values if isinstance(values, list) else [values]
    starts = _starts(text, len(path) + 1 if isinstance(inner, list) else 0)
    lines = starts if len(starts) == len(values) else [1] * len(values)
    for line, item in zip(lines, values, strict=True):
        yield _entry(line, item)


def _under(value: Any, path: Sequence[str]) -> Any:
    """Return the value at the end of a path of keys."""
    for key in path:
        value = value[key]
    return value


_TITLES = re.compile(r"title|headline|^name$", re.I)
_DETAILS = re.compile(r"abstract|summary|author|creator|doi|arxiv|year|date", re.I)


def _has_paper(values: Any) -> bool:
    """Whether one of the first objects of a list, or one inside them, describes a paper."""
    some = values[:20] if isinstance(values, list) else [values]
    return any(isinstance(item, dict) and _is_paper(item) for item in some)


def _is_paper(item: Mapping[str, Any], depth: int = 0) -> bool:
    """Whether an object, or one inside it, has a title and another field of a paper."""
    keys = " ".join(map(str, item))
    if any(_TITLES.search(str(key)) for key in item) and _DETAILS.search(keys):
        return True
    return depth < 3 and any(
        isinstance(inner, dict) and _is_paper(inner, depth + 1) for inner in item.values()
    )


def _lists(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the number of papers in each list below a value that has any, and its path."""
    if len(path) > 6 or not isinstance(value, (dict, list)):
        return
    if isinstance(value, list):
        count = sum(isinstance(item, dict) and _is_paper(item) for item in value)
        if count:
            yield count, path
        return
    for key, inner in value.items():
        yield from _lists(inner, (*path, key))


def _columns(value: Mapping[str, Any]) -> Any:
    """Turn an object of columns, as pandas and databases write it, into a list of rows."""
    names, rows = value.get("columns"), value.get("data") or value.get("rows")
    if (
        isinstance(names, list)
        and isinstance(rows, list)
        and all(isinstance(n, str) for n in names)
    ):
        return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]
    columns = {
        key: list(inner.values()) if isinstance(inner, dict) else inner
        for key, inner in value.items()
    }
    if len(columns) < 2 or not all(isinstance(column, list) for column in columns.values()):
        return value
    sizes = {len(column) for column in columns.values()}
    titled = any(_TITLES.search(key) for key in columns)
    if len(sizes) != 1 or not titled:
        return value
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def envelope(value: Object) -> list[str]:
    """Return the path of keys to the list of papers in an object; empty if it is a paper.

    >>> envelope({"status": "ok", "message": {"items": [{"title": []}]}}), envelope({"title": "A"})
    (['message', 'items'], [])
    """
    if "title" in value and ("abstract" in value or "authors" in value or "id" in value):
        return []
    for key in LISTS:
        inner = value.get(key)
        if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            return [key]
        if isinstance(inner, dict):
            return [key, *envelope(inner)]
    return []


def _starts(text: str, depth: int) -> list[int]:
    """Return the 1-based lines of the objects at a depth of nesting."""
    ends = [match.start() for match in re.finditer("\n", text)]
    level, lines = 0, []
    for match in _TOKENS.finditer(text):
        mark = match.group()
        if mark in ("{", "["):
            if mark == "{" and level == depth:
                lines.append(bisect_left(ends, match.start()) + 1)
            level += 1
        elif mark in ("}", "]"):
            level -= 1
    return lines


# --- damaged JSON ----------------------------------------------------------------------


def _salvage(text: str) -> Iterator[JsonEntry]:
    """Yield every object of a damaged text, damaged ones as far as they go."""
    ends = [match.start() for match in re.finditer("\n", text)]
    inside = _INSIDE.search(text, 0, 20_000) if text.lstrip()[:1] == "{" else None
    first = inside or _NEXT.search(text)
    at = first.end() if first else _find_opening(text)
    following = _NEXT
    while at < len(text):
        line = bisect_left(ends, at) + 1
        try:
            value, end = _decode(text, at)
            yield _entry(line, value)
        except (ValueError, RecursionError) as error:
            found = following.search(text, at + 1)
            stop = found.start() if found else len(text)
            value, end = json_repair.parse(text, at, stop)
            if isinstance(value, dict) and value:
                yield JsonEntry(line, value, _reason(error), text[at : min(stop, at + 40_000)])
            else:
                yield JsonEntry(line, None, _reason(error), text[at : min(stop, at + 40_000)])
            end = stop
        if following is _NEXT and isinstance(value, dict) and value:
            following = _beginning_with(next(iter(value)))
        found = following.search(text, end)
        at = found.end() if found else len(text)


def _decode(text: str, at: int) -> tuple[Any, int]:
    """Parse the value at a position; search only a piece of the text where it is damaged."""
    part = text[at : at + _PIECE]
    try:
        value, end = _DECODER.raw_decode(part)
    except json.JSONDecodeError as error:
        if len(part) < _PIECE or (
            error.pos < 0.9 * _PIECE and "unterminated" not in error.msg.lower()
        ):
            raise
        return _DECODER.raw_decode(text, at)
    return value, at + end


_PIECE = 100_000
"""Characters of a piece of text; hardly any object is longer."""


def _find_opening(text: str) -> int:
    """Return the position of the first object of a text, or the end of the text."""
    at = text.find("{", 0, 20_000)
    return at if at >= 0 else len(text)


def _beginning_with(key: str) -> re.Pattern[str]:
    """Return the pattern of an object that begins with a key, as the others do."""
    return re.compile(rf"(?=\{{\s{{0,100}}[\"']?{re.escape(str(key))}[\"']?\s{{0,20}}:)")
