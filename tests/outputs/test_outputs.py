"""Every output in `OUTPUTS` does what it declares."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TypeAlias

import pytest
import yaml

from digest.config import built_in
from digest.models import (
    Account,
    Assignment,
    Digest,
    Edition,
    Link,
    Page,
    Paper,
    Query,
    Redirect,
    Site,
    Topic,
)
from digest.outputs import OUTPUTS, render
from digest.outputs.feeds import FEED_FORMATS
from digest.outputs.output import Output, Renderer
from digest.outputs.rendering.templates import Templates
from tests.conftest import COMET, YEAST, Folder

DAY = date(2025, 3, 12)
NONE = Path("no templates of one's own")
THEME = built_in() / "theme" / "assets"

SITE = Site(
    "Toy", "https://example.org/", per_page=1, queries=(Query("Comets", phrases=("comet",)),)
)
Made: TypeAlias = dict[str, dict[str, list[Page]]]
"""Pages by the names of a digest and of an output."""
EMPTY = Digest(Site("Toy"), (), (), (), (), DAY)


def small() -> Digest:
    """A digest that has a little of everything."""
    optics = (Assignment("Optics", 1.0, ("lens",)),)
    papers = (
        Paper(
            "p1", DAY, "A: comet\n--- breaks", "seed", COMET, topics=optics, keyphrases=("comet",)
        ),
        Paper(
            "p2",
            DAY,
            "Yeast",
            "headline",
            YEAST,
            topics=optics,
            links=(Link("https://example.com/x", "code"),),
        ),
    )
    return Digest(
        site=SITE,
        papers=papers,
        editions=(Edition(DAY, 1, papers),),
        topics=(Topic("Optics", "optics", papers=papers), Topic("Deep", "deep")),
        accounts=(Account("a.txt", "A list", None, "titled", 1.0, DAY, 2, 2, 0, 0),),
        today=DAY,
        redirects=(
            Redirect("papers/p0/", "Gone"),
            Redirect("days/2025-03-10/", "", (("x/", "X"),)),
        ),
    )


@pytest.fixture(scope="module")
def made() -> Made:
    """What each output makes of each digest, with the built-in templates."""
    templates = Templates(NONE)
    return {
        name: {each.name: list(each.render(digest, templates)) for each in OUTPUTS}
        for name, digest in (("empty", EMPTY), ("small", small()))
    }


def front_matter(page: Page) -> dict[str, object]:
    """The front matter of a page, as MkDocs reads it."""
    opening, fields, _ = page.make().decode().split("---\n", 2)
    assert opening == ""
    return dict(yaml.safe_load(fields))


@pytest.fixture(params=OUTPUTS, ids=lambda output: str(output.name))
def output(request: pytest.FixtureRequest) -> Output:
    """Each output in turn."""
    assert isinstance(request.param, Output)
    return request.param


# --- the list ------------------------------------------------------------------------------------


def test_every_output_has_a_name_of_its_own() -> None:
    """By it a page's kind is known."""
    assert [
        name for name, count in Counter(each.name for each in OUTPUTS).items() if count > 1
    ] == []


def test_every_file_an_output_declares_is_there(output: Output) -> None:
    """Template, style sheets and scripts."""
    declared = [built_in() / output.template] if output.template else []
    declared += [THEME / f"{name}.css" for name in output.styles]
    declared += [THEME / f"{name}.js" for name in output.modules]
    assert [file for file in declared if not file.is_file()] == []


@pytest.mark.parametrize("digest", ["empty", "small"])
def test_an_output_makes_pages_of_any_digest(output: Output, made: Made, digest: str) -> None:
    """Each page at a safe path, with its kind and a title; files have neither."""
    pages = made[digest][output.name]
    assert pages or digest == "empty"
    for page in pages:
        parts = PurePosixPath(page.path).parts
        assert page.path == "/".join(parts), page.path
        assert not {"/", "..", "."} & set(parts), page.path
        assert page.path.endswith(".md") == bool(output.kind), page.path
        if output.kind:
            fields = front_matter(page)
            assert fields["kind"] == output.kind, page.path
            assert fields["title"], page.path


def test_no_two_outputs_want_the_same_path(made: Made) -> None:
    """Even if only their letters' case differs, as on some disks that is the same."""
    paths = Counter(page.path.casefold() for pages in made["small"].values() for page in pages)
    assert [path for path, count in paths.items() if count > 1] == []


@pytest.fixture(scope="module")
def written() -> set[str]:
    """The paths of all pages and files of the small digest."""
    return {page.path for page in render(small(), NONE)}


def test_every_feed_a_page_announces_is_written(
    output: Output, made: Made, written: set[str]
) -> None:
    """In each format, in the folder that the output declares, also by a topic's further pages."""
    announced = {
        folder + format.file
        for page in made["small"][output.name]
        for folder in output.feed_folders(page.path.removesuffix(".md") + "/")
        for format in FEED_FORMATS
    }
    assert announced - written == set()


# --- what the declaration is for -----------------------------------------------------------------


def one_page(folder: Path, template: str) -> Page:
    """The page of an output that somebody adds, with this template."""
    (folder / "authors.md.j2").write_text(template, encoding="utf-8")
    added = Output(
        "authors",
        lambda digest, renderer: iter([renderer.page("authors.md", name="Ada")]),
        "authors.md.j2",
        modules=("authors",),
    )
    (page,) = added.render(EMPTY, Templates(folder))
    return page


@pytest.mark.parametrize(
    "template",
    [
        "# <i>{{ name }}</i>\n",
        '{{ front_matter(title="Authors") }}\n# <i>{{ name }}</i>\n',
        "---\ntitle: Authors\n---\n# <i>{{ name }}</i>\n",
    ],
    ids=["none", "by the mechanism", "by hand"],
)
def test_no_generated_page_is_taken_for_a_hand_written_one(tmp_path: Path, template: str) -> None:
    """It has its kind, whatever front matter its template writes."""
    page = one_page(tmp_path, template)
    fields = front_matter(page)
    assert fields["kind"] == "authors"
    assert fields["modules"] == ["authors"]
    assert fields.get("title", "Authors") == "Authors"
    assert page.make().decode().endswith("\n# <i>Ada</i>\n")


def test_what_a_template_gives_overrides_what_its_output_declares(tmp_path: Path) -> None:
    """So that an editor's own template can load another script; an empty value changes nothing."""
    given = '{{ front_matter(title="Authors", modules=["mine"], kind="") }}'
    fields = front_matter(one_page(tmp_path, given))
    assert fields["modules"] == ["mine"]
    assert fields["kind"] == "authors"
    given = "---\ntitle: Authors\nmodules: [mine]\n---\n"
    assert front_matter(one_page(tmp_path, given))["modules"] == ["mine"]


def test_a_renderer_uses_the_template_of_its_output(tmp_path: Path) -> None:
    """And an editor's own template of that name before the built-in one."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "about.md.j2").write_text("{{ root }}Mine\n", encoding="utf-8")
    (about,) = (each for each in OUTPUTS if each.name == "about")
    page = Renderer(about, Templates(tmp_path)).page("about.md")
    assert page.make().decode().endswith("---\n../Mine\n")
    assert front_matter(page)["kind"] == "about"


def test_a_page_announces_the_feeds_of_its_output(folder: Folder) -> None:
    """A hand-written page the daily feed alone, wherever it is."""
    folder.seed("2025-03-11-list.txt", f"{COMET}\n\n{YEAST}")
    (folder.path / "site_src" / "topics").mkdir(parents=True, exist_ok=True)
    (folder.path / "site_src" / "topics" / "mine.md").write_text("# Mine\n", encoding="utf-8")
    assert folder.run("build").returncode == 0

    def announced(page: str) -> list[str]:
        text = (folder.path / "site" / page / "index.html").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if 'type="application/atom+xml"' in line]
        return [line.split('href="')[1].split('"')[0] for line in lines]

    assert announced("") == ["atom.xml", "papers/atom.xml"]
    assert announced("days/2025-03-11") == ["../../atom.xml", "../../papers/atom.xml"]
    assert announced("about") == ["../atom.xml"]
    assert announced("topics/mine") == ["../../atom.xml"]
