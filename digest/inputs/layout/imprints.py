"""Bylines and imprint lines: who wrote a paper, and where and when it appeared.

MA Okafor, JP Lindqvist… - arXiv preprint, 2024 - arxiv.org      Google Scholar
J Imag Shores. 2023 Mar 29;18(2):107001. doi: 10.1016/j.x        PubMed
SIGIM '24: Proceedings of … • July 2024, pp 66-69 • https://…    ACM
Published: 16 Jan 2024, Last Modified: 14 Apr 2024               OpenReview
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from digest.inputs.layout import metadata_lines
from digest.inputs.syntax import bylines, date_parsing, person_names
from digest.language.dates import parts

LONGEST = 3_000
"""The most characters of a byline."""

_BADGE = re.compile(
    r"view orcid profile|\borcid(?: ?id)?:?\s*(?:(?:https?://)?orcid\.org/)?(?:\d{4}-){3}\d{3}[\dx]\b|\borcid\b|author links open overlay panel"
    r"|authors? info & (?:affiliations|claims)|show authors?|view all authors?|see all authors?|all authors|search for more papers by this author"
    r"|\(?view affiliations\)?|affiliations?\s*\Z|,?\s*show \d+ more authors?|\+\s?show more",
    re.I,
)
"""Text that sites add to author names."""
_ET_AL = re.compile(r"(?:…|\.{3}|\bet al\.?|\+\s?\d{1,5}(?: (?:more )?authors?)?)[\s,]*$", re.I)
_SEPARATOR = re.compile(r"\s[-–—]\s|\s?[•∙]\s?|(?<=[…\w.])\s?- (?=\w)")
_LABEL = re.compile(r"\A(?:authors?|by|written by|creators?)(?:\s*:\s*|\s+(?=[A-Z]))", re.I)
_TITLE = re.compile(
    r"\b(?:of|for|with|the|using|via|from|towards?|learning|networks?|models?|analysis|study|review)\b",
    re.I,
)
"""Words that titles contain and names do not."""


def byline_names(text: str) -> str:
    """Return the names a line consists of, without badges; empty if it is not a byline.

    >>> byline_names("View ORCID Profile Ada Lovelace, Charles Babbage")
    'Ada Lovelace, Charles Babbage'
    >>> byline_names("MA Okafor, R Weiß… - Nature, 2024"), byline_names("Brandt I, O'Neill S.")
    ('MA Okafor, R Weiß…', "Brandt I, O'Neill S.")
    >>> byline_names("Attention, Memory, and Search"), byline_names("Memory Networks")
    ('', '')
    """
    if len(text) > LONGEST or re.search(r"https?://|\d{4,}\s*[-–]\s*\d", text[:60]):
        return ""
    labelled = bool(_LABEL.match(text))
    text = _BADGE.sub(" ", _LABEL.sub("", text)).strip(" ,;·|•")
    first = _SEPARATOR.split(text, 1)[0].strip()
    if first != text and re.search(r"(?:19|20)\d\d", text[len(first) :]):
        labelled, text = True, first
    found = bylines.split(text)
    named = [name for name in found if _is_name(name, labelled)]
    several = len(found) > 1 or labelled or bool(_ET_AL.search(text))
    return text if several and len(named) >= 0.75 * len(found) > 0 else ""


def is_person_name(text: str) -> bool:
    """Return whether a line may be the name of one person; it may still be a title."""
    return len(text) < 60 and _is_name(_BADGE.sub("", text).strip(" ,;"), labelled=False)


def _is_name(text: str, labelled: bool) -> bool:
    text = person_names.bare(text)
    if len(text) > 60 or (_TITLE.search(text) and not labelled):
        return False
    if person_names.is_foreign(text):
        return len(text) <= 12
    return (
        bool(metadata_lines.PERSON_NAME.fullmatch(text))
        or person_names.is_short(text)
        or bool(re.fullmatch(r"[^\W\d_][\w'’-]{1,30}, (?:[^\W\d_][\w.'’-]*\s?){1,4}", text))
        or (labelled and person_names.is_group(text))
    )


# --- where and when --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Imprint:
    """Where and when a paper appeared, as stated on one line."""

    evidence: float
    """The strength of the evidence: 2 and more for a line that is nothing but an imprint."""
    kind: str
    """The strongest evidence: 'identifier', 'date' or 'place'.

    Lines of one kind have the same position in all entries of a page.
    """
    venue: str = ""
    day: date | None = None
    updated: date | None = None


_IDENTIFIER = re.compile(
    r"\b(?:doi\b|10\.\d{4,9}/|pmc?id\b|arxiv:\s?\S|https?://|www\.\S|issn\b|isbn\b|pii\b|ssrn\b.{0,20}\d{5}|\S{3,40}\.(?:org|com|gov)/\S)",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:proceedings|conference|journal|transactions|workshop|symposium|preprint|annals|letters|press|bulletin|archives|publisher|elsevier|springer|wiley|ieee|acm|corr|biorxiv|medrxiv"
    r"|findings of|in press|ahead of print|working paper|lncs|lecture notes)\b",
    re.I,
)
"""Words in the names of venues, publishers and preprint servers."""
_PAGES = re.compile(
    r"\b(?:vol(?:ume)?|issue|no|pp?|pages?|art(?:icle)?(?: no| id| number)?)\b\.?:?\s?[A-Za-z]{0,3}\d|\d{1,4}\s?\(\d{1,4}(?:[-–/]\d{1,4})?\)\s?[:,]|;\s?\d{1,4}(?:\(|:)|\d{1,5}:\d{1,5}[-–]\d{1,5}",
    re.I,
)
"""Volumes, issues, pages and article numbers."""
_CONFERENCE_YEAR = re.compile(
    r"(?:\w+ ){0,2}\b[A-Za-z]*[A-Z]{2}[\w-]*\W{0,2}(?:20\d\d|['’]\d\d)\b.{0,30}"
)
"""An acronym and a year, such as `SIGIR '24`."""
_DATE_VERB = re.compile(
    r"(?:published|submitted|posted|first (?:posted|published|online)|version of record|available online|received|accepted|revised|last (?:modified|revised|edited)|online|updated|(?:date )?added|publication date|announced|released|publishe[dr] (?:online|in))\b",
    re.I,
)
"""Words before a date of publication."""
_REVIEW_DATE = re.compile(
    r"\b(?:originally announced|received|accepted|last modified|last revised|revised|modified|last edited)\b[^;•·|()]{0,60}?(?:(?:19|20)\d\d(?:[-/]\d\d?){0,2})",
    re.I,
)
"""Dates that are not of publication."""
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b10\.\d{4,9}/\S+|arxiv:\s?\S+|\bpmc?id:?\s?\S+", re.I
)
_RANGE = re.compile(
    r"(?<![\d-])\d{1,6}\s?[–-]\s?\d{1,6}(?![\d-])|\b(?:pages?|pp?\.?|vol(?:ume)?\.?|issn|article no\.?:?|e?id:?)\s?[\dx-]+|\d{5,}",
    re.I,
)
"""Numbers that are not years: pages, volumes, article numbers."""
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d/])")
_VENUE_ENDS = re.compile(
    r"[\s.,;:(]*(?:(?<!\d)(?:19|20)\d\d(?!\d)|\b(?:vol(?:ume)?|issue|pp?|pages?|doi|issn|isbn)\b[.:]?\s?\d?|;|https?:|\d+\(\d+\)|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)", re.I
)  # fmt: skip
"""What follows the name of a venue: a year, a volume, pages."""


def parse_imprint(text: str) -> Imprint | None:
    """Parse where and when a paper appeared; return None if a line does not say so.

    >>> found = parse_imprint("J Imag Shores. 2023 Mar 29;18(2):107001. doi: 10.1016/j.x.")
    >>> found.venue, found.day
    ('J Imag Shores', datetime.date(2023, 3, 29))
    >>> parse_imprint("Submitted 2 January, 2024; v1 submitted 17 October, 2023.").day
    datetime.date(2023, 10, 17)
    >>> parse_imprint("Mortality in the winter of 2020")
    """
    if len(text) > 600:
        return None
    # Sure evidence counts 2, the words of a venue alone 1; more than 14 words count against it.
    scores = {
        "identifier": 2.0 * bool(_IDENTIFIER.search(text)),
        "date": 2.0 * bool(_DATE_VERB.match(text)),
        "place": 1.0 * bool(_PLACE.search(text))
        + 1.5 * bool(_PAGES.search(text))
        + 2.0 * bool(_CONFERENCE_YEAR.fullmatch(text)),
    }
    day, updated = publication_days(text)
    dated = {0: 0.0, 1: 0.75, 2: 1.0, 3: 2.0}[len(parts(day)) if day else 0]
    alone = bool(day) and len(_RANGE.sub("", text).strip(" .,;()")) < 22
    scores["date"] += 2.0 if alone else dated
    evidence = sum(scores.values()) - max(0, text.count(" ") - 14) / 10
    if evidence < 1.5 or text.endswith("?"):
        return None
    return Imprint(evidence, max(scores, key=lambda kind: scores[kind]), _venue(text), day, updated)


def names_venue(text: str) -> bool:
    """Return whether a short line names a journal, a conference or a publisher."""
    return text.count(" ") < 8 and bool(_PLACE.search(text))


def publication_days(text: str) -> tuple[date | None, date | None]:
    """Return the days of publication and of the latest revision that a line states, or None.

    Days of receipt, acceptance and revision count only if there are no others.
    """
    text = (
        _RANGE.sub(" ", _ADDRESS.sub(" ", text[:600]))
        if not re.match(r"\s*\d{4}-\d\d", text)
        else text
    )
    first = _dates(_REVIEW_DATE.sub(" ", text)) or _dates(text)
    whole = [day for day in first if len(parts(day)) == 3]
    known = whole or sorted(first, key=lambda day: -len(parts(day)))[:1]
    if not known:
        return None, None
    newest = max(whole, default=None)
    return min(known), date_parsing.later(newest, min(known))


def _dates(text: str) -> list[date]:
    """Return the dates in the clauses of a line, between 1900 and 2100."""
    clauses = re.split(r"[;•·|]|\.\s(?!\d{1,2}\b)|,\s(?=[A-Za-z ]{4,30}:)|\(|\)", text)
    made = (date_parsing.parse(clause.strip(" .,")) for clause in clauses if _YEAR.search(clause))
    return [day for day in made if day and 1900 <= day.year <= 2100]


def _venue(text: str) -> str:
    """Return the name of the journal or conference on a line; empty if it has none."""
    if _DATE_VERB.match(text) or re.match(
        r"\W{0,2}(?:doi|https?:|arxiv:|pmc?id|10\.|cite as|www\.)", text, re.I
    ):
        return ""
    for part in re.split(r"\s[-–—]\s|\s?[•·|]\s?", text):
        kept = _VENUE_ENDS.split(re.sub(r"(?<=\w) ['’]\d\d(?=:)", "", part), maxsplit=1)[0].strip(
            " .,;:()-–"
        )
        if len(kept) > 3 and kept[0].isupper() and not byline_names(part) and " " in f"{kept} ":
            return kept
    return ""
