"""Stored lookups: what public indexes replied about papers, and what that adds to them.

A build only reads them; `digest.services.enrich` asks the indexes and writes them.
`lookup_file` is the file beside the seeds, `fill` applies it to records and papers.
"""

from digest.papers.lookups.fill import complete_records, fill_paper, fill_papers
from digest.papers.lookups.lookup_file import Lookup, load

__all__ = ["Lookup", "complete_records", "fill_paper", "fill_papers", "load"]
