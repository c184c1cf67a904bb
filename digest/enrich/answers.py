"""Answers in JSON, read by the input format of the same dialect."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

from digest.inputs import objects
from digest.models import Reading, Record, Seed


class Dialect(Protocol):
    """An input format that reads what an index answers."""

    LABEL: str

    def read(self, seed: Seed) -> Reading:
        """Turn the answer into records."""


def read(
    dialect: Dialect, text: str, mine: Callable[[dict[str, Any]], bool], one: str = ""
) -> tuple[Record, ...]:
    """Give the records of an answer; of one that holds no paper, none.

    An object has to be `mine`, so that an error or somebody else's page is not
    taken for "nothing found". `one` is the key that a paper has in a list, but
    not where it stands alone. Raises ValueError for anything else.
    """
    found = objects.load(text)
    if isinstance(found, dict):
        if not mine(found):
            raise ValueError(f"expected papers, found {text[:60]!r}")
        if one and one not in found:
            text = json.dumps([{one: found}])
    elif not isinstance(found, list):
        raise ValueError(f"expected papers, found {text[:60]!r}")
    return dialect.read(Seed(dialect.LABEL, text)).records if found else ()
