"""The front page: the newest edition."""

from __future__ import annotations

from collections.abc import Iterator

from digest.models import Digest, Page
from digest.outputs.sections import sections
from digest.outputs.templates import Templates

LEADS = 3
"""Papers shown before all sections."""


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give index.md."""
    edition = digest.editions[0] if digest.editions else None
    papers = edition.papers if edition else ()
    yield templates.page(
        "index.md",
        "pages/today.md.j2",
        digest=digest,
        edition=edition,
        before=digest.editions[1] if len(digest.editions) > 1 else None,
        leads=papers[:LEADS],
        sections=sections(papers[LEADS : digest.site.per_page]),
        counts=sections(papers),
        more=max(0, len(papers) - digest.site.per_page),
    )
