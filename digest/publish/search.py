"""The one module that knows Pagefind: papers in, an index that browsers search without a server.

Pagefind reads HTML. It is given a small page a paper, made from papers.jsonl
and thrown away afterwards, not the pages of the site: so the index holds papers
only, and what a template looks like makes no difference to what is found.

Its own filters are not used: their files come out in another order at each run,
and they cannot be counted before all are loaded. One file of ours, facets.json,
says what belongs where; with it the same papers give the same bytes.
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
"""Where the index lies in a site."""
PAGES = "search/pages.json"
"""Where the sections of pages that people wrote lie; they are few, and searched one after the other."""
TITLE = 10
"""What a word of a title counts beside one of the abstract (Pagefind's own for a heading: 7)."""
PART = 20_000
"""Papers in one index: while Pagefind makes it, each takes 140 kB of memory. The newest are in the
first; `pagefind.js` says which others there are."""
MONTHS = 18
"""More months than these are shown as years."""

_PAPERS = "papers.jsonl"
_MARK = b"pagefind_dcd"
"""What Pagefind puts before the content of each of its files."""
_SPARE = ("*ui*", "pagefind-highlight.js", "pagefind-worker.js")
"""Files for ways of searching that the site does not use."""
_ANY = "wasm.unknown.pagefind"
"""The program for a language whose word endings Pagefind does not know; no other is there then."""


@cache
def available() -> bool:
    """Say whether Pagefind is installed and runs on this machine."""
    try:
        return _pagefind("--version").returncode == 0
    except OSError:
        return False


def index(site: Path, language: str = "en") -> int:
    """Make the index of a built site's papers in `pagefind/`, and give their number.

    Raises `SearchError`, with what Pagefind said, where it cannot.
    """
    papers = _papers(site / _PAPERS)
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    if not papers:
        return 0
    names: dict[str, str] = {}
    parts = []
    for first in range(0, len(papers), PART):
        part = f"{first // PART + 1}/" if first else ""
        names |= _index(papers[first : first + PART], folder / part, language)
        parts += [part] if part else []
    if parts:
        with (folder / "pagefind.js").open("a", encoding="utf-8") as program:
            program.write(f"\nexport const parts = {json.dumps(parts)};\n")
    facets = json.dumps(_facets(papers, names), ensure_ascii=False, separators=(",", ":"))
    (folder / "facets.json").write_text(facets, encoding="utf-8")
    return len(papers)


def _index(papers: Iterable[Mapping[str, Any]], output: Path, language: str) -> dict[str, str]:
    """Make one index, and give the name that each paper has in its results, by the paper's id."""
    with TemporaryDirectory() as folder:
        for paper in papers:
            page = Path(folder, "papers", paper["id"], "index.html")
            page.parent.mkdir(parents=True)
            page.write_text(_page(paper, language), encoding="utf-8")
        _run(Path(folder), output, language)
    programs = [file.name for file in output.glob("wasm.*")]
    for pattern in _SPARE if programs == [_ANY] else (*_SPARE, _ANY):
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
        said = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["nothing"]
        raise SearchError(
            f"expected Pagefind to index the papers, it ended with {done.returncode} and said:"
            f" {said[0]} — the site is complete but for its search"
        )


def _papers(file: Path) -> list[dict[str, Any]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _page(paper: Mapping[str, Any], language: str) -> str:
    """Write a paper as Pagefind reads it: title and abstract as text, the rest beside it.

    What stands beside the text can be searched too, but is not quoted in a result.
    """
    beside = {
        "date": _shown(paper),
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
        f'<h1 data-pagefind-meta="title" data-pagefind-weight="{TITLE}">{escape(paper["title"])}</h1>'
        + "".join(
            f'<i data-pagefind-meta="{name}[data-is]" data-is="{escape(value)}"></i>'
            for name, value in beside.items()
            if value
        )
        + f"<p>{escape(paper['abstract'])}</p></body></html>\n"
    )


def _shown(paper: Mapping[str, Any]) -> str:
    """A paper's day, as far as it is known: of one whose year is all there is, the year."""
    day, published = str(paper["date"]), paper["published"]
    return str(published) if published and day.startswith(published) else day


def _fragments(folder: Path) -> dict[str, str]:
    """The name that Pagefind gave each paper in its results, by the paper's id."""
    found = {}
    for file in (folder / "fragment").iterdir():
        content = gzip.decompress(file.read_bytes()).removeprefix(_MARK)
        found[json.loads(content)["url"].split("/")[2]] = file.stem
    return found


def _facets(papers: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, Any]:
    """Say which papers, by their places in a list, have each value of each facet.

    Places are given as steps from the one before: small numbers pack well.
    """
    facets: dict[str, dict[str, list[int]]] = {}
    months = {paper["date"][:7] for paper in papers}
    for place, paper in enumerate(papers):
        for facet, value in _values(paper, by_year=len(months) > MONTHS):
            facets.setdefault(facet, {}).setdefault(value, []).append(place)
    return {
        "papers": " ".join(names[paper["id"]] for paper in papers),
        "facets": {
            facet: {value: _steps(places) for value, places in sorted(values.items())}
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


def _steps(places: Sequence[int]) -> list[int]:
    """Give each number as the difference from the one before.

    >>> _steps([3, 4, 9])
    [3, 1, 5]
    """
    return [place - before for before, place in zip([0, *places], places, strict=False)]
