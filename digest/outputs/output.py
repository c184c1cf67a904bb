"""What an output is: one kind of page or file of the site, declared as one record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from digest.models import Digest, Page
from digest.outputs.rendering.templates import Templates, front_matter, path_to_root


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

    def render(self, digest: Digest, templates: Templates) -> Iterator[Page]:
        """Yield the pages of a digest.

        Raises `RenderError` if a template fails.
        """
        return self.pages(digest, Renderer(self, templates))

    def feed_folders(self, url: str) -> list[str]:
        """Return the folders of the feeds that the page at `url` announces, relative to the site.

        >>> authors = Output("author", lambda digest, renderer: iter(()), feeds="own")
        >>> authors.feed_folders("authors/ada/2/")
        ['authors/ada/', '']
        """
        own = ["/".join(url.split("/")[:2]) + "/"] if self.feeds == "own" else []
        return [*own, "", *(["papers/"] if self.feeds == "papers" else [])]


@dataclass(frozen=True, slots=True)
class Renderer:
    """The templates as one output uses them: with its own template and front matter."""

    output: Output
    templates: Templates

    def page(self, path: str, **context: Any) -> Page:
        """Render the output's template to the Markdown page at `path`.

        The template gets `root`, the relative path to the site's root, and
        `front_matter(title=…, …)`, which adds what the output declares.
        """
        text = self.templates.text(
            self.output.template,
            root=path_to_root(path),
            front_matter=self.front_matter,
            **context,
        )
        return Page(path, self._with_kind(text).encode())

    def picture(self, path: str, **context: Any) -> Page:
        """Render the output's template, an SVG image, to the PNG file at `path`."""
        return self.templates.picture(path, self.output.template, **context)

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
