"""Lines that say who wrote a paper, and where and when it came out.

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
"""Letters a line of names may have."""

_BADGE = re.compile(
    r"view orcid profile|\borcid(?: ?id)?:?\s*(?:(?:https?://)?orcid\.org/)?(?:\d{4}-){3}\d{3}[\dx]\b|\borcid\b|author links open overlay panel"
    r"|authors? info & (?:affiliations|claims)|show authors?|view all authors?|see all authors?|all authors|search for more papers by this author"
    r"|\(?view affiliations\)?|affiliations?\s*\Z|,?\s*show \d+ more authors?|\+\s?show more",
    re.I,
)
"""What sites put beside names."""
_MORE = re.compile(r"(?:…|\.{3}|\bet al\.?|\+\s?\d{1,5}(?: (?:more )?authors?)?)[\s,]*$", re.I)
_PARTS = re.compile(r"\s[-–—]\s|\s?[•∙]\s?|(?<=[…\w.])\s?- (?=\w)")
_LABEL = re.compile(r"\A(?:authors?|by|written by|creators?)(?:\s*:\s*|\s+(?=[A-Z]))", re.I)
_TITLE = re.compile(
    r"\b(?:of|for|with|the|using|via|from|towards?|learning|networks?|models?|analysis|study|review)\b",
    re.I,
)


def credit(text: str) -> str:
    """Give the names that a line consists of, or '' where it is no byline.

    >>> credit("View ORCID Profile Ada Lovelace, Charles Babbage"), credit("MA Okafor, R Weiß… - Nature, 2024")
    ('Ada Lovelace, Charles Babbage', 'MA Okafor, R Weiß…')
    >>> credit("Brandt I, O'Neill S."), credit("Attention, Memory, and Search"), credit("Memory Networks")
    ("Brandt I, O'Neill S.", '', '')
    """
    if len(text) > LONGEST or re.search(r"https?://|\d{4,}\s*[-–]\s*\d", text[:60]):
        return ""
    told = bool(_LABEL.match(text))
    text = _BADGE.sub(" ", _LABEL.sub("", text)).strip(" ,;·|•")
    first = _PARTS.split(text, 1)[0].strip()
    if first != text and re.search(r"(?:19|20)\d\d", text[len(first) :]):
        told, text = True, first
    found = bylines.pieces(text)
    named = [name for name in found if _is_name(name, told)]
    several = len(found) > 1 or told or bool(_MORE.search(text))
    return text if several and len(named) >= 0.75 * len(found) > 0 else ""


def name(text: str) -> bool:
    """Whether a line may be the name of one person: it may be a title as well."""
    return len(text) < 60 and _is_name(_BADGE.sub("", text).strip(" ,;"), told=False)


def _is_name(text: str, told: bool) -> bool:
    text = person_names.bare(text)
    if len(text) > 60 or (_TITLE.search(text) and not told):
        return False
    if person_names.is_foreign(text):
        return len(text) <= 12
    return (
        bool(metadata_lines.NAME.fullmatch(text))
        or person_names.is_short(text)
        or bool(re.fullmatch(r"[^\W\d_][\w'’-]{1,30}, (?:[^\W\d_][\w.'’-]*\s?){1,4}", text))
        or (told and person_names.is_group(text))
    )


# --- where and when --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a line says about where and when a paper came out."""

    sure: float
    """How many signs there are: 2 and more for a line that says nothing else."""
    kind: str
    """What it says first: 'identifier', 'date' or 'place'; lines of one kind stand at one place of their entries."""
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
_PAGES = re.compile(
    r"\b(?:vol(?:ume)?|issue|no|pp?|pages?|art(?:icle)?(?: no| id| number)?)\b\.?:?\s?[A-Za-z]{0,3}\d|\d{1,4}\s?\(\d{1,4}(?:[-–/]\d{1,4})?\)\s?[:,]|;\s?\d{1,4}(?:\(|:)|\d{1,5}:\d{1,5}[-–]\d{1,5}",
    re.I,
)
_SHORT = re.compile(r"(?:\w+ ){0,2}\b[A-Za-z]*[A-Z]{2}[\w-]*\W{0,2}(?:20\d\d|['’]\d\d)\b.{0,30}")
_SAYS = re.compile(
    r"(?:published|submitted|posted|first (?:posted|published|online)|version of record|available online|received|accepted|revised|last (?:modified|revised|edited)|online|updated|(?:date )?added|publication date|announced|released|publishe[dr] (?:online|in))\b",
    re.I,
)
_LATER = re.compile(
    r"\b(?:originally announced|received|accepted|last modified|last revised|revised|modified|last edited)\b[^;•·|()]{0,60}?(?:(?:19|20)\d\d(?:[-/]\d\d?){0,2})",
    re.I,
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b10\.\d{4,9}/\S+|arxiv:\s?\S+|\bpmc?id:?\s?\S+", re.I
)
_RANGE = re.compile(
    r"(?<![\d-])\d{1,6}\s?[–-]\s?\d{1,6}(?![\d-])|\b(?:pages?|pp?\.?|vol(?:ume)?\.?|issn|article no\.?:?|e?id:?)\s?[\dx-]+|\d{5,}",
    re.I,
)
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d/])")
_VENUE_ENDS = re.compile(
    r"[\s.,;:(]*(?:(?<!\d)(?:19|20)\d\d(?!\d)|\b(?:vol(?:ume)?|issue|pp?|pages?|doi|issn|isbn)\b[.:]?\s?\d?|;|https?:|\d+\(\d+\)|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)", re.I
)  # fmt: skip


def imprint(text: str) -> Imprint | None:
    """Tell what a line says about where and when a paper came out; None where it does not.

    >>> found = imprint("J Imag Shores. 2023 Mar 29;18(2):107001. doi: 10.1016/j.x.")
    >>> found.venue, found.day
    ('J Imag Shores', datetime.date(2023, 3, 29))
    >>> imprint("Submitted 2 January, 2024; v1 submitted 17 October, 2023; originally announced October 2023.").day
    datetime.date(2023, 10, 17)
    >>> imprint("Mortality in the winter of 2020")
    """
    if len(text) > 600:
        return None
    signs = {
        "identifier": 2.0 * bool(_IDENTIFIER.search(text)),
        "date": 2.0 * bool(_SAYS.match(text)),
        "place": 1.0 * bool(_PLACE.search(text))
        + 1.5 * bool(_PAGES.search(text))
        + 2.0 * bool(_SHORT.fullmatch(text)),
    }
    day, updated = days(text)
    dated = {0: 0.0, 1: 0.75, 2: 1.0, 3: 2.0}[len(parts(day)) if day else 0]
    alone = bool(day) and len(_RANGE.sub("", text).strip(" .,;()")) < 22
    signs["date"] += 2.0 if alone else dated
    sure = sum(signs.values()) - max(0, text.count(" ") - 14) / 10
    if sure < 1.5 or (text.endswith("?")):
        return None
    return Imprint(sure, max(signs, key=lambda kind: signs[kind]), _venue(text), day, updated)


def is_place(text: str) -> bool:
    """Whether a short line names a journal, a conference or a publisher."""
    return text.count(" ") < 8 and bool(_PLACE.search(text))


def days(text: str) -> tuple[date | None, date | None]:
    """The day a paper came out, and that of its newest version; what is told of its review is no such day."""
    text = (
        _RANGE.sub(" ", _ADDRESS.sub(" ", text[:600]))
        if not re.match(r"\s*\d{4}-\d\d", text)
        else text
    )
    first = _found(_LATER.sub(" ", text)) or _found(text)
    whole = [day for day in first if len(parts(day)) == 3]
    known = whole or sorted(first, key=lambda day: -len(parts(day)))[:1]
    if not known:
        return None, None
    newest = max(whole, default=None)
    return min(known), date_parsing.later(newest, min(known))


def _found(text: str) -> list[date]:
    """The dates that the clauses of a line give."""
    clauses = re.split(r"[;•·|]|\.\s(?!\d{1,2}\b)|,\s(?=[A-Za-z ]{4,30}:)|\(|\)", text)
    made = (date_parsing.parse(clause.strip(" .,")) for clause in clauses if _YEAR.search(clause))
    return [day for day in made if day and 1900 <= day.year <= 2100]


def _venue(text: str) -> str:
    """The name of the journal or conference, where a line has one."""
    if _SAYS.match(text) or re.match(
        r"\W{0,2}(?:doi|https?:|arxiv:|pmc?id|10\.|cite as|www\.)", text, re.I
    ):
        return ""
    for part in re.split(r"\s[-–—]\s|\s?[•·|]\s?", text):
        kept = _VENUE_ENDS.split(re.sub(r"(?<=\w) ['’]\d\d(?=:)", "", part), maxsplit=1)[0].strip(
            " .,;:()-–"
        )
        if len(kept) > 3 and kept[0].isupper() and not credit(part) and " " in f"{kept} ":
            return kept
    return ""
