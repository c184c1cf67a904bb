"""Names of people come back from every convention they are listed by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.inputs.syntax import bylines, creators

Person = tuple[str, str]
"""Given and family name."""

GIVEN = ("Ada", "Jean-Pierre", "María", "Ýmir", "Noor", "Łukasz", "Jo", "Chidi")
FAMILY = (
    "Okafor",
    "Weiß",
    "O'Neill",
    "van der Berg",
    "de la Cruz",
    "Smith-Jones",
    "Nuñez",
    "Itō",
    "al-Amin",
)
INITIALS = ("A.", "M. P.", "J.-P.", "K. L. M.")

full = st.tuples(st.sampled_from(GIVEN), st.sampled_from(FAMILY))
middle = st.tuples(
    st.sampled_from(["Ada M.", "Jo B. C.", "Mary Ann", "Chidi"]), st.sampled_from(FAMILY)
)
initialled = st.tuples(st.sampled_from(INITIALS), st.sampled_from(FAMILY))


def spoken(person: Person) -> str:
    return f"{person[0]} {person[1]}"


def turned(person: Person) -> str:
    return f"{person[1]}, {person[0]}"


def _and(names: Sequence[str], last: str = " and ") -> str:
    return last.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


FULL: dict[str, Callable[[Sequence[Person]], str]] = {
    "commas": lambda people: ", ".join(map(spoken, people)),
    "and": lambda people: _and([*map(spoken, people)]),
    "oxford": lambda people: _and([*map(spoken, people)], ", and "),
    "ampersand": lambda people: _and([*map(spoken, people)], " & "),
    "semicolons": lambda people: "; ".join(map(spoken, people)),
    "semicolons, turned": lambda people: "; ".join(map(turned, people)),
    "bars": lambda people: "|".join(map(spoken, people)),
    "dots": lambda people: " · ".join(map(spoken, people)),
    "lines": lambda people: "\n".join(map(spoken, people)),
    "lines, turned": lambda people: "\n".join(map(turned, people)),
    "bibtex": lambda people: " and ".join(map(turned, people)),
    "bibtex, spoken": lambda people: " and ".join(map(spoken, people)),
    "marks": lambda people: ", ".join(f"{spoken(p)}{n},*" for n, p in enumerate(people, 1)),
    "marks alone": lambda people: " ".join(f"{spoken(p)}{n}" for n, p in enumerate(people, 1)),
    "numbers": lambda people: ", ".join(
        f"{spoken(p)} ({n} and 9)" for n, p in enumerate(people, 1)
    ),
    "affiliations": lambda people: ", ".join(f"{spoken(p)} (Tide Lab, Oslo (NO))" for p in people),
    "scopus": lambda people: "; ".join(f"{turned(p)} (5720{n}000)" for n, p in enumerate(people)),
    "dblp": lambda people: " and ".join(f"{spoken(p)} 000{n % 9}" for n, p in enumerate(people)),
    "mails": lambda people: "; ".join(f"{spoken(p)} <a.b@example.org>" for p in people),
    "et al": lambda people: ", ".join(map(spoken, people)) + ", et al.",
    "python": lambda people: repr([*map(spoken, people)]),
}
SHORT: dict[str, Callable[[Sequence[Person]], str]] = {
    "biorxiv": lambda people: ", ".join(map(turned, people)),
    "apa": lambda people: _and([*map(turned, people)], ", & "),
    "initials first": lambda people: ", ".join(map(spoken, people)),
    "scopus": lambda people: "; ".join(f"{family} {first}" for first, family in people),
}


@pytest.mark.parametrize("way", FULL)
@given(people=st.lists(full, min_size=1, max_size=6))
def test_people_come_back_from_every_convention(way: str, people: list[Person]) -> None:
    assert creators.authors(FULL[way](people)) == tuple(map(spoken, people))


@pytest.mark.parametrize("way", ["semicolons", "semicolons, turned", "bars", "bibtex", "and"])
@given(people=st.lists(middle, min_size=2, max_size=5))
def test_middle_names_stay_with_their_people(way: str, people: list[Person]) -> None:
    assert creators.authors(FULL[way](people)) == tuple(map(spoken, people))


@pytest.mark.parametrize("way", SHORT)
@given(people=st.lists(initialled, min_size=1, max_size=6))
def test_initials_are_no_people(way: str, people: list[Person]) -> None:
    assert creators.authors(SHORT[way](people)) == tuple(map(spoken, people))


@given(people=st.lists(initialled, min_size=1, max_size=6))
def test_initials_without_dots_come_first_and_get_them(people: list[Person]) -> None:
    plain = [f"{family} {''.join(filter(str.isalpha, first))}" for first, family in people]
    wanted = tuple(f"{first.replace('-', ' ')} {family}" for first, family in people)
    assert bylines.names(", ".join(plain) + ".") == wanted


@given(
    people=st.lists(full, min_size=1, max_size=5),
    group=st.sampled_from(["The Tide Collaboration", "SHORE Study Group"]),
)
def test_a_group_stays_whole_beside_people(people: list[Person], group: str) -> None:
    for way in ("commas", "semicolons", "bibtex, spoken"):
        assert creators.authors(FULL[way]([*people, ("", group)])) == (*map(spoken, people), group)


KEYS = (
    ("given", "family"),
    ("firstName", "lastName"),
    ("first", "last"),
    ("forenames", "keyname"),
    ("ce:given-name", "ce:surname"),
    ("given-names", "family-names"),
)


@pytest.mark.parametrize(("given_key", "family_key"), KEYS)
@given(people=st.lists(full, min_size=1, max_size=4))
def test_objects_hold_people_by_many_keys(
    given_key: str, family_key: str, people: list[Person]
) -> None:
    rows = [{given_key: first, family_key: family} for first, family in people]
    assert (
        creators.authors(rows) == creators.authors({"author": rows}) == tuple(map(spoken, people))
    )


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            "Henry Ford, Jr., Jane Roe, PhD, and Ann Poe, MD, MPH",
            ("Henry Ford Jr.", "Jane Roe", "Ann Poe"),
        ),
        (
            "Brandt I, Roe JA Jr, The Tide Study Group.",
            ("I. Brandt", "J. A. Roe Jr", "The Tide Study Group"),
        ),
        ("Harlow, Beatrice, Kenji Ito, and Ana Cruz", ("Beatrice Harlow", "Kenji Ito", "Ana Cruz")),
        ("Ada Roe, Jan\nPoe, Eva Doe", ("Ada Roe", "Jan Poe", "Eva Doe")),
        (
            "The 1000 Shells Project Consortium, Wei Zhang",
            ("The 1000 Shells Project Consortium", "Wei Zhang"),
        ),
        ("MARY A. OKAFOR, JAN VAN DER BERG", ("Mary A. Okafor", "Jan van der Berg")),
        ("王伟，李娜", ("王伟", "李娜")),
        ("山田, 太郎; 佐藤, 花子", ("山田 太郎", "佐藤 花子")),
        ("Anonymous", ()),
        ("[object Object]", ()),
        ("https://example.org/a", ()),
    ],
)
def test_what_is_printed_around_names_goes(written: str, wanted: tuple[str, ...]) -> None:
    assert bylines.names(written) == wanted


@given(st.text(alphabet="aB.,;&|()[]{}<>@1* \n-^'\"王", max_size=200))
def test_no_byline_raises(text: str) -> None:
    creators.authors(text)
