"""Documents → records. FORMATS lists every format that is read, in order.

A format looks at the content of a document, returns its confidence, and turns the
document into records and problems. Adding one takes a module and a line here; a
format of pasted text has its line in `layout.pasted` instead, so that it is read
inside mails and web pages as well. Everything else about a format is in its `Format`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.errors import nearest
from digest.inputs import decoding, evidence, findings, ledger, privacy, publisher_notices
from digest.inputs.document import Document, as_document, unquoted
from digest.inputs.folder import documents as documents
from digest.inputs.format import Format
from digest.inputs.formats import (
    bibtex,
    bookmarks,
    crossref,
    crossref_xml,
    csl,
    datacite,
    delimited,
    endnote,
    feed,
    html_page,
    huggingface,
    json_lines,
    mail_files,
    marc,
    mods,
    note,
    oai,
    openalex,
    openurl,
    ovid,
    primo,
    pubmed_text,
    pubmed_xml,
    rdf,
    refer,
    ris,
    semantic_scholar,
    web_of_science,
    xml_lists,
    yaml_lists,
)
from digest.inputs.layout import labels, pasted, prose, segmentation, views
from digest.inputs.ledger import Ledger, Stretch
from digest.inputs.syntax.structure import Structure, structure
from digest.models import Guess, Problem, Reading, Record, Seed

FORMATS: Sequence[Format] = (
    bibtex.FORMAT,
    ris.FORMAT,
    pubmed_text.FORMAT,
    refer.FORMAT,
    web_of_science.FORMAT,
    ovid.FORMAT,
    oai.FORMAT,
    pubmed_xml.FORMAT,
    endnote.FORMAT,
    mods.FORMAT,
    marc.FORMAT,
    crossref_xml.FORMAT,
    primo.FORMAT,
    openurl.FORMAT,
    feed.FORMAT,
    rdf.FORMAT,
    huggingface.FORMAT,
    openalex.FORMAT,
    semantic_scholar.FORMAT,
    crossref.FORMAT,
    datacite.FORMAT,
    csl.FORMAT,
    json_lines.FORMAT,
    xml_lists.FORMAT,
    note.FORMAT,
    yaml_lists.FORMAT,
    delimited.FORMAT,
    mail_files.FORMAT,
    bookmarks.FORMAT,
    html_page.FORMAT,
    *pasted.FORMATS,
)
"""Every format; of two with the same confidence the first wins."""

MIN_CONFIDENCE = 0.25
"""Below this confidence no format has recognised the document."""

PLAIN_CONFIDENCE = 0.69
"""Confidence of a format in a text of nothing but titles and abstracts."""

SHORT = 200
"""Characters: an abstract below this is probably a fragment, a title above it is none."""

LONG = 2_200
"""Characters above which an abstract is probably two; arXiv accepts 1,920."""

MANY = 100_000
"""Characters above which a text is cut in two at one place only, as every half is read."""

ODD_SHARE = 0.1
"""Share of odd records above which a long list may be two; of 1,500 abstracts of arXiv 0.04."""


def read(seed: Seed) -> Reading:
    """Read a document in the format that sources.yml names, else in the one of highest confidence.

    Never raises because of what a document contains: what cannot be read becomes a problem.
    """
    document = as_document(seed, lambda inner: _read_whole_or_parts(unquoted(inner))[0])
    declared = seed.note.format
    reading = _read_declared(document, declared) if declared else _read_recognised(document)
    reading = privacy.redact(reading)
    problems = (*reading.problems, *_truncated(seed))
    return replace(reading, seed=seed, problems=problems)  # the seed holds no cached views


def _read_recognised(document: Document) -> Reading:
    """Read a document of one format or several, and count what became of its letters."""
    reading, structured = _read_whole_or_parts(unquoted(document))
    problems = (*reading.problems, *_odd_titles(reading))
    reading = replace(reading, seed=document, problems=problems)
    if not _is_text(reading.format):
        return _with_letters(reading, [range(document.text.count("\n") + 1)])
    return _with_letters(reading, structured)


def _read_whole_or_parts(document: Document) -> tuple[Reading, Sequence[range]]:
    """Read a document as one or as several; return its structured lines (from 0) as well."""
    whole = _judge(_read_surest(document))
    form = _BY_NAME.get(whole.format)
    if form and form.whole:
        return whole, ()
    body = note.without_properties(document.text)
    parts = segmentation.segments(body, _EXTENTS)
    structured = [range(part.first, part.end) for part in parts if part.kind]
    # A format that is never fully sure yields to any part with a sure structure.
    if form and form.is_text and _is_mostly_sure(body, parts, 0.5 if form.surest == 1 else 0):
        whole = replace(whole, records=())  # text above an export is no reason to read it as prose
    if len(parts) > 1 or (structured and not whole.records):
        return _read_parts(document, whole, parts), structured
    if form and form.papers_only and not structured and _is_doubtful(whole):
        halves = segmentation.halves(body)[: None if len(body) < MANY else 1]
        tried = (_read_parts(document, whole, two) for two in halves)
        return max(tried, key=_score, default=whole), ()
    return whole, structured


def _is_mostly_sure(text: str, parts: Sequence[segmentation.Segment], share: float) -> bool:
    """Whether more than a share of the characters of a text is surely structured."""
    lines = text.split("\n")
    sure = (line for part in parts if part.sure for line in lines[part.first : part.end])
    return sum(map(len, sure)) > share * len(text)


def _odd_titles(reading: Reading) -> Iterator[Problem]:
    """Yield a remark for each title of a text that reads like part of an abstract."""
    for record in reading.records if _is_text(reading.format) else ():
        if record.title and len(record.title) > SHORT and prose.prose_score(record.title) > 0:
            found = (
                f"expected a title, found {findings.quote(record.title)}, which reads like part of an"
                " abstract"
            )
            yield findings.remark(reading.seed, record.line, found)


def _is_doubtful(reading: Reading) -> bool:
    """Whether enough of a list is odd for it to be two lists read as one."""
    titled = sum(bool(record.title) for record in reading.records)
    mixed = min(titled, len(reading.records) - titled)
    odd = sum(not _is_ordinary(record) for record in reading.records)
    odd = max(len(reading.problems), mixed, odd)
    if len(reading.seed.text) < MANY:
        return odd > 0 or reading.confidence < PLAIN_CONFIDENCE
    return odd > ODD_SHARE * len(reading.records)


def _is_ordinary(record: Record) -> bool:
    """Whether a title is no longer than titles are, and an abstract is whole and only one."""
    if record.title and (len(record.title) > SHORT or labels.parse_label(record.title)):
        return False
    return SHORT <= len(record.abstract) <= LONG and bool(_ENDED.search(record.abstract[-200:]))


_ENDED = re.compile(r"[.!?。！？…][\W\d]*$|[/.@]\S*$|[)\]}]$")
"""The end of an abstract: that of a sentence, or an address."""


def _with_letters(reading: Reading, structured: Sequence[range]) -> Reading:
    """Count what became of the letters; read or report the lines that a list left unread."""
    if [*structured] == [range(reading.seed.text.count("\n") + 1)]:
        return replace(reading, letters=ledger.letters_of_structure(reading))
    book = Ledger(reading, structured)
    if not _BY_NAME[reading.format].papers_only or not reading.records:
        return replace(reading, letters=book.letters())
    finds = [find for stretch in book.stretches() for find in _read_unread(reading, stretch)]
    if not finds:
        return replace(reading, letters=book.letters())
    every = sorted((*reading.records, *reading.problems, *finds), key=lambda find: find.line)
    made = findings.reading(reading.seed, reading.format, every, reading.date)
    made = replace(made, confidence=reading.confidence, label=reading.label)
    return replace(made, letters=Ledger(made, structured).letters())


def _read_unread(reading: Reading, stretch: Stretch) -> Iterator[findings.Finding]:
    """Read unread lines as a document of their own; yield a remark where they hold no paper."""
    place = range(stretch.first + 1, stretch.end + 1)
    if any(problem.line in place for problem in reading.problems):
        return  # already reported
    lines = reading.seed.text.split("\n")[stretch.first : stretch.end]
    part = _judge(_read_surest(replace(as_document(reading.seed), text="\n".join(lines))))
    if part.records:
        yield from pasted.relocate(part, place)
    else:
        message = (
            f"expected papers, found {stretch.letters} letters up to line {stretch.end} that are in"
            " none — they are ignored"
        )
        yield findings.remark(reading.seed, place[0], message)


_BY_NAME: Mapping[str, Format] = {form.name: form for form in FORMATS}
_EXTENTS = tuple(extent for form in FORMATS for extent in form.extents)


def _is_text(name: str) -> bool:
    """Whether documents of a format are plain text."""
    return name in _BY_NAME and _BY_NAME[name].is_text


def _judge(reading: Reading) -> Reading:
    """Refuse the records that do not look like papers, unless the format is a bibliography."""
    known = _BY_NAME.get(reading.format)
    if known is None or known.believed:
        return reading
    return evidence.judge(reading, known.is_text or known.structure in ("page", "mail"))


def _read_surest(document: Document) -> Reading:
    """Read a document in the format of highest confidence, or in the next that finds papers."""
    made = structure(document.text)
    # Properties at the top of a page belong to the page: `title:`, `author:`, `date:`.
    text = note.without_properties(document.text)
    body = document if text == document.text else replace(document, text=text)
    seen = {
        form: body if form.is_text else document
        for form in FORMATS
        if not (made and form.structure == "prose")
    }
    guesses = _rank(seen)
    if guesses[0][1].confidence >= MIN_CONFIDENCE:
        form, guess = guesses[0]
        first = _read_as(seen[form], form, guess)
        if first.records or first.problems:
            return first
        return next((one for one in _read_others(seen, form) if one.records), _refuse_empty(first))
    if made:
        return _refuse_structure(document, made)
    return _refuse_unknown(document, guesses)


def _read_others(seen: Mapping[Format, Document], first: Format) -> Iterator[Reading]:
    """Read a document in which the surest format finds nothing in each of the others."""
    for form, guess in _rank(seen, every=True):
        if form is not first and guess.confidence >= MIN_CONFIDENCE:
            yield _read_as(seen[form], form, guess)


def _rank(seen: Mapping[Format, Document], every: bool = False) -> list[tuple[Format, Guess]]:
    """Return the formats by confidence, the highest first.

    A format that cannot reach the best confidence so far is not asked, unless `every` is set.
    """
    found: dict[Format, Guess] = {}
    best = 0.0
    for form in sorted(seen, key=lambda form: -form.surest):
        if every or form.surest >= best:
            found[form] = form.recognise(seen[form])
            best = max(best, found[form].confidence)
    # Sorting is stable: of two with the same confidence the first of FORMATS wins.
    return sorted(
        ((form, found[form]) for form in seen if form in found),
        key=lambda each: -each[1].confidence,
    )


def _refuse_empty(reading: Reading) -> Reading:
    """Refuse a document that is recognised and holds no paper, so that it is reported."""
    message = f"expected papers, found a {reading.label} that holds none — nothing is read"
    return replace(reading, problems=(findings.refuse(reading.seed, 1, message),))


def _refuse_structure(seed: Seed, made: Structure) -> Reading:
    """Refuse a document that is not prose and in which no format recognises papers."""
    message = f"expected papers, found {made.label} in which none is known"
    problem = findings.refuse(seed, 1, f"{message} — nothing is read; see 'format:' in sources.yml")
    return Reading(seed, "unknown", problems=(problem,), label=made.label)


def _read_as(document: Document, form: Format, guess: Guess) -> Reading:
    """Read a document in one format."""
    made = form.read(document)
    records = tuple(map(publisher_notices.trim_record, made.records))
    return replace(made, records=records, confidence=guess.confidence, label=form.label)


def _read_parts(
    document: Document, whole: Reading, parts: Sequence[segmentation.Segment]
) -> Reading:
    """Read a document part by part; return the reading of it as a whole unless that is better."""
    lines = document.text.split("\n")
    read = [
        (part, _read_surest(replace(document, text="\n".join(lines[part.first : part.end]))))
        for part in parts
    ]
    structured = any(part.kind for part in parts)
    kept = [
        (part, reading) for part, reading in read if not structured or part.kind or reading.records
    ]
    best = max((reading for _, reading in kept), key=lambda one: len(one.records), default=whole)
    finds: dict[str, list[findings.Finding]] = defaultdict(list)
    for part, reading in kept:
        finds[reading.format] += pasted.relocate(reading, range(part.first + 1, part.end + 1))
    # Parts of one format are evidence for each other, wherever in the document they are.
    judged = [_judge(findings.reading(document, name, found)) for name, found in finds.items()]
    every: list[findings.Finding] = []
    if not structured:
        message = (
            "expected one kind of text, found another from this line on — each is read by itself"
        )
        every.append(findings.remark(document, parts[-1].first + 1, message))
    for one in judged:
        every += [*one.records, *one.problems]
    every.sort(key=lambda find: find.line)
    made = findings.reading(document, best.format, every, best.date)
    made = replace(made, confidence=best.confidence, label=best.label)
    return made if _is_better(made, whole, parts) else whole


def _is_better(made: Reading, whole: Reading, parts: Sequence[segmentation.Segment]) -> bool:
    """Whether reading by parts finds more than reading as a whole.

    Where a structure surely parts the document, as much is enough.
    """
    kinds = [part.kind for part in parts if part.kind]
    alike = len({*kinds}) == 1 and not _is_text(whole.format)
    if alike and len(kinds) > 2 and _count_complete(made) <= _count_complete(whole):
        return False  # what is between entries again and again is part of them
    sure = any(part.sure for part in parts) and whole.format != "unknown"
    better = _score(made) - _score(whole)
    # Among entries of one kind, their own format reads best what is between them.
    return bool(made.records) and (better > 0 or (sure and better == 0 and not alike))


def _count_complete(reading: Reading) -> int:
    """Count the records with both a title and an abstract."""
    return sum(bool(record.title and record.abstract) for record in reading.records)


def _score(reading: Reading) -> float:
    """Return the number of papers found, incomplete ones counted in part, less those refused."""
    return sum(map(_worth, reading.records)) - sum(p.refused for p in reading.problems)


def _worth(record: Record) -> float:
    """Return the worth of a record: 1, less where its title or abstract is missing or odd."""
    if record.title and labels.parse_label(record.title):
        return 0.5
    if len(record.abstract) < SHORT:
        return 0.3 * bool(record.title)
    return (1.0 if record.title else 0.6) - (0.0 if _is_ordinary(record) else 0.3)


def _truncated(seed: Seed) -> Iterator[Problem]:
    """Yield a remark where the end of an archive is lost, as what it held was never read."""
    if decoding.CUT_SHORT in seed.repairs:
        last = seed.text.count("\n") + 1
        found = "expected a whole gzip archive, found one cut short"
        yield Problem(seed.name, last, f"{found} — what came after this line is lost")


def _read_declared(document: Document, name: str) -> Reading:
    """Read a document in the format that sources.yml names; refuse it if that is unknown."""
    if form := _BY_NAME.get(name):
        return _read_as(document, form, form.recognise(document))
    message = f"expected a known format in sources.yml, found {name!r}{nearest(name, _BY_NAME)}"
    return Reading(document, "unknown", problems=(_refuse_all(document, message),))


def _refuse_unknown(document: Document, guesses: Sequence[tuple[Format, Guess]]) -> Reading:
    """Refuse a document; name the two nearest formats and what each would have needed."""
    ranked = guesses[:2]
    wants = " or ".join(
        f"{guess.missing or f'more of what makes a {form.label}'} ({form.name})"
        for form, guess in ranked
    )
    message = (
        f"expected {wants}, found {findings.quote(document.text)} — nothing is read; see 'format:'"
        " in sources.yml"
    )
    problems = (_refuse_all(document, message),)
    return Reading(document, "unknown", problems=problems, label=ranked[0][0].label)


def _refuse_all(document: Document, message: str) -> Problem:
    """Refuse a document; count each paragraph that reads like an abstract, at least one."""
    lost = sum(prose.prose_score(block.text) > 0 for block in document.head.view(views.paragraphs))
    return findings.refuse(document, 1, message, document.text, max(1, lost))
