"""JSON and JSON Lines, in the dialects people store papers in.

{"title": "Memory Networks", "abstract": "We describe …", "id": "1410.3916"}
{"papers": [{"title": …, "summary": …, "pdf": …, "authors": "A. Lovelace, C. Babbage"}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.inputs import fields, objects, pieces
from digest.models import Guess, Reading, Seed

NAME = "json-lines"
LABEL = "JSON list of papers"


def recognise(seed: Seed) -> Guess:
    """Sure where objects with a title or an abstract are found."""
    if not objects.looks_json(seed.text):
        return Guess(0.0, "an opening '{' or '['")
    first = next((e.value for e in objects.entries(seed.text[:3_000_000]) if e.value), None)
    if first is None:
        return Guess(0.1, "a whole JSON object")
    known = fields.record(seed, 1, first)
    return Guess(0.8) if known else Guess(0.2, "an object with a key 'title' or 'abstract'")


def read(seed: Seed) -> Reading:
    """Read every object; one that is damaged, or tells of no paper, is refused."""
    return pieces.reading(seed, NAME, recognise(seed).confidence, _finds(seed))


def _finds(seed: Seed) -> Iterator[pieces.Find]:
    for entry in objects.entries(seed.text):
        if entry.value is None:
            message = (
                f"expected a JSON object, found damage ({entry.error}) — the paper is left out"
            )
            yield pieces.refuse(seed, entry.line, message, entry.raw)
        elif made := fields.record(seed, entry.line, entry.value):
            yield made
        else:
            keys = ", ".join(map(str, list(entry.value)[:8])) or "no keys"
            message = f"expected the keys 'title' or 'abstract', found {pieces.quote(keys)} — the paper is left out"
            yield pieces.refuse(seed, entry.line, message, str(dict(entry.value)))
