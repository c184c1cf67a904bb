"""XML of any shape as a row of papers: which elements are papers, and what stands in one.

Names count by their letters alone, without namespace; where an element is generic
(`<str name="title_s">`, `<field name="doi">`) its attribute gives the name. A paper
is the element around a title that also holds an author, an abstract or a DOI; what
is quoted in it, its reference list first, is no paper beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from digest.inputs.syntax import crosswalk, xml

TITLES = ("articletitle", "papertitle", "documenttitle", "titleproper", "atl", "t1", "title", "titre", "titel", "título", "titulo",
          "题名", "标题")  # fmt: skip
"""Elements that hold the title of a paper, the surest first."""

PERSONS = frozenset(("author", "creator", "contrib", "au", "a1", "authorname", "authorfullname"))
"""Elements that hold one author."""

_DETAILS = PERSONS | {
    "authors", "authorstring", "authorlist", "aus", "abstract", "abstracttext", "ab", "n2", "doi", "ee", "summary",
}  # fmt: skip
"""Elements of which a paper has one at least."""

_PAPERS = frozenset((
    "article", "inproceedings", "incollection", "book", "phdthesis", "mastersthesis", "thesis", "dissertation", "paper", "preprint",
    "record", "rec", "result", "doc", "document", "entry", "item", "work", "publication", "reference", "ref", "resource", "hit",
    "message", "source", "docsum", "tei", "biblfull", "biblstruct", "mixedcitation", "elementcitation", "product", "row",
))  # fmt: skip
"""Elements that programs wrap a paper in."""

_ASIDE = frozenset((
    "body", "back", "reflist", "references", "bibliography", "citations", "citedby", "subarticle", "response", "relateditem",
    "relateditems", "relatedarticle", "relatedarticles", "relatedobject", "editor", "editors", "translator", "contributor", "contributors",
    "aff", "affiliation", "affiliations", "permissions", "license", "history", "fundinggroup", "funding", "fundingreferences", "request",
    "authornotes", "notes", "supplementarymaterial", "www", "encodingdesc", "conference", "institution", "publisher", "email", "custommetagroup",
))  # fmt: skip
"""Elements that tell of something else than the paper around them."""

_VENUES = frozenset(
    ("journal", "journalinfo", "journalmeta", "monogr", "series", "seriesstmt", "host", "issue")
)
"""Elements that tell of where a paper was published."""

_GENERIC = frozenset(
    ("str", "arr", "int", "long", "date", "float", "bool", "field", "lst", "item", "meta", "cell")
)


def label(element: xml.Element) -> str:
    """Return what an element is called, by its letters alone."""
    name = xml.name(element)
    if name in _GENERIC and (said := element.get("name") or element.get("Name")):
        name = said
    return crosswalk.plain(name)


def papers(root: xml.Element) -> list[xml.Element]:
    """Return the elements that are papers, in order.

    References count only where a document holds nothing else.
    """
    return _papers(root, [e for e, _ in walk(root)]) or _papers(root, list(root.iter()))


def _papers(root: xml.Element, seen: list[xml.Element]) -> list[xml.Element]:
    named = [(element, label(element)) for element in seen]
    details = [element for element, name in named if name in _DETAILS]
    telling: set[xml.Element] = {up for element in details for up in _above(element)}
    around = [_around(element, telling) for element, name in named if name in TITLES]
    found = dict.fromkeys(element for element in around if element is not None)
    told = {next((up for up in _above(e) if up in found), None) for e in details}
    inner = Counter(up for e in found for up in _above(e) if up in found)
    whole = {element for element in found if element in told and inner[element] < 2}
    kept = {e for e in found if inner[e] < 2 and not any(up in whole for up in _above(e))}
    order = {element: at for at, element in enumerate(seen)}
    return sorted(kept & (whole | {e for e in found if not inner[e]}), key=lambda e: order[e])


def _above(element: xml.Element) -> Iterator[xml.Element]:
    """The elements around one, the nearest first; the depth of XML is bounded."""
    return element.iterancestors()


def _around(title: xml.Element, telling: set[xml.Element]) -> xml.Element | None:
    """The paper that a title belongs to: what programs call one, else the nearest that tells of one."""
    near = [up for up in _above(title) if up in telling][:8]
    return next((up for up in near if label(up) in _PAPERS), near[0] if near else None)


def walk(paper: xml.Element) -> Iterator[tuple[xml.Element, bool]]:
    """Go through what belongs to an element, the outer first, and say what tells of where it appeared."""
    level = [(paper, False)]
    while level:
        following = []
        for element, venue in level:
            yield element, venue
            for inner in element:
                name = label(inner)
                if name not in _ASIDE:
                    following.append((inner, venue or name in _VENUES))
        level = following


def children(element: xml.Element) -> object:
    """Return an element as programs' objects are: its text, or its parts by name.

    >>> from lxml import etree
    >>> children(etree.fromstring("<a><first>Ada</first><last>Roe</last><email>a@b.org</email></a>"))
    {'first': ['Ada'], 'last': ['Roe']}
    """
    parts: dict[str, list[object]] = {}
    for inner in element:
        if (name := label(inner)) not in _ASIDE | _MARKS:
            parts.setdefault(name, []).append(children(inner))
    own = (element.text or "").strip()
    return own or xml.text(element) if own or not parts else parts


_MARKS = frozenset(("xref", "contribid", "orcid", "idno", "nameidentifier", "role", "degrees", "ptr", "sup", "authorid", "address"))  # fmt: skip
"""Parts of a person that are no part of the name."""
