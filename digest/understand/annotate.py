"""Everything that is worked out from the texts of papers, in order.

What depends on one paper alone is kept from build to build, by its content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest import store
from digest.config import Settings
from digest.models import Paper
from digest.papers import ids
from digest.progress import Progress, silent
from digest.store import Cache
from digest.understand import reference, related, topics
from digest.understand.headline import contribution, headline
from digest.understand.keyphrases import SourceText, extract
from digest.understand.topics.origin import topic_table


def annotate(
    papers: Sequence[Paper], settings: Settings, progress: Progress = silent
) -> tuple[list[Paper], topics.Table]:
    """Return the papers with headlines, keyphrases, topics and related papers, and the topics."""
    count = len(papers)
    progress("headlines", 0, count)
    with Cache(settings.cache, "headlines") as cache:
        papers = [summarize(paper, cache) for paper in papers]
    progress("keyphrases", 0, count)
    with Cache(settings.cache, "keyphrases") as cache:
        papers = _with_keyphrases(papers, settings.options.keyphrases, cache, progress)
    progress("topics", 0, count)
    with Cache(settings.cache, "topics") as cache:
        table = topic_table(papers, settings, cache)
        papers = topics.assign(papers, table, cache)
    progress("related", 0, count)
    with Cache(settings.cache, "related") as cache:
        return related.neighbours(papers, settings.options.related, cache), table


def summarize(paper: Paper, cache: Cache) -> Paper:
    """Return the paper with its contribution sentence, and a headline if it has no title.

    Both depend on the abstract alone. A paper of which only an identifier is known
    is named after that until an index has been asked about it.
    """
    if not paper.abstract and not paper.title:
        return replace(paper, title=ids.name(paper.identifiers, paper.links))
    key = store.key(store.version(), "" if paper.title else "untitled", paper.abstract)
    made = cache.get(key)
    if made is None:
        made = contribution(paper.abstract), "" if paper.title else headline(paper.abstract)
        cache.put(key, made)
    return replace(paper, tldr=made[0], title=paper.title or made[1])


def _with_keyphrases(
    papers: Sequence[Paper], most: int, cache: Cache, progress: Progress
) -> list[Paper]:
    texts = [
        SourceText("" if paper.is_untitled else paper.title, paper.abstract) for paper in papers
    ]
    counted = reference.counted(papers)

    def report(done: int) -> None:
        progress("keyphrases", done, len(texts))

    found = extract(texts, most, cache, report, counted)
    return [replace(paper, keyphrases=own) for paper, own in zip(papers, found, strict=True)]
