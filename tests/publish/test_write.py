"""Only what changed is written, only what is ours is removed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import store
from digest.errors import RenderError, WriteError
from digest.models import Page
from digest.publish.write import STAGE, write


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    """Equal content leaves the file alone, to the nanosecond."""
    pages = [Page("a.md", lambda: b"one"), Page("b/c.md", lambda: b"two")]
    assert write(pages, tmp_path).changed == ("a.md", "b/c.md")
    before = (tmp_path / "b" / "c.md").stat().st_mtime_ns
    assert write(pages, tmp_path).changed == ()
    assert (tmp_path / "b" / "c.md").stat().st_mtime_ns == before


def test_a_page_that_is_gone_goes_and_its_folder_too(tmp_path: Path) -> None:
    """But only where we wrote it."""
    write([Page("a.md", lambda: b"one"), Page("b/c.md", lambda: b"two")], tmp_path)
    (tmp_path / "mine.md").write_text("mine")
    assert write([Page("a.md", lambda: b"one")], tmp_path).removed == ("b/c.md",)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".digest.json", "a.md", "mine.md"]


def test_a_hand_written_page_is_never_touched(tmp_path: Path) -> None:
    """It is where the digest's own would be, and a message says so."""
    (tmp_path / "about.md").write_text("mine")
    assert write([Page("about.md", lambda: b"ours")], tmp_path).kept == ("about.md",)
    assert write([], tmp_path).removed == ()
    assert (tmp_path / "about.md").read_text() == "mine"


def test_a_lost_manifest_costs_nothing(tmp_path: Path) -> None:
    """Files that hold what we would write are ours."""
    write([Page("a.md", lambda: b"one")], tmp_path)
    (tmp_path / ".digest.json").write_text("{broken")
    assert write([Page("a.md", lambda: b"one")], tmp_path).kept == ()
    assert write([], tmp_path).removed == ("a.md",)


def test_a_page_that_cannot_be_made_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """Pages appear together or not at all, and nothing is left of those that were made."""
    write([Page("a.md", lambda: b"one")], tmp_path)

    def pages() -> Iterator[Page]:
        yield Page("a.md", lambda: b"two")
        yield Page("b/c.md", lambda: b"new")
        raise RenderError("a template failed")

    with pytest.raises(RenderError):
        write(pages(), tmp_path)
    assert (tmp_path / "a.md").read_bytes() == b"one"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".digest.json", "a.md"]


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    """Pages that waited for a build that never ended are none of the next one."""
    (tmp_path / STAGE / "old").mkdir(parents=True)
    (tmp_path / STAGE / "old" / "x.md").write_text("half")
    write([Page("a.md", lambda: b"one")], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".digest.json", "a.md"]


@given(st.text(max_size=12))
def test_no_path_leads_out_of_the_folder(path: str) -> None:
    """Whatever a page is called."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "in"
        try:
            write([Page(f"../{path}", lambda: b"x"), Page(path, lambda: b"x")], inside)
        except WriteError:
            assert [entry.name for entry in Path(folder).iterdir()] in ([], ["in"])
        else:
            pytest.fail("a path out of the folder was written")


def kept(path: str, text: bytes, key: str, made: list[str]) -> Page:
    """A page that says when it is made."""
    return Page(path, lambda: (made.append(path), text)[1], key)


def test_a_page_with_the_key_of_last_time_is_not_made(tmp_path: Path) -> None:
    """Another key has it made, and no key as well."""
    folder, made = tmp_path / "site_src", list[str]()

    def run(*keys: str) -> list[str]:
        made.clear()
        pages = [kept(f"{place}.md", b"text", key, made) for place, key in enumerate(keys)]
        write(pages, folder, tmp_path / "cache")
        return list(made)

    assert run("a", "b", "") == ["0.md", "1.md", "2.md"]
    assert run("a", "b", "") == ["2.md"]
    assert run("a", "c", "") == ["1.md", "2.md"]
    assert run("a", "c") == []
    assert not (folder / "2.md").exists()


@pytest.mark.parametrize("change", ["edited", "replaced", "gone", "folder gone", "cache gone"])
def test_whatever_happens_to_a_file_it_is_there_again(tmp_path: Path, change: str) -> None:
    """A file is taken for the one that was written only if it is."""
    folder, cache, made = tmp_path / "site_src", tmp_path / "cache", list[str]()
    pages = [kept("a.md", b"one", "k", made), kept("b/c.md", b"two", "k", made)]
    write(pages, folder, cache)
    file = folder / "a.md"
    if change == "edited":
        file.write_bytes(b"1ne")
    elif change == "replaced":
        file.unlink()
        file.write_bytes(b"1ne")
    elif change == "gone":
        file.unlink()
    else:
        shutil.rmtree(folder if change == "folder gone" else cache)
    for _ in range(2):
        write(pages, folder, cache)
        assert (file.read_bytes(), (folder / "b" / "c.md").read_bytes()) == (b"one", b"two")
    if change in ("gone", "folder gone"):
        assert made == ["a.md", "b/c.md"]  # a fresh checkout takes them from the cache


@pytest.mark.parametrize("path", ["../seeds/a.bib", "/etc/a.bib", "a/../../b"])
def test_what_is_kept_leads_to_no_file_outside(tmp_path: Path, path: object) -> None:
    """A folder of caches may be anybody's: what is none of this is not looked at."""
    folder, cache = tmp_path / "site_src", tmp_path / "cache"
    mine = tmp_path / "seeds" / "a.bib"
    mine.parent.mkdir()
    mine.write_text("mine")
    write([Page("a.md", lambda: b"one", "k")], folder, cache)
    kept_files = store.Cache(cache, "written")
    for found in ({path: ["", "", 0, 0]}, [1], {"a.md": [1]}, "a"):
        kept_files.put(store.key(store.version()), found)
        kept_files.save()
        write([Page("b.md", lambda: b"two", "k")], folder, cache)
        assert mine.read_text() == "mine"


def test_a_file_of_the_editor_s_is_theirs_though_the_key_is_known(tmp_path: Path) -> None:
    """The page was the digest's, the file is not any more."""
    folder, made = tmp_path / "site_src", list[str]()
    pages = [kept("about.md", b"ours", "k", made)]
    write(pages, folder, tmp_path / "cache")
    (folder / ".digest.json").unlink()
    (folder / "about.md").write_text("mine")
    assert write(pages, folder, tmp_path / "cache").kept == ("about.md",)
    assert (folder / "about.md").read_text() == "mine"
