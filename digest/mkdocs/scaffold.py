"""Making a new digest folder."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from digest.errors import UsageError
from digest.files import write_file
from digest.inputs.sources import HEAD

SETTINGS = """\
site_name: {name}
site_description: Research papers, read, sorted and titled.
# The address of the published site. Feeds need it; until then they are written for the preview.
{site_url}

docs_dir: site_src
site_dir: site

theme:
  name: material
  font: false # nothing is loaded from other hosts; type and colours are in assets/digest.css

plugins:
  - search
  - digest:
      topics: auto # found in the papers; or machine-learning, or a table of your own
      feed_id: {feed_id} # distinguishes your feeds' items from others'; never change it
{publish}
nav:
  - Today: index.md
  - Days: days/index.md
  - Topics: topics/index.md
  - Map: map.md
  - Search: search.md
  - About: about.md

not_in_nav: |
  /days/
  /papers/
  /papers.md
  /reading.md
  /subscribe.md
  /topics/
"""

ADDRESS = "# site_url: https://example.org/digest/"
FROM_ENVIRONMENT = 'site_url: !ENV [SITE_URL, ""]'

IGNORED = """\
.cache/
site/
# written by `digest generate`; a guide of your own is kept, add other pages with `git add -f`
site_src/*
!site_src/.gitkeep
!site_src/guide/
"""

ATTRIBUTES = """\
# a document is its bytes, on Windows too
* -text
# of two people's lines, or two mornings', git keeps both; the next build makes one of a paper's two
seeds/register.jsonl merge=union
seeds/index.jsonl merge=union
seeds/mail.log merge=union
"""


def create(
    folder: Path,
    publish: str = "",
    knows_address: bool = False,
    files: Mapping[str, str] = {},
) -> list[Path]:
    """Make a digest folder, with further files if given, and return what was written.

    `publish` is the option of that name; with `knows_address` the site's address
    comes from the environment. Raises `UsageError` if the folder is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder}: expected an empty or new folder, found something in it; nothing was changed"
        )
    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize()
    settings = SETTINGS.format(
        name=_quoted(name or "Digest"),
        feed_id=f"d{secrets.token_hex(4)}",
        site_url=FROM_ENVIRONMENT if knows_address else ADDRESS,
        publish=f"      publish: {publish}\n" if publish else "",
    )
    contents = {
        folder / "mkdocs.yml": settings,
        folder / "seeds" / "sources.yml": HEAD,
        folder / ".gitattributes": ATTRIBUTES,
        folder / ".gitignore": IGNORED,
        folder / "site_src" / ".gitkeep": "",  # MkDocs needs the folder, in a clone too
        **{folder / path: text for path, text in files.items()},
    }
    for file, text in contents.items():
        write_file(file, text.encode())
    return list(contents)


def extend(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Add files to a digest that exists, and return them.

    Raises `UsageError` if one is there already; nothing is changed then.
    """
    for path in files:
        if (folder / path).exists():
            raise UsageError(
                f"{folder / path}: expected no file, found one; nothing was changed — move it"
                " away to have that of the example"
            )
    for path, text in files.items():
        write_file(folder / path, text.encode())
    return [folder / path for path in files]


def _quoted(name: str) -> str:
    """Return a name as a quoted YAML string."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
