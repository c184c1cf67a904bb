"""Text from documents is shown as it is, whatever it holds, and never acted upon."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from digest.outputs.rendering.templates import front_matter, to_markdown
from digest.papers import ids
from digest.path_names import is_portable
from tests.conftest import Folder

STRINGS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "[click](javascript:alert(1))",
    '![x](javascript:alert(1) "onload")',
    "<javascript:alert(1)>",
    "[ref]: javascript:alert(1)",
    "*bold* _em_ `code` ~~gone~~ ==marked== ^up^ {++added++}",
    "# heading",
    "1. list",
    "- item",
    "> quote",
    "    indented",
    "| a | b |\n| - | - |",
    "{{ config }} {% raw %} {# x #}",
    "{: onclick=alert(1) }",
    "--- \ntitle: stolen\n---",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- comment",
    "]]> <![CDATA[",
    "\\*escaped\\* \\<b\\>",
    "'; DROP TABLE papers; --",
    "${alert(1)} `${alert(1)}`",
    "\u202egnp.exe\u202c \u200bzero \ufeffwidth",
    "../../etc/passwd",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    ":smile: ++key++ [[wiki]] [^1] *[HTML]: x",
]

PROSE = (
    "We present a study of strings that try to be more than text, number {}, and show that they are"
    " only text in every place: {} This is what a reader would expect of a page made from papers."
)


class Page(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(text: str) -> Page:
    page = Page()
    page.feed(text)
    return page


def harmful(page: Page) -> list[object]:
    """Handlers, scripts and addresses that no built-in template writes."""
    return [
        (tag, attrs)
        for tag, attrs in page.found
        if any(name.startswith("on") for name in attrs)
        or any((value or "").strip().lower().startswith("javascript:") for value in attrs.values())
        or tag in ("iframe", "base", "object", "embed")
        or any("//evil" in (attrs.get(name) or "") for name in ("href", "src", "action", "data"))
        or (attrs.get("http-equiv") == "refresh")
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose every paper is made of hostile strings."""
    from digest.mkdocs import scaffold

    folder = Folder(tmp_path_factory.mktemp("hostile") / "news")
    scaffold.create(folder.path)
    lines = [
        {
            "title": f"{text} number {number}",
            "abstract": PROSE.format(number, text),
            "authors": [text, "Ada Lovelace"],
            "url": text,
            "categories": [text],
            "date": f"2025-03-{number % 28 + 1:02}",
        }
        for number, text in enumerate(STRINGS * 2)
    ]
    folder.seed("hostile.jsonl", "\n".join(map(json.dumps, lines)))
    settings = folder.path / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("topics: auto", "topics: machine-learning"))
    done = folder.run("build")
    assert "Traceback" not in done.stderr
    return folder.path / "site"


def test_no_page_of_the_site_acts_on_what_a_document_says(site: Path) -> None:
    """No handler, no foreign address, no script but those every page has."""
    pages = {file: parsed(file.read_text()) for file in site.rglob("*.html")}
    assert len(pages) > len(STRINGS)
    assert not [found for page in pages.values() for found in harmful(page)]
    scripts = {
        file: [attrs for tag, attrs in page.found if tag == "script"]
        for file, page in pages.items()
    }
    usual = len(scripts[site / "about" / "index.html"])
    papers = [file for file in scripts if file.parent.parent.name == "papers"]
    assert papers
    assert {len(scripts[file]) for file in papers} == {usual}


def test_nothing_leaves_the_title_of_a_page(site: Path) -> None:
    """The heads of all papers hold the same kinds of elements."""
    kinds = {
        frozenset(tag for tag, _ in parsed(file.read_text().partition("</head>")[0]).found)
        for file in site.glob("papers/*/index.html")
    }
    assert len(kinds) == 1
    assert not kinds.pop() & {"img", "svg", "iframe", "a", "b", "base"}


def test_what_the_settings_say_is_text_in_every_page(folder: Folder) -> None:
    """Name, description, author, navigation: a script in one neither runs nor is let run."""
    evil = """x"><script>alert(1)</script><img src=x onerror=alert(1)>'"""
    quoted = evil.replace("'", "''")
    settings = folder.path / "mkdocs.yml"
    text = re.sub(r"(?m)^site_(name|description):.*", rf"site_\1: '{quoted}'", settings.read_text())
    nav = f"- 'Today {quoted}': index.md"
    text = text.replace("- Today: index.md", nav) + f"site_author: '{quoted}'\n"
    settings.write_text(text + f"extra:\n  scope: '{quoted}'\n")
    folder.seed("a.jsonl", json.dumps({"title": "A comet", "abstract": PROSE.format(1, "x")}))
    by_hand = f"---\ntitle: '{quoted}'\ndescription: '{quoted}'\n---\ntext <script>run()</script>\n"
    (folder.path / "site_src" / "mine.md").write_text(by_hand)
    done = folder.run("build")
    assert "mine.md: a script in the page does not run ('run()')" in done.stderr
    for file in (folder.path / "site").rglob("*.html"):
        page = parsed(file.read_text())
        own = [tag for tag, attrs in page.found if tag == "script" and not attrs]
        assert own == (["script"] if "mine" in file.parts else []), file
        assert not harmful(page), file
        assert "sha256-" not in file.read_text().partition("script-src")[2].partition(";")[0]


BIB = "@article{{a, title={{A comet, number {}}}, author={{Ada Lovelace}}, abstract={{{}}}}}"
NAMES = [
    *(
        f"refs.{suffix}"
        for suffix in ("log", "tmp", "bak", "swp", "new", "lock", "db", "~", "bib~")
    ),
    *("mail.log", "sources.yml", "register.jsonl", "index.jsonl", "topics.yml"),
    *(".hidden", "~$refs.bib", "refs.bib ", "refs.bib.", " refs", "con", "AUX.txt", "nul.bib"),
    *("a\nb.t\nxt", "😀.😀", "x" * 255, "x." + "y" * 250, "refs.BIB", "ä.bïb", "-f", "a:b.c|d"),
]


def test_what_is_stored_is_read_by_the_next_build(folder: Folder, tmp_path: Path) -> None:
    """Whatever a document is called, it is stored under a name that nothing passes over."""
    stored = []
    for number, name in enumerate(NAMES):
        file = tmp_path / name
        file.write_text(BIB.format(number, PROSE.format(number, name.encode().hex())))
        done = folder.run("add", "--", str(file))
        assert (done.returncode, len(done.stdout.splitlines())) == (0, 1), (name, done.stderr)
        stored.append(Path(done.stdout.strip()))
    assert all(is_portable(file.name) for file in stored)
    assert {file.suffix for file in stored} == {".bib", ".txt", ".yml", ".jsonl"}
    read = {seed["seed"]: seed["read"] for seed in folder.json("check", "--json")[0]["seeds"]}
    assert read == {file.name: 1 for file in stored}


def test_a_hidden_twin_is_not_the_document(folder: Folder, tmp_path: Path) -> None:
    """A file that no build reads does not keep out a document of the same bytes."""
    text = BIB.format(1, PROSE.format(1, ""))
    folder.seed(".refs.bib", text)
    (tmp_path / "refs.bib").write_text(text)
    assert folder.run("add", str(tmp_path / "refs.bib")).stdout.strip().endswith("refs.bib")


@pytest.mark.parametrize(
    "id", ["/srv/x", "../x", "..", "a/b", "a\\b", "", "a\u0000", "A b", "x" * 300]
)
def test_an_id_that_leads_elsewhere_is_no_id(folder: Folder, id: str) -> None:
    """A damaged register stops the build before anything is written outside of the site."""
    folder.seed("a.bib", BIB.format(1, PROSE.format(1, "")))
    for row in (
        {"id": id, "day": "2025-01-01", "title": "x"},
        {"id": "abc", "day": "2025-01-01", "into": id or ".."},
        {"id": "abc", "day": "2025-01-01", "topics": [id]},
    ):
        folder.seed("register.jsonl", json.dumps(row) + "\n")
        done = folder.run("generate")
        assert done.returncode == 1
        assert "register.jsonl:1: expected a line of the register" in done.stderr
    assert not (folder.path / "site_src" / "papers").exists()


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:x", "java\tscript:x", " javascript:x", "data:text/html,x"],
)
def test_an_address_of_a_source_is_opened_and_nothing_else(folder: Folder, url: str) -> None:
    """What runs instead of leading somewhere is refused, where it is written and where it is
    given."""
    file = folder.seed("a.bib", BIB.format(1, PROSE.format(1, "")))
    folder.seed("sources.yml", f"a.bib:\n  url: {json.dumps(url)}\n")
    done = folder.run("generate")
    assert (done.returncode, "expected an address" in done.stderr) == (1, True)
    folder.seed("sources.yml", "")
    done = folder.run("add", str(file), "--url", url)
    assert (done.returncode, "expected an address" in done.stderr) == (2, True)


def test_topics_have_addresses_that_every_system_takes(folder: Folder) -> None:
    """“Index” and “Aux” are topics like others; one that was published before stays."""
    names = ("Index", "Aux", "Con", "Nul")
    rows = [{"name": name, "phrases": [f"{name}iform comet"]} for name in names]
    folder.path.joinpath("own.yml").write_text(json.dumps({"topics": rows}))
    settings = folder.path / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("topics: auto", "topics: own.yml"))
    folder.seed("register.jsonl", '{"id": "abc", "day": "2025-01-01", "topics": ["con"]}\n')
    for name in names:
        text = PROSE.format(name, f"The {name}iform comet is what {name} is about.")
        folder.seed(f"{name}.bib.txt", BIB.format(name, text))
    done = folder.run("build")
    assert done.returncode == 0, done.stderr
    found = {topic["url"] for topic in folder.json("topics", "--json")}
    assert found == {"topics/index-topic/", "topics/aux-topic/", "topics/con/", "topics/nul-topic/"}


@pytest.mark.parametrize(
    "char", ["\x01", "\x0b", "\x7f", "\x85", "\u200b", "\u202e", "\ufeff", "\ufffe"]
)
def test_a_doi_ends_at_what_cannot_be_seen(char: str) -> None:
    """Such characters would reach citations, and feeds would be no XML."""
    assert ids.doi(f"10.1000/abc{char}def") == "10.1000/abc"


@given(st.text() | st.sampled_from(STRINGS))
def test_markdown_shows_escaped_text_as_it_is(text: str) -> None:
    """In a paragraph, in a heading, in a block of HTML and in an attribute."""
    expected = " ".join(text.split())
    escaped = to_markdown(text)
    for source in (
        f"before {escaped} after",
        f"{escaped}",
        f"# {escaped}",
        f"<div>\n<p>{escaped}</p>\n</div>",
    ):
        page = parsed(
            Markdown(extensions=["tables", "attr_list", "md_in_html", "toc"]).convert(source)
        )
        shown = "".join(page.text).replace("before ", "").replace(" after", "")
        assert shown.strip() == expected.strip() or not expected.isprintable()
        assert {tag for tag, _ in page.found} <= {"p", "h1", "div"}
    (tag, attrs), *rest = parsed(f'<p title="{escaped}">').found
    assert (tag, attrs.get("title"), rest) == ("p", expected, []) or not expected.isprintable()


@given(st.text(), st.lists(st.text(), max_size=3))
def test_front_matter_reads_back_as_one_document(title: str, authors: list[str]) -> None:
    """Whatever a title holds, it cannot end the front matter or add to it."""
    import yaml

    written = front_matter(title=title, authors=authors)
    first, *others = list(yaml.safe_load_all(written))
    assert others in ([], [None])
    assert set(first or {}) <= {"title", "authors"}
