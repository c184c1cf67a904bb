"""Everything that goes to the network. SERVICES names each thing that does, and what it sends.

Importing this package loads none of them.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SERVICES", "Service"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One thing that goes to the network, always because somebody ran its command."""

    name: str
    command: str
    """The command that starts it, as a user types it."""
    sends: str
    """What it sends, and to whom, in one sentence."""
    modules: tuple[str, ...]
    """The only modules of the program that talk to the network for it."""


SERVICES: tuple[Service, ...] = (
    Service(
        name="looking papers up",
        command="digest enrich",
        sends="Sends the identifiers, titles and some words of the abstracts of incomplete papers,"
        " with the option `contact` and your API keys, to the public indexes in the option"
        " `indexes`.",
        modules=("digest.services.web",),
    ),
    Service(
        name="fetching",
        command="digest fetch",
        sends="Sends the queries in the option `fetch`, with the option `contact` and your keys, to"
        " the sources named there, each its own, and your user and password to your IMAP server.",
        modules=("digest.services.web", "digest.services.fetch.imap_source"),
    ),
    Service(
        name="sending mail",
        command="digest mail",
        sends="Sends an edition, with your address and those of its readers, to the SMTP server"
        " given by `--smtp` or DIGEST_SMTP.",
        modules=("digest.services.mail.smtp",),
    ),
    Service(
        name="comparing with the published site",
        command="digest publish",
        sends="Sends a request for the sitemap to the address of your site, `site_url` or"
        " `--published`; the tool of your host sends the site.",
        modules=("digest.services.web",),
    ),
    Service(
        name="looking mail records up",
        command="digest doctor",
        sends="Sends the names of the SPF, DKIM and DMARC records of the domain in `mail_from` to"
        " your name server, or to that of `--dns`; nothing with `--offline`.",
        modules=("digest.services.dns_records",),
    ),
    Service(
        name="notifying a hub",
        command="digest ping",
        sends="Sends the addresses of your feeds to the WebSub hub in the option `hub`.",
        modules=("digest.services.websub",),
    ),
)
"""Everything that goes to the network; nothing else in the program does."""
