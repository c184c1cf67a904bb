"""Recognition and reading of the formats written in XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from digest.inputs import findings
from digest.inputs.document import HEAD, Document
from digest.inputs.format import Format
from digest.inputs.syntax import publication_parts, xml
from digest.models import Guess, Reading, Seed

ReadEntry = Callable[[Seed, xml.Element], findings.Finding]
"""Returns the record, or a problem, of the element of one paper."""

Entries = Sequence[str] | Callable[[Seed], Sequence[str]]
"""The names of the elements that are papers, or a function that returns those in a document."""


def make_format(
    name: str,
    label: str,
    marker: re.Pattern[str],
    missing: str,
    entries: Entries,
    read_entry: ReadEntry,
    confidence: float = 0.95,
    believed: bool = False,
    *,
    about: str,
    example: str,
) -> Format:
    """Return the format of XML documents that contain a marker."""

    def read(document: Document) -> Reading:
        names = entries(document) if callable(entries) else entries
        return reading(document, name, names, read_entry)

    return Format(
        name,
        label,
        "xml",
        lambda document: guess(document, marker, missing, confidence),
        read,
        believed=believed,
        about=about,
        example=example,
    )


def guess(seed: Seed, marker: re.Pattern[str], missing: str, confidence: float = 0.95) -> Guess:
    """Return a confidence by whether a document is XML and contains the marker of the format."""
    if not xml.looks_xml(seed.text):
        return Guess(0.0, "an opening '<?xml' or '<'")
    return Guess(confidence) if marker.search(seed.text[:HEAD]) else Guess(0.05, missing)


Select = Callable[[xml.Element], Sequence[xml.Element]]
"""Returns the elements below the root that are papers, in order."""


def reading(
    seed: Seed, name: str, entries: Sequence[str] | Select, read_entry: ReadEntry
) -> Reading:
    """Read as papers all elements with one of the names, or those selected."""
    return findings.reading(seed, name, _read_entries(seed, entries, read_entry))


def _read_entries(
    seed: Seed, entries: Sequence[str] | Select, read_entry: ReadEntry
) -> Iterator[findings.Finding]:
    try:
        root = xml.parse(seed)
    except xml.UnsafeError:
        opened = 1 if callable(entries) else _count_tags(seed, "<", entries)
        message = (
            "expected XML without entities of its own, found '<!ENTITY' or a DOCTYPE with"
            " declarations"
        )
        yield findings.refuse(seed, 1, f"{message} — nothing is read", seed.text, max(1, opened))
        return
    picked = entries(root) if callable(entries) and root is not None else None
    names = [*{xml.name(e) for e in picked or ()}] if callable(entries) else entries
    named = [] if root is None else [e for e in root.iter() if xml.name(e) in names]
    # An element without an end tag contains the next one, unless it is the last.
    nesting = sum(next(xml.all_named(e, *names), None) is not None for e in named)
    whole = set(named[: _count_tags(seed, "</", names) + nesting])
    for element in named if picked is None else picked:
        if element in whole:
            yield read_entry(seed, element)
        else:
            yield missing(seed, element, "an end tag")
    if lost := _count_tags(seed, "<", names) - len(named):
        at = xml.line(named[-1]) if named else 1
        message = (
            f"expected well-formed XML, found damage after this line — {lost} entries are left out"
        )
        yield findings.refuse(seed, at, message, "", max(0, lost))


def _count_tags(seed: Seed, opening: str, names: Sequence[str]) -> int:
    """Count the start tags (`<`) or end tags (`</`) with one of the names, not empty elements."""
    if not names:
        return 0
    name = "|".join(map(re.escape, names))
    tag = rf"{opening}(?:[\w.-]{{1,30}}:)?(?:{name})(?:\s[^<>]{{0,2000}})?>"
    return len(re.findall(tag, seed.text, re.I))


def parts(names: Mapping[str, str], *elements: xml.Element) -> dict[str, str]:
    """Return the parts of a publication from the text of elements.

    `names` gives the elements of each part, separated by blanks, the best first.
    """
    made: dict[str, str] = {}
    for part, words in names.items():
        found = [
            text
            for element in elements
            for name in words.split()
            for inner in xml.all_named(element, name)
            if (text := xml.text(inner))
        ]
        if found:
            made[part] = "; ".join(found[:20]) if part in publication_parts.NUMBERS else found[0]
    return made


def missing(seed: Seed, element: xml.Element, what: str = "a title") -> findings.Finding:
    """Refuse an entry that lacks what makes a paper."""
    message = (
        f"expected {what} in this entry, found {findings.quote(xml.text(element))}"
        " — the paper is left out"
    )
    return findings.refuse(seed, xml.line(element), message, xml.text(element))
