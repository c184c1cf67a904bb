"""Building and serving the site with MkDocs."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast
from urllib.parse import urlsplit

# Material's notice about its own future is for maintainers, not for editors
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from digest.errors import ConfigError, DigestError, UsageError
from digest.mkdocs.preview import PreviewServer
from digest.mkdocs.site import settings_from

_SERVE_LOGGERS = ("mkdocs.plugins.digest", "mkdocs.livereload")
"""Loggers whose news matter while the preview runs: its address, and what is built again."""


def build(config_file: Path, *, strict: bool, site_dir: Path | None) -> int:
    """Build the site from site_src, without writing site_src again; return the number of warnings.

    Raises `DigestError` with MkDocs' own message if that fails.
    """
    settings = settings_from(config_file, site_dir)
    with _log() as warnings, _translate_errors(config_file):
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
    return warnings.count


def serve(config_file: Path, *, dev_addr: str | None, open_in_browser: bool) -> None:
    """Build and serve the site, and build again after every change, until interrupted.

    Raises `UsageError` for no address of this machine, `DigestError` for a port in use;
    nothing is built then.
    """
    settings = settings_from(config_file)
    given = {"docs_dir": str(settings.site_src), "site_dir": str(settings.cache / "preview")}
    given |= {"dev_addr": dev_addr} if dev_addr else {}
    with _log(*_SERVE_LOGGERS), _translate_errors(config_file):
        settings.site_src.mkdir(parents=True, exist_ok=True)  # MkDocs looks before it is written
        config = load_config(str(config_file), **given)
        mount_path = urlsplit(config.site_url or "/").path

        def build() -> None:
            config = load_config(str(config_file), **given)
            config.site_url = server.url
            mkdocs_build.build(config, serve_url=server.url)

        server = _preview_server(build, config.dev_addr, given["site_dir"], mount_path)
        try:
            config.plugins.on_startup(command="serve", dirty=False)
            config.plugins.on_serve(server, config=config, builder=build)
            for path in config.watch:
                server.watch(path)
            server.serve(open_in_browser=open_in_browser)
        except KeyboardInterrupt:
            logging.getLogger(_SERVE_LOGGERS[0]).info("Shutting down …")
        finally:
            server.shutdown()
            config.plugins.on_shutdown()


def _preview_server(
    build: Callable[[], None], address: tuple[str, int], root: str, mount_path: str
) -> PreviewServer:
    """Return the server with its address taken. Raises as `serve` does."""
    where = f"{address[0]}:{address[1]}"
    try:
        return PreviewServer(build, address, root, mount_path)
    except OverflowError as error:
        raise UsageError(f"expected an address to serve at, found {where}: {error}") from error
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno == errno.EADDRINUSE:
            raise DigestError(
                f"expected a free port, found {where}: {reason} —"
                f" `digest serve -a {address[0]}:{address[1] + 1}` takes another"
            ) from error
        raise UsageError(f"expected an address to serve at, found {where}: {reason}") from error


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
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise DigestError(
            f"{file}: expected to build the site, found: {error.strerror or error}{where}"
            " — the site is as it was before"
        ) from error


@contextmanager
def _log(*loggers: str) -> Iterator[_Console]:
    """Write MkDocs' warnings to standard error, and news of the named loggers."""
    logger = logging.getLogger("mkdocs")
    before = logger.level
    handler = _Console()
    handler.setFormatter(_PlainFormatter())
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or record.name in loggers)
    logger.setLevel(logging.INFO if loggers else logging.WARNING)
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


class _Console(logging.StreamHandler[TextIO]):
    """Writes to standard error, and counts the warnings."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += record.levelno >= logging.WARNING
        super().emit(record)


class _PlainFormatter(logging.Formatter):
    """Formats news as they are, and warnings and errors with their level."""

    def format(self, record: logging.LogRecord) -> str:
        is_warning = record.levelno >= logging.WARNING
        return f"{record.levelname}: {record.getMessage()}" if is_warning else record.getMessage()
