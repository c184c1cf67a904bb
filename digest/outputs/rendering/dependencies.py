"""What a template depends on, found in its source before it is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates


@dataclass(frozen=True, slots=True)
class Dependencies:
    """The templates that a template uses, itself among them, and what they read of a variable."""

    sources: tuple[tuple[str, str], ...]
    """(name, text) of each; the text of one that does not exist is ""."""
    attributes: frozenset[str] | None
    """The attributes that they read of the variable; None if they may read all of it."""


@dataclass(frozen=True, slots=True)
class _TemplateText:
    """One template by itself."""

    text: str
    uses: tuple[str, ...] = ()
    attributes: frozenset[str] | None = frozenset()


class Sources:
    """The templates of an environment, each of which is parsed once."""

    def __init__(self, environment: Environment, loader: BaseLoader, variable: str) -> None:
        """Look for what is read of a variable, in the templates of the environment's loader."""
        self._environment = environment
        self._loader = loader
        self._variable = variable
        self.dependencies = cache(self._dependencies)
        """Returns the dependencies of a template, by its name."""
        self._read = cache(self._parsed)

    def _dependencies(self, template: str) -> Dependencies:
        found: dict[str, _TemplateText] = {}
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = self._read(name)
                waiting += found[name].uses
        read = [source.attributes for source in found.values()]
        known = [each for each in read if each is not None]
        return Dependencies(
            tuple((name, found[name].text) for name in sorted(found)),
            frozenset().union(*known) if len(known) == len(read) else None,
        )

    def _parsed(self, name: str) -> _TemplateText:
        """Return a template; of one that cannot be parsed only the text, as rendering it fails."""
        text = ""
        try:
            text, _, _ = self._loader.get_source(self._environment, name)
            tree = self._environment.parse(text)
        except (TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError):
            return _TemplateText(text)
        used = list(find_referenced_templates(tree))
        if None in used:  # its name is known only when it is rendered: it may be any of them
            used = [*self._environment.list_templates()]
        return _TemplateText(
            text, tuple(each for each in used if each), _read(tree, self._variable)
        )


def _read(tree: nodes.Template, variable: str) -> frozenset[str] | None:
    """Return the attributes read of a variable; None if it is used in any other way."""
    mentions = [node for node in tree.find_all(nodes.Name) if node.name == variable]
    read = [
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == variable
    ]
    return frozenset(read) if len(read) == len(mentions) else None
