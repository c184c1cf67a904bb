"""The list of commands: complete, as each command's module has it, and quick to load."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click
import pytest

from digest.cli.commands import COMMANDS
from tests import ROOT
from tests.conftest import COMET, YEAST, Folder

HEAVY = {
    *("babel", "charset_normalizer", "ftfy", "httpx", "jinja2", "latex2mathml", "lxml", "markdown"),
    *("material", "mkdocs", "numpy", "py3langid", "pylatexenc", "rapidfuzz", "resvg_py"),
    *("scipy", "yake", "yaml"),
}
"""Libraries that papers are read, compared and published with."""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_takes_what_its_module_does(command: click.Command) -> None:
    """Every argument and option of the list is a parameter of the function that runs it."""
    run = import_module(f"digest.cli.{command.name}_command").run
    assert {each.name for each in command.params} == set(inspect.signature(run).parameters)


def test_every_module_of_a_command_is_in_the_list() -> None:
    """A command that nobody can call would be dead code."""
    modules = {path.stem for path in (ROOT / "digest/cli").glob("*_command.py")}
    assert modules == {f"{command.name}_command" for command in COMMANDS}


@pytest.mark.parametrize(
    ("words", "env", "shown"),
    [
        (["--help"], {}, "Notify the WebSub hub"),
        (["--version"], {}, "digest, version"),
        (["check", "--help"], {}, "--refused"),
        ([], {"_DIGEST_COMPLETE": "bash_complete", "COMP_WORDS": "digest ch"}, "plain,check"),
        ([], {"_DIGEST_COMPLETE": "bash_complete", "COMP_WORDS": "digest add --d"}, "--dry-run"),
    ],
    ids=["help", "version", "a command's help", "a command completed", "an option completed"],
)
def test_asking_what_there_is_loads_no_library_for_papers(
    words: list[str], env: Mapping[str, str], shown: str
) -> None:
    """Help, the version and shell completion are answered before anything large is imported."""
    place = {"COMP_CWORD": str(env["COMP_WORDS"].count(" "))} if env else {}
    said, loaded = _run(words, Path.cwd(), {**env, **place})
    assert shown in said
    assert not loaded & HEAVY


@pytest.mark.parametrize(
    ("words", "needless"),
    [
        (["add", "--dry-run", "seeds/a.txt"], {"jinja2", "numpy", "resvg_py", "scipy", "yake"}),
        (["check"], {"jinja2", "resvg_py", "scipy", "yake"}),
        (["papers"], {"jinja2", "resvg_py", "yake"}),
    ],
    ids=["add", "check", "papers"],
)
def test_a_command_loads_what_it_uses(folder: Folder, words: list[str], needless: set[str]) -> None:
    """Documents are read without what compares papers, and papers are listed without what draws."""
    folder.seed("a.txt", f"{COMET}\n{YEAST}\n")
    loaded = _run(words, folder.path)[1]
    assert "lxml" in loaded
    assert not loaded & needless


def _run(words: list[str], place: Path, env: Mapping[str, str] = {}) -> tuple[str, set[str]]:
    """Run the program; return what it prints, and the packages that it has loaded at its end."""
    code = (
        "import atexit, sys; from digest.cli import main;"
        " atexit.register(lambda: print(*sys.modules, file=sys.stderr)); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=place,
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        check=True,
    )
    return done.stdout, {name.partition(".")[0] for name in done.stderr.split()}
