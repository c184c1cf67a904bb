"""Bookmarks, as browsers and link collectors save them.

    <!DOCTYPE NETSCAPE-Bookmark-file-1>
    <DT><A HREF="https://arxiv.org/abs/1410.3916" ADD_DATE="1413331200">Memory Networks</A>
    <DD>What somebody attributes of it

https://learn.microsoft.com/en-us/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from digest.inputs import findings
from digest.inputs.format import Format
from digest.inputs.syntax import field_values, json_records
from digest.models import Guess, Reading, Seed
from digest.papers import ids

NAME = "bookmarks"

_LINK = re.compile(
    r"<DT>\s{0,20}<A\s(?P<attributes>(?:[^<>\"]|\"[^\"]*\")*)>(?P<title>[^<]*)</A>(?:\s*<DD>(?P<note>[^<]*))?",
    re.I,
)
_NUMBER = re.compile(r"^\[[\w./-]{8,20}\]\s+")
"""The number that titles of arXiv's pages begin with."""
_ATTRIBUTE = re.compile(r"([\w-]{1,30})\s*=\s*\"([^\"]*)\"")


def recognise(seed: Seed) -> Guess:
    """Sure if a document declares itself as bookmarks."""
    declared = re.match(r"\s*<!DOCTYPE NETSCAPE-Bookmark-file-1>", seed.text, re.I)
    return (
        Guess(0.99) if declared else Guess(0.0, "an opening '<!DOCTYPE NETSCAPE-Bookmark-file-1>'")
    )


def read(seed: Seed) -> Reading:
    """Read every bookmark of a page; one without a title is refused."""
    return findings.reading(seed, NAME, _read_entries(seed))


def _read_entries(seed: Seed) -> Iterator[findings.Finding]:
    line, counted = 1, 0
    for match in _LINK.finditer(seed.text):
        line += seed.text.count("\n", counted, match.start())
        counted = match.start()
        attributes = {
            name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(match["attributes"])
        }
        links = ids.links([attributes.get("href", "")])
        title = _NUMBER.sub("", json_records.untag(match["title"]))
        if not links:
            continue  # a script, or an internal page of the browser
        if not title or re.match(r"https?://", title):
            message = (
                f"expected a title, found {findings.quote(links[0].url)} — the link is left out"
            )
            yield findings.refuse(seed, line, message, match.group())
            continue
        yield findings.record(
            seed,
            line,
            title,
            json_records.untag(attributes.get("description") or match["note"] or ""),
            identifiers=ids.identifiers(link.url for link in links),
            links=links,
            categories=field_values.categories(attributes.get("tags", ""))
            if attributes.get("tags")
            else (),
        )


FORMAT = Format(
    NAME,
    "bookmarks",
    "page",
    recognise,
    read,
    about="bookmarks of a browser, a reading list",
    example='<!DOCTYPE NETSCAPE-Bookmark-file-1>\n…\n<DT><A HREF="…">A comet in pieces',
)
