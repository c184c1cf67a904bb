"""Making a new digest folder."""

from __future__ import annotations

import secrets
from pathlib import Path

from digest.errors import UsageError
from digest.files import write_file
from digest.inputs.sources import HEAD

SETTINGS = """\
site_name: {name}
site_description: Research papers, read, sorted and titled.
# The address of the published site. Feeds need it; until then they are written for the preview.
# site_url: https://example.org/digest/

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


def create(folder: Path) -> list[Path]:
    """Make a digest folder, and return the files written.

    Raises `UsageError` if the folder is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder}: expected an empty or new folder, found something in it; nothing was changed"
        )
    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize()
    settings = SETTINGS.format(name=_quoted(name or "Digest"), feed_id=f"d{secrets.token_hex(4)}")
    contents = {
        folder / "mkdocs.yml": settings,
        folder / "seeds" / "sources.yml": HEAD,
        folder / ".gitattributes": ATTRIBUTES,
        folder / ".gitignore": IGNORED,
        folder / "site_src" / ".gitkeep": "",  # MkDocs needs the folder, in a clone too
    }
    for file, text in contents.items():
        write_file(file, text.encode())
    return list(contents)


def _quoted(name: str) -> str:
    """Return a name as a quoted YAML string."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
