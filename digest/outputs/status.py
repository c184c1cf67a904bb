"""status.json: what the site was built from, for monitoring."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from digest import __version__
from digest.models import Digest, Page
from digest.outputs.origins import Origin, origins, refusals
from digest.outputs.output import Output, Renderer


def pages(digest: Digest, renderer: Renderer) -> Iterator[Page]:
    """Yield status.json; `built` is the day, so that building again changes nothing."""
    status = {
        "generator": f"digest {__version__}",
        "built": digest.today.isoformat(),
        "newest_edition": digest.editions[0].day.isoformat() if digest.editions else None,
        "editions": len(digest.editions),
        "papers": len(digest.papers),
        "topics": len(digest.topics),
        "seeds": len(digest.accounts),
        "totals": digest.totals.to_json(),
        "sources": [_source(origin) for origin in origins(digest.accounts)],
        "refusals": [asdict(refusal) for refusal in refusals(digest.accounts)],
    }
    text = json.dumps(status, indent=1, ensure_ascii=False) + "\n"
    yield renderer.file("status.json", lambda: text, text)


def _source(origin: Origin) -> dict[str, object]:
    """Return the sums of a source as JSON."""
    return {
        "name": origin.name,
        "url": origin.url,
        "newest": origin.day.isoformat() if origin.day else None,
        "documents": origin.documents,
        **origin.totals.to_json(),
    }


OUTPUT = Output("status", pages)
