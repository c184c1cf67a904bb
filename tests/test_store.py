"""What is kept from one run to the next."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

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


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"SQLite format 3\x00", b"x" * 9000])
def test_a_damaged_file_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    """Whatever the file holds, nothing is raised, nothing wrong is found, and it is made anew."""
    (tmp_path / store.FILE).write_bytes(content)
    cache = Cache(tmp_path, "stage 1")
    assert cache.get("a") is None
    cache.put("a", 3)
    cache.save()
    assert Cache(tmp_path, "stage 1").get("a") == 3


@given(st.data())
def test_a_file_damaged_in_any_place_gives_what_was_put_or_nothing(data: st.DataObject) -> None:
    """Bytes that nobody put there are no result, and the next run stores its own."""
    with TemporaryDirectory() as folder:
        put = {name: [name] * 300 for name in "abcdef"}
        _stored(Path(folder), put)
        file = Path(folder, store.FILE)
        content = bytearray(file.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(1, 2000))
        content[place : place + length] = data.draw(st.binary(min_size=1, max_size=8)) * 200
        file.write_bytes(content)
        cache = Cache(Path(folder), "stage 1")
        for name, value in put.items():
            assert cache.get(name) in (None, value)
            cache.put(name, value)
        cache.save()
        again = Cache(Path(folder), "stage 1")
        assert [again.get(name) in (None, value) for name, value in put.items()] == [True] * 6


def _stored(folder: Path, values: dict[str, list[str]]) -> None:
    cache = Cache(folder, "stage 1")
    for name, value in values.items():
        cache.put(name, value)
    cache.save()


def test_a_changed_entry_is_not_found(tmp_path: Path) -> None:
    """JSON that nobody put there is no result, though it can be read."""
    _stored(tmp_path, {"a": ["1"], "b": ["1"]})
    with sqlite3.connect(tmp_path / store.FILE) as results:
        results.execute("UPDATE results SET value = '[\"2\"]' WHERE key = 'a'")
    results.close()
    cache = Cache(tmp_path, "stage 1")
    assert (cache.get("a"), cache.get("b")) == (None, ["1"])
    cache.put("a", ["3"])
    cache.save()
    again = Cache(tmp_path, "stage 1")
    assert (again.get("a"), again.get("b")) == (["3"], None)  # a file with damage is made anew


def test_bytes_are_stored_as_they_are(tmp_path: Path) -> None:
    """A picture or an array needs no encoding."""
    cache = Cache(tmp_path, "stage 1")
    cache.put("a", b"\x00\xff")
    cache.save()
    assert Cache(tmp_path, "stage 1").get("a") == b"\x00\xff"


def test_stages_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each stage drops only its own results."""
    _stored(tmp_path, {"a": ["1"]})
    other = Cache(tmp_path, "stage 2")
    other.put("b", 2)
    other.save()
    assert Cache(tmp_path, "stage 1").get("a") == ["1"]


def test_a_run_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    """The file stays as it was, to the byte and the time."""
    _stored(tmp_path, {"a": ["1"]})
    before = (tmp_path / store.FILE).stat()
    cache = Cache(tmp_path, "stage 1")
    cache.get("a")
    cache.save()
    assert (tmp_path / store.FILE).stat().st_mtime_ns == before.st_mtime_ns
    assert [file.name for file in tmp_path.iterdir()] == [store.FILE]


def test_a_file_locked_by_another_build_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another build writes, its results count and ours are not stored."""
    monkeypatch.setattr(store, "LOCKED", 0.01)
    _stored(tmp_path, {"a": ["1"]})
    other = sqlite3.connect(tmp_path / store.FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    cache = Cache(tmp_path, "stage 1")
    assert cache.get("a") is None
    cache.put("b", 2)
    cache.save()
    other.execute("ROLLBACK")
    other.close()
    cache = Cache(tmp_path, "stage 1")
    assert (cache.get("a"), cache.get("b")) == (["1"], None)


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
