"""All exceptions of the program, in one hierarchy.

An error is raised where it occurs, with the objects it is about as attributes, and
printed once, by `cli` or `plugin`. Its message says where, what was expected, what
was found, and what to do. What costs only one record is not an error but a
`models.Problem`: it is collected, and the build goes on.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class DigestError(Exception):
    """Any error that stops digest; its message is meant for the user."""


class UsageError(DigestError):
    """A command or an option was used in a way that makes no sense."""


class ConfigError(DigestError):
    """mkdocs.yml, seeds/sources.yml or a topic table has an invalid entry."""

    def __init__(self, file: Path | str, message: str) -> None:
        """Take the file that must change, and what must change in it."""
        super().__init__(f"{file}: {message}")
        self.file = file


class SeedError(DigestError):
    """A document could not be read at all; the others are."""

    def __init__(self, seed: str, message: str, refused: int = 1) -> None:
        """Take the document, the reason, and how many papers that may have cost."""
        super().__init__(f"{seed}: {message}")
        self.seed = seed
        self.message = message
        self.refused = refused


class RegisterError(DigestError):
    """The register of published papers cannot be read, so no address is safe."""


class AccountError(DigestError):
    """The accounts do not balance: a record was neither published, merged nor refused."""


class RenderError(DigestError):
    """A template could not be rendered."""


class SearchError(DigestError):
    """The papers could not be indexed; the site is complete except for its search."""


class WriteError(DigestError):
    """A file could not be written; what was there before is unchanged."""


class BusyError(DigestError):
    """Another process writes the same part of the digest; nothing was changed."""


class WebError(DigestError):
    """A server did not respond, or sent an invalid reply; the others are still asked."""

    def __init__(self, service: str, message: str, final: bool = False) -> None:
        """Take the service, the reason, and whether it is pointless to ask again in this run."""
        super().__init__(f"{service}: {message}")
        self.service = service
        self.final = final


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a suggestion of the known word that was probably meant, as the end of a sentence.

    >>> nearest("topic", ["topics", "per_page"])
    "; did you mean 'topics'?"
    >>> nearest("zebra", ["topics", "per_page"])
    ''
    """
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
