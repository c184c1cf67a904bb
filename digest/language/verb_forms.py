"""The forms of regular English verbs."""

from __future__ import annotations

import re

from digest.language import lexicon

__all__ = ["base", "gerund", "gerunds", "pasts", "presents"]


def presents(verb: str) -> tuple[str, str]:
    """Return a verb and its third person.

    >>> presents("study"), presents("match"), presents("use")
    (('study', 'studies'), ('match', 'matches'), ('use', 'uses'))
    """
    if _ends_in_consonant_y(verb):
        return verb, verb[:-1] + "ies"
    return verb, verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")


def pasts(verb: str) -> tuple[str, ...]:
    """Return the -ed form, and the form with a doubled consonant if the verb may have one.

    >>> pasts("study"), pasts("use"), pasts("plan")
    (('studied',), ('used',), ('planed', 'planned'))
    """
    if verb.endswith("e"):
        return (verb + "d",)
    if _ends_in_consonant_y(verb):
        return (verb[:-1] + "ied",)
    return tuple(root + "ed" for root in _roots(verb))


def gerunds(verb: str) -> tuple[str, ...]:
    """Return the -ing form, and the form with a doubled consonant if the verb may have one.

    >>> gerunds("use"), gerunds("plan")
    (('using',), ('planing', 'planning'))
    """
    if verb.endswith("e"):
        return (verb[:-1] + "ing",)
    return tuple(root + "ing" for root in _roots(verb))


def _ends_in_consonant_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2] not in "aeou"


def _roots(verb: str) -> tuple[str, ...]:
    """Return a verb as it is, and with its last consonant doubled if that may be needed."""
    doubles = verb.endswith(("t", "g", "l", "p", "r", "n")) and verb[-2] in "aeiou"
    return (verb, verb + verb[-1]) if doubles else (verb,)


def gerund(verb: str) -> str:
    """Return the -ing form as it is written.

    >>> [gerund(verb) for verb in ("use", "study", "map", "see", "infer")]
    ['using', 'studying', 'mapping', 'seeing', 'inferring']
    """
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    # a last syllable with one vowel and the stress: all of a short verb, or one of these
    stressed = r"[^aeiou]*[aeiou][^aeiouwxy]|.*(?:fer|cur|mit|trol|gin)"
    if re.fullmatch(stressed, verb) and not verb.endswith("offer"):
        return verb + verb[-1] + "ing"
    return verb + "ing"


def base(verb: str) -> str:
    """Return the bare form of a verb in the third person, or '' if it does not look like one.

    >>> [base(verb) for verb in ("uses", "studies", "matches", "is")]
    ['use', 'study', 'match', '']
    """
    if not re.fullmatch(r"[a-z-]{2,}[^su]s", verb) or verb in lexicon.words("not third persons"):
        return ""
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "zzes")) else verb[:-1]
