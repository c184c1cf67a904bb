"""The entries of BibTeX, whole or damaged.

    @string{nips = "Advances in Neural Information Processing Systems"}
    @inproceedings{weston2014, title = {{Memory} Networks}, booktitle = nips # { 27}, year = 2014 }

An entry whose braces do not close ends where the next one begins. TeX is left
as it is. https://www.ctan.org/pkg/bibtex; the BibLaTeX manual, section 2
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from digest.inputs import findings
from digest.inputs.syntax import date_parsing

OPEN = re.compile(r"@\s{0,20}([A-Za-z]{1,40})\s{0,20}([{(])")
_NEW = re.compile(r"^[ \t]{0,40}@\s{0,20}[A-Za-z]{1,40}\s{0,20}[{(]", re.M)
_NAME = re.compile(r"[\s,]*(?:%[^\n]*\s*)*([^\s,={}\"#()%'][^\s,={}\"#]{0,80})\s*=\s*")
_KEY = re.compile(r"[ \t]*([^,={}\"\n]{0,80}?)[ \t]*,|\s*([^\s,={}]*)\s*,?")
"""The key of an entry; one with blanks ends with a comma."""
_BRACE = re.compile(r"[{}]")
_AFTER_VALUE = re.compile(
    r"\s*(?:,\s*(?:[A-Za-z_-]{2,30}\s*[={\"]|[})@%,]|\Z)|[#})]|\Z|[A-Za-z_-]{2,30}\s*=)"
)
"""What follows the quotation mark that ends a value: `"A "nested", it says,",`."""
_CURLY = re.compile(r"[”“\"](?=\s*(?:,\s*\n|,?\s*[})]|,\s*[A-Za-z_-]{2,30}\s*=))")
"""The end of a value between typographic quotation marks."""
_CLOSE = re.compile(r"[\s,]*[})](?!\s*,\s*[A-Za-z_-]{2,30}\s*=)")
"""The end of an entry: no field follows."""
_FIELD = re.compile(r",\s*(?=[A-Za-z_-]{2,30}\s*=\s*[{\"“\d])")
_QUOTE = re.compile(r"[{}\"]")
_SWALLOWED = re.compile(r",[ \t]{0,40}\n[ \t]{0,40}[A-Za-z_-]{2,30}\s{0,20}=\s{0,20}(?=[{\"])")
"""The beginning of a field inside the value before it, whose closing brace is missing."""
_WORD = re.compile(r"[^\s,{}\"#()=]+")
_NO_ENTRIES = frozenset(
    {"comment", "preamble", "control", "xdata", "set", "string", "ieeetranbstctl"}
)
"""Commands that are no entries of a bibliography."""
_MONTHS = {name[:3]: name.capitalize() for name in date_parsing.MONTHS}
"""The strings that BibTeX styles define."""


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """One entry: its fields by name in lower case, and their 1-based lines."""

    kind: str
    key: str
    line: int
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    damage: str = ""
    """What is wrong with the entry, for a message."""
    raw: str = ""
    """The entry as written."""


def entries(text: str) -> Iterator[BibtexEntry]:
    """Yield the entries; the strings that `@string` defined so far are expanded."""
    strings: dict[str, str] = dict(_MONTHS)
    at = line = counted = 0
    while match := OPEN.search(text, at):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        following = _NEW.search(text, match.end())
        limit = following.start() if following else len(text)
        scan = _Scan(text, match.end(), limit, strings)
        kind = match[1].lower()
        if kind in ("comment", "preamble"):
            at = max(scan.skip(match[2]), match.end())
            continue
        entry = scan.entry(kind, line + 1, match.start())
        at = max(scan.at, match.end())
        if kind == "string":
            strings.update(entry.values)
        elif kind not in _NO_ENTRIES:
            yield entry


class _Scan:
    """A position in the text of one entry, which ends at `limit`."""

    def __init__(self, text: str, at: int, limit: int, strings: Mapping[str, str]) -> None:
        self.text, self.at, self.limit, self.strings = text, at, limit, strings

    def skip(self, opening: str) -> int:
        """Return the position after a group that has just been opened."""
        self.group(_BRACE, "}" if opening == "{" else "")
        return self.at

    def entry(self, kind: str, line: int, start: int) -> BibtexEntry:
        """Read the key and the fields of an entry that begins at `start`."""
        key = ""
        if kind != "string":
            match = _KEY.match(self.text, self.at, self.limit)
            if match and not re.compile(r"\s*=").match(self.text, match.end(), self.limit):
                key, self.at = match[1] or match[2] or "", match.end()
        values: dict[str, str] = {}
        lines: dict[str, int] = {}
        damage = ""
        counted, count = start, line
        last = ""
        while match := _NAME.match(self.text, self.at, self.limit) or self.recover(values, last):
            if match.start() > self.at:
                found = findings.quote(self.text[self.at : match.start()].strip(" ,"), 30)
                damage = damage or f"expected a field, found {found}"
            count += self.text.count("\n", counted, match.start(1))
            counted = match.start(1)
            self.at = match.end()
            value, whole = self.value()
            last = name = match[1].lower()
            if name not in values or not values[name]:
                values[name], lines[name] = value, count
            damage = damage or ("" if whole else f"a value of '{match[1]}' that does not end")
        close = _CLOSE.match(self.text, self.at, self.limit)
        if close:
            self.at = close.end()
        elif not damage:
            rest = self.text[self.at : min(self.limit, self.at + 200)].strip()
            damage = (
                f"expected a field or the end, found {findings.quote(rest, 30)}"
                if rest
                else "an end is missing"
            )
            self.at = self.limit
        return BibtexEntry(
            kind, key, line, values, lines, damage, self.text[start : min(self.at, start + 40_000)]
        )

    def recover(self, values: dict[str, str], last: str) -> re.Match[str] | None:
        """Find the next field after damage; text after a surplus brace joins the last value."""
        following = _FIELD.search(self.text, self.at, self.limit)
        if not last or not following or _CLOSE.match(self.text, self.at, self.limit):
            return None
        rest = self.text[self.at : following.start()]
        if not rest.lstrip().startswith((",", "}", ")")):
            values[last] = " ".join(f"{values[last]} {rest.rstrip(' }')}".split())
        return _NAME.match(self.text, following.start(), self.limit)

    def value(self) -> tuple[str, bool]:
        """Read one value, pieces joined by `#`; return it, and whether it ended."""
        out: list[str] = []
        while True:
            self.skip_blanks()
            opening = self.text[self.at] if self.at < self.limit else ""
            if opening in ("{", '"'):
                self.at += 1
                braced = opening == "{"
                piece, whole = self.group(_BRACE if braced else _QUOTE, "}" if braced else '"')
                out.append(piece)
                if not whole:
                    return " ".join("".join(out).split()), False
            elif opening in ("“", "„") and (
                found := _CURLY.search(self.text, self.at + 1, self.limit)
            ):
                out.append(self.text[self.at + 1 : found.start()])
                self.at = found.end()
            elif match := _WORD.match(self.text, self.at, self.limit):
                out.append(self.strings.get(match.group().lower(), match.group()))
                self.at = match.end()
            self.skip_blanks()
            if self.at >= self.limit or self.text[self.at] != "#":
                return " ".join("".join(out).split()), True
            self.at += 1

    def group(self, marks: re.Pattern[str], end: str) -> tuple[str, bool]:
        """Read up to the end of a group; return its text, and whether it ended."""
        depth, start = 0, self.at
        swallowed = _SWALLOWED.search(self.text, start, self.limit) if end == "}" else None
        for match in marks.finditer(self.text, self.at, self.limit):
            mark = match.group()
            if swallowed and match.start() > swallowed.end():
                break  # the closing brace before the next field is missing
            if mark == end and depth == 0 and (mark == "}" or self.ends_value(match.end())):
                self.at = match.end()
                return self.text[start : match.start()], True
            depth += {"{": 1, "}": -1}.get(mark, 0)
            depth = max(depth, 0)
        return self.rescue(start)

    def ends_value(self, at: int) -> bool:
        """Whether a quotation mark ends a value, by what follows it: `"A "nested" mark",`."""
        return bool(_AFTER_VALUE.match(self.text, at, self.limit))

    def rescue(self, start: int) -> tuple[str, bool]:
        """Read a value without end up to where the next field seems to begin."""
        pattern = re.compile(
            r"[}\"]?\s*,\s*\n\s*(?=[A-Za-z_-]{2,30}\s*=\s*[{\"\d])|\s*[}\"]?\s*\n\s*\}\s*$"
        )
        match = pattern.search(self.text, start, self.limit)
        self.at = match.end() if match else self.limit
        return self.text[start : match.start() if match else self.limit].rstrip(' \n}",'), False

    def skip_blanks(self) -> None:
        """Skip white space."""
        while self.at < self.limit and self.text[self.at].isspace():
            self.at += 1


def with_inherited(entry: BibtexEntry, known: Mapping[str, BibtexEntry]) -> dict[str, str]:
    """Return the fields of an entry with those of its cross-referenced parent."""
    key = (entry.values.get("crossref") or entry.values.get("xref", "")).strip().lower()
    parent = known.get(key) if key else None
    if parent is None or parent is entry:
        return entry.values
    shared = {
        name: value
        for name, value in parent.values.items()
        if name in ("year", "month", "date", "url", "doi")
    }
    title = parent.values.get("booktitle") or parent.values.get("title", "")
    return {**shared, **({"booktitle": title} if title else {}), **entry.values}
