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
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from digest.keyphrases.rank import Analysis, Phrase, analyse

SMALL = 150
"""Texts below which starting a process takes longer than it saves."""
BATCH = 40

Pair = tuple[str, str]


def analyse_all(texts: Sequence[Pair], progress: Callable[[int], None]) -> list[Analysis]:
    """Analyse every text, in order; `progress` hears how many more are done."""
    workers = min(
        os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count() or 1, 8
    )
    if len(texts) < SMALL or workers < 2:
        return _here(texts, progress)
    done: dict[int, list[Analysis]] = {}
    todo = iter(range(0, len(texts), BATCH))
    with ThreadPoolExecutor(workers) as threads:
        for future in as_completed(
            [threads.submit(_serve, texts, todo, done, progress) for _ in range(workers)]
        ):
            future.result()
    return [
        a
        for start in range(0, len(texts), BATCH)
        for a in done.get(start) or _here(texts[start : start + BATCH], progress)
    ]


def _here(texts: Sequence[Pair], progress: Callable[[int], None]) -> list[Analysis]:
    """Analyse texts in this process."""
    result = []
    for title, abstract in texts:
        result.append(analyse(title, abstract))
        progress(1)
    return result


def _serve(
    texts: Sequence[Pair],
    todo: Iterator[int],
    done: dict[int, list[Analysis]],
    progress: Callable[[int], None],
) -> None:
    """Hand batches to one worker until none is left or the worker fails; what it failed at is done later."""
    try:
        with _start() as worker:
            if worker.stdin is None or worker.stdout is None:
                return
            for start in todo:
                batch = texts[start : start + BATCH]
                worker.stdin.write(json.dumps(batch) + "\n")
                worker.stdin.flush()
                done[start] = from_json_all(json.loads(worker.stdout.readline()))
                progress(len(batch))
            worker.stdin.close()
    except (OSError, ValueError):
        return


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


def from_json(value: list[object]) -> Analysis:
    """Give back the analysis that JSON made lists of."""
    phrases, words, names = value
    return Analysis([Phrase(form, worth) for form, worth in phrases], words, names)  # type: ignore[attr-defined, arg-type]


def from_json_all(values: list[list[object]]) -> list[Analysis]:
    """Give back several."""
    return [from_json(value) for value in values]


def main() -> None:
    """Be a worker: batches of texts in, their analyses out, a line each."""
    for line in sys.stdin:
        print(
            json.dumps([analyse(title, abstract) for title, abstract in json.loads(line)]),
            flush=True,
        )


if __name__ == "__main__":
    main()
