"""A document as formats see it; each view of it is computed once, on first use."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from digest.models import Reading, Seed

HEAD = 150_000
"""Characters of a document that are examined to recognise its format."""

HEAD_LINES = 3_000
"""Lines of a document that are examined to recognise its format."""

DEEPEST = 3
"""Maximum nesting of documents: a mailbox holds a mail, whose body holds an export."""

View = TypeVar("View")
Reader = Callable[["Document"], Reading]


@dataclass(frozen=True, slots=True)
class Document(Seed):
    """A seed with cached views: its lines, its paragraphs, its objects.

    A view is any function of a document. Formats that use the same view share it, and
    recognising a format shares it with reading it.
    """

    reader: Reader | None = field(default=None, repr=False, compare=False)
    """Reads a document of any format inside this one: the body of a mail, the text of a page."""
    depth: int = 0
    """The number of documents that this one is inside."""
    _views: dict[Callable[[Document], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def view(self, make: Callable[[Document], View]) -> View:
        """Return the value of a function of this document, computed once.

        >>> document = as_document(Seed("a.txt", "Memory Networks"))
        >>> document.view(repr) is document.view(repr)
        True
        """
        if make not in self._views:
            self._views[make] = make(self)
        made: View = self._views[make]
        return made

    def inside(self) -> Reading | None:
        """Read an inner document as a document of its own; None where documents nest too deep."""
        if self.reader is None or self.depth >= DEEPEST:
            return None
        return self.reader(replace(self, depth=self.depth + 1))

    @property
    def head(self) -> Document:
        """The beginning, enough to recognise the format; the document itself where it is short."""
        return self.view(_head)


def unquoted(document: Document) -> Document:
    """Return a document without the quote marks or the indentation before all of its lines.

    >>> unquoted(as_document(Seed("a.txt", "> TY  - JOUR\\n>\\n> TI  - On Knots"))).text
    'TY  - JOUR\\n\\nTI  - On Knots'
    """
    lines = document.text.split("\n")
    filled = [line for line in lines if line.strip()]
    if filled and sum(bool(_QUOTED.match(line)) for line in filled) > QUOTED * len(filled):
        text = "\n".join(_QUOTED.sub("", line, count=1) for line in lines)
        return (
            unquoted(replace(document, text=text)) if len(text) < len(document.text) else document
        )
    text = textwrap.dedent(document.text) if filled and filled[0][0] == " " else document.text
    return document if text == document.text else replace(document, text=text)


QUOTED = 0.95
"""Share of the lines with a quote mark above which the whole document is a quotation."""

_QUOTED = re.compile(r" {0,3}> ?")


def as_document(seed: Seed, reader: Reader | None = None) -> Document:
    """Return a seed as a document without views; a document unchanged."""
    if isinstance(seed, Document):
        return seed
    return Document(seed.name, seed.text, seed.note, seed.sha, seed.repairs, reader)


def _head(document: Document) -> Document:
    text = document.text[:HEAD]
    text = "\n".join(text.split("\n", HEAD_LINES)[:HEAD_LINES])
    return document if len(text) == len(document.text) else replace(document, text=text)
