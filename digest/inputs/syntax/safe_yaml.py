"""YAML without what can hurt: no objects, and no references, which may be endless."""

from __future__ import annotations

from typing import Any

import yaml

LONGEST = 60_000
"""Letters a text may have."""

ERRORS = (yaml.YAMLError, ValueError, RecursionError)
"""What `load` raises."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(text: str) -> Any:
    """Return what a text in YAML holds; raise one of ERRORS where it is damaged, long, or refers to itself."""
    if len(text) > LONGEST:
        raise ValueError(f"an entry of {len(text):,} characters")
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_LOADER)):
        raise ValueError("a reference")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506  a safe loader
