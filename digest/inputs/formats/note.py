"""A note that a person keeps on a paper: Obsidian, Logseq, Notion, Zettlr, Joplin.

    ---                                     # Memory Networks
    title: Memory Networks
    authors: ["[[Jason Weston]]"]           Authors: Jason Weston, Sumit Chopra
    url: https://arxiv.org/abs/1410.3916    URL: https://arxiv.org/abs/1410.3916
    ---
    > [!abstract]                           ## Abstract
    > We describe a new class of models …   We describe a new class of models …

Only what a bibliography has is read: properties by their names, and the abstract where a
heading or a callout says that it is one. Notes, marks and tasks are the person's own.
https://help.obsidian.md/properties; https://docs.logseq.com (properties)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from digest.inputs import findings
from digest.inputs.format import Format
from digest.inputs.syntax import crosswalk, date_parsing, safe_yaml
from digest.models import Guess, Reading, Seed

NAME = "note"

LONGEST = 200
"""Lines that properties may take at the top of a note."""

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.{1,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_PROPERTY = re.compile(
    r"(?:[-*\s]{0,4}(?P<name>[^\W_][\w /.()-]{0,30}?)::|\*{0,2}(?P<plain>[^\W_][\w /.()-]{0,30}?)\*{0,2}:\*{0,2})\s+(?P<value>\S.{0,3000})"
)
"""A line `name:: value` of Logseq, in a bullet or not, or `Name: value` of Notion."""
_HEADING = re.compile(r"[-*\s]{0,4}(#{1,6})\s+(\S.{0,400})")
_ABSTRACT = re.compile(r"\W{0,4}(?:abstract|summary of the authors|zusammenfassung|résumé|resumen|摘要)\W{0,4}", re.I)  # fmt: skip
_CALLOUT = re.compile(r"\s*>\s*\[!(?:abstract|summary|tldr)\][+-]?\s*(.*)", re.I)
_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]")
_BIBLIOGRAPHIC = frozenset(("title", "abstract", "authors", "date", "venue", "arxiv", "doi", "pmid", "openreview", "acl"))  # fmt: skip
_OWN = frozenset(("created", "updated", "modified", "dateadded", "datecreated", "added", "datemodified", "body", "content", "text", "description", "name", "headline", "id"))  # fmt: skip
"""Names that tell of the note and not of the paper."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says of its paper."""

    properties: Mapping[str, Any]
    """By their names, those of the paper alone."""
    title: str
    line: int
    """1-based line of the abstract, else of the title."""
    abstract: str


def recognise(seed: Seed) -> Guess:
    """Sure where properties of one paper stand at the top, and text that people write below."""
    missing = "properties such as 'authors:' at its top, and '## Abstract' below"
    if len(seed.text) > 200_000:
        return Guess(0.0, missing)
    front, note = bool(_FRONT.match(seed.text)), _note(seed.text)
    told = {crosswalk.field(name) for name in note.properties} - {"title", "abstract"}
    headings = sum(line.startswith("# ") for line in seed.text.split("\n"))
    if not note.title or not told or headings > 1:
        return Guess(0.0, missing)
    plain = _plain(note)
    known = crosswalk.found_ids(plain, crosswalk.found_links(plain))
    if not ((front and known) or (note.abstract and (known or len(told) > 1))):
        return Guess(0.1, missing)
    return Guess(0.93)


def read(seed: Seed) -> Reading:
    """Read the one paper; what else the note holds is left where it is, and said to be."""
    return findings.reading(seed, NAME, _finds(seed))


def _finds(seed: Seed) -> Iterator[findings.Find]:
    note = _note(seed.text)
    made = crosswalk.record(seed, note.line, {**_plain(note), "title": note.title, "abstract": note.abstract})  # fmt: skip
    if made is None:
        message = "expected a title in the properties or a heading, found neither"
        yield findings.refuse(seed, 1, f"{message} — the note is left out", seed.text)
        return
    yield made
    rest = len(seed.text) - len(note.abstract) - sum(len(str(v)) for v in note.properties.values())
    if rest > 200:
        yield findings.remark(seed, note.line, "only the paper is read; what else the note says is its writer's own")  # fmt: skip


def _plain(note: Note) -> dict[str, Any]:
    """The properties as `fields` knows them, the day of the paper rather than of the note."""
    plain = {crosswalk.plain(name): value for name, value in note.properties.items()}
    year, day = str(plain.get("year", "")), date_parsing.parse(str(plain.get("date", "")))
    if year and day and str(day.year) != year:
        plain.pop("date")
    return plain


def _note(text: str) -> Note:
    front = _FRONT.match(text)
    given = _loaded(front[1]) if front else {}
    lines = text[front.end() :].split("\n") if front else text.split("\n")
    first = text.count("\n", 0, front.end()) + 1 if front else 1
    at = heading = 0
    for number, line in enumerate(lines[:LONGEST]):
        head, said = _HEADING.match(line), _PROPERTY.match(line)
        if head and not heading and not _ABSTRACT.fullmatch(head[2][:60]):
            heading = number + 1
            given.setdefault("title", head[2].strip())
        elif head or (line.strip() and not said):
            break
        elif said and _is_of_paper(name := said["name"] or said["plain"]):
            given.setdefault(name.lower(), said["value"].strip())
        at = number + 1
    place, abstract = _abstract(lines, at)
    kept = {name: _unlinked(value) for name, value in given.items() if _is_of_paper(str(name))}
    low = {crosswalk.plain(name): str(value) for name, value in kept.items()}
    return Note(
        kept,
        low.get("title", ""),
        first + (place if abstract else max(heading - 1, 0)),
        abstract or low.get("abstract", ""),
    )


def without_properties(text: str) -> str:
    """Return a text with the properties at its top left blank, line by line.

    >>> without_properties("---\\ntitle: A\\n---\\nOn Bees")
    '\\n\\n\\nOn Bees'
    """
    front = _FRONT.match(text)
    if not front or not _loaded(front[1]):
        return text
    return "\n" * text.count("\n", 0, front.end()) + text[front.end() :]


def _loaded(front: str) -> dict[str, Any]:
    """The properties in YAML; none where they are damaged or are no names and values."""
    try:
        given = safe_yaml.load(front)
    except safe_yaml.ERRORS:
        return {}
    return {str(k): v for k, v in given.items()} if isinstance(given, dict) else {}


def _is_of_paper(name: str) -> bool:
    plain = crosswalk.plain(name)
    if plain in _OWN:
        return False
    return (
        crosswalk.field(name) in _BIBLIOGRAPHIC
        or crosswalk.points(plain)
        or crosswalk.is_part(plain)
    )


def _unlinked(value: Any) -> Any:
    """A value without the brackets of links to other notes."""
    if isinstance(value, list):
        return [_unlinked(one) for one in value]
    return _LINK.sub(r"\1", value) if isinstance(value, str) else value


def _abstract(lines: list[str], start: int) -> tuple[int, str]:
    """The text below a heading or in a callout that says it is the abstract, and where it begins."""
    for at in range(start, len(lines)):
        head, callout = _HEADING.match(lines[at]), _CALLOUT.match(lines[at])
        if callout:
            said = [callout[1] if not _ABSTRACT.fullmatch(callout[1]) else ""]
            for line in lines[at + 1 :]:
                if not line.lstrip().startswith(">"):
                    break
                said.append(line.lstrip()[1:].strip())
            return at + 1, " ".join(filter(None, said))
        if head and _ABSTRACT.fullmatch(head[2][:60]):
            return at + 1, _below(lines[at + 1 :])
    return 0, ""


def _below(lines: list[str]) -> str:
    """The paragraphs below a heading up to the next, or to anything that is no paragraph."""
    said: list[str] = []
    for line in lines:
        if line.strip() and re.match(r"\s*(?:#{1,6}\s|[-*+]\s|\d{1,3}\.\s|!\[|---|\|)", line):
            break
        said.append(line.strip().removeprefix(">").strip())
    return " ".join(filter(None, said))


FORMAT = Format(
    NAME,
    "note on a paper",
    "yaml",
    recognise,
    read,
    whole=True,
    about="a note kept on one paper: Obsidian, Logseq, Notion; the paper alone, never what its writer noted",
    example="---\ntitle: A comet in pieces\ndoi: 10.1000/x\n---\n…\n## Abstract",
)
