"""What reference managers, catalogues and feeds export, as functions that write papers so."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.inputs.writers import Writer, Written

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MARC = "http://www.loc.gov/MARC21/slim"


def _doi(p: Written) -> str:
    return f"10.1234/{p.arxiv}"


def refer(papers: Sequence[Written]) -> str:
    return "\n".join(
        f"%0 Journal Article\n%T {p.title}\n"
        + "".join(f"%A {author}\n" for author in p.authors)
        + f"%D 2025\n%X {p.abstract}\n"
        for p in papers
    )


def nbib(papers: Sequence[Written]) -> str:
    return "\n".join(
        f"PMID- {31_000_000 + n}\nDP  - 2025 Mar\nTI  - {p.title}\nAB  - {p.abstract}\nFAU - Lovelace, Ada\nJT  - Looms\n"
        for n, p in enumerate(papers)
    )


def science(papers: Sequence[Written]) -> str:
    return (
        "FN Clarivate Analytics Web of Science\nVR 1.0\n"
        + "".join(
            f"PT J\nAU Lovelace, A\nAF Lovelace, Ada\nTI {p.title}\nSO LOOMS\nPY 2025\nAB {p.abstract}\nER\n\n"
            for p in papers
        )
        + "EF\n"
    )


def refworks(papers: Sequence[Written]) -> str:
    return "\n".join(
        f"RT Journal Article\nSR Electronic(1)\nA1 Lovelace,Ada\nT1 {p.title}\nYR 2025\nAB {p.abstract}\nJF Looms\n"
        for p in papers
    )


def ovid(papers: Sequence[Written]) -> str:
    return "\n".join(
        f"<{n}. >\nVN  - Ovid Technologies\nAU  - Lovelace, Ada\nTI  - {p.title}\nSO  - Looms. 2025;14(1):56\nAB  - {p.abstract}\nYR  - 2025\n"
        for n, p in enumerate(papers, 1)
    )


def _dublin(p: Written) -> str:
    return (
        f"<dc:title>{escape(p.title)}</dc:title><dc:creator>Lovelace, Ada</dc:creator>"
        f"<dc:description>{escape(p.abstract)}</dc:description><dc:date>2025-03-11</dc:date>"
    )


def oai(papers: Sequence[Written]) -> str:
    body = "".join(
        f"<record><header><identifier>oai:x:{p.arxiv}</identifier></header><metadata>"
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{_dublin(p)}</oai_dc:dc></metadata></record>\n"
        for p in papers
    )
    return f'{_HEAD}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>\n{body}</ListRecords></OAI-PMH>\n'


def pubmed(papers: Sequence[Written]) -> str:
    body = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>{31_000_000 + n}</PMID><Article><ArticleTitle>{escape(p.title)}</ArticleTitle>"
        f"<Abstract><AbstractText>{escape(p.abstract)}</AbstractText></Abstract><AuthorList><Author><LastName>Lovelace</LastName>"
        "<ForeName>Ada</ForeName></Author></AuthorList></Article></MedlineCitation></PubmedArticle>\n"
        for n, p in enumerate(papers)
    )
    return f"{_HEAD}<PubmedArticleSet>\n{body}</PubmedArticleSet>\n"


def endnote(papers: Sequence[Written]) -> str:
    body = "".join(
        '<record><ref-type name="Journal Article">17</ref-type><contributors><authors><author>Lovelace, Ada</author>'
        f"</authors></contributors><titles><title>{escape(p.title)}</title></titles>"
        f"<dates><year>2025</year></dates><abstract>{escape(p.abstract)}</abstract></record>\n"
        for p in papers
    )
    return f"{_HEAD}<xml><records>\n{body}</records></xml>\n"


def mods(papers: Sequence[Written]) -> str:
    body = "".join(
        f'<mods><titleInfo><title>{escape(p.title)}</title></titleInfo><name type="personal"><namePart type="given">Ada</namePart>'
        f'<namePart type="family">Lovelace</namePart></name><abstract>{escape(p.abstract)}</abstract></mods>\n'
        for p in papers
    )
    return f'{_HEAD}<modsCollection xmlns="http://www.loc.gov/mods/v3">\n{body}</modsCollection>\n'


def marc(papers: Sequence[Written]) -> str:
    body = "".join(
        "<record><leader>00000nam a2200000 a 4500</leader>"
        '<datafield tag="100" ind1="1" ind2=" "><subfield code="a">Lovelace, Ada</subfield></datafield>'
        f'<datafield tag="245" ind1="1" ind2="0"><subfield code="a">{escape(p.title)}</subfield></datafield>'
        f'<datafield tag="520" ind1=" " ind2=" "><subfield code="a">{escape(p.abstract)}</subfield></datafield></record>\n'
        for p in papers
    )
    return f'{_HEAD}<collection xmlns="{MARC}">\n{body}</collection>\n'


def unixref(papers: Sequence[Written]) -> str:
    body = "".join(
        f"<doi_record><crossref><journal><journal_article><titles><title>{escape(p.title)}</title></titles><contributors>"
        '<person_name sequence="first" contributor_role="author"><given_name>Ada</given_name><surname>Lovelace</surname></person_name>'
        f"</contributors><abstract>{escape(p.abstract)}</abstract><doi_data><doi>{_doi(p)}</doi></doi_data>"
        "</journal_article></journal></crossref></doi_record>\n"
        for p in papers
    )
    return f"{_HEAD}<doi_records>\n{body}</doi_records>\n"


def atom(papers: Sequence[Written]) -> str:
    body = "".join(
        f"<entry>\n<id>http://arxiv.org/abs/{p.arxiv}v1</id>\n<title>{escape(p.title)}</title>\n<summary>{escape(p.abstract)}</summary>\n"
        "<author><name>Ada Lovelace</name></author>\n</entry>\n"
        for p in papers
    )
    return f'{_HEAD}<feed xmlns="http://www.w3.org/2005/Atom">\n<title>ArXiv Query</title>\n{body}</feed>\n'


def rss(papers: Sequence[Written]) -> str:
    body = "".join(
        f"<item><title>{escape(p.title)}</title><link>https://arxiv.org/abs/{p.arxiv}</link><description>{escape(p.abstract)}</description></item>\n"
        for p in papers
    )
    return f'{_HEAD}<rss version="2.0"><channel><title>New</title>\n{body}</channel></rss>\n'


def rdf(papers: Sequence[Written]) -> str:
    body = "".join(
        f'<bib:Article rdf:about="https://arxiv.org/abs/{p.arxiv}"><z:itemType>journalArticle</z:itemType><dc:title>{escape(p.title)}</dc:title>'
        f"<dcterms:abstract>{escape(p.abstract)}</dcterms:abstract></bib:Article>\n"
        for p in papers
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"{body}</rdf:RDF>\n"
    )


def huggingface(papers: Sequence[Written]) -> str:
    return (
        json.dumps(
            [
                {
                    "paper": {"id": p.arxiv, "title": p.title, "summary": p.abstract, "upvotes": 3},
                    "title": p.title,
                }
                for p in papers
            ]
        )
        + "\n"
    )


def openalex(papers: Sequence[Written]) -> str:
    def inverted(text: str) -> dict[str, list[int]]:
        made: dict[str, list[int]] = {}
        for at, word in enumerate(text.split()):
            made.setdefault(word, []).append(at)
        return made

    works = [
        {
            "id": f"https://openalex.org/W{n}",
            "title": p.title,
            "authorships": [{"author": {"display_name": "Ada Lovelace"}}],
            "abstract_inverted_index": inverted(p.abstract),
        }
        for n, p in enumerate(papers)
    ]
    return json.dumps({"meta": {"count": len(works)}, "results": works}) + "\n"


def scholar(papers: Sequence[Written]) -> str:
    found = [
        {
            "paperId": f"a{n}",
            "externalIds": {"ArXiv": p.arxiv},
            "title": p.title,
            "abstract": p.abstract,
        }
        for n, p in enumerate(papers)
    ]
    return json.dumps({"total": len(found), "data": found}, indent=2) + "\n"


def crossref(papers: Sequence[Written]) -> str:
    items = [
        {"DOI": _doi(p), "title": [p.title], "abstract": f"<jats:p>{escape(p.abstract)}</jats:p>"}
        for p in papers
    ]
    return (
        json.dumps({"status": "ok", "message-type": "work-list", "message": {"items": items}})
        + "\n"
    )


def datacite(papers: Sequence[Written]) -> str:
    data = [
        {
            "id": _doi(p),
            "type": "dois",
            "attributes": {
                "doi": _doi(p),
                "titles": [{"title": p.title}],
                "descriptions": [{"description": p.abstract, "descriptionType": "Abstract"}],
            },
        }
        for p in papers
    ]
    return json.dumps({"data": data}, indent=1) + "\n"


def csl(papers: Sequence[Written]) -> str:
    items = [
        {
            "id": f"item{n}",
            "type": "article-journal",
            "title": p.title,
            "abstract": p.abstract,
            "author": [{"family": "Lovelace", "given": "Ada"}],
        }
        for n, p in enumerate(papers)
    ]
    return json.dumps(items, indent=2) + "\n"


def unknown_json(papers: Sequence[Written]) -> str:
    found = [{"PaperTitle": p.title, "AbstractText": p.abstract, "score": 1.5} for p in papers]
    return json.dumps({"took": 3, "answer": {"things": found}}) + "\n"


def yaml(papers: Sequence[Written]) -> str:
    return "".join(
        f"- title: {json.dumps(p.title)}\n  authors:\n    - Ada Lovelace\n  abstract: >-\n    {p.abstract}\n"
        for p in papers
    )


def _table(papers: Sequence[Written], **form: str) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n", **form)  # type: ignore[arg-type]
    rows.writerow(["Title", "Authors", "Year", "Abstract"])
    rows.writerows([p.title, "; ".join(p.authors), "2025", p.abstract] for p in papers)
    return out.getvalue()


def comma_separated(papers: Sequence[Written]) -> str:
    return _table(papers)


def tab_separated(papers: Sequence[Written]) -> str:
    return _table(papers, delimiter="\t")


def bookmarks(papers: Sequence[Written]) -> str:
    body = "".join(
        f'    <DT><A HREF="https://arxiv.org/abs/{p.arxiv}" ADD_DATE="1413331200">[{p.arxiv}] {escape(p.title)}</A>\n    <DD>{escape(p.abstract)}\n'
        for p in papers
    )
    return f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n{body}</DL><p>\n"


EXPORTS: tuple[Writer, ...] = (
    refer, nbib, science, refworks, ovid, oai, pubmed, endnote, mods, marc, unixref, atom, rss, rdf, huggingface, openalex,
    scholar, crossref, datacite, csl, unknown_json, yaml, comma_separated, tab_separated, bookmarks,
)  # fmt: skip
