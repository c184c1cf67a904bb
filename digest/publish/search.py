"""The search index, made with Pagefind: browsers search it without a server.

Pagefind reads HTML. It gets one small page per paper, made from papers.jsonl and
deleted afterwards, not the pages of the site: so the index holds only papers, and
templates do not affect what is found.

The index is in parts, each with some of the papers, and a part is made again only
when a paper in it has changed. `engine.js` asks each of them and merges what they
answer.

    pagefind/  pagefind.js, wasm.en.pagefind   the program, once for all parts
               parts.json, facets.json         how many parts; which papers have which value
               1/, 2/, …                       the parts, that with the oldest papers first

Pagefind's own filters are not used: their files are in a different order at each run,
and they cannot be counted before all are loaded. Instead facets.json says which
papers have which value, and the same papers give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from digest import store
from digest.errors import SearchError
from digest.publish.index_parts import divide
from digest.publish.part_cache import PartCache

FOLDER = "pagefind"
"""The folder of the index in a site."""
PAGES = "search/pages.json"
"""The sections of hand-written pages; they are few, and searched one after the other."""
TITLE_WEIGHT = 10
"""The weight of a word of the title, relative to the abstract (Pagefind's for headings: 7)."""
CHUNK_SIZE = 4_000
"""Occurrences of words in one file of an index. A reader loads a file of each part for each word;
in Pagefind's own size, 20,000, these are five times as large."""
MAX_MONTHS = 18
"""If there are more months than this, years are offered instead."""

_PAPERS = "papers.jsonl"
_MAGIC = b"pagefind_dcd"
"""The bytes with which Pagefind begins each of its files."""
_PROGRAM = "pagefind.js"
_EXPORT = "export { PagefindInstance };\n"
"""Pagefind exports only what asks all indexes as one; `engine.js` needs its class of one index."""
_UNKNOWN_LANGUAGE = "wasm.unknown.pagefind"
"""The program for languages that Pagefind cannot stem; it is then the only one."""


@cache
def version() -> str:
    """Return the version of Pagefind; empty if it is not installed or does not run here."""
    try:
        done = _pagefind("--version")
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.strip()


def index(site: Path, cache: Path, language: str = "en") -> int:
    """Index the papers of a built site in `pagefind/`, and return their number.

    Parts that an earlier build kept in the folder of caches are taken from there.
    Raises `SearchError`, with the message of Pagefind, if that fails.
    """
    papers = _papers(site / _PAPERS)
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    if not papers:
        return 0
    kept = PartCache(cache)
    program = _program(folder, kept, language)
    parts = divide(papers)
    names: dict[str, str] = {}
    for number, part in enumerate(parts, 1):
        found = _part(part, folder / str(number), kept, language)
        names |= {id: f"{number}/{name}" for id, name in found.items()}
    kept.save()
    _write_json(folder / "facets.json", _facets(papers, names))
    _write_json(folder / "parts.json", {"program": program, "parts": len(parts)})
    return len(papers)


def _write_json(file: Path, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    file.write_text(text, encoding="utf-8")


def _key(language: str, *content: str) -> str:
    """Return the key of what Pagefind makes of this content."""
    return store.key(store.version(), version(), language, *content)


def _program(folder: Path, kept: PartCache, language: str) -> str:
    """Put the program that searches into a folder, and return the language that it is for."""
    key = _key(language)
    name: str | None = kept.take(key, folder)
    if name is None:
        _run({"any": "<html><body data-pagefind-body>any</body></html>"}, folder, language)
        programs = sorted(file.name for file in folder.glob("wasm.*"))
        chosen = next((file for file in programs if file != _UNKNOWN_LANGUAGE), programs[0])
        _remove_all_but(folder, {_PROGRAM, chosen})
        script = (folder / _PROGRAM).read_text(encoding="utf-8")
        (folder / _PROGRAM).write_text(f"{script}\n{_EXPORT}", encoding="utf-8")
        name = chosen.split(".")[1]
        kept.keep(key, folder, name)
    return name


def _part(
    papers: Sequence[Mapping[str, Any]], output: Path, kept: PartCache, language: str
) -> dict[str, str]:
    """Make one part, and return the name of each paper in its results, by the paper's id."""
    pages = {paper["id"]: _page(paper, language) for paper in papers}
    key = _key(language, *chain.from_iterable(pages.items()))
    names: dict[str, str] | None = kept.take(key, output)
    if names is None:
        _run(pages, output, language)
        meta = {file.name for file in output.glob("*.pf_meta")}
        _remove_all_but(output, {"index", "fragment", "pagefind-entry.json", *meta})
        names = _fragments(output)
        kept.keep(key, output, names)
    return names


def _remove_all_but(folder: Path, names: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in names:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _pagefind(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pagefind", *arguments]
    sizes = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(CHUNK_SIZE)}
    return subprocess.run(  # noqa: S603 - our own arguments, no shell
        command,
        env=os.environ | sizes,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _run(pages: Mapping[str, str], output: Path, language: str) -> None:
    """Let Pagefind index pages, each given by its paper's id."""
    with TemporaryDirectory() as folder:
        for id, text in pages.items():
            page = Path(folder, "papers", id, "index.html")
            page.parent.mkdir(parents=True)
            page.write_text(text, encoding="utf-8")
        done = _pagefind(
            *("--site", folder, "--output-path", str(output)),
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
