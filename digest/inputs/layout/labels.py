"""Labelled lines: `Title: …`, `**Summary:** …`, `- Authors: …`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digest.inputs import findings
from digest.inputs.syntax import creators, date_parsing, field_values
from digest.models import Link, LinkKind, Record, Seed
from digest.papers import ids

FIELDS: Mapping[str, str] = {
    word: field
    for field, words in {
        "title": "title|paper title|paper|article|name|titel|titre|título|标题|题目",
        "abstract": "abstract|summary|description|tldr|tl;dr|abs|overview|résumé|resumen|zusammenfassung|摘要",
        "authors": "author|authors|author(s)|by|autoren|auteurs|autores|作者",
        "date": "date|published|publication date|submitted|posted|updated|submitted on|published on|year|date published|日期",
        "categories": "category|categories|subject|subjects|tags|topics|keywords|primary category|field|fields",
        "comment": "comment|comments",
        "venue": "venue|journal|journal-ref|journal ref|journal reference|conference|published in|booktitle|source",
        "doi": "doi|related doi",
        "arxiv": "arxiv|arxiv id|arxiv-id|paper id|id|eprint",
        "url": "url|link|links|pdf|pdf link|pdf url|abs url|arxiv url|arxiv link|paper link|paper url|html|page|web|website|链接",
        "code": "code|github|code link|code url|repository|repo|source code",
        "project": "project|project page|homepage|demo",
        "data": "dataset|data",
        "aside": "note|notes|my notes|status|rating|read|assigned to|created|report-no|report number|msc-class|msc classes|acm-class|acm classes|license|pages|volume|number"
        "|issue|publisher|language|upvotes|votes|stars|citations|affiliation|affiliations|cite as|pmid|issn|isbn",
    }.items()
    for word in words.split("|")
}
"""Labels in use → the field of a record; the field `aside` is recognised but not kept."""

_LABEL = re.compile(
    r"[\s#>*_•·+-]{0,8}\[?([^\W_][^:：*_\n]{0,24})\]?[*_]{0,3}\s?[:：][*_]{0,3}\s*(.*)", re.S
)
"""A label before a colon, perhaps in Markdown."""

Labelled = dict[str, list[str]]
"""Values by field."""


def parse_label(text: str) -> tuple[str, str] | None:
    """Return the field of a labelled line and its value; None if it has no known label.

    >>> parse_label("**Authors:** Ada Lovelace"), parse_label("Title:Memory Networks")
    (('authors', 'Ada Lovelace'), ('title', 'Memory Networks'))
    >>> parse_label("Note that: yes")
    """
    match = _LABEL.match(text)
    field = FIELDS.get(match[1].strip().lower()) if match else None
    return (field, match[2].strip()) if match and field else None


def is_rule(text: str) -> bool:
    """Return whether a line is a rule: ---, ===, ***, ___.

    >>> is_rule("-----"), is_rule("* * *"), is_rule("-")
    (True, True, False)
    """
    return bool(re.fullmatch(r"\s*(?:[-=*_~#%—–─━]\s?){3,}\s*", text))


def make_record(seed: Seed, line: int, given: Mapping[str, Sequence[str]]) -> Record:
    """Make a record from values by field."""
    one = {field: " ".join(values).strip() for field, values in given.items()}
    links = _links(given)
    return findings.record(
        seed,
        line,
        one.get("title"),
        one.get("abstract", ""),
        authors=creators.authors(list(given.get("authors", ()))),
        identifiers=_ids(one, links),
        links=links,
        date=date_parsing.parse(one.get("date", "")),
        categories=field_values.categories(one.get("categories", "")),
        venue=one.get("venue") or None,
        comment=one.get("comment") or None,
    )


_KINDS: Mapping[str, LinkKind | None] = {
    "url": None,
    "code": "code",
    "project": "project",
    "data": "data",
}
"""The fields of links → their kinds; None if the address decides."""


def _links(given: Mapping[str, Sequence[str]]) -> tuple[Link, ...]:
    made = [
        ids.link(url, kind)
        for field, kind in _KINDS.items()
        for value in given.get(field, ())
        for url in (ids.urls(value) or [value])
    ]
    return tuple({link.url: link for link in made if link}.values())


def _ids(one: Mapping[str, str], links: Sequence[Link]) -> dict[str, str]:
    found: dict[str, str] = {}
    if arxiv := ids.arxiv(one.get("arxiv", "")):
        found["arxiv"] = arxiv
    if doi := ids.doi(one.get("doi", "")):
        found["doi"] = doi
    return {**ids.identifiers(link.url for link in links if link.kind == "paper"), **found}
