"""Whether reading takes time in proportion: awkward text, four times as much of it, and the ratio.

python -m tests.benchmarks.growth [--letters 250000] [PATTERN…]

Prints the slowest first. A ratio well above 4 with seconds that hurt is a pattern or a scan that
grows faster than the text.
"""

from __future__ import annotations

import argparse
import contextlib
import time

from digest import inputs
from digest.errors import SeedError
from digest.inputs.decoding import decode
from digest.papers.merge import merge

AWKWARD = (
    *("a", "{", "[", "[[{", "<", "<a ", "(", "- ", "| ", '"', "'", ",", ";", "\t", "#", ":", "$", "\\", " ", "\n", "—", "1", "é", "漢", "&amp;", "\u200b", "…", "="),
    *("@article{", "@article{a,\n", "|a|b|\n", "a,b,c\n", "# a\n", "a: b\n", "https://a.org/x ", "a@b.org ", "A. B, ", "> a\n", "* [a](", "](http://a)\n", "© 2020 X. "),
    *("TY  - JOUR\n", "PMID- 1\n", "PT J\n", "%0 a\n", "<x>", "</x>", "Title: a\n", "Abstract\n", "10.1000/x\n", "arXiv:2501.01234\n", "We show. ", "---\na: b\n---\n"),
    *("title:: a\n", "Ada Lovelace, Charles Babbage\n", '{"title":"a",', '{"a":1}\n', "[1] arXiv:2501.01234 [pdf, html]\n", "12/03/2024, 09:13 - Ada: x\n", "Memory Networks\n"),
    *("From: a\nTo: b\nSubject: c\nDate: d\n", "Memory Networks\nA Lovelace - Comets, 2024\n", "Poster\nMemory Networks\n\nA Bee · C Dee\n[ Abstract ]\n", "a-\n", "a\tb\n"),
)  # fmt: skip


def seconds(pattern: str, letters: int) -> float:
    """Return the processor seconds that reading and merging this much of a pattern takes."""
    data = (pattern * (letters // len(pattern) + 1))[:letters].encode()
    begun = time.process_time()
    with contextlib.suppress(SeedError):
        merge(inputs.read(decode("a.txt", data)).records)
    return time.process_time() - begun


def main() -> None:
    """Print every pattern with its seconds and its ratio."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--letters", type=int, default=250_000)
    parser.add_argument("patterns", nargs="*", default=AWKWARD)
    told = parser.parse_args()
    rows = []
    for pattern in told.patterns:
        small, large = seconds(pattern, told.letters), seconds(pattern, 4 * told.letters)
        rows.append((large, large / max(small, 0.01), pattern))
    for large, ratio, pattern in sorted(rows, reverse=True):
        print(f"{large:8.2f} s for {4 * told.letters:,} letters, {ratio:5.1f} times a quarter of it  {pattern!r}")  # fmt: skip


if __name__ == "__main__":
    main()
