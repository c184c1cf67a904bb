"""Public indexes on loopback: they answer in the real formats, search simply, and can be told to
fail."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Work = Mapping[str, Any]
"""A paper as an index knows it: id (arXiv), title, abstract, authors, date, doi, venue, code."""

Answer = tuple[int, Mapping[str, str], bytes]


def cut(text: str) -> list[str]:
    """Cut a text into words as a search engine does."""
    return re.findall(r"[a-z0-9]+", text.lower())


class Library:
    """Works, found by their words."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.works = works
        self.places: dict[str, dict[str, set[int]]] = {
            "ti": defaultdict(set),
            "abs": defaultdict(set),
        }
        for place, work in enumerate(works):
            for field, key in (("ti", "title"), ("abs", "abstract")):
                for word in set(cut(work.get(key) or "")):
                    self.places[field][word].add(place)

    def having(self, field: str, word: str) -> set[int]:
        """The works with this word in this field; `all` is any."""
        fields = ("ti", "abs") if field == "all" else (field,)
        return set().union(*(self.places[each].get(word.lower(), set()) for each in fields))

    def ranked(self, words: Sequence[str], field: str = "all") -> list[Work]:
        """The works with any of the words, those with most of them first."""
        counts = Counter(
            place for word in dict.fromkeys(words) for place in self.having(field, word)
        )
        return [
            self.works[place] for place, _ in sorted(counts.items(), key=lambda it: (-it[1], it[0]))
        ]

    def boolean(self, query: str) -> list[Work]:
        """The works for `abs:one AND ti:two …`; anything else is an error, as arXiv has it."""
        found: set[int] | None = None
        for term in query.split(" AND "):
            field, _, word = term.partition(":")
            if field not in ("ti", "abs", "all") or len(cut(word)) != 1:
                raise ValueError(term)
            having = self.having(field, word)
            found = having if found is None else found & having
        return [self.works[place] for place in sorted(found or ())]

    def by(self, key: str, value: str) -> list[Work]:
        """The works with this value."""
        return [work for work in self.works if str(work.get(key, "")).lower() == value.lower()]


# --- the formats -------------------------------------------------------------------------------


def arxiv(library: Library, path: str, asked: Mapping[str, str]) -> bytes | None:
    """Atom, as https://info.arxiv.org/help/api/user-manual.html shows it."""
    if "id_list" in asked:
        works = library.by("id", asked["id_list"])
    else:
        works = library.boolean(asked["search_query"])[: int(asked.get("max_results", 10))]
    entries = "".join(map(_entry, works))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{len(works)}</opensearch:totalResults>
{entries}</feed>
""".encode()


def _entry(work: Work) -> str:
    people = "".join(
        f"<author><name>{escape(name)}</name></author>" for name in work.get("authors", ())
    )
    extra = (
        f"<arxiv:doi xmlns:arxiv='http://arxiv.org/schemas/atom'>{work['doi']}</arxiv:doi>"
        if work.get("doi")
        else ""
    )
    return f"""<entry>
    <id>http://arxiv.org/abs/{work["id"]}v1</id>
    <updated>{work.get("date", "2025-03-01")}T17:59:59Z</updated>
    <published>{work.get("date", "2025-03-01")}T17:59:59Z</published>
    <title>{escape(work["title"])}</title>
    <summary>  {escape(work.get("abstract") or "")}
    </summary>
    {people}{extra}
    <link href="http://arxiv.org/abs/{work["id"]}v1" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/{work["id"]}v1" rel="related" type="application/pdf"/>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
"""


def openalex(library: Library, path: str, asked: Mapping[str, str]) -> bytes | None:
    """Works, as https://developers.openalex.org shows them."""
    if path.startswith("works/doi:"):
        found = library.by("doi", path.removeprefix("works/doi:"))
        return json.dumps(_alex(found[0])).encode() if found else None
    field, _, query = asked["filter"].partition(".search:")
    works = library.ranked(cut(query), "ti" if field == "title" else "all")
    works = works[: int(asked.get("per_page", 25))]
    return json.dumps(
        {"meta": {"count": len(works)}, "results": [_alex(work) for work in works]}
    ).encode()


def _alex(work: Work) -> dict[str, Any]:
    index: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate((work.get("abstract") or "").split()):
        index[word].append(place)
    return {
        "id": "https://openalex.org/W1",
        "doi": f"https://doi.org/{work['doi']}" if work.get("doi") else None,
        "display_name": work["title"],
        "publication_date": work.get("date"),
        "authorships": [{"author": {"display_name": name}} for name in work.get("authors", ())],
        "primary_location": {
            "landing_page_url": f"https://arxiv.org/abs/{work['id']}",
            "source": {"display_name": work.get("venue") or "arXiv (Cornell University)"},
        },
        "abstract_inverted_index": index,
    }


def crossref(library: Library, path: str, asked: Mapping[str, str]) -> bytes | None:
    """Works, as https://api.crossref.org/swagger-ui shows them; most without their abstract."""
    if path.startswith("works/"):
        found = library.by("doi", path.removeprefix("works/"))
        return json.dumps({"status": "ok", "message": _cross(found[0])}).encode() if found else None
    works = library.ranked(cut(asked["query.bibliographic"]), "ti")[: int(asked.get("rows", 20))]
    return json.dumps(
        {"status": "ok", "message": {"items": [_cross(work) for work in works]}}
    ).encode()


def _cross(work: Work) -> dict[str, Any]:
    names = [name.rpartition(" ") for name in work.get("authors", ())]
    return {
        "DOI": work.get("doi") or f"10.5555/{work['id']}",
        "title": [work["title"]],
        "author": [{"given": given, "family": family} for given, _, family in names],
        "issued": {
            "date-parts": [[int(part) for part in work.get("date", "2025-03-01").split("-")]]
        },
        "container-title": [work["venue"]] if work.get("venue") else [],
        "URL": f"https://doi.org/{work.get('doi') or '10.5555/' + work['id']}",
    }


def semanticscholar(library: Library, path: str, asked: Mapping[str, str]) -> bytes | None:
    """Papers, as https://api.semanticscholar.org/api-docs/graph shows them."""
    path = path.removeprefix("graph/v1/paper/")
    if path.startswith(("ARXIV:", "DOI:")):
        scheme, _, value = path.partition(":")
        found = library.by("id" if scheme == "ARXIV" else "doi", value)
        return json.dumps(_scholar(found[0])).encode() if found else None
    works = library.ranked(cut(asked["query"]))[: int(asked.get("limit", 100))]
    return json.dumps(
        {"total": len(works), "offset": 0, "data": [_scholar(work) for work in works]}
    ).encode()


def _scholar(work: Work) -> dict[str, Any]:
    return {
        "paperId": "0" * 40,
        "externalIds": {"ArXiv": work["id"]} | ({"DOI": work["doi"]} if work.get("doi") else {}),
        "title": work["title"],
        "abstract": work.get("abstract"),
        "venue": work.get("venue") or "arXiv.org",
        "publicationDate": work.get("date"),
        "authors": [{"authorId": "1", "name": name} for name in work.get("authors", ())],
    }


def huggingface(library: Library, path: str, asked: Mapping[str, str]) -> bytes | None:
    """Papers, as `huggingface_hub` reads them."""
    path = path.removeprefix("api/papers/")
    if path != "search":
        found = library.by("id", path)
        return json.dumps(_face(found[0])).encode() if found else None
    works = library.ranked(cut(asked["q"]))[:20]
    return json.dumps([{"paper": _face(work), "title": work["title"]} for work in works]).encode()


def _face(work: Work) -> dict[str, Any]:
    return {
        "id": work["id"],
        "title": work["title"],
        "summary": work.get("abstract"),
        "publishedAt": f"{work.get('date', '2025-03-01')}T00:00:00.000Z",
        "authors": [{"name": name, "hidden": False} for name in work.get("authors", ())],
    } | ({"githubRepo": work["code"]} if work.get("code") else {})


_FORMATS = {
    each.__name__: each for each in (arxiv, crossref, huggingface, openalex, semanticscholar)
}  # fmt: skip


# --- the server ----------------------------------------------------------------------------------


class Indexes:
    """All indexes, each below a path of its own; `trouble` may answer in their place."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.library = Library(works)
        self.trouble: Callable[[str, int], Answer | None] = lambda name, count: None
        """Told the name of an index and how often it was asked; an answer wins over the real
        one."""
        self.asked: list[tuple[str, str, Mapping[str, str]]] = []
        """Name of the index, path with its query, headers."""
        self.address = ""

    def base(self, name: str) -> str:
        """The address of an index."""
        return f"{self.address}/{name}"

    def questions(self, name: str) -> list[str]:
        """What an index was asked."""
        return [path for index, path, _ in self.asked if index == name]

    def answer(self, whole: str, headers: Mapping[str, str]) -> Answer:
        """Answer one request."""
        name, _, path = whole.lstrip("/").partition("/")
        self.asked.append((name, path, headers))
        if told := self.trouble(name, len(self.questions(name))):
            return told
        parts = urlsplit(path)
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        try:
            body = _FORMATS[name](self.library, unquote(parts.path), asked)
        except (KeyError, ValueError) as error:
            return 400, {}, f"bad request: {error}".encode()
        return (404, {}, b'{"error": "not found"}') if body is None else (200, {}, body)


@contextmanager
def serve(works: Sequence[Work]) -> Iterator[Indexes]:
    """Serve indexes of these works on loopback."""
    indexes = Indexes(works)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = indexes.answer(self.path, dict(self.headers))
            self.send_response(status)
            for header, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(header, value)
            self.end_headers()
            with suppress(ConnectionError):  # whoever asked may have gone
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    indexes.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield indexes
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
