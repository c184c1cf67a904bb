"""Templates (Jinja), and the escaping that makes text from documents safe in them.

Whatever a template prints is escaped for the type of file it makes, unless it is
already `Markup`. Templates need not do it themselves, so an editor's own template
is as safe as a built-in one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import yaml
from markupsafe import Markup, escape

from digest.config import built_in
from digest.errors import RenderError
from digest.language.dates import to_text
from digest.language.sentences import shorten
from digest.language.strings import counted, well_formed
from digest.outputs.rendering.charts import bar, sparkline
from digest.outputs.rendering.dependencies import Dependencies, Sources
from digest.outputs.rendering.filters import (
    long_day,
    month,
    names,
    rfc822,
    sources,
    weekday,
    weekday_and_day,
)
from digest.outputs.rendering.pictures import Pictures

_CHARACTER_REFERENCES = str.maketrans(
    {char: f"&#{ord(char)};" for char in "\\`*_{}[]|~$^=#'"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""In C if PyYAML has it: the Python version takes half of the time of rendering a page."""
_BLOCK_OPENING = re.compile(r"([-+:]|\d+(?=[.)]))")
"""What begins a list or a definition at the start of a line in Markdown."""


def to_markdown(text: object) -> Markup:
    """Escape text so that Markdown, HTML in Markdown and HTML attributes show it literally.

    Characters that Markdown might interpret become character references, because
    inside an HTML block a backslash would be shown.

    >>> print(to_markdown("1. *a* <b>"))
    &#49;. &#42;a&#42; &lt;b&gt;
    """
    if hasattr(text, "__html__"):
        return Markup(text.__html__())
    escaped = " ".join(str(text).split()).translate(_CHARACTER_REFERENCES)
    opening = _BLOCK_OPENING.match(escaped)
    if opening:
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return Markup(escaped)


def escaped(text: object) -> str:
    """Return text escaped once for HTML, whether it was escaped before or not.

    The frame of a page shows titles from both: front matter that this program wrote is
    escaped already, settings and pages written by hand are not.

    >>> escaped('R&D "<b>"'), escaped("R&amp;D &lt;b&gt;")
    ('R&amp;D &quot;&lt;b&gt;&quot;', 'R&amp;D &lt;b&gt;')
    """
    return html.escape(html.unescape(str(text)))


def verbatim(text: str) -> Markup:
    """Escape text for an HTML element that keeps its lines, such as `pre`."""
    return Markup(text.translate(_CHARACTER_REFERENCES))


def front_matter(**fields: Any) -> Markup:
    """Return a page's metadata for MkDocs, in YAML, without empty fields.

    Material puts the title and the description into the page unescaped, so
    strings are escaped here, as HTML.
    """
    known = {name: _escaped(value) for name, value in fields.items() if value not in (None, "")}
    written = yaml.dump(known, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=1000)
    return Markup(f"---\n{written}---\n")


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return html.escape(value)
    if isinstance(value, Mapping):
        return {name: _escaped(part) for name, part in value.items()}
    if isinstance(value, Iterable):
        return [_escaped(part) for part in value]
    return value


class Templates:
    """The editor's own templates and, for those that do not exist there, the built-in ones."""

    def __init__(self, own: Path) -> None:
        """Look in the folder `own` first; it need not exist."""
        folders = (own, built_in())
        self.pictures = Pictures(folder / "pictures" for folder in folders)
        self._compiled = _compiled(folders, _state(folders))

    def dependencies(self, template: str) -> Dependencies:
        """Return what a template depends on, and what it reads of `digest`."""
        return self._compiled.sources.dependencies(template)

    def picture(self, template: str, **context: Any) -> bytes:
        """Render a template of an SVG image, and draw it as PNG.

        Raises `RenderError` as `text` does, and for invalid SVG.
        """
        svg = well_formed(self.text(template, **context))
        try:
            return self.pictures.png(svg)
        except ValueError as error:
            raise RenderError(f"{template}: {error}") from error

    def text(self, template: str, **context: Any) -> str:
        """Render a template: `*.md.j2` escaped for Markdown, `*.txt.j2` unescaped, others for XML.

        Raises `RenderError` with the template, the line and the error.
        """
        environment = self._compiled.environment(template)
        try:
            return environment.get_template(template).render(context)
        except jinja2.TemplateSyntaxError as error:
            raise RenderError(f"{error.filename}:{error.lineno}: {error.message}") from error
        except jinja2.TemplateNotFound as error:
            raise RenderError(f"there is no template {error.message!r}") from error
        except Exception as error:  # a template may do anything
            raise RenderError(f"{_location(error, template)}: {error}") from error


class _Compiled:
    """Templates as they are compiled, which takes as long as rendering hundreds of pages."""

    def __init__(self, folders: Sequence[Path]) -> None:
        loader = jinja2.FileSystemLoader(folders)
        self._markup = _environment(loader, escape)
        self._markdown = _environment(loader, to_markdown)
        self._plain = _environment(loader, None)
        self.sources = Sources(self._markup, loader, "digest")

    def environment(self, template: str) -> jinja2.Environment:
        """Return the environment that escapes for the type of file that a template makes."""
        plain = self._plain if template.endswith(".txt.j2") else self._markup
        return self._markdown if template.endswith(".md.j2") else plain


@lru_cache(maxsize=4)
def _compiled(folders: tuple[Path, ...], _: object) -> _Compiled:
    """Return the templates in folders, compiled once for each state that they are in."""
    return _Compiled(folders)


def _state(folders: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """Return the path, the time of change and the size of every file: any may be included."""
    files = (file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file())
    stats = ((str(file), file.stat()) for file in files)
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def _environment(loader: jinja2.BaseLoader, finalize: Any) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=loader,
        autoescape=finalize is not None,  # noqa: S701 - plain text has nothing to escape
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "day": long_day,
        "rfc822": rfc822,
        "names": names,
        "shorten": shorten,
        "count": counted,
        "weekday": weekday,
        "weekday_and_day": weekday_and_day,
        "iso": to_text,
        "month": month,
        "sources": sources,
        "verbatim": verbatim,
        "sparkline": sparkline,
        "bar": bar,
    }
    return environment


def path_to_root(path: str) -> str:
    """Return the relative path from a page to the site's root; MkDocs gives every page a folder.

    >>> [path_to_root(page) for page in ("index.md", "days/index.md", "papers/k3v9q2xa.md")]
    ['', '../', '../../']
    """
    folders = path.count("/") + (path.endswith(".md") and not path.endswith("index.md"))
    return "../" * folders


def _location(error: BaseException, template: str) -> str:
    """Return the template and line in which an error occurred."""
    location, trace = template, error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            location = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return location
