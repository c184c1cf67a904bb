"""Many texts analysed by several processes.

The workers are plain subprocesses that run this module and speak JSON lines,
so the main program is not imported again, whatever it is and however the
system starts processes. If they cannot be had, the work is done here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from digest.keyphrases.rank import Analysis, analyse

SMALL = 150
"""Texts below which starting a process takes longer than it saves."""
BATCH = 40
MOST = 8
"""Workers; each takes 60 MB."""

Pair = tuple[str, str]
Progress = Callable[[int], None]


def analyse_all(texts: Sequence[Pair], progress: Progress) -> list[Analysis]:
    """Analyse every text, in order; `progress` hears how many more are done."""
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    done = _there(batches, progress) if len(texts) >= SMALL else {}
    return [a for i, batch in enumerate(batches) for a in done.get(i) or _here(batch, progress)]


def _here(texts: Sequence[Pair], progress: Progress) -> list[Analysis]:
    """Analyse texts in this process."""
    result = []
    for title, abstract in texts:
        result.append(analyse(title, abstract))
        progress(1)
    return result


def _there(batches: Sequence[Sequence[Pair]], progress: Progress) -> dict[int, list[Analysis]]:
    """Analyse batches in other processes; those that fail there are missing from the result."""
    workers = min(os.cpu_count() or 1, MOST)
    todo: SimpleQueue[int] = SimpleQueue()
    results: SimpleQueue[tuple[int, list[Analysis]] | None] = SimpleQueue()
    for i in range(len(batches)):
        todo.put(i)
    for _ in range(workers):
        Thread(target=_serve, args=(batches, todo, results), daemon=True).start()
    done: dict[int, list[Analysis]] = {}
    while workers:
        result = results.get()
        if result is None:
            workers -= 1
        else:
            done[result[0]] = result[1]
            progress(len(result[1]))
    return done


def _serve(
    batches: Sequence[Sequence[Pair]],
    todo: SimpleQueue[int],
    results: SimpleQueue[tuple[int, list[Analysis]] | None],
) -> None:
    """Hand batches to one worker until none is left or the worker fails, then say so with None."""
    try:
        with _start() as worker:
            if worker.stdin is None or worker.stdout is None:
                return
            while True:
                i = todo.get_nowait()
                worker.stdin.write(json.dumps(batches[i]) + "\n")
                worker.stdin.flush()
                found = [from_json(value) for value in json.loads(worker.stdout.readline())]
                results.put((i, found))
    except (OSError, ValueError, TypeError, Empty):
        return
    finally:
        results.put(None)


def _start() -> subprocess.Popen[str]:
    """Start a worker that finds the same packages as we do and nothing of the current folder."""
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "digest.keyphrases.pool"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
        env={**os.environ, "PYTHONPATH": path},
    )


def from_json(value: Any) -> Analysis:
    """Give back the analysis that JSON made lists of; ValueError or TypeError if it is none."""
    phrases, words, names = value
    return Analysis([(str(form), float(worth)) for form, worth in phrases], str(words), str(names))


def main() -> None:
    """Be a worker: batches of texts in, their analyses out, a line each."""
    for line in sys.stdin:
        print(
            json.dumps([analyse(title, abstract) for title, abstract in json.loads(line)]),
            flush=True,
        )


if __name__ == "__main__":
    main()
