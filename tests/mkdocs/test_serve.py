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
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import COMET, YEAST, Folder

PATIENCE = 60
"""Seconds after which waiting has no more sense on the slowest machine."""


@dataclass(frozen=True)
class Preview:
    """A running `digest serve`."""

    url: str
    log: Path

    def page(self, path: str = "") -> str:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:  # noqa: S310
            return str(answer.read().decode())

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


@pytest.fixture
def preview(folder: Folder, tmp_path: Path) -> Iterator[Preview]:
    folder.seed("a.txt", f"{COMET}\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = tmp_path / "log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("digest"), "serve", "-a", address],
            cwd=folder.path,
            stdout=stream,
            stderr=stream,
        )
    running = Preview(f"http://{address}/", log)
    try:
        wait(lambda: "comet" in running.page())
        yield running
    finally:
        process.terminate()
        process.wait(10)


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
    own.write_text(good.replace("site_name:", "site_name: Evening news #"))
    wait(lambda: "Evening news" in preview.page())
    register = folder.path / "seeds" / "register.jsonl"
    rows = register.read_text()
    register.write_text("broken\n")
    wait(lambda: "expected a line of the register" in preview.said())
    assert "Evening news" in preview.page()
    register.write_text(rows)
    folder.seed("b.txt", f"{YEAST}\n")
    wait(lambda: "2 papers" in preview.page())


def test_a_digest_without_site_src_is_served(folder: Folder) -> None:
    """As after a clone, where generated pages are not kept; a wrong port is wrong usage."""
    shutil.rmtree(folder.path / "site_src")
    done = folder.run("serve", "-a", "127.0.0.1:99999")
    assert done.returncode == 2
    assert "expected an address to serve at" in done.stderr
    assert (folder.path / "site_src" / "index.md").exists()


def test_a_port_in_use_is_named_with_a_way_out(folder: Folder) -> None:
    """The advice is a command."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = folder.run("serve", "-a", f"127.0.0.1:{taken.getsockname()[1]}")
    assert done.returncode == 1
    assert "expected a free port" in done.stderr
