"""Run a program as a whole process, and say what it took (Linux, which has /proc)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

PAUSE = 0.02
"""Seconds between two looks at the memory of the processes."""


class Cost(NamedTuple):
    """What a process took: seconds of the processor (user and system, children included), its
    own largest memory in MB, and that of the largest of its children."""

    seconds: float
    memory: float
    children: float


def run(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    statuses: Sequence[int] = (0,),
) -> Cost:
    """Run a program in a folder, and return what it took.

    Raises `RuntimeError`, with its last words, if it ends with another status.
    """
    with TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        peaks: dict[int, float] = {}
        pid = 0
        while not pid:
            peaks |= _peaks(process.pid)
            time.sleep(PAUSE)
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in statuses:
            output.seek(0)
            said = output.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{command[0]} ended with {process.returncode}: {said}")
    own = peaks.pop(process.pid, 0.0)
    cost = Cost(used.ru_utime + used.ru_stime, own, max(peaks.values(), default=0.0))
    print(f"{Path(command[0]).name}: {cost.seconds:.1f} s", file=sys.stderr)  # a long wait, else
    return cost


def _peaks(pid: int) -> dict[int, float]:
    """Return the largest memory so far, in MB, of a process and of all below it, by their ids.

    Not `ru_maxrss`: that of a child begins with what its parent had when it was started. Of a
    process the last look counts for the same reason.
    """
    found: dict[int, float] = {}
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        if peak := re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE):
            found[pid] = int(peak[1]) * 1024 / 1e6
        below = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it has ended
        return found
    for child in " ".join(below).split():
        found |= _peaks(int(child))
    return found
