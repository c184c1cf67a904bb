"""How the program hangs together: imports go down, and every library has one home."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import digest

LAYERS = (
    "__init__ models errors",
    "clock config files store",
    "language",
    "papers",
    "inputs outputs publish understand",
    "pipeline",
    "mkdocs services",
    "cli",
)
"""From the ground up: the nouns, tools, text, papers, the stages, the pipeline, the edges."""

HOMES = {
    "click": {"cli"},
    "jinja2": {"outputs", "mkdocs"},
    "latex2mathml": {"language"},
    "docx": {"inputs"},
    "lxml": {"inputs"},
    "pypdf": {"inputs"},
    "python_calamine": {"inputs"},
    "striprtf": {"inputs"},
    "mkdocs": {"mkdocs"},
    "py3langid": {"understand"},
    "yake": {"understand"},
}
"""Libraries that are known in one place, so that another one can take theirs."""

NETWORK = {"http", "smtplib", "socket", "ssl", "urllib.request"}


def part(module: str) -> str:
    """The module or package directly below `digest` that a module belongs to."""
    names = module.split(".")
    return names[1] if len(names) > 1 else "__init__"


def imports() -> dict[str, set[str]]:
    """What every module of the program imports, by its name."""
    root = Path(digest.__file__).parent
    found: dict[str, set[str]] = defaultdict(set)
    for file in root.rglob("*.py"):
        names = ("digest", *file.relative_to(root).with_suffix("").parts)
        found[".".join(names).removesuffix(".__init__")] |= set(_imported(file))
    return found


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _reached(module: str, found: dict[str, set[str]]) -> set[str]:
    """All modules that importing one brings along."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in found and name not in seen:
            seen.add(name)
            waiting += [*found[name], name.rpartition(".")[0]]
    return seen


def test_imports_go_down() -> None:
    """A module knows what lies below it; modules side by side know nothing of each other."""
    level = {name: place for place, names in enumerate(LAYERS) for name in names.split()}
    found = imports()
    wrong = [
        f"{module} imports {target}"
        for module, targets in found.items()
        for target in sorted(targets & found.keys() - {"digest"})
        if part(module) != part(target) and level[part(module)] <= level[part(target)]
    ]
    assert wrong == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_one_home(library: str) -> None:
    """Changing a library means opening one module."""
    users = {
        part(module)
        for module, targets in imports().items()
        if any(target == library or target.startswith(f"{library}.") for target in targets)
    }
    assert users <= HOMES[library]


def test_a_build_imports_nothing_that_goes_to_the_network() -> None:
    """What indexes answered is read from a file; asking, sending and pinging are other commands."""
    found = imports()
    used = {target for module in _reached("digest.pipeline", found) for target in found[module]}
    assert not used & NETWORK
