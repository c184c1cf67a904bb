"""Reading mkdocs.yml, and building and serving the site with MkDocs."""

from __future__ import annotations

import errno
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

from digest.config import PREVIEW, Settings, options_from
from digest.errors import ConfigError, DigestError, UsageError

_SERVE_LOGGERS = ("mkdocs.commands.serve", "mkdocs.livereload", "mkdocs.plugins.digest")
"""Loggers whose news matter while the preview runs: its address, and what is built again."""


def settings_from(config_file: Path, site_dir: Path | None = None) -> Settings:
    """Read what the digest needs of mkdocs.yml; `site_dir` overrides the one in the file.

    Raises `ConfigError` if the file is missing, is not YAML or does not use the
    plugin `digest`, and for folders that would overwrite one another.
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
    root = config_file.resolve().parent
    return make_settings(
        options=_own_options(found.get("plugins"), config_file),
        root=root,
        site_src=root / str(found.get("docs_dir") or "site_src"),
        site_dir=root / (site_dir or str(found.get("site_dir") or "site")),
        found=found,
        file=config_file,
    )


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


def build(config_file: Path, *, strict: bool, site_dir: Path | None) -> None:
    """Build the site from site_src, without writing site_src again.

    Raises `DigestError` with MkDocs' own message if that fails.
    """
    settings = settings_from(config_file, site_dir)
    with _log(), _translate_errors(config_file):
        config = load_config(
            str(config_file),
            strict=strict or None,
            docs_dir=str(settings.site_src),
            site_dir=str(settings.site_dir),
        )
        cast(Any, config.plugins["digest"]).site_src_is_written()
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        finally:
            config.plugins.on_shutdown()


def serve(config_file: Path, *, dev_addr: str | None, open_in_browser: bool) -> None:
    """Build and serve the site, and build again after every change, until interrupted."""
    docs_dir = settings_from(config_file).site_src
    options: dict[str, Any] = {"dev_addr": dev_addr} if dev_addr else {}
    with _log(*_SERVE_LOGGERS), _translate_errors(config_file):
        docs_dir.mkdir(parents=True, exist_ok=True)  # MkDocs looks before the plugin can write
        mkdocs_serve.serve(
            str(config_file), open_in_browser=open_in_browser, docs_dir=str(docs_dir), **options
        )


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


@contextmanager
def _translate_errors(file: Path) -> Iterator[None]:
    """Turn whatever MkDocs raises into a `DigestError`."""
    try:
        yield
    except DigestError:
        raise
    except (MkDocsException, SystemExit) as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, DigestError):
            raise cause from error
        raise ConfigError(file.name, f"MkDocs could not build the site: {error}") from error
    except OverflowError as error:  # of a socket, for port 99999
        raise UsageError(f"{file}: expected an address to serve at, found: {error}") from error
    except OSError as error:
        raise DigestError(f"{file}: expected {_failure(error)}") from error


def _failure(error: OSError) -> str:
    """Return what was expected and found, and what to do."""
    reason = error.strerror or str(error)
    if error.errno == errno.EADDRINUSE:
        return f"a free port, found: {reason} — `digest serve -a 127.0.0.1:8001` takes another"
    where = f" ({error.filename})" if error.filename else ""
    return f"to build the site, found: {reason}{where} — the site is as it was before"


@contextmanager
def _log(*loggers: str) -> Iterator[None]:
    """Write MkDocs' warnings to standard error, and news of the named loggers."""
    logger = logging.getLogger("mkdocs")
    before = logger.level
    handler = logging.StreamHandler()
    handler.setFormatter(_PlainFormatter())
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or record.name in loggers)
    logger.setLevel(logging.INFO if loggers else logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


class _PlainFormatter(logging.Formatter):
    """Formats news as they are, and warnings and errors with their level."""

    def format(self, record: logging.LogRecord) -> str:
        is_warning = record.levelno >= logging.WARNING
        return f"{record.levelname}: {record.getMessage()}" if is_warning else record.getMessage()
