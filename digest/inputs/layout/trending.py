"""A trending-papers page, copied from a browser.

    Get trending papers in your email inbox!
    SubscribeOneRec: Unifying Retrieve and Rank with Generative Recommender …
    Recently, generative retrieval-based recommendation systems have emerged …

Votes, `3 authors` or an organisation, `·`, dates and comment counts stand
around the papers, navigation and a footer around the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from digest.inputs import findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import pairs, sequence_labelling, titled, views
from digest.inputs.layout.prose import prose
from digest.models import Guess, Reading, Record, Seed

NAME = "trending-page"

_SIGNS = (
    re.compile(r"(?:trending|daily|latest) papers in your email inbox", re.I),
    re.compile(r"AK\s+and the research community", re.I),
    re.compile(r"^[^\w\n]*(?:trending|daily) papers[^\w\n]*$", re.I | re.M),
    re.compile(r"^[^\w\n]*\d{1,5} authors[^\w\n]*$", re.M),
    re.compile(r"^[^\w\n]*hugging ?face[^\w\n]*$", re.I | re.M),
)


def recognise(document: Document) -> Guess:
    """Sure with two of the phrases that only such a page has."""
    head = document.head.text
    signs = sum(bool(sign.search(head)) for sign in _SIGNS)
    if not signs:
        return Guess(0.0, "a line such as 'Get trending papers in your email inbox!'")
    if not any(prose(block.text) > 0 for block in document.head.view(views.paragraphs)):
        return Guess(0.2, "abstracts below the titles")
    return Guess((0.0, 0.75, 0.9, 0.95, 0.98, 0.99)[signs])


def read(document: Document) -> Reading:
    """Pair titles with abstracts, leaving the page's own text out."""
    found = document.view(views.titled)
    return findings.reading(
        document,
        NAME,
        chain(_finds(document, found), titled.asides_of(document, found)),
        titled.heading(found),
    )


def _finds(seed: Seed, found: sequence_labelling.Layout) -> Iterator[findings.Find]:
    papers = list(pairs.pairs(found.parts))
    dates = {
        pair.abstract.line: date(day.year, day.month, day.day)
        for pair in papers
        if pair.abstract and (day := titled.dated(pair.after)) and day.year
    }
    for find in titled.finds(seed, papers):
        if isinstance(find, Record) and find.line in dates:
            yield replace(find, date=dates[find.line])
        else:
            yield find


FORMAT = Format(
    NAME,
    "trending-papers page",
    "prose",
    recognise,
    read,
    papers_only=True,
    about="a trending-papers page, copied from a browser, a text browser or a web clipper",
    example="Get trending papers in your email inbox!\n…\nMar 11\n…\nA comet in pieces\nWe present observations of …",
)
