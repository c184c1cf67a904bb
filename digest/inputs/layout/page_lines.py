"""Classification of the lines of pages of scholarly sites, each by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from digest.inputs.document import Document
from digest.inputs.layout import labels, markup, views
from digest.inputs.layout.imprints import Imprint, byline_names, is_person_name, parse_imprint
from digest.inputs.layout.lines import EDGE, Block, strip_bullets, wrap_margin
from digest.inputs.layout.prose import ends_mid_phrase, prose_score
from digest.inputs.layout.site_chrome import chrome_kind
from digest.papers import ids

Kind = Literal["site", "section", "heading", "label", "byline", "name", "imprint", "prose", "text"]
"""What a line is by itself: `site` is a line of the site's own, `section` one of its headings and
`heading` the word Abstract; `name` may be a title as well, and `text` anything."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page of a scholarly site, and its kind."""

    block: Block
    kind: Kind
    field: str = ""
    """The field of a label; 'count' for a number of authors."""
    imprint: Imprint | None = None


_OTHER_LABEL = re.compile(
    r"(?:tl;?dr|primary area|secondary area|submission number|submission|readers|writers|signatures|supplementary material|code of ethics|track|student paper|confirmation|venueid|paperhash|msc classes|acm classes|report number|pmcid|license|links?|funding|mesh terms?|conflict of interest statement|fields of study|corresponding author|affiliations?|editors?|edited by|status|type|publisher|language|topics?)\s?:.{0,600}", re.I
)  # fmt: skip
"""Labelled lines of sites that are no field of a record."""
_HEADING = re.compile(
    r"\W{0,3}(?:abstract|summary|résumé|zusammenfassung|resumen|摘要)\W{0,3}", re.I
)
_LABELLED_ABSTRACT = re.compile(
    r"\W{0,3}(?:abstract|summary)(?:\s?[:—–.-]\s*(?=\S)|(?=[A-Z][a-z]|[A-Z] [a-z]))", re.I
)
_YEAR = re.compile(r"\(?(?:19|20)\d\d\)?[.,]?")
_PROSE = 60
"""Characters above which a line may be an abstract."""


def _classify(block: Block, repeated: frozenset[str], before: str, after: str) -> PageLine:
    """Classify a line by its text and, for submitters and organisations, the lines around it."""
    text = block.text
    if _HEADING.fullmatch(text[:40]):
        return PageLine(block, "heading")
    if _is_labelled_abstract(text):
        return PageLine(block, "prose", "abstract")
    if (found := labels.parse_label(text)) and found[0] in (
        "authors",
        "categories",
        "comment",
        "venue",
        "date",
        "doi",
        "arxiv",
    ):
        dated = found[0] in ("date", "doi", "arxiv", "venue")
        return PageLine(block, "label", found[0], parse_imprint(text) if dated else None)
    if _OTHER_LABEL.fullmatch(text[:700]):
        return PageLine(block, "label", "aside")
    if _YEAR.fullmatch(text):
        return PageLine(block, "imprint", "", parse_imprint(text))
    if (
        block.gap
        and _STOCK_TITLE.fullmatch(text)
        and (byline_names(after) or is_person_name(after))
    ):
        return PageLine(block, "text")
    kind = chrome_kind(text)
    if kind == "authors" or (kind == "date" and parse_imprint(text)):
        field = "count" if kind == "authors" else ""
        return PageLine(block, "imprint", field, parse_imprint(text))
    if kind == "section":
        return PageLine(block, "section")
    if kind and not (kind == "address" and ids.identifiers([text])):
        return PageLine(block, "site")
    if _is_submitter(before, after) and len(text) < 80:
        return PageLine(block, "site")
    if byline_names(text):
        return PageLine(block, "byline", "", parse_imprint(text))
    if parsed := parse_imprint(text):
        return PageLine(block, "imprint", "", parsed)
    if len(text) > _PROSE and (prose_score(text) > 0 or _is_truncated(text)):
        return PageLine(block, "prose")
    if _shape(text) in repeated:
        return PageLine(block, "site")
    return PageLine(block, "name" if is_person_name(text) else "text")


_STOCK_TITLE = re.compile(
    r"introduction|editorial|foreword|preface|afterword|commentary|response|reply|correction|corrigendum|erratum|obituary|in memoriam|highlights?|panel(?: discussion)?|keynote",
    re.I,
)
"""Titles of items in journals and programmes, above the name of an author."""


def _is_labelled_abstract(text: str) -> bool:
    return bool(_LABELLED_ABSTRACT.match(text[:60])) and len(text) > _PROSE


def _is_submitter(before: str, after: str) -> bool:
    """Return whether the lines around a line show that it is a submitter or an organisation."""
    return before.lower().rstrip(" :").endswith(
        ("submitted by", "posted by", "shared by")
    ) or after in ("·", "•", "|")


def _is_truncated(text: str) -> bool:
    """Return whether a line is an abstract that ends in an ellipsis, perhaps with a button."""
    return text.rstrip(" ▽More").endswith(("…", "...")) and prose_score(text) > -3


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text.lower())


def _repeated(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the lines, with all digits zeroed, that recur; one of five words may occur twice."""
    counts = Counter(_shape(block.text) for block in blocks if len(block.text) < 100)
    return frozenset(
        shape for shape, count in counts.items() if count > (1 if shape.count(" ") < 4 else 2)
    )


def classify_lines(document: Document) -> list[PageLine]:
    """Classify the lines of a page, with wrapped titles and abstracts joined."""
    blocks = _joined(list(_text_lines(strip_bullets(document.view(views.lines)))))
    repeated = _repeated(blocks)
    texts = ["", *(block.text for block in blocks), ""]
    return [
        _classify(block, repeated, before, after)
        for block, before, after in zip(blocks, texts, texts[2:], strict=False)
    ]


def _text_lines(lines: Sequence[Block]) -> Iterator[Block]:
    """Yield the lines that are not blank, without links and without immediate repetitions."""
    gap, last = True, ""
    for line in lines:
        if not line.text:
            gap = True
            continue
        for block in markup.strip_markup([replace(line, gap=gap)], {}):
            if block.text != last or len(last) < 20:  # short lines may repeat
                yield block
            last, gap = block.text, False


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Join the lines of wrapped titles and abstracts."""
    margin = wrap_margin([" " * block.indent + block.text for block in blocks])
    out: list[Block] = []
    for block in blocks:
        if out and not block.gap and _continues(out[-1], block, margin):
            out[-1] = replace(
                out[-1],
                text=f"{out[-1].text} {block.text}",
                urls=(*out[-1].urls, *block.urls),
                indent=block.indent,
                rows=(block.text,),
            )
        else:
            out.append(block)
    return out


def _continues(above: Block, block: Block, margin: int) -> bool:
    """Return whether a line continues the one above it."""
    last = above.rows[-1] if above.rows else above.text
    if (
        len(last) < 30
        or _is_evident(block.text)
        or _is_evident(above.text)
        or above.text.endswith(("…", "..."))
    ):
        return False
    full = (
        bool(margin) and above.indent + len(last) > margin - EDGE and prose_score(above.text) > -2
    )
    return full or (
        (block.text[0].islower() or ends_mid_phrase(above.text))
        and not above.text.endswith((".", "!", "?", ","))
    )


def _is_evident(text: str) -> bool:
    """Return whether the kind of a line is evident from its text: it is no title or abstract."""
    named = labels.parse_label(text)
    return bool(
        chrome_kind(text)
        or _HEADING.fullmatch(text[:40])
        or byline_names(text)
        or parse_imprint(text)
        or (named and named[0] != "abstract")
    )


_TAIL = re.compile(
    r"\s*(?:[△▽▲▼]\s*(?:Less|More)|(?:Show|Read|See|View) (?:more|less)|\(more\)|Expand)\s*$"
)


def strip_abstract_label(text: str) -> str:
    """Remove the label and the trailing button of an abstract.

    >>> strip_abstract_label("Abstract: We count bees in winter, and again in spring. △ Less")
    'We count bees in winter, and again in spring.'
    """
    return _TAIL.sub("", _LABELLED_ABSTRACT.sub("", text, count=1))
