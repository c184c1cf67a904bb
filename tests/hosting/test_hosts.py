"""A site that has nearly outgrown its host is told of while there is time."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.hosting.hosts import HOSTS, Host, warnings


def site(folder: Path, *sizes: int) -> Path:
    """A site with files of these sizes, which take no room on the disk."""
    for number, size in enumerate(sizes):
        file = folder / "site" / str(number % 7) / f"{number}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            opened.truncate(size)
    return folder / "site"


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_a_host_s_limit_is_mentioned_where_it_builds(host: Host, tmp_path: Path) -> None:
    """From nine tenths of it, and nowhere else."""
    sizes = [1] * int(host.files * 0.9) or [int((host.total or host.file) * 0.9) + 1]
    made = site(tmp_path, *sizes)
    (line,) = warnings(made, {host.variable: "1"})
    assert host.name in line
    assert line.startswith("site/ has ")
    assert list(warnings(made, {})) == []


def test_a_small_site_is_no_matter(tmp_path: Path) -> None:
    """Nor is one file more than another host takes."""
    made = site(tmp_path, 10, 20, 30_000_000)
    assert list(warnings(made, {"GITHUB_ACTIONS": "true", "GITLAB_CI": "true"})) == []
    (line,) = warnings(made, {"CF_PAGES": "1"})
    assert line == (
        "site/ has a file of 30 MB — Cloudflare Pages takes files of 26 MB:"
        " see “Many papers” in the guide"
    )
