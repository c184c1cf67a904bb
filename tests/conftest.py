"""What tests share: a digest folder of their own, and the program as a user runs it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import settings

from digest import cli, pipeline
from digest.mkdocs import scaffold, site
from digest.models import Record

REWRITE = "--rewrite-golden"
Golden = Callable[[Path, str], None]
"""Compares a golden file with what was made."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one flag that rewrites golden files."""
    parser.addoption(REWRITE, action="store_true", help="write golden files anew, to be reviewed")


def pytest_configure(config: pytest.Config) -> None:
    """Let programs that tests start share what Python compiles, also where it is not to be kept."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        folder = tempfile.TemporaryDirectory(prefix="digest-bytecode-")
        config.add_cleanup(folder.cleanup)
        os.environ["PYTHONPYCACHEPREFIX"] = folder.name


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens a browser, which is slow as well."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


settings.register_profile("digest", deadline=None)  # machines are noisy: no test has a time limit
settings.load_profile("digest")

DAY = date(2025, 3, 12)
"""The day on which tests take place, unless they say otherwise."""

COMET = (
    "We present observations of a comet whose tail broke in two near perihelion. A simple model of"
    " dust release explains both pieces, and predicts a third that was found on archival plates."
)
YEAST = (
    "Yeast cells age when damaged proteins gather in the mother. This paper shows that a chaperone"
    " ferries the damage back, and that cells without it live a third shorter than their sisters."
)
GRAPH = (
    "Random walks on directed graphs rarely mix fast. We prove that adding a single edge per vertex,"
    " chosen at random, makes the mixing time logarithmic in the number of vertices of the graph."
)


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Folder:
    """A digest folder, and the program run in it."""

    path: Path

    def seed(self, name: str, text: str | bytes) -> Path:
        """Put a document among the seeds."""
        file = self.path / "seeds" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def run(
        self, *words: str, today: date = DAY, stdin: str = "", env: Mapping[str, str] = {}
    ) -> Done:
        """Run a command of the program in this process: one of its own imports for a second."""
        given = {"SOURCE_DATE_EPOCH": epoch(today), **env}
        with (
            contextlib.chdir(self.path),
            CliRunner().isolation(input=stdin, env=given) as (stdout, stderr, _),
            pytest.MonkeyPatch.context() as patch,
            warnings.catch_warnings(action="ignore", category=DeprecationWarning),  # as Python does
        ):
            patch.setattr(sys, "argv", ["digest", *words])
            status = 0
            try:
                cli.main()
            except SystemExit as ended:
                status = int(ended.code or 0)
            sys.stdout.flush()
            sys.stderr.flush()
        said = (out.getvalue().decode().replace("\r\n", "\n") for out in (stdout, stderr))
        return Done(status, *said)

    def process(
        self, *words: str, today: date = DAY, env: Mapping[str, str] = {}
    ) -> subprocess.CompletedProcess[str]:
        """Run the installed program as a person would, where a process of its own matters."""
        return subprocess.run(
            [Path(sys.executable).with_name("digest"), *words],
            cwd=self.path,
            text=True,
            capture_output=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": epoch(today), **env},
            check=False,
        )

    def json(self, *words: str, **options: Any) -> list[dict[str, Any]]:
        """Run the program and read the JSON objects it prints, one a line."""
        return [json.loads(line) for line in self.run(*words, **options).stdout.splitlines()]

    def build(self, today: date = DAY) -> pipeline.Report:
        """Write site_src in this process, which is faster than `run('generate')`."""
        return pipeline.build(site.settings_from(self.path / "mkdocs.yml"), today)

    def pages(self) -> dict[str, bytes]:
        """Everything in site_src by its path."""
        root = self.path / "site_src"
        return {
            file.relative_to(root).as_posix(): file.read_bytes()
            for file in sorted(root.rglob("*"))
            if file.is_file()
        }


def epoch(day: date) -> str:
    """A day as SOURCE_DATE_EPOCH has it."""
    return str((day - date(1970, 1, 1)).days * 86400)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A new digest without seeds."""
    scaffold.create(tmp_path / "news")
    return Folder(tmp_path / "news")


@pytest.fixture
def record() -> Callable[..., Record]:
    """Make records that differ only in what a test names."""

    def make(abstract: str = "", title: str | None = None, **known: Any) -> Record:
        known = {"seed": "a.txt", "line": 1, "format": "abstracts", "position": 1} | known
        return Record(abstract=abstract, title=title, **known)

    return make


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare with a golden file; `pytest --rewrite-golden` writes it, and the diff is the
    review."""

    def compare(file: Path, made: str) -> None:
        if request.config.getoption(REWRITE):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(made.encode())
        assert made == file.read_bytes().decode()

    return compare
