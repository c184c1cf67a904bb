"""What holds of the program; laid out as the program is, a folder for each of its rooms."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The checkout."""
GOLDEN = ROOT / "tests" / "golden"
"""Files to compare with what is made; `pytest --rewrite-golden` writes them anew."""
