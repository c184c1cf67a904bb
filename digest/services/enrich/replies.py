"""Replies of indexes, read by the input format of the same dialect.

An error page must not be mistaken for "nothing found": a reply has to show that
it is what was asked for.
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
    form: str, text: str, is_reply: Callable[[dict[str, Any]], bool], one: str = ""
) -> tuple[Record, ...]:
    """Return the records of a reply in a JSON format; () for an empty list.

    An object must satisfy `is_reply`. `one` is the key that wraps each paper of a
    list, but not a single paper. Raises ValueError if the text is no such reply.
    """
    try:
        found = json.loads(text, strict=False)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if isinstance(found, dict):
        if not is_reply(found):
            raise ValueError(f"expected papers, found {text[:60]!r}")
        if one and one not in found:
            text = json.dumps([{one: found}])
    elif not isinstance(found, list):
        raise ValueError(f"expected papers, found {text[:60]!r}")
    return _read(form, text) if found else ()


def from_atom(text: str) -> tuple[Record, ...]:
    """Return the records of a complete Atom feed; raises ValueError for anything else."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("XML with entities of its own")
    if not _FEED.match(text) or "</feed>" not in text[-2000:]:
        raise ValueError(f"expected a whole Atom feed, found {text[:60]!r}")
    return _read("feed", text)


def _read(form: str, text: str) -> tuple[Record, ...]:
    return inputs.read(Seed(form, text, Note(format=form))).records
