"""The documents of the toy digest: two days, a few topics, and every kind of paper there is."""

from __future__ import annotations

import json

from digest.mkdocs.scaffold import SETTINGS

DIGEST = SETTINGS.format(
    name="Toy digest",
    feed_id="toy",
    site_url="site_url: http://127.0.0.1/digest/",
    publish="",
).replace("topics: auto", "topics: machine-learning")

SOURCES = """\
lists.jsonl: {date: 2025-03-21, name: Reading list}
later.jsonl: {date: 2025-03-24, name: Monday's list, url: "https://example.org/monday"}
"""

GUIDE = f"""\
# Guide

A page written by hand, with a link to [today](../index.md).

## Bridge & sea

Why bidding is here.

    $ digest check --refused {"as it was " * 20}

| option | default | is | looks like |
| --- | --- | --- | --- |
| `a-name-that-must-not-be-broken` | `arxiv, crossref, huggingface` | a setting | `{"x" * 60}` |
"""
"""Code and a table that are wider than a phone."""

HOSTILE = '"><svg onload=alert(1)//<img src=x onerror=alert(1) & {{ braces }} [a](javascript:alert(1)) </script'
"""A title that would do harm in a page that did not escape it."""


def _paper(title: str | None, abstract: str, **more: object) -> dict[str, object]:
    return {"title": title, "abstract": abstract, **more}


FRIDAY = [
    _paper(
        "Lighthouse: Retrieval of Long Documents with Small Language Models",
        "Long documents do not fit the context of a small language model. We present Lighthouse, a"
        " retrieval-augmented language model that reads a document by its headings first. On three"
        " question answering benchmarks it answers as well as models ten times its size. Code is"
        " available at https://github.com/example/lighthouse.",
        id="2503.10001",
        authors=["Ada Lovelace", "Charles Babbage"],
        date="2025-03-20",
    ),
    _paper(
        "Denoising Diffusion for Weather Maps",
        "Weather maps are images with physics in them. We train a diffusion model on forty years of"
        " maps and show that its samples keep the conservation laws: $\\nabla \\cdot u = 0$ holds to"
        " three digits. The diffusion model draws an ensemble forecast in a minute.",
        authors=["Lewis Richardson"],
    ),
    _paper(
        "Federated Learning over Lossy Radio Links",
        "Federated learning loses updates when radio links fade. We propose to code the gradients of"
        " federated clients so that any half of the packets is enough, and prove convergence. In"
        " experiments with 100 clients the accuracy of federated learning is that of a perfect link.",
    ),
    _paper(
        HOSTILE,
        "Pages that do not escape what they show can be taken over. We collect 200 hostile titles such"
        " as <script>alert(2)</script> and [a](javascript:alert(3)), and test forty generators of"
        " reading lists with them. Three quarters of the generators run at least one of the titles.",
        authors=["Bobby <b>Tables</b>"],
    ),
    _paper(
        None,
        "Graph neural networks forget nodes that are far away. We introduce Farsight, a graph neural"
        " network whose message passing jumps over several edges at once. Farsight keeps the accuracy"
        " of graph neural networks with 64 layers at the cost of four.",
    ),
]

MONDAY = [
    _paper(
        "Reinforcement Learning of Bridge Bidding",
        "Bidding in contract bridge is a language that two players agree upon. We learn it by"
        " reinforcement learning in self-play: the policy is trained with a reward that counts tricks."
        " The learned policy beats the champion program by half a trick a board.",
        id="2503.20002",
        authors=["Zia M.", "Judea P."],
    ),
    _paper(
        "التعلم العميق لترجمة النصوص العربية القديمة",
        "We translate old Arabic texts with neural machine translation. A corpus of 12,000 lines is"
        " aligned by hand, and a language model is trained on it. Machine translation of the poems"
        " gains 4 BLEU points over the baseline.",
    ),
    _paper(
        "Quantised Vision Transformers on a Microcontroller: How Far Four Bits Reach, Where They Fail"
        " and What a Designer of Hardware for Image Classification Should Know Before Buying Memory",
        "Vision transformers need memory that microcontrollers do not have. We quantise a vision"
        " transformer to four bits and run image classification in 256 kB. Accuracy falls by two"
        " percent; we explain which layers are to blame.",
    ),
    _paper(
        "Retrieval with Headings: A Second Look at Lighthouse",
        "Reading a document by its headings first was proposed for retrieval-augmented language models."
        " We repeat the experiments with Lighthouse on five languages and find the effect in four."
        " Data and code: https://github.com/example/second-look.",
    ),
]

SEEDS = {
    "lists.jsonl": "".join(json.dumps(paper) + "\n" for paper in FRIDAY),
    "later.jsonl": "".join(json.dumps(paper) + "\n" for paper in MONDAY),
}
