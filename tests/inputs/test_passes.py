"""Every pass over pasted text does what its golden pair shows, and nothing to other text."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.inputs.layout.lines import split_lines
from digest.inputs.layout.passes import LINES, PARAGRAPHS, Pass, PastedText
from tests.conftest import Golden

HERE = Path(__file__).parent / "passes"
EVERY = (*LINES, *PARAGRAPHS)


def shown(page: PastedText) -> str:
    """Blocks as lines: a blank one where something is above a gap, what is known beside a text
    behind it."""
    lines = []
    for block in page.blocks:
        beside = [*block.urls, *block.notes]
        lines += [""] * block.gap + [f"{block.text}{''.join(f'  <{one}>' for one in beside)}"]
    listed = [f"{number}: {url}" for number, url in page.addresses.items()]
    return "\n".join([*lines, *listed]).strip("\n") + "\n"


def before(one: Pass) -> PastedText:
    """The page that a pass is given: lines as they are, or paragraphs where it wants these."""
    page = PastedText(split_lines((HERE / f"{one.name}.before.txt").read_text(encoding="utf-8")))
    if one in PARAGRAPHS or one.name in ("titles on the line", "links and emphasis"):
        page = next(each for each in LINES if each.name == "wrapped lines").run(page)
    return page


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_a_pass_does_what_its_pair_shows(one: Pass, golden: Golden) -> None:
    """What went in is in one file, what came out in the other."""
    found = shown(one.run(before(one)))
    golden(HERE / f"{one.name}.after.txt", found)
    assert found != shown(before(one))


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_a_pass_leaves_plain_titles_and_abstracts_alone(one: Pass) -> None:
    """A page that does not show what a pass is for goes through as it is."""
    text = "".join(
        f"{title}\n\nWe watched {what} for a year and counted what they did. They were slower than anybody had thought, and one in nine was asleep.\n\n"
        for title, what in (
            ("On Looms", "forty looms"),
            ("Bees at Night", "nine hives"),
            ("The Price of Salt", "two markets"),
        )
    )
    page = PastedText(split_lines(text))
    if one in PARAGRAPHS or one.name == "titles on the line":
        page = next(each for each in LINES if each.name == "wrapped lines").run(page)
    assert [b.text for b in one.run(page).blocks if b.text] == [
        b.text for b in page.blocks if b.text
    ]


def test_every_pass_says_why_it_is_there() -> None:
    """In one line, and under a name of its own."""
    assert len({one.name for one in EVERY}) == len(EVERY)
    assert all("\n" not in one.why and one.why.endswith(".") and ":" in one.why for one in EVERY)
