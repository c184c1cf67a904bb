"""A workflow rehearsed: its `run:` scripts one after the other, with stand-ins for hosts' tools.

A stand-in writes down how it was called. Git is real, and pushes to a bare repository.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import COMET, DAY, Folder, epoch

ADDRESS = "https://news.invalid/digest"
TOOLS = ("aws", "curl", "gh", "jq", "npx", "pip", "rsync", "uv")
STAND_IN = """\
#!/bin/sh
echo "$(basename "$0") $*" >> "$CALLS"
case "$(basename "$0")" in
    uv) for word in "$@"; do [ "$before" = --output-file ] && echo 'x==1' > "$word"; before=$word; done ;;
    gh) [ "$2" = list ] && echo "${OPEN_ISSUE-}" ;;
esac
exit 0
"""
DIGEST = """\
#!/bin/sh
echo "digest $*" >> "$CALLS"
[ "$1" = fetch ] && exit "${{FETCHED:-0}}"
exec {program} "$@"
"""


@dataclass
class Stage:
    """A digest in a clone of a bare repository, and tools that only write down their calls."""

    folder: Folder
    env: dict[str, str]
    outcomes: dict[str, str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    """How each job ended."""

    @classmethod
    def of(cls, folder: Folder, **env: str) -> Stage:
        """Put a digest with one paper into a repository, and tools beside it."""
        folder.seed("a.txt", COMET)
        root = folder.path.parent
        temp, bin = root / "temp", root / "bin"
        temp.mkdir()
        bin.mkdir()
        program = Path(sys.executable).with_name("digest")
        for tool in TOOLS:
            write_program(bin / tool, STAND_IN)
        write_program(bin / "digest", DIGEST.format(program=program))
        stage = cls(
            folder,
            {
                **os.environ,
                "PATH": f"{bin}:{Path(sys.executable).parent}:{os.environ['PATH']}",
                "CALLS": str(root / "calls"),
                "RUNNER_TEMP": str(temp),
                "GITHUB_OUTPUT": str(temp / "output"),
                "GITHUB_STEP_SUMMARY": str(temp / "summary"),
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "asks",
                "ACTIONS_ID_TOKEN_REQUEST_URL": "https://token.invalid/?a=b",
                "SOURCE_DATE_EPOCH": epoch(DAY),
                "GIT_CONFIG_GLOBAL": str(temp / "gitconfig"),
                "GIT_AUTHOR_NAME": "editor",
                "GIT_AUTHOR_EMAIL": "editor@example.invalid",
                "GIT_COMMITTER_NAME": "editor",
                "GIT_COMMITTER_EMAIL": "editor@example.invalid",
                **env,
            },
        )
        stage.shell(
            "git init -q -b main && git add -A && git commit -qm 'A new digest'"
            " && git init -q --bare -b main ../origin.git && git remote add origin ../origin.git"
            " && git push -q -u origin main"
        )
        return stage

    def shell(self, script: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a script as GitHub does, and require that it goes well."""
        done = self.attempt(script, **env)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def attempt(self, script: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a script as GitHub does."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.folder.path,
            env={**self.env, **env},
            text=True,
            capture_output=True,
            check=False,
        )

    def calls(self) -> list[str]:
        """How the tools were called, in order."""
        return Path(self.env["CALLS"]).read_text(encoding="utf-8").splitlines()

    def pushed(self) -> list[str]:
        """The subjects of the commits in the bare repository, the newest first."""
        return self.shell("git --git-dir ../origin.git log --format=%s").stdout.splitlines()

    def summary(self) -> str:
        """What is shown of the run."""
        return Path(self.env["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")

    def run(self, workflow: dict[str, Any]) -> None:
        """Run the jobs of a workflow, in the order in which they need each other."""
        for name, job in workflow["jobs"].items():
            needs = (
                [job.get("needs", [])]
                if isinstance(job.get("needs"), str)
                else job.get("needs", [])
            )
            if any(self.results[each] != "success" for each in needs) and "cancelled" not in str(
                job.get("if")
            ):
                self.results[name] = "skipped"
            elif self._holds(job.get("if")):
                self.results[name] = self._job(job)
            else:
                self.results[name] = "skipped"

    def _job(self, job: dict[str, Any]) -> str:
        result = "success"
        env = {**job.get("env", {})}
        for step in job["steps"]:
            if "run" not in step or (
                result == "failure" and "cancelled" not in str(step.get("if"))
            ):
                continue
            given = {name: self._text(value) for name, value in step.get("env", {}).items()}
            done = self.attempt(step["run"], **env, **given)
            outcome = "failure" if done.returncode else "success"
            self.outcomes[step.get("id", "")] = outcome
            if done.returncode and not step.get("continue-on-error"):
                result = "failure"
        return result

    def _holds(self, condition: str | None) -> bool:
        if condition is None or "!cancelled()" in condition:
            return True
        assert condition == "${{ needs.build.outputs.hub == 'true' }}"
        output = Path(self.env["GITHUB_OUTPUT"])
        return output.exists() and "hub=true" in output.read_text(encoding="utf-8")

    def _text(self, value: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: self._value(found[1]), str(value))

    def _value(self, expression: str) -> str:
        if outcome := re.fullmatch(r"steps\.(\w+)\.outcome", expression):
            return self.outcomes.get(outcome[1], "skipped")
        if "||" in expression:
            bad = self.outcomes.get("fetch") == "failure" or "failure" in self.results.values()
            return str(bad).lower()
        known = {
            "steps.pages.outputs.base_url": ADDRESS,
            "github.server_url": "https://git.invalid",
        }
        return known.get(expression, expression.rpartition(".")[2].lower())


def write_program(file: Path, script: str) -> None:
    """Write a script that can be run."""
    file.write_text(script, encoding="utf-8")
    file.chmod(0o755)


def scripts(workflow: dict[str, Any]) -> Iterator[str]:
    """Every script of a workflow."""
    for job in workflow["jobs"].values():
        yield from (step["run"] for step in job["steps"] if "run" in step)


def load(file: Path) -> dict[str, Any]:
    """A workflow."""
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found
