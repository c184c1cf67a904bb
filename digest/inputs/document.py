"""A document as the formats look at it: each view of it is made once, when it is first asked for."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from digest.models import Reading, Seed

HEAD = 150_000
"""Letters of a document that are looked at to tell its format."""

HEAD_LINES = 3_000
"""And lines."""

DEEPEST = 3
"""Documents within documents: an export in the body of a mail that is in a folder."""

View = TypeVar("View")
Reader = Callable[["Document"], Reading]


@dataclass(frozen=True, slots=True)
class Document(Seed):
    """A seed with what has been seen of it: its lines, its paragraphs, its objects.

    A view is any function of a document. Formats that ask for the same view share it,
    and so do telling a format and reading it.
    """

    reader: Reader | None = field(default=None, repr=False, compare=False)
    """Reads a document of any format that is inside this one: the body of a mail, the text of a page."""
    depth: int = 0
    """How many documents this one is inside of."""
    _views: dict[Callable[[Document], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def view(self, make: Callable[[Document], View]) -> View:
        """Return what a function makes of this document, made once.

        >>> document = of(Seed("a.txt", "Memory Networks"))
        >>> document.view(repr) is document.view(repr)
        True
        """
        if make not in self._views:
            self._views[make] = make(self)
        made: View = self._views[make]
        return made

    def inside(self) -> Reading | None:
        """Read what is inside of another as a document of its own; None where that has gone on too long."""
        if self.reader is None or self.depth >= DEEPEST:
            return None
        return self.reader(replace(self, depth=self.depth + 1))

    @property
    def head(self) -> Document:
        """The beginning, which is enough to tell the format; the document itself where it is short."""
        return self.view(_head)


def unwrapped(document: Document) -> Document:
    """Return a document without what a mail or a page has put before every one of its lines.

    >>> unwrapped(of(Seed("a.txt", "> TY  - JOUR\\n>\\n> TI  - On Knots"))).text
    'TY  - JOUR\\n\\nTI  - On Knots'
    """
    lines = document.text.split("\n")
    told = [line for line in lines if line.strip()]
    if told and sum(bool(_QUOTED.match(line)) for line in told) > QUOTED * len(told):
        text = "\n".join(_QUOTED.sub("", line, count=1) for line in lines)
        return (
            unwrapped(replace(document, text=text)) if len(text) < len(document.text) else document
        )
    text = textwrap.dedent(document.text) if told and told[0][0] == " " else document.text
    return document if text == document.text else replace(document, text=text)


QUOTED = 0.95
"""Share of the lines that have the mark of a quotation where all that is told is quoted."""

_QUOTED = re.compile(r" {0,3}> ?")


def of(seed: Seed, reader: Reader | None = None) -> Document:
    """Return a seed as a document that nothing has been seen of; a document as it is."""
    if isinstance(seed, Document):
        return seed
    return Document(seed.name, seed.text, seed.note, seed.sha, seed.repairs, reader)


def _head(document: Document) -> Document:
    text = document.text[:HEAD]
    text = "\n".join(text.split("\n", HEAD_LINES)[:HEAD_LINES])
    return document if len(text) == len(document.text) else replace(document, text=text)
