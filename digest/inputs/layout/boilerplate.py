"""What belongs to a page and not to its papers: navigation, counts, buttons, bylines."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.inputs.syntax.date_parsing import date_line

_WORDS = frozenset(
    """
    new|models|datasets|spaces|buckets|buckets new|docs|enterprise|pricing|log in|login|sign up|signup|sign in
    papers|daily papers|trending papers|trending|daily|weekly|monthly|hot|top|latest|by|ak|hugging face
    and the research community|byak and the research community|previous|next|prev|load more|show more|see more
    system theme|company|tos|terms|terms of service|privacy|privacy policy|about|careers|jobs|website|contact|help
    upvote|upvoted|github|arxiv page|arxiv|project page|pdf|html|code|view pdf|view paper|read paper|submitted by
    share|save|bookmark|comment|comments|like|reply|subscribe|unsubscribe|search|menu|home|tasks|posts|learn|blog
    community|inference endpoints|huggingchat|collections|languages|organizations|solutions|settings|skip to content
    back to articles|forum|changelog|twitter|linkedin|discord|copied|copy link|read more|view all|see all|all
    references|visible links|hidden links|alternate|#alternate
    abstract|summary|paper|link|links|advertisement|sponsored|cookie settings|accept all|follow|rss|feed
    """.replace("\n", "|")
    .replace(" |", "|")
    .split("|")
)
_NAVIGATION = frozenset(word.strip() for word in _WORDS if word.strip())

_PATTERNS = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        ("rule", r"[\W\d_]+"),
        ("tag", r"(?:<[^<>]{1,300}>\s*)+"),
        ("count", r"[-–+▲▼△↑]?\s*\d{1,4}(?:[.,]\d+)?\s*[km]?"),
        (
            "count",
            r"\d[\d.,]*\s*[km]?\s*(?:comments?|upvotes?|votes?|likes?|stars?|citations?|replies|views?)",
        ),
        ("authors", r"(?:\+\s*)?\d{1,5} (?:more )?authors?"),
        ("byline", r"(?:submitted|posted|shared|curated) by\b.{0,60}"),
        ("byline", r"(?:link:\s*)?github\s*(?:repo(?:sitory)?)?\s*[\d.,]*\s*k?(?:\s+arxiv page)?"),
        (
            "button",
            r"(?:get|receive) (?:the )?(?:trending|daily|latest|weekly) papers.{0,60}inbox.{0,30}",
        ),
        ("navigation", r"\W*(?:hugging ?face(?:'s logo)?\W*)+(?:[-–|].{0,60})?"),
        ("navigation", r"(?:trending|daily) papers\b.{0,60}"),
        ("address", r"[\w ()*]{1,25}:\W*https?://\S+"),
        ("button", r"by\s*ak and the research community"),
        (
            "button",
            r"(?:view|show|see|load|read) (?:all|more|full|on)(?: \d+)?(?: (?:papers?|abstracts?|text|comments?|arxiv|github))?",
        ),
        ("button", r"(?:view (?:arxiv|pdf|paper|project) ?(?:page)?|add to collection)(?: \d+)?"),
        (
            "image",
            r"!?\[\s*(?:image|img|avatar|logo|thumbnail|图片)?\b[^\].]{0,60}\]|(?:image|img|avatar|logo|thumbnail|图片)(?: \d+|:.{0,60})?",
        ),
        ("copyright", r"(?:©|\(c\)|copyright)\s.{0,80}"),
        ("address", r"(?:https?:)?//\S+|www\.\S+|\S+@\S+\.\w+"),
    )
)

_COMMENTS = re.compile(r"\s+\[?\s*\d{1,3}\]?$")
"""How many comments there are, beside a date."""

_GLUED = re.compile(r"(?:Subscribe|Upvote|Submitted by)(?=[A-Z0-9\"“‘'$\\(\[])")


@lru_cache(maxsize=20_000)
def furniture(text: str) -> str:
    """Name the kind of furniture a line is, or '' for what may be part of a paper.

    >>> furniture("3 authors"), furniture("Log In"), furniture("·"), furniture("Mar 11, 2025")
    ('authors', 'navigation', 'rule', 'date')
    >>> furniture("Memory Networks")
    ''
    """
    if len(text) > 140:
        return ""
    text = text.strip().lstrip("-*•+ ") or text.strip()
    if text.lower().strip(" .:|·•»«›‹#*!") in _NAVIGATION:
        return "navigation"
    if date_line(text, 0) or date_line(_COMMENTS.sub("", text), 0):
        return "date"
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(text)), "")


def unglue(text: str) -> str:
    """Take away the button a browser's copy has glued to the line after it.

    >>> unglue("SubscribeOneRec: Unifying Retrieve and Rank")
    'OneRec: Unifying Retrieve and Rank'
    >>> unglue("Subscribers Matter")
    'Subscribers Matter'
    """
    return _GLUED.sub("", text, count=1) if _GLUED.match(text) else text
