"""digest keyphrases: for texts from elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from digest.cli.console import json_line, say
from digest.errors import SeedError
from digest.understand.keyphrases import SourceText, extract


def run(file: Iterable[bytes], as_json: bool, top: int, config_file: Path) -> None:
    """Print the keyphrases of each line; exit with 1 if one could not be read."""
    texts, ids, failed = [], [], False
    for place, line in enumerate(file, start=1):
        try:
            id, text = _text_of(line, place)
        except SeedError as error:
            say(str(error))
            failed = True
            continue
        if text:
            ids.append(id)
            texts.append(text)
    for id, phrases in zip(ids, extract(texts, top), strict=True):
        click.echo(json_line({"id": id, "keyphrases": list(phrases)}))
    sys.exit(int(failed))


def _text_of(line: bytes, place: int) -> tuple[Any, SourceText | None]:
    """Return the id and the text of one line; no text for an empty line.

    Raises `SeedError` if the line is anything else than described.
    """
    if not line.strip():
        return None, None
    try:
        found = json.loads(line.decode("utf-8-sig"))
        title = str(found.get("title") or "")
        return found["id"], SourceText(title, str(found.get("abstract") or found.get("text") or ""))
    except (ValueError, KeyError, AttributeError, RecursionError) as error:
        raise SeedError(
            f"line {place}",
            "expected a JSON object with 'id' and 'text' or 'abstract',"
            f" found {line[:60].decode(errors='replace')!r}",
        ) from error
