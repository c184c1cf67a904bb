"""What formats written in XML have in common: how they are told apart and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from digest.inputs import findings
from digest.inputs.document import HEAD, Document
from digest.inputs.format import Format
from digest.inputs.syntax import publication_parts, xml
from digest.models import Guess, Reading, Seed

Find = Callable[[Seed, xml.Element], findings.Find]
"""Makes a record, or a problem, of the element of one paper."""


Entries = Sequence[str] | Callable[[Seed], Sequence[str]]
"""The names of the elements that are papers, or what finds them in a document."""


def form(
    name: str,
    label: str,
    sign: re.Pattern[str],
    missing: str,
    entries: Entries,
    find: Find,
    confidence: float = 0.95,
    believed: bool = False,
    *,
    about: str,
    example: str,
) -> Format:
    """Return the format of documents that open as XML and show a sign."""

    def read(document: Document) -> Reading:
        names = entries(document) if callable(entries) else entries
        return reading(document, name, names, find)

    return Format(
        name,
        label,
        "xml",
        lambda document: guess(document, sign, missing, confidence),
        read,
        believed=believed,
        about=about,
        example=example,
    )


def guess(seed: Seed, sign: re.Pattern[str], missing: str, confidence: float = 0.95) -> Guess:
    """Sure where a document opens as XML and shows a sign of the format."""
    if not xml.looks_xml(seed.text):
        return Guess(0.0, "an opening '<?xml' or '<'")
    return Guess(confidence) if sign.search(seed.text[:HEAD]) else Guess(0.05, missing)


Select = Callable[[xml.Element], Sequence[xml.Element]]
"""Picks the elements that are papers, in order, from the root."""


def reading(seed: Seed, name: str, entries: Sequence[str] | Select, find: Find) -> Reading:
    """Read every element of these names, or that is picked, as one paper."""
    return findings.reading(seed, name, _finds(seed, entries, find))


def _finds(seed: Seed, entries: Sequence[str] | Select, find: Find) -> Iterator[findings.Find]:
    try:
        root = xml.parse(seed)
    except xml.UnsafeError:
        opened = 1 if callable(entries) else _count(seed, "<", entries)
        message = "expected XML without entities of its own, found '<!ENTITY' or a DOCTYPE with declarations"
        yield findings.refuse(seed, 1, f"{message} — nothing is read", seed.text, max(1, opened))
        return
    picked = entries(root) if callable(entries) and root is not None else None
    names = [*{xml.name(e) for e in picked or ()}] if callable(entries) else entries
    named = [] if root is None else [e for e in root.iter() if xml.name(e) in names]
    # One without an end tag holds the next, but for the last.
    holding = sum(next(xml.all_named(e, *names), None) is not None for e in named)
    whole = set(named[: _count(seed, "</", names) + holding])
    for element in named if picked is None else picked:
        if element in whole:
            yield find(seed, element)
        else:
            yield missing(seed, element, "an end tag")
    if lost := _count(seed, "<", names) - len(named):
        at = xml.line(named[-1]) if named else 1
        message = (
            f"expected well-formed XML, found damage after this line — {lost} entries are left out"
        )
        yield findings.refuse(seed, at, message, "", max(0, lost))


def _count(seed: Seed, mark: str, names: Sequence[str]) -> int:
    """How many tags of these names a document has that begin with a mark, itself closed ones aside."""
    if not names:
        return 0
    name = "|".join(map(re.escape, names))
    tag = rf"{mark}(?:[\w.-]{{1,30}}:)?(?:{name})(?:\s[^<>]{{0,2000}})?>"
    return len(re.findall(tag, seed.text, re.I))


def parts(names: Mapping[str, str], *elements: xml.Element) -> dict[str, str]:
    """Return the parts of a publication from what stands in elements, by the names of each.

    Names stand with blanks between, the best first.
    """
    told: dict[str, str] = {}
    for part, words in names.items():
        found = [
            text
            for element in elements
            for name in words.split()
            for inner in xml.all_named(element, name)
            if (text := xml.text(inner))
        ]
        if found:
            told[part] = "; ".join(found[:20]) if part in publication_parts.NUMBERS else found[0]
    return told


def missing(seed: Seed, element: xml.Element, what: str = "a title") -> findings.Find:
    """Leave out an entry that tells of no paper."""
    message = f"expected {what} in this entry, found {findings.quote(xml.text(element))} — the paper is left out"
    return findings.refuse(seed, xml.line(element), message, xml.text(element))
