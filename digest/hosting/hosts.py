"""What hosts of static sites take, and a word before a site has outgrown its host.

On which host a site will be is known where the host's own service builds it, by the
environment; elsewhere nothing is said. The limits are those that the hosts published
in 2026.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

NEAR = 0.9
"""The share of a limit from which it is mentioned."""
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Host:
    """A host, the environment variable by which its builds are known, and what it takes."""

    name: str
    target: str
    """Its name where a site is handed over (`digest publish --to`)."""
    variable: str
    total: int = 0
    """Bytes of a site; 0 if there is no limit."""
    files: int = 0
    """Files of a site; 0 if there is no limit."""
    file: int = 0
    """Bytes of one file; 0 if there is no limit."""


HOSTS = (
    Host("GitHub Pages", "github", "GITHUB_ACTIONS", total=1000 * MB),
    Host("Cloudflare Pages", "cloudflare", "CF_PAGES", files=20_000, file=25 * 1024 * 1024),
    Host("GitLab Pages", "gitlab", "GITLAB_CI", total=1000 * MB),
)


def warnings(site: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for every limit of the host that a site has nearly reached, or passed."""
    for host in HOSTS:
        if not environment.get(host.variable):
            continue
        yield from (str(each) for each in reached(host, site))


@dataclass(frozen=True, slots=True)
class Reached:
    """A limit that a site has nearly reached, or passed."""

    site: str
    has: str
    host: str
    takes: str
    passed: bool

    def __str__(self) -> str:
        """Format as a line for the editor."""
        return (
            f"{self.site}/ has {self.has} — {self.host} takes {self.takes}:"
            " see “Many papers” in the guide"
        )


def of_target(target: str) -> Host | None:
    """Return the host to which a target hands a site over, if its limits are known."""
    return next((host for host in HOSTS if host.target == target), None)


def reached(host: Host, site: Path) -> Iterator[Reached]:
    """Yield every limit of a host that a site has nearly reached, or passed."""
    sizes = list(_sizes(str(site)))
    total, largest = sum(sizes), max(sizes, default=0)
    for value, limit, has, takes in (
        (total, host.total, f"{total / MB:,.0f} MB", f"{host.total / MB:,.0f} MB"),
        (len(sizes), host.files, f"{len(sizes):,} files", f"{host.files:,} files"),
        (
            largest,
            host.file,
            f"a file of {largest / MB:,.0f} MB",
            f"files of {host.file / MB:,.0f} MB",
        ),
    ):
        if limit and value >= NEAR * limit:
            yield Reached(site.name, has, host.name, takes, value > limit)


def _sizes(folder: str) -> Iterator[int]:
    """Yield the bytes of every file in a folder and below it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(entry.path)
            else:
                yield entry.stat(follow_symlinks=False).st_size
