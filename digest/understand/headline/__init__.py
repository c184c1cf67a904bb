"""A headline for a paper without a title, and the sentence that states its contribution."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from digest.language import lexicon
from digest.language.sentences import sentences, shorten
from digest.understand.headline.cue_phrases import overview_kind, rank_sentences
from digest.understand.headline.expansions import (
    expand_acronyms,
    head_with_topic,
    inside_sentence,
    name_with_task,
    spell_out,
    trim_generic_head,
    with_means,
    with_topic,
)
from digest.understand.headline.noun_phrases import find_acronyms, find_noun_phrases
from digest.understand.headline.scores import score
from digest.understand.headline.title_candidates import LIMIT, TitleCandidate, find_candidates
from digest.understand.headline.word_model import WordModel

__all__ = ["contribution", "headline"]


_LONGEST = 20_000
"""Characters read of an abstract; a longer text is none."""
_KEPT = 6
"""Candidates kept at each step, the best ones."""


def contribution(abstract: str, limit: int = 300) -> str:
    """Return the sentence of the abstract that states what the paper contributes.

    It is as the author wrote it, and cut, after a clause if possible, only if it
    is longer than `limit` characters. Empty for an empty abstract.

    >>> contribution("Learning is hard. We propose DEMI, a way to make it easy. It works.")
    'We propose DEMI, a way to make it easy.'
    """
    parts = sentences(abstract[:_LONGEST])
    return shorten(parts[rank_sentences(parts)[0]], limit) if parts else ""


def headline(abstract: str) -> str:
    """Return a title of at most 90 characters, made from the words of an abstract.

    The name of the work comes first if it has one, and a survey is called a
    survey. For text that is not English it is the first sentence, shortened.

    >>> headline(
    ...     "Bounds are loose. We propose DEMI, a decomposed estimation of mutual information."
    ... )
    'DEMI: decomposed estimation of mutual information'
    """
    parts = sentences(abstract[:_LONGEST])
    if not parts:
        return ""
    best = _best_candidate(parts) if _is_english(abstract[:_LONGEST]) else None
    if not best:
        return _capitalize(_beginning(parts[0]))
    if best.name and best.text.startswith(best.name):
        return best.text
    return _capitalize(_call_survey(best.text, abstract[:_LONGEST]))


def _best_candidate(parts: list[str]) -> TitleCandidate | None:
    """Return the best headline that the sentences of an abstract offer, expanded where it pays."""
    order, abstract = rank_sentences(parts), " ".join(parts)
    short = {name: inside_sentence(long, parts) for name, long in find_acronyms(abstract).items()}
    model = WordModel(parts, order, short)

    def best_of(offered: Iterable[TitleCandidate]) -> list[TitleCandidate]:
        fit = [each for each in offered if len(each.text) <= LIMIT]
        return sorted(fit, key=lambda each: -score(each, model))[:_KEPT]

    topics = [
        replace(each, text=inside_sentence(expand_acronyms(each.text, short), parts))
        for each in find_noun_phrases(parts, order, model)
    ]
    offered = find_candidates(parts, order)
    best = best_of(map(trim_generic_head, [*offered, *name_with_task(offered, topics, abstract)]))
    best = [spell_out(each, short) for each in best]
    best = best_of([*best, *(more for each in best for more in with_topic(each, topics, order[0]))])
    best = best_of(
        [*best, *(more for each in best for more in with_means(each, topics, order[:2]))]
    )
    best = best_of([*best, *(more for each in best for more in head_with_topic(each, topics))])
    return spell_out(best[0], short) if best else None


_WORD = re.compile(r"\w+")


def _is_english(text: str) -> bool:
    """Return whether a tenth of the words or more are common English ones; usually a quarter is."""
    known = lexicon.words("English telltales")
    return 10 * sum(word in known for word in _WORD.findall(text.lower())) >= len(text.split())


def _beginning(sentence: str) -> str:
    """Return a sentence without its stop, shortened to the limit of a headline."""
    return shorten(sentence.rstrip(".。．!！ "), LIMIT) or sentence[:LIMIT]


def _call_survey(text: str, abstract: str) -> str:
    """Return the headline with “a survey” in it if the paper is one and there is room."""
    what = overview_kind(abstract)
    if not what or re.search(r"survey|review|overview|tutorial", text, re.IGNORECASE):
        return text
    a = "an" if what == "overview" else "a"
    topic, colon, rest = text.partition(": ")
    longer = f"{topic}: {a} {what} of {rest}" if colon else f"{text}: {a} {what}"
    return longer if len(longer) <= LIMIT else text


def _capitalize(text: str) -> str:
    """Return the text with a capital first letter, unless its first word has one inside: `iPPG`."""
    first = text.split(" ", 1)[0].split("-", 1)[0]
    return text if any(char.isupper() for char in first) else text[:1].upper() + text[1:]
