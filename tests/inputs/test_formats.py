"""What is read, what is refused and what is said about it."""

from __future__ import annotations

import dataclasses
import gzip
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from digest import inputs
from digest.errors import ConfigError, SeedError
from digest.inputs import decoding as decoding
from digest.inputs import kept, sources
from digest.inputs.decoding import decode
from digest.inputs.folder import StoredDocument
from digest.models import Note, Problem, Reading, Record, Seed
from digest.store import Cache
from tests import GOLDEN, ROOT
from tests.conftest import COMET, GRAPH, YEAST, Folder, Golden

NAMES = [form.name for form in inputs.FORMATS]
EXAMPLES = sorted(path for name in NAMES for path in (GOLDEN / name).glob("*.txt"))
SEEDS = ROOT / "seeds"


def shown(reading: Reading) -> dict[str, Any]:
    """A reading as a golden file has it: what is there, and nothing that is not."""

    def plain(noun: Any) -> dict[str, Any]:
        told = dataclasses.asdict(noun)
        if isinstance(noun, Record):
            told["publication"] = noun.publication.parts()
        found = {key: value for key, value in told.items() if value not in (None, "", (), {})}
        return {
            key: found[key]
            for key in found
            if key not in ("seed", "sha", "format", "markup", "position")
        }

    return {
        "format": reading.format,
        "date": plain(reading.date) if reading.date else None,
        "records": [plain(record) for record in reading.records],
        "problems": [plain(problem) for problem in reading.problems],
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_mess_is_read_as_it_should_be(path: Path, golden: Golden) -> None:
    """Every example is recognised by its content and gives the records beside it."""
    reading = inputs.read(decode("example.txt", path.read_bytes()))
    assert reading.format == path.parent.name
    made = json.dumps(shown(reading), ensure_ascii=False, indent=1, default=str)
    golden(path.with_suffix(".json"), made + "\n")


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_an_example(name: str) -> None:
    """A format without a golden example is not finished."""
    assert list((GOLDEN / name).glob("*.txt")), f"write tests/golden/{name}/<what it shows>.txt"


# --- the documents this folder ships with ----------------------------------------------


def test_the_seeds_are_read_in_full() -> None:
    """Every paragraph of the five documents that is a paper is one, and titles stay with their
    abstracts."""
    readings = [kept.reading(found, Cache.none()) for found in inputs.documents(SEEDS)]
    assert [(r.format, len(r.records)) for r in readings] == [
        ("abstracts", 11), ("abstracts", 11), ("abstracts", 11), ("trending-page", 73), ("trending-page", 278),
    ]  # fmt: skip
    assert all(record.title for reading in readings[3:] for record in reading.records)
    assert not any(reading.problems for reading in readings)
    first = readings[4].records[0].title
    assert first is not None
    assert first.startswith("OneRec: Unifying")


def test_a_date_without_a_year_has_none() -> None:
    """`Mar 11` is a month and a day; nobody makes up the year."""
    (file,) = SEEDS.glob("003*")
    day = inputs.read(decode(file.name, file.read_bytes())).date
    assert day is not None
    assert (day.month, day.day, day.year) == (3, 11, None)


# --- choosing a format -----------------------------------------------------------------


def test_a_person_overrules_detection() -> None:
    """A format in sources.yml is used whatever the document looks like."""
    seed = Seed("a.txt", "Memory Networks\n", Note(format="abstracts"))
    assert inputs.read(seed).format == "abstracts"


def test_a_misspelt_format_names_the_nearest() -> None:
    """A format nobody knows is a problem, with the one that was probably meant."""
    problem = inputs.read(Seed("a.txt", "Text.", Note(format="trending-pages"))).problems[0]
    assert "did you mean 'trending-page'?" in problem.message
    assert problem.refused == 1


def test_what_nobody_recognises_is_reported_with_what_was_missing() -> None:
    """The two nearest formats are named, and the text is kept for mending."""
    reading = inputs.read(Seed("a.txt", "hello\n"))
    assert not reading.records
    assert reading.problems[0].text == "hello\n"
    assert reading.problems[0].refused == 1
    assert reading.problems[0].message.count("(") >= 2


def test_a_title_without_an_abstract_is_refused_with_its_line() -> None:
    """The message says what was expected and what was found, and the rest goes on."""
    long = "We describe a method. It is better than others. " * 4
    text = f"A Good Paper on Bees\n{long}\nA Paper With No Abstract\nAnother Good Paper\n{long}\n"
    reading = inputs.read(Seed("a.txt", text))
    assert [record.title for record in reading.records] == [
        "A Good Paper on Bees",
        "Another Good Paper",
    ]
    (problem,) = reading.problems
    assert (problem.line, problem.refused, problem.text) == (3, 1, "A Paper With No Abstract")
    assert "expected an abstract after the title" in problem.message
    assert "found 'Another Good Paper'" in problem.message


# --- characters ------------------------------------------------------------------------

NAIVE = "Naïve Bayes – revisited: “old” ideas for café menus in Zürich.\nSecond line.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_read_in_whatever_encoding_it_was_saved(encoding: str) -> None:
    """The same characters come out of every encoding people save in."""
    assert decode("a.txt", NAIVE.encode(encoding)).text == NAIVE


def test_chinese_text_in_its_own_encoding_is_read() -> None:
    """GBK is told from Western code pages by its pairs of bytes."""
    text = "标题：基于深度学习的图像识别研究\n摘要：本文提出了一种新的方法，效果很好。\n"
    assert decode("a.bib", text.encode("gbk")).text == text


@pytest.mark.parametrize("times", [1, 2])
def test_mojibake_is_undone(times: int) -> None:
    """UTF-8 read as a Windows code page, once or twice, is put right and counted."""
    text = right = "Naïve Bayes – the café’s menus in Zürich."
    for _ in range(times):
        text = text.encode().decode("cp1252")
    seed = decode("a.txt", text.encode())
    assert seed.text == right
    assert seed.repairs["mojibake line"] == 1


@pytest.mark.parametrize(
    ("raw", "clean", "kind"),
    [
        ("a\rb\r", "a\nb\n", "CR line end"),
        ("a\0b", "ab", "NUL"),
        ("a\u00a0b", "a b", "no-break space"),
        ("dif\ufb01cult", "difficult", "ligature"),
        ("re\u00adcog\u00adnise", "recognise", "soft hyphen"),
        ("a\u200bb", "ab", "zero-width character"),
        ("a\u202eb", "ab", "bidi control"),
        ("e\u0301tude", "étude", "decomposed text"),
        ("a\x07b", "ab", "control character"),
        ("a\u2028b\nc\n", "a b\nc\n", "line separator"),
        ("a\u2028b", "a\nb", "line separator"),
    ],
)
def test_what_copying_leaves_behind_is_mended_and_counted(raw: str, clean: str, kind: str) -> None:
    """Each kind of damage is undone, and the count says how often."""
    seed = decode("a.txt", raw.encode())
    assert seed.text == clean
    assert seed.repairs[kind] >= 1


def test_joiners_stay_where_they_mean_something() -> None:
    """Persian keeps its zero-width non-joiner."""
    assert decode("a.txt", "می\u200cخواهم".encode()).text == "می\u200cخواهم"


def test_a_character_cut_in_half_at_the_end_is_dropped() -> None:
    """A file cut in the middle of a character loses that character only."""
    seed = decode("a.txt", "Zürich ü".encode()[:-1])
    assert seed.text == "Zürich "
    assert seed.repairs["truncated last character"] == 1


def test_a_compressed_document_is_unpacked_even_when_cut_short() -> None:
    """gzip is undone; of an archive cut short, what there is is read."""
    packed = gzip.compress(NAIVE.encode() * 200)
    assert decode("a.txt.gz", packed).text == NAIVE * 200
    cut = decode("a.txt.gz", packed[: len(packed) // 2])
    assert cut.text.startswith("Naïve Bayes")
    assert cut.repairs["archive cut short"] == 1


def test_a_bomb_in_an_archive_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unpacking stops at the limit, whatever the archive promises."""
    monkeypatch.setattr(decoding, "LIMIT", 100_000)
    with pytest.raises(SeedError, match="split the document"):
        decode("a.gz", gzip.compress(b"a" * 50_000_000))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"%PDF-1.7 x", "a PDF"),
        (b"PK\x03\x04abc", "ZIP"),
        (bytes(range(27)) * 50, "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, said: str) -> None:
    """A PDF, an archive, noise and nothing are each called what they are."""
    with pytest.raises(SeedError, match=said):
        decode("a.txt", data)


# --- the folder ------------------------------------------------------------------------


def test_documents_are_gone_through_by_name_with_a_word_about_the_rest(tmp_path: Path) -> None:
    """Every file is a document but the digest's own and hidden ones; what cannot be read is a
    problem."""
    for name, data in {"b.txt": b"B", "a.txt": b"A", "sub/c.txt": b"C", "empty.txt": b"", ".hidden": b"x",
                       "register.jsonl": b"{}", "mail.log": b"x", "x.txt/y.txt": b"Y"}.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = list(inputs.documents(tmp_path))
    assert [s.name for s in found if isinstance(s, StoredDocument)] == [
        "a.txt",
        "b.txt",
        "empty.txt",
        "sub/c.txt",
        "x.txt/y.txt",
    ]
    assert [(p.seed, p.refused) for p in found if isinstance(p, Problem)] == [
        ("x.txt", 0),
    ]


def test_a_note_is_found_by_name_and_by_hash(tmp_path: Path) -> None:
    """A renamed document keeps what people said about it."""
    seed = decode("new.txt", b"Text")
    (tmp_path / "new.txt").write_bytes(b"Text")
    (tmp_path / "sources.yml").write_text(
        f"old.txt: {{name: Weekly, date: 2025-03-11, sha: '{seed.sha}'}}\n"
    )
    (found,) = inputs.documents(tmp_path)
    assert isinstance(found, StoredDocument)
    assert found.note == Note(name="Weekly", date=date(2025, 3, 11))


def test_a_note_about_no_document_is_remarked_on(tmp_path: Path) -> None:
    """A misspelt name in sources.yml does not lose a date in silence."""
    (tmp_path / "a.txt").write_bytes(b"Text")
    (tmp_path / "sources.yml").write_text("\nb.txt: {name: Weekly}\n")
    problem = list(inputs.documents(tmp_path))[-1]
    assert isinstance(problem, Problem)
    assert str(problem).startswith("sources.yml:2: no document is called 'b.txt'")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a.txt: {nmae: x}", "did you mean 'name'"),
        ("a.txt: {date: soon}", "expected a date as 2025-03-11, found 'soon'"),
        ("- a\n- b", "expected 'document name:"),
        ("a.txt: {", "expected YAML"),
        ("a.txt: {name: x}\na.txt: {name: y}", "second entry"),
        ("a.txt: {sha: 12}", "16 hex digits"),
    ],
)
def test_a_mistake_in_sources_is_named(text: str, said: str) -> None:
    """sources.yml says where it is wrong and what would be right."""
    with pytest.raises(ConfigError, match=said):
        sources.parse(text)


def test_adding_a_note_keeps_what_people_wrote(tmp_path: Path) -> None:
    """Comments and order stay to the letter; the new note is below."""
    before = "# mine\nb.txt: {name: B}  # keep\n"
    (tmp_path / "sources.yml").write_text(before)
    sources.append(
        tmp_path, "a: b.txt", Note(name="Weekly: 1", date=date(2025, 3, 11)), "0123456789012345"
    )
    after = (tmp_path / "sources.yml").read_text()
    assert after.startswith(before)
    notes = sources.load(tmp_path)
    assert notes["a: b.txt"] == Note(name="Weekly: 1", date=date(2025, 3, 11))
    assert notes.find("renamed.txt", "0123456789012345") == ("a: b.txt", notes["a: b.txt"])


# --- harm ------------------------------------------------------------------------------


def test_an_abstract_too_long_to_be_one_is_refused_without_copying_it() -> None:
    """A line of a megabyte costs one record and a short message."""
    text = (
        "Good Title of a Paper\n"
        + "We show that it does well. " * 20
        + "\nBad Title of a Paper\n"
        + "We go on. " * 100_000
        + "\n"
    )
    reading = inputs.read(Seed("a.txt", text))
    assert len(reading.records) == 1
    assert [problem.refused for problem in reading.problems] == [1]
    assert len(reading.problems[0].message) < 200


@pytest.mark.parametrize(
    "entity",
    ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'],
)
def test_xml_that_declares_entities_is_refused(entity: str) -> None:
    """Neither a bomb nor a file of this machine comes in by way of an entity."""
    text = f"<?xml version='1.0'?>{entity}<rss><channel><item><title>&a;</title></item></channel></rss>"
    reading = inputs.read(Seed("a.xml", text))
    assert not reading.records
    assert reading.problems[0].refused == 1


HOSTILE = [
    "a",
    "[",
    "]",
    "(",
    "{",
    '"',
    "\\",
    "#",
    "*",
    "- \n",
    "@a{",
    '{"a":',
    "<a>",
    "](",
    "1. ",
    "\\\\\n",
    "&a",
    "A B, ",
    "/",
    "arXiv:",
]


@pytest.mark.parametrize("scrap", HOSTILE)
@pytest.mark.parametrize(
    "start", ["", '[{"title": "', "@article{a, title={", "<feed><entry><title>", "- [", "Title: "]
)
def test_hostile_text_does_no_harm(start: str, scrap: str) -> None:
    """A scrap repeated a hundred thousand times is read in a breath or refused."""
    before = time.process_time()
    reading = inputs.read(decode("a.txt", (start + scrap * (60_000 // len(scrap))).encode()))
    assert time.process_time() - before < 10
    assert len(reading.records) <= 60_000


def test_an_abstract_that_comes_twice_in_a_row_counts_twice(folder: Folder) -> None:
    """It is merged, which the account says; nothing is left out in silence."""
    comet = COMET * 3
    folder.seed("a.txt", "\n".join([GRAPH * 3, comet, comet, YEAST * 3]))
    said = json.loads(folder.run("check", "--json").stdout)
    assert said["totals"] == {"read": 4, "published": 3, "merged": 1, "refused": 0}
