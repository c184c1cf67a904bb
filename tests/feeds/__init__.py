"""Own checkers of the feed formats."""
