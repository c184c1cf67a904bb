"""A disk that is full: every size at which a file may be cut off while it is written."""

from __future__ import annotations

import random
import resource
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from tests.conftest import DAY, GRAPH
from tests.edits import toy_digest
from tests.reliability.trials import Trial, child, copy, healed, snapshot, some

TITLE = "full disk: build"
NEXT = DAY + timedelta(1)
SIZES = 50


def trials(place: Path, share: float) -> Iterator[Trial]:
    """Build where no file may be larger than a size, and again where there is room."""
    before = toy_digest(place / "before")
    child(before, "build")
    before.seed("2025-03-13-new.txt", f"A new Question and its Tail\n\n{GRAPH}\n")
    calm = copy(before, place / "digest")
    child(calm, "build", today=NEXT)
    old, new = snapshot(before, "site/"), snapshot(calm)
    largest = max(len(data) for data in new.values())
    chance = random.Random(1)
    for _ in range(some(SIZES, share)):
        size = int(largest ** chance.uniform(0.2, 1.0))
        folder = copy(before, place / "digest")
        ended = child(folder, "build", today=NEXT, before=no_file_above(size))
        lost = ended.fault or healed(folder, ("build",), old, new, NEXT)
        yield Trial(f"no file above {size:,} bytes", lost)


def no_file_above(size: int) -> Callable[[], None]:
    """Return what makes every write of a process beyond a size fail, as on a full disk."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return limit
