"""Sources on loopback: they answer in the real formats, page by page, and can be told to misbehave."""

from __future__ import annotations

import json
import re
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Work = Mapping[str, Any]

_THINGS = (
    "comet dust", "yeast aging", "directed graphs", "coral reefs", "glacier flow", "protein folding",
    "bird song", "turbulent pipes", "spin glasses", "urban heat", "soil microbes", "tidal locking",
    "bone growth", "cloud seeding", "ant foraging", "lava tubes", "quasar spectra", "enzyme kinetics",
    "river deltas", "neutron stars",
)  # fmt: skip
_WAYS = (
    "We present observations of {0} that were gathered over nine years on archival plates. A simple"
    " model explains {1} of them, and predicts a further effect that was found afterwards.",
    "This paper shows that {0} follow from one conserved quantity. We prove it for {1} cases, and"
    " experiments on three data sets agree with the theory to within two per cent.",
    "Existing methods for {0} rarely converge fast. We propose an estimator whose error falls with"
    " the number of samples, and demonstrate improvements of {1} per cent over the baselines.",
)


def works(count: int, day: date, start: int = 0) -> list[Work]:
    """So many papers of these days, each another one; those with the same number are the same."""
    made = []
    for number in range(start, start + count):
        thing = _THINGS[number % len(_THINGS)]
        made.append(
            {
                "number": number,
                "title": f"On {thing}, seen in {number + 2} different ways",
                "abstract": _WAYS[number % len(_WAYS)].format(thing, number + 11),
                "authors": ["Ada Lovelace", "Jan Oort"],
                "date": str(day - timedelta(number % 3)),
                "arxiv": f"2503.{number + 1:05}",
                "doi": f"10.1000/work.{number}",
            }
        )
    return made


# --- the formats ----------------------------------------------------------------------------------


def _cut(found: Sequence[Work], asked: Mapping[str, str], start: str, size: str) -> Sequence[Work]:
    first = int(asked[start])
    return found[first : first + int(asked[size])]


def arxiv(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{work['arxiv']}v1</id>"
        f"<published>{work['date']}T17:59:59Z</published><updated>{work['date']}T17:59:59Z</updated>"
        f"<title>{escape(work['title'])}</title><summary>{escape(work['abstract'])}</summary>"
        f"<author><name>Ada Lovelace</name></author></entry>\n"
        for work in _cut(found, asked, "start", "max_results")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        "<title>arXiv Query</title><id>http://arxiv.org/api/x</id>"
        '<opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"{len(found)}</opensearch:totalResults>\n{entries}</feed>\n"
    )


def huggingface(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    return json.dumps(
        [
            {
                "paper": {
                    "id": work["arxiv"],
                    "title": work["title"],
                    "summary": work["abstract"],
                    "publishedAt": f"{work['date']}T00:00:00.000Z",
                    "authors": [{"name": name} for name in work["authors"]],
                },
                "title": work["title"],
            }
            for work in found
        ]
    )


def biorxiv(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    cursor = int(path.split("/")[-2])
    shown = found[cursor : cursor + 5]
    return json.dumps(
        {
            "messages": [
                {"status": "ok", "cursor": cursor, "count": len(shown), "total": str(len(found))}
            ],
            "collection": [
                {
                    "doi": work["doi"],
                    "title": work["title"],
                    "authors": "Lovelace, A.; Oort, J.",
                    "date": work["date"],
                    "category": "neuroscience",
                    "abstract": work["abstract"],
                    "server": "bioRxiv",
                }
                for work in shown
            ],
        }
    )


def openreview(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    notes = [
        {
            "id": f"Note{work['number']:06}",
            "content": {
                "title": {"value": work["title"]},
                "abstract": {"value": work["abstract"]},
                "authors": {"value": work["authors"]},
            },
        }
        for work in _cut(found, asked, "offset", "limit")
    ]
    return json.dumps({"notes": notes, "count": len(found)})


def pubmed(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    head = '<?xml version="1.0" encoding="UTF-8" ?>\n'
    if path.startswith("esearch"):
        return (
            f"{head}<!DOCTYPE eSearchResult PUBLIC '-//NLM//DTD esearch 20060628//EN'"
            f" 'https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd'>\n<eSearchResult>"
            f"<Count>{len(found)}</Count><RetMax>0</RetMax><QueryKey>1</QueryKey>"
            "<WebEnv>MCID_67d0</WebEnv></eSearchResult>"
        )
    articles = "".join(
        f"<PubmedArticle><MedlineCitation><PMID Version='1'>{40000000 + work['number']}</PMID><Article>"
        f"<Journal><Title>Annals</Title></Journal><ArticleTitle>{escape(work['title'])}</ArticleTitle>"
        f"<Abstract><AbstractText>{escape(work['abstract'])}</AbstractText></Abstract>"
        "<AuthorList><Author><LastName>Lovelace</LastName><ForeName>Ada</ForeName></Author>"
        "</AuthorList></Article></MedlineCitation></PubmedArticle>\n"
        for work in _cut(found, asked, "retstart", "retmax")
    )
    return f"{head}<PubmedArticleSet>{articles}</PubmedArticleSet>"


def europepmc(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    start = 0 if asked["cursorMark"] == "*" else int(asked["cursorMark"][1:])
    size = int(asked["pageSize"])
    return json.dumps(
        {
            "hitCount": len(found),
            "nextCursorMark": f"A{start + size}",
            "resultList": {
                "result": [
                    {
                        "id": str(40000000 + work["number"]),
                        "source": "MED",
                        "doi": work["doi"],
                        "title": work["title"],
                        "authorString": "Lovelace A, Oort J.",
                        "abstractText": work["abstract"],
                        "firstPublicationDate": work["date"],
                    }
                    for work in found[start : start + size]
                ]
            },
        }
    )


def openalex(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    start = 0 if asked["cursor"] == "*" else int(asked["cursor"][1:])
    shown = found[start : start + int(asked["per-page"])]
    after = start + len(shown)
    return json.dumps(
        {
            "meta": {
                "count": len(found),
                "next_cursor": f"c{after}" if after < len(found) else None,
            },
            "results": [
                {
                    "id": f"https://openalex.org/W{work['number']}",
                    "doi": f"https://doi.org/{work['doi']}",
                    "display_name": work["title"],
                    "publication_date": work["date"],
                    "authorships": [{"author": {"display_name": n}} for n in work["authors"]],
                    "abstract_inverted_index": _inverted(work["abstract"]),
                }
                for work in shown
            ],
        }
    )


def _inverted(text: str) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for place, word in enumerate(text.split()):
        index.setdefault(word, []).append(place)
    return index


def semanticscholar(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    start = int(asked.get("token", "t0")[1:])
    shown = found[start : start + 5]
    after = start + 5
    return json.dumps(
        {
            "total": len(found),
            "token": f"t{after}" if after < len(found) else None,
            "data": [
                {
                    "paperId": f"{work['number']:040}",
                    "externalIds": {"DOI": work["doi"]},
                    "title": work["title"],
                    "abstract": work["abstract"],
                    "publicationDate": work["date"],
                    "authors": [{"name": name} for name in work["authors"]],
                }
                for work in shown
            ],
        }
    )


def dblp(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    return "\n".join(
        f"@article{{DBLP:journals/x/{work['number']},\n  author = {{Ada Lovelace and Jan Oort}},\n"
        f"  title = {{{work['title']}}},\n  journal = {{Annals}},\n  year = {{2025}},\n"
        f"  doi = {{{work['doi']}}}\n}}\n"
        for work in found
    )


def inspire(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    start = int(asked["size"]) * (int(asked["page"]) - 1)
    hits = [
        {
            "id": str(work["number"]),
            "metadata": {
                "titles": [{"title": work["title"], "source": "arXiv"}],
                "abstracts": [{"value": work["abstract"], "source": "arXiv"}],
                "authors": [{"full_name": "Lovelace, Ada"}],
                "arxiv_eprints": [{"value": work["arxiv"], "categories": ["hep-ph"]}],
                "earliest_date": work["date"],
            },
        }
        for work in found[start : start + int(asked["size"])]
    ]
    return json.dumps({"hits": {"hits": hits, "total": len(found)}, "links": {}})


def feed(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    items = "".join(
        f"<item><title>{escape(work['title'])}</title><link>https://doi.org/{work['doi']}</link>"
        f"<description>{escape(work['abstract'])}</description><guid>{work['doi']}</guid></item>\n"
        for work in found
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Annals</title>'
        f"<link>https://example.org/</link><description>News</description>{items}</channel></rss>"
    )


def zotero(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    return json.dumps(
        {
            "items": [
                {
                    "id": f"12345/{work['number']:08}",
                    "type": "article-journal",
                    "title": work["title"],
                    "abstract": work["abstract"],
                    "DOI": work["doi"],
                    "author": [{"family": "Lovelace", "given": "Ada"}],
                }
                for work in _cut(found, asked, "start", "limit")
            ]
        }
    )


def web(found: Sequence[Work], path: str, asked: Mapping[str, str]) -> str:
    return dblp(found, path, asked)


FORMATS: Mapping[str, Callable[[Sequence[Work], str, Mapping[str, str]], str]] = {
    each.__name__: each
    for each in (
        arxiv, huggingface, biorxiv, openreview, pubmed, europepmc, openalex, semanticscholar, dblp,
        inspire, feed, zotero, web,
    )
}  # fmt: skip
QUERIES = {
    "arxiv": "cs.LG cs.CL",
    "huggingface": "daily",
    "biorxiv": "neuroscience",
    "openreview": "ICLR.cc/2026/Conference",
    "pubmed": "comet",
    "europepmc": "comet",
    "openalex": "comet",
    "semanticscholar": "comet",
    "dblp": "65/9612",
    "inspire": "t axion",
    "feed": "journal.xml",
    "zotero": "12345",
    "web": "list.bib",
}
PAGED = ("arxiv", "biorxiv", "openreview", "europepmc", "openalex", "semanticscholar", "inspire")
TYPES = {"arxiv": "application/atom+xml", "pubmed": "text/xml", "feed": "application/rss+xml",
         "dblp": "application/x-bibtex", "web": "application/x-bibtex"}  # fmt: skip

# --- the server -----------------------------------------------------------------------------------


@dataclass
class Reply:
    """What a source answers when nothing is wrong."""

    kind: str
    body: bytes
    headers: dict[str, str]
    status: int = 200


Fault = Callable[[BaseHTTPRequestHandler, Reply], None]
"""Answers in place of a source."""


@dataclass
class Served:
    """All sources, each below a path of its own."""

    works: list[Work]
    address: str = ""
    fault: Callable[[str, str], Fault | None] = lambda kind, path: None
    """Told the kind and the path of a request; a fault wins over the real answer."""
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    """Kind, path with its query, headers."""

    def entry(self, kind: str) -> dict[str, str]:
        """The entry of mkdocs.yml for a source of this kind that is served here."""
        if kind in ("feed", "web"):
            return {kind: f"{self.address}/{kind}/{QUERIES[kind]}"}
        return {kind: QUERIES[kind], "at": f"{self.address}/{kind}"}

    def paths(self, kind: str) -> list[str]:
        """What a source was asked."""
        return [path for name, path, _ in self.asked if name == kind]

    def reply(self, whole: str) -> Reply:
        """The right answer to a request."""
        kind, _, path = whole.lstrip("/").partition("/")
        parts = urlsplit(path)
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        body = FORMATS[kind](self.works, unquote(parts.path), asked).encode()
        headers = {"Content-Type": TYPES.get(kind, "application/json")}
        if kind == "zotero":
            headers["Total-Results"] = str(len(self.works))
        return Reply(kind, body, headers)


def send(handler: BaseHTTPRequestHandler, reply: Reply, **headers: str) -> None:
    """Send a reply; a header given as an empty text is left out."""
    handler.send_response(reply.status)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in {
        **reply.headers,
        "Content-Length": str(len(reply.body)),
        **given,
    }.items():
        if value:
            handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(reply.body)


@contextmanager
def serve(found: list[Work], context: ssl.SSLContext | None = None) -> Iterator[Served]:
    """Serve sources of these papers on loopback."""
    served = Served(found)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, _, path = self.path.lstrip("/").partition("/")
            served.asked.append((kind, path, dict(self.headers)))
            fault = served.fault(kind, path)
            with suppress(ConnectionError, ssl.SSLError):  # whoever asked may have gone
                reply = served.reply(self.path) if kind in FORMATS else Reply(kind, b"{}", {})
                (fault or send)(self, reply)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Stay silent when a client breaks off."""

    server = Server(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if context else "http"
    served.address = f"{scheme}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def without(text: str, pattern: str) -> str:
    """A text with the first match of a pattern taken out."""
    return re.sub(pattern, "", text, count=1, flags=re.S)
