"""What is kept of a document that was read: exactly its reading, or nothing."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import inputs, store
from digest.inputs import codec, decoding, kept
from digest.inputs.folder import StoredDocument
from digest.language.dates import Rough
from digest.models import UNREADABLE, Link, Note, Problem, Reading
from digest.papers.normalize import clean
from digest.store import Cache
from tests import GOLDEN
from tests.conftest import COMET, YEAST, Folder
from tests.inputs.test_office import pdf, rich, word

EXAMPLES = [
    path.read_bytes()
    for form in inputs.FORMATS
    for path in sorted((GOLDEN / form.name).glob("*.txt"))
]
"""Documents in every format."""


def stored(data: bytes, name: str = "a.txt", **noted: Any) -> StoredDocument:
    return StoredDocument(name, data, sha256(data).hexdigest(), Note(**noted))


def kept_at(found: StoredDocument) -> str:
    """The key of a reading, as the cache is asked for it."""
    asked: list[str] = []
    cache = Cache.none()
    cache.put = lambda key, value: asked.append(key)  # type: ignore[method-assign]
    kept.reading(found, cache)
    return asked[0]


# --- the same reading ----------------------------------------------------------------------


def test_what_is_kept_is_what_was_read() -> None:
    """In every format, and of what cannot be read at all, to the precision of a date."""
    cut = gzip.compress(EXAMPLES[0])[:-20]
    for data in (*EXAMPLES, pdf(), rich(), word(), cut, b"", b"%PDF-1.7 x", bytes(range(27)) * 50):
        found, cache = stored(data), Cache.none()
        first = kept.reading(found, cache)
        again = kept.reading(found, cache)
        assert again is not first
        assert again == first
        assert repr(again) == repr(first)  # equal dates may be a day and a year


@given(st.sampled_from(EXAMPLES), st.integers(0, 5000), st.integers(0, 200), st.binary(max_size=20))
def test_damage_is_kept_as_it_was_read(data: bytes, start: int, length: int, put: bytes) -> None:
    """Whatever a document holds, its reading is found again as it was."""
    found, cache = stored(data[:start] + put + data[start + length :]), Cache.none()
    assert repr(kept.reading(found, cache)) == repr(kept.reading(found, cache))


def test_a_reading_is_that_of_its_text_with_clean_records() -> None:
    """The formats and the cleaning are all there is to it; only the text is let go."""
    for data in EXAMPLES:
        made = kept.reading(stored(data), Cache.none())
        own = inputs.read(decoding.decode("a.txt", data))
        assert made.records == tuple(map(clean, own.records))
        assert replace(made, records=()) == replace(
            own, records=(), seed=replace(own.seed, text="")
        )


# --- when it is found again ------------------------------------------------------------------


def test_a_known_document_is_not_read_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many documents, a build decodes the one that is new."""
    folder.seed("2025-03-11.txt", f"{COMET}\n")
    folder.seed("broken.pdf", b"%PDF-1.7 x")
    folder.build()
    read: list[str] = []

    def decode(name: str, *given: Any) -> object:
        read.append(name)
        return original(name, *given)

    original = decoding.decode
    monkeypatch.setattr(decoding, "decode", decode)
    folder.seed("2025-03-12.txt", f"{YEAST}\n")
    assert len(folder.build().digest.papers) == 2
    assert read == ["2025-03-12.txt"]


@pytest.mark.parametrize(
    "other",
    [
        stored(f"{YEAST}\n".encode()),
        stored(f"{COMET}\n".encode(), "b.txt"),
        stored(f"{COMET}\n".encode(), url="https://a.org"),
        stored(f"{COMET}\n".encode(), date=date(2025, 3, 11)),
        stored(f"{COMET}\n".encode(), format="note"),
    ],
    ids=["bytes", "name", "noted address", "noted date", "noted format"],
)
def test_what_a_reading_depends_on_makes_another(other: StoredDocument) -> None:
    """Another text, name or note is another reading."""
    assert kept_at(other) != kept_at(stored(f"{COMET}\n".encode()))


def test_another_library_makes_another_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the extra for office documents is installed, what was refused is read."""
    versions = {"pypdf": "7.1"}

    def version(name: str) -> str:
        if name not in versions:
            raise store.metadata.PackageNotFoundError
        return versions[name]

    monkeypatch.setattr(store.metadata, "version", version)
    with_pdf = store.version.__wrapped__()
    versions.clear()
    assert store.version.__wrapped__() != with_pdf


def test_an_unreadable_document_uses_its_note(folder: Folder) -> None:
    """A note about a document is used, although the document cannot be decoded."""
    folder.seed("scan.png", b"\x89PNG\r\n\x1a\n")
    folder.seed("sources.yml", "scan.png: {name: A scan, date: 2025-03-11}\n")
    (account,) = folder.build().digest.accounts
    assert (account.format, account.name, account.day) == (UNREADABLE, "A scan", date(2025, 3, 11))
    assert ["a PNG picture" in problem.message for problem in account.problems] == [True]


# --- files of caches that somebody else wrote ----------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.binary() | VALUES.map(lambda value: json.dumps(value).encode()) | VALUES)
def test_what_is_no_reading_is_not_believed(value: object) -> None:
    """A value with a right checksum that is none is made anew."""
    found = stored(f"{COMET}\n".encode())
    cache = Cache.none()
    cache.put(kept_at(found), value)
    assert kept.reading(found, cache) == kept.reading(found, Cache.none())


@given(st.data())
def test_a_reading_has_the_types_it_should_have(data: st.DataObject) -> None:
    """If one value in a kept reading is of another type, all of it is refused."""
    values = json.loads(codec.dumps(kept.reading(stored(EXAMPLES[0]), Cache.none())))
    place, at = values, 0
    while True:
        at = data.draw(st.integers(0, len(place) - 1))
        if not (isinstance(place[at], list) and place[at] and data.draw(st.booleans())):
            break
        place = place[at]
    before, after = place[at], data.draw(VALUES)
    place[at] = after
    try:
        loaded = codec.loads(Reading, json.dumps(values).encode())
    except ValueError:
        return
    assert type(before) is type(after) or None in (before, after) or isinstance(before, float)
    assert codec.loads(Reading, codec.dumps(loaded)) == loaded


def test_lists_without_end_are_refused() -> None:
    """What is nested deeper than Python counts is an error like any other."""
    with pytest.raises(ValueError, match="without end"):
        codec.loads(Link, b"[" * 100_000)


# --- the form in which it is kept ----------------------------------------------------------------

TEXT = st.text(st.characters())  # with halves of letters, as JSON has them
DAYS = st.dates() | st.builds(Rough.of, st.integers(1, 9999)) | st.builds(
    Rough.of, st.integers(1, 9999), st.integers(1, 12)
)  # fmt: skip


@given(st.builds(Problem, TEXT, st.integers(), TEXT) | st.builds(Note, TEXT, date=DAYS))
def test_a_noun_is_loaded_as_it_was(noun: object) -> None:
    """Text of any letters, numbers of any size, and dates of any precision."""
    loaded = codec.loads(type(noun), codec.dumps(noun))
    assert loaded == noun
    assert repr(loaded) == repr(noun)


@given(st.from_type(Reading))
def test_any_reading_is_loaded_as_it_was(reading: Reading) -> None:
    """Every field of every noun in a reading is kept, were it not even a number."""
    data = codec.dumps(reading)
    assert codec.dumps(codec.loads(Reading, data)) == data


def test_two_halves_of_a_letter_stay_two() -> None:
    """Escapes of JSON would make one letter of them."""
    link = Link("\ud83d" + "\ude00")
    assert codec.loads(Link, codec.dumps(link)) == link
