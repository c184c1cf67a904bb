"""The feeds of a digest: the days, all papers, each topic, and saved searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from digest.errors import ConfigError, nearest
from digest.language.strings import slug
from digest.language.tokens import tokenize
from digest.models import Digest, Edition, Paper, Query, Topic


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed, whatever its format: its name, its address and its content."""

    name: str
    """Its name within the digest: 'Every day', 'All papers', a topic, a saved search."""
    title: str
    """Its name in a feed reader: with the name of the digest."""
    description: str
    folder: str
    """The folder of its files, relative to the site: '' or 'topics/optics/'."""
    home: str
    """The page it belongs to, relative to the site."""
    kind: Literal["day", "papers", "topic", "search"]
    editions: tuple[Edition, ...] = ()
    papers: tuple[Paper, ...] = ()
    """The newest first; empty if the feed has editions."""

    @property
    def has_archives(self) -> bool:
        """Whether its older items are in archives: of some of the papers they would be copies."""
        return self.kind in ("day", "papers")

    @property
    def head(self) -> Channel:
        """The channel without its content."""
        return replace(self, editions=(), papers=())


def channels(digest: Digest) -> list[Channel]:
    """Return every feed of the digest, the most general first.

    Raises `ConfigError` for a saved search of a topic that does not exist: its
    feed would silently stay empty.
    """
    name = digest.site.name
    return [
        Channel(
            "Every day",
            name,
            digest.site.description or f"{name}: one item a day",
            "",
            "",
            "day",
            editions=digest.editions,
        ),
        Channel(
            "All papers",
            f"{name}: all papers",
            f"Every paper of {name}, one item each",
            "papers/",
            "days/",
            "papers",
            papers=digest.papers,
        ),
        *(_of_topic(topic, name) for topic in digest.topics),
        *_of_queries(digest),
    ]


def _of_topic(topic: Topic, name: str) -> Channel:
    return Channel(
        topic.name,
        f"{name}: {topic.name}",
        topic.description or f"Papers on {topic.name}",
        topic.url,
        topic.url,
        "topic",
        papers=topic.papers,
    )


def _of_queries(digest: Digest) -> Iterator[Channel]:
    """Yield a feed for each saved search, at an address made from its name."""
    used: set[str] = set()
    for query in digest.site.queries:
        stem = folder = slug(query.name)
        number = 1
        while folder in used:
            number += 1
            folder = f"{stem}-{number}"
        used.add(folder)
        yield Channel(
            query.name,
            f"{digest.site.name}: {query.name}",
            _description(query),
            f"feeds/{folder}/",
            "subscribe/",
            "search",
            papers=tuple(matching(query, digest)),
        )


def matching(query: Query, digest: Digest) -> Iterator[Paper]:
    """Yield the papers that are in any of the query's topics and contain any of its phrases.

    Phrases are compared with the title, the abstract and the keyphrases, word by
    word, ignoring case, singular and plural.
    """
    topics = {_topic_name(name, query, digest) for name in query.topics}
    phrases = [_normalized((phrase,)) for phrase in query.phrases]
    for paper in digest.papers:
        if topics and not topics & {each.topic for each in paper.topics}:
            continue
        text = _normalized((paper.title, paper.abstract, *paper.keyphrases)) if phrases else ""
        if not phrases or any(phrase in text for phrase in phrases):
            yield paper


@lru_cache(maxsize=20_000)
def _normalized(texts: tuple[str, ...]) -> str:
    """Return the words of texts in compared form, between spaces; cached for all searches."""
    return " | ".join(f" {' '.join(word.form for word in tokenize(text))} " for text in texts)


def _topic_name(name: str, query: Query, digest: Digest) -> str:
    """Return the name of a topic given by its name, ignoring case, or by its slug."""
    for topic in digest.topics:
        if name.casefold() == topic.name.casefold() or name == topic.slug:
            return topic.name
    names = [topic.name for topic in digest.topics]
    if names:
        raise ConfigError(
            "mkdocs.yml",
            f"the feed {query.name!r} wants a topic that does not exist, {name!r}"
            f"{nearest(name, names)}",
        )
    return name


def _description(query: Query) -> str:
    """Return a saved search in words."""
    parts = [
        f"in {', '.join(query.topics)}" if query.topics else "",
        f"that mention {' or '.join(query.phrases)}" if query.phrases else "",
    ]
    return " ".join(["Papers", *filter(None, parts)])
