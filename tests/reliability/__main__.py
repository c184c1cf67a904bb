"""A report of what a digest survives: `python -m tests.reliability [--share 0.1] [PART…]`.

Each part is a module beside this one and a name below. A row says how often it was
tried, how often the digest survived whole, and how often something was lost; what was
lost follows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

PARTS = (
    "kills",
    "services",
    "disk",
    "writers",
    "mornings",
    "environments",
    "awkward",
    "scripts",
)


def main() -> int:
    """Print a row for each part; return 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--share", type=float, default=1.0, help="of the full number of trials")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    told = parser.parse_args()
    lost = []
    print("| what | tried | survived | lost | seconds |\n| --- | --- | --- | --- | --- |")
    for name in told.parts or PARTS:
        part = import_module(f"tests.reliability.{name}")
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="reliability-") as place:
            found = list(part.trials(Path(place), told.share))
        losses = [trial for trial in found if trial.lost]
        seconds = time.monotonic() - begun
        row = (part.TITLE, len(found), len(found) - len(losses), len(losses), f"{seconds:.0f}")
        print(f"| {' | '.join(map(str, row))} |", flush=True)
        lost += [f"{name}: {trial.what}: {trial.lost}" for trial in losses]
    print("".join(f"\n{line}" for line in lost), file=sys.stderr)
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
