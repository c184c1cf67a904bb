"""Hugo and MkDocs with Material, on the Markdown pages that digest wrote.

All pages are taken, of papers and lists, with titles and descriptions but without what else
digest's own theme reads. Hugo gets a theme of one small layout. Pagefind then indexes what digest
gives it too: titles and abstracts. MkDocs has its menu of the same few pages, and its own search,
which indexes all words of a paper's page. Both make everything anew each time.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.benchmarks.processes import Cost, run

LAYOUT = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}">
</head>
<body>
<nav>{{ range slice "" "days/" "topics/" "papers/" }}<a href="{{ . | absURL }}">/{{ . }}</a> {{ end }}</nav>
<main{{ if and .IsPage (eq .Section "papers") }} data-pagefind-body{{ end }}>
{{ .Content }}
</main>
</body>
</html>
"""
HUGO = """\
baseURL: https://example.org/
title: Digest
disableKinds: [404, RSS, taxonomy, term]
markup:
  goldmark:
    renderer:
      unsafe: true # cards of papers are HTML
"""
MKDOCS = """\
site_name: Digest
site_url: https://example.org/
theme:
  name: material
  font: false
plugins: [search]
nav: [index.md, days/index.md, topics/index.md, papers.md]
validation:
  nav:
    omitted_files: ignore # thousands
  links:
    not_found: ignore # citations and feeds are not copied
"""
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
UNSEARCHED = "aside, section"
"""Links, citations, related papers and origin, on a paper's page: digest does not index them."""


def hugo_version() -> str:
    """Return what Hugo calls itself; empty if it is not installed."""
    if not shutil.which("hugo"):
        return ""
    return subprocess.run(["hugo", "version"], capture_output=True, text=True).stdout.split(" B")[0]


def hugo_and_pagefind(source: Path, folder: Path) -> dict[str, Cost]:
    """Build a site of digest's pages with Hugo, index it with Pagefind, and return the costs."""
    pages = list(_pages(source))
    lists = {folder for page, _, _ in pages for folder in page.parents}
    for page, metadata, text in pages:
        place = page.relative_to(source)
        if page.name == "index.md":
            place = place.with_name("_index.md")
        elif page.with_suffix("") in lists:  # Hugo would make a list of its own at that address
            place = place.with_suffix("") / "_index.md"
        _write(folder / "content" / place, metadata, text)
    for name in ("single", "list"):
        _write_text(folder / "layouts" / "_default" / f"{name}.html", LAYOUT)
    _write_text(folder / "config.yaml", HUGO)
    built = run(["hugo", "--quiet"], folder)
    _check(folder / "public", len(pages))
    words = ("--site", "public", "--exclude-selectors", UNSEARCHED, "--quiet")
    indexed = run([sys.executable, "-m", "pagefind", *words], folder)
    return {"Hugo": built, "Pagefind after Hugo": indexed}


def mkdocs(source: Path, folder: Path) -> dict[str, Cost]:
    """Build a site of digest's pages with MkDocs and Material, and return the cost."""
    pages = list(_pages(source))
    for page, metadata, text in pages:
        searched = page.parent.name == "papers"
        known = metadata if searched else {**metadata, "search": {"exclude": True}}
        _write(folder / "docs" / page.relative_to(source), known, text)
    _write_text(folder / "mkdocs.yml", MKDOCS)
    built = run([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder)
    _check(folder / "site", len(pages))
    return {"MkDocs": built}


def _pages(source: Path) -> Iterator[tuple[Path, Mapping[str, Any], str]]:
    """Yield each page of a folder, what its front matter has for every builder, and its text."""
    for page in sorted(source.rglob("*.md")):
        content = page.read_text(encoding="utf-8")
        front = _FRONT.match(content)
        known = yaml.load(front[1], yaml.CSafeLoader) if front else {}
        kept = ("title", "description")  # Hugo would take a kind or a date for its own
        yield page, {name: known[name] for name in kept if name in known}, _FRONT.sub("", content)


def _write(page: Path, metadata: Mapping[str, Any], text: str) -> None:
    front = yaml.dump(dict(metadata), Dumper=yaml.CSafeDumper, allow_unicode=True)
    _write_text(page, f"---\n{front}---\n{text}")


def _write_text(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _check(site: Path, number: int) -> None:
    """Raise `RuntimeError` if a site has fewer pages than it was given."""
    found = sum(1 for _ in site.rglob("*.html"))
    if found < number:
        raise RuntimeError(f"expected {number} pages in {site.name}/, found {found}")
