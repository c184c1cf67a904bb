"""Identifiers and addresses of papers, one to a line, whose metadata is looked up later.

    arXiv:1410.3916
    10.1145/3292500.3330701
    - https://openreview.net/forum?id=H1eA7AEtvS   (read this!)
    PMID: 25601284

A line counts if it begins with an identifier or a paper's address and has little other
text, which is private and ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import views
from digest.inputs.layout.lines import split_lines, strip_bullets
from digest.models import Guess, Reading, Seed
from digest.papers import ids

NAME = "identifiers"

BESIDE = 60
"""Characters of other text that a line may have beside an identifier."""

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"|)\]]{4,2000}")
_ARXIV = re.compile(r"(?:arxiv\s?:?\s?)?(\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?(?=\s|$|[,;.|)\]])", re.I)  # fmt: skip
_DOI = re.compile(r"(?:doi\s?:?\s?)?(10\.\d{4,9}/[^\s\"<>{}|\\^`]{1,200})", re.I)
_PMID = re.compile(r"(?:pmid|pubmed)\s?(?:id)?\s?:?\s?(\d{1,8})\b", re.I)
_ACL = re.compile(r"(?:acl\s?:?\s?)?(\d{4}\.[a-z0-9]{2,20}-[a-z0-9]{1,20}\.\d{1,4}|(?<=acl:)[A-Z]\d{2}-\d{4}|(?<=acl )[A-Z]\d{2}-\d{4})(?=\s|$|[,;|)\]])", re.I)  # fmt: skip
_DIGITS = re.compile(r"\d{5,8}")
"""Bare numbers, which are PubMed ids only once a document is known to be a list of ids."""


def recognise(document: Document) -> Guess:
    """Return how sure it is: nearly all lines must be identifiers; one line is enough."""
    lines = [
        line.text
        for line in document.head.view(views.lines)
        if line.text and not _is_comment(line.text)
    ]
    found = sum(bool(find_identifier(line)) for line in lines)
    if not found or found < 0.9 * len(lines):
        return Guess(0.0, "lines that each hold an identifier or the address of a paper")
    return Guess(0.92)


def read(seed: Seed) -> Reading:
    """Read every line that is an identifier, each once; remark on all others."""
    return findings.reading(seed, NAME, _finds(seed))


def _finds(seed: Seed) -> Iterator[findings.Finding]:
    seen: set[str] = set()
    for line in strip_bullets(split_lines(seed.text)):
        if not line.text or _is_comment(line.text):
            continue
        found = find_identifier(line.text) or (_DIGITS.fullmatch(line.text) and f"pmid:{line.text}")
        if not found:
            yield findings.ignored_line(seed, line.line, line.text)
            continue
        identifiers, links = _identifiers(found), ids.links([found])
        if found not in seen:
            seen.add(found)
            yield findings.record(
                seed,
                line.line,
                None,
                "",
                identifiers=identifiers,
                links=() if identifiers else links,
            )


def _is_comment(text: str) -> bool:
    return text.startswith(("#", "//", ";")) or (text.endswith(":") and len(text) < BESIDE)


def find_identifier(text: str) -> str:
    """Return the normalised identifier or address a line consists of; empty for other lines.

    >>> find_identifier("- arXiv:1410.3916v2  must read")
    'arXiv:1410.3916'
    >>> find_identifier("We cite 10.1000/x in a long sentence of this text, as others do, too.")
    ''
    """
    text = re.sub(r"\A\s*(?:[-*•+]|\d{1,4}[.)]|\[[ xX]?\])\s+", "", text).strip("<> \t")
    for pattern, name in (
        (_ADDRESS, ""),
        (_DOI, ""),
        (_ACL, "acl:"),
        (_ARXIV, "arXiv:"),
        (_PMID, "pmid:"),
    ):
        match = pattern.match(text)
        if match and len(text) - len(match.group()) <= BESIDE:
            found = f"{name}{ids.trim(match[match.lastindex or 0])}"
            return found if _is_paper(found) else ""
    return ""


def _is_paper(found: str) -> bool:
    """Return whether an identifier or an address is a paper's, as not every web address is."""
    if _identifiers(found):
        return True
    return found.startswith(("http", "www")) and any(
        link.kind == "paper" for link in ids.links([found])
    )


def _identifiers(found: str) -> dict[str, str]:
    scheme, _, value = found.partition(":")
    return {scheme: value} if scheme in ("acl", "pmid") else ids.identifiers([found])


FORMAT = Format(
    NAME,
    "list of identifiers",
    "labels",
    recognise,
    read,
    believed=True,
    about="identifiers and addresses of papers, one a line; links until `digest enrich` has looked"
    " them up",
    example="arXiv:2503.01234\nhttps://doi.org/10.1000/x",
)
