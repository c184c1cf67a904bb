"""Publication types: those of CSL, and what other formats call them.

One vocabulary, https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types;
`kind_of` reads the terms of BibTeX, RIS, Crossref, DataCite, OpenAlex, PubMed, Zotero,
schema.org and of people; `BIBTEX` and `RIS` write it.
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

_NAMES: Mapping[str, str] = {
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


def _letters_only(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalpha())


_KINDS: Mapping[str, str] = {
    _letters_only(name): kind
    # reversed: everywhere but in CSL, `article` is an article in a journal
    for kind, names in reversed(list(_NAMES.items()))
    for name in (kind, *names.split("|"))
}
_GENRES: Mapping[str, str] = {
    "phd|doctoral|doctor|ddis|博士": "PhD thesis",
    "master|masters|msc|硕士": "Master's thesis",
    "bachelor": "Bachelor's thesis",
    "habilitation": "Habilitation",
}


def kind_of(*names: str) -> str:
    """Return the type of the first of these names that has one; empty if none has.

    >>> kind_of("inproceedings"), kind_of("", "Trial", "Journal Article"), kind_of("rent")
    ('paper-conference', 'article-journal', '')
    >>> kind_of("info:eu-repo/semantics/doctoralThesis"), kind_of("Article; Early Access")
    ('thesis', 'article-journal')
    """
    return next((kind for name in names if (kind := _kind_of_one(name[:200]))), "")


def _kind_of_one(name: str) -> str:
    pieces = (name, re.split(r"[/#:]", name)[-1], *re.split(r"[;,|/]", name))
    return next((kind for each in pieces if (kind := _KINDS.get(_letters_only(each)))), "")


def csl_kind(name: str) -> str:
    """Return the type named in CSL-JSON, where `article` means a preprint.

    >>> csl_kind("article"), csl_kind("paper-conference"), csl_kind("article-journal")
    ('article', 'paper-conference', 'article-journal')
    """
    return PREPRINT if name == PREPRINT else kind_of(name)


def genre(name: str) -> str:
    """Return the genre of the thesis that a name denotes; empty if it does not say.

    >>> genre("mastersthesis"), genre("Doctoral Thesis"), genre("thesis")
    ("Master's thesis", 'PhD thesis', '')
    """
    letters = _letters_only(name)
    found = (name for words, name in _GENRES.items() if any(w in letters for w in words.split("|")))
    return next(found, "") if _KINDS.get(letters) == THESIS or _kind_of_one(name) == THESIS else ""


@dataclass(frozen=True, slots=True)
class EntryType:
    """An entry type of BibTeX, and its fields for the container and the publisher."""

    type: str
    container: str = "howpublished"
    publisher: str = "publisher"


BIBTEX: Mapping[str, EntryType] = {
    ARTICLE: EntryType("article", "journal"),
    "article-magazine": EntryType("article", "journal"),
    "article-newspaper": EntryType("article", "journal"),
    CONFERENCE: EntryType("inproceedings", "booktitle"),
    CHAPTER: EntryType("incollection", "booktitle"),
    "entry-encyclopedia": EntryType("incollection", "booktitle"),
    "entry-dictionary": EntryType("incollection", "booktitle"),
    THESIS: EntryType("phdthesis", publisher="school"),
    REPORT: EntryType("techreport", publisher="institution"),
    BOOK: EntryType("book"),
    "dataset": EntryType("dataset"),
    "software": EntryType("software"),
    "webpage": EntryType("online"),
    "patent": EntryType("patent"),
    "manuscript": EntryType("unpublished"),
}
"""The entry type of each publication type; all others are `@misc`."""

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
"""The RIS type of each publication type; all others are `GEN`."""
