"""digest publish: the built site, checked and handed over to its host."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from digest.cli.console import say
from digest.clock import today
from digest.config import Settings
from digest.errors import UsageError, WebError
from digest.hosting import hosts, site_checks, targets
from digest.hosting.finding import Finding
from digest.hosting.site_checks import BuiltSite
from digest.locks import writing
from digest.mkdocs import site
from digest.papers import register_file


def run(
    check: bool, to: str | None, published: str | None, forget_addresses: bool, config_file: Path
) -> None:
    """Check the site, and have the host's tool publish it; exit with 1 if anything is wrong."""
    settings = site.settings_from(config_file)
    given = to or settings.options.publish
    if not (given or check):
        names = ", ".join(target.name for target in targets.TARGETS)
        raise UsageError(f"say where to publish: --to, or `publish` in mkdocs.yml, with {names}")
    destination = targets.destination(given) if given else None
    with writing(settings.cache, "site", wait=0 if not check else 60, say=say):
        name = destination.target.name if destination else ""
        found = list(findings(settings, name, published, forget=forget_addresses))
        for each in found:
            say(f"Error: {each}" if each.level == "error" else str(each))
        if any(each.level == "error" for each in found):
            say("nothing was published")
            sys.exit(1)
        if destination and not check:
            destination.hand_over(settings.site_dir)
            say(f"published to {given}")


def findings(
    settings: Settings, target: str, published: str | None, *, forget: bool = False
) -> Iterator[Finding]:
    """Yield what is found of a built site; `target` is the name of its host, if known."""
    found = BuiltSite.of(settings.site_dir, settings.site_url)
    whole = list(site_checks.built(found, today()))
    yield from whole
    if any(each.level == "error" for each in whole):
        return
    if settings.is_preview and target:
        yield Finding(
            "error",
            "the feeds are written for the preview",
            "set `site_url` in mkdocs.yml to the address of the published site, and build again",
        )
    yield from site_checks.links(found)
    yield from site_checks.feeds(found)
    yield from site_checks.sizes(found, hosts.of_target(target))
    rows = register_file.load(settings.register)
    yield from site_checks.addresses(
        found, (row.url for row in rows), "the register", forget=forget
    )
    yield from _lost(found, settings, published, forget)


def _lost(
    found: BuiltSite, settings: Settings, published: str | None, forget: bool
) -> Iterator[Finding]:
    """Yield whether the published site has addresses that the built one has not."""
    where = published or ("" if settings.is_preview else settings.site_url)
    if not where:
        return
    if urlsplit(where).scheme in ("http", "https"):
        from digest.services.published import addresses

        try:
            known = addresses(where, settings.site_url, settings.options.contact)
        except WebError as error:
            yield Finding(
                "warning",
                f"{error}: addresses were compared with the register alone",
                "--published names another copy of what is published",
            )
            return
    else:
        folder = BuiltSite.of(Path(where), settings.site_url)
        known = {path for path in folder.files if path.endswith("/index.html")} or None
    if known is None:
        yield Finding("ok", f"{where} has nothing published yet")
    else:
        yield from site_checks.addresses(found, known, where, forget=forget)
