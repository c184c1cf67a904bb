"""Passages that programs marked up, XML or HTML, as plain text on one line.

Headings of sections stay, followed by a colon; a heading that stands alone says
nothing and goes, as do notes, figures and the marks that refer to them.
"""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

from digest.inputs.syntax import json_records, xml

_PREFIX = r"(?:[\w.-]{1,20}:)?"
_DROPPED = re.compile(
    rf"<{_PREFIX}(xref|fn|fig|graphic|table-wrap|tex-math|annotation)\b(?:[^<>]{{0,300}}[^<>/])?>.{{0,3000}}?</{_PREFIX}\1>",
    re.I | re.S,
)
_HEADING = re.compile(
    rf"<{_PREFIX}(title|head|h[1-6])\b[^<>]{{0,300}}>\s*(.{{0,200}}?)\s*</{_PREFIX}\1>\s*"
    rf"|<{_PREFIX}AbstractText\b[^<>]{{0,200}}?\bLabel=\"([^\"<>]{{1,100}})\"[^<>]{{0,200}}>\s*",
    re.I | re.S,
)
_BLOCK = re.compile(
    rf"\0|(?<!: )</?{_PREFIX}(?:p|div|br|sec|list|list-item|li|ul|ol|blockquote|cite|hr|tr|abstract|summary)\b[^<>]{{0,500}}>",
    re.I,
)
_ITSELF = re.compile(r"\W*(?:abstract|summary|unlabelled|)\W*", re.I)
_STOPS = (":", ".", "?", "!", "：", "。")


def of(element: xml.Element | None) -> str:
    """Return the text of an element; a program may have escaped tags within it.

    >>> of(etree.fromstring("<p>&lt;h4&gt;Aim&lt;/h4&gt;Sea ice.&lt;h4&gt;Result&lt;/h4&gt;It melts.</p>"))
    'Aim: Sea ice. Result: It melts.'
    """
    return passage(marked(element))


def marked(element: xml.Element | None) -> str:
    """Return what stands in an element with its tags, be they XML or escaped."""
    if element is None:
        return ""
    if len(element):
        whole = etree.tostring(element, encoding="unicode", with_tail=False)
        return str(whole[whole.index(">") + 1 : whole.rindex("<")])
    return element.text or ""


def passage(text: str) -> str:
    """Return a marked-up text without its tags.

    >>> passage("<sec><title>Aim</title><p>Sea <i>ice</i><xref>1</xref>.</p></sec>")
    'Sea ice.'
    """
    return " ".join(lines(text))


def lines(text: str) -> list[str]:
    """Return the blocks of a marked-up text, each on one line; a heading stands before its first.

    >>> lines("<p>Author(s): Ann Poe</p><p>We <b>show</b><br/>that.</p>")
    ['Author(s): Ann Poe', 'We show', 'that.']
    """
    if "<" not in text and "&lt;" in text:
        text = unescape(text)
    if "<" not in text:
        return [made] if (made := json_records.untag(text)) else []
    text = _DROPPED.sub("", text)
    heads = [name for match in _HEADING.finditer(text) if (name := _name(match))]
    alone = len(heads) == 1 and not json_records.untag(text[: text.find(heads[0])])
    text = _HEADING.sub(lambda m: "\0" if alone else f"\0{_headed(_name(m))}", text)
    return [made for block in _BLOCK.split(text) if (made := json_records.untag(block))]


def _name(heading: re.Match[str]) -> str:
    """What a heading says, unless that an abstract is one."""
    name = (heading[2] or heading[3] or "").strip()
    return "" if _ITSELF.fullmatch(json_records.untag(name)) else name


def _headed(name: str) -> str:
    return f" {name} " if not name or name.endswith(_STOPS) else f" {name}: "
