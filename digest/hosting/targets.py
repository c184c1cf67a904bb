"""Where a site is handed over to, each by the host's own tool: TARGETS, one a row."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from digest.errors import DigestError, UsageError, nearest

_STDERR = 2
PROTECTED = ("main", "master", "trunk")
"""Branches on which people work: a site would take the place of all that is there."""


@dataclass(frozen=True, slots=True)
class Target:
    """A host, and how its tool is called."""

    name: str
    takes: str
    """What has to follow the name and a colon; empty if nothing has to."""
    tool: str
    """The program; empty if the host fetches the site itself."""
    how_to_get: str
    command: Callable[[Path, str], list[str]]
    """Returns the call of the program, for a folder and for what followed the name."""


def _branch(site: Path, where: str) -> list[str]:
    branch = where or "gh-pages"
    if branch in PROTECTED:
        raise UsageError(
            f"--to github:{branch} would replace all that is on that branch;"
            " expected one for the site alone, such as gh-pages"
        )
    message = "Publish the digest"
    # the module beside this one: MkDocs brings it along
    call = [sys.executable, "-m", "ghp_import", "--no-jekyll", "--push", "--branch", branch]
    return [*call, "--message", message, str(site)]


TARGETS = (
    Target("github", "", "git", "https://git-scm.com", _branch),
    Target("gitlab", "", "", "the job `pages` in .gitlab-ci.yml", lambda site, where: []),
    Target(
        "netlify",
        "SITE",
        "netlify",
        "npm install -g netlify-cli",
        lambda site, where: [
            *("netlify", "deploy", "--prod", "--no-build"),
            *("--dir", str(site), "--site", where),
        ],
    ),
    Target(
        "cloudflare",
        "PROJECT",
        "wrangler",
        "npm install -g wrangler",
        lambda site, where: [
            *("wrangler", "pages", "deploy", str(site)),
            *("--project-name", where, "--branch", "main"),
        ],
    ),
    Target(
        "s3",
        "BUCKET",
        "aws",
        "https://aws.amazon.com/cli/",
        lambda site, where: [
            *("aws", "s3", "sync", str(site), f"s3://{where.removeprefix('//')}"),
            *("--delete", "--exclude", ".*", "--only-show-errors"),
        ],
    ),
    Target(
        "rsync",
        "WHERE",
        "rsync",
        "the package rsync of your system",
        lambda site, where: [
            # what is hidden there, such as .well-known, is not ours to delete
            *("rsync", "--archive", "--delete-after", "--filter=protect /.*"),
            *("--", f"{site}/", where),
        ],
    ),
)
"""Every target, one a row."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A target, and where on it."""

    target: Target
    where: str

    def hand_over(self, site: Path) -> None:
        """Have the host's tool publish a site; what it says goes to standard error.

        Raises `UsageError` if the host fetches the site itself or it is not said where on
        the host it goes, and `DigestError` if there is no such tool or it fails.
        """
        target = self.target
        if target.takes and self.where in ("", target.takes):
            raise UsageError(
                f"expected {target.name}:{target.takes} to publish to, found no {target.takes}"
            )
        if not target.tool:
            raise UsageError(
                f"{target.name} takes the site from {target.how_to_get}: `digest init"
                f" --publish {target.name}` writes it; --check checks the site here"
            )
        command = target.command(site, self.where)
        if not shutil.which(target.tool):
            raise DigestError(
                f"expected the program {target.tool!r} to publish with, found none —"
                f" to have it: {target.how_to_get}"
            )
        # the program is one of TARGETS, and no shell reads what the settings hold
        done = subprocess.run(command, stdout=_STDERR, check=False)  # noqa: S603
        if done.returncode:
            raise DigestError(
                f"{target.tool} ended with {done.returncode} — see what it said above;"
                " the site that is published may be the old one, or in part the new"
            )


def destination(given: str) -> Destination:
    """Return where `NAME` or `NAME:WHERE` leads; raises `UsageError` for an unknown name."""
    name, _, where = given.partition(":")
    for target in TARGETS:
        if target.name == name:
            if where.startswith("-"):
                raise UsageError(f"expected no option after {name}:, found {where!r}")
            return Destination(target, where)
    names = [target.name for target in TARGETS]
    raise UsageError(
        f"expected one of {', '.join(names)} to publish to, found {name!r}{nearest(name, names)}"
    )
