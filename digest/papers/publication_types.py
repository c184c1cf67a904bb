"""What a work is published as: the types of CSL, and what other syntaxes call them.

One vocabulary, https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types;
`of` reads the words of BibTeX, RIS, Crossref, DataCite, OpenAlex, PubMed, Zotero, schema.org
and of people; `BIBTEX` and `RIS` write it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

ARTICLE = "article-journal"
PREPRINT = "article"
CONFERENCE = "paper-conference"
CHAPTER = "chapter"
THESIS = "thesis"
REPORT = "report"
BOOK = "book"
DOCUMENT = "document"

_CALLED: Mapping[str, str] = {
    ARTICLE: "article|journal article|journal|jour|ejour|jfull|inpr|abst|j|ar|research article|research paper|original article|original paper|scholarly article"
    "|academic article|medical scholarly article|article review|review article|review|book review|short survey|data paper|letter|editorial|note|erratum|article in press|early access"
    "|journal articles|journal paper|electronic article|case reports|comment|clinical trial|randomized controlled trial|controlled clinical trial|multicenter study|comparative study|observational study|evaluation study|validation study|meta analysis|systematic review|clinical study|magazine or journal article|journals|zeitschriftenartikel|article de revue|artículo|artigo|期刊论文|学術論文",
    "article-magazine": "magazine article|magazine|mgzn",
    "article-newspaper": "newspaper article|news article|newspaper|news",
    PREPRINT: "preprint|pre print|informal and other publications|posted content|e print|eprint|working paper|submitted version|working paper preprint",
    CONFERENCE: "inproceedings|conference|conference paper|conference proceedings|conference proceeding|proceedings paper|proceedings article|conference article|cpaper|conf"
    "|conference and workshop papers|c|cp|conference item|conference object|conference review|conference publication|conference or workshop item|inproceeding|conferences|in proceedings|meeting abstract|konferenzbeitrag|会议论文",
    CHAPTER: "incollection|inbook|parts in books or collections|book section|book chapter|chapter|chap|echap|ch|book part|part of book|content item|book part chapter|section|book article|in book|suppbook|bookinbook|reference book chapter|buchkapitel",
    THESIS: "thesis|phdthesis|phd thesis|mastersthesis|masterthesis|masters thesis|master thesis|bachelorthesis|bachelor thesis|bachelors thesis|dissertation|doctoral thesis|doctoral dissertation"
    "|thes|academic dissertation|dissertations theses|dissertations theses doctoral dissertations|dissertations theses masters theses|thesis dissertation|dissertation thesis|habilitation|学位论文|博士论文|硕士论文",
    REPORT: "report|techreport|technical report|tech report|rprt|report paper|report component|report series|government document|govdoc|gov doc|research report|reports research|reports descriptive|reports evaluative|reports general|technical note|technical documentation",
    BOOK: "book|ebook|edbook|edited book|monograph|mvbook|collection|mvcollection|mvproceedings|proceedings|reference|bk|b|booklet|reference book|books|whole book|manual|buch|livre|libro",
    "dataset": "dataset|data set|data|dbase|aggregated database|online database|database",
    "software": "software|computer program|computer software|comp|source code|software source code",
    "webpage": "online|electronic|web page|webpage|web|elec|web site|website|internet communication",
    "post-weblog": "blog post|blog|blog posting",
    "patent": "patent|pat|pcomm patent|p",
    "standard": "standard|stand",
    "manuscript": "unpublished|unpublished work|unpb|manuscript|manscpt|unpd",
    "speech": "presentation|slide|slides|lecture|talk|poster|conference poster|conference presentation",
    "entry-encyclopedia": "encyclopedia article|encyclopedia entry|encyc|inreference|reference entry|encyclopedia",
    "entry-dictionary": "dictionary entry|dictionary article|dict",
    "motion_picture": "film|video recording|video|movie|mpct|audiovisual",
    DOCUMENT: "misc|miscellaneous|gen|generic|document|other|unspecified",
}  # fmt: skip


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalpha())


_KINDS: Mapping[str, str] = {
    _letters(name): kind
    for kind, names in reversed(list(_CALLED.items()))  # `article` is of a journal but in CSL
    for name in (kind, *names.split("|"))
}
_GENRES: Mapping[str, str] = {
    "phd|doctoral|doctor|ddis|博士": "PhD thesis",
    "master|masters|msc|硕士": "Master's thesis",
    "bachelor": "Bachelor's thesis",
    "habilitation": "Habilitation",
}


def of(*names: str) -> str:
    """Return the kind that the first of these names known as one means; empty where none is.

    >>> of("inproceedings"), of("JOUR"), of("", "Randomized Trial", "Journal Article"), of("rent")
    ('paper-conference', 'article-journal', 'article-journal', '')
    >>> of("info:eu-repo/semantics/doctoralThesis"), of("posted-content"), of("Article; Early Access")
    ('thesis', 'article', 'article-journal')
    """
    return next((kind for name in names if (kind := _of(name[:200]))), "")


def _of(name: str) -> str:
    pieces = (name, re.split(r"[/#:]", name)[-1], *re.split(r"[;,|/]", name))
    return next((kind for each in pieces if (kind := _KINDS.get(_letters(each)))), "")


def csl(name: str) -> str:
    """Return the kind a type of CSL-JSON means, where `article` is a preprint.

    >>> csl("article"), csl("paper-conference"), csl("article-journal")
    ('article', 'paper-conference', 'article-journal')
    """
    return PREPRINT if name == PREPRINT else of(name)


def genre(name: str) -> str:
    """Return which thesis a name means; empty where it does not say.

    >>> genre("mastersthesis"), genre("Doctoral Thesis"), genre("thesis")
    ("Master's thesis", 'PhD thesis', '')
    """
    letters = _letters(name)
    found = (said for words, said in _GENRES.items() if any(w in letters for w in words.split("|")))
    return next(found, "") if _KINDS.get(letters) == THESIS or _of(name) == THESIS else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """How BibTeX has a kind: the type of its entries, and its fields for where and by whom."""

    type: str
    container: str = "howpublished"
    publisher: str = "publisher"


BIBTEX: Mapping[str, Entry] = {
    ARTICLE: Entry("article", "journal"),
    "article-magazine": Entry("article", "journal"),
    "article-newspaper": Entry("article", "journal"),
    CONFERENCE: Entry("inproceedings", "booktitle"),
    CHAPTER: Entry("incollection", "booktitle"),
    "entry-encyclopedia": Entry("incollection", "booktitle"),
    "entry-dictionary": Entry("incollection", "booktitle"),
    THESIS: Entry("phdthesis", publisher="school"),
    REPORT: Entry("techreport", publisher="institution"),
    BOOK: Entry("book"),
    "dataset": Entry("dataset"),
    "software": Entry("software"),
    "webpage": Entry("online"),
    "patent": Entry("patent"),
    "manuscript": Entry("unpublished"),
}
"""Kinds that have a type of their own; all others are `@misc`."""

RIS: Mapping[str, str] = {
    ARTICLE: "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    PREPRINT: "UNPB",
    CONFERENCE: "CPAPER",
    CHAPTER: "CHAP",
    THESIS: "THES",
    REPORT: "RPRT",
    BOOK: "BOOK",
    "dataset": "DATA",
    "software": "COMP",
    "webpage": "ELEC",
    "post-weblog": "BLOG",
    "patent": "PAT",
    "standard": "STAND",
    "manuscript": "UNPB",
    "speech": "SLIDE",
    "entry-encyclopedia": "ENCYC",
    "entry-dictionary": "DICT",
    "motion_picture": "MPCT",
}
"""All others are `GEN`."""
