"""Examples of publishing: the files by which a digest is published every morning.

An example is a row of EXAMPLES and its templates in `templates/hosting/`. Workflows of
GitHub have one template in common, to which each adds how its host takes the site.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from urllib.parse import urlsplit

import jinja2

from digest import __version__
from digest.config import built_in
from digest.errors import UsageError, nearest

ACTIONS: Mapping[str, str] = {
    "checkout": "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2",
    "setup_python": "actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0",
    "cache": "actions/cache@cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3",
    "configure_pages": "actions/configure-pages@983d7736d9b0ae728b81ab479565c72886d7745b # v5.0.0",
    "upload_pages_artifact": "actions/upload-pages-artifact"
    "@7b1f4a764d45c48632c6b24a0339c27f5614fb0b # v4.0.0",
    "deploy_pages": "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
    "upload_artifact": "actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0",
    "download_artifact": "actions/download-artifact"
    "@37930b1c2abaa49bbe596cd826c3c89aef350131 # v7.0.0",
}
"""Actions of GitHub by their commits, with the version for people and for Dependabot."""
TOOLS: Mapping[str, str] = {
    "uv": "0.13.9",
    "netlify": "netlify-cli@27.10.2",
    "wrangler": "wrangler@4.164.0",
}
"""Programs that are run by their version."""
LOCKED = {"requirements.in": "requirements.in", "lock.sh": "lock.sh"}
"""Files of every example: what is installed, and how the lock of it is made."""


@dataclass(frozen=True, slots=True)
class Example:
    """How a digest is published every morning, by a host or on a machine of one's own."""

    name: str
    title: str
    files: Mapping[str, str]
    """The template of each file, by its path in the digest's folder."""
    publish: str = ""
    """What mkdocs.yml has as `publish:`, to be completed by its editor; empty for nothing."""
    knows_address: bool = False
    """Whether the host tells the address of the site (in SITE_URL)."""


def _by_github(name: str, title: str, publish: str = "", knows_address: bool = False) -> Example:
    """Return an example that runs as a workflow of GitHub."""
    files = {**LOCKED, ".github/workflows/publish.yml": f"{name}.yml"}
    return Example(name, title, files, publish, knows_address)


EXAMPLES = (
    _by_github("github", "GitHub Pages", knows_address=True),
    Example("gitlab", "GitLab Pages", {**LOCKED, ".gitlab-ci.yml": "gitlab.yml"}, "", True),
    _by_github("netlify", "Netlify", "netlify:SITE"),
    _by_github("cloudflare", "Cloudflare Pages", "cloudflare:PROJECT"),
    _by_github("s3", "a bucket of Amazon S3", "s3:BUCKET"),
    _by_github("rsync", "a web server of your own, by rsync", "rsync:me@example.org:www/"),
    Example(
        "docker",
        "containers that build and serve it",
        {
            **LOCKED,
            **{
                name: name
                for name in (
                    "Dockerfile",
                    "compose.yml",
                    "nginx.conf",
                    "morning.sh",
                    "every-morning.sh",
                )
            },
            ".dockerignore": "dockerignore",
        },
    ),
    Example(
        "systemd",
        "a timer on a machine with systemd",
        {
            **{
                f"systemd/{name}": name
                for name in ("digest.service", "digest.timer", "digest-failed.service")
            },
            **LOCKED,
            "morning.sh": "morning.sh",
        },
        "rsync:me@example.org:www/",
    ),
)
"""Every example, one a row."""


def named(name: str) -> Example:
    """Return the example of a name; raises `UsageError` if there is none."""
    for example in EXAMPLES:
        if example.name == name:
            return example
    known = [example.name for example in EXAMPLES]
    raise UsageError(
        f"expected one of {', '.join(known)} to publish with, found {name!r}{nearest(name, known)}"
    )


def files(example: Example) -> dict[str, str]:
    """Return the text of each file of an example, by its path in the digest's folder."""
    environment = _environment()
    return {
        path: environment.get_template(f"hosting/{template}").render(
            host=example.name,
            requirement=requirement(),
            install="sh lock.sh && pip install --require-hashes --requirement requirements.txt",
            depends_on="requirements.in",
            kept="seeds requirements.txt",
            # a container publishes by its own web server; the site is only checked
            publish="" if example.publish else " --check",
        )
        for path, template in example.files.items()
    }


def own_workflow() -> str:
    """Return the workflow of the program's own repository, which installs what is in it."""
    return (
        _environment()
        .get_template("hosting/github.yml")
        .render(host="github", install="pip install .", depends_on="pyproject.toml", kept="seeds")
    )


def requirement() -> str:
    """Return what pip is to install: this program, from where this copy of it came.

    A commit is asked for as an archive, of which a lock can have the hash.
    """
    try:
        origin = json.loads(distribution("paper-digest").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        origin = {}
    url, commit = str(origin.get("url", "")), origin.get("vcs_info", {}).get("commit_id")
    if commit and urlsplit(url).hostname == "github.com":
        return f"paper-digest @ {url.removesuffix('.git')}/archive/{commit}.tar.gz"
    if "archive_info" in origin and url.startswith("https://"):
        return f"paper-digest @ {url}"
    return f"paper-digest=={__version__}"


def _environment() -> jinja2.Environment:
    """Return an environment for files in which braces mean something else."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(built_in()),
        autoescape=False,  # noqa: S701 - nothing but the program's own words goes into them
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals.update(actions=ACTIONS, ref="", **TOOLS)
    return environment
