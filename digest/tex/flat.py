"""Flattened TeX, as copied pages leave it: backslashes and dollars gone, words left.

Mended only where no English sentence could mean it: `5.3times`, `mathcal{O}`,
`nu^2`. Names (`C_4`, `UIUC_BioNLP`) and `times`, `to`, `in` in prose stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from digest.tex import maths
from digest.tex.tables import GREEK, symbol

_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_FONTS = "mathcal|mathbb|mathbf|mathrm|mathfrak|mathscr|mathit|mathsf|boldsymbol|operatorname"
_NEVER_WORDS = (
    "rightarrow|leftarrow|leftrightarrow|Rightarrow|Leftarrow|longrightarrow|leq|geq|neq|infty|"
    "cdot|cdots|ldots|varepsilon|varphi|nabla|lesssim|gtrsim|simeq|propto|forall|notin|subseteq"
)
_SIGN = re.compile(
    r"times|[_^]|x20[12]\d|circ|math(?:cal|bb|bf|rm|frak|scr|it|sf)|boldsymbol|bigl|bigr|Bigl|Bigr"
    r"|\b[mn] (?:gg|ll) |sum_|" + rf"\b(?:{_NEVER_WORDS})\b|\b(?:Omega|Theta)\("
)
"""Without one of these nothing is flattened."""


def mend(text: str) -> str:
    """Put signs back where flattened TeX is certain.

    >>> mend("5.3times faster, in mathcal{O}(nu^2) and C_4 three times")
    '5.3× faster, in O(ν²) and C_4 three times'
    """
    if not _SIGN.search(text):
        return text
    text = _mend_greek(text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def is_damaged(text: str) -> bool:
    """Say whether a text holds commands that lost their backslash, so that its braces are TeX's."""
    return _COMMAND.search(text) is not None


def _greek(found: re.Match[str]) -> str:
    return GREEK[found[1]]


def _named(found: re.Match[str]) -> str:
    return symbol(found[1]) or found[0]


def _raise(found: re.Match[str]) -> str:
    return maths.script(found[1], raised=True)


def _lower(found: re.Match[str]) -> str:
    return found[1] + maths.script(found[2], raised=False)


def _code_point(found: re.Match[str]) -> str:
    return maths.code_point(found[0])


def _mend_greek(text: str) -> str:
    """Write a Greek letter's name as the letter wherever the text uses it in a formula."""
    used = {found[1] or found[2] for found in _IN_FORMULA.finditer(text)}
    if not used:
        return text
    names = "|".join(sorted(used, key=len, reverse=True))
    pattern = re.compile(rf"(?<![A-Za-z-])({names})(?![A-Za-z]|-[A-Za-z])")
    return pattern.sub(_greek, text)


_COMMAND = re.compile(rf"\b(?:{_FONTS})(?=\{{| [A-Z]\b)|(?<![A-Za-z])\{{\w\}}\(|\bsqrt\{{")
_IN_FORMULA = re.compile(
    rf"(?<![A-Za-z-])({_GREEK})(?=[_^](?:\w\b|[{{*])| ?circ\b| [A-Z](?: [A-Z])? [/=<>+*] )"
    rf"|(?<=\b[A-Za-z]_)({_GREEK})\b"
)
_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"\b(?:{_FONTS})(?:(?=\{{)| (?=[A-Z]\b))"), ""),
    (re.compile(r"[bB]ig{1,2}[lr](?=[()\[\]|])"), ""),
    (re.compile(r"\bx20(?:1[0-9a-d]|2[0126])\b"), _code_point),
    (re.compile(r"(?<=\d)times(?=\d|\b)|(?<=[)|\]])times\b"), "×"),
    (re.compile(r"\b([A-Za-z])times ([A-Za-z0-9])\b"), r"\1 × \2"),
    (re.compile(r"(?<=\d)\^?\{?circ\b\}?"), "°"),
    (re.compile(rf"\b({_NEVER_WORDS})\b"), _named),
    (re.compile(r"(?<=\b[A-Za-z] )(gg|ll)(?= [A-Za-z0-9]\b)"), _named),
    (re.compile(r"\bsum(?=_)"), "Σ"),
    (re.compile(r"\bell(?=_)"), "ℓ"),
    (re.compile(rf"(?<=[A-Za-z]_)({_GREEK})\b"), _greek),
    (re.compile(rf"\b({_GREEK})(?=circ\b)"), _greek),
    (re.compile(rf"\b({_GREEK})(?= circ\b)"), _greek),
    (re.compile(r"(?<=[α-ωΑ-Ω])( ?)circ\b"), "∘"),
    (re.compile(rf"(?<=∘)( ?)({_GREEK})\b"), lambda found: GREEK[found[2]]),
    (re.compile(r"\b(Omega|Theta)(?=\()"), _greek),
    (re.compile(r"\^star\b|\^\*"), "*"),
    (re.compile(r"(?<=[\w)\]|])\^([-+]?\d+|[a-zA-Z])(?![\w^{(])"), _raise),
    (re.compile(r"(?<=[\w)])\^(\d)(?=[A-Z])"), _raise),
    (re.compile(r"(?<![\w\\])([a-zα-ωℓ]|[A-Z][a-z])_(\d|[ijkt])(?![\w^{(])"), _lower),
)
