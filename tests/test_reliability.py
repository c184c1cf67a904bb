"""A small share of `python -m tests.reliability`: the rest is run by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.reliability import disk, environments, kills, mornings, services, writers
from tests.reliability.trials import Part


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="commands are run in forks")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize(
    ("part", "share"),
    [
        (kills, 0.002),
        (services, 0.003),
        (disk, 0.02),
        (writers, 0.01),
        (mornings, 0.02),
        (environments, 0.005),
    ],
)
def test_what_is_done_to_a_digest_loses_nothing(tmp_path: Path, part: Part, share: float) -> None:
    """The site stays whole, and the next runs make what an undisturbed digest has."""
    assert [trial for trial in part.trials(tmp_path, share) if trial.lost] == []
