"""How the program hangs together: imports go down, names occur once, libraries have one home."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from digest import cli
from digest.services import SERVICES, Service
from tests import ROOT, structure

MODULES = structure.modules(ROOT)
IMPORTS = structure.imports(MODULES)
OWNERS = packages_distributions()
"""The distributions that have each module."""

HOMES = {
    "click": {"cli"},
    "jinja2": {"hosting", "outputs", "mkdocs"},
    "latex2mathml": {"language"},
    "dns": {"services"},
    "docx": {"inputs"},
    "httpx": {"services"},
    "imap_tools": {"services"},
    "lxml": {"hosting", "inputs"},
    "pypdf": {"inputs"},
    "python_calamine": {"inputs"},
    "striprtf": {"inputs"},
    "tenacity": {"services"},
    "mkdocs": {"mkdocs"},
    "py3langid": {"understand"},
    "yake": {"understand"},
}
"""Libraries that are known in one room, so that another one can take their place."""

NETWORK = {
    *("asyncio", "ftplib", "http", "imaplib", "poplib", "smtplib", "socket", "socketserver", "ssl"),
    *("urllib.request", "wsgiref", "xmlrpc"),
    *("aiohttp", "dns.resolver", "httpx", "imap_tools", "requests", "urllib3"),
}
"""Libraries that go to the network, or listen to it."""

LOCAL_SERVERS = {"digest.services.mail.viewer"}
"""Modules that only serve a preview on this machine."""


def test_imports_go_down() -> None:
    """A module knows what lies below it; rooms side by side know nothing of each other."""
    levels = {room for names in structure.LAYERS for room in names.split()}
    assert {module.room for module in MODULES} == levels
    assert structure.upward(MODULES) == []


def test_no_name_is_used_twice() -> None:
    """A module and a class are called by a name that nothing else in the program has."""
    assert structure.repeated_modules(MODULES) == []
    assert structure.repeated_classes(MODULES) == []


def test_every_noun_is_in_the_glossary() -> None:
    """What `models.py` names, the glossary of the guide explains."""
    glossary = (ROOT / "site_src/guide/glossary.md").read_text(encoding="utf-8")
    (models,) = (module for module in MODULES if module.name == "digest.models")
    nouns = set(re.findall(r"^class (\w+)", models.path.read_text(encoding="utf-8"), re.MULTILINE))
    explained = re.findall(r"^\| ([^|]+) \|", glossary, re.MULTILINE)
    assert nouns <= {name for row in explained for name in re.findall(r"`(\w+)`", row)}


def test_no_function_is_long() -> None:
    """A function fits on a screen: one job, told in a few steps."""
    lines, name = structure.longest_function(MODULES)
    assert lines <= 60, name


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_one_home(library: str) -> None:
    """Changing a library means opening one room."""
    users = {
        module.room
        for module in MODULES
        if any(
            target == library or target.startswith(f"{library}.") for target in IMPORTS[module.name]
        )
    }
    assert users <= HOMES[library]


def test_every_library_is_declared() -> None:
    """What the program imports is installed with it, or with an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    given = [*project["dependencies"], *extras["office"], *extras["doctor"]]
    declared = {canonical(re.split(r"[\[<>=;! ]", each)[0]) for each in given}
    names = {target.partition(".")[0] for targets in IMPORTS.values() for target in targets}
    outside = names - sys.stdlib_module_names - {"digest"}
    owners = {name: {canonical(each) for each in OWNERS.get(name, [])} for name in outside}
    missing = {name: found for name, found in owners.items() if not found & declared}
    assert missing == {}


def canonical(name: str) -> str:
    """The name of a distribution in its one canonical form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _reached(module: str) -> set[str]:
    """All modules that importing one brings along."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in IMPORTS and name not in seen:
            seen.add(name)
            waiting += [*IMPORTS[name], name.rpartition(".")[0]]
    return seen


def _uses_network(targets: set[str]) -> bool:
    names = {".".join(target.split(".")[:n]) for target in targets for n in (1, 2)}
    return bool(names & NETWORK)


def test_a_build_imports_nothing_that_goes_to_the_network() -> None:
    """What indexes replied is read from a file; asking, sending and pinging are other commands."""
    assert not any(_uses_network(IMPORTS[module]) for module in _reached("digest.pipeline"))


def test_only_services_go_to_the_network() -> None:
    """Every module that goes to the network is named in SERVICES, with what it sends to whom."""
    users = {module for module, targets in IMPORTS.items() if _uses_network(targets)}
    named = {module for service in SERVICES for module in service.modules}
    assert users - LOCAL_SERVERS == named


def test_the_list_of_services_loads_none_of_them() -> None:
    """Reading what goes to the network, and where, loads nothing that does."""
    assert not any(_uses_network(IMPORTS[module]) for module in _reached("digest.services"))


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_service_has_a_command(service: Service) -> None:
    """Nothing goes to the network unless somebody runs the command that SERVICES names."""
    program, name = service.command.split()
    assert program == "digest"
    assert name in cli.digest.commands
    assert service.sends.startswith("Sends ")
    assert service.sends.endswith(".")
