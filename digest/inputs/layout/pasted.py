"""Formats of plain text, whether pasted or extracted from a web page or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import (
    abstracts,
    alerts,
    arxiv_listing,
    arxiv_mail,
    chats,
    first_page,
    id_lists,
    labelled,
    markdown,
    scholarly_pages,
    titled,
    trending,
)
from digest.inputs.syntax.structure import structure
from digest.models import Reading

FORMATS: Sequence[Format] = (
    arxiv_mail.FORMAT,
    chats.FORMAT,
    alerts.FORMAT,
    arxiv_listing.FORMAT,
    scholarly_pages.FORMAT,
    first_page.FORMAT,
    id_lists.FORMAT,
    labelled.FORMAT,
    markdown.FORMAT,
    trending.FORMAT,
    titled.FORMAT,
    abstracts.FORMAT,
)
"""All formats of plain text; of two that are equally sure the first wins."""

SURE = 0.25
"""The confidence below which a text has none of these formats."""


_EXPORT = re.compile(
    r"^(?:@[A-Za-z]{3,20}\s?\{[^\s{}]{0,80},|TY\s\s?- [A-Z]|PMID- ?\d|%0 [A-Z]|<\d{1,6}\. ?>|[RP]T [A-Z]|=LDR )",
    re.M,
)
"""The first line of a bibliography entry."""

LINKED = 0.7
"""Share of the greatest confidence that suffices for an earlier rendering of a text."""


def read(*texts: Document) -> Reading:
    """Read a text by the format that is surest of it.

    Several renderings of one text, such as with and without links, are in order of
    preference: the first that suits the format is read. An export or other structured
    text is read by its own format.
    """
    if (_EXPORT.search(texts[0].text) or structure(texts[0].text)) and (made := texts[0].inside()):
        return made
    guesses = [[form.recognise(text).confidence for text in texts] for form in FORMATS]
    sure = max(map(max, guesses))
    at = next(at for at, found in enumerate(guesses) if max(found) == sure)
    if sure < SURE:
        return Reading(texts[0], "unknown")
    suits = (text for text, one in zip(texts, guesses[at], strict=True) if one > LINKED * sure)
    return FORMATS[at].read(next(suits))


def relocate(reading: Reading, lines: Sequence[int]) -> Iterator[findings.Finding]:
    """Yield the finds of a text at the lines of the document that its lines come from.

    `lines` has the line number in the document, from 1, for every line of the text.
    """

    def at(line: int) -> int:
        return lines[min(max(line, 1), len(lines)) - 1] if lines else 1

    for record in reading.records:
        yield replace(record, line=at(record.line))
    for problem in reading.problems:
        yield replace(problem, line=at(problem.line))
