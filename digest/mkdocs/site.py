"""The settings of a site: mkdocs.yml, read without MkDocs itself, which takes long to load."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from mkdocs.utils.yaml import yaml_load

from digest.config import PREVIEW, Settings, options_from
from digest.errors import ConfigError


def settings_from(config_file: Path, site_dir: Path | None = None) -> Settings:
    """Read what the digest needs of mkdocs.yml; `site_dir` overrides the one in the file.

    Raises `ConfigError` if the file is missing, is not YAML or does not use the
    plugin `digest`, and for folders that would overwrite one another.
    """
    found = load(config_file)
    root = config_file.resolve().parent
    return make_settings(
        options=_own_options(found.get("plugins"), config_file),
        root=root,
        site_src=root / str(found.get("docs_dir") or "site_src"),
        site_dir=root / (site_dir or str(found.get("site_dir") or "site")),
        found=found,
        file=config_file,
    )


def load(config_file: Path) -> Mapping[str, Any]:
    """Return the settings in mkdocs.yml, with those that it inherits.

    Raises `ConfigError` if the file is missing or is not YAML.
    """
    try:
        with config_file.open("rb") as file:
            found = yaml_load(file)
    except OSError as error:
        raise ConfigError(
            config_file,
            f"expected a digest's settings, found: {error.strerror} — "
            "`digest init DIR` makes a new digest, -f names another file",
        ) from error
    except Exception as error:  # each YAML library has its own errors
        raise ConfigError(config_file, f"expected YAML, found: {error}") from error
    if not isinstance(found, Mapping):
        raise ConfigError(config_file, f"expected 'name: value' settings, found {found!r}")
    return found


def as_text(settings: object) -> str:
    """Return settings as text that is the same in every run.

    A setting may be a function, as those for emoji are, of which only the name is the same.
    """
    return json.dumps(_with_text_keys(settings), sort_keys=True, default=_name)


def _with_text_keys(setting: Any) -> Any:
    """Return a setting whose names are all text: in YAML they may be numbers or days."""
    if isinstance(setting, Mapping):
        return {
            name if isinstance(name, str) else repr(name): _with_text_keys(value)
            for name, value in setting.items()
        }
    if isinstance(setting, list | tuple):
        return [_with_text_keys(value) for value in setting]
    return setting


def _name(setting: Any) -> str:
    found = getattr(setting, "__qualname__", None)
    return f"{setting.__module__}.{found}" if found else repr(setting)


def make_settings(
    *,
    options: Mapping[str, Any] | None,
    root: Path,
    site_src: Path,
    site_dir: Path,
    found: Mapping[str, Any],
    file: Path,
) -> Settings:
    """Make settings from MkDocs' configuration, or from its file.

    Raises `ConfigError` as `settings_from` does.
    """
    url = str(found.get("site_url") or "")
    if url and not url.startswith(("https://", "http://")):
        raise ConfigError(
            file.name,
            f"`site_url` expects a https:// address, found {url!r}: feeds would lead nowhere",
        )
    made = Settings(
        root=root,
        site_src=site_src,
        site_dir=site_dir,
        site_name=str(found.get("site_name") or "Digest"),
        site_url=(url or PREVIEW).rstrip("/") + "/",
        site_description=str(found.get("site_description") or ""),
        options=options_from(options, file.name),
        topics_named_by=file.name,
    )
    _check_folders(made, file)
    return made


def _check_folders(settings: Settings, file: Path) -> None:
    """Raise `ConfigError` for a site or pages that would replace the editor's own files."""
    site, pages = _real(settings.site_dir), _real(settings.site_src)
    seeds, templates = _real(settings.seeds), _real(settings.templates)
    for own in (_real(settings.root), seeds, templates, pages):
        if own.is_relative_to(site):
            raise ConfigError(
                file.name, f"`site_dir` is replaced by every build and would take {own} with it"
            )
    for folder, name in ((site, "site_dir"), (pages, "docs_dir")):
        if folder.is_relative_to(seeds):
            raise ConfigError(
                file.name, f"`{name}` lies in {seeds}: pages would be read as documents"
            )


def _real(folder: Path) -> Path:
    return Path(os.path.realpath(folder))


def _own_options(plugins: Any, file: Path) -> Mapping[str, Any] | None:
    """Return the options of the plugin `digest`, whichever way MkDocs allows to list plugins."""
    listed = plugins.items() if isinstance(plugins, Mapping) else _pairs(plugins)
    for name, options in listed:
        if name == "digest":
            return cast("Mapping[str, Any] | None", options)  # `options_from` checks it
    raise ConfigError(
        file.name, "expected the plugin 'digest'; write `plugins: [search, digest]` into it"
    )


def _pairs(plugins: Any) -> Iterator[tuple[str, Any]]:
    for entry in plugins if isinstance(plugins, list) else ():
        yield from entry.items() if isinstance(entry, Mapping) else [(str(entry), None)]
