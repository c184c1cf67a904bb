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
    variable: str
    total: int = 0
    """Bytes of a site; 0 if there is no limit."""
    files: int = 0
    """Files of a site; 0 if there is no limit."""
    file: int = 0
    """Bytes of one file; 0 if there is no limit."""


HOSTS = (
    Host("GitHub Pages", "GITHUB_ACTIONS", total=1000 * MB),
    Host("Cloudflare Pages", "CF_PAGES", files=20_000, file=25 * 1024 * 1024),
    Host("GitLab Pages", "GITLAB_CI", total=1000 * MB),
)


def warnings(site: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for every limit of the host that a site has nearly reached, or passed."""
    for host in HOSTS:
        if not environment.get(host.variable):
            continue
        sizes = list(_sizes(str(site)))
        yield from (
            f"{site.name}/ has {found} — {host.name} takes {limit}: see “Many papers” in the guide"
            for found, limit in _reached(host, sizes)
        )


def _reached(host: Host, sizes: list[int]) -> Iterator[tuple[str, str]]:
    """Yield what a site has and what its host takes, where the second is near."""
    total, largest = sum(sizes), max(sizes, default=0)
    if host.total and total >= NEAR * host.total:
        yield f"{total / MB:,.0f} MB", f"{host.total / MB:,.0f} MB"
    if host.files and len(sizes) >= NEAR * host.files:
        yield f"{len(sizes):,} files", f"{host.files:,} files"
    if host.file and largest >= NEAR * host.file:
        yield f"a file of {largest / MB:,.0f} MB", f"files of {host.file / MB:,.0f} MB"


def _sizes(folder: str) -> Iterator[int]:
    """Yield the bytes of every file in a folder and below it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(entry.path)
            else:
                yield entry.stat(follow_symlinks=False).st_size
