"""Lines that tell of a paper without being its title or its abstract.

An address, `Authors: …`, a row of names, the word Abstract: they go to the
paragraph above them, so that titles and abstracts stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.inputs.layout import labels
from digest.inputs.layout.boilerplate import furniture
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import prose
from digest.papers import ids

_ADDRESS = re.compile(
    r"[\W_]{0,6}(?:(?:https?:)?//|www\.)\S+[\W_]{0,3}|arxiv:\s?\S{6,25}|doi:\s?10\.\S+", re.I
)
_OPENING = re.compile(
    r"\A(?:\*\*|__)?(?:abstract|summary|tl;?dr)(?:\*\*|__)?\s*(?:[:.—–-]|\*\*)+\s*(?=\S)", re.I
)
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|y)"
NAME = re.compile(
    rf"(?:[^\W\d_a-z][\w.'’`-]*|{_PARTICLE})(?:\s+(?:[^\W\d_a-z][\w.'’`()-]*|{_PARTICLE})){{1,5}}\d?"
)


def names(text: str, alone: bool = False) -> bool:
    """Whether a line is a row of people's names; `alone` where one name will do.

    >>> names("Jason Weston, Sumit Chopra and Antoine Bordes"), names("Attention, Memory, and Search")
    (True, False)
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
    return sum(bool(NAME.fullmatch(part)) for part in parts) >= 0.75 * len(parts)


def absorb(blocks: Sequence[Block]) -> list[Block]:
    """Put what stands aside to the paragraph it stands below."""
    out: list[Block] = []
    # Where most papers have a row of names below their title, one name is one too.
    alone = sum(map(names, (block.text for block in blocks))) > 0.2 * len(blocks)
    for at, block in enumerate(blocks):
        above = next((b for b in out[-1:] if not furniture(b.text)), None)
        below = next((b for b in blocks[at + 1 : at + 4] if not _is_between(b.text)), None)
        note = _note(block, above, below, alone)
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
"""The word above an abstract."""


def _is_heading(text: str) -> bool:
    return text.lower().strip(" *_#:.：") in _HEADINGS


def _is_between(text: str) -> bool:
    """Whether a line may be between the names and the abstract that they are above."""
    return _is_heading(text) or bool(_ADDRESS.fullmatch(text[:500]))


def _note(block: Block, above: Block | None, below: Block | None, alone: bool) -> str | None:
    """What a line says about the paper above it; '' for a word such as Abstract, None for a paragraph."""
    text = block.text
    if _is_heading(text):
        return ""
    if len(text) < 500 and _ADDRESS.fullmatch(text):
        return text
    if len(text) > 3000 or above is None or prose(above.text) > 2:
        return None
    named = labels.label(text)
    if named and named[0] not in ("title", "abstract"):
        return text
    if below and prose(below.text) > 0 and names(text, alone):
        return f"Authors: {text}"
    return None


def values(block: Block) -> labels.Labelled:
    """The notes and addresses of a paragraph, by field."""
    found: labels.Labelled = {"url": list(block.urls)} if block.urls else {}
    for note in block.notes:
        field, value = labels.label(note) or ("url", note)
        found.setdefault(field, []).append(value)
    return found
