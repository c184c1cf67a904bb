"""The README says what the program does, and the program does what the README says."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import click
import pytest

from digest.cli import digest
from digest.config import Options
from digest.inputs import FORMATS
from digest.inputs.format import Format

README = Path("README.md").read_text(encoding="utf-8")


def commands() -> list[tuple[str, click.Command]]:
    """Every command by its name."""
    return sorted(digest.commands.items())


@pytest.mark.parametrize(("name", "command"), commands(), ids=str)
def test_every_command_and_option_is_in_the_readme(name: str, command: click.Command) -> None:
    """By its long name, in the row of its command."""
    (row,) = re.findall(rf"^\| `digest {name}\b.*$", README, flags=re.MULTILINE)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name != "config_file":
            assert parameter.opts[-1] in row, f"{parameter.opts[-1]} of {name}"


@pytest.mark.parametrize("option", fields(Options), ids=lambda option: str(option.name))
def test_every_option_of_mkdocs_yml_is_in_the_readme(option: object) -> None:
    """With the words that `config.py` has for it."""
    name, said = option.name, option.metadata["help"]
    assert re.search(rf"^\| `{name}` \| .* \| {re.escape(said)} \|$", README, flags=re.MULTILINE)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: str(form.name))
def test_every_format_is_in_the_readme(form: Format) -> None:
    """In the table of what is read, under the name that `format:` takes."""
    assert f"| `{form.name}` |" in README


def test_the_commands_of_the_readme_exist() -> None:
    """Each with options that it knows."""
    for line in re.findall(r"^    (digest .*)$", README, flags=re.MULTILINE):
        _, name, *words = shlex.split(line.partition("&&")[0])
        known = {option for each in digest.commands[name].params for option in each.opts}
        assert {word for word in words if word.startswith("--")} <= known


def test_the_pictures_of_the_readme_are_there() -> None:
    """A picture that is missing is worse than none."""
    for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", README):
        assert Path(picture).is_file(), picture
