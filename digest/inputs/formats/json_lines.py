"""JSON and JSON Lines, in the various dialects in which papers are stored.

{"title": "Memory Networks", "abstract": "We describe …", "id": "1410.3916"}
{"papers": [{"title": …, "summary": …, "pdf": …, "authors": "A. Lovelace, C. Babbage"}]}
"""

from __future__ import annotations

from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.syntax import crosswalk, json_records, objects
from digest.inputs.syntax.extents import Extent, end_of_json
from digest.models import Guess, Reading, Seed

NAME = "json-lines"


def recognise(document: Document) -> Guess:
    """Fairly sure if objects have a title or an abstract, in any dialect."""
    found = json_records.guess(
        document,
        lambda value: bool(crosswalk.record(document, 1, value)),
        "an object with a key 'title' or 'abstract'",
    )
    if found.confidence or not objects.looks_json(document.text):
        return Guess(0.9 * found.confidence, found.missing)
    return Guess(0.3, found.missing)


def read(seed: Seed) -> Reading:
    """Read every object; one that is damaged or describes no paper is refused."""
    return json_records.reading(seed, NAME)


_EXTENTS = (
    Extent("json", r"\s{0,8}(?:\{\s{0,8}(?:\"|$)|\[\s{0,8}(?:[\[{]\s{0,8})?(?:[\"{]|$))", end_of_json, alone=True),
)  # fmt: skip

FORMAT = Format(
    NAME,
    "JSON list of papers",
    "json",
    recognise,
    read,
    extents=_EXTENTS,
    about="JSON and JSON Lines in the dialects people store, also damaged: cut short, commas lost,"
    " quotation marks wrong",
    example='{"title": …, "abstract": …, "authors": […], "date": …, "id": …}',
)
