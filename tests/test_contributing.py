"""CONTRIBUTING says what adding a thing takes, and its examples take no more."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import ROOT

GUIDE = ROOT / ".github" / "CONTRIBUTING.md"
_BLOCK = re.compile(
    r"(?:^[^`\n]*`(?P<path>[\w./-]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.M | re.S
)


@dataclass(frozen=True)
class Block:
    """A fenced block: a file to add, a line to add to a file, or commands to run."""

    kind: str
    path: str
    body: str


def examples() -> dict[str, list[Block]]:
    """The blocks of each worked example, by its heading."""
    chapter = (
        GUIDE.read_text(encoding="utf-8").split("## Add a thing")[1].split("\n## How we write")[0]
    )
    found = {}
    for section in chapter.split("\n### ")[1:]:
        heading, _, text = section.partition("\n")
        found[heading] = list(_blocks(text))
    return found


def _blocks(text: str) -> Iterator[Block]:
    path = ""
    for match in _BLOCK.finditer(text):
        path = match["path"] or path  # a second line for the same file
        yield Block(match["kind"], path, match["body"])


def add(block: Block, copy: Path) -> None:
    """Add a file, which must be new, or a line below the one that it is shown below."""
    file = copy / block.path
    if block.kind == "diff":
        before, _, line = block.body.partition("\n+")
        before, line = before[1:], line.split("\n")[0]
        text = file.read_text(encoding="utf-8")
        assert text.count(f"\n{before}\n") == 1, f"{block.path} has one line {before!r}"
        file.write_text(text.replace(f"\n{before}\n", f"\n{before}\n{line}\n"), encoding="utf-8")
    else:
        assert not file.exists()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.body, encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the repository, as far as it is under version control or would be.

    What Python has compiled comes along, and counts where the source is as it was; small
    documents are enough.
    """
    others = shutil.ignore_patterns(
        "golden",
        "*.pyc.*",  # a file that is being written
        *(file.name for file in ROOT.glob("seeds/*.txt") if file.stat().st_size > 100_000),
    )
    for name in ("digest", "templates", "tests", "seeds", "site_src/guide", ".github"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=others)
    shutil.copytree(ROOT / "tests/golden/ris", tmp_path / "tests/golden/ris")
    for name in ("README.md", "mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("heading", examples())
def test_an_example_needs_no_more_than_it_shows(heading: str, copy: Path) -> None:
    """In a copy of the repository its files and lines are added, and its commands succeed."""
    blocks = examples()[heading]
    assert {block.kind for block in blocks} >= {"console"}
    for block in blocks:
        if block.kind != "console":
            add(block, copy)
            continue
        for command in re.findall(r"^\$ (.*)$", block.body, flags=re.MULTILINE):
            done = run(command, copy)
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def run(command: str, copy: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the guide in the copy, with the program of the copy."""
    words = shlex.split(command)
    program = "from digest.cli import main; main()"
    start = [sys.executable, *(["-c", program] if words[0] == "digest" else [])]
    return subprocess.run(
        [*start, *words[1:]],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_was_added_is_what_is_used(copy: Path) -> None:
    """A format and an output that are added are in the lists, and an added table has its topics."""
    for blocks in examples().values():
        for block in blocks:
            if block.kind != "console":
                add(block, copy)
    program = (
        "import json, pathlib, digest.inputs, digest.outputs, digest.services.enrich as e;"
        "from digest.understand.topics import load;"
        "print(json.dumps([[x.name for x in found] for found in"
        " (digest.inputs.FORMATS, digest.outputs.OUTPUTS, e.INDEXES,"
        " load(['small-sciences'], pathlib.Path()).topics)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=True,
    )
    for name in ("cards", "authors", "europepmc", "Small bodies"):
        assert f'"{name}"' in done.stdout
