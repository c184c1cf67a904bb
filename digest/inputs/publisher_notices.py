"""What publishers put around an abstract, or in its place, taken off.

    … inherited. © 2023 Elsevier Ltd. All rights reserved.      Scopus, Mendeley
    [No abstract available]                                     Scopus
    … we show it. [ABSTRACT FROM AUTHOR] Copyright of …         EBSCO
    Abstract page for arXiv paper 2402.01234: Memory Networks   a bookmark

A notice goes only as a whole sentence at either end; the words of an abstract stay.
"""

from __future__ import annotations

import re
from dataclasses import replace

from digest.models import Record

LONGEST = 1_200
"""Letters at an end that are looked at for a notice."""

_NONE = re.compile(
    r"\W{0,3}(?:(?:this (?:article|paper|publication|item) (?:has|contains) )?no(?:t)? (?:an )?abstracts?(?: (?:is |was )?(?:available|provided|supplied|found|given|included))?"
    r"|(?:the )?abstracts? (?:is |are |was )?(?:not|un)\s?(?:yet )?(?:available|provided|supplied|found|included)(?: (?:for|from|in) .{0,80})?"
    r"|n/?a|n\.a\.|none|null|nil|nan|undefined|tba|tbd|to be announced|abstract|summary|description|\[?abstract from author\]?"
    r"|kein(?:e)? (?:abstract|zusammenfassung)(?: (?:verfügbar|vorhanden))?|pas de résumé(?: disponible)?|résumé (?:non|in)\s?disponible|sin resumen|resumen no disponible|sem resumo|摘要缺失|无摘要|暂无摘要)\W{0,3}",
    re.I,
)
"""What stands in place of an abstract that is not there."""

_PAGE = re.compile(r"\A(?:Abstract page for arXiv paper|Join the discussion on this paper page)\b.{0,600}\Z", re.S)  # fmt: skip
"""What the head of a page says where a bookmark takes it for a summary."""

_HEADING = re.compile(
    r"\A\s*(?:(?i:abstract|summary|résumé|zusammenfassung|resumen|摘要|要旨)\s*(?:[:：.—–]|-\s|\n)+\s*(?=\S)"
    r"|(?:ABSTRACT|SUMMARY)\s+(?=[A-Z][a-z])"
    r"|(?:Abstract|Summary)\s?(?=(?:We|The|This|These|In|An?|Our|It|To|Here|There|Background|Introduction|Objectives?|Purpose|Aims?|Motivation|Context|Recent|Recently|While|Although|With|Many|For|On)\s))",
)

_HOLDER = r"(?:(?:(?:Crown )?(?:[Cc]opyright|COPYRIGHT) )?(?:©|\([cC]\)|&copy;|\{?\\(?:text)?copyright(?![a-z])\}?)|(?:[Cc]opyright|COPYRIGHT)(?= (?:19|20)\d\d\b| (?:is )?held by| by | [Tt]he [Aa]uthor))"
_NOTICE = (
    rf"{_HOLDER}[^.]{{0,40}}(?:\b(?:19|20)\d\d\b|\b[Tt]he [Aa]uthors?)(?:[^.!?]|\.(?!\s+[A-Z][a-z]{{2,}}\s+[a-z])){{0,300}}"
    r"|(?:19|20)\d\d,? (?:The )?(?:Author(?:\(s\)|s)?|Elsevier|Springer|Wiley|IEEE|ACM|Taylor)\b[^.!?]{0,200}"
    r"|Copyright of .{3,300} is the property of .{3,900}"
    r"|Copyright (?:is )?held by [^.]{3,120}"
    r"|For (?:permissions?|commercial re-?use),? please .{3,120}"
    r"|All rights (?:are )?reserved(?:, including[^.]{0,200})?"
    r"|Published by (?:the )?(?:Elsevier|Springer|John Wiley|Wiley|Oxford|Cambridge|Taylor|SAGE|Sage|IOP|AIP|BMJ|EDP|De Gruyter|Informa|Mary Ann|Begell|American|Royal|Nature|MDPI|Hindawi|Frontiers|World Scientific)\b(?:[^.]|\.(?=[A-Za-z,]|\s[a-zV])){0,120}"
    r"|This (?:article|paper|work) is protected by copyright"
    r"|This (?:article |paper |work )?is an? open[- ]access (?:article|paper)[^.]{0,250}(?:\.\d)?[^.]{0,200}"
    r"|This (?:article|work|paper) is (?:licensed|published|distributed|made available) under [^.]{0,150}(?:\.\d)?[^.]{0,200}"
    r"|(?:Licensee|Licensed under|Distributed under) [^.]{0,150}(?:\.\d)?[^.]{0,100}"
    r"|\[?\(?ABSTRACT FROM (?:AUTHOR|PUBLISHER)\]?\)?"
    r"|\(?PsycI?NFO Database Record \([^.]{0,60}APA[^.]{0,60}"
    r"|(?:For personal use only|Reprinted (?:with|by) permission)[^.]{0,200}"
)
_TAIL = re.compile(rf"(?:(?<=[.!?)\]>”\"’…])|\A|(?<=\n))\s*(?:{_NOTICE})[.\s)\]]*\Z")
_HEAD = re.compile(rf"\A\s*(?:{_HOLDER}\s?(?:19|20)\d\d,?[^.!?]{{0,120}}(?:(?:Ltd|Inc|B\.V|Co|LLC|GmbH|S\.A|e\.V)\.)?[^.!?]{{0,40}}\.\s+(?:All rights reserved\.\s*)?)(?=\S)")  # fmt: skip


def trimmed(record: Record) -> Record:
    """Return a record whose abstract holds the words of its authors alone."""
    abstract = trim(record.abstract)
    return record if abstract == record.abstract else replace(record, abstract=abstract)


def trim(abstract: str) -> str:
    """Return an abstract without headings and notices; empty where it says that there is none.

    >>> trim("ABSTRACT We count bees. © 2023 Elsevier Ltd. All rights reserved.")
    'We count bees.'
    >>> trim("[No abstract available]"), trim("Abstract State Machines are machines.")
    ('', 'Abstract State Machines are machines.')
    >>> trim("We ask who holds the copyright of 2,000 books. All rights reserved is a formula.")
    'We ask who holds the copyright of 2,000 books. All rights reserved is a formula.'
    """
    text = _HEADING.sub("", abstract, count=1)
    text = _HEAD.sub("", text, count=1)
    for _ in range(6):
        shorter = _untailed(text)
        if shorter == text:
            break
        text = shorter
    text = _HEADING.sub("", text, count=1)
    return "" if _NONE.fullmatch(text[:200]) or _PAGE.match(text) else text


def _untailed(text: str) -> str:
    """Take the last notice off."""
    base = max(0, len(text) - LONGEST)
    end = text[base:]
    for match in re.finditer(r"(?:\A|(?<=[.!?)\]>”\"’…\n]))\s*(?=[©(\[&{\\A-Z12])", end):
        if found := _TAIL.match(end, match.start()):
            return text[: base + found.start()].rstrip()
    return text
