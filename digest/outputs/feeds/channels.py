"""Which feeds there are: the days, all papers, each topic, and saved searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from digest.errors import ConfigError, nearest
from digest.language.text import slug
from digest.language.tokens import apart
from digest.models import Digest, Edition, Paper, Query, Topic


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed, whatever its form: what it is called, where it stands, what is in it."""

    name: str
    """Within the digest: 'Every day', 'All papers', a topic, a saved search."""
    title: str
    """Among the feeds of a reader: with the digest's name."""
    description: str
    folder: str
    """Where its files stand, relative to the site: '' or 'topics/optics/'."""
    home: str
    """The page it belongs to, relative to the site."""
    kind: str
    """day, papers, topic or search."""
    editions: tuple[Edition, ...] = ()
    papers: tuple[Paper, ...] = ()
    """The newest first; of these two one is empty."""


def channels(digest: Digest) -> list[Channel]:
    """Give every feed of the digest, the most general first.

    Raises `ConfigError` for a saved search of a topic that does not exist: its
    feed would stay empty in silence.
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
    """A feed for each saved search, at an address made of its name."""
    used: set[str] = set()
    for query in digest.site.queries:
        stem = place = slug(query.name)
        number = 1
        while place in used:
            number += 1
            place = f"{stem}-{number}"
        used.add(place)
        yield Channel(
            query.name,
            f"{digest.site.name}: {query.name}",
            _told(query),
            f"feeds/{place}/",
            "subscribe/",
            "search",
            papers=tuple(found(query, digest)),
        )


def found(query: Query, digest: Digest) -> Iterator[Paper]:
    """Give the papers that are in any of the query's topics and say any of its phrases.

    Phrases are compared word by word, whatever their case and number, with the
    title, the abstract and the keyphrases.
    """
    topics = {_known(name, query, digest) for name in query.topics}
    phrases = [_folded((phrase,)) for phrase in query.phrases]
    for paper in digest.papers:
        if topics and not topics & {each.topic for each in paper.topics}:
            continue
        text = _folded((paper.title, paper.abstract, *paper.keyphrases)) if phrases else ""
        if not phrases or any(phrase in text for phrase in phrases):
            yield paper


@lru_cache(maxsize=20_000)
def _folded(texts: tuple[str, ...]) -> str:
    """Texts as their words in compared form, each between spaces; every search asks for the same."""
    return " | ".join(f" {' '.join(word.form for word in apart(text))} " for text in texts)


def _known(name: str, query: Query, digest: Digest) -> str:
    """The topic that is meant: by its name, whatever its case, or by its address."""
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


def _told(query: Query) -> str:
    """A saved search in words."""
    parts = [
        f"in {', '.join(query.topics)}" if query.topics else "",
        f"that mention {' or '.join(query.phrases)}" if query.phrases else "",
    ]
    return " ".join(["Papers", *filter(None, parts)])
