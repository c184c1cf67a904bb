"""Which dollars hold a formula, and which are money or left over."""

from __future__ import annotations

import re
from collections.abc import Callable

_DELIMITER = re.compile(
    r"\\begin\{(equation|align|gather|math|displaymath|eqnarray|multline)\*?\}|\\[(\[]|\\.|\$\$?",
    re.DOTALL,
)
_BODY = {
    "$": re.compile(r"((?:[^$\\]|\\.){0,1000})\$", re.DOTALL),
    "$$": re.compile(r"((?:[^$\\]|\\.){0,2000})\$\$", re.DOTALL),
    "\\(": re.compile(r"((?:[^\\]|\\[^)]){0,1000})\\\)", re.DOTALL),
    "\\[": re.compile(r"((?:[^\\]|\\[^\]]){0,2000})\\\]", re.DOTALL),
    "\\begin": re.compile(r"(.{0,2000}?)\\end\{[a-z]{1,12}\*?\}", re.DOTALL),
}
_TEXT = re.compile(r"\\(?:text|math|operatorname|mbox)[a-z]*\s?\{[^{}]*\}")
_SENTENCE = re.compile(r"(?<![\\A-Za-z{])[A-Za-z][a-z]+[,.]? [a-z]{2,}[,.]? [a-z]{2,}")
_DANGLING = re.compile(r"[\s\-–/+,(=.:;]$")
_OPERATOR = re.compile(r"[\\^_=<>]")
_FONT = re.compile(r"\\(?:rm|it|bf|text|mathrm|mbox)")


def hold(text: str, put: Callable[[str], str]) -> str:
    """Replace each formula by what `put` gives for it; drop dollars that are left over.

    >>> hold(r"for $5 to $10 at $p<1$", lambda tex: f"[{tex}]")
    'for $5 to $10 at [p<1]'
    """
    out: list[str] = []
    at = 0
    holds_tex = False
    while found := _DELIMITER.search(text, at):
        out.append(text[at : found.start()])
        body = _body(text, found)
        if body and _is_maths(body[1]) and not _is_price(text, body):
            out.append(put(body[1].strip()) if body[1].strip() else "")
            at, holds_tex = body.end(), True
        else:
            out.append(_left(found[0]))
            at = found.end()
    out.append(text[at:])
    joined = "".join(out)
    return _without_strays(joined) if holds_tex else joined.replace(_STRAY, "$")


_STRAY = "\x1a"
"""A dollar without a partner, until it is known whether the text holds formulas."""


def _body(text: str, found: re.Match[str]) -> re.Match[str] | None:
    token = found[0] if found[1] is None else "\\begin"
    pattern = _BODY.get(token)
    body = pattern.match(text, found.end()) if pattern else None
    return body


def _left(token: str) -> str:
    return token.replace("$", _STRAY) if token[0] == "$" else token


def _is_price(text: str, body: re.Match[str]) -> bool:
    """Say whether a dollar before a number means money, and the next dollar something else."""
    if not body[1][:1].isdigit():
        return False
    if _DANGLING.search(body[1]):
        return True
    if _OPERATOR.search(body[1]) or not re.search(r"\s", body[1]):
        return False
    following = _BODY["$"].match(text, body.end())
    opens = following and _OPERATOR.search(following[1]) and not following[1][0].isspace()
    return text[body.end() : body.end() + 1].isdigit() or bool(opens)


def _is_maths(body: str) -> bool:
    """Say whether text between two dollars reads as a formula and not as a sentence."""
    if "\n\n" in body or (body[:1] in ").,;" and body[1:2].isspace()):
        return False
    return bool(_FONT.search(body)) or not _SENTENCE.search(_TEXT.sub("", body))


def _without_strays(text: str) -> str:
    """Keep the dollars beside a number; in a text with formulas the others are damage."""
    text = re.sub(rf"{_STRAY}(?=\s?\d)|(?<=\d){_STRAY}(?!\w)|(?<=\b[A-Z]S){_STRAY}", "$", text)
    return text.replace(_STRAY, "")
