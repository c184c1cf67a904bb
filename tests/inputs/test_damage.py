"""A list of papers is read whatever happened to it on its way into a file."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Callable, Sequence

import pytest

from digest import inputs
from digest.inputs.decoding import decode
from digest.inputs.layout import run_in_titles
from digest.inputs.layout.lines import Block
from digest.language.strings import fingerprint
from digest.models import Reading

Paper = tuple[str, str]
"""A title and an abstract."""

PAPERS: Sequence[Paper] = (
    ("Sediment Cores Reveal a Warmer Holocene in the Southern Alps",
     "Lakes keep a record of past summers. We drilled eleven cores from four basins and counted pollen grains in every centimetre. Between 9000 and 6000 years ago larch grew far above the present tree line, and summers were two degrees warmer than today. Glaciers near the basins cannot have survived, which revises the usual picture of their history."),
    ("YeastNet: Predicting Growth Defects from Sequence Alone",
     "Deleting a gene may slow a cell or kill it, and experiments for all pairs are out of reach. This work trains a network on four thousand single deletions and asks it about pairs. It finds nine in ten of the lethal ones at a tenth of the cost of screening. An analysis of its layers shows which motifs matter, and two predictions were confirmed at the bench."),
    ("Why Do School Children Guess? A Study of Multiple-Choice Tests",
     "Guessing is a habit that teachers wish to know about. In six schools we recorded every stroke of the pencil on tablets, and interviewed the children afterwards. A third of the right answers were guesses, and good pupils guessed better, not less. Marking schemes that punish wrong answers changed nothing but the mood in class."),
    ("Counting Spanning Trees of Random Planar Maps",
     "The number of spanning trees of a graph is a determinant, and for random maps it is a random variable. We prove that its logarithm obeys a central limit theorem with an explicit variance. The proof couples the map with a walk in the quadrant and needs no moments beyond the second. Simulations with a million faces agree with the constant to three digits."),
    ("Magnetar Bursts and the Crust: Limits from Ten Years of Monitoring",
     "Neutron stars with strong fields flare without warning. Using observations from three satellites we searched for shifts in rotation at the time of 214 flares. None was found above one part in a billion, so that the crust cannot break along more than a hundred metres at once. Models in which plates move like those of the earth are ruled out."),
    ("Trade in Glass Beads along the Medieval Volga",
     "Beads travel further than their makers. Chemical analysis of 312 beads from nineteen graves traces them to workshops in Syria, Egypt and the Rhineland. After the year 965 the Syrian beads vanish within one generation, and local imitations with a higher share of lead take their place. Written sources had dated the break half a century later."),
    ("A Solid Electrolyte That Heals Its Own Cracks",
     "Batteries with solid electrolytes fail when needles of lithium grow through cracks. Here a sulfide glass is described that flows slowly at room temperature and so closes gaps of up to two micrometres overnight. Cells with it survive a thousand cycles at a current at which others fail after fifty. The price is a conductivity that is lower by a third."),
    ("Learning to Read Court Records: Handwriting Recognition for Legal History",
     "Archives hold kilometres of court records that nobody can search. Our system reads them after seeing forty pages of a scribe, where earlier ones needed four hundred. It borrows from the shapes of letters in related hands and asks a person only about words it is unsure of. We release transcripts of twelve thousand pages from five towns."),
    ("Sleep in Migrating Swifts",
     "Swifts stay in the air for ten months of the year. We fitted nine birds with recorders of brain waves that weigh less than a gram. They slept in pieces of four seconds while gliding, mostly with one half of the brain, and caught up on nothing after landing. How birds do without deep sleep for so long remains an open question."),
    ("Fair Division of Indivisible Chores with Few Agents",
     "Dividing unpleasant tasks is not the mirror image of dividing gifts. For three agents with additive costs we show that an allocation without envy up to one chore can be found in linear time. With four agents the same algorithm fails on an instance with seven chores, which we found by computer. A relaxation by a factor of two restores the result for any number."),
    ("The Price of Salt: Inequality and Access to Iodine in Mountain Valleys",
     "Iodine was added to salt a century ago, and goitre all but vanished. Using the rolls of army recruits we follow the disease from valley to valley. Poor villages got the new salt nine years later than rich ones at the same height. The delay can still be seen in the height and the wages of men born in those years."),
    ("Compiling Regular Expressions to Vector Instructions",
     "Searching text for patterns seldom uses what processors have offered for a decade. We compile expressions to programs for vector units that look at sixty-four bytes in one step. On logs of web servers this is eleven times faster than a table, and never slower. Backtracking is avoided, so that no input can make a search take more than linear time."),
)  # fmt: skip


def fill(text: str, width: int) -> str:
    return textwrap.fill(text, width, break_on_hyphens=False)


def each(write: Callable[[str, str], str], between: str = "\n\n") -> str:
    return between.join(write(title, abstract) for title, abstract in PAPERS) + "\n"


def columns() -> str:
    half = len(PAPERS) // 2
    sides = [
        "\n\n".join(f"{fill(t, 52)}\n\n{fill(a, 52)}" for t, a in some).split("\n")
        for some in (PAPERS[:half], PAPERS[half:])
    ]
    high = max(map(len, sides))
    left, right = ([*side, *[""] * (high - len(side))] for side in sides)
    return "\n".join(f"{a:<58}{b}".rstrip() for a, b in zip(left, right, strict=True))


def printed() -> str:
    out = []
    for number, line in enumerate(each(lambda t, a: f"{fill(t, 70)}\n\n{fill(a, 70)}").split("\n")):
        out.append(line)
        if number % 14 == 13:
            out += ["", str(number // 14 + 1), "", "Annals of Everything", ""]
    return "\n".join(out)


def sentences(text: str) -> str:
    return text.replace(". ", ".\n")


def halves(text: str) -> str:
    middle = text.find(". ", len(text) // 2 - 40) + 2
    return f"{text[:middle].strip()}\n\n{text[middle:]}"


def quoted(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return out.getvalue()


def objects(indent: int | None = None) -> list[str]:
    return [json.dumps({"title": t, "abstract": a}, indent=indent) for t, a in PAPERS]


DAMAGED: dict[str, Callable[[], str]] = {
    "a dash between": lambda: each(lambda t, a: f"{t} — {a}", "\n"),
    "a hyphen between": lambda: each(lambda t, a: f"{t} - {a}", "\n"),
    "a colon between": lambda: each(lambda t, a: f"{t}: {a}", "\n"),
    "a full stop between": lambda: each(lambda t, a: f"{t}. {a}", "\n"),
    "nothing but a blank between": lambda: each(lambda t, a: f"{t} {a}", "\n"),
    "nothing at all between": lambda: each(lambda t, a: f"{t}{a}", "\n"),
    "the word Abstract between": lambda: each(lambda t, a: f"{t} Abstract: {a}"),
    "bold titles on the line": lambda: each(lambda t, a: f"**{t}.** {a}"),
    "titles in quotation marks on the line": lambda: each(lambda t, a: f"“{t}” {a}"),
    "labels on one line": lambda: each(lambda t, a: f"Title: {t} Abstract: {a}", "\n"),
    "abstracts before titles, labelled": lambda: each(lambda t, a: f"Abstract: {a}\nTitle: {t}"),
    "titles in short lines": lambda: each(lambda t, a: f"{fill(t, 34)}\n{a}", "\n"),
    "a sentence a line": lambda: each(lambda t, a: f"{t}\n{sentences(a)}"),
    "abstracts in two paragraphs": lambda: each(lambda t, a: f"{t}\n\n{halves(a)}"),
    "a blank line after every line": lambda: each(
        lambda t, a: f"{fill(t, 70)}\n\n{fill(a, 70)}"
    ).replace("\n", "\n\n"),
    "pages of print": printed,
    "two columns": columns,
    "numbers with a hash": lambda: "\n".join(f"#{n} {t}\n{a}" for n, (t, a) in enumerate(PAPERS, 1)),
    "a chat": lambda: each(lambda t, a: f"[11.03.25, 09:12:44] Ada: {t}\n{a}", "\n"),
    "names and a year between": lambda: each(lambda t, a: f"{t}\nAda Lovelace, Mary Ann Boole (2025)\n{a}"),
    "names in wrapped text": lambda: each(lambda t, a: f"{fill(t, 76)}\nAda Lovelace, Mary Ann Boole\n{fill(a, 76)}"),
    "line ends written out": lambda: each(lambda t, a: f"{t}\n\n{a}").replace("\n", "\\n"),
    "a table without names": lambda: quoted(PAPERS),
    "numbers, titles and abstracts in columns": lambda: "\n".join(
        f"2503.{n:05}\t{t}\t{a}" for n, (t, a) in enumerate(PAPERS)
    ),
    "a table without quotation marks": lambda: "title,abstract\n" + each(lambda t, a: f"{t},{a}", "\n"),
    "a table with bare quotation marks": lambda: "title,abstract\n" + each(
        lambda t, a: f'"{t}","{a.replace("the", chr(34) + "the" + chr(34), 1)}"', "\n"
    ),
    "JSON one after the other": lambda: "".join(objects()),
    "JSON with surplus commas": lambda: "[" + ",\n".join(objects(1)).replace('"\n}', '",\n}') + ",]",
    "JSON with lost commas": lambda: "[" + "\n".join(objects(1)) + "]",
    "JSON of Python": lambda: repr([{"title": t, "abstract": a} for t, a in PAPERS]),
    "JSON below a comment": lambda: "// to read\n[" + ",".join(objects()) + "]",
    "JSON in a fenced block": lambda: "Papers:\n\n```json\n[" + ",\n".join(objects(1)) + "]\n```\n",
    "JSON in a string": lambda: json.dumps("[" + ",".join(objects()) + "]"),
}  # fmt: skip


def read(text: str) -> Reading:
    return inputs.read(decode("a.txt", text.encode()))


def told(reading: Reading) -> set[tuple[str, str]]:
    return {(fingerprint(r.title or ""), fingerprint(r.abstract)) for r in reading.records}


WRITTEN = {(fingerprint(title), fingerprint(abstract)) for title, abstract in PAPERS}


@pytest.mark.parametrize("form", DAMAGED)
def test_nine_papers_in_ten_survive(form: str) -> None:
    """Of every damaged form nearly all papers come back, letter by letter, and nothing is made
    up."""
    reading = read(DAMAGED[form]())
    assert len(told(reading) & WRITTEN) >= 0.9 * len(WRITTEN)
    assert len(reading.records) <= len(WRITTEN)


def test_papers_that_cannot_be_parted_are_reported() -> None:
    """A dozen papers on one line are refused, and not published as one."""
    reading = read(" ".join(f"{title} {abstract}" for title, abstract in PAPERS * 6))
    assert not reading.records
    assert sum(problem.refused for problem in reading.problems) == 1


@pytest.mark.parametrize("count", [1, 2, 3, len(PAPERS)])
def test_no_title_is_cut_from_a_bare_abstract(count: int) -> None:
    """Abstracts that begin with a short sentence keep it."""
    bare = [Block(n, abstract) for n, (_, abstract) in enumerate(PAPERS[:count])]
    assert run_in_titles.split_run_in_titles(bare) == bare


def test_phrases_in_capitals_that_open_abstracts_are_no_titles() -> None:
    """What a field writes with capitals stays in the sentence that it begins."""
    rest = "are slow to train. We measure where the time goes and find that it is the memory. " * 3
    openings = (
        "Large Language Models (LLMs)",
        "The Graph Neural Networks",
        "As Random Forests (RF)",
        "Hidden Markov Models (HMMs)",
    )
    bare = [Block(n, f"{opening} {rest}{n}.") for n, opening in enumerate(openings)]
    assert run_in_titles.split_run_in_titles(bare) == bare


def test_a_dash_parts_titles_without_capitals() -> None:
    """A dash in every line parts titles also where these are written as sentences are."""
    lines = [f"{title.capitalize()} - {abstract}" for title, abstract in PAPERS]
    assert told(read("\n".join(lines))) == WRITTEN


def test_bare_abstracts_with_bullets_keep_what_they_link_to() -> None:
    """An address at the end of an item makes no title of its first sentence."""
    said = [
        f"{abstract} Code: https://github.com/a/b{n}." for n, (_, abstract) in enumerate(PAPERS)
    ]
    for count in (1, 3, len(said)):
        reading = read("\n".join(f"- {one}" for one in said[:count]))
        assert [(r.title, fingerprint(r.abstract)) for r in reading.records] == [
            (None, fingerprint(one)) for one in said[:count]
        ]


@pytest.mark.parametrize("mark", ["1. ", "1) ", "[1] ", "- ", "* ", "• "])
def test_a_list_of_one_paper_is_a_list(mark: str) -> None:
    """The mark before the only paper belongs to neither its title nor its abstract."""
    title, abstract = PAPERS[0]
    assert told(read(f"{mark}{title}\n{abstract}\n")) == {
        (fingerprint(title), fingerprint(abstract))
    }
    assert read(f"{mark}{abstract}\n").records[0].abstract == abstract


def test_the_word_abstract_stays_within_a_sentence() -> None:
    """Only before an abstract it is a label, and taken off."""
    said = [
        f"Abstract: {a} We sort each abstract: by hand. In summary: it works." for _, a in PAPERS
    ]
    assert [record.abstract for record in read("\n".join(said)).records] == [
        one.removeprefix("Abstract: ") for one in said
    ]


def test_an_address_may_be_between_a_title_and_its_abstract() -> None:
    """It leads to the paper and belongs to neither; what it parts stays letter by letter."""
    text = "- On Knots (https://arxiv.org/abs/2503.01234): A well-known, old question is answered here."
    record = read("\n".join([text, text.replace("Knots", "Braids")])).records[0]
    assert record.title == "On Knots"
    assert record.comment == "A well-known, old question is answered here."
    assert record.identifiers == {"arxiv": "2503.01234"}


def test_capitals_at_the_begin_of_a_wrapped_line_are_no_names() -> None:
    """A title goes on in its second line, though that looks like two people."""
    title = "How the Bells of Old Village Churches in the North Came to Crack with Dull Sounds and Long Winters"
    rows = textwrap.wrap(title, 70)
    assert len(rows) == 2
    bodies = [fill(abstract, 70) for _, abstract in PAPERS]
    text = "\n\n".join(["\n".join(rows), bodies[0], PAPERS[1][0], bodies[1]])
    assert [record.title for record in read(text).records] == [title, PAPERS[1][0]]


# --- several documents in one ----------------------------------------------------------


def alternating(papers: Sequence[Paper]) -> str:
    return "".join(f"{title}\n{abstract}\n" for title, abstract in papers)


def listing(papers: Sequence[Paper]) -> str:
    head = "Computer Science\nNew submissions\nShowing new listings for Tuesday, 11 March 2025\n"
    return head + "".join(
        f"[{n}] arXiv:2503.{n:05} [pdf, html, other]\nTitle: {title}\nAda Lovelace, Mary Boole\n"
        f"Subjects: Machine Learning (cs.LG)\n\n{abstract}\n"
        for n, (title, abstract) in enumerate(papers, 1)
    )


def arxiv_mail(papers: Sequence[Paper]) -> str:
    bar = "-" * 78
    return "\n".join(
        f"\\\\\narXiv:2503.{n:05}\nDate: Tue, 11 Mar 2025 05:21:20 GMT   (13kb)\n\n{fill('Title: ' + t, 79)}\n"
        f"Authors: Ada Lovelace\nCategories: cs.LG\n\\\\\n{fill('  ' + a, 79)}\n"
        f"\\\\ ( https://arxiv.org/abs/2503.{n:05} , 13kb)\n{bar}"
        for n, (t, a) in enumerate(papers, 1)
    ) + "\n"  # fmt: skip


def labelled(papers: Sequence[Paper]) -> str:
    return "".join(f"Title: {title}\nSummary: {abstract}\n---\n" for title, abstract in papers)


def bibtex(papers: Sequence[Paper]) -> str:
    return "\n".join(
        f"@article{{key{n},\n  title = {{{title}}},\n  abstract = {{{abstract}}}\n}}"
        for n, (title, abstract) in enumerate(papers)
    )


def ris(papers: Sequence[Paper]) -> str:
    return "\n".join(f"TY  - JOUR\nTI  - {t}\nAB  - {a}\nER  - \n" for t, a in papers)


def json_lines(papers: Sequence[Paper]) -> str:
    return "\n".join(json.dumps({"title": t, "abstract": a}) for t, a in papers)


@pytest.mark.parametrize("other", [listing, arxiv_mail, labelled, bibtex, ris, json_lines])
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_a_document_below_another_is_read(
    other: Callable[[Sequence[Paper]], str], above: bool
) -> None:
    """Nothing is lost where a plain list and another format share a file, whichever comes first."""
    parts = [other(PAPERS[:6]), alternating(PAPERS[6:])]
    reading = read("\n\n".join(parts if above else parts[::-1]))
    assert told(reading) == WRITTEN
    assert not any(problem.refused for problem in reading.problems)


def test_lines_are_those_of_the_whole_document() -> None:
    """A paper of the second part is found at its own line of the file."""
    text = f"{bibtex(PAPERS[:6])}\n\n{alternating(PAPERS[6:])}"
    lines = text.split("\n")
    for record in read(text).records:
        assert record.abstract[:40] in lines[record.line - 1]


def test_what_is_between_entries_of_a_bibliography_is_no_paper() -> None:
    """A remark of a program or a person above the entries is left alone."""
    remark = "This file was written by a program that some people use to keep their references, and it says so at length in every file it writes. "
    reading = read(f"{remark * 2}\n\n{bibtex(PAPERS[:6])}")
    assert len(reading.records) == 6
