"""How many files and bytes a site has for each paper, by kind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePosixPath

PAGES, OTHER_PAGES = "pages of papers", "other pages"
CITATIONS, DOWNLOADS = "citations of a paper", "downloads of days, topics and all"
FEEDS, SEARCH, PICTURES, REST = "feeds", "search", "pictures", "the rest"
KINDS = (PAGES, CITATIONS, OTHER_PAGES, DOWNLOADS, FEEDS, SEARCH, PICTURES, REST)

SHORTEST_ID = 8
"""Letters or digits of a paper's id; a number in its place is a page of the list, and shorter."""

_FEED_NAMES = {"atom.xml", "feed.xml", "feed.json", "feeds.opml"}


def kind(path: PurePosixPath) -> str:
    """Return what kind of file it is, from its path in the site.

    >>> kind(PurePosixPath("papers/9czgze4k/cite.bib"))
    'citations of a paper'
    >>> kind(PurePosixPath("papers/12/index.html"))
    'other pages'
    """
    if path.parts[0] in ("pagefind", "search") and path.suffix != ".html":
        return SEARCH
    if path.suffix == ".html":
        of_paper = len(path.parts) == 3 and path.parts[0] == "papers"
        return PAGES if of_paper and len(path.parts[1]) >= SHORTEST_ID else OTHER_PAGES
    if path.name in _FEED_NAMES:
        return FEEDS
    if path.stem.split(".")[0] == "cite":
        return CITATIONS
    if path.stem.split(".")[0] == "papers":
        return DOWNLOADS
    return PICTURES if path.suffix == ".png" else REST


def count(site: Path) -> tuple[Counter[str], Counter[str]]:
    """Return the files and the bytes of a site, by kind."""
    files: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for file in site.rglob("*"):
        if file.is_file():
            found = kind(PurePosixPath(file.relative_to(site).as_posix()))
            files[found] += 1
            sizes[found] += file.stat().st_size
    return files, sizes
