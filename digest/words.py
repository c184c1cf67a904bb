"""The words of a text, with their places, in the form under which they are compared.

Topics and neighbours both compare papers word by word; what counts as the
same word is decided here, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["STOP", "Word", "fold", "terms", "words"]

# Prefixes that are no words: what follows a hyphen after them is the same word; after the first
# of them, which never stand alone, also what follows a space.
_BOUND = "pre|multi|semi|meta|hyper|non|sub|co|inter|intra|anti|self"
_FREE = "un|re|over|under|auto|cross"
_WORD = re.compile(
    rf"(?i:\b(?:(?:{_BOUND})[-‐‑ ]|(?:{_FREE})[-‐‑])(?=[^\W\d_]{{3}}))?"
    rf"[^\W_]+(?:['’][^\W_]{{1,3}}\b)?"
)

STOP = frozenset(
    [
        "a",
        "about",
        "above",
        "according",
        "across",
        "after",
        "again",
        "against",
        "all",
        "almost",
        "along",
        "already",
        "also",
        "although",
        "always",
        "am",
        "among",
        "an",
        "and",
        "another",
        "any",
        "are",
        "around",
        "as",
        "at",
        "away",
        "be",
        "became",
        "because",
        "become",
        "becomes",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "came",
        "can",
        "cannot",
        "come",
        "could",
        "d",
        "despite",
        "did",
        "do",
        "does",
        "doing",
        "done",
        "down",
        "due",
        "during",
        "e",
        "each",
        "either",
        "else",
        "enough",
        "especially",
        "et",
        "etc",
        "even",
        "ever",
        "every",
        "few",
        "first",
        "for",
        "former",
        "from",
        "further",
        "furthermore",
        "g",
        "get",
        "given",
        "gives",
        "go",
        "had",
        "has",
        "have",
        "having",
        "he",
        "hence",
        "her",
        "here",
        "herein",
        "him",
        "his",
        "how",
        "however",
        "i",
        "ie",
        "if",
        "in",
        "indeed",
        "instead",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "last",
        "later",
        "least",
        "less",
        "let",
        "like",
        "likely",
        "ll",
        "made",
        "mainly",
        "make",
        "makes",
        "making",
        "many",
        "may",
        "me",
        "might",
        "more",
        "moreover",
        "most",
        "mostly",
        "much",
        "must",
        "my",
        "namely",
        "near",
        "nearly",
        "neither",
        "nevertheless",
        "no",
        "nor",
        "not",
        "nothing",
        "now",
        "of",
        "off",
        "often",
        "on",
        "once",
        "one",
        "only",
        "onto",
        "or",
        "other",
        "others",
        "otherwise",
        "our",
        "ours",
        "out",
        "over",
        "own",
        "par",
        "per",
        "perhaps",
        "put",
        "quite",
        "rather",
        "re",
        "really",
        "regarding",
        "s",
        "same",
        "say",
        "second",
        "see",
        "seem",
        "several",
        "shall",
        "she",
        "should",
        "show",
        "since",
        "so",
        "some",
        "sometimes",
        "soon",
        "still",
        "such",
        "t",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "thereby",
        "therefore",
        "these",
        "they",
        "third",
        "this",
        "those",
        "though",
        "three",
        "through",
        "throughout",
        "thus",
        "to",
        "together",
        "too",
        "toward",
        "towards",
        "two",
        "typically",
        "u",
        "under",
        "unless",
        "until",
        "up",
        "upon",
        "us",
        "use",
        "used",
        "uses",
        "using",
        "usually",
        "various",
        "ve",
        "very",
        "via",
        "was",
        "way",
        "we",
        "well",
        "were",
        "what",
        "when",
        "where",
        "whereas",
        "whether",
        "which",
        "while",
        "who",
        "whole",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "within",
        "without",
        "would",
        "yet",
        "you",
        "your",
        "zero",
    ]
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: how it is compared, and where it stands."""

    form: str
    """Folded: lower case, singular, American spelling."""
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Give back the words of a text in order; hyphens part words, but not prefixes.

    >>> [word.form for word in words("Pre-training few-shot learners optimises networks’ use")]
    ['pretraining', 'few', 'shot', 'learner', 'optimize', 'network', 'use']
    """
    return [Word(fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


def terms(text: str, longest: int = 2) -> Iterator[tuple[str, int, int]]:
    """Give back the words that say something and the runs of them, each with its place.

    A run has up to `longest` words with nothing but a space or hyphen between.

    >>> [term for term, _, _ in terms("The dark-matter halo, of course")]
    ['dark', 'matter', 'dark matter', 'halo', 'matter halo', 'course']
    """
    run: list[Word] = []
    for word in words(text):
        if word.form in STOP or len(word.form) < 2 or word.form.isdigit():
            run = []
            continue
        if run and word.start - run[-1].end > 1:
            run = []
        run = [*run[1 - longest :], word] if longest > 1 else [word]
        for first in range(len(run) - 1, -1, -1):
            yield " ".join(part.form for part in run[first:]), run[first].start, word.end


_BRITISH = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("elling", "eling"),
    ("elled", "eled"),
)
# Words that end like British ones and are not.
_AS_WRITTEN = frozenset(
    [
        "four",
        "hour",
        "our",
        "your",
        "pour",
        "tour",
        "sour",
        "flour",
        "contour",
        "precise",
        "noise",
        "concise",
        "otherwise",
        "exercise",
        "expertise",
        "promise",
        "raise",
        "rise",
        "arise",
        "wise",
        "likewise",
        "premise",
        "disguise",
        "advise",
        "revise",
        "supervise",
        "comprise",
        "compromise",
        "surprise",
        "enterprise",
        "franchise",
        "merchandise",
        "paradise",
        "poise",
        "praise",
        "televise",
        "devise",
        "improvise",
        "excise",
        "supervised",
        "unsupervised",
        "raised",
        "advised",
        "revised",
        "comprised",
        "compromised",
        "surprised",
        "promised",
        "denoise",
        "denoised",
        "denoising",
        "raising",
        "rising",
        "arising",
        "comprising",
        "compromising",
        "surprising",
        "promising",
        "exercising",
        "premising",
        "supervising",
        "revising",
        "devising",
        "selfsupervised",
        "semisupervised",
        "noised",
        "noising",
        "stepwise",
        "pairwise",
        "elementwise",
        "pointwise",
        "layerwise",
        "cruise",
        "bruise",
        "demise",
        "treatise",
        "turquoise",
        "tortoise",
        "porpoise",
        "cell",
        "cells",
        "compelling",
        "spelling",
        "dwelling",
        "selling",
        "telling",
        "excelling",
        "propelling",
        "raiser",
        "adviser",
        "riser",
        "wiser",
        "supervisor",
    ]
)
_SINGULAR = frozenset(
    [
        "bias",
        "analysis",
        "basis",
        "thesis",
        "hypothesis",
        "synthesis",
        "emphasis",
        "gas",
        "lens",
        "corpus",
        "virus",
        "status",
        "focus",
        "consensus",
        "calculus",
        "radius",
        "series",
        "species",
        "physics",
        "mathematics",
        "statistics",
        "dynamics",
        "genomics",
        "robotics",
        "linguistics",
        "semantics",
        "ethics",
        "economics",
        "always",
        "perhaps",
        "this",
        "thus",
        "less",
        "across",
        "versus",
        "bus",
        "plus",
        "us",
        "its",
        "is",
        "was",
        "has",
        "does",
        "axis",
        "chaos",
        "cosmos",
        "genus",
        "locus",
        "nucleus",
        "stimulus",
        "campus",
        "census",
        "bonus",
        "apparatus",
        "process",
        "access",
        "loss",
        "class",
        "mass",
        "stress",
        "progress",
        "address",
        "discuss",
        "express",
        "cross",
        "gauss",
        "bayes",
        "hans",
        "james",
        "paris",
        "kubernetes",
        "optics",
        "kinematics",
        "metabolomics",
        "proteomics",
        "transcriptomics",
        "mechanics",
        "thermodynamics",
        "aerodynamics",
        "photonics",
        "electronics",
        "graphics",
        "topics",
        "acoustics",
        "diagnosis",
        "prognosis",
        "metropolis",
        "psychosis",
        "parenthesis",
        "ellipsis",
        "osmosis",
        "mitosis",
        "apoptosis",
        "sepsis",
        "crisis",
        "oasis",
        "tennis",
        "iris",
        "pelvis",
        "canvas",
        "atlas",
    ]
)
_IRREGULAR = {
    "analyses": "analysis",
    "bases": "basis",
    "hypotheses": "hypothesis",
    "syntheses": "synthesis",
    "theses": "thesis",
    "diagnoses": "diagnosis",
    "crises": "crisis",
    "axes": "axis",
    "matrices": "matrix",
    "vertices": "vertex",
    "indices": "index",
    "corpora": "corpus",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "nuclei": "nucleus",
    "stimuli": "stimulus",
    "genera": "genus",
    "galaxies": "galaxy",
    "children": "child",
    "people": "person",
    "women": "woman",
    "men": "man",
    "mice": "mouse",
    "biases": "bias",
    "lenses": "lens",
    "viruses": "virus",
    "gases": "gas",
    "data": "data",
}


def _singular(word: str) -> str:
    """Take the plural ending off an English noun; other words come back as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word in _SINGULAR or word.endswith(("ss", "us")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("is") or word.endswith("omics"):
        return word
    return word[:-1]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Give back the form under which a word is compared with others.

    Case, English plurals, British spelling and the hyphen of a prefix go;
    what is left is still a word.

    >>> [fold(word) for word in ("GNNs", "analyses", "Optimisation", "meta-learning", "noise")]
    ['gnn', 'analysis', 'optimization', 'metalearning', 'noise']
    """
    word = word.casefold()
    for mark in "'’":
        word = word.partition(mark)[0]
    if not word.isalnum():
        word = "".join(char for char in word if char.isalnum())
    word = _singular(word)
    if len(word) < 5 or word in _AS_WRITTEN:
        return word
    for british, american in _BRITISH:
        if word.endswith(british):
            return word[: -len(british)] + american
    return word
