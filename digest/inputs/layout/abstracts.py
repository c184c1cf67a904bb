"""Abstracts without titles, one to a paragraph.

This work studies the general principles of improving the learning of language …
While deep reinforcement learning (RL) has fueled multiple high-profile …
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import sequence_labelling, views
from digest.inputs.layout.titled import document_date, remarks_on_unpaired
from digest.models import Guess, Reading, Seed

NAME = "abstracts"

_SUREST = 0.8


def recognise(document: Document) -> Guess:
    """Return how sure it is: most if nearly all paragraphs are abstracts and titles fit worse."""
    bare = document.head.view(views.bare)
    if not (count := bare.count("abstract")):
        return Guess(0.0, "a paragraph that reads like an abstract")
    share = count / len(bare.parts)
    titled = document.head.view(views.titled)
    return Guess(_SUREST * share if bare.score > titled.score else 0.3 * share)


def read(document: Document) -> Reading:
    """Read every paragraph that reads like an abstract; remark on other sentences."""
    found = document.view(views.bare)
    return findings.reading(document, NAME, _finds(document, found), document_date(found))


def _finds(seed: Seed, found: sequence_labelling.Labelling) -> Iterator[findings.Finding]:
    for part in found.parts:
        if part.role == "abstract":
            yield findings.record(seed, part.block.line, None, part.block.text)
    yield from remarks_on_unpaired(seed, found)


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
