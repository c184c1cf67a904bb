"""The same digest in other time zones, languages, orders of hashes and of files, and rights."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from tests.conftest import DAY, Folder, epoch
from tests.edits import toy_digest
from tests.reliability.trials import Trial, difference, snapshot, some

TITLE = "same bytes in every environment"
ZONES = ("UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata")
LANGUAGES = ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8")
HASHES = ("0", "1", "4294967295")
RIGHTS = (0o022, 0o077, 0o000)


def trials(place: Path, share: float) -> Iterator[Trial]:
    """Build a copy, whose files were made in another order, in each combination."""
    first = _built(place / "first", "UTC", "C.UTF-8", "0", 0o022, random.Random(0))
    expected = snapshot(first)
    every = list(product(ZONES, LANGUAGES, HASHES, RIGHTS))
    chance = random.Random(1)
    for zone, language, hashes, rights in chance.sample(every, some(len(every), share)):
        place_again = place / "again"
        shutil.rmtree(place_again, ignore_errors=True)
        again = _built(place_again, zone, language, hashes, rights, chance)
        what = f"{zone}, {language}, hashes {hashes}, umask {rights:03o}"
        yield Trial(what, difference(snapshot(again), expected))


def _built(
    place: Path, zone: str, language: str, hashes: str, rights: int, chance: random.Random
) -> Folder:
    source = toy_digest(place.with_name("source"))
    files = [file for file in source.path.rglob("*") if file.is_file()]
    chance.shuffle(files)
    for file in files:
        copied = place / file.relative_to(source.path)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copied)
    shutil.rmtree(source.path)
    subprocess.run(
        [Path(sys.executable).with_name("digest"), "build"],
        cwd=place,
        env={
            **os.environ,
            "TZ": zone,
            "LC_ALL": language,
            "PYTHONHASHSEED": hashes,
            "SOURCE_DATE_EPOCH": epoch(DAY),
        },
        umask=rights,
        check=True,
        capture_output=True,
    )
    return Folder(place)
