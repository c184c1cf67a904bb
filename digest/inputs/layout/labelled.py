"""Records of labelled lines.

    Title: Memory Networks
    PDF: https://arxiv.org/pdf/1410.3916
    Summary: We describe a new class of learning models …
    ---

The title may also be a heading without a label, above the labelled lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import labels, markup, views
from digest.inputs.layout.lines import WIDEST, Block, unwrap
from digest.inputs.layout.prose import prose_score
from digest.inputs.syntax.extents import LONGEST, DocumentText, Extent
from digest.models import Guess, Reading, Seed

NAME = "labelled"


def recognise(document: Document) -> Guess:
    """Return how sure it is: the larger the share of labelled lines, the surer."""
    blocks = document.head.view(_blocks)
    found = [labels.parse_label(block.text) for block in blocks]
    fields = [field[0] for field in found if field]
    if "title" not in fields and "abstract" not in fields:
        return Guess(0.0, "a line that begins with 'Title:' or 'Abstract:'")
    if len(set(fields)) < 2:
        return Guess(0.2, "a second label, such as 'Abstract:'")
    if len(fields) <= 0.25 * len(found):
        return Guess(0.2)
    # A title without a label may be any line above labelled ones, such as the site's own text.
    surest = 0.88 if "title" in fields or any(map(_is_heading, blocks)) else 0.65
    return Guess(min(surest, 0.5 + 0.6 * len(fields) / len(found)))


def _is_heading(block: Block) -> bool:
    return block.text.startswith("#")


def _blocks(document: Document) -> list[Block]:
    return unwrap(
        document.view(views.lines),
        starts=lambda text: bool(labels.parse_label(text)) or labels.is_rule(text),
    )


def read(document: Document) -> Reading:
    """Read the records one by one; one with neither a title nor an abstract is refused."""
    return findings.reading(document, NAME, _finds(document))


def _finds(document: Document) -> Iterator[findings.Finding]:
    for group in _groups(document.view(_blocks)):
        found = _LabelledRecord()
        for block in group:
            found.take(block)
        yield from found.record(document)


def _groups(blocks: list[Block]) -> Iterator[list[Block]]:
    """Split a document at rules and wherever the label that opens a record recurs."""
    group: list[Block] = []
    seen: set[str] = set()
    fields = [found[0] for block in blocks if (found := labels.parse_label(block.text))]
    heads = "title" not in fields
    # If records do not begin with their titles, they begin with the first label of all.
    often = bool(fields) and fields.count(fields[0]) >= 0.8 * fields.count("title")
    opener = fields[0] if often and fields[0] == "abstract" else "title"
    for at, block in enumerate(blocks):
        found = labels.parse_label(block.text)
        field = found[0] if found else ""
        opens = field == opener or (
            heads and not field and _is_above_label(blocks, at) and len(seen) > 1
        )
        if labels.is_rule(block.text) or (opens and (field in seen or heads)):
            if group:
                yield group
            group, seen = [], set()
        if not labels.is_rule(block.text):
            group.append(block)
            seen.add(field)
    if group:
        yield group


def _is_above_label(blocks: list[Block], at: int) -> bool:
    """Return whether a line, itself without a label, is right above a labelled one."""
    after = labels.parse_label(blocks[at + 1].text) if at + 1 < len(blocks) else None
    return bool(after) and blocks[at].gap


class _LabelledRecord:
    """The values of one record, collected line by line."""

    def __init__(self) -> None:
        self.values: labels.Labelled = {}
        self.lines: dict[str, int] = {}
        self.field = ""
        self.raw: list[str] = []
        self.titled = False

    def take(self, block: Block) -> None:
        """Add a line: a labelled value, its continuation, or a title without a label."""
        self.raw.append(block.text)
        if found := labels.parse_label(block.text):
            self.field = found[0]
            if self.field == "title" and not self.titled:
                self.values.pop("title", None)  # the line above was the page's own
            self.titled = self.titled or self.field == "title"
            self._add(found[1], block.line)
        elif self.field:
            self._add(block.text, block.line)
        else:
            self.field = "title"
            text, urls = markup.extract_links(block.text.lstrip("# "))
            self._add(markup.strip_emphasis(text), block.line)
            self.values.setdefault("url", []).extend(urls)
            self.field = ""

    def _add(self, value: str, line: int) -> None:
        if value:
            self.lines.setdefault(self.field, line)
            self.values.setdefault(self.field, []).append(value)

    def record(self, seed: Seed) -> Iterator[findings.Finding]:
        """Yield a record, a problem, or nothing if the lines are not about a paper."""
        line = (
            self.lines.get("abstract")
            or self.lines.get("title")
            or min(self.lines.values(), default=1)
        )
        known = set(self.values) - {"title"}
        if "abstract" in known or ("title" in self.values and known):
            yield labels.make_record(seed, line, self.values)
        elif self.titled:
            yield findings.no_abstract(seed, line, " ".join(self.values["title"]), "")
        elif len(self.values) > 1 or prose_score(" ".join(self.raw)) > 0:
            message = "expected 'Title:' or 'Abstract:', found " + findings.quote(self.raw[0])
            yield findings.refuse(
                seed, line, message + " — the paper is left out", "\n".join(self.raw)
            )


def _end(text: DocumentText, at: int) -> int:
    """Return the line after a record, which ends at a rule, a blank line or the next title."""
    lines = text.lines
    number = at + 1
    known = {"title"}
    while number < min(len(lines), at + LONGEST):
        found = labels.parse_label(lines[number])
        if labels.is_rule(lines[number]):
            return number + 1
        if (found and found[0] == "title") or not lines[number].strip():
            break
        if found:
            known.add(found[0])
        elif len(lines[number - 1]) > WIDEST:
            break
        number += 1
    return number if len(known) > 1 else at


_EXTENTS = (Extent("labelled", r"(?i:[#*\s]{0,6}(?:paper )?title\s?\*{0,2}:)", _end, sure=False),)

FORMAT = Format(
    NAME,
    "list of labelled records",
    "labels",
    recognise,
    read,
    papers_only=True,
    extents=_EXTENTS,
    about="records of labelled lines",
    example="Title: A comet in pieces\nPDF: https://…\nSummary: We present …\n---",
)
