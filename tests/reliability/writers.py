"""Two to four commands at once in one digest."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from digest.inputs import sources
from tests.conftest import COMET, DAY, GRAPH, YEAST, Folder, epoch
from tests.edits import toy_digest
from tests.reliability.trials import Trial, child, copy, difference, snapshot, some

TITLE = "two to four commands at once"
NEXT = DAY + timedelta(1)
COMMANDS = (("build",), ("build", "--wait"), ("generate",), ("build", "--clean"), ("add",))


def trials(place: Path, share: float) -> Iterator[Trial]:
    """Start some commands at once, and compare with the same, one after the other."""
    before = toy_digest(place / "before")
    child(before, "build")
    chance = random.Random(1)
    for number in range(some(60, share)):
        commands = [chance.choice(COMMANDS) for _ in range(chance.randint(2, 4))]
        documents = [place / f"refs-{number}-{each}.txt" for each in range(len(commands))]
        for document, text in zip(documents, (COMET, YEAST, GRAPH, COMET), strict=False):
            document.write_text(f"On the Question of {document.stem}\n\n{text}\n")
        words = [
            (*command, str(document), "--name", document.stem) if command == ("add",) else command
            for command, document in zip(commands, documents, strict=True)
        ]
        what = " & ".join(" ".join(command) for command in commands)
        yield Trial(what, _lost(before, place, words))


def _lost(before: Folder, place: Path, words: list[tuple[str, ...]]) -> str:
    calm = copy(before, place / "calm")
    for command in words:
        child(calm, *command, today=NEXT)
    child(calm, "build", today=NEXT)
    folder = copy(before, place / "digest")
    for said, status in _at_once(folder, words):
        if status not in (0, 1) or "Traceback" in said:
            return f"ended with {status}: {said[-200:]}"
    ended = child(folder, "build", today=NEXT)
    if ended.fault or ended.status:
        return ended.fault or ended.said[-200:]
    notes, expected = (sources.load(each.path / "seeds") for each in (folder, calm))
    if dict(notes) != dict(expected):
        return f"{len(notes)} notes in place of {len(expected)}"
    found, wanted = snapshot(folder), snapshot(calm)
    for each in (found, wanted):
        del each["seeds/sources.yml"]  # in the order in which they came
    return difference(found, wanted)


def _at_once(folder: Folder, words: list[tuple[str, ...]]) -> list[tuple[str, int]]:
    program = Path(sys.executable).with_name("digest")
    running = [
        subprocess.Popen(
            [program, *command],
            cwd=folder.path,
            env={**os.environ, "SOURCE_DATE_EPOCH": epoch(NEXT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for command in words
    ]
    said = [process.communicate()[0] for process in running]
    return [(text, process.returncode) for text, process in zip(said, running, strict=True)]
