"""`digest publish`: a site is checked, and handed over only if nothing is wrong with it."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from digest.hosting import site_checks, targets
from digest.hosting.hosts import HOSTS
from digest.hosting.site_checks import BuiltSite
from tests.conftest import COMET, DAY, YEAST, Folder
from tests.hosting.rehearsal import write_program


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A digest of two papers with its site, which tests copy."""
    from digest.mkdocs import scaffold

    path = tmp_path_factory.mktemp("whole") / "news"
    scaffold.create(path)
    folder = Folder(path)
    file = path / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace(
        scaffold.ADDRESS, "site_url: http://127.0.0.1:9/digest/"
    )
    file.write_text(text, encoding="utf-8")
    folder.seed("a.txt", COMET)
    folder.seed("b.txt", YEAST)
    assert folder.run("build").returncode == 0
    return folder


@pytest.fixture
def built(whole: Folder, tmp_path: Path) -> Folder:
    """A digest with a site, of one's own."""
    shutil.copytree(whole.path, tmp_path / "news")
    return Folder(tmp_path / "news")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder served on this machine; yields its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_a_good_site_is_handed_over(built: Folder, tmp_path: Path) -> None:
    """By the host's own tool: here rsync itself, where it is installed."""
    if not shutil.which("rsync"):
        pytest.skip("needs rsync")
    www = tmp_path / "www"
    (www / ".well-known").mkdir(parents=True)
    (www / "former.txt").touch()
    done = built.run("publish", "--to", f"rsync:{www}/", "--published", str(www))
    assert done.returncode == 0, done.stderr
    assert "has nothing published yet" in done.stderr
    assert (www / ".well-known").is_dir()
    assert not (www / "former.txt").exists()
    assert (tmp_path / "www" / "index.html").is_file()
    assert done.stdout == ""


def test_the_branch_of_github_is_pushed(built: Folder, tmp_path: Path) -> None:
    """To a real repository; hidden files and history of other branches are left alone."""
    git = partial(subprocess.run, cwd=built.path, check=True, capture_output=True, text=True)
    git(["git", "init", "-q", "-b", "main"])
    git(["git", "init", "-q", "--bare", "../origin.git"])
    git(["git", "remote", "add", "origin", "../origin.git"])
    git(["git", "config", "user.name", "editor"])
    git(["git", "config", "user.email", "editor@example.invalid"])
    git(["git", "add", "mkdocs.yml"])
    git(["git", "commit", "-qm", "A digest"])
    done = built.run("publish", "--to", "github", "--published", str(tmp_path / "www"))
    assert done.returncode == 0, done.stderr
    listed = git(["git", "--git-dir", "../origin.git", "ls-tree", "--name-only", "gh-pages"]).stdout
    assert {"index.html", ".nojekyll", "papers"} <= set(listed.split())


def test_lost_addresses_stop_everything(built: Folder, tmp_path: Path) -> None:
    """They are named, with the way out; by force it goes on, and says so."""
    www = tmp_path / "www"
    (www / "papers" / "gone").mkdir(parents=True)
    (www / "papers" / "gone" / "index.html").touch()
    to = ("publish", "--to", f"rsync:{tmp_path}/out/", "--published", str(www))
    done = built.run(*to)
    assert done.returncode == 1
    assert "papers/gone/index.html" in done.stderr
    assert "--forget-addresses" in done.stderr
    assert done.stderr.endswith("nothing was published\n")
    assert not (tmp_path / "out").exists()
    if shutil.which("rsync"):
        assert built.run(*to, "--forget-addresses").returncode == 0
        assert (tmp_path / "out" / "index.html").exists()


def test_the_published_site_is_asked_for_its_addresses(built: Folder, tmp_path: Path) -> None:
    """By its sitemap; without one by its list of papers; a site that is not there has none."""
    www = tmp_path / "www"
    www.mkdir()
    with served(www) as url:
        check = ("publish", "--check", "--published", url)
        assert f"{url} has nothing published yet" in built.run(*check).stderr
        (www / "papers.jsonl").write_text('{"id": "x", "url": "papers/x/"}\n', encoding="utf-8")
        assert "would be lost: papers/x/" in built.run(*check).stderr
        shutil.copy(built.path / "site" / "sitemap.xml", www)
        done = built.run(*check)
        assert done.returncode == 0
        assert f"addresses of {url} are there" in done.stderr
        text = (www / "sitemap.xml").read_text(encoding="utf-8")
        (www / "sitemap.xml").write_text(
            text.replace("/days/</loc>", "/former/&amp;/</loc>"), encoding="utf-8"
        )
        done = built.run(*check)
        assert done.returncode == 1
        assert "would be lost: former/&/" in done.stderr


def test_a_site_that_does_not_answer_is_said(built: Folder) -> None:
    """Then the register alone knows which addresses there were."""
    done = built.run("publish", "--check")
    assert done.returncode == 0
    assert "compared with the register alone" in done.stderr
    assert "all 2 addresses of the register are there" in done.stderr


def test_a_page_of_a_registered_paper_is_missed(built: Folder) -> None:
    (paper, *_) = sorted((built.path / "site" / "papers").glob("*/index.html"))
    paper.unlink()
    done = built.run("publish", "--check")
    assert done.returncode == 1
    assert f"would be lost: papers/{paper.parent.name}/" in done.stderr
    assert "within the site without a target" in done.stderr


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("feed.xml", b"<rss>&nbsp;</rss>", "feed.xml (Entity 'nbsp' not defined"),
        ("feed.json", b"{", "feed.json ("),
        ("status.json", b"[]", "site/status.json is damaged"),
        ("index.html", None, "site/ has no site"),
        (
            "about/index.html",
            b'<a href="../nowhere/?a#b">x</a>',
            "about/index.html → ../nowhere/?a#b",
        ),
        (
            "about/index.html",
            b"<img src=http://127.0.0.1:9/digest/no.png>",
            "→ http://127.0.0.1:9/digest/no.png",
        ),
        ("about/index.html", b"<a href=/digest/no/>", "about/index.html → /digest/no/"),
    ],
)
def test_what_is_wrong_with_a_site_is_named(
    path: str, content: bytes | None, said: str, built: Folder
) -> None:
    """And it is not published."""
    file = built.path / "site" / path
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    done = built.run("publish", "--check")
    assert done.returncode == 1
    assert said in done.stderr


def test_links_elsewhere_are_no_matter(tmp_path: Path) -> None:
    """Nor are those to a heading, mails, another site at the same host, or names with %20."""
    (tmp_path / "a b.html").touch()
    (tmp_path / "index.html").write_text(
        '<a href="https://x.invalid/y">1</a><a href="#top">2</a><a href="mailto:a@b.c">3</a>'
        '<a href="/other/">4</a><a href="a%20b.html">5</a><a href=".">6</a><a href="//[x">7</a>'
        '<a href="data:,x">8</a>',
        encoding="utf-8",
    )
    (found,) = site_checks.links(BuiltSite.of(tmp_path, "https://news.invalid/digest/"))
    assert found.level == "ok", found


def test_yesterday_s_site_is_not_published_again(built: Folder) -> None:
    """A build that failed left it there."""
    done = built.run("publish", "--check", today=DAY + timedelta(days=1))
    assert done.returncode == 1
    assert "was built on 2025-03-12, and today is 2025-03-13" in done.stderr


def test_a_host_s_limit_stops_what_is_over_it(tmp_path: Path) -> None:
    """What is near it is said."""
    (host,) = (each for each in HOSTS if each.target == "cloudflare")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(host.file)
    (near,) = site_checks.sizes(BuiltSite.of(tmp_path, "/"), host)
    with (tmp_path / "large").open("wb") as file:
        file.truncate(host.file + 1)
    (over,) = site_checks.sizes(BuiltSite.of(tmp_path, "/"), host)
    assert (near.level, over.level) == ("warning", "error")


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("netlfy:x", "did you mean 'netlify'?"),
        ("netlify", "expected netlify:SITE to publish to"),
        ("netlify:SITE", "expected netlify:SITE to publish to"),
        ("github:main", "would replace all that is on that branch"),
        ("rsync:--delete", "expected no option after rsync:"),
        ("gitlab", "`digest init --publish gitlab` writes it"),
    ],
)
def test_wrong_targets_are_wrong_usage(to: str, said: str, built: Folder) -> None:
    done = built.run("publish", "--to", to)
    assert done.returncode == 2
    assert said in done.stderr


def test_where_to_publish_has_to_be_said(built: Folder) -> None:
    done = built.run("publish")
    assert done.returncode == 2
    assert "`publish` in mkdocs.yml" in done.stderr


def test_a_missing_or_failing_tool_is_named(built: Folder, tmp_path: Path) -> None:
    """With where to get it, or how it ended."""
    done = built.run("publish", "--to", "s3:bucket", env={"PATH": str(tmp_path)})
    assert done.returncode == 1
    assert "expected the program 'aws'" in done.stderr
    write_program(tmp_path / "aws", "#!/bin/sh\nexit 3\n")
    done = built.run("publish", "--to", "s3:bucket", env={"PATH": str(tmp_path)})
    assert done.returncode == 1
    assert "aws ended with 3" in done.stderr


@pytest.mark.parametrize("target", targets.TARGETS, ids=lambda target: target.name)
def test_what_settings_hold_is_one_word(target: targets.Target) -> None:
    """No shell and no tool reads an option out of it."""
    if target.name == "github":
        return
    words = target.command(Path("site"), "a; b $(c)")
    assert not target.tool or any("a; b $(c)" in word for word in words)
    assert words[:1] == [target.tool][: len(words)]
