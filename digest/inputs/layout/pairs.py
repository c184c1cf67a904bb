"""From the roles of paragraphs to papers: which abstract belongs to which title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.inputs.layout import paragraph_breaks
from digest.inputs.layout.boilerplate import furniture
from digest.inputs.layout.lines import Block
from digest.inputs.layout.sequence_labelling import Part


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
    for part in _continued(parts):
        if part.role == "furniture":
            aside.append(part.block)
        elif part.role == "more" and title:
            title = replace(title, text=f"{title.text} {part.block.text}")
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


def _continued(parts: Sequence[Part]) -> Iterator[Part]:
    """Put the further paragraphs of an abstract to its first, where titles show that they are no papers."""
    roles = [part.role for part in parts]
    more = {at for at in range(1, len(roles)) if roles[at - 1] == roles[at] == "abstract"}
    titles = roles.count("title")
    # Bare abstracts below a list follow its last abstract; where paragraphs do, they follow most.
    many = sum(at - 1 not in more for at in more)
    always = titles > 1 and many >= 0.8 * titles
    last: Part | None = None
    for at, part in enumerate(parts):
        told = titles > 0 and at in more
        goes_on = (
            told and last and (always or paragraph_breaks.goes_on(last.block.text, part.block.text))
        )
        if last and goes_on:
            text = f"{last.block.text} {part.block.text}"
            urls = (*last.block.urls, *part.block.urls)
            last = replace(last, block=replace(last.block, text=text, urls=urls))
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def _closed(pair: Pair | None, after: Sequence[Block]) -> Iterator[Pair]:
    if pair:
        yield replace(pair, after=tuple(after))
