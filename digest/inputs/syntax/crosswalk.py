"""Crosswalk from the keys of JSON objects and tables to the fields of a record."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from digest.inputs import findings
from digest.inputs.syntax import creators, date_parsing, publication_parts
from digest.language.dates import Rough
from digest.language.strings import squeeze
from digest.models import Link, LinkKind, Publication, Record, Seed
from digest.papers import ids, publication_types


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

_KEYS: Mapping[str, tuple[str, ...]] = {
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

_PART_OF: dict[str, list[tuple[str, int]]] = {}
"""The parts that a key may hold, each with the rank of the key among those of the part."""
for _part, _part_names in _PARTS.items():
    for _rank, _name in enumerate(_part_names):
        _PART_OF.setdefault(_name, []).append((_part, _rank))

_HOLDERS = frozenset(
    _keys(
        "journal|journal info|publication info|biblio|container|book or report details|part of|host|imprints"
    )
)
"""Keys of objects that describe the journal or the issue of a paper."""

_IDS: Mapping[str, tuple[str, ...]] = {
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
_LINKS: Mapping[str, LinkKind | None] = {
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
    for table in (_IDS, _KEYS)
    for field, names in table.items()
    for name in names
    if name not in ("id", "identifier", "identifiers", "externalurl", "site", "entryid", "paperid")
}


def holds_identifier(key: str) -> bool:
    """Whether a normalized key may hold an identifier or an address of a paper."""
    return key in _LINKS or any(key in names for names in _IDS.values())


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
    for _ in range(_DEEPEST):
        wrapper = next(
            (key for key in _WRAPPERS if (inner := _held(low.get(key))) and _wraps(inner, low)),
            None,
        )
        if wrapper is None:
            break
        held = _held(low.pop(wrapper)) or {}
        inside = {normalize_key(str(k)): v for k, v in held.items() if v not in (None, "", [], {})}
        low = inside if wrapper in _CARDS else {**low, **inside}
    return low


def _held(value: Any) -> Mapping[str, Any] | None:
    """Return an object, or the first of a list of objects; None for any other value."""
    inner = value[0] if isinstance(value, list) and value else value
    return inner if isinstance(inner, Mapping) else None


_CARDS = frozenset(("embed", "external", "attachments", "card"))
"""Wrappers of what a message links to; the author of the message did not write the paper."""

_DEEPEST = 4
"""Maximum nesting of wrappers."""


def _wraps(inner: Mapping[str, Any], low: Mapping[str, Any]) -> bool:
    """Whether an inner object describes the paper or wraps one that may, and the outer does not."""
    keys = {normalize_key(str(key)) for key in inner}
    titled = keys & {*_KEYS["title"][:10]} or keys & {*_WRAPPERS}
    return bool(titled) and not (low.get("title") and (low.get("abstract") or low.get("authors")))


def record(seed: Seed, line: int, given: Mapping[str, Any]) -> Record | None:
    """Return a record of an object by its keys; None if it describes no paper."""
    low = unwrap(given)
    title, abstract = text(_first(low, "title")), text(_first(low, "abstract"))
    if (not title and not abstract) or _is_software(low):
        return None
    links = find_links(low)
    publication = publication_of(low, title)
    date, updated = _dates(low)
    return findings.record(
        seed,
        line,
        bare_title(title),
        abstract,
        authors=creators.authors(_first(low, "authors")),
        identifiers=find_identifiers(low, links),
        links=links,
        date=date,
        updated=updated,
        categories=categories(_first(low, "categories")),
        venue=text(_first(low, "venue")) or publication.container or None,
        publication=publication,
        comment=text(_first(low, "comment")) or None,
    )


def publication_of(low: Mapping[str, Any], title: str) -> Publication:
    """Return the publication that an object and its inner journal, volume or book describe.

    `title` is that of the paper, which is not its container.

    >>> journal = {"title": "Shores", "volume": 18, "issns": ["0000-0019"]}
    >>> publication_of({"type": "article", "journal": journal}, "A")
    Publication(kind='article-journal', container='Shores', volume='18', issn='0000-0019')
    """
    nested = list(_holders(low, _DEEPEST))
    values: dict[str, list[str]] = {}
    for keys in (low, *nested):
        ranked = sorted(
            (rank, part, name) for name in keys for part, rank in _PART_OF.get(name, ())
        )
        for _, part, name in ranked:
            values.setdefault(part, []).extend(_texts(keys[name]))
    types = values.pop("kind", [])
    genres = filter(None, map(publication_types.genre, types))
    parts = {"kind": publication_types.kind_of(*types), "genre": next(genres, "")}
    for part, found in values.items():
        if found:
            parts[part] = "; ".join(found[:20]) if part in publication_parts.NUMBERS else found[0]
    school, number = parts.pop("school", ""), parts.pop("number", "")
    if parts["kind"] in (publication_types.THESIS, publication_types.REPORT):
        parts["publisher"] = parts.get("publisher") or school
    numbered = parts.get("volume") or parts["kind"] == publication_types.REPORT
    if numbered and "arxiv" not in number.lower():
        parts.setdefault("issue", number)
    places = [
        text(keys[name]) for keys in (low, *nested) for name in _KEYS["venue"] if name in keys
    ]
    places += [text(keys.get("title")) for keys in nested]
    other = (place for place in places if place and place not in (title, parts.get("publisher")))
    cited = publication_parts.parse_citation(parts.pop("cited", ""))
    return publication_parts.publication({"container": next(other, ""), **cited, **parts})


def _holders(low: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield the inner objects that describe the journal, the volume or the book of a paper."""
    for key in _HOLDERS & low.keys() if depth else ():
        if held := _held(low[key]):
            inner = {normalize_key(str(name)): value for name, value in held.items()}
            yield inner
            yield from _holders(inner, depth - 1)


def _texts(value: Any) -> list[str]:
    """Return all texts of a field: of a list each, of an object its own or those of its values."""
    if isinstance(value, Mapping):
        inner = [text(value)] if text(value) else [t for v in value.values() for t in _flat(v)]
        return [one for one in inner if one]
    return _flat(value)


def _flat(value: Any) -> list[str]:
    """Return the texts of a value or of the first twenty of a list."""
    return [
        one for item in (value[:20] if isinstance(value, list) else [value]) if (one := text(item))
    ]


def _dates(low: Mapping[str, Any]) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the date of the first version, and of the newest where it is later.

    >>> _dates({"published": "2025-03-01", "updated": "2025-03-11"})
    (datetime.date(2025, 3, 1), datetime.date(2025, 3, 11))
    >>> versions = [{"created": "Mon, 2 Apr 2007 19:18:42 GMT"}, {"created": "Tue, 24 Jul 2007"}]
    >>> _dates({"versions": versions, "updatedate": "2008-11-26"})
    (datetime.date(2007, 4, 2), datetime.date(2007, 7, 24))
    """
    listed = low.get("versions")
    versions = [
        made
        for version in (listed if isinstance(listed, list) else ())
        if isinstance(version, Mapping) and (made := day(version.get("created")))
    ]
    if versions:
        return versions[0], date_parsing.later(versions[-1], versions[0])
    first = next((made for key in _KEYS["date"] if (made := day(low.get(key)))), None)
    return first, date_parsing.later(day(low.get("updated")), first)


def bare_title(title: str) -> str:
    """Return a title without what search engines and browser tabs put around it.

    >>> bare_title("[HTML][HTML] Ivy on walls"), bare_title("[2503.01234] Ivy"), bare_title(
    ...     "(PDF) Ivy | OpenReview"
    ... )
    ('Ivy on walls', 'Ivy', 'Ivy')
    >>> bare_title("#1 Ivy [PDF3] [Kimi5]")
    'Ivy'
    """
    bare = _BUTTONS.sub("", _TITLE_MARKS.sub("", title, count=1), count=1)
    return _SITE_NAME.sub("", bare, count=1) or title


_TITLE_MARKS = re.compile(
    r"\A\s*(?:\[(?:HTML|PDF|BOOK|CITATION|B|C|\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,10}/\d{7})\]\s*|\(PDF\)\s*|#\d{1,4}\s+(?=\S)){1,3}"
)
_BUTTONS = re.compile(
    r"(?:\s{0,9}\[(?:PDF|HTML|Kimi|Copy|REL|Rel|Related|Abs|Code|DOI)\s?\(?\d{0,5}\)?\]){1,8}\s*\Z"
)
_SITE_NAME = re.compile(
    r"\s+[|–—-]\s+(?:OpenReview|PubMed|PMC|ACL Anthology|bioRxiv|medRxiv|ScienceDirect|IEEE Xplore|SpringerLink|Nature|Semantic Scholar|Papers With Code|alphaXiv|Hugging Face)\s*\Z"
)


def _is_software(low: Mapping[str, Any]) -> bool:
    """Whether an object has a name and a description, as software has, but nothing of papers."""
    named = not low.keys() & {*_KEYS["title"]} - {"name"}
    abstracts = {*_KEYS["abstract"]} - {"description", "content", "text", "body"}
    known = low.keys() & {*abstracts, "doi", "arxiv", "pmid", "journal", "venue"}
    return named and not known


def _first(low: Mapping[str, Any], field: str) -> Any:
    """Return the value under the best key of a field; None if there is none."""
    return next((low[key] for key in _KEYS[field] if key in low), None)


def text(value: Any) -> str:
    """Return the text of a value: a string on one line, a number, the first text of a list.

    Of an object it is the value under `value`, `#text` and the like; else it is empty.
    """
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        return next((made for item in value if (made := text(item))), "")
    if isinstance(value, Mapping):
        return next((text(value[key]) for key in _TEXT_KEYS if key in value), "")
    return ""


_TEXT_KEYS = (
    *("value", "#text", "text", "$", "name", "en", "display_name", "full_text", "title"),
    *("content", "rendered"),
)
"""Keys of the text of an object, the best first."""


def day(value: Any) -> datetime.date | None:
    """Return a date from text, a year, seconds or milliseconds since 1970, or date-parts of CSL.

    >>> day(2024), day("2025-03-11T00:00:00Z"), day({"date-parts": [[2025, 3]]}), day(1741651200)
    (Rough.of(2024), datetime.date(2025, 3, 11), Rough.of(2025, 3), datetime.date(2025, 3, 11))
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _date_from_number(float(value))
    if isinstance(value, Mapping):
        parts = value.get("date-parts") or value.get("date_parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list):
            return date_parsing.parse("-".join(str(part).zfill(2) for part in parts[0][:3] if part))
        return day(
            value.get("raw") or value.get("literal") or value.get("date-time") or value.get("value")
        )
    if isinstance(value, list):
        return day(value[0]) if value else None
    return date_parsing.parse(str(value))


def _date_from_number(value: float) -> datetime.date | None:
    """Return a date from a year, or from seconds or milliseconds since 1970."""
    if 1400 <= value < 2200:
        return Rough.of(int(value))
    if not value > 1e8:
        return None
    seconds = value / 1000 if value > 1e11 else value
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    except (OverflowError, OSError, ValueError):
        return None


def categories(value: Any) -> tuple[str, ...]:
    """Return the categories in a list or a string.

    >>> categories("cs.LG cs.AI"), categories(["cs.LG", {"term": "stat.ML"}]), categories(
    ...     "Vision; Language models"
    ... )
    (('cs.LG', 'cs.AI'), ('cs.LG', 'stat.ML'), ('Vision', 'Language models'))
    """
    if isinstance(value, str):
        arxiv = re.fullmatch(r"(?:[a-z-]+(?:\.[A-Za-z-]+)?[\s,;]*)+", value[:500]) and "." in value
        split = re.split(r"[\s,;]+" if arxiv else r"\s*[;,|]\s*", value)
    elif isinstance(value, list):
        split = [
            text(item.get("term") or item) if isinstance(item, Mapping) else text(item)
            for item in value
        ]
    else:
        split = [text(value)]
    return tuple(dict.fromkeys(word for word in map(squeeze, split) if word))


def find_links(low: Mapping[str, Any]) -> tuple[Link, ...]:
    """Return the addresses of a paper under all keys that hold addresses."""
    found: dict[str, Link] = {}
    for key, kind in _LINKS.items():
        for url in _addresses(low[key]) if key in low else ():
            if link := ids.link(url, kind if kind != "other" else None):
                found.setdefault(link.url, link)
    return tuple(found.values())


def _addresses(value: Any) -> list[str]:
    """Return the addresses in a string, a list or an object."""
    if isinstance(value, str):
        return [
            piece
            for piece in re.split(r"[\s;]+", value[:5000])
            if "//" in piece or piece.startswith("www.")
        ]
    if isinstance(value, Mapping):
        return _addresses(value.get("url") or value.get("href") or "")
    return [url for item in value for url in _addresses(item)] if isinstance(value, list) else []


def find_identifiers(low: Mapping[str, Any], links: tuple[Link, ...] = ()) -> dict[str, str]:
    """Return the identifiers of a paper: from the keys that hold them, else from its addresses."""
    found: dict[str, str] = {}
    for kind, keys in _IDS.items():
        for key in keys:
            for value in _texts(low[key])[:20] if key in low else ():
                if kind not in found and (made := _identifier(kind, value[:300])):
                    found[kind] = made
    for key in (
        "externalids",
        "ids",
        "externalid",
        "identifier",
        "identifiers",
        "articleids",
        "relatedidentifiers",
    ):
        typed = _ids_by_kind(low[key]) if key in low else {}
        for kind, value in find_identifiers(typed).items() if typed else ():
            found.setdefault(kind, value)
    for kind, value in ids.identifiers(link.url for link in links if link.kind == "paper").items():
        found.setdefault(kind, value)
    return found


def _ids_by_kind(value: Any) -> dict[str, Any]:
    """Return identifiers by kind, from an object by kind or a list of objects with a kind each.

    >>> given = [{"type": "doi", "id": "10.1/a"}], {"ArXiv": "2503.01234"}, "10.1/a"
    >>> tuple(map(_ids_by_kind, given))
    ({'doi': '10.1/a'}, {'arxiv': '2503.01234'}, {})
    """
    if isinstance(value, Mapping):
        return {normalize_key(str(key)): inner for key, inner in value.items()}
    found: dict[str, Any] = {}
    for item in value if isinstance(value, list) else ():
        low = _ids_by_kind(item) if isinstance(item, Mapping) else {}
        kind = next((low[key] for key in _ID_KINDS if key in low), None)
        identifier = next((low[key] for key in _ID_VALUES if key in low), None)
        if isinstance(kind, str) and identifier:
            found.setdefault(normalize_key(kind), identifier)
    return found


_ID_KINDS = ("type", "idtype", "identifiertype", "scheme", "externalidtype")
_ID_VALUES = ("id", "value", "identifier", "externalidvalue")


def _identifier(kind: str, value: str) -> str | None:
    """Return the identifier of a kind in a text; None if there is none."""
    if kind == "arxiv":
        return ids.arxiv(value)
    if kind == "doi":
        return ids.doi(value)
    if kind == "pmid":
        match = re.search(r"\d{4,9}", value)
        return match.group() if match else None
    return ids.identifiers([value]).get(kind) or (
        value if "/" not in value and " " not in value else None
    )
