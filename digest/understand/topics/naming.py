"""Phrases, a name and a description for a group of papers, as a row of a table of topics."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from digest.language import lexicon
from digest.language.strings import slug
from digest.language.tokens import Word, is_content_word, terms, words
from digest.models import Paper
from digest.understand.topics.table import TopicRow, topic_slug

__all__ = ["Corpus", "nameable", "row_named", "rows_of"]

TITLE = 2.0
"""The weight of a mention in a title; one in the abstract has 1."""
LONGEST = 4
"""Words in a name."""
NAMED = 2
"""Papers that must have a keyphrase for it to be looked for in all texts."""
UNNAMED = 0.25
"""The weight, as a name, of a phrase that is no keyphrase of any paper."""
PLAIN = 4
"""A phrase keeps its capitals if it has them this many times as often as not."""
PHRASES = 80
"""The most phrases of a row."""
PASTED = 12
"""The most phrases of a row that is suggested to an editor."""
HINT = 1.0
"""Phrases with a lower weight are not used."""
DOUBT = 0.7
"""Standard errors subtracted from the log-odds of a term: few mentions may be chance."""


# --- the terms of the papers ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Corpus:
    """The terms of some papers: which paper has which, and how the texts write them."""

    counts: list[dict[str, float]] = field(default_factory=list)
    """For each paper, its terms and the weight of their mentions."""
    frequency: Counter[str] = field(default_factory=Counter)
    """How many papers have a term."""
    mentions: Counter[str] = field(default_factory=Counter)
    """How often a term occurs."""
    open_left: Counter[str] = field(default_factory=Counter)
    """Mentions of a term after a word that belongs to it, as `slide images` after `whole`."""
    open_right: Counter[str] = field(default_factory=Counter)
    cases: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """How each word is written within sentences."""
    plural: Counter[str] = field(default_factory=Counter)
    """Mentions of a term in the plural."""
    proper: Counter[str] = field(default_factory=Counter)
    """Mentions of a term within sentences with a capital for every word: `Milky Way`."""
    common: Counter[str] = field(default_factory=Counter)
    """Mentions of a term of several words within sentences without a capital for every word."""
    named: Counter[str] = field(default_factory=Counter)
    """How many papers have a term as a keyphrase."""
    begun: set[tuple[str, str]] = field(default_factory=set)
    """The first two words of keyphrases that papers have, `NAMED` of them or more."""
    hyphened: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Mentions of a pair of words with a hyphen between."""
    spaced: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Mentions of a pair of words that may be in a phrase with a space between."""

    @classmethod
    def of(cls, papers: Sequence[Paper]) -> Corpus:
        """Return the corpus of these papers."""
        corpus = cls()
        keyphrases = [[(text, words(text)) for text in paper.keyphrases] for paper in papers]
        for own in keyphrases:
            corpus.named.update({_form(found) for _, found in own})
        corpus._begin()
        written = Counter[tuple[str, str]]()
        for paper, own in zip(papers, keyphrases, strict=True):
            count: dict[str, float] = {}
            if not paper.is_untitled:
                corpus._read(paper.title, words(paper.title), count, TITLE)
            abstract = words(paper.abstract)
            corpus._read_capitals(
                paper.abstract, abstract, corpus._read(paper.abstract, abstract, count), written
            )
            for text, found in own:
                corpus._read(text, found, count)
            corpus.frequency.update(count.keys())
            corpus.counts.append(count)
        for (form, word), number in written.items():
            corpus.cases[form][_plain(word)] += number
        return corpus

    def _begin(self) -> None:
        """Note how the keyphrases begin that are looked for in all texts."""
        for form, papers in self.named.items():
            parts = form.split()
            if papers >= NAMED and len(parts) > 1:
                self.begun.add((parts[0], parts[1]))

    def _read(
        self, text: str, found: Sequence[Word], count: dict[str, float], weight: float = 1.0
    ) -> list[tuple[str, int, int]]:
        """Count the terms of one text of a paper, and return them."""
        pairs = list(pairwise(found))
        self.hyphened.update([(left.form, right.form) for left, right in pairs if left.bound])
        stops = lexicon.words("stop words")
        inside = [word.form == "of" or word.form not in stops for word in found]
        self.spaced.update(
            [
                (left.form, right.form)
                for place, (left, right) in enumerate(pairs)
                if right.start - left.end == 1
                and inside[place]
                and inside[place + 1]
                and not left.bound
            ]
        )
        every = self._terms(found)
        for term, _, _ in every:
            count[term] = count.get(term, 0.0) + weight
        joined = [False, *(_are_joined(left, right) for left, right in pairs), False]
        plural = [
            word.form[-1:] != "s" == _plain(text[word.start : word.end])[-1:] for word in found
        ]
        self.mentions.update([term for term, _, _ in every])
        self.plural.update([term for term, _, end in every if plural[end - 1]])
        self.open_left.update([term for term, first, _ in every if joined[first]])
        self.open_right.update([term for term, _, end in every if joined[end]])
        return every

    def _read_capitals(
        self,
        text: str,
        found: Sequence[Word],
        every: Sequence[tuple[str, int, int]],
        written: Counter[tuple[str, str]],
    ) -> None:
        """Count the terms of a text with capitals, and how its words are `written` in sentences."""
        written.update(
            [
                (form, text[start:end])
                for form, start, end, _ in found[1:]
                if text[start - 2 : start] != ". "
            ]
        )
        capital = [text[word.start].isupper() for word in found]
        for term, first, end in every:
            if first and end - first > 1:
                proper = all(capital[first:end])
                (self.proper if proper else self.common)[term] += 1

    def _terms(self, found: Sequence[Word]) -> list[tuple[str, int, int]]:
        """Return the terms of a text, and its keyphrases whose first word begins no term.

        `knowledge` begins no term, because every other sentence has it; but if
        papers have the keyphrase `knowledge distillation`, it is one.
        """
        every = list(terms(found, LONGEST))
        known = {(first, end) for _, first, end in every}
        for first in range(len(found) - 1):
            if (found[first].form, found[first + 1].form) not in self.begun:
                continue
            for end in range(first + 2, min(first + LONGEST, len(found)) + 1):
                if found[end - 1].start - found[end - 2].end > 1:
                    break
                form = _form(found[first:end])
                if self.named[form] >= NAMED and (first, end) not in known:
                    every.append((form, first, end))
        return every

    def whole(self, term: str) -> float:
        """Return how often the texts use a term by itself, not within a longer one, from 0 to 1."""
        left, right = self.open_left[term], self.open_right[term]
        mentions = self.mentions[term] + 1
        return (1 - right / mentions) * math.sqrt(1 - left / mentions)

    def written(self, term: str, many: bool = False) -> str:
        """Return a term as running text has it; with `many` in the plural if that is usual."""
        parts = term.split()
        many = many and self.plural[term] * 3 > self.mentions[term]
        proper = self.proper[term] - PLAIN * self.common[term] > 1
        spelt = [
            self._word(part, many and place == len(parts) - 1, proper)
            for place, part in enumerate(parts)
        ]
        text = spelt[0]
        for left, right, word in zip(parts, parts[1:], spelt[1:], strict=False):
            hyphen = self.hyphened[left, right] > self.spaced[left, right]
            text += ("-" if hyphen else " ") + word
        return text

    def _word(self, form: str, many: bool, proper: bool) -> str:
        """Return how a word is usually written: in lower case if it sometimes is.

        With `proper` it has a capital if it ever has one.
        """
        cases = self.cases.get(form)
        if not cases:
            return form
        usual = Counter[str]()
        for case, number in cases.items():
            titled = not any(char.isupper() for char in case[1:])
            plain = titled and not proper and cases[case.lower()] * PLAIN * 2 > number
            if not (proper and case.islower() and cases.get(case.capitalize())):
                usual[case.lower() if plain else case] += number
        numbered = [case for case in usual if (case[-1:] == "s") == (many or form[-1:] == "s")]
        if numbered:
            usual = Counter({case: usual[case] for case in numbered})
        return min(usual, key=lambda case: (-usual[case], case))


def _form(found: Sequence[Word]) -> str:
    """Return the folded form of a phrase."""
    return " ".join([word.form for word in found])


def _plain(word: str) -> str:
    """Return a word without its genitive: `data` for `data's`."""
    return word.partition("'")[0].partition("’")[0]


def _are_joined(left: Word, right: Word) -> bool:
    """Return whether a word and the next are adjacent parts of a phrase."""
    joined = left.bound or (is_content_word(left.form) and is_content_word(right.form))
    return joined and right.start - left.end <= 1


# --- rows --------------------------------------------------------------------------------------


def rows_of(
    corpus: Corpus, groups: npt.NDArray[np.int64], others: Sequence[TopicRow]
) -> tuple[TopicRow, ...]:
    """Return a row for each group, the largest first, at addresses that no other row has.

    `groups` has the group of each paper, -1 for none.
    """
    taken = {row.slug for row in others} | {slug(old) for row in others for old in row.was}
    sizes = Counter(groups[groups >= 0].tolist())
    rows: list[TopicRow] = []
    for group in sorted(sizes, key=lambda group: (-sizes[group], group)):
        row = _Group.of(corpus, np.flatnonzero(groups == group).tolist()).row(taken)
        if row:
            taken.add(row.slug)
            rows.append(row)
    return tuple(rows)


def row_named(corpus: Corpus, members: Sequence[int], term: str) -> TopicRow:
    """Return a row for papers that share a term, named after it, with few phrases."""
    group = _Group.of(corpus, members)
    best = [other for other in group.ranked if group.inside[other] >= 3 and " " in other]
    best = [other for other in best if corpus.named[other] and corpus.whole(other) > 0.5]
    name = corpus.written(term, many=True)
    phrases = {name: 4.0}
    for other in best[:PASTED]:
        weight = min(3.0, _weight(other, group.odds[other]))
        phrases.setdefault(corpus.written(other, many=True), weight)
    known = [(text, weight) for text, weight in phrases.items() if weight >= 2 * HINT]
    return TopicRow.named(name, group.description(term), tuple(sorted(known, key=lambda p: -p[1])))


def nameable(corpus: Corpus, least: int) -> list[str]:
    """Return the phrases, sorted, that could name a topic and that at least so many papers have."""
    return sorted(
        term
        for term, number in corpus.frequency.items()
        if number >= least
        and (" " in term or corpus.named[term] * 2 >= number)
        and corpus.whole(term) > 0.4
        and (corpus.named[term] * 4 >= number or not corpus.named)
        and term.rpartition(" ")[2] not in lexicon.words("weak name heads")
        and not any(word.isdigit() or len(word) < 2 for word in term.split())
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Some papers of a corpus, and the terms that distinguish them from the others."""

    corpus: Corpus
    members: Sequence[int]
    inside: Counter[str]
    """How many of the members have a term."""
    odds: Mapping[str, float]
    """How much more likely a term is inside than outside (log-odds)."""
    ranked: Sequence[str]
    """The terms, the most distinctive first."""

    @classmethod
    def of(cls, corpus: Corpus, members: Sequence[int]) -> _Group:
        """Return the group of these members, compared with the other papers."""
        inside = Counter(term for member in members for term in corpus.counts[member])
        odds = dict(_odds(corpus, inside, len(members)))
        ranked = sorted(odds, key=lambda term: (-odds[term] * math.pow(inside[term], 0.7), term))
        return cls(corpus, members, inside, odds, ranked)

    def row(self, taken: set[str]) -> TopicRow | None:
        """Return the row of the group, or None if every name is taken."""
        names = sorted(self._usual(), key=lambda term: (-self._fit(term), term))
        for term in names:
            name = self._name(term, names)
            if topic_slug(name) not in taken:
                return TopicRow.named(name, self.description(term), self._phrases())
        return None

    def _phrases(self) -> tuple[tuple[str, float], ...]:
        """Return the phrases of the row with their weights, the weightiest first."""
        short = [text for text in self.ranked if text.count(" ") < 3][:PHRASES]
        weights = {self.corpus.written(text): _weight(text, self.odds[text]) for text in short}
        known = [(text, weight) for text, weight in weights.items() if weight >= HINT]
        return tuple(sorted(known, key=lambda pair: -pair[1]))

    def _usual(self) -> list[str]:
        """Return distinctive terms that enough of the members have, and no pieces of numbers."""
        enough = min(3.0, max(2.0, 0.2 * len(self.members)))
        able = (term for term in self.ranked if not any(map(str.isdigit, term.split()[:-1])))
        return [term for term in able if self.inside[term] >= enough][:120]

    def _fit(self, term: str) -> float:
        """Return how well a term would name the group.

        Good names are common, precise, whole, of two words or more, and keyphrases of papers.
        """
        common = self.inside[term] / len(self.members)
        precise = math.pow(self.inside[term] / (self.corpus.frequency[term] + 1), 0.8)
        shape = 1.0 if " " in term else 0.4
        begin, end = term.partition(" ")[0], term.rpartition(" ")[2]
        if (
            end in lexicon.words("weak name heads")
            or begin.endswith("ing")
            or (end.endswith("ed") and end[-3:] != "eed")
        ):
            shape *= 0.5
        named = 2 * self.corpus.named[term] / self.corpus.frequency[term]
        return common * precise * shape * self.corpus.whole(term) * min(1.0, UNNAMED + named)

    def _name(self, term: str, names: Sequence[str]) -> str:
        """Return a name of one phrase, or of two if the first covers few members, the second
        more."""
        first = self._having(term)
        name = self.corpus.written(term, many=True)
        if len(first) < 0.3 * len(self.members):
            for other in names[1:6]:
                both = first | self._having(other)
                apart = not set(term.split()) & set(other.split())
                if apart and len(both) >= 1.6 * len(first):
                    name = f"{name} & {self.corpus.written(other, many=True)}"
                    break
        return _capitalize(name)

    def _having(self, term: str) -> set[int]:
        """Return the members that have a term."""
        return {member for member in self.members if term in self.corpus.counts[member]}

    def description(self, name: str) -> str:
        """Return the description: the best names, none a part of another."""
        ranked = sorted(
            self._usual(),
            key=lambda term: (-self._fit(term) * (1.5 if " " in term else 1.0), term),
        )
        chosen: list[str] = []
        for term in ranked:
            if not any(set(term.split()) <= set(other.split()) for other in (name, *chosen)):
                chosen.append(term)
        chosen = chosen or [name]
        spelt = [self.corpus.written(term, many=True) for term in chosen[:6]]
        return f"{_capitalize(', '.join(spelt))}." if spelt else ""


def _odds(corpus: Corpus, inside: Counter[str], members: int) -> Iterator[tuple[str, float]]:
    """Yield the terms that are more likely in a group than in the rest, with their log-odds."""
    papers = len(corpus.counts)
    for term, number in inside.items():
        if number >= max(2, 0.02 * members):
            outside = corpus.frequency[term] - number
            share = (number + 0.1) / (members + 1)
            odds = math.log(share / ((outside + 0.5) / (papers - members + 1)))
            odds -= DOUBT * math.sqrt(1 / (number + 0.1) + 1 / (outside + 0.5))
            if odds > 0:
                yield term, odds


def _weight(term: str, odds: float) -> float:
    """Return a weight up to that of a name (4), in halves; a single word has half of a phrase's."""
    return min(4.0, round(odds * (2 if " " in term else 1)) / 2)


def _capitalize(text: str) -> str:
    """Return a phrase with a capital first letter, unless its first word has capitals inside."""
    begins = text[:1].islower() and not any(char.isupper() for char in text.split()[0])
    return text[:1].upper() + text[1:] if begins else text
