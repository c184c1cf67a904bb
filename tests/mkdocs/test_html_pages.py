"""Pages that are HTML throughout are not read as Markdown, which would leave them as they are."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from mkdocs.utils.meta import get_data

from tests.conftest import Folder
from tests.edits import toy_digest


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A small, complete digest with a topic template in Markdown, built once."""
    folder = toy_digest(tmp_path_factory.mktemp("html") / "news")
    own = folder.path / "templates" / "pages" / "topics.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ front_matter(title='Topics') }}\n# All **topics**\n\n[Days](../days/)\n")
    assert folder.run("build").returncode == 0
    return folder


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_markdown_would_leave_them_as_they_are(toy: Folder) -> None:
    """So whoever builds the pages without the digest's plugin has the same site."""
    read = markdown.Markdown(extensions=["toc", "tables", "fenced_code"])
    found = 0
    for file in sorted((toy.path / "site_src").rglob("*.md")):
        body, meta = get_data(file.read_text(encoding="utf-8"))
        if meta.get("markup") == "html":
            found += 1
            assert squeezed(read.reset().convert(body)) == squeezed(body), file
    assert found > 12


def test_the_site_has_them_as_they_are_written(toy: Folder) -> None:
    """Within the frame of the theme, to the letter."""
    for name in ("index", "days/2025-03-11", *papers(toy)):
        body, _ = get_data((toy.path / "site_src" / f"{name}.md").read_text(encoding="utf-8"))
        page = "index.html" if name == "index" else f"{name}/index.html"
        assert body.strip("\n") in (toy.path / "site" / page).read_text(encoding="utf-8")


def papers(folder: Folder) -> list[str]:
    """The pages of the papers, below site_src."""
    return [f"papers/{file.stem}" for file in Path(folder.path / "site_src/papers").glob("*.md")]


def test_a_template_of_one_s_own_may_be_markdown(toy: Folder) -> None:
    """It does not say that it is HTML."""
    page = (toy.path / "site" / "topics" / "index.html").read_text(encoding="utf-8")
    assert ">All <strong>topics</strong></h1>" in page
    assert '<a href="../days/">Days</a>' in page
