"""How the site looks and reads, in a real browser: every kind of page, wide and narrow, light and
dark."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

KINDS = [
    "",
    "days/",
    "days/2025-03-24/",
    "days/2025-03/",
    "days/2025-w12/",
    "topics/",
    "topics/language-models/",
    "papers/",
    "about/",
    "guide/",
    "404.html",
]
"""A page of each kind; `papers/` stands for any paper."""

BACKGROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(251, 250, 246)", "rgb(20, 21, 26)"


def address(kind: str, served: str, site: Path) -> str:
    """Where a page of a kind is."""
    if kind == "papers/":
        kind += min(page.parent.name for page in site.glob("papers/*/index.html")) + "/"
    return served + kind


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(
    browser: Browser, served: str, site: Path, scheme: str, width: int
) -> None:
    """No kind of page has anything that axe knows to keep readers out."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,  # axe is put into the page, which its policy forbids
    )
    page = context.new_page()
    found = {}
    for kind in KINDS:
        page.goto(address(kind, served, site))
        results = Axe().run(page)
        if results.violations_count:
            found[kind] = results.generate_report()
    context.close()
    assert not found, "\n".join(found.values())


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_is_wider_than_the_screen(page: Page, served: str, site: Path, width: int) -> None:
    """A phone never scrolls sideways, whatever a title holds."""
    page.set_viewport_size({"width": width, "height": 844})
    for paper in sorted(site.glob("papers/*/index.html")):
        page.goto(f"{served}papers/{paper.parent.name}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, paper
    for kind in KINDS:
        page.goto(address(kind, served, site))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind


def test_a_page_asks_for_nothing_that_is_not_there(page: Page, served: str, site: Path) -> None:
    """Every file a page loads exists, and no script fails."""
    wrong: list[str] = []
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    for kind in KINDS:
        page.goto(address(kind, served, site), wait_until="networkidle")
    assert not wrong


def test_a_page_weighs_less_than_60_kb(page: Page, served: str, site: Path) -> None:
    """Compressed as hosts do, without fonts: all that a first visit loads."""
    for kind in KINDS:
        loaded: dict[str, int] = {}
        page.on(
            "response",
            lambda answer, loaded=loaded: loaded.update(
                {} if ".woff2" in answer.url else {answer.url: len(gzip.compress(answer.body()))}
            ),
        )
        page.goto(address(kind, served, site), wait_until="networkidle")
        assert sum(loaded.values()) < 60_000, loaded


# --- light and dark -----------------------------------------------------------------------------


def test_the_system_decides_until_the_reader_does(page: Page, served: str) -> None:
    """Dark where the system is dark, and light again when it is."""
    page.emulate_media(color_scheme="dark")
    page.goto(served)
    assert page.evaluate(BACKGROUND) == DARK
    page.emulate_media(color_scheme="light")
    assert page.evaluate(BACKGROUND) == LIGHT


def test_a_choice_of_the_dark_holds_on_the_next_page(page: Page, served: str) -> None:
    """From its first paint on; and can be taken back."""
    page.goto(served)
    button = page.get_by_role("button", name="Read in the dark")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(BACKGROUND) == DARK
    page.goto(f"{served}topics/", wait_until="domcontentloaded")
    assert page.evaluate(BACKGROUND) == DARK
    page.get_by_role("button", name="Read in the dark").click()
    assert page.evaluate(BACKGROUND) == LIGHT
    page.reload()
    assert page.evaluate(BACKGROUND) == LIGHT


def test_more_contrast_is_given_to_those_who_ask(page: Page, served: str) -> None:
    """Black on white, white on black."""
    page.emulate_media(contrast="more")
    page.goto(served)
    assert page.evaluate(BACKGROUND) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


# --- finding one's way --------------------------------------------------------------------------


def test_the_calendar_leads_to_a_day(page: Page, served: str) -> None:
    """A warm day is a link that says how many papers it has."""
    page.goto(f"{served}days/")
    day = page.get_by_role("link", name="24", exact=True)
    expect(day).to_have_attribute("title", "24 March 2025: 4 papers")
    day.click()
    expect(page).to_have_url(f"{served}days/2025-03-24/")
    page.get_by_role("link", name="← 21 March 2025").click()
    expect(page).to_have_url(f"{served}days/2025-03-21/")


def test_weeks_and_months_are_one_tap_away(page: Page, served: str) -> None:
    """From a day to its month, from there to its week and back to the day."""
    page.goto(f"{served}days/2025-03-24/")
    page.get_by_role("link", name="March 2025", exact=True).click()
    page.get_by_role("link", name="Week 13").click()
    expect(page).to_have_url(f"{served}days/2025-w13/")
    page.get_by_role("heading", name="Monday, 24 March 2025").get_by_role("link").click()
    expect(page).to_have_url(f"{served}days/2025-03-24/")


def test_the_first_tab_skips_to_the_content(page: Page, served: str) -> None:
    """Whoever uses the keyboard need not pass the navigation on each page."""
    page.goto(f"{served}topics/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    assert skip.evaluate("link => link.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_the_page_one_is_on_is_marked_in_the_navigation(page: Page, served: str) -> None:
    """A day belongs to the days."""
    page.goto(f"{served}days/2025-03-24/")
    navigation = page.get_by_role("navigation", name="Main")
    expect(navigation.locator("[aria-current]")).to_have_text("Days")


def test_search_is_one_tap_away_on_a_phone(page: Page, served: str) -> None:
    """The navigation shows it without being opened or scrolled."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served)
    box = (
        page.get_by_role("navigation", name="Main")
        .get_by_role("link", name="Search")
        .bounding_box()
    )
    assert box is not None
    assert box["x"] + box["width"] <= 390


def test_without_javascript_every_page_reads_whole(
    browser: Browser, served: str, site: Path
) -> None:
    """Titles, text and links are there; buttons that need a script are not."""
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(served)
    assert page.locator(".dg-card").count() >= 4
    assert page.locator("button:visible").count() == 0
    page.goto(address("papers/", served, site))
    page.locator("summary").click()
    expect(page.locator("#bibtex")).to_have_text(re.compile("^@misc{"))
    context.close()


# --- text from documents --------------------------------------------------------------------------


def test_arabic_runs_from_right_to_left(page: Page, served: str) -> None:
    """In lists and on its own page."""
    page.goto(served)
    title = page.locator("h3", has_text="التعلم")
    expect(title).to_have_css("direction", "rtl")
    title.get_by_role("link").click()
    expect(page.locator("h1", has_text="التعلم")).to_have_css("direction", "rtl")


def test_maths_is_set_as_maths(page: Page, served: str) -> None:
    """What was TeX in a document is MathML in its page."""
    page.goto(f"{served}days/2025-03-21/")
    page.get_by_role("link", name="Denoising Diffusion for Weather Maps").first.click()
    page.locator(".dg-abstract math").first.wait_for()
    assert "$" not in page.locator(".dg-abstract").inner_text()


# --- paper proper ---------------------------------------------------------------------------------


def test_an_edition_prints_in_two_columns_without_the_furniture(page: Page, served: str) -> None:
    """Black on white, even when read in the dark; no navigation, no buttons."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{served}days/2025-03-24/")
    assert page.evaluate(BACKGROUND) == "rgb(255, 255, 255)"
    assert page.locator(".dg-main").evaluate("main => getComputedStyle(main).columnCount") == "2"
    for hidden in (".dg-header", ".dg-footer", ".dg-side", ".dg-pager"):
        assert not page.locator(hidden).first.is_visible(), hidden


@pytest.mark.parametrize("kind", ["", "days/2025-03-24/"])
def test_a_small_edition_fits_on_two_sheets(
    context: BrowserContext, served: str, kind: str
) -> None:
    """A PDF of the day has a sheet or two, not one for each paper."""
    page = context.new_page()
    page.goto(served + kind)
    pdf = page.pdf(format="A4")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2
