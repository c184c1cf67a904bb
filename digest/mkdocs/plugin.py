"""The MkDocs plugin `digest`, for `mkdocs build` and `mkdocs serve`."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from html import unescape
from importlib import resources
from itertools import takewhile
from pathlib import Path
from threading import Thread
from typing import Any, cast

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.contrib.search.search_index import SearchIndex
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from mkdocs.utils.templates import TemplateContext

from digest import outputs, pipeline
from digest.clock import today
from digest.config import PREVIEW, Settings, built_in, options_from
from digest.errors import DigestError
from digest.files import write_file
from digest.locks import FOREVER, writing
from digest.mkdocs import csp, site
from digest.mkdocs.preview import PreviewServer, line_progress
from digest.mkdocs.reuse import Reuse, plan
from digest.outputs.rendering.templates import escaped
from digest.progress import silent
from digest.publish import atomic_replace, search
from digest.publish.write import hand_written, written_files

log = get_plugin_logger("digest")

NAV = [
    {"Today": "index.md"},
    {"Days": "days/index.md"},
    {"Topics": "topics/index.md"},
    {"Map": "map.md"},
    {"Search": "search.md"},
    {"About": "about.md"},
]
"""The navigation of a digest whose mkdocs.yml has none: never the papers, which are too many."""

_ANCHOR = re.compile(r'\bid="([^"]+)"')


class DigestPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Writes site_src before MkDocs reads it, and replaces the site in one step."""

    def __init__(self) -> None:
        """Start outside of any build."""
        self._options: Mapping[str, Any] = {}
        self._written = False
        self._first = True
        self._dirty = False
        self._serving = False
        self._final = ""
        self._sections: list[dict[str, str]] = []
        self._html: dict[str, str] = {}
        self._reuse: Reuse | None = None
        self._newest = ""
        self._rendered: list[Page] = []
        self._warnings = _WarningCounter()
        self._shipped = csp.Shipped()
        self._indexing: Thread | None = None
        self._writing: ExitStack | None = None
        """Holds the lock, from before the first file is written until the site is in place."""

    def site_src_is_written(self) -> None:
        """Do not write site_src in the next build: `digest build` has just written it."""
        self._written = True

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Check the plugin's options; for a misspelt one the error suggests the right name."""
        self._options = options
        try:
            options_from(options, Path(config_file_path or "mkdocs.yml").name)
        except DigestError as error:
            return [("digest", error)], []
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep the plugin across the builds of one `mkdocs serve`."""
        self._dirty = dirty
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put the digest's templates before Material's, and the new site beside the old one."""
        try:
            settings = self._settings(config)
        except DigestError as error:
            raise PluginError(str(error)) from error
        if not config.use_directory_urls:
            raise PluginError(
                "mkdocs.yml: `use_directory_urls: false` would move every page —"
                " remove it: a digest's addresses are papers/<id>/ and the like"
            )
        themes = [settings.templates / "theme", built_in() / "theme"]
        config.theme.dirs[:0] = [str(folder) for folder in dict.fromkeys(themes) if folder.is_dir()]
        if config.nav is None:
            config.nav = list(NAV)
        self._final = config.site_dir
        if not self._dirty:
            config.site_dir = f"{config.site_dir.rstrip(os.sep)}.new"
        self._warnings.start()
        self._choose_search(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Write the Markdown, data and feeds that MkDocs is about to read."""
        self._lock(config)
        if self._written:
            self._written = False
        else:
            self._write_site_src(config)
        self._reuse = (
            None if self._dirty else plan(config, self._cache(config), serving=self._serving)
        )
        if self._reuse:
            self._reuse.prepare()
            config.docs_dir = str(self._reuse.docs)

    def _lock(self, config: MkDocsConfig) -> None:
        """Be the only one who builds; a preview waits for that, as it has time."""
        wait = FOREVER if self._serving else 0
        lock = ExitStack()
        try:
            lock.enter_context(writing(self._cache(config), "site", wait=wait, say=log.info))
        except DigestError as error:
            raise PluginError(str(error)) from error
        self._writing = lock

    def _unlock(self) -> None:
        if self._writing:
            self._writing.close()
            self._writing = None

    def _write_site_src(self, config: MkDocsConfig) -> None:
        # only the first build of a large digest takes minutes
        progress = line_progress(log.info) if self._first else silent
        try:
            report = pipeline.build(self._settings(config), today(), progress)
        except DigestError as error:
            raise PluginError(str(error)) from error
        for problem in report.problems:
            log.warning("%s", problem)
        if report.digest.site.is_preview:
            log.info("without `site_url` the feeds are written for a preview at %s", PREVIEW)
        progress("site", 0, 0)
        self._first = False
        for path in report.written.kept:
            log.info("%s is yours and stays; remove it to have the page of that name", path)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Add what is taken from the last build; leave out what of Material no template uses."""
        if self._reuse:
            config.docs_dir = str(self._reuse.site_src)
            self._reuse.link(Path(config.site_dir))
        if not _builds_on_material(config.theme):
            for file in files.media_files():
                if file.src_uri.startswith("assets/") and _is_material(file.src_dir):
                    files.remove(file)
        return files

    def on_env(
        self, env: Environment, /, *, config: MkDocsConfig, files: Files
    ) -> Environment | None:
        """Give templates their escaping, and the sitemap its dates of change.

        These are each page's own date, or the newest of all: MkDocs sets the day of the
        build, as if every page changed every day.
        """
        env.filters["escaped"] = escaped
        pages_of = (self._settings(config).templates, built_in())
        self._shipped = csp.shipped([*map(Path, config.theme.dirs), *pages_of])
        pages = [file.page for file in files.documentation_pages() if file.page]
        self._sections = [*_sections(page for page in pages if not page.meta.get("kind"))]
        dates = [str(page.meta.get("date") or "") for page in pages]
        newest = max([*dates, self._reuse.newest() if self._reuse else ""])
        for page, date in zip(pages, dates, strict=True):
            page.update_date = date or newest or page.update_date
        self._newest = newest
        self._rendered = pages
        return env

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """List all pages in the sitemap, also those that are not rendered."""
        if self._reuse and template_name == "sitemap.xml":
            files = self._reuse.sitemap(self._rendered, self._newest)
            cast("dict[str, Any]", context)["pages"] = files
        return context

    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Set aside a page that is HTML throughout: Markdown would leave it as it is.

        It would read it twice all the same, which takes longer than all else about a page.
        """
        if page.meta.get("markup") != "html":
            return markdown
        self._html[page.file.src_uri] = markdown.strip("\n")
        return ""

    def on_page_content(
        self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Give such a page its content, and the anchors that links may lead to."""
        content = self._html.pop(page.file.src_uri, None)
        if content is None:
            return html
        page.present_anchor_ids = set(_ANCHOR.findall(content))
        return content

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Set the feeds that the page announces, for the theme."""
        folders = outputs.feed_folders(page.meta.get("kind"), page.url)
        cast("dict[str, Any]", context)["feed_folders"] = folders
        return context

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Add the Content-Security-Policy to a page, and name the scripts that it blocks."""
        for script in csp.blocked(output, self._shipped):
            log.warning(
                "%s: a script in the page does not run (%r): scripts are files, named in"
                " `extra_javascript`, or stand in a template",
                page.file.src_uri,
                script.strip()[:40],
            )
        return csp.protect(output, self._shipped, serving=self._serving)

    def on_post_template(
        self, output_content: str, /, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Add it to pages without Markdown, too, such as 404.html."""
        if not template_name.endswith(".html"):
            return output_content
        return csp.protect(output_content, self._shipped, serving=self._serving)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Index the papers for search, and replace the old site with the new one in one step."""
        sections = json.dumps(self._sections, ensure_ascii=False, separators=(",", ":"))
        write_file(Path(config.site_dir) / search.PAGES, sections.encode())
        if not self._serving:
            self._index(config)
        self._warnings.stop()
        if config.site_dir == self._final:
            self._unlock()
            return
        if config.strict and self._warnings.found:
            raise PluginError("there were warnings, and --strict: the site is as it was before")
        self._finish_indexing()
        atomic_replace.replace(Path(config.site_dir), Path(self._final))
        config.site_dir = self._final
        if self._reuse:
            # replacing gave unchanged pages their times back, by which they are recognised
            # a page with a warning is rendered again, so that the warning is repeated
            pages = () if self._warnings.found else self._rendered
            self._reuse.remember(pages, Path(config.site_dir))
        self._unlock()
        if self._serving:
            # a page is looked at before it is searched for: the index may come a moment later
            self._indexing = Thread(target=self._index, args=(config,))
            self._indexing.start()

    def _index(self, config: MkDocsConfig) -> None:
        if search.version():
            language = str(config.theme.get("language") or "en")
            try:
                search.index(Path(config.site_dir), self._cache(config), language)
            except DigestError as error:
                log.warning("%s", error)

    def _finish_indexing(self) -> None:
        if self._indexing:
            self._indexing.join()
            self._indexing = None

    def on_shutdown(self) -> None:
        """Finish the index of the last preview."""
        self._finish_indexing()

    def on_build_error(self, *, error: Exception) -> None:
        """Remove the unfinished site; the last good one stays."""
        self._warnings.stop()
        if self._writing and not self._dirty:
            shutil.rmtree(f"{self._final.rstrip(os.sep)}.new", ignore_errors=True)
        self._unlock()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch what editors change, and keep the last good site if a build fails."""
        settings = self._settings(config)
        file = Path(config.config_file_path or "mkdocs.yml")
        if not isinstance(server, PreviewServer):
            server = PreviewServer.in_place_of(server)
        tables = (settings.root / name for name in settings.options.topics)
        for path in (file, settings.seeds, settings.templates, built_in(), *tables):
            server.watch(str(path))
        server.follow(
            # most of site_src is written by every build
            lambda: hand_written(settings.site_src) if written_files(settings.site_src) else (),
            written=(settings.register, settings.found_topics),
        )
        return server

    def _choose_search(self, config: MkDocsConfig) -> None:
        """Turn off Material's search, because the digest has its own."""
        plugin = config.plugins.get("material/search")
        if plugin:
            plugin.config["enabled"] = False
        if not search.version():
            # --strict is about the papers, not about what the machine cannot run
            level = logging.INFO if config.strict else logging.WARNING
            log.log(level, "Pagefind does not run here: readers who search will load all papers")

    def _cache(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path or "mkdocs.yml").resolve().parent / ".cache" / "digest"

    def _settings(self, config: MkDocsConfig) -> Settings:
        file = Path(config.config_file_path or "mkdocs.yml")
        return site.make_settings(
            options=self._options,
            root=file.resolve().parent,
            site_src=Path(config.docs_dir),
            site_dir=Path(self._final or config.site_dir),
            found=config,
            file=file,
        )


def _is_material(folder: str | None) -> bool:
    """Return whether a theme folder is Material's own, and not one put before it."""
    return (
        folder is not None and Path(folder) == Path(str(resources.files("material"))) / "templates"
    )


def _builds_on_material(theme: Theme) -> bool:
    """Return whether a template before Material's extends its base.html, and so needs its assets.

    The built-in ones do not; an editor's own templates/theme/main.html may.
    """
    folders = takewhile(lambda folder: not _is_material(folder), theme.dirs)
    templates = (file for folder in folders for file in Path(folder).rglob("*.html"))
    return any("base.html" in file.read_text(encoding="utf-8") for file in templates)


def _sections(pages: Iterable[Page]) -> Iterator[dict[str, str]]:
    """Yield the sections of hand-written pages, as MkDocs' own search divides them."""
    for page in pages:
        if (page.meta.get("search") or {}).get("exclude"):
            continue
        index = SearchIndex(indexing="full", prebuild_index=False)
        index.add_entry_from_context(page)
        whole, *parts = json.loads(index.generate_search_index())["docs"]
        for part in parts or [whole]:
            yield {
                "page": unescape(str(page.title or "")),
                "title": unescape(part["title"] or ""),
                "url": part["location"],
                "text": part["text"],
            }


class _WarningCounter(logging.Handler):
    """Counts warnings, as MkDocs does for --strict, but before the site is replaced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found = 0

    def start(self) -> None:
        self.found = 0
        logging.getLogger("mkdocs").addHandler(self)

    def stop(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.found += 1
