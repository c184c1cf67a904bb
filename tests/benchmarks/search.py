"""Measure the search of a built site: does the right paper come first, and what is loaded?

    python -m tests.benchmarks.search site

200 queries are made from the site's own papers: two or three words of a title,
the name of a system, a keyphrase. Each has one right answer: no other title has
all these words. They are typed into the search page in a real browser; beside
it the same queries go to Material's own search over titles and abstracts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import material
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.browser.conftest import LAUNCH, serving

SHARES = {"title": 0.5, "name": 0.25, "keyphrase": 0.25}
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NAME = re.compile(r"([A-Za-z][\w+-]*(?:[A-Z]|\d)[\w+-]*)\s*:")
_SMALL = set(
    re.findall(
        r"\w+",
        "a an and are as at be by can do does for from how in is it its of on or the to towards"
        " using via we what when where which why with",
    )
)
"""English words that nobody searches for."""

Papers = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Query:
    """What is typed, and the paper it is meant to find."""

    text: str
    id: str
    kind: str


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--misses", action="store_true", help="print what was not found first")
    asked = parser.parse_args()
    with (asked.site / "papers.jsonl").open(encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines]
    queries = make(papers, asked.count)
    print(f"{len(papers)} papers, {len(queries)} queries: {dict(Counter(q.kind for q in queries))}")
    with browser() as chromium:
        ours, loaded = with_ours(chromium, asked.site, queries)
        tell("digest", queries, ours)
        for line in loaded:
            print(f"  {line}")
        theirs, size = with_materials(chromium, papers, queries)
        tell("Material", queries, theirs)
        print(f"  first query loads {size}")
    if asked.misses:
        for query, found in zip(queries, ours, strict=True):
            if found[:1] != [query.id]:
                print(f"  {query.kind} {query.text!r}: place {place(query, found)}")


def tell(engine: str, queries: Sequence[Query], found: Sequence[Sequence[str]]) -> None:
    """Print how often the right paper was first, and among the first five."""
    print(engine)
    for kind in ("all", *SHARES):
        places = [
            place(query, ids)
            for query, ids in zip(queries, found, strict=True)
            if kind in ("all", query.kind)
        ]
        if places:
            first, five = (sum(p <= most for p in places) / len(places) for most in (1, 5))
            print(f"  {kind:9} first {first:.3f}  in the first five {five:.3f}")


def place(query: Query, ids: Sequence[str]) -> int:
    """Return the place of the right paper, 1 being the first; 99 where it was not found."""
    return ids.index(query.id) + 1 if query.id in ids else 99


# --- queries --------------------------------------------------------------------------------------


def make(papers: Papers, count: int) -> list[Query]:
    """Make queries of each kind, the same for the same papers."""
    rng = random.Random(20250324)
    words = {paper["id"]: _words(paper["title"]) for paper in papers}
    having: dict[str, set[str]] = defaultdict(set)
    for id, found in words.items():
        for word in found:
            having[word].add(id)
    named = [paper for paper in papers if paper["title_from"] != "headline"]
    rng.shuffle(named)
    queries: list[Query] = []
    left = {kind: round(share * count) for kind, share in SHARES.items()}
    for kind in ("name", "keyphrase", "title"):  # the rarer kinds choose first
        room = left[kind] if kind != "title" else count - len(queries)
        used = {query.id for query in queries}
        for paper in (paper for paper in named if paper["id"] not in used):
            text = _MAKERS[kind](paper, words[paper["id"]], having, rng)
            if text and room:
                queries.append(Query(text, paper["id"], kind))
                room -= 1
    return queries


def _words(title: str) -> list[str]:
    found = (word.lower() for word in _WORD.findall(title))
    return [word for word in dict.fromkeys(found) if word not in _SMALL and len(word) > 2]


def _only(words: Sequence[str], id: str, having: Mapping[str, set[str]]) -> bool:
    return bool(words) and set.intersection(*(having[word] for word in words)) == {id}


def _of_title(
    paper: Mapping[str, Any], words: list[str], having: Mapping[str, set[str]], rng: random.Random
) -> str | None:
    """Two or three words of the title, in their order."""
    for _ in range(8):
        size = rng.choice((2, 3))
        if len(words) < size:
            return None
        chosen = [words[at] for at in sorted(rng.sample(range(len(words)), size))]
        if _only(chosen, paper["id"], having):
            return " ".join(chosen)
    return None


def _of_name(
    paper: Mapping[str, Any], words: list[str], having: Mapping[str, set[str]], rng: random.Random
) -> str | None:
    """The name before the colon: BERT4Rec, where the title is “BERT4Rec: …”."""
    found = _NAME.match(paper["title"])
    return found[1] if found and _only(_words(found[1]), paper["id"], having) else None


def _of_keyphrase(
    paper: Mapping[str, Any], words: list[str], having: Mapping[str, set[str]], rng: random.Random
) -> str | None:
    """A keyphrase of several words that only this title has."""
    for phrase in paper["keyphrases"]:
        inside = _words(phrase)
        if len(inside) > 1 and set(inside) <= set(words) and _only(inside, paper["id"], having):
            return str(phrase)
    return None


_MAKERS = {"title": _of_title, "name": _of_name, "keyphrase": _of_keyphrase}


# --- the two searches -----------------------------------------------------------------------------


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium, from the path or Playwright's own."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        yield playwright.chromium.launch(executable_path=path, args=LAUNCH)


def with_ours(
    chromium: Browser, site: Path, queries: Sequence[Query]
) -> tuple[list[list[str]], list[str]]:
    """Type every query into the search page; give the ids found, and what the first one loaded."""
    with serving(site) as address:
        page = chromium.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}search/")
        page.wait_for_load_state("networkidle")
        loads = Loads(page)
        found = [_ask(page, queries[0].text)]
        page.wait_for_load_state("networkidle")
        told = [f"first query loads {loads}"]
        page.locator(".dg-narrow summary").click()
        page.locator(".dg-facets input").first.wait_for()
        told.append(f"with facets       {loads}")
        page.locator(".dg-narrow summary").click()
        found.extend(_ask(page, query.text) for query in queries[1:])
    return found, told


def _ask(page: Page, text: str) -> list[str]:
    box = page.locator(".dg-query input")
    box.fill(text)
    box.press("Enter")
    page.wait_for_function(
        "text => document.querySelector('.dg-results').dataset.query === text", arg=text
    )
    ids = page.locator(".dg-results .dg-card").evaluate_all(
        "cards => cards.map((card) => card.dataset.paper)"
    )
    return [str(id) for id in ids]


class Loads:
    """What a page loads from now on: as it is, and as a host that compresses text sends it."""

    def __init__(self, page: Page) -> None:
        self._responses: list[Response] = []
        page.on("response", lambda response: self._responses.append(response))

    def __str__(self) -> str:
        bodies = {each.url: each.body() for each in self._responses if each.status == 200}
        plain = sum(map(len, bodies.values()))
        sent = sum(
            len(gzip.compress(body)) if url.split("?")[0].endswith((".js", ".json")) else len(body)
            for url, body in bodies.items()
        )
        return f"{plain / 1000:.0f} kB, {sent / 1000:.0f} kB compressed, in {len(bodies)} files"


def with_materials(
    chromium: Browser, papers: Papers, queries: Sequence[Query]
) -> tuple[list[list[str]], str]:
    """Ask the worker of Material's search, given what its plugin would give it."""
    index = {
        "config": {
            "lang": ["en"],
            "separator": r"[\s\-]+",
            "pipeline": ["stopWordFilter"],
            "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}},
        },
        "docs": [
            {"location": paper["id"], "title": paper["title"], "text": paper["abstract"]}
            for paper in papers
        ],
        "options": {"suggest": False},
    }
    scripts = Path(material.__file__).parent / "templates" / "assets" / "javascripts"
    worker = next(scripts.glob("workers/search.*.min.js"))
    with TemporaryDirectory() as folder:
        site = Path(folder)
        text = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
        (site / "index.json").write_bytes(text)
        (site / "assets").mkdir()
        (site / "assets" / "javascripts").symlink_to(scripts)
        (site / "index.html").write_text("<title>Material</title>")
        with serving(site) as address:
            page = chromium.new_page()
            page.goto(address)
            found = page.evaluate(
                _MATERIAL,
                [f"{address}assets/javascripts/workers/{worker.name}", [q.text for q in queries]],
            )
    all_of_it = [text, worker.read_bytes()]
    plain, sent = sum(map(len, all_of_it)), sum(len(gzip.compress(part)) for part in all_of_it)
    return found, f"{plain / 1000:,.0f} kB, {sent / 1000:,.0f} kB compressed, in 2 files"


_MATERIAL = """async ([script, queries]) => {
    const index = await (await fetch("index.json")).json();
    const worker = new Worker(script);
    const ask = (type, data) => new Promise((done) => {
        worker.onmessage = ({ data: answer }) => answer.type === type + 1 && done(answer.data);
        worker.postMessage({ type, data });
    });
    await ask(0, index);
    const found = [];
    for (const query of queries) {
        const { items } = await ask(2, query);
        found.push(items.slice(0, 5).map((item) => (item[0] ?? item).location));
    }
    return found;
}"""


if __name__ == "__main__":
    main()
