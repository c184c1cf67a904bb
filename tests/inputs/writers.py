"""The layouts people paste, as functions that write papers in them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage


@dataclass(frozen=True)
class Written:
    """A paper as a test writes it into a document."""

    title: str
    abstract: str
    authors: tuple[str, ...] = ("Ada Lovelace", "Charles Babbage")
    arxiv: str = "2503.01234"


Writer = Callable[[Sequence[Written]], str]


def _wrapped(text: str, width: int, indent: str = "", more: str = "") -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=more,
        break_long_words=False,
        break_on_hyphens=False,
    )


def page_with_blank_lines(papers: Sequence[Written]) -> str:
    head = [
        "new",
        "Get trending papers in your email inbox!",
        "Subscribe",
        "byAK and the research community",
        "Mar 11",
    ]
    return "\n\n".join([*head, *(piece for p in papers for piece in (p.title, p.abstract))]) + "\n"


def page_without_blank_lines(papers: Sequence[Written]) -> str:
    head = [
        "Get trending papers in your email inbox once a day!",
        "Get trending papers in your email inbox!",
    ]
    body = [piece for p in papers for piece in (p.title, p.abstract)]
    return "\n".join([*head, "Subscribe" + body[0], *body[1:]]) + "\n"


def whole_page(papers: Sequence[Written]) -> str:
    head = [
        "Hugging Face",
        "Models",
        "Log In",
        "Get trending papers in your email inbox!",
        "Subscribe",
        "Daily Papers",
        "Mar 11",
    ]
    body = [
        piece
        for p in papers
        for piece in ("65", p.title, p.abstract, "3 authors", "·", "Mar 10, 2025")
    ]
    return "\n\n".join([*head, *body, "Previous", "Next", "System theme", "TOS", "Privacy"]) + "\n"


def text_browser(papers: Sequence[Written]) -> str:
    lines = [
        "* [ Models ][1]",
        "Get trending papers in your email inbox!",
        "",
        "# Daily Papers",
        "",
        "Mar 11",
        "",
    ]
    refs = ["https://huggingface.co/models"]
    for p in papers:
        refs += [f"https://huggingface.co/papers/{p.arxiv}"]
        n = len(refs)
        lines += [
            "[",
            "65",
            f"][{n}]",
            "",
            f"### [{p.title}][{n}]",
            "",
            "[",
            "",
            _wrapped(p.abstract, 120),
            "",
        ]
        lines += [f"][{n}]", "[", "* 3 authors", f"][{n}]", "·", f"Mar 8, 2024 [ 6][{n}]"]
    return "\n".join([*lines, "", *(f"[{n}]: {url}" for n, url in enumerate(refs, 1))]) + "\n"


def web_clipper(papers: Sequence[Written]) -> str:
    lines = [
        "Daily Papers",
        "",
        "by AK (https://huggingface.co/akhaliq) and the research community",
        "",
        "Mar 11",
        "",
    ]
    for p in papers:
        url = f"https://huggingface.co/papers/{p.arxiv}"
        lines += [
            f"{p.title} ({url})",
            "",
            f"{p.abstract} ({url})",
            "",
            "3 authors",
            "·",
            "Mar 10, 2025",
            "",
        ]
    return "\n".join(lines)


def alternating(papers: Sequence[Written]) -> str:
    return "".join(f"{p.title}\n{p.abstract}\n" for p in papers)


def wrapped(papers: Sequence[Written]) -> str:
    return "".join(f"{_wrapped(p.title, 72)}\n\n{_wrapped(p.abstract, 72)}\n\n" for p in papers)


def wrapped_without_blank_lines(papers: Sequence[Written]) -> str:
    return "".join(f"{_wrapped(p.title, 80)}\n{_wrapped(p.abstract, 80)}\n" for p in papers)


def title_below(papers: Sequence[Written]) -> str:
    return "".join(f"{p.abstract}\n{p.title}\n\n" for p in papers)


def side_by_side(papers: Sequence[Written]) -> str:
    return "".join(f"{p.title}\t{p.abstract}\n" for p in papers)


def listed_twice(papers: Sequence[Written]) -> str:
    body = (f"{p.title}\n\n65\n\n{p.title}\n\n{p.abstract}\n\n3 authors\n\n" for p in papers)
    return "Daily Papers\n\n" + "".join(body)


def stored_page(papers: Sequence[Written]) -> str:
    body = (
        f'<h3><a href="/papers/{p.arxiv}">{p.title}</a></h3><p>{p.abstract}</p>' for p in papers
    )
    return f"<!doctype html><html><body><h1>Papers</h1>{''.join(body)}</body></html>\n"


def saved_mail(papers: Sequence[Written]) -> str:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = (
        "a@example.org",
        "Papers",
        "Tue, 11 Mar 2025 10:00:00 +0000",
    )
    mail.set_content(wrapped(papers), cte="base64")
    return mail.as_string()


def quoted(papers: Sequence[Written]) -> str:
    return "".join(f"> {line}\n" for line in wrapped(papers).split("\n"))


def numbered(papers: Sequence[Written]) -> str:
    return "".join(f"{n}. {p.title}\n{p.abstract}\n\n" for n, p in enumerate(papers, 1))


def labelled(papers: Sequence[Written]) -> str:
    return "".join(
        f"Title: {p.title}\nPDF: https://arxiv.org/pdf/{p.arxiv}\nSummary: {p.abstract}\n---\n"
        for p in papers
    )


def arxiv_listing(papers: Sequence[Written]) -> str:
    lines = ["Showing new listings for Monday, 7 April 2025", "Total of 3 entries"]
    for n, p in enumerate(papers, 1):
        lines += [
            f"[{n}] arXiv:{p.arxiv} [pdf, html, other]",
            f"Title: {p.title}",
            ", ".join(p.authors),
        ]
        lines += ["Subjects: Machine Learning (cs.LG)", "", p.abstract]
    return "\n".join(lines) + "\n"


def arxiv_mail(papers: Sequence[Written]) -> str:
    lines = ["received from  Thu 10 Apr 25 19:00:00 GMT  to  Fri 11 Apr 25 19:00:00 GMT", "-" * 78]
    for p in papers:
        lines += ["\\\\", f"arXiv:{p.arxiv}", "Date: Thu, 10 Apr 2025 05:21:20 GMT   (13kb)", ""]
        lines += [
            _wrapped(f"Title: {p.title}", 79, "", "  "),
            _wrapped(f"Authors: {', '.join(p.authors)}", 79, "", "  "),
        ]
        lines += [
            "Categories: cs.LG",
            "\\\\",
            _wrapped(p.abstract, 79, "  "),
            f"\\\\ ( https://arxiv.org/abs/{p.arxiv} ,  13kb)",
            "-" * 78,
        ]
    return "\n".join(lines) + "\n"


def markdown_items(papers: Sequence[Written]) -> str:
    return "".join(
        f"- [{p.title}](https://arxiv.org/abs/{p.arxiv}) - {p.abstract}\n" for p in papers
    )


def markdown_table(papers: Sequence[Written]) -> str:
    rows = (
        f"| {p.title} | [pdf](https://arxiv.org/pdf/{p.arxiv}) | {p.abstract} |\n" for p in papers
    )
    return "| Title | Link | Summary |\n|---|:-:|---|\n" + "".join(rows)


def json_lines(papers: Sequence[Written]) -> str:
    return "".join(
        json.dumps({"title": p.title, "summary": p.abstract, "id": p.arxiv}) + "\n" for p in papers
    )


def bibtex(papers: Sequence[Written]) -> str:
    entry = "@misc{{key{n},\n  title = {{{p.title}}},\n  abstract = {{{p.abstract}}},\n  year = 2025\n}}\n"
    return "".join(entry.format(n=n, p=p) for n, p in enumerate(papers))


def ris(papers: Sequence[Written]) -> str:
    return "".join(f"TY  - JOUR\nTI  - {p.title}\nAB  - {p.abstract}\nER  -\n\n" for p in papers)


TITLED: tuple[Writer, ...] = (
    page_with_blank_lines, page_without_blank_lines, whole_page, text_browser, web_clipper, alternating, wrapped, quoted,
    wrapped_without_blank_lines, title_below, side_by_side, listed_twice, stored_page, saved_mail,
    numbered, labelled, arxiv_listing, arxiv_mail, markdown_items, markdown_table, json_lines, bibtex, ris,
)  # fmt: skip


def bare(papers: Sequence[Written]) -> str:
    return "".join(f"{p.abstract}\n" for p in papers)


def bare_wrapped(papers: Sequence[Written]) -> str:
    return "".join(f"{_wrapped(p.abstract, 80)}\n\n" for p in papers)


def bare_bulleted(papers: Sequence[Written]) -> str:
    return "".join(f"- {p.abstract}\n" for p in papers)


BARE: tuple[Writer, ...] = (bare, bare_wrapped, bare_bulleted)
