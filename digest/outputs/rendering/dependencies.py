"""What a template depends on, found in its source before it is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates


@dataclass(frozen=True, slots=True)
class Dependencies:
    """The templates that a template uses, itself among them, and what they read of the digest."""

    sources: tuple[tuple[str, str], ...]
    """(name, text) of each; the text of one that does not exist is ""."""
    attributes: frozenset[str] | None
    """The attributes that they read of the variable; None if they may read all of it."""


def dependencies(environment: Environment, template: str, variable: str) -> Dependencies:
    """Return what a template depends on, and what it reads of a variable.

    A template whose name is known only when another is rendered may be any of them.
    """
    sources: dict[str, str] = {}
    attributes: set[str] | None = set()
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if name in sources:
            continue
        sources[name], tree = _parsed(environment, name)
        if tree is None:
            continue
        used = list(find_referenced_templates(tree))
        if None in used:
            used = [*environment.list_templates(extensions=["j2"])]
        waiting += [each for each in used if each]
        if attributes is not None:
            read = _attributes(tree, variable)
            attributes = None if read is None else attributes | read
    return Dependencies(
        tuple(sorted(sources.items())), None if attributes is None else frozenset(attributes)
    )


def _parsed(environment: Environment, name: str) -> tuple[str, nodes.Template | None]:
    """Return a template's text and syntax tree: no tree if rendering it will fail."""
    text = ""
    with suppress(TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError):
        if environment.loader:
            text, _, _ = environment.loader.get_source(environment, name)
            return text, environment.parse(text)
    return text, None


def _attributes(tree: nodes.Template, variable: str) -> frozenset[str] | None:
    """Return the attributes read of a variable; None if it is used in any other way."""
    read = [node.attr for node in tree.find_all(nodes.Getattr) if _is(node.node, variable)]
    return frozenset(read) if len(read) == len([*_mentions(tree, variable)]) else None


def _mentions(tree: nodes.Template, variable: str) -> Iterator[nodes.Node]:
    return (node for node in tree.find_all(nodes.Name) if _is(node, variable))


def _is(node: nodes.Node, variable: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == variable
