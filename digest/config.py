"""The options of the plugin `digest` in mkdocs.yml, typed, with the nearest name for a misspelt one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from digest.errors import ConfigError, nearest


@dataclass(frozen=True, slots=True)
class Options:
    """What stands under `plugins: - digest:` in mkdocs.yml; every one may be left out."""

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


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a build needs to know, with every path absolute."""

    root: Path
    site_src: Path
    site_dir: Path
    site_name: str = "Digest"
    site_url: str = ""
    """With a slash at its end; empty where mkdocs.yml has none."""
    site_description: str = ""
    options: Options = Options()

    @property
    def seeds(self) -> Path:
        """The folder of the input documents."""
        return self.root / self.options.seeds

    @property
    def templates(self) -> Path:
        """The folder of the person's own templates; it need not exist."""
        return self.root / self.options.templates

    @property
    def cache(self) -> Path:
        """Where results that can be computed again are kept."""
        return self.root / ".cache" / "digest"


def options_from(given: Mapping[str, Any] | None, file: Path | str = "mkdocs.yml") -> Options:
    """Check what mkdocs.yml says under `digest:` and give it types.

    Raises `ConfigError` for an unknown option or a value of the wrong kind.

    >>> options_from({"topics": "machine-learning", "per_page": 20}).topics
    ('machine-learning',)
    >>> options_from({"topic": "auto"})
    Traceback (most recent call last):
    digest.errors.ConfigError: mkdocs.yml: plugin 'digest' has no option 'topic'; did you mean 'topics'?
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
        values[name] = _typed(str(name), value, known[name].default, file)
    return Options(**values)


def _typed(name: str, value: Any, default: Any, file: Path | str) -> Any:
    """Check one value against the kind of its default; a list option takes a single word too."""
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
