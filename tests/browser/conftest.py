"""A small digest, built once, served on a free port, and looked at in a real Chromium."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.seeds import DIGEST, GUIDE, SEEDS, SOURCES
from tests.conftest import Folder

LAUNCH = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # every window would load two pages of suggestions for an address bar that nobody sees
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
]
BUILT_ON = date(2025, 3, 24)
"""The day on which the toy digest is built."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built toy site."""
    return build(tmp_path_factory.mktemp("toy"), SEEDS, SOURCES, GUIDE)


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """Where the toy site is served, with a slash at its end, in a folder as on most hosts."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; skipped where there is none, except under CI."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None and not os.environ.get("CI"):
        pytest.skip("no chromium on this machine: install it to run the browser tests")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=LAUNCH)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page of that reader."""
    return context.new_page()


def build(folder: Path, seeds: dict[str, str], sources: str = "", guide: str = "") -> Path:
    """Make a digest of documents, and perhaps a guide, in a new folder and return its site."""
    (folder / "seeds").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(DIGEST, encoding="utf-8")
    for name, text in {**seeds, "sources.yml": sources}.items():
        (folder / "seeds" / name).write_text(text, encoding="utf-8")
    if guide:
        (folder / "site_src" / "guide").mkdir(parents=True)
        (folder / "site_src" / "guide" / "index.md").write_text(guide, encoding="utf-8")
    done = Folder(folder).run("build", today=BUILT_ON)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@contextlib.contextmanager
def serving(site: Path, under: str = "/digest/") -> Iterator[str]:
    """Serve a folder below an address such as GitHub Pages gives a project."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def translate_path(self, path: str) -> str:
            return super().translate_path("/" + path.removeprefix(under))

        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{under}"
        server.shutdown()
