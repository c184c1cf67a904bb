"""XML of any shape: which elements are papers, and what belongs to them.

Names are normalized, without namespaces; a generic element (`<str name="title_s">`,
`<field name="doi">`) is named by its attribute. A paper is the element around a title
that also contains an author, an abstract or a DOI; elements inside a paper, such as the
entries of its reference list, are no papers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from digest.inputs.syntax import field_names, xml

TITLES = ("articletitle", "papertitle", "documenttitle", "titleproper", "atl", "t1", "title", "titre", "titel", "título", "titulo",
          "题名", "标题")  # fmt: skip
"""Elements with the title of a paper, the surest first."""

PERSONS = frozenset(("author", "creator", "contrib", "au", "a1", "authorname", "authorfullname"))
"""Elements with one author."""

_DETAILS = PERSONS | {
    "authors", "authorstring", "authorlist", "aus", "abstract", "abstracttext", "ab", "n2", "doi", "ee", "summary",
}  # fmt: skip
"""Elements of which a paper has at least one."""

_PAPERS = frozenset((
    "article", "inproceedings", "incollection", "book", "phdthesis", "mastersthesis", "thesis", "dissertation", "paper", "preprint",
    "record", "rec", "result", "doc", "document", "entry", "item", "work", "publication", "reference", "ref", "resource", "hit",
    "message", "source", "docsum", "tei", "biblfull", "biblstruct", "mixedcitation", "elementcitation", "product", "row",
))  # fmt: skip
"""Elements that enclose a paper."""

_UNRELATED = frozenset((
    "body", "back", "reflist", "references", "bibliography", "citations", "citedby", "subarticle", "response", "relateditem",
    "relateditems", "relatedarticle", "relatedarticles", "relatedobject", "editor", "editors", "translator", "contributor", "contributors",
    "aff", "affiliation", "affiliations", "permissions", "license", "history", "fundinggroup", "funding", "fundingreferences", "request",
    "authornotes", "notes", "supplementarymaterial", "www", "encodingdesc", "conference", "institution", "publisher", "email", "custommetagroup",
))  # fmt: skip
"""Elements that describe something other than the paper around them."""

_VENUES = frozenset(
    ("journal", "journalinfo", "journalmeta", "monogr", "series", "seriesstmt", "host", "issue")
)
"""Elements that describe where a paper was published."""

_GENERIC = frozenset(
    ("str", "arr", "int", "long", "date", "float", "bool", "field", "lst", "item", "meta", "cell")
)
"""Elements that an attribute names."""


def label(element: xml.Element) -> str:
    """Return the normalized name of an element, or of the attribute that names it."""
    name = xml.name(element)
    if name in _GENERIC and (own := element.get("name") or element.get("Name")):
        name = own
    return field_names.normalize_key(name)


def papers(root: xml.Element) -> list[xml.Element]:
    """Return the elements that are papers, in order.

    References are papers only where a document holds nothing else.
    """
    return _papers([e for e, _ in walk(root)]) or _papers(list(root.iter()))


def _papers(seen: list[xml.Element]) -> list[xml.Element]:
    """Return the elements among those in document order that are papers."""
    named = [(element, label(element)) for element in seen]
    details = [element for element, name in named if name in _DETAILS]
    detailed: set[xml.Element] = {up for element in details for up in _ancestors(element)}
    around = [_around(element, detailed) for element, name in named if name in TITLES]
    found = dict.fromkeys(element for element in around if element is not None)
    described = {next((up for up in _ancestors(e) if up in found), None) for e in details}
    inner = Counter(up for e in found for up in _ancestors(e) if up in found)
    whole = {element for element in found if element in described and inner[element] < 2}
    kept = {e for e in found if inner[e] < 2 and not any(up in whole for up in _ancestors(e))}
    order = {element: at for at, element in enumerate(seen)}
    return sorted(kept & (whole | {e for e in found if not inner[e]}), key=lambda e: order[e])


def _ancestors(element: xml.Element) -> Iterator[xml.Element]:
    """Yield the elements around one, the nearest first."""
    return element.iterancestors()


def _around(title: xml.Element, detailed: set[xml.Element]) -> xml.Element | None:
    """Return the paper of a title: the nearest element with the name of one, else with details."""
    near = [up for up in _ancestors(title) if up in detailed][:8]
    return next((up for up in near if label(up) in _PAPERS), near[0] if near else None)


def walk(paper: xml.Element) -> Iterator[tuple[xml.Element, bool]]:
    """Yield what belongs to a paper, breadth first, and whether it describes the venue."""
    level = [(paper, False)]
    while level:
        following = []
        for element, venue in level:
            yield element, venue
            for inner in element:
                name = label(inner)
                if name not in _UNRELATED:
                    following.append((inner, venue or name in _VENUES))
        level = following


def to_object(element: xml.Element) -> object:
    """Return an element in the form of JSON: its text, or its parts by name.

    >>> from lxml import etree
    >>> to_object(
    ...     etree.fromstring("<a><first>Ada</first><last>Roe</last><email>a@b.org</email></a>")
    ... )
    {'first': ['Ada'], 'last': ['Roe']}
    """
    parts: dict[str, list[object]] = {}
    for inner in element:
        if (name := label(inner)) not in _UNRELATED | _NOT_NAMES:
            parts.setdefault(name, []).append(to_object(inner))
    own = (element.text or "").strip()
    return own or xml.text(element) if own or not parts else parts


_NOT_NAMES = frozenset(("xref", "contribid", "orcid", "idno", "nameidentifier", "role", "degrees", "ptr", "sup", "authorid", "address"))  # fmt: skip
"""Parts of a person that are not part of the name."""
