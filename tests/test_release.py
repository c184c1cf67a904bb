"""What a release says of itself, and what its workflows run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

from digest import __version__

CHANGELOG = Path("CHANGELOG.md").read_text(encoding="utf-8")
WORKFLOWS = sorted(Path(".github/workflows").glob("*.yml"))
HEADINGS = ("Upgrading", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
"""Those of keepachangelog.com, after what an editor has to do."""


def test_the_version_is_said_in_one_place() -> None:
    """The package is built with what `digest --version` says."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["hatch"]["version"] == {"path": "digest/__init__.py"}
    assert "version" not in project["project"]


def test_the_changelog_has_this_version_with_its_day() -> None:
    """The newest first, below what is not released yet."""
    head, *released = re.findall(r"^## (.*)$", CHANGELOG, flags=re.MULTILINE)
    assert head == "[Unreleased]"
    found = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", each) for each in released]
    assert all(found), released
    numbers, days = zip(*(each.groups() for each in found if each), strict=True)
    assert numbers[0] == __version__
    dates = [date.fromisoformat(day) for day in days]
    assert dates == sorted(dates, reverse=True)


def test_the_changelog_has_the_headings_of_its_form() -> None:
    """In each version each once and in their order."""
    for section in CHANGELOG.split("\n## ")[1:]:
        headings = re.findall(r"^### (.*)$", section, flags=re.MULTILINE)
        assert headings == [each for each in HEADINGS if each in headings], section[:20]


def test_the_notes_of_a_release_are_its_section_of_the_changelog() -> None:
    """Nothing is released under a number that the program or the changelog does not have."""

    def notes(number: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, ".ci/notes", number],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
            check=False,
        )

    assert notes("99.0.0").returncode == 1
    written = notes(__version__).stdout.strip()
    assert f"## [{__version__}]" not in written
    assert "### Added" in written
    assert written in CHANGELOG


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: str(file.stem))
def test_every_action_is_pinned_by_its_commit(file: Path) -> None:
    """With the version beside it, for people and for Dependabot; a tag can be moved."""
    used = re.findall(r"^\s*(?:- )?uses: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    others = [each for each in used if not each.startswith("./")]
    assert used
    for each in others:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: str(file.stem))
def test_workflows_have_no_permission_but_those_of_their_jobs(file: Path) -> None:
    """And no job runs for ever."""
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert "timeout-minutes" in job or "uses" in job


def test_every_python_that_is_promised_is_tested() -> None:
    """Those of the package's classifiers, on three systems."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = re.findall(r"Python :: (\d+\.\d+)", "\n".join(project["classifiers"]))
    workflow = yaml.safe_load(Path(".github/workflows/test.yml").read_text(encoding="utf-8"))
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python"] == promised
    assert project["requires-python"] == f">={promised[0]}"
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
