"""What day it is: the one place that asks."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def today() -> date:
    """Give the day by UTC, so that people in different places agree on it.

    `SOURCE_DATE_EPOCH` (reproducible-builds.org), where it is set, is believed.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()
