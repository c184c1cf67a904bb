"""A small share of `python -m tests.reliability`: the rest is run by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.reliability import kills


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="commands are run in forks")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_command_that_was_killed_loses_nothing(tmp_path: Path) -> None:
    """The site stays whole, and the next runs make what an undisturbed digest has."""
    assert [trial for trial in kills.trials(tmp_path, 0.002) if trial.lost] == []
