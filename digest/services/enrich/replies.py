"""What indexes reply, read by the input format of the same dialect.

An error or somebody else's page is not to be taken for "nothing found": a reply
has to show that it is what was asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from digest import inputs
from digest.models import Note, Record, Seed

_FEED = re.compile(r"\s*(?:<\?xml[^<>]{0,300}\?>\s*)?<feed[\s>]")


def from_json(
    form: str, text: str, mine: Callable[[dict[str, Any]], bool], one: str = ""
) -> tuple[Record, ...]:
    """Give the records of a reply in a format of JSON; of one that holds no paper, none.

    An object has to be `mine`. `one` is the key that a paper has in a list, but
    not where it stands alone. Raises ValueError for anything else.
    """
    try:
        found = json.loads(text, strict=False)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if isinstance(found, dict):
        if not mine(found):
            raise ValueError(f"expected papers, found {text[:60]!r}")
        if one and one not in found:
            text = json.dumps([{one: found}])
    elif not isinstance(found, list):
        raise ValueError(f"expected papers, found {text[:60]!r}")
    return _read(form, text) if found else ()


def from_atom(text: str) -> tuple[Record, ...]:
    """Give the records of a whole Atom feed; raises ValueError for anything else."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("XML with entities of its own")
    if not _FEED.match(text) or "</feed>" not in text[-2000:]:
        raise ValueError(f"expected a whole Atom feed, found {text[:60]!r}")
    return _read("feed", text)


def _read(form: str, text: str) -> tuple[Record, ...]:
    return inputs.read(Seed(form, text, Note(format=form))).records
