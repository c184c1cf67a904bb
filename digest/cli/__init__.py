"""The command line: the one package that prints and exits.

Results go to standard output, messages to standard error.
Exit status: 0 done; 1 something could not be read or published; 2 wrong usage.
"""

from __future__ import annotations

import io
import sys

import click

from digest import __version__
from digest.cli.commands import COMMANDS
from digest.cli.console import say
from digest.errors import DigestError, UsageError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def digest() -> None:
    """Turn what you collect about research papers into a daily digest."""


for command in COMMANDS:
    digest.add_command(command)


def main() -> None:
    """Run the command line; bad input never causes a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # results are the same bytes everywhere; Windows would write a pipe in cp1252
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        digest(prog_name="digest")
    except UsageError as error:
        say(f"Error: {error}")
        sys.exit(2)
    except DigestError as error:
        say(f"Error: {error}")
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()  # the reader has closed the pipe, as `head` does
        sys.exit(1)
    except OSError as error:
        say(f"Error: expected to write the result, found: {error.strerror or error}")
        sys.exit(1)
