"""One object, in the keys people use, as the fields of a record."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from digest.inputs import findings
from digest.inputs.syntax import creators, date_parsing, publication_parts
from digest.language.dates import Rough
from digest.models import Link, LinkKind, Publication, Record, Seed
from digest.papers import ids, publication_types


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain, text.split("|"))))


def plain(key: str) -> str:
    """Return the letters and digits of a key in lower case, without namespace, or type as in Solr's `title_s`.

    >>> plain("dc:Title"), plain("publicationDate"), plain("title_s"), plain("Author(s)"), plain("摘要")
    ('title', 'publicationdate', 'title', 'authors', '摘要')
    """
    key = _TYPED.sub("", key.strip().rsplit(":", 1)[-1])
    return "".join(letter for letter in key.lower() if letter.isalnum())


_TYPED = re.compile(r"(?<=[a-z])_(?:s|ss|t|txt|str|en|i|is|dt|facet|display|sort)$")

_KEYS: Mapping[str, tuple[str, ...]] = {
    field: _names(names)
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
"""What sources call a field, the best first; letters and digits alone count."""

_PARTS: Mapping[str, tuple[str, ...]] = {
    part: _names(names)
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
"""What sources call the parts of a publication, the best first."""

_PART_OF: dict[str, list[tuple[str, int]]] = {}
"""The parts that a plain key may hold, each with the place that the key has among its names."""
for _part, _part_names in _PARTS.items():
    for _rank, _name in enumerate(_part_names):
        _PART_OF.setdefault(_name, []).append((_part, _rank))

_HOLDERS = frozenset(
    _names(
        "journal|journal info|publication info|biblio|container|book or report details|part of|host|imprints"
    )
)
"""Keys under which sources tell of the journal or the issue that holds a paper."""

_IDS: Mapping[str, tuple[str, ...]] = {
    kind: _names(names)
    for kind, names in {
        "arxiv": "arxiv|arxiv id|arxiv eprints|paper arxiv id|arxiv number|paper id|id|entry id|eprint|archive id|external url|identifiers|identifier",
        "doi": "doi|dois|doi url|digital object identifier|doi link|doi id|identifier|identifiers|external url|article doi",
        "acl": "acl|acl id|anthology id",
        "openreview": "openreview|openreview id|forum|site",
        "pmid": "pmid|pubmed|pubmed id|pm id",
    }.items()
}
_NAMED: Sequence[tuple[LinkKind | None, str]] = (
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
    plain(name): kind for kind, names in _NAMED for name in names.split("|")
}  # fmt: skip

_WRAPPERS = _names(
    "data|metadata|attributes|source|bibjson|content|record|post|paper|article|info|item|work|entry|document|resource|fields|biblio|embed|external|attachments|card"
)
"""Keys under which sources put what they know of a paper, beside what they know of the entry."""


def field(name: str) -> str | None:
    """Return the field of a record that sources call by a name; None for any other name.

    >>> field("Article Title"), field("authorships.author.display_name"), field("DOI"), field("Rent")
    ('title', 'authors', 'doi', None)
    """
    return _FIELDS.get(plain(name)) or _FIELDS.get(plain(innermost(name)))


def innermost(name: str) -> str:
    """Return the part of a dotted name that says what it holds.

    >>> innermost("authorships.author.display_name"), innermost("ids.doi"), innermost("Art. No.")
    ('author', 'doi', 'Art. No.')
    """
    if " " in name or "." not in name.strip("."):
        return name
    parts = [part for part in name.split(".") if plain(part) not in _NAMELESS]
    return parts[-1] if parts else name


_NAMELESS = frozenset(("displayname", "name", "value", "text"))

_FIELDS: Mapping[str, str] = {
    name: said
    for table in (_IDS, _KEYS)
    for said, names in table.items()
    for name in names
    if name not in ("id", "identifier", "identifiers", "externalurl", "site", "entryid", "paperid")
}


def points(key: str) -> bool:
    """Whether a plain key may hold an identifier or an address of a paper."""
    return key in _LINKS or any(key in names for names in _IDS.values())


def is_part(key: str) -> bool:
    """Return whether a plain key holds a part of the publication: its volume, its pages."""
    return any(key in names for names in _PARTS.values())


def unwrapped(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object by its plain keys, what is wrapped in it first.

    >>> unwrapped({"_id": 1, "_source": {"Title": "A", "abstract": {"value": "B"}}})["title"]
    'A'
    """
    low: dict[str, Any] = {}
    for key, value in given.items():
        if value not in (None, "", [], {}):
            low.setdefault(plain(str(key)), value)
    for _ in range(_DEEPEST):
        wrapper = next(
            (key for key in _WRAPPERS if (inner := _held(low.get(key))) and _wraps(inner, low)),
            None,
        )
        if wrapper is None:
            break
        held = _held(low.pop(wrapper)) or {}
        inside = {plain(str(k)): v for k, v in held.items() if v not in (None, "", [], {})}
        low = inside if wrapper in _CARDS else {**low, **inside}
    return low


def _held(value: Any) -> Mapping[str, Any] | None:
    """What a wrapper holds: an object, or the first of a list of them."""
    inner = value[0] if isinstance(value, list) and value else value
    return inner if isinstance(inner, Mapping) else None


_CARDS = frozenset(("embed", "external", "attachments", "card"))
"""Wrappers of what a message links to: who wrote the message did not write the paper."""

_DEEPEST = 4
"""Wrappers within wrappers."""


def _wraps(inner: Mapping[str, Any], low: Mapping[str, Any]) -> bool:
    """Whether an object holds a paper's fields, or another that does, and its holder does not say more."""
    keys = {plain(str(key)) for key in inner}
    titled = keys & {*_KEYS["title"][:10]} or keys & {*_WRAPPERS}
    return bool(titled) and not (low.get("title") and (low.get("abstract") or low.get("authors")))


def record(seed: Seed, line: int, given: Mapping[str, Any]) -> Record | None:
    """Make a record of an object by its keys, in any case; None where it tells of no paper."""
    low = unwrapped(given)
    title, abstract = text(_first(low, "title")), text(_first(low, "abstract"))
    if (not title and not abstract) or _is_thing(low):
        return None
    links = found_links(low)
    publication = publication_of(low, title)
    date, updated = _days(low)
    return findings.record(
        seed,
        line,
        headed(title),
        abstract,
        authors=creators.authors(_first(low, "authors")),
        identifiers=found_ids(low, links),
        links=links,
        date=date,
        updated=updated,
        categories=words(_first(low, "categories")),
        venue=text(_first(low, "venue")) or publication.container or None,
        publication=publication,
        comment=text(_first(low, "comment")) or None,
    )


def publication_of(low: Mapping[str, Any], title: str) -> Publication:
    """What an object tells of its publication, in its own keys and those of what holds it.

    >>> publication_of({"type": "article", "journal": {"title": "Shores", "volume": 18, "issns": ["0000-0019"]}}, "A")
    Publication(kind='article-journal', container='Shores', volume='18', issn='0000-0019')
    """
    nested = list(_holders(low, _DEEPEST))
    said: dict[str, list[str]] = {}
    for keys in (low, *nested):
        ranked = sorted(
            (rank, part, name) for name in keys for part, rank in _PART_OF.get(name, ())
        )
        for _, part, name in ranked:
            said.setdefault(part, []).extend(_texts(keys[name]))
    types = said.pop("kind", [])
    genres = filter(None, map(publication_types.genre, types))
    told = {"kind": publication_types.of(*types), "genre": next(genres, "")}
    for part, found in said.items():
        if found:
            told[part] = "; ".join(found[:20]) if part in publication_parts.NUMBERS else found[0]
    school, number = told.pop("school", ""), told.pop("number", "")
    if told["kind"] in (publication_types.THESIS, publication_types.REPORT):
        told["publisher"] = told.get("publisher") or school
    if (
        told.get("volume") or told["kind"] == publication_types.REPORT
    ) and "arxiv" not in number.lower():
        told.setdefault("issue", number)
    places = [
        text(keys[name]) for keys in (low, *nested) for name in _KEYS["venue"] if name in keys
    ]
    places += [text(keys.get("title")) for keys in nested]
    other = (place for place in places if place and place not in (title, told.get("publisher")))
    cited = publication_parts.cited(told.pop("cited", ""))
    return publication_parts.publication({"container": next(other, ""), **cited, **told})


def _holders(low: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """What holds a paper, by plain keys: its journal, the volume, the book."""
    for key in _HOLDERS & low.keys() if depth else ():
        if held := _held(low[key]):
            inner = {plain(str(name)): value for name, value in held.items()}
            yield inner
            yield from _holders(inner, depth - 1)


def _texts(value: Any) -> list[str]:
    """Every text of a field: of a list each, of an object what it holds."""
    if isinstance(value, Mapping):
        inner = [text(value)] if text(value) else [t for v in value.values() for t in _flat(v)]
        return [one for one in inner if one]
    return _flat(value)


def _flat(value: Any) -> list[str]:
    return [
        one for item in (value[:20] if isinstance(value, list) else [value]) if (one := text(item))
    ]


def _days(low: Mapping[str, Any]) -> tuple[datetime.date | None, datetime.date | None]:
    """The day of the first version, and that of the newest where there is another.

    >>> _days({"published": "2025-03-01", "updated": "2025-03-11"})
    (datetime.date(2025, 3, 1), datetime.date(2025, 3, 11))
    >>> versions = [{"created": "Mon, 2 Apr 2007 19:18:42 GMT"}, {"created": "Tue, 24 Jul 2007"}]
    >>> _days({"versions": versions, "updatedate": "2008-11-26"})
    (datetime.date(2007, 4, 2), datetime.date(2007, 7, 24))
    """
    told = low.get("versions")
    versions = [
        made
        for version in (told if isinstance(told, list) else ())
        if isinstance(version, Mapping) and (made := day(version.get("created")))
    ]
    if versions:
        return versions[0], date_parsing.later(versions[-1], versions[0])
    first = next((made for key in _KEYS["date"] if (made := day(low.get(key)))), None)
    return first, date_parsing.later(day(low.get("updated")), first)


def headed(title: str) -> str:
    """Take what search engines and browsers' tabs put around a title off it.

    >>> headed("[HTML][HTML] Ivy on walls"), headed("[2503.01234] Ivy"), headed("(PDF) Ivy | OpenReview")
    ('Ivy on walls', 'Ivy', 'Ivy')
    >>> headed("#1 Ivy [PDF3] [Kimi5]")
    'Ivy'
    """
    bare = _BUTTONS.sub("", _MARKED.sub("", title, count=1), count=1)
    return _TAB.sub("", bare, count=1) or title


_MARKED = re.compile(
    r"\A\s*(?:\[(?:HTML|PDF|BOOK|CITATION|B|C|\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,10}/\d{7})\]\s*|\(PDF\)\s*|#\d{1,4}\s+(?=\S)){1,3}"
)
_BUTTONS = re.compile(
    r"(?:\s{0,9}\[(?:PDF|HTML|Kimi|Copy|REL|Rel|Related|Abs|Code|DOI)\s?\(?\d{0,5}\)?\]){1,8}\s*\Z"
)
_TAB = re.compile(
    r"\s+[|–—-]\s+(?:OpenReview|PubMed|PMC|ACL Anthology|bioRxiv|medRxiv|ScienceDirect|IEEE Xplore|SpringerLink|Nature|Semantic Scholar|Papers With Code|alphaXiv|Hugging Face)\s*\Z"
)


def _is_thing(low: Mapping[str, Any]) -> bool:
    """Whether an object has a name, a description and an author, as programs have, and nothing that papers have."""
    named = not low.keys() & {*_KEYS["title"]} - {"name"}
    told = {*_KEYS["abstract"]} - {"description", "content", "text", "body"}
    known = low.keys() & {*told, "doi", "arxiv", "pmid", "journal", "venue"}
    return named and not known


def _first(low: Mapping[str, Any], field: str) -> Any:
    return next((low[key] for key in _KEYS[field] if key in low), None)


def text(value: Any) -> str:
    """Give a field's text: a string's, the first of a list, a number's, `value` or `#text` of an object's."""
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        return next((made for item in value if (made := text(item))), "")
    if isinstance(value, Mapping):
        return next(
            (
                text(value[k])
                for k in (
                    "value",
                    "#text",
                    "text",
                    "$",
                    "name",
                    "en",
                    "display_name",
                    "full_text",
                    "title",
                    "content",
                    "rendered",
                )
                if k in value
            ),
            "",
        )
    return ""


def squeeze(value: str) -> str:
    """Put a text on one line.

    >>> squeeze(" a\\n  b ")
    'a b'
    """
    return " ".join(value.split())


def day(value: Any) -> datetime.date | None:
    """Give a date from text, a year, seconds or milliseconds since 1970, or CSL's date-parts.

    >>> day(2024), day("2025-03-11T00:00:00Z"), day({"date-parts": [[2025, 3]]}), day(1741651200)
    (Rough.of(2024), datetime.date(2025, 3, 11), Rough.of(2025, 3), datetime.date(2025, 3, 11))
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _from_number(float(value))
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


def _from_number(value: float) -> datetime.date | None:
    if 1400 <= value < 2200:
        return Rough.of(int(value))
    try:
        return (
            datetime.datetime.fromtimestamp(
                value / 1000 if value > 1e11 else value, datetime.UTC
            ).date()
            if value > 1e8
            else None
        )
    except (OverflowError, OSError, ValueError):
        return None


def words(value: Any) -> tuple[str, ...]:
    """Give categories from a list or a string of them.

    >>> words("cs.LG cs.AI"), words(["cs.LG", {"term": "stat.ML"}]), words("Vision; Language models")
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


def found_links(low: Mapping[str, Any]) -> tuple[Link, ...]:
    """The addresses of a paper, from every key that is known to hold one."""
    found: dict[str, Link] = {}
    for key, kind in _LINKS.items():
        for url in _addresses(low[key]) if key in low else ():
            if link := ids.link(url, kind if kind != "other" else None):
                found.setdefault(link.url, link)
    return tuple(found.values())


def _addresses(value: Any) -> list[str]:
    if isinstance(value, str):
        return [
            piece
            for piece in re.split(r"[\s;]+", value[:5000])
            if "//" in piece or piece.startswith("www.")
        ]
    if isinstance(value, Mapping):
        return _addresses(value.get("url") or value.get("href") or "")
    return [url for item in value for url in _addresses(item)] if isinstance(value, list) else []


def found_ids(low: Mapping[str, Any], links: tuple[Link, ...] = ()) -> dict[str, str]:
    """The identifiers of a paper: from the keys that hold one, else from its addresses."""
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
        typed = _typed(low[key]) if key in low else {}
        for kind, value in found_ids(typed).items() if typed else ():
            found.setdefault(kind, value)
    for kind, value in ids.identifiers(link.url for link in links if link.kind == "paper").items():
        found.setdefault(kind, value)
    return found


def _typed(value: Any) -> dict[str, Any]:
    """Identifiers by their kinds, of an object by kind or a list of objects that name it.

    >>> _typed([{"type": "doi", "id": "10.1/a"}]), _typed({"ArXiv": "2503.01234"}), _typed("10.1/a")
    ({'doi': '10.1/a'}, {'arxiv': '2503.01234'}, {})
    """
    if isinstance(value, Mapping):
        return {plain(str(key)): inner for key, inner in value.items()}
    found: dict[str, Any] = {}
    for item in value if isinstance(value, list) else ():
        low = (
            {plain(str(key)): inner for key, inner in item.items()}
            if isinstance(item, Mapping)
            else {}
        )
        kind = next(
            (
                low[key]
                for key in ("type", "idtype", "identifiertype", "scheme", "externalidtype")
                if key in low
            ),
            None,
        )
        what = next(
            (low[key] for key in ("id", "value", "identifier", "externalidvalue") if key in low),
            None,
        )
        if isinstance(kind, str) and what:
            found.setdefault(plain(kind), what)
    return found


def _identifier(kind: str, value: str) -> str | None:
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
