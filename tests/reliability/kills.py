"""Commands killed at random moments and at each change they make to the disk."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from tests.conftest import DAY, GRAPH, Folder
from tests.edits import toy_digest
from tests.reliability.trials import (
    Ended,
    Trial,
    both,
    changes,
    child,
    copy,
    healed,
    killed_at,
    snapshot,
    some,
)

TITLE = "killed: build, add"
NEXT = DAY + timedelta(1)


def trials(place: Path, share: float) -> Iterator[Trial]:
    """Kill a build and an `add` at 300 random moments, and at each of their changes."""
    before = toy_digest(place / "before")
    child(before, "build")
    document = place / "refs.bib"
    document.write_text(f"@article{{a, title={{On edges}}, abstract={{{GRAPH}}}}}")
    before.seed("2025-03-13-new.txt", f"A new Question and its Tail\n\n{GRAPH}\n")
    yield from killed(before, place, ("build",), share)
    added = ("add", str(document), "--name", "Weekly", "--url", "https://example.org/")
    yield from killed(before, place, added, share)


def killed(
    before: Folder,
    place: Path,
    words: tuple[str, ...],
    share: float,
    prepare: Callable[[], None] = lambda: None,
) -> Iterator[Trial]:
    """Kill a command, run it again, build, and compare all with a digest that was not disturbed.

    `prepare` is called in each process before the command.
    """
    calm = copy(before, place / "digest")
    begun = time.monotonic()
    number = changes(calm, *words, today=NEXT, before=prepare)
    lasting = time.monotonic() - begun
    assert snapshot(calm) != snapshot(before), f"{words[0]} did nothing"
    child(calm, "build", today=NEXT)
    old, new = snapshot(before, "site/"), snapshot(calm)
    chance = random.Random(words[0])

    def after(folder: Folder, ended: Ended) -> str:
        return ended.fault or healed(folder, words, old, new, NEXT, prepare)

    for at in sorted(chance.sample(range(1, number + 1), some(number, share))):
        folder = copy(before, place / "digest")
        kill = both(prepare, killed_at(at, folder.path))
        ended = child(folder, *words, today=NEXT, before=kill)
        yield Trial(f"{words[0]} at change {at}", after(folder, ended))
    for _ in range(some(300, share)):
        folder, moment = copy(before, place / "digest"), chance.uniform(0, lasting)
        ended = child(folder, *words, today=NEXT, before=prepare, kill_after=moment)
        yield Trial(f"{words[0]} after {moment:.3f} s", after(folder, ended))
