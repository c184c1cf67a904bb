"""The word lists: documented, sorted, used, and read only when needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import digest
from digest.language import lexicon

PACKAGE = Path(digest.__file__).parent


@pytest.mark.parametrize("name", lexicon.lists())
def test_a_list_says_what_it_is_for_and_where_it_comes_from(name: str) -> None:
    """Its words are sorted, each once, and none that a list it includes has already."""
    entry = dict(lexicon.lists()[name])
    assert entry.pop("about").endswith(".")
    assert entry.pop("source").endswith(".")
    included = frozenset[str]().union(*map(lexicon.words, entry.pop("includes", [])))
    own = entry.pop("words", "").split()
    assert own == sorted(set(own) - included)
    assert all(map(str.strip, entry.pop("pairs", {}).values()))
    assert entry == {}


def test_no_two_files_have_a_list_of_one_name() -> None:
    """A list is asked for by its name alone."""
    files = (PACKAGE / "language" / "lexicon").glob("*.yml")
    names = [name for file in files for name in yaml.safe_load(file.read_text(encoding="utf-8"))]
    assert sorted(names) == sorted(lexicon.lists())


def _nodes() -> Iterator[ast.AST]:
    """Yield all syntax nodes of the program."""
    for file in PACKAGE.rglob("*.py"):
        yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def test_every_list_is_used() -> None:
    """A list that no string of the program names is dead."""
    strings = {node.value for node in _nodes() if isinstance(node, ast.Constant)}
    included = {name for entry in lexicon.lists().values() for name in entry.get("includes", [])}
    assert lexicon.lists().keys() <= included | strings


def test_every_list_that_is_asked_for_exists() -> None:
    """A misspelt name would only be found by the text that needs it."""
    calls = [node for node in _nodes() if isinstance(node, ast.Call)]
    asked = {
        argument.value
        for call in calls
        if ast.unparse(call.func) in ("lexicon.words", "lexicon.pairs")
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }
    assert len(asked) > 40
    assert asked <= lexicon.lists().keys()


def test_no_list_is_read_for_a_command_that_needs_none() -> None:
    """All that a build runs is imported, and the lists wait until a text is looked at."""
    program = "digest.cli.build_command, digest.understand.annotate, digest.outputs"
    code = f"import {program}, digest.language.lexicon as x; print(x.lists.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
