"""From the lines of a pasted text to its paragraphs, pass by pass.

Each pass takes a page to a page and acts on what a whole document shows: a page
that does not show it goes through as it is. What is a title, an abstract or
furniture among the paragraphs is then for `pairing` to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.inputs.layout import buttons, headings, markup, metadata_lines, rejoin, running_heads
from digest.inputs.layout.lines import Block, unbullet, unwrap
from digest.inputs.layout.run_in_titles import abreast


@dataclass(frozen=True, slots=True)
class Page:
    """What is left of a text after some passes."""

    blocks: Sequence[Block]
    addresses: Mapping[int, str] = field(default_factory=dict)
    """The addresses that a text browser has listed below the text, by their numbers."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One step, and why it is there."""

    name: str
    run: Callable[[Page], Page]
    why: str
    """What happens to texts, and how a document shows that it has happened to it."""


def _each(change: Callable[[Sequence[Block]], Sequence[Block]]) -> Callable[[Page], Page]:
    """Make a pass of a function that knows of blocks alone."""
    return lambda page: replace(page, blocks=change(page.blocks))


def _listed_addresses(page: Page) -> Page:
    return Page(*markup.references(page.blocks))


def _links_over_lines(page: Page) -> Page:
    if not page.addresses and not any("](" in block.text for block in page.blocks):
        return page
    return replace(page, blocks=markup.unbracketed(page.blocks, page.addresses))


def _links_and_emphasis(page: Page) -> Page:
    return replace(page, blocks=markup.plain(page.blocks, page.addresses))


LINES: Sequence[Pass] = (
    Pass("columns", _each(running_heads.side_by_side), "Print has two columns side by side: most lines have a gap at one place."),
    Pass("blank lines between lines", _each(running_heads.single), "Editors put a blank line after every line: no line is without one, and most begin small."),
    Pass("page numbers", _each(running_heads.without_feet), "Pages leave their numbers and heads: numbers that count up, and what repeats beside them."),
    Pass("front matter", _each(markup.without_front), "Clippers write keys above a page: they are between two rules."),
    Pass("listed addresses", _listed_addresses, "Text browsers list addresses below a page: half of their numbers are in the text."),
    Pass("links over lines", _links_over_lines, "Clippers break links over lines: a bracket that opens, or closes before an address."),
    Pass("bullets", _each(unbullet), "Lists have numbers and marks: they count up, or repeat."),
    Pass("wrapped lines", _each(lambda blocks: unwrap(blocks, markup.starts, metadata_lines.names)), "Mails and terminals wrap lines: these pile up before a margin."),
    Pass("links and emphasis", _links_and_emphasis, "Markdown has links, headings and bold type: their signs go, the addresses stay beside."),
    Pass("titles on the line", _each(abreast), "Titles and abstracts share a line: most long paragraphs begin with a mark, or with words as titles have."),
)  # fmt: skip
"""From lines to the paragraphs that a reader sees."""

PARAGRAPHS: Sequence[Pass] = (
    Pass("glued buttons", _each(buttons.unglued), "Pages glue a button to the first title: what is above it is furniture, as the button is."),
    Pass("headings of abstracts", _each(headings.gathered), "Medicine's abstracts have headings: words that only such headings are, two of them in a row."),
    Pass("broken paragraphs", _each(rejoin.whole), "Editors break titles in short lines, and abstracts by sentences: most of a document is so."),
    Pass("metadata lines", _each(metadata_lines.absorb), "Names, addresses and labels are between title and abstract: they go to the paragraph above them."),
)  # fmt: skip
"""From paragraphs to those that are a title, an abstract or furniture."""


def run(passes: Sequence[Pass], blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return what passes make of blocks, one after the other.

    >>> from digest.inputs.layout.lines import raw
    >>> [b.text for b in run(LINES, raw("> 1. **Memory Networks**\\n>\\n> 2. [Attention](/a)"))]
    ['Memory Networks', 'Attention']
    """
    page = Page(blocks)
    for each in passes:
        page = each.run(page)
    return tuple(page.blocks)
