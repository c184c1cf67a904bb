"""Views of a plain-text document: its lines, its paragraphs, and the role of each paragraph."""

from __future__ import annotations

from digest.inputs.document import Document
from digest.inputs.layout import passes, sequence_labelling
from digest.inputs.layout.lines import Block, split_lines
from digest.inputs.layout.sequence_labelling import Labelling


def lines(document: Document) -> tuple[Block, ...]:
    """Return all lines, without quote prefixes."""
    return tuple(split_lines(document.text))


def paragraphs(document: Document) -> tuple[Block, ...]:
    """Return the paragraphs as a reader sees them."""
    return passes.run(passes.LINES, document.view(lines))


def parts(document: Document) -> tuple[Block, ...]:
    """Return the paragraphs that are each a title, an abstract or boilerplate."""
    return passes.run(passes.PARAGRAPHS, document.view(paragraphs))


def titled(document: Document) -> Labelling:
    """Return the roles of paragraphs for papers with titles."""
    return sequence_labelling.label_paragraphs(document.view(parts))


def bare(document: Document) -> Labelling:
    """Return the roles of paragraphs for abstracts without titles."""
    return sequence_labelling.label_paragraphs(document.view(parts), titled=False)
