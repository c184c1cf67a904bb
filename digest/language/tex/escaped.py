"""TeX that an export has escaped as if it were text: `{\\textbackslash}rm H{\\textbraceright}`.

A reference manager takes the TeX in an abstract for text, and writes a command for
each of its marks. Read once, the abstract would hold the TeX that its author wrote.
"""

from __future__ import annotations

import re

from digest.language.tex.symbol_tables import symbol

_ESCAPED_COMMAND = re.compile(
    r"\\textbackslash(?:\{\}|\}| )?\s?[A-Za-z]|\{\\textbrace(?:left|right)\}|\{\\[{}]\}|\$\\(?:backslash|\{)\$"
)
_MARKS = {
    "textbackslash": "\\",
    "backslash": "\\",
    "textbraceleft": "{",
    "{": "{",
    "textbraceright": "}",
    "}": "}",
    "$": "$",
    "textdollar": "$",
    "_": "_",
    "textunderscore": "_",
    "textasciicircum": "^",
    "^": "^",
}
_NAMES = (
    r"textbackslash|backslash|textbrace(?:left|right)|textdollar|textunderscore|textasciicircum"
)
_ONE = rf"\\((?:{_NAMES})(?![A-Za-z])|[{{}}$_]|\^(?=\{{\}}))"
_MARK = re.compile(
    rf"\{{?\${_ONE}\$\}}?|\{{{_ONE}\}}|\\({_NAMES})(?![A-Za-z])(?:\{{\}}| (?=\S))?|{_ONE}(?:\{{\}})?"
)
"""A mark: between dollars, in braces, or by itself with what ends the command."""
_LOST = re.compile(
    r"\{?(?<!\\)text(braceleft|braceright|backslash|asciitilde|asciicircum|quotesingle"
    r"|quotedblleft|quotedblright|quoteleft|quoteright|asteriskcentered|underscore|bullet|degree"
    r"|registered|trademark|rightarrow|leftarrow|ellipsis|endash|emdash|onehalf|periodcentered)"
    r"(?:\{\}|\}|(?![a-z])|(?=(?:rm|it|bf)\b))"
)
"""Names of commands that are no word of English, where the backslash was lost."""


def read(text: str) -> str:
    """Return the text with TeX in place of what stands for it.

    >>> read(r"of {\\textbackslash}textit{\\{}E. coli{\\}}, in textbraceleft x textbraceright")
    'of \\\\textit{E. coli}, in { x }'
    """
    if "\\" in text and _ESCAPED_COMMAND.search(text):
        text = _MARK.sub(lambda found: _MARKS[found[found.lastindex or 0]], text)
    return (
        _LOST.sub(lambda found: symbol(f"text{found[1]}") or "", text) if "text" in text else text
    )
