"""Lines with metadata of a paper, between or below its title and its abstract.

An address, `Authors: …`, a row of names, the word Abstract: they are attached to the
paragraph above, so that the abstract directly follows its title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.inputs.layout import labels
from digest.inputs.layout.boilerplate import boilerplate_kind
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import prose_score
from digest.papers import ids

_ADDRESS = re.compile(
    r"[\W_]{0,6}(?:(?:https?:)?//|www\.)\S+[\W_]{0,3}|arxiv:\s?\S{6,25}|doi:\s?10\.\S+", re.I
)
"""A line that is an address, an arXiv id or a DOI."""
_OPENING = re.compile(
    r"\A(?:\*\*|__)?(?:abstract|summary|tl;?dr)(?:\*\*|__)?\s*(?:[:.—–-]|\*\*)+\s*(?=\S)", re.I
)
"""The word Abstract before an abstract."""
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|y)"
PERSON_NAME = re.compile(
    rf"(?:[^\W\d_a-z][\w.'’`-]*|{_PARTICLE})(?:\s+(?:[^\W\d_a-z][\w.'’`()-]*|{_PARTICLE})){{1,5}}\d?"
)
"""Two to six words that are capitalised or particles."""


def is_author_line(text: str, alone: bool = False) -> bool:
    """Return whether a line is a row of people's names; with `alone` one name is enough.

    >>> is_author_line("Jason Weston, Sumit Chopra and Antoine Bordes")
    True
    >>> is_author_line("Attention, Memory, and Search")
    False
    """
    if len(text) > 200 and text.endswith((".", "?", "!", ":")):
        return False  # a sentence
    text = re.sub(
        r"^by\s+|,?\s*et al\.?|[\s,(\[]+(?:19|20)\d\d[)\].]*$|[\d*†‡§¶∗,]+(?=,|$)",
        "",
        text[:3000].strip(" *_"),
        flags=re.I,
    ).strip("()")
    parts = [part.strip(" *_†‡§¶∗") for part in re.split(r"[,;·]|\s+and\s+|\s+&\s+", text)]
    parts = [part for part in parts if part]
    if len(parts) < (1 if alone else 2) or text.endswith((".", "?", ":")):
        return False
    return sum(bool(PERSON_NAME.fullmatch(part)) for part in parts) >= 0.75 * len(parts)


def attach_metadata(blocks: Sequence[Block]) -> list[Block]:
    """Attach metadata lines to the paragraph above them."""
    out: list[Block] = []
    # If rows of names are common, papers have them below titles, and one name is a row too.
    alone = sum(map(is_author_line, (block.text for block in blocks))) > 0.2 * len(blocks)
    for at, block in enumerate(blocks):
        above = next((b for b in out[-1:] if not boilerplate_kind(b.text)), None)
        below = next((b for b in blocks[at + 1 : at + 4] if not _is_between(b.text)), None)
        note = _metadata(block, above, below, alone)
        if above and note is not None:
            out[-1] = replace(
                above,
                urls=(*above.urls, *ids.urls(note)),
                notes=(*above.notes, note) if note else above.notes,
            )
        else:
            out.append(replace(block, text=_OPENING.sub("", block.text, count=1)))
    return out


_HEADINGS = frozenset((
    *("abstract", "summary", "résumé", "resumen", "resumo", "riassunto", "sommario", "zusammenfassung", "kurzfassung", "samenvatting"),
    *("sammanfattning", "streszczenie", "özet", "аннотация", "резюме", "摘要", "要旨", "抄録", "초록"),
))  # fmt: skip
"""The word Abstract in the languages of journals."""


def _is_heading(text: str) -> bool:
    return text.lower().strip(" *_#:.：") in _HEADINGS


def _is_between(text: str) -> bool:
    """Return whether a line may be between a row of names and the abstract below it."""
    return _is_heading(text) or bool(_ADDRESS.fullmatch(text[:500]))


def _metadata(block: Block, above: Block | None, below: Block | None, alone: bool) -> str | None:
    """Return the metadata of a line; empty for the word Abstract, None if it is a paragraph."""
    text = block.text
    if _is_heading(text):
        return ""
    if len(text) < 500 and _ADDRESS.fullmatch(text):
        return text
    if len(text) > 3000 or above is None or prose_score(above.text) > 2:
        return None
    named = labels.parse_label(text)
    if named and named[0] not in ("title", "abstract"):
        return text
    if below and prose_score(below.text) > 0 and is_author_line(text, alone):
        return f"Authors: {text}"
    return None


def attached_metadata(block: Block) -> labels.Labelled:
    """Return the notes and addresses attached to a paragraph, by field."""
    found: labels.Labelled = {"url": list(block.urls)} if block.urls else {}
    for note in block.notes:
        field, value = labels.parse_label(note) or ("url", note)
        found.setdefault(field, []).append(value)
    return found
