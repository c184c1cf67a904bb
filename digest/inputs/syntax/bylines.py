"""Bylines: lists of authors in their various conventions.

    Ada Lovelace, Charles Babbage and George Boole     as papers print them
    Lovelace, Ada; Babbage, Charles                    Scopus, Web of Science, EndNote
    Lovelace, Ada and Babbage, Charles                 BibTeX
    Lovelace, A., Babbage, C., & Boole, G.             APA, bioRxiv
    Lovelace A, Babbage CH                             PubMed, Vancouver

The strongest separator present separates the names. Whether a comma separates names or
is part of one depends on what is around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.inputs.syntax import person_names

LONGEST = 100_000
"""Maximum characters of a byline that are read; those of thousands of authors are shorter."""

_MARKED = re.compile(
    rf"(?<=[^\W\d_]|\.)[,^]?[{person_names.MARKS}][{person_names.MARKS},^]{{0,60}}(?![^\W_])(?=(\s+(?!(?:and|und|et)\b)[^\W\d_])?)"
)
"""Marks at the end of a name; group 1 matches where no other separator follows."""
_STRONG = (re.compile(r"[;；]"), re.compile(r"\s*[|·•‖\t]\s*"))
"""Separators that no name contains, the strongest first."""
_AND = re.compile(r",?\s+(?:and|und|et(?!\s+al\b)|&amp;|&)\s+", re.I)
_BEHALF = re.compile(r",?\s+(?:and\s+)?(?:on behalf of|for)\s+(?=the\s)", re.I)
_ET_AL = re.compile(
    r"[\s,;&]{0,3}(?:\band\s)?(?:\bet\.?\s?al\b\.?|\band others\b\.?|\.{3}|…|\+\s?\d{1,6}(?:\s(?:more|others|authors))?|\(?\b\d{1,6} (?:more|others|additional authors?(?: not shown)?)\)?)",
    re.I,
)
_OPENING = re.compile(r"\A\s*(?:by|authors?|written by)\s*(?::|\s(?=[^\W\d_]))\s*", re.I)
_TAIL = re.compile(r",\s*((?:Jr|Sr)\b\.?|2nd|3rd|II|III|IV)(?=\s*(?:,|;|&|\band\b|\Z))")
_WIDE = str.maketrans({"，": ",", "、": ",", "；": ";", "\u00a0": " "})


def names(text: str) -> tuple[str, ...]:
    """Return the names in a byline, given name first.

    >>> names("Knuth, Donald E. and Lamport, Leslie"), names("Ada Lovelace; Charles Babbage")
    (('Donald E. Knuth', 'Leslie Lamport'), ('Ada Lovelace', 'Charles Babbage'))
    >>> names("Harlow, B., Ito, K., & de la Cruz, M. P."), names("Brandt I, O'Neill S.")
    (('B. Harlow', 'K. Ito', 'M. P. de la Cruz'), ('I. Brandt', "S. O'Neill"))
    >>> names("Mary Okafor (1), Ruth Weiß (1 and 2) ((1) Nowhere University, (2) Tide Lab)")
    ('Mary Okafor', 'Ruth Weiß')
    >>> names("A. Poe1,2,* and B. Roe3, et al."), names("王伟、李娜"), names("Anonymous")
    (('A. Poe', 'B. Roe'), ('王伟', '李娜'), ())
    """
    return people(split(text))


def people(found: Sequence[str]) -> tuple[str, ...]:
    """Return separate names, given name first; all have their initials last, or none has.

    >>> people(["Brandt I", "O'Neill SA"]), people(["Yu LI", "Wei CHEN"]), people(
    ...     ["Harlow", "B.", "Ito", "K."]
    ... )
    (('I. Brandt', "S. A. O'Neill"), ('Yu LI', 'Wei CHEN'), ('B. Harlow', 'K. Ito'))
    """
    bare = [name for name in map(person_names.bare, found) if not person_names.is_nobody(name)]
    if not any("," in name for name in bare):
        bare = _with_initials(bare)
    own = [name for name in bare if not person_names.is_group(name)]
    short = bool(own) and all(person_names.is_short(name) for name in own)
    made = [person_names.person(name, short) for name in bare]
    return tuple(name for name in _in_title_case(made) if name)


def names_from_rows(rows: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a list with one in every row; a row with several is split.

    >>> names_from_rows(["García Márquez, Gabriel José"]), names_from_rows(
    ...     ["Ann Poe, Jan Roe, Eva Doe"]
    ... )
    (('Gabriel José García Márquez',), ('Ann Poe', 'Jan Roe', 'Eva Doe'))
    """
    if all(map(person_names.is_plain, rows)):
        return tuple(rows)  # most lists
    return people([name for row in rows for name in (split(row) if _is_packed(row) else [row])])


def _is_packed(row: str) -> bool:
    """Whether a row that should have one name has several."""
    if person_names.is_plain(row):
        return False
    commas = person_names.bare(row).count(",")
    listed = commas != 1 and re.search(
        r"[;|\n]" if person_names.is_group(row) else r"[;|\n]|\sand\s", row
    )
    return bool(listed) or (commas > 1 and len(split(row)) > 1)


def split(text: str) -> list[str]:
    """Split a byline into names as written, at the separators it uses."""
    text = person_names.unbracketed(_OPENING.sub("", text[:LONGEST].translate(_WIDE)))
    text = _ET_AL.sub("; " if ";" in text else ", ", text) if _ET_AL.search(text) else text
    text = _MARKED.sub(_without_mark, text)
    text = _TAIL.sub(r" \1", person_names.DEGREE.sub("", text))
    for separator in _STRONG:
        if len(rows := _split_at(separator, text)) > 1:
            return _split_rows(rows)
    rows = [row for row in text.split("\n") if row.strip()]
    return (
        _split_rows(rows)
        if len(rows) > 1 and _is_listed(rows)
        else _split_weakly(" ".join(text.split()))
    )


def _without_mark(mark: re.Match[str]) -> str:
    """Return the replacement of a mark: a comma between names; `CD4 Study Group` is kept."""
    if not mark[1]:
        return ""
    return mark.group() if mark.string[mark.start() - 1].isupper() else ","


def _split_at(separator: re.Pattern[str], text: str) -> list[str]:
    """Split a text at a separator, except inside braces."""
    if "{" not in text:
        return [part for part in separator.split(text) if part.strip()]
    out, depth, start = [], 0, 0
    for match in re.finditer(rf"[{{}}]|(?:{separator.pattern})", text, separator.flags):
        if match.group() in "{}":
            depth = max(0, depth + (1 if match.group() == "{" else -1))
        elif not depth:
            out.append(text[start : match.start()])
            start = match.end()
    return [part for part in [*out, text[start:]] if part.strip()]


def _is_listed(rows: Sequence[str]) -> bool:
    """Whether every line is one name, and none continues in the next."""
    if any(
        re.search(r",\s*\Z|(?:\band|&)\s*\Z|\A\s*(?:and|&)\s", f"{row[:5]} {row[-5:]}")
        for row in rows
    ):
        return False
    commas = {row.count(",") for row in rows}
    return commas == {0} or (commas == {1} and 2 * sum(map(_is_inverted, rows)) > len(rows))


def _split_rows(rows: Sequence[str]) -> list[str]:
    """Split what is between strong separators further: mostly one name, which may have a comma."""
    alone = sum(not person_names.is_group(row) for row in rows) == 1
    return [
        name
        for row in rows
        for name in (_split_weakly(row) if alone or _has_several(row) else [row])
    ]


def _has_several(row: str) -> bool:
    """Whether a row has several names."""
    return row.count(",") > 2 or len(_split_at(_AND, row)) > 1


def _split_weakly(text: str) -> list[str]:
    """Split names at `and` and at commas."""
    rows = [part.strip(" ,") for half in _split_at(_BEHALF, text) for part in _split_at(_AND, half)]
    rows = _rejoined([row for row in rows if row])
    commas = [row.count(",") for row in rows]
    if len(rows) > 1 and max(commas) == 1 and (commas[-1] or _is_inverted(rows[0])):
        return rows
    return _paired([name.strip() for row in rows for name in _split_at(re.compile(","), row)])


def _is_inverted(row: str) -> bool:
    """Whether a row is a family name, a comma and a given name."""
    family, comma, _ = row.partition(",")
    return bool(comma) and person_names.is_family(family)


def _rejoined(rows: Sequence[str]) -> list[str]:
    """Rejoin a group whose own name contains `and`.

    >>> _rejoined(["Ann Poe", "The Disease", "Aging Consortium"])
    ['Ann Poe', 'The Disease and Aging Consortium']
    """
    out: list[str] = []
    for row in rows:
        last = out[-1].rsplit(",", 1)[-1].strip() if out else ""
        if (
            last.lower().startswith("the ")
            and not person_names.is_group(last)
            and person_names.is_group(row)
        ):
            out[-1] += f" and {row}"
        else:
            out.append(row)
    return out


def _paired(parts: Sequence[str]) -> list[str]:
    """Rejoin `Family, Given` where commas are inside names as well as between them.

    >>> _paired(["Lovelace", "Ada", "Babbage", "Charles"]), _paired(
    ...     ["Ada Lovelace", "Charles Babbage"]
    ... )
    (['Lovelace, Ada', 'Babbage, Charles'], ['Ada Lovelace', 'Charles Babbage'])
    """
    own = [part for part in parts if not person_names.is_group(part)]
    if own and all(map(person_names.is_short, own)):
        return list(parts)
    if any(map(person_names.is_initials, parts)):
        return _with_initials(parts)
    if _alternates(parts):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if (
        len(parts) > 2
        and all(map(person_names.is_family, parts[:2]))
        and all(" " in p for p in parts[2:])
    ):
        return [f"{parts[0]}, {parts[1]}", *parts[2:]]  # MLA inverts the first name only
    return list(parts)


def _with_initials(parts: Sequence[str]) -> list[str]:
    """Join initials to the family name before them."""
    out: list[str] = []
    for part in parts:
        if (
            out
            and "," not in out[-1]
            and person_names.is_initials(part)
            and _lacks_initials(out[-1], part)
        ):
            out[-1] += f", {part}"
        else:
            out.append(part)
    return out


def _lacks_initials(family: str, initials: str) -> bool:
    """Whether initials may belong to the family name before them, which has none."""
    if (
        person_names.is_initials(family)
        or person_names.is_group(family)
        or person_names.is_short(family)
    ):
        return False
    return "." in initials or person_names.is_family(family)


def _alternates(parts: Sequence[str]) -> bool:
    """Whether parts are family and given names in turn."""
    if (
        len(parts) % 2
        or any(map(person_names.is_foreign, parts))
        or any(map(person_names.is_group, parts))
    ):
        return False
    return all(map(person_names.is_family, parts[::2])) or all(
        " " not in part or re.search(r"\s[^\W\d_]\.?\Z", part) for part in parts[1::2]
    )


def _in_title_case(found: Sequence[str]) -> list[str]:
    """Return a byline in capitals in the usual case; any other unchanged.

    >>> _in_title_case(["MARY A. OKAFOR", "J.-P. VAN DER O'NEILL"]), _in_title_case(
    ...     ["ATLAS", "Mary Poe"]
    ... )
    (['Mary A. Okafor', "J.-P. van der O'Neill"], ['ATLAS', 'Mary Poe'])
    """
    if not all(name.isupper() and " " in name for name in found if name):
        return list(found)
    return [person_names.titled(name) for name in found]
