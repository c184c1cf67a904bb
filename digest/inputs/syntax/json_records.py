"""What formats that are a dialect of JSON have in common: how they are told apart and read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any

from digest.inputs import findings
from digest.inputs.document import HEAD, Document
from digest.inputs.format import Format
from digest.inputs.syntax import crosswalk, objects
from digest.language.tex import tags
from digest.models import Guess, Reading, Record, Seed

Adapt = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Puts an object of the dialect into the keys `fields.record` knows."""


def first(document: Document) -> tuple[objects.Object, ...]:
    """Up to five objects from the beginning of a document; none where it is no JSON."""
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


def form(
    name: str,
    label: str,
    mine: Callable[[objects.Object], bool],
    missing: str,
    adapt: Adapt,
    *,
    about: str,
    example: str,
) -> Format:
    """Return the format of a bibliography in a dialect."""
    return Format(
        name,
        label,
        "json",
        lambda document: guess(document, mine, missing),
        lambda document: reading(document, name, adapt),
        believed=True,
        about=about,
        example=example,
    )


def guess(document: Document, mine: Callable[[objects.Object], bool], missing: str) -> Guess:
    """Sure where the objects have what only this dialect has."""
    found = document.view(first)
    if not found:
        return Guess(0.0, "an opening '{' or '['")
    share = sum(map(mine, found)) / len(found)
    return Guess(0.95 * share, "" if share else missing)


def reading(seed: Seed, name: str, adapt: Adapt = lambda value: value) -> Reading:
    """Read every object; one that is damaged, or tells of no paper, is refused."""
    return findings.reading(seed, name, _finds(seed, adapt))


def _finds(seed: Seed, adapt: Adapt) -> Iterator[findings.Find]:
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


def _record(seed: Seed, entry: objects.Entry, adapt: Adapt) -> Record | None:
    try:
        return crosswalk.record(seed, entry.line, adapt(entry.value or {}))
    except (TypeError, AttributeError, KeyError, IndexError, ValueError):
        return None  # shaped like nothing of this dialect: refused, with its text


_TAG = re.compile(
    rf"</?(?:[a-z]\w{{0,20}}:[a-z][\w.-]{{0,40}}|{tags.ELEMENT}|inf|fn|graphic|formula|article-?title|abstract-?text|x|it){tags.ATTRIBUTES}\s*/?>",
    re.I,
)
"""Tags of a name that is known, or has a prefix: what an abstract has in angle brackets is text."""


def untag(value: object) -> str:
    """Take tags and character references off a text.

    >>> untag("<jats:title>Abstract</jats:title><jats:p>A <jats:italic>b</jats:italic> &lt; c</jats:p>")
    'A b < c'
    >>> untag("put it in <answer> tags, for a&lt;b and c>d"), untag('<span class="x">a</span>')
    ('put it in <answer> tags, for a<b and c>d', 'a')
    """
    text = value if isinstance(value, str) else crosswalk.text(value)
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
    return crosswalk.squeeze(unescape(text))
