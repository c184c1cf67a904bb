"""What lies where on the map."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import Assignment, Digest, Neighbour, Paper, Site, Topic
from digest.outputs import map as maps
from digest.outputs.map.placement import WIDTH, Honeycomb, Ties, settle
from digest.outputs.pages.topic_labels import labels
from digest.outputs.rendering.templates import Templates

TOPICS = tuple(Topic(name, name.lower()) for name in ("Optics", "Games", "Graphs", "Speech"))


def papers(count: int) -> list[Paper]:
    """Papers in four topics, each related to the next two of its topic."""
    return [
        Paper(
            id=f"p{number:03}",
            date=datetime.date(2025, 3, 24),
            title=f"Paper {number} <i>&",
            title_from="seed",
            abstract="",
            topics=(Assignment(TOPICS[number % 4].name, 1.0),),
            related=tuple(
                Neighbour(f"p{number + step:03}", 0.5) for step in (4, 8) if number + step < count
            ),
        )
        for number in range(count)
    ]


def digest(found: list[Paper]) -> Digest:
    """A digest of papers."""
    return Digest(Site("Toy"), tuple(found), (), TOPICS, (), datetime.date(2025, 3, 24))


def page(found: list[Paper]) -> str:
    """The map's page of a digest."""
    pages = list(maps.OUTPUT.render(digest(found), Templates(Path("none"))))
    assert [each.path for each in pages] == ["map.md"]
    return pages[0].make().decode()


def test_papers_of_one_topic_lie_together() -> None:
    """The nearest papers are mostly of the same topic."""
    found = papers(120)
    places = maps.lay_out(found, [topic.name for topic in TOPICS])
    apart = ((places[:, None] - places[None]) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    near = apart.argsort(axis=1)[:, :5]
    same = np.mean([[row % 4 == other % 4 for other in others] for row, others in enumerate(near)])
    assert same > 0.8


def test_the_plane_is_filled() -> None:
    """Papers are spread over the whole map, not heaped in its middle."""
    places = maps.lay_out(papers(120), [topic.name for topic in TOPICS])
    assert places[:, 0].std() > 0.3
    assert places[:, 1].std() > 0.2


def test_the_same_papers_lie_in_the_same_place() -> None:
    """Building twice changes nothing."""
    assert page(papers(50)) == page(papers(50))


def test_a_new_paper_moves_the_others_little() -> None:
    """A reader finds tomorrow where things were today."""
    names = [topic.name for topic in TOPICS]
    before, after = maps.lay_out(papers(119), names), maps.lay_out(papers(120), names)
    moved = np.sqrt(((before - after[:119]) ** 2).sum(axis=1))
    assert np.median(moved) < 0.1 * WIDTH


def test_every_size_of_digest_has_its_map() -> None:
    """None, one, a few: nothing is drawn where there is nothing, and no point is lost."""
    assert "There is nothing to draw yet" in page([])
    for count in (1, 2, 5):
        assert page(papers(count)).count("<title>") == count


def test_a_paper_without_a_topic_is_on_the_map_too() -> None:
    """It lies near what it is related to, in a colour of no topic."""
    lone = Paper("x", datetime.date(2025, 3, 24), "Lone", "seed", "")
    assert 'class="dg-none"' in page([lone, *papers(3)])


def test_of_very_many_papers_the_newest_are_drawn() -> None:
    """The page says how many there are, and stays small."""
    text = page(papers(maps.MAX_POINTS + 100))
    assert text.count("<title>") == maps.MAX_POINTS
    assert "newest 750 of 850 papers" in text
    assert len(text) < 200_000


def test_titles_are_text_in_the_drawing() -> None:
    """What a title says never becomes part of the drawing."""
    text = page(papers(1))
    assert "<title>Paper 0 &lt;i&gt;&amp;</title>" in text


def test_regions_say_what_lies_beside_them() -> None:
    """The table tells in words what the drawing shows."""
    found = papers(40)
    named = labels(TOPICS)
    regions = maps.find_regions(found, maps.lay_out(found, list(named)), named)
    assert {region.label.name for region in regions} == set(named)
    for region in regions:
        assert len(region.beside) == 3
        assert region.label not in region.beside


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, WIDTH), st.floats(0, 1)), min_size=1, max_size=120))
def test_no_two_points_share_a_place(points: list[tuple[float, float]]) -> None:
    """However they are heaped, every point can be seen and clicked."""
    placed = Honeycomb.of(len(points)).place(np.array(points))
    assert len({(round(x, 6), round(y, 6)) for x, y in placed.tolist()}) == len(points)
    assert placed.min() >= 0
    assert placed[:, 0].max() <= WIDTH
    assert placed[:, 1].max() <= 1


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, WIDTH), st.floats(0, 1)), min_size=2, max_size=60), st.data()
)
def test_points_stay_on_the_plane(points: list[tuple[float, float]], data: st.DataObject) -> None:
    """Whatever the ties, coordinates are numbers within the plane."""
    places = st.integers(0, len(points) - 1)
    ties = data.draw(st.lists(st.tuples(places, places, st.floats(0, 1)), max_size=40))
    found = settle(np.array(points), Ties.of(ties), home=0.1)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (found <= [WIDTH, 1]).all()


def test_names_leave_the_points_in_sight() -> None:
    """The largest topics are named at their own places; the others wait until one comes nearer."""
    topics = [Topic(f"Topic {number} of a good many", f"t{number}") for number in range(60)]
    regions = [
        maps.Region(label, 100 - place, WIDTH * (place * 37 % 60) / 60, (place * 23 % 60) / 60)
        for place, label in enumerate(labels(topics).values())
    ]
    drawing = str(maps.draw([], np.empty((0, 2)), regions, labels(topics)))
    names = re.findall(r'<a href="../topics/t(\d+)/"( class="dg-waits")?>.*?y="(\d+)"', drawing)
    assert len(names) == 60
    shown = {int(number): int(y) for number, waits, y in names if not waits}
    assert min(shown) == 0
    assert 8 < len(shown) < 40
    for number, y in shown.items():
        assert abs(y - regions[number].y * maps.SCALE) < maps.MAX_SHIFT + 50
