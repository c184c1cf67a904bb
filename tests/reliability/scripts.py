"""Scripts in every field, option, file and topic name, opened in a real browser."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from digest.mkdocs import scaffold
from tests.browser.conftest import LAUNCH, serving
from tests.conftest import Folder
from tests.reliability.trials import Trial, child, some
from tests.reliability.vectors import MARK, lines

TITLE = "scripts and loads in papers, settings, topics, names"
FIELDS = ("title", "abstract", "authors", "venue", "keywords", "url", "doi")
_PAPERS_A_DAY = 12


def trials(place: Path, share: float) -> Iterator[Trial]:
    """Put each string into a field of a paper, some into all else, and open every page."""
    every = list(lines())
    chosen = random.Random(1).sample(every, some(len(every), share))
    folder = _digest(place / "news", chosen)
    ended = child(folder, "build", kill_after=1200)
    site = folder.path / "site"
    if ended.fault or not site.is_dir():
        yield Trial("build", ended.fault or ended.said[-300:])
        return
    pages = sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))
    with serving(site) as address, sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=LAUNCH)
        watch = _Watch(browser.new_page(), address)
        found = {page: watch.open(page) for page in pages}
        browser.close()
    yield from (Trial(page, lost) for page, lost in found.items() if lost)
    yield from (Trial(text) for text in chosen)
    yield from (Trial(page) for page, lost in found.items() if not lost)


def _digest(path: Path, strings: Sequence[str]) -> Folder:
    """A digest that holds the strings: in papers one by one, and elsewhere a few of each kind."""
    scaffold.create(path)
    folder = Folder(path)
    papers = [strings[at : at + len(FIELDS)] for at in range(0, len(strings), len(FIELDS))]
    records = []
    for number, each in enumerate(papers):
        known = dict(zip(FIELDS, each, strict=False))
        abstract = (
            f"We study question {number} and its answer: {known.get('abstract', '')} is text."
        )
        record = {
            **known,
            "title": f"{known['title']} number {number}",
            "authors": [known.get("authors", "A")],
        }
        day = f"2025-{number // _PAPERS_A_DAY // 28 % 12 + 1:02}-{number // _PAPERS_A_DAY % 28 + 1:02}"
        records.append(
            record
            | {
                "abstract": abstract + " " + " ".join(f"w{number * 31 + i}" for i in range(25)),
                "date": day,
            }
        )
    folder.seed("papers.jsonl", "\n".join(map(json.dumps, records)))
    few = random.Random(2).sample(list(lines()), 24)
    name = next(text for text in few if "/" not in text and "\n" not in text)
    folder.seed(f"{name[:60]}.bib", "@article{a, title={On names of files}, author={A. B}}")
    folder.seed(
        "sources.yml",
        json.dumps({"papers.jsonl": {"name": few[0], "url": "https://a.org/" + few[1].split()[0]}}),
    )
    rows = [
        {"name": " ".join(text.split()), "description": text, "phrases": [f"question {n}"]}
        for n, text in enumerate(few[2:14])
    ]
    path.joinpath("own.yml").write_text(json.dumps({"topics": rows}))
    settings = path / "mkdocs.yml"
    text = settings.read_text().replace("topics: auto", "topics: own.yml")
    text = "\n".join(line for line in text.splitlines() if not line.startswith("site_"))
    extra = {
        "site_name": few[14],
        "site_description": few[15],
        "site_author": few[16],
        "site_dir": "site",
        "extra": {"a": few[17]},
    }
    settings.write_text(
        text
        + "\n"
        + "\n".join(f"{key}: {json.dumps(value)}" for key, value in extra.items())
        + "\n"
    )
    return folder


class _Watch:
    """A page of a browser, and what happened in it that should not have."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.seen: list[str] = []
        page.expose_function(MARK, lambda *_: self.seen.append("a script ran"))
        page.on("dialog", lambda dialog: (self.seen.append("a dialog"), dialog.dismiss()))
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address.rpartition("/digest")[0], "data:", "blob:")):
            self.seen.append(f"asked for {url[:80]}")

    def open(self, path: str) -> str:
        """Open a page of the site, touch its links, and return what happened; '' if nothing."""
        self.seen.clear()
        self.page.goto(f"{self.address}{path.removesuffix('index.html')}")
        harmful = self.page.evaluate(
            """() => [...document.querySelectorAll("*")].filter(each =>
              [...each.attributes].some(one => one.name.startsWith("on")) ||
              /^\\s*(javascript|data|vbscript):/i.test(each.getAttribute("href") || "")).map(each => each.outerHTML.slice(0, 90))"""
        )
        return "; ".join([*self.seen, *harmful[:3]])
