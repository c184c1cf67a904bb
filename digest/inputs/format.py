"""The description of a format, from which all lists and choices of formats are computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from digest.inputs.document import Document
from digest.inputs.syntax.extents import Extent
from digest.models import Guess, Reading

StructureName = Literal[
    "bibtex", "json", "labels", "mail", "marc", "page", "prose", "table", "tags", "xml", "yaml"
]
"""What a document consists of: a syntax, labels that say what each line holds, or prose."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of document and how it is read."""

    name: str
    """The id, shown by `digest check` and written into sources.yml."""
    label: str
    """What readers call such a document."""
    about: str = field(kw_only=True)
    """What it is, in one line of Markdown, for the table of formats."""
    example: str = field(kw_only=True)
    """What such a document looks like, in a few lines; `…` for what is left out."""
    structure: StructureName
    recognise: Callable[[Document], Guess]
    """Returns the confidence, by content and never by file name, and what is missing."""
    read: Callable[[Document], Reading]
    """Turns the document into records and problems."""
    surest: float = 1.0
    """The highest confidence it returns: the format is not asked where another has a higher one."""
    believed: bool = False
    """Whether its records are papers by definition, as in a bibliography; others are judged."""
    papers_only: bool = False
    """Whether it holds nothing but papers, so that unread text in it is read again."""
    whole: bool = False
    """Whether it is one document even if others are quoted in it."""
    extents: tuple[Extent, ...] = ()
    """How its entries begin and end, where other content may be above or below them."""

    @property
    def is_text(self) -> bool:
        """Whether it is plain, pasted text."""
        return self.structure in ("labels", "prose")
