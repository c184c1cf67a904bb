"""The options of the plugin `digest` in mkdocs.yml, typed; misspelt names get a suggestion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from importlib import resources
from pathlib import Path
from typing import Any

from digest.errors import ConfigError, nearest
from digest.models import Query, Site

PREVIEW = "http://127.0.0.1:8000/"
"""The address of the site as long as `site_url` is not set."""


@dataclass(frozen=True, slots=True)
class FetchEntry:
    """An entry of the option `fetch`: a source that `digest fetch` asks."""

    kind: str
    """The key of the source, such as `arxiv`."""
    query: str
    name: str = ""
    """What readers call its documents."""
    days: int = 0
    """How many days back it is asked; 0: as many as is usual for the source."""
    at: str = ""
    """Another address of the same service, such as a mirror."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options under `plugins: - digest:` in mkdocs.yml; all are optional."""

    seeds: str = field(default="seeds", metadata={"help": "folder of the input documents"})
    templates: str = field(
        default="templates", metadata={"help": "folder of your own Jinja templates"}
    )
    topics: tuple[str, ...] = field(
        default=("auto",),
        metadata={"help": "`auto`, a built-in table (`machine-learning`), a YAML file, or a list"},
    )
    keyphrases: int = field(default=8, metadata={"help": "keyphrases a paper, at most"})
    related: int = field(default=6, metadata={"help": "related papers a paper, at most"})
    per_page: int = field(default=50, metadata={"help": "papers on one page of a topic or day"})
    feed_items: int = field(default=30, metadata={"help": "editions in the daily feed"})
    feed_id: str = field(
        default="digest",
        metadata={"help": "sets your feeds' items apart for ever; never change it once published"},
    )
    feeds: tuple[Query, ...] = field(
        default=(),
        metadata={"help": "searches with feeds of their own: `name`, `topics`, `phrases`"},
    )
    hub: str = field(default="", metadata={"help": "address of a WebSub hub for `digest ping`"})
    mail_from: str = field(
        default="", metadata={"help": "sender of the mail: `Name <digest@example.org>`"}
    )
    mail_unsubscribe: str = field(
        default="",
        metadata={"help": "how to leave: a https: address, which may hold {email} and {token}"},
    )
    mail_signup: str = field(
        default="", metadata={"help": "address at which readers subscribe to the mail"}
    )
    contact: str = field(
        default="",
        metadata={
            "help": "your mail address, told to the services that `digest enrich` and"
            " `digest fetch` ask"
        },
    )
    publish: str = field(
        default="",
        metadata={
            "help": "where `digest publish` hands the site over to: `github`, `rsync:WHERE` …"
        },
    )
    indexes: tuple[str, ...] = field(
        default=("all",),
        metadata={
            "help": "public indexes that `digest enrich` asks: `all`, or names of some;"
            " `name=https://…` for a mirror"
        },
    )
    fetch: tuple[FetchEntry, ...] = field(
        default=(),
        metadata={"help": "sources that `digest fetch` asks: a list of `arxiv: cs.LG` and others"},
    )


def built_in() -> Path:
    """Return the folder of the built-in templates: in the package, or beside it in a checkout."""
    package = Path(str(resources.files("digest")))
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a build depends on, besides its documents; all paths are absolute."""

    root: Path
    site_src: Path
    site_dir: Path
    site_name: str = "Digest"
    site_url: str = PREVIEW
    """Ends with a slash."""
    site_description: str = ""
    options: Options = Options()
    topics_named_by: str = "mkdocs.yml"
    """The settings file, or the option of a command, that names the tables of topics."""

    @property
    def is_preview(self) -> bool:
        """Whether the address of the site is not known yet."""
        return self.site_url == PREVIEW

    @property
    def seeds(self) -> Path:
        """The folder of the input documents."""
        return self.root / self.options.seeds

    @property
    def templates(self) -> Path:
        """The folder of the user's own templates; it need not exist."""
        return self.root / self.options.templates

    @property
    def register(self) -> Path:
        """The file with every paper's address."""
        return self.seeds / "register.jsonl"

    @property
    def index(self) -> Path:
        """The file of lookups in public indexes."""
        return self.seeds / "index.jsonl"

    @property
    def guide(self) -> str:
        """The address of a person's own guide, relative to the site; empty where there is none."""
        return "guide/" if (self.site_src / "guide" / "index.md").is_file() else ""

    @property
    def found_topics(self) -> Path:
        """The file of the topics that were discovered, rather than given."""
        return self.seeds / "topics.yml"

    @property
    def cache(self) -> Path:
        """The folder of results that can be computed again."""
        return self.root / ".cache" / "digest"

    @property
    def site(self) -> Site:
        """What the site is called, where it will be, and how it is cut into pages and feeds."""
        return Site(
            name=self.site_name,
            url=self.site_url,
            is_preview=self.is_preview,
            description=self.site_description,
            feed_id=self.options.feed_id,
            per_page=self.options.per_page,
            feed_items=self.options.feed_items,
            hub=self.options.hub,
            queries=self.options.feeds,
            signup=self.options.mail_signup,
            guide=self.guide,
        )

    def with_topics(self, table: str, named_by: str) -> Settings:
        """Return the same settings with another table of topics, and what names it."""
        options = replace(self.options, topics=(table,))
        return replace(self, options=options, topics_named_by=named_by)


def options_from(given: Mapping[str, Any] | None, file: Path | str = "mkdocs.yml") -> Options:
    """Return the options given under `digest:` in mkdocs.yml, checked and typed.

    Raises `ConfigError` for an unknown option or a value of the wrong type.

    >>> options_from({"topics": "machine-learning", "per_page": 20}).topics
    ('machine-learning',)
    >>> options_from({"topic": "auto"}, "a.yml")
    Traceback (most recent call last):
    digest.errors.ConfigError: a.yml: plugin 'digest' has no option 'topic'; did you mean 'topics'?
    """
    if given is not None and not isinstance(given, Mapping):
        raise ConfigError(
            file, f"plugin 'digest' expects options as 'name: value', found {given!r}"
        )
    known = {option.name: option for option in fields(Options)}
    values: dict[str, Any] = {}
    for name, value in (given or {}).items():
        if name not in known:
            raise ConfigError(
                file, f"plugin 'digest' has no option {name!r}{nearest(str(name), known)}"
            )
        parse = _LISTS.get(str(name))
        values[name] = (
            parse(value, file) if parse else _typed(str(name), value, known[name].default, file)
        )
    _fits(values, file)
    return Options(**values)


_FEED_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def _fits(values: Mapping[str, Any], file: Path | str) -> None:
    """Check texts of a certain form: a part of a `tag:` URI (RFC 4151), and addresses."""
    feed_id = values.get("feed_id", "digest")
    if not _FEED_ID.fullmatch(feed_id):
        raise ConfigError(
            file,
            f"option 'feed_id' expects small letters, digits and hyphens, found {feed_id!r}",
        )
    for name in ("hub", "mail_signup"):
        if not values.get(name, "https://").startswith(("http://", "https://")):
            raise ConfigError(
                file, f"option '{name}' expects a https:// address, found {values[name]!r}"
            )


def _queries(value: Any, file: Path | str) -> tuple[Query, ...]:
    """Parse saved searches: a list of `name: …, topics: […], phrases: […]`."""
    queries = tuple(
        _query(entry, file) for entry in (value if isinstance(value, list) else [value])
    )
    names = [query.name for query in queries]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(file, f"option 'feeds' has two entries named {name!r}")
    return queries


def _query(entry: Any, file: Path | str) -> Query:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
        raise ConfigError(
            file,
            "option 'feeds' expects entries with a 'name', and 'topics' or 'phrases',"
            f" found {entry!r}",
        )
    known = ("name", "topics", "phrases")
    for key in entry:
        if key not in known:
            raise ConfigError(file, f"option 'feeds' has no part {key!r}{nearest(str(key), known)}")
    words = {
        key: _typed(f"feeds: {entry['name']}: {key}", entry[key], (), file)
        for key in known[1:]
        if entry.get(key)
    }
    if not words:
        raise ConfigError(
            file,
            f"option 'feeds' expects 'topics' or 'phrases' for {entry['name']!r}, found neither",
        )
    return Query(name=entry["name"], **words)


def _fetch_entries(value: Any, file: Path | str) -> tuple[FetchEntry, ...]:
    """Parse sources to fetch: a list of `source: query`, perhaps with `name`, `days` and `at`."""
    entries = value if isinstance(value, list) else [value]
    return tuple(_fetch_entry(entry, file) for entry in entries)


def _fetch_entry(entry: Any, file: Path | str) -> FetchEntry:
    parts = ("name", "days", "at")
    sources = [key for key in entry if key not in parts] if isinstance(entry, Mapping) else []
    if len(sources) != 1:
        hint = nearest(str(sources[-1]), parts) if sources else ""
        raise ConfigError(
            file,
            "option 'fetch' expects entries with one source and its query, as 'arxiv: cs.LG',"
            f" and perhaps 'name', 'days' and 'at', found {entry!r}{hint}",
        )
    kind = str(sources[0])
    query = entry[kind] if isinstance(entry[kind], list) else [entry[kind]]
    if not query or not all(type(word) in (str, int) and str(word).strip() for word in query):
        raise ConfigError(file, f"option 'fetch: {kind}' expects a query, found {entry[kind]!r}")
    given = {
        part: _typed(f"fetch: {kind}: {part}", entry[part], 0 if part == "days" else "", file)
        for part in parts
        if part in entry
    }
    place = str(given.get("at", "https://"))
    if not place.startswith(("https://", "http://")) or "@" in place:
        raise ConfigError(
            file,
            f"option 'fetch: {kind}: at' expects a https:// address without a password, found"
            f" {place.rpartition('@')[2]!r}",
        )
    return FetchEntry(kind, " ".join(str(word).strip() for word in query), **given)


_LISTS: Mapping[str, Callable[[Any, Path | str], tuple[Any, ...]]] = {
    "feeds": _queries,
    "fetch": _fetch_entries,
}
"""Options whose entries have parts."""


def _typed(name: str, value: Any, default: Any, file: Path | str) -> Any:
    """Check one value against the type of its default; a list may also be a single word."""
    if isinstance(default, tuple):
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and items and all(isinstance(item, str) for item in items):
            return tuple(items)
        raise ConfigError(
            file, f"option '{name}' expects a name or a list of names, found {value!r}"
        )
    if isinstance(default, int):
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        raise ConfigError(file, f"option '{name}' expects a whole number above 0, found {value!r}")
    if isinstance(value, str) and value.strip():
        return value
    raise ConfigError(file, f"option '{name}' expects a text, found {value!r}")
