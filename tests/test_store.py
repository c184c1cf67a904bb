"""What is kept from one run to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import store
from digest.store import Cache, key


def test_a_value_is_found_again_in_the_next_run(tmp_path: Path) -> None:
    """What was put and saved is there when the cache is opened again."""
    cache = Cache(tmp_path, "stage 1")
    cache.put("a", {"phrases": ["graph"], "worth": 1.5})
    cache.save()
    assert Cache(tmp_path, "stage 1").get("a") == {"phrases": ["graph"], "worth": 1.5}


def test_a_value_is_there_before_it_is_saved(tmp_path: Path) -> None:
    """A run finds what it put itself."""
    cache = Cache(tmp_path, "stage 1")
    cache.put("a", [1])
    assert cache.get("a") == [1]
    assert cache.get("b") is None


def test_entries_that_a_run_did_not_use_are_dropped(tmp_path: Path) -> None:
    """The file holds what the last run needed, so that it does not grow for ever."""
    cache = Cache(tmp_path, "stage 1")
    cache.put("old", 1)
    cache.put("kept", 2)
    cache.save()
    cache = Cache(tmp_path, "stage 1")
    assert cache.get("kept") == 2
    cache.save()
    assert Cache(tmp_path, "stage 1").get("old") is None
    assert Cache(tmp_path, "stage 1").get("kept") == 2


def test_another_version_does_not_read_old_results(tmp_path: Path) -> None:
    """A changed name finds nothing of the one before."""
    cache = Cache(tmp_path, "stage 1")
    cache.put("a", 1)
    cache.save()
    assert Cache(tmp_path, "stage 2").get("a") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"stage 1\na 00000000 [1",
        b"stage 1\na",
        b"stage 1\na 5e3a2b1c {]\n",
        b"stage 1\na [1]",
        b"\n\n\n",
    ],
)
def test_a_damaged_file_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    """Whatever the file holds, nothing is raised and nothing wrong is found."""
    (tmp_path / "stage.jsonl").write_bytes(content)
    cache = Cache(tmp_path, "stage 1")
    assert cache.get("a") is None
    cache.put("a", 3)
    cache.save()
    assert Cache(tmp_path, "stage 1").get("a") == 3


def test_a_changed_entry_is_not_found(tmp_path: Path) -> None:
    """JSON that nobody put there is no result, though it can be read."""
    cache = Cache(tmp_path, "stage 1")
    cache.put("a", [1, 2])
    cache.put("b", [1, 2])
    cache.save()
    file = tmp_path / "stage.jsonl"
    file.write_text(file.read_text().replace("[1,2]", "[1,3]", 1))
    cache = Cache(tmp_path, "stage 1")
    assert (cache.get("a"), cache.get("b")) == (None, [1, 2])


def test_a_run_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    """The file stays as it was, to the byte and the time."""
    cache = Cache(tmp_path, "stage 1")
    cache.put("a", 1)
    cache.save()
    before = (tmp_path / "stage.jsonl").stat()
    cache = Cache(tmp_path, "stage 1")
    cache.get("a")
    cache.save()
    assert (tmp_path / "stage.jsonl").stat().st_mtime_ns == before.st_mtime_ns
    assert [file.name for file in tmp_path.iterdir()] == ["stage.jsonl"]


def test_the_order_of_work_does_not_show_in_the_file(tmp_path: Path) -> None:
    """The same entries give the same bytes."""
    for folder, order in (("one", "ab"), ("two", "ba")):
        cache = Cache(tmp_path / folder, "stage 1")
        for name in order:
            cache.put(name, name)
        cache.save()
    one, two = ((tmp_path / folder / "stage.jsonl").read_bytes() for folder in ("one", "two"))
    assert one == two


def test_a_folder_that_cannot_be_written_to_costs_only_time(tmp_path: Path) -> None:
    """Where the folder should be there is a file: nothing is kept and nothing is raised."""
    (tmp_path / "taken").write_text("not a folder")
    cache = Cache(tmp_path / "taken", "stage 1")
    cache.put("a", 1)
    cache.save()
    assert cache.get("a") == 1


def test_no_cache_keeps_nothing_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`Cache.none()` lasts no longer than the run."""
    monkeypatch.chdir(tmp_path)
    cache = Cache.none()
    cache.put("a", 1)
    cache.save()
    assert cache.get("a") == 1
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_contents_have_different_keys(one: list[str], two: list[str]) -> None:
    """Two lists of strings share a key only if they are the same list."""
    assert (key(*one) == key(*two)) == (one == two)


@pytest.mark.parametrize("name", ["rules.py", "words.yml", "weights.json"])
def test_a_change_of_the_program_or_of_its_word_lists_makes_old_results_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nobody has to remember to count a version up."""
    monkeypatch.setattr(store, "__file__", str(tmp_path / "store.py"))
    versions = set[str]()
    for content in ("one", "two"):
        (tmp_path / name).write_text(content)
        store.version.cache_clear()
        versions.add(store.version())
    store.version.cache_clear()
    assert len(versions) == 2
