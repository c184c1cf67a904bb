"""MkDocs: its settings in, its site out. With `plugin`, the only module that knows it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

# Material's notice about its own future is for maintainers, not for editors
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

from digest.config import Settings, options_from
from digest.errors import ConfigError, DigestError

PREVIEW = "http://127.0.0.1:8000/"
"""Where the site is taken to stand while nobody has said where it will."""


def settings_from(config_file: Path) -> Settings:
    """Read mkdocs.yml as far as the digest needs it.

    Raises `ConfigError` for a file that is missing, is no YAML, or does not use
    the plugin `digest`.
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
    except Exception as error:  # each YAML library has errors of its own
        raise ConfigError(config_file, f"expected YAML, found: {error}") from error
    if not isinstance(found, Mapping):
        raise ConfigError(config_file, f"expected 'name: value' settings, found {found!r}")
    root = config_file.resolve().parent
    return settings(
        options=_own_options(found.get("plugins"), config_file),
        root=root,
        site_src=root / str(found.get("docs_dir") or "site_src"),
        site_dir=root / str(found.get("site_dir") or "site"),
        found=found,
        file=config_file,
    )


def settings(
    *,
    options: Mapping[str, Any] | None,
    root: Path,
    site_src: Path,
    site_dir: Path,
    found: Mapping[str, Any],
    file: Path,
) -> Settings:
    """Make settings from what MkDocs or its file says."""
    url = str(found.get("site_url") or "")
    return Settings(
        root=root,
        site_src=site_src,
        site_dir=site_dir,
        site_name=str(found.get("site_name") or "Digest"),
        site_url=(url or PREVIEW).rstrip("/") + "/",
        site_description=str(found.get("site_description") or ""),
        options=options_from(options, file.name),
    )


def build(config_file: Path, *, strict: bool, site_dir: Path | None) -> None:
    """Let MkDocs build the site from site_src as it stands.

    Raises `DigestError` with MkDocs' own words where it fails.
    """
    with _quiet(), _spoken(config_file):
        given: dict[str, Any] = {"site_dir": str(site_dir)} if site_dir else {}
        config = load_config(str(config_file), strict=strict or None, **given)
        cast(Any, config.plugins["digest"]).site_src_is_written()
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        finally:
            config.plugins.on_shutdown()


def serve(config_file: Path, *, dev_addr: str | None, open_in_browser: bool) -> None:
    """Build, serve, and build again whenever something changes, until interrupted."""
    given: dict[str, Any] = {"dev_addr": dev_addr} if dev_addr else {}
    with _spoken(config_file):
        mkdocs_serve.serve(str(config_file), open_in_browser=open_in_browser, **given)


def _own_options(plugins: Any, file: Path) -> Mapping[str, Any] | None:
    """The options under `- digest:`, whichever way MkDocs allows to write plugins."""
    listed = plugins.items() if isinstance(plugins, Mapping) else _pairs(plugins)
    for name, options in listed:
        if name == "digest":
            return options if options is None else dict(options)
    raise ConfigError(
        file.name, "expected the plugin 'digest'; write `plugins: [search, digest]` into it"
    )


def _pairs(plugins: Any) -> Iterator[tuple[str, Any]]:
    for entry in plugins or ():
        yield from entry.items() if isinstance(entry, Mapping) else [(str(entry), None)]


@contextmanager
def _spoken(file: Path) -> Iterator[None]:
    """Turn whatever MkDocs raises into a message of ours."""
    try:
        yield
    except DigestError:
        raise
    except (MkDocsException, SystemExit) as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, DigestError):
            raise cause from error
        raise ConfigError(file.name, f"MkDocs could not build the site: {error}") from error
    except OSError as error:
        raise DigestError(
            f"{file}: expected to build or serve the site, found: {error.strerror or error}"
            f" ({error.filename}) — the site that stood there before still does"
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Let only MkDocs' warnings through: the end of a build is one line of ours."""
    logger = logging.getLogger("mkdocs")
    before = logger.level
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    logger.setLevel(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
