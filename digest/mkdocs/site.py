"""MkDocs: its settings in, its site out. With `plugin`, the only module that knows it."""

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

_NEWS = ("mkdocs.commands.serve", "mkdocs.livereload", "mkdocs.plugins.digest")
"""Who has something to tell while the preview runs: where it is, and what is built anew."""


def settings_from(config_file: Path, site_dir: Path | None = None) -> Settings:
    """Read mkdocs.yml as far as the digest needs it; `site_dir` overrules where the site goes.

    Raises `ConfigError` for a file that is missing, is no YAML, or does not use
    the plugin `digest`, and for folders that would overwrite one another.
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
        site_dir=root / (site_dir or str(found.get("site_dir") or "site")),
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
    """Make settings from what MkDocs or its file says.

    Raises `ConfigError` as `settings_from`.
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
    )
    _apart(made, file)
    return made


def _apart(settings: Settings, file: Path) -> None:
    """Refuse a site or pages in a place where they would replace what people made."""
    site, pages = _real(settings.site_dir), _real(settings.site_src)
    seeds, templates = _real(settings.seeds), _real(settings.templates)
    for own in (_real(settings.root), seeds, templates, pages):
        if own.is_relative_to(site):
            raise ConfigError(
                file.name, f"`site_dir` is replaced by every build and would take {own} with it"
            )
    for place, name in ((site, "site_dir"), (pages, "docs_dir")):
        if place.is_relative_to(seeds):
            raise ConfigError(
                file.name, f"`{name}` lies in {seeds}: pages would be read as documents"
            )


def _real(folder: Path) -> Path:
    return Path(os.path.realpath(folder))


def build(config_file: Path, *, strict: bool, site_dir: Path | None) -> None:
    """Let MkDocs build the site from site_src as it stands.

    Raises `DigestError` with MkDocs' own words where it fails.
    """
    places = settings_from(config_file, site_dir)
    with _heard(), _spoken(config_file):
        config = load_config(
            str(config_file),
            strict=strict or None,
            docs_dir=str(places.site_src),
            site_dir=str(places.site_dir),
        )
        cast(Any, config.plugins["digest"]).site_src_is_written()
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        finally:
            config.plugins.on_shutdown()


def serve(config_file: Path, *, dev_addr: str | None, open_in_browser: bool) -> None:
    """Build, serve, and build again whenever something changes, until interrupted."""
    docs_dir = settings_from(config_file).site_src
    given: dict[str, Any] = {"dev_addr": dev_addr} if dev_addr else {}
    with _heard(*_NEWS), _spoken(config_file):
        docs_dir.mkdir(parents=True, exist_ok=True)  # MkDocs looks before the plugin can write
        mkdocs_serve.serve(
            str(config_file), open_in_browser=open_in_browser, docs_dir=str(docs_dir), **given
        )


def _own_options(plugins: Any, file: Path) -> Mapping[str, Any] | None:
    """The options under `- digest:`, whichever way MkDocs allows to write plugins."""
    listed = plugins.items() if isinstance(plugins, Mapping) else _pairs(plugins)
    for name, options in listed:
        if name == "digest":
            return cast("Mapping[str, Any] | None", options)  # `options_from` looks closer
    raise ConfigError(
        file.name, "expected the plugin 'digest'; write `plugins: [search, digest]` into it"
    )


def _pairs(plugins: Any) -> Iterator[tuple[str, Any]]:
    for entry in plugins if isinstance(plugins, list) else ():
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
    except OverflowError as error:  # what a socket says of port 99999
        raise UsageError(f"{file}: expected an address to serve at, found: {error}") from error
    except OSError as error:
        raise DigestError(f"{file}: expected {_failed(error)}") from error


def _failed(error: OSError) -> str:
    """What did not work, and what to do."""
    said = error.strerror or str(error)
    if error.errno == errno.EADDRINUSE:
        return f"a free port, found: {said} — `digest serve -a 127.0.0.1:8001` takes another"
    where = f" ({error.filename})" if error.filename else ""
    return f"to build the site, found: {said}{where} — the site that stood there before still does"


@contextmanager
def _heard(*told: str) -> Iterator[None]:
    """Let MkDocs' warnings through, and of its news only those of the loggers named."""
    logger = logging.getLogger("mkdocs")
    before = logger.level
    handler = logging.StreamHandler()
    handler.setFormatter(_Spoken())
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or record.name in told)
    logger.setLevel(logging.INFO if told else logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


class _Spoken(logging.Formatter):
    """A line as a person would say it: the level only where it is a warning."""

    def format(self, record: logging.LogRecord) -> str:
        warned = record.levelno >= logging.WARNING
        return f"{record.levelname}: {record.getMessage()}" if warned else record.getMessage()
