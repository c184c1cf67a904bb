"""OAI-PMH records: arXivRaw, arXiv and oai_dc.

    <record><header><identifier>oai:arXiv.org:2503.01234</identifier>…</header>
      <metadata><arXivRaw><id>2503.01234</id><title>…</title><authors>…</authors>
        <abstract>…</abstract></arXivRaw></metadata></record>

https://www.openarchives.org/OAI/openarchivesprotocol.html
https://info.arxiv.org/help/oa/index.html
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

_SIGNATURE = re.compile(
    r"openarchives\.org/OAI|<(?:\w+:)?OAI-PMH|<(?:\w+:)?arXivRaw|<oai_dc:dc|<ListRecords", re.I
)


def _entries(seed: Seed) -> Sequence[str]:
    """Return the names of the elements of records, with the protocol's envelope or without."""
    entries = (
        ("record",)
        if re.search(r"<(?:\w+:)?record[\s>]", seed.text)
        else ("arxivraw", "arxiv", "dc")
    )
    return entries


def _read_entry(seed: Seed, record: xml.Element) -> findings.Finding:
    header = next(iter(xml.all_named(record, "header")), None)
    body = next((e for e in record.iter() if xml.name(e) in ("arxivraw", "arxiv", "dc")), None)
    if body is None or not xml.child_text(body, "title"):
        deleted = header is not None and header.get("status") == "deleted"
        return xml_records.missing(
            seed, record, "a record that is not deleted" if deleted else "a title"
        )
    return _read_dublin_core(seed, body) if xml.name(body) == "dc" else _read_arxiv(seed, body)


def _read_arxiv(seed: Seed, body: xml.Element) -> findings.Finding:
    abstract = next(iter(xml.children(body, "abstract")), body)
    found = {}
    if arxiv := ids.arxiv(xml.child_text(body, "id")):
        found["arxiv"] = arxiv
    if doi := ids.doi(xml.child_text(body, "doi")):
        found["doi"] = doi
    dates = [
        date_parsing.parse(xml.child_text(version, "date"))
        for version in xml.children(body, "version")
    ]
    days = [day for day in dates if day]
    day = days[0] if days else date_parsing.parse(xml.child_text(body, "created", "updated"))
    newest = days[-1] if days else date_parsing.parse(xml.child_text(body, "updated"))
    return findings.record(
        seed,
        xml.line(abstract),
        xml.child_text(body, "title"),
        xml.child_text(body, "abstract"),
        authors=_authors(body),
        identifiers=found,
        links=ids.links([f"https://arxiv.org/abs/{arxiv}"] if arxiv else []),
        date=day,
        updated=date_parsing.later(newest, day),
        categories=tuple(xml.child_text(body, "categories").split()),
        venue=xml.child_text(body, "journal-ref") or None,
        publication=Publication(
            "" if xml.child_text(body, "journal-ref") else publication_types.PREPRINT
        ),
        comment=xml.child_text(body, "comments") or None,
    )


def _publication(body: xml.Element, texts: list[str]) -> Publication:
    types = [xml.text(e) for e in xml.children(body, "type")]
    source = xml.child_text(body, "source")
    cited = publication_parts.parse_citation(source)
    return publication_parts.publication(
        {
            **cited,
            "kind": publication_types.kind_of(*types),
            "genre": next(filter(None, map(publication_types.genre, types)), ""),
            "container": "" if cited else source,
            "publisher": xml.child_text(body, "publisher"),
            "serial": "; ".join(
                text for text in texts if re.match(r"(?:urn:)?IS[BS]N", text, re.I)
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
            " ".join(xml.child_text(person, part) for part in ("forenames", "keyname", "suffix"))
            for person in people
        )
        return tuple(person_names.bare(name) for name in names)
    return bylines.names(xml.text(holder))


def _read_dublin_core(seed: Seed, body: xml.Element) -> findings.Finding:
    """Read Dublin Core, whose descriptions are the abstract or remarks ('Comment: 8 pages')."""
    descriptions = [e for e in xml.children(body, "description") if xml.text(e)]
    remarks = [xml.text(e) for e in descriptions if re.match(r"Comments?:", xml.text(e))]
    abstract = next((e for e in descriptions if not re.match(r"Comments?:", xml.text(e))), None)
    texts = [xml.text(e) for e in xml.children(body, "identifier", "relation")]
    days = sorted(
        day for e in xml.children(body, "date") if (day := date_parsing.parse(xml.text(e)))
    )
    sources = [xml.text(e) for e in xml.children(body, "source")]
    return findings.record(
        seed,
        xml.line(abstract if abstract is not None else body),
        xml.child_text(body, "title"),
        xml.text(abstract),
        authors=bylines.names_from_rows([xml.text(e) for e in xml.children(body, "creator")]),
        identifiers=ids.identifiers([*texts, *(f"doi:{m}" for m in texts if m.startswith("10."))]),
        links=ids.links(text for text in texts if text.startswith("http")),
        date=days[0] if days else None,
        categories=tuple(xml.text(e) for e in xml.children(body, "subject") if xml.text(e)),
        venue=sources[0] if sources else None,
        publication=_publication(body, texts),
        comment=re.sub(r"^Comments?:\s*", "", remarks[0]) if remarks else None,
    )


FORMAT = xml_records.make_format(
    "oai-pmh",
    "OAI-PMH harvest",
    _SIGNATURE,
    "an element <OAI-PMH>",
    _entries,
    _read_entry,
    0.97,
    believed=True,
    about="OAI-PMH: `oai_dc`, `arXiv`, `arXivRaw`",
    example="<OAI-PMH>…<ListRecords>…",
)
