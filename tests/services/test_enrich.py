"""Looking papers up: the real client against indexes on loopback, in good and in bad health."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import Options
from digest.errors import UsageError, WebError
from digest.models import Link, Paper, Record
from digest.papers.lookups import fill_papers, load, lookup_file
from digest.papers.lookups.fill import PaperField
from digest.services import enrich
from digest.services.enrich import verification
from digest.services.enrich.queries import LookupQuery, make_query
from digest.services.web import Client
from tests.conftest import COMET, DAY, GRAPH, YEAST, Folder
from tests.services.indexes import Answer, Indexes, serve

WORKS = [
    {
        "id": "2503.00001",
        "title": "Two tails of a comet",
        "abstract": COMET,
        "authors": ["Ada Lovelace", "Jan Oort"],
        "date": "2025-03-01",
        "doi": "10.1000/comet",
        "venue": "Annals of Comets",
        "code": "https://github.com/oort/tails",
    },
    {
        "id": "2503.00002",
        "title": "A chaperone rejuvenates yeast mothers",
        "abstract": YEAST,
        "authors": ["Barbara Liskov"],
    },
    {
        "id": "2503.00003",
        "title": "Dust release near perihelion explains a comet's tail",
        "abstract": "We present a model of dust release from a comet near perihelion, and compare it with"
        " observations of the tail found on archival plates. Two pieces are explained.",
        "authors": ["Gerard Kuiper"],
    },
]
BY_ABSTRACT = ("arxiv", "huggingface", "openalex", "semanticscholar")


@pytest.fixture
def indexes() -> Iterator[Indexes]:
    with serve(WORKS) as served:
        yield served


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def ask(
    indexes: Indexes, *names: str, clock: Clock | None = None, **options: Any
) -> list[enrich.IndexSession]:
    """Indexes of these names, served on loopback, with a clock of their own."""
    clock = clock or Clock()
    known = {index.name: index for index in enrich.INDEXES}
    return [
        enrich.IndexSession(
            known[name],
            Client(
                known[name].label,
                indexes.base(name),
                pause=known[name].pause,
                sleep=clock.sleep,
                clock=clock,
                **options,
            ),
        )
        for name in names
    ]


def paper(abstract: str = "", title: str = "", id: str = "k3v9q2xa", **known: Any) -> Paper:
    return Paper(id, DAY, title, "seed" if title else "headline", abstract, **known)


def look_up(
    papers: list[Paper], asked: list[enrich.IndexSession], place: Path, **options: Any
) -> tuple[list[Paper], list[str]]:
    """Look papers up, and give them as a later build has them, and what was said."""
    said: list[str] = []
    file = place / "index.jsonl"
    enrich.enrich(papers, asked, file, options.pop("today", DAY), say=said.append, **options)
    return fill_papers(papers, load(file)[0]), said


# --- the list of indexes -------------------------------------------------------------------------


@pytest.mark.parametrize("index", enrich.INDEXES, ids=lambda index: index.name)
def test_an_index_describes_itself_completely(index: enrich.Index) -> None:
    """An index has a lower-case name, an https address, hosts, a pause, and fields it provides."""
    assert index.name.isalpha()
    assert index.name.islower()
    assert index.label
    base = urlsplit(index.base_url)
    assert base.scheme == "https"
    assert base.netloc in index.hosts
    assert index.pause > 0
    assert index.provides
    assert index.provides <= frozenset(get_args(PaperField))
    assert index.key_variable or not index.key_required


def test_no_two_indexes_share_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in mkdocs.yml means one index; the default means all that can be asked."""
    monkeypatch.delenv("OPENALEX_API_KEY", raising=False)
    names = [index.name for index in enrich.INDEXES]
    assert len({*names, enrich.ALL}) == len(names) + 1
    asked = enrich.choose(Options().indexes, "", lambda _: None)
    keyless = [index.name for index in enrich.INDEXES if not index.key_required]
    assert [session.index.name for session in asked] == keyless


@pytest.mark.parametrize("index", enrich.INDEXES, ids=lambda index: index.name)
def test_the_first_request_is_the_surest(index: enrich.Index) -> None:
    """A paper is first asked for by its identifier; every request is an address below the base."""
    known = {"arxiv": "2503.00001", "doi": "10.1000/comet"}
    query = make_query(paper(COMET, title="Two tails of a comet", identifiers=known), {})
    addresses = list(index.requests(query))
    assert any(value in unquote(addresses[0]) for value in known.values())
    for address in addresses:
        parts = urlsplit(address)
        assert not parts.scheme
        assert not parts.netloc
        assert re.fullmatch(r"[a-z][!-~]*", address)


@pytest.mark.parametrize("index", enrich.INDEXES, ids=lambda index: index.name)
def test_a_key_goes_only_to_an_index_that_takes_one(index: enrich.Index) -> None:
    """An API key appears once among the credentials where there is a variable for it, else
    never."""
    credentials = index.credentials("s3cret", "me@example.org")
    sent = [*credentials.parameters.values(), *credentials.headers.values()]
    assert sent.count("s3cret") == bool(index.key_variable)


# --- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BY_ABSTRACT)
def test_an_abstract_finds_its_title(indexes: Indexes, tmp_path: Path, name: str) -> None:
    """A paper of which only the abstract is known gets its title, authors, number and day."""
    [found], _ = look_up([paper(COMET)], ask(indexes, name), tmp_path)
    assert (found.title, found.title_from) == ("Two tails of a comet", "index")
    assert found.authors == ("Ada Lovelace", "Jan Oort")
    assert found.identifiers["arxiv"] == "2503.00001"
    assert found.published == date(2025, 3, 1)


@pytest.mark.parametrize(
    "name", ["arxiv", "crossref", "huggingface", "openalex", "semanticscholar"]
)
def test_a_title_finds_authors(indexes: Indexes, tmp_path: Path, name: str) -> None:
    """A paper of which only the title is known gets its authors and an identifier."""
    known = paper(title="A Chaperone Rejuvenates Yeast Mothers")
    [found], _ = look_up([known], ask(indexes, name), tmp_path)
    assert (found.title, found.title_from) == (known.title, "seed")
    assert found.authors == ("Barbara Liskov",)
    assert found.identifiers


@pytest.mark.parametrize("name", ["arxiv", "huggingface", "semanticscholar"])
def test_a_number_is_the_surest_question(indexes: Indexes, tmp_path: Path, name: str) -> None:
    """A paper with an arXiv number is asked for by it, in one question."""
    known = paper(COMET, identifiers={"arxiv": "2503.00001"})
    [found], _ = look_up([known], ask(indexes, name), tmp_path)
    assert found.title == "Two tails of a comet"
    assert len(indexes.questions(name)) == 1


@pytest.mark.parametrize("name", ["crossref", "openalex", "semanticscholar"])
def test_a_doi_finds_venue_and_authors(indexes: Indexes, tmp_path: Path, name: str) -> None:
    """A paper with a DOI is found by it, where it was published too."""
    known = paper(title="Two tails of a comet", identifiers={"doi": "10.1000/comet"})
    [found], _ = look_up([known], ask(indexes, name), tmp_path)
    assert found.authors == ("Ada Lovelace", "Jan Oort")
    assert found.venue == "Annals of Comets"


def test_code_is_found_for_a_paper_that_another_index_numbered(
    indexes: Indexes, tmp_path: Path
) -> None:
    """What one index found is what the next is asked with; arXiv is no venue."""
    [found], _ = look_up([paper(COMET)], ask(indexes, "arxiv", "huggingface"), tmp_path)
    assert Link("https://github.com/oort/tails", "code") in found.links
    assert indexes.questions("huggingface") == ["api/papers/2503.00001"]
    assert found.venue is None


def test_a_paper_that_wants_nothing_is_not_asked_about(indexes: Indexes, tmp_path: Path) -> None:
    """Indexes hear only of papers without a title, authors or a link."""
    whole = paper(YEAST, "Mine", authors=("Me",), identifiers={"doi": "10.1/x"})
    look_up([whole], ask(indexes, "arxiv", "huggingface"), tmp_path)
    assert indexes.asked == []


# --- accepting -----------------------------------------------------------------------------------


def test_a_paper_that_is_only_alike_is_not_taken(indexes: Indexes, tmp_path: Path) -> None:
    """An index that has not got the paper finds others with its words, and none is accepted."""
    indexes.library.works[0]["abstract"], kept = GRAPH, COMET  # type: ignore[index]
    try:
        [found], _ = look_up([paper(COMET)], ask(indexes, *BY_ABSTRACT), tmp_path)
    finally:
        indexes.library.works[0]["abstract"] = kept  # type: ignore[index]
    assert found.title == ""
    [answer, *_], _ = load(tmp_path / "index.jsonl")
    assert not answer.found


def test_a_wrong_answer_is_not_taken(indexes: Indexes, tmp_path: Path) -> None:
    """An index that answers with another paper than it was asked for is not believed."""
    other = json.dumps({"id": "2503.00001", "title": "Something else", "summary": GRAPH}).encode()
    indexes.trouble = lambda name, count: (200, {}, other)
    known = paper(COMET, identifiers={"arxiv": "2503.00001"})
    [found], _ = look_up([known], ask(indexes, "huggingface"), tmp_path)
    assert found == known


def _record(title: str, abstract: str = "", **known: Any) -> Record:
    return Record("a", 1, "a", 1, title=title, abstract=abstract, **known)


def test_two_answers_that_agree_alike_are_both_left() -> None:
    """One abstract under two titles is doubtful, and nothing doubtful is taken."""
    two = [_record("Two tails of a comet", COMET), _record("A broken comet", COMET)]
    assert verification.best_match(LookupQuery(abstract=COMET), two) is None
    same = [_record("Two tails of a comet", COMET), _record("Two Tails of a Comet", COMET)]
    assert verification.best_match(LookupQuery(abstract=COMET), same)


def test_parts_of_a_series_are_two_papers() -> None:
    """`Part I` is not found under `Part II`."""
    assert not verification.best_match(
        LookupQuery(title="Tails of comets, Part I"), [_record("Tails of Comets, Part II")]
    )


def test_one_title_by_two_people_is_two_papers() -> None:
    """A title that agrees is not enough where the authors do not."""
    known = LookupQuery(title="An introduction to comets", authors=("Ada Lovelace",))
    assert not verification.best_match(
        known, [_record("An introduction to comets", authors=("Jan Oort",))]
    )
    assert verification.best_match(
        known, [_record("An introduction to comets", authors=("A. Lovelace",))]
    )


def test_a_short_title_does_not_speak_for_a_paper() -> None:
    """`Memory Networks` alone is nobody's."""
    assert not verification.best_match(
        LookupQuery(title="Memory Networks"), [_record("Memory networks")]
    )


def test_an_abstract_that_was_cut_short_still_agrees() -> None:
    """A page that shows the beginning of an abstract is about the same paper."""
    whole = " ".join([COMET, YEAST, GRAPH])
    known = LookupQuery(abstract=whole[:420] + "…")
    assert verification.best_match(known, [_record("Three things", whole)])
    assert not verification.best_match(known, [_record("One thing", COMET)])


@pytest.mark.parametrize("known", [{"arxiv": "2503.00001"}, {"doi": "10.1000/comet"}], ids=["arxiv", "doi"])  # fmt: skip
def test_an_identifier_alone_finds_all_of_its_paper(
    indexes: Indexes, tmp_path: Path, known: dict[str, str]
) -> None:
    """Title, abstract and authors come from the index that knows the number, and from no other."""
    bare = Paper("k3v9q2xa", DAY, "", "identifier", "", identifiers=known)
    (found,), _ = look_up([bare], ask(indexes, "arxiv", "crossref", "openalex"), tmp_path)
    assert (found.title, found.title_from) == ("Two tails of a comet", "index")
    assert found.authors == ("Ada Lovelace", "Jan Oort")
    assert found.abstract == COMET


def test_what_documents_say_is_never_overwritten(indexes: Indexes, tmp_path: Path) -> None:
    """An index fills gaps, and changes nothing that a person or a document says."""
    mine = paper(
        COMET,
        "Two tails of a Comet!",
        identifiers={"doi": "10.2000/mine"},
        links=(Link("https://gitlab.com/me/mine", "code"),),
        venue="My Journal",
        published=date(2024, 1, 1),
    )
    [found], _ = look_up([mine], ask(indexes, *BY_ABSTRACT), tmp_path, full=True)
    assert found.authors == ("Ada Lovelace", "Jan Oort")
    assert found.identifiers == {"arxiv": "2503.00001", "doi": "10.2000/mine"}
    unchanged = ("title", "title_from", "links", "venue", "published", "abstract")
    assert [getattr(found, name) for name in unchanged] == [
        getattr(mine, name) for name in unchanged
    ]


# --- manners -------------------------------------------------------------------------------------


def test_arxiv_is_asked_every_three_seconds(indexes: Indexes, tmp_path: Path) -> None:
    """Between two questions to arXiv lie three seconds."""
    clock = Clock()
    papers = [paper(text, id=str(n)) for n, text in enumerate((COMET, YEAST, GRAPH))]
    look_up(papers, ask(indexes, "arxiv", clock=clock), tmp_path)
    assert len(indexes.questions("arxiv")) == len(clock.slept) + 1
    assert set(clock.slept) == {3.0}


def _first(*answers: Answer) -> Callable[[str, int], Answer | None]:
    """Return these answers first, then the real ones."""
    return lambda name, count: answers[count - 1] if count <= len(answers) else None


def test_retry_after_is_honoured(indexes: Indexes, tmp_path: Path) -> None:
    """An index that asks for patience gets it, and is asked again."""
    clock = Clock()
    indexes.trouble = _first((429, {"Retry-After": "17"}, b"Rate exceeded."))
    [found], said = look_up([paper(COMET)], ask(indexes, "arxiv", clock=clock), tmp_path)
    assert clock.slept == [17.0]
    assert found.title
    assert len(said) == 1


def test_pauses_grow_while_an_index_stumbles(indexes: Indexes, tmp_path: Path) -> None:
    """Without a word on when to come back each pause is twice the last."""
    clock = Clock()
    stumble: Answer = (503, {}, b"")
    indexes.trouble = _first(stumble, stumble, stumble)
    [found], _ = look_up([paper(COMET)], ask(indexes, "arxiv", clock=clock), tmp_path)
    assert clock.slept == [6.0, 12.0, 24.0]
    assert found.title


def test_an_index_that_wants_hours_is_left(indexes: Indexes, tmp_path: Path) -> None:
    """Nobody waits an hour; the others go on."""
    clock = Clock()
    indexes.trouble = lambda name, count: (
        (429, {"Retry-After": "3600"}, b"") if name == "arxiv" else None
    )
    asked = ask(indexes, "arxiv", "openalex", clock=clock)
    papers = [paper(COMET), paper(YEAST, id="2")]
    found, said = look_up(papers, asked, tmp_path)
    assert all(each.title for each in found)
    assert len(indexes.questions("arxiv")) == 1
    assert (
        "arXiv: answered 429 Too Many Requests, and asks to come back in 3,600 seconds" in said[1]
    )


@pytest.mark.parametrize(
    "nonsense",
    [b"<html><body>Sign in to the network</body></html>", b'{"results": [{"titl', b"", b"\xff\xfe\x00", b"[[[", b"42",
     b'{"error": "no"}', b"<!DOCTYPE x [<!ENTITY a 'b'>]><feed>&a;</feed>", b"<feed><entry><title>Half"],
)  # fmt: skip
def test_nonsense_costs_a_message_only(indexes: Indexes, tmp_path: Path, nonsense: bytes) -> None:
    """An index that answers nonsense is not taken to have nothing: it is asked again next time."""
    indexes.trouble = lambda name, count: (200, {}, nonsense)
    names = [index.name for index in enrich.INDEXES]
    [found], said = look_up(
        [paper(title="Two tails of a comet, seen twice")], ask(indexes, *names), tmp_path
    )
    assert found.authors == ()
    assert len(said) == 1 + len(names)
    assert load(tmp_path / "index.jsonl") == ([], [])


KEYS = ("results", "message", "status", "items", "data", "paper", "id", "title", "abstract", "authors", "authorships",
        "total", "paperId", "externalIds", "abstract_inverted_index", "primary_location", "DOI", "issued")  # fmt: skip
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("ok"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
)


@given(ANY_JSON)
def test_an_answer_of_any_shape_is_read_or_refused(value: object) -> None:
    """Whatever an index answers, reading it gives records or says that it cannot be read."""
    for index in enrich.INDEXES:
        with suppress(ValueError):
            assert isinstance(index.parse(json.dumps(value)), tuple)


def test_an_index_that_fails_on_and_on_is_left(indexes: Indexes, tmp_path: Path) -> None:
    """After three failures in a row an index is not asked any more in this run."""
    indexes.trouble = lambda name, count: (200, {}, b"oops")
    papers = [paper(COMET, id=str(n)) for n in range(9)]
    _, said = look_up(papers, ask(indexes, "openalex"), tmp_path)
    assert len(indexes.asked) == 3
    assert said[-1].endswith("it is not asked any more in this run")


def test_an_index_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    """A connection refused ends in a sentence with the index's name."""
    client = Client("arXiv", "http://127.0.0.1:9", pause=0, sleep=lambda _: None)
    with pytest.raises(WebError, match=r"arXiv: no answer \(Connection refused\), 4 times"):
        client.get("query")


def test_a_slow_answer_is_given_up() -> None:
    """An index that says nothing is not waited for."""
    with serve(WORKS) as indexes:
        indexes.trouble = lambda name, count: time.sleep(0.4)  # type: ignore[func-returns-value]
        client = Client("arXiv", indexes.base("arxiv"), pause=0, timeout=0.05, sleep=lambda _: None)
        with pytest.raises(WebError, match="timed out"):
            client.get("query?id_list=2503.00001")


def test_an_answer_is_bounded(indexes: Indexes, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer without end is not read to its end."""
    monkeypatch.setattr("digest.services.web.LARGEST", 1_000)
    indexes.trouble = lambda name, count: (200, {}, b" " * 100_000)
    with pytest.raises(WebError, match="more than 1,000 bytes"):
        Client("arXiv", indexes.base("arxiv")).get("query")


def test_an_answer_that_breaks_off_is_asked_for_again(indexes: Indexes) -> None:
    """Half an answer is none."""
    indexes.trouble = _first((200, {"Content-Length": "500", "Connection": "close"}, b"{"))
    client = Client("x", indexes.base("arxiv"), pause=0, timeout=1, sleep=lambda _: None)
    assert "Two tails" in (client.get("query?id_list=2503.00001") or "")


def test_a_redirect_stays_with_the_hosts_agreed_on(indexes: Indexes) -> None:
    """An index may send us on within its house, not to another."""
    home = indexes.base("arxiv") + "/query?id_list=2503.00001"
    indexes.trouble = _first((301, {"Location": home}, b""))
    assert "Two tails" in (Client("arXiv", indexes.base("arxiv"), pause=0).get("q") or "")
    for away in (
        "http://169.254.0.1/secret",
        "file:///etc/passwd",
        home.replace("127.0.0.1", "localhost"),
    ):
        indexes.asked.clear()
        indexes.trouble = _first((302, {"Location": away}, b""))
        with pytest.raises(WebError, match=r"where we do not go|not allowed"):
            Client("arXiv", indexes.base("arxiv"), pause=0).get("q")


def test_indexes_know_who_asks(
    indexes: Indexes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program's name and the contact address go with every question, a key where one is set."""
    monkeypatch.setenv("OPENALEX_API_KEY", "s3cret")
    hurried = tuple(replace(index, pause=0) for index in enrich.INDEXES)
    monkeypatch.setattr(enrich, "INDEXES", hurried)
    names = [
        f"openalex={indexes.base('openalex')}",
        f"semanticscholar={indexes.base('semanticscholar')}",
    ]
    asked = enrich.choose(names, "me@example.org", lambda _: None)
    indexes.trouble = lambda name, count: (403, {}, b"") if name == "openalex" else None
    [found], said = look_up([paper(COMET)], asked, tmp_path)
    assert found.title
    (_, path, headers), *_ = indexes.asked
    assert "api_key=s3cret" in path
    assert "mailto=me%40example.org" in path
    assert headers["User-Agent"].startswith("paper-digest/")
    assert "mailto:me@example.org" in headers["User-Agent"]
    assert "s3cret" not in "".join(said) + "".join(path for _, path, _ in indexes.asked[1:])


def test_an_index_without_its_key_is_passed_over_with_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """OpenAlex wants a key; without one the others are asked."""
    monkeypatch.delenv("OPENALEX_API_KEY", raising=False)
    said: list[str] = []
    asked = enrich.choose(["openalex", "arxiv"], "", said.append)
    assert [each.index.name for each in asked] == ["arxiv"]
    assert "OPENALEX_API_KEY" in said[0]


def test_an_unknown_index_is_named_with_the_nearest() -> None:
    """A name misspelt is wrong usage."""
    with pytest.raises(UsageError, match="did you mean 'crossref'"):
        enrich.choose(["crosref"], "", print)


# --- remembering ----------------------------------------------------------------------------------


def test_a_run_that_was_broken_off_goes_on_where_it_was(indexes: Indexes, tmp_path: Path) -> None:
    """Every answer is on the disk before the next question; none is asked for twice."""
    papers = [paper(COMET, id="a"), paper(YEAST, id="b"), paper(GRAPH, id="c")]

    def stop(stage: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look_up(papers, ask(indexes, "openalex"), tmp_path, progress=stop)
    assert len(load(tmp_path / "index.jsonl")[0]) == 2
    before = len(indexes.asked)
    found, _ = look_up(papers, ask(indexes, "openalex"), tmp_path)
    assert [bool(each.title) for each in found] == [True, True, False]
    again = indexes.asked[before:]
    assert again
    look_up(papers, ask(indexes, "openalex"), tmp_path)
    assert len(indexes.asked) == before + len(again)


def test_what_was_not_found_is_asked_for_again_in_time(indexes: Indexes, tmp_path: Path) -> None:
    """Nothing found holds for thirty days, or until somebody says `--again`."""

    def run(**options: Any) -> int:
        indexes.asked.clear()
        look_up([paper(GRAPH)], ask(indexes, "openalex"), tmp_path, **options)
        return len(indexes.asked)

    assert [run(), run(), run(today=DAY + timedelta(29))] == [3, 0, 0]
    assert run(again=True) == 3
    assert run(today=DAY + timedelta(30)) == 3


def test_the_limit_counts_papers(indexes: Indexes, tmp_path: Path) -> None:
    """With a limit a run asks about so many papers, and the next about others."""
    papers = [paper(COMET, id="a"), paper(YEAST, id="b")]
    found, _ = look_up(papers, ask(indexes, "openalex"), tmp_path, limit=1)
    assert [bool(each.title) for each in found] == [True, False]
    found, _ = look_up(papers, ask(indexes, "openalex"), tmp_path, limit=1)
    assert all(each.title for each in found)


def test_the_file_is_in_order_and_says_where_all_of_it_comes_from(
    indexes: Indexes, tmp_path: Path
) -> None:
    """A line an answer, by paper and index, with what agreed and how well."""
    papers = [paper(YEAST, id="b"), paper(COMET, id="a")]
    look_up(papers, ask(indexes, "arxiv", "huggingface"), tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "index.jsonl").read_text().splitlines()]
    assert [(line["paper"], line["index"]) for line in lines] == [
        ("a", "arxiv"), ("a", "huggingface"), ("b", "arxiv"), ("b", "huggingface")
    ]  # fmt: skip
    assert lines[0] | {"sketch": ""} == {
        "paper": "a",
        "index": "arxiv",
        "asked": "2025-03-12",
        "by": "abstract",
        "score": 1.0,
        "title": "Two tails of a comet",
        "authors": ["Ada Lovelace", "Jan Oort"],
        "date": "2025-03-01",
        "identifiers": {"arxiv": "2503.00001", "doi": "10.1000/comet"},
        "links": [{"url": "http://arxiv.org/abs/2503.00001v1", "kind": "paper"}],
        "sketch": "",
    }


def test_answers_are_found_again_without_their_id(indexes: Indexes, tmp_path: Path) -> None:
    """Should the register be lost, an abstract still knows its answers."""
    look_up([paper(COMET)], ask(indexes, "arxiv"), tmp_path)
    answers, _ = load(tmp_path / "index.jsonl")
    mended = COMET.replace("plates.", "plate.")
    [same, other] = fill_papers([paper(mended, id="new"), paper(YEAST, id="else")], answers)
    assert (same.title, other.title) == ("Two tails of a comet", "")


def test_a_line_half_written_is_passed_over(tmp_path: Path) -> None:
    """What a power cut left of the last line costs that answer and no more."""
    file = tmp_path / "index.jsonl"
    lookup_file.add(file, lookup_file.Lookup("a", "arxiv", DAY))
    with file.open("a") as out:
        out.write('{"paper": "b", "ind')
    assert [answer.paper for answer in load(file)[0]] == ["a"]
    assert load(file)[1] == []
    lookup_file.tidy(file)
    assert len(file.read_text().splitlines()) == 1


def test_a_damaged_line_is_reported_and_kept(tmp_path: Path) -> None:
    """A line that a person broke is said, left out, and not thrown away."""
    file = tmp_path / "index.jsonl"
    lookup_file.add(file, lookup_file.Lookup("a", "arxiv", DAY))
    file.write_text(file.read_text() + "<<<<<<< HEAD\n")
    answers, [problem] = load(file)
    assert len(answers) == 1
    assert str(problem).startswith("index.jsonl:2: expected an answer of an index, found '<<<<<<<")
    lookup_file.tidy(file)
    assert "<<<<<<< HEAD\n" in file.read_text()


def test_nothing_unsafe_comes_out_of_the_file(tmp_path: Path) -> None:
    """Only addresses that a browser may follow, identifiers of their form, text that can be
    seen."""
    line = {
        "paper": "a", "index": "arxiv", "asked": "2025-03-12", "by": "title", "score": 1, "title": "A\u202e title\n",
        "identifiers": {"arxiv": "../../x", "doi": "10.1000/X", "evil": "x"},
        "links": [{"url": "javascript:alert(1)", "kind": "code"}, {"url": "https://a.org/x", "kind": "odd"}],
    }  # fmt: skip
    file = tmp_path / "index.jsonl"
    file.write_text(json.dumps(line) + "\n")
    [answer], _ = load(file)
    assert answer.title == "A title"
    assert answer.identifiers == {"doi": "10.1000/x"}
    assert answer.links == (Link("https://a.org/x", "other"),)


@given(
    st.lists(
        st.text()
        | st.builds(
            json.dumps,
            st.dictionaries(
                st.sampled_from(
                    [
                        "paper",
                        "index",
                        "asked",
                        "by",
                        "score",
                        "authors",
                        "date",
                        "identifiers",
                        "links",
                        "sketch",
                    ]
                ),
                st.text(max_size=3)
                | st.integers()
                | st.none()
                | st.lists(st.text(max_size=2))
                | st.just("2025-01-01"),
            ),
        )
    )
)
def test_no_file_stops_a_build(lines: list[str]) -> None:  # fmt: skip
    """Whatever is in the file, reading it gives answers and problems."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "index.jsonl"
        file.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
        answers, problems = load(file)
    assert len(answers) + len(problems) <= len("\n".join(lines).split("\n"))


# --- in the site ----------------------------------------------------------------------------------


def test_a_title_found_later_keeps_the_address(folder: Folder, indexes: Indexes) -> None:
    """The headline gives way to the title everywhere, and the page stays where it was."""
    seed = folder.seed("papers.txt", f"{COMET}\n\n{YEAST}\n\n{GRAPH}\n")
    before = {paper.abstract: paper for paper in folder.build().digest.papers}
    _enrich_seeds(folder, indexes)
    report = folder.build(DAY + timedelta(1))
    after = {paper.abstract: paper for paper in report.digest.papers}
    assert {text: each.id for text, each in after.items()} == {
        text: each.id for text, each in before.items()
    }
    assert [after[text].title_from for text in (COMET, YEAST, GRAPH)] == [
        "index",
        "index",
        "headline",
    ]
    page = folder.pages()[f"papers/{after[COMET].id}.md"].decode()
    assert "Two tails of a comet" in page
    assert before[COMET].title not in page
    seed.rename(seed.with_name("renamed.txt"))
    again = {paper.abstract: paper for paper in folder.build(DAY + timedelta(2)).digest.papers}
    assert {text: (each.id, each.title) for text, each in again.items()} == {
        text: (each.id, each.title) for text, each in after.items()
    }


@pytest.mark.parametrize(
    "abstract", ["", "We show that a comet may have a second tail, which points towards the sun."]
)
def test_a_document_that_names_the_paper_later_joins_it(
    folder: Folder, indexes: Indexes, abstract: str
) -> None:
    """A later document with the title that was looked up is about the same paper, at its
    address."""
    folder.seed("papers.txt", f"{COMET}\n\n{GRAPH}\n")
    _enrich_seeds(folder, indexes)
    before = {paper.title: paper.id for paper in folder.build().digest.papers}
    later = {"title": "Two tails of a comet", "abstract": abstract, "arxiv_id": "2503.00001"}
    folder.seed(
        "later.jsonl", json.dumps(later) + "\n" + json.dumps({"title": "x", "abstract": YEAST})
    )
    papers = {paper.id: paper for paper in folder.build(DAY + timedelta(1)).digest.papers}
    found = papers[before["Two tails of a comet"]]
    assert len(papers) == 3
    assert {source.seed for source in found.sources} == {"papers.txt", "later.jsonl"}
    assert found.title_from == "match"
    assert found.authors == ("Ada Lovelace", "Jan Oort")


def _enrich_seeds(folder: Folder, indexes: Indexes) -> None:
    from digest import pipeline
    from digest.mkdocs import site

    settings = site.settings_from(folder.path / "mkdocs.yml")
    papers = pipeline.merge(pipeline.read(settings), settings, DAY).papers
    enrich.enrich(papers, ask(indexes, "arxiv"), settings.index, DAY)


def test_the_command_asks_once_and_builds_need_no_network(folder: Folder, indexes: Indexes) -> None:
    """`digest enrich` says what it does, stores what it finds, and has nothing to do the next
    time."""
    folder.seed("papers.txt", f"{COMET}\n\n{YEAST}\n")
    source = ("--source", f"openalex={indexes.base('openalex')}")
    first = folder.run("enrich", *source, env={"OPENALEX_API_KEY": "k"})
    assert first.returncode == 0, first.stderr
    assert (
        f"papers that want a title, authors or a link: 2; their identifiers, titles and some words"
        f" of their abstracts go to OpenAlex ({indexes.address[7:]})" in first.stderr
    )
    assert (
        "2 papers looked up with 2 requests: something found for 2, a title for 2" in first.stderr
    )
    count = len(indexes.asked)
    second = folder.run("enrich", *source, env={"OPENALEX_API_KEY": "k"})
    assert "nothing to look up" in second.stderr
    found = folder.json("papers", "--json")
    assert len(indexes.asked) == count
    assert {each["title_from"] for each in found} == {"index"}
    assert {each["title"] for each in found} == {"Two tails of a comet", WORKS[1]["title"]}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send Ctrl-C to one process")
def test_ctrl_c_keeps_what_was_answered(folder: Folder, indexes: Indexes) -> None:
    """A run broken off at the terminal says so, and leaves a file in order."""
    folder.seed("papers.txt", f"{COMET}\n\n{YEAST}\n")
    indexes.trouble = lambda name, count: (503, {"Retry-After": "60"}, b"") if count > 1 else None
    words = ["enrich", "--source", f"arxiv={indexes.base('arxiv')}"]
    program = Path(sys.executable).with_name("digest")
    with subprocess.Popen(
        [program, *words],
        cwd=folder.path,
        stderr=subprocess.PIPE,
        text=True,
        # whoever started the tests may have it ignored, as a shell does for what runs beside it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as run:
        while len(indexes.asked) < 2:
            time.sleep(0.05)
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        said = run.communicate(timeout=20)[1]
    assert run.returncode == 130
    assert said.endswith("the next run goes on from here\n")
    answers, problems = load(folder.path / "seeds" / "index.jsonl")
    assert (len(answers), problems) == (1, [])


def test_the_command_fails_where_nobody_answers(folder: Folder, indexes: Indexes) -> None:
    """All indexes down is a failure, said in a sentence; one of several is not."""
    folder.seed("papers.txt", f"{COMET}\n\n{YEAST}\n")
    indexes.trouble = lambda name, count: (401, {}, b"")
    done = folder.run(
        "enrich",
        "--source",
        f"crossref={indexes.base('crossref')}",
        "--source",
        f"arxiv={indexes.base('arxiv')}",
    )
    assert done.returncode == 1
    assert "arXiv: answered 401 Unauthorized" in done.stderr
    assert "Traceback" not in done.stderr
    assert folder.run("enrich", "--source", "nobody").returncode == 2
