"""Checks of mail: who sends it, and what the domain says of its senders in DNS.

Mail of a domain without SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489) is refused
by large providers, or goes to junk.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.doctor.checkup import Checkup
from digest.errors import UsageError, WebError
from digest.hosting.finding import Finding
from digest.services.dns_records import texts
from digest.services.mail.message import SECRET, Sender

SELECTORS = ("default", "dkim", "mail", "google", "selector1", "selector2", "k1", "s1", "smtp")
"""Names that large providers and common servers give to their DKIM keys."""


def sender(checkup: Checkup) -> Iterator[Finding]:
    """Look who sends the mail, and how readers leave."""
    options = checkup.settings.options
    if not options.mail_from:
        yield Finding("ok", "no mail is sent: `mail_from` is not set")
        return
    try:
        found = Sender.of(
            options.mail_from,
            options.mail_unsubscribe,
            checkup.settings.site,
            checkup.environment,
        )
    except UsageError as error:
        yield Finding("error", str(error), f"set {SECRET} where the mail is sent")
        return
    yield Finding("ok", f"mail comes from {found.address}")
    if not options.mail_unsubscribe.startswith("https://"):
        yield Finding(
            "warning",
            "readers cannot leave with one click (RFC 8058), which large providers ask for",
            "set `mail_unsubscribe` to a https:// address",
        )


def records(checkup: Checkup) -> Iterator[Finding]:
    """Look for the SPF, DKIM and DMARC records of the sender's domain."""
    _, _, domain = checkup.settings.options.mail_from.rstrip("> ").rpartition("@")
    if not domain:
        return
    if checkup.offline:
        yield Finding("skipped", f"offline: nobody looked for the mail records of {domain}")
        return
    try:
        yield from _spf(domain, checkup.dns)
        yield from _dkim(domain, checkup.selectors, checkup.dns)
        yield from _dmarc(domain, checkup.dns)
    except WebError as error:
        yield Finding("skipped", f"{error}: nobody looked for the mail records of {domain}")


def _spf(domain: str, dns: str) -> Iterator[Finding]:
    found = [each for each in texts(domain, dns) if each.lower().split(" ")[0] == "v=spf1"]
    if len(found) == 1:
        yield Finding("ok", f"SPF: {domain} says {found[0]}")
    elif found:
        yield Finding(
            "error", f"SPF: {domain} has {len(found)} records, which counts as none", "leave one"
        )
    else:
        yield Finding(
            "error",
            f"SPF: {domain} has no record",
            f'add a TXT record to {domain}, such as "v=spf1 include:YOUR-PROVIDER -all"',
        )


def _dkim(domain: str, selectors: tuple[str, ...], dns: str) -> Iterator[Finding]:
    tried = selectors or SELECTORS
    for selector in tried:
        name = f"{selector}._domainkey.{domain}"
        if any("p=" in each.replace(" ", "") for each in texts(name, dns)):
            yield Finding("ok", f"DKIM: there is a key at {name}")
            return
    yield Finding(
        "error" if selectors else "warning",
        f"DKIM: no key of {domain} found under {', '.join(tried)}",
        "ask your provider for its name, add what it says, and look again with --dkim NAME",
    )


def _dmarc(domain: str, dns: str) -> Iterator[Finding]:
    names = [f"_dmarc.{domain}"]
    if domain.count(".") > 1:
        names.append(f"_dmarc.{domain.partition('.')[2]}")
    for name in names:
        for each in texts(name, dns):
            if each.replace(" ", "").lower().startswith("v=dmarc1"):
                yield Finding("ok", f"DMARC: {name} says {each}")
                return
    yield Finding(
        "warning",
        f"DMARC: {domain} has no record",
        f'add a TXT record to _dmarc.{domain}, such as "v=DMARC1; p=none"',
    )
