"""Checks of a built site, before it takes the place of the one that is published."""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from digest.hosting.finding import Finding
from digest.hosting.hosts import Host, reached
from digest.language.strings import counted, visible

NAMED = 10
"""Addresses that are named; of more there is the number."""
_LINKS = etree.XPath("//@href | //@src")


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """The files of a site, and the address at which it will be."""

    folder: Path
    url: str
    """Ends with a slash."""
    files: frozenset[str]
    """Their paths within the folder, without hidden ones."""

    @classmethod
    def of(cls, folder: Path, url: str) -> BuiltSite:
        """Look at the files in a folder, which need not exist."""
        found = []
        for place, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if name[0] != "."]
            within = Path(place).relative_to(folder).as_posix()
            start = "" if within == "." else f"{within}/"
            found += [start + name for name in names if name[0] != "."]
        return cls(folder, url, frozenset(found))

    def has(self, path: str) -> bool:
        """Return whether there is a file, or a page, at a path within the site."""
        return path in self.files or posixpath.join(path, "index.html") in self.files


def built(site: BuiltSite, today: date) -> Iterator[Finding]:
    """Look whether there is a whole site, and whether it was built today."""
    name = site.folder.name
    if not {"index.html", "status.json"} <= site.files:
        yield Finding("error", f"{name}/ has no site", "`digest build` makes it")
        return
    try:
        status = json.loads((site.folder / "status.json").read_bytes())
        day = date.fromisoformat(status["built"])
    except (OSError, ValueError, KeyError, TypeError):
        yield Finding("error", f"{name}/status.json is damaged", "`digest build --clean` mends it")
        return
    if day < today:
        yield Finding(
            "error",
            f"{name}/ was built on {day}, and today is {today}",
            "`digest build`, and mend what it names",
        )
    else:
        papers = counted(int(status.get("papers", 0)), "paper")
        yield Finding("ok", f"{name}/ has {papers} in {counted(len(site.files), 'file')}")


def links(site: BuiltSite) -> Iterator[Finding]:
    """Look whether every link within the site leads to a file of it."""
    pages = sorted(path for path in site.files if path.endswith(".html"))
    broken = [(page, link) for page in pages for link in _broken(site, page)]
    if not broken:
        yield Finding("ok", f"all links of {counted(len(pages), 'page')} lead somewhere")
        return
    named = (f"{page} → {visible(link)[:200]}" for page, link in broken)
    yield Finding(
        "error",
        f"{counted(len(broken), 'link')} within the site without a target: {_some(named)}",
        "`digest build --clean`; then look at pages and templates of your own",
    )


def feeds(site: BuiltSite) -> Iterator[Finding]:
    """Look whether every feed and list of feeds can be parsed and is for the published site."""
    damaged, count = [], 0
    for path in sorted(site.files):
        parse = _PARSERS.get(posixpath.basename(path))
        if parse:
            count += 1
            try:
                parse(site.folder / path)
            except (OSError, ValueError, etree.XMLSyntaxError) as error:
                damaged.append(f"{path} ({visible(str(error))[:100]})")
    if damaged:
        yield Finding(
            "error",
            f"{counted(len(damaged), 'feed')} cannot be read: {_some(damaged)}",
            "`digest build --clean`; then look at templates of your own",
        )
    else:
        yield Finding("ok", f"all {count} feeds can be read")


def sizes(site: BuiltSite, host: Host | None) -> Iterator[Finding]:
    """Look whether the host takes a site of this size."""
    if host:
        for limit in reached(host, site.folder):
            yield Finding("error" if limit.passed else "warning", str(limit))


def addresses(
    site: BuiltSite, known: Iterable[str], where: str, *, forget: bool = False
) -> Iterator[Finding]:
    """Look whether every known address still has a page or a file.

    `known` are paths within the site, `where` says who knows them. With `forget`
    lost ones are only said.
    """
    every = sorted(set(known))
    lost = [path for path in every if not site.has(path.strip("/"))]
    if not lost:
        yield Finding("ok", f"all {len(every):,} addresses of {where} are there")
        return
    yield Finding(
        "warning" if forget else "error",
        f"{len(lost):,} of {len(every):,} addresses of {where} would be lost:"
        f" {_some(visible(path) for path in lost)}",
        ""
        if forget
        else "bring back seeds/register.jsonl of the day when they were published, or what it"
        " lacks by `digest restore`, and build again; --forget-addresses publishes without them",
    )


def _some(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - NAMED:,} more" if len(every) > NAMED else ""
    return ", ".join(every[:NAMED]) + more


def _broken(site: BuiltSite, page: str) -> Iterator[str]:
    """Yield the links of a page, each once, to what the site does not have."""
    parsed = etree.HTML((site.folder / page).read_bytes() or b"<p>", etree.HTMLParser())
    found = _LINKS(parsed) if parsed is not None else []
    for link in dict.fromkeys(map(str, found if isinstance(found, list) else [])):
        path = _within(site, page, link)
        if path is not None and path and not site.has(path):
            yield link


def _within(site: BuiltSite, page: str, link: str) -> str | None:
    """Return the path to which a link of a page leads; None if that is not within the site."""
    if link.startswith(site.url):
        link = "/" + link.removeprefix(site.url)
        base = "/"
    else:
        base = urlsplit(site.url).path
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(base):
            return None  # another site at the same host
        path = path.removeprefix(base)
    else:
        path = posixpath.join(posixpath.dirname(page), path)
    path = posixpath.normpath(path or ".")
    return "" if path == "." else path


def _parse_xml(file: Path) -> None:
    etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _parse_json(file: Path) -> None:
    json.loads(file.read_bytes())


_PARSERS = {
    "feed.xml": _parse_xml,
    "atom.xml": _parse_xml,
    "feeds.opml": _parse_xml,
    "sitemap.xml": _parse_xml,
    "feed.json": _parse_json,
}
"""How a file of each name is read."""
