"""What indexes answered: seeds/index.jsonl, a line an answer, made to be read in a diff and edited.

    {"paper": "k3v9q2xa", "index": "arxiv", "asked": "2025-03-12", "by": "abstract", "score": 0.998,
     "title": "Monotone deep Boltzmann machines", "authors": [...], "sketch": "..."}
    {"paper": "p7d2m5tq", "index": "arxiv", "asked": "2025-03-12", "sketch": "..."}

The second was asked for and not found. A paper is known by its permanent id,
and, should the register be lost, by the sketch of its abstract. While we ask, a
line is added as its answer comes, and is on the disk before the next question;
at the end the file is put in order.
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
from digest.language.text import fingerprint, squeeze, visible
from digest.models import Link, LinkKind, Paper, Problem
from digest.papers import ids
from digest.papers.minhash import Sketch, bands, from_text, likeness, sketch, to_text

FILE = "index.jsonl"
SAME = 0.9
"""Abstracts with this share of grams in common are one: more than the register asks, as no id agrees."""

_FORMS: Mapping[str, Callable[[str], str | None]] = {
    "arxiv": ids.arxiv,
    "doi": ids.doi,
    "acl": lambda text: text if re.fullmatch(r"[\w.-]{1,60}", text) else None,
    "openreview": lambda text: text if re.fullmatch(r"[\w-]{1,40}", text) else None,
    "pmid": lambda text: text if re.fullmatch(r"\d{1,12}", text) else None,
}
"""The schemes that are remembered, and what gives an identifier its one form."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one index said of one paper."""

    paper: str
    index: str
    asked: date
    sketch: Sketch = ()
    by: str = ""
    """What agreed: abstract, title or identifier; empty where nothing was found."""
    score: float = 0.0
    title: str = ""
    authors: tuple[str, ...] = ()
    date: date | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    venue: str | None = None
    links: tuple[Link, ...] = ()
    abstract: str = ""
    """Of a paper of which documents know no more than an identifier."""

    @property
    def found(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.by)


# --- the file ----------------------------------------------------------------------------------


def load(file: Path) -> tuple[list[Answer], list[Problem]]:
    """Read the answers, the last of a paper and index; an absent file has none.

    A line that cannot be read costs itself. The last line of a run that was
    broken off in the middle of writing is passed over.
    """
    if not file.exists():
        return [], []
    answers: dict[tuple[str, str], Answer] = {}
    problems = []
    lines = _lines(file)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            answer = _answer(json.loads(line))
            answers[answer.paper, answer.index] = answer
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            if number < len(lines):  # the last one has no end: it was being written
                problems.append(_damaged(file, number, line))
    return list(answers.values()), problems


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


def add(file: Path, answer: Answer) -> None:
    """Add an answer at the end of the file, and see that it is on the disk.

    Raises `WriteError` where the disk does not let it.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab+") as out:
            if out.tell() and (out.seek(-1, os.SEEK_END) or out.read(1)) != b"\n":
                out.write(b"\n")
            out.write(_line(answer).encode())
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise WriteError(
            f"{file}: expected to add an answer here, found: {error.strerror or error}"
        ) from error


def tidy(file: Path) -> None:
    """Put the file in order: by paper, then by index; lines that cannot be read stay as they are."""
    if not file.exists():
        return
    answers, problems = load(file)
    lines = _lines(file)
    kept = "".join(f"{lines[problem.line - 1]}\n" for problem in problems)
    ordered = sorted(answers, key=lambda answer: (answer.paper, answer.index))
    write_file(file, (kept + "".join(map(_line, ordered))).encode())


def _answer(found: dict[str, Any]) -> Answer:
    return Answer(
        paper=str(found["paper"]),
        index=str(found["index"]),
        asked=date.fromisoformat(found["asked"]),
        sketch=from_text(found.get("sketch", "")),
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
    """Those that are of the form their scheme has."""
    for scheme, value in found.items():
        known = _FORMS[scheme](_text(value)) if scheme in _FORMS else None
        if known:
            yield scheme, known


def _link(found: Mapping[str, Any]) -> Link | None:
    """Give a link that a browser may follow without harm."""
    url, kind = str(found["url"]), found.get("kind", "other")
    if not url.lower().startswith(("https://", "http://")) or url != _text(url) or " " in url:
        return None
    return Link(url, kind if kind in get_args(LinkKind) else "other")


def _line(answer: Answer) -> str:
    """An answer as JSON, with nothing that would say nothing."""
    fields = {
        "paper": answer.paper,
        "index": answer.index,
        "asked": answer.asked.isoformat(),
        "by": answer.by,
        "score": answer.score,
        "title": answer.title,
        "authors": list(answer.authors),
        "date": dates.to_text(answer.date) if answer.date else None,
        "identifiers": dict(sorted(answer.identifiers.items())),
        "venue": answer.venue,
        "links": [{"url": link.url, "kind": link.kind} for link in answer.links],
        "abstract": answer.abstract,
        "sketch": to_text(answer.sketch),
    }
    kept = {name: value for name, value in fields.items() if value}
    return json.dumps(kept, ensure_ascii=False) + "\n"


# --- finding answers again -------------------------------------------------------------------------


def sketched(text: str) -> Sketch:
    """The sketch of a text, by which its answers are found when its id has changed."""
    return sketch(fingerprint(text))


def of_papers(papers: Sequence[Paper], answers: Iterable[Answer]) -> list[list[Answer]]:
    """Give every paper the answers about it: those under its id, else those about its abstract.

    They come in the order of the names of their indexes.
    """
    by_id: dict[str, list[Answer]] = {}
    for answer in answers:
        by_id.setdefault(answer.paper, []).append(answer)
    ids = {paper.id for paper in papers}
    places = by_band(answer for id, own in by_id.items() if id not in ids for answer in own)
    return [
        sorted(by_id[paper.id], key=lambda answer: answer.index)
        if paper.id in by_id
        else alike(sketched(paper.abstract or paper.title), places, SAME)
        if places
        else []
        for paper in papers
    ]


def by_band(answers: Iterable[Answer]) -> dict[object, list[Answer]]:
    """Put answers where texts like those they are about will meet them."""
    places: dict[object, list[Answer]] = {}
    for answer in answers:
        for band in bands(answer.sketch):
            places.setdefault(band, []).append(answer)
    return places


def alike(own: Sketch, places: Mapping[object, list[Answer]], least: float) -> list[Answer]:
    """The answers about a text this much alike, the most alike of each index, by its name."""
    found: dict[str, tuple[float, str, Answer]] = {}
    for band in bands(own):
        for answer in places.get(band, ()):
            score = likeness(own, answer.sketch)
            best = found.get(answer.index, (least, ""))
            if (score, answer.paper) >= best[:2]:
                found[answer.index] = (score, answer.paper, answer)
    return [found[index][2] for index in sorted(found)]
