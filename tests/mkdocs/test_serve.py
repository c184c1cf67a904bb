"""The preview: rebuilt as files change, and never worse than the last good site."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import COMET, GRAPH, YEAST, Folder

PATIENCE = 60
"""Seconds after which waiting has no more sense on the slowest machine."""


@dataclass(frozen=True)
class Preview:
    """A running `digest serve`."""

    url: str
    log: Path

    def page(self, path: str = "") -> str:
        """What a browser shows, be it the page of an error."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:  # noqa: S310
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def epoch(self, after: int = 0) -> int:
        """The number of the site, once it is above another: what an open page waits for."""
        return int(self.page(f"livereload/{after}/1"))

    def said(self) -> str:
        return self.log.read_text()


def wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if condition():
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.2)
    pytest.fail("waited in vain")


@contextmanager
def serving(
    folder: Folder, log: Path, shows: str = "comet", program: str = "digest"
) -> Iterator[Preview]:
    """Serve at a free port, from when the front page shows some words."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [Path(sys.executable).with_name(program), "serve", "-a", address],
            cwd=folder.path,
            stdout=stream,
            stderr=stream,
        )
    running = Preview(f"http://{address}/", log)
    try:
        wait(lambda: shows in running.page())
        yield running
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def preview(folder: Folder, tmp_path: Path) -> Iterator[Preview]:
    folder.seed("a.txt", f"{COMET}\n")
    with serving(folder, tmp_path / "log") as running:
        yield running


def test_the_first_build_says_what_it_is_at(preview: Preview) -> None:
    """A large digest takes minutes: whoever waits sees that something happens."""
    said = preview.said()
    stages = [said.index(f"{stage} …") for stage in ("read", "keyphrases", "render", "site")]
    assert stages == sorted(stages)


def test_seeds_templates_and_settings_are_watched(folder: Folder, preview: Preview) -> None:
    """What a person edits is on the page a moment later; where that is, is said."""
    assert f"Serving on {preview.url}" in preview.said()
    folder.seed("b.txt", f"{YEAST}\n")
    wait(lambda: "2 papers" in preview.page())
    own = folder.path / "mkdocs.yml"
    own.write_text(own.read_text().replace("site_name:", "site_name: Evening news #"))
    wait(lambda: "Evening news" in preview.page())
    assert f"<link>{preview.url}</link>" in preview.page("feed.xml")


def test_a_broken_edit_is_reported_and_the_last_good_site_stays(
    folder: Folder, preview: Preview
) -> None:
    """Until it is mended."""
    own = folder.path / "mkdocs.yml"
    good = own.read_text()
    own.write_text(good.replace("topics: auto", "topic: auto"))
    wait(lambda: "did you mean 'topics'" in preview.said())
    assert "comet" in preview.page()
    before = preview.epoch()
    own.write_text(good.replace("site_name:", "site_name: Evening news #"))
    wait(lambda: preview.epoch() > before and "Evening news" in preview.page())
    register = folder.path / "seeds" / "register.jsonl"
    rows = register.read_text()
    register.write_text("broken\n")
    wait(lambda: "expected a line of the register" in preview.said())
    assert "Evening news" in preview.page()
    register.write_text(rows)
    folder.seed("b.txt", f"{YEAST}\n")
    wait(lambda: "2 papers" in preview.page())


def test_why_a_build_failed_is_shown_in_the_page(folder: Folder, preview: Preview) -> None:
    """Over the last good site, as text, whichever page one looks at, until it is mended."""
    own = folder.path / "mkdocs.yml"
    good = own.read_text()
    own.write_text(good.replace("topics: auto", "'<b>topic': auto"))
    wait(lambda: "The build failed" in preview.page())
    page = preview.page()
    assert "has no option &#x27;&lt;b&gt;topic&#x27;" in page
    assert "<b>topic" not in page
    assert "Aborted" not in page
    assert "comet" in page
    assert "The build failed" in preview.page("nowhere/")
    own.write_text(good)
    wait(lambda: "The build failed" not in preview.page())


def test_browsers_are_told_once_about_an_edit(folder: Folder, preview: Preview) -> None:
    """What a build itself writes, such as the register, is no edit."""
    epoch = preview.epoch()
    folder.seed("b.txt", f"{YEAST}\n")
    later = preview.epoch(after=epoch)
    assert later > epoch
    assert "2 papers" in preview.page()
    folder.seed("c.txt", f"{GRAPH}\n")
    preview.epoch(after=later)
    assert "3 papers" in preview.page()


def test_templates_that_come_while_serving_count(folder: Folder, preview: Preview) -> None:
    """The folder is made when somebody first wants a page to look different; and may go again."""
    file = folder.path / "templates" / "pages" / "about.md.j2"
    file.parent.mkdir(parents=True)
    file.write_text("# About\n\nWritten by an okapi.\n")
    wait(lambda: "okapi" in preview.page("about/"))
    file.write_text("# About\n\nWritten by a zebra.\n")
    wait(lambda: "zebra" in preview.page("about/"))
    shutil.rmtree(folder.path / "templates")
    wait(lambda: "zebra" not in preview.page("about/"))


def test_a_new_preview_begins_with_the_last_good_site(folder: Folder, tmp_path: Path) -> None:
    """Also if its own first build fails."""
    folder.seed("a.txt", f"{COMET}\n")
    with serving(folder, tmp_path / "first"):
        pass
    register = folder.path / "seeds" / "register.jsonl"
    rows = register.read_text()
    register.write_text("broken\n")
    with serving(folder, tmp_path / "second") as preview:
        wait(lambda: "expected a line of the register" in preview.page())
        assert "comet" in preview.page()
        register.write_text(rows)
        wait(lambda: "The build failed" not in preview.page())


def test_a_first_build_that_fails_says_why_and_is_mended(folder: Folder, tmp_path: Path) -> None:
    """There is no site yet, so the page has nothing but the message."""
    register = folder.path / "seeds" / "register.jsonl"
    register.write_text("broken\n")
    folder.seed("a.txt", f"{COMET}\n")
    with serving(folder, tmp_path / "log", shows="expected a line of the register") as preview:
        register.unlink()
        wait(lambda: "comet" in preview.page())


def test_mkdocs_serve_is_the_same_preview(folder: Folder, tmp_path: Path) -> None:
    """For whoever is used to that command."""
    folder.seed("a.txt", f"{COMET}\n")
    with serving(folder, tmp_path / "log", program="mkdocs") as preview:
        folder.seed("b.txt", f"{YEAST}\n")
        wait(lambda: "2 papers" in preview.page())
        (folder.path / "seeds" / "register.jsonl").write_text("broken\n")
        wait(lambda: "expected a line of the register" in preview.page())


def test_a_digest_without_site_src_is_served(folder: Folder, tmp_path: Path) -> None:
    """As after a clone, where generated pages are not kept."""
    shutil.rmtree(folder.path / "site_src")
    folder.seed("a.txt", f"{COMET}\n")
    with serving(folder, tmp_path / "log"):
        assert (folder.path / "site_src" / "index.md").exists()


@pytest.mark.parametrize("address", ["127.0.0.1:99999", "192.0.2.1:8000"])
def test_an_address_that_is_none_of_this_machine_is_wrong_usage(
    folder: Folder, address: str
) -> None:
    """It is named, and nothing is built."""
    done = folder.run("serve", "-a", address)
    assert done.returncode == 2
    assert f"expected an address to serve at, found {address}" in done.stderr
    assert not (folder.path / "site_src" / "index.md").exists()


def test_a_port_in_use_is_named_with_a_way_out(folder: Folder) -> None:
    """Before anything is built; the advice is a command."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = folder.run("serve", "-a", f"127.0.0.1:{port}")
    assert done.returncode == 1
    assert f"expected a free port, found 127.0.0.1:{port}" in done.stderr
    assert f"`digest serve -a 127.0.0.1:{port + 1}`" in done.stderr
    assert not (folder.path / "site_src" / "index.md").exists()
