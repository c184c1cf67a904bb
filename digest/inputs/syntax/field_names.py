"""The names under which JSON objects, tables and properties hold the fields of a record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from digest.models import LinkKind


def _keys(text: str) -> tuple[str, ...]:
    """Return normalized keys from names separated by `|`, each once."""
    return tuple(dict.fromkeys(map(normalize_key, text.split("|"))))


def normalize_key(key: str) -> str:
    """Return the letters and digits of a key in lower case, without its namespace.

    A type as in Solr's `title_s` is removed as well.

    >>> [normalize_key(key) for key in ("dc:Title", "publicationDate", "title_s", "Author(s)", "摘要")]
    ['title', 'publicationdate', 'title', 'authors', '摘要']
    """
    key = _TYPED.sub("", key.strip().rsplit(":", 1)[-1])
    return "".join(character for character in key.lower() if character.isalnum())


_TYPED = re.compile(r"(?<=[a-z])_(?:s|ss|t|txt|str|en|i|is|dt|facet|display|sort)$")

KEYS: Mapping[str, tuple[str, ...]] = {
    field: _keys(names)
    for field, names in {
        "title": "title|paper title|article title|document title|primary title|work title|item title|paper name|titles|display title|name|headline"
        "|titel|titre|título|titolo|tytuł|título do artigo|标题|题名|論文名|タイトル|название|제목",
        "abstract": "abstract|abstract text|abstract note|paper abstract|abstracts|abstract summary|summary|description|content html|content text|content|text|body"
        "|zusammenfassung|résumé|resumen|resumo|riassunto|摘要|要旨|抄録|аннотация|초록",
        "authors": "author full names|authors|author|authors parsed|author list|author name|authorships|creators|author(s)|author names|creator|author full name|authors list"
        "|author string|auth full name|author/s|contributors|byline|auteurs|autoren|verfasser|autores|autori|作者|著者|авторы|저자",
        "date": "date|published|publication date|published date|published at|submitted|submitted date|created|update date|updated|date published|pub date|publication cover date"
        "|cover date|first publication date|online date|published online|published print|issued|date issued|earliest date|preprint date|first published|date added to arxiv"
        "|year|publication year|pub year|submitted on daily at|jahr|année|año|ano|anno|年份|出版年",
        "venue": "venue|journal|journal ref|pub|booktitle|publication title|source title|conference|container title|publication|proceeding|publication name|journal title|journal name"
        "|journal info|book title|full journal title|host venue|conference name|journal book|anthology title|proceedings title|secondary title|zeitschrift|revue|revista|rivista|期刊|来源",
        "comment": "comment|comments",
        "categories": "categories|category|subjects|tags|primary category|fields|tasks|keywords|author keywords|subject|primary area",
    }.items()
}
"""The keys of each field, the best first."""

_PARTS: Mapping[str, tuple[str, ...]] = {
    part: _keys(names)
    for part, names in {
        "kind": "item type|document type|publication type|publication types|entry type|reference type|resource type general|resource type|content type|doc type|pub type|pub type list"
        "|type of reference|type of work|type crossref|article type|work type|type|genre|subtype description|doctype|pubtype|typ|文献类型",
        "genre": "thesis type|degree",
        "volume": "volume|vol|vol.|journal volume|volume number|band|tome|volumen|卷",
        "issue": "issue|issue number|journal issue|issue no|iss|heft|numéro|número|期",
        "number": "number",
        "pages": "pages|page|page range|pagination|page info|pg|seiten|páginas|页码",
        "first": "start page|page start|first page|starting page|beginning page|begin page|spage|fpage|page first",
        "last": "end page|page end|last page|ending page|epage|lpage|page last",
        "article": "article number|art no|art. no.|article no|article id number|artid|eid number|e location id|elocation id",
        "publisher": "publisher|publisher name|publishers|verlag|éditeur|editorial|出版社",
        "school": "university|school|institution|granting institution|degree grantor",
        "isbn": "isbn|isbns|isbn 13|isbn 10|e isbn|eisbn|print isbn|electronic isbn",
        "issn": "issn|issns|print issn|p issn|issn l|e issn|eissn|electronic issn|essn|issn print|issn electronic|issn online",
        "cited": "citation|source|reference",
    }.items()
}
"""The keys of each part of a publication, the best first."""

PARTS_OF_KEY: dict[str, list[tuple[str, int]]] = {}
"""The parts that a key may hold, each with the rank of the key among those of the part."""
for _part, _part_names in _PARTS.items():
    for _rank, _name in enumerate(_part_names):
        PARTS_OF_KEY.setdefault(_name, []).append((_part, _rank))

HOLDERS = frozenset(
    _keys(
        "journal|journal info|publication info|biblio|container|book or report details|part of|host|imprints"
    )
)
"""Keys of objects that describe the journal or the issue of a paper."""

IDENTIFIER_KEYS: Mapping[str, tuple[str, ...]] = {
    kind: _keys(names)
    for kind, names in {
        "arxiv": "arxiv|arxiv id|arxiv eprints|paper arxiv id|arxiv number|paper id|id|entry id|eprint|archive id|external url|identifiers|identifier",
        "doi": "doi|dois|doi url|digital object identifier|doi link|doi id|identifier|identifiers|external url|article doi",
        "acl": "acl|acl id|anthology id",
        "openreview": "openreview|openreview id|forum|site",
        "pmid": "pmid|pubmed|pubmed id|pm id",
    }.items()
}
"""The keys of each identifier, the best first."""
_LINK_KEYS: Sequence[tuple[LinkKind | None, str]] = (
    (
        None,
        "url|link|links|urls|external url|article url|landing page url|document url|source url|address|web address|uri|title link|from url|original url",
    ),
    (
        "paper",
        "abs|abs url|pdf|pdf url|paper url|url abs|url pdf|paper url abs|paper url pdf|arxiv url|html|entry id|pdf link|official url",
    ),
    ("code", "code|code url|github|github url|github repo|repo|repo url|repository"),
    ("project", "project|project url|project page"),
    ("video", "video"),
    ("data", "dataset"),
    ("model", "model"),
)
LINK_KINDS: Mapping[str, LinkKind | None] = {
    normalize_key(name): kind for kind, names in _LINK_KEYS for name in names.split("|")
}
"""The kind of link under each key; None where the address has to show it."""

_WRAPPERS = _keys(
    "data|metadata|attributes|source|bibjson|content|record|post|paper|article|info|item|work|entry|document|resource|fields|biblio|embed|external|attachments|card"
)
"""Keys of objects that describe the paper inside those that describe the entry."""


def field(name: str) -> str | None:
    """Return the field of a record that the name of a column or key stands for; None for any other.

    >>> field("Article Title"), field("authorships.author.display_name"), field("DOI"), field(
    ...     "Rent"
    ... )
    ('title', 'authors', 'doi', None)
    """
    return _FIELDS.get(normalize_key(name)) or _FIELDS.get(normalize_key(innermost(name)))


def innermost(name: str) -> str:
    """Return the last meaningful part of a dotted name.

    >>> innermost("authorships.author.display_name"), innermost("ids.doi"), innermost("Art. No.")
    ('author', 'doi', 'Art. No.')
    """
    if " " in name or "." not in name.strip("."):
        return name
    parts = [part for part in name.split(".") if normalize_key(part) not in _NAMELESS]
    return parts[-1] if parts else name


_NAMELESS = frozenset(("displayname", "name", "value", "text"))
"""Keys that name no field."""

_FIELDS: Mapping[str, str] = {
    name: field
    for table in (IDENTIFIER_KEYS, KEYS)
    for field, names in table.items()
    for name in names
    if name not in ("id", "identifier", "identifiers", "externalurl", "site", "entryid", "paperid")
}


def holds_identifier(key: str) -> bool:
    """Whether a normalized key may hold an identifier or an address of a paper."""
    return key in LINK_KINDS or any(key in names for names in IDENTIFIER_KEYS.values())


def is_publication_part(key: str) -> bool:
    """Whether a normalized key holds a part of the publication: its volume, its pages."""
    return any(key in names for names in _PARTS.values())


def unwrap(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object by its normalized keys, the values of a wrapped object first.

    >>> unwrap({"_id": 1, "_source": {"Title": "A", "abstract": {"value": "B"}}})["title"]
    'A'
    """
    low: dict[str, Any] = {}
    for key, value in given.items():
        if value not in (None, "", [], {}):
            low.setdefault(normalize_key(str(key)), value)
    for _ in range(DEEPEST):
        wrapper = next(
            (
                key
                for key in _WRAPPERS
                if (inner := held_object(low.get(key))) and _wraps(inner, low)
            ),
            None,
        )
        if wrapper is None:
            break
        held = held_object(low.pop(wrapper)) or {}
        inside = {normalize_key(str(k)): v for k, v in held.items() if v not in (None, "", [], {})}
        low = inside if wrapper in _CARDS else {**low, **inside}
    return low


def held_object(value: Any) -> Mapping[str, Any] | None:
    """Return an object, or the first of a list of objects; None for any other value."""
    inner = value[0] if isinstance(value, list) and value else value
    return inner if isinstance(inner, Mapping) else None


_CARDS = frozenset(("embed", "external", "attachments", "card"))
"""Wrappers of what a message links to; the author of the message did not write the paper."""

DEEPEST = 4
"""Maximum nesting of wrappers."""


def _wraps(inner: Mapping[str, Any], low: Mapping[str, Any]) -> bool:
    """Whether an inner object describes the paper or wraps one that may, and the outer does not."""
    keys = {normalize_key(str(key)) for key in inner}
    titled = keys & {*KEYS["title"][:10]} or keys & {*_WRAPPERS}
    return bool(titled) and not (low.get("title") and (low.get("abstract") or low.get("authors")))
