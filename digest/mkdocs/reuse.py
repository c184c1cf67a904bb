"""Pages that are taken from the last build, because nothing that they depend on has changed.

A generated page depends on its Markdown and on its frame: mkdocs.yml, the theme's
templates, the navigation, and the versions of the programs. Where both are those of
the last build, MkDocs is not shown the page at all; its HTML is linked into the new
site. So are the other generated files, such as feeds. What remains for MkDocs is a
folder with what changed, the pages of the navigation, and everything written by hand:
these may depend on other pages, and are few.

The HTML is kept in the folder of caches, with a manifest. Deleting them costs time only.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from digest import store
from digest.config import built_in
from digest.files import link, link_all, write_file
from digest.mkdocs.last_build import EXTENSIONS, PLUGINS
from digest.mkdocs.site import as_text
from digest.path_names import is_below
from digest.publish.write import files_by_hand, written_files

UNTRACKED = ("exclude_docs", "draft_docs", "hooks", "extra_templates")
"""Settings by which a page depends on more than its frame; with any of them, too."""
_PAGE_LISTS = re.compile(r"\b(?:build_date_utc|pages)\b|base\.html")
"""What a template of the editor's must not use: dates, other pages, the whole of Material."""
_TOKEN = re.compile(r"[\w%.~/-]+")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as the last build rendered it."""

    checksum: str
    """Of its Markdown."""
    path: str
    """Of its HTML, below the site and below the folder of kept pages."""
    size: int
    mtime_ns: int
    canonical_url: str | None
    abs_url: str | None
    date: str
    """The date in its front matter; empty if it has none."""


_FIELDS = tuple(field.name for field in fields(KeptPage))


@dataclass(slots=True)
class Reuse:
    """What a build takes from the last one."""

    folder: Path
    """Where HTML is kept."""
    frame: str
    site_src: Path
    files: Mapping[str, str]
    """The checksum of every generated file, by its path in site_src."""
    kept: dict[str, KeptPage]
    """The pages that are not rendered, by the path of their Markdown."""
    asked: frozenset[str]
    """Generated files that MkDocs has to see, as it renders them or pages link to them."""
    by_hand: tuple[str, ...]
    """Files in site_src that the digest did not write."""

    @property
    def docs(self) -> Path:
        """The folder that MkDocs reads in place of site_src."""
        return self.folder.with_name(f"{self.folder.name}-docs")

    # --- before MkDocs reads anything ----------------------------------------------------------

    def prepare(self) -> None:
        """Fill the folder that MkDocs reads."""
        shutil.rmtree(self.docs, ignore_errors=True)
        self.docs.mkdir(parents=True)
        link_all(self.site_src, self.docs, (*self.asked, *self.by_hand))

    # --- while it builds -----------------------------------------------------------------------

    def link(self, site: Path) -> None:
        """Put the pages and files that MkDocs does not see into the new site."""
        link_all(self.folder, site, (page.path for page in self.kept.values()))
        others = (path for path in self.files if not path.endswith(".md"))
        link_all(self.site_src, site, (path for path in others if path not in self.asked))

    def newest(self) -> str:
        """Return the newest date of the pages that are not rendered; empty if none has a date."""
        return max((page.date for page in self.kept.values()), default="")

    def sitemap(self, pages: Iterable[Page], newest: str) -> list[Any]:
        """Return all pages of the site for the sitemap, in the order in which MkDocs walks them."""
        rendered = {page.file.src_uri: page.file for page in pages}
        others = {path: _stand_in(page, newest) for path, page in self.kept.items()}
        found: dict[str, Any] = {**others, **rendered}
        return [found[path] for path in sorted(found, key=_walk_order)]

    # --- afterwards ----------------------------------------------------------------------------

    def remember(self, pages: Iterable[Page], site: Path) -> None:
        """Keep the HTML of the generated pages that were rendered, and write the manifest."""
        kept = dict(self.kept)
        for page in pages:
            path = page.file.src_uri
            html = site / page.file.dest_uri
            if path not in self.files or not html.is_file():
                continue
            target = self.folder / page.file.dest_uri
            target.parent.mkdir(parents=True, exist_ok=True)
            link(str(html), str(target))
            stat = html.stat()
            kept[path] = KeptPage(
                self.files[path],
                page.file.dest_uri,
                stat.st_size,
                stat.st_mtime_ns,
                page.canonical_url,
                page.abs_url,
                str(page.meta.get("date") or ""),
            )
        before = _read(self.folder)[1]
        for path in before.keys() - kept.keys():
            (self.folder / before[path].path).unlink(missing_ok=True)
        rows = {path: [getattr(kept[path], name) for name in _FIELDS] for path in sorted(kept)}
        data = {"frame": self.frame, "pages": rows}
        write_file(_manifest(self.folder), json.dumps(data, separators=(",", ":")).encode())
        shutil.rmtree(self.docs, ignore_errors=True)


def plan(config: MkDocsConfig, cache: Path, *, serving: bool) -> Reuse | None:
    """Decide what a build takes from the last one; None if MkDocs has to see everything."""
    if not _can_reuse(config):
        return None
    site_src = Path(config.docs_dir)
    folder = cache / "pages" / ("preview" if serving else "site")
    files = written_files(site_src)
    frame = _frame(config, site_src, serving=serving)
    known, pages = _read(folder)
    by_hand = tuple(files_by_hand(str(site_src), files))
    asked = _in_nav(config.nav) | _linked(site_src, by_hand, files)
    kept = {
        path: page
        for path, page in (pages.items() if known == frame else ())
        if files.get(path) == page.checksum and path not in asked and _is_intact(page, folder)
    }
    changed = {path for path in files if path.endswith(".md") and path not in kept}
    return Reuse(
        folder, frame, site_src, files, kept, frozenset(changed | asked & files.keys()), by_hand
    )


def _can_reuse(config: MkDocsConfig) -> bool:
    """Return whether a generated page depends on nothing but its Markdown and its frame."""
    if any(config.get(name) for name in UNTRACKED) or not config.plugins.keys() <= PLUGINS:
        return False
    if not all(EXTENSIONS.fullmatch(name) for name in config.markdown_extensions):
        return False
    own = str(built_in())
    return not any(
        _PAGE_LISTS.search(text)
        for path, text in _templates(config).items()
        if not path.startswith(own)
    )


def _frame(config: MkDocsConfig, site_src: Path, *, serving: bool) -> str:
    """Return the key of all that every page depends on."""
    given: dict[str, Any] = {}
    for settings in config.user_configs:
        given |= settings
    for name in ("site_dir", "docs_dir", "strict", "dev_addr", "watch", "validation"):
        given.pop(name, None)
    untitled = _untitled(config.nav)
    parts = {
        "settings": given,
        "address": config.site_url,
        "serving": serving,
        "templates": _templates(config),
        "nav": {path: _text(site_src / path) for path in sorted(untitled)},
        "versions": [version(name) for name in ("mkdocs", "mkdocs-material", "markdown", "jinja2")],
    }
    return store.key(store.version(), as_text(parts))


def _templates(config: MkDocsConfig) -> dict[str, str]:
    """Return the text of every template that goes before those of Material and MkDocs."""
    found = {}
    for folder in config.theme.dirs:
        if (Path(folder) / "mkdocs_theme.yml").exists():
            break
        for file in sorted(Path(folder).rglob("*")):  # whatever its name, it may be included
            if file.is_file() and "assets" not in file.relative_to(folder).parts:
                found[str(file)] = _text(file)
    return found


def _text(file: Path) -> str:
    with suppress(OSError):
        return file.read_text(encoding="utf-8", errors="replace")
    return ""


def _in_nav(nav: Any) -> frozenset[str]:
    """Return the paths in the navigation, as mkdocs.yml has it."""
    if isinstance(nav, str):
        return frozenset({nav})
    items = nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ()
    return frozenset[str]().union(*map(_in_nav, items))


def _untitled(nav: Any) -> frozenset[str]:
    """Return the paths in the navigation whose titles are those of their pages."""
    if isinstance(nav, str):
        return frozenset({nav})
    if isinstance(nav, list):
        return frozenset[str]().union(*map(_untitled, nav))
    if isinstance(nav, Mapping):
        lists = [value for value in nav.values() if isinstance(value, list)]
        return frozenset[str]().union(*map(_untitled, lists))
    return frozenset()


def _linked(site_src: Path, by_hand: Iterable[str], files: Mapping[str, str]) -> frozenset[str]:
    """Return the generated files that pages written by hand may link to."""
    found = set()
    for path in by_hand:
        if path.endswith((".md", ".markdown")):
            for token in _TOKEN.findall(_text(site_src / path)):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(token)))
                found |= {target, unquote(token).lstrip("/")} & files.keys()
    return frozenset(found)


def _stand_in(page: KeptPage, newest: str) -> Any:
    """Return what the sitemap needs of a page that is not rendered."""
    about = SimpleNamespace(
        is_link=False,
        canonical_url=page.canonical_url,
        abs_url=page.abs_url,
        update_date=page.date or newest,
    )
    return SimpleNamespace(page=about)


def _walk_order(path: str) -> tuple[tuple[str, ...], bool, str]:
    """Order paths as MkDocs does: a folder's own files first, of these the index."""
    place = PurePosixPath(path)
    return place.parts[:-1], place.stem not in ("index", "README"), place.name


def _manifest(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


def _read(folder: Path) -> tuple[str, dict[str, KeptPage]]:
    """Return the frame and the pages of the last build; a damaged manifest has none."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        data = json.loads(_manifest(folder).read_bytes())
        pages = {path: KeptPage(*page) for path, page in data["pages"].items()}
        if all(is_below(page.path) for page in pages.values()):
            return str(data["frame"]), pages
    return "", {}


def _is_intact(page: KeptPage, folder: Path) -> bool:
    """Return whether the kept HTML is the file that was written."""
    with suppress(OSError):
        stat = os.stat(f"{folder}/{page.path}")  # noqa: PTH116
        return (stat.st_size, stat.st_mtime_ns) == (page.size, page.mtime_ns)
    return False
