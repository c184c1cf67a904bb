"""The name that a paper gives its own work, and what the name is short for."""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.language import lexicon
from digest.language.stems import fold

# DEMI, MixER, Med-R1, LLaVA-Med, GPT4Scene, α-CROWN; not “Deep”, not “3D”.
_NAME = r"(?=[\w.+*-]{0,40}[A-Z])(?:[A-Z][\w.+*-]{0,30}[A-Z0-9][\w.+*-]{0,30}|[a-zα-ω0-9][\w.+*-]{0,30}[A-Z][\w.+*-]{0,30})(?!\w)(?:\s?\d(?:\.\d)?)?"
_TITLED = r"[A-Z][\w-]+(?: (?:of|for|and|in|with|the|[A-Z0-9][\w-]*)){0,5} [A-Z][\w-]*"
_PROPER = rf"(?:{_TITLED}(?= \()|{_NAME}|{_TITLED}|[A-Z][\w-]+)"
_HEAD = re.compile(rf"(?:the )?[\"“‘'*]?(?P<name>{_NAME})[\"”’'*]?(?: ?\((?P<long>[^()]{{8,90}})\))?(?P<rest>(?:,|:| -| --| —| –| is| that| which| to|$).*)", re.DOTALL)  # fmt: skip
_LONG_HEAD = re.compile(
    rf"(?:the )?(?P<long>[A-Z\d][\w-]+(?: (?:[\w-]+|&)){{0,7}}?) \((?P<name>{_NAME})\)(?P<rest>.*)",
    re.DOTALL,
)
_CALLED = re.compile(
    rf"(?:,? (?:which (?:we|is) )?(?:that we )?(?:called|termed|named|dubbed|coined|call|term|dub|name|referred to as|known as|denoted as|denoted) (?:the |as )?[\"“‘'*]?(?P<proper>{_PROPER})|(?:,| --| —| –|:|,? namely|,? i\.e\.,?) (?:the )?[\"“‘'*]?(?P<name>{_NAME})|, the (?P<the>[A-Z][\w-]{{2,30}})(?=,))[\"”’'*]?"
    rf"(?: \((?P<short>[^()]{{2,90}})\))?(?=[,.;:]| (?:that|which|for|to|with|by|in|using|based|via|as|and|where|on|of|is)\b|$)"
)
_SHORT = re.compile(
    rf"(?P<long>[^,;:()]{{6,90}}?) \((?P<name>{_NAME})\)(?!-)(?P<rest>.*)", re.DOTALL
)
_COINED = re.compile(
    rf"\b(?:refer to|call|term|dub|name|denote|coin) (?:this|our|the|it|these)\b[\w -]{{0,60}}?"
    rf"(?P<long>[A-Z][\w-]*(?: [\w-]+){{1,7}}?) \((?P<name>{_NAME})\)"
)


class Named(NamedTuple):
    """A phrase in three parts, any of which may be empty."""

    name: str
    long: str
    """What the name is short for."""
    rest: str
    """The phrase without both."""


def split_name(phrase: str) -> Named:
    """Split the phrase for what is contributed into its name, the long form, and what it is.

    >>> split_name("a tool, DEMI, that counts")
    Named(name='DEMI', long='', rest='a tool that counts')
    """
    if found := _HEAD.match(phrase):
        return _named(found["name"], found["long"], found["rest"].lstrip(" ,:-–—"))
    if (found := _LONG_HEAD.match(phrase)) and found["long"][0].lower() == found["name"][0].lower():
        return _named(found["name"], found["long"], found["rest"].lstrip(" ,:-–—"))
    if (found := _SHORT.match(phrase)) and _owns(found["long"], found["name"], found["rest"]):
        return _named(found["name"], "", found["long"] + found["rest"])
    found = _CALLED.search(phrase[:200])
    return _called(phrase, found) if found else Named("", "", phrase)


def coined_name(abstract: str) -> Named | None:
    """Return the name and its long form from “We call it Decomposed Estimation (DE)”, or None."""
    found = _COINED.search(abstract)
    if not found or found["long"][0].lower() != found["name"][0].lower():
        return None
    common = all(f" {word.lower()}" in abstract for word in found["long"].split())
    return _named(found["name"], found["long"].lower() if common else found["long"], "")


def _named(name: str, long: str | None, rest: str) -> Named:
    """Return the parts, without a name if it has fewer than three characters."""
    name = name.rstrip(".-*")
    return (
        Named(name, long or "", rest)
        if len(name) > 2
        else Named("", "", f"{long or ''} {rest}".strip())
    )


def _called(phrase: str, found: re.Match[str]) -> Named:
    """Return the parts of “a method called DEMI that …”."""
    before = phrase[: found.start()]
    if not before or "," in before.replace(", ", " ", 1):
        return Named("", "", phrase)
    if not found["proper"] and not _is_nameable(before):
        return Named("", "", phrase)
    name, long = found["name"] or found["proper"] or found["the"], found["short"] or ""
    if long and re.fullmatch(_NAME, long):
        name, long = long, name
    return _named(name, long, f"{before} {phrase[found.end() :].lstrip(', ')}".strip())


_LAST_WORD = re.compile(r"(?P<word>\w+)(?: \([^()]*\))?$")


def _is_nameable(phrase: str) -> bool:
    """Return whether a phrase ends with a noun for what a paper may give a name: `our method`."""
    found = _LAST_WORD.search(phrase.lower())
    return found is not None and fold(found["word"]) in lexicon.words("nameable things")


def _owns(long: str, name: str, rest: str) -> bool:
    """Return whether the acronym after a phrase names the work: not in “language models (LLMs)”."""
    words, joints = long.split(), lexicon.words("phrase joints")
    ends = re.match(r"\W*$|[,.;:]| (?P<next>[\w-]+)", rest)
    after = ends["next"] if ends else ""
    if (
        after
        and after not in joints
        and after not in ("is", "are")
        and (long == long.lower() or not _is_nameable(after))
    ):
        return False
    new = words[0].lower() in ("a", "an", "our", "the") or long.istitle()
    return (
        new
        and len(name) > 2
        and not name.endswith("s")
        and not any(word in joints or word == "of" for word in words)
    )
