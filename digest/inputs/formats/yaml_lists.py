"""YAML: lists of papers as used on web sites, and CITATION.cff files.

    - title: Memory Networks
      authors: [Jason Weston, Sumit Chopra]
      abstract: |
        We describe a new class of learning models …

Every entry is parsed separately, so that damage to one does not affect the others.
https://yaml.org/spec/1.2.2/; https://github.com/citation-file-format/citation-file-format
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.syntax import crosswalk, json_records, safe_yaml
from digest.inputs.syntax.extents import Extent, as_long_as
from digest.models import Guess, Reading, Seed

NAME = "yaml"

_CITATION = re.compile(r"^cff-version:\s", re.M)
_ITEM = re.compile(r"^(?P<indent>[ ]{0,8})-[ ]{1,3}['\"]?[a-z][\w-]{0,30}['\"]?:(?=\s|$)", re.M)
_KEY = re.compile(
    r"^[ ]{0,8}(?:-[ ]{1,3})?['\"]?(title|abstract|summary|authors?)['\"]?:(?=\s|$)", re.M
)
# an unquoted value that contains a colon, which YAML forbids
_COLON = re.compile(
    r"^([ ]{0,8}(?:-[ ]{1,3})?[a-z][\w-]{0,30}:[ ])([^\s'\"\[{>|&*][^\n]*:[ ][^\n]*)$", re.M
)

_KEYED = re.compile(r"^[\w:./+-]{1,80}:[ ]*\n(?=[ ]{1,8}(?:type|title|author)s?:)", re.M)
"""An entry under its own key, as in Hayagriva."""
_LIST = re.compile(r"^(?:references|papers|publications|entries|items):[ ]*$", re.M)


def recognise(document: Document) -> Guess:
    """Sure if there are entries such as `- title: …`, or the file declares itself a citation."""
    head = document.head.text
    if _CITATION.search(head[:5000]) and _KEY.search(head):
        return Guess(0.95)
    found, keys = [match["indent"] for match in _ITEM.finditer(head)], _KEY.findall(head)
    items = found.count(found[0]) if found else len(_KEYED.findall(head))
    lines = [line for line in _LIST.sub("", head).split("\n") if line.strip(" .")]
    own = sum(line.startswith((" ", "-", "#")) for line in lines)
    if not items or not {"title", "abstract", "summary"}.intersection(keys) or len(set(keys)) < 2:
        return Guess(0.0, "entries such as '- title: …' with lines such as '  abstract: …'")
    return Guess(0.9 if len(keys) > 1.5 * items and own > 0.9 * len(lines) else 0.2)


def read(seed: Seed) -> Reading:
    """Read every entry; one that is damaged or describes no paper is refused."""
    return findings.reading(seed, NAME, _read_entries(seed))


def _read_entries(seed: Seed) -> Iterator[findings.Finding]:
    for line, text in _entries(seed.text):
        try:
            value = _parse_entry(text)
        except safe_yaml.ERRORS as error:
            what = getattr(error, "problem", None) or error
            message = f"expected an entry in YAML, found damage ({what}) — the paper is left out"
            yield findings.refuse(seed, line, message, text)
            continue
        given = value[0] if isinstance(value, list) and len(value) == 1 else value
        if (
            isinstance(given, dict)
            and len(given) == 1
            and isinstance(next(iter(given.values())), dict)
        ):
            given = next(iter(given.values()))  # an entry under its own key
        at = line + text[: _abstract_offset(text)].count("\n")
        made = crosswalk.record(seed, at, _adapt(given)) if isinstance(given, dict) else None
        message = f"expected the keys 'title' or 'abstract', found {findings.quote(text)}"
        yield made or findings.refuse(seed, line, f"{message} — the paper is left out", text)


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Yield the entries of a document, each with its 1-based line; a citation file is one entry."""
    first = _ITEM.search(text)
    keyed = [match.start() for match in _KEYED.finditer(text)]
    if _CITATION.search(text[:5000]) or not (first or keyed):
        yield 1, text
        return
    listed = first and not (
        keyed and keyed[0] < first.start() and _LIST.sub("", text[:200]) == text[:200]
    )
    starts = keyed
    if first and listed:
        starts = [m.start() for m in _ITEM.finditer(text) if m["indent"] == first["indent"]]
    line, counted = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line, counted = line + text.count("\n", counted, start), start
        yield line, text[start:end]


def _parse_entry(text: str) -> Any:
    """Parse one entry; if that fails, with quotation marks around values that contain a colon."""
    try:
        return safe_yaml.load(text)
    except safe_yaml.ERRORS:
        quoted = _COLON.sub(lambda m: f"{m[1]}'{m[2].replace(chr(39), 2 * chr(39))}'", text)
        if quoted == text:
            raise
        return safe_yaml.load(quoted)


def _abstract_offset(text: str) -> int:
    match = re.search(r"^[ ]{0,9}(?:-[ ]{1,3})?abstract:", text, re.M)
    return match.start() if match else 0


def _adapt(given: Mapping[Any, Any]) -> Mapping[str, Any]:
    """Return an entry with the keys of citation files replaced by those of `crosswalk.record`."""
    low = {str(key).lower(): value for key, value in given.items()}
    people = low.get("authors") or low.get("author")
    identifiers = [m.get("value") for m in low.get("identifiers") or () if isinstance(m, dict)]
    return {
        **low,
        "title": json_records.untag(low.get("title")),
        "abstract": json_records.untag(low.get("abstract") or low.get("summary")),
        "authors": people,
        "date": low.get("date") or low.get("date-released") or low.get("year"),
        "doi": low.get("doi") or next((m for m in identifiers if str(m).startswith("10.")), None),
        "repo": low.get("repository-code"),
    }


_EXTENTS = (
    Extent("yaml", r"(?:cff-version|references|papers|publications):\s|-\s{1,3}(?:id|title|doi|type|authors?|abstract|year):(?:\s|$)", as_long_as(r"\s{1,40}\S|-\s(?:.{0,80}$|\s{0,3}[\w.'\"-]{1,40}:(?:\s|$))(?<!\))|\s*$|[\w.-]{1,40}:(?:\s|$)", 2)),
)  # fmt: skip

FORMAT = Format(
    NAME,
    "list of papers",
    "yaml",
    recognise,
    read,
    extents=_EXTENTS,
    about="YAML lists of papers, CITATION.cff",
    example="- title: A comet in pieces\n  abstract: …",
)
