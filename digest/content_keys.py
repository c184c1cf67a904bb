"""Keys of values: what has the same key has the same content.

They depend on nothing but the values, not on the run, the machine or the order in which
objects were made; so a result can be kept under the key of what it was made from.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, time
from functools import cache, partial
from hashlib import blake2b
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType
from typing import Any

from markupsafe import Markup

_PLAIN = 0
"""The version of marshal in which equal values have equal bytes, as nothing is shared in it."""


class ContentKeys:
    """Keys of values, of which some kinds are looked at once, however often they are met."""

    def __init__(self, *kinds: type) -> None:
        """Remember the keys of these frozen dataclasses, and so keep their instances."""
        self._kinds = frozenset(kinds)
        self._known: dict[int, tuple[object, bytes]] = {}

    def of(self, *values: object) -> str:
        """Return the key of values, 32 hexadecimal digits.

        Values are dataclasses, text, numbers, days and containers of them, and functions with
        bound arguments; the code of functions counts by its name alone. Raises `TypeError` for
        anything else, as its content cannot be known.
        """
        return _digest(tuple(self._plain(value) for value in values)).hex()

    def _plain(self, value: Any) -> Any:
        """Return a value in tuples, text, numbers and bytes, with its type where that is lost."""
        kind: Any = type(value)
        if kind in _PRIMITIVE:
            return value
        if kind in self._kinds:
            known = self._known.get(id(value))
            if known is None:
                known = value, _digest(self._parts(value, _names(kind)))
                self._known[id(value)] = known
            return known[1]
        if kind is tuple or kind is list:
            return tuple([self._plain(each) for each in value])
        names = _names(kind)
        return self._parts(value, names) if names else (kind.__name__, *self._others(value))

    def _parts(self, value: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
        parts = [self._plain(getattr(value, name)) for name in names]
        return (type(value).__name__, *parts)

    def _others(self, value: Any) -> tuple[Any, ...]:
        if isinstance(value, Markup | PurePath):
            return (str(value),)
        if isinstance(value, date | time):
            return (value.isoformat(),)
        if isinstance(value, Mapping):
            return tuple([(self._plain(key), self._plain(value[key])) for key in value])
        if isinstance(value, AbstractSet):
            return tuple(sorted(_digest(self._plain(each)) for each in value))
        if isinstance(value, partial):
            return tuple(map(self._plain, (value.func, value.args, value.keywords)))
        if isinstance(value, FunctionType | BuiltinFunctionType) and not _closes(value):
            return (value.__module__, value.__qualname__)
        raise TypeError(f"expected a value whose content has a key, found {type(value).__name__}")


_PRIMITIVE = frozenset({str, int, float, bool, bytes, type(None)})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Return the fields of a dataclass; () for any other type."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _closes(function: FunctionType | BuiltinFunctionType) -> bool:
    """Return whether a function depends on values that its name does not tell."""
    return bool(getattr(function, "__closure__", None))


def _digest(plain: Any) -> bytes:
    return blake2b(marshal.dumps(plain, _PLAIN), digest_size=16).digest()
