"""Everything that can go wrong, in one tree.

An error is raised deep, with the objects it is about as attributes, and spoken
once at the edge (`cli`, `plugin`). Its text tells where, what was expected,
what was found, and what to do. What costs only one record is not an error but
a `models.Problem`: it is collected, and the build goes on.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class DigestError(Exception):
    """Anything digest stops for; its text is meant for the person at the keyboard."""


class UsageError(DigestError):
    """A command or an option was used in a way that has no meaning."""


class ConfigError(DigestError):
    """mkdocs.yml, seeds/sources.yml or a topic table says something that cannot be."""

    def __init__(self, file: Path | str, message: str) -> None:
        """Name the file that has to change and what has to change in it."""
        super().__init__(f"{file}: {message}")
        self.file = file


class SeedError(DigestError):
    """A document could not be read at all; the others go on."""

    def __init__(self, seed: str, message: str, refused: int = 1) -> None:
        """Name the document, what stands in the way, and how many papers that may have cost."""
        super().__init__(f"{seed}: {message}")
        self.seed = seed
        self.message = message
        self.refused = refused


class RegisterError(DigestError):
    """The register of published papers cannot be read, so no address is safe."""


class AccountError(DigestError):
    """The sums do not agree: a record was neither published, merged nor refused."""


class RenderError(DigestError):
    """A template could not be filled in."""


class SearchError(DigestError):
    """The papers could not be indexed; the site is complete but for its search."""


class WriteError(DigestError):
    """A file could not be written; what was there before is untouched."""


class EnrichError(DigestError):
    """A public index could not be asked, or answered nonsense; the others go on."""

    def __init__(self, index: str, message: str, final: bool = False) -> None:
        """Name the index, what is wrong, and whether asking it again in this run is in vain."""
        super().__init__(f"{index}: {message}")
        self.index = index
        self.final = final


def nearest(word: str, known: Iterable[str]) -> str:
    """Suggest the known word that was probably meant, as the end of a sentence.

    >>> nearest("topic", ["topics", "per_page"])
    "; did you mean 'topics'?"
    >>> nearest("zebra", ["topics", "per_page"])
    ''
    """
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
