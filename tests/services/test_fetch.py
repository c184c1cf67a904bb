"""Fetching: the real program against sources on loopback, in good and in bad health."""

from __future__ import annotations

import json
import re
import shutil
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import trustme

from digest.mkdocs import scaffold
from digest.services import fetch, web
from digest.services.fetch import asking, orders
from tests.conftest import DAY, Done, Folder
from tests.services import sources
from tests.services.faults import CONTENT, HARMLESS, TRANSPORT, said_of
from tests.services.sources import PAGED, QUERIES, Fault, Served, serve, works

TOMORROW = DAY + timedelta(1)
SIZED = ("arxiv", "openreview", "pubmed", "europepmc", "openalex", "inspire", "zotero")
KINDS = tuple(QUERIES)


@pytest.fixture(autouse=True)
def _small_and_hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of five papers, no pauses, little patience."""
    for kind in SIZED:
        monkeypatch.setattr(import_module(f"digest.services.fetch.{kind}_source"), "_SIZE", 5)
    monkeypatch.setattr(fetch, "SOURCES", tuple(replace(each, pause=0) for each in fetch.SOURCES))
    monkeypatch.setattr(web, "TRIES", 2)
    monkeypatch.setattr(web, "TIMEOUT", 0.2)
    monkeypatch.setattr(web, "LONGEST", 0.3)
    monkeypatch.setattr(orders, "LARGEST", 400_000)


@pytest.fixture
def served() -> Iterator[Served]:
    with serve(works(12, DAY)) as each:
        yield each


def configure(folder: Folder, *entries: dict[str, Any], contact: str = "me@example.org") -> Folder:
    """Write the option `fetch`."""
    file = folder.path / "mkdocs.yml"
    lines = f"      contact: {contact}\n" if contact else ""
    lines += f"      fetch: {json.dumps(entries)}\n"
    text = file.read_text().partition("      # fetched\n")
    head, _, tail = text[0].partition("  - digest:\n")
    rest = tail.partition("      # end\n")[2] if "# end" in tail else tail
    file.write_text(f"{head}  - digest:\n{lines}      # end\n{rest}")
    return folder


def documents(folder: Folder) -> dict[str, bytes]:
    """Everything below seeds/."""
    return {path.name: path.read_bytes() for path in sorted((folder.path / "seeds").iterdir())}


def stored(folder: Folder) -> list[str]:
    """The names of the documents."""
    own = ("sources.yml", "fetched.jsonl", "README.md")
    return [name for name in documents(folder) if name not in own and name[0] != "."]


def add_three(served: Served) -> None:
    """Let every source have three papers more than yesterday."""
    served.works[:0] = works(3, TOMORROW, 12)


# --- in good health -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_source_is_fetched_and_published_as_it_came(
    folder: Folder, served: Served, kind: str
) -> None:
    """Every page is stored byte for byte, dated, with where from, and read as papers."""
    done = configure(folder, served.entry(kind)).run("fetch")
    assert done.returncode == 0, done.stderr
    assert "12 papers, 12 of them new" in done.stderr
    files = [Path(line) for line in done.stdout.splitlines()]
    assert all(file.name.startswith(f"{DAY}-") for file in files)
    answers = {served.reply(f"/{kind}/{path}").body for path in served.paths(kind)}
    assert {file.read_bytes() for file in files} <= answers
    notes = (folder.path / "seeds/sources.yml").read_text()
    assert notes.count(f"url: {served.address}/{kind}") == len(files)
    papers = folder.json("papers", "--json")
    assert {paper["title"] for paper in papers} == {work["title"] for work in served.works}


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_is_new_is_stored(folder: Folder, served: Served, kind: str) -> None:
    """The same list again costs nothing; a longer one brings only the pages with new papers."""
    configure(folder, served.entry(kind)).run("fetch")
    before = documents(folder)
    again = folder.run("fetch", today=TOMORROW)
    assert again.returncode == 0
    assert ": nothing new, the same papers as 2025-03-12" in again.stderr
    assert {**documents(folder), "fetched.jsonl": b""} == {**before, "fetched.jsonl": b""}
    add_three(served)
    more = folder.run("fetch", today=TOMORROW)
    assert "15 papers, 3 of them new" in more.stderr
    assert len(more.stdout.splitlines()) == 1


def test_papers_that_come_again_keep_their_day(folder: Folder, served: Served) -> None:
    """A page that has old papers beside new ones brings none of the old ones back."""
    configure(folder, served.entry("huggingface")).run("fetch")
    folder.build()
    add_three(served)
    folder.run("fetch", today=TOMORROW)
    folder.build(TOMORROW)
    days = [paper["date"] for paper in folder.json("papers", "--json", today=TOMORROW)]
    assert sorted(days) == [str(DAY)] * 12 + [str(TOMORROW)] * 3


def test_a_source_knows_who_asks(folder: Folder, served: Served, monkeypatch: Any) -> None:
    """One user agent with the contact; a key goes to its source, and into no file or message."""
    monkeypatch.setenv("ZOTERO_API_KEY", "s3cret")
    monkeypatch.setenv("OPENALEX_API_KEY", "s3cret")
    kinds = ("zotero", "openalex", "pubmed")
    done = configure(folder, *map(served.entry, kinds)).run("fetch")
    assert {headers["User-Agent"] for _, _, headers in served.asked} == {
        served.asked[0][2]["User-Agent"]
    }
    assert "mailto:me@example.org" in served.asked[0][2]["User-Agent"]
    assert all(h["Zotero-API-Key"] == "s3cret" for k, _, h in served.asked if k == "zotero")
    assert all("api_key=s3cret" in path for path in served.paths("openalex"))
    assert "email=me%40example.org" in served.paths("pubmed")[0]
    files = [file for file in folder.path.rglob("*") if file.is_file()]
    assert not any(b"s3cret" in file.read_bytes() for file in files)
    assert "s3cret" not in done.stdout + done.stderr


def _validated(etag: str) -> Fault:
    def answer(handler: Any, reply: sources.Reply) -> None:
        same = handler.headers.get("If-None-Match") == etag
        body, status = (b"", 304) if same else (reply.body, 200)
        sources.send(handler, replace(reply, body=body, status=status), ETag=etag)

    return answer


@pytest.mark.parametrize("kind", ["feed", "web", "dblp", "huggingface"])
def test_what_has_not_changed_is_not_sent_again(folder: Folder, served: Served, kind: str) -> None:
    """The validator of the last answer goes with the question, and 304 is an answer."""
    served.fault = lambda kind, path: _validated('"v1"')
    configure(folder, served.entry(kind)).run("fetch")
    again = folder.run("fetch", today=TOMORROW)
    assert again.returncode == 0
    assert "nothing new, unchanged since 2025-03-12" in again.stderr
    assert served.asked[-1][2]["If-None-Match"] == '"v1"'
    add_three(served)
    served.fault = lambda kind, path: _validated('"v2"')
    assert "3 of them new" in folder.run("fetch", today=TOMORROW).stderr


@pytest.mark.parametrize(
    "charset", ["windows-1252", "iso-8859-15", "shift_jis", "gb2312", "utf-16"]
)
def test_a_feed_may_be_in_any_charset(folder: Folder, served: Served, charset: str) -> None:
    """As long as it is in the one that it declares."""

    def encoded(handler: Any, reply: sources.Reply) -> None:
        text = reply.body.decode().replace('"UTF-8"', f'"{charset}"', 1)
        sources.send(handler, replace(reply, body=text.encode(charset)))

    served.fault = lambda kind, path: encoded
    done = configure(folder, served.entry("feed")).run("fetch")
    assert done.returncode == 0, done.stderr
    assert "12 papers" in done.stderr


@pytest.mark.parametrize("kind", PAGED)
def test_a_run_that_was_broken_off_goes_on_with_the_next_page(
    folder: Folder, served: Served, kind: str
) -> None:
    """Pages that have come are not asked for again, and none is stored before the last."""
    pages = len(served.asked)

    def stop(kind: str, path: str) -> Fault | None:
        return TRANSPORT["500"] if len(served.asked) > pages + 2 else None

    served.fault = stop
    failed = configure(folder, served.entry(kind)).run("fetch")
    assert failed.returncode == 1
    assert stored(folder) == []
    served.fault = lambda kind, path: None
    served.asked.clear()
    done = folder.run("fetch")
    assert done.returncode == 0
    assert "12 papers" in done.stderr
    assert len(served.asked) == 1


def test_what_was_missed_is_asked_for(folder: Folder, served: Served) -> None:
    """After three weeks without a run the question reaches back to the last one."""
    configure(folder, served.entry("arxiv")).run("fetch")
    served.works[:0] = works(3, DAY + timedelta(21), 12)
    served.asked.clear()
    folder.run("fetch", today=DAY + timedelta(21))
    assert "submittedDate%3A%5B202503110000+TO+202504022359%5D" in served.paths("arxiv")[0]
    folder.run("fetch", "--since", "2025-01-02", today=DAY + timedelta(21))
    assert "%5B202501020000+TO" in served.paths("arxiv")[-1]


def test_sources_are_named(folder: Folder, served: Served) -> None:
    """By their kind or by their name; a name misspelt is wrong usage, and gets the nearest."""
    entries = ({**served.entry("arxiv"), "name": "Morning list"}, served.entry("feed"))
    configure(folder, *entries)
    assert folder.run("fetch", "feed").returncode == 0
    assert {kind for kind, _, _ in served.asked} == {"feed"}
    done = folder.run("fetch", "morning-list")
    assert f"{DAY}-morning-list.xml" in done.stdout
    wrong = folder.run("fetch", "feeds")
    assert wrong.returncode == 2
    assert "did you mean 'feed'?" in wrong.stderr


def test_a_dry_run_asks_nobody(folder: Folder, served: Served) -> None:
    """It says what would be asked."""
    done = configure(folder, *map(served.entry, KINDS)).run("fetch", "--dry-run")
    assert len(done.stdout.splitlines()) == len(KINDS)
    assert f"arXiv cs.LG cs.CL: {served.address}/arxiv/query?search_query=" in done.stdout
    assert served.asked == []
    assert stored(folder) == []


# --- settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"arxive": "cs.LG"}, "knows no source 'arxive'; did you mean 'arxiv'?"),
        ({"arxiv": "machine learning"}, "'arxiv' expects categories (cs.LG hep-th) or a query"),
        ({"huggingface": "weekly"}, "'huggingface' expects the word daily, found 'weekly'"),
        ({"dblp": "Ada Lovelace"}, "'dblp' expects an author's id or page"),
        ({"zotero": "my group"}, "'zotero' expects the number of a group"),
        ({"openreview": "ICLR"}, "'openreview' expects the id of a venue"),
        ({"imap": "imap.example.org"}, "'imap' expects a server and a folder"),
        ({"feed": "file:///etc/passwd"}, "'feed' expects an address"),
        ({"feed": "https://me:pw@example.org/"}, "'feed' expects an address"),
        ({"web": "ftp://example.org/a.bib"}, "'web' expects an address"),
        ({"arxiv": "cs.LG", "nam": "x"}, "one source and its query"),
        ({"arxiv": ""}, "'fetch: arxiv' expects a query, found ''"),
        ({"arxiv": "cs.LG", "days": "many"}, "'fetch: arxiv: days' expects a whole number"),
        ({"arxiv": "cs.LG", "at": "file:///x"}, "'fetch: arxiv: at' expects a https:// address"),
        ({"arxiv": "cs.LG", "at": "https://me:pw@x.org"}, "without a password, found 'x.org'"),
        ("arxiv", "expects entries with one source and its query"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_wrong_entry_is_named(folder: Folder, entry: Any, message: str) -> None:
    """The message says what stands there, what was expected, and the nearest that is known."""
    done = configure(folder, entry).run("fetch")
    assert done.returncode == 1
    assert message in done.stderr
    assert "mkdocs.yml" in done.stderr


def test_nothing_listed_is_nothing_to_fetch(folder: Folder) -> None:
    """Nobody is asked, and a job of every morning goes on."""
    done = folder.run("fetch")
    assert done.returncode == 0
    assert "nothing is listed under 'fetch:'" in done.stderr


@pytest.mark.parametrize("source", fetch.SOURCES, ids=lambda source: source.name)
def test_a_source_describes_itself(source: fetch.FetchSource) -> None:
    """Its example is a query that it takes; it has a pause, and an address unless it needs none."""
    assert source.name.isalpha()
    assert source.complaint(source.example) == ""
    assert source.base_url.startswith("https://") or source.name in ("feed", "web", "imap")
    assert len({each.name for each in fetch.SOURCES}) == len(fetch.SOURCES)


# --- in bad health --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mornings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    """Digests that had a good first day, one for each kind of source, to be copied."""
    place = tmp_path_factory.mktemp("mornings")
    made: dict[str, Path] = {}
    yield lambda kind: made.setdefault(kind, place / kind)
    made.clear()


@pytest.fixture
def second_day(
    tmp_path: Path, served: Served, mornings: Callable[[str], Path]
) -> Callable[[str], Folder]:
    """Make a digest with a good first day, and three new papers on the second.

    The sources are asked through addresses that differ between tests, so what is
    remembered of the first day is under the key of the query, not of the address.
    """

    def make(kind: str) -> Folder:
        entry = {**served.entry(kind), "name": f"the {kind}"}
        healthy = {**served.entry("huggingface" if kind != "huggingface" else "arxiv")}
        kept = mornings(kind)
        folder = Folder(tmp_path / "news")
        if kept.is_dir() and kind not in ("feed", "web"):
            shutil.copytree(kept, folder.path)
            configure(folder, entry, healthy)
        else:
            scaffold.create(folder.path)
            assert configure(folder, entry, healthy).run("fetch").returncode == 0
            if not kept.is_dir():
                shutil.copytree(folder.path, kept)
        add_three(served)
        served.asked.clear()
        return folder

    return make


QUICK = ("arxiv", "europepmc")
"""Sources with which every fault is tried in the quick part: one in XML, one in JSON."""


def _cases(names: Any) -> list[Any]:
    return [
        pytest.param(kind, name, marks=() if kind in QUICK else pytest.mark.slow)
        for kind in KINDS
        for name in names
        if (name, kind) not in HARMLESS
    ]


@pytest.mark.parametrize(("kind", "name"), _cases([*TRANSPORT, *CONTENT]))
def test_a_bad_answer_is_never_stored(
    second_day: Callable[[str], Folder], served: Served, kind: str, name: str
) -> None:
    """It is said with its source, the last good day stays, the others are fetched, and the next
    run has what was missed."""
    folder = second_day(kind)
    before = documents(folder)
    fault = {**TRANSPORT, **CONTENT}[name]
    served.fault = lambda asked, path: fault if asked == kind else None
    bad = folder.run("fetch", today=TOMORROW)
    line = assert_only_the_other_was_stored(folder, bad, before, kind)
    assert re.search(said_of(name, kind), line), line
    served.fault = lambda kind, path: None
    good = folder.run("fetch", today=TOMORROW)
    assert good.returncode == 0, good.stderr
    assert f"the {kind}: 15 papers, 3 of them new" in good.stderr


def assert_only_the_other_was_stored(
    folder: Folder, bad: Done, before: dict[str, bytes], kind: str
) -> str:
    """The message names the source and what to expect of it; nothing of it is stored."""
    assert bad.returncode == 1, bad.stderr
    assert "Traceback" not in bad.stderr
    (line,) = (line for line in bad.stderr.splitlines() if line.startswith(f"the {kind}:"))
    assert "nothing was stored; what was fetched on 2025-03-12 stays" in line
    assert "2 sources asked: 3 new papers, 0 with nothing new, 1 source failed" in bad.stderr
    after = documents(folder)
    assert all(after[name] == data for name, data in before.items() if name in stored(folder))
    assert not any(f"-the-{kind}" in name for name in set(after) - set(before))
    lines = (
        file["fetched.jsonl"].decode().splitlines() for file in (before, after)
    )  # what is remembered of the source is as before
    first, second = ([each for each in every if f'"{kind} ' in each] for every in lines)
    assert first == second
    return line


# --- whole answers that cannot be right -----------------------------------------------------------


def test_an_answer_of_half_the_papers_is_asked_about(
    second_day: Callable[[str], Folder], served: Served
) -> None:
    """It is not stored unless a person says that it is right."""
    folder = second_day("dblp")
    del served.works[1:]
    bad = folder.run("fetch", "dblp", today=TOMORROW)
    assert bad.returncode == 1
    assert "expected about 12 papers as last time, found 1" in bad.stderr
    assert "--accept" in bad.stderr
    good = folder.run("fetch", "dblp", "--accept", today=TOMORROW)
    assert good.returncode == 0
    assert "1 paper, 1 of them new" in good.stderr


@pytest.mark.parametrize("kind", ["arxiv", "biorxiv"])
@pytest.mark.parametrize(("shift", "said"), [(-90, "found none after"), (90, "expected papers up")])
def test_old_papers_and_those_of_the_future_are_no_news(
    second_day: Callable[[str], Folder], served: Served, kind: str, shift: int, said: str
) -> None:
    """A source that lists by day has papers of these days."""
    folder = second_day(kind)
    served.works[:] = works(12, TOMORROW + timedelta(shift), 40)
    bad = folder.run("fetch", kind, today=TOMORROW)
    assert bad.returncode == 1
    assert said in bad.stderr
    assert not any("-13-" in name for name in stored(folder))


@pytest.mark.parametrize("kind", KINDS)
def test_a_source_that_is_quiet_for_too_long_fails(
    folder: Folder, served: Served, kind: str
) -> None:
    """Yesterday's answer again is nothing new; when it has been so for long, something is wrong."""
    configure(folder, served.entry(kind)).run("fetch")
    quiet = next(each.quiet for each in fetch.SOURCES if each.name == kind)
    patient = folder.run("fetch", today=DAY + timedelta(min(quiet, 5)))
    assert patient.returncode == 0, patient.stderr
    bad = folder.run("fetch", today=DAY + timedelta(quiet + 1))
    assert bad.returncode == 1
    assert "found nothing since 2025-03-12" in bad.stderr or "found none after" in bad.stderr
    assert folder.run("fetch", "--accept", today=DAY + timedelta(quiet + 1)).returncode == 0
    assert folder.run("fetch", "--accept", today=DAY + timedelta(quiet + 2)).returncode == 0


@pytest.mark.parametrize("kind", ["arxiv", "europepmc", "openalex", "inspire", "openreview"])
def test_a_source_that_says_it_has_none_has_nothing_new(
    second_day: Callable[[str], Folder], served: Served, kind: str
) -> None:
    """An explicit count of nothing is an answer, once there was something before."""
    folder = second_day(kind)
    served.works.clear()
    done = folder.run("fetch", kind, "--accept", today=TOMORROW)
    assert done.returncode == 0
    assert "nothing new" in done.stderr


def test_a_query_that_never_found_anything_is_asked_about(folder: Folder, served: Served) -> None:
    """The first answer has papers in it, or the query is not what was meant."""
    served.works.clear()
    done = configure(folder, served.entry("arxiv")).run("fetch")
    assert done.returncode == 1
    assert "is the query what was meant?" in done.stderr


# --- paging that goes wrong -----------------------------------------------------------------------


def _page(number: int, first: bytes) -> Fault:
    return lambda handler, reply: sources.send(handler, replace(reply, body=first))


@pytest.mark.parametrize("kind", PAGED)
def test_the_same_page_again_is_an_error(
    second_day: Callable[[str], Folder], served: Served, kind: str
) -> None:
    """Whether the page has another address or leads back to itself, nothing is stored."""
    folder = second_day(kind)
    before = documents(folder)
    first: list[bytes] = []

    def repeat(asked: str, path: str) -> Fault | None:
        if asked != kind:
            return None
        first.append(served.reply(f"/{asked}/{path}").body)
        return _page(len(first), first[0])

    served.fault = repeat
    bad = folder.run("fetch", today=TOMORROW)
    line = assert_only_the_other_was_stored(folder, bad, before, kind)
    assert "found the same again" in line or "was sent back to" in line
    assert len(served.paths(kind)) <= asking.MOST_PAGES


@pytest.mark.parametrize("kind", PAGED)
@pytest.mark.parametrize("name", ["404", "half"])
def test_a_page_that_is_missing_costs_the_answer(
    second_day: Callable[[str], Folder], served: Served, kind: str, name: str
) -> None:
    """Two good pages and a bad one are no answer; the next run needs only the bad one."""
    folder = second_day(kind)
    before = documents(folder)
    fault = {**TRANSPORT, **CONTENT}[name]

    def third(asked: str, path: str) -> Fault | None:
        return fault if asked == kind and len(served.paths(kind)) > 2 else None

    served.fault = third
    bad = folder.run("fetch", today=TOMORROW)
    assert_only_the_other_was_stored(folder, bad, before, kind)
    served.fault = lambda kind, path: None
    served.asked.clear()
    assert folder.run("fetch", today=TOMORROW).returncode == 0
    assert len(served.paths(kind)) == 1


def test_an_answer_without_end_is_given_up(
    second_day: Callable[[str], Folder], served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are only so many pages."""
    monkeypatch.setattr(asking, "MOST_PAGES", 2)
    folder = second_day("semanticscholar")
    bad = folder.run("fetch", "semanticscholar", today=TOMORROW)
    assert bad.returncode == 1
    assert "expected at most 2 pages, found no end" in bad.stderr


def test_fewer_papers_than_announced_are_a_part(
    second_day: Callable[[str], Folder], served: Served
) -> None:
    """A source that says it has fifteen papers and gives ten has not answered."""
    folder = second_day("arxiv")

    def thin(asked: str, path: str) -> Fault | None:
        def answer(handler: Any, reply: sources.Reply) -> None:
            text = reply.body.decode()
            for _ in range(2):
                text = sources.without(text, r"<entry>.*?</entry>")
            sources.send(handler, replace(reply, body=text.encode()))

        return answer

    served.fault = thin
    bad = folder.run("fetch", "arxiv", today=TOMORROW)
    assert "expected 15 papers, found 9: a part only" in bad.stderr


# --- TLS ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def _no_trust_kept() -> Iterator[None]:
    """Whom to believe is looked up anew, before and after."""
    web.trust.cache_clear()
    yield
    web.trust.cache_clear()


@pytest.mark.usefixtures("_no_trust_kept")
@pytest.mark.parametrize("names", [["127.0.0.1"], ["example.org"]], ids=["trusted", "another name"])
def test_a_certificate_has_to_be_good(
    folder: Folder, authority: trustme.CA, tmp_path: Path, monkeypatch: Any, names: list[str]
) -> None:
    """TLS to a server whose certificate is unknown or somebody else's is no answer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    with serve(works(12, DAY), context) as served:
        configure(folder, served.entry("arxiv"))
        unknown = folder.run("fetch")
        assert unknown.returncode == 1
        assert "certificate verify failed" in unknown.stderr
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        web.trust.cache_clear()
        known = folder.run("fetch")
    assert known.returncode == (0 if names == ["127.0.0.1"] else 1), known.stderr


def test_no_tls_where_it_was_expected(folder: Folder, served: Served) -> None:
    """A server that speaks plain HTTP where TLS was asked for is not fallen back to."""
    entry = served.entry("arxiv")
    configure(folder, {**entry, "at": entry["at"].replace("http:", "https:")})
    done = folder.run("fetch")
    assert done.returncode == 1
    assert "arXiv cs.LG cs.CL: no answer (" in done.stderr
    assert served.asked == []


# --- what was fetched last ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["<<<<<<< HEAD", "{", "[]", '{"source": "arxiv x", "day": "soon"}', "[" * 9_000]
)
def test_a_damaged_line_costs_that_source_only(
    second_day: Callable[[str], Folder], served: Served, line: str
) -> None:
    """It is said, and nothing is published twice: the documents are there already."""
    folder = second_day("arxiv")
    file = folder.path / "seeds/fetched.jsonl"
    kept = file.read_text().splitlines()
    file.write_text("\n".join([line, kept[1]]) + "\n")
    done = folder.run("fetch", today=TOMORROW)
    assert done.returncode == 0
    assert "fetched.jsonl:1: expected what was fetched last" in done.stderr
    assert "15 papers, 15 of them new" in done.stderr
    papers = folder.json("papers", "--json", today=TOMORROW)
    assert len(papers) == 15


def test_an_answer_that_was_not_right_is_asked_for_again(
    second_day: Callable[[str], Folder], served: Served
) -> None:
    """Pages that wait for the rest are kept; those of a whole answer that was refused are not."""
    folder = second_day("arxiv")
    (every, served.works) = (served.works, served.works[:2])
    assert folder.run("fetch", "arxiv", today=TOMORROW).returncode == 1
    served.works = every
    assert folder.run("fetch", "arxiv", today=TOMORROW).returncode == 0
