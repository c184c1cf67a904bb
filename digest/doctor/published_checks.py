"""Checks of the site: those that `digest publish` makes, and the host's limits."""

from __future__ import annotations

from collections.abc import Iterator

from digest.doctor.checkup import Checkup
from digest.hosting import hosts, site_checks
from digest.hosting.finding import Finding
from digest.papers import register_file


def site(checkup: Checkup) -> Iterator[Finding]:
    """Look whether there is a site, and whether it is today's."""
    yield from site_checks.built(checkup.site, checkup.today)


def addresses(checkup: Checkup) -> Iterator[Finding]:
    """Look whether every paper of the register has a page."""
    rows = register_file.load(checkup.settings.register)
    if checkup.site.files:
        yield from site_checks.addresses(checkup.site, (row.url for row in rows), "the register")


def links(checkup: Checkup) -> Iterator[Finding]:
    """Look whether the site's links lead somewhere."""
    if checkup.site.files:
        yield from site_checks.links(checkup.site)


def feeds(checkup: Checkup) -> Iterator[Finding]:
    """Look whether the feeds can be read."""
    if checkup.site.files:
        yield from site_checks.feeds(checkup.site)


def host(checkup: Checkup) -> Iterator[Finding]:
    """Look whether the host takes the site; without `publish` whether every known host does."""
    named = hosts.of_target(checkup.target)
    for each in [named] if named else () if checkup.target else hosts.HOSTS:
        found = list(site_checks.sizes(checkup.site, each))
        if named or not found:
            yield from found or [Finding("ok", f"{each.name} takes a site of this size")]
        else:
            yield from (Finding("warning", str(one)) for one in found)
