"""Typewriter quotes, dashes, arrows and ties, Markdown emphasis and glued sentences, repaired."""

from __future__ import annotations

import re
from functools import cache

from digest.language import lexicon

_EMPHASIS = (
    re.compile(r"(?<![\w*\\/])(\*{1,3})(?=[^\s*])([^*\n]{0,300}?[^\s*])\1(?![\w*])"),
    re.compile(
        r"(?<![\w\\/])(?!__[a-z_]{1,40}__)(_{1,2})(?=[^\W_])([^_\n]{0,300}?[^\s_])\1(?![\w_])"
    ),
)


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return the rules in order: a string that the text must have, the pattern, its replacement."""
    openings = "|".join(sorted(map(str.capitalize, lexicon.words("plain sentence openings"))))
    return (
        ("`", re.compile(r"``\s?(?=\S)([^`\"“”]{1,400}?)(?:''|\"|``)"), r"“\1”"),
        ("`", re.compile(r"```[a-z]*|```"), ""),
        ("``", re.compile(r"``"), "“"),
        ("''", re.compile(r"(?:(?<=[\s(\[])|^)''(?=\w)"), "“"),
        ("''", re.compile(r"(?<!\w)\"(?=\S)([^\"“”']{1,300}[^\s\"“”'])''"), r"“\1”"),
        ("''", re.compile(r"''"), "”"),
        ("“", re.compile(r"“([^\"“”]{1,400})\"(?!\w)"), r"“\1”"),
        ("`", re.compile(r"`(?=[^\s`])([^`\n]{0,300}?[^\s`])'(?![A-Za-z])"), r"‘\1’"),
        ("`", re.compile(r"(?<!\w)`([^`\n]{1,300})`(?!\w)"), r"\1"),
        ("`", re.compile(r"(?<![\w`])`(?=[\w“])"), "‘"),
        ("---", re.compile(r"(?<=[^\s-])---(?=[^\s-])|(?<!\S)---(?!\S)|(?<=[^\s-])---(?!\S)"), "—"),
        ("--", re.compile(r"(?<=\d)--(?=\d)"), "–"),
        ("--", re.compile(rf"\b([A-Z]\w{{0,20}})--(?!(?:{openings})\b)(?=[A-Z])"), r"\1–"),
        ("--", re.compile(r"(?<![\S])--(?!\S)|(?<=[^\s\-<!])--(?=[^\s\->])|(?<=\w)--(?!\S)"), "—"),
        ("~", re.compile(r"(?<=[^\s(\[{<=~/\"“‘])~(?=[^\s~/])(?<!\d~)"), " "),
        ("~", re.compile(r"(?<=\d)~(?=[A-Za-z\\(])"), " "),
        ("=>", re.compile(r"(?<![=<>-])=>(?![=>])"), "⇒"),
        ("->", re.compile(r"(?<![-<=>])->(?![->])"), "→"),
        ("<->", re.compile(r"(?<!\S)<->(?!\S)"), "↔"),
        ("<-", re.compile(r"(?<!\S)<-(?!\S)"), "←"),
        (">=", re.compile(r"(?<![<>=-])>=(?![=>])"), "≥"),
        ("<=", re.compile(r"(?<![<>=-])<=(?![=>-])"), "≤"),
        (".", re.compile(rf"\.(?=[A-Z])(?<=[a-z]{{3}}.)(?=(?:{openings})\b(?!\.\w))"), ". "),
        (".", re.compile(r"\.([eg])\.(?=[a-z]{2})(?<=\b[ie]\.[eg]\.)"), r".\1. "),
    )


def mend(text: str) -> str:
    """Return the text with typographic quotes, dashes and arrows, and glued sentences separated.

    >>> mend("``deep'' nets -- the `teacher' (e.g.,~SVD), 10--20 steps.The *end*")
    '“deep” nets — the ‘teacher’ (e.g., SVD), 10–20 steps. The end'
    """
    for mark, pattern, replacement in _rules():
        if mark in text:
            text = pattern.sub(replacement, text)
    for mark, pattern in zip("*_", _EMPHASIS, strict=True):
        if text.count(mark) > 1:
            text = pattern.sub(r"\2", text)
    return text
