"""What the checks look at: a digest's folder, its settings, and what was worked out of it once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from digest import pipeline
from digest.config import Settings
from digest.hosting.site_checks import BuiltSite


@dataclass(frozen=True)
class Checkup:
    """A digest that is examined."""

    settings: Settings
    file: str
    """The settings file, as a person names it."""
    today: date
    offline: bool = False
    selectors: tuple[str, ...] = ()
    """The names of DKIM keys to look for; empty for the usual ones."""
    dns: str = ""
    """The name server to ask; empty for the system's."""
    environment: dict[str, str] = field(default_factory=dict)

    @cached_property
    def merged(self) -> pipeline.Merged:
        """The papers of the documents at the addresses that they have. Raises `DigestError`."""
        settings = self.settings
        return pipeline.merge(pipeline.read(settings), settings, self.today)

    @cached_property
    def site(self) -> BuiltSite:
        """The site as it was built last."""
        return BuiltSite.of(self.settings.site_dir, self.settings.site_url)

    @property
    def target(self) -> str:
        """The name of the host in `publish`; empty if none is given."""
        return self.settings.options.publish.partition(":")[0]
