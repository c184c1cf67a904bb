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

from digest.inputs import asides
from digest.inputs.furniture import furniture, unglue
from digest.inputs.lines import Block, join
from digest.inputs.prose import prose

Role = Literal["title", "more", "abstract", "both", "furniture"]
"""`more` is the rest of a title that is broken over two lines; `both` a title and its
abstract that wrapping has run together."""

_ROLES: tuple[Role, ...] = ("title", "more", "abstract", "both", "furniture")
_NEVER = -1e9

TITLED: Mapping[tuple[Role | None, Role | None], float] = {
    (None, "title"): 0, (None, "abstract"): -3, (None, "furniture"): 0,
    ("title", "abstract"): 2, ("title", "more"): 0, ("title", "title"): -6, ("title", "furniture"): -6,
    ("more", "abstract"): 2, ("more", "more"): -1, ("more", "title"): -6, ("more", "furniture"): -6,
    ("abstract", "title"): 1, ("abstract", "abstract"): -4, ("abstract", "furniture"): 0.5,
    ("furniture", "title"): 0.5, ("furniture", "abstract"): -3, ("furniture", "furniture"): 0,
    (None, "both"): 0, ("abstract", "both"): 1, ("furniture", "both"): 0.5, ("title", "both"): -6,
    ("both", "title"): 1, ("both", "both"): 1, ("both", "abstract"): -4, ("both", "furniture"): 0.5, ("both", None): 0,
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


def layout(blocks: Sequence[Block], titled: bool = True) -> Layout:
    """Give every paragraph its role, so that the whole fits best."""
    blocks = asides.absorb(_unglued(blocks))
    follows = TITLED if titled else BARE
    best: list[dict[Role, tuple[float, Role | None]]] = []
    kinds = [furniture(block.text) for block in blocks]
    common = _common(blocks)
    for at, block in enumerate(blocks):
        aside = bool(kinds[at]) or block.text in common or _byline(blocks, kinds, at)
        weights = _weights(block, blocks[at - 1] if at else None, aside)
        if at and weights["more"] == _NEVER and not aside and _hanging(blocks, at):
            weights["more"] = weights["title"] - 1.0
        last = best[-1] if best else None
        best.append({role: _step(role, weights[role], last, follows) for role in _ROLES})
    return _trace(blocks, best, follows)


def _step(
    role: Role,
    weight: float,
    last: Mapping[Role, tuple[float, Role | None]] | None,
    follows: Mapping[tuple[Role | None, Role | None], float],
) -> tuple[float, Role | None]:
    if last is None:
        return weight + follows.get((None, role), _NEVER), None
    score, source = max((last[r][0] + follows.get((r, role), _NEVER), r) for r in _ROLES)
    return score + weight, source


def _trace(
    blocks: Sequence[Block],
    best: Sequence[Mapping[Role, tuple[float, Role | None]]],
    follows: Mapping[tuple[Role | None, Role | None], float],
) -> Layout:
    if not best:
        return Layout(0.0, ())
    score, role = max((best[-1][r][0] + follows.get((r, None), _NEVER), r) for r in _ROLES)
    roles: list[Role] = []
    at: Role | None = role
    for column in reversed(best):
        assert at is not None  # noqa: S101  a column always has a source but the first
        roles.append(at)
        at = column[at][1]
    return Layout(score, tuple(Part(r, b) for r, b in zip(reversed(roles), blocks, strict=True)))


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


def _weights(block: Block, before: Block | None, aside: bool) -> dict[Role, float]:
    """How well a paragraph by itself suits each role; `aside` where its surroundings say furniture."""
    if aside:
        return {"title": -5.0, "more": -9.0, "abstract": -12.0, "both": _NEVER, "furniture": 2.0}
    lean = max(-8.0, min(8.0, prose(block.text))) / 2 - (2.0 if block.heading else 0.0)
    words = block.text.count(" ") + 1
    # A short line may be anything; the more words, the more there is to lose.
    odd = -2.0 - 0.8 * min(words, 12) - max(0.0, lean)
    more = -lean - 1.0 if before and _continues(before, block) else _NEVER
    abstract = lean if lean > -1.0 else 2.5 * lean + 1.5
    both = max((weight for _, weight in _splits(block)), default=_NEVER)
    return {"title": -lean, "more": more, "abstract": abstract, "both": both, "furniture": odd}


def _splits(block: Block) -> Iterator[tuple[int, float]]:
    """The rows of a wrapped paragraph after which a title may end, and how well each suits."""
    for at in range(1, min(5, len(block.rows))):
        title, rest = " ".join(block.rows[:at]), " ".join(block.rows[at : at + 12])
        if _hangs(title) or rest[:1].islower() or _capitals(block.rows[at]) > 0.6:
            continue
        lean = max(-8.0, min(8.0, prose(title))) / 2
        yield at, min(4.0, prose(rest) / 2) - lean - 4.0 - (3.0 if title.endswith(".") else 0.0)


def _capitals(row: str) -> float:
    """The share of longer words that begin with a capital: high in a title, low in a sentence."""
    words = [word for word in row.split()[1:] if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def _halves(block: Block) -> tuple[Block, Block]:
    """Take a title and its abstract apart that wrapping has run together."""
    at = max(_splits(block), key=lambda split: split[1])[0]
    title = replace(block, text=join(block.rows[:at]), rows=block.rows[:at])
    rest = (
        block.text[len(title.text) :].strip()
        if block.text.startswith(title.text)
        else join(block.rows[at:])
    )
    return title, Block(block.line + at, rest, rows=block.rows[at:])


_HANGING = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "under",
        "via",
        "with",
        "without",
        "using",
        "&",
    ]
)


def _continues(before: Block, block: Block) -> bool:
    """Whether a title that stands broken over two lines goes on here."""
    if block.gap:
        return False
    return _hangs(before.text) or block.text[:1].islower()


def _hanging(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line stands right below a heading, or set in below a line, and only its like below."""
    first = next((i for i in range(at - 1, max(-1, at - 4), -1) if blocks[i].gap), None)
    if first is None or blocks[at].gap:
        return False
    last = next((i for i in range(at + 1, at + 4) if i >= len(blocks) or blocks[i].gap), None)
    return last is not None and (blocks[first].heading or blocks[at].indent > blocks[first].indent)


def _hangs(text: str) -> bool:
    """Whether a text ends in a way that no title does."""
    end = text.rsplit(maxsplit=1)[-1].lower() if text else ""
    return end in _HANGING or end.endswith((":", ",", "-", "–", "—"))


def _unglued(blocks: Sequence[Block]) -> list[Block]:
    """Free the title a button is glued to; only where buttons stand."""
    out: list[Block] = []
    for block in blocks:
        if not out or furniture(out[-1].text):
            block = replace(block, text=unglue(block.text))
        # A page may show every title twice, one below the other.
        if not out or block.text != out[-1].text or furniture(block.text):
            out.append(block)
    return out


# --- papers ----------------------------------------------------------------------------


def aside(parts: Sequence[Part]) -> Iterator[Block]:
    """Go through what belongs to no paper and yet is no furniture anybody knows: sentences, not names."""
    for part in parts:
        if (
            part.role == "furniture"
            and part.block.text.count(" ") > 4
            and not furniture(part.block.text)
        ):
            yield part.block


@dataclass(frozen=True, slots=True)
class Pair:
    """A title and its abstract, either of which may be missing, and what surrounds them."""

    title: Block | None
    abstract: Block | None
    before: tuple[Block, ...] = ()
    """Furniture since the last paper."""
    after: tuple[Block, ...] = ()
    """Furniture up to the next paper."""


def pairs(parts: Sequence[Part]) -> Iterator[Pair]:
    """Go through the papers of a layout, in order."""
    title: Block | None = None
    aside: list[Block] = []
    last: Pair | None = None
    for part in parts:
        if part.role == "furniture":
            aside.append(part.block)
        elif part.role == "more" and title:
            title = replace(title, text=f"{title.text} {part.block.text}")
        elif part.role == "both":
            yield from _closed(last, aside)
            if title:
                yield Pair(title, None)
            last, aside, title = Pair(*_halves(part.block), tuple(aside)), [], None
        elif part.role == "title":
            if title:
                yield from _closed(last, aside)
                last, aside = Pair(title, None), []
            title = part.block
        else:
            yield from _closed(last, aside)
            last, aside, title = Pair(title, part.block, tuple(aside)), [], None
    yield from _closed(last, aside)
    if title:
        yield Pair(title, None)


def _closed(pair: Pair | None, after: Sequence[Block]) -> Iterator[Pair]:
    if pair:
        yield replace(pair, after=tuple(after))
