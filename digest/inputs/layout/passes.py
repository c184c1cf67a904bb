"""The passes that turn the lines of a pasted text into paragraphs, in order.

Each pass maps a text to a text and acts on evidence from the whole document: a text
without that evidence is unchanged. Which paragraphs are titles, abstracts or boilerplate
is then decided by `sequence_labelling`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.inputs.layout import buttons, headings, markup, metadata_lines, rejoin, running_heads
from digest.inputs.layout.lines import Block, strip_bullets, unwrap
from digest.inputs.layout.run_in_titles import split_run_in_titles


@dataclass(frozen=True, slots=True)
class PastedText:
    """A pasted text between two passes."""

    blocks: Sequence[Block]
    addresses: Mapping[int, str] = field(default_factory=dict)
    """The addresses that a text browser listed below the text, by number."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One step from lines to paragraphs."""

    name: str
    run: Callable[[PastedText], PastedText]
    why: str
    """One line: why the pass exists, and after a colon the evidence on which it acts."""


def _on_blocks(
    change: Callable[[Sequence[Block]], Sequence[Block]],
) -> Callable[[PastedText], PastedText]:
    """Return a pass that applies a function to the blocks of a text."""
    return lambda text: replace(text, blocks=change(text.blocks))


def _extract_listed_addresses(text: PastedText) -> PastedText:
    return PastedText(*markup.extract_references(text.blocks))


def _join_links(text: PastedText) -> PastedText:
    if not text.addresses and not any("](" in block.text for block in text.blocks):
        return text
    return replace(text, blocks=markup.join_split_links(text.blocks, text.addresses))


def _strip_markup(text: PastedText) -> PastedText:
    return replace(text, blocks=markup.strip_markup(text.blocks, text.addresses))


def _unwrap(blocks: Sequence[Block]) -> Sequence[Block]:
    return unwrap(blocks, starts=markup.is_heading, alone=metadata_lines.is_author_line)


LINES: Sequence[Pass] = (
    Pass(
        "columns",
        _on_blocks(running_heads.unfold_columns),
        "Printed pages have two columns: most lines have a gap at the same character column.",
    ),
    Pass(
        "blank lines between lines",
        _on_blocks(running_heads.drop_interleaved_blanks),
        "Some editors add blank lines: every line is followed by one, many begin in lower case.",
    ),
    Pass(
        "page numbers",
        _on_blocks(running_heads.strip_page_numbers),
        "Printed pages leave numbers and running heads: numbers count up, heads recur beside them.",
    ),
    Pass(
        "front matter",
        _on_blocks(markup.strip_front_matter),
        "Web clippers write YAML above a page: at least half of the lines between `---` are keys.",
    ),
    Pass(
        "listed addresses",
        _extract_listed_addresses,
        "Text browsers list addresses below a page: the text refers to half of their numbers.",
    ),
    Pass(
        "links over lines",
        _join_links,
        "Web clippers wrap links over lines: a bracket is left open, or closes before an address.",
    ),
    Pass(
        "bullets",
        _on_blocks(strip_bullets),
        "Lists have numbers and bullets: numbers count up, and bullets recur.",
    ),
    Pass(
        "wrapped lines",
        _on_blocks(_unwrap),
        "Mail programs and terminals wrap lines: many lines end just before the same column.",
    ),
    Pass(
        "links and emphasis",
        _strip_markup,
        "Markdown has links, headings and emphasis: their syntax is evidence enough by itself.",
    ),
    Pass(
        "titles on the line",
        _on_blocks(split_run_in_titles),
        "Some lists have title and abstract on one line: most long paragraphs begin like a title.",
    ),
)
"""The passes from lines to the paragraphs that a reader sees."""

PARAGRAPHS: Sequence[Pass] = (
    Pass(
        "glued buttons",
        _on_blocks(buttons.detach_buttons),
        "Browsers copy a button and a title without a space: nothing but boilerplate is above.",
    ),
    Pass(
        "headings of abstracts",
        _on_blocks(headings.join_structured_abstracts),
        "Medical abstracts have headings of their own: two different ones follow each other.",
    ),
    Pass(
        "broken paragraphs",
        _on_blocks(rejoin.rejoin_paragraphs),
        "Some editors break titles into lines, abstracts into sentences: most of a text is so.",
    ),
    Pass(
        "metadata lines",
        _on_blocks(metadata_lines.attach_metadata),
        "Addresses, labels and names are between title and abstract: a line is nothing else.",
    ),
)
"""The passes from paragraphs to those that are each a title, an abstract or boilerplate."""


def run(passes: Sequence[Pass], blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Apply passes one after the other and return the blocks.

    >>> from digest.inputs.layout.lines import split_lines
    >>> text = "> 1. **Memory Networks**\\n>\\n> 2. [Attention](/a)"
    >>> [block.text for block in run(LINES, split_lines(text))]
    ['Memory Networks', 'Attention']
    """
    text = PastedText(blocks)
    for each in passes:
        text = each.run(text)
    return tuple(text.blocks)
