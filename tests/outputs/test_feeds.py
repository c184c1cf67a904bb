"""Feeds: what readers and services rely on."""

from __future__ import annotations

import datetime
import functools
import http.server
import itertools
import json
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import feedparser
import pytest
import reader as reader_library
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import pipeline
from digest.config import Options, Settings
from digest.errors import ConfigError
from digest.language.strings import visible
from digest.language.tokens import Word
from digest.language.tokens import tokenize as cut
from digest.models import Assignment, Digest, Link, Paper, Query, Site, Source, Topic
from digest.outputs import feeds
from digest.outputs.pages import subscribe
from digest.outputs.rendering.templates import Templates
from digest.papers.editions import editions
from tests.outputs import feed_rules

SITE = Site("Optics & lasers", "https://example.org/digest/", "Light, every day.", feed_id="d1")
DAY = datetime.date(2025, 3, 11)
ABSTRACT = (
    "Lenses blur what is far. We present a mirror of α < β ≤ 10⁻³ m that sharpens it."
    " Experiments on 12 telescopes show that stars & planets are seen twice as well."
)


def a_paper(number: int, day: datetime.date = DAY, **changes: object) -> Paper:
    paper = Paper(
        id=f"p{number:07}",
        date=day,
        title=f"Mirror number {number}",
        title_from="seed",
        abstract=ABSTRACT,
        tldr="We present a mirror of α < β ≤ 10⁻³ m that sharpens it.",
        authors=("Ada Lovelace", "George Boole"),
        identifiers={"arxiv": f"2503.{number:05}"},
        links=(Link("https://github.com/a/mirror?x=1&y=2", "code"),),
        keyphrases=("mirror", "far objects"),
        topics=(Assignment("Mirrors", 1.0),) if number % 2 else (),
        sources=(Source("a.txt", 1, "titled", 1, "A list"),),
        updated=day,
    )
    return replace(paper, **changes)  # type: ignore[arg-type]


def a_digest(papers: list[Paper], site: Site = SITE) -> Digest:
    every = editions(papers)
    newest = tuple(paper for edition in every for paper in edition.papers)
    mirrors = tuple(paper for paper in newest if paper.topics)
    topic = Topic("Mirrors", "mirrors", "What reflects.", mirrors)
    return Digest(site, newest, every, (topic,), (), DAY)


def files(digest: Digest) -> dict[str, bytes]:
    """Every file of the feeds, by its absolute address."""
    pages = feeds.OUTPUT.render(digest, Templates(Path("none")))
    return {digest.site.url + page.path: page.make() for page in pages}


def complaints(written: dict[str, bytes]) -> list[str]:
    found = []
    for address, data in written.items():
        name = address.rpartition("/")[2]
        check = feed_rules.CHECKS.get(name)
        wrong = check(data, address) if check else feed_rules.opml(data)
        if feed_rules.is_archive(data):
            feed = address.partition("archive/")[0] + name
            wrong += feed_rules.archive(data, feed)
        found += [f"{address}: {problem}" for problem in wrong]
    return found


def chain(written: dict[str, bytes], address: str) -> list[bytes]:
    """A feed and, behind it, its archives."""
    found = []
    while address:
        found.append(written[address])
        assert len(found) < 100
        address = feed_rules.before(found[-1]) or ""
    return found


def many(days: int, each: int, first: datetime.date = DAY) -> list[Paper]:
    return [
        a_paper(day * 1000 + number, first + datetime.timedelta(days=day))
        for day in range(days)
        for number in range(each)
    ]


# --- the formats -------------------------------------------------------------------------------


def test_every_feed_keeps_the_rules_of_its_format() -> None:
    """RSS with its profile, Atom, JSON Feed, archives and OPML, whole and in part."""
    site = replace(
        SITE,
        hub="https://hub.example.org/",
        queries=(Query("Far things", phrases=("far object",)),),
    )
    written = files(a_digest(many(40, 12), site))
    assert complaints(written) == []
    assert {name for name in written if "archive" not in name} == {
        *(f"https://example.org/digest/{folder}{file}"
          for folder in ("", "papers/", "topics/mirrors/", "feeds/far-things/") for file in feed_rules.CHECKS),
        "https://example.org/digest/feeds.opml",
    }  # fmt: skip


def test_a_digest_without_papers_has_valid_feeds() -> None:
    """The first build of a new digest is no special case for readers."""
    assert complaints(files(a_digest([]))) == []


def test_the_three_forms_hold_the_same_items() -> None:
    """Which form a reader takes does not matter."""
    written = files(a_digest(many(3, 5)))
    for folder in ("", "papers/", "topics/mirrors/"):
        found = [
            feed_rules.items(written[f"{SITE.url}{folder}{file}"]) for file in feed_rules.CHECKS
        ]
        assert found[0] == found[1] == found[2]


def test_the_daily_item_holds_the_whole_edition() -> None:
    """One item a day, with every paper, its point and its address."""
    written = files(a_digest([a_paper(number) for number in range(60)]))
    items = feed_rules.items(written[SITE.url + "feed.xml"])
    [(id, (title, content))] = items.items()
    assert id == "tag:d1.digest.invalid,2026:day/2025-03-11"
    assert title == "11 March 2025: 60 papers"
    assert all(
        f"https://example.org/digest/papers/p{number:07}/" in content for number in range(60)
    )
    assert content.count("mirror of α &lt; β ≤ 10⁻³ m") == 60


def test_an_edition_too_large_for_a_feed_ends_with_titles_and_a_count() -> None:
    """1,300 papers of one day fit into an item; what is left out is counted."""
    papers = [a_paper(number, tldr="We show " + "that it holds " * 25) for number in range(1300)]
    written = files(a_digest(papers))
    assert complaints(written) == []
    [(_, content)] = feed_rules.items(written[SITE.url + "feed.xml"]).values()
    assert (
        content.count("/papers/p") + int(content.rpartition("And ")[2].partition(" more")[0])
        == 1300
    )


def test_a_paper_s_item_is_complete() -> None:
    """Abstract, authors, the paper's own address and its code."""
    written = files(a_digest([a_paper(1)]))
    data = json.loads(written[SITE.url + "papers/feed.json"])["items"][0]
    for part in ("stars &amp; planets", "Ada Lovelace, George Boole", "https://arxiv.org/abs/2503.00001",
                 "https://github.com/a/mirror?x=1&amp;y=2", "A list"):  # fmt: skip
        assert part in data["content_html"]
    assert data["external_url"] == "https://arxiv.org/abs/2503.00001"
    assert data["summary"] == "We present a mirror of α < β ≤ 10⁻³ m that sharpens it."


def test_the_hub_is_named_where_it_is_called() -> None:
    """WebSub: in the documents that readers poll, not in archives."""
    written = files(a_digest(many(40, 12), replace(SITE, hub="https://hub.example.org/")))
    for address, data in written.items():
        if address.rpartition("/")[2] in feed_rules.CHECKS:
            assert (b"https://hub.example.org/" in data) == ("archive/" not in address)


# --- archives ------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["feed.xml", "atom.xml"])
def test_archives_hold_every_paper_ever(file: str) -> None:
    """From the feed back through its archives nothing is missing."""
    papers = many(40, 30)
    written = files(a_digest(papers))
    found = set(itertools.chain(*map(feed_rules.items, chain(written, f"{SITE.url}papers/{file}"))))
    assert found == {f"tag:d1.digest.invalid,2026:paper/{paper.id}" for paper in papers}
    days = set(itertools.chain(*map(feed_rules.items, chain(written, f"{SITE.url}{file}"))))
    assert len(days) == 40


def test_a_full_archive_never_changes() -> None:
    """A day more, a year more: the archives there are keep their bytes."""
    papers = many(45, 20, datetime.date(2025, 12, 10))
    before: dict[str, bytes] = {}
    for days in (8, 20, 29, 45):
        now = {
            address: data
            for address, data in files(a_digest(papers[: days * 20])).items()
            if "archive/" in address
        }
        assert {address: now[address] for address in before} == before
        before = now
    assert any("2025-" in address for address in before)
    assert any("2026-" in address for address in before)


def test_a_correction_leaves_every_item_in_its_archive() -> None:
    """An old paper is corrected in its place: it does not come back, and nothing moves."""
    papers = many(20, 30)
    old = files(a_digest(papers))
    papers[5] = replace(papers[5], title="Mended", updated=DAY + datetime.timedelta(days=300))
    new = files(a_digest(papers))
    assert {
        address: set(feed_rules.items(data))
        for address, data in old.items()
        if "opml" not in address
    } == {
        address: set(feed_rules.items(data))
        for address, data in new.items()
        if "opml" not in address
    }
    assert "Mended" in str(new)
    assert complaints(new) == []


# --- what never changes --------------------------------------------------------------------------


def test_what_did_not_change_gives_the_same_bytes() -> None:
    """Hosts then answer 304, whatever the day."""
    digest = a_digest(many(5, 5))
    assert files(digest) == files(replace(digest, today=DAY + datetime.timedelta(days=900)))


def test_ids_survive_title_domain_and_builder() -> None:
    """Only the digest's own `feed_id` and a paper's id are in them."""
    one = files(a_digest([a_paper(1)]))
    two = files(
        a_digest(
            [a_paper(1, title="Found later")], replace(SITE, name="New", url="https://new.example/")
        )
    )
    for file in feed_rules.CHECKS:
        old, new = (
            feed_rules.items(one[f"{SITE.url}papers/{file}"]),
            feed_rules.items(two[f"https://new.example/papers/{file}"]),
        )
        assert old.keys() == new.keys()
        assert [title for title, _ in new.values()] == ["Found later"]


def test_a_correction_changes_the_date_of_update_alone() -> None:
    """Published stays the edition's day; the paper and its day are updated."""
    later = DAY + datetime.timedelta(days=3)
    written = files(a_digest([a_paper(1, updated=later), a_paper(2)]))
    papers = {
        item["id"][-1]: item for item in json.loads(written[SITE.url + "papers/feed.json"])["items"]
    }
    assert papers["1"]["date_published"] == papers["2"]["date_published"] == "2025-03-11T00:00:00Z"
    assert papers["1"]["date_modified"].startswith("2025-03-14T00:00:")
    assert papers["2"]["date_modified"].startswith("2025-03-11T00:00:")
    [day] = json.loads(written[SITE.url + "feed.json"])["items"]
    assert (day["date_published"][:10], day["date_modified"][:10]) == ("2025-03-11", "2025-03-14")
    assert b"<dcterms:modified>2025-03-14" in written[SITE.url + "papers/feed.xml"]


# --- saved searches ------------------------------------------------------------------------------


def found(query: Query) -> list[str]:
    papers = [
        a_paper(1, title="Deep mirrors", abstract="", keyphrases=()),
        a_paper(2, title="Deep lenses", abstract="A Far Object.", keyphrases=()),
        a_paper(3, title="Flat mirrors", abstract="Nothing far, no objects.", keyphrases=()),
        a_paper(4, title="深度学习的地震检测", abstract="", keyphrases=()),
    ]
    digest = a_digest(papers, replace(SITE, queries=(query,)))
    return [
        title
        for title, _ in feed_rules.items(files(digest)[SITE.url + "feeds/mine/feed.json"]).values()
    ]


def test_a_saved_search_wants_a_topic_and_a_phrase() -> None:
    """Any of its topics, and any of its phrases; words count in any case and number."""
    assert found(Query("Mine", topics=("mirrors",))) == ["Deep mirrors", "Flat mirrors"]
    assert found(Query("Mine", phrases=("far objects",))) == ["Deep lenses"]
    assert found(Query("Mine", phrases=("mirror", "lens"))) == [
        "Deep mirrors",
        "Deep lenses",
        "Flat mirrors",
    ]
    assert found(Query("Mine", topics=("Mirrors",), phrases=("deep",))) == ["Deep mirrors"]
    assert found(Query("Mine", phrases=("地震",))) == ["深度学习的地震检测"]


def test_a_paper_is_read_once_for_all_saved_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cutting a paper into words takes a millisecond: with thousands, once is enough."""
    read: list[str] = []

    def tokenize(text: str) -> list[Word]:
        read.append(text)
        return cut(text)

    monkeypatch.setattr(import_module("digest.outputs.feeds.channels"), "tokenize", tokenize)
    queries = tuple(Query(f"Search {number}", phrases=("far objects",)) for number in range(3))
    title = "A title that no other test has"
    digest = a_digest([a_paper(1, title=title)], replace(SITE, queries=queries))
    templates = Templates(Path("none"))
    list(feeds.OUTPUT.render(digest, templates))
    list(subscribe.OUTPUT.render(digest, templates))
    assert read.count(title) == 1


def test_a_saved_search_of_an_unknown_topic_is_an_error() -> None:
    """Else its feed would stay empty, and nobody would know why."""
    with pytest.raises(ConfigError, match=r"'Miror'; did you mean 'Mirrors'\?"):
        found(Query("Mine", topics=("Miror",)))


def test_the_subscribe_page_names_every_feed() -> None:
    """People find what programs find."""
    digest = a_digest(many(2, 2), replace(SITE, queries=(Query("Far", phrases=("far",)),)))
    [page] = subscribe.OUTPUT.render(digest, Templates(Path("none")))
    for address in feeds.addresses(digest):
        assert f'href="../{address.removeprefix(SITE.url)}"' in page.make().decode()
    assert "feeds.opml" in page.make().decode()


# --- hostile text --------------------------------------------------------------------------------

PIECES = [
    "<script>alert(1)</script>", "</title><item>", "]]>", "<![CDATA[", "&amp;lt;", "&#0;", "<img src=x onerror=alert(1)>",
    "\x00\x0b\x1b", "\ufffe\uffff", "\ud800", "\u202e", "javascript:alert(1)", "\r\nBcc: a@b.c", "{{ 7*7 }}", "{% raw %}",
    "'\"`", "<", "&", "𝔘", "α ≤ β", "--> <!--", "<?xml?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "a" * 3000, " ",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=6).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=hostile, abstract=hostile, name=hostile, url=hostile, cleaned=st.booleans())
def test_feeds_are_well_formed_and_safe_whatever_the_text_holds(
    title: str, abstract: str, name: str, url: str, cleaned: bool
) -> None:
    """Whether or not the text went through the pipeline's own cleaning."""
    clean = visible if cleaned else str
    title, abstract, name = clean(title).strip() or "x", clean(abstract), clean(name)
    paper = a_paper(1, title=title, abstract=abstract, tldr=abstract[:100], authors=(name,), venue=name,
                    keyphrases=(name,), links=(Link("https://x.org/" + url), Link(url), Link("javascript:" + url)),
                    topics=(Assignment("Mirrors", 1.0),))  # fmt: skip
    site = replace(SITE, name="Optics " + title, description=abstract.strip() or "x")
    written = files(a_digest([paper], site))
    blank = (
        "is blank",
        "has no name",
        "has no term",
        "cannot be",
    )  # of a title or name of nothing but what XML forbids
    assert [
        wrong
        for wrong in complaints(written)
        if not (not cleaned and any(map(wrong.__contains__, blank)))
    ] == []


def test_1300_hostile_papers_make_well_formed_feeds() -> None:
    """No script, no broken XML, no document too large."""
    papers = [
        a_paper(number, title=visible("".join(chosen)), abstract=visible(" ".join(chosen) * (number % 40)),
                tldr=visible(chosen[0]) or "x", authors=(visible(chosen[1]) or "x",))
        for number, chosen in enumerate(itertools.islice(itertools.cycle(itertools.permutations(PIECES, 3)), 1300))
    ]  # fmt: skip
    papers = [replace(paper, title=paper.title.strip() or "x", authors=("x",)) for paper in papers]
    assert complaints(files(a_digest(papers))) == []


def test_one_endless_abstract_fits() -> None:
    """A megabyte pasted as one abstract is cut, not published."""
    paper = a_paper(
        1,
        abstract="<&" * 500_000,
        title="<&" * 500_000,
        tldr="&" * 500_000,
        authors=("&" * 9999,) * 999,
    )
    assert complaints(files(a_digest([paper]))) == []


# --- real readers --------------------------------------------------------------------------------


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a folder on loopback, as a static host does."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            """Two builds of a test may fall into one second, which is all that this header
            tells."""
            del self.headers["If-Modified-Since"]
            super().do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


TITLES = ["Mirrors that sharpen", "Lenses that bend", "Prisms that part"]
BODIES = [
    "Far stars are blurred by the air above us. We present a mirror that bends under a computer's control and sharpens them.",
    "Glass is heavy and costly to grind for large telescopes. We propose lenses of liquid whose shape follows a voltage.",
    "White light hides what it is made of. We introduce prisms of crystal that part it into twice as many colours.",
]


def seeds(folder: Path, titles: list[str], name: str) -> None:
    """Put one document of papers into the folder, and no other."""
    shutil.rmtree(folder / "seeds" / "docs", ignore_errors=True)
    (folder / "seeds" / "docs").mkdir(parents=True)
    records = [
        f"Title: {title}\nAbstract: {body}\n" for title, body in zip(titles, BODIES, strict=True)
    ]
    (folder / "seeds" / "docs" / name).write_text("\n".join(records))


def build(folder: Path, url: str, today: datetime.date) -> None:
    options = Options(feed_id="d9")
    pipeline.build(
        Settings(folder, folder / "site_src", folder / "site", "Optics", url, "", options), today
    )


def step(folder: Path, name: str, url: str) -> None:
    titles = TITLES if name in ("first", "rebuilt") else ["Mirrors which sharpen", *TITLES[1:]]
    seeds(
        folder,
        titles,
        "2025-03-11.txt" if name in ("first", "rebuilt", "retitled") else "2025-03-11-renamed.txt",
    )
    day = {"first": 20, "rebuilt": 21, "retitled": 22, "renamed": 23, "moved": 24}[name]
    build(folder, url, datetime.date(2026, 11, day))


def test_a_reader_sees_no_item_twice_and_the_corrected_one_updated(tmp_path: Path) -> None:
    """The library `reader`, in each format: after a rebuild, a retitled paper, a renamed seed and a
    moved domain."""
    files = ("feed.xml", "atom.xml", "feed.json")
    clients = {file: reader_library.make_reader(":memory:") for file in files}
    seen: dict[str, dict[str, str]] = {}
    with served(tmp_path / "site_src") as old, served(tmp_path / "site_src") as new:
        step(tmp_path, "first", old)
        for file, client in clients.items():
            client.add_feed(f"{old}papers/{file}")
            client.update_feeds()
            seen[file] = {entry.id: entry.title for entry in client.get_entries()}
            assert sorted(seen[file].values()) == sorted(TITLES), file
            for entry in client.get_entries():
                client.mark_entry_as_read(entry)
        for name in ("rebuilt", "retitled", "renamed"):
            step(tmp_path, name, old)
            for file, client in clients.items():
                client.update_feed(f"{old}papers/{file}")
                now = {entry.id: entry.title for entry in client.get_entries()}
                assert now.keys() == seen[file].keys(), (file, name)
                assert ("Mirrors which sharpen" in now.values()) == (name != "rebuilt"), file
        step(tmp_path, "moved", new)
        for file, client in clients.items():
            client.change_feed_url(f"{old}papers/{file}", f"{new}papers/{file}")
            client.update_feed(f"{new}papers/{file}")
            assert {entry.id for entry in client.get_entries()} == seen[file].keys(), file
            assert all(entry.read for entry in client.get_entries()), file


def test_feedparser_reads_every_feed_as_it_is_served(tmp_path: Path) -> None:
    """No complaint, every item once, dates understood."""
    with served(tmp_path / "site_src") as url:
        step(tmp_path, "first", url)
        for file in ("feed.xml", "atom.xml", "papers/feed.xml", "papers/atom.xml"):
            found = feedparser.parse(url + file)
            assert not found.bozo, (file, found.get("bozo_exception"))
            assert (
                len({entry.id for entry in found.entries})
                == len(found.entries)
                == (3 if "/" in file else 1)
            )
            assert {entry.published_parsed[:3] for entry in found.entries} == {(2025, 3, 11)}
            assert all(entry.content[0].value for entry in found.entries)


@pytest.mark.skipif(
    not shutil.which("newsboat"), reason="the feed reader newsboat is not installed"
)
def test_newsboat_sees_no_item_twice_and_the_corrected_one_updated(tmp_path: Path) -> None:
    """The same life of a digest, in the reader of a terminal."""

    def titles(url: str) -> list[str]:
        (tmp_path / "urls").write_text(f"{url}papers/atom.xml\n")
        command = [
            "newsboat",
            "-q",
            "-u",
            tmp_path / "urls",
            "-c",
            tmp_path / "cache.db",
            "-C",
            "/dev/null",
            "-x",
            "reload",
        ]
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        )
        with sqlite3.connect(tmp_path / "cache.db") as cache:
            return sorted(
                title for (title,) in cache.execute("select title from rss_item where deleted = 0")
            )

    with served(tmp_path / "site_src") as old, served(tmp_path / "site_src") as new:
        for name in ("first", "rebuilt", "retitled", "renamed", "moved"):
            url = new if name == "moved" else old
            step(tmp_path, name, url)
            first = (
                "Mirrors that sharpen" if name in ("first", "rebuilt") else "Mirrors which sharpen"
            )
            assert titles(url) == sorted([first, *TITLES[1:]]), name
