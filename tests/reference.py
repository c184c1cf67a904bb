"""The lists of the guide's reference, made from the program.

`python -m tests.reference` writes them.

What is between `<!-- name -->` and `<!-- /name -->` in site_src/guide/reference.md
is written here; the words around it by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from inspect import cleandoc
from pathlib import Path

import click

from digest.cli.commands import COMMANDS
from digest.config import Options
from digest.inputs import FORMATS
from digest.inputs.format import Format

PAGE = Path("site_src/guide/reference.md")

GROUPS: Mapping[str, tuple[str, ...]] = {
    "What people paste": ("prose", "labels"),
    "Pages, mails and notes": ("page", "mail", "yaml"),
    "Exports of reference managers, libraries and indexes": ("bibtex", "tags", "marc"),
    "XML": ("xml",),
    "JSON": ("json",),
    "Tables": ("table",),
}
"""Heading → what the documents below it are made of."""


def written(page: str) -> str:
    """Return the page with every list as the program has it now."""
    for name, make in SECTIONS.items():
        before, opening, rest = page.partition(f"<!-- {name} -->\n")
        _, closing, after = rest.partition(f"<!-- /{name} -->\n")
        if not closing:
            raise ValueError(f"{PAGE} has no place for {name}")
        page = f"{before}{opening}\n{make()}\n{closing}{after}"
    return page


# --- commands -----------------------------------------------------------------------------------


def commands() -> str:
    """Every command, how it is called, what it does, and its options."""
    return "\n".join(map(_command, COMMANDS))


def _command(command: click.Command) -> str:
    context = click.Context(command, info_name=f"digest {command.name}")
    usage = " ".join(["digest", str(command.name), *command.collect_usage_pieces(context)])
    rows = [
        _option(each, context)
        for each in command.params
        if isinstance(each, click.Option) and each.name != "config_file"
    ]
    table = f"\n{_table(['option', 'does'], rows)}" if rows else ""
    return f"### digest {command.name}\n\n```text\n{usage}\n```\n\n{cleandoc(command.help or '')}\n{table}"


def _option(option: click.Option, context: click.Context) -> tuple[str, str]:
    takes = (
        ""
        if option.is_flag
        else f" {_METAVARS.get(type(option.type), option.make_metavar(context))}"
    )
    default = f" Default: `{option.default}`." if option.show_default else ""
    return f"`{', '.join(option.opts)}{takes}`", f"{option.help}{default}"


_METAVARS: Mapping[type, str] = {click.DateTime: "YYYY-MM-DD", click.IntRange: "N"}
"""What an option takes, where Click's own word for it says little."""


# --- options of mkdocs.yml ------------------------------------------------------------------------


def options() -> str:
    """Every option of the plugin, its default, and what it is."""
    rows = (
        (f"`{one.name}`", _default(one.default), one.metadata["help"]) for one in fields(Options)
    )
    return _table(["option", "default", "is"], rows)


def _default(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"`{text}`" if text else ""


# --- formats --------------------------------------------------------------------------------------


def formats() -> str:
    """Every format, in groups of documents that look alike."""
    return "\n".join(
        f"### {heading}\n\n"
        + _table(
            ["`format:`", "is", "looks like"],
            (_format(form) for form in FORMATS if form.structure in structures),
        )
        for heading, structures in GROUPS.items()
    )


def _format(form: Format) -> tuple[str, str, str]:
    lines = (f"`{line}`" if line != "…" else line for line in form.example.splitlines())
    return f"`{form.name}`", form.about, "<br>".join(lines)


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown: its column names, then its rows."""
    lines = [names, ["---"] * len(names), *rows]
    escaped = ([cell.replace("|", "\\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in escaped)


SECTIONS: Mapping[str, Callable[[], str]] = {
    "commands": commands,
    "options": options,
    "formats": formats,
}

if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
