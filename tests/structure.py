"""Figures of how the program hangs together: `python -m tests.structure [FOLDER]`.

FOLDER is a checkout; without it, this one. Two columns can be had by running it twice.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LAYERS = (
    "__init__ models errors",
    "clock config content_keys files memory path_names progress store",
    "language locks",
    "papers",
    "inputs outputs publish understand",
    "pipeline",
    "hosting mkdocs services",
    "doctor",
    "cli",
)
"""The rooms, from the ground up; a room imports from those below it, never from those beside it."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its dotted name, its file, and its syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """The part directly below the package that the module belongs to."""
        names = self.name.split(".")
        return names[1] if len(names) > 1 else "__init__"

    @property
    def stem(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(".")[2]


def modules(checkout: Path) -> list[Module]:
    """Return every module of the package `digest` in a checkout."""
    found = []
    for path in sorted((checkout / "digest").rglob("*.py")):
        names = path.relative_to(checkout).with_suffix("").parts
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.append(Module(".".join(names).removesuffix(".__init__"), path, tree))
    return found


def imports(found: Iterable[Module]) -> dict[str, set[str]]:
    """Return the names that each module imports, by the module's name."""
    by_module: dict[str, set[str]] = defaultdict(set)
    for module in found:
        by_module[module.name] |= set(_imported(module.tree))
    return by_module


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows(found: Iterable[Module]) -> Iterator[tuple[Module, str]]:
    """Yield every import of a module of another room, once: who imports, and what."""
    found = list(found)
    rooms = {module.name: module.room for module in found}
    for name, targets in imports(found).items():
        (module,) = (each for each in found if each.name == name)
        for target in sorted(targets & rooms.keys() - {"digest"}):
            if rooms[target] != module.room:
                yield module, target


def upward(found: Iterable[Module]) -> list[str]:
    """Return the imports that do not go down."""
    found = list(found)
    rooms = {module.name: module.room for module in found}
    level = {room: place for place, names in enumerate(LAYERS) for room in names.split()}
    return [
        f"{module.name} imports {target}"
        for module, target in arrows(found)
        if level.get(module.room, 0) <= level.get(rooms[target], 0)
    ]


def repeated_modules(found: Iterable[Module]) -> list[str]:
    """Return the names that more than one module or package has."""
    names = Counter(module.stem for module in found)
    return sorted(name for name, count in names.items() if count > 1)


def repeated_classes(found: Iterable[Module]) -> list[str]:
    """Return the names that more than one class has, leading underscores aside."""
    names = Counter(
        node.name.lstrip("_")
        for module in found
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    )
    return sorted(name for name, count in names.items() if count > 1)


def longest_function(found: Iterable[Module]) -> tuple[int, str]:
    """Return the lines of the longest function, its docstring included, and its name."""
    return max(
        ((node.end_lineno or 0) - node.lineno + 1, f"{module.name}.{node.name}")
        for module in found
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
    )


def figures(checkout: Path) -> dict[str, object]:
    """Return what is measured of a checkout, by what it is called."""
    found = modules(checkout)
    between = list(arrows(found))
    rooms = {module.name: module.room for module in found}
    lines, longest = longest_function(found)
    return {
        "modules": len(found),
        "lines": sum(len(m.path.read_text(encoding="utf-8").splitlines()) for m in found),
        "lines of inputs": sum(
            len(m.path.read_text(encoding="utf-8").splitlines())
            for m in found
            if m.room == "inputs"
        ),
        "modules at the top": sum(
            m.name.count(".") == 1 and m.path.name != "__init__.py" for m in found
        ),
        "longest function": f"{lines} ({longest})",
        "arrows between rooms": len({(m.room, rooms[target]) for m, target in between}),
        "imports between rooms": len(between),
        "imports that go up": len(upward(found)),
        "module names used twice": len(repeated_modules(found)),
        "class names used twice": len(repeated_classes(found)),
        "words of the README": len((checkout / "README.md").read_text(encoding="utf-8").split()),
    }


def main() -> None:
    """Print the figures."""
    checkout = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent
    for name, value in figures(checkout).items():
        print(f"{name:26}{value}")


if __name__ == "__main__":
    main()
