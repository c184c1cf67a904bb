"""Names of persons: given name first, without marks, degrees and titles.

    Harlow, Beatrice (57201111111) → Beatrice Harlow
    Wei Zhang 0007 → Wei Zhang
    de Oliveira Filho ASB → A. S. B. de Oliveira Filho

Names of groups and names in Han, Hangul and Kana keep their order.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.language.strings import squeeze

PARTICLE = (
    r"(?:van|von|vom|zu|zur|der|den|de|dei|del|della|des|di|da|das|do|dos|du|la|las|le|los|el|al|af|av|bin|ibn|bint|ben"
    r"|ter|ten|'t|y|e|st\.)"
)
"""Particles that begin a family name."""

_SUFFIX = r"(?:Jr|Sr|2nd|3rd|4th|II|III|IV|VI{1,3})\b\.?"
_LEADING = re.compile(rf"(?:{PARTICLE}\s+|(?:d|l|al|el)['’-])", re.I)
_GROUP = re.compile(
    r"\b(?:collaborat|consorti|group|team|project|societ|institut|laborator|universit|network|committee|association"
    r"|initiative|investigators|organi[sz]ation|working party|task force|foundation|council|agency|ministry|inc\b|ltd\b|gmbh\b)",
    re.I,
)
_NOBODY = frozenset(
    (
        *("anonymous", "anon", "anonymous author(s)", "anonymous authors", "author", "authors"),
        *("author name", "author names", "first author", "n/a", "none", "null", "nil", "nan", "undefined"),
        *("unknown", "unknown author", "no author", "no authors listed", "not available", "not listed"),
        *("object object", "various", "various authors", "tba", "tbd", "others", "and others"),
        *("et al", "et al.", "u. a.", "more", "and"),
    )
)  # fmt: skip
_MORE = re.compile(
    r"(?:and\s|\+\s?|plus\s)?\(?\d{0,6}\s?(?:more|others?|additional|co-?authors?|authors?|et al\.?)"
    r"(?:\s(?:authors?|not shown|more|others?|names?)){0,3}\)?\.?",
    re.I,
)
_ADDRESS = re.compile(
    r"[<(\[]?\b(?:mailto:)?[\w.+-]{1,64}@[\w.-]{1,200}\b[>)\]]?|(?:https?://|www\.)\S{1,300}"
    r"|(?:orcid(?:\.org/|\sid)?:?\s?)?\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b|\borcid\b:?",
    re.I,
)
MARKS = r"\d*∗⁎†‡§¶‖#✉✝⋆★⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Marks that refer to footnotes, for use in a character class."""
_MARKED = re.compile(rf"[\s,^{MARKS}]{{1,60}}\Z")
_TITLE = re.compile(r"\A(?:(?:Prof|Dr|Mr|Mrs|Ms|Ing|Dipl)\.\s?|(?:Prof|Dr|Professor)\s){1,4}(?=\S)")
DEGREE = re.compile(
    r",\s?(?:Ph\.?\s?D|D\.?Phil|M\.?D|B\.?S|B\.?A|M\.?S|M\.?Sc|M\.?A|M\.?P\.?H|R\.?N|Ed\.?D|Psy\.?D|D\.?Sc|D\.?O|F\.?A\.?C\.?\w{1,3})"
    r"\b\.?(?=\s*(?:[,;&|]|and\b|\Z))"
    r"|\s(?:Ph\.?\s?D|Psy\.?D|Ed\.?D|M\.D)\b\.?(?=\s*(?:[,;&|]|and\b|\Z))"
)
"""Degrees after a name; after a comma also those that may be initials elsewhere (Smith MA)."""
_BARE_DEGREE = re.compile(r"(?<=\S)(\s\S{2,60}) (?:MD|MPH|RN|MSc|DVM)\Z")
"""A degree without a comma before it."""
_SHORT = re.compile(
    rf"(?P<family>(?:[^\s,]{{1,40}} ){{0,5}}?[^\s,]{{2,40}}) (?P<given>(?!(?:Jr|Sr)\b)[^\W\d_]{{1,3}}|(?:[^\W\d_]\.[-‐]?\s?){{1,5}})\.?"
    rf"(?: (?P<suffix>{_SUFFIX}))?"
)
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[\s‐-]{0,2}){1,6}|(?:[^\W\d_][\s‐-]?){1,4}\.?")
_FOREIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


_PLAIN = re.compile(
    r"(?!(?:Prof|Dr|Mr|Mrs|Ms|Professor|And|By|For|The|Jr|Sr)\b)[A-Z][a-zà-öø-ÿ]{1,20}(?:-[A-Z][a-z]{1,20})?(?: [A-Z]\.){0,2}(?: (?!(?:Jr|Sr|Phd|And)\b)[A-Z][a-zà-öø-ÿ]{2,20}){1,2}"
)
"""A name in its final form, with nothing to invert or remove."""


def is_plain(name: str) -> bool:
    """Whether a name is in its final form, as most are.

    >>> is_plain("Mary A. Okafor"), is_plain("Okafor MA"), is_plain("Dr Mary Okafor")
    (True, False, False)
    """
    return bool(_PLAIN.fullmatch(name)) and not is_nobody(name)


def person(name: str, short: bool = False) -> str:
    """Return a name, given name first; empty if it names nobody.

    `short` means that the byline has the form `Family GH`, as of PubMed and Scopus.

    >>> person("van der Berg, Jan"), person("Ford, Jr., Henry"), person("Ford, Henry, III")
    ('Jan van der Berg', 'Henry Ford Jr.', 'Henry Ford III')
    >>> person("Henry Ford, Jr."), person("Wei Zhang 0007"), person("Ito, Kenji (57202222222)")
    ('Henry Ford Jr.', 'Wei Zhang', 'Kenji Ito')
    >>> person("de Oliveira Filho ASB", short=True), person("[Anonymous]"), person("山田, 太郎")
    ('A. S. B. de Oliveira Filho', '', '山田 太郎')
    >>> person("Lovelace, Ada MD"), person("Ann Poe RN")
    ('Ada Lovelace', 'Ann Poe')
    """
    if is_plain(name):
        return name
    name = bare(name)
    if is_nobody(name):
        return ""
    if is_group(name):
        return name
    found = _match_short(name) if short else None
    if found:
        return squeeze(f"{_dotted(found['given'])} {found['family']} {found['suffix'] or ''}")
    name = _BARE_DEGREE.sub(r"\1", name)
    return squeeze(_ordered([part for part in map(squeeze, name.split(",")) if part]))


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """Return a name without brackets, addresses, marks, degrees and titles.

    >>> bare("Mary A. Okafor (Nowhere University) <m@example.org>"), bare("Prof. Ann Poe, PhD*")
    ('Mary A. Okafor', 'Ann Poe')
    """
    name = squeeze(_ADDRESS.sub(" ", unbracketed(name[:2000])))
    if name.startswith("[") and name.endswith("]"):
        name = name[1:-1]
    name = re.sub(r"\s*\[[^][]{0,200}\]|(?<=\w)\s?[(（][^()（）]{0,200}\Z", "", name)
    name = DEGREE.sub("", _MARKED.sub("", name) if not is_group(name) else name)
    name = re.sub(
        r"\A(?:and|&|by)\s+(?=\S)|\A(?:for|on behalf of)\s+(?=the\s)", "", name, flags=re.I
    )
    name = _TITLE.sub("", name).strip(' ,;:*_|·•&\t"“”')
    return name if _ends_properly(name) else name.rstrip(".").rstrip()


def _ends_properly(name: str) -> bool:
    """Whether a full stop at the end is part of the name, as in `Jr.`, `S.` and `Inc.`."""
    return bool(
        re.search(rf"(?:\b[^\W\d_]|[\s,]{_SUFFIX}|\b(?:Inc|Ltd|Co|St))\.\Z|[^.]\Z", name, re.I)
    )


_BRACKET = re.compile(r"[()（）]")


def unbracketed(text: str) -> str:
    """Remove round brackets and their content; a nickname inside a name is kept.

    >>> unbracketed("Ada Lovelace (1 and 2), William (Bill) Poe, Mary (Cambridge (UK))")
    'Ada Lovelace , William (Bill) Poe, Mary '
    """
    opened: list[int] = []
    whole: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text):
        if match.group() in "(（":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            while whole and whole[-1][0] > start:
                whole.pop()
            whole.append((start, match.end()))
    out, at = [], 0
    for start, end in whole:
        inner = text[start + 1 : end - 1]
        nick = (
            inner.isalpha() and not inner.isupper() and re.match(r"\s[^\W\d_]", text[end : end + 2])
        )
        if not nick or re.match(r"\s(?:and|&|et)\b", text[end : end + 5]):
            out.append(text[at:start])
            at = end
    return "".join([*out, text[at:]])


def is_nobody(name: str) -> bool:
    """Whether a text is not a name: a placeholder, a number, an address.

    >>> tuple(map(is_nobody, ("N/A", "[object Object]", "+3 more", "https://a.org", "Plato")))
    (True, True, True, True, False)
    """
    low = name.strip(" .,;:-–—*_[](){}").casefold()
    return (
        low in _NOBODY
        or name == "NA"
        or not any(character.isalpha() for character in low)
        or "://" in low
        or low.startswith(("javascript:", "data:", "http:", "https:", "mailto:"))
        or "@" in low
        or bool(_MORE.fullmatch(low))
    )


def is_group(name: str) -> bool:
    """Whether a name is that of a collaboration or an organisation; `Project, Ann` is a person."""
    words = name.replace(",", " ").split()
    return bool(_GROUP.search(name)) and not ("," in name and len(words) == 2)


def is_short(name: str) -> bool:
    """Whether a name ends with its initials: `Brandt I`, `de la Cruz M.P.`"""
    return _match_short(name) is not None


def is_initials(name: str) -> bool:
    """Whether a name consists of initials: `B.`, `J.-P.`, `ASB`."""
    return (
        bool(_INITIALS.fullmatch(name))
        and name[:1].isupper()
        and ("." in name or name.isupper() or len(name) == 1)
    )


def is_family(name: str) -> bool:
    """Whether a text may be a family name: one word, or particles and what follows them."""
    # A single letter is an initial, not the particle `e` or `y`.
    return " " not in name or (bool(_LEADING.match(name)) and not re.match(r"[A-Z]\.?\s", name))


def is_foreign(name: str) -> bool:
    """Whether a name is in a script that puts the family name first."""
    return bool(_FOREIGN.search(name))


def _match_short(name: str) -> re.Match[str] | None:
    """Match a name that ends with its initials."""
    found = _SHORT.fullmatch(name)
    if not found or not found["given"].isupper():
        return None
    first = found["family"].split()[0]
    if first.endswith(".") or (len(first) == 1 and first.isupper()):
        return None
    whole = " " in found["family"] and re.fullmatch(_SUFFIX, found["given"])
    return None if whole else found


def _dotted(initials: str) -> str:
    """Return `ASB` as `A. S. B.`; initials with full stops unchanged."""
    return initials.strip() if "." in initials else " ".join(f"{letter}." for letter in initials)


def _ordered(parts: list[str]) -> str:
    """Return the parts of a name between commas in spoken order."""
    if len(parts) < 2:
        return "".join(parts)
    suffixes = [part for part in parts[1:] if re.fullmatch(_SUFFIX, part, re.I)]
    family, *given = [part for part in parts if part not in suffixes]
    if is_foreign(family):
        return " ".join([family, *given])
    if len(family) > 3 and family.isupper() and not "".join(given).isupper():
        family = titled(family)  # as libraries write it: OKAFOR, Mary
    inner = re.fullmatch(rf"(.{{1,200}}) ({_SUFFIX})", given[0]) if given else None
    if inner:
        given[0], suffixes = inner[1], [*suffixes, inner[2]]
    return " ".join([*given, family, *suffixes])


def titled(name: str) -> str:
    """Return a name in capitals in the usual case.

    >>> titled("J.-P. VAN DER O'NEILL III")
    "J.-P. van der O'Neill III"
    """
    return " ".join(map(_capitalized, name.split()))


def _capitalized(word: str) -> str:
    """Return a word of a name in the usual case."""
    if re.fullmatch(PARTICLE, word, re.I) and len(word) > 1:
        return word.lower()
    if re.fullmatch(r"I{2,3}|IV", word):
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
