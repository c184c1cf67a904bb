"""The search index, made with Pagefind: browsers search it without a server.

Pagefind reads HTML. It gets one small page per paper, made from papers.jsonl and
deleted afterwards, not the pages of the site: so the index holds only papers, and
templates do not affect what is found.

Its own filters are not used: their files are in a different order at each run,
and they cannot be counted before all are loaded. Instead facets.json says which
papers have which value, and the same papers give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from digest.errors import SearchError

FOLDER = "pagefind"
"""The folder of the index in a site."""
PAGES = "search/pages.json"
"""The sections of hand-written pages; they are few, and searched one after the other."""
TITLE_WEIGHT = 10
"""The weight of a word of the title, relative to the abstract (Pagefind's for headings: 7)."""
PART_SIZE = 20_000
"""Papers in one index: Pagefind needs 140 kB of memory for each while it runs. The newest are in
the first; `pagefind.js` lists the others."""
MAX_MONTHS = 18
"""If there are more months than this, years are offered instead."""

_PAPERS = "papers.jsonl"
_MAGIC = b"pagefind_dcd"
"""The bytes with which Pagefind begins each of its files."""
_UNUSED = ("*ui*", "pagefind-highlight.js", "pagefind-worker.js")
"""Files for ways of searching that the site does not use."""
_UNKNOWN_LANGUAGE = "wasm.unknown.pagefind"
"""The program for languages that Pagefind cannot stem; it is then the only one."""


@cache
def available() -> bool:
    """Return whether Pagefind is installed and runs on this machine."""
    try:
        return _pagefind("--version").returncode == 0
    except OSError:
        return False


def index(site: Path, language: str = "en") -> int:
    """Index the papers of a built site in `pagefind/`, and return their number.

    Raises `SearchError`, with the message of Pagefind, if that fails.
    """
    papers = _papers(site / _PAPERS)
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    if not papers:
        return 0
    names: dict[str, str] = {}
    parts = []
    for first in range(0, len(papers), PART_SIZE):
        part = f"{first // PART_SIZE + 1}/" if first else ""
        names |= _index(papers[first : first + PART_SIZE], folder / part, language)
        parts += [part] if part else []
    if parts:
        with (folder / "pagefind.js").open("a", encoding="utf-8") as program:
            program.write(f"\nexport const parts = {json.dumps(parts)};\n")
    facets = json.dumps(_facets(papers, names), ensure_ascii=False, separators=(",", ":"))
    (folder / "facets.json").write_text(facets, encoding="utf-8")
    return len(papers)


def _index(papers: Iterable[Mapping[str, Any]], output: Path, language: str) -> dict[str, str]:
    """Make one index, and return the name of each paper in its results, by the paper's id."""
    with TemporaryDirectory() as folder:
        for paper in papers:
            page = Path(folder, "papers", paper["id"], "index.html")
            page.parent.mkdir(parents=True)
            page.write_text(_page(paper, language), encoding="utf-8")
        _run(Path(folder), output, language)
    programs = [file.name for file in output.glob("wasm.*")]
    for pattern in _UNUSED if programs == [_UNKNOWN_LANGUAGE] else (*_UNUSED, _UNKNOWN_LANGUAGE):
        for file in output.glob(pattern):
            file.unlink()
    return _fragments(output)


def _pagefind(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pagefind", *arguments]
    return subprocess.run(  # noqa: S603 - our own arguments, no shell
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )


def _run(pages: Path, output: Path, language: str) -> None:
    done = _pagefind(
        *("--site", str(pages), "--output-path", str(output)),
        *("--force-language", language, "--quiet"),
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["nothing"]
        raise SearchError(
            f"expected Pagefind to index the papers, it ended with {done.returncode} and said:"
            f" {last[0]} — the site is complete but for its search"
        )


def _papers(file: Path) -> list[dict[str, Any]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _page(paper: Mapping[str, Any], language: str) -> str:
    """Return a paper as a page for Pagefind: title and abstract as text, the rest as metadata.

    Metadata can be searched too, but is not quoted in a result.
    """
    metadata = {
        "date": _display_date(paper),
        "topics": "; ".join(paper["topics"]),
        "keyphrases": "; ".join(paper["keyphrases"]),
        "authors": "; ".join(paper["authors"]),
        "tldr": paper["tldr"],
        "code": next((link["url"] for link in paper["links"] if link["kind"] == "code"), ""),
        "withdrawn": "yes" if paper["withdrawn"] else "",
        "ours": "yes" if paper["title_from"] == "headline" else "",
    }
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><title></title></head>'
        "<body data-pagefind-body>"
        f'<h1 data-pagefind-meta="title" data-pagefind-weight="{TITLE_WEIGHT}">{escape(paper["title"])}</h1>'
        + "".join(
            f'<i data-pagefind-meta="{name}[data-is]" data-is="{escape(value)}"></i>'
            for name, value in metadata.items()
            if value
        )
        + f"<p>{escape(paper['abstract'])}</p></body></html>\n"
    )


def _display_date(paper: Mapping[str, Any]) -> str:
    """Return a paper's day, or only the month or year if no more is known."""
    day, published = str(paper["date"]), paper["published"]
    return str(published) if published and day.startswith(published) else day


def _fragments(folder: Path) -> dict[str, str]:
    """Return the name that Pagefind gave each paper in its results, by the paper's id."""
    found = {}
    for file in (folder / "fragment").iterdir():
        content = gzip.decompress(file.read_bytes()).removeprefix(_MAGIC)
        found[json.loads(content)["url"].split("/")[2]] = file.stem
    return found


def _facets(papers: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the papers, and for each value of each facet the positions of its papers in them.

    Positions are differences from the one before: small numbers compress well.
    """
    facets: dict[str, dict[str, list[int]]] = {}
    months = {paper["date"][:7] for paper in papers}
    for place, paper in enumerate(papers):
        for facet, value in _values(paper, by_year=len(months) > MAX_MONTHS):
            facets.setdefault(facet, {}).setdefault(value, []).append(place)
    return {
        "papers": " ".join(names[paper["id"]] for paper in papers),
        "facets": {
            facet: {value: _deltas(places) for value, places in sorted(values.items())}
            for facet, values in facets.items()
        },
    }


def _values(paper: Mapping[str, Any], *, by_year: bool) -> Iterator[tuple[str, str]]:
    for topic in paper["topics"]:
        yield "topic", topic
    yield "date", paper["date"][: 4 if by_year else 7]
    for source in paper["sources"]:
        yield "source", source
    if any(link["kind"] == "code" for link in paper["links"]):
        yield "code", "yes"


def _deltas(places: Sequence[int]) -> list[int]:
    """Return each number as the difference from the one before.

    >>> _deltas([3, 4, 9])
    [3, 1, 5]
    """
    return [place - before for before, place in zip([0, *places], places, strict=False)]
