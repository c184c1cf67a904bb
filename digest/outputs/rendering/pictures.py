"""Drawing SVG as PNG with resvg: the same bytes on every machine."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import resvg_py

SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
"""Scripts of the fonts that come with the templates; the machine's own fonts are not used."""


class Pictures:
    """Draws pictures with given fonts."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Use the fonts in `folders`."""
        files = [each for folder in folders for each in sorted(folder.glob("*")) if each.is_file()]
        self._fonts = [str(file) for file in files if file.suffix in (".otf", ".ttf")]
        self.files = tuple((file.name, sha256(file.read_bytes()).hexdigest()) for file in files)
        """(name, checksum) of each font, and of what else a picture may show."""

    def png(self, svg: str) -> bytes:
        """Draw an SVG image as PNG. Raises `ValueError` if it is not valid SVG."""
        return bytes(
            resvg_py.svg_to_bytes(svg_string=svg, font_files=self._fonts, skip_system_fonts=True)
        )


def can_draw(text: str) -> bool:
    """Return whether the fonts have every letter of a text.

    >>> can_draw("Łódź, Ω & Я"), can_draw("深度学习")
    (True, False)
    """
    letters = (unicodedata.name(char, "") for char in text if unicodedata.category(char)[0] == "L")
    return all(name.startswith(SCRIPTS) for name in letters)
