"""What was fetched last from each source, in seeds/fetched.jsonl: one line a source.

    {"source": "arxiv cs.LG", "day": "2025-03-11", "new": "2025-03-11", "papers": ["1f0c2a9b", …],
     "address": "query?…", "etag": "…", "modified": "…"}

It lies with the documents, not in the cache, so that a job in a fresh checkout knows it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from digest.files import write_file
from digest.progress import Say

FILE = "fetched.jsonl"


@dataclass(frozen=True, slots=True)
class Fetched:
    """The last good answer of a source."""

    source: str
    day: date
    """When it was fetched."""
    new: date
    """When it last held a paper that the answer before did not."""
    papers: frozenset[str] = frozenset()
    """The marks of its papers."""
    days: int = 0
    """How many days back it reached."""
    address: str = ""
    """Where it was found, if it was one page; the validators below belong to it."""
    etag: str = ""
    modified: str = ""


def load_history(seeds: Path, say: Say) -> dict[str, Fetched]:
    """Return the last answers by source; a line that is damaged is said and passed over."""
    file = seeds / FILE
    if not file.is_file():
        return {}
    found: dict[str, Fetched] = {}
    text = file.read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        try:
            one = _parse(json.loads(line)) if line.strip() else None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            say(
                f"{file}:{number}: expected what was fetched last, found {line[:60]!r} — that"
                " source is fetched as if for the first time"
            )
            continue
        if one:
            found[one.source] = one
    return found


def save_history(seeds: Path, history: Mapping[str, Fetched]) -> None:
    """Write the last answers, in the order of their sources; raises `WriteError`."""
    lines = [json.dumps(_plain(history[key]), ensure_ascii=False) + "\n" for key in sorted(history)]
    write_file(seeds / FILE, "".join(lines).encode())


def _parse(value: Mapping[str, Any]) -> Fetched:
    texts = {name: str(value.get(name) or "") for name in ("address", "etag", "modified")}
    return Fetched(
        source=str(value["source"]),
        day=date.fromisoformat(value["day"]),
        new=date.fromisoformat(value["new"]),
        papers=frozenset(map(str, value["papers"])),
        days=int(value.get("days") or 0),
        # a validator goes into a header, which has one line
        **{name: text if text.isprintable() else "" for name, text in texts.items()},
    )


def _plain(last: Fetched) -> dict[str, Any]:
    known = {
        "source": last.source,
        "day": str(last.day),
        "new": str(last.new),
        "days": last.days,
        "papers": sorted(last.papers),
        "address": last.address,
        "etag": last.etag,
        "modified": last.modified,
    }
    return {name: value for name, value in known.items() if value not in ("", 0)}
