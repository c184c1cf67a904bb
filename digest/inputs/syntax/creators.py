"""Authors in the forms in which programs store them: objects, lists, strings, nested."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from digest.inputs.syntax import bylines, person_names
from digest.language.strings import squeeze

_FAMILY = ("family", "lastname", "last", "surname", "familyname", "familynames", "surnames", "keyname", "lname", "nachname", "nom",
           "apellido", "apellidos", "sn")  # fmt: skip
_GIVEN = ("given", "firstname", "first", "forenames", "forename", "givenname", "givennames", "firstnames", "fname", "vorname",
          "prenom", "nombre", "initials", "initial")  # fmt: skip
_MIDDLE = ("middle", "middlename", "middlenames", "secondname")
_PARTICLE = ("nondroppingparticle", "droppingparticle", "nameparticle", "particle", "prefix")
_SUFFIX = ("suffix", "namesuffix", "generation", "lineage")
_ORGANISATION = (
    "literal",
    "collectivename",
    "collab",
    "organization",
    "organisation",
    "corporatename",
    "collaboration",
    "groupname",
)
"""Keys of the name of an organisation, which is not inverted."""
_WHOLE = ("author", "creator", "person", "agent", "user", "fullname", "name", "displayname", "preferredname", "preferredfullname",
          "authorname", "authorfullname", "creatorname", "rawauthorname", "rawname", "standardname", "label", "value", "text", "content",
          "html", "term", "")  # fmt: skip
"""Keys of a full name, or of an object that has one; '' is what remains of `$` and `_`."""
_ROLES = (
    "creatortype",
    "role",
    "contributorrole",
    "contributortype",
    "relator",
    "roles",
    "relationship",
)
"""Keys of what a person contributed."""
_OTHER_ROLE = re.compile(
    r"\s*(?:(?:series|book)?\s?-?_?(?:editor|translator|reviewer|illustrator|contributor|advisor|adviser|supervisor|funder|publisher"
    r"|sponsor|compiler|recipient|contact ?person)s?|edt?|trl|ths|fnd|pbl)\s*",
    re.I,
)  # fmt: skip
"""Contributions other than writing."""
_DEPTH = 6
"""Maximum nesting of lists and objects."""


def authors(value: Any) -> tuple[str, ...]:
    """Return the names, given name first, in a value of any form.

    >>> authors(
    ...     [{"given": "Ada", "family": "Lovelace"}, ["Babbage", "Charles", ""], "Boole, George"]
    ... )
    ('Ada Lovelace', 'Charles Babbage', 'George Boole')
    >>> jan = {"author": {"display_name": "Jan Roe"}}
    >>> authors([{"creator": "Poe, Ann"}, jan, {"name": {"$": "Li Na"}}])
    ('Ann Poe', 'Jan Roe', 'Li Na')
    >>> authors([{"firstName": "A", "lastName": "B", "creatorType": "editor"}, {"name": "C D"}])
    ('C D',)
    >>> authors("['Ada Lovelace', 'Sean O\\\\'Neill']"), authors({"author": [{"name": "Ada Roe"}]})
    (('Ada Lovelace', "Sean O'Neill"), ('Ada Roe',))
    >>> authors(None)
    ()
    """
    return _authors(value, _DEPTH)


def _authors(value: Any, depth: int) -> tuple[str, ...]:
    if depth < 0 or value is None:
        return ()
    if isinstance(value, str):
        stored = _parse_stored_list(value[: bylines.LONGEST].strip())
        return bylines.names(value) if stored is None else _authors(stored, depth - 1)
    if isinstance(value, Mapping):
        return _of_object(value, depth - 1)
    return _of_list(value, depth - 1) if isinstance(value, list) else ()


def _parse_stored_list(text: str) -> list[Any] | None:
    """Parse a list stored as text, in JSON or as Python prints it; None for other text."""
    if not re.match(r"\[\s*[\[{'\"]", text) or not text.endswith("]"):
        return None
    try:
        made = json.loads(text)
        return made if isinstance(made, list) else None
    except (ValueError, RecursionError):
        strings = re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", text)
        return [re.sub(r"\\(.)", r"\1", one or two) for one, two in strings] or None


def _of_list(items: Sequence[Any], depth: int) -> tuple[str, ...]:
    """Return the names in a list; of editors and the like only where there are no authors."""
    items = [item for item in items if not _is_other(item)] or items
    if all(isinstance(item, str) for item in items):
        if len(items) == 1:
            return _authors(items[0], depth)
        return bylines.names_from_rows(
            [squeeze(item) for item in items]
        )  # a name may go over two lines
    return tuple(name for item in items for name in _item(item, depth) if name)


def _item(item: Any, depth: int) -> tuple[str, ...]:
    if isinstance(item, str):
        return (person_names.person(item),)
    if isinstance(item, list) and len(item) > 1 and all(isinstance(part, str) for part in item):
        family, given, suffix = ([str(part) for part in item[:3]] + ["", "", ""])[:3]
        return (squeeze(f"{given} {family} {suffix}"),)  # arXiv's authors_parsed
    return _authors(item, depth)


def _is_other(item: Any) -> bool:
    """Whether an object is a person who did not write: an editor, a translator, a funder."""
    if not isinstance(item, Mapping):
        return False
    low = _keyed(item)
    roles = [_text(low[key]) for key in _ROLES if key in low]
    return any(map(_OTHER_ROLE.fullmatch, roles))


def _of_object(value: Mapping[Any, Any], depth: int) -> tuple[str, ...]:
    low = _keyed(value)
    if family := _first(low, _FAMILY):
        parts = [_first(low, _GIVEN), _first(low, _MIDDLE), _first(low, _PARTICLE), family]
        return (person_names.bare(squeeze(" ".join([*parts, _first(low, _SUFFIX)]))),)
    if group := _first(low, _ORGANISATION):
        return () if person_names.is_nobody(group) else (group,)
    for key in _WHOLE:
        if low.get(key):
            return _whole(low, low[key], depth)
    if given := _first(low, _GIVEN):
        return (given,)
    inner = [item for item in value.values() if isinstance(item, (Mapping, list))]
    return _of_list(inner[0] if len(inner) == 1 and isinstance(inner[0], list) else inner, depth)


def _whole(low: Mapping[str, Any], value: Any, depth: int) -> tuple[str, ...]:
    """Return the names in a full name, or in the object or list in its place."""
    if not isinstance(value, str):
        return _authors(value, depth)
    if re.match(r"organi[sz]ation", _text(low.get("nametype") or low.get("type") or ""), re.I):
        return (squeeze(value),)
    return (
        tuple(filter(None, [person_names.person(value)]))
        if value.count(",") < 2
        else bylines.names(value)
    )


def _keyed(value: Mapping[Any, Any]) -> dict[str, Any]:
    """Return an object by its keys in lower case, without namespaces and separators of words."""
    named = ((str(key).rpartition(":")[2].lower(), inner) for key, inner in value.items())
    return {re.sub(r"[^a-z]", "", key): inner for key, inner in named}


def _first(low: Mapping[str, Any], keys: Sequence[str]) -> str:
    return next((made for key in keys if (made := _text(low.get(key)))), "")


def _text(value: Any) -> str:
    """Return the text of a part of a name: of a string, of a list joined, of a nested object."""
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, list):
        return squeeze(" ".join(part for part in value[:10] if isinstance(part, str)))
    if isinstance(value, Mapping):
        low = _keyed(value)
        return next(
            (low[k] for k in ("value", "text", "content", "") if isinstance(low.get(k), str)), ""
        )
    return ""
