"""YAML without its dangers: no Python objects, and no aliases, which can expand without end."""

from __future__ import annotations

from typing import Any

import yaml

LONGEST = 60_000
"""Maximum characters of a text."""

ERRORS = (yaml.YAMLError, ValueError, RecursionError)
"""Exceptions that `load` raises."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(text: str) -> Any:
    """Return the value of a text in YAML.

    Raises one of `ERRORS` if it is damaged, too long, or has an alias.
    """
    if len(text) > LONGEST:
        raise ValueError(f"an entry of {len(text):,} characters")
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_LOADER)):
        raise ValueError("a reference")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506  a safe loader
