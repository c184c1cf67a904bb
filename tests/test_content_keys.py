"""The same content has the same key; any other content has another one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from digest.content_keys import ContentKeys
from digest.models import Link, Paper

PAPER = Paper("k3v9q2xa", date(2025, 3, 11), "On Comets", "seed", "A comet broke in two.")

plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
values = st.recursive(
    plain | st.dates() | st.binary(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each) | st.frozensets(plain),
    max_leaves=12,
)


def copy(value: Any) -> Any:
    """The same value in other objects."""
    if isinstance(value, dict):
        return {copy(key): copy(each) for key, each in value.items()}
    if isinstance(value, list):
        return [copy(each) for each in value]
    if isinstance(value, frozenset):
        return frozenset(copy(each) for each in value)
    return f"{value} "[:-1] if isinstance(value, str) else value


def shape(value: Any) -> Any:
    """A value in which 1, 1.0 and True are not equal, nor 0.0 and -0.0."""
    if isinstance(value, dict):
        return "dict", [(shape(key), shape(each)) for key, each in value.items()]
    if isinstance(value, list):
        return [shape(each) for each in value]
    if isinstance(value, frozenset):
        return {repr(shape(each)) for each in value}
    return type(value).__name__, repr(value)


@given(values)
def test_equal_values_have_the_same_key(value: Any) -> None:
    """It does not matter which objects they are."""
    assert ContentKeys().of(value) == ContentKeys().of(copy(value))


@given(values, values)
def test_different_values_have_different_keys(one: Any, other: Any) -> None:
    """The types count, too."""
    are_same = shape(one) == shape(other)
    assert (ContentKeys().of(one) == ContentKeys().of(other)) == are_same
    assert ContentKeys().of(one, other) != ContentKeys().of([one, other])


@pytest.mark.parametrize(
    "changed",
    [
        replace(PAPER, title="On Comet"),
        replace(PAPER, date=date(2025, 3, 12)),
        replace(PAPER, links=(Link("https://example.org", "code"),)),
        replace(PAPER, identifiers={"doi": "10.1000/1"}),
    ],
)
def test_every_field_of_a_noun_counts(changed: Paper) -> None:
    """And a noun that was looked at before is not mistaken for another."""
    for kinds in ((), (Paper,)):
        keys = ContentKeys(*kinds)
        assert keys.of(PAPER) == keys.of(replace(PAPER)) != keys.of(changed)


def test_text_and_what_only_looks_like_it_differ() -> None:
    """Markup is printed as it is, text is escaped; a day is no time."""
    keys = ContentKeys()
    assert keys.of("<b>") != keys.of(Markup("<b>"))
    assert keys.of(date(2025, 3, 1)) != keys.of(datetime(2025, 3, 1))
    assert keys.of({"a": 1, "b": 2}) != keys.of({"b": 2, "a": 1})


def test_a_function_with_its_arguments_has_a_key() -> None:
    """Its code is that of the program; what it is called with is the rest."""
    keys = ContentKeys()
    assert keys.of(partial(copy, 1)) != keys.of(partial(copy, 2))
    assert keys.of(partial(copy, 1)) != keys.of(partial(shape, 1))


@dataclass
class Counter:
    """A thing that may change after it was looked at."""

    count: Callable[[], int]


@pytest.mark.parametrize("value", [object(), (lambda n: lambda: n)(1), Counter(lambda: 1).__eq__])
def test_what_cannot_be_looked_into_has_none(value: object) -> None:
    """A result must not be kept under half of what it depends on."""
    with pytest.raises(TypeError, match="has a key"):
        ContentKeys().of(value)


def test_they_are_the_same_in_every_run() -> None:
    """Though the order of a set is not."""
    code = (
        "from digest.content_keys import ContentKeys;"
        "print(ContentKeys().of(frozenset({'a', 'b', 'c', 'd'}), {'x': 'y'}))"
    )
    seeds = ({"PYTHONHASHSEED": str(seed)} for seed in (1, 2, 3))
    runs = [
        subprocess.run([sys.executable, "-c", code], env=seed, capture_output=True, check=True)
        for seed in seeds
    ]
    assert len({run.stdout for run in runs}) == 1
