"""How clean are abstracts that come with TeX, and is every word still there?

Run by hand: `python -m tests.benchmarks.text FILE.jsonl[.gz]`, a file with
`abstract` (and `title`) on each line. Nothing here fails; the figures are the point.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from digest.language import tex
from digest.papers import links

_LEFT = re.compile(r"\$(?!\s?\d)(?<!\bUS\$)|\\[A-Za-z]|\\\W|[{}]")
"""A dollar that is no money, a command, a brace."""
_FOR_THE_PRINTER = re.compile(
    r"\\(?:cite[a-z]*|label|ref|begin|end|textcolor|color|hyperlink)\s?(?:\[[^\]]*\])?\{[^{}]*\}"
)


def texts(path: Path) -> Iterator[str]:
    """Return the titles and abstracts of a file."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in data.splitlines():
        record = json.loads(line)
        yield from (record[key] for key in ("title", "abstract") if record.get(key))


def words(text: str) -> Counter[str]:
    """Count the words of three letters or more, whatever their accents."""
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return Counter(re.findall(r"[a-z]{3,}", text.casefold()))


def raw_words(text: str) -> Counter[str]:
    """Count the words of text as found, its commands and what is for the printer taken out."""
    text = _FOR_THE_PRINTER.sub("", text)
    text = re.sub(r"\{?\\(?:[oOlL]|aa|AA|ss|ae|AE|oe)(?![A-Za-z])\s?\}?", " ", text)
    text = re.sub(
        r"\\(?:[`'^\"~=.]|[cvHku](?![A-Za-z]))\s?(?:\{\\?(\w)\s?\}|\\?(\w))", r"\1\2", text
    )
    text = re.sub(r"\\[A-Za-z]+\*?", "\0", text)
    return words(re.sub(r"[{}]|\0\s?(?=\W)|\0", "", text.replace("\0{", "")))


def is_well_formed(html: str) -> bool:
    """Return whether HTML is well-formed XML inside one element."""
    try:
        ElementTree.fromstring(f"<p>{html}</p>")  # noqa: S314
    except ElementTree.ParseError:
        return False
    return True


def main(path: str, show: int = 0) -> None:
    """Print the figures, and `show` texts of each kind of failure."""
    found = [text for text in texts(Path(path)) if "$" in text or "\\" in text]
    counts: Counter[str] = Counter()
    begun = time.perf_counter()
    plain = [tex.plain(links.mend(text)) for text in found]
    seconds = time.perf_counter() - begun
    for text, read in zip(found, plain, strict=True):
        left = _LEFT.search(read)
        lost = {
            word for word, n in raw_words(links.mend(text)).items() if word not in read.casefold()
        }
        lost -= set(words(read))
        html = tex.to_html(links.mend(text))
        checks = {"clean": not left, "no word lost": not lost, "stable": tex.plain(read) == read}
        checks |= {"well-formed HTML": is_well_formed(html), "MathML": "<math" in html}
        for name, fine in checks.items():
            counts[name] += fine
            if not fine and counts[f"shown {name}"] < show and name != "MathML":
                counts[f"shown {name}"] += 1
                where = read[max(0, left.start() - 50) : left.end() + 50] if left else ""
                print(f"-- not {name}: {lost or where or html[:300]}")
    print(
        f"{len(found)} texts with a dollar or a backslash, {1000 * seconds / len(found):.3f} ms each"
    )
    for name in ("clean", "no word lost", "stable", "well-formed HTML", "MathML"):
        print(f"{name:20} {counts[name] / len(found):.4f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
