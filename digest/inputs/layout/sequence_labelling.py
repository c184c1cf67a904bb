"""Sequence labelling: which paragraphs are titles, which abstracts, which boilerplate.

A first-order model with hand-set scores. Every paragraph has an emission score for each
state (`prose`, `boilerplate`), every pair of successive states a transition score, and
the path with the greatest sum is found by the Viterbi algorithm, in time linear in the
number of paragraphs. So a title may be long or a sentence, and an abstract short, if
their neighbours fit.

A paragraph that unwrapping may have joined from several consists of pieces, and a state
may span any run of them, as in a semi-Markov model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from digest.inputs.layout import paragraph_breaks
from digest.inputs.layout.boilerplate import boilerplate_kind
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import count_cjk, ends_mid_phrase, has_sentence_end, prose_score

Role = Literal["title", "continuation", "abstract", "boilerplate"]
"""What a paragraph is; a `continuation` is the rest of a title that is broken over two lines."""

State = Literal["title", "continuation", "abstract", "boilerplate", "between"]
"""The states of the model: the roles, and boilerplate `between` a title and its abstract."""

_STATES: tuple[State, ...] = ("title", "continuation", "abstract", "boilerplate", "between")
_IMPOSSIBLE = -1e9

LONG = 2_000
"""Characters that few abstracts exceed: arXiv allows 1,920, most journals 300 words."""

SHORT = 400
"""Characters that a part of a paragraph should have to be an abstract by itself."""

Transitions = Mapping[tuple[State | None, State | None], float]
"""The score of one state after another, of which all other pairs are impossible.

None is before the first and after the last paragraph."""

TITLED: Transitions = {
    (None, "title"): 0, (None, "abstract"): -3, (None, "boilerplate"): 0,
    ("title", "abstract"): 2, ("title", "continuation"): 0, ("title", "title"): -6, ("title", "boilerplate"): -6,
    ("continuation", "abstract"): 2, ("continuation", "continuation"): -1, ("continuation", "title"): -6, ("continuation", "boilerplate"): -6,
    ("abstract", "title"): 1, ("abstract", "abstract"): -4, ("abstract", "boilerplate"): 0.5,
    ("boilerplate", "title"): 0.5, ("boilerplate", "abstract"): -3, ("boilerplate", "boilerplate"): 0,
    ("title", "between"): -1, ("continuation", "between"): -1, ("between", "between"): -1, ("between", "abstract"): 0,
    ("between", "title"): -6, ("between", None): -6,
    ("title", None): -6, ("continuation", None): -6, ("abstract", None): 0, ("boilerplate", None): 0,
}  # fmt: skip
"""Transition scores of a document with titles above abstracts."""

BARE: Transitions = {
    (None, "abstract"): 1, (None, "boilerplate"): -1,
    ("abstract", "abstract"): 1, ("abstract", "boilerplate"): -2,
    ("boilerplate", "abstract"): 0, ("boilerplate", "boilerplate"): 0,
    ("abstract", None): 0, ("boilerplate", None): 0,
}  # fmt: skip
"""Transition scores of a document of abstracts without titles."""


BELOW: Transitions = {
    **BARE, ("abstract", "abstract"): -4, (None, "abstract"): 0, ("abstract", "title"): 2, ("title", "abstract"): 1,
    ("title", "title"): -6, ("title", "boilerplate"): 0.5, ("boilerplate", "title"): -6, ("title", None): 0,
    ("abstract", None): -3, (None, "title"): -6, (None, "boilerplate"): 0,
}  # fmt: skip
"""Transition scores of a document with titles below abstracts."""


@dataclass(frozen=True, slots=True)
class LabelledParagraph:
    """A paragraph and its role in the document."""

    role: Role
    block: Block


@dataclass(frozen=True, slots=True)
class Labelling:
    """The roles of all paragraphs of a document."""

    score: float
    """The sum of the emission and transition scores of the best path."""
    parts: tuple[LabelledParagraph, ...]
    """The paragraphs, or parts of paragraphs, in order."""

    def count(self, role: Role) -> int:
        """Count the paragraphs with a role."""
        return sum(part.role == role for part in self.parts)


_Column = Mapping[State, tuple[float, State | None, int]]
"""For every state: the score of the best path that ends in it at a piece, the state before it on
that path (None if it is the first), and the first piece that it spans."""

PIECES = 12
"""The most pieces of a paragraph that one state may span."""


def label_paragraphs(blocks: Sequence[Block], titled: bool = True) -> Labelling:
    """Label every paragraph with its role, so that the sum of scores is greatest.

    A paragraph that unwrapping may have joined from several is split if that scores
    higher. Titles below their abstracts are moved above them.
    """
    found = _best_labelling(blocks, TITLED if titled else BARE)
    if titled and _has_titles_below(found):
        upside_down = _best_labelling(blocks, BELOW)
        return replace(upside_down, parts=tuple(_titles_first(upside_down.parts)))
    return found


def _has_titles_below(found: Labelling) -> bool:
    """Return whether titles share more words with abstracts above than with abstracts below."""
    papers = [part for part in found.parts if part.role in ("title", "abstract")]
    votes = 0
    for at, part in enumerate(papers):
        if part.role == "title":
            above = papers[at - 1].block.text if at else ""
            below = papers[at + 1].block.text if at + 1 < len(papers) else ""
            up = paragraph_breaks.word_overlap(part.block.text, above)
            down = paragraph_breaks.word_overlap(part.block.text, below)
            votes += (up > down) - (down > up)
    return votes > 0 and papers[0].role == "abstract" and papers[-1].role == "title"


def _titles_first(parts: Sequence[LabelledParagraph]) -> Iterator[LabelledParagraph]:
    """Move every title that is below an abstract above it."""
    waiting: list[LabelledParagraph] = []
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


# --- the best path ---------------------------------------------------------------------


def _best_labelling(blocks: Sequence[Block], transitions: Transitions) -> Labelling:
    """Find the path with the greatest sum of emission and transition scores."""
    emissions = _Emissions(blocks)
    incoming = _incoming(transitions)
    best: list[_Column] = []
    pieces: list[_Piece] = []
    for at, block in enumerate(blocks):
        first = len(pieces)
        pieces += _split(block, emissions.wrapping)
        for last in range(first, len(pieces)):
            column: dict[State, tuple[float, State | None, int]] = {}
            for start in range(max(first, last - PIECES + 1), last + 1):
                scores = emissions.scores(at, _joined(pieces, start, last), start == first)
                before = best[start - 1] if start else None
                if before and not pieces[start].free:
                    before = _titles_only(before)
                for state in _STATES:
                    emission = scores[state] - pieces[start].cost
                    score, source = _step(emission, before, incoming[state])
                    if state not in column or score > column[state][0]:
                        column[state] = (score, source, start)
            best.append(column)
    return _backtrack(pieces, best, transitions)


def _titles_only(column: _Column) -> _Column:
    """Return a column in which all paths but those that end in a title are impossible."""
    return {
        state: cell if state in ("title", "continuation") else (_IMPOSSIBLE, *cell[1:])
        for state, cell in column.items()
    }


def _step(
    emission: float, last: _Column | None, incoming: Mapping[State | None, float]
) -> tuple[float, State | None]:
    """Return the score of the best path into a state, and the state before it on that path."""
    if last is None:
        return emission + incoming.get(None, _IMPOSSIBLE), None
    score, source = max(
        (last[state][0] + transition, state) for state, transition in incoming.items() if state
    )
    return score + emission, source


def _incoming(transitions: Transitions) -> Mapping[State, Mapping[State | None, float]]:
    """Return for every state the transition scores from the states that may precede it."""
    return {
        state: {
            source: transitions[source, state]
            for source in (None, *_STATES)
            if (source, state) in transitions
        }
        or {"boilerplate": _IMPOSSIBLE}
        for state in _STATES
    }


def _backtrack(
    pieces: Sequence[_Piece], best: Sequence[_Column], transitions: Transitions
) -> Labelling:
    """Follow the best path from its end to its beginning."""
    if not best:
        return Labelling(0.0, ())
    score, final = max(
        (best[-1][state][0] + transitions.get((state, None), _IMPOSSIBLE), state)
        for state in _STATES
    )
    state: State | None = final
    last = len(best) - 1
    parts: list[LabelledParagraph] = []
    while last >= 0:
        assert state is not None  # noqa: S101  only the first state has no source
        _, before, start = best[last][state]
        role: Role = "boilerplate" if state == "between" else state
        parts.append(LabelledParagraph(role, _joined(pieces, start, last)))
        state, last = before, start - 1
    return Labelling(score, tuple(reversed(parts)))


# --- pieces of paragraphs --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a paragraph that is not split any further."""

    block: Block
    cost: float = 0.0
    """The odds against a paragraph's beginning here, subtracted from its emission score."""
    free: bool = True
    """Whether any paragraph may end before it, rather than only a title."""


def _split(block: Block, wrapping: paragraph_breaks.Wrapping) -> list[_Piece]:
    """Split a paragraph at all possible breaks."""
    found = paragraph_breaks.possible_breaks(block, wrapping) if len(block.rows) > 1 else []
    parts = paragraph_breaks.split_at_rows(block, [one.row for one in found])
    openings = [(0.0, True), *((one.cost, one.ended) for one in found)]
    return [_Piece(part, *opening) for part, opening in zip(parts, openings, strict=False)]


def _joined(pieces: Sequence[_Piece], start: int, last: int) -> Block:
    """Join neighbouring pieces of a paragraph."""
    if start == last:
        return pieces[start].block
    run = pieces[start : last + 1]
    return replace(
        run[0].block,
        text=" ".join(piece.block.text for piece in run),
        rows=tuple(row for piece in run for row in piece.block.rows),
    )


# --- emission scores -------------------------------------------------------------------


class _Emissions:
    """Emission scores of the paragraphs of a document, each in its context."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.kinds = [boilerplate_kind(block.text) for block in blocks]
        self.repeated = _repeated(blocks)
        self.wrapping = paragraph_breaks.measure_wrapping(blocks)

    def scores(self, at: int, block: Block, opens: bool) -> Mapping[State, float]:
        """Return the score of each state for a paragraph, or for a part that may open it."""
        if not opens:
            return _part_scores(_scores(block, None, bool(boilerplate_kind(block.text))), block)
        aside = (
            bool(self.kinds[at] if block is self.blocks[at] else boilerplate_kind(block.text))
            or block.text in self.repeated
            or _is_byline(self.blocks, self.kinds, at)
        )
        scores = _scores(block, self.blocks[at - 1] if at else None, aside)
        if (
            at
            and scores["continuation"] == _IMPOSSIBLE
            and not aside
            and _hangs_below(self.blocks, at)
        ):
            scores["continuation"] = scores["title"] - 1.0
        return scores if block is self.blocks[at] else _part_scores(scores, block)


def _part_scores(scores: dict[State, float], block: Block) -> dict[State, float]:
    """Adjust scores to a part of a paragraph: few abstracts are short, few titles are sentences."""
    short = max(0, SHORT - len(block.text)) / 80
    tall = len(block.rows) > paragraph_breaks.ROWS
    ended = 3.0 if has_sentence_end(block.text) or tall else 0.0
    plain = 1.5 if paragraph_breaks.capitalized_share(block.text[:300]) < 0.2 else 0.0
    return {
        **scores,
        "abstract": scores["abstract"] - short,
        "title": scores["title"] - ended - plain,
    }


_FINAL = (".", "!", "?", "。", "！", "？", "…", ")", '"', "”", "’", "'")


def _scores(block: Block, before: Block | None, aside: bool) -> dict[State, float]:
    """Return the score of each state for a paragraph; `aside` if context shows boilerplate."""
    if aside:
        return {
            "title": -5.0,
            "continuation": -9.0,
            "abstract": -12.0,
            "boilerplate": 2.0,
            "between": 2.0,
        }
    lean = max(-8.0, min(8.0, prose_score(block.text))) / 2 - (2.0 if block.heading else 0.0)
    words = block.text.count(" ") + 1 + count_cjk(block.text) // 2
    # A short line may be anything; the more words it has, the more there is to lose.
    boilerplate = -2.0 - 0.8 * min(words, 12) - max(0.0, lean)
    continuation = -lean - 1.0 if before and _continues(before, block) else _IMPOSSIBLE
    abstract = lean if lean > -1.0 else 2.5 * lean + 1.5
    if block.rows and len(block.text) > LONG:
        abstract -= min(8.0, (len(block.text) - LONG) / 150)  # probably two
    if lean < 0 and not block.text.endswith(_FINAL):
        abstract -= 12.0  # not a sentence
    elif words < 8:
        abstract -= 6.0
    return {
        "title": -lean,
        "continuation": continuation,
        "abstract": abstract,
        "boilerplate": boilerplate,
        "between": _IMPOSSIBLE,
    }


def _repeated(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the short lines that occur more than twice; a paper is listed twice at most."""
    counts = Counter(block.text for block in blocks if len(block.text) < 60)
    return frozenset(text for text, count in counts.items() if count > 2)


def _is_byline(blocks: Sequence[Block], kinds: Sequence[str], at: int) -> bool:
    """Return whether a line names an author or a submitter: before a dot or below 'by'."""
    text = blocks[at].text
    if len(text) > 80 or kinds[at]:
        return False
    after = blocks[at + 1].text if at + 1 < len(blocks) else ""
    if after in ("·", "•", "|", "∙", "⋅"):
        return True
    return at > 0 and blocks[at - 1].text.lower().rstrip(":").endswith(
        ("submitted by", "posted by", "shared by")
    )


def _continues(before: Block, block: Block) -> bool:
    """Return whether a line may continue a title that is broken over two lines."""
    if block.gap:
        return False
    return ends_mid_phrase(before.text) or block.text[:1].islower()


def _hangs_below(blocks: Sequence[Block], at: int) -> bool:
    """Return whether a line may continue a heading, or a line with less indentation, above it.

    It may if both are in one short run of lines between blank lines.
    """
    first = next((i for i in range(at - 1, max(-1, at - 4), -1) if blocks[i].gap), None)
    if first is None or blocks[at].gap:
        return False
    last = next((i for i in range(at + 1, at + 4) if i >= len(blocks) or blocks[i].gap), None)
    return last is not None and (blocks[first].heading or blocks[at].indent > blocks[first].indent)
