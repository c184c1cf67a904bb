"""Finding papers, in a real browser."""

from playwright.sync_api import Page


def test_today_opens(page: Page, served: str) -> None:
    """The front page has the digest's name."""
    page.goto(served)
    assert "Toy digest" in page.title()
