"""What is pasted text once its wrapping is off: the text of a web page, the body of a mail."""

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
    entries,
    first_page,
    id_lists,
    labelled,
    markdown,
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
    entries.FORMAT,
    first_page.FORMAT,
    id_lists.FORMAT,
    labelled.FORMAT,
    markdown.FORMAT,
    trending.FORMAT,
    titled.FORMAT,
    abstracts.FORMAT,
)
"""What a text may be, in order; of two that are equally sure the first wins."""

SURE = 0.25
"""Below this confidence a text is none of them."""


_EXPORT = re.compile(
    r"^(?:@[A-Za-z]{3,20}\s?\{[^\s{}]{0,80},|TY\s\s?- [A-Z]|PMID- ?\d|%0 [A-Z]|<\d{1,6}\. ?>|[RP]T [A-Z]|=LDR )",
    re.M,
)
"""The first line of an entry of a bibliography."""

LINKED = 0.7
"""Share of the confidence that the first way to write a text, with its links, may lack."""


def read(*texts: Document) -> Reading:
    """Read a text by the format that is surest; of several ways to write it, the first that suits that."""
    if (_EXPORT.search(texts[0].text) or structure(texts[0].text)) and (made := texts[0].inside()):
        return made
    guesses = [[form.recognise(text).confidence for text in texts] for form in FORMATS]
    sure = max(map(max, guesses))
    at = next(at for at, found in enumerate(guesses) if max(found) == sure)
    if sure < SURE:
        return Reading(texts[0], "unknown")
    suits = (text for text, one in zip(texts, guesses[at], strict=True) if one > LINKED * sure)
    return FORMATS[at].read(next(suits))


def placed(reading: Reading, lines: Sequence[int]) -> Iterator[findings.Find]:
    """What was found in a text, at the lines of the document that its lines come from."""

    def at(line: int) -> int:
        return lines[min(max(line, 1), len(lines)) - 1] if lines else 1

    for record in reading.records:
        yield replace(record, line=at(record.line))
    for problem in reading.problems:
        yield replace(problem, line=at(problem.line))
