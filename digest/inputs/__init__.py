"""Documents → records. FORMATS names every format that is read, in order.

A format looks at a document's content, says how sure it is, and turns it into
records and problems. Adding one is a module and a line here; one of pasted text
has its line in `pasted`, and is then found in mails and web pages as well. What
else is known of formats is computed from their records (`format.Format`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.errors import nearest
from digest.inputs import decoding, evidence, findings, ledger, privacy, publisher_notices
from digest.inputs.document import Document, of, unwrapped
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
from digest.inputs.layout import labels, pasted, prose, sections, views
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
"""Every format; of two that are equally sure the first wins."""

SURE = 0.25
"""Below this confidence nobody has recognised a document."""


def read(seed: Seed) -> Reading:
    """Read a document by the format a person names, else by the one that is surest.

    Never raises for what is in a document: what cannot be read is a problem.
    """
    document = of(seed, lambda inner: _whole_or_parts(unwrapped(inner))[0])
    reading = _as_told(document, seed.note.format) if seed.note.format else _found(document)
    reading = privacy.guarded(reading)
    problems = (*reading.problems, *_cut_short(seed))
    return replace(reading, seed=seed, problems=problems)  # without what was seen of it


def _found(document: Document) -> Reading:
    """Read a document of one format or of several, and account for its letters."""
    reading, structured = _whole_or_parts(unwrapped(document))
    problems = (*reading.problems, *_odd_titles(reading))
    reading = replace(reading, seed=document, problems=problems)
    if not _is_text(reading.format):
        return _accounted(reading, [range(document.text.count("\n") + 1)])
    return _accounted(reading, structured)


def _whole_or_parts(document: Document) -> tuple[Reading, Sequence[range]]:
    """Read a document as one or as several; return the lines of what is structured in it as well."""
    whole = _judged(_surest(document))
    form = _KNOWN.get(whole.format)
    if form and form.whole:
        return whole, ()
    body = note.without_properties(document.text)
    parts = sections.sections(body, _EXTENTS)
    structured = [range(part.first, part.end) for part in parts if part.kind]
    if form and form.is_text and _is_mostly(body, parts, 0.5 if form.surest == 1 else 0):
        whole = replace(whole, records=())  # text above an export is no reason to read it as prose
    if len(parts) > 1 or (structured and not whole.records):
        return _joined(document, whole, parts), structured
    if form and form.papers_only and not structured and _is_doubtful(whole):
        halves = sections.halves(body)[: None if len(body) < MANY else 1]
        tried = (_joined(document, whole, two) for two in halves)
        return max(tried, key=_gain, default=whole), ()
    return whole, structured


def _is_mostly(text: str, parts: Sequence[sections.Section], share: float) -> bool:
    """Whether more than a share of the letters of a text are in parts that are surely structured."""
    lines = text.split("\n")
    sure = (line for part in parts if part.sure for line in lines[part.first : part.end])
    return sum(map(len, sure)) > share * len(text)


def _odd_titles(reading: Reading) -> Iterator[Problem]:
    """Say which titles of a text read like a piece of an abstract, so that none is lost in silence."""
    for record in reading.records if _is_text(reading.format) else ():
        if record.title and len(record.title) > SHORT and prose.prose(record.title) > 0:
            found = f"expected a title, found {findings.quote(record.title)}, which reads like part of an abstract"
            yield findings.remark(reading.seed, record.line, found)


MANY = 100_000
"""Letters from which on a text is cut in two in one way only: every half is read."""


ODD = 0.1
"""Share of a long list that is odd where it may be two: of 1,500 abstracts of arXiv 4 % are."""

CALM = 0.69
"""How sure a format is of a text that is titles and abstracts and nothing else."""


def _is_doubtful(reading: Reading) -> bool:
    """Whether something of a list is odd, as where two were read as one."""
    titled = sum(bool(record.title) for record in reading.records)
    mixed = min(titled, len(reading.records) - titled)
    odd = sum(not _is_plain(record) for record in reading.records)
    odd = max(len(reading.problems), mixed, odd)
    if len(reading.seed.text) < MANY:
        return odd > 0 or reading.confidence < CALM
    return odd > ODD * len(reading.records)


def _is_plain(record: Record) -> bool:
    """Whether a title is no longer than titles are, and an abstract whole and no more than one."""
    if record.title and (len(record.title) > SHORT or labels.label(record.title)):
        return False
    return SHORT <= len(record.abstract) <= LONG and bool(_ENDED.search(record.abstract[-200:]))


_ENDED = re.compile(r"[.!?。！？…][\W\d]*$|[/.@]\S*$|[)\]}]$")
"""An abstract ends with a sentence or an address."""


def _accounted(reading: Reading, structured: Sequence[range]) -> Reading:
    """Take down what became of the letters; what a list left unread is read by itself, or named."""
    if [*structured] == [range(reading.seed.text.count("\n") + 1)]:
        return replace(reading, letters=ledger.of_structure(reading))
    book = Ledger(reading, structured)
    if not _KNOWN[reading.format].papers_only or not reading.records:
        return replace(reading, letters=book.letters())
    finds = [find for stretch in book.stretches() for find in _unread(reading, stretch)]
    if not finds:
        return replace(reading, letters=book.letters())
    every = sorted((*reading.records, *reading.problems, *finds), key=lambda find: find.line)
    made = findings.reading(reading.seed, reading.format, every, reading.date)
    made = replace(made, confidence=reading.confidence, label=reading.label)
    return replace(made, letters=Ledger(made, structured).letters())


def _unread(reading: Reading, stretch: Stretch) -> Iterator[findings.Find]:
    """Read lines that nobody read as a document of their own; say so where they are none."""
    place = range(stretch.first + 1, stretch.end + 1)
    if any(problem.line in place for problem in reading.problems):
        return  # somebody looked at them, and said what they are
    lines = reading.seed.text.split("\n")[stretch.first : stretch.end]
    part = _judged(_surest(replace(of(reading.seed), text="\n".join(lines))))
    if part.records:
        yield from pasted.placed(part, place)
    else:
        message = f"expected papers, found {stretch.letters} letters up to line {stretch.end} that are in none — they are left aside"
        yield findings.remark(reading.seed, place[0], message)


_KNOWN: Mapping[str, Format] = {form.name: form for form in FORMATS}
_EXTENTS = tuple(extent for form in FORMATS for extent in form.extents)


def _is_text(name: str) -> bool:
    """Whether a document of a format is plain text."""
    return name in _KNOWN and _KNOWN[name].is_text


def _judged(reading: Reading) -> Reading:
    """Leave out what does not look like a paper, unless it is in a bibliography."""
    known = _KNOWN.get(reading.format)
    if known is None or known.believed:
        return reading
    return evidence.judged(reading, known.is_text or known.structure in ("page", "mail"))


def _surest(document: Document) -> Reading:
    made = structure(document.text)
    # What is at the top of a page of a site is of the page: `title:`, `author:`, `date:`.
    text = note.without_properties(document.text)
    body = document if text == document.text else replace(document, text=text)
    seen = {
        form: body if form.is_text else document
        for form in FORMATS
        if not (made and form.structure == "prose")
    }
    guesses = _guesses(seen)
    if guesses[0][1].confidence >= SURE:
        form, guess = guesses[0]
        first = _read(seen[form], form, guess)
        if first.records or first.problems:
            return first
        return next((one for one in _others(seen, form) if one.records), _nothing(first))
    if made:
        return _no_papers(document, made)
    return _unknown(document, guesses)


def _others(seen: Mapping[Format, Document], first: Format) -> Iterator[Reading]:
    """Read a document in which the surest format finds nothing by the others."""
    for form, guess in _guesses(seen, every=True):
        if form is not first and guess.confidence >= SURE:
            yield _read(seen[form], form, guess)


def _guesses(seen: Mapping[Format, Document], every: bool = False) -> list[tuple[Format, Guess]]:
    """Ask the formats, the surest first; those that go by looks only where none is surer."""
    found: dict[Format, Guess] = {}
    best = 0.0
    for form in sorted(seen, key=lambda form: -form.surest):
        if every or form.surest >= best:
            found[form] = form.recognise(seen[form])
            best = max(best, found[form].confidence)
    # Of two equally sure the first.
    return sorted(
        ((form, found[form]) for form in seen if form in found),
        key=lambda each: -each[1].confidence,
    )


def _nothing(reading: Reading) -> Reading:
    """Refuse a document that a format knows and finds nothing in: nothing is lost in silence."""
    message = f"expected papers, found a {reading.label} that holds none — nothing is read"
    return replace(reading, problems=(findings.refuse(reading.seed, 1, message),))


def _no_papers(seed: Seed, made: Structure) -> Reading:
    """Refuse what is no prose and holds no papers that a format knows, by its name."""
    message = f"expected papers, found {made.label} in which none is known"
    problem = findings.refuse(seed, 1, f"{message} — nothing is read; see 'format:' in sources.yml")
    return Reading(seed, "unknown", problems=(problem,), label=made.label)


def _read(document: Document, form: Format, guess: Guess) -> Reading:
    made = form.read(document)
    records = tuple(map(publisher_notices.trimmed, made.records))
    return replace(made, records=records, confidence=guess.confidence, label=form.label)


def _joined(document: Document, whole: Reading, parts: Sequence[sections.Section]) -> Reading:
    """Read a document made of several part by part.

    Where no structure says that it is several, only if that finds more papers or refuses fewer.
    """
    lines = document.text.split("\n")
    read = [
        (part, _surest(replace(document, text="\n".join(lines[part.first : part.end]))))
        for part in parts
    ]
    kinds = any(part.kind for part in parts)
    told = [(part, reading) for part, reading in read if not kinds or part.kind or reading.records]
    best = max((reading for _, reading in told), key=lambda one: len(one.records), default=whole)
    finds: dict[str, list[findings.Find]] = defaultdict(list)
    for part, reading in told:
        finds[reading.format] += pasted.placed(reading, range(part.first + 1, part.end + 1))
    # What was written the same way speaks for one another, wherever in the document it is.
    judged = [_judged(findings.reading(document, name, found)) for name, found in finds.items()]
    every: list[findings.Find] = []
    if not kinds:
        message = (
            "expected one kind of text, found another from this line on — each is read by itself"
        )
        every.append(findings.remark(document, parts[-1].first + 1, message))
    for one in judged:
        every += [*one.records, *one.problems]
    made = findings.reading(
        document, best.format, sorted(every, key=lambda find: find.line), best.date
    )
    sure = any(part.sure for part in parts) and whole.format != "unknown"
    better = _gain(made) - _gain(whole)
    # Of entries of one kind their own format knows best what is between them.
    sorts = [part.kind for part in parts if part.kind]
    alike = len({*sorts}) == 1 and not _is_text(whole.format)
    if alike and len(sorts) > 2 and _complete(made) <= _complete(whole):
        return whole  # what is between entries again and again is part of them
    if not made.records or not (better > 0 or (sure and better == 0 and not alike)):
        return whole
    return replace(made, confidence=best.confidence, label=best.label)


def _complete(reading: Reading) -> int:
    return sum(bool(record.title and record.abstract) for record in reading.records)


def _gain(reading: Reading) -> float:
    """The papers found, those with half of what makes one for less, less those refused."""
    return sum(map(_worth, reading.records)) - sum(p.refused for p in reading.problems)


SHORT = 200
"""Letters below which an abstract is rather a piece of one, and a title is none beyond."""

LONG = 2_200
"""Letters from which on an abstract is rather two; arXiv takes 1,920."""


def _worth(record: Record) -> float:
    """A title and an abstract apart are worth less than together; what is odd is worth less."""
    if record.title and labels.label(record.title):
        return 0.5
    if len(record.abstract) < SHORT:
        return 0.3 * bool(record.title)
    return (1.0 if record.title else 0.6) - (0.0 if _is_plain(record) else 0.3)


def _cut_short(seed: Seed) -> Iterator[Problem]:
    """What an archive lost with its end was never seen, so at least that is said."""
    if decoding.CUT_SHORT in seed.repairs:
        last = seed.text.count("\n") + 1
        found = "expected a whole gzip archive, found one cut short"
        yield Problem(seed.name, last, f"{found} — what came after this line is lost")


def _as_told(document: Document, name: str) -> Reading:
    if form := _KNOWN.get(name):
        return _read(document, form, form.recognise(document))
    message = f"expected a known format in sources.yml, found {name!r}{nearest(name, _KNOWN)}"
    return Reading(document, "unknown", problems=(_all_refused(document, message),))


def _unknown(document: Document, guesses: Sequence[tuple[Format, Guess]]) -> Reading:
    """Name the two nearest formats and what each would have needed."""
    ranked = guesses[:2]
    wants = " or ".join(
        f"{guess.missing or f'more of what makes a {form.label}'} ({form.name})"
        for form, guess in ranked
    )
    message = f"expected {wants}, found {findings.quote(document.text)} — nothing is read; see 'format:' in sources.yml"
    problems = (_all_refused(document, message),)
    return Reading(document, "unknown", problems=problems, label=ranked[0][0].label)


def _all_refused(document: Document, message: str) -> Problem:
    """Count what may have been papers: paragraphs that read like abstracts, one at least."""
    lost = sum(prose.prose(block.text) > 0 for block in document.head.view(views.paragraphs))
    return findings.refuse(document, 1, message, document.text, max(1, lost))
