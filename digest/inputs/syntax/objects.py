"""JSON of any outer shape as a row of objects, each with the line it begins on.

An array; an object with the array under a key (`papers`, `message.items`, …); a
single object; one object a line; objects one after the other; all that below a
comment, in a fenced block or in a string. A damaged object is read as far as it
goes and costs itself, not its document.
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
"""Keys under which exports keep their papers."""

_DECODER = json.JSONDecoder(strict=False)
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.S)
_INSIDE = re.compile(r'"\w+"\s{0,100}:\s{0,100}\[\s{0,100}(?=\{)')
_NEXT = re.compile(r"(?:^|(?<=[\n,}\]\[]))\s{0,40}(?=\{)")
_ABOVE = re.compile(
    r"(?:\s*(?://|#)[^\n]*\n)+(?=\s*[\[{])|(?:[^\n]*\n){0,9}?\s{0,9}```[ \t]*(?:json\w*|js)?[ \t]*\n"
)
_CALL = re.compile(r"\s*(?:/\*[^*]{0,20}\*/)?\s*[A-Za-z_$][\w.$]{0,60}\((?=\s*[\[{]\s*[\[{\"])")
"""A function that is called with JSON: JSONP."""
_DOUBLED = re.compile(r"\s*\"\s*[\[{]\s*[\[{]?\s*\"\"\w")
"""JSON as a cell of CSV."""
_FENCE = re.compile(r"\n\s{0,9}```")


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of a document, or what stands where one should."""

    line: int
    value: Object | None
    error: str = ""
    raw: str = ""


def looks_json(text: str) -> bool:
    """Whether a document opens as JSON does."""
    return bool(
        re.match(r"\s*(?:\{\s*(?:[\"'}]|\w+:\s)|\[\s*[\[{\"'\]]|\"\s*[\[{][\s\[{]*\\)", bare(text))
    )


def bare(text: str) -> str:
    """Put blanks in place of comments above JSON, and of what surrounds a fenced block of it.

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


def entries(text: str) -> Iterator[Entry]:
    """Go through the objects of a document, in order."""
    text = _TEX.sub(r"\\\\", bare(text))
    array = text.lstrip()[:1] == "["
    if not array and _is_lines(text):
        return _by_line(text)
    try:
        value = load(text)
    except ValueError:
        return _by_line(text) if _is_lines(text) else _salvage(text)
    if isinstance(value, str) and looks_json(value):
        return (replace(entry, line=1) for entry in entries(value))
    return _found(text, value)


_TEX = re.compile(
    r"(?<!\\)\\(?=(?:beta|bar|begin|big|Big|bigg|bm|bf|boldsymbol|binom|bot|bullet|backslash|frac|forall|flat|frak|nabla|neq|neg|nolimits|notin|rho|right|rightarrow"
    r"|rangle|rceil|rfloor|rm|tau|theta|times|text|textit|textbf|textrm|texttt|textsc|textsuperscript|tilde|triangle|tfrac|tanh)(?![a-z])"
    r"|[A-Zac-eg-mo-qsv-z$%&_{}|,;!()\[\]-]|u(?![0-9a-fA-F]{4}))"
)
"""The backslash of a TeX command, which JSON would take for the escape of a control character or for damage."""


def load(text: str) -> Any:
    """Parse JSON; ValueError for what is none, or is nested beyond reason."""
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise ValueError("nested too deep") from None


# --- one object a line -----------------------------------------------------------------


def _is_lines(text: str) -> bool:
    """Whether most of the first lines are objects by themselves."""
    head = [line.strip() for line in text[:2_000_000].split("\n")[:40]]
    head = [line for line in head if line]
    whole = sum(line.startswith("{") and line.rstrip(",").endswith("}") for line in head)
    return len(head) > 1 and whole >= 0.6 * len(head)


def _by_line(text: str) -> Iterator[Entry]:
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip().rstrip(",")
        if not bare or bare in ("[", "]"):
            continue
        try:
            yield _entry(number, load(bare))
        except ValueError as error:
            yield Entry(number, None, _why(error), line)


def _entry(line: int, value: object) -> Entry:
    if isinstance(value, dict):
        return Entry(line, value)
    return Entry(line, None, "another value", json.dumps(value, ensure_ascii=False)[:2000])


def _why(error: Exception) -> str:
    return error.msg.lower() if isinstance(error, json.JSONDecodeError) else str(error)


# --- one value -------------------------------------------------------------------------


def _found(text: str, value: object) -> Iterator[Entry]:
    path = envelope(value) if isinstance(value, dict) else []
    inner = _under(value, path)
    if not _tells(inner):
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
    for key in path:
        value = value[key]
    return value


_TITLES = re.compile(r"title|headline|^name$", re.I)
_DETAILS = re.compile(r"abstract|summary|author|creator|doi|arxiv|year|date", re.I)


def _tells(values: Any) -> bool:
    """Whether one of the first objects of a list, or in them, has a title and something else of a paper."""
    some = values[:20] if isinstance(values, list) else [values]
    return any(isinstance(item, dict) and _paperlike(item) for item in some)


def _paperlike(item: Mapping[str, Any], depth: int = 0) -> bool:
    keys = " ".join(map(str, item))
    if any(_TITLES.search(str(key)) for key in item) and _DETAILS.search(keys):
        return True
    return depth < 3 and any(
        isinstance(inner, dict) and _paperlike(inner, depth + 1) for inner in item.values()
    )


def _lists(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the lists below a value whose objects are like papers: how many are, and the way there."""
    if len(path) > 6 or not isinstance(value, (dict, list)):
        return
    if isinstance(value, list):
        count = sum(isinstance(item, dict) and _paperlike(item) for item in value)
        if count:
            yield count, path
        return
    for key, inner in value.items():
        yield from _lists(inner, (*path, key))


def _columns(value: Mapping[str, Any]) -> Any:
    """Turn an object of columns into a list of rows, as pandas and databases write them."""
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
    """The keys that lead to the list of papers in an object; none where it is a paper itself.

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
    """The lines on which the objects at this depth of nesting begin."""
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


# --- damaged ---------------------------------------------------------------------------


def _salvage(text: str) -> Iterator[Entry]:
    """Take every object of a text that is not whole itself, the damaged ones as far as they go."""
    ends = [match.start() for match in re.finditer("\n", text)]
    inside = _INSIDE.search(text, 0, 20_000) if text.lstrip()[:1] == "{" else None
    first = inside or _NEXT.search(text)
    at = first.end() if first else _opening(text)
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
                yield Entry(line, value, _why(error), text[at : min(stop, at + 40_000)])
            else:
                yield Entry(line, None, _why(error), text[at : min(stop, at + 40_000)])
            end = stop
        if following is _NEXT and isinstance(value, dict) and value:
            following = _like(next(iter(value)))
        found = following.search(text, end)
        at = found.end() if found else len(text)


def _decode(text: str, at: int) -> tuple[Any, int]:
    """Parse the value that begins here; an error costs no more than looking at a piece of the text."""
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
"""Letters that hardly any object exceeds."""


def _opening(text: str) -> int:
    """Where the first object of a text opens; its end where none does."""
    at = text.find("{", 0, 20_000)
    return at if at >= 0 else len(text)


def _like(key: str) -> re.Pattern[str]:
    """Where an object like the others begins: with the same key."""
    return re.compile(rf"(?=\{{\s{{0,100}}[\"']?{re.escape(str(key))}[\"']?\s{{0,20}}:)")
