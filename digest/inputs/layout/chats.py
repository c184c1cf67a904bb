"""Chats, exported or copied: messages that link to papers.

    05/03/2024, 09:13 - Ada: Memory Networks https://arxiv.org/abs/1410.3916     WhatsApp
    [05.03.24, 09:13:07] Ada: Memory Networks https://arxiv.org/abs/1410.3916    WhatsApp, iOS
    Ada  9:13 AM                                                                 Slack
    Ada — Today at 9:13 AM                                                       Discord
    Ada, [05.03.2024 09:13]                                                      Telegram
    [9:13 AM] Ada Lovelace                                                       Teams
    [09:13] <ada> Memory Networks https://arxiv.org/abs/1410.3916                IRC, Matrix

A link is read if its address is a paper's; its title is the line beside it that reads
like a title. Senders, times and all other text are private and ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digest.inputs import evidence, findings
from digest.inputs.document import Document
from digest.inputs.format import Format
from digest.inputs.layout import markup, views
from digest.inputs.layout.lines import Block
from digest.inputs.layout.prose import prose_score
from digest.models import Guess, Link, Reading, Record, Seed
from digest.papers import ids

NAME = "chat"

_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?\s?m\b\.?)?"
_DAY = (
    r"(?:(?:today|yesterday|heute|gestern|hier|aujourd'hui|ayer|hoy|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:\s(?:at|um|à|a las))?"
    r"|\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?|\d{1,2}\.?\s[^\W\d_]{3,10}\.?(?:\s\d{4})?|[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s\d{4})?)"
)
_WHEN = rf"(?:{_DAY},?\s{{0,3}}(?:at\s)?)?{_CLOCK}"
_WHO = r"[^\s:\[\]<>|][^:\[\]<>|\n]{0,40}"
_HEADS: Sequence[re.Pattern[str]] = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"[\u200e\u200f]?\[?{_DAY},?\s{{1,3}}{_CLOCK}\]?\s{{0,3}}(?:[-–—]\s)?{_WHO}:(?:\s+(?P<text>.*)|$)",
        rf"\[{_WHEN}\]\s{{0,3}}(?:<{_WHO}>\s{{0,3}}|{_WHO}:\s{{1,3}})(?P<text>.*)$",
        rf"{_CLOCK}\s{{1,3}}<{_WHO}>\s(?P<text>.*)$",
        rf"\[{_WHEN}\]\s{{0,3}}{_WHO}$",
        rf"{_WHO}(?:\s{{1,3}}APP)?(?:\s{{1,4}}[—–-]\s{{1,3}}|,\s|\s{{2,4}}|\s(?={_DAY}\s))\[?{_WHEN}\]?:?$",
        rf"[^\s:\[\]<>|]{{2,24}}(?:\s[^\s:\[\]<>|]{{1,24}}){{0,2}}\s{{1,4}}{_CLOCK}$",
        rf"[\u200e\u200f]?\[?{_DAY},?\s{{1,3}}{_CLOCK}\]?\s{{0,3}}[-–—]\s(?!.{{0,40}}:)(?P<system>.*)$",
    )
)
"""How messages begin in the programs above; a message of the program itself names no sender."""

_TIME = re.compile(rf"\[?{_WHEN}\]?", re.I)
"""A line with a time, below a name: a message copied from Slack in a browser."""

_SLACK = re.compile(r"<(https?://[^\s<>|]{3,1500})(?:\|[^<>\n]{0,300})?>")
"""An address as Slack exports it, perhaps with its text behind a bar."""
_EMOJI = re.compile(r":[a-z0-9_+-]{1,40}:")
_BULLET = re.compile(r"\A(?:[-*•‣▪●○◦>]|\d{1,3}[.)])\s+")
_BEFORE = re.compile(
    r"\A(?:(?:new )?(?:paper|preprint|article|arxiv|link|title|also|see|cf\.?|read(?:ing)?|today)\s?:)\s+",
    re.I,
)
"""Words before a title."""
_CHATTER = re.compile(
    r"\b(?:I|I'm|I've|me|my|you|your|let's|lol|haha|thanks|thx|please|anyone|guys|everyone|hi|hello|morning|btw|fyi|imo|check(?: out)?|this one|this paper"
    r"|these|here(?:'s)?|interesting|nice|cool|great|awesome|look|also|omitted|replied|replies|reply|joined|pinned|edited|reacted)\b|\?\?|!\s*\Z|:\s*\Z|\A[+@]",
    re.I,
)
"""Words of conversation, which no title contains."""


@dataclass(frozen=True, slots=True)
class _Message:
    """A message, without its sender and time."""

    lines: list[Block] = field(default_factory=list)


def recognise(document: Document) -> Guess:
    """Return how sure it is: messages must have a sender and a time, and link to papers."""
    lines = [line for line in document.head.view(views.lines) if line.text]
    heads = sum(
        bool(_TIME.fullmatch(line.text)) or _message_text(line.text) is not None for line in lines
    )
    linked = sum("://" in line.text for line in lines)
    if heads < 2 and not (heads and _message_text(lines[0].text)):
        return Guess(0.0, "lines that say who wrote, and when")
    papers = len(list(_linked_papers(list(_messages(lines)))))
    if not papers or not linked or heads < 0.05 * len(lines):
        return Guess(0.2, "messages that link to papers")
    return Guess(0.94)


def read(document: Document) -> Reading:
    """Read every link to a paper; remark on how many messages were searched."""
    messages = list(_messages(document.view(views.lines)))
    found = list(_linked_papers(messages))
    finds: list[findings.Finding] = []
    for paper in found:
        finds.append(
            _record(document, paper) if paper.title or paper.ids else _untitled(document, paper)
        )
    spoken = sum(bool(message.lines) for message in messages)
    if spoken:
        message = f"read {len(found)} links to papers in {spoken} messages"
        finds.append(findings.remark(document, 1, f"{message} — the rest is ignored"))
    return findings.reading(document, NAME, finds)


def _message_text(text: str) -> str | None:
    """Return the text behind the sender and time that open a message; None for any other line.

    >>> _message_text("05/03/2024, 09:13 - Ada: Memory Networks"), _message_text("ada  9:13 AM")
    ('Memory Networks', '')
    >>> _message_text("We count.")
    """
    if len(text) > 4000 or not re.search(r"\d[:.]\d\d", text[:120]):
        return None
    for pattern in _HEADS:
        if match := pattern.match(text):
            return match.groupdict().get("text") or ""
    return None


def _messages(lines: Sequence[Block]) -> Iterator[_Message]:
    message = _Message()
    for line in lines:
        opening = "" if _TIME.fullmatch(line.text) else _message_text(line.text)
        if opening is not None:
            if message.lines and _TIME.fullmatch(line.text):
                message.lines.pop()  # the sender of the message that follows
            yield message
            message = _Message()
        text = line.text if opening is None else opening
        if text:
            message.lines.append(Block(line.line, text))
    yield message


@dataclass(frozen=True, slots=True)
class _LinkedPaper:
    """A paper that a message links to."""

    line: int
    link: Link
    title: str = ""
    abstract: str = ""

    @property
    def ids(self) -> dict[str, str]:
        return ids.identifiers([self.link.url])


def _linked_papers(messages: Sequence[_Message]) -> Iterator[_LinkedPaper]:
    """Yield every link to a paper once, with the title beside it in its message."""
    seen: set[str] = set()
    for message in messages:
        rows = [_split_urls(line.text) for line in message.lines]
        used: set[int] = set()
        for at, (urls, _) in enumerate(rows):
            for link in ids.links(urls):
                if (link.kind == "paper" or ids.identifiers([link.url])) and link.url not in seen:
                    seen.add(link.url)
                    yield _with_title(message, rows, at, link, used)


def _split_urls(text: str) -> tuple[list[str], str]:
    """Return the addresses of a line, and its text without them."""
    text, marked = markup.extract_links(text)
    bare = [match[1] for match in _SLACK.finditer(text)]
    text = _SLACK.sub(" ", text)
    urls = [*marked, *bare, *ids.urls(text)]
    for url in urls:
        text = text.replace(url, " ")
    return urls, text


def _with_title(
    message: _Message,
    rows: Sequence[tuple[list[str], str]],
    at: int,
    link: Link,
    used: set[int],
) -> _LinkedPaper:
    """Return a link with a title on its line, below or above it, which no other link has taken."""
    for near in (at, at + 1, at + 2, at - 1):
        alone = near == at or (0 <= near < len(rows) and not rows[near][0])
        if alone and near not in used and (title := _title(rows[near][1])):
            used.add(near)
            return _LinkedPaper(message.lines[at].line, link, title, _preview(rows, near, at))
        if near > at and near < len(rows) and rows[near][0]:
            break  # lines from here on belong to the next link
    return _LinkedPaper(message.lines[at].line, link)


def _title(text: str) -> str:
    """Return the text of a line if it reads like a title; empty for chatter.

    >>> _title("• *Memory Networks for Tides* -"), _title("Morning! Papers for today:")
    ('Memory Networks for Tides', '')
    >>> _title(":+1: also")
    ''
    """
    text = _BULLET.sub("", _EMOJI.sub("", text).strip())
    text = _BEFORE.sub("", text.strip(" -–—|:,;()<>"))
    text = markup.strip_emphasis(text.strip(" -–—|,;<>")).strip(' "“”-–—|,;')
    wide = not text.isascii() and prose_score(text) > -9 and " " not in text and len(text) > 7
    named = text.count(" ") > 1 or wide
    if not named or len(text) > 300 or text[:1].islower() or _CHATTER.search(text):
        return ""
    return text if prose_score(text) < 0 else ""


def _preview(rows: Sequence[tuple[list[str], str]], near: int, at: int) -> str:
    """Return the abstract in a link preview, below the title; empty if there is none."""
    if near <= at or near + 1 >= len(rows):
        return ""
    text = rows[near + 1][1].strip()
    whole = not text.endswith(("…", "..."))
    return text if whole and prose_score(text) > 0 and evidence.style_score(text) > 0 else ""


def _record(seed: Seed, paper: _LinkedPaper) -> Record:
    return findings.record(
        seed,
        paper.line,
        paper.title,
        paper.abstract,
        identifiers=paper.ids,
        links=(paper.link,),
    )


def _untitled(seed: Seed, paper: _LinkedPaper) -> findings.Finding:
    message = "expected a title beside a paper's link, found none — the paper is left out"
    return findings.refuse(seed, paper.line, message, paper.link.url)


FORMAT = Format(
    NAME,
    "chat",
    "prose",
    recognise,
    read,
    about="a chat, exported or copied: WhatsApp, Slack, Discord, Telegram, Teams",
    example="05/03/2024, 09:13 - Ada: A comet in pieces https://arxiv.org/abs/…",
)
