"""Exports are read whatever programs, mails and people did to them on their way."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Sequence
from html import escape

import pytest

from digest import inputs
from digest.inputs.decoding import decode
from digest.language.strings import fingerprint
from digest.models import Record
from digest.papers.normalize import clean
from tests.inputs.exports import nbib, ovid, refer, refworks, rss
from tests.inputs.test_pairs import UPPER
from tests.inputs.writers import Written, bibtex, ris

Writer = Callable[[Sequence[Written]], str]


def objects(papers: Sequence[Written], indent: int | None = 1) -> str:
    some = [{"title": p.title, "abstract": p.abstract, "authors": list(p.authors)} for p in papers]
    return json.dumps(some, indent=indent)


def page(text: str) -> str:
    return f"<html><head><title>x</title></head><body><pre>{escape(text)}</pre></body></html>"


def iso2709(papers: Sequence[Written]) -> str:
    """MARC as libraries exchange it, its separators and lengths by the standard."""
    out = []
    for p in papers:
        held = {"100": f"1 \x1fa{p.authors[0]}", "245": f"10\x1fa{p.title}", "520": f"  \x1fa{p.abstract}", "650": "  \x1faWeaving"}  # fmt: skip
        rows = [f"{value}\x1e" for value in held.values()]
        sizes = [len(row.encode()) for row in rows]
        table = "".join(f"{tag}{size:04}{sum(sizes[:at]):05}" for at, (tag, size) in enumerate(zip(held, sizes, strict=True)))  # fmt: skip
        base = 24 + len(table) + 1
        out.append(
            f"{base + sum(sizes) + 1:05}nab a22{base:05} a 4500{table}\x1e{''.join(rows)}\x1d"
        )
    return "".join(out)


def mnemonic(papers: Sequence[Written]) -> str:
    return "".join(
        f"=LDR  00000nab a2200000 a 4500\n=100  1\\$a{p.authors[0]}\n=245  10$a{p.title}\n=520  \\\\$a{p.abstract}\n\n"
        for p in papers
    )


def paragraphs(write: Writer) -> Writer:
    """Whose abstracts have two paragraphs, with an empty line between them."""

    def written(papers: Sequence[Written]) -> str:
        text = write(papers)
        for p in papers:
            cut = p.abstract.index(". ", 120) + 1
            text = text.replace(p.abstract, f"{p.abstract[:cut]}\n\n{p.abstract[cut + 1 :]}")
        return text

    return written


def wrapped(write: Writer, indent: str) -> Writer:
    def written(papers: Sequence[Written]) -> str:
        lines = write(papers).split("\n")
        return "\n".join(textwrap.fill(line, 70, subsequent_indent=indent) for line in lines)

    return written


FORMS: dict[str, Writer] = {
    "JSON below lines of a log": lambda p: f"2025-03-11 10:00:01 INFO fetching page 1\n[INFO] got 4 items\n{objects(p)}\nDone in 3.2s\n",
    "JSON in a call": lambda p: f"/**/show({objects(p, None)});",
    "JSON in a cell": lambda p: '"' + objects(p, None).replace('"', '""') + '"',
    "JSON with lost commas between fields": lambda p: re.sub(r",\n  ", "\n  ", objects(p)),
    "JSON with inner quotation marks": lambda p: objects([Written(one.title, one.abstract.replace(" the ", ' \x00the\x00, ', 1)) for one in p]).replace("\\u0000", '"'),
    "JSON as a browser saves it": lambda p: page(objects(p)),
    "BibTeX quoted in a mail": lambda p: textwrap.indent(bibtex(p), "> ", lambda _: True),
    "BibTeX set in": lambda p: textwrap.indent(bibtex(p), "    "),
    "BibTeX whose keys have blanks": lambda p: re.sub(r"(@\w+\{)[^,]*,", r"\1Poe and Roe 2020,", bibtex(p)),
    "BibTeX in quotation marks of print": lambda p: re.sub(r"= \{(.*)\}", r"= “\1”", bibtex(p)),
    "BibTeX on one line": lambda p: " ".join(bibtex(p).split()),
    "BibTeX in a page": lambda p: page(bibtex(p)),
    "RIS quoted in a mail": lambda p: textwrap.indent(ris(p), "> ", lambda _: True),
    "RIS quoted twice": lambda p: textwrap.indent(ris(p), ">> ", lambda _: True),
    "PubMed's text set in": lambda p: textwrap.indent(nbib(p), "  "),
    "PubMed's text in paragraphs": paragraphs(nbib),
    "Ovid in paragraphs": paragraphs(ovid),
    "Ovid with dashes of print": lambda p: re.sub(r"^(..)  - ", r"\1  – ", ovid(p), flags=re.M),
    "Ovid wrapped to the margin": wrapped(ovid, ""),
    "refer in paragraphs": paragraphs(refer),
    "refer with an empty line after every line": lambda p: refer(p).replace("\n", "\n\n"),
    "refer with a share in its second line": lambda p: wrapped(refer, "")([Written(one.title, f"{one.abstract} It is so in 40% of all cases that were ever counted.") for one in p]),
    "RefWorks wrapped with one blank": wrapped(refworks, " "),
    "RefWorks in paragraphs": paragraphs(refworks),
    "a feed with line breaks of HTML": lambda p: re.sub(r"(<description>.{40,90}?\.) ", r"\1<br>", rss(p)),
    "a feed below what the server said": lambda p: f"HTTP/2 200\ncontent-type: application/rss+xml\n\n{rss(p)}",
    "a feed in a fenced block": lambda p: f"The feed:\n\n```xml\n{rss(p)}```\n",
    "MARC in ISO 2709": iso2709,
    "MARC as MarcEdit shows it": mnemonic,
}  # fmt: skip


def letters(record: Record) -> tuple[str, str]:
    cleaned = clean(record)
    return fingerprint(cleaned.title or ""), fingerprint(cleaned.abstract)


@pytest.mark.parametrize("form", FORMS)
def test_all_papers_of_an_export_survive(form: str) -> None:
    """Titles and abstracts come back letter by letter, and nothing beside them."""
    share = "It is so in 40% of all cases that were ever counted."
    written = FORMS[form](UPPER)
    added = {
        "refer with a share in its second line": lambda text: f"{text} {share}",
        "JSON with inner quotation marks": lambda text: text,
    }.get(form, lambda text: text)
    found = [letters(one) for one in inputs.read(decode("a.txt", written.encode())).records]
    assert found == [(fingerprint(p.title), fingerprint(added(p.abstract))) for p in UPPER]


def test_formulas_with_single_backslashes_are_read_from_json() -> None:
    """A program that forgets to escape TeX writes what JSON takes for control characters."""
    told = r"We show that $\beta$ and $\theta$ and $\frac{1}{2}$ and $\alpha$ are numbers, which nobody has shown before us."
    text = '[{"title": "On Numbers and Their Names", "authors": ["Ada Lovelace"], "doi": "10.1000/a", "abstract": "%s"}]'
    (record,) = inputs.read(decode("a.json", (text % told).encode())).records
    assert record.abstract == told


def test_what_is_in_angle_brackets_is_kept_in_json() -> None:
    """Models think in tags, and a number lies between two others."""
    told = "We put it in <answer> tags where a<b and c>d, and find that models answer more often than without."
    given = [{"title": "On Answers in Tags", "abstract": told, "authors": ["Ada Lovelace"], "doi": "10.1000/a"}]  # fmt: skip
    (record,) = inputs.read(decode("a.json", json.dumps(given).encode())).records
    assert clean(record).abstract == told


def test_authors_of_an_undeclared_prefix_are_read() -> None:
    """A feed that forgets to say what `dc` is has authors all the same."""
    text = rss(UPPER).replace("</item>", "<dc:creator>Ada Lovelace</dc:creator></item>")
    records = inputs.read(decode("a.xml", text.encode())).records
    assert [record.authors for record in records] == [("Ada Lovelace",)] * len(UPPER)


@pytest.mark.parametrize("write", [bibtex, ris, nbib], ids=lambda writer: writer.__name__)
def test_an_export_in_the_body_of_a_mail_is_read(write: Writer) -> None:
    """Colleagues send each other what they have exported."""
    head = "From: Ada Lovelace <ada@example.org>\nTo: lab@example.org\nSubject: papers\nDate: Tue, 11 Mar 2025 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    reading = inputs.read(decode("a.eml", (head + write(UPPER)).encode()))
    assert {letters(one)[0] for one in reading.records} == {fingerprint(p.title) for p in UPPER}
