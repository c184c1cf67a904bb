"""The command mail."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from digest import pipeline
from digest.cli.console import composed, config_file, say
from digest.config import Settings
from digest.errors import UsageError
from digest.files import write_file
from digest.mkdocs import site
from digest.outputs.rendering.templates import Templates
from digest.services import mail


@click.command(name="mail")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Which edition; else the newest.")
@click.option(
    "--eml",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write the message into a file to look at (- is standard output).",
)
@click.option("--preview", is_flag=True, help="Show the message in a browser on this machine.")
@click.option("--to", "to", multiple=True, metavar="ADDRESS", help="Send to one; may be repeated.")
@click.option(
    "--list", "list_", type=click.Path(path_type=Path), help="Send to all in a CSV file ('email')."
)
@click.option(
    "--smtp",
    metavar="URL",
    envvar="DIGEST_SMTP",
    help="smtps://host or smtp://host (STARTTLS); user and password only from the environment:"
    " DIGEST_SMTP_USER, DIGEST_SMTP_PASSWORD.",
)
@click.option("--from", "from_", metavar="ADDRESS", help="The sender; else `mail_from`.")
@click.option("--rate", type=click.IntRange(0), default=0, help="Messages a minute; 0: no limit.")
@click.option("--again", is_flag=True, help="With --to: even to those who have, or may have it.")
@click.option("--dry-run", is_flag=True, help="Say who would get what, and send nothing.")
@config_file
def mail_(
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
    """Make an edition a mail: to look at, or to send to subscribers, each once."""
    if not (eml or preview or to or list_):
        raise UsageError("say what to do with the mail: --eml FILE, --preview, --to, or --list")
    if again and list_:
        raise UsageError("--again is for people named with --to, not for a whole --list")
    settings = site.settings_from(config_file)
    sender = mail.Sender.of(
        from_ or settings.options.mail_from,
        settings.options.mail_unsubscribe,
        pipeline.site_of(settings),
        os.environ,
    )
    found = composed(config_file).digest
    edition = mail.edition_of(found, day.date() if day else None)
    if edition is None:
        say("there is no edition yet, so there is no mail")
        return
    letter = mail.letter(edition, found.site, Templates(settings.templates))
    people, problems = mail.read(list_) if list_ else ([], [])
    people = [*map(mail.person, to), *people]
    if eml or preview:
        reader = people[0] if people else mail.Person("reader@example.invalid")
        message = mail.to_message(letter, reader, sender)
        if eml:
            _write(eml, mail.to_bytes(message))
        if preview:
            mail.preview(message, say)
        return
    for problem in problems:
        say(str(problem))
    if not dry_run:
        _may_send(settings, smtp, from_)
    server = mail.Server.of(smtp, os.environ) if smtp and not dry_run else None
    post = mail.Post(letter, sender, server, settings.seeds / mail.LOG, rate)
    outcome = mail.Outcome()
    try:
        post.send(people, outcome, again=again)
    finally:
        _tell_mail(letter, outcome)
    sys.exit(int(bool(problems or outcome.unsure or outcome.refused or outcome.later)))


def _may_send(settings: Settings, smtp: str | None, from_: str | None) -> None:
    """Refuse what would reach readers broken."""
    if not smtp:
        raise UsageError("say which server sends: --smtp smtps://host, or DIGEST_SMTP")
    if not (from_ or settings.options.mail_from):
        raise UsageError("say who sends: `mail_from` in mkdocs.yml, or --from")
    if settings.is_preview:
        raise UsageError(
            "mkdocs.yml: mail needs `site_url`, the address the site stands at: its links would"
            " lead nowhere; --eml and --preview work without"
        )


def _tell_mail(letter: mail.Letter, outcome: mail.Outcome) -> None:
    """Say what became of everybody, those first who need something done."""
    for person, said in outcome.refused:
        say(f"{person.address}: refused by the server: {said}")
    for person, said in outcome.later:
        say(f"{person.address}: not sent: {said} — run this again")
    for person in outcome.unsure:
        say(
            f"{person.address}: may have it: the connection broke before the answer came, and nobody"
            f" is written to twice; to do so: digest mail --day {letter.day}"
            f" --to {person.address} --again"
        )
    size = len(letter.html.encode()) / 1000
    went = f"would go to {len(outcome.would)}" if outcome.would else f"sent to {len(outcome.sent)}"
    say(
        f"{letter.subject} ({letter.shown} shown, {size:.0f} kB): {went}, {len(outcome.had)} had it,"
        f" {len(outcome.unsure)} may have it, {len(outcome.refused)} refused,"
        f" {len(outcome.later)} to try again"
    )


def _write(file: Path, content: bytes) -> None:
    if str(file) == "-":
        sys.stdout.buffer.write(content)
    else:
        write_file(file, content)
        say(f"wrote {file}")
