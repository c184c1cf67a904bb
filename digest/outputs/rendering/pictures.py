"""Pictures: SVG to PNG, the same bytes on every machine. The one module that knows resvg."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import resvg_py

from digest.store import Cache, key

SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
"""What the fonts that come with the templates can write; a machine's own fonts are not used."""


class Pictures:
    """Draws what was not drawn before: a picture takes as long as ten pages."""

    def __init__(self, folders: Iterable[Path], cache: Cache) -> None:
        """Take the fonts from folders; `cache` keeps the pictures by what they were drawn from."""
        found = [file for folder in folders for file in sorted(folder.glob("*.[ot]tf"))]
        self._fonts = [str(file) for file in found]
        names = (f"{file.name} {file.stat().st_size}" for file in found)
        self._with = key(resvg_py.__resvg_version__, *names)
        self._cache = cache

    def png(self, svg: str) -> bytes:
        """Draw an SVG image. Raises `ValueError` for what is none."""
        name = key(self._with, svg)
        kept = self._cache.get(name)
        if isinstance(kept, str):
            return base64.b64decode(kept)
        drawn = bytes(
            resvg_py.svg_to_bytes(svg_string=svg, font_files=self._fonts, skip_system_fonts=True)
        )
        self._cache.put(name, base64.b64encode(drawn).decode())
        return drawn


def can_write(text: str) -> bool:
    """Say whether the fonts have every letter of a text.

    >>> can_write("Łódź, Ω & Я"), can_write("深度学习")
    (True, False)
    """
    letters = (unicodedata.name(char, "") for char in text if unicodedata.category(char)[0] == "L")
    return all(name.startswith(SCRIPTS) for name in letters)
