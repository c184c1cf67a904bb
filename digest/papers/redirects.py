"""Addresses that were published once and have no page of their own any more.

Whoever follows an old link finds where its papers are now, or a word that they
are gone; nothing that was linked to ever answers with an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from digest.models import Paper, Redirect, RegisterRow, Topic


def redirects(
    rows: Sequence[RegisterRow],
    papers: Sequence[Paper],
    topics: Sequence[Topic],
    renamed: Mapping[str, str],
) -> tuple[Redirect, ...]:
    """Give every address that has gone, and where what stood there is now.

    `renamed` tells, for the old slug of a topic, the slug that has its papers.
    """
    live = {paper.id: paper for paper in papers}
    return (
        *_papers(rows, live),
        *_days(rows, live),
        *_topics(rows, live, topics, renamed),
    )


def _papers(rows: Sequence[RegisterRow], live: Mapping[str, Paper]) -> Iterator[Redirect]:
    heirs = {row.id: row.into for row in rows if row.into}
    for row in rows:
        if row.id not in live:
            heir = live.get(_heir(row.id, heirs))
            yield Redirect(row.url, row.title, ((heir.url, heir.title),) if heir else ())


def _days(rows: Sequence[RegisterRow], live: Mapping[str, Paper]) -> Iterator[Redirect]:
    kept = {paper.date for paper in live.values()}
    left: dict[date, dict[str, str]] = defaultdict(dict)
    for row in rows:
        for day in {row.day, *row.was} - kept:
            moved = live.get(row.id)
            left[day] |= {moved.url: moved.title} if moved else {}
    for day, to in sorted(left.items()):
        yield Redirect(f"days/{day.isoformat()}/", day.isoformat(), tuple(sorted(to.items())))


def _topics(
    rows: Sequence[RegisterRow],
    live: Mapping[str, Paper],
    topics: Sequence[Topic],
    renamed: Mapping[str, str],
) -> Iterator[Redirect]:
    by_slug = {topic.slug: topic for topic in topics}
    by_name = {topic.name: topic for topic in topics}
    heirs: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        held = (
            [by_name[each.topic].slug for each in live[row.id].topics[:1]] if row.id in live else []
        )
        for slug in set(row.topics) - by_slug.keys():
            heirs[slug] |= set(held)
    for slug, target in renamed.items():
        if slug not in by_slug and target in by_slug:
            heirs[slug] = {target}
    for slug in sorted(heirs):
        to = sorted((by_slug[heir].url, by_slug[heir].name) for heir in heirs[slug])
        yield Redirect(f"topics/{slug}/", slug.replace("-", " ").capitalize(), tuple(to))


def _heir(id: str, heirs: Mapping[str, str]) -> str:
    """Follow a paper to the one it became, however often that one was joined with others."""
    seen = {id}
    while (follower := heirs.get(id)) and follower not in seen:
        seen.add(id := follower)
    return id
