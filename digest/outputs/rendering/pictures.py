"""Drawing SVG as PNG with resvg: the same bytes on every machine."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

import resvg_py

from digest.store import Cache, key

SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
"""Scripts of the fonts that come with the templates; the machine's own fonts are not used."""


class Pictures:
    """Draws pictures, and keeps them: one takes as long as ten pages."""

    def __init__(self, folders: Iterable[Path], cache: Cache) -> None:
        """Use the fonts in `folders`; keep pictures in `cache`."""
        found = [file for folder in folders for file in sorted(folder.glob("*.[ot]tf"))]
        self._fonts = [str(file) for file in found]
        names = (f"{file.name} {file.stat().st_size}" for file in found)
        self._version = key(resvg_py.__resvg_version__, *names)
        self._cache = cache

    def png(self, svg: str) -> bytes:
        """Draw an SVG image as PNG. Raises `ValueError` if it is not valid SVG."""
        name = key(self._version, svg)
        kept = self._cache.get(name)
        if isinstance(kept, bytes):
            return kept
        png = bytes(
            resvg_py.svg_to_bytes(svg_string=svg, font_files=self._fonts, skip_system_fonts=True)
        )
        self._cache.put(name, png)
        return png


def can_draw(text: str) -> bool:
    """Return whether the fonts have every letter of a text.

    >>> can_draw("Łódź, Ω & Я"), can_draw("深度学习")
    (True, False)
    """
    letters = (unicodedata.name(char, "") for char in text if unicodedata.category(char)[0] == "L")
    return all(name.startswith(SCRIPTS) for name in letters)
