"""Dollars: which enclose a formula, and which are money or left over."""

from __future__ import annotations

import re
from collections.abc import Callable

_DELIMITER = re.compile(
    r"\\begin\{(equation|align|gather|math|displaymath|eqnarray|multline)\*?\}|\\[(\[]|\\.|\$\$?",
    re.DOTALL,
)
_DOLLAR = re.compile(r"[^$\\]*(?:\\.[^$\\]*)*\$", re.DOTALL)
_PARTNERS = {"$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_LONGEST = 2000
_TEXT = re.compile(r"\\(?:text|math|operatorname|mbox)[a-z]*\s?\{[^{}]*\}")
_SENTENCE = re.compile(r"(?<![\\A-Za-z{])[A-Za-z][a-z]+[,.]? [a-z]{2,}[,.]? [a-z]{2,}")
_DANGLING = re.compile(r"[\s\-–/+,(=.:;]$")
_OPERATOR = re.compile(r"[\\^_=<>]")
_ADDRESS = re.compile("[\ue000-\uf8ff]")
"""An address that was set aside: what contains one is no formula, even between dollars."""

_FONT = re.compile(r"\\(?:rm|it|bf|text|mathrm|mbox)")


def hold(text: str, put: Callable[[str], str]) -> str:
    """Return the text without stray dollars, each formula replaced by what `put` returns for it.

    >>> hold(r"for $5 to $10 at $p<1$", lambda tex: f"[{tex}]")
    'for $5 to $10 at [p<1]'
    """
    out: list[str] = []
    at = 0
    holds_tex = False
    while found := _DELIMITER.search(text, at):
        out.append(text[at : found.start()])
        body = _body(text, found)
        if body and _ADDRESS.search(body[0]):
            out.append(body[0])
            at = body[1]
        elif body and _is_maths(body[0]) and not _is_price(*body, text):
            tex = body[0].replace("$", "").strip()
            out.append(put(tex) if tex else "")
            at, holds_tex = body[1], True
        else:
            out.append(_mark_stray(found[0]))
            at = found.end()
    out.append(text[at:])
    joined = "".join(out)
    return _without_strays(joined) if holds_tex else joined.replace(_STRAY, "$")


_STRAY = "\x1a"
"""Replaces a dollar without a partner until it is known whether the text has formulas."""


def _body(text: str, found: re.Match[str]) -> tuple[str, int] | None:
    """Return the text between a delimiter and its partner, and where it ends, or None."""
    start = found.end()
    if found[0] == "$":
        return _until_dollar(text, start)
    partner = "\\end{" if found[1] else _PARTNERS.get(found[0])
    at = text.find(partner, start, start + _LONGEST) if partner else -1
    if at < 0 or partner is None:
        return None
    end = text.find("}", at) + 1 if found[1] else at + len(partner)
    return text[start:at], end


def _until_dollar(text: str, start: int) -> tuple[str, int] | None:
    """Return the text up to a dollar, or a later one if a brace is open: `$\\textbf{H$^3$DP}$`."""
    ended = [start]
    while len(ended) < 6 and (dollar := _DOLLAR.match(text, ended[-1], start + _LONGEST)):
        ended.append(dollar.end())
        inner = text[start : dollar.end() - 1]
        if inner.count("{") <= inner.count("}"):
            return inner, dollar.end()
    return (text[start : ended[1] - 1], ended[1]) if len(ended) > 1 else None


def _mark_stray(token: str) -> str:
    """Return a delimiter without partner, its dollars marked as strays."""
    return token.replace("$", _STRAY) if token[0] == "$" else token


def _is_price(body: str, end: int, text: str) -> bool:
    """Return whether a dollar before a number means money, and the next dollar something else."""
    if not body[:1].isdigit() or _OPERATOR.search(body):
        return False
    following = text[end : end + 1]
    if body[-1].isspace() or (_DANGLING.search(body) and following.isdigit()):
        return True
    if not re.search(r"\s", body):
        return False
    formula = _until_dollar(text, end)
    opens = formula and _OPERATOR.search(formula[0]) and not formula[0][0].isspace()
    return following.isdigit() or bool(opens)


def _is_maths(body: str) -> bool:
    """Return whether text between two dollars reads as a formula and not as a sentence."""
    if "\n\n" in body or (body[:1] in ").,;" and body[1:2].isspace()):
        return False
    return bool(_FONT.search(body)) or not _SENTENCE.search(_TEXT.sub("", body))


def _without_strays(text: str) -> str:
    """Return the text with only the dollars beside a number; with formulas others are damage."""
    text = re.sub(rf"{_STRAY}(?=\s?\d)|(?<=\d){_STRAY}(?!\w)|(?<=\b[A-Z]S){_STRAY}", "$", text)
    return text.replace(_STRAY, "")
