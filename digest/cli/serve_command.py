"""digest serve: a preview that follows every edit."""

from __future__ import annotations

from pathlib import Path

from digest.mkdocs import builder, site


def run(dev_addr: str | None, open_: bool, config_file: Path) -> None:
    """Serve the site until interrupted."""
    site.settings_from(config_file)
    builder.serve(config_file, dev_addr=dev_addr, open_in_browser=open_)
