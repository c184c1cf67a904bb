"""Formulas in TeX, written as one line of Unicode or as MathML.

Where Unicode has no sub- or superscript, the linear notation of Unicode
Technical Note 28 is used: x_max, A_(i,t), 10^(3/2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from itertools import groupby
from xml.etree import ElementTree

from digest.language.tex.symbol_tables import (
    DOUBLE_STRUCK,
    DROPPED,
    FONTS,
    FUNCTIONS,
    LETTERS,
    LOWERED,
    MATH_ACCENTS,
    RAISED,
    SILENT,
    SUBSCRIPT,
    SUPERSCRIPT,
    symbol,
)

_TOKEN = re.compile(r"\\[A-Za-z]+\*?\s*|\\.|[{}]|\s+|.", re.DOTALL)
_RELATION = frozenset("=<>≤≥≈≃≅∼∝≡≪≫≲≳→←↔⇒⇔⟶⟹⟺↦∈∉∋⊂⊆⊃⊇≠≺≻⪅⪆≔⊢⊨")
_BINARY = frozenset("+×±∓·∘⊕⊗∪∩∧∨÷∖⊙")
_BEFORE_PREFIX = _RELATION | _BINARY | frozenset("([{⟨/,-")
"""After these, a sign belongs to the number behind it: the plus of `z = +3`."""

_SPACES = {",", ";", ":", " ", ">", "\n", "~", "/"}
_APPLY = "\u2061"
"""Function application (invisible): a space if a word or number follows."""
_DEEPEST = 24
"""Levels of nested groups that are read; it bounds the recursion."""
_TIDY = (
    (re.compile(r"(?<=[(\[⟨]) | (?=[)\]⟩])"), ""),
    (re.compile(r"(?<=\d) (?=[°′″])| (?=×$)"), ""),
    (re.compile(r"\^\(\+([\d.]+)\)_\(-([\d.]+)\)"), r" (+\1/-\2)"),
    (re.compile(r"_\(-([\d.]+)\)\^\(\+([\d.]+)\)"), r" (+\2/-\1)"),
)
"""Spaces that TeX does not show, and asymmetric errors as people type them: 12.5 (+2.3/-1.4)."""


def linear(tex: str) -> str:
    """Return a formula as one line of Unicode.

    >>> linear(r"\\mathcal{O}(n^{2}\\log n)")
    'O(n² log n)'
    >>> linear(r"p \\leq 0.01"), linear(r"M_{\\rm halo}"), linear(r"A_{i,t}")
    ('p ≤ 0.01', 'M_halo', 'A_(i,t)')
    """
    text = _Formula(tex).read()
    text = re.sub(_APPLY + r"(?=[\w√∛])", " ", text).replace(_APPLY, "")
    text = " ".join(unicodedata.normalize("NFC", text).split())
    for pattern, replacement in _TIDY:
        text = pattern.sub(replacement, text)
    return text


def script(text: str, raised: bool) -> str:
    """Return text as a superscript or a subscript, in Unicode if it has the characters.

    >>> script("-3", True), script("i", False), script("max", False), script("i,t", False)
    ('⁻³', 'ᵢ', '_max', '_(i,t)')
    """
    return _small(text, raised) or _marked(text, raised)


def _small(text: str, raised: bool) -> str:
    """Return text in raised or lowered characters; '' if Unicode has none or it is a long word."""
    special, table = (RAISED, SUPERSCRIPT) if raised else (LOWERED, SUBSCRIPT)
    if text and all(c in special for c in text):
        return "".join(special[c] for c in text)
    long_word = re.search(r"[^\W\d_]{3}", text)
    if not long_word and all(c in table for c in text):
        return "".join(table[c] for c in text)
    return ""


def _marked(text: str, raised: bool) -> str:
    """Return text after `^` or `_`, in brackets if it is not one word."""
    sign = "^" if raised else "_"
    if not text:
        return ""
    return sign + text if len(text) == 1 or text.isalnum() else f"{sign}({text})"


class _Formula:
    """A formula that is read once, from left to right."""

    def __init__(self, tex: str) -> None:
        self.tokens = _TOKEN.findall(tex)
        self.at = 0
        self.depth = 0

    def read(self, closing: str = "") -> str:
        """Read up to a closing brace (or the end) and return the text."""
        out: list[str] = []
        while self.at < len(self.tokens):
            lexeme = self.tokens[self.at]
            self.at += 1
            if lexeme == "}":
                if closing:
                    break
                continue
            out.append(self.piece(lexeme, out))
        return "".join(out).strip()

    def piece(self, lexeme: str, out: list[str]) -> str:
        """Read the arguments of a lexeme, and return the text of both; `out` is the text before."""
        if lexeme == "{":
            return self.group()
        if lexeme in "^_":
            return script(_tight(self.argument()), raised=lexeme == "^")
        if lexeme[0] == "\\" and len(lexeme) > 1:
            return self.command(lexeme, out)
        if lexeme == "'":
            return "′"
        if lexeme in "&~" or lexeme.isspace():
            return " "
        return self.spaced(lexeme, out, lexeme)

    def group(self) -> str:
        """Read a group after its opening brace; one that is too deep is ignored."""
        if self.depth >= _DEEPEST:
            return ""
        self.depth += 1
        text = self.read(closing="}")
        self.depth -= 1
        return text

    def argument(self) -> str:
        """Read what a command or a script applies to: a group, a command or one character."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        if self.at >= len(self.tokens) or self.tokens[self.at] == "}" or self.depth >= _DEEPEST:
            return ""
        lexeme = self.tokens[self.at]
        self.at += 1
        self.depth += 1
        text = self.piece(lexeme, [])
        self.depth -= 1
        return text.strip()

    def optional(self) -> str:
        """Read an argument in square brackets, if there is one, and return it as TeX."""
        if self.at >= len(self.tokens) or self.tokens[self.at] != "[":
            return ""
        end = self.at + 1
        while end < min(len(self.tokens), self.at + 40) and self.tokens[end] != "]":
            end += 1
        text = "".join(self.tokens[self.at + 1 : end])
        self.at = end + 1
        return text

    def command(self, lexeme: str, out: list[str]) -> str:
        """Return the text of a command and its arguments."""
        name = lexeme[1:].rstrip().rstrip("*") or lexeme[1:]
        if name in _STRUCTURES:
            return _STRUCTURES[name](self)
        if name in MATH_ACCENTS:
            return _accented(self.argument(), MATH_ACCENTS[name])
        if name in FUNCTIONS:
            return self.function(name, out)
        if name in SILENT or name == "!":
            return ""
        if name in _SPACES:
            return " "
        if name in DROPPED:
            for _ in range(DROPPED[name]):
                self.argument()
            return ""
        if name in FONTS:
            return self.argument()
        return self.named(name, lexeme, out)

    def named(self, name: str, lexeme: str, out: list[str]) -> str:
        """Return the symbol of a command, or the name of an unknown one."""
        if not name.isalpha():
            return {"|": "‖", "\\": " "}.get(name, name)
        found = LETTERS.get(name) or symbol(name)
        if found is None:
            return self.function(name, out)
        return self.spaced(found, out, lexeme)

    def function(self, name: str, out: list[str]) -> str:
        """Return a name with a space before it if needed, and function application after it."""
        before = out[-1][-1:] if out else ""
        return (" " if before.isalnum() or before == ")" else "") + name + _APPLY

    def spaced(self, symbol: str, out: list[str], lexeme: str) -> str:
        """Return a relation with spaces around it, and an operator with those of its author."""
        before = next((part.rstrip() for part in reversed(out) if part.strip()), "")
        if not before or before[-1] in _BEFORE_PREFIX:
            return symbol
        if symbol in _RELATION:
            return f" {symbol} "
        wide = lexeme[-1].isspace() or out[-1][-1:].isspace()
        return f" {symbol} " if symbol in _BINARY and wide else symbol


def _tight(text: str) -> str:
    """Return the text without spaces around relations, as in a script: i=1."""
    return re.sub(r" ?([=<>≤≥≠→∈+\-×]) ?", r"\1", text.rstrip(_APPLY))


def _accented(text: str, mark: str) -> str:
    return text + mark if len(text) == 1 else text


def _wrapped(text: str) -> str:
    """Return the text in brackets if it would be ambiguous without them."""
    return text if re.fullmatch(r"[\w.′²³°]*|\(.*\)", text) else f"({text})"


def _fraction(formula: _Formula) -> str:
    return f"{_wrapped(formula.argument())}/{_wrapped(formula.argument())}"


def _root(formula: _Formula) -> str:
    degree = linear(formula.optional()) if formula.depth < _DEEPEST else ""
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree, script(degree, raised=True) + "√")
    return sign + _wrapped(formula.argument())


def _double_struck(formula: _Formula) -> str:
    text = formula.argument()
    return DOUBLE_STRUCK.get(text, text)


def _negated(formula: _Formula) -> str:
    return f" {formula.argument()}\u0338 "


def _binomial(formula: _Formula) -> str:
    return f"C({formula.argument()}, {formula.argument()})"


def _modulo(formula: _Formula) -> str:
    return f" (mod {formula.argument()})"


def _unicode(formula: _Formula) -> str:
    formula.optional()
    return code_point(formula.argument())


def _ion(formula: _Formula) -> str:
    return f"{formula.argument()} {formula.argument().upper()}"


def code_point(name: str) -> str:
    """Return the character with the code point `x2014` or `8212`, or '' if there is none."""
    digits = re.fullmatch(r"[xX]([0-9a-fA-F]{1,6})|(\d{1,7})", name)
    if not digits:
        return ""
    code = int(digits[1], 16) if digits[1] else int(digits[2])
    ok = 32 <= code < 0xD800 or 0xF900 <= code < 0xF0000
    return chr(code) if ok else ""


_STRUCTURES = {
    "frac": _fraction,
    "dfrac": _fraction,
    "tfrac": _fraction,
    "nicefrac": _fraction,
    "sfrac": _fraction,
    "sqrt": _root,
    "binom": _binomial,
    "mathbb": _double_struck,
    "mathds": _double_struck,
    "mathbbm": _double_struck,
    "Bbb": _double_struck,
    "not": _negated,
    "pmod": _modulo,
    "unicode": _unicode,
    "ion": _ion,
}


# --- MathML ----------------------------------------------------------------------------

_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_ELEMENTS = frozenset(
    [
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mfrac",
        "msqrt",
        "mroot",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "mpadded",
        "mphantom",
        "mmultiscripts",
        "mprescripts",
        "none",
        "menclose",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "display",
        "displaystyle",
        "mathvariant",
        "stretchy",
        "fence",
        "separator",
        "form",
        "accent",
        "accentunder",
        "linethickness",
        "lspace",
        "rspace",
        "minsize",
        "maxsize",
        "largeop",
        "movablelimits",
        "symmetric",
        "notation",
        "width",
    ]
)


_DIALECT = (
    (re.compile(r"\\sim(?![a-z])"), r"\\thicksim"),
    (re.compile(r"\\mathrm\s?\{([A-Za-z]{2,40})\}|\{\\rm\s([A-Za-z]{2,40})\}"), r"\\text{\1\2}"),
    (re.compile(r"(?<=[_^])\\text\{[A-Za-z]+\}"), r"{\g<0>}"),
)
"""Rewrites for the converter, which would set `\\rm halo` as four variables."""


@lru_cache(maxsize=4096)
def mathml(tex: str) -> str:
    """Return a formula as MathML with its TeX beside it, or as plain text if that fails.

    Only elements and attributes known to be harmless are kept, whatever the
    formula says.

    >>> mathml("x^2")[-76:]
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math>'
    """
    try:
        return _converted(tex)
    except Exception:  # the converter raises all kinds; no formula may stop a build
        return escape(linear(tex))


def _converted(tex: str) -> str:
    """Return a formula as MathML; raises whatever the converter raises, and `ValueError`."""
    from latex2mathml.converter import convert  # slow to import: only where there is a formula

    if len(tex) > 2000 or re.search(r"\\(?:href|color|style|class|unicode|cite)", tex):
        raise ValueError(tex)
    safe = tex.replace("<", r"\lt ").replace(">", r"\gt ")
    for pattern, replacement in _DIALECT:
        safe = pattern.sub(replacement, safe)
    root = ElementTree.fromstring(convert(safe))  # noqa: S314 - the converter writes no entities
    inner = "".join(_element(child) for child in root)
    if "\\" in inner:
        raise ValueError(tex)
    note = f'<annotation encoding="application/x-tex">{escape(tex)}</annotation>'
    return f"<math><semantics>{inner}{note}</semantics></math>"


def _element(node: ElementTree.Element) -> str:
    """Return an element as MathML; raises `ValueError` if it is not allowed."""
    name = node.tag.removeprefix(_MATHML)
    if name not in _ELEMENTS:
        raise ValueError(name)
    if name == "mi" and len(node.text or "") == 1 and unicodedata.category(node.text or "") == "Sm":
        name = "mo"
    given = "".join(
        f' {key}="{value}"'
        for key, value in node.attrib.items()
        if key in _ATTRIBUTES and re.fullmatch(r"[\w.%-]+", value)
    )
    parts = [_element(child) for child in _joined(node)]
    if name == "mrow" and len(parts) == 1 and not given:
        return parts[0]  # a row of one thing is that thing
    return f"<{name}{given}>{escape(node.text or '')}{''.join(parts)}</{name}>"


def _joined(nodes: Iterable[ElementTree.Element]) -> Iterator[ElementTree.Element]:
    """Yield the nodes, adjacent upright letters as one name, which the converter separates."""
    for upright, group in groupby(nodes, key=_is_upright_letter):
        letters = list(group)
        if not upright or len(letters) == 1:
            yield from letters
        else:  # a name of several letters is upright by itself
            whole = ElementTree.Element(letters[0].tag)
            whole.text = "".join(letter.text or "" for letter in letters)
            yield whole


def _is_upright_letter(node: ElementTree.Element) -> bool:
    return node.tag == f"{_MATHML}mi" and node.attrib == {"mathvariant": "normal"}
