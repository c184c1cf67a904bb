"""Matching of all phrases of a table in one pass over a text, whatever the size of the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from digest.language.stems import fold
from digest.language.tokens import Word, tokenize
from digest.store import key, version
from digest.understand.topics.table import Table

__all__ = ["Hit", "Matcher", "matcher"]


@dataclass(frozen=True, slots=True, eq=False)
class TablePhrase:
    """A phrase of a row of the table; compared by identity."""

    row: int
    """The place of its row in the table."""
    weight: float
    """0 for a phrase that must not count."""
    phrase: str
    """As the table has it."""
    number: int
    """Its place among the entries of the table."""


class Hit(NamedTuple):
    """A phrase found: the table's entries for it, and its place in the text."""

    entries: tuple[TablePhrase, ...]
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    """A node of the tree of phrases: what may follow after some words, and what ends there."""

    next: dict[str, _Node] = field(default_factory=dict)
    entries: list[TablePhrase] = field(default_factory=list)


class _Meaning(NamedTuple):
    """What a word of a text is in the tree."""

    symbols: tuple[str, ...]
    """Every symbol of the table that it matches."""
    nodes: tuple[_Node, ...]
    """Where phrases that begin with it go on."""


class Matcher:
    """Finds the phrases of a table in texts; of phrases one inside another, the longest."""

    def __init__(self, table: Table) -> None:
        """Build the tree; the exclusions of a row are phrases with weight 0."""
        self.table = table
        self._root = _Node()
        self.entries: list[TablePhrase] = []
        self._known: set[str] = set()
        self._lengths: set[int] = set()
        self._meanings: dict[str, _Meaning] = {}
        for place, row in enumerate(table.rows):
            for phrase in row.exclusions:
                self._add(phrase, place, 0.0)
            for phrase, weight in row.weights().items():
                self._add(phrase, place, weight)
        self.key = key(version(), repr(self.entries))
        """The key of all that it finds, whatever else the table says of its topics."""

    def _add(self, phrase: str, row: int, weight: float) -> None:
        entry = TablePhrase(row, weight, phrase, len(self.entries))
        self.entries.append(entry)
        node = self._root
        for word in tokenize(phrase):
            symbol = _symbol(phrase, word)
            if symbol.endswith("*"):
                self._lengths.add(len(symbol) - 1)
            self._known.add(symbol)
            node = node.next.setdefault(symbol, _Node())
        if node is not self._root:
            node.entries.append(entry)

    def _meaning(self, written: str, form: str) -> _Meaning:
        """Return what a word of a text is in the tree; the result is kept."""
        known = self._meanings.get(written)
        if known is None:
            lower = written.casefold()
            plain = _joined(written)
            forms = {form, _joined(lower), "=" + plain, "=" + plain.removesuffix("s")}
            begun = {f"{form[:n]}*" for form in forms for n in self._lengths if n <= len(form)}
            symbols = tuple(sorted(self._known & (forms | begun)))
            first = self._root.next
            nodes = tuple(first[symbol] for symbol in symbols if symbol in first)
            known = self._meanings[written] = _Meaning(symbols, nodes)
        return known

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the phrases of the table in a text, in order.

        At each word only the longest phrase counts, and none that is inside a
        phrase found before it.
        """
        found = tokenize(text)
        meanings = [self._meaning(text[word.start : word.end], word.form) for word in found]
        reached = 0
        for place, meaning in enumerate(meanings):
            if meaning.nodes:
                end, entries = _longest(meanings, place)
                if end > reached:
                    reached = end
                    yield Hit(entries, found[place].start, found[end - 1].end)


def _longest(meanings: list[_Meaning], place: int) -> tuple[int, tuple[TablePhrase, ...]]:
    """Return where the longest phrase at a place ends, and its entries; 0 and none if none ends."""
    nodes: Sequence[_Node] = meanings[place].nodes
    end, entries = 0, list[TablePhrase]()
    for after in range(place + 1, len(meanings) + 1):
        ending = [entry for node in nodes for entry in node.entries]
        if ending:
            end, entries = after, ending
        symbols = meanings[after].symbols if after < len(meanings) else ()
        nodes = [node.next[symbol] for node in nodes for symbol in symbols if symbol in node.next]
        if not nodes:
            break
    return end, tuple(entries) if len(entries) < 2 else _best_by_row(tuple(entries))


@lru_cache(maxsize=10_000)
def _best_by_row(entries: tuple[TablePhrase, ...]) -> tuple[TablePhrase, ...]:
    """Return the entry with the highest weight of each row; weight 0 wins over all."""
    best: dict[int, TablePhrase] = {}
    for entry in entries:
        known = best.setdefault(entry.row, entry)
        if known.weight and (entry.weight > known.weight or not entry.weight):
            best[entry.row] = entry
    return tuple(best.values())


def _joined(word: str) -> str:
    """Return a word without hyphens and apostrophes, in its own case."""
    return word if word.isalnum() else "".join(char for char in word if char.isalnum())


def _symbol(phrase: str, word: Word) -> str:
    """Return the symbol for a word of a phrase: folded, exact (=) or a beginning (*)."""
    written = phrase[word.start : word.end]
    exact = any(char.isupper() for char in written[1:])
    if phrase[word.end : word.end + 1] == "*":
        return ("=" + _joined(written) if exact else _joined(written).casefold()) + "*"
    if exact:
        return "=" + _joined(written).removesuffix("s")
    return fold(written)


@lru_cache(maxsize=4)
def matcher(table: Table) -> Matcher:
    """Return the matcher of a table, built once."""
    return Matcher(table)
