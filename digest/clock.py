"""The clock: the only place that asks what day it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from digest.errors import UsageError


def today() -> date:
    """Return the current day in UTC, so that people in different places agree on it.

    `SOURCE_DATE_EPOCH` (reproducible-builds.org) takes precedence if it is set.
    Raises `UsageError` if it is not a time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH: expected seconds since 1970, found {epoch[:40]!r}"
        ) from error
