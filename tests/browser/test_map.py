"""The map, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect


def test_every_paper_is_a_point_and_a_link(page: Page, served: str, site: Path) -> None:
    """Nothing is on the map that is not in the digest, and the other way round."""
    papers = map(json.loads, (site / "papers.jsonl").read_text(encoding="utf-8").splitlines())
    page.goto(f"{served}map/")
    links = page.locator(".dg-dots a")
    hrefs = links.evaluate_all("links => links.map((link) => link.href.baseVal)")
    assert sorted(hrefs) == sorted(f"../{paper['url']}" for paper in papers)
    title = links.first.locator("title").text_content()
    dot = links.first.locator("circle, path")
    box = dot.bounding_box() or {}
    # the name of a region may be written across the middle of a dot
    dot.click(position={"x": box["width"] / 2, "y": box["height"] / 10})
    expect(page.locator("h1")).to_contain_text((title or "").split(":")[0])


def test_the_map_is_read_without_a_script(context: BrowserContext, served: str) -> None:
    """Points have titles, regions have names, and a table says it in words."""
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{served}map/")
    assert page.locator(".dg-dots :is(circle, path)").count() == 9
    assert page.locator(".dg-names text").count() == page.locator(".dg-beside tbody tr").count() > 2
    plain.close()


def test_coming_nearer_and_going_back(page: Page, served: str) -> None:
    """Buttons, keys, the wheel with Ctrl and a double click; the wheel alone scrolls the page."""
    page.goto(f"{served}map/")
    svg = page.locator(".dg-plane svg")
    whole = svg.get_attribute("viewBox")
    page.get_by_role("button", name="Nearer").click()
    assert svg.get_attribute("viewBox") != whole
    page.get_by_role("button", name="All").click()
    expect(svg).to_have_attribute("viewBox", whole or "")
    page.locator(".dg-plane").focus()
    page.keyboard.press("+")
    nearer = svg.get_attribute("viewBox")
    assert nearer != whole
    page.keyboard.press("ArrowRight")
    assert svg.get_attribute("viewBox") != nearer
    page.keyboard.press("0")
    expect(svg).to_have_attribute("viewBox", whole or "")
    svg.hover()
    page.mouse.wheel(0, 40)
    expect(svg).to_have_attribute("viewBox", whole or "")


def test_a_drag_is_no_click(page: Page, served: str) -> None:
    """Moving the map does not open the paper under the finger."""
    page.goto(f"{served}map/")
    page.get_by_role("button", name="Nearer").click()
    svg = page.locator(".dg-plane svg")
    before = svg.get_attribute("viewBox")
    box = svg.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 200
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 150, y - 60, steps=4)
    page.mouse.up()
    assert svg.get_attribute("viewBox") != before
    assert page.url == f"{served}map/"


def test_a_phone_scrolls_the_map_and_not_the_page(context: BrowserContext, served: str) -> None:
    """Names stay large enough to be read; the page is no wider than the phone."""
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{served}map/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('.dg-plane').scrollWidth") > 390


def test_names_without_room_are_seen_from_near(page: Page, served: str) -> None:
    """From afar they would hide the points; the table names them all."""
    page.goto(f"{served}map/")
    page.evaluate("document.querySelector('.dg-names a').classList.add('dg-waits')")
    name = page.locator(".dg-waits text").first
    expect(name).to_be_hidden()
    page.get_by_role("button", name="Nearer").click()
    expect(name).to_be_visible()
