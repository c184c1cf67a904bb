"""What an answer must be like: a page whole and of the source, the whole neither old nor shrunken.

What is not is never stored: an error page with status 200 would otherwise be a day.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.parsers import expat

from digest import inputs
from digest.errors import SeedError, WebError
from digest.inputs.decoding import decode
from digest.language.strings import counted, fingerprint, squeeze
from digest.models import Reading, Record
from digest.services.fetch.history import Fetched
from digest.services.fetch.source import AnswerPage, Content, FetchSource, Inquiry

FEW = 10
"""Papers below which no answer counts as shrunken: small numbers leap."""
COMPLETE = 0.9
"""Share of the papers that a source says it has, as papers come and go while it is asked."""
_HEAD = 4_000

_PAGE = re.compile(r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML = re.compile(r"\ufeff?\s*<(?:\?xml|rss|feed|rdf:RDF)\b")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,200})", re.I)
_CAPTCHA = re.compile(
    r"captcha|are you (?:a )?(?:human|robot)|unusual traffic|cf-chall|challenge-platform"
    r"|just a moment\.\.\.|verify(?:ing)? (?:that )?you are human",
    re.I,
)
_SIGN_IN = re.compile(r"type=[\"']?password|sign[ -]?in|log[ -]?in|authenticat", re.I)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page, what was read on it, and the marks of its papers."""

    page: AnswerPage
    papers: int = 0
    """Read and refused."""
    marks: frozenset[str] = frozenset()
    dates: tuple[date, ...] = field(default=(), repr=False)


# --- one page -------------------------------------------------------------------------------------


def read_page(name: str, source: FetchSource, page: AnswerPage) -> ReadPage:
    """Return a page with its papers.

    Raises `WebError` if it is empty, of somebody else, damaged, or, of a source that
    does not say that it has none, without a paper.
    """
    if not page.body.strip():
        raise WebError(name, "expected papers, found an empty answer")
    _check_owner(name, source.content, page)
    _check_whole(name, source.content, page)
    if not source.is_document(page):
        return ReadPage(page)
    reading = _read(name, source, page)
    papers = len(reading.records) + sum(problem.refused for problem in reading.problems)
    if not reading.records and source.total(page) != 0:
        raise WebError(name, f"expected papers, found none in {_shown(page)}")
    return ReadPage(
        page,
        papers,
        frozenset(map(_mark, reading.records)),
        tuple(record.date for record in reading.records if record.date),
    )


def _check_owner(name: str, content: Content, page: AnswerPage) -> None:
    """Raise `WebError` for a page that is meant for a person, where data were expected."""
    head = page.text[:_HEAD] if content == "any" else page.text
    if not _PAGE.match(head):
        return
    title = _TITLE.search(head)
    said = f" ({squeeze(title[1])!r})" if title else ""
    if _CAPTCHA.search(head):
        kind = "a page that asks whether we are human"
    elif content != "any" and _SIGN_IN.search(head):
        kind = "a page to sign in"
    elif content != "any":
        kind = "a page for people"
    else:
        return
    raise WebError(name, f"expected papers, found {kind}{said}")


def _check_whole(name: str, content: Content, page: AnswerPage) -> None:
    """Raise `WebError` for JSON or XML that breaks off, is damaged, or has entities of its own."""
    start = page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    try:
        if content == "json" or (content == "any" and start in (b"{", b"[")):
            _check_json(page)
        elif content == "xml" or (content == "any" and _XML.match(page.text)):
            _check_xml(page.body)
        elif content == "bibtex" and page.text.count("{") != page.text.count("}"):
            raise ValueError("its braces do not match")
    except (ValueError, RecursionError) as error:
        wanted = {"xml": "XML", "bibtex": "BibTeX"}.get(content, "XML" if start == b"<" else "JSON")
        message = f"expected whole {wanted}, found damage ({str(error)[:100] or 'nested too deep'})"
        raise WebError(name, f"{message} in {_shown(page)}") from error


def _check_json(page: AnswerPage) -> None:
    found = page.json
    if not isinstance(found, dict | list):
        raise ValueError("neither a list nor an object")
    error = found.get("error") or found.get("errors") if isinstance(found, dict) else None
    if error:
        raise ValueError(f"it says: {squeeze(json.dumps(error, ensure_ascii=False))[:80]}")


def _check_xml(body: bytes) -> None:
    """Raise ValueError unless this is well-formed XML that declares no entities."""

    def refuse(*_: object) -> None:
        raise ValueError("it declares entities of its own")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def _read(name: str, source: FetchSource, page: AnswerPage) -> Reading:
    try:
        return inputs.read(decode(f"answer{suffix_of(source, page)}", page.body))
    except SeedError as error:
        raise WebError(name, error.message) from error


def _shown(page: AnswerPage) -> str:
    """Return how a page begins, for a message."""
    kind = page.headers.get("content-type", "").partition(";")[0]
    return f"{squeeze(page.text[:300])[:60]!r}" + (f" ({kind[:40]})" if kind else "")


def _mark(record: Record) -> str:
    """Return what a paper is known by: a hash of an identifier, else of its title or abstract."""
    identifiers = sorted(record.identifiers.items())
    text = str(identifiers[0]) if identifiers else fingerprint(record.title or record.abstract)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()


_SUFFIXES = {
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/x-bibtex": ".bib",
    "application/xml": ".xml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/xml": ".xml",
}


def suffix_of(source: FetchSource, page: AnswerPage) -> str:
    """Return the suffix of the document: its source's, its address's, or its type's."""
    own = re.search(r"/[^/]*(\.[a-z0-9]{2,5})\Z", f"/{page.address.partition('?')[0]}", re.I)
    kind = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    return source.suffix or (own[1].lower() if own else _SUFFIXES.get(kind, ".html"))


# --- the whole answer -----------------------------------------------------------------------------


def check_complete(name: str, source: FetchSource, pages: Sequence[ReadPage]) -> None:
    """Raise `WebError` if a page came twice, or papers are missing."""
    papers = [page for page in pages if page.marks]
    for number, page in enumerate(papers):
        if any(page.marks == other.marks for other in papers[:number]):
            raise WebError(name, f"expected another page, found the same again as {number + 1}")
    totals = [total for page in pages if (total := source.total(page.page)) is not None]
    found, total = sum(page.papers for page in pages), max(totals, default=0)
    if source.exact and found < COMPLETE * total:
        raise WebError(name, f"expected {counted(total, 'paper')}, found {found:,}: a part only")


def check_sound(
    name: str,
    source: FetchSource,
    inquiry: Inquiry,
    pages: Sequence[ReadPage],
    last: Fetched | None,
) -> None:
    """Raise `WebError` for an answer that is much smaller than the last, old, or of the future."""
    accept = "if that is right, `digest fetch --accept` takes it"
    marks = frozenset[str]().union(*(page.marks for page in pages))
    days = (inquiry.until - inquiry.since).days
    if last and last.days <= days and len(last.papers) >= FEW and 2 * len(marks) < len(last.papers):
        before = counted(len(last.papers), "paper")
        raise WebError(name, f"expected about {before} as last time, found {len(marks)} — {accept}")
    dates = [day for page in pages for day in page.dates]
    if not source.dated or not dates:
        return
    if max(dates) < inquiry.until - timedelta(source.quiet):
        raise WebError(
            name, f"expected papers of these days, found none after {max(dates)} — {accept}"
        )
    ahead = [day for day in dates if day > inquiry.until + timedelta(days=1)]
    if 2 * len(ahead) > len(dates):
        raise WebError(name, f"expected papers up to {inquiry.until}, found {ahead[0]} — {accept}")
