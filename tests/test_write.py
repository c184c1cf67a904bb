"""Only what changed is written, only what is ours is removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import WriteError
from digest.models import Page
from digest.write import write


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    """Equal content leaves the file alone, to the nanosecond."""
    pages = [Page("a.md", b"one"), Page("b/c.md", b"two")]
    assert write(pages, tmp_path).changed == ("a.md", "b/c.md")
    before = (tmp_path / "b" / "c.md").stat().st_mtime_ns
    assert write(pages, tmp_path).changed == ()
    assert (tmp_path / "b" / "c.md").stat().st_mtime_ns == before


def test_a_page_that_is_gone_goes_and_its_folder_too(tmp_path: Path) -> None:
    """But only where we wrote it."""
    write([Page("a.md", b"one"), Page("b/c.md", b"two")], tmp_path)
    (tmp_path / "mine.md").write_text("mine")
    assert write([Page("a.md", b"one")], tmp_path).removed == ("b/c.md",)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".digest.json", "a.md", "mine.md"]


def test_a_hand_written_page_is_never_touched(tmp_path: Path) -> None:
    """It stands where ours would, and we say so."""
    (tmp_path / "about.md").write_text("mine")
    assert write([Page("about.md", b"ours")], tmp_path).kept == ("about.md",)
    assert write([], tmp_path).removed == ()
    assert (tmp_path / "about.md").read_text() == "mine"


def test_a_lost_manifest_costs_nothing(tmp_path: Path) -> None:
    """Files that hold what we would write are ours."""
    write([Page("a.md", b"one")], tmp_path)
    (tmp_path / ".digest.json").write_text("{broken")
    assert write([Page("a.md", b"one")], tmp_path).kept == ()
    assert write([], tmp_path).removed == ("a.md",)


@given(st.text(max_size=12))
def test_no_path_leads_out_of_the_folder(path: str) -> None:
    """Whatever a page is called."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "in"
        try:
            write([Page(f"../{path}", b"x"), Page(path, b"x")], inside)
        except WriteError:
            assert [entry.name for entry in Path(folder).iterdir()] in ([], ["in"])
        else:
            pytest.fail("a path out of the folder was written")
