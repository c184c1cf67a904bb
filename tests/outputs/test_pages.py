"""The pages a reader sees, before a browser shows them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import outputs
from digest.config import built_in
from digest.mkdocs import scaffold
from digest.models import Account, Assignment, Digest, Edition, Link, Paper, Site, Topic
from digest.outputs import citations
from digest.outputs.pages import topic_pages
from digest.outputs.pages.calendars import months, week_url, weeks, with_neighbours
from digest.outputs.pages.paging import growing
from digest.outputs.pages.paper_pages import _readable
from digest.outputs.pages.topic_labels import labels
from digest.outputs.pages.trends import trends
from digest.outputs.rendering.charts import sparkline, timeline
from digest.outputs.rendering.grouping import Section, excerpt
from tests.conftest import COMET, DAY, GRAPH, YEAST, Folder

Make = Callable[..., Paper]


@pytest.fixture
def make() -> Make:
    """Make papers that differ only in what a test names."""
    made = 0

    def paper(**known: object) -> Paper:
        nonlocal made
        made += 1
        given: dict[str, object] = {
            "id": f"paper{made:03}",
            "date": DAY,
            "title": f"Paper {made}",
            "title_from": "seed",
            "abstract": "We show something. It is new.",
        }
        return Paper(**{**given, **known})  # type: ignore[arg-type]

    return paper


def digest_of(papers: list[Paper], topics: tuple[str, ...] = (), **site: int) -> Digest:
    """A digest of papers, their days its editions."""
    days = sorted({paper.date for paper in papers})
    editions = tuple(
        Edition(day, number, tuple(paper for paper in papers if paper.date == day))
        for number, day in enumerate(days, 1)
    )[::-1]
    sorted_in = tuple(
        Topic(
            name,
            name.casefold(),
            papers=tuple(
                paper for paper in papers if name in {each.topic for each in paper.topics}
            ),
        )
        for name in topics
    )
    return Digest(
        site=Site("Toy", "https://example.org/", **site),  # type: ignore[arg-type]
        papers=tuple(papers),
        editions=editions,
        topics=sorted_in,
        accounts=(),
        today=days[-1] if days else DAY,
    )


def render(digest: Digest) -> dict[str, str]:
    """Every page by its path, its character references read as a browser reads them."""
    pages = outputs.render(digest, built_in() / "none")
    texts = (page for page in pages if not page.path.endswith(".png"))
    return {page.path: html.unescape(page.make().decode()) for page in texts}


# --- empty, tiny, huge ----------------------------------------------------------------------


def test_an_empty_digest_says_what_to_do_next() -> None:
    """Nothing is there yet, and every page says so instead of being blank."""
    pages = render(digest_of([]))
    assert "digest add FILE" in pages["index.md"]
    assert "no edition yet" in pages["days/index.md"]
    assert "no topics yet" in pages["topics/index.md"]
    assert "No document has been read" in pages["about.md"]


def test_a_paper_with_nothing_but_a_title_has_a_page(make: Make) -> None:
    """What is missing is said in a sentence, and there are search links in place of the address."""
    page = render(digest_of([make(title="Only a title", abstract="")]))["papers/paper001.md"]
    assert "No source gave an abstract" in page
    assert "Search Google Scholar" in page


def test_a_large_edition_does_not_make_a_large_front_page(make: Make) -> None:
    """The front page stays readable; the rest is one link away, and its number is true."""
    papers = [make() for _ in range(700)]
    pages = render(digest_of(papers, per_page=50))
    shown = pages["index.md"].count("<article")
    assert shown <= 53
    assert f"{700 - shown} more papers" in pages["index.md"]
    assert pages[f"days/{DAY}.md"].count("<article") == 50
    assert f"days/{DAY}/14.md" in pages


def test_every_paper_is_on_exactly_one_page_of_its_day(make: Make) -> None:
    """Cutting an edition into pages neither loses nor repeats a paper."""
    topics = ("Optics", "Algebra", "Botany")
    papers = [make(topics=(Assignment(topics[n % 3], 1.0),) if n % 4 else ()) for n in range(70)]
    pages = render(digest_of(papers, topics, per_page=20))
    found = [
        paper
        for path, text in pages.items()
        if path.startswith("days/2025-03-12")
        for paper in re.findall(r'data-paper="(\w+)"', text)
    ]
    assert sorted(found) == sorted(paper.id for paper in papers)


def test_the_glance_leads_to_where_a_section_begins(make: Make) -> None:
    """On the page it is on, at the heading it has there."""
    topics = ("Optics", "Algebra")
    papers = [make(topics=(Assignment(topics[n >= 30], 1.0),)) for n in range(50)]
    pages = render(digest_of(papers, topics, per_page=20))
    assert 'href="days/2025-03-12/2/#algebra"' in pages["index.md"]
    assert 'id="algebra"' in pages["days/2025-03-12/2.md"]


def test_a_quiet_day_is_said_to_be_quiet(make: Make) -> None:
    """Two papers where thirty are usual are not dressed up."""
    papers = [
        make(date=DAY - timedelta(day), title=f"P{day}-{n}")
        for day in range(1, 9)
        for n in range(30)
    ]
    pages = render(digest_of([*papers, make(), make()]))
    assert "A quiet day: there are usually about 30 papers" in pages["index.md"]


def test_an_old_edition_is_said_to_be_old(make: Make) -> None:
    """The front page never pretends that yesterday's papers are today's."""
    digest = replace(digest_of([make()]), today=DAY + timedelta(3))
    assert "Nothing new since 12 March 2025" in render(digest)["index.md"]


# --- text from documents ----------------------------------------------------------------------


def test_text_that_runs_from_right_to_left_keeps_its_direction(make: Make) -> None:
    """The browser finds the direction of each title and abstract by itself."""
    pages = render(digest_of([make(title="التعلم العميق")]))
    assert '<h1 dir="auto">التعلم العميق</h1>' in pages["papers/paper001.md"]
    assert '<h3 dir="auto">' in pages["index.md"]


def test_a_written_headline_is_marked_wherever_it_is(make: Make) -> None:
    """On cards, in lists, and on its own page."""
    pages = render(digest_of([make(title_from="headline")]))
    for path in ("index.md", f"days/{DAY}.md", "days/2025-03.md", "papers/paper001.md"):
        assert ">headline</small>" in pages[path], path


def test_bibtex_keeps_its_lines_in_a_page(make: Make) -> None:
    """It can be read and copied without a script."""
    page = render(digest_of([make(title="A_b & c")]))["papers/paper001.md"]
    assert "@misc{paper-paper001,\n  title         = {{A\\_b \\& c}},\n" in page


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://www.github.com/a/b/", "github.com/a/b"),
        ("https://example.org/p?id=3#top", "example.org/p"),
        ("https://e.org/" + "long/" * 30, None),
    ],
)
def test_addresses_are_shown_as_people_read_them(url: str, text: str | None) -> None:
    """Without what says nothing, and never longer than a line."""
    shown = _readable(url)
    assert shown == text if text else len(shown) <= 60


# --- days, weeks, months ------------------------------------------------------------------------


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    """ISO 8601: the last days of December may be in the first week of the next year."""
    assert week_url(date(2024, 12, 30)) == "days/2025-w01/"
    assert week_url(date(2027, 1, 1)) == "days/2026-w53/"


def test_weeks_and_months_hold_every_edition_once(make: Make) -> None:
    """Over a year's end too."""
    papers = [make(date=date(2024, 12, 20) + timedelta(day)) for day in range(25)]
    editions = digest_of(papers).editions
    for periods in (weeks(editions), months(editions)):
        held = [edition for period in periods for edition in period.editions]
        assert sorted(held, key=lambda edition: edition.day) == sorted(
            editions, key=lambda edition: edition.day
        )


def test_a_calendar_has_every_day_of_its_month_once(make: Make) -> None:
    """And a week's page is linked only where there is one."""
    (month,) = months(digest_of([make(date=date(2024, 2, 29))]).editions)
    days = [cell.day.day for week in month.weeks for cell in week.cells if cell]
    assert days == list(range(1, 30))
    assert [week.url for week in month.weeks if week.url] == ["days/2024-w09/"]


def test_busy_days_are_warmer_than_quiet_ones(make: Make) -> None:
    """By their place among all editions, so that one huge day does not bleach the others."""
    papers = [make(date=date(2025, 3, day)) for day in (3, 4, 5, 6) for _ in range(day**5)]
    (month,) = months(digest_of(papers).editions)
    levels = [cell.level for week in month.weeks for cell in week.cells if cell and cell.edition]
    assert levels == [1, 2, 3, 4]


def test_periods_know_their_neighbours(make: Make) -> None:
    """The newest has none after it, the oldest none before."""
    papers = [make(date=date(2025, month, 1)) for month in (1, 2, 4)]
    every = with_neighbours(months(digest_of(papers).editions))
    assert [(p.first.month, a and a.first.month, b and b.first.month) for p, a, b in every] == [
        (4, 2, None),
        (2, 1, 4),
        (1, None, 2),
    ]


# --- topics ---------------------------------------------------------------------------------------


def test_a_topic_has_one_mark_everywhere(make: Make) -> None:
    """Its colour on a card is that on its own page."""
    paper = make(topics=(Assignment("Algebra", 1.0),))
    digest = digest_of([paper], ("Optics", "Algebra"))
    mark = labels(digest.topics)["Algebra"].mark
    pages = render(digest)
    for path in ("index.md", "topics/algebra.md", "topics/index.md", "papers/paper001.md"):
        assert mark in pages[path], path


def test_the_first_topics_all_look_different() -> None:
    """Colour and shape together tell 27 topics apart."""
    found = labels(Topic(f"T{n}", f"t{n}") for n in range(27))
    assert len({label.mark for label in found.values()}) == 27


def test_a_topic_that_grows_rises(make: Make) -> None:
    """And only that one: a topic that keeps its share does not."""
    papers = []
    for day in range(20):
        growing = 1 if day < 15 else 8
        papers += [
            make(date=DAY + timedelta(day), topics=(Assignment("New", 1.0),))
            for _ in range(growing)
        ]
        papers += [
            make(date=DAY + timedelta(day), topics=(Assignment("Old", 1.0),)) for _ in range(10)
        ]
    moving = trends(digest_of(papers, ("New", "Old")))
    assert moving["New"].direction == "rising"
    assert moving["Old"].direction != "rising"


def test_nothing_rises_in_a_new_digest(make: Make) -> None:
    """With a few editions nobody can tell."""
    papers = [make(topics=(Assignment("New", 1.0),)) for _ in range(9)]
    assert trends(digest_of(papers, ("New",)))["New"].direction == ""


def test_a_course_has_no_more_columns_than_a_phone_shows() -> None:
    """Days become weeks, weeks months, months years."""
    for days, unit in ((30, "day"), (300, "week"), (1500, "month"), (9000, "year")):
        drawn = timeline(DAY + timedelta(day) for day in range(0, days, 3))
        assert drawn is not None
        assert drawn.unit == unit
        assert drawn.svg.count("M") <= 64


def test_nothing_is_drawn_where_there_is_no_course() -> None:
    """A line through one or two points says nothing."""
    assert timeline([DAY, DAY, DAY + timedelta(1)]) is None
    assert sparkline([3, 4]) == ""


def test_an_excerpt_keeps_small_sections_whole(make: Make) -> None:
    """The large ones give way, down to a few papers; then the smallest are left out."""
    every = [Section("A", tuple(make() for _ in range(30))), Section("B", (make(), make()))]
    assert [len(section.papers) for section in excerpt(every, 20)] == [18, 2]
    many = [Section(str(n), tuple(make() for _ in range(9))) for n in range(30)]
    assert [len(section.papers) for section in excerpt(many, 20)] == [4] * 5


def test_very_many_sources_do_not_make_a_very_long_page() -> None:
    """The smaller ones share a row, and nothing is missing from the sums."""
    accounts = [
        Account(f"{n}.txt", f"Source {n:03}", None, "titled", 1.0, DAY, 2, 1, 1, 0)
        for n in range(150)
    ]
    text = render(replace(digest_of([]), accounts=tuple(accounts)))["about.md"]
    assert text.count("<tr>") == 101
    assert "51 other sources</th>" in text
    assert "<td>51</td><td>102</td><td>51</td><td>51</td><td>0</td>" in text


# --- the whole ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of three papers and a page written by hand."""
    folder = Folder(tmp_path_factory.mktemp("built") / "news")
    scaffold.create(folder.path)
    (folder.path / "site_src" / "notes.md").write_text("# Notes\n", encoding="utf-8")
    folder.seed("a.txt", "\n\n".join([COMET, YEAST, GRAPH]))
    assert folder.run("build").returncode == 0
    return folder.path / "site"


def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_of_its_own(built: Path) -> None:
    """No script, style or handler is in a page; every file it loads is the site's own."""
    for file in built.glob("**/*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), file
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text), file
        loaded = re.findall(
            r'<(?:script|img|link rel="(?:stylesheet|preload|icon)")[^>]+(?:src|href)="([^"]+)',
            text,
        )
        assert loaded, file
        assert not [address for address in loaded if "//" in address], file


def test_a_page_asks_for_its_scripts_at_once() -> None:
    """No module waits for another to name it; what digest.js imports, the frame announces."""
    theme = built_in() / "theme"
    frame = (theme / "main.html").read_text(encoding="utf-8")
    announced = set(re.findall(r"'(\w+)'", re.findall(r"for name in (\[.*?\]) \+", frame)[0]))
    needed, left = set[str](), ["digest"]
    while left:
        text = (theme / "assets" / f"{left.pop()}.js").read_text(encoding="utf-8")
        named = set(re.findall(r'^import .* from "\./(\w+)\.js";', text, re.M)) - needed
        needed |= named
        left += named
    assert announced == needed


def test_no_link_within_the_site_leads_nowhere(built: Path) -> None:
    """Every page, file and heading that a page links to is there."""
    pages = {file: file.read_text(encoding="utf-8") for file in built.glob("**/index.html")}
    assert len(pages) > 10
    for file, text in pages.items():
        for link in re.findall(r'(?:href|src|action)="(?![a-z]+:)([^"]*)"', text):
            path, _, anchor = html.unescape(link).partition("#")
            target = (file.parent / path.partition("?")[0]).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (file, link)
            assert not anchor or f'id="{anchor}"' in pages[target], (file, link)


def test_a_paper_page_is_light(folder: Folder) -> None:
    """Less than 25 kB of HTML, the frame included."""
    folder.seed(
        "a.jsonl", json.dumps({"title": "T", "abstract": " ".join([COMET, YEAST, GRAPH] * 3)})
    )
    assert folder.run("build").returncode == 0
    (page,) = folder.path.glob("site/papers/*/index.html")
    assert page.stat().st_size < 25_000


def test_material_brings_only_what_a_page_uses(folder: Folder) -> None:
    """Its scripts and styles are in the site if a template of the person's builds on its pages."""
    frame = folder.path / "templates" / "theme" / "main.html"
    assert folder.run("build").returncode == 0
    assert not list(folder.path.glob("site/assets/**/bundle*"))
    frame.parent.mkdir(parents=True)
    frame.write_text('{% extends "base.html" %}', encoding="utf-8")
    assert folder.run("build").returncode == 0
    assert list(folder.path.glob("site/assets/**/bundle*"))


def test_pages_written_by_hand_have_a_style_sheet_of_their_own(built: Path) -> None:
    """What only they need is not loaded by ours."""
    pages = built.glob("**/index.html")
    styled = [page for page in pages if "written.css" in page.read_text(encoding="utf-8")]
    assert styled == [built / "notes" / "index.html"]


def written(folder: Folder, **pages: str) -> None:
    """Put pages written by hand into the guide of a digest, and the guide into its navigation."""
    for name, page in pages.items():
        file = folder.path / "site_src" / "guide" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8")
    settings = folder.path / "mkdocs.yml"
    listed = "".join(f"      - guide/{name}.md\n" for name in pages)
    guide = f"  - About: about.md\n  - Guide:\n{listed}"
    said = settings.read_text(encoding="utf-8").replace("  - About: about.md\n", guide)
    settings.write_text(said, encoding="utf-8")


def test_a_section_of_pages_written_by_hand_is_one_entry(folder: Folder) -> None:
    """At the top of the site; its pages list one another, and lead to the one before and after."""
    written(folder, index="# The guide\n", choice="# How we choose\n", thanks="# Thanks\n")
    assert folder.run("build", "--strict").returncode == 0
    page = (folder.path / "site" / "guide" / "choice" / "index.html").read_text(encoding="utf-8")
    (top,) = re.findall(r'<nav class="dg-nav".*?</nav>', page, re.S)
    assert re.findall(r'<a href="([^"]*)"[^>]*>Guide</a>', top) == ["../"]
    assert "Thanks" not in top
    (beside,) = re.findall(r'<nav class="dg-chapters".*?</nav>', page, re.S)
    assert re.findall(r">([^<]+)</a>", beside) == ["The guide", "How we choose", "Thanks"]
    assert '<a href="../" rel="prev">← The guide</a>' in page
    assert '<a href="../thanks/" rel="next">Thanks →</a>' in page
    first = (folder.path / "site" / "guide" / "index.html").read_text(encoding="utf-8")
    assert 'rel="prev"' not in first  # About is before it, and no part of the guide


def test_a_guide_of_ones_own_is_linked_from_about(folder: Folder) -> None:
    """Where there is a page guide/index.md; where there is none, nothing is said of it."""
    folder.build()
    assert b"guide" not in folder.pages()["about.md"]
    written(folder, index="# The guide\n")
    folder.build()
    assert b"[guide](guide/index.md)" in folder.pages()["about.md"]


def test_sections_of_pages_written_by_hand_are_searched(folder: Folder) -> None:
    """Each by its heading, as text; a page that is not to be found is left out."""
    written(
        folder,
        index="# The guide\n\nWelcome.\n\n## Comets &amp; &lt;b&gt;\n\nThey *break*.\n",
        hidden="---\nsearch:\n  exclude: true\n---\n# Hidden\n",
    )
    folder.seed("a.txt", COMET)
    assert folder.run("build").returncode == 0
    found = json.loads((folder.path / "site/search/pages.json").read_text(encoding="utf-8"))
    assert [(one["page"], one["title"], one["text"]) for one in found] == [
        ("The guide", "The guide", "Welcome."),
        ("The guide", "Comets & <b>", "They break ."),
    ]
    assert found[1]["url"].startswith("guide/#comets")


def test_a_template_of_ones_own_wins(folder: Folder) -> None:
    """A person changes how a paper looks in lists in one file."""
    folder.seed("a.txt", COMET)
    own = folder.path / "templates" / "pages"
    own.mkdir(parents=True)
    card = (built_in() / "pages" / "card.md.j2").read_text(encoding="utf-8")
    (own / "card.md.j2").write_text(card.replace("dg-tldr", "my-tldr"), encoding="utf-8")
    folder.build()
    assert b"my-tldr" in folder.pages()["index.md"]


def test_the_list_of_pages_is_named_where_there_is_one() -> None:
    """It holds whole addresses: without `site_url` there are none, and robots are sent nowhere."""
    assert "Sitemap" not in render(digest_of([], is_preview=True))["robots.txt"]
    assert "\nSitemap: https://example.org/sitemap.xml\n" in render(digest_of([]))["robots.txt"]


def test_a_collaboration_of_thousands_does_not_make_a_heavy_page(make: Make) -> None:
    """The page names the first of them to people and programs; the files for citing name all."""
    people = tuple(f"Ada{number} Lovelace" for number in range(3_000))
    files = render(digest_of([make(authors=people)]))
    page = files["papers/paper001.md"]
    assert len(page.encode()) < 12_000
    assert " and others}" in page
    assert "{others}" not in page
    assert files["papers/paper001/cite.bib"].count("Lovelace, Ada") == 3_000


def test_every_identifier_leads_to_its_place(make: Make) -> None:
    """Nobody has to search for a paper that PubMed, the ACL Anthology or OpenReview has."""
    places = {
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/31452104/",
        "acl": "https://aclanthology.org/2020.acl-main.1/",
        "openreview": "https://openreview.net/forum?id=abcDEF12",
    }
    for scheme, url in places.items():
        value = url.rstrip("/").rpartition("/")[2].removeprefix("forum?id=")
        links = (Link(url.rstrip("/"), "paper"),)
        paper = make(identifiers={scheme: value}, links=links)
        files = render(digest_of([paper]))
        page = files[f"{paper.url.rstrip('/')}.md"]
        assert page.count(f'href="{url.rstrip("/")}') == 1
        assert "Search Google Scholar" not in page
        assert url in files["papers.bib"]


@given(st.integers(0, 130), st.integers(1, 40))
def test_a_growing_list_keeps_its_older_pages(count: int, size: int) -> None:
    """Every paper is on a page, and there are as many pages as it takes; older ones stay."""
    before = {part.number: part for part in growing(range(count, 0, -1), "papers/", size)}
    shown = [paper for part in before.values() for paper in part.papers]
    assert list(dict.fromkeys(shown)) == [*range(count, 0, -1)]
    assert len(before) == max(1, -(-count // size))
    after = {part.number: part for part in growing(range(count + size, 0, -1), "papers/", size)}
    newest = max(before)
    for number in before.keys() - {1}:
        assert after[number].papers == before[number].papers
        assert after[number] == before[number] or number == newest
    for one, other in pairwise(after.values()):
        assert (one.older, other.newer) == (other.url, one.url)
    assert len(after[1].papers) == min(size, count + size)


def test_the_files_of_a_very_large_topic_have_its_newest_papers(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its page says so; those of all papers have every one."""
    for module in (citations, topic_pages):
        monkeypatch.setattr(module, "MOST_OF_TOPIC", 3)
    topics = (Assignment("Optics", 1.0),)
    papers = [make(date=DAY - timedelta(days), topics=topics) for days in range(4)]
    few, many = (render(digest_of(papers[:most], ("Optics",))) for most in (3, 4))
    for pages, said in ((few, "Take along: "), (many, "Take along the newest 3: ")):
        lines = pages["topics/optics/papers.jsonl"].splitlines()
        assert [json.loads(line)["id"] for line in lines] == [paper.id for paper in papers[:3]]
        assert said in pages["topics/optics.md"]
    assert len(many["papers.jsonl"].splitlines()) == 4


def test_only_the_first_page_of_a_topic_speaks_of_all_of_it(make: Make) -> None:
    """So a new paper leaves the others as they are, to the byte."""
    papers = [
        make(date=DAY - timedelta(days), topics=(Assignment("Optics", 1.0, ("light",)),))
        for days in range(11)
    ]
    newer = [make(date=DAY + timedelta(1), topics=(Assignment("Optics", 1.0),)), *papers]
    before, after = (render(digest_of(each, ("Optics",), per_page=3)) for each in (papers, newer))
    older = {
        path for path in before if path.startswith("topics/optics/") and "/archive/" not in path
    }
    pages = {path for path in older if path.endswith(".md")}
    assert pages == {"topics/optics/2.md", "topics/optics/3.md", "topics/optics/4.md"}
    assert [path for path in pages if before[path] != after[path]] == []
    assert "11 papers" in before["topics/optics.md"]
    assert "topics/optics/4/" in before["topics/optics.md"]
