"""Commands that speak to servers, killed: nothing is lost, and nobody is written to twice."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from digest.services import enrich, fetch
from tests.conftest import DAY, Folder
from tests.edits import toy_digest
from tests.reliability.kills import killed
from tests.reliability.trials import Trial, child, copy, some
from tests.services import indexes, smtp_server, sources

TITLE = "killed: fetch, enrich, restore, mail"
READERS = 40


def trials(place: Path, share: float) -> Iterator[Trial]:
    """Kill each command at 300 random moments, and at each of its changes."""
    before = toy_digest(place / "before")
    child(before, "build")
    yield from _fetched(copy(before, place / "fetch"), place, share)
    yield from _enriched(copy(before, place / "enrich"), place, share)
    yield from _restored(copy(before, place / "restore"), place, share)
    yield from _mailed(copy(before, place / "mail"), place, share)


def _fetched(before: Folder, place: Path, share: float) -> Iterator[Trial]:
    with sources.serve(sources.works(12, DAY)) as served:
        _set(before, fetch=[served.entry("arxiv"), served.entry("huggingface")])
        yield from killed(before, place, ("fetch",), share, prepare=_hurry)


def _enriched(before: Folder, place: Path, share: float) -> Iterator[Trial]:
    papers = [json.loads(line) for line in _published(before).read_text().splitlines()]
    known = [
        {"id": f"2503.{number:05}", "doi": f"10.1000/work.{number}", "venue": "Annals", **paper}
        for number, paper in enumerate(papers)
    ]
    works = [{**work, "id": f"2503.{number:05}"} for number, work in enumerate(known)]
    with indexes.serve(works) as served:
        words = ("enrich", "--full")
        for name in ("arxiv", "crossref"):
            words = (*words, "--source", f"{name}={served.base(name)}")
        yield from killed(before, place, words, share, prepare=_hurry)


def _restored(before: Folder, place: Path, share: float) -> Iterator[Trial]:
    register = before.path / "seeds" / "register.jsonl"
    register.write_bytes(b"".join(register.read_bytes().splitlines(keepends=True)[1:]))
    yield from killed(before, place, ("restore",), share)


def _mailed(before: Folder, place: Path, share: float) -> Iterator[Trial]:
    _set(before, mail_from="digest@example.org")
    people = [f"reader{number}@example.org" for number in range(READERS)]
    (before.path / "list.csv").write_text("\n".join(("email", *people)))
    chance = random.Random("mail")
    begun = time.monotonic()
    _sent(copy(before, place / "digest"), people)
    lasting = time.monotonic() - begun
    for _ in range(some(300, share)):
        moment = chance.uniform(0, lasting)
        lost = _sent(copy(before, place / "digest"), people, moment)
        yield Trial(f"mail after {moment:.3f} s", lost)


def _sent(folder: Folder, people: list[str], kill_after: float = 60.0) -> str:
    """Send twice, the first time until it is killed, and return what is not well."""
    box = smtp_server.Box()
    with smtp_server.listening(box) as port:
        words = ("mail", "--list", "list.csv", "--smtp", f"smtp://127.0.0.1:{port}")
        child(folder, *words, kill_after=kill_after)
        ended = child(folder, *words)
    unsure = {person for person in people if f"{person}: may have it" in ended.said}
    missed = [person for person in people if not box.got[person] and person not in unsure]
    twice = [person for person, count in box.got.items() if count > 1]
    if ended.fault or missed or twice or len(unsure) > 1:
        return f"{ended.fault} missed {missed} twice {twice} unsure {unsure}"
    return ""


def _published(folder: Folder) -> Path:
    return folder.path / "site" / "papers.jsonl"


def _set(folder: Folder, **options: object) -> None:
    """Give a toy digest options: its plugin is the last thing in its mkdocs.yml."""
    lines = (f"      {name}: {json.dumps(value)}\n" for name, value in options.items())
    with (folder.path / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.writelines(lines)


def _hurry() -> None:
    """Let no service wait between two requests, in the process that is going to be killed."""
    fetch.SOURCES = tuple(replace(each, pause=0) for each in fetch.SOURCES)
    enrich.INDEXES = tuple(replace(each, pause=0) for each in enrich.INDEXES)
