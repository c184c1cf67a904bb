"""Neighbours: papers that speak of the same things, and what both speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import Assignment, Paper
from digest.store import Cache
from digest.understand import reference, related
from digest.understand.related import neighbours, tfidf


def paper(key: str, title: str, abstract: str, **more: object) -> Paper:
    return Paper(key, date(2025, 3, 11), title, "seed", abstract, **more)  # type: ignore[arg-type]


WHALES = paper("w1", "Songs of humpback whales", "Humpback whales sing in the breeding season.")
SONGS = paper("w2", "How whale song travels", "The songs of humpback whales travel far.")
STARS = paper("s1", "Dust around young stars", "Young stars grow in discs of dust.")
DISCS = paper("s2", "Discs of young stars", "Dust grows in the discs of young stars.")
ALONE = paper("a1", "Basque verbs", "Agreement in Basque is rich.")
ALL = [WHALES, SONGS, STARS, DISCS, ALONE]


def test_a_paper_is_next_to_the_one_that_speaks_of_the_same() -> None:
    """Whales go with whales, stars with stars, and a paper of its own kind is alone."""
    found = {found.id: [near.id for near in found.related] for found in neighbours(ALL)}
    assert found == {"w1": ["w2"], "w2": ["w1"], "s1": ["s2"], "s2": ["s1"], "a1": []}


def test_what_both_speak_of_is_shown_as_the_paper_writes_it() -> None:
    """Shared phrases are in the paper, as long as both have them, and say something."""
    whales, _, stars, *_ = neighbours(ALL)
    assert whales.related[0].shared == ("Songs of humpback whales",)
    assert "young stars" in stars.related[0].shared


def test_the_order_of_the_papers_does_not_matter() -> None:
    """The same papers in another order have the same neighbours, and come back in their order."""
    turned = neighbours(ALL[::-1])
    assert turned[::-1] == neighbours(ALL)


def test_equal_scores_are_ordered_by_id() -> None:
    """Twins come in the order of their ids, at every run."""
    twins = [paper(key, "Young stars", "Dust and discs.") for key in ("d", "b", "c", "a")]
    found = {found.id: [near.id for near in found.related] for found in neighbours(twins)}
    assert found["c"] == ["a", "b", "d"]


def test_no_paper_is_its_own_neighbour_and_none_has_too_many() -> None:
    """At most as many as asked for, and never the paper itself."""
    many = [paper(f"p{x:02}", "Young stars", f"Dust {x}.") for x in range(20)]
    for found in neighbours(many, count=5):
        assert len(found.related) == 5
        assert found.id not in {near.id for near in found.related}


def test_papers_of_the_same_topic_come_first() -> None:
    """Where the words say nothing, the topic decides."""
    topic = (Assignment("Stars", 9.0),)
    other = (Assignment("Planets", 9.0),)
    first = paper("a", "Young stars", "Nothing else.", topics=topic)
    same = paper("z", "Young stars", "Other things.", topics=topic)
    else_ = paper("b", "Young stars", "Other things.", topics=other)
    found = neighbours([first, same, else_])[0]
    assert [near.id for near in found.related] == ["z", "b"]


def test_a_headline_we_wrote_is_not_counted_twice() -> None:
    """A headline repeats the abstract; it makes no paper a neighbour."""
    one = Paper("a", date(2025, 3, 11), "Young stars", "headline", "Whales sing.")
    two = Paper("b", date(2025, 3, 11), "Young stars", "headline", "Verbs agree.")
    assert [found.related for found in neighbours([one, two])] == [(), ()]


def test_few_papers_have_few_neighbours() -> None:
    """None, one, or empty papers are no reason to stop."""
    assert neighbours([]) == []
    assert neighbours([WHALES])[0].related == ()
    assert neighbours([paper("a", "", ""), paper("b", "", "")])[0].related == ()


@settings(deadline=None)
@given(st.lists(st.text(max_size=80), min_size=2, max_size=6))
def test_any_texts_can_be_compared(texts: list[str]) -> None:
    """Scores fall, and what is shared is in the paper, whatever the texts."""
    papers = [paper(f"p{x}", text[:20], text) for x, text in enumerate(texts)]
    for found in neighbours(papers):
        scores = [near.score for near in found.related]
        assert scores == sorted(scores, reverse=True)
        for near in found.related:
            assert all(shared in f"{found.title}.\n{found.abstract}" for shared in near.shared)


def test_a_cache_changes_no_neighbour(tmp_path: Path) -> None:
    """What earlier runs over other papers left does not show."""
    named = [replace(each, keyphrases=("young stars", each.id)) for each in ALL]
    for papers in (ALL[:2], named, ALL[1:], ALL):
        cache = Cache(tmp_path, "related")
        assert neighbours(papers, cache=cache) == neighbours(papers)
        cache.save()


@given(st.randoms(use_true_random=False))
@settings(max_examples=12)
def test_blocks_are_kept_as_long_as_nothing_they_depend_on_changes(chance: Random) -> None:
    """Papers come, go, are corrected and get other topics: what is kept is what would be found."""
    words = ["whales", "sing", "far", "young", "stars", "dust", "discs", "verbs", "agree", "deep"]

    def some(key: int) -> Paper:
        said = " ".join(chance.choices(words, k=12))
        topics = (Assignment(chance.choice(("Stars", "Whales")), 2.0),)
        day = date(2025, 3, 1 + key // 6)
        known = (f"p{key:03}", day, said[:20], "seed", f"{said}.")
        return Paper(*known, topics=topics, keyphrases=(said[:14],))

    papers = {key: some(key) for key in range(20)}
    with (
        TemporaryDirectory() as folder,
        patch.object(reference, "LEAST", 8),
        patch.object(related, "BLOCK", 5),
        patch.object(tfidf, "BLOCK", 5),
    ):
        for _ in range(5):
            cache = Cache(Path(folder), "related")
            every = list(papers.values())
            assert neighbours(every, cache=cache) == neighbours(every)
            cache.save()
            change = chance.choice(("add", "add", "remove", "correct", "nothing"))
            if change == "add":
                first = max(papers) + 1
                papers |= {key: some(key) for key in range(first, first + chance.randrange(1, 9))}
            elif change == "remove":
                del papers[chance.choice(sorted(papers))]
            elif change == "correct":
                key = chance.choice(sorted(papers))
                papers[key] = some(key)


def test_no_phrase_begins_amid_hyphens_and_each_reads_whole() -> None:
    """`Text-to-video generation`, never `to-video generation`; `theory of mind`, never `mind`
    beside it."""
    mind = "A theory of mind for cats."
    one = paper("a", "Text-to-video generation", mind, keyphrases=("theory of mind",))
    two = paper("b", "On text-to-video generation", "Whales have a theory of mind.")
    three = paper("c", "Video generation", "To video.")
    shared = neighbours([one, two])[0].related[0].shared
    assert set(shared) == {"Text-to-video generation", "theory of mind"}
    for found in neighbours([one, two, three]):
        assert not any(shared.startswith("to-") for near in found.related for shared in near.shared)


def test_a_long_line_of_one_character_does_not_hang() -> None:
    """Time grows no faster than the text."""
    for text in ("a" * 300_000, "a " * 150_000, "a-" * 150_000, "a/" * 150_000):
        neighbours([paper("a", "x", text), paper("b", "x", text)])
