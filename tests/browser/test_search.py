"""Finding papers, in a real browser."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from digest.publish import index_parts, search
from tests.browser.conftest import serving

Parts: TypeAlias = Callable[[list[dict[str, Any]]], Path]


def titles(page: Page) -> list[str]:
    """The titles found, best first."""
    page.locator(".dg-found", has_text=re.compile(r"paper|offline")).wait_for()
    return page.locator(".dg-results h3 a").all_text_contents()


def test_words_of_a_title_find_their_paper_first(page: Page, served: str) -> None:
    """A title counts more than an abstract."""
    page.goto(f"{served}search/?q=headings+lighthouse")
    expect(page.locator(".dg-query input")).to_have_value("headings lighthouse")
    expect(page.get_by_text("Searching needs JavaScript")).to_be_hidden()
    assert titles(page)[0] == "Retrieval with Headings: A Second Look at Lighthouse"
    page.goto(f"{served}search/?q=lighthouse+long+documents")
    assert titles(page)[0].startswith("Lighthouse: Retrieval of Long Documents")


def test_an_author_is_found(page: Page, served: str) -> None:
    """People search for people."""
    page.goto(f"{served}search/?q=lovelace")
    assert titles(page) == ["Lighthouse: Retrieval of Long Documents with Small Language Models"]


def test_the_box_on_every_page_leads_to_the_results(page: Page, served: str) -> None:
    """Search needs no more than a word and the Enter key."""
    page.goto(served)
    box = page.locator("header input[name=q]")
    box.fill("diffusion")
    box.press("Enter")
    page.wait_for_url("**/search/?q=diffusion")
    assert titles(page)[0] == "Denoising Diffusion for Weather Maps"


def test_typing_searches_and_the_address_follows(page: Page, served: str) -> None:
    """What is found can be sent to somebody as a link."""
    page.goto(f"{served}search/")
    page.locator(".dg-query input").press_sequentially("bridge")
    expect(page).to_have_url(f"{served}search/?q=bridge")
    expect(page.locator(".dg-results h3")).to_have_text("Reinforcement Learning of Bridge Bidding")


def test_what_is_typed_before_the_scripts_come_is_searched(page: Page, served: str) -> None:
    """A slow line costs time, not words."""
    held: list[Route] = []
    page.route("**/assets/search.js", lambda route: held.append(route))
    page.goto(f"{served}search/")
    page.locator(".dg-query input").press_sequentially("bridge")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    expect(page.locator(".dg-results h3")).to_have_text("Reinforcement Learning of Bridge Bidding")
    expect(page).to_have_url(f"{served}search/?q=bridge")


def test_facets_narrow_and_are_in_the_address(page: Page, served: str) -> None:
    """A choice says before it is made how many papers it leaves; Back takes it back."""
    page.goto(f"{served}search/?q=accuracy")
    before = len(titles(page))
    page.locator(".dg-narrow summary").click()
    choice = page.get_by_role("checkbox", name=re.compile("Monday's list"))
    promised = int(choice.locator("xpath=..").locator("b").inner_text())
    assert 0 < promised < before
    choice.check()
    expect(page.locator(".dg-results h3")).to_have_count(promised)
    expect(page).to_have_url(re.compile("source=Monday"))
    page.reload()
    expect(page.locator(".dg-results h3")).to_have_count(promised)
    expect(page.get_by_role("checkbox", name=re.compile("Monday's list"))).to_be_checked()
    page.go_back()
    expect(page.locator(".dg-results h3")).to_have_count(before)


def test_a_facet_alone_lists_the_newest_first(page: Page, served: str) -> None:
    """A link to everything with code needs no word."""
    page.goto(f"{served}search/?code=yes")
    assert titles(page) == [
        "Retrieval with Headings: A Second Look at Lighthouse",
        "Lighthouse: Retrieval of Long Documents with Small Language Models",
    ]


def test_results_are_reached_by_keyboard(page: Page, served: str) -> None:
    """From the box the arrow leads to the first result, j to the next, Enter to the paper."""
    page.goto(f"{served}search/?q=lighthouse")
    second = titles(page)[1]
    page.locator(".dg-query input").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(second)


def test_what_a_paper_says_stays_text(page: Page, served: str) -> None:
    """A title that would be markup is shown as it was written, and marked, and runs nothing."""
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.goto(f"{served}search/?q=hostile+titles+%3Cimg+src=x+onerror=alert(9)%3E")
    titles(page)
    page.goto(f"{served}search/?q=hostile")
    assert "<svg onload=alert(1)//<img src=x" in titles(page)[0]
    assert page.locator(".dg-results img, .dg-results svg, .dg-results script").count() == 0
    assert page.locator(".dg-results mark").count() > 0
    assert alarms == []


def test_pages_written_by_hand_are_named_above_the_papers(page: Page, served: str) -> None:
    """Those that say every word; papers are counted, narrowed and listed as ever."""
    page.goto(f"{served}search/?q=bidding")
    assert titles(page) == ["Reinforcement Learning of Bridge Bidding"]
    expect(page.locator(".dg-found")).to_have_text("1 paper")
    link = page.locator(".dg-pages a")
    expect(link).to_have_text("Guide: Bridge & sea")
    link.click()
    page.wait_for_url("**/guide/#bridge-sea")
    page.goto(f"{served}search/?q=bidding&source=Nobody")
    expect(page.locator(".dg-found")).to_contain_text("No paper says that")
    expect(page.locator(".dg-pages a")).to_have_count(0)


def test_a_search_for_nothing_known_says_so(page: Page, served: str) -> None:
    """No result is an answer too."""
    page.goto(f"{served}search/?q=zzyzzx")
    expect(page.locator(".dg-found")).to_contain_text("No paper says that")


def test_nothing_of_the_index_is_loaded_before_it_is_used(page: Page, served: str) -> None:
    """The search page itself costs no more than any other."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "pagefind" in url or "search" in url]


def test_without_javascript_the_page_says_what_to_do(context: BrowserContext, served: str) -> None:
    """Topics and days are lists of links; they find everything too."""
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{served}search/")
    expect(page.get_by_text("Searching needs JavaScript")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="topic").click()
    expect(page).to_have_url(f"{served}topics/")
    plain.close()


def test_without_pagefind_all_papers_are_read_through(
    page: Page, site: Path, tmp_path: Path
) -> None:
    """Where Pagefind does not run, the same page finds the same papers, facets and all."""
    for name in ("search", "assets", "papers.jsonl"):
        (tmp_path / name).symlink_to(site / name)
    with serving(tmp_path) as address:
        page.goto(f"{address}search/?q=lighthouse+long&code=yes")
        assert titles(page)[0].startswith("Lighthouse: Retrieval of Long Documents")
        page.goto(f"{address}search/?q=lovelace")
        assert len(titles(page)) == 1


@pytest.fixture
def in_parts(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parts:
    """Makes a site of papers whose index is in parts of four papers, and of two for the newest."""
    monkeypatch.setattr(index_parts, "PART_SIZE", 4)
    monkeypatch.setattr(index_parts, "NEWEST_SIZE", 2)

    def make(papers: list[dict[str, Any]]) -> Path:
        folder = tmp_path / "site"
        folder.mkdir()
        (folder / "assets").symlink_to(site / "assets")
        shutil.copytree(site / "search", folder / "search")
        lines = "".join(f"{json.dumps(paper)}\n" for paper in papers)
        (folder / "papers.jsonl").write_text(lines, encoding="utf-8")
        search.index(folder, tmp_path / "cache")
        return folder

    return make


def published(site: Path) -> list[dict[str, Any]]:
    """The papers of the toy site."""
    lines = (site / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_several_indexes_answer_as_one(page: Page, site: Path, in_parts: Parts) -> None:
    """A large digest has more than one: what is found, and what facets leave, is that of all."""
    folder = in_parts(published(site))
    assert json.loads((folder / "pagefind" / "parts.json").read_text())["parts"] > 2
    with serving(site) as one, serving(folder) as several:
        for query in ("q=lighthouse", "q=accuracy", "code=yes", "q=bridge"):
            page.goto(f"{one}search/?{query}")
            expected = titles(page)
            page.goto(f"{several}search/?{query}")
            assert sorted(titles(page)) == sorted(expected), query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("superword", {"Superword"}),
        ("superw", {"Superword"}),
        ("super", {"Superword", "Super 1", "Super 2", "Super 3", "Super 4", "Super 5"}),
        ("supers", {"Superword", "Super 1", "Super 2", "Super 3", "Super 4", "Super 5"}),
        ("superx", {"Super 1", "Super 2", "Super 3", "Super 4", "Super 5"}),
        ("superword lantern", {"Superword"}),
        ("lantern xylophone", {"Super 5"}),
        ("lantern qqq", {"Superword", "Super 1", "Super 2", "Super 3", "Super 4", "Super 5"}),
    ],
)
def test_a_part_without_a_word_does_not_answer_with_its_beginning(
    page: Page, site: Path, in_parts: Parts, query: str, expected: set[str]
) -> None:
    """One index takes the beginning of a word, or passes over it, only if no paper has the word."""
    like = published(site)[0] | {"keyphrases": [], "topics": [], "authors": [], "tldr": ""}
    names = ["Superword", "Super 1", "Super 2", "Super 3", "Super 4", "Super 5"]
    papers = [
        like
        | {"id": f"p{day}", "title": name, "abstract": "lantern zebra", "date": f"2025-03-{day:02}"}
        for day, name in enumerate(names, 1)
    ]
    papers[5]["abstract"] = "lantern xylophone zebra"
    with serving(in_parts(papers)) as address:
        page.goto(f"{address}search/?q={query.replace(' ', '+')}")
        assert set(titles(page)) == expected


def test_a_part_that_cannot_be_loaded_is_no_missing_answer(
    page: Page, site: Path, in_parts: Parts
) -> None:
    """Then all papers are read through, as without any index."""
    folder = in_parts(published(site))
    for file in (folder / "pagefind" / "1").glob("*.pf_meta"):
        file.unlink()
    with serving(folder) as address:
        page.goto(f"{address}search/?q=lighthouse+long")
        assert titles(page)[0].startswith("Lighthouse: Retrieval of Long Documents")


# --- the policy ------------------------------------------------------------------------------


def test_no_page_breaks_its_policy_or_asks_another_host(
    page: Page, served: str, site: Path
) -> None:
    """Every kind of page runs under the strict policy it carries, and loads only its own files."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", lambda request: complaints.extend(_elsewhere(request, served)))
    paper = next(folder.name for folder in (site / "papers").iterdir() if folder.is_dir())
    topic = next(folder.name for folder in (site / "topics").iterdir() if folder.is_dir())
    for path in (
        *("", "days/", "days/2025-03-24/", "topics/", f"topics/{topic}/", f"papers/{paper}/"),
        *("about/", "map/", "reading/", "subscribe/", "search/?q=lighthouse&code=yes", "404.html"),
    ):
        page.goto(served + path)
        page.wait_for_load_state("networkidle")
        policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        assert policy is not None
        assert "unsafe-inline" not in policy
        assert "script-src 'self'" in policy
    assert complaints == []


def test_the_policy_stops_what_escaping_would_have_missed(page: Page, served: str) -> None:
    """A script that got into a page all the same does not run."""
    page.goto(served)
    ran = page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.taken = true";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.taken = true'>");
            return new Promise((done) => setTimeout(() => done(window.taken ?? false), 300));
        }"""
    )
    assert ran is False


def _elsewhere(request: Request, served: str) -> list[str]:
    here = request.url.startswith((served.removesuffix("digest/"), "data:", "blob:"))
    return [] if here else [f"asked {request.url}"]
