"""Sentences made into phrases: filler off the front, verbs into -ing, cuts only where a phrase ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.understand.headline.cue_phrases import VERBS
from digest.understand.headline.headline_words import is_modifier, word_set

_FILLER = word_set(
    """a an the our this its their some several two three novel new simple effective innovative principled powerful
    comprehensive extensive yet but and very first-ever straightforward detailed in-depth thorough
    first promising alternative such proposed original flexible elegant intuitive"""
)
_GENERIC = word_set(
    """approach approaches method methods framework technique techniques algorithm algorithms model models system
    systems strategy pipeline procedure scheme mechanism paradigm architecture solution tool way ways methodology
    idea concept problem task use results study theory analysis setting methodologies
    strategies frameworks mechanisms solutions tools architectures formulation"""
)
_DOERS = word_set("approach method framework technique strategy pipeline solution way methodology")
# A phrase may end before these.
JOINTS = word_set(
    """for via with using by through in on at from to into under across without within between among over during
    based toward towards against when where while if as after before than because since so such that which whose
    who including e.g. i.e. rather regardless leveraging and or but named called termed dubbed namely along
    consisting containing comprising designed aimed aiming able capable inspired built trained given towards and/or
    combining integrating exploiting utilizing employing incorporating introducing capturing optimizing enabling
    allowing together beyond despite whereby thus thereby unlike upon following per about"""
)
# A phrase may not end with these.
_DANGLING = JOINTS | word_set(
    """a an the of our its their this these those is are was were be been being has have had can may might must will
    would should could both either neither not also more most very highly only each every any all other another
    new novel various different many several such et al not no we they it than well out order respect vs vs. versus"""
)


def gerund(verb: str) -> str:
    """The -ing form of a regular verb.

    >>> [gerund(verb) for verb in ("use", "study", "map", "see", "infer")]
    ['using', 'studying', 'mapping', 'seeing', 'inferring']
    """
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    if re.fullmatch(
        r"[^aeiou]*[aeiou][^aeiouwxy]|.*(?:fer|cur|mit|trol|gin)", verb
    ) and not verb.endswith("offer"):
        return verb + verb[-1] + "ing"
    return verb + "ing"


def doing(phrase: str) -> str:
    """A phrase that begins with a bare verb, made one that can be a title; '' if it does not.

    >>> doing("jointly learn the graph")
    'jointly learning the graph'
    """
    words = phrase.split()
    place = (
        1 if len(words) > 2 and words[0].endswith("ly") and words[0] not in ("apply", "rely") else 0
    )
    if (
        len(words) < place + 2
        or not re.fullmatch("[a-z]+(?:-[a-z]+)*", words[place])
        or words[place] in _DANGLING
        or is_modifier(words[place])
        or words[place].endswith(("al", "ar"))
    ):
        return ""
    return " ".join([*words[:place], gerund(words[place]), *words[place + 1 :]])


def base(verb: str) -> str:
    """The bare form of a verb in the third person, or '' if it does not look like one.

    >>> [base(verb) for verb in ("uses", "studies", "matches", "is")]
    ['use', 'study', 'match', '']
    """
    if not re.fullmatch(r"[a-z-]{2,}[^su]s", verb) or verb in (
        "does",
        "goes",
        "has",
        "this",
        "always",
    ):
        return ""
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "zzes")) else verb[:-1]


def strip(phrase: str) -> str:
    """Take articles and praise off the front of a phrase.

    >>> strip("a novel and simple, yet effective way to learn")
    'way to learn'
    """
    words = phrase.split()
    while len(words) > 1 and words[0].lower().strip(",") in _FILLER:
        words = words[1:]
    return " ".join(words)


def unhead(phrase: str) -> str:
    """Say the thing itself for “method for doing it”, “approach to it”, “problem of it”.

    >>> unhead("framework to recognise faces"), unhead("problem of few-shot learning")
    ('recognising faces', 'few-shot learning')
    """
    words = phrase.split()
    if len(words) > 2 and words[0].lower() in _GENERIC and words[1][0].isupper():
        return " ".join(words[1:])
    if len(words) > 2 and words[0].lower() in _DOERS and re.fullmatch("[a-z]{3,}ing", words[1]):
        return " ".join(words[1:])
    if (
        len(words) < 3
        or words[0].lower() not in _GENERIC
        or words[1] not in ("for", "to", "of", "that")
    ):
        return phrase
    if words[1] == "to":
        return doing(" ".join(words[2:])) or strip(" ".join(words[2:]))
    if words[1] == "that":
        verb = base(words[2])
        return " ".join([gerund(verb), *words[3:]]) if verb else phrase
    return strip(" ".join(words[2:]))


_BRACKETED = re.compile(r" ?[(\[][^()\[\]]{0,200}[)\]]")
_HERE = re.compile(
    r",? (?:in|throughout) (?:this|the present|our) (?:paper|work|study|article|survey|review|letter)\b|^here,? (?:on )?|,? for the first time\b",
    re.IGNORECASE,
)
_BOASTS = word_set("achieve outperform surpass attain exceed yield demonstrate show reach")
_RELATIVE = re.compile(r",? (?:that|which)(?: (?:can|could))?(?: [a-z]+ly)? (?P<verb>[a-z-]+)(?= )")
_STOP = re.compile(
    r"[;:?!]|\.(?=\s|$)| --? | [—–] |,? where(?:by|as)?\b|, (?:and|or|but|thereby|thus|so|resulting|leading|achieving|making|allowing|we|"
    r"outperforming|yielding|reducing|surpassing|rather|instead|even|especially|while|without|thanks|offering|ensuring|paving|demonstrating|it|they|each|both|"
    r"providing|as|in which|whose|who|when|since|because|although|though|one|the first|to the best|i\.e|e\.g|for example|such as|including)\b"
    r"| and (?=[a-z]+ing )| (?:and|but) (?:we|it|they|show|demonstrate|then|find|evaluate|discuss|propose|analy[sz]e|validate|prove|thus|therefore|how|present|provide|outline|"
    r"identify|introduce|develop|use|apply|report|compare|investigate|examine|explore|study|assess|quantify|measure|estimate|characteri[sz]e|argue|illustrate|discuss|derive|describe|release|is|are|can|has|have|does|allows?|enables?|achieves?|outperforms?)\b|,? drawing inspiration\b|, [a-z]+ing\b|, "
)


def flow(phrase: str) -> str:
    """Make one running phrase: brackets out, “that leverages” to “leveraging”, ended at the first clause.

    >>> flow("network (GCN) that learns weights, and we test it")
    'network learning weights'
    """
    phrase = _HERE.sub("", _BRACKETED.sub("", phrase))

    def relative(found: re.Match[str]) -> str:
        verb = base(found["verb"])
        if verb in _BOASTS:
            return ", "
        return f" {gerund(verb)}" if verb else found[0]

    return _first(_RELATIVE.sub(relative, phrase, count=1))


_LIST = re.compile(r", (?:[\w'’-]+ ){0,4}(?:and|or|&) |, (?:[\w'’-]+ ?){1,4}, ")


def _first(phrase: str) -> str:
    """The phrase up to where its first clause ends; the commas of a list do not end it."""
    place = 0
    while found := _STOP.search(phrase, place):
        if found[0][0] == "," and len(found[0].split()) < 2 and _LIST.match(phrase, found.start()):
            end = _LIST.match(phrase, found.start())
            place = end.end() if end else found.end()
            continue
        return phrase[: found.start()].strip()
    return phrase.strip()


def _ends(last: str, rest: list[str]) -> bool:
    """Say whether a phrase may end before the rest; of two things joined by “and”, neither goes."""
    if rest[0] in ("and", "or", "and/or"):
        return len(rest) > 1 and rest[1].lower() in VERBS and not last.endswith(",")
    return rest[0].lower() in JOINTS and rest[0] != "between"


def cuts(phrase: str, limit: int) -> Iterator[str]:
    """The phrase and its beginnings of at most `limit` characters that are phrases themselves, longest first."""
    words = phrase.split()
    length = len(phrase)
    for number in range(len(words), 0, -1):
        if number < len(words):
            length -= len(words[number]) + 1
        ends = number == len(words) or _ends(words[number - 1], words[number:])
        last = words[number - 1].strip(",")
        if (
            number < len(words)
            and last.endswith("ing")
            and words[number] in ("on", "at", "to", "from", "into", "by")
        ):
            continue
        if length <= limit and ends and last.lower() not in _DANGLING and not is_modifier(last):
            text = " ".join(words[:number]).rstrip(" ,;:–—-")
            if (
                text.count('"') % 2 == 0
                and text.count("“") == text.count("”")
                and text.count("(") == text.count(")")
            ):
                yield text
