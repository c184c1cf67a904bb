"""Commands killed at random moments and at each change they make to the disk."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.conftest import DAY, GRAPH, Folder
from tests.edits import toy_digest
from tests.reliability.trials import (
    Trial,
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
    yield from _killed(before, place, ("build",), share)
    added = ("add", str(document), "--name", "Weekly", "--url", "https://example.org/")
    yield from _killed(before, place, added, share)


def _killed(before: Folder, place: Path, words: tuple[str, ...], share: float) -> Iterator[Trial]:
    """Kill a command, run it again, build, and compare all with a digest that was not disturbed."""
    calm = copy(before, place / "digest")
    begun = time.monotonic()
    number = changes(calm, *words, today=NEXT)
    lasting = time.monotonic() - begun
    child(calm, "build", today=NEXT)
    old, new = snapshot(before, "site/"), snapshot(calm)
    chance = random.Random(words[0])
    for at in sorted(chance.sample(range(1, number + 1), some(number, share))):
        folder = copy(before, place / "digest")
        ended = child(folder, *words, today=NEXT, before=killed_at(at, folder.path))
        yield Trial(
            f"{words[0]} at change {at}", ended.fault or healed(folder, words, old, new, NEXT)
        )
    for _ in range(some(300, share)):
        folder, moment = copy(before, place / "digest"), chance.uniform(0, lasting)
        ended = child(folder, *words, today=NEXT, kill_after=moment)
        what = f"{words[0]} after {moment:.3f} s"
        yield Trial(what, ended.fault or healed(folder, words, old, new, NEXT))
