"""Links and emphasis as browsers, clippers and Markdown write them, taken off the text.

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
from digest.inputs.layout.prose import prose
from digest.papers import ids

_REFERENCE = re.compile(
    r"\[?(\d{1,5})(?:\]:?|\.|:)\s+((?:https?://|mailto:|javascript:|file:|/|#)\S*)"
)
_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,3000})\](?:\(<?\s*([^\s()<>]{0,1000}(?:\([^\s()]{0,200}\))?[^\s()<>]{0,200})>?(?:\s+[\"'][^\"']{0,300}[\"'])?\s*\)|\[(\d{1,5})\])"
)
_NUMBER = re.compile(r"\[(\d{1,5})\](?=[^\s\[(])")
_TAIL = re.compile(
    r"\s*(?:\((https?://[^\s()<>]{3,500})\)|<(https?://[^\s<>]{3,500})>|\s(https?://\S{3,500}))\s*$"
)
_HEADING = re.compile(r"#{1,6}\s+(?=\S)|={2,6}\s+(?=\S)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,600}?)(?<=\S)\1")


def unbracketed(lines: Sequence[Block], defined: Mapping[int, str]) -> list[Block]:
    """Free lines of links' brackets; a line that ends a link belongs to the one above it."""
    out: list[Block] = []
    for line in lines:
        free = unbracket(line, defined)
        if out and free.text and len(free.urls) > len(line.urls) and out[-1].text:
            out[-1] = replace(out[-1], open=True)
        out.append(free)
    return out


def without_front(lines: Sequence[Block]) -> list[Block]:
    """Leave out the front matter a clipper writes above a page: keys between two rules."""
    if not lines or lines[0].text != "---":
        return list(lines)
    end = next((at for at, line in enumerate(lines[1:60], 1) if line.text == "---"), 0)
    keys = sum(bool(re.match(r"[\w-]{1,30}:", line.text)) for line in lines[1:end])
    return list(lines if keys < 0.5 * (end - 1) or end < 2 else lines[end + 1 :])


def starts(text: str) -> bool:
    """Whether a line begins something, whatever stands above it."""
    return bool(_HEADING.match(text))


def references(lines: Sequence[Block]) -> tuple[list[Block], Mapping[int, str]]:
    """Take the addresses that a text browser lists below a page off it; give them by number.

    A list that no number in the text points to is not such a list and stays.
    """
    rows = {line.line: match for line in lines if (match := _REFERENCE.fullmatch(line.text))}
    defined = {int(match[1]): match[2] for match in rows.values()}
    used = set(
        map(
            int,
            re.findall(
                r"\[(\d{1,5})\](?!:)",
                "\n".join(line.text for line in lines if line.line not in rows),
            ),
        )
    )
    if not rows or len(used & defined.keys()) < 0.5 * len(defined):
        return list(lines), {}
    return [replace(line, text="") if line.line in rows else line for line in lines], defined


_CLOSED = re.compile(
    r"^(?P<text>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\](?:\((?P<url>[^\s()]{1,1000})\)|\[(?P<number>\d{1,5})\])$"
)


def unbracket(line: Block, defined: Mapping[int, str]) -> Block:
    """Free a line of the brackets of a link that goes over several lines, and of escapes.

    >>> unbracket(Block(1, "[We describe a new class\\\\\\\\"), {}).text
    'We describe a new class'
    >>> unbracket(Block(1, "models.](https://a.org/b)"), {}).urls
    ('https://a.org/b',)
    """
    text, urls = line.text, line.urls
    broken = text.endswith("\\\\") and len(text) > 2
    text = re.sub(r"\\{2,}(\s|$)", r"\1", text).strip() if "\\\\" in text else text
    text = re.sub(r"\\([-_*#\[\]>.])", r"\1", text) if "\\" in text else text
    if (match := _CLOSED.match(text)) and len(text) < 5000:
        target = match["url"] or defined.get(int(match["number"] or 0))
        text, urls = match["text"].rstrip(), (*urls, target) if target else urls
    opened = re.match(r"((?:#{1,6} )?)\[([^\]]*)$", text)
    if opened and len(text) < 20_000:
        text = opened[1] + opened[2].strip()
    return replace(line, text=text, urls=urls, open=broken)


def plain(blocks: Sequence[Block], defined: Mapping[int, str]) -> list[Block]:
    """Take links, headings and emphasis off paragraphs, their addresses beside them."""
    shared = Counter(
        match[1] or match[2] or match[3] for b in blocks if (match := _TAIL.search(b.text[-600:]))
    )
    out = []
    for block in blocks:
        text, urls = unlink(block.text, defined)
        text, heading = _HEADING.subn("", text, count=1) if _HEADING.match(text) else (text, 0)
        text, more = _tail(text, shared)
        if text:
            made = tuple(dict.fromkeys((*block.urls, *urls, *more)))
            out.append(replace(block, text=unmark(text), urls=made, heading=bool(heading)))
    return out


def unlink(text: str, defined: Mapping[int, str] | None = None) -> tuple[str, list[str]]:
    """Take links off a text and give both; pictures go.

    >>> unlink("Read [this](https://a.org/x_(y)) and ![logo](l.png)[that][2].", {2: "/b"})
    ('Read this and that.', ['https://a.org/x_(y)', '/b'])
    """
    urls: list[str] = []
    defined = defined or {}

    def taken(match: re.Match[str]) -> str:
        number = int(match[3]) if match[3] else None
        if number is not None and number not in defined:
            return match.group()
        if match.group().startswith("!"):
            return ""
        urls.append(match[2] if number is None else defined[number])
        word = match[1].strip()
        return "" if word.isdigit() and len(word) < 5 else word  # a count, not text

    for _ in range(2):  # a picture may stand inside a link
        if "](" not in text and "][" not in text:
            break
        text = _LINK.sub(taken, text)
    if defined:
        urls += [defined[n] for n in map(int, _NUMBER.findall(text[:40])) if n in defined]
        text = _NUMBER.sub(lambda m: "" if int(m[1]) in defined else m.group(), text)
    return text.strip(), urls


def _tail(text: str, shared: Mapping[str, int]) -> tuple[str, list[str]]:
    """Take a clipper's address off the end: a title's, and what title and abstract share."""
    match = _TAIL.search(text, max(0, len(text) - 600))
    if not match or not (rest := text[: match.start()]):
        return text, []
    url = match[1] or match[2] or match[3]
    ended = rest[-1] in ".!?" and (shared[url] > 1 or "arxiv" in ids.identifiers([url]))
    clipped = ended or prose(rest) < 0
    return (rest, [url]) if clipped else (text, [])


def unmark(text: str) -> str:
    """Take off emphasis that holds a whole text.

    >>> unmark("**Memory Networks**"), unmark("*a* and *b*")
    ('Memory Networks', '*a* and *b*')
    """
    for mark in ("**", "__", "*", "_", "`"):
        inner = text[len(mark) : -len(mark)]
        if (
            len(text) > 2 * len(mark)
            and text.startswith(mark)
            and text.endswith(mark)
            and mark not in inner
        ):
            return inner.strip()
    return text


def unstrong(text: str) -> str:
    """Take bold marks off, wherever they stand."""
    return _STRONG.sub(lambda match: match[2], text)
