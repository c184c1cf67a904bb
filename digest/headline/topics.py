"""The phrases an abstract keeps coming back to: what a paper is about, in its own words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from .words import is_plain, stem

_TOKEN = re.compile(r"[^\W_][\w+*'’-]*|[^\w\s]")
_ACRONYM = re.compile(r"((?:[\w'’-]+ ){1,7})\((?P<short>[A-Za-z][\w-]*[A-Z][\w-]*)\)")


def _runs(sentence: str) -> Iterator[list[str]]:
    """The stretches of words between plain words and punctuation."""
    run: list[str] = []
    for token in _TOKEN.findall(sentence):
        if token[0].isalnum() and not is_plain(token):
            run.append(token)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def topics(parts: list[str]) -> list[tuple[str, float]]:
    """The phrases of two to four words that come back, with how much they weigh, the heaviest first."""
    seen: Counter[tuple[str, ...]] = Counter()
    spelt: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for part in parts:
        for run in _runs(part):
            for size in (2, 3, 4):
                for start in range(len(run) - size + 1):
                    words = run[start : start + size]
                    key = tuple(stem(word) for word in words)
                    seen[key] += 1
                    spelt[key][" ".join(words)] += 1
    again = {key: count for key, count in seen.items() if count > 1}
    weights = {key: count * len(key) ** 0.5 for key, count in again.items()}
    for key in again:  # part of a longer phrase that comes back as often is no phrase of its own
        for inner in (key[1:], key[:-1]):
            if len(inner) > 1 and again.get(inner, 0) <= again[key] + 0.34 * again[key]:
                weights.pop(inner, None)
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:6]
    return [(spelt[key].most_common(1)[0][0], weight) for key, weight in best]


def acronyms(text: str) -> dict[str, str]:
    """The short forms a text explains: {"STR": "scene text recognition"}.

    >>> acronyms("We do scene text recognition (STR) and more (see Fig. 2).")
    {'STR': 'scene text recognition'}
    """
    found = {}
    for match in _ACRONYM.finditer(text):
        short = match["short"]
        letters = re.sub(r"[^A-Za-z]|s$", "", short).lower()
        words = match[1].split()
        for size in range(1, len(words) + 1):
            initials = "".join(piece[0] for word in words[-size:] for piece in word.split("-") if piece).lower()
            if initials == letters or (size > 1 and initials.replace("o", "").replace("f", "") == letters):
                found[short] = " ".join(words[-size:])
                break
    return found
