"""What a check found: that all is well, or what is wrong and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "skipped", "warning", "error"]
"""How bad it is; `skipped` is what could not be looked at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    level: Level
    message: str
    advice: str = ""
    """What to do; empty where there is nothing to be done."""

    def __str__(self) -> str:
        """Format as a line for the editor."""
        return f"{self.message} — {self.advice}" if self.advice else self.message
