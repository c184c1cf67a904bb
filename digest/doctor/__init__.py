"""The examination of a digest: CHECKS, one a row, each of which says what it found.

A check takes the `Checkup` and yields findings, each with what to do. What a check
cannot look at is a finding too, so that one fault hides no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from digest.doctor import folder_checks, mail_checks, paper_checks, published_checks
from digest.doctor.checkup import Checkup
from digest.errors import DigestError
from digest.hosting.finding import Finding

__all__ = ["CHECKS", "Check", "Checkup", "examine"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at."""

    name: str
    look: Callable[[Checkup], Iterator[Finding]]


CHECKS = (
    Check("versions", folder_checks.versions),
    Check("settings", folder_checks.settings),
    Check("documents", paper_checks.documents),
    Check("sources", paper_checks.sources),
    Check("register", paper_checks.register_and_documents),
    Check("version control", paper_checks.version_control),
    Check("site", published_checks.site),
    Check("addresses", published_checks.addresses),
    Check("links", published_checks.links),
    Check("feeds", published_checks.feeds),
    Check("host", published_checks.host),
    Check("sender", mail_checks.sender),
    Check("mail records", mail_checks.records),
    Check("disk", folder_checks.disk),
    Check("clock", folder_checks.clock),
    Check("leftovers", folder_checks.leftovers),
)
"""Every check, in the order in which it is made."""


def examine(checkup: Checkup) -> Iterator[tuple[Check, Finding]]:
    """Yield what every check found."""
    for check in CHECKS:
        try:
            for finding in check.look(checkup):
                yield check, finding
        except (DigestError, OSError) as error:
            yield check, Finding("error", str(error))
