"""Web pages in HTML, saved or copied from 'view source'.

    <article><h3><a href="/papers/1410.3916">Memory Networks</a></h3>
    <p>We describe a new class of learning models called memory networks. …</p></article>

Blocks become lines, links and headings become Markdown, and the text is read as if
it had been pasted. https://html.spec.whatwg.org/
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from digest.inputs import evidence, findings
from digest.inputs.document import Document, as_document
from digest.inputs.format import Format
from digest.inputs.layout import pasted
from digest.inputs.syntax import date_parsing, page_metadata, xml
from digest.models import DateLine, Guess, Problem, Reading, Seed
from digest.papers import ids

NAME = "html-page"

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_BLOCK = re.compile(
    r"</(?:p|div|h[1-6]|li|td|tr|ul|ol|dd|dt|article|section|span|a)>|<br\s*/?>", re.I
)
_ENDS = re.compile(r"</(?:body|html)\s*>|<!doctype[^<>]{0,300}>", re.I)
# elements without text of the page itself
_SKIPPED = re.compile(
    "script|style|head|noscript|svg|template|select|nav|footer|form|iframe|object|annotation"
)
# elements that begin and end a line
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|button|center|d[dlt]|details|div|fieldset|figcaption|figure|h[1-6r]|header"
    "|html|img|li|main|ol|p|pre|section|summary|table|t[drh]|tbody|thead|tfoot|time|ul|video"
)


def recognise(document: Document) -> Guess:
    """Sure if a document opens as a page does, or opens with a tag and has several blocks."""
    if _PAGE.match(document.text[:2000]):
        return Guess(0.93)
    blocks = len(_BLOCK.findall(document.head.text))
    if not re.match(
        r"\s*<(?!\?xml|rss|feed|rdf)[a-z][a-z0-9]{0,9}[\s>]", document.text[:200], re.I
    ):
        return Guess(0.0, "a line that begins with '<!doctype html>'")
    return Guess(0.85 if blocks > 1 else 0.1, "paragraphs, such as '<p>…</p>'")


def read(seed: Seed) -> Reading:
    """Read the metadata of a page about its paper, else its text, if that describes papers."""
    root = _root(seed)
    if root is None:
        return findings.reading(seed, NAME, [_no_paper(seed, "")])
    if found := page_metadata.records(seed, root):
        return findings.reading(seed, NAME, found)
    return _read(seed, page_metadata.title(root))


def _read(seed: Seed, title: str) -> Reading:
    """Read the text of the page with and without its links, whichever suits a format better."""
    linked, plain = extract_text(seed, links=True), extract_text(seed, links=False)
    whole = as_document(seed)
    found = pasted.read(
        replace(whole, text="\n".join(linked.rows)), replace(whole, text="\n".join(plain.rows))
    )
    lines = linked.lines if found.seed.text == "\n".join(linked.rows) else plain.lines
    finds = [*pasted.relocate(found, lines)]
    if _OF_ANOTHER_KIND.search(seed.text) or not _is_scholarly(found):
        finds = [_no_paper(seed, title or " ".join(plain.rows).strip())]
    day = replace(found.date, line=lines[found.date.line - 1]) if found.date else None
    return findings.reading(seed, NAME, finds, day or _day(seed, plain))


_OF_ANOTHER_KIND = re.compile(
    r"\"@type\"\s*:\s*\[?\s*\"(?:NewsArticle|ReportageNewsArticle|Recipe|Product|JobPosting|Course|FAQPage|LocalBusiness|Restaurant|Hotel)\"",
)
"""Types in the metadata of pages that are not about papers: https://schema.org."""


def _is_scholarly(found: Reading) -> bool:
    """Return whether the records of a page show that it is about papers.

    Evidence is an identifier or the address of a paper, a titled text that reads like an
    abstract, or two such texts without a title.
    """
    for record in found.records:
        if record.identifiers or any(link.kind == "paper" for link in record.links):
            return True
    abstracts = [
        one for one in found.records if one.abstract and evidence.style_score(one.abstract) > 0
    ]
    return len(abstracts) > 1 or any(one.title for one in abstracts)


def _no_paper(seed: Seed, title: str) -> Problem:
    message = f"expected a page about papers, found {findings.quote(title)}"
    return findings.refuse(seed, 1, f"{message}: a web page in which no paper is found", seed.text)


def _day(seed: Seed, page: PageText) -> DateLine | None:
    """Return the date within one of the page's first lines, if no line consists of one."""
    for row, line in list(zip(page.rows, page.lines, strict=True))[:20]:
        if day := date_parsing.date_line(re.sub(r"^.*\bfor\s+", "", row), line):
            return day
    return None


@dataclass(slots=True)
class PageText:
    """The text of a page, line by line, and the source line at which each began."""

    links: bool
    """Whether links, headings and lists are written in Markdown."""
    rows: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """The 1-based line of the source of each row."""
    open: list[str] = field(default_factory=list)
    """The pieces of the unfinished row."""
    at: int = 1
    """The source line at which the unfinished row began."""

    def add(self, text: str, line: int) -> None:
        """Append text to the unfinished row."""
        if not self.open:
            text, self.at = text.lstrip(), line
        if text:
            self.open.append(text)

    def close(self, gap: bool = True) -> None:
        """Finish the row, with a blank line after it if `gap`."""
        row = " ".join("".join(self.open).split())
        if row.strip("# -"):
            self._row(row)
            if gap:
                self._row("")
        self.open = []

    def verbatim(self, text: str, line: int) -> None:
        """Append preformatted lines unchanged."""
        self.close(gap=False)
        for self.at, row in enumerate(text.split("\n"), line):
            self._row(row)

    def _row(self, row: str) -> None:
        self.rows.append(row)
        self.lines.append(self.at)


def extract_text(seed: Seed, links: bool) -> PageText:
    """Return the text of a page, one row per block."""
    out = PageText(links)
    root = _root(seed)
    if root is None:
        return out
    open_links: list[tuple[list[str], int]] = []
    skipping: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and skipping is None:
            if _SKIPPED.fullmatch(tag) or not tag or _hidden(element):
                skipping = element
            else:
                _open(element, tag, out, open_links)
                _text(out, tag, element.text, element)
        elif event == "end" and skipping in (None, element):
            if skipping is None:
                _close(element, tag, out, open_links)
            skipping = None
            _text(out, xml.name(element.getparent()), element.tail, element)
    out.close()
    return out


def _root(seed: Seed) -> etree._Element | None:
    # A second page below the first is read too: the end tag of the first would hide it.
    text = _ENDS.sub(lambda match: "\n" * match.group().count("\n"), seed.text)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or element.get("aria-hidden") == "true"


def _text(out: PageText, tag: str, text: str | None, near: etree._Element) -> None:
    if text and tag == "pre":
        out.verbatim(text, xml.line(near))
    elif text:
        out.add(re.sub(r"\s+", " ", text), xml.line(near))


def _open(
    element: etree._Element, tag: str, out: PageText, open_links: list[tuple[list[str], int]]
) -> None:
    """Begin a row for a block, and note where a link begins."""
    before = element.getprevious()
    if tag == "br" or _BLOCKS.fullmatch(tag):
        out.close(gap=tag != "br")
    elif (
        tag == "a" and before is not None and before.tag == "a" and not (before.tail or "").strip()
    ):
        out.close(gap=False)  # two links side by side are two things
    if out.links and re.fullmatch("h[1-6]", tag):
        out.add("#" * int(tag[1]) + " ", xml.line(element))
    elif out.links and tag == "li" and not any(map(_BLOCKS.fullmatch, map(xml.name, element))):
        out.add("- ", xml.line(element))
    elif tag == "a":
        open_links.append((out.open, len(out.open)))


def _close(
    element: etree._Element, tag: str, out: PageText, open_links: list[tuple[list[str], int]]
) -> None:
    """Finish the row at the end of a block, and add the address at the end of a link."""
    if tag == "a" and open_links:
        row, start = open_links.pop()
        inner = "".join(out.open[start:]).strip()
        address = _address(element)
        if out.links and row is out.open and inner and address:
            out.open[start:] = [f"[{inner}]({address})"]
    if _BLOCKS.fullmatch(tag):
        out.close()


def _address(link: etree._Element) -> str:
    """Return the address of a link; of a relative one only if it names a paper of arXiv."""
    href = (link.get("href") or "").strip()
    if re.match(r"https?://[^\s()<>]+$", href):
        return href
    found = ids.arxiv(href.rsplit("/", 1)[-1]) if href.startswith("/") and "#" not in href else None
    return f"https://arxiv.org/abs/{found}" if found else ""


FORMAT = Format(
    NAME,
    "web page",
    "page",
    recognise,
    read,
    about='a web page as it is stored: saved, or copied from "view source"',
    example='<h3><a href="/papers/…">A comet in pieces</a></h3><p>…</p>',
)
