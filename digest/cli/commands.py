"""Every command: its name, what it takes, and what it does.

A command is run by the function `run` of its own module, `<name>_command`, which is
imported only then: help, the version and shell completion load none of the libraries
that papers are read, compared and published with.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path

import click

_FILE = click.Path(path_type=Path)
_FILE_OR_STREAM = click.Path(path_type=Path, allow_dash=True)
_DAY = click.DateTime(["%Y-%m-%d"])


def _flag(declared: str, help: str) -> click.Option:
    return click.Option(declared.split(), is_flag=True, help=help)


_CONFIG_FILE = click.Option(
    ["-f", "--config-file"],
    type=_FILE,
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The digest's settings.",
)
_WAIT = _flag("--wait", "Wait for another build of this digest to end.")
_FORGET = _flag(
    "--forget-addresses", "Go on though the register has lost papers, which get addresses anew."
)
_AS_JSON = _flag("--json as_json", "For programs: JSON.")


def _command(name: str, params: list[click.Parameter], help: str) -> click.Command:
    """Make a command whose module is imported when it runs."""
    return click.Command(name, params=params, help=help, callback=partial(_run, name))


def _taking_no_file(command: click.Command) -> click.Command:
    """Let a command itself say what to do with a file that it does not take."""
    command.allow_extra_args = True
    return command


def _run(command: str, /, **given: object) -> None:
    import_module(f"digest.cli.{command}_command").run(**given)


COMMANDS = (
    _command(
        "init",
        [
            click.Argument(["folder"], type=_FILE),
            click.Option(
                ["--publish"],
                metavar="HOST",
                help="With what publishes it every morning: github, gitlab, netlify, cloudflare, s3,"
                " rsync, docker or systemd; also for a digest that exists.",
            ),
        ],
        "Make a new digest in FOLDER; never overwrites anything.",
    ),
    _command(
        "add",
        [
            click.Argument(["files"], nargs=-1, required=True, type=_FILE_OR_STREAM),
            click.Option(["--date", "day"], type=_DAY, help="The document's day."),
            click.Option(["--name"], help="What readers call the document."),
            click.Option(["--url"], help="Where it was found."),
            _flag("--dry-run", "Say what would be read, and store nothing."),
            _CONFIG_FILE,
        ],
        """Check documents (- is standard input) and store them among the seeds.

        An identifier or a paper's address (arXiv:2503.01234, https://doi.org/…) is a document too.
        """,
    ),
    _taking_no_file(
        _command(
            "check",
            [_AS_JSON, _flag("--refused", "Print the refused pieces as they were."), _CONFIG_FILE],
            "Show, for every document, what was read and what became of it.",
        )
    ),
    _command(
        "generate",
        [_WAIT, _FORGET, _CONFIG_FILE],
        "Write Markdown, data and feeds into site_src, without building the site.",
    ),
    _command(
        "build",
        [
            _flag("--strict", "Fail on any problem; the old site stays."),
            _flag("--clean", "Delete cached results, and do all work again."),
            _flag("--explain", "Say what has changed since the last build, and what that changed."),
            _flag(
                "--times",
                "Write build.json into the site: when it was built, and how long it took.",
            ),
            _WAIT,
            _FORGET,
            click.Option(["-d", "--site-dir"], type=_FILE, help="Where the site goes."),
            _CONFIG_FILE,
        ],
        "Build the finished, searchable site.",
    ),
    _command(
        "serve",
        [
            click.Option(
                ["-a", "--dev-addr"], help="IP:PORT to serve at; 127.0.0.1:8000 by default."
            ),
            _flag("--open open_", "Open the site in a browser."),
            _CONFIG_FILE,
        ],
        "Build, serve, and reload pages as files change.",
    ),
    _command(
        "restore",
        [
            click.Argument(["papers"], required=False),
            _CONFIG_FILE,
        ],
        """Restore addresses that the register has lost, from a published papers.jsonl.

        PAPERS is a file or an address; without it, that of the site here, else of the published
        one. What the register has stays as it is.
        """,
    ),
    _command(
        "publish",
        [
            _flag("--check", "Only check the site, and hand nothing over."),
            click.Option(
                ["--to"],
                metavar="TARGET",
                help="github[:BRANCH], netlify:SITE, cloudflare:PROJECT, s3:BUCKET or rsync:WHERE;"
                " else `publish` in mkdocs.yml.",
            ),
            click.Option(
                ["--published"],
                metavar="WHERE",
                help="The site as it was published last, an address or a folder; else `site_url`.",
            ),
            _flag("--forget-addresses", "Publish even if addresses are lost."),
            _CONFIG_FILE,
        ],
        """Check the built site, and hand it over to its host.

        Looked at are links, feeds, what the host takes, and whether every address that was
        published has a page. Nothing is handed over if anything is wrong.
        """,
    ),
    _command(
        "doctor",
        [
            _AS_JSON,
            _flag("--offline", "Ask no name server."),
            click.Option(
                ["--dkim", "selectors"],
                multiple=True,
                metavar="SELECTOR",
                help="The name of your DKIM key; may be repeated; else the usual ones are tried.",
            ),
            click.Option(
                ["--dns"], metavar="ADDRESS[:PORT]", help="Ask this name server, not the system's."
            ),
            _CONFIG_FILE,
        ],
        """Examine the digest, and say of everything that is wrong what to do.

        Looked at are versions, settings, the register, the site, mail, the host, the disk,
        the clock and what broken runs have left. Exits with 1 if anything is wrong.
        """,
    ),
    _command(
        "ping",
        [_flag("--dry-run", "Show how many feeds, and notify nobody."), _CONFIG_FILE],
        "Notify the WebSub hub that the feeds have changed; run it once they are published.",
    ),
    _command("papers", [_AS_JSON, _CONFIG_FILE], "List the papers; with --json one object a line."),
    _command(
        "topics",
        [
            _AS_JSON,
            click.Option(
                ["--explain"],
                metavar="PAPER",
                help="Show why this paper (an id) is in its topics.",
            ),
            click.Option(
                ["--try", "table"],
                metavar="TABLE",
                help="Use this table instead, to see its effect.",
            ),
            _flag("--suggest", "Propose rows for what the table does not cover."),
            _CONFIG_FILE,
        ],
        "List the topics, their papers, and why each paper is there.",
    ),
    _command(
        "keyphrases",
        [
            click.Argument(["file"], type=click.File("rb"), default="-"),
            _flag("--json as_json", "The default, and the only format."),
            click.Option(
                ["--top"],
                default=10,
                show_default=True,
                type=click.IntRange(1),
                help="Keyphrases a text, at most.",
            ),
            _CONFIG_FILE,
        ],
        """Read JSON Lines (id, and text or abstract), and write the keyphrases of each.

        No digest is needed: mkdocs.yml is ignored. A line that cannot be read is
        reported, and the others are written.
        """,
    ),
    _command(
        "fetch",
        [
            click.Argument(["sources"], nargs=-1, metavar="[SOURCE]..."),
            click.Option(["--since"], type=_DAY, help="Ask for papers since this day."),
            _flag(
                "--accept", "Take an answer that is whole, but much smaller or older than usual."
            ),
            _flag("--dry-run", "Show what would be asked, and ask nobody."),
            _CONFIG_FILE,
        ],
        """Ask the sources in the option `fetch`, and store their answers among the seeds.

        SOURCE is a kind (arxiv) or a name given there; without any, all are asked. An
        answer that is not what it should be is not stored, and the others are.
        """,
    ),
    _command(
        "enrich",
        [
            click.Option(
                ["--source", "sources"],
                multiple=True,
                metavar="NAME[=ADDRESS]",
                help="Ask only this index, perhaps at a mirror; may be repeated;"
                " else those of `indexes`.",
            ),
            click.Option(
                ["--limit"],
                type=click.IntRange(0),
                metavar="N",
                help="At most this many papers.",
            ),
            _flag("--full", "Ask until DOI, venue, day and code are known, too."),
            _flag("--again", "Ask again for what was not found recently."),
            _CONFIG_FILE,
        ],
        """Look up papers without a title, authors or a link in public indexes.

        What they answer is stored in seeds/index.jsonl and used by every later
        build, which needs no network. Only what agrees with the paper is taken.
        """,
    ),
    _command(
        "mail",
        [
            click.Option(["--day"], type=_DAY, help="Which edition; else the newest."),
            click.Option(
                ["--eml"],
                type=_FILE_OR_STREAM,
                help="Write the message into a file to look at (- is standard output).",
            ),
            _flag("--preview", "Show the message in a browser on this machine."),
            click.Option(
                ["--to"],
                multiple=True,
                metavar="ADDRESS",
                help="Send to one address; may be repeated.",
            ),
            click.Option(
                ["--list", "list_"],
                type=_FILE,
                help="Send to all in a CSV file (column 'email').",
            ),
            click.Option(
                ["--smtp"],
                metavar="URL",
                envvar="DIGEST_SMTP",
                help="smtps://host or smtp://host (STARTTLS); user and password only from the"
                " environment: DIGEST_SMTP_USER, DIGEST_SMTP_PASSWORD.",
            ),
            click.Option(
                ["--from", "from_"], metavar="ADDRESS", help="The sender; else `mail_from`."
            ),
            click.Option(
                ["--rate"],
                type=click.IntRange(0),
                default=0,
                help="Messages a minute; 0: no limit.",
            ),
            _flag("--again", "With --to: even to those who have it, or may have it."),
            _flag("--dry-run", "Show how many would get it, and send nothing."),
            _CONFIG_FILE,
        ],
        "Write an edition as a mail, to look at or to send to each subscriber once.",
    ),
)
"""Every command, in the order in which the guide explains them."""
