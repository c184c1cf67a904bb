"""TeX in running text, written as Unicode: escapes, accents, font commands, macros, groups.

It is read once from left to right, without going back, so that damaged TeX costs
a brace and not the abstract.
"""

from __future__ import annotations

import re
import unicodedata

from digest.language.tex import maths
from digest.language.tex.symbol_tables import (
    ABBREVIATIONS,
    ACCENTS,
    DROPPED,
    FONTS,
    LETTERS,
    MATH_ACCENTS,
    SILENT,
    symbol,
)

_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[_^]?\{|\}", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_HELD = re.compile("[\ue000-\uf8ff]")
_LONGEST = 400
_COMMAND = re.compile(r"\s?\\[A-Za-z]")
_OPTION = re.compile(r"\[[^\[\]{}]{0,80}\]")
_LENGTH = re.compile(r"\s?[-+]?[\d.]{1,8} ?(?:em|ex|pt|mu|cm|mm|in|bp|pc) ?")
_LINE_SKIP = re.compile(r"\[-?[\d.]{1,8} ?(?:em|ex|pt|cm|mm)\]")
_VERBATIM = re.compile(r"([^\w\s{}])([^\n]{0,200}?)\1")
_BASE = re.compile(r"\s*(?:\{\s*(\\[ij]|\w?)\s*\}|(\\[ij])(?![A-Za-z])\s?|(\w))")
_ACCENT = r"\\([`'^\"~=.]|[bcdhHkruv](?![A-Za-z]))\s?(?:\{(\w)\}|(\w))"
_STACKED = re.compile(rf"\s?\{{\s?{_ACCENT}\s?\}}|\s?{_ACCENT}")
"""A letter with an accent that takes a second one, as in Vietnamese: `\\'{\\^e}`."""
_CITED = re.compile(r"([a-z][a-z-]+?)(?:etal|_)?_?((?:19|20)\d\d)[a-z_]*(?![a-z0-9])")
_ESCAPED = frozenset("%&#_${}")
_STRUCTURED = frozenset(("frac", "dfrac", "tfrac", "nicefrac", "sqrt", "unicode", "ion", "binom"))


def read(text: str, damaged: bool = False, tex: bool = False) -> str:
    """Return TeX in running text as Unicode.

    `damaged` means that commands have lost their backslash, so that every brace
    is TeX's; `tex` that the text has formulas. Otherwise braces stay where they
    may be the author's own.

    >>> read(r"a na\\"{\\i}ve \\textbf{L}azy {\\emph compression} of 25\\%")
    'a naïve Lazy compression of 25%'
    """
    return _Prose(text, damaged, tex).read()


class _Prose:
    """Running text that is read once, from left to right."""

    def __init__(self, text: str, damaged: bool, tex: bool) -> None:
        self.text = text
        self.tex = tex or re.search(r"\\[A-Za-z]", text) is not None
        self.damaged = damaged or self.tex
        self.partners = _partners(text)
        """The place of the closing brace of each opening one."""
        self.at = 0
        self.out: list[str] = []
        self.open: list[tuple[int, bool]] = []
        """The places in `out` of the open braces, and whether they are surely TeX's."""
        self.argument = -1
        """The place where an opening brace would begin the argument of the last command."""

    def read(self) -> str:
        """Return the text as Unicode."""
        while found := _TOKEN.search(self.text, self.at):
            self.out.append(self.text[self.at : found.start()])
            self.at = found.end()
            self.take(found[0])
        self.out.append(self.text[self.at :])
        return "".join(self.out)

    def take(self, mark: str) -> None:
        """Read one command, script or brace."""
        if mark == "{":
            command = _COMMAND.match(self.text, self.at) is not None
            self.open.append((len(self.out), command or self.at - 1 == self.argument))
            self.out.append("")
        elif mark == "}":
            self.close()
        elif mark[0] in "_^":
            self.script(mark[0])
        else:
            self.out.append(self.command(mark[1:].rstrip("*") or mark[1:]))

    def close(self) -> None:
        """Close a group; braces of the author stay, and one without a partner is dropped."""
        if not self.open:
            return
        place, markup = self.open.pop()
        if not markup and not self.is_markup("".join(self.out[place:])):
            self.out[place] = "{"
            self.out.append("}")

    def is_markup(self, inner: str) -> bool:
        """Return whether braces around this text are TeX's: `{O}(T)`, `{BERT}`, `{l}earning`."""
        if _HELD.fullmatch(inner.strip()):
            return True
        if self.damaged:
            return not re.search(r"[,;:] ", inner)
        glued = self.text[self.at : self.at + 1].isalnum() and inner.isalpha()
        return glued or re.fullmatch(r"[A-Z]\w{0,20}", inner) is not None

    def script(self, sign: str) -> None:
        """Read `_{…}` or `^{…}`."""
        inner = self.group("{")
        if inner is None:
            self.out.append(sign)
            return
        raised = sign == "^"
        small = maths.script(maths.linear(inner).replace(" ", ""), raised)
        if self.tex or small[:1] != sign or len(small) == 2:
            self.out.append(small)
        else:
            self.out.append(f"{sign}{{{inner}}}")

    def group(self, opened: str = "") -> str | None:
        """Return a balanced group of at most `_LONGEST` characters, without its braces, or None."""
        brace = self.at - len(opened)
        end = self.partners.get(brace, -1)
        if not 0 < end - brace <= _LONGEST:
            return None
        self.at = end + 1
        return self.text[brace + 1 : end]

    def command(self, name: str) -> str:
        """Read the arguments of a command, and return the text of both."""
        if name in ACCENTS and (name not in "bcdhHkruv" or self.starts_argument()):
            return self.accented(name)
        if not name.isalpha():
            return self.sign(name)
        if name in LETTERS:
            return self.letter(name)
        if name in ABBREVIATIONS:
            return self.abbreviation(name)
        if name in ("citet", "textcite", "citeauthor", "citealt"):
            return self.cited()
        if name in DROPPED:
            return self.dropped(name)
        if name in SILENT:
            self.skip_space()
            return ""
        return self.named(name)

    def named(self, name: str) -> str:
        """Return the text of a font command, a footnote, a symbol or an author's macro."""
        self.argument = self.at
        if name in ("textsuperscript", "textsubscript"):
            return maths.script(maths.linear(self.group() or ""), name == "textsuperscript")
        if name in ("kern", "hskip", "vskip", "mkern", "mskip"):
            return self.length()
        if name == "verb":
            return self.verbatim()
        if name == "ensuremath":
            return maths.linear(self.group() or "")
        if name == "footnote":
            return f" ({(self.group() or '').strip()})"
        if name in _STRUCTURED:
            return self.formula(name)
        if name in FONTS:
            self.skip_option()
            return "" if self.text[self.at : self.at + 1] != " " else self.broken()
        if name in MATH_ACCENTS and self.text[self.at : self.at + 1] == "{":
            return self.formula(name)
        sign = symbol(name)
        if sign is not None:
            if not self.skip_empty() and _opens(sign):
                self.at += self.text[self.at : self.at + 1] == " "
            return sign
        return self.macro(name)

    def length(self) -> str:
        """Skip the length of a space; return a space unless it is a small correction."""
        found = _LENGTH.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return "" if found and found[0].strip()[0] in "-.0" else " "

    def verbatim(self) -> str:
        """Return the text between two of the same character: `\\verb|x|`."""
        found = _VERBATIM.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found[2] if found else ""

    def broken(self) -> str:
        """Skip the space of `\\emph word`, a font command without braces."""
        self.skip_space()
        self.argument = self.at
        return ""

    def formula(self, name: str) -> str:
        """Return a fraction, a root or another structure that lost its dollars, as Unicode."""
        start = self.at
        self.skip_option()
        while self.text[self.at : self.at + 1] == "{" and self.group() is not None:
            pass
        return maths.linear(f"\\{name} {self.text[start : self.at]}")

    def macro(self, name: str) -> str:
        """Return '' for an unknown macro with an argument, which is read next; else its name.

        An author's macro is usually the name of a thing; one of LaTeX's own stays as it is.
        """
        if self.text[self.at : self.at + 1] == "{" and self.text[self.at + 1 : self.at + 2] != "}":
            return ""
        empty = self.skip_empty()
        return f"\\{name}" + "{}" * empty if name.startswith("text") else name

    def sign(self, name: str) -> str:
        """Return the text of a backslash and one character that is no letter."""
        if name == "\\" and (skip := _LINE_SKIP.match(self.text, self.at)):
            self.at = skip.end()
        if name in _ESCAPED or name in "()[]":
            return name if name in _ESCAPED else ""
        if name in " \n\t,;:/~\\>":
            return " "
        return "" if name in "-!@*" else name

    def letter(self, name: str) -> str:
        """Return a letter of a word, and skip the space that only ends the command."""
        if not self.skip_empty() and self.text[self.at : self.at + 1] in (" ", "\n"):
            following = self.text[self.at + 1 : self.at + 2]
            self.at += following.islower() or not following
        return LETTERS[name]

    def abbreviation(self, name: str) -> str:
        """Return an abbreviation, and skip a full stop that would be doubled."""
        self.skip_empty()
        self.at += self.text[self.at : self.at + 1] == "."
        glued = self.text[self.at : self.at + 1].isalnum()
        return ABBREVIATIONS[name] + (" " if glued else "")

    def starts_argument(self) -> bool:
        """Return whether `\\c`, `\\v`, … are followed by a letter that can have an accent."""
        return any(form.match(self.text, self.at) for form in (_STACKED, _BASE))

    def accented(self, name: str) -> str:
        """Return the letter that follows, with an accent."""
        if stacked := _STACKED.match(self.text, self.at):
            self.at = stacked.end()
            inner, base = (group for group in stacked.groups() if group)
            return unicodedata.normalize("NFC", base + ACCENTS[inner] + ACCENTS[name])
        found = _BASE.match(self.text, self.at)
        if not found:
            return "" if name in "`'^\"=." else self.sign(name)
        self.at = found.end()
        base = next((group for group in found.groups() if group), "")
        if not base:
            return ""
        above = {"\\i": "i", "\\j": "j"}.get(base, base)
        return unicodedata.normalize("NFC", above + ACCENTS[name])

    def cited(self) -> str:
        """Return the citation of a `\\citet`, as far as its key shows it."""
        self.skip_option()
        key = (self.group() or "").strip()
        names = [name for part in key.split(",") if (name := citation(part.strip()))]
        return ", ".join(names) or key

    def dropped(self, name: str) -> str:
        """Skip a command that only the printer needs; a citation also removes the tie before it."""
        self.skip_option()
        self.skip_option()
        for _ in range(DROPPED[name]):
            self.group()
        self.argument = self.at
        if "cite" in name and self.out:
            self.out[-1] = self.out[-1].rstrip(" ~\n")
        return ""

    def skip_space(self) -> None:
        while self.text[self.at : self.at + 1] in (" ", "\n", "\t"):
            self.at += 1

    def skip_option(self) -> None:
        if found := _OPTION.match(self.text, self.at):
            self.at = found.end()
            self.argument = self.at

    def skip_empty(self) -> bool:
        """Skip `{}`, which only ends a command, and return whether it was there."""
        empty = self.text[self.at : self.at + 2] == "{}"
        self.at += 2 * empty
        return empty


def _opens(sign: str) -> bool:
    """Return whether a symbol belongs to the next word, so that a space only ends its command."""
    return sign in ("\\", "~") or unicodedata.category(sign[:1] or " ") in ("Ps", "Pi")


def _partners(text: str) -> dict[int, int]:
    """Return the place of the closing brace of each opening one, found in one pass."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            pairs[opened.pop()] = found.start()
    return pairs


def citation(key: str) -> str:
    """Return a name and a year for a citation key, or '' if it does not have them.

    >>> citation("chen2022active")
    'Chen et al. (2022)'
    """
    found = _CITED.fullmatch(key.lower())
    return f"{found[1].title()} et al. ({found[2]})" if found else ""
