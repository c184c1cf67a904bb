"""What formats written in XML have in common: how they are told apart and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from digest.inputs import pieces
from digest.inputs.syntax import issues, xml
from digest.models import Guess, Reading, Seed

Find = Callable[[Seed, xml.Element], pieces.Find]
"""Makes a record, or a problem, of the element of one paper."""


def guess(seed: Seed, sign: re.Pattern[str], missing: str, confidence: float = 0.95) -> Guess:
    """Sure where a document opens as XML and shows a sign of the format."""
    if not xml.looks_xml(seed.text):
        return Guess(0.0, "an opening '<?xml' or '<'")
    return Guess(confidence) if sign.search(seed.text[: pieces.HEAD]) else Guess(0.05, missing)


def reading(seed: Seed, name: str, entries: Sequence[str], find: Find) -> Reading:
    """Read every element of these names as one paper."""
    return pieces.reading(seed, name, _finds(seed, entries, find))


def _finds(seed: Seed, entries: Sequence[str], find: Find) -> Iterator[pieces.Find]:
    opened = len(re.findall(rf"<(?:[\w.-]{{1,30}}:)?(?:{'|'.join(entries)})[\s>]", seed.text, re.I))
    try:
        root = xml.parse(seed)
    except xml.UnsafeError:
        message = "expected XML without entities of its own, found '<!ENTITY' or a DOCTYPE with declarations"
        yield pieces.refuse(seed, 1, f"{message} — nothing is read", seed.text, max(1, opened))
        return
    found = [] if root is None else [e for e in root.iter() if xml.name(e) in entries]
    closed = len(re.findall(rf"</(?:[\w.-]{{1,30}}:)?(?:{'|'.join(entries)})\s*>", seed.text, re.I))
    for at, element in enumerate(found):
        if at < closed:
            yield find(seed, element)
        else:
            yield missing(seed, element, "an end tag")
    if lost := opened - len(found):
        at = xml.line(found[-1]) if found else 1
        message = (
            f"expected well-formed XML, found damage after this line — {lost} entries are left out"
        )
        yield pieces.refuse(seed, at, message, "", max(0, lost))


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
            told[part] = "; ".join(found[:20]) if part in issues.NUMBERS else found[0]
    return told


def missing(seed: Seed, element: xml.Element, what: str = "a title") -> pieces.Find:
    """Leave out an entry that tells of no paper."""
    message = f"expected {what} in this entry, found {pieces.quote(xml.text(element))} — the paper is left out"
    return pieces.refuse(seed, xml.line(element), message, xml.text(element))
