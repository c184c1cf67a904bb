"""Fit the words by which `digest.inputs.evidence` tells papers from other prose.

python -m tests.benchmarks.fit_evidence PAPERS.jsonl… --not FOLDER… [--write]

PAPERS.jsonl hold abstracts (`abstract` or `text`, with `title` and `categories` where
there are any; .gz is read too); the FOLDERs hold documents that are no papers, such as
/usr/share/doc, in English. Half of the documents and of the abstracts are fitted, the other half is
reported; then every field of science that has 20 abstracts is left out in turn. With
--write all of it is fitted, and words.json is written.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from digest.errors import SeedError
from digest.inputs import evidence
from digest.inputs.decoding import decode
from digest.inputs.document import as_document
from digest.inputs.layout import views
from digest.inputs.layout.prose import prose_score

RAREST = 12
"""Documents that must hold a word that speaks against papers."""

FIELDS = 5
"""Fields of science that must hold a word that speaks for papers: topics are no style."""

Words = frozenset[str]


def abstracts(files: Sequence[Path]) -> Iterator[tuple[str, Words]]:
    """Yield the field of every abstract, and its words."""
    for file in files:
        opener = gzip.open if file.suffix == ".gz" else open
        with opener(file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                text = row.get("abstract") or row.get("text")
                for part in (text, _span(text)) if text else ():
                    yield _field(row, file), evidence.words(part)


def _span(text: str) -> str:
    """Return one to four sentences of a text that follow one another, so that length says
    nothing."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    first = random.randrange(len(sentences))
    return " ".join(sentences[first : first + random.randint(1, 4)])


def _field(row: dict[str, object], file: Path) -> str:
    found = row.get("categories") or row.get("category")
    first = found[0] if isinstance(found, list) and found else str(found or "").split(" ")[0]
    return str(first).split(".")[0] or file.stem


def others(folders: Sequence[Path], each: int = 8, most: int = 3000) -> Iterator[tuple[int, Words]]:
    """Yield the paragraphs of other documents that are long enough for abstracts, and a half by
    path."""
    files = [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and 200 < path.stat().st_size < 120_000
    ]
    for file in random.sample(files, min(most, len(files))):
        half = int(hashlib.sha256(str(file).encode()).hexdigest(), 16) % 2
        try:
            seed = decode("a.txt", file.read_bytes())
        except SeedError:
            continue
        texts = [
            b.text
            for b in as_document(seed).head.view(views.paragraphs)
            if prose_score(b.text) > -1
        ]
        for text in random.sample(texts, min(each, len(texts))):
            yield half, evidence.words(text)


class Fit:
    """A logistic regression over the words that are matters of style."""

    def __init__(self, papers: Sequence[tuple[str, Words]], rest: Sequence[Words]) -> None:
        from sklearn.linear_model import LogisticRegression  # the extra `bench`

        self.index = {word: at for at, word in enumerate(sorted(_style(papers, rest)))}
        every = [*(found for _, found in papers), *rest]
        labels = [1] * len(papers) + [0] * len(rest)
        model = LogisticRegression(C=1.0, max_iter=2000, class_weight="balanced")
        self.model = model.fit(self.matrix(every), labels)

    def matrix(self, texts: Sequence[Words]) -> csr_matrix:
        """Return a row a text: one over the root of its words for each that is known."""
        cells = [
            (1 / math.sqrt(max(len(found), 12)), row, self.index[word])
            for row, found in enumerate(texts)
            for word in sorted(found)
            if word in self.index
        ]
        values, rows, columns = zip(*cells, strict=True)
        return csr_matrix((values, (rows, columns)), shape=(len(texts), len(self.index)))

    def share(self, texts: Sequence[Words]) -> float:
        """Return the share of texts that read like abstracts."""
        return float(np.mean(self.model.decision_function(self.matrix(texts)) > 0))

    def data(self) -> dict[str, object]:
        """Return what `words.json` holds."""
        weights = self.model.coef_[0]
        return {
            "bias": round(float(self.model.intercept_[0]), 3),
            "words": {word: round(float(weights[at]), 2) for word, at in self.index.items()},
        }


def _style(papers: Sequence[tuple[str, Words]], rest: Sequence[Words]) -> Iterator[str]:
    by_field: dict[str, Counter[str]] = defaultdict(Counter)
    for field, found in papers:
        for word in found:
            by_field[word][field] += 1
    size = Counter(field for field, _ in papers)
    against = Counter(word for found in rest for word in found)
    for word in by_field.keys() | against.keys():
        told = by_field[word]
        wide = sum(n >= max(2, 0.004 * size[field]) for field, n in told.items()) >= FIELDS
        if (wide and told.total() >= 2 * RAREST) or (
            against[word] >= RAREST and (wide or told.total() < 0.3 * against[word])
        ):
            yield word


def main() -> None:
    """Fit on one half, report on the other, and write when asked to."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("papers", nargs="+", type=Path)
    ask.add_argument("--not", dest="folders", nargs="+", type=Path, required=True)
    ask.add_argument("--write", action="store_true")
    told = ask.parse_args()
    random.seed(0)
    papers, rest = list(abstracts(told.papers)), list(others(told.folders))
    first, second = [found for half, found in rest if half], [w for half, w in rest if not half]
    fit = Fit(papers[::4] + papers[1::4], first)
    print(
        f"other half: papers {fit.share([w for _, w in papers[2::4] + papers[3::4]]):.4f}", end="  "
    )
    print(f"not papers {fit.share(second):.4f} of {len(second)}")
    for field, count in Counter(field for field, _ in papers).items():
        if count >= 20:
            fit = Fit([one for one in papers if one[0] != field], first)
            print(f"without {field}: {fit.share([w for f, w in papers if f == field]):.4f}")
    if told.write:
        fit = Fit(papers, [found for _, found in rest])
        file = Path(evidence.__file__).with_name("words.json")
        text = json.dumps(fit.data(), ensure_ascii=False, indent=0, sort_keys=True)
        file.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
