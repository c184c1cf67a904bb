"""The command line: the one package that prints and exits; one module a kind of command.

Results go to standard output, everything said to a person to standard error.
Exit status: 0 done; 1 something could not be read or published; 2 wrong usage.
"""

from __future__ import annotations

import sys

import click

from digest import __version__
from digest.cli import data, folder, post, publish
from digest.cli.speech import say
from digest.errors import DigestError, UsageError

COMMANDS = (
    folder.init,
    folder.add_,
    folder.check,
    publish.generate,
    publish.build,
    publish.serve,
    publish.ping,
    data.papers,
    data.topics_,
    data.keyphrases,
    data.enrich_,
    post.mail_,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def digest() -> None:
    """Turn what you collect about research papers into a daily digest."""


for command in COMMANDS:
    digest.add_command(command)


def main() -> None:
    """Run the command that was typed; never ends in a traceback for bad input."""
    try:
        digest(prog_name="digest")
    except UsageError as error:
        say(f"Error: {error}")
        sys.exit(2)
    except DigestError as error:
        say(f"Error: {error}")
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us has seen enough
        sys.exit(1)
    except OSError as error:
        say(f"Error: expected to write the result, found: {error.strerror or error}")
        sys.exit(1)
