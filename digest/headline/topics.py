"""The phrases an abstract keeps coming back to: what a paper is about, in its own words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from digest.headline.words import is_modifier, is_plain, stem

_TOKEN = re.compile(r"[^\W_][\w+*'’-]*|[^\w\s]")
_ACRONYM = re.compile(r"\((?P<short>[A-Za-z][\w-]*[A-Z][\w-]*)\)")


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


def _phrases(parts: list[str]) -> dict[tuple[str, ...], list[tuple[str, bool]]]:
    """Every phrase of two to four words by its stems: how it is spelt, and whether it stands on its own there."""
    found: dict[tuple[str, ...], list[tuple[str, bool]]] = defaultdict(list)
    for run in (run for part in parts for run in _runs(part)):
        for size in (2, 3, 4):
            for start in range(len(run) - size + 1):
                words = run[start : start + size]
                alone = (start == 0) + (start + size == len(run))
                found[tuple(stem(word) for word in words)].append(
                    (" ".join(words), alone == 2 or (alone == 1 and start > 0))
                )
    return found


def topics(parts: list[str]) -> list[str]:
    """The phrases of two to four words that come back, those that come back most first."""
    again = {
        key: places
        for key, places in _phrases(parts).items()
        if len(places) > 1
        and 5 * sum(alone for _, alone in places) >= 2 * len(places)
        and not is_modifier(places[0][0].split()[-1])
    }
    weights = {key: len(places) * len(key) ** 0.5 for key, places in again.items()}
    for (
        key,
        places,
    ) in again.items():  # part of a longer phrase that comes back as often is no phrase of its own
        for inner in (key[1:], key[:-1]):
            if len(inner) > 1 and len(again.get(inner, ())) <= 1.34 * len(places):
                weights.pop(inner, None)
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:6]
    return [Counter(spelt for spelt, _ in again[key]).most_common(1)[0][0] for key, _ in best]


def acronyms(text: str) -> dict[str, str]:
    """The short forms a text explains: {"STR": "scene text recognition"}.

    >>> acronyms("We do scene text recognition (STR) and more (see Fig. 2).")
    {'STR': 'scene text recognition'}
    """
    found = {}
    for match in _ACRONYM.finditer(text):
        short = match["short"]
        letters = re.sub(r"[^A-Za-z]|s$", "", short).lower()
        words = re.findall(r"[\w'’-]+", text[max(0, match.start() - 90) : match.start()])[-7:]
        for size in range(1, len(words) + 1):
            initials = "".join(
                piece[0] for word in words[-size:] for piece in word.split("-") if piece
            ).lower()
            if initials == letters or (
                size > 1 and initials.replace("o", "").replace("f", "") == letters
            ):
                found[short] = " ".join(words[-size:])
                break
    return found
