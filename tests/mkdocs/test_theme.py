"""The theme: what templates, style sheets and scripts call each other by."""

from __future__ import annotations

import re

from digest.outputs import OUTPUTS
from digest.outputs.rendering.templates import built_in


def _text(*endings: str) -> str:
    """All built-in files of these kinds, one after the other."""
    files = sorted(file for file in built_in().rglob("*") if file.name.endswith(endings))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_a_class_of_a_template_is_known_to_a_style_sheet_or_a_script() -> None:
    """One that neither knows is left over from a change, and what bears it is bare."""
    used = set(re.findall(r"(?<![\w-])dg-[a-z-]+(?![\w{-]|\{)", _text(".md.j2", ".html")))
    known = set(re.findall(r"dg-[a-z-]+", _text(".css", ".js")))
    assert used - known == set()


def test_a_class_of_a_script_is_known_to_a_template_or_a_style_sheet() -> None:
    """A script that looks for what is not there does nothing, in silence."""
    used = set(re.findall(r"\.(dg-[a-z-]+)", _text(".js")))
    known = set(re.findall(r"dg-[a-z-]+", _text(".md.j2", ".html", ".css")))
    made = set(re.findall(r'(?:class: "|classList\.\w+\(")(dg-[a-z-]+)', _text(".js")))
    assert used - known - made == set()


def test_what_a_page_imports_is_asked_for_at_once() -> None:
    """A module that only another names would come one way later."""
    modules = [name for output in OUTPUTS for name in output.modules]
    frame = _text("main.html") + " ".join(f'"{name}"' for name in modules)
    for name in re.findall(r'from "\./([a-z]+)\.js"', _text(".js")):
        assert re.search(rf"""["']{name}["']""", frame), name
