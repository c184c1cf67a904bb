"""Only what changed is written, only what is ours is removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import RenderError, WriteError
from digest.models import Page
from digest.publish.write import STAGE, write


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
    """It is where the digest's own would be, and a message says so."""
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


def test_a_page_that_cannot_be_made_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """Pages appear together or not at all, and nothing is left of those that were made."""
    write([Page("a.md", b"one")], tmp_path)

    def pages() -> Iterator[Page]:
        yield Page("a.md", b"two")
        yield Page("b/c.md", b"new")
        raise RenderError("a template failed")

    with pytest.raises(RenderError):
        write(pages(), tmp_path)
    assert (tmp_path / "a.md").read_bytes() == b"one"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".digest.json", "a.md"]


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    """Pages that waited for a build that never ended are none of the next one."""
    (tmp_path / STAGE / "old").mkdir(parents=True)
    (tmp_path / STAGE / "old" / "x.md").write_text("half")
    write([Page("a.md", b"one")], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".digest.json", "a.md"]


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
