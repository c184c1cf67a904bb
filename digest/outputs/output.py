"""What an output is: one kind of page or file of the site, declared as one record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, Literal

from markupsafe import Markup

from digest.content_keys import ContentKeys
from digest.models import Digest, Page
from digest.outputs.rendering.templates import Templates, front_matter, path_to_root
from digest.store import Cache


@dataclass(frozen=True, slots=True)
class Output:
    """One kind of page or file: how it is made, and what all pages of the kind have in common."""

    name: str
    """Unique among the outputs."""
    pages: Callable[[Digest, Renderer], Iterator[Page]]
    """Yields the pages one by one; reads neither the disk nor the clock."""
    template: str = ""
    """Path in `templates/`: `*.md.j2` for pages, anything else or nothing for files."""
    styles: tuple[str, ...] = ()
    """Style sheets only these pages load: `templates/theme/assets/<name>.css`."""
    modules: tuple[str, ...] = ()
    """Scripts only these pages import: `templates/theme/assets/<name>.js`."""
    robots: str = ""
    """What search engines may do with the pages, as in `<meta name="robots">`."""
    indexed: bool = False
    """Whether the pages are in MkDocs' own search index, for sites that show it."""
    feeds: Literal["daily", "papers", "own"] = "daily"
    """What the pages announce: the daily feed; also that of all papers; or first their own."""

    @property
    def kind(self) -> str:
        """The `kind` in the front matter of its pages; empty for files.

        Hand-written pages have none: that is how the theme tells them apart.
        """
        return self.name if self.template.endswith(".md.j2") else ""

    @property
    def front_matter(self) -> dict[str, Any]:
        """What the front matter of every page has."""
        fields = {
            "kind": self.kind,
            "styles": list(self.styles),
            "modules": list(self.modules),
            "robots": self.robots,
            "search": {} if self.indexed else {"exclude": True},
        }
        return {name: value for name, value in fields.items() if value}

    def render(self, digest: Digest, templates: Templates, **shared: Any) -> Iterator[Page]:
        """Yield the pages of a digest; making one raises `RenderError` if its template fails.

        `shared` is what the renderers of all outputs share besides the templates.
        """
        return self.pages(digest, Renderer(self, templates, **shared))

    def feed_folders(self, url: str) -> list[str]:
        """Return the folders of the feeds that the page at `url` announces, relative to the site.

        >>> authors = Output("author", lambda digest, renderer: iter(()), feeds="own")
        >>> authors.feed_folders("authors/ada/2/")
        ['authors/ada/', '']
        """
        own = ["/".join(url.split("/")[:2]) + "/"] if self.feeds == "own" else []
        return [*own, "", *(["papers/"] if self.feeds == "papers" else [])]


_VALUES = frozenset({*(field.name for field in fields(Digest)), "totals"})
"""What a template may read of a digest without depending on all of it."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """The templates as one output uses them: with its own template and front matter."""

    output: Output
    templates: Templates
    keys: ContentKeys = field(default_factory=ContentKeys)
    kept: Cache = field(default_factory=Cache.none)
    """What earlier builds worked out."""

    def page(
        self, path: str, details: partial[dict[str, Any]] | None = None, /, **context: Any
    ) -> Page:
        """Return the Markdown page at `path`, for which the output's template is rendered.

        The template gets `root`, the relative path to the site's root, and
        `front_matter(title=…, …)`, which adds what the output declares. `details` returns
        more of its context, and is called only if the page is made: it must be a function of
        its arguments alone, whose keys are in the key of the page.
        """
        return Page(
            path,
            lambda: self._markdown(path, {**context, **(details() if details else {})}),
            self._key(details, context),
            self.output.name,
        )

    def picture(self, path: str, details: partial[dict[str, Any]]) -> Page:
        """Return the PNG file at `path`, for which the output's template, an SVG, is drawn."""
        return Page(
            path,
            lambda: self.templates.picture(self.output.template, **details()),
            self._key(details, {"files": self.templates.pictures.files}),
            self.output.name,
        )

    def file(self, path: str, make: Callable[[], str], *of: object) -> Page:
        """Return the file at `path`; `of` is everything that its text depends on."""
        key = self.keys.of(*of)
        return Page(path, lambda: make().encode(), key, self.output.name)

    def _key(self, details: partial[dict[str, Any]] | None, context: Mapping[str, Any]) -> str:
        """Return the key of all that a page depends on.

        Of the digest that is what the template reads of it: one new paper changes the
        digest, but not every page.
        """
        used = self.templates.dependencies(self.output.template)
        given: dict[str, Any] = dict(context)
        names = sorted(used.attributes or ())
        if used.attributes is not None and _VALUES.issuperset(names) and "digest" in given:
            given["digest"] = {name: getattr(given["digest"], name) for name in names}
        return self.keys.of(self.output.front_matter, used, details, given)

    def _markdown(self, path: str, context: Mapping[str, Any]) -> bytes:
        text = self.templates.text(
            self.output.template,
            root=path_to_root(path),
            front_matter=self.front_matter,
            **context,
        )
        return self._with_kind(text).encode()

    def front_matter(self, **fields: Any) -> Markup:
        """Return the front matter of a page; what the page itself gives overrides the output's."""
        given = {name: value for name, value in fields.items() if value not in (None, "")}
        return front_matter(**{**given, **self.output.front_matter, **given})

    def _with_kind(self, text: str) -> str:
        """Return a page with its kind, even if its template does not call `front_matter`."""
        by_hand = text.startswith("---\n")
        if by_hand and "\nkind: " in text.partition("\n---\n")[0]:
            return text
        declared = str(self.front_matter())
        # of a key that is there twice, YAML takes the second: the template's
        return declared.removesuffix("---\n") + text[4:] if by_hand else declared + text
