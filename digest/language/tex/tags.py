"""HTML, JATS and MathML in a title or an abstract, written as text and TeX.

Only known elements are tags: `<think>` and `0<z<5` are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from xml.etree import ElementTree

from digest.language.tex import maths

_ENTITY = re.compile(r"&(?:amp;)*(#x?[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_OPENING = {
    "<!--": (re.compile(r"<!--"), re.compile(r"-->")),
    "math": (re.compile(r"<(?:mml:)?math\b[^<>]{0,400}>"), re.compile(r"</(?:mml:)?math\s?>")),
    "tex-math": (re.compile(r"<tex-math\b[^<>]{0,200}>"), re.compile(r"</tex-math\s?>")),
    "script": (re.compile(r"<script\b[^<>]{0,500}>", re.I), re.compile(r"</script\s?>", re.I)),
    "style": (re.compile(r"<style\b[^<>]{0,500}>", re.I), re.compile(r"</style\s?>", re.I)),
}
_BODY = re.compile(r"\\begin\{document\}(.{0,5000}?)\\end\{document\}", re.DOTALL)
_ANNOTATION = re.compile(r"<(?:mml:)?annotation\b[^<>]{0,200}x-tex[^<>]{0,50}>([^<]{0,5000})<")
_SCRIPT = re.compile(
    r"<(?:jats:)?(su[bp])\b[^<>]{0,100}>([^<>]{0,100})</(?:jats:)?su[bp]\s*>", re.I
)
_HEADING = re.compile(
    r"<(?:jats:title|title|h[1-6])\b[^<>]{0,200}>([^<>]{0,100})</[^<>]{1,20}>", re.I
)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_BLOCKS = "p|div|br|hr|li|ul|ol|dl|dt|dd|sec|table|tr|td|th|title|list|list-item|blockquote|section"
_INLINE = (
    "i|b|u|em|strong|italic|bold|underline|span|font|a|sub|sup|small|big|tt|code|mark|cite|abbr|"
    "sc|monospace|roman|sans-serif|ext-link|uri|xref|inline-formula|disp-formula|alternatives|"
    "named-content|styled-content|inline-graphic|img|wbr|abstract|label"
)
ELEMENT = rf"(?:{_BLOCKS}|{_INLINE})"
"""The names of the elements that are tags, as a pattern."""

ATTRIBUTES = r"(?:\s+[\w:.-]{1,60}\s?=[^<>]{0,1000})?"
"""The attributes of a tag: `a<b and c>d` has none."""

_TAG = re.compile(rf"<(/?)(?:jats:|mml:)?({_BLOCKS}|{_INLINE}){ATTRIBUTES}\s*/?\s*>", re.IGNORECASE)
_BLOCK_NAMES = frozenset(_BLOCKS.split("|"))
_LAYERS = 4
"""The most times that a text was escaped: feeds have `&lt;p&gt;` and worse."""

_SCRIPT_MARKS = {"msub": "_", "msup": "^", "munder": "_", "mover": "^"}


def read(text: str) -> str:
    """Return the text with characters for entities, TeX between dollars for formulas, and no tags.

    >>> read("<jats:title>Abstract</jats:title><jats:p>H<jats:sub>2</jats:sub>O &amp; &lt;5%</jats:p>")
    '  H₂O & <5% '
    >>> read("at 0<z<5 we <think>")
    'at 0<z<5 we <think>'
    """
    for _ in range(_LAYERS):
        read = _untag(text) if "<" in text else text
        read = _ENTITY.sub(_character, read) if "&" in read else read
        if read == text:
            break
        text = read
    return text


def _untag(text: str) -> str:
    """Return the text without tags."""
    text = _CDATA.sub("", _elements(text, "<!--", _blank))
    if "math" in text:
        text = _elements(text, "math", _nothing if "<tex-math" in text else _formula)
        text = _elements(text, "tex-math", _springer)
    text = _elements(_elements(text, "script", _blank), "style", _blank)
    text = _SCRIPT.sub(_small, text)
    text = _HEADING.sub(_titled, text)
    return _TAG.sub(_gap, text)


def _elements(text: str, name: str, replace: Callable[[str], str]) -> str:
    """Return the text with whole elements replaced by what `replace` returns for their content."""
    opening, closing = _OPENING[name]
    out: list[str] = []
    at = 0
    while (begun := opening.search(text, at)) and (ended := closing.search(text, begun.end())):
        out += text[at : begun.start()], replace(text[begun.end() : ended.start()])
        at = ended.end()
    return "".join(out) + text[at:]


def _blank(content: str) -> str:
    return " "


def _nothing(content: str) -> str:
    return ""


def _character(found: re.Match[str]) -> str:
    """Return the character of an entity, or an unknown entity unchanged."""
    name = found[1]
    if name[0] == "#":
        return maths.code_point(name[1:]) or " "
    text = unescape(f"&{name};")
    return found[0] if text.startswith("&") and len(text) > 1 else text


def _small(found: re.Match[str]) -> str:
    return maths.script(found[2].strip(), raised=found[1].lower() == "sup")


def _titled(found: re.Match[str]) -> str:
    """Return the heading of a part of a structured abstract, with a colon."""
    name = found[1].strip().rstrip(":")
    return " " if name.lower() in ("abstract", "summary", "") else f" {name}: "


def _gap(found: re.Match[str]) -> str:
    return " " if found[2].lower() in _BLOCK_NAMES else ""


def _springer(content: str) -> str:
    r"""Return the formula of a whole TeX document, as publishers store it."""
    body = _BODY.search(content)
    return f"${(body[1] if body else content).strip().strip('$').strip()}$"


def _formula(content: str) -> str:
    """Return MathML as TeX between dollars: its annotation, or its elements converted."""
    if note := _ANNOTATION.search(content):
        return f"${unescape(note[1]).strip()}$"
    source = re.sub(r"(</?)mml:", r"\1", content)
    source = re.sub(r"&(?!amp;|lt;|gt;|#)\w{1,30};", lambda entity: unescape(entity[0]), source)
    try:
        if "<!" in source:
            raise ElementTree.ParseError
        tree = ElementTree.fromstring(f"<math>{source}</math>")  # noqa: S314 - bounded
        return f"${_tex(tree)}$"
    except (ElementTree.ParseError, RecursionError):
        return re.sub(r"<[^<>]*>", "", content)


def _tex(node: ElementTree.Element) -> str:
    """Return one MathML element as TeX."""
    name = node.tag
    parts = [_tex(child) for child in node]
    if name in _SCRIPT_MARKS and len(parts) == 2:
        return f"{parts[0]}{_SCRIPT_MARKS[name]}{{{parts[1]}}}"
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return f"{parts[0]}_{{{parts[1]}}}^{{{parts[2]}}}"
    if name == "mfrac" and len(parts) == 2:
        return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
    if name == "msqrt":
        return rf"\sqrt{{{''.join(parts)}}}"
    text = " ".join((node.text or "").split()).translate(_ESCAPES)
    if name == "mtext" or (name == "mi" and len(text) > 1):
        return rf"\text{{{text}}}"
    return text + "".join(parts)


_ESCAPES: dict[int, str] = {ord(c): "\\" + c for c in "%#&{}$_"} | {ord("\\"): r"\backslash "}
