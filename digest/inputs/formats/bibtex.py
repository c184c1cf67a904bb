"""BibTeX and BibLaTeX, as programs and people actually write them.

    @string{nips = "Advances in Neural Information Processing Systems"}
    @inproceedings{weston2014,
      title = {{Memory} Networks}, author = {Weston, Jason and Chopra, Sumit},
      booktitle = nips # { 27}, year = 2014, eprint = {1410.3916}, archiveprefix = {arXiv} }

https://www.ctan.org/pkg/bibtex; the BibLaTeX manual, section 2
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.syntax import (
    bibtex_entries,
    bylines,
    date_parsing,
    person_names,
    publication_parts,
)
from digest.inputs.syntax.extents import LONGEST, DocumentText, Extent
from digest.language import tex
from digest.language.dates import Rough
from digest.language.strings import squeeze
from digest.models import Guess, Publication, Reading, Record, Seed
from digest.papers import ids, publication_types

NAME = "bibtex"

_BRACE = re.compile(r"[{}]")


def recognise(document: Document) -> Guess:
    """Sure if entries such as `@article{key,` open and fields follow."""
    head = document.head.text
    entries = len(re.findall(r"^[ \t]{0,40}@\s{0,20}[A-Za-z]{1,40}\s{0,20}[{(]", head, re.M))
    found = len(
        re.findall(r"(?:^\s{0,40},?|,)\s{0,40}[A-Za-z_-]{2,30}\s{0,40}=\s{0,40}[{\"\w]", head, re.M)
    )
    if not entries and not (
        bibtex_entries.OPEN.search(head) and re.search(r"\btitle\s*=\s*[{\"]", head, re.I)
    ):
        return Guess(0.0, "an entry such as '@article{key, title = {…}'")
    return Guess(0.96 if found >= entries else 0.6)


def read(seed: Seed) -> Reading:
    """Read every entry; one without a title is refused."""
    return findings.reading(seed, NAME, _read_entries(seed))


def _read_entries(seed: Seed) -> Iterator[findings.Finding]:
    entries = list(bibtex_entries.entries(seed.text))
    known = {entry.key.lower(): entry for entry in reversed(entries)}
    for entry in entries:
        values = bibtex_entries.with_inherited(entry, known)
        if entry.damage:
            yield findings.remark(
                seed,
                entry.line,
                f"{entry.damage} in the entry {entry.key!r} — read as far as it goes",
            )
        if values.get("title") or values.get("booktitle") or values.get("abstract"):
            yield _record(seed, entry, values)
        else:
            found = findings.quote(", ".join(values) or "nothing")
            message = f"expected a title in the entry {entry.key!r}, found {found}"
            yield findings.refuse(seed, entry.line, f"{message} — the paper is left out", entry.raw)


# --- entry → record --------------------------------------------------------------------


def _record(seed: Seed, entry: bibtex_entries.BibtexEntry, values: Mapping[str, str]) -> Record:
    title = unbrace(values.get("title") or values.get("booktitle", "")).rstrip(": ")
    subtitle = unbrace(values.get("subtitle", ""))
    places = (
        "journal",
        "journaltitle",
        "booktitle",
        "howpublished",
        "school",
        "institution",
        "publisher",
    )
    venue = next(
        (
            unbrace(values[place])
            for place in places
            if values.get(place) and values[place] != values.get("title")
        ),
        None,
    )
    publication = _publication(entry, values)
    keywords = values.get("keywords") or values.get("keyword") or ""
    urls = [
        _unescape(values[name])
        for name in ("url", "link", "bdsk-url-1", "pdf", "ee")
        if values.get(name)
    ]
    return findings.record(
        seed,
        entry.lines.get("abstract") or entry.lines.get("title") or entry.line,
        f"{title}: {subtitle}" if subtitle else title,
        unbrace(values.get("abstract", "")),
        authors=people(values.get("author") or values.get("editor", "")),
        identifiers=_identifiers(values, urls),
        links=ids.links(url for text in urls for url in (ids.urls(text) or [text])),
        date=_date(values),
        categories=tuple(word for word in map(squeeze, re.split(r"[;,]", keywords)) if word),
        venue=publication.container or venue,
        publication=publication,
        comment=unbrace(values.get("note", "")) or None,
    )


_PARTS: Mapping[str, tuple[str, ...]] = {
    "container": ("fjournal", "journal", "journaltitle", "booktitle"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages",),
    "article": ("eid", "articleno", "article-number"),
    "publisher": ("school", "institution", "publisher", "organization"),
    "isbn": ("isbn",),
    "issn": ("issn",),
    "genre": ("type",),
}
"""The fields of BibTeX and BibLaTeX for the parts of a publication."""


def _publication(entry: bibtex_entries.BibtexEntry, values: Mapping[str, str]) -> Publication:
    given = {name: value for name, value in values.items() if value != values.get("title")}
    parts = {
        part: next((_expand_journal(given[name]) for name in names if given.get(name)), "")
        for part, names in _PARTS.items()
    }
    kind = publication_types.kind_of(entry.kind)
    if kind not in (publication_types.THESIS, publication_types.REPORT):
        parts["publisher"] = _expand_journal(given.get("publisher", "")) or parts["publisher"]
    if kind == publication_types.DOCUMENT and ids.arxiv(_unescape(values.get("eprint", ""))):
        kind = publication_types.PREPRINT
    genre = (
        publication_types.genre(parts["genre"])
        or parts["genre"]
        or publication_types.genre(entry.kind)
    )
    return publication_parts.publication({**parts, "kind": kind, "genre": genre})


def _expand_journal(text: str) -> str:
    r"""Return a name without braces; a journal macro of the AAS (`\apj`) is expanded."""
    text = unbrace(text)
    return _JOURNALS.get(text[1:].strip(" {}"), text) if text.startswith("\\") else text


_JOURNALS: Mapping[str, str] = {
    "aj": "The Astronomical Journal",
    "actaa": "Acta Astronomica",
    "araa": "Annual Review of Astronomy and Astrophysics",
    "apj": "The Astrophysical Journal",
    "apjl": "The Astrophysical Journal Letters",
    "apjs": "The Astrophysical Journal Supplement Series",
    "ao": "Applied Optics",
    "apss": "Astrophysics and Space Science",
    "aap": "Astronomy and Astrophysics",
    "aapr": "Astronomy and Astrophysics Reviews",
    "aaps": "Astronomy and Astrophysics Supplement Series",
    "baas": "Bulletin of the American Astronomical Society",
    "icarus": "Icarus",
    "jcap": "Journal of Cosmology and Astroparticle Physics",
    "jgr": "Journal of Geophysical Research",
    "mnras": "Monthly Notices of the Royal Astronomical Society",
    "na": "New Astronomy",
    "nar": "New Astronomy Reviews",
    "nat": "Nature",
    "pra": "Physical Review A",
    "prb": "Physical Review B",
    "prc": "Physical Review C",
    "prd": "Physical Review D",
    "pre": "Physical Review E",
    "prl": "Physical Review Letters",
    "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "physrep": "Physics Reports",
    "planss": "Planetary and Space Science",
    "procspie": "Proceedings of SPIE",
    "qjras": "Quarterly Journal of the Royal Astronomical Society",
    "solphys": "Solar Physics",
    "sovast": "Soviet Astronomy",
    "ssr": "Space Science Reviews",
}
"""The journal macros of the Astrophysics Data System:
https://ui.adsabs.harvard.edu/help/actions/journal-macros"""

_REVIEWS = {"ocirc": r"\r", "polhk": r"\k", "cprime": "\u02b9", "cdprime": "\u02ba", "udot": r"\d"}
"""Commands that the preamble of Mathematical Reviews defines."""

_GROUP = re.compile(
    r"\\[A-Za-z]+\*?\s*(?:\[[^][{}]{0,80}\]\s*)?(?P<argument>\{)?"
    r"|\\[^A-Za-z](?P<accented>\{)?|[_^](?P<script>\{)|(?P<maths>\$)"
    r"|\{(?=\s*\\[A-Za-z]+(?![A-Za-z])\s*[^{\s}])|(?P<open>\{)|(?P<close>\})"
)


def unbrace(text: str) -> str:
    r"""Strip braces that only protect case; those that hold an argument stay.

    >>> unbrace("{{Memory Networks}}"), unbrace(r"{DNA} and {\~n} in \emph{E. {C}oli}")
    ('Memory Networks', 'DNA and \\~n in \\emph{E. Coli}')
    >>> unbrace(r"He{\ss}e {\em x} $a_{i}$")
    'He\\ss{}e {\\em x} $a_{i}$'
    """
    text = re.sub(r"\\([a-z]{4,7})(?![A-Za-z])", lambda m: _REVIEWS.get(m[1], m[0]), text)
    text = re.sub(r"(?<![\\/])~", " ", text)
    kept: list[bool] = []
    out: list[str] = []
    maths = False
    for piece, kind in _split_at_braces(text):
        maths ^= kind == "maths"
        if kind == "open" and not maths and out[-1:] != ["}"]:  # \href{…}{…} takes two
            kept.append(False)
        elif kind == "close":
            whole = kept.pop() if kept else maths
            if whole or (out and re.fullmatch(r"\\[A-Za-z]+", out[-1])):
                out.append(piece if whole else "{}")
        else:
            kept += [True] * piece.endswith("{")
            out.append(piece)
    return "".join(out).strip()


def _split_at_braces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text split at its braces, each with its kind (a group of `_GROUP`)."""
    at = 0
    for match in _GROUP.finditer(text):
        if at < match.start():
            yield text[at : match.start()], ""
        yield match.group(), match.lastgroup or ""
        at = match.end()
    if at < len(text):
        yield text[at:], ""


def _is_wrapped(text: str) -> bool:
    """Return whether the last brace closes the first."""
    depth = 0
    for match in _BRACE.finditer(text):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end() == len(text)
    return False


def people(text: str) -> tuple[str, ...]:
    """Return the names of an author field, given name first; names in braces stay whole.

    >>> people("Knuth, Donald E. and {The {TeX} Users and Friends} and Erd{\\\\H o}s, P{\\\\'a}l and others")
    ('Donald E. Knuth', 'The TeX Users and Friends', 'Pál Erdős')
    >>> people("family=Berg, given=Jan, prefix=van den and Doe, J."), people(
    ...     "J. Roe, A. Poe, B. Coe"
    ... )
    (('Jan van den Berg', 'J. Doe'), ('J. Roe', 'A. Poe', 'B. Coe'))
    """
    names = []
    for name in _split_names(text):
        if name.lower() in ("others", "et al.", "et al", ""):
            continue
        plain = tex.plain(unbrace(name)).replace("{", "").replace("}", "")
        if name.startswith("{") and _is_wrapped(name):
            names.append(squeeze(plain))
        else:
            names.append(_join_labelled_parts(plain) or person_names.person(plain))
    return tuple(name for name in names if name)


def _join_labelled_parts(name: str) -> str:
    """Return a name whose parts are labelled as in BibLaTeX, given name first; '' for any other."""
    found = re.findall(r"(?:^|,)\s*(family|given|prefix|suffix)\s*=\s*([^,=]*)", name, re.I)
    parts = {label.lower(): part for label, part in found}
    order = ("given", "prefix", "family", "suffix")
    return squeeze(" ".join(parts.get(label, "") for label in order)) if "family" in parts else ""


def _split_names(text: str) -> list[str]:
    """Split names at the word `and` outside braces; without one, as in other bylines."""
    names = _split_at_and(text)
    if len(names) > 1 or text.startswith("{"):
        return names
    return bylines.split(text)


def _split_at_and(text: str) -> list[str]:
    out, depth, start = [], 0, 0
    for match in re.finditer(r"[{}]|(?<=[\s}])and(?=[\s{])", text, re.I):
        brace = match.group()
        if brace == "{":
            depth += 1
        elif brace == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            out.append(text[start : match.start()].strip())
            start = match.end()
    return [*out, text[start:].strip()]


def _unescape(text: str) -> str:
    """Return an address without TeX's escapes."""
    text = re.sub(r"\\url\{([^{}]*)\}", r"\1", text)
    return re.sub(
        r"\\([_%&#~$])", r"\1", text.replace("{\\_}", "_").replace("\\textunderscore", "_")
    ).strip("{}<> ")


def _identifiers(values: Mapping[str, str], urls: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    kind = (values.get("archiveprefix") or values.get("eprinttype") or "").lower()
    eprint = _unescape(values.get("eprint", ""))
    if kind in ("", "arxiv") and (arxiv := ids.arxiv(eprint)):
        found["arxiv"] = arxiv
    if doi := ids.doi(_unescape(values.get("doi", ""))):
        found["doi"] = doi
    if kind == "pubmed" and eprint.isdigit():
        found["pmid"] = eprint
    if re.fullmatch(r"\d{4,9}", values.get("pmid", "")):
        found["pmid"] = values["pmid"]
    texts = [
        *urls,
        *(
            _unescape(unbrace(values.get(name, "")))
            for name in ("doi", "journal", "note", "howpublished", "number")
        ),
    ]
    corr = re.match(r"abs/(\S+)", values.get("volume", ""))
    texts += [f"arXiv:{corr[1]}"] if corr else []
    for name, value in ids.identifiers(texts).items():
        found.setdefault(name, value)
    if "10.48550/arxiv" in found.get("doi", ""):
        del found["doi"]
    return found


def _date(values: Mapping[str, str]) -> date | None:
    """Return the date from `date`, or from `year`, `month` and `day`; `month` may contain a day."""
    if values.get("date") and (day := date_parsing.parse(values["date"])):
        return day
    year = re.search(r"\b(1[4-9]|20)\d\d\b", values.get("year", ""))
    if not year:
        return None
    if not values.get("month"):
        return date_parsing.parse(unbrace(values["year"]))
    month = re.sub(r"[{}~.,]", " ", values.get("month", "")).strip()
    written = re.search(r"[A-Za-z]{3,}", month)
    number = date_parsing.month(written.group() if written else month)
    of = re.search(r"\b\d{1,2}\b", month) if written else None
    day_of = values.get("day", "").strip() or (of.group() if of else "")
    day_known = f"-{int(day_of):02}" if number and day_of.isdigit() else ""
    whole = f"{year.group()}-{number:02}{day_known}" if number else year.group()
    return date_parsing.parse(whole) or Rough.of(int(year.group()), number)


def _end(text: DocumentText, at: int) -> int:
    """Return the line after an entry, which is in braces or parentheses; `at` if it has no end."""
    depth = 0
    opener, closer = "()" if _ROUND.match(text.lines[at]) else "{}"
    for number in range(at, min(len(text.lines), at + LONGEST)):
        line = text.lines[number]
        if number > at and line.startswith("@"):
            return at
        depth += line.count(opener) - line.count(closer)
        if depth <= 0:
            return number + 1
    return at


_ROUND = re.compile(r"\s*@\w+\s?\(")


_EXTENTS = (
    Extent("bibtex", r"\s{0,8}@[A-Za-z]{3,20}\s?[{(]\s?[^\s{}()=]{0,80},?\s*$|\s{0,8}@[A-Za-z]{3,20}\{[^\s{}=,]{1,80},\s?\w+\s?=", _end),
)  # fmt: skip

FORMAT = Format(
    NAME,
    "bibliography",
    "bibtex",
    recognise,
    read,
    believed=True,
    extents=_EXTENTS,
    about="BibTeX and BibLaTeX",
    example="@article{ada, title = {…}, abstract = {…}}",
)
