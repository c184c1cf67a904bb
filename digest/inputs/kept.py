"""Readings kept from build to build: a document that was read once is not read again.

A reading is found by all that it depends on: the bytes of the document, its name, the
note on it, and the program with its libraries. Nothing else may have a say in it.
"""

from __future__ import annotations

from dataclasses import replace

from digest import inputs, store
from digest.errors import SeedError
from digest.inputs import codec, decoding, findings
from digest.inputs.folder import StoredDocument
from digest.models import Problem, Reading, Seed
from digest.papers.normalize import clean


def reading(found: StoredDocument | Problem, cache: store.Cache) -> Reading:
    """Return the reading of a document, its records clean; what cannot be decoded is a problem.

    Its seed is without text: nobody needs it any more, and of thousands of papers it is long.
    """
    if isinstance(found, Problem):
        return findings.unreadable(Seed(found.seed, ""), found)
    key = store.key(store.version(), found.name, found.sha256, repr(found.note))
    made = _load(cache, key)
    if made is None:
        made = _read(found)
        cache.put(key, codec.dumps(made))
    return made


def _load(cache: store.Cache, key: str) -> Reading | None:
    """Return a reading that an earlier build kept, unless it is none."""
    try:
        data = cache.get(key)
        return codec.loads(Reading, data) if isinstance(data, bytes) else None
    except ValueError:
        return None


def _read(found: StoredDocument) -> Reading:
    try:
        made = inputs.read(decoding.decode(found.name, found.data, found.note))
    except SeedError as error:
        problem = Problem(found.name, 1, error.message, refused=error.refused)
        return findings.unreadable(Seed(found.name, "", found.note), problem)
    return replace(made, seed=replace(made.seed, text=""), records=tuple(map(clean, made.records)))
