"""Building and serving the site with MkDocs."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

# Material's notice about its own future is for maintainers, not for editors
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from digest.errors import ConfigError, DigestError, UsageError
from digest.mkdocs.site import settings_from

_SERVE_LOGGERS = ("mkdocs.commands.serve", "mkdocs.livereload", "mkdocs.plugins.digest")
"""Loggers whose news matter while the preview runs: its address, and what is built again."""


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
