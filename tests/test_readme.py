"""The README and the guide say what the program does, and the program does what they say."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from markdown.extensions.toc import slugify

from digest.cli import digest
from digest.inputs import FORMATS
from digest.models import Paper
from digest.outputs.citations.paper_json import to_public_json
from digest.services.enrich import INDEXES
from digest.services.fetch import SOURCES, imap_source
from digest.services.mail.message import SECRET
from digest.services.mail.smtp import PASSWORD, USER
from tests import reference

README = Path("README.md")
GUIDE = sorted(Path("site_src/guide").glob("*.md"))
PAGES = [README, *GUIDE]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"(!?)\[([^]]*)\]\((?![a-z]+:)([^)\s]+)\)")


def text(page: Path) -> str:
    """What a page holds."""
    return page.read_text(encoding="utf-8")


# --- the README -----------------------------------------------------------------------------------


def test_the_readme_is_short() -> None:
    """It can be read before the coffee is cold; all else is in the guide."""
    assert len(text(README).split()) <= 700


@pytest.mark.parametrize("name", sorted(digest.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    """In a row of the table."""
    assert re.search(rf"^\| `digest {name}` \| .+ \|$", text(README), re.M)


def test_the_readme_has_one_line_that_passes_the_tests() -> None:
    """Whoever checks a change runs that very line."""
    (line,) = re.findall(r"^    (.*\bpytest)$", text(README), re.M)
    assert "pip install -e '.[test]'" in line


# --- links, pictures, commands --------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_and_pictures_are_there(page: Path) -> None:
    """Every file, and every heading, that a page leads to; a picture says what it shows."""
    for picture, words, target in LINK.findall(FENCE.sub("", text(page))):
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), target
        assert not anchor or anchor in set(_anchors(file)), target
        assert len(words) > (20 if picture else 0), target


def _anchors(page: Path) -> Iterator[str]:
    for heading in re.findall(r"^#+ (.+)$", FENCE.sub("", text(page)), re.M):
        yield slugify(heading.replace("`", ""), "-")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_commands_that_a_page_shows_exist(page: Path) -> None:
    """Each with options that it knows."""
    for line in _commands(page):
        _, name, *words = shlex.split(re.split(r"&&|\s#", line)[0])
        known = {option for each in digest.commands[name].params for option in each.opts}
        assert {word for word in words if re.match(r"-\w|--", word)} <= known, line


def _commands(page: Path) -> Iterator[str]:
    yield from re.findall(r"^    (digest .*)$", text(page), re.M)
    for kind, block in FENCE.findall(text(page)):
        if kind in ("console", "sh"):
            yield from re.findall(r"^(?:\$ )?(digest .*)$", block, re.M)


@pytest.mark.parametrize("page", GUIDE, ids=str)
def test_the_modules_that_a_page_runs_exist(page: Path) -> None:
    """What is run by hand is there."""
    for module in re.findall(r"python -m (tests(?:\.\w+)+)", text(page)):
        assert find_spec(module), module


# --- the guide ------------------------------------------------------------------------------------


def test_every_page_of_the_guide_is_in_its_contents() -> None:
    """On its first page, and in the navigation of the site."""
    settings = text(Path("mkdocs.yml")).replace("!ENV", "")
    (listed,) = [one["Guide"] for one in yaml.safe_load(settings)["nav"] if "Guide" in one]
    assert sorted(listed) == [f"guide/{page.name}" for page in GUIDE]
    contents = {target for _, _, target in LINK.findall(text(Path("site_src/guide/index.md")))}
    assert {page.name for page in GUIDE} - {"index.md"} <= contents


def test_the_reference_is_what_the_program_has() -> None:
    """Its commands, options and formats; `python -m tests.reference` writes them anew."""
    page = text(reference.PAGE)
    assert page == reference.written(page), "run `python -m tests.reference`"


def test_every_format_is_in_one_group_of_the_reference() -> None:
    """Whatever it is made of."""
    groups = [kind for kinds in reference.GROUPS.values() for kind in kinds]
    assert len(groups) == len(set(groups))
    assert {form.structure for form in FORMATS} <= set(groups)


def test_every_variable_of_the_environment_is_in_the_reference() -> None:
    """Those of the mail, and the keys of indexes and sources."""
    (said,) = re.findall(r"^## Environment$(.*?)^## ", text(reference.PAGE), re.M | re.S)
    keys = {each.key_variable for each in (*INDEXES, *SOURCES)} - {""}
    keys |= {imap_source.USER, imap_source.PASSWORD}
    assert {SECRET, USER, PASSWORD, "DIGEST_SMTP", *keys} <= set(re.findall(r"`([A-Z_]+)`", said))


def test_every_source_is_in_the_guide() -> None:
    """With its query, and an example that it takes."""
    rows = re.findall(r"^\| (`\w+`.*?) \|", text(Path("site_src/guide/fetching.md")), re.M)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert {source.name for source in SOURCES} <= named


def test_every_field_of_a_paper_is_in_the_reference() -> None:
    """As programs read it from `digest papers --json` and papers.jsonl."""
    (said,) = re.findall(r"^## Data for programs$(.*)", text(reference.PAGE), re.M | re.S)
    paper = Paper("k3v9q2xa", date(2025, 3, 11), "A comet in pieces", "seed", "We present …")
    assert to_public_json(paper).keys() <= set(re.findall(r"`(\w+)`", said))


def test_every_dependency_is_among_the_decisions() -> None:
    """With why it is there."""
    project = tomllib.loads(text(Path("pyproject.toml")))["project"]
    named = project["dependencies"] + project["optional-dependencies"]["office"]
    said = text(Path("site_src/guide/decisions.md")).lower()
    for requirement in named:
        name = re.split(r"[>=<\[;]", requirement)[0]
        name = {"mkdocs-material": "material", "resvg-py": "resvg"}.get(name, name)
        assert f"**{name}**" in said, requirement
