"""What scholarly sites print around their papers: buttons, badges, counters, headings.

A line is the site's own where it consists of nothing but the site's words, however
a browser's copy has run them together: `Save Cite Cited by 12 Related articles`,
`AbstractFull TextInfo/HistoryMetrics Preview PDF`, `[pdf] [supp] [arXiv]`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from digest.inputs.layout.boilerplate import furniture

LONGEST = 160
"""Letters a row of buttons may have."""


def _phrases(text: str) -> frozenset[str]:
    return frozenset(
        phrase for row in text.split("\n") for part in row.split("|") if (phrase := part.strip())
    )


BUTTONS = _phrases("""
    pdf|pdfs|html|bib|bibtex|abs|supp|supplementary|supplementary pdf|supplemental|supplementary material|epub|xml|ris|doi|cite|save|share|email
    send to|display options|full text|full-text|full text links|full text html|fulltext|info/history|info history|metrics|preview pdf|preview|print
    save options|print/save options|download|downloads|download pdf|download this paper|open pdf in browser|add paper to my library|view pdf|pdf/epub|epdf|e-reader|ereader|get access|request permissions
    view|view article|view abstract|view full text|read more|show more|show less|show details|show all|more|less|expand|collapse|load more
    cited by|citing articles|citations|citation|related articles|related|all versions|all|versions|web of science|view as html|cached|library search
    import into bibtex|import into endnote|import into refman|import into refworks|fulltext via|check access|export citation|export citations|export
    export bibtex|cite this article|cite this|citation tools|citation manager|alerts|alert|create alert|create rss|add to library|add to list|library
    add to favorites|favorites|add to collection|collections|bookmark|follow|follow this preprint|unfollow|create citation alert|track citations
    abstract|abstracts|slides|poster|posters|video|videos|talk|openreview|project page|project|website|code|data|dataset|software|model|paper|papers
    arxiv|arxiv page|github|gitlab|huggingface|hugging face|previous|next|first|last|back|back to top|top|previous article|next article|user guide
    advanced|advanced search|search|log in|login|sign in|sign up|register|help|home|menu|close|open|copy|copied|tools|settings|filters|filter
    sort by|sort|relevance|most recent|best match|date|newest|per page|page|of|results|select|select all|deselect all|clear all|clear|apply
    comments|comment|reply|upvote|upvotes|likes|stars|views|reads|readers|everyone|references|figures|tables|figures & tables|figures and tables
    authors|author information|affiliations|authors info|authors info & claims|authors info & affiliations|keywords|index terms|subjects
    outline|highlights|section snippets|recommended articles|article metrics|permissions|rights and permissions|open access|free access
    permalink|perma.cc|link|links|publication|publications|conference|journal|journals|proceedings|magazines|books|sign|in|to|the|and|by
    semantic reader|view in|view pdf on arxiv|pubmed|google scholar|crossref|scopus|pmc|ask|ai|chat|blog|resources|overview|schedule|select year
    getting started|invited talks|orals|workshops|tutorials|awards|sponsors|calendar|bookmarks|my stuff|organizers|reviews|decision|meta review
    official review|add|public comment|everyone|show|hide|chat with paper|similar papers|kimi|copy bibtex|papers cool|audio|assistant|total
    details|info|history|new results|confirmatory results|contradictory results|any time|all time|sort by relevance|sort by date|any type|review articles
    include patents|include citations|since|scholar|articles|my profile|my library|labs|year|format|size|on|for|subscribe|rss|hf page|discuss
    """)
"""What stands on buttons, in menus and in rows of them."""

TELLING = frozenset(
    [
        "pdf",
        "bib",
        "bibtex",
        "abs",
        "supp",
        "html",
        "epub",
        "cite",
        "doi",
        "openreview",
        "arxiv",
        "github",
        "downloads",
        "login",
        "versions",
        "upvote",
        "rss",
        "metrics",
        "slides",
        "poster",
        "orals",
        "xml",
        "ris",
        "scopus",
        "pubmed",
        "preview",
        "download",
        "export",
        "alert",
        "show",
        "permissions",
        "affiliations",
    ]
)
"""Words of buttons of which no title consists."""

BADGES = _phrases("""
    research article|research-article|original article|original paper|original research|article|short paper|long paper|full paper|review article|review|preprint
    survey|demonstration|extended abstract|poster|oral|spotlight|spotlight poster|oral poster|highlight|poster paper|keynote|panel|tutorial|editorial
    letter|letters|communication|brief communication|brief report|case report|case reports|technical note|perspective|commentary|correspondence|news
    open access|free access|free|free article|free pmc article|free full text|full access|no access|restricted access|public access|creative commons
    clinical trial|randomized controlled trial|systematic review|meta-analysis|multicenter study|observational study|comparative study|practice guideline
    best paper|best paper award|outstanding paper|honorable mention|award winner|artifacts available|artifacts evaluated|results reproduced|badges
    new results|accept|accepted|reject|rejected|withdrawn|submitted|under review|accept (oral)|accept (poster)|accept (spotlight)|desk reject|notable top 5%
    early access|early access article|article in press|just accepted|in press|first online|online first|published version|new|trending|featured|conference paper|journal article|chapter|book chapter|tldr|ai summary
    """)
"""What a site calls a paper, on a line by itself."""

SECTIONS = _phrases("""
    competing interest statement|competing interests|conflict of interest|conflict of interest statement|declaration of competing interest|funding|funding statement
    author declarations|data availability|data availability statement|data availability links|acknowledgements|acknowledgments|author contributions|ethics declarations|footnotes
    introduction|1 introduction|1. introduction|i. introduction|main|main text|background and summary|references|bibliography|similar articles|cited by|cited by (0)|related articles|related content
    recommended articles|recommended|you may also like|people also read|citing literature|supplementary material|supplementary information|supplementary data|figures|subject area|subject areas
    additional information|rights and permissions|about this article|about this paper|access options|publication types|mesh terms|substances|linkout - more resources|grants and funding|grant support
    copyright|full text|full text sources|publisher's note|reviews|official reviews|comments|discussion|bibtex|citation|export citation|code, data and media associated with this article|demos
    recommenders and search tools|bibliographic and citation tools|arxivlabs|submission history|access paper|current browse context|bookmark|references & citations|metrics
    section snippets|highlights|keywords|author information|authors and affiliations|affiliations|index terms|information & contributors|information|contributors|tables|media|view options|login options|sections|useful links|contact|thank you|footer
    """)
"""Headings below which a page goes on about something else than the paper's abstract."""

_PATTERNS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(pattern, re.I)
    for kind, pattern in {
        "count": r"(?:about |showing |displaying |total |page |items? |results? |papers? |top |all )?\d[\d.,]{0,12}\s?(?:[-–]|to|of|/)?\s?(?:\d[\d.,]{0,12})?\s?(?:of|/)?\s?(?:about )?(?:\d[\d.,]{0,12})?\s?(?:results?|papers?|articles?|citations?|downloads?|views?|references|documents|publications|records|items|entries|replies|comments?|stars|reads|votes?|upvotes?|versions?|pages?|figures?|tables?)?\b.{0,60}|(?:showing|displaying|viewing)\b.{0,80}\bof\b.{0,80}|\(\d+(?:\.\d+)? sec\)",
        "source": r"(?:\[(?:pdf|html|doc|book|citation|b|c)\]\s*){1,2}[\w.-]{0,40}|\(?[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,20}){0,3}\.(?:org|com|edu|net|gov|io|ac\.uk|de|fr|ch|cn|jp)\)?",
        "metrics": r"(?:total |cited by |citations?:? |downloads?:? |cites? |altmetric |views?:? )[\d.,k]+|[\d.,k]+\s?(?:total )?(?:citations?|downloads?|views?|excerpts?|highly influential citations?)\b.{0,40}",
        "place": r"(?:exhibit(?:ion)? hall|hall|room|ballroom|poster hall|meeting room|auditorium|west|east|north|south|great hall|arad|booth)\b.{0,50}#?\d.{0,20}|.{0,40}\bposter session\b.{0,30}|.{0,20}#\d{2,5}",
        "time": r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? .{0,30}\d{1,2}[:.]\d\d.{0,60}|.{0,20}\d{1,2}:\d\d\s?(?:[ap]\.?m\.?)?\s?[-–—]\s?.{0,10}\d{1,2}:\d\d.{0,30}",
        "notice": r"(?:an official website|here's how you know|this article is a preprint|the .{2,40} logo\b|it is made available|we gratefully acknowledge|this (?:site|website) (?:uses|requires)|by clicking|learn about|you (?:are|do not)|your (?:account|institution)|skip to|search v\d|please (?:log|sign|enable)|the authors? (?:has|have) declared|all rights reserved|view orcid profile$|right-click|report an issue|paperid|sign in to|powered by|want to|did you mean|try\b.{0,30}search|don't miss|join the|make sure|create a free|help us).{0,300}",
        "copyright": r"(?:©|\(c\)|copyright)\W.{0,600}",
        "menu": r"(?:select year|since|before|custom range|sort|order|show|page|volume list|browse|search|filter|year|any)\b\W{0,3}(?:\(?\d{0,4}\)?|by .{0,20}|…|\.\.\.)",
        "authors": r"\W{0,3}(?:\+\s?)?\d{1,5} (?:more )?authors?",
    }.items()
}  # fmt: skip

_PIECE = re.compile(r"[^\W\d_][^\d\s]*|\d[\d.,k]*|\S")


@lru_cache(maxsize=20_000)
def chrome(text: str) -> str:
    """Name the kind of thing a line is to its site, or '' for what may be part of a paper.

    >>> chrome("Save Cite Cited by 12 Related articles All 3 versions"), chrome("[pdf] [supp] [arXiv]")
    ('buttons', 'buttons')
    >>> chrome("AbstractFull TextInfo/HistoryMetrics Preview PDF"), chrome("Free PMC article.")
    ('buttons', 'badge')
    >>> chrome("Code Search"), chrome("A Survey of Search Filters"), chrome("References")
    ('', '', 'section')
    """
    text = " ".join(text.split())
    low = text.lower().strip(" .:|·•»«›‹#*!▸▾▼+-–")
    if low in SECTIONS:
        return "section"
    if low in BADGES:
        return "badge"
    if low in BUTTONS or _is_row(text):
        return "buttons"
    if found := furniture(text):
        return found
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(text[:700])), "")


def _is_row(text: str) -> bool:
    """Whether a line is made of the site's words alone, in brackets, glued, or with one that tells."""
    if len(text) > LONGEST:
        return False
    text = text.replace("arXiv", "arxiv").replace("GitHub", "github")
    glued = bool(re.search(r"[a-z][A-Z]", text))
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    words = re.sub(r"[^a-z&/.' -]+", " ", re.sub(r"\d[\d.,]*k?", " ", spaced.lower())).split()
    if not words:
        return False
    bracketed = text.count("[") > 1 or (text.startswith("[") and text.endswith("]"))
    telling = len(words) > 2 or any(word.strip(".") in TELLING for word in words)
    many = bracketed or glued or (telling and any(word.strip(".") in TELLING for word in words))
    return many and _segments([word.strip(".'") for word in words if word.strip(".'-/&")])


def _segments(words: list[str]) -> bool:
    """Whether words in a row are phrases of the site from beginning to end."""
    reached = {0}
    for end in range(1, len(words) + 1):
        starts = (start for start in range(max(0, end - 6), end) if start in reached)
        if any(" ".join(words[start:end]) in BUTTONS | BADGES for start in starts):
            reached.add(end)
    return len(words) in reached


SCHOLARLY = re.compile(
    r"cited by\b|\b(?:pmid|pmcid|issn|doi|bibtex|openreview|orcid|arxiv|biorxiv|medrxiv|ssrn|anthology|peer review|preprint)\b"
    r"|\d{1,4} authors?\b|\bproceedings\b|\bpp\.? ?\d|\[ ?abstract ?\]|submission number|\bpdf bib\b|pages? \d+[-–]\d+|^abstract\b|trending papers|daily papers",
    re.I,
)  # fmt: skip
"""What is said on pages of scholarly sites and hardly anywhere else."""
