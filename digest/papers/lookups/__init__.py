"""What public indexes answered, kept beside the seeds, and what it adds to papers.

A build reads it here and asks nobody: asking is another package, `enrich`, which
writes what this one reads. `store` is the file, `fill` what its answers say.
"""

from digest.papers.lookups.fill import fill, filled, lent
from digest.papers.lookups.lookup_file import Answer, load

__all__ = ["Answer", "fill", "filled", "lent", "load"]
