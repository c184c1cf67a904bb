"""A reader whose line breaks while a page is being read."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_reader import came_before


def test_what_is_new_is_marked_though_the_line_is_gone(page: Page, served: str) -> None:
    """What cannot be fetched is left out; nothing breaks."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/days.json", lambda route: route.abort())
    came_before(page, "2025-03-21")
    with page.expect_event("requestfailed", lambda request: "days.json" in request.url):
        page.goto(served)
    expect(page.locator(".dg-card .dg-newmark")).to_have_count(4)
    expect(page.locator(".dg-since")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert errors == []
