"""status.json: what the site was built from, for whoever watches over it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from digest import __version__
from digest.models import Digest, Page
from digest.outputs.rendering.templates import Templates


def pages(digest: Digest, templates: Templates) -> Iterator[Page]:
    """Give status.json; `built` is the day, so that building again changes nothing."""
    status = {
        "generator": f"digest {__version__}",
        "built": digest.today.isoformat(),
        "newest_edition": digest.editions[0].day.isoformat() if digest.editions else None,
        "editions": len(digest.editions),
        "papers": len(digest.papers),
        "topics": len(digest.topics),
        "seeds": len(digest.accounts),
        "totals": digest.totals.to_json(),
    }
    yield Page("status.json", (json.dumps(status, indent=1) + "\n").encode())
