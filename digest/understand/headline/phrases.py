"""Phrases made from sentences: without praise, verbs in -ing, cut only where a phrase ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.language import lexicon
from digest.language.verb_forms import base, gerund
from digest.understand.headline.cue_phrases import verb_kinds
from digest.understand.headline.word_classes import is_modifier


def to_gerund(phrase: str) -> str:
    """Return a phrase that begins with a bare verb with the verb in -ing, or '' if it does not.

    >>> to_gerund("jointly learn the graph")
    'jointly learning the graph'
    """
    words = phrase.split()
    place = (
        1 if len(words) > 2 and words[0].endswith("ly") and words[0] not in ("apply", "rely") else 0
    )
    if (
        len(words) < place + 2
        or not re.fullmatch("[a-z]+(?:-[a-z]+)*", words[place])
        or words[place] in lexicon.words("phrase openings")
        or is_modifier(words[place])
        or words[place].endswith(("al", "ar"))
    ):
        return ""
    return " ".join([*words[:place], gerund(words[place]), *words[place + 1 :]])


def strip_praise(phrase: str) -> str:
    """Return a phrase without the articles and the praise at its front.

    >>> strip_praise("a novel and simple, yet effective way to learn")
    'way to learn'
    """
    words, trimmings = phrase.split(), lexicon.words("title trimmings")
    while len(words) > 1 and words[0].lower().strip(",") in trimmings:
        words = words[1:]
    return " ".join(words)


def drop_generic_head(phrase: str) -> str:
    """Return “X” for “method for X”, “approach to X” and “problem of X”.

    >>> drop_generic_head("framework to recognise faces"), drop_generic_head(
    ...     "problem of few-shot learning"
    ... )
    ('recognising faces', 'few-shot learning')
    """
    words = phrase.split()
    if len(words) < 3:
        return phrase
    generic = words[0].lower() in lexicon.words("approach nouns")
    does = words[0].lower() in lexicon.words("doing nouns")
    if generic and words[1][0].isupper():
        return " ".join(words[1:])
    if does and re.fullmatch("[a-z]{3,}ing", words[1]):
        return " ".join(words[1:])
    if not generic or words[1] not in ("for", "to", "of", "that"):
        return phrase
    if words[1] == "to":
        return to_gerund(" ".join(words[2:])) or strip_praise(" ".join(words[2:]))
    if words[1] == "that":
        verb = base(words[2])
        return " ".join([gerund(verb), *words[3:]]) if verb else phrase
    return strip_praise(" ".join(words[2:]))


_BRACKETED = re.compile(r" ?[(\[][^()\[\]]{0,200}[)\]]")
_HERE = re.compile(
    r",? (?:in|throughout) (?:this|the present|our) (?:paper|work|study|article|survey|review|letter)\b|^here,? (?:on )?|,? for the first time\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r",? (?:that|which)(?: (?:can|could))?(?: [a-z]+ly)? (?P<verb>[a-z-]+)(?= )")
_STOP = re.compile(
    r"[;:?!]|\.(?=\s|$)| --? | [—–] |,? where(?:by|as)?\b|, (?:and|or|but|thereby|thus|so|resulting|leading|achieving|making|allowing|we|"
    r"outperforming|yielding|reducing|surpassing|rather|instead|even|especially|while|without|thanks|offering|ensuring|paving|demonstrating|it|they|each|both|"
    r"providing|as|in which|whose|who|when|since|because|although|though|one|the first|to the best|i\.e|e\.g|for example|such as|including)\b"
    r"| and (?=[a-z]+ing )| (?:and|but) (?:we|it|they|show|demonstrate|then|find|evaluate|discuss|propose|analy[sz]e|validate|prove|thus|therefore|how|present|provide|outline|"
    r"identify|introduce|develop|use|apply|report|compare|investigate|examine|explore|study|assess|quantify|measure|estimate|characteri[sz]e|argue|illustrate|discuss|derive|describe|release|is|are|can|has|have|does|allows?|enables?|achieves?|outperforms?)\b|,? drawing inspiration\b|, [a-z]+ing\b|, "
)


def first_clause(phrase: str) -> str:
    """Return a phrase up to the end of its first clause, without brackets, its verb in -ing.

    >>> first_clause("network (GCN) that learns weights, and we test it")
    'network learning weights'
    """
    phrase = _HERE.sub("", _BRACKETED.sub("", phrase))

    def relative(found: re.Match[str]) -> str:
        verb = base(found["verb"])
        if verb in lexicon.words("boasting verbs"):
            return ", "
        return f" {gerund(verb)}" if verb else found[0]

    return _until_stop(_RELATIVE.sub(relative, phrase, count=1))


_LIST = re.compile(r", (?:[\w'’-]+ ){0,4}(?:and|or|&) |, (?:[\w'’-]+ ?){1,4}, ")


def _until_stop(phrase: str) -> str:
    """Return the phrase up to where its first clause ends; the commas of a list do not end it."""
    place = 0
    while found := _STOP.search(phrase, place):
        if found[0][0] == "," and len(found[0].split()) < 2 and _LIST.match(phrase, found.start()):
            end = _LIST.match(phrase, found.start())
            place = end.end() if end else found.end()
            continue
        return phrase[: found.start()].strip()
    return phrase.strip()


def _may_end(last: str, rest: list[str]) -> bool:
    """Return whether a phrase may end before the rest; two things joined by “and” stay together."""
    if rest[0] in ("and", "or", "and/or"):
        return len(rest) > 1 and rest[1].lower() in verb_kinds() and not last.endswith(",")
    return rest[0].lower() in lexicon.words("phrase joints") and rest[0] != "between"


def cuts(phrase: str, limit: int) -> Iterator[str]:
    """Yield the phrases that a phrase begins with, of at most `limit` characters, longest first."""
    words, openings = phrase.split(), lexicon.words("phrase openings")
    length = len(phrase)
    for number in range(len(words), 0, -1):
        if number < len(words):
            length -= len(words[number]) + 1
        ends = number == len(words) or _may_end(words[number - 1], words[number:])
        last = words[number - 1].strip(",")
        if (
            number < len(words)
            and last.endswith("ing")
            and words[number] in ("on", "at", "to", "from", "into", "by")
        ):
            continue
        if length <= limit and ends and last.lower() not in openings and not is_modifier(last):
            text = " ".join(words[:number]).rstrip(" ,;:–—-")
            if (
                text.count('"') % 2 == 0
                and text.count("“") == text.count("”")
                and text.count("(") == text.count(")")
            ):
                yield text
