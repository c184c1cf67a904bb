"""Bare abstracts, one a paragraph, without titles.

This work studies the general principles of improving the learning of language …
While deep reinforcement learning (RL) has fueled multiple high-profile …
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import sequence_labelling, views
from digest.inputs.layout.titled import asides_of, heading
from digest.models import Guess, Reading, Seed

NAME = "abstracts"

_SUREST = 0.8


def recognise(document: Document) -> Guess:
    """Sure where nearly every paragraph reads like an abstract and titles would not fit."""
    bare = document.head.view(views.bare)
    if not (count := bare.count("abstract")):
        return Guess(0.0, "a paragraph that reads like an abstract")
    share = count / len(bare.parts)
    titled = document.head.view(views.titled)
    return Guess(_SUREST * share if bare.score > titled.score else 0.3 * share)


def read(document: Document) -> Reading:
    """Take every paragraph that reads like an abstract; the rest is furniture or refused."""
    found = document.view(views.bare)
    return findings.reading(document, NAME, _finds(document, found), heading(found))


def _finds(seed: Seed, found: sequence_labelling.Layout) -> Iterator[findings.Find]:
    for part in found.parts:
        if part.role == "abstract":
            yield findings.record(seed, part.block.line, None, part.block.text)
    yield from asides_of(seed, found)


FORMAT = Format(
    NAME,
    "list of abstracts",
    "prose",
    recognise,
    read,
    papers_only=True,
    surest=_SUREST,
    about="bare abstracts, one to a line or to a paragraph",
    example="We present observations of …",
)
