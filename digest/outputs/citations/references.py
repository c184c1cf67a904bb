"""What every citation format says of a paper: only what is known.

The day a digest found a paper is not the day it was published, so it is given as
the day of access; a headline is marked as not being the paper's own title.
"""

from __future__ import annotations

import re
from dataclasses import replace

from digest.language.dates import parts
from digest.language.strings import slug
from digest.models import Paper, Publication, Site
from digest.outputs.citations.name_parts import split_name
from digest.papers import ids
from digest.papers.publication_types import ARTICLE, CONFERENCE, PREPRINT

HEADLINE_NOTE = "The title is a headline of the digest, written from the abstract"
WITHDRAWN_NOTE = "Withdrawn by its authors"

_ARXIV_MONTH = re.compile(r"(\d\d)(0[1-9]|1[0-2])\.\d{4,5}")
"""An arXiv identifier since April 2007 begins with its year and month
(https://info.arxiv.org/help/arxiv_identifier.html)."""
_MEETING = re.compile(r"\b(?:proceedings|proc\.|conference|workshop|symposium)", re.I)


def citation_key(paper: Paper) -> str:
    """Return the key of a paper in a bibliography: readable, permanent and unique.

    It has letters, digits and hyphens only, which every BibTeX program accepts.
    """
    author = slug(split_name(paper.authors[0]).family, 20) if paper.authors else "paper"
    return f"{author}-{paper.id}"


def address(paper: Paper, site: Site) -> str:
    """Return the address of the paper itself, or else of its page in the digest."""
    given = (link.url for link in paper.links if link.kind == "paper")
    return ids.primary_address(paper.identifiers) or next(given, f"{site.url}{paper.url}")


def issued(paper: Paper) -> tuple[int, ...]:
    """Return when the paper was published, as far as known: (year, month, day), or less."""
    if paper.published:
        return parts(paper.published)
    found = _ARXIV_MONTH.match(paper.identifiers.get("arxiv", ""))
    return (2000 + int(found[1]), int(found[2])) if found else ()


def published_as(paper: Paper) -> Publication:
    """Return a paper's publication; if its type is unknown, the type its venue suggests.

    >>> from datetime import date
    >>> paper = Paper("a", date(2025, 3, 11), "A", "seed", "", venue="Proceedings of B")
    >>> published_as(paper)
    Publication(kind='paper-conference', container='Proceedings of B')
    """
    given, venue = paper.publication, paper.venue or ""
    container = given.container or (venue if venue != given.publisher else "")
    guess = CONFERENCE if _MEETING.search(container) else ARTICLE if container else PREPRINT
    return replace(given, container=container, kind=given.kind or guess)


def publication_line(paper: Paper) -> str:
    """Return a paper's publication on one line: journal, volume(issue), pages, publisher, year.

    >>> from datetime import date
    >>> ice = Publication(ARTICLE, container="J. Ice", volume="18", issue="2", pages="7-9")
    >>> publication_line(Paper("a", date(2025, 3, 11), "A", "seed", "", publication=ice))
    'J. Ice 18(2), 7–9'
    """
    known = published_as(paper)
    issue = f"({known.issue})" if known.issue and known.volume else known.issue
    container = " ".join(filter(None, (known.container, f"{known.volume}{issue}")))
    publisher = known.publisher if known.kind not in (ARTICLE, PREPRINT) or not container else ""
    if not (container or publisher):
        return ""
    year = str(issued(paper)[0]) if issued(paper) else ""
    pages = known.pages.replace("-", "–")
    return ", ".join(filter(None, (known.genre, container, pages, publisher, year)))


def arxiv_number(paper: Paper) -> str:
    """Return a paper's number in arXiv, as it is cited; empty if it has none."""
    return f"arXiv:{paper.identifiers['arxiv']}" if "arxiv" in paper.identifiers else ""


def note(paper: Paper) -> str:
    """Return what readers of a citation have to know about the paper."""
    notes = [WITHDRAWN_NOTE] * paper.withdrawn
    notes += [HEADLINE_NOTE] * (paper.title_from == "headline")
    return ". ".join(notes)


def one_line(text: str) -> str:
    """Return a text without line breaks."""
    return " ".join(text.split())
