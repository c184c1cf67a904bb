"""The commands: what they do, what they say, and how they end."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from digest.clock import today
from digest.errors import UsageError
from tests.conftest import COMET, GRAPH, YEAST, Done, Folder

PAGE = f"""new

Get trending papers in your email inbox!

Subscribe

byAK and the research community

Mar 11

A comet in pieces

{COMET}

Why yeast grows old

{YEAST}
"""


def tree(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
    }


@pytest.mark.parametrize("words", [("papers", "--json"), ("check",), ("mail",)], ids=" ".join)
def test_the_installed_program_does_what_is_tested_here(
    folder: Folder, words: tuple[str, ...]
) -> None:
    """A command that ends well, one that does not, and wrong usage."""
    folder.seed("a.txt", f"{COMET.replace('comet', 'β comet')}\n\nA paper without an abstract\n")
    done = folder.process(*words)
    assert folder.run(*words) == Done(done.returncode, done.stdout, done.stderr)


def test_init_refuses_to_overwrite(folder: Folder) -> None:
    """A folder that holds something is left as it is: wrong usage, status 2."""
    before = tree(folder.path)
    done = folder.run("init", ".")
    assert done.returncode == 2
    assert "expected an empty or new folder" in done.stderr
    assert tree(folder.path) == before


def test_a_digest_without_topics_says_why(folder: Folder) -> None:
    """With few papers `auto` finds none: the list is empty, and nothing is said to fit a table."""
    for option in ((), ("--suggest",)):
        done = folder.run("topics", *option)
        assert (done.returncode, done.stdout) == (0, "")
        assert "there are no topics: with fewer than thirty papers" in done.stderr
        assert "fit the table" not in done.stderr


def test_check_is_not_sure_of_what_it_could_not_read(folder: Folder) -> None:
    """A document of no format has no percentage."""
    folder.seed("empty.txt", "")
    assert "empty.txt: unreadable, undated, " in folder.run("check").stdout


def test_an_empty_digest_builds_even_strictly(folder: Folder) -> None:
    """Its front page says what to do next."""
    done = folder.run("build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "No paper has been read yet" in (folder.path / "site" / "index.html").read_text()


def test_what_is_added_is_dated_named_and_published(folder: Folder) -> None:
    """`digest add -` stores the bytes, says what it read, and prints the file."""
    added = folder.run(
        "add", "-", "--name", "Reading group", "--date", "2025-03-10", stdin=f"{COMET}\n{YEAST}\n"
    )
    assert added.returncode == 0, added.stderr
    assert Path(added.stdout.strip()).name == "2025-03-10-reading-group.txt"
    assert "2 records read, 0 refused" in added.stderr
    papers = folder.json("papers", "--json")
    assert {paper["date"] for paper in papers} == {"2025-03-10"}
    again = folder.run("add", "-", stdin=f"{COMET}\n{YEAST}\n")
    assert "it is there already" in again.stderr


def test_add_stores_nothing_on_a_dry_run_or_where_nothing_could_be_read(folder: Folder) -> None:
    """The seeds stay as they were."""
    before = tree(folder.path / "seeds")
    assert folder.run("add", "--dry-run", "-", stdin=COMET).returncode == 0
    (folder.path / "none").mkdir()
    assert folder.run("add", "none").returncode == 2
    assert folder.run("add", "-", stdin="").returncode == 1
    missing = folder.run("add", "no-such-file.txt")
    assert missing.returncode == 2
    assert "no-such-file.txt: expected a document" in missing.stderr
    assert tree(folder.path / "seeds") == before


def test_what_is_part_of_a_digest_is_no_document(folder: Folder) -> None:
    """Its settings, its tables of topics and its pages are skipped, with a message; the rest is
    added."""
    folder.seed("a.txt", COMET)
    folder.build()
    (folder.path / "mine.yml").write_text(
        f"topics:\n  - name: Comets\n    description: {COMET}\n    phrases: [comet]\n"
    )
    (folder.path / "mine").mkdir()
    (folder.path / "mine" / "list.yml").write_text(f"- title: Yeast\n  abstract: {YEAST}\n")
    own = ["mine.yml", "mkdocs.yml", "seeds/register.jsonl", "seeds/sources.yml", "site_src"]
    added = folder.run("add", "--dry-run", ".", "mine.yml", "mine/list.yml")
    said = added.stderr.splitlines()
    assert [line for line in said if "skipped" in line] == [
        f"{folder.path / name}: skipped, because it is part of a digest and no document"
        for name in (*own, "mine.yml")
    ]
    read = [line.split(":")[0] for line in said if " read, 0 refused → " in line]
    assert read == ["mine/list.yml", "seeds/a.txt", "mine/list.yml"]
    assert added.returncode == 0


def test_add_counts_as_check_does(folder: Folder) -> None:
    """What was read is what became a record and what was refused."""
    document = f"{PAGE}\nA paper without an abstract\n"
    added = folder.run("add", "--dry-run", "-", stdin=document)
    assert "3 records read, 1 refused" in added.stderr
    folder.seed("a.txt", document)
    assert "3 records read, 2 published, 0 merged, 1 refused" in folder.run("check").stdout


def test_check_of_a_file_says_how_to_try_one(folder: Folder) -> None:
    """`digest check` reads the seeds; one document is tried by `digest add --dry-run`."""
    done = folder.run("check", "a b.txt")
    assert done.returncode == 2
    assert "to try a document: digest add --dry-run 'a b.txt'" in done.stderr


def test_a_misspelt_table_to_try_is_blamed_on_the_option(folder: Folder) -> None:
    """Not on the settings, which do not name it."""
    tried = folder.run("topics", "--try", "machne-learning")
    assert tried.stderr.startswith("Error: --try: expected `auto`, a built-in table of topics (")
    assert "found 'machne-learning'; did you mean 'machine-learning'?" in tried.stderr


def test_check_accounts_for_every_record(folder: Folder) -> None:
    """read = published + merged + refused, for each document and in total."""
    folder.seed("2025-03-11.txt", PAGE + "\nA paper without an abstract\n")
    folder.seed("b.txt", f"{COMET}\n{GRAPH}\n")
    (found,) = folder.json("check", "--json")
    for counts in (*found["seeds"], found["totals"]):
        assert counts["read"] == counts["published"] + counts["merged"] + counts["refused"]
    assert found["totals"] == {"read": 5, "published": 3, "merged": 1, "refused": 1}
    (problem,) = found["seeds"][0]["problems"]
    assert "A paper without an abstract" in problem["message"]
    said = folder.run("check", "--refused")
    assert said.returncode == 1
    assert "A paper without an abstract" in said.stdout


def test_papers_are_what_the_contract_says(folder: Folder) -> None:
    """Every field under its name."""
    folder.seed("2025-03-11.txt", PAGE)
    folder.seed("b.txt", f"{COMET} Code: //github.com/ada/comets.\n")
    comet, yeast = folder.json("papers", "--json")
    assert (comet["title"], comet["title_from"]) == ("A comet in pieces", "match")
    assert (yeast["title"], yeast["title_from"]) == ("Why yeast grows old", "seed")
    assert comet["url"] == f"papers/{comet['id']}/"
    assert comet["links"] == [{"url": "https://github.com/ada/comets", "kind": "code"}]
    assert [(source["seed"], source["line"]) for source in comet["sources"]] == [
        ("2025-03-11.txt", 13),
        ("b.txt", 1),
    ]
    assert list(comet) == [
        *("id", "url", "date", "title", "title_from", "abstract", "tldr", "authors"),
        *("identifiers", "links", "keyphrases", "topics", "related", "sources"),
    ]


def test_keyphrases_need_no_folder(tmp_path: Path) -> None:
    """JSON Lines in, JSON Lines out, in the same order."""
    lines = [{"id": 1, "text": COMET}, {"id": "b", "title": "Yeast", "abstract": YEAST}]
    found = Folder(tmp_path).json(
        "keyphrases", "--json", "--top", "3", stdin="\n".join(map(json.dumps, lines))
    )
    assert [each["id"] for each in found] == [1, "b"]
    assert all(1 <= len(each["keyphrases"]) <= 3 for each in found)


def test_a_line_that_cannot_be_read_costs_only_its_keyphrases(tmp_path: Path) -> None:
    """A mark of byte order is no mistake; other bytes and other JSON are."""
    good = json.dumps({"id": 1, "text": COMET}).encode()
    (tmp_path / "in").write_bytes(b"\xef\xbb\xbf" + good + b"\nno json\n\n[1]\n\xff\xfe\n" + good)
    done = Folder(tmp_path).run("keyphrases", "-f", "mkdocs.yml", "in")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 1]
    assert [line[:7] for line in done.stderr.splitlines()] == ["line 2:", "line 4:", "line 5:"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty.txt:1: expected text, found nothing"),
        (
            "long.txt",
            b"We present a very long line " * 200_000,
            "long.txt:1: expected an abstract of at most",
        ),
        ("binary.bin", bytes(range(256)) * 40, "binary.bin:1: "),
        ("cut.txt.gz", gzip.compress(COMET.encode())[:-20], "cut.txt.gz:1: expected a whole gzip"),
    ],
    ids=["empty", "long", "binary", "cut"],
)
def test_bad_input_costs_only_itself(folder: Folder, name: str, content: bytes, said: str) -> None:
    """A clear message with its place, and the others are published."""
    folder.seed("good.txt", f"{COMET}\n")
    folder.seed(name, content)
    done = folder.run("generate")
    assert f"seeds/{said}" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 2000
    assert folder.run("papers").stdout.count("\n") == 1


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig", "cp1252"])
def test_any_encoding_is_read(folder: Folder, encoding: str) -> None:
    """Nobody has to know what an encoding is."""
    folder.seed("a.txt", COMET.replace("comet", "naïve café comet").encode(encoding))
    (paper,) = folder.json("papers", "--json")
    assert "naïve café comet" in paper["abstract"]


def test_results_are_utf_8_whatever_the_machine_writes(folder: Folder) -> None:
    """Windows writes a pipe in cp1252, which has no Greek."""
    folder.seed("a.txt", f"{COMET.replace('comet', 'β comet')}\n")
    done = folder.process("papers", "--json", env={"PYTHONIOENCODING": "cp1252"})
    (paper,) = map(json.loads, done.stdout.splitlines())
    assert "a β comet" in paper["abstract"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_odd_entries_among_the_seeds_are_named(folder: Folder) -> None:
    """A folder called x.txt, a link that leads nowhere, a pipe."""
    folder.seed("good.txt", f"{COMET}\n")
    (folder.path / "seeds" / "x.txt").mkdir()
    (folder.path / "seeds" / "lost.txt").symlink_to("nowhere")
    os.mkfifo(folder.path / "seeds" / "pipe.txt")
    done = folder.run("generate")
    for name in ("x.txt", "lost.txt", "pipe.txt"):
        assert f"seeds/{name}:1: expected a document" in done.stderr
    assert "1 paper published" in done.stderr


def test_a_misspelt_option_is_named_with_the_right_one(folder: Folder) -> None:
    """By our command and by mkdocs itself."""
    settings = folder.path / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("topics: auto", "topic: auto"))
    done = folder.run("build")
    assert done.returncode == 1
    assert done.stderr == (
        "Error: mkdocs.yml: plugin 'digest' has no option 'topic'; did you mean 'topics'?\n"
    )
    settings.write_text("plugins: [\n")
    assert "mkdocs.yml: expected YAML" in folder.run("build").stderr
    settings.unlink()
    assert "`digest init DIR` makes a new digest" in folder.run("build").stderr


def test_strict_leaves_the_last_good_site_alone(folder: Folder) -> None:
    """Any problem at all fails, and nothing is published."""
    folder.seed("a.txt", f"{COMET}\n")
    assert folder.run("build", "--strict").returncode == 0
    before = tree(folder.path / "site")
    folder.seed("2025-03-11.txt", PAGE + "\nA paper without an abstract\n")
    done = folder.run("build", "--strict")
    assert (done.returncode, "and --strict" in done.stderr) == (1, True)
    assert tree(folder.path / "site") == before
    assert folder.run("build").returncode == 1
    assert tree(folder.path / "site") != before


def test_a_full_disk_leaves_the_last_good_site_alone(folder: Folder) -> None:
    """A clear message, no traceback, nothing half-written."""
    resource = pytest.importorskip("resource", reason="Windows has no limits to the size of files")
    folder.seed("a.txt", f"{COMET}\n")
    folder.run("build")
    before = tree(folder.path / "site"), tree(folder.path / "seeds")
    folder.seed("b.txt", f"{YEAST}\n{GRAPH}\n")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, limit[1]))
    try:
        done = folder.process("build", env={"PYTHONDONTWRITEBYTECODE": "1"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert done.returncode == 1
    assert "expected to write" in done.stderr
    assert "Traceback" not in done.stderr
    (folder.path / "seeds" / "b.txt").unlink()
    assert (tree(folder.path / "site"), tree(folder.path / "seeds")) == before


def test_a_broken_template_is_named_with_its_line(folder: Folder) -> None:
    """And the site stays."""
    folder.seed("a.txt", f"{COMET}\n")
    folder.run("build")
    before = tree(folder.path / "site")
    own = folder.path / "templates" / "pages" / "about.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("# About\n{{ digest.papres }}\n")
    done = folder.process("build")  # what it has open then is closed by its end
    assert done.returncode == 1
    assert "about.md.j2:2: " in done.stderr
    assert "papres" in done.stderr
    assert tree(folder.path / "site") == before


def test_time_zone_place_and_file_names_change_nothing(tmp_path: Path) -> None:
    """Two people with the same documents publish the same bytes."""
    sites = []
    for place, zone, names in (
        ("here", "Pacific/Auckland", ["a.txt", "2025-03-11-b.txt"]),
        ("far/away", "America/Los_Angeles", ["z.txt", "2025-03-11-c.txt"]),
    ):
        (tmp_path / place).mkdir(parents=True)
        other = Folder(tmp_path / place / "news")
        Folder(tmp_path / place).run("init", "news")
        settings = other.path / "mkdocs.yml"
        settings.write_text(
            "site_name: News\nplugins: [search, digest]\ndocs_dir: site_src\ntheme: material\n"
        )
        other.seed(names[0], f"{COMET}\n{GRAPH}\n")
        other.seed(names[1], PAGE)
        assert other.process("build", env={"TZ": zone}).returncode == 0
        sites.append(
            (other.pages(), tree(other.path / "site"), tree(other.path / "seeds")["register.jsonl"])
        )
    assert sites[0] == sites[1]


def test_building_again_changes_no_file_and_one_more_seed_only_what_it_must(folder: Folder) -> None:
    """To the nanosecond of its time of change."""
    folder.seed("2025-03-10.txt", f"{COMET}\n{GRAPH}\n")
    folder.run("build")

    def times() -> dict[str, int]:
        return {
            str(file): file.stat().st_mtime_ns
            for folder_ in ("seeds", "site_src", "site")
            for file in (folder.path / folder_).rglob("*")
            if file.is_file()
        }

    before = times()
    assert "0 pages changed" in folder.run("build", today=date(2025, 3, 12)).stderr
    assert times() == before
    old = folder.pages()
    folder.seed("2025-03-11.txt", f"{YEAST}\n")
    folder.run("generate")
    new = folder.pages()
    kept = {path for path in old if old[path] == new[path]}
    (graph,) = (paper for paper in folder.json("papers", "--json") if "graphs" in paper["abstract"])
    assert f"papers/{graph['id']}.md" in kept
    assert "days/2025-03-11.md" in new.keys() - old.keys()


def test_mkdocs_does_the_same_as_digest(folder: Folder) -> None:
    """`mkdocs build` in the folder gives the site that `digest build` gives."""
    folder.seed("2025-03-11.txt", PAGE)
    folder.run("build")
    ours = tree(folder.path / "site")
    for made in ("site", "site_src"):
        shutil.rmtree(folder.path / made)
    (folder.path / "site_src").mkdir()
    mkdocs = Path(sys.executable).with_name("mkdocs")
    subprocess.run(
        [mkdocs, "build", "--quiet"],
        cwd=folder.path,
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1741737600"},
    )
    assert tree(folder.path / "site") == ours


@pytest.mark.parametrize(
    ("line", "words", "said"),
    [
        ("site_dir: seeds", (), "is replaced by every build and would take"),
        ("site_dir: seeds/out", (), "pages would be read as documents"),
        ("docs_dir: seeds", (), "pages would be read as documents"),
        ("site_url: example.org", (), "`site_url` expects a https:// address"),
        ("", ("-d", "seeds"), "is replaced by every build and would take"),
        ("", ("-d", "."), "is replaced by every build and would take"),
    ],
)
def test_no_site_is_built_over_what_people_made(
    folder: Folder, line: str, words: tuple[str, ...], said: str
) -> None:
    """A folder that the build would replace or read again is refused before anything is written."""
    folder.seed("a.txt", f"{COMET}\n")
    settings = folder.path / "mkdocs.yml"
    kept = [each for each in settings.read_text().splitlines() if each[:8] != line[:8]]
    settings.write_text("\n".join([*kept, line, ""]))
    before = tree(folder.path)
    done = folder.run("build", *words)
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert tree(folder.path) == before


@pytest.mark.parametrize(
    ("plugins", "said"),
    [
        ("plugins: 5", "expected the plugin 'digest'"),
        ("plugins: digest", "expected the plugin 'digest'"),
        ("plugins: {digest: [a]}", "expects options as 'name: value', found ['a']"),
        ("plugins: [digest: {seeds: nowhere}]", "expected a folder with documents, found none"),
    ],
)
def test_other_plugins_are_named(folder: Folder, plugins: str, said: str) -> None:
    """Whatever YAML holds; never a traceback."""
    (folder.path / "mkdocs.yml").write_text(f"site_name: News\n{plugins}\n")
    done = folder.run("check")
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr


def test_settings_may_be_short_and_in_another_folder(folder: Folder, tmp_path: Path) -> None:
    """Pages go to site_src unless told otherwise; -d is relative to the current folder."""
    (folder.path / "mkdocs.yml").write_text(
        "site_name: News\nplugins: [search, digest]\ntheme: {name: material, font: false}\n"
    )
    folder.seed("a.txt", f"{COMET}\n")
    away = tmp_path / "away"
    away.mkdir()
    done = Folder(away).run("build", "-f", str(folder.path / "mkdocs.yml"), "-d", "out")
    assert done.returncode == 0, done.stderr
    assert (away / "out" / "index.html").exists()
    assert (folder.path / "site_src" / "index.md").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_said(folder: Folder) -> None:
    """In one line."""
    folder.seed("a.txt", f"{COMET}\n")
    program = Path(sys.executable).with_name("digest")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [program, "papers"], cwd=folder.path, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: expected to write the result")


def test_a_folder_is_added_without_what_is_hidden_in_it(folder: Folder, tmp_path: Path) -> None:
    """A checkout has a `.git`, a download folder its thumbnails: neither holds papers."""
    for name in ("list.txt", ".git/objects.txt", "deep/.cache/old.txt", ".hidden.txt"):
        file = tmp_path / "download" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{COMET}\n")
    done = folder.run("add", str(tmp_path / "download"))
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert "list.txt: " in done.stderr


@pytest.mark.parametrize("epoch", ["soon", "9" * 30, "1e9"])
def test_a_time_that_is_none_is_a_message(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    """The variable is set by build systems; a wrong one would date papers wrongly."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UsageError, match="expected seconds since 1970"):
        today()
