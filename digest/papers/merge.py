"""Merging: records of the same paper become one group; look-alikes stay apart.

Three things can show that two records are one paper, the surest first: an
identifier, the abstract, the title. Each proposes pairs, in about linear time;
a pair is joined unless something else shows that they are two papers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from digest.language.dates import earliest, parts
from digest.language.strings import fingerprint
from digest.models import Link, Paper, Problem, Record, Source, TitleFrom
from digest.papers.comparison import Comparison, Kinship, family_names, is_of_preprint
from digest.papers.ids import is_preprint, work
from digest.papers.minhash import candidate_pairs
from digest.papers.similarity import UNIQUE_SCHEMES

_WITHDRAWN = re.compile(
    r"\W{0,3}(?:(?:this|the)\s+(?:paper|article|preprint|manuscript|submission|work|version|report)\s+)?"
    r"(?:(?:is|was|has been|have been)\s+)?(?:now\s+)?"
    r"withdrawn\b(?!\s+from\s+(?!arxiv))",
    re.IGNORECASE,
)
"""How a comment, or the notice in place of the abstract, begins when authors withdraw a paper."""

Group = tuple[Record, ...]


def merge(records: Sequence[Record]) -> tuple[list[Group], list[Problem]]:
    """Group the records by paper; every record is in exactly one group.

    A group begins with its most complete record. Groups and their order do not
    depend on the order of the records or the names of their documents. Records
    that share an identifier but nothing else are kept apart and reported: one of
    the two is wrong, and guessing would lose a paper.
    """
    ranked = sorted(records, key=_rank)
    known = Comparison(ranked)
    groups = _Groups(ranked)
    problems = []
    for one, other in _sharing(record.identifiers.items() for record in ranked):
        if known.at_odds(one, other):
            problems.append(_conflict(ranked[one], ranked[other]))
        else:
            groups.join(one, other)
    for one, other in _alike(known):
        groups.join_alike(one, other, known.kinship(one, other))
    return groups.all(), problems


def _alike(known: Comparison) -> Iterator[tuple[int, int]]:
    """Yield the positions of records that are alike, and may be of one paper, the surest first."""
    for one, other in _sharing([text] if text else [] for text in known.alike):
        if known.titles_agree(one, other):
            yield one, other
    for one, other in candidate_pairs(known.sketches):
        if known.abstracts_agree(one, other) and known.titles_agree(one, other):
            yield one, other
    for one, other in _sharing(
        [title.fingerprint] if title.fingerprint else [] for title in known.titles
    ):
        if known.may_be_versions(one, other):
            yield one, other


def _rank(record: Record) -> tuple[bool, int, int, int, int, str, int]:
    """Return the sort key of a record: more complete first, then newer, then by content."""
    whole = record.abstract and not record.abstract.endswith(("…", "..."))
    return (
        record.title is None,
        -len(record.identifiers),
        -record.updated.toordinal() if record.updated and whole else 0,
        -len(record.abstract),
        record.position,
        record.sha,
        record.line,
    )


def _sharing(keys: Iterable[Iterable[Hashable]]) -> Iterator[tuple[int, int]]:
    """Pair each position with the next one that has a key in common with it."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for position, own in enumerate(keys):
        for key in own:
            places[key].append(position)
    for met in places.values():
        yield from pairwise(met)


class _Groups:
    """Disjoint sets of records (union–find); no set has two identifiers of a unique scheme.

    Records that are merely alike are not joined if their sets have the DOIs of two
    papers; records with another identifier in common may have them.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self._parent = list(range(len(records)))
        self._ids = [
            {
                scheme: record.identifiers[scheme]
                for scheme in UNIQUE_SCHEMES
                if scheme in record.identifiers
            }
            for record in records
        ]
        self._dois = [_Dois.of(record.identifiers.get("doi", "")) for record in records]

    def join(self, one: int, other: int) -> None:
        """Join two sets, unless their identifiers show that they are two papers."""
        low, high = sorted((self._root(one), self._root(other)))
        both = self._ids[low].keys() & self._ids[high].keys()
        if low == high or any(self._ids[low][key] != self._ids[high][key] for key in both):
            return
        self._parent[high] = low
        self._ids[low] |= self._ids[high]
        self._dois[low] |= self._dois[high]

    def join_alike(self, one: int, other: int, kinship: Kinship) -> None:
        """Join two similar sets, unless their DOIs are of two papers, as far as likeness says."""
        mine, its = self._dois[self._root(one)], self._dois[self._root(other)]
        if kinship >= mine.needed(its):
            self.join(one, other)

    def all(self) -> list[Group]:
        """Return every set, its most complete record first."""
        groups: dict[int, list[Record]] = defaultdict(list)
        for position, record in enumerate(self._records):
            groups[self._root(position)].append(record)
        return [tuple(group) for group in groups.values()]

    def _root(self, position: int) -> int:
        while self._parent[position] != position:
            self._parent[position] = self._parent[self._parent[position]]
            position = self._parent[position]
        return position


@dataclass(frozen=True, slots=True)
class _Dois:
    """The DOIs of a set of records: those of articles, and those of preprints and versions."""

    articles: frozenset[str] = frozenset()
    preprints: frozenset[str] = frozenset()

    @classmethod
    def of(cls, doi: str) -> _Dois:
        """Return the DOI of one record; none if it is empty."""
        works = frozenset({work(doi)} if doi else ())
        return cls(preprints=works) if is_preprint(doi) else cls(articles=works)

    def __or__(self, other: _Dois) -> _Dois:
        """Return the DOIs of both."""
        return _Dois(self.articles | other.articles, self.preprints | other.preprints)

    def needed(self, other: _Dois) -> Kinship:
        """Return the kinship that similar records with these DOIs need to be of one paper.

        Two articles are two papers. One paper may be at two preprint servers, or at an
        archive that numbers versions, under one title and by the same authors.
        """
        if self.articles & other.articles or self.preprints & other.preprints:
            return Kinship.POSSIBLE
        if self.articles and other.articles:
            return Kinship.CERTAIN
        if self.preprints and other.preprints:
            return Kinship.CLOSE
        known = (self.articles or self.preprints) and (other.articles or other.preprints)
        return Kinship.PLAIN if known else Kinship.POSSIBLE


def _conflict(one: Record, other: Record) -> Problem:
    scheme, value = next(
        (scheme, value)
        for scheme, value in one.identifiers.items()
        if other.identifiers.get(scheme) == value
    )
    return Problem(
        other.seed,
        other.line,
        f"{scheme}:{value} is '{other.title}' here and '{one.title}' in {one.seed}:{one.line}"
        " — both are kept as papers of their own; correct the identifier that is wrong",
    )


def paper(group: Group, id: str, day: date, sources: Sequence[Source]) -> Paper:
    """Return the paper that a group of records describes; the first to give a field wins.

    The title of an untitled paper stays empty here: a headline is written from
    the abstract later.
    """
    first, cited = group[0], _citable_record(group)
    titled = all(record.title for record in group)
    # If the article's title or authors differ from the preprint's, the article's are cited.
    retitled = cited is not first and _is_retitled(cited, first)
    credited = next((record for record in group if record.authors), first)
    if cited is not credited and cited.authors:
        credited = cited if family_names(cited) != family_names(credited) else credited
    return Paper(
        id=id,
        date=day,
        title=(cited.title if retitled else first.title) or "",
        title_from=_title_from(group, titled),
        abstract=next((record.abstract for record in group if record.abstract), ""),
        markup=next((record.markup for record in group if record.abstract), ""),
        authors=credited.authors,
        identifiers={
            scheme: value
            for record in reversed(group)
            for scheme, value in sorted(record.identifiers.items())
        }
        | ({"doi": cited.identifiers["doi"]} if "doi" in cited.identifiers else {}),
        links=_links(group, cited),
        published=_publication_date(cited, group),
        revised=max((record.updated for record in group if record.updated), default=None),
        withdrawn=any(_is_withdrawn(record) for record in group),
        categories=next((record.categories for record in group if record.categories), ()),
        venue=cited.venue,
        publication=cited.publication,
        comment=next(
            (record.comment for record in group if _WITHDRAWN.match(record.comment or "")), None
        ),
        sources=tuple(sources),
    )


def _is_retitled(cited: Record, first: Record) -> bool:
    return bool(cited.title) and fingerprint(cited.title or "") != fingerprint(first.title or "")


def _title_from(group: Group, titled: bool) -> TitleFrom:
    if group[0].title:
        return "seed" if titled else "match"
    return "headline" if any(record.abstract for record in group) else "identifier"


def _links(group: Group, cited: Record) -> tuple[Link, ...]:
    """Return the links of all records, and to the preprint if the paper has the article's DOI."""
    own = cited.identifiers.get("doi")
    others = (record.identifiers.get("doi") for record in group) if own else ()
    made = (Link(f"https://doi.org/{doi}", "paper") for doi in others if doi and doi != own)
    given = (link for record in group for link in record.links)
    return tuple({link.url: link for link in (*given, *made)}.values())


def _citable_record(group: Group) -> Record:
    """Return the record that says where a paper was published: an article's over a preprint's.

    Venue, date, DOI and publication are all taken from it, since together they are one citation.
    """
    placed = [record for record in group if record.venue or record.publication]
    articles = [record for record in placed if not is_of_preprint(record)]
    return max(
        articles or placed or group,
        key=lambda record: (len(record.publication.parts()), bool(record.venue)),
    )


def _publication_date(cited: Record, group: Group) -> date | None:
    """Return the cited record's date, as exactly as any record gives it; else the earliest."""
    days = [record.date for record in group if record.date]
    if not cited.date or not (cited.venue or cited.publication):
        return earliest(days)
    return earliest(
        [
            cited.date,
            *(day for day in days if day.year == cited.date.year and parts(cited.date)[1:] == ()),
        ]
    )


def _is_withdrawn(record: Record) -> bool:
    """Return whether a record says that its authors withdrew the paper.

    >>> notice = Record("a", 1, "feed", 1, comment="This paper has been withdrawn due to an error")
    >>> elsewhere = Record("a", 1, "feed", 1, comment="Withdrawn from ICLR")
    >>> _is_withdrawn(notice), _is_withdrawn(elsewhere)
    (True, False)
    >>> _is_withdrawn(Record("a", 1, "feed", 1, abstract="The drug was withdrawn in 2004."))
    False
    """
    return any(_WITHDRAWN.match(text) for text in (record.comment or "", record.abstract))
