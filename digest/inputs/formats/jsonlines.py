"""JSON and JSON Lines, in the dialects people store papers in.

{"title": "Memory Networks", "abstract": "We describe …", "id": "1410.3916"}
{"papers": [{"title": …, "summary": …, "pdf": …, "authors": "A. Lovelace, C. Babbage"}]}
"""

from __future__ import annotations

from digest.inputs.syntax import dialect, fields, objects
from digest.models import Guess, Reading, Seed

NAME = "json-lines"
LABEL = "JSON list of papers"


def recognise(seed: Seed) -> Guess:
    """Fairly sure where objects have a title or an abstract, in any dialect."""
    found = dialect.guess(
        seed,
        lambda value: bool(fields.record(seed, 1, value)),
        "an object with a key 'title' or 'abstract'",
    )
    if found.confidence or not objects.looks_json(seed.text):
        return Guess(0.9 * found.confidence, found.missing)
    return Guess(0.3, found.missing)


def read(seed: Seed) -> Reading:
    """Read every object; one that is damaged, or tells of no paper, is refused."""
    return dialect.reading(seed, NAME)
