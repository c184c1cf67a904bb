"""Which paragraphs are titles, which abstracts, which furniture: the best reading of the whole.

Every paragraph is weighed by itself (`prose`, `furniture`); what may follow what
is weighed too, and the sequence of roles with the greatest sum is taken (the
Viterbi algorithm, linear in the number of paragraphs). So a title may be long
or a sentence, and an abstract short: its neighbours tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from digest.inputs.layout import paragraph_breaks
from digest.inputs.layout.boilerplate import furniture
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import ends, hangs, prose, wide

Role = Literal["title", "more", "abstract", "furniture", "between"]
"""`more` is the rest of a title that is broken over two lines; what stands `between` a title
and its abstract is furniture."""

_ROLES: tuple[Role, ...] = ("title", "more", "abstract", "furniture", "between")
_NEVER = -1e9

LONG = 2_000
"""Letters few abstracts exceed: arXiv takes 1,920, most journals 300 words."""

SHORT = 400
"""Letters that a part of a paragraph should have to be an abstract by itself."""

TITLED: Mapping[tuple[Role | None, Role | None], float] = {
    (None, "title"): 0, (None, "abstract"): -3, (None, "furniture"): 0,
    ("title", "abstract"): 2, ("title", "more"): 0, ("title", "title"): -6, ("title", "furniture"): -6,
    ("more", "abstract"): 2, ("more", "more"): -1, ("more", "title"): -6, ("more", "furniture"): -6,
    ("abstract", "title"): 1, ("abstract", "abstract"): -4, ("abstract", "furniture"): 0.5,
    ("furniture", "title"): 0.5, ("furniture", "abstract"): -3, ("furniture", "furniture"): 0,
    ("title", "between"): -1, ("more", "between"): -1, ("between", "between"): -1, ("between", "abstract"): 0,
    ("between", "title"): -6, ("between", None): -6,
    ("title", None): -6, ("more", None): -6, ("abstract", None): 0, ("furniture", None): 0,
}  # fmt: skip
"""How well one role follows another in a document with titles."""

BARE: Mapping[tuple[Role | None, Role | None], float] = {
    (None, "abstract"): 1, (None, "furniture"): -1,
    ("abstract", "abstract"): 1, ("abstract", "furniture"): -2,
    ("furniture", "abstract"): 0, ("furniture", "furniture"): 0,
    ("abstract", None): 0, ("furniture", None): 0,
}  # fmt: skip
"""The same where every paragraph is an abstract."""


BELOW: Mapping[tuple[Role | None, Role | None], float] = {
    **BARE, ("abstract", "abstract"): -4, (None, "abstract"): 0, ("abstract", "title"): 2, ("title", "abstract"): 1,
    ("title", "title"): -6, ("title", "furniture"): 0.5, ("furniture", "title"): -6, ("title", None): 0,
    ("abstract", None): -3, (None, "title"): -6, (None, "furniture"): 0,
}  # fmt: skip
"""The same where every title stands below its abstract."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph and what it is to its document."""

    role: Role
    block: Block


@dataclass(frozen=True, slots=True)
class Layout:
    """The roles of all paragraphs of a document, and how well they fit."""

    score: float
    parts: tuple[Part, ...]

    def count(self, role: Role) -> int:
        """Tell how many paragraphs have this role."""
        return sum(part.role == role for part in self.parts)


_Column = Mapping[Role, tuple[float, Role | None, int]]
"""For every role: the best sum, the role before it, and the atom its paragraph begins with."""

ATOMS = 12
"""Pieces of a paragraph that are tried together."""


def layout(blocks: Sequence[Block], titled: bool = True) -> Layout:
    """Give every paragraph its role, so that the whole fits best.

    A paragraph that wrapping may have run together of several is taken apart
    where that fits better. Where titles stand below their abstracts, they are
    put above them.
    """
    found = _fit(blocks, TITLED if titled else BARE)
    if titled and _below(found):
        upside_down = _fit(blocks, BELOW)
        return replace(upside_down, parts=tuple(_turned(upside_down.parts)))
    return found


def _below(found: Layout) -> bool:
    """Whether titles speak of what stands above them rather than below."""
    told = [part for part in found.parts if part.role in ("title", "abstract")]
    votes = 0
    for at, part in enumerate(told):
        if part.role == "title":
            above = told[at - 1].block.text if at else ""
            below = told[at + 1].block.text if at + 1 < len(told) else ""
            up, down = (
                paragraph_breaks.shared(part.block.text, above),
                paragraph_breaks.shared(part.block.text, below),
            )
            votes += (up > down) - (down > up)
    return votes > 0 and told[0].role == "abstract" and told[-1].role == "title"


def _turned(parts: Sequence[Part]) -> Iterator[Part]:
    """Put the title that stands below an abstract above it."""
    waiting: list[Part] = []
    for part in parts:
        if part.role == "abstract":
            yield from waiting
            waiting = [part]
        elif part.role == "title" and waiting:
            yield part
            yield from waiting
            waiting = []
        elif waiting:
            waiting.append(part)
        else:
            yield part
    yield from waiting


def _fit(
    blocks: Sequence[Block], follows: Mapping[tuple[Role | None, Role | None], float]
) -> Layout:
    """Find the roles with the greatest sum."""
    page = _Page(blocks)
    precedes = _before(follows)
    best: list[_Column] = []
    atoms: list[_Atom] = []
    for at, block in enumerate(blocks):
        first = len(atoms)
        atoms += _atoms(block, page.wrapped)
        for last in range(first, len(atoms)):
            column: dict[Role, tuple[float, Role | None, int]] = {}
            for start in range(max(first, last - ATOMS + 1), last + 1):
                weights = page.weights(at, _whole(atoms, start, last), start == first)
                before = best[start - 1] if start else None
                if before and not atoms[start].free:
                    before = _titles(before)
                for role in _ROLES:
                    score, source = _step(
                        role, weights[role] - atoms[start].cost, before, precedes[role]
                    )
                    if role not in column or score > column[role][0]:
                        column[role] = (score, source, start)
            best.append(column)
    return _trace(atoms, best, follows)


def _titles(column: _Column) -> _Column:
    """What may stand before a cut within a sentence: a title."""
    return {
        role: last if role in ("title", "more") else (_NEVER, *last[1:])
        for role, last in column.items()
    }


@dataclass(frozen=True, slots=True)
class _Atom:
    """A piece of a paragraph that is not taken apart any further."""

    block: Block
    cost: float = 0.0
    """What speaks against a paragraph's beginning here."""
    free: bool = True
    """Whether anything may have ended before it, and not only a title."""


def _atoms(block: Block, wrapped: paragraph_breaks.Wrapping) -> list[_Atom]:
    found = paragraph_breaks.cuts(block, wrapped) if len(block.rows) > 1 else []
    parts = paragraph_breaks.parted(block, [cut.row for cut in found])
    marks = [(0.0, True), *((cut.cost, cut.ended) for cut in found)]
    return [_Atom(part, *mark) for part, mark in zip(parts, marks, strict=False)]


def _whole(atoms: Sequence[_Atom], start: int, last: int) -> Block:
    """Put neighbouring atoms of a paragraph together."""
    if start == last:
        return atoms[start].block
    some = atoms[start : last + 1]
    return replace(
        some[0].block,
        text=" ".join(atom.block.text for atom in some),
        rows=tuple(row for atom in some for row in atom.block.rows),
    )


class _Page:
    """What the surroundings of a paragraph say about it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.kinds = [furniture(block.text) for block in blocks]
        self.common = _common(blocks)
        self.wrapped = paragraph_breaks.wrapping(blocks)

    def weights(self, at: int, block: Block, opens: bool) -> Mapping[Role, float]:
        """How well a paragraph, or a part of it, suits each role."""
        if not opens:
            return _part_of(_weights(block, None, bool(furniture(block.text))), block)
        aside = (
            bool(self.kinds[at] if block is self.blocks[at] else furniture(block.text))
            or block.text in self.common
            or _byline(self.blocks, self.kinds, at)
        )
        weights = _weights(block, self.blocks[at - 1] if at else None, aside)
        if at and weights["more"] == _NEVER and not aside and _hanging(self.blocks, at):
            weights["more"] = weights["title"] - 1.0
        return weights if block is self.blocks[at] else _part_of(weights, block)


def _part_of(weights: dict[Role, float], block: Block) -> dict[Role, float]:
    """Weigh a part of a paragraph: few abstracts are short, few titles hold a full stop."""
    short = max(0, SHORT - len(block.text)) / 80
    ended = 3.0 if ends(block.text) or len(block.rows) > paragraph_breaks.ROWS else 0.0
    plain = 1.5 if paragraph_breaks.capitals(block.text[:300]) < 0.2 else 0.0
    return {
        **weights,
        "abstract": weights["abstract"] - short,
        "title": weights["title"] - ended - plain,
    }


def _step(
    role: Role, weight: float, last: _Column | None, before: Mapping[Role | None, float]
) -> tuple[float, Role | None]:
    """The best sum with which a paragraph may have this role, and the role before it."""
    if last is None:
        return weight + before.get(None, _NEVER), None
    score, source = max((last[r][0] + more, r) for r, more in before.items() if r)
    return score + weight, source


def _before(
    follows: Mapping[tuple[Role | None, Role | None], float],
) -> Mapping[Role, Mapping[Role | None, float]]:
    """For every role, what may stand before it."""
    return {
        role: {r: follows.get((r, role), _NEVER) for r in (None, *_ROLES) if (r, role) in follows}
        or {"furniture": _NEVER}
        for role in _ROLES
    }


def _trace(
    atoms: Sequence[_Atom],
    best: Sequence[_Column],
    follows: Mapping[tuple[Role | None, Role | None], float],
) -> Layout:
    if not best:
        return Layout(0.0, ())
    score, role = max((best[-1][r][0] + follows.get((r, None), _NEVER), r) for r in _ROLES)
    source: Role | None = role
    last = len(best) - 1
    parts: list[Part] = []
    while last >= 0:
        assert source is not None  # noqa: S101  a column always has a source but the first
        _, before, start = best[last][source]
        role = "furniture" if source == "between" else source
        parts.append(Part(role, _whole(atoms, start, last)))
        source, last = before, start - 1
    return Layout(score, tuple(reversed(parts)))


def _common(blocks: Sequence[Block]) -> frozenset[str]:
    """Short lines that come again and again; a paper is listed twice at most."""
    counts = Counter(block.text for block in blocks if len(block.text) < 60)
    return frozenset(text for text, count in counts.items() if count > 2)


def _byline(blocks: Sequence[Block], kinds: Sequence[str], at: int) -> bool:
    """Whether a line tells who wrote or sent in a paper: a name beside a dot or below 'by'."""
    text = blocks[at].text
    if len(text) > 80 or kinds[at]:
        return False
    after = blocks[at + 1].text if at + 1 < len(blocks) else ""
    if after in ("·", "•", "|", "∙", "⋅"):
        return True
    return at > 0 and blocks[at - 1].text.lower().rstrip(":").endswith(
        ("submitted by", "posted by", "shared by")
    )


_FINAL = (".", "!", "?", "。", "！", "？", "…", ")", '"', "”", "’", "'")


def _weights(block: Block, before: Block | None, aside: bool) -> dict[Role, float]:
    """How well a paragraph by itself suits each role; `aside` where its surroundings say furniture."""
    if aside:
        return {"title": -5.0, "more": -9.0, "abstract": -12.0, "furniture": 2.0, "between": 2.0}
    lean = max(-8.0, min(8.0, prose(block.text))) / 2 - (2.0 if block.heading else 0.0)
    words = block.text.count(" ") + 1 + wide(block.text) // 2
    # A short line may be anything; the more words, the more there is to lose.
    odd = -2.0 - 0.8 * min(words, 12) - max(0.0, lean)
    more = -lean - 1.0 if before and _continues(before, block) else _NEVER
    abstract = lean if lean > -1.0 else 2.5 * lean + 1.5
    if block.rows and len(block.text) > LONG:
        abstract -= min(8.0, (len(block.text) - LONG) / 150)  # probably two
    if lean < 0 and not block.text.endswith(_FINAL):
        abstract -= 12.0  # no sentence
    elif words < 8:
        abstract -= 6.0
    return {"title": -lean, "more": more, "abstract": abstract, "furniture": odd, "between": _NEVER}


def _continues(before: Block, block: Block) -> bool:
    """Whether a title that stands broken over two lines goes on here."""
    if block.gap:
        return False
    return hangs(before.text) or block.text[:1].islower()


def _hanging(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line stands right below a heading, or set in below a line, and only its like below."""
    first = next((i for i in range(at - 1, max(-1, at - 4), -1) if blocks[i].gap), None)
    if first is None or blocks[at].gap:
        return False
    last = next((i for i in range(at + 1, at + 4) if i >= len(blocks) or blocks[i].gap), None)
    return last is not None and (blocks[first].heading or blocks[at].indent > blocks[first].indent)
