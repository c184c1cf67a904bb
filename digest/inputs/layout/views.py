"""Plain text as its readers look at it: lines, paragraphs, and what each paragraph is."""

from __future__ import annotations

from digest.inputs.document import Document
from digest.inputs.layout import passes, sequence_labelling
from digest.inputs.layout.lines import Block, raw
from digest.inputs.layout.sequence_labelling import Layout


def lines(document: Document) -> tuple[Block, ...]:
    """Return every line, without marks of quotation."""
    return tuple(raw(document.text))


def paragraphs(document: Document) -> tuple[Block, ...]:
    """Return the paragraphs as a reader sees them."""
    return passes.run(passes.LINES, document.view(lines))


def parts(document: Document) -> tuple[Block, ...]:
    """Return the paragraphs that are each a title, an abstract or furniture."""
    return passes.run(passes.PARAGRAPHS, document.view(paragraphs))


def titled(document: Document) -> Layout:
    """Return what each paragraph is where papers have titles."""
    return sequence_labelling.layout(document.view(parts))


def bare(document: Document) -> Layout:
    """Return what each paragraph is where papers are abstracts alone."""
    return sequence_labelling.layout(document.view(parts), titled=False)
