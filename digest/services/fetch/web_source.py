"""A document on the web: a list of papers, a bibliography, a page that somebody keeps."""

from __future__ import annotations

from digest.services.fetch.feed_source import complain_of_address, path_of
from digest.services.fetch.source import FetchSource

SOURCE = FetchSource(
    name="web",
    label="web",
    about="the address of a document that is read as if you had added it",
    example="https://www.example.org/reading-list.bib",
    quiet=90,
    content="any",
    suffix="",  # that of the address, or of the type of its content
    complaint=complain_of_address,
    first=path_of,
)
