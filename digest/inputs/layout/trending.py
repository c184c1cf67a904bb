"""Trending-papers pages, copied from a browser.

    Get trending papers in your email inbox!
    SubscribeOneRec: Unifying Retrieve and Rank with Generative Recommender …
    Recently, generative retrieval-based recommendation systems have emerged …

Votes, `3 authors` or an organisation, `·`, dates and comment counts are around the
papers, navigation and a footer around the page.
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
from digest.inputs.layout.prose import prose_score
from digest.models import Guess, Reading, Record, Seed

NAME = "trending-page"

_PHRASES = (
    re.compile(r"(?:trending|daily|latest) papers in your email inbox", re.I),
    re.compile(r"AK\s+and the research community", re.I),
    re.compile(r"^[^\w\n]*(?:trending|daily) papers[^\w\n]*$", re.I | re.M),
    re.compile(r"^[^\w\n]*\d{1,5} authors[^\w\n]*$", re.M),
    re.compile(r"^[^\w\n]*hugging ?face[^\w\n]*$", re.I | re.M),
)
"""Phrases of trending-papers pages."""


def recognise(document: Document) -> Guess:
    """Return how sure it is: the more phrases of such a page, the surer; one is enough."""
    head = document.head.text
    found_phrases = sum(bool(phrase.search(head)) for phrase in _PHRASES)
    if not found_phrases:
        return Guess(0.0, "a line such as 'Get trending papers in your email inbox!'")
    if not any(prose_score(block.text) > 0 for block in document.head.view(views.paragraphs)):
        return Guess(0.2, "abstracts below the titles")
    return Guess((0.0, 0.75, 0.9, 0.95, 0.98, 0.99)[found_phrases])


def read(document: Document) -> Reading:
    """Read pairs of a title and an abstract, each with the date below it."""
    found = document.view(views.titled)
    return findings.reading(
        document,
        NAME,
        chain(_finds(document, found), titled.remarks_on_unpaired(document, found)),
        titled.document_date(found),
    )


def _finds(seed: Seed, found: sequence_labelling.Labelling) -> Iterator[findings.Finding]:
    papers = list(pairs.pair_titles(found.parts))
    dates = {
        pair.abstract.line: date(day.year, day.month, day.day)
        for pair in papers
        if pair.abstract and (day := titled.paper_date(pair.after)) and day.year
    }
    for find in titled.findings_of(seed, papers):
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
