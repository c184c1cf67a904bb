"""Identifiers and addresses found in text.

arXiv: https://info.arxiv.org/help/arxiv_identifier.html; DOI: the DOI Handbook,
section 2.2; ACL: https://aclanthology.org/info/ids/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote, urlsplit

from digest.models import Link, LinkKind
from digest.papers import unwrap

# since April 2007: year, month and number; before: archive, year, month and number
_NEW_ARXIV = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD_ARXIV = r"(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph|[a-z]{2,8}(?:-[a-z]{2,4})?)(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(rf"(?<![\w./-])({_NEW_ARXIV}|{_OLD_ARXIV})(?:v\d{{1,2}})?(?![\w/]|\.\d)")
# an id next to something that names it as arXiv's
_MARKED_ARXIV = re.compile(
    rf"(?:arxiv(?:\.org)?[:/\s]\s*(?:(?:abs|pdf|html|format|list|ps)/)?"
    rf"|(?:huggingface\.co|alphaxiv\.org|ar5iv\S{{0,20}}|export\.arxiv\.org)/(?:papers|abs|pdf|html|overview)/"
    rf"|10\.48550/arxiv\.|oai:arXiv\.org:|/papers/)({_NEW_ARXIV}|{_OLD_ARXIV})(?:v\d{{1,2}})?(?!\d)",
    re.I,
)
# ends at what cannot be seen: control characters, marks of direction, joiners, lone surrogates
_DOI = re.compile(
    r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    r"\ud800-\udfff\ufeff\ufff9-\uffff]{1,200}",
    re.I,
)
_ACL = re.compile(
    r"aclanthology\.org/(?:anthology/)?([A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)", re.I
)
_REVIEW = re.compile(r"openreview\.net/(?:forum|pdf|attachment)\?id=([\w-]{6,20})")
_PMID = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|\bPMID:?\s*)(\d{4,9})\b"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"\\^`{}|]{2,1000}", re.I)


def arxiv(text: str) -> str | None:
    """Return the arXiv id, without its version, of a field that should hold one, or None.

    >>> arxiv("arXiv:2503.01234v2"), arxiv("http://arxiv.org/abs/hep-th/9901001v1"), arxiv("1.2")
    ('2503.01234', 'hep-th/9901001', None)
    """
    text = text.strip()[:300]
    match = _MARKED_ARXIV.search(text) or _ARXIV.search(text)
    return _strip_version(match[1]) if match else None


def _strip_version(found: str) -> str:
    return re.sub(
        r"v\d+$", "", found.lower() if found[0].isdigit() else _strip_subject_class(found)
    )


def _strip_subject_class(old: str) -> str:
    """Return the canonical form of an old id: arXiv files math.GT/0309136 as math/0309136."""
    return re.sub(r"\.[A-Za-z]{2}/", "/", old)


def doi(text: str) -> str | None:
    """Return the DOI in a text, in lower case and without a resolver's address, or None.

    >>> doi("https://doi.org/10.1000/XYZ(1)."), doi("10.1")
    ('10.1000/xyz(1)', None)
    >>> doi("doi:10.1016/S0896-6273%2801%2900000-0)")
    '10.1016/s0896-6273(01)00000-0'
    """
    match = _DOI.search(unquote(text[:2000]))
    return trim(match.group()).lower() if match else None


_PREPRINT = re.compile(
    r"10\.(?:48550/|1101/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,}|64898/|21203/rs\.|26434/|20944/preprints|2139/ssrn|31234/|31219/|31235/"
    r"|31223/|31222/|32388/|36227/|22541/|7287/peerj\.preprints|14293/|12688/|5281/zenodo|6084/m9|55458/|51094/jxiv|33774/|17605/|35542/osf)"
)
"""Prefixes of arXiv, bioRxiv and medRxiv, Research Square, ChemRxiv, Preprints.org, SSRN, OSF,
TechRxiv, Authorea, …, and of archives that register a DOI for every version of a text (Zenodo,
figshare): https://www.crossref.org, https://datacite.org."""


def is_preprint(doi: str) -> bool:
    """Return whether a DOI belongs to a preprint or to a single version, not to an article.

    >>> is_preprint("10.1101/2022.11.01.514001"), is_preprint("10.1101/gad.1234")
    (True, False)
    >>> is_preprint("10.1016/j.x")
    False
    """
    return bool(_PREPRINT.match(doi))


_VERSION = re.compile(
    r"(10\.(?:21203/rs\.\d\.rs-\d+|20944/preprints[\d.]+?|12688/\w+\.\d+|7554/elife\.\d+|26434/chemrxiv-\w+-\w+))"
    r"(?:[./-]v?\d{1,2})"
)
"""DOIs with a version at the end: Research Square, Preprints.org, F1000, eLife, ChemRxiv."""


def work(doi: str) -> str:
    """Return the DOI of a work, of whatever version the given one is.

    >>> work("10.21203/rs.3.rs-1234567/v2"), work("10.7554/elife.12345.3"), work("10.1016/j.x.2")
    ('10.21203/rs.3.rs-1234567', '10.7554/elife.12345', '10.1016/j.x.2')
    """
    found = _VERSION.fullmatch(doi)
    return found[1] if found else doi


_PAGE_SUFFIX = re.compile(
    r"(?:v\d{1,2})?(?:\.(?:full|abstract|short|supplementary-material)[\w.+-]{0,30}|/(?:e?pdf|full|abstract|html|meta|summary))\Z|(?<=\d)v\d{1,2}\Z"
)
"""What sites append to a DOI in the address of a page: the version, and the view of it."""


def _doi_in(text: str) -> str | None:
    """Return the DOI of a text; of an address without its query and the suffix of a page.

    >>> _doi_in("https://www.biorxiv.org/content/10.1101/2024.01.30.570001v2.full.pdf?x=1")
    '10.1101/2024.01.30.570001'
    >>> _doi_in("10.1000/xv1")
    '10.1000/xv1'
    """
    if not re.match(r"https?://", text, re.I):
        return doi(text)
    path = doi(re.split(r"[?#]", text, maxsplit=1)[0])
    if path and "doi.org/" not in text:
        path = _PAGE_SUFFIX.sub("", path)
    return path or doi(text)


def trim(address: str) -> str:
    """Strip the punctuation of the surrounding sentence from an address.

    >>> trim("http://a.org/x_(y))."), trim("http://a.org/x,")
    ('http://a.org/x_(y)', 'http://a.org/x')
    """
    while address:
        last = address[-1]
        unpaired = (last == ")" and address.count(")") > address.count("(")) or (
            last == "]" and address.count("]") > address.count("[")
        )
        if last not in ".,;:!?'\"*_”’»>" and not unpaired:
            return address
        address = address[:-1]
    return address


def identifiers(texts: Iterable[str]) -> dict[str, str]:
    """Return the identifiers in addresses and other labelled text, the first of each scheme.

    A bare number that merely looks like an arXiv id is ignored.

    >>> identifiers(["https://arxiv.org/pdf/2503.01234v2", "https://doi.org/10.1000/X"])
    {'arxiv': '2503.01234', 'doi': '10.1000/x'}
    """
    found: dict[str, str] = {}
    for text in texts:
        text = unwrap.follow(text[:2000]) if "://" in text[:10] else text[:2000]
        if match := _MARKED_ARXIV.search(text):
            found.setdefault("arxiv", _strip_version(match[1]))
        if (value := _doi_in(text)) and not value.startswith("10.48550/arxiv."):
            found.setdefault("doi", value)
        for kind, pattern in (("acl", _ACL), ("openreview", _REVIEW), ("pmid", _PMID)):
            if match := pattern.search(text):
                found.setdefault(kind, match[1])
    return found


_ADDRESSES = {
    "doi": "https://doi.org/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "acl": "https://aclanthology.org/{}/",
    "openreview": "https://openreview.net/forum?id={}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
}
"""The address of an identifier by its scheme, the version of record first."""


def addresses(known: Mapping[str, str]) -> dict[str, str]:
    """Return the address of each identifier, the version of record first.

    >>> addresses({"arxiv": "hep-th/9901001", "doi": "10.1000/a(b)#c"})
    {'doi': 'https://doi.org/10.1000/a(b)%23c', 'arxiv': 'https://arxiv.org/abs/hep-th/9901001'}
    """
    return {
        scheme: address.format(quote(known[scheme], safe="/:;(),@!$*+=~"))
        for scheme, address in _ADDRESSES.items()
        if scheme in known
    }


_NAMES = {
    "doi": "doi:{}",
    "arxiv": "arXiv:{}",
    "acl": "ACL {}",
    "openreview": "OpenReview {}",
    "pmid": "PubMed {}",
}


def name(known: Mapping[str, str], links: Iterable[Link] = ()) -> str:
    """Return a name for a paper of which only an identifier or an address is known.

    >>> name({"arxiv": "2503.01234"}), name({}, [Link("https://a.org/b/c", "paper")])
    ('arXiv:2503.01234', 'a.org/b/c')
    """
    named = (text.format(known[scheme]) for scheme, text in _NAMES.items() if scheme in known)
    where = (link.url.partition("://")[2].rstrip("/") for link in links)
    return next(named, "") or next(where, "")


def primary_address(known: Mapping[str, str]) -> str:
    """Return the address of the most authoritative identifier; empty if there is none."""
    return next(iter(addresses(known).values()), "")


_HOSTS: tuple[tuple[str, LinkKind], ...] = (
    ("github.com", "code"), ("gitlab.", "code"), ("bitbucket.org", "code"), ("codeberg.org", "code"),
    ("huggingface.co/datasets", "data"), ("zenodo.org", "data"), ("kaggle.com", "data"), ("figshare.com", "data"),
    ("huggingface.co/papers", "paper"), ("arxiv.org", "paper"), ("doi.org", "paper"), ("openreview.net", "paper"),
    ("aclanthology.org", "paper"), ("pubmed.ncbi", "paper"), ("proceedings.", "paper"), ("biorxiv.org", "paper"),
    ("medrxiv.org", "paper"), ("dl.acm.org", "paper"), ("alphaxiv.org", "paper"), ("semanticscholar.org", "paper"),
    ("sciencedirect.com/science/", "paper"), ("nature.com/articles", "paper"), ("link.springer.com", "paper"), ("onlinelibrary.wiley.com", "paper"),
    ("ieeexplore.ieee.org", "paper"), ("academic.oup.com", "paper"), ("jstor.org/stable", "paper"), ("mdpi.com/", "paper"), ("journals.", "paper"),
    ("ssrn.com", "paper"), ("hal.science", "paper"), ("europepmc.org", "paper"), ("ncbi.nlm.nih.gov/pmc", "paper"), ("pmc.ncbi", "paper"),
    ("/doi/", "paper"), ("papers.nips.cc", "paper"), ("thecvf.com", "paper"), ("ecva.net", "paper"), ("jmlr.org", "paper"), ("frontiersin.org/", "paper"),
    ("huggingface.co", "model"), ("youtube.com", "video"), ("youtu.be", "video"), ("vimeo.com", "video"),
    ("github.io", "project"),
)  # fmt: skip


def link(url: str, kind: LinkKind | None = None) -> Link | None:
    """Return a link to an address, of the kind its host suggests, or None if it is not http(s).

    A redirector's address is replaced by the one it wraps.

    >>> link("www.github.com/x/y"), link("javascript:alert(1)")
    (Link(url='https://www.github.com/x/y', kind='code'), None)
    """
    url = trim(url.strip())
    if url.lower().startswith("www."):
        url = f"https://{url}"
    if url.startswith("//"):
        url = f"https:{url}"
    url = unwrap.follow(url)
    if not re.match(r"https?://[^\s<>\"]+$", url, re.I) or len(url) > 2000:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if not parts.netloc:
        return None
    where = (parts.netloc + parts.path).lower()
    guess: LinkKind = next((k for host, k in _HOSTS if host in where), "other")
    if guess == "other" and parts.path.lower().endswith(".pdf"):
        guess = "paper"
    return Link(url, kind or guess)


def links(urls: Iterable[str]) -> tuple[Link, ...]:
    """Return links to addresses, each once; anything that is not http(s) is ignored."""
    found = (link(url) for url in urls)
    return tuple({made.url: made for made in found if made}.values())


def urls(text: str) -> list[str]:
    """Return the addresses written out in a text, in order."""
    return [trim(match.group()) for match in _URL.finditer(text)]
