"""OAI-PMH records: arXivRaw, arXiv and oai_dc.

    <record><header><identifier>oai:arXiv.org:2503.01234</identifier>…</header>
      <metadata><arXivRaw><id>2503.01234</id><title>…</title><authors>…</authors>
        <abstract>…</abstract></arXivRaw></metadata></record>

https://www.openarchives.org/OAI/openarchivesprotocol.html; https://info.arxiv.org/help/oa/index.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.inputs import findings
from digest.inputs.syntax import (
    bylines,
    date_parsing,
    person_names,
    publication_parts,
    xml,
    xml_records,
)
from digest.models import Publication, Seed
from digest.papers import ids, publication_types

_SIGN = re.compile(
    r"openarchives\.org/OAI|<(?:\w+:)?OAI-PMH|<(?:\w+:)?arXivRaw|<oai_dc:dc|<ListRecords", re.I
)


def _entries(seed: Seed) -> Sequence[str]:
    """The elements of records, in the envelope of the protocol or without it."""
    entries = (
        ("record",)
        if re.search(r"<(?:\w+:)?record[\s>]", seed.text)
        else ("arxivraw", "arxiv", "dc")
    )
    return entries


def _find(seed: Seed, record: xml.Element) -> findings.Find:
    header = next(iter(xml.all_named(record, "header")), None)
    body = next((e for e in record.iter() if xml.name(e) in ("arxivraw", "arxiv", "dc")), None)
    if body is None or not xml.child(body, "title"):
        deleted = header is not None and header.get("status") == "deleted"
        return xml_records.missing(
            seed, record, "a record that is not deleted" if deleted else "a title"
        )
    return _dublin(seed, body) if xml.name(body) == "dc" else _arxiv(seed, body)


def _arxiv(seed: Seed, body: xml.Element) -> findings.Find:
    abstract = next(iter(xml.children(body, "abstract")), body)
    found = {}
    if arxiv := ids.arxiv(xml.child(body, "id")):
        found["arxiv"] = arxiv
    if doi := ids.doi(xml.child(body, "doi")):
        found["doi"] = doi
    told = [
        date_parsing.parse(xml.child(version, "date")) for version in xml.children(body, "version")
    ]
    days = [day for day in told if day]
    day = days[0] if days else date_parsing.parse(xml.child(body, "created", "updated"))
    newest = days[-1] if days else date_parsing.parse(xml.child(body, "updated"))
    return findings.record(
        seed,
        xml.line(abstract),
        xml.child(body, "title"),
        xml.child(body, "abstract"),
        authors=_authors(body),
        identifiers=found,
        links=ids.links([f"https://arxiv.org/abs/{arxiv}"] if arxiv else []),
        date=day,
        updated=date_parsing.later(newest, day),
        categories=tuple(xml.child(body, "categories").split()),
        venue=xml.child(body, "journal-ref") or None,
        publication=Publication(
            "" if xml.child(body, "journal-ref") else publication_types.PREPRINT
        ),
        comment=xml.child(body, "comments") or None,
    )


def _publication(body: xml.Element, marks: list[str]) -> Publication:
    types = [xml.text(e) for e in xml.children(body, "type")]
    source = xml.child(body, "source")
    cited = publication_parts.cited(source)
    return publication_parts.publication(
        {
            **cited,
            "kind": publication_types.of(*types),
            "genre": next(filter(None, map(publication_types.genre, types)), ""),
            "container": "" if cited else source,
            "publisher": xml.child(body, "publisher"),
            "serial": "; ".join(
                mark for mark in marks if re.match(r"(?:urn:)?IS[BS]N", mark, re.I)
            ),
        }
    )


def _authors(body: xml.Element) -> tuple[str, ...]:
    holder = next(iter(xml.children(body, "authors")), None)
    if holder is None:
        return ()
    people = xml.children(holder, "author")
    if people:
        names = (
            f"{xml.child(p, 'forenames')} {xml.child(p, 'keyname')} {xml.child(p, 'suffix')}"
            for p in people
        )
        return tuple(person_names.bare(name) for name in names)
    return bylines.names(xml.text(holder))


def _dublin(seed: Seed, body: xml.Element) -> findings.Find:
    """Dublin Core: descriptions hold the abstract, and remarks such as 'Comment: 8 pages'."""
    told = [e for e in xml.children(body, "description") if xml.text(e)]
    remarks = [xml.text(e) for e in told if re.match(r"Comments?:", xml.text(e))]
    abstract = next((e for e in told if not re.match(r"Comments?:", xml.text(e))), None)
    marks = [xml.text(e) for e in xml.children(body, "identifier", "relation")]
    days = sorted(
        day for e in xml.children(body, "date") if (day := date_parsing.parse(xml.text(e)))
    )
    sources = [xml.text(e) for e in xml.children(body, "source")]
    return findings.record(
        seed,
        xml.line(abstract if abstract is not None else body),
        xml.child(body, "title"),
        xml.text(abstract),
        authors=bylines.each([xml.text(e) for e in xml.children(body, "creator")]),
        identifiers=ids.identifiers([*marks, *(f"doi:{m}" for m in marks if m.startswith("10."))]),
        links=ids.links(mark for mark in marks if mark.startswith("http")),
        date=days[0] if days else None,
        categories=tuple(xml.text(e) for e in xml.children(body, "subject") if xml.text(e)),
        venue=sources[0] if sources else None,
        publication=_publication(body, marks),
        comment=re.sub(r"^Comments?:\s*", "", remarks[0]) if remarks else None,
    )


FORMAT = xml_records.form(
    "oai-pmh",
    "OAI-PMH harvest",
    _SIGN,
    "an element <OAI-PMH>",
    _entries,
    _find,
    0.97,
    believed=True,
    about="OAI-PMH: `oai_dc`, `arXiv`, `arXivRaw`",
    example="<OAI-PMH>…<ListRecords>…",
)
