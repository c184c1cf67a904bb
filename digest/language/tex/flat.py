"""Flattened TeX, as in copied pages: without backslashes and dollars.

It is repaired only where no English sentence could mean it: `5.3times`, `mathcal{O}`,
`nu^2`. Names (`C_4`, `UIUC_BioNLP`) and `times`, `to`, `in` in prose stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from digest.language.tex import maths, running_text
from digest.language.tex.symbol_tables import GREEK, symbol

_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_FONTS = "math(?:cal|bb|bf|rm|frak|scr|it|sf|tt)|boldsymbol|operatorname"
_TEXT_FONTS = "text(?:bf|it|tt|sc|rm|sf|sl)?|emph"
_NEVER_WORDS = (
    "rightarrow|leftarrow|leftrightarrow|Rightarrow|Leftarrow|longrightarrow|leq|geq|neq|infty|"
    "cdot|cdots|ldots|varepsilon|varphi|nabla|lesssim|gtrsim|simeq|propto|forall|notin|subseteq"
)


def mend(text: str) -> str:
    """Return the text with symbols wherever flattened TeX is certain.

    Braces stay for `running_text.read`.

    >>> mend("5.3times faster, in mathcal{O}(nu^2) and C_4 three times")
    '5.3× faster, in {O}(ν²) and C_4 three times'
    """
    if any(mark in text for mark in ("_", "^", "=", "<", ">", "circ")):
        text = _mend_greek(text)
    for marks, pattern, replacement in _RULES:
        if any(mark in text for mark in marks):
            text = pattern.sub(replacement, text)
    return _CITATION.sub(_cited, text) if _YEAR.search(text) else text


def is_damaged(text: str) -> bool:
    """Return whether commands have lost their backslash, so that the text's braces are TeX's."""
    return "{" in text and _COMMAND.search(text) is not None


def _greek(found: re.Match[str]) -> str:
    return GREEK[found[1]]


def _named(found: re.Match[str]) -> str:
    return symbol(found[found.lastindex or 0]) or found[0]


def _raised(found: re.Match[str]) -> str:
    return maths.script(found[1], raised=True)


def _lowered(found: re.Match[str]) -> str:
    return found[1] + maths.script(found[2], raised=False)


def _relation(found: re.Match[str]) -> str:
    return f"{found[1]} {symbol(found[2]) or found[2]} "


def _code_point(found: re.Match[str]) -> str:
    return maths.code_point(found[found.lastindex or 0])


def _cited(found: re.Match[str]) -> str:
    """Return the citation for a key as Google Scholar makes them: `chen2022active`."""
    return running_text.citation(found[1]) or found[0]


def _mend_greek(text: str) -> str:
    """Return the text with Greek letters for the names that it uses in formulas."""
    used = {found[1] or found[2] for found in _IN_FORMULA.finditer(text)}
    if not used:
        return text
    names = "|".join(sorted(used, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\\A-Za-z-])({names})(?![A-Za-z]|-[A-Za-z])")
    return pattern.sub(_greek, text)


_YEAR = re.compile(r"20\d\d[a-z]|19\d\d[a-z]")
_CITATION = re.compile(
    r"(?:^|(?<=[.,;] )|(?<=\b(?:by|of|in) ))([a-z]{3,20}(?:19|20)\d\d[a-z]{3,20})(?= [a-z])"
)
_COMMAND = re.compile(
    rf"(?<![\\\w])(?:(?:{_FONTS}|{_TEXT_FONTS})(?=\{{)|(?:{_FONTS}) (?=[A-Z]\b))|\{{rm |(?<![A-Za-z}}])\{{\w\}}\(|(?<![\\\w])sqrt\{{"
)
_IN_FORMULA = re.compile(
    rf"(?<![\\A-Za-z-])({_GREEK})(?=[_^](?:\w\b|[{{*])| ?[=<>≈∼≤≥] ?[-+]?\d| ?circ\b| [A-Z](?: [A-Z])? [/=<>+*] )"
    rf"|(?<=\b[A-Za-z]_)({_GREEK})\b"
)
_SPACES = (
    "embedd|point|vector|space|set|domain|surface|curve|function|lie|live|subset|manifold|lattice|"
    "polytope|bod|ball|map|measure|densit|graph|shape|object|field|distribution|data|polygon"
)
"""What can be in a space of numbers: `points in R^2`, but not `an increase in R^2`."""

_Rewrite = str | Callable[[re.Match[str]], str]
_RULES: tuple[tuple[tuple[str, ...], re.Pattern[str], _Rewrite], ...] = (
    (("unicode{",), re.compile(r"(?<!\\)unicode\{(x[0-9a-fA-F]{2,5})\}"), _code_point),
    (
        ("_{",),
        re.compile(
            rf"_\{{(?:(?:{_FONTS}|{_TEXT_FONTS})\{{(\w{{1,20}})\}}|(?:rm|bf|it) (\w{{1,20}}))\}}"
        ),
        r"_\1\2",
    ),
    (
        ("text{", "emph{", "bf{", "it{", "tt{", "sc{", "rm{", "sf{", "sl{"),
        re.compile(rf"(?<![\\A-Za-z0-9])(?:{_TEXT_FONTS})(?=\{{)"),
        "",
    ),
    (("{rm ", "{bf ", "{it ", "{em "), re.compile(r"\{(?:rm|bf|it|em) (?=\S)"), "{"),
    (("^{",), re.compile(r"\^\{\+([\d.]{1,9})\}_\{-([\d.]{1,9})\}"), r" (+\1/-\2)"),
    (
        ("math", "bold", "operator"),
        re.compile(rf"(?<![\\A-Za-z0-9])(?:{_FONTS})(?:(?=\{{)| (?=[A-Z]\b))"),
        "",
    ),
    (("igl", "igr", "iggl", "iggr"), re.compile(r"(?<!\\)[bB]ig{1,2}[lr](?=[()\[\]|])"), ""),
    (("x20",), re.compile(r"(?<![\\\w])x20(?:1[0-9a-d]|2[0126])\b"), _code_point),
    (("times",), re.compile(r"times(?:(?<=\dtimes)(?=\d|\b)|(?<=[)|\]]times)\b)"), "×"),
    (("times ",), re.compile(r"times (?<=[)|\]]times )(?=\w)"), " × "),
    (("times ",), re.compile(r"(?<![\\\w])([A-Za-z])times ([A-Za-z0-9])\b"), r"\1 × \2"),
    (("times ",), re.compile(r"times (?<=\d times )(?=\d)"), "× "),
    (("times",), re.compile(r"\btimes ?(?=10\^)|(?<=\d)~times ?(?=10\^)"), "× "),
    ((" pm ",), re.compile(r" pm (?<=\.\d pm |\d\d pm )(?=\d{1,4}\.\d)"), " ± "),
    (("pm",), re.compile(r"pm(?<=\dpm) ?(?=\d)"), "±"),
    (
        ("sim", "approx"),
        re.compile(r"\b([a-zA-Z]) ?(gtrsim|lesssim|simeq|sim|approx) ?(?=-?\d)"),
        _relation,
    ),
    (
        ("sim", "approx"),
        re.compile(r"\b(approx)(?=\d)|\b(sim|approx) ?(?=\d+(?:\.\d|%|\^)|\d+[-–]\d)"),
        _named,
    ),
    ((" le ", " ge "), re.compile(r"(?<=\b[A-Za-z] )(le|ge)(?= -?\d)"), _named),
    (("odot",), re.compile(r"_(?:odot\b|\{odot\})"), "⊙"),
    (("cdot",), re.compile(r"cdot(?<=[A-Za-z0-9]cdot)(?=[A-Z0-9])"), "·"),
    (
        (" muJ", " mum", " mus", " mug", " muL", " muM", " muK"),
        re.compile(r"(?<=\d )mu(?=(?:m|Jy|s|g|L|M|K)\b)"),
        "μ",
    ),
    (
        ("alpha", "beta", "gamma", "delta"),
        re.compile(r"(?<=\bH)(alpha|beta|gamma|delta)\b|(?<=\bLy)(alpha|beta)\b"),
        lambda found: GREEK[found[0]],
    ),
    (("Lambda",), re.compile(r"(?<!\\)\bLambda ?(?=CDM\b)"), "Λ"),
    (("circ",), re.compile(r"(?<=\d)\^?\{?circ\b\}?"), "°"),
    (
        tuple(_NEVER_WORDS.split("|")),
        re.compile(rf"(?<![\\\w.])({_NEVER_WORDS})\b(?![.(])"),
        _named,
    ),
    ((" gg ", " ll "), re.compile(r"(?<=\b[A-Za-z] )(gg|ll)(?= [A-Za-z0-9]\b)"), _named),
    (("sum_",), re.compile(r"(?<![\\\w])sum(?=_)"), "Σ"),
    (("ell_",), re.compile(r"(?<![\\\w])ell(?=_\w\b|_\{)"), "ℓ"),
    (("circ",), re.compile(rf"(?<![\\\w])({_GREEK})(?= ?circ\b)"), _greek),
    (("circ",), re.compile(r"(?<=[α-ωΑ-Ω]) ?circ\b ?"), "∘"),
    (("∘",), re.compile(rf"(?<=∘)({_GREEK})\b"), _greek),
    (("Omega(", "Theta("), re.compile(r"(?<![\\\w])(Omega|Theta)(?=\()"), _greek),
    (
        ("R^",),
        re.compile(rf"\b((?:{_SPACES})[a-z]{{0,8}} (?:in|on|of|over|to|into) )R(?=\^[\dnmdk]\b)"),
        r"\1ℝ",
    ),
    (("^star", "^*"), re.compile(r"\^star\b|\^\*"), "*"),
    (
        ("^",),
        re.compile(r"(?<=[\w)\]|])\^([-+]?\d{1,9}|[a-zA-Z])(?![\w^{(])"),
        _raised,
    ),
    (("^",), re.compile(r"(?<=[\w)])\^(\d)(?=[A-Z])"), _raised),
    (
        ("_",),
        re.compile(r"(?<![\w\\])([a-zα-ωℓ]|[A-Z][a-z])_(\d|[ijkt])(?![\w^{(])"),
        _lowered,
    ),
)
"""Strings of which a text must have one for the rule to be tried, the rule, and its replacement."""
