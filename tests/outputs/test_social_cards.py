"""The pictures that other sites show of a page that is linked to."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from digest.errors import RenderError
from digest.models import Assignment, Digest, Edition, Paper, Site, Topic
from digest.outputs import social_cards
from digest.outputs.rendering.templates import Templates
from tests.conftest import COMET, DAY, Folder


def pictures(*names: str, own: Path = Path("nowhere")) -> dict[str, bytes]:
    """The pictures of a digest with topics of these names, by their paths."""
    topics = tuple(Assignment(name, 1.0) for name in names)
    papers = (Paper("a", DAY, "A title", "seed", "An abstract.", topics=topics),)
    digest = Digest(
        site=Site("Toy", "https://example.org/"),
        papers=papers,
        editions=(Edition(DAY, 1, papers),),
        topics=tuple(Topic(name, f"t{n}", papers=papers) for n, name in enumerate(names)),
        accounts=(),
        today=DAY,
    )
    return {page.path: page.make() for page in social_cards.OUTPUT.render(digest, Templates(own))}


def size(png: bytes) -> tuple[int, int]:
    """Width and height, as the header of a PNG file has them."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_the_digest_its_days_and_its_topics_have_a_picture() -> None:
    """Of the size that Open Graph recommends, and each another one."""
    found = pictures("Active learning")
    assert set(found) == {"preview.png", "days/2025-03-12/preview.png", "topics/t0/preview.png"}
    assert {size(png) for png in found.values()} == {(1200, 630)}
    assert len(set(found.values())) == 3


def test_a_name_that_cannot_be_drawn_has_the_picture_of_the_digest() -> None:
    """Rather than one of empty boxes."""
    assert "topics/t0/preview.png" not in pictures("深度学习")
    assert social_cards.picture_path(Topic("深度学习", "t0")) == "preview.png"


def test_names_are_drawn_as_text_whatever_they_hold() -> None:
    """Nothing in a name breaks out of the image, or out of XML."""
    plain = pictures("image")["topics/t0/preview.png"]
    for name in ('</text><image href="http://x/"/>', "a \x00\x0b b", "&lt;", "x" * 5000):
        png = pictures(name)["topics/t0/preview.png"]
        assert size(png) == (1200, 630)
        assert png != plain


def test_a_template_of_ones_own_draws_another_picture(tmp_path: Path) -> None:
    """And one that is no SVG is an error that names it."""
    (tmp_path / "pictures").mkdir()
    own = tmp_path / "pictures" / "preview.svg.j2"
    own.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>')
    assert size(pictures(own=tmp_path)["preview.png"]) == (3, 2)
    own.write_text("no image")
    with pytest.raises(RenderError, match=r"preview\.svg\.j2"):
        pictures(own=tmp_path)


def test_pages_of_a_site_with_an_address_name_their_picture(folder: Folder) -> None:
    """Other sites load a picture from a whole address or not at all."""
    folder.seed("2025-03-11-list.txt", COMET)
    assert folder.run("build").returncode == 0
    assert "og:image" not in (folder.path / "site" / "index.html").read_text()
    settings = folder.path / "mkdocs.yml"
    settings.write_text(f"site_url: https://example.org/d/\n{settings.read_text()}")
    assert folder.run("build").returncode == 0
    named = re.compile(r'<meta property="og:image" content="https://example\.org/d/([^"]+)">')
    for page in ("", "days/2025-03-11/", "about/"):
        text = (folder.path / "site" / page / "index.html").read_text()
        picture = named.search(text)
        assert picture, page
        assert size((folder.path / "site" / picture[1]).read_bytes()) == (1200, 630)
    assert (
        "days/2025-03-11/preview.png"
        in (folder.path / "site" / "days" / "2025-03-11" / "index.html").read_text()
    )
