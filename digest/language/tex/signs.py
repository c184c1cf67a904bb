"""Typewriter habits → signs: quotes, dashes, arrows, ties, Markdown emphasis, glued sentences."""

from __future__ import annotations

import re

_STARTERS = (
    "The|An|We|Our|This|These|Those|That|It|Its|In|On|At|To|For|From|By|With|As|While|When|Where|"
    "Although|Though|However|Moreover|Furthermore|Additionally|Finally|First|Second|Then|Thus|"
    "Hence|Therefore|Nevertheless|Nonetheless|Here|There|Such|Since|Because|Despite|Unlike|Using|"
    "Given|Both|Each|All|Some|Many|Most|Extensive|Experiments|Experimental|Results|Specifically|"
    "Recently|Recent|Existing|Also|Yet|But|And|Or|If|Once|Through|Under|Based|They|Their|To"
)
"""Words a sentence begins with and an identifier hardly ever does."""

_EMPHASIS = (
    re.compile(r"(?<![\w*\\/])(\*{1,3})(?=[^\s*])([^*\n]{0,300}?[^\s*])\1(?![\w*])"),
    re.compile(
        r"(?<![\w\\/])(?!__[a-z_]{1,40}__)(_{1,2})(?=[^\W_])([^_\n]{0,300}?[^\s_])\1(?![\w_])"
    ),
)
_RULES: tuple[tuple[str, re.Pattern[str], str], ...] = (
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
    ("--", re.compile(rf"\b([A-Z]\w{{0,20}})--(?!(?:{_STARTERS})\b)(?=[A-Z])"), r"\1–"),
    ("--", re.compile(r"(?<![\S])--(?!\S)|(?<=[^\s\-<!])--(?=[^\s\->])|(?<=\w)--(?!\S)"), "—"),
    ("~", re.compile(r"(?<=[^\s(\[{<=~/\"“‘])~(?=[^\s~/])(?<!\d~)"), " "),
    ("~", re.compile(r"(?<=\d)~(?=[A-Za-z\\(])"), " "),
    ("=>", re.compile(r"(?<![=<>-])=>(?![=>])"), "⇒"),
    ("->", re.compile(r"(?<![-<=>])->(?![->])"), "→"),
    ("<->", re.compile(r"(?<!\S)<->(?!\S)"), "↔"),
    ("<-", re.compile(r"(?<!\S)<-(?!\S)"), "←"),
    (">=", re.compile(r"(?<![<>=-])>=(?![=>])"), "≥"),
    ("<=", re.compile(r"(?<![<>=-])<=(?![=>-])"), "≤"),
    (".", re.compile(rf"\.(?=[A-Z])(?<=[a-z]{{3}}.)(?=(?:{_STARTERS})\b(?!\.\w))"), ". "),
    (".", re.compile(r"\.([eg])\.(?=[a-z]{2})(?<=\b[ie]\.[eg]\.)"), r".\1. "),
)


def mend(text: str) -> str:
    """Write quotes, dashes, arrows and ties as signs, and part what was glued.

    >>> mend("``deep'' nets -- the `teacher' (e.g.,~SVD), 10--20 steps.The *end*")
    '“deep” nets — the ‘teacher’ (e.g., SVD), 10–20 steps. The end'
    """
    for mark, pattern, replacement in _RULES:
        if mark in text:
            text = pattern.sub(replacement, text)
    for mark, pattern in zip("*_", _EMPHASIS, strict=True):
        if text.count(mark) > 1:
            text = pattern.sub(r"\2", text)
    return text
