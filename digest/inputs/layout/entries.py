"""Pages of scholarly sites, copied from a browser: results, volumes, programmes, articles.

    Poster
    Memory Networks

    Jason Weston · Sumit Chopra · Antoine Bordes
    Exhibit Hall C #1712
    [ Abstract ]
    Abstract:

    We describe a new class of learning models …

An entry is a title and what stands about it: names, an imprint, an abstract, in the
order a site has, among what the site prints around it. Every line is weighed by what
it is (`chrome`, `imprints`, `prose`), and the roles with the greatest sum are taken:
a line that tells nothing is a title where names or an imprint follow. Which of the
lines between two titles belong to the second, the first entry shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import labels, markup, views
from digest.inputs.layout.imprints import Imprint, credit, imprint, is_place, name
from digest.inputs.layout.lines import EDGE, Block, unbullet, width
from digest.inputs.layout.prose import hangs, prose
from digest.inputs.layout.site_chrome import SCHOLARLY, chrome
from digest.language.dates import parts
from digest.models import Guess, Reading, Record, Seed
from digest.papers import ids

NAME = "scholarly-page"

Role = Literal["title", "byline", "imprint", "mark", "abstract", "inside", "outside", "rest"]
"""`mark` is the word Abstract; the site's own stands `inside` an entry or `outside`; `rest` is
what follows a heading such as References."""

_ROLES: tuple[Role, ...] = (
    "title",
    "byline",
    "imprint",
    "mark",
    "abstract",
    "inside",
    "outside",
    "rest",
)
_NEVER = -1e9

_FOLLOWS: Mapping[tuple[Role | None, Role | None], float] = {
    (None, "title"): 0, (None, "byline"): 0, (None, "imprint"): 0, (None, "outside"): 0, (None, "mark"): -4,
    ("title", "byline"): 2, ("title", "imprint"): 1, ("title", "mark"): 0, ("title", "abstract"): -4, ("title", "inside"): -0.5,
    ("byline", "title"): 0.5, ("byline", "byline"): 0, ("byline", "imprint"): 1, ("byline", "mark"): 1, ("byline", "abstract"): 2,
    ("byline", "inside"): 0, ("byline", "outside"): -0.5, ("byline", "rest"): 0, ("byline", None): 0,
    ("imprint", "title"): 0.5, ("imprint", "byline"): 0, ("imprint", "imprint"): 0.5, ("imprint", "mark"): 1, ("imprint", "abstract"): 1,
    ("imprint", "inside"): 0, ("imprint", "outside"): 0, ("imprint", "rest"): 0, ("imprint", None): 0,
    ("mark", "abstract"): 3, ("mark", "inside"): -1, ("mark", "outside"): -2, ("mark", "imprint"): -2, ("mark", "mark"): -1,
    ("abstract", "title"): 1, ("abstract", "abstract"): -0.5, ("abstract", "imprint"): 0, ("abstract", "byline"): -0.5,
    ("abstract", "outside"): 0.5, ("abstract", "rest"): 0.5, ("abstract", None): 0,
    ("inside", "inside"): 0, ("inside", "byline"): 0.5, ("inside", "imprint"): 0.5, ("inside", "mark"): 0.5, ("inside", "abstract"): -1,
    ("outside", "outside"): 0, ("outside", "title"): 0.5, ("outside", "byline"): -1, ("outside", "imprint"): -0.5, ("outside", "mark"): -4,
    ("outside", "rest"): 0, ("outside", None): 0,
    ("rest", "rest"): 0, ("rest", "title"): -0.5, ("rest", "outside"): 0, ("rest", "imprint"): -0.5, ("rest", "byline"): -1, ("rest", None): 0,
}  # fmt: skip
"""How well one role follows another; every title is followed by names, an imprint or the word Abstract."""


# --- what lines are --------------------------------------------------------------------

Kind = Literal["site", "section", "mark", "label", "byline", "name", "imprint", "prose", "text"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, and what it is by itself."""

    block: Block
    kind: Kind
    field: str = ""
    """What a label says the line holds."""
    said: Imprint | None = None


_ASIDE = re.compile(
    r"(?:tl;?dr|primary area|secondary area|submission number|submission|readers|writers|signatures|supplementary material|code of ethics|track|student paper|confirmation|venueid|paperhash|msc classes|acm classes|report number|pmcid|license|links?|funding|mesh terms?|conflict of interest statement|fields of study|corresponding author|affiliations?|editors?|edited by|status|type|publisher|language|topics?)\s?:.{0,600}", re.I
)  # fmt: skip
_MARK = re.compile(r"\W{0,3}(?:abstract|summary|résumé|zusammenfassung|resumen|摘要)\W{0,3}", re.I)
_MARKED = re.compile(
    r"\W{0,3}(?:abstract|summary)(?:\s?[:—–.-]\s*(?=\S)|(?=[A-Z][a-z]|[A-Z] [a-z]))", re.I
)
_YEAR = re.compile(r"\(?(?:19|20)\d\d\)?[.,]?")
_PROSE = 60


def _line(block: Block, repeated: frozenset[str], before: str, after: str) -> Line:
    """Tell what a line is; a sender stands below `Submitted by`, an organisation above a dot."""
    text = block.text
    if _MARK.fullmatch(text[:40]):
        return Line(block, "mark")
    if _marked(text):
        return Line(block, "prose", "abstract")
    if (found := labels.label(text)) and found[0] in (
        "authors",
        "categories",
        "comment",
        "venue",
        "date",
        "doi",
        "arxiv",
    ):
        said = imprint(text) if found[0] in ("date", "doi", "arxiv", "venue") else None
        return Line(block, "label", found[0], said)
    if _ASIDE.fullmatch(text[:700]):
        return Line(block, "label", "aside")
    if _YEAR.fullmatch(text):
        return Line(block, "imprint", "", imprint(text))
    if block.gap and _PIECE.fullmatch(text) and (credit(after) or name(after)):
        return Line(block, "text")
    own = chrome(text)
    if own == "authors" or (own == "date" and imprint(text)):
        return Line(block, "imprint", "count" if own == "authors" else "", imprint(text))
    if own == "section":
        return Line(block, "section")
    if own and not (own == "address" and ids.identifiers([text])):
        return Line(block, "site")
    if _is_beside(before, after) and len(text) < 80:
        return Line(block, "site")
    if credit(text):
        return Line(block, "byline", "", imprint(text))
    if said := imprint(text):
        return Line(block, "imprint", "", said)
    if len(text) > _PROSE and (prose(text) > 0 or _broken_off(text)):
        return Line(block, "prose")
    if _shape(text) in repeated:
        return Line(block, "site")
    return Line(block, "name" if name(text) else "text")


_PIECE = re.compile(
    r"introduction|editorial|foreword|preface|afterword|commentary|response|reply|correction|corrigendum|erratum|obituary|in memoriam|highlights?|panel(?: discussion)?|keynote",
    re.I,
)
"""What contents of journals and programmes have as titles, above somebody's name."""


def _marked(text: str) -> bool:
    return bool(_MARKED.match(text[:60])) and len(text) > _PROSE


def _is_beside(before: str, after: str) -> bool:
    return before.lower().rstrip(" :").endswith(
        ("submitted by", "posted by", "shared by")
    ) or after in ("·", "•", "|")


def _broken_off(text: str) -> bool:
    return text.rstrip(" ▽More").endswith(("…", "...")) and prose(text) > -3


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text.lower())


def _repeated(blocks: Sequence[Block]) -> frozenset[str]:
    """Lines that come again, but for their numbers; a title of some length may come twice."""
    counts = Counter(_shape(block.text) for block in blocks if len(block.text) < 100)
    return frozenset(
        shape for shape, count in counts.items() if count > (1 if shape.count(" ") < 4 else 2)
    )


def _lines(document: Document) -> list[Line]:
    blocks = _joined(list(_apart(unbullet(document.view(views.lines)))))
    repeated = _repeated(blocks)
    texts = ["", *(block.text for block in blocks), ""]
    return [
        _line(block, repeated, before, after)
        for block, before, after in zip(blocks, texts, texts[2:], strict=False)
    ]


def _apart(lines: Sequence[Block]) -> Iterator[Block]:
    """Go through the lines that hold something, links off, each told whether a blank line is above it."""
    gap, last = True, ""
    for line in lines:
        if not line.text:
            gap = True
            continue
        for block in markup.plain([replace(line, gap=gap)], {}):
            if block.text != last or len(last) < 20:  # a title may stand twice
                yield block
            last, gap = block.text, False


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Join a title or an abstract with the line it goes on in."""
    margin = width([" " * block.indent + block.text for block in blocks])
    out: list[Block] = []
    for block in blocks:
        if out and not block.gap and _goes_on(out[-1], block, margin):
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


def _goes_on(above: Block, block: Block, margin: int) -> bool:
    last = above.rows[-1] if above.rows else above.text
    if (
        len(last) < 30
        or _plain(block.text)
        or _plain(above.text)
        or above.text.endswith(("…", "..."))
    ):
        return False
    full = bool(margin) and above.indent + len(last) > margin - EDGE and prose(above.text) > -2
    return full or (
        (block.text[0].islower() or hangs(above.text))
        and not above.text.endswith((".", "!", "?", ","))
    )


def _plain(text: str) -> bool:
    """Whether a line says by itself what it is."""
    named = labels.label(text)
    return bool(
        chrome(text)
        or _MARK.fullmatch(text[:40])
        or credit(text)
        or imprint(text)
        or (named and named[0] != "abstract")
    )


# --- what they are to their page -------------------------------------------------------


_FIXED: Mapping[Kind, Mapping[Role, float]] = {
    "site": {"title": -6.0, "inside": 0.5, "outside": 1.0, "rest": 0.2},
    "section": {"title": -6.0, "inside": -2.0, "outside": 0.5, "rest": 1.5},
    "mark": {"mark": 3.0, "inside": 0.0, "outside": 0.0, "rest": 0.0},
    "byline": {"byline": 2.5, "title": -2.5, "inside": -1.0, "outside": -1.0, "rest": 0.0},
    "name": {"byline": 0.0, "title": 0.5, "inside": -0.7, "outside": -0.5, "rest": 0.0},
}
"""How well lines of a kind suit each role, whatever they say."""


def _weights(line: Line) -> Mapping[Role, float]:
    """How well a line by itself suits each role; one that is not named is none of its."""
    text = line.block.text
    if line.kind in _FIXED:
        return _FIXED[line.kind]
    if line.kind == "label":
        held: Role = "byline" if line.field == "authors" else "imprint"
        return {held: 2.0, "title": -3.0, "inside": 0.0, "outside": 0.0, "rest": 0.0}
    if line.kind == "imprint":
        sure = line.said.sure if line.said else 2.0
        likely = min(2.0, sure - 0.5)
        return {"imprint": likely, "title": -sure, "inside": -0.5, "outside": -0.2, "rest": 0.0}
    if line.kind == "prose":
        lean = max(-1.0, min(4.0, prose(text))) / 2
        told = lean + (2.5 if line.field == "abstract" else 1.0)
        return {"abstract": told, "title": -lean - 1.0, "inside": -4.0, "outside": -2.5, "rest": -0.3}  # fmt: skip
    return _text_weights(text)


def _text_weights(text: str) -> Mapping[Role, float]:
    """The same of a line that tells nothing by itself."""
    words = min(12, text.count(" ") + 1)
    title = (1.0 if is_place(text) else 2.0) * min(1.0, 0.2 * words) - max(0.0, prose(text))
    title -= 0.5 if text[:1].islower() else 0.0
    said = -1.0 - 6.0 / words if text.endswith((".", "!", "?", "。")) else _NEVER
    return {"title": title, "abstract": said, "inside": -0.7 - 0.1 * words, "outside": -0.5 - 0.12 * words, "rest": -0.2}  # fmt: skip


def _opens_rest(line: Line) -> bool:
    return line.kind == "section"


def _roles(lines: Sequence[Line]) -> list[Role]:
    """The roles with the greatest sum (Viterbi); `rest` begins at a section's heading."""
    best: list[dict[Role, tuple[float, Role | None]]] = []
    for line in lines:
        weights = _weights(line)
        column: dict[Role, tuple[float, Role | None]] = {}
        for role in _ROLES:
            sources: list[tuple[float, Role | None]] = (
                [
                    (best[-1][before][0] + _FOLLOWS.get((before, role), _NEVER), before)
                    for before in _ROLES
                ]
                if best
                else [(_FOLLOWS.get((None, role), _NEVER), None)]
            )
            if role == "rest" and not _opens_rest(line):
                sources = [source for source in sources if source[1] == "rest"] or [(_NEVER, None)]
            score, source = max(sources, key=lambda pair: pair[0])
            column[role] = (score + weights.get(role, _NEVER), source)
        best.append(column)
    return _traced(best)


def _traced(best: Sequence[Mapping[Role, tuple[float, Role | None]]]) -> list[Role]:
    if not best:
        return []
    last = max(_ROLES, key=lambda r: best[-1][r][0] + _FOLLOWS.get((r, None), _NEVER))
    role: Role | None = last
    out: list[Role] = []
    for column in reversed(best):
        if role is None:  # only what stands before the first line has no source
            break
        out.append(role)
        role = column[role][1]
    return out[::-1]


# --- entries ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A title and the lines that tell of its paper, in their order."""

    title: Line
    told: tuple[tuple[Role, Line], ...]

    @property
    def abstract(self) -> str:
        """What stands in it as an abstract, whole or broken off."""
        return " ".join(
            _unlabelled(line.block.text) for role, line in self.told if role == "abstract"
        )


def _entries(document: Document) -> tuple[tuple[Entry, ...], tuple[Line, ...]]:
    """The entries of a page and the lines that belong to none."""
    lines = _lines(document)
    roles = _roles(lines)
    titles = [at for at, role in enumerate(roles) if role == "title"]
    if not titles:
        return (), tuple(lines)
    starts = _starts(lines, roles, titles)
    if (
        len(titles) > 1
        and starts[0] == titles[0]
        and starts[1] < titles[1]
        and not _told(roles, titles[0], starts[1])
    ):
        roles[titles[0]] = "outside"  # a line of the page's head above the first entry
        titles, starts = titles[1:], starts[1:]
    entries = tuple(
        Entry(lines[at], tuple((roles[n], lines[n]) for n in _told(roles, start, end)))
        for at, start, end in zip(titles, starts, [*starts[1:], len(lines)], strict=True)
    )
    return entries, tuple(
        line
        for line, role in zip(lines, roles, strict=True)
        if role in ("inside", "outside", "rest")
    )


def _told(roles: Sequence[Role], start: int, end: int) -> list[int]:
    """Where between two lines something is said of a paper."""
    return [n for n in range(start, end) if roles[n] in ("byline", "imprint", "abstract")]


def _starts(lines: Sequence[Line], roles: Sequence[Role], titles: Sequence[int]) -> list[int]:
    """Where entries begin: at their titles, or at a line of the kind that stands above each."""
    leads = [_lead(lines, roles, last, at) for last, at in zip([-1, *titles], titles, strict=False)]
    kind = _leading(lines, roles, leads, titles[-1])
    if not kind:
        return list(titles)
    return [
        next((n for n in reversed(lead) if _held(lines[n], roles[n]) == kind), at)
        for lead, at in zip(leads, titles, strict=True)
    ]


def _leading(
    lines: Sequence[Line], roles: Sequence[Role], leads: Sequence[Sequence[int]], last: int
) -> str:
    """What most titles have above them as their own: the first has it, or the last has none below."""
    first = next((lead for lead in leads[:2] if lead), None)
    if not first:
        return ""
    kind = _held(lines[first[0]], roles[first[0]])
    again = sum(any(_held(lines[n], roles[n]) == kind for n in lead) for lead in leads[1:])
    below = any(
        roles[n] in ("byline", "imprint") and _held(lines[n], roles[n]) == kind
        for n in range(last + 1, len(lines))
    )
    weak = lines[first[0]].kind == "name"  # one name may be anything with two capitals
    if leads[0] and not (weak and below):
        return kind if again > 0.6 * (len(leads) - 1) or len(leads) == 1 else ""
    return kind if again == len(leads) - 1 and not below else ""


def _lead(lines: Sequence[Line], roles: Sequence[Role], last: int, at: int) -> list[int]:
    """The lines above a title that may be its own: names and imprints below the abstract of the entry before."""
    least = next(
        (n for n in range(at - 1, last, -1) if roles[n] in ("abstract", "rest", "mark")), last
    )
    return [n for n in range(max(least, at - 8) + 1, at) if roles[n] in ("byline", "imprint")]


def _held(line: Line, role: Role) -> str:
    """What a line holds, by which it is known again in the next entry."""
    if role == "byline":
        return "byline"
    found = ids.identifiers([line.block.text])
    return line.field or next(iter(found), "") or (line.said.kind if line.said else "")


_TAIL = re.compile(
    r"\s*(?:[△▽▲▼]\s*(?:Less|More)|(?:Show|Read|See|View) (?:more|less)|\(more\)|Expand)\s*$"
)
_HEAD = re.compile(r"(?:\[(?:PDF|HTML|DOC|BOOK|CITATION|B|C)\]\s*){1,2}")


def _unlabelled(text: str) -> str:
    return _TAIL.sub("", _MARKED.sub("", text, count=1))


def _values(entry: Entry) -> labels.Labelled:
    """What the lines of an entry say, by field."""
    values: labels.Labelled = {"title": [_HEAD.sub("", entry.title.block.text).rstrip(" ,")]}
    whole = entry.abstract
    values["abstract"] = [] if whole.endswith(("…", "...")) else [whole]
    credited = any(line.kind == "byline" for _, line in entry.told)
    for role, line in entry.told:
        if role == "abstract":
            continue
        named = labels.label(line.block.text) if line.kind == "label" else None
        if role == "byline" and line.kind == "name" and credited:
            values.setdefault("venue", [line.block.text.rstrip(" ,.")])  # names stand elsewhere
        elif role == "byline":
            names = named[1] if named else credit(line.block.text) or line.block.text
            values.setdefault("authors", []).append(names.strip(" ,;"))
        if named and named[0] in ("categories", "comment", "venue"):
            values.setdefault(named[0], []).append(named[1])
        elif line.said and line.said.venue and "venue" not in values:
            values["venue"] = [line.said.venue]
    return values


def _record(seed: Seed, entry: Entry) -> Record:
    values = _values(entry)
    abstract = next((line for role, line in entry.told if role == "abstract"), entry.title)
    made = labels.record(seed, (abstract if values["abstract"] else entry.title).block.line, values)
    said = [line.said for _, line in entry.told if line.said]
    dated = [one for one in said if one.day]
    best = min(dated, key=lambda one: (-len(_precise(one)), one.day), default=None)
    texts = [
        text
        for _, line in entry.told
        for text in (line.block.text, *line.block.urls)
        if line.said or line.block.urls
    ]
    found = ids.identifiers([*entry.title.block.urls, *texts])
    return replace(
        made,
        identifiers={**found, **made.identifiers},
        date=best.day if best else None,
        updated=best.updated if best else None,
    )


def _precise(said: Imprint) -> tuple[int, ...]:
    return parts(said.day) if said.day else ()


def _solid(entry: Entry) -> bool:
    """Whether an entry tells who wrote its paper, or where it came out."""
    return any(role in ("byline", "imprint") for role, _ in entry.told)


HEAD = 30_000
"""Letters that are looked at to know a page: a dozen entries."""

_SUREST = 0.69
"""Every list of papers is made of entries; a layout that is known by its own signs is read by them."""


_REFERENCE = re.compile(
    r"\s{0,8}[A-Z][\w’'-]{1,30},\s(?:[A-Z]\.[\s,&-]{0,3}){1,4}.{0,300}\((?:19|20)\d\d[a-z]?\)\.\s"
)
"""A reference as scholars list them: what is below it is a remark, and no title."""


def recognise(document: Document) -> Guess:
    """Sure where most titles have names or an imprint beside them, and the page is a scholarly site's."""
    head = document.view(_head)
    rows = head.text.split("\n")
    signs = any(SCHOLARLY.search(line[:300]) for line in rows)
    if not signs or any(line.lstrip().startswith("Title:") for line in rows):
        return Guess(0.2, "what scholarly sites print around papers")
    if sum(bool(_REFERENCE.match(line)) for line in rows) > 1:
        return Guess(0.2, "titles, where references stand")
    entries, others = head.view(_entries)
    solid = sum(map(_solid, entries))
    if not solid:
        return Guess(0.0, "a title with names or a journal below it")
    lost = sum(line.kind == "prose" for line in others)
    return Guess(_SUREST * solid / (len(entries) + 0.25 * lost))


def _head(document: Document) -> Document:
    text = document.head.text[:HEAD]
    return document if text == document.text else replace(document, text=text)


def read(document: Document) -> Reading:
    """Read entry by entry; a title beside which nothing stands is refused."""
    entries, others = document.view(_entries)
    return findings.reading(document, NAME, _finds(document, entries, others))


def _finds(seed: Seed, entries: Sequence[Entry], others: Sequence[Line]) -> Iterator[findings.Find]:
    for entry in entries:
        if _solid(entry) or entry.abstract:
            yield _record(seed, entry)
        else:
            yield findings.no_abstract(seed, entry.title.block.line, entry.title.block.text, "")
    for line in others:
        if line.kind in ("text", "prose", "byline") and line.block.text.count(" ") > 4:
            yield findings.left_aside(seed, line.block.line, line.block.text)


FORMAT = Format(
    NAME,
    "page of a scholarly site",
    "prose",
    recognise,
    read,
    surest=_SUREST,
    about="a page of a scholarly site, copied from a browser: results, volumes, programmes, articles",
    example="A comet in pieces\nAda Lovelace · Charles Babbage\n[ Abstract ]\nWe present …",
)
