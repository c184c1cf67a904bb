"""Roles of the lines of a scholarly page: title, byline, imprint, abstract, or the site's own.

A first-order model with hand-set scores: every line has an emission score for each role,
every pair of successive roles a transition score, and the path with the greatest sum is
found by the Viterbi algorithm. So a line that may be anything is a title if names or an
imprint follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from digest.inputs.layout.imprints import names_venue
from digest.inputs.layout.page_lines import Kind, PageLine
from digest.inputs.layout.prose import prose_score

LineRole = Literal["title", "byline", "imprint", "heading", "abstract", "inside", "outside", "rest"]
"""`heading` is the word Abstract; lines of the site's own are `inside` an entry or `outside`;
`rest` follows a section heading such as References."""

_ROLES: tuple[LineRole, ...] = (
    "title",
    "byline",
    "imprint",
    "heading",
    "abstract",
    "inside",
    "outside",
    "rest",
)
_IMPOSSIBLE = -1e9

_Scores = Mapping[LineRole, tuple[float, LineRole | None]]
"""For every role of a line: the score of the best path that ends in it, and the role before it."""

_TRANSITIONS: Mapping[tuple[LineRole | None, LineRole | None], float] = {
    (None, "title"): 0, (None, "byline"): 0, (None, "imprint"): 0, (None, "outside"): 0, (None, "heading"): -4,
    ("title", "byline"): 2, ("title", "imprint"): 1, ("title", "heading"): 0, ("title", "abstract"): -4, ("title", "inside"): -0.5,
    ("byline", "title"): 0.5, ("byline", "byline"): 0, ("byline", "imprint"): 1, ("byline", "heading"): 1, ("byline", "abstract"): 2,
    ("byline", "inside"): 0, ("byline", "outside"): -0.5, ("byline", "rest"): 0, ("byline", None): 0,
    ("imprint", "title"): 0.5, ("imprint", "byline"): 0, ("imprint", "imprint"): 0.5, ("imprint", "heading"): 1, ("imprint", "abstract"): 1,
    ("imprint", "inside"): 0, ("imprint", "outside"): 0, ("imprint", "rest"): 0, ("imprint", None): 0,
    ("heading", "abstract"): 3, ("heading", "inside"): -1, ("heading", "outside"): -2, ("heading", "imprint"): -2, ("heading", "heading"): -1,
    ("abstract", "title"): 1, ("abstract", "abstract"): -0.5, ("abstract", "imprint"): 0, ("abstract", "byline"): -0.5,
    ("abstract", "outside"): 0.5, ("abstract", "rest"): 0.5, ("abstract", None): 0,
    ("inside", "inside"): 0, ("inside", "byline"): 0.5, ("inside", "imprint"): 0.5, ("inside", "heading"): 0.5, ("inside", "abstract"): -1,
    ("outside", "outside"): 0, ("outside", "title"): 0.5, ("outside", "byline"): -1, ("outside", "imprint"): -0.5, ("outside", "heading"): -4,
    ("outside", "rest"): 0, ("outside", None): 0,
    ("rest", "rest"): 0, ("rest", "title"): -0.5, ("rest", "outside"): 0, ("rest", "imprint"): -0.5, ("rest", "byline"): -1, ("rest", None): 0,
}  # fmt: skip
"""The score of one role after another, of which all other pairs are impossible.

None is before the first and after the last line."""

_EMISSIONS: Mapping[Kind, Mapping[LineRole, float]] = {
    "site": {"title": -6.0, "inside": 0.5, "outside": 1.0, "rest": 0.2},
    "section": {"title": -6.0, "inside": -2.0, "outside": 0.5, "rest": 1.5},
    "heading": {"heading": 3.0, "inside": 0.0, "outside": 0.0, "rest": 0.0},
    "byline": {"byline": 2.5, "title": -2.5, "inside": -1.0, "outside": -1.0, "rest": 0.0},
    "name": {"byline": 0.0, "title": 0.5, "inside": -0.7, "outside": -0.5, "rest": 0.0},
}
"""The scores of each role for lines of a kind, whatever their text."""


def _emissions(line: PageLine) -> Mapping[LineRole, float]:
    """Return the score of each role for a line by itself; a role without a score is impossible."""
    text = line.block.text
    if line.kind in _EMISSIONS:
        return _EMISSIONS[line.kind]
    if line.kind == "label":
        role: LineRole = "byline" if line.field == "authors" else "imprint"
        return {role: 2.0, "title": -3.0, "inside": 0.0, "outside": 0.0, "rest": 0.0}
    if line.kind == "imprint":
        sure = line.imprint.evidence if line.imprint else 2.0
        likely = min(2.0, sure - 0.5)
        return {"imprint": likely, "title": -sure, "inside": -0.5, "outside": -0.2, "rest": 0.0}
    if line.kind == "prose":
        lean = max(-1.0, min(4.0, prose_score(text))) / 2
        abstract = lean + (2.5 if line.field == "abstract" else 1.0)
        return {
            "abstract": abstract,
            "title": -lean - 1.0,
            "inside": -4.0,
            "outside": -2.5,
            "rest": -0.3,
        }
    return _text_emissions(text)


def _text_emissions(text: str) -> Mapping[LineRole, float]:
    """Return the score of each role for a line that may be anything: a title, more words surer."""
    words = min(12, text.count(" ") + 1)
    most = 1.0 if names_venue(text) else 2.0
    title = most * min(1.0, 0.2 * words) - max(0.0, prose_score(text))
    title -= 0.5 if text[:1].islower() else 0.0
    abstract = -1.0 - 6.0 / words if text.endswith((".", "!", "?", "。")) else _IMPOSSIBLE
    return {
        "title": title,
        "abstract": abstract,
        "inside": -0.7 - 0.1 * words,
        "outside": -0.5 - 0.12 * words,
        "rest": -0.2,
    }


def label_lines(lines: Sequence[PageLine]) -> list[LineRole]:
    """Return the roles on the path with the greatest score; `rest` begins at a `section` line."""
    best: list[_Scores] = []
    for line in lines:
        emissions = _emissions(line)
        column: dict[LineRole, tuple[float, LineRole | None]] = {}
        for role in _ROLES:
            sources = _sources(best[-1] if best else None, role)
            if role == "rest" and line.kind != "section":
                sources = [one for one in sources if one[1] == "rest"] or [(_IMPOSSIBLE, None)]
            score, source = max(sources, key=lambda pair: pair[0])
            column[role] = (score + emissions.get(role, _IMPOSSIBLE), source)
        best.append(column)
    return _backtrack(best)


def _sources(last: _Scores | None, role: LineRole) -> list[tuple[float, LineRole | None]]:
    """Return the scores of all paths into a role, before its emission, and where they come from."""
    if last is None:
        return [(_TRANSITIONS.get((None, role), _IMPOSSIBLE), None)]
    return [
        (last[before][0] + _TRANSITIONS.get((before, role), _IMPOSSIBLE), before)
        for before in _ROLES
    ]


def _backtrack(best: Sequence[_Scores]) -> list[LineRole]:
    """Follow the best path from its end to its beginning."""
    if not best:
        return []
    last = max(_ROLES, key=lambda r: best[-1][r][0] + _TRANSITIONS.get((r, None), _IMPOSSIBLE))
    role: LineRole | None = last
    out: list[LineRole] = []
    for column in reversed(best):
        if role is None:  # only the first role has no source
            break
        out.append(role)
        role = column[role][1]
    return out[::-1]
