"""Removal of links and emphasis as browsers, web clippers and Markdown write them.

### [Memory Networks][32]          a text browser, the address at the end
[32]Memory Networks                another
Memory Networks (https://…)        a web clipper
[Memory Networks](https://…)       Markdown
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import prose_score
from digest.papers import ids

_REFERENCE = re.compile(
    r"\[?(\d{1,5})(?:\]:?|\.|:)\s+((?:https?://|mailto:|javascript:|file:|/|#)\S*)"
)
"""A listed address behind its number."""
_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,3000})\](?:\(<?\s*([^\s()<>]{0,1000}(?:\([^\s()]{0,200}\))?[^\s()<>]{0,200})>?(?:\s+[\"'][^\"']{0,300}[\"'])?\s*\)|\[(\d{1,5})\])"
)
_NUMBER = re.compile(r"\[(\d{1,5})\](?=[^\s\[(])")
"""The number of a link, as text browsers print it before the text."""
_TAIL = re.compile(
    r"\s*(?:\((https?://[^\s()<>]{3,500})\)|<(https?://[^\s<>]{3,500})>|\s(https?://\S{3,500}))\s*$"
)
"""An address at the end of a text, as web clippers append it."""
_HEADING = re.compile(r"#{1,6}\s+(?=\S)|={2,6}\s+(?=\S)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,600}?)(?<=\S)\1")


def join_split_links(lines: Sequence[Block], addresses: Mapping[int, str]) -> list[Block]:
    """Remove the brackets of links that span lines, and set `open` on lines above their ends."""
    out: list[Block] = []
    for line in lines:
        free = strip_link_brackets(line, addresses)
        if out and free.text and len(free.urls) > len(line.urls) and out[-1].text:
            out[-1] = replace(out[-1], open=True)
        out.append(free)
    return out


def strip_front_matter(lines: Sequence[Block]) -> list[Block]:
    """Remove the YAML front matter that a clipper writes above a page, between two `---` lines."""
    if not lines or lines[0].text != "---":
        return list(lines)
    end = next((at for at, line in enumerate(lines[1:60], 1) if line.text == "---"), 0)
    keys = sum(bool(re.match(r"[\w-]{1,30}:", line.text)) for line in lines[1:end])
    return list(lines if keys < 0.5 * (end - 1) or end < 2 else lines[end + 1 :])


def is_heading(text: str) -> bool:
    """Return whether a line is a heading, which always begins a paragraph."""
    return bool(_HEADING.match(text))


def extract_references(lines: Sequence[Block]) -> tuple[list[Block], Mapping[int, str]]:
    """Remove the addresses that a text browser lists below a page; return them by number.

    A list is kept if the text refers to fewer than half of its numbers.
    """
    rows = {line.line: match for line in lines if (match := _REFERENCE.fullmatch(line.text))}
    addresses = {int(match[1]): match[2] for match in rows.values()}
    used = set(
        map(
            int,
            re.findall(
                r"\[(\d{1,5})\](?!:)",
                "\n".join(line.text for line in lines if line.line not in rows),
            ),
        )
    )
    if not rows or len(used & addresses.keys()) < 0.5 * len(addresses):
        return list(lines), {}
    return [replace(line, text="") if line.line in rows else line for line in lines], addresses


_CLOSED = re.compile(
    r"^(?P<text>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\](?:\((?P<url>[^\s()]{1,1000})\)|\[(?P<number>\d{1,5})\])$"
)
"""The last line of a link that spans several lines."""


def strip_link_brackets(line: Block, addresses: Mapping[int, str]) -> Block:
    """Remove the brackets of a link that spans several lines, and backslash escapes.

    >>> strip_link_brackets(Block(1, "[We describe a new class\\\\\\\\"), {}).text
    'We describe a new class'
    >>> strip_link_brackets(Block(1, "models.](https://a.org/b)"), {}).urls
    ('https://a.org/b',)
    """
    text, urls = line.text, line.urls
    broken = text.endswith("\\\\") and len(text) > 2
    text = re.sub(r"\\{2,}(\s|$)", r"\1", text).strip() if "\\\\" in text else text
    text = re.sub(r"\\([-_*#\[\]>.])", r"\1", text) if "\\" in text else text
    if (match := _CLOSED.match(text)) and len(text) < 5000:
        target = match["url"] or addresses.get(int(match["number"] or 0))
        text, urls = match["text"].rstrip(), (*urls, target) if target else urls
    opened = re.match(r"((?:#{1,6} )?)\[([^\]]*)$", text)
    if opened and len(text) < 20_000:
        text = opened[1] + opened[2].strip()
    return replace(line, text=text, urls=urls, open=broken)


def strip_markup(blocks: Sequence[Block], addresses: Mapping[int, str]) -> list[Block]:
    """Remove the markup of links, headings and emphasis, and keep the addresses as `urls`."""
    shared = Counter(
        match[1] or match[2] or match[3] for b in blocks if (match := _TAIL.search(b.text[-600:]))
    )
    out = []
    for block in blocks:
        text, urls = extract_links(block.text, addresses)
        text, heading = _HEADING.subn("", text, count=1) if _HEADING.match(text) else (text, 0)
        text, more = _split_address(text, shared)
        if text:
            made = tuple(dict.fromkeys((*block.urls, *urls, *more)))
            out.append(replace(block, text=strip_emphasis(text), urls=made, heading=bool(heading)))
    return out


def extract_links(text: str, addresses: Mapping[int, str] | None = None) -> tuple[str, list[str]]:
    """Return a text without link markup, and the addresses; images are removed.

    >>> extract_links("Read [this](https://a.org/x_(y)) and ![logo](l.png)[that][2].", {2: "/b"})
    ('Read this and that.', ['https://a.org/x_(y)', '/b'])
    """
    urls: list[str] = []
    addresses = addresses or {}

    def replaced(match: re.Match[str]) -> str:
        number = int(match[3]) if match[3] else None
        if number is not None and number not in addresses:
            return match.group()
        if match.group().startswith("!"):
            return ""
        urls.append(match[2] if number is None else addresses[number])
        word = match[1].strip()
        return "" if word.isdigit() and len(word) < 5 else word  # a count beside an icon, not text

    for _ in range(2):  # an image may be inside a link
        if "](" not in text and "][" not in text:
            break
        text = _LINK.sub(replaced, text)
    if addresses:
        urls += [addresses[n] for n in map(int, _NUMBER.findall(text[:40])) if n in addresses]
        text = _NUMBER.sub(lambda m: "" if int(m[1]) in addresses else m.group(), text)
    return text.strip(), urls


def _split_address(text: str, shared: Mapping[str, int]) -> tuple[str, list[str]]:
    """Remove a clipper's address from the end of a text; return both.

    It is removed from a title, and from a sentence if it recurs or is an arXiv address.
    """
    match = _TAIL.search(text, max(0, len(text) - 600))
    if not match or not (rest := text[: match.start()]):
        return text, []
    url = match[1] or match[2] or match[3]
    ended = rest[-1] in ".!?" and (shared[url] > 1 or "arxiv" in ids.identifiers([url]))
    clipped = ended or prose_score(rest) < 0
    return (rest, [url]) if clipped else (text, [])


def strip_emphasis(text: str) -> str:
    """Remove emphasis that encloses a whole text.

    >>> strip_emphasis("**Memory Networks**"), strip_emphasis("*a* and *b*")
    ('Memory Networks', '*a* and *b*')
    """
    for syntax in ("**", "__", "*", "_", "`"):
        inner = text[len(syntax) : -len(syntax)]
        if (
            len(text) > 2 * len(syntax)
            and text.startswith(syntax)
            and text.endswith(syntax)
            and syntax not in inner
        ):
            return inner.strip()
    return text


def strip_bold(text: str) -> str:
    """Remove the markup of bold type anywhere in a text."""
    return _STRONG.sub(lambda match: match[2], text)
