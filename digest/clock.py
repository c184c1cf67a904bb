"""What day it is: the one place that asks."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from digest.errors import UsageError


def today() -> date:
    """Give the day by UTC, so that people in different places agree on it.

    `SOURCE_DATE_EPOCH` (reproducible-builds.org), where it is set, is believed.
    Raises `UsageError` where it is no time.
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
