"""A paper's card is made by one template, also where a script makes the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from digest.config import built_in
from tests.browser.conftest import build, serving
from tests.browser.seeds import SEEDS, SOURCES


def parts(card: Locator) -> list[str]:
    """What a card is made of: elements and classes, but for what a script adds."""
    found: list[str] = card.evaluate(
        """card => [card, ...card.querySelectorAll("*")]
          .filter(each => !each.matches("time, mark, button, .dg-topic, .dg-newmark"))
          .map(each => each.localName + [...each.classList].map(name => "." + name).join(""))"""
    )
    return found


@pytest.mark.parametrize("words", ["lighthouse long documents", "farsight"])
def test_a_result_is_the_card_of_the_lists(page: Page, served: str, words: str) -> None:
    """Title, point, authors, code: all are in a result as they do under a day."""
    page.goto(f"{served}search/?q={words}")
    result = page.locator(".dg-results .dg-card").first
    id = result.get_attribute("data-paper")
    found = parts(result)
    assert result.locator("time").get_attribute("datetime") == "2025-03-21"
    page.goto(f"{served}days/2025-03-21/")
    assert parts(page.locator(f".dg-card[data-paper='{id}']")) == found


def test_a_result_names_its_topics_with_their_marks(page: Page, served: str) -> None:
    """A topic has its colour and leads to its page, wherever it is named."""
    page.goto(f"{served}search/?q=lighthouse")
    named = page.locator(".dg-results .dg-topic").first
    text, mark, url = (
        named.text_content(),
        named.get_attribute("class"),
        named.evaluate("a => a.href"),
    )
    page.goto(f"{served}topics/")
    there = page.locator(".dg-topics .dg-topic").get_by_text(str(text), exact=True)
    assert (there.get_attribute("class"), there.evaluate("a => a.href")) == (mark, url)


def test_the_code_of_a_result_is_one_click_away(page: Page, served: str) -> None:
    """What a paper's card links to, a result links to."""
    page.goto(f"{served}search/?q=second+look+lighthouse")
    badge = page.locator(".dg-results .dg-badge").first
    expect(badge).to_have_attribute("href", "https://github.com/example/second-look")


def test_a_person_changes_a_card_in_one_file(page: Page, tmp_path: Path) -> None:
    """A template of one's own makes the cards of lists, of results and of the reading list."""
    own = tmp_path / "templates" / "pages"
    own.mkdir(parents=True)
    card = (built_in() / "pages" / "card.md.j2").read_text(encoding="utf-8")
    mine = card.replace('<article class="dg-card', '<article title="mine" class="dg-card')
    (own / "card.md.j2").write_text(mine, encoding="utf-8")
    with serving(build(tmp_path, SEEDS, SOURCES)) as address:
        page.goto(address)
        expect(page.locator(".dg-card:not([title=mine])")).to_have_count(0)
        page.locator(".dg-keep").first.click()
        page.goto(f"{address}search/?q=bridge")
        expect(page.locator(".dg-results .dg-card[title=mine]").first).to_be_visible()
        page.goto(f"{address}reading/")
        expect(page.locator(".dg-reading .dg-card[title=mine]")).to_be_visible()
