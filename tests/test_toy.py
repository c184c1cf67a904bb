"""A toy digest, small and complete, and the whole site_src it becomes."""

from __future__ import annotations

import shutil

import pytest

from digest import __version__
from tests import GOLDEN
from tests.conftest import REWRITE, Folder, Golden
from tests.edits import toy_digest

EXPECTED = GOLDEN / "toy"
PICTURES = ".png"
"""Named, not compared: their bytes are those of a version of a library, and have tests of their
own."""


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The toy digest, generated once."""
    folder = toy_digest(tmp_path_factory.mktemp("toy") / "news")
    folder.build()
    return folder


def test_the_toy_digest_becomes_its_golden_site(
    toy: Folder, golden: Golden, request: pytest.FixtureRequest
) -> None:
    """Every page, feed, citation and data file, byte for byte; the diff of a change is its
    review."""
    made = {path: content for path, content in toy.pages().items() if path != ".digest.json"}
    if request.config.getoption(REWRITE):
        shutil.rmtree(EXPECTED, ignore_errors=True)
    golden(EXPECTED / "files.txt", "".join(f"{path}\n" for path in sorted(made)))
    for path, content in made.items():
        if not path.endswith(PICTURES):
            golden(EXPECTED / "site_src" / path, content.decode().replace(__version__, "VERSION"))


def test_the_toy_digest_is_built_without_a_complaint(toy: Folder) -> None:
    """Every one of its records is published or merged, and there is nothing to remark."""
    report = toy.build()
    assert report.problems == ()
    totals = report.digest.totals
    assert (totals.read, totals.published, totals.merged, totals.refused) == (6, 5, 1, 0)
