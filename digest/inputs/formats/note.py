"""Notes on a paper, as kept in Obsidian, Logseq, Notion, Zettlr or Joplin.

    ---                                     # Memory Networks
    title: Memory Networks
    authors: ["[[Jason Weston]]"]           Authors: Jason Weston, Sumit Chopra
    url: https://arxiv.org/abs/1410.3916    URL: https://arxiv.org/abs/1410.3916
    ---
    > [!abstract]                           ## Abstract
    > We describe a new class of models …   We describe a new class of models …

Only bibliographic content is read: properties by their names, and the abstract below a
heading or in a callout that names it. Notes, highlights and tasks are private.
https://help.obsidian.md/properties; https://docs.logseq.com (properties)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from digest.inputs import findings
from digest.inputs.format import Format
from digest.inputs.syntax import crosswalk, date_parsing, field_names, safe_yaml
from digest.models import Guess, Reading, Seed

NAME = "note"

LONGEST = 200
"""Lines of properties at the top of a note, at most."""

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.{1,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_PROPERTY = re.compile(
    r"(?:[-*\s]{0,4}(?P<name>[^\W_][\w /.()-]{0,30}?)::|\*{0,2}(?P<plain>[^\W_][\w /.()-]{0,30}?)\*{0,2}:\*{0,2})\s+(?P<value>\S.{0,3000})"
)
"""A line `name:: value` of Logseq, perhaps in a bullet, or `Name: value` of Notion."""
_HEADING = re.compile(r"[-*\s]{0,4}(#{1,6})\s+(\S.{0,400})")
_ABSTRACT = re.compile(
    r"\W{0,4}(?:abstract|summary of the authors|zusammenfassung|résumé|resumen|摘要)\W{0,4}", re.I
)
_CALLOUT = re.compile(r"\s*>\s*\[!(?:abstract|summary|tldr)\][+-]?\s*(.*)", re.I)
_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]")
_BIBLIOGRAPHIC = frozenset((
    "title", "abstract", "authors", "date", "venue", "arxiv", "doi", "pmid", "openreview", "acl",
))  # fmt: skip
_OF_THE_NOTE = frozenset((
    "created", "updated", "modified", "dateadded", "datecreated", "added", "datemodified", "body",
    "content", "text", "description", "name", "headline", "id",
))  # fmt: skip
"""Names of properties that describe the note, and not the paper."""


@dataclass(frozen=True, slots=True)
class _PaperNote:
    """The bibliographic content of a note."""

    properties: Mapping[str, Any]
    """Those of the paper, by name."""
    title: str
    line: int
    """1-based line of the abstract, else of the title."""
    abstract: str


def recognise(seed: Seed) -> Guess:
    """Sure if properties of one paper are at the top, and free text below."""
    missing = "properties such as 'authors:' at its top, and '## Abstract' below"
    if len(seed.text) > 200_000:
        return Guess(0.0, missing)
    front, note = bool(_FRONT.match(seed.text)), _parse_note(seed.text)
    fields = {field_names.field(name) for name in note.properties} - {"title", "abstract"}
    headings = sum(line.startswith("# ") for line in seed.text.split("\n"))
    if not note.title or not fields or headings > 1:
        return Guess(0.0, missing)
    plain = _paper_properties(note)
    known = crosswalk.find_identifiers(plain, crosswalk.find_links(plain))
    if not ((front and known) or (note.abstract and (known or len(fields) > 1))):
        return Guess(0.1, missing)
    return Guess(0.93)


def read(seed: Seed) -> Reading:
    """Read the one paper; other content of the note is ignored, with a remark."""
    return findings.reading(seed, NAME, _read_entries(seed))


def _read_entries(seed: Seed) -> Iterator[findings.Finding]:
    note = _parse_note(seed.text)
    fields = {**_paper_properties(note), "title": note.title, "abstract": note.abstract}
    made = crosswalk.record(seed, note.line, fields)
    if made is None:
        message = "expected a title in the properties or a heading, found neither"
        yield findings.refuse(seed, 1, f"{message} — the note is left out", seed.text)
        return
    yield made
    rest = len(seed.text) - len(note.abstract) - sum(len(str(v)) for v in note.properties.values())
    if rest > 200:
        message = "only the paper is read; what else the note says is its writer's own"
        yield findings.remark(seed, note.line, message)


def _paper_properties(note: _PaperNote) -> dict[str, Any]:
    """Return the properties by normalised name, without a date that is the note's."""
    plain = {field_names.normalize_key(name): value for name, value in note.properties.items()}
    year, day = str(plain.get("year", "")), date_parsing.parse(str(plain.get("date", "")))
    if year and day and str(day.year) != year:
        plain.pop("date")
    return plain


def _parse_note(text: str) -> _PaperNote:
    front = _FRONT.match(text)
    given = _load_properties(front[1]) if front else {}
    lines = text[front.end() :].split("\n") if front else text.split("\n")
    first = text.count("\n", 0, front.end()) + 1 if front else 1
    at = heading = 0
    for number, line in enumerate(lines[:LONGEST]):
        head, found = _HEADING.match(line), _PROPERTY.match(line)
        if head and not heading and not _ABSTRACT.fullmatch(head[2][:60]):
            heading = number + 1
            given.setdefault("title", head[2].strip())
        elif head or (line.strip() and not found):
            break
        elif found and _is_of_paper(name := found["name"] or found["plain"]):
            given.setdefault(name.lower(), found["value"].strip())
        at = number + 1
    place, abstract = _find_abstract(lines, at)
    kept = {name: _unlink(value) for name, value in given.items() if _is_of_paper(str(name))}
    low = {field_names.normalize_key(name): str(value) for name, value in kept.items()}
    return _PaperNote(
        kept,
        low.get("title", ""),
        first + (place if abstract else max(heading - 1, 0)),
        abstract or low.get("abstract", ""),
    )


def without_properties(text: str) -> str:
    """Return a text with the properties at its top replaced by blank lines.

    >>> without_properties("---\\ntitle: A\\n---\\nOn Bees")
    '\\n\\n\\nOn Bees'
    """
    front = _FRONT.match(text)
    if not front or not _load_properties(front[1]):
        return text
    return "\n" * text.count("\n", 0, front.end()) + text[front.end() :]


def _load_properties(front: str) -> dict[str, Any]:
    """Return the properties in YAML; {} if they are damaged or not a mapping."""
    try:
        given = safe_yaml.load(front)
    except safe_yaml.ERRORS:
        return {}
    return {str(k): v for k, v in given.items()} if isinstance(given, dict) else {}


def _is_of_paper(name: str) -> bool:
    plain = field_names.normalize_key(name)
    if plain in _OF_THE_NOTE:
        return False
    return (
        field_names.field(name) in _BIBLIOGRAPHIC
        or field_names.holds_identifier(plain)
        or field_names.is_publication_part(plain)
    )


def _unlink(value: Any) -> Any:
    """Return a value without the brackets of links to other notes."""
    if isinstance(value, list):
        return [_unlink(one) for one in value]
    return _LINK.sub(r"\1", value) if isinstance(value, str) else value


def _find_abstract(lines: list[str], start: int) -> tuple[int, str]:
    """Return the line and the text of the abstract, below a heading or in a callout; or (0, '')."""
    for at in range(start, len(lines)):
        head, callout = _HEADING.match(lines[at]), _CALLOUT.match(lines[at])
        if callout:
            callout_lines = [callout[1] if not _ABSTRACT.fullmatch(callout[1]) else ""]
            for line in lines[at + 1 :]:
                if not line.lstrip().startswith(">"):
                    break
                callout_lines.append(line.lstrip()[1:].strip())
            return at + 1, " ".join(filter(None, callout_lines))
        if head and _ABSTRACT.fullmatch(head[2][:60]):
            return at + 1, _paragraphs(lines[at + 1 :])
    return 0, ""


def _paragraphs(lines: list[str]) -> str:
    """Return the paragraphs up to the next heading, list, table or image."""
    paragraphs: list[str] = []
    for line in lines:
        if line.strip() and re.match(r"\s*(?:#{1,6}\s|[-*+]\s|\d{1,3}\.\s|!\[|---|\|)", line):
            break
        paragraphs.append(line.strip().removeprefix(">").strip())
    return " ".join(filter(None, paragraphs))


FORMAT = Format(
    NAME,
    "note on a paper",
    "yaml",
    recognise,
    read,
    whole=True,
    about="a note kept on one paper: Obsidian, Logseq, Notion; the paper alone, never what its"
    " writer noted",
    example="---\ntitle: A comet in pieces\ndoi: 10.1000/x\n---\n…\n## Abstract",
)
