"""Recognition and reading of the formats that are dialects of JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any

from digest.inputs import findings
from digest.inputs.document import HEAD, Document
from digest.inputs.format import Format
from digest.inputs.syntax import crosswalk, field_values, objects
from digest.language.strings import squeeze
from digest.language.tex import tags
from digest.models import Guess, Reading, Record, Seed

Adapt = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Turns an object of a dialect into one with keys that `crosswalk.record` handles."""


def first_objects(document: Document) -> tuple[objects.Object, ...]:
    """Return up to five objects at the beginning of a document; none if it is not JSON."""
    head = document.text[: 4 * HEAD]
    if not objects.looks_json(head):
        return ()
    found = []
    for entry in objects.entries(head):
        if entry.value is not None:
            found.append(entry.value)
        if len(found) == 5:
            break
    return tuple(found)


def make_format(
    name: str,
    label: str,
    is_own: Callable[[objects.Object], bool],
    missing: str,
    adapt: Adapt,
    *,
    about: str,
    example: str,
) -> Format:
    """Return the format of a bibliography in a dialect whose objects `is_own` recognises."""
    return Format(
        name,
        label,
        "json",
        lambda document: guess(document, is_own, missing),
        lambda document: reading(document, name, adapt),
        believed=True,
        about=about,
        example=example,
    )


def guess(document: Document, is_own: Callable[[objects.Object], bool], missing: str) -> Guess:
    """Return a confidence by the share of the first objects that are of the dialect."""
    found = document.view(first_objects)
    if not found:
        return Guess(0.0, "an opening '{' or '['")
    share = sum(map(is_own, found)) / len(found)
    return Guess(0.95 * share, "" if share else missing)


def reading(seed: Seed, name: str, adapt: Adapt = lambda value: value) -> Reading:
    """Read every object; refuse damaged ones and those that describe no paper."""
    return findings.reading(seed, name, _find_records(seed, adapt))


def _find_records(seed: Seed, adapt: Adapt) -> Iterator[findings.Finding]:
    for entry in objects.entries(seed.text):
        if entry.value is None:
            message = (
                f"expected a JSON object, found damage ({entry.error}) — the paper is left out"
            )
            yield findings.refuse(seed, entry.line, message, entry.raw)
        elif made := _record(seed, entry, adapt):
            if entry.error:
                found = f"expected a JSON object, found damage ({entry.error})"
                yield findings.remark(seed, entry.line, f"{found} — read as far as it goes")
            yield made
        else:
            keys = findings.quote(", ".join(map(str, list(entry.value)[:8])) or "no keys")
            message = f"expected a paper under 'title' or 'abstract', found {keys} — it is left out"
            yield findings.refuse(
                seed, entry.line, message, json.dumps(entry.value, ensure_ascii=False)
            )


def _record(seed: Seed, entry: objects.JsonEntry, adapt: Adapt) -> Record | None:
    try:
        return crosswalk.record(seed, entry.line, adapt(entry.value or {}))
    except (TypeError, AttributeError, KeyError, IndexError, ValueError):
        return None  # not of the shape of this dialect: refused, with its text


_TAG = re.compile(
    rf"</?(?:[a-z]\w{{0,20}}:[a-z][\w.-]{{0,40}}|{tags.ELEMENT}|inf|fn|graphic|formula|article-?title|abstract-?text|x|it){tags.ATTRIBUTES}\s*/?>",
    re.I,
)
"""Tags with a known name or a prefix; anything else in angle brackets is text."""


def untag(value: object) -> str:
    """Return a text without tags, its character references replaced.

    >>> untag("<jats:title>Abstract</jats:title><jats:p>A <jats:italic>b</jats:italic> &lt; c</jats:p>")
    'A b < c'
    >>> untag("put it in <answer> tags, for a&lt;b and c>d"), untag('<span class="x">a</span>')
    ('put it in <answer> tags, for a<b and c>d', 'a')
    """
    text = value if isinstance(value, str) else field_values.text(value)
    if "<" in text:
        text = re.sub(
            r"<(?:jats:)?title>\s*(?:abstract|summary)\s*</(?:jats:)?title>", " ", text, flags=re.I
        )
        text = re.sub(
            r"</?(?:jats:)?(?:p|sec|title|list|list-item|br|div|h\d|li|ul)\b[^<>]{0,300}>",
            " ",
            text,
            flags=re.I,
        )
        text = _TAG.sub("", text)
    return squeeze(unescape(text))
