"""The reader who comes back: what is new, the reading list, keys and copying."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

VISIT = "digest:/digest/:visit"
LIST = "digest:/digest/:list"


def came_before(page: Page, newest: str, hours: float = 30) -> None:
    """Let the reader have been here some hours ago, when `newest` was the newest edition."""
    visit = {"before": None, "now": {"newest": newest, "on": "2025-03-22", "at": 0}}
    page.add_init_script(
        f"""if (!sessionStorage.getItem("came")) {{
            const visit = {json.dumps(visit)};
            visit.now.at = Date.now() - {hours} * 3600 * 1000;
            localStorage.setItem({json.dumps(VISIT)}, JSON.stringify(visit));
            sessionStorage.setItem("came", "yes");
        }}"""
    )


def test_a_first_visit_marks_nothing(page: Page, served: str) -> None:
    """To who was never here everything is new, and nothing needs to be said."""
    page.goto(served)
    page.wait_for_load_state("networkidle")
    assert page.locator(".dg-since, .dg-newmark").count() == 0


def test_what_came_since_the_last_visit_is_counted_and_marked(page: Page, served: str) -> None:
    """One line on the front page; a mark on every new card, on whichever page."""
    came_before(page, "2025-03-21")
    page.goto(served)
    expect(page.locator(".dg-since")).to_have_text("4 new since 22 March: 24 March (4)")
    expect(page.locator(".dg-card .dg-newmark")).to_have_count(4)
    page.goto(f"{served}days/2025-03-21/")
    page.wait_for_load_state("networkidle")
    assert page.locator(".dg-newmark").count() == 0


def test_marks_last_as_long_as_the_visit(page: Page, served: str) -> None:
    """Going from page to page does not use up what is new; coming back hours later does."""
    came_before(page, "2025-03-21")
    page.goto(served)
    page.locator(".dg-since").wait_for()
    page.reload()
    page.locator(".dg-since").wait_for()
    page.evaluate(
        """(name) => {
            const visit = JSON.parse(localStorage.getItem(name));
            visit.now.at -= 5 * 3600 * 1000;
            localStorage.setItem(name, JSON.stringify(visit));
        }""",
        VISIT,
    )
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator(".dg-since").count() == 0


def test_a_browser_that_keeps_nothing_reads_as_well(page: Page, served: str) -> None:
    """Storage may be switched off; the page is whole and says why the list stays empty."""
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(served)
    page.locator(".dg-keep").first.click()
    expect(page.locator(".dg-said")).to_have_text("This browser keeps nothing")
    assert errors == []


def test_papers_are_kept_listed_and_exported(page: Page, served: str) -> None:
    """The list is made with a click or a key, and leaves as BibTeX and as JSON."""
    page.goto(served)
    page.locator(".dg-card", has_text="Bridge").locator(".dg-keep").click()
    page.keyboard.press("Escape")
    page.goto(f"{served}days/2025-03-21/")
    page.locator(".dg-keep").first.wait_for()
    page.locator(".dg-card", has_text="Weather").locator("h3 a").focus()
    page.keyboard.press("s")
    expect(page.locator(".dg-list-link b")).to_have_text("2")
    page.locator(".dg-list-link").click()
    listed = [
        "Denoising Diffusion for Weather Maps",
        "Reinforcement Learning of Bridge Bidding",
    ]
    expect(page.locator(".dg-reading h3")).to_have_text(listed)
    with page.expect_download() as bib:
        page.get_by_role("button", name="Export BibTeX").click()
    text = Path(bib.value.path()).read_text(encoding="utf-8")
    assert text.count("@") >= 2
    assert "Bridge" in text
    with page.expect_download() as data:
        page.get_by_role("button", name="Export JSON").click()
    entries = json.loads(Path(data.value.path()).read_text(encoding="utf-8"))
    assert [entry["title"] for entry in entries] == listed
    page.get_by_role("button", name=re.compile("Take off.*Weather")).click()
    expect(page.locator(".dg-reading h3")).to_have_count(1)


def test_the_mould_of_cards_is_independent(page: Page, served: str) -> None:
    """Markdown takes a lonely template for a part of a paragraph, which no HTML checker lets
    pass."""
    for kind in ("reading/", "search/"):
        page.goto(f"{served}{kind}")
        expect(page.locator("template.dg-blank")).to_have_count(1)
        assert page.locator("p > template").count() == 0
        assert "papers//" not in page.content()


def test_a_hostile_title_is_text_on_the_list(page: Page, served: str) -> None:
    """What was kept is shown as text, even if something else wrote it."""
    page.goto(served)
    entry = [{"id": "x1", "title": "<img src=x onerror=alert(1)>"}]
    page.evaluate(
        "([name, list]) => localStorage.setItem(name, JSON.stringify(list))", [LIST, entry]
    )
    page.goto(f"{served}reading/")
    expect(page.locator(".dg-reading h3")).to_have_text("<img src=x onerror=alert(1)>")
    assert page.locator(".dg-reading img").count() == 0


def test_keys_lead_through_the_papers(page: Page, served: str) -> None:
    """j and k go from card to card, / to the box, ? explains; typing is left alone."""
    page.goto(served)
    page.locator(".dg-keep").first.wait_for()
    heads = page.locator(".dg-card h3 a")
    page.keyboard.press("j")
    expect(heads.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(heads.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(heads.nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("header input[name=q]")).to_be_focused()
    page.keyboard.type("jks?")
    expect(page.locator("header input[name=q]")).to_have_value("jks?")


@pytest.fixture
def clipboard(context: BrowserContext, served: str) -> Page:
    """A reader whose browser lets pages use the clipboard."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context.new_page()


def test_a_citation_is_copied(clipboard: Page, served: str, site: Path) -> None:
    """The button copies what is in the page, to the letter."""
    papers = map(json.loads, (site / "papers.jsonl").read_text(encoding="utf-8").splitlines())
    bridge = next(paper for paper in papers if "Bridge" in paper["title"])
    clipboard.goto(served + bridge["url"])
    clipboard.get_by_role("button", name="Copy BibTeX").click()
    expect(clipboard.locator(".dg-said")).to_have_text("Copied")
    copied = clipboard.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@")
    assert "Bridge" in copied


def test_without_javascript_there_are_no_dead_buttons(context: BrowserContext, served: str) -> None:
    """What needs a script is not shown without one."""
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(served)
    assert page.locator("main button:visible").count() == 0
    page.goto(f"{served}reading/")
    expect(page.get_by_text("A reading list needs JavaScript")).to_be_visible()
    plain.close()
