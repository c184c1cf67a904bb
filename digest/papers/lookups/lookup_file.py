"""The file of lookups, seeds/index.jsonl: one line each, meant to be read in a diff and edited.

    {"paper": "k3v9q2xa", "index": "arxiv", "asked": "2025-03-12", "by": "abstract", "score": 0.998,
     "title": "Monotone deep Boltzmann machines", "authors": [...], "sketch": "..."}
    {"paper": "p7d2m5tq", "index": "arxiv", "asked": "2025-03-12", "sketch": "..."}

The second was looked up and not found. A paper is recognised by its permanent id
and, should the register be lost, by the sketch of its abstract. During a run each
lookup is appended, and is on disk before the next request; at the end the file is
sorted.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

from digest.errors import ConfigError, WriteError
from digest.files import write_file
from digest.language import dates
from digest.language.strings import squeeze, visible
from digest.models import Link, LinkKind, Paper, Problem
from digest.papers import ids
from digest.papers.minhash import Sketch, bands, estimate_similarity, parse, sketch

FILE = "index.jsonl"
SAME = 0.9
"""From this similarity, two abstracts are one; stricter than the register's, as no id agrees."""

_FORMS: Mapping[str, Callable[[str], str | None]] = {
    "arxiv": ids.arxiv,
    "doi": ids.doi,
    "acl": lambda text: text if re.fullmatch(r"[\w.-]{1,60}", text) else None,
    "openreview": lambda text: text if re.fullmatch(r"[\w-]{1,40}", text) else None,
    "pmid": lambda text: text if re.fullmatch(r"\d{1,12}", text) else None,
}
"""The schemes that are stored, and what returns the canonical form of an identifier, or None."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What one index replied about one paper."""

    paper: str
    index: str
    asked: date
    sketch: Sketch = ""
    by: str = ""
    """What agreed: abstract, title or identifier; empty if nothing was found."""
    score: float = 0.0
    title: str = ""
    authors: tuple[str, ...] = ()
    date: date | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    venue: str | None = None
    links: tuple[Link, ...] = ()
    abstract: str = ""
    """Only of a paper known by no more than an identifier."""

    @property
    def found(self) -> bool:
        """Whether the index had the paper."""
        return bool(self.by)


# --- the file ----------------------------------------------------------------------------------


def load(file: Path) -> tuple[list[Lookup], list[Problem]]:
    """Read the lookups, the last of each paper and index; a missing file has none.

    A line that cannot be read becomes a problem, but not a last line that an
    interrupted run left incomplete. Raises `ConfigError` if the file is unreadable.
    """
    if not file.exists():
        return [], []
    lookups: dict[tuple[str, str], Lookup] = {}
    problems = []
    lines = _lines(file)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            lookup = _parse_lookup(json.loads(line))
            lookups[lookup.paper, lookup.index] = lookup
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            if number < len(lines):  # the last one has no line end: its writing was interrupted
                problems.append(_damaged(file, number, line))
    return list(lookups.values()), problems


def _lines(file: Path) -> list[str]:
    try:
        return file.read_bytes().decode("utf-8", "replace").split("\n")
    except OSError as error:
        raise ConfigError(file, f"expected a readable file, found: {error.strerror}") from error


def _damaged(file: Path, number: int, line: str) -> Problem:
    return Problem(
        file.name,
        number,
        f"expected an answer of an index, found {line[:60]!r} — it is left out;"
        " mend or remove the line, or restore the file",
    )


def add(file: Path, lookup: Lookup) -> None:
    """Append a lookup to the file, and wait until it is on disk.

    Raises `WriteError` if that fails.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab+") as out:
            if out.tell() and (out.seek(-1, os.SEEK_END) or out.read(1)) != b"\n":
                out.write(b"\n")
            out.write(_to_line(lookup).encode())
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise WriteError(
            f"{file}: expected to add an answer here, found: {error.strerror or error}"
        ) from error


def tidy(file: Path) -> None:
    """Sort the file by paper and index; lines that cannot be read are kept, at its top."""
    if not file.exists():
        return
    lookups, problems = load(file)
    lines = _lines(file)
    kept = "".join(f"{lines[problem.line - 1]}\n" for problem in problems)
    ordered = sorted(lookups, key=lambda lookup: (lookup.paper, lookup.index))
    write_file(file, (kept + "".join(map(_to_line, ordered))).encode())


def _parse_lookup(found: dict[str, Any]) -> Lookup:
    return Lookup(
        paper=str(found["paper"]),
        index=str(found["index"]),
        asked=date.fromisoformat(found["asked"]),
        sketch=parse(found.get("sketch", "")),
        by=_text(found.get("by", "")),
        score=float(found.get("score", 0)),
        title=_text(found.get("title", "")),
        authors=tuple(map(_text, _list(found.get("authors", [])))),
        date=dates.from_text(found["date"]) if "date" in found else None,
        identifiers=dict(_identifiers(found.get("identifiers", {}))),
        venue=_text(found.get("venue", "")) or None,
        links=tuple(filter(None, map(_link, _list(found.get("links", []))))),
        abstract=_text(found.get("abstract", "")),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return squeeze(visible(value))


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value


def _identifiers(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the identifiers that are valid in their scheme."""
    for scheme, value in found.items():
        known = _FORMS[scheme](_text(value)) if scheme in _FORMS else None
        if known:
            yield scheme, known


def _link(found: Mapping[str, Any]) -> Link | None:
    """Return a link that is safe in a browser, or None."""
    url, kind = str(found["url"]), found.get("kind", "other")
    if not url.lower().startswith(("https://", "http://")) or url != _text(url) or " " in url:
        return None
    return Link(url, kind if kind in get_args(LinkKind) else "other")


def _to_line(lookup: Lookup) -> str:
    """Return a lookup as a line of JSON, without empty fields."""
    fields = {
        "paper": lookup.paper,
        "index": lookup.index,
        "asked": lookup.asked.isoformat(),
        "by": lookup.by,
        "score": lookup.score,
        "title": lookup.title,
        "authors": list(lookup.authors),
        "date": dates.to_text(lookup.date) if lookup.date else None,
        "identifiers": dict(sorted(lookup.identifiers.items())),
        "venue": lookup.venue,
        "links": [{"url": link.url, "kind": link.kind} for link in lookup.links],
        "abstract": lookup.abstract,
        "sketch": lookup.sketch,
    }
    kept = {name: value for name, value in fields.items() if value}
    return json.dumps(kept, ensure_ascii=False) + "\n"


# --- matching lookups to papers ----------------------------------------------------------------


def match_papers(papers: Sequence[Paper], lookups: Iterable[Lookup]) -> list[list[Lookup]]:
    """Return the lookups of every paper: those of its id, else those of its abstract.

    The lookups of a paper are sorted by the name of the index.
    """
    by_id: dict[str, list[Lookup]] = {}
    for lookup in lookups:
        by_id.setdefault(lookup.paper, []).append(lookup)
    ids = {paper.id for paper in papers}
    places = group_by_band(lookup for id, own in by_id.items() if id not in ids for lookup in own)
    return [
        sorted(by_id[paper.id], key=lambda lookup: lookup.index)
        if paper.id in by_id
        else find_similar(sketch(paper.abstract or paper.title), places, SAME)
        if places
        else []
        for paper in papers
    ]


def group_by_band(lookups: Iterable[Lookup]) -> dict[object, list[Lookup]]:
    """Group lookups by the bands of their sketches, for `find_similar`.

    Of those of one index and one sketch only one can be found, that of the last paper.
    """
    last = {
        (lookup.index, lookup.sketch): lookup
        for lookup in sorted(lookups, key=lambda lookup: lookup.paper)
    }
    places: dict[object, list[Lookup]] = {}
    for lookup in last.values():
        for band in bands(lookup.sketch):
            places.setdefault(band, []).append(lookup)
    return places


def find_similar(own: Sketch, places: Mapping[object, list[Lookup]], least: float) -> list[Lookup]:
    """Return the lookups of texts at least this similar: the best of each index, by its name."""
    found: dict[str, tuple[float, str, Lookup]] = {}
    for band in bands(own):
        for lookup in places.get(band, ()):
            score = estimate_similarity(own, lookup.sketch)
            best = found.get(lookup.index, (least, ""))
            if (score, lookup.paper) >= best[:2]:
                found[lookup.index] = (score, lookup.paper, lookup)
    return [found[index][2] for index in sorted(found)]
