"""What is pasted text once its wrapping is off: the text of a web page, the body of a mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from digest.inputs import (
    abstracts,
    arxivmail,
    labelled,
    listing,
    markdown,
    pieces,
    titled,
    trending,
)
from digest.models import Guess, Reading, Seed


class _Reader(Protocol):
    def recognise(self, seed: Seed) -> Guess: ...
    def read(*texts: Seed) -> Reading:
    """Read a text by the format that is surest; of several ways to write it, the first that suits that."""
    guesses = {form: [form.recognise(text).confidence for text in texts] for form in READERS}
    form = max(guesses, key=lambda form: max(guesses[form]))
    sure = max(guesses[form])
    if sure < SURE:
        return Reading(texts[0], "unknown")
    return form.read(next(t for t, one in zip(texts, guesses[form], strict=True) if one > 0.8 * sure))


def placed(reading: Reading, lines: Sequence[int]) -> Iterator[pieces.Find]:
    """What was found in a text, at the lines of the document that its lines come from."""

    def at(line: int) -> int:
        return lines[min(max(line, 1), len(lines)) - 1] if lines else 1

    for record in reading.records:
        yield replace(record, line=at(record.line))
    for problem in reading.problems:
        yield replace(problem, line=at(problem.line))
