"""The words of a text, with their places, in the form under which they are compared.

Topics, related papers and saved searches all compare papers word by word; what
counts as a word, and which words carry a subject, is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from digest.language import lexicon
from digest.language.stems import fold

__all__ = ["Word", "is_content_word", "terms", "tokenize", "word_hash", "words"]

_WORD = re.compile(r"([^\W_]+(?:['’][^\W_]{1,3}\b)?)")
_HYPHENS = frozenset("-‐‑")
_TOKEN = re.compile(r"\S+")
# Han and kana, Thai, Lao, Burmese and Khmer are written without spaces between words.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)


class Word(NamedTuple):
    """A word of a text: the form under which it is compared, and its place."""

    form: str
    """Folded (`stems.fold`): lower case, singular, American spelling."""
    start: int
    end: int
    bound: bool = False
    """Whether a hyphen ties it to the next word: `in` of `in-context`."""


def words(text: str) -> list[Word]:
    """Return the words of a text in order; hyphens separate words, but not prefixes.

    Web addresses are ignored, and so is the end of `et al.`: it is no aluminium.

    >>> [word.form for word in words("Pre-training few-shot learners optimises networks’ use")]
    ['pretraining', 'few', 'shot', 'learner', 'optimize', 'network', 'use']
    >>> [word.form for word in words("Al alloys by Massari et al. (2019)")]
    ['al', 'alloy', 'by', 'massari', 'et', '2019']
    """
    if "/" in text:
        text = _TOKEN.sub(_blank_address, text)
    pieces = _WORD.split(text)  # what is between words, and the words, in turn
    pieces[-1] = ""  # nothing ties the last word
    prefixes = lexicon.words("prefixes")
    found: list[Word] = []
    end, before = 0, ""
    for gap, written, after in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
        start = end + len(gap)
        end = start + len(written)
        if before in prefixes and _continues(before, gap, written):
            start = found.pop().start
            written = text[start:end]
        form = fold(written)
        if form == "al" and before == "et":
            continue
        before = form
        found.append(Word(form, start, end, after in _HYPHENS))
    return found


def _blank_address(token: re.Match[str]) -> str:
    """Return as many spaces for a web address, whose parts are no words; else the token."""
    host, slash, _ = token[0].partition("/")
    address = slash and ("." in host.strip(".") or host.endswith(":"))
    return " " * len(token[0]) if address else token[0]


def _continues(prefix: str, gap: str, written: str) -> bool:
    """Return whether a word is one with the prefix before it: `pre-training`, `multi task`."""
    joined = gap in _HYPHENS or (gap == " " and prefix in lexicon.words("bound prefixes"))
    return joined and len(written) > 2 and written.isalpha()


def tokenize(text: str) -> list[Word]:
    """Return the words of a text; in scripts without spaces, every character is one.

    So a phrase is found in a text of such a script, wherever its words begin.

    >>> [word.form for word in tokenize("BERT 用于地震")]
    ['bert', '用', '于', '地', '震']
    """
    found = words(text)
    if text.isascii() or not _UNSPACED.search(text):
        return found
    return [part for word in found for part in _characters(text, word)]


def _characters(text: str, word: Word) -> Iterator[Word]:
    """Yield the characters of a word whose script has no spaces, and the pieces between them."""
    begin = word.start
    for match in _UNSPACED.finditer(text, word.start, word.end):
        if match.start() > begin:
            yield Word(fold(text[begin : match.start()]), begin, match.start())
        yield Word(match[0], match.start(), match.end())
        begin = match.end()
    if begin == word.start:
        yield word
    elif begin < word.end:
        yield Word(fold(text[begin : word.end]), begin, word.end, word.bound)


@lru_cache(maxsize=200_000)
def is_content_word(form: str) -> bool:
    """Return whether a word, folded, can be part of a phrase that shows what a text is about.

    >>> [word for word in ("novel", "halo", "the", "method", "easily") if is_content_word(word)]
    ['halo', 'method']
    """
    filler = form in lexicon.words("academic filler") and form not in lexicon.words("phrase heads")
    adverb = form.endswith("ly") and form not in lexicon.words("not adverbs")
    empty = len(form) < 2 or form.isdigit()
    return not (filler or adverb or empty or form in lexicon.words("stop words"))


def terms(found: Sequence[Word], longest: int = 2) -> Iterator[tuple[str, int, int]]:
    """Yield the content words and the runs of them: each term, its first word, its end.

    A run has up to `longest` words with nothing but a space or hyphen between;
    a word like `method` ends a run but is no term alone and begins none. A word
    tied to the next by a hyphen may begin a run, whatever it is; `of` may be inside
    runs of three words and more.

    >>> [term for term, _, _ in terms(words("The dark-matter halo method, in-context"))]
    ['dark', 'matter', 'dark matter', 'halo', 'matter halo', 'halo method', 'context', 'in context']
    """
    heads = lexicon.words("phrase heads")
    subjects = [is_content_word(word.form) for word in found]
    begins = [
        word.bound or (subject and word.form not in heads)
        for word, subject in zip(found, subjects, strict=True)
    ]
    begin, end = 0, -2  # of the run: its first word, and where it ends in the text
    for place, word in enumerate(found):
        content = subjects[place]
        if not (content or word.bound or (word.form == "of" and longest > 2)):
            begin = place + 1
            continue
        if word.start - end > 1:
            begin = place
        end = word.end
        if not content:
            continue
        for first in range(place, max(begin, place - longest + 1) - 1, -1):
            if begins[first]:
                yield " ".join([part.form for part in found[first : place + 1]]), first, place + 1


@lru_cache(maxsize=200_000)
def word_hash(form: str) -> int:
    """Return a 64-bit hash of a word, the same in every run and even.

    >>> word_hash("halo") == word_hash("halo") != word_hash("halos")
    True
    """
    data = form.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little") & ~1
