"""Where the topics of a digest come from: tables that people wrote, and the papers themselves."""

from __future__ import annotations

from collections.abc import Sequence

from digest.config import Settings
from digest.models import Paper
from digest.store import Cache
from digest.understand.topics import load
from digest.understand.topics.discover import discover
from digest.understand.topics.table import AUTO, Table, combine, read


def topic_table(papers: Sequence[Paper], settings: Settings, cache: Cache | None = None) -> Table:
    """Return the topics that people wrote, and with `auto` those found in the papers as well.

    Topics found by earlier builds are read from seeds/topics.yml, where a person may
    have edited them, and kept.
    """
    written = [name for name in settings.options.topics if name != AUTO]
    table = load(written, settings.root, settings.topics_named_by) if written else Table()
    if AUTO not in settings.options.topics:
        return table
    file = settings.found_topics
    remembered = read(file) if file.exists() else None
    return combine([table, discover(papers, remembered, cache)])
