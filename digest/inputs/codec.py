"""Frozen dataclasses as JSON, and back: what is loaded has the types that it should have.

Nothing that is loaded can run code, as a pickle can, and what is not of its type is
refused: a file of caches may be damaged, or written by somebody else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from digest.language import dates

Value = TypeVar("Value")
Load = Callable[[Any], Any]
"""Turns what JSON gave into a value of one type; raises `ValueError` for anything else."""


def dumps(value: object) -> bytes:
    """Return a dataclass as JSON: the list of its values, nested as they are.

    Raises `TypeError` for what is neither a dataclass, a date, nor a value of JSON.
    """
    text = json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")  # escapes would make a pair of halves one letter


def loads(kind: type[Value], data: bytes) -> Value:
    """Return the dataclass that `dumps` wrote; raise `ValueError` for anything else.

    >>> from digest.models import Link
    >>> loads(Link, dumps(Link("https://a.org", "code")))
    Link(url='https://a.org', kind='code')
    """
    try:
        found = json.loads(data.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError(f"expected {kind.__name__}, found lists without end") from error
    return cast(Value, _loader(cast(Any, kind))(found))


def _plain(value: Any) -> object:
    """Return what JSON has no form for as something that it has one for."""
    if isinstance(value, date):
        return dates.to_text(value)
    if isinstance(value, Mapping):
        return dict(value)
    return [getattr(value, field.name) for field in fields(value)]


@lru_cache(maxsize=256)
def _loader(kind: Any) -> Load:
    """Return what loads values of a type; raise `TypeError` for a type that no noun has."""
    origin, args = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _dataclass_loader(kind)
    if kind is date:
        return lambda found: dates.from_text(_checked(found, str))
    if origin is tuple and args[1:] == (...,):
        return _tuple_loader(_loader(args[0]))
    if origin is Mapping and args[0] is str:
        return _mapping_loader(_loader(args[1]))
    if origin is UnionType and args[1:] == (type(None),):
        return _optional_loader(_loader(args[0]))
    if origin is Literal:
        return lambda found: args[args.index(found)]
    if kind is float:
        return lambda found: _checked(found, float, int)
    if kind in (str, int, bool):
        return lambda found: _checked(found, kind)
    raise TypeError(f"expected a type of which the nouns are made, found {kind}")


def _checked(found: Any, *kinds: type) -> Any:
    """Return a value of one of these types; raise `ValueError` for any other."""
    if type(found) not in kinds:
        raise ValueError(f"expected {kinds[0].__name__}, found {type(found).__name__}")
    return found


def _dataclass_loader(kind: Any) -> Load:
    hints = get_type_hints(kind)
    loaders = [_loader(hints[field.name]) for field in fields(kind)]

    def load(found: Any) -> Any:
        values = zip(loaders, _checked(found, list), strict=True)
        return kind(*[loader(value) for loader, value in values])

    return load


def _tuple_loader(one: Load) -> Load:
    return lambda found: tuple([one(value) for value in _checked(found, list)])


def _mapping_loader(one: Load) -> Load:
    return lambda found: {name: one(value) for name, value in _checked(found, dict).items()}


def _optional_loader(one: Load) -> Load:
    return lambda found: None if found is None else one(found)
