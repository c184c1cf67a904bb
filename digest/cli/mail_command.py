"""digest mail: an edition, looked at or sent."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from digest.cli.console import say
from digest.cli.reports import compose
from digest.config import Settings
from digest.errors import UsageError
from digest.files import write_file
from digest.locks import writing
from digest.mkdocs import site
from digest.outputs.rendering.templates import Templates
from digest.services import mail


def run(
    day: datetime | None,
    eml: Path | None,
    preview: bool,
    to: tuple[str, ...],
    list_: Path | None,
    smtp: str | None,
    from_: str | None,
    rate: int,
    again: bool,
    dry_run: bool,
    config_file: Path,
) -> None:
    """Write the mail into a file, show it, or send it to whoever does not have it."""
    if not (eml or preview or to or list_):
        raise UsageError("say what to do with the mail: --eml FILE, --preview, --to, or --list")
    if again and list_:
        raise UsageError("--again is for people named with --to, not for a whole --list")
    settings = site.settings_from(config_file)
    sender = mail.Sender.of(
        from_ or settings.options.mail_from,
        settings.options.mail_unsubscribe,
        settings.site,
        os.environ,
    )
    found = compose(config_file).digest
    edition = mail.find_edition(found, day.date() if day else None)
    if edition is None:
        say("there is no edition yet, so there is no mail")
        return
    letter = mail.write_letter(edition, found.site, Templates(settings.templates))
    people, problems = mail.read_recipients(list_) if list_ else ([], [])
    people = [*map(mail.parse_recipient, to), *people]
    if eml or preview:
        reader = people[0] if people else mail.Recipient("reader@example.invalid")
        message = mail.to_message(letter, reader, sender)
        if eml:
            _write(eml, mail.to_bytes(message))
        if preview:
            mail.preview(message, say)
        return
    for problem in problems:
        say(str(problem))
    if not dry_run:
        _check_sendable(settings, smtp, from_)
    server = mail.Server.of(smtp, os.environ) if smtp and not dry_run else None
    post = mail.Mailing(letter, sender, server, settings.seeds / mail.LOG, rate)
    outcome = mail.DeliveryReport()
    try:
        with nullcontext() if dry_run else writing(settings.cache, "mail"):
            post.send(people, outcome, again=again)
    finally:
        _print_delivery(letter, outcome)
    sys.exit(int(bool(problems or outcome.unsure or outcome.refused or outcome.later)))


def _check_sendable(settings: Settings, smtp: str | None, from_: str | None) -> None:
    """Raise `UsageError` if no mail can be sent, or if its links would lead nowhere."""
    if not smtp:
        raise UsageError("say which server sends: --smtp smtps://host, or DIGEST_SMTP")
    if not (from_ or settings.options.mail_from):
        raise UsageError("say who sends: `mail_from` in mkdocs.yml, or --from")
    if settings.is_preview:
        raise UsageError(
            "mkdocs.yml: mail needs `site_url`, the address of the published site: its links"
            " would lead nowhere; --eml and --preview work without"
        )


def _print_delivery(letter: mail.Letter, outcome: mail.DeliveryReport) -> None:
    """Print what became of each recipient, first those for whom something is to be done."""
    for person, said in outcome.refused:
        say(f"{person.address}: refused by the server: {said}")
    for person, said in outcome.later:
        say(f"{person.address}: not sent: {said} — run this again")
    for person in outcome.unsure:
        say(
            f"{person.address}: may have it: the connection broke before the answer came, and"
            f" nobody is written to twice; to do so: digest mail --day {letter.day}"
            f" --to {person.address} --again"
        )
    size = len(letter.html.encode()) / 1000
    went = f"would go to {len(outcome.would)}" if outcome.would else f"sent to {len(outcome.sent)}"
    say(
        f"{letter.subject} ({letter.shown} shown, {size:.0f} kB): {went},"
        f" {len(outcome.had)} had it, {len(outcome.unsure)} may have it,"
        f" {len(outcome.refused)} refused,"
        f" {len(outcome.later)} to try again"
    )


def _write(file: Path, content: bytes) -> None:
    if str(file) == "-":
        sys.stdout.buffer.write(content)
    else:
        write_file(file, content)
        say(f"wrote {file}")
