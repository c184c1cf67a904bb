"""Parsing of untrusted XML: no entities, no files, no network, bounded depth.

Damaged XML is read as far as it goes; HTML's character references are accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from lxml import etree

from digest.models import Seed

Element = etree._Element

_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[\]]{0,1000}>", re.I)
_REFERENCE = re.compile(
    r"&(?:(#\d{1,7}|#x[0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos)|([A-Za-z][A-Za-z0-9]{1,30}))?(;?)"
)
"""A character reference, of a number, of XML or of HTML; or a bare ampersand."""
_VOID = re.compile(r"<((?:br|hr|wbr|img)(?:\s[^<>]{0,500}?)?)\s*(?<!/)>", re.I)
"""HTML's elements without an end tag, as found in XML."""


class UnsafeError(Exception):
    """Raised for a document that declares entities, which no list of papers needs."""


def looks_xml(text: str) -> bool:
    """Whether a document begins like XML."""
    return bool(re.match(r"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_][\w:.-]*[\s/>])", text[:2000]))


def parse(seed: Seed) -> Element | None:
    """Return the root element of a document; None if there is none.

    Raises `UnsafeError` if the document declares entities.
    """
    if re.search(r"<!ENTITY|<!DOCTYPE[^>]*\[", seed.text, re.I):
        raise UnsafeError
    text = _DOCTYPE.sub("", seed.text)
    text = re.sub(r"^\s*<\?xml[^<>]{0,300}\?>", lambda m: "\n" * m.group().count("\n"), text)
    text = _REFERENCE.sub(_resolve_reference, text)
    if "<br" in text.lower() and "</br" not in text.lower():
        text = _VOID.sub(r"<\1/>", text)
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _resolve_reference(match: re.Match[str]) -> str:
    """Keep a reference of XML, replace one of HTML, escape a bare ampersand."""
    number, own, name, end = match.groups()
    if (number or own) and end:
        return match.group()
    if name and end and (found := html5.get(f"{name};")):
        return found
    return f"&amp;{match.group()[1:]}"


def name(element: Element | None) -> str:
    """Return the name of an element without its namespace, in lower case; empty for None."""
    tag = element.tag if element is not None else None
    # The prefix of an undeclared namespace is part of the tag.
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower() if isinstance(tag, str) else ""


def all_named(element: Element, *names: str) -> Iterator[Element]:
    """Yield the descendants of an element with one of the names."""
    for inner in element.iter():
        if inner is not element and name(inner) in names:
            yield inner


def children(element: Element, *names: str) -> list[Element]:
    """Return the children of an element with one of the names."""
    return [inner for inner in element if name(inner) in names]


def text(element: Element | None) -> str:
    """Return the whole text of an element, on one line.

    >>> text(etree.fromstring("<p>a <i>b</i>  c</p>"))
    'a b c'
    """
    if element is None:
        return ""
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def child_text(element: Element, *names: str) -> str:
    """Return the first text of a child, the children of the first name before those of others."""
    for wanted in names:
        for inner in children(element, wanted):
            if found := text(inner):
                return found
    return ""


def line(element: Element | None) -> int:
    """Return the 1-based line on which an element begins; 1 for None."""
    found = element.sourceline if element is not None else None
    return found if isinstance(found, int) else 1
