"""What a format is: one record, from which everything that is known of formats is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from digest.inputs.document import Document
from digest.inputs.syntax.extents import Extent
from digest.models import Guess, Reading

Structure = Literal[
    "bibtex", "json", "labels", "mail", "marc", "page", "prose", "table", "tags", "xml", "yaml"
]
"""What a document is made of: a syntax, labels that say what each line holds, or prose."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of document and how it is read."""

    name: str
    """Its id, shown by `digest check` and written into sources.yml."""
    label: str
    """What readers call such a document."""
    about: str = field(kw_only=True)
    """Says in a line what it is, in Markdown, for the table of formats."""
    example: str = field(kw_only=True)
    """How such a document looks, in a few lines; `…` for what is left out."""
    structure: Structure
    recognise: Callable[[Document], Guess]
    """Says how sure it is, by content and never by file name, and what is missing."""
    read: Callable[[Document], Reading]
    """Turns the document into records and problems."""
    surest: float = 1.0
    """The most that it says: one that goes by looks is not asked where another is surer."""
    believed: bool = False
    """Whether its records are papers by where they are: in a bibliography. All others have to look like one."""
    papers_only: bool = False
    """Whether it holds nothing but papers, so that text in it that nobody read is looked at again."""
    whole: bool = False
    """Whether it is one document, whatever is quoted in it."""
    extents: tuple[Extent, ...] = ()
    """How its entries begin and end, where something else may be above or below them."""

    @property
    def is_text(self) -> bool:
        """Whether it is plain text, as it is pasted."""
        return self.structure in ("labels", "prose")
