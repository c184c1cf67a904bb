"""digest ping: a WebSub hub hears of new editions."""

from __future__ import annotations

import sys
from pathlib import Path

from digest.cli.console import say
from digest.cli.reports import compose
from digest.errors import UsageError
from digest.language.strings import counted
from digest.mkdocs import site
from digest.outputs import feeds
from digest.services import websub


def run(dry_run: bool, config_file: Path) -> None:
    """Notify the hub of every feed; exit with 1 if it did not take one."""
    settings = site.settings_from(config_file)
    if not settings.options.hub:
        raise UsageError(f"{config_file}: set `hub:` to the address of a WebSub hub")
    if settings.is_preview:
        raise UsageError(
            f"{config_file}: a hub needs `site_url`, the address of the published feeds"
        )
    addresses = feeds.addresses(compose(config_file).digest)
    failed = False
    for address, wrong in websub.ping(settings.options.hub, [] if dry_run else addresses):
        failed |= bool(wrong)
        if wrong:
            say(f"{address}: the hub was not told: {wrong}")
    done = "to tell" if dry_run else "told"
    say(f"{counted(len(addresses), 'feed')} {done} {settings.options.hub}")
    sys.exit(int(failed))
