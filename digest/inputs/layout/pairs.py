"""Pairs of a title and its abstract, from the roles of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.inputs.layout import paragraph_breaks
from digest.inputs.layout.boilerplate import boilerplate_kind
from digest.inputs.layout.lines import Block
from digest.inputs.layout.sequence_labelling import LabelledParagraph


def unpaired_paragraphs(parts: Sequence[LabelledParagraph]) -> Iterator[Block]:
    """Yield paragraphs of six words and more that are labelled, but not known, as boilerplate."""
    for part in parts:
        if (
            part.role == "boilerplate"
            and part.block.text.count(" ") > 4
            and not boilerplate_kind(part.block.text)
        ):
            yield part.block


@dataclass(frozen=True, slots=True)
class Pair:
    """A title and its abstract, either of which may be missing, and the boilerplate below them."""

    title: Block | None
    abstract: Block | None
    after: tuple[Block, ...] = ()
    """Boilerplate up to the next paper."""


def pair_titles(parts: Sequence[LabelledParagraph]) -> Iterator[Pair]:
    """Yield the papers of a document, in order."""
    title: Block | None = None
    aside: list[Block] = []
    last: Pair | None = None
    for part in _joined_abstracts(parts):
        if part.role == "boilerplate":
            aside.append(part.block)
        elif part.role == "continuation" and title:
            title = replace(title, text=f"{title.text} {part.block.text}")
        elif part.role == "title":
            if title:
                yield from _followed_by(last, aside)
                last, aside = Pair(title, None), []
            title = part.block
        else:
            yield from _followed_by(last, aside)
            last, aside, title = Pair(title, part.block), [], None
    yield from _followed_by(last, aside)
    if title:
        yield Pair(title, None)


def _joined_abstracts(parts: Sequence[LabelledParagraph]) -> Iterator[LabelledParagraph]:
    """Join the paragraphs of an abstract, if titles show that they are not papers of their own."""
    roles = [part.role for part in parts]
    more = {at for at in range(1, len(roles)) if roles[at - 1] == roles[at] == "abstract"}
    titles = roles.count("title")
    # Abstracts without titles are below a list, after its last abstract; second paragraphs of
    # abstracts follow most of them.
    many = sum(at - 1 not in more for at in more)
    always = titles > 1 and many >= 0.8 * titles
    last: LabelledParagraph | None = None
    for at, part in enumerate(parts):
        possible = titles > 0 and at in more
        goes_on = (
            possible
            and last
            and (always or paragraph_breaks.continues_paragraph(last.block.text, part.block.text))
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


def _followed_by(pair: Pair | None, after: Sequence[Block]) -> Iterator[Pair]:
    if pair:
        yield replace(pair, after=tuple(after))
