"""The addresses in an abstract: put right where a page damaged them, found, and told apart by kind.

`mend` works on text as found, `find` on plain text. A link is only made where
there is certainly one: `framework.The` and `Recall@10` are none, and a promise
of code is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.models import Link, LinkKind

# --- mending ---------------------------------------------------------------------------

_DOMAIN = (
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}"
    r"(?:com|org|net|edu|gov|int|mil|info|io|ai|ml|dev|app|me|ms|sh|tech|science|cloud|online|"
    r"site|page|pub|xyz|club|studio|space|website|science|software|systems|tools|wiki|blog|"
    r"network|institute|academy|art|health|design|eu|uk|de|fr|it|es|ch|at|nl|be|se|no|fi|dk|pl|cz|"
    r"pt|gr|ie|hu|ro|ru|ua|tr|il|in|cn|jp|kr|tw|hk|sg|au|nz|ca|us|mx|br|ar|cl|za|ir|sa|ae|vn|th|"
    r"my|id|ph|co|cc|tv|to|ly|gl|be|gg|la|fm|im|is|so|st|ws)"
)
_BRACED = r"\{((?:[^{}]|\{[^{}]{0,300}\}){0,300})\}"
_HREF = re.compile(
    r"(\{\s?)?(?:\\|(?<![\w\\])(?=href\s?\{http))href\s?\{\s{0,4}([^{}]{1,500}?)\s{0,4}\}\s?"
    + _BRACED
    + r"(?(1)\s?\})"
)
_URL = re.compile(
    r"\\(?:url|href|nolinkurl|path)\s?\{\s{0,4}((?:[^{}]|\{[^{}]{0,20}\}){0,500}?)\s{0,4}\}"
)
_EMPTY = re.compile(r"\\(?:url|href)\s?\{\s{0,4}\}(?:\{\s{0,4}\})?")
_ANCHOR = re.compile(
    r"<a\b[^<>]{0,400}?\bhref\s?=\s?[\"'](https?://[^\"'<>\s]{1,500})[\"'][^<>]{0,400}>(.{0,300}?)</a\s?>",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^\s()]{1,500})\)")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,500})>")
_LEFT_OVER = re.compile(r"((?:https?:)?//[^\s{}]{4,500})\}?\{([^{}\s][^{}]{0,200}|)(?:\}|$|(?=\s))")
_POINTING = re.compile(
    r"\W*(?:(?:at |in |via )?(?:this|the|our)? ?(?:here|link|url|github|code|website|web ?page|page|repo(?:sitory)?|"
    r"project(?: page)?|project website|this https? url|https? url|this|https?|project homepage|homepage))?\W*",
    re.IGNORECASE,
)
"""Words that only point at an address: without it they say nothing."""

_ESCAPES = re.compile(r"\\([_%#&~$])(?:\{\})?")
_TILDE = re.compile(
    r"\$\s?\\sim\s?\$|\\textasciitilde(?:\{\}|\s)?|\\string~|\{\\(?:textasciitilde|sim)\}"
)
_IN_ADDRESS = re.compile(
    r"https?://(?:[^\s{}$\\]|\\[_%#&~$](?:\{\})?|\\textasciitilde(?:\{\})?|\$\s?\\sim\s?\$){1,500}"
)

_REPAIRS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(https?)\s?:\s?/\s?/\s?(?=" + _DOMAIN + r"\b)", re.I), r"\1://"),
    (re.compile(r"\b(https?)(?::/|//|:)(?=" + _DOMAIN + r"\b)", re.I), r"\1://"),
    (re.compile(r"\b(?:htpps?|htps|hhttps|ttps)://(?=\w)"), "https://"),
    (re.compile(r"(?<![\w:/.])//(?=" + _DOMAIN + r"(?:/|\b))"), "https://"),
    (re.compile(r"(?<=[A-Za-z]{2})(?<!\bview-source)(https?://(?=" + _DOMAIN + r"))"), r" \1"),
    (re.compile(r"(https?://[\w.-]{1,80})\.\s(?=(?:com|org|net|io|edu)/\w)"), r"\1."),
    (re.compile(r"(https?://[^\s{}]{1,200}[-_])\s(?=[A-Za-z0-9][\w./-]*)"), r"\1"),
    (re.compile(r"(https?://(?:www\.)?(?:github|gitlab|huggingface)\.(?:com|co)/)\s(?=[\w-]+/[\w-])"), r"\1"),
    (re.compile(r"(https?://(?:www\.)?(?:github|gitlab|huggingface)\.(?:com|co)/[\w-]+)(?: /\s?|/ )(?=[\w-]*[-_A-Z\d])"), r"\1/"),
)  # fmt: skip


def mend(text: str) -> str:
    r"""Put damaged addresses right in text as found; TeX around them goes, the rest stays.

    >>> mend("code: //aka.ms/x, https://github.com/a/b{here}")
    'code: https://aka.ms/x, https://github.com/a/b'
    >>> mend(r"see \href{https://a.org/x\_y}{our data} and \url{}")
    'see our data (https://a.org/x_y) and '
    """
    if "//" not in text and "\\" not in text and "http" not in text:
        return text
    if "\\" in text or "href{" in text:
        text = _EMPTY.sub("", text)
        text = _HREF.sub(lambda found: _worded(found[2], found[3]), text)
        text = _URL.sub(lambda found: found[1], text)
    if "](" in text or "<" in text:
        text = _MARKDOWN.sub(lambda found: _worded(found[2], found[1]), text)
        text = _ANCHOR.sub(lambda found: _worded(found[1], found[2]), text)
        text = _AUTOLINK.sub(r"\1", text)
    for pattern, replacement in _REPAIRS:
        text = pattern.sub(replacement, text)
    if "{" in text:
        text = _LEFT_OVER.sub(lambda found: _worded(found[1], found[2]), text)
    return _IN_ADDRESS.sub(_unescaped, text)


def _worded(url: str, words: str) -> str:
    """Write an address with the words that stood for it, unless these only point at it."""
    bare = re.sub(r"\\[A-Za-z]+\s?|[{}$]|<[^<>]*>", "", words).strip()
    if _POINTING.fullmatch(bare) or re.match(r"https?:|www\.|/", bare) or _same(bare, url):
        return url + "." * (bare.endswith(".") and not url.endswith("."))
    return f"{words} ({url})"


def _same(words: str, url: str) -> bool:
    """Say whether words are the address itself, whatever its scheme and escapes."""
    return _key(words.replace("\\", "")) == _key(url.replace("\\", ""))


def _unescaped(found: re.Match[str]) -> str:
    if "\\" not in found[0]:
        return found[0]
    return _ESCAPES.sub(r"\1", _TILDE.sub("~", found[0]))


# --- finding ---------------------------------------------------------------------------

_CANDIDATE = re.compile(
    r"(?P<url>https?://[^\s<>{}\"“”|\\^`]{3,1000})"
    r"|(?<![\w.])(?P<arxiv>arxiv\s?:\s?(?:\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)(?![\w/])"
    r"|(?P<doi>(?<![\w./])10\.\d{4,9}/[^\s<>{}\"“”|\\^`]{1,300})"
    rf"|(?<![\w@./:-])(?P<bare>(?:www\.)?{_DOMAIN}(?![\w@-]|\.\w)(?P<path>/[^\s<>{{}}\"“”|\\^`]{{0,500}})?)",
    re.IGNORECASE,
)
_HINT = re.compile(r"\.[A-Za-z]{2}|://|[Xx]iv ?:|\.\d{4,9}/")
"""Without one of these there is no address: most abstracts have none."""

_CUE = re.compile(
    r"(?:\b(?:available|accessible|accessed|released?|hosted|found|visit|website|site|page|homepage|"
    r"code|demo|online|download(?:ed)?|platform|portal|access|see|url|link)\b[^.!?]{0,60}|[(\[:] ?)$",
    re.IGNORECASE,
)
"""What comes before an address without scheme or path that is meant as one: a firm's name is none."""

_TRAILING = ".,;:!?'\"’”‘“*_`~…—–"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def find(text: str) -> tuple[Link, ...]:
    """Give the addresses of a plain text in order, without repeats, each with its kind.

    >>> [link.url for link in find("Code: github.com/x/y. It extends arXiv:2004.11967.The end")]
    ['https://github.com/x/y', 'https://arxiv.org/abs/2004.11967']
    """
    links: dict[str, Link] = {}
    for found in _candidates(text):
        if url := _address(found):
            before = text[max(0, found.start() - 100) : found.start()]
            links.setdefault(_key(url), Link(url, _kind(url, before)))
    return tuple(links.values())


def _candidates(text: str) -> Iterator[re.Match[str]]:
    if not _HINT.search(text):
        return
    for found in _CANDIDATE.finditer(text):
        if found["bare"] is None or _is_address(found, text):
            yield found


def _is_address(found: re.Match[str], text: str) -> bool:
    """Say whether a name with dots and no scheme is an address: by its path, `www.` or a cue."""
    bare = found["bare"]
    if bare.lower().startswith("www.") or len(found["path"] or "") > 1:
        return bare.split("/")[0].rpartition(".")[2].islower()
    host, _, ending = bare.rstrip("/").rpartition(".")
    if ending not in _OWN_ENDINGS or len(host) < 3:
        return False
    return (
        host.count(".") > 0
        or _CUE.search(text[max(0, found.start() - 90) : found.start()]) is not None
    )


_OWN_ENDINGS = frozenset((
    "com", "org", "net", "edu", "gov", "io", "ai", "ml", "dev", "app", "info", "tech", "science",
    "xyz", "eu", "uk", "de",
))  # fmt: skip


def _address(found: re.Match[str]) -> str:
    """Write a match as an address, without the punctuation of its sentence."""
    if found["arxiv"]:
        number = re.sub(r"^arxiv\s?:\s?", "", found["arxiv"], flags=re.IGNORECASE)
        return "https://arxiv.org/abs/" + re.sub(r"v\d+$", "", number)
    if found["doi"]:
        return "https://doi.org/" + trimmed(found["doi"])
    url = trimmed(found[0])
    return url if found["url"] else f"https://{url}"


def trimmed(url: str) -> str:
    """Take the end of a sentence off an address; brackets that it opened itself stay.

    >>> trimmed("https://x.org/a_(b)).")
    'https://x.org/a_(b)'
    """
    url = _SENTENCE.sub("", url)
    while url:
        last = url[-1]
        unopened = last in _PAIRS and url.count(last) > url.count(_PAIRS[last])
        if last not in _TRAILING and not unopened:
            break
        url = url[:-1]
    return re.sub(r"(?:’s|'s)$", "", url)


_SENTENCE = re.compile(
    r"(?<=[\w/)])[.,;](?:The|We|Our|This|These|It|In|Code|To)$|[)\]][.,;][A-Z].*$"
)
"""A sentence glued to the end of an address."""


def _key(url: str) -> str:
    """Give what two ways to write one address share."""
    key = re.sub(r"^https?://(?:www\.)?", "", url.strip().rstrip(".")).rstrip("/").lower()
    return key.removesuffix(".git")


# --- kinds -----------------------------------------------------------------------------

_BY_ADDRESS: tuple[tuple[LinkKind, re.Pattern[str]], ...] = (
    ("video", re.compile(r"(?:[\w-]+\.)?(?:youtube\.com|youtu\.be|vimeo\.com|bilibili\.com)\b")),
    ("data", re.compile(r"huggingface\.co/datasets/|(?:www\.)?kaggle\.com/(?:datasets|competitions|c)/")),
    ("data", re.compile(r"(?:[\w-]+\.)*(?:zenodo\.org|figshare\.com|osf\.io|datadryad\.org|openneuro\.org|physionet\.org|data\.mendeley\.com|ieee-dataport\.org|pangaea\.de|opendatalab\.com)\b|(?:[\w-]+\.)*dataverse\.")),
    ("data", re.compile(r"(?:dx\.)?doi\.org/10\.(?:5281|6084|5061|7910|17632|5256|57967)/")),
    ("paper", re.compile(r"(?:dx\.)?doi\.org/10\.|(?:[\w-]+\.)*(?:arxiv|aclanthology|biorxiv|medrxiv|semanticscholar|neurips|mlr|jmlr)\.(?:org|press|cc)\b|openreview\.net/|huggingface\.co/papers/|(?:[\w-]+\.)*(?:ncbi\.nlm\.nih\.gov|pubmed\.gov|europepmc\.org|openaccess\.thecvf\.com|dl\.acm\.org|ieeexplore\.ieee\.org|hal\.science)\b")),
    ("project", re.compile(r"huggingface\.co/spaces/|sites\.google\.com/|[\w-]+\.(?:github|gitlab)\.io\b")),
    ("model", re.compile(r"huggingface\.co/(?:collections/)?[\w.-]+/[\w.-]+|modelscope\.cn/models/|civitai\.com/models/")),
    ("code", re.compile(r"(?:[\w-]+\.)*(?:github\.com|gitlab\.[a-z.]+|bitbucket\.org|codeberg\.org|sourceforge\.net|git\.io|gitee\.com|sr\.ht|pypi\.org|cran\.r-project\.org|anonymous\.4open\.science|colab\.research\.google\.com|bioconductor\.org|codeocean\.com|crates\.io|npmjs\.com)\b|git(?:lab|hub|ea)?\.[\w.-]+/")),
    ("data", re.compile(r"data\.[\w.-]+/|[^/]+/(?:[\w.-]+/){0,5}datasets?\b")),
)  # fmt: skip
_BY_WORDS: tuple[tuple[LinkKind, re.Pattern[str]], ...] = (
    ("project", re.compile(r"\b(?:project|web ?(?:site|page)|home ?page|demos?|project page|platform|portal)\b", re.I)),
    ("video", re.compile(r"\bvideos?\b", re.I)),
    ("data", re.compile(r"\b(?:data ?sets?|data|corpus|corpora|benchmarks?|annotations?)\b", re.I)),
    ("model", re.compile(r"\b(?:models?|checkpoints?|weights)\b", re.I)),
    ("code", re.compile(r"\b(?:codes?|implementations?|software|source|package|library|toolkit|repository|scripts?)\b", re.I)),
)  # fmt: skip


def _kind(url: str, before: str) -> LinkKind:
    """Tell what an address leads to: by its host, or by the words before it in its sentence.

    `Code, data and videos: …` leads to code, since that is what readers look for.
    """
    place = re.sub(r"^https?://(?:www\.)?", "", url).lower()
    for kind, pattern in _BY_ADDRESS:
        if pattern.match(place):
            return kind
    sentence = re.split(r"[.!?]\s", before)[-1]
    cues = sorted((f.start(), kind) for kind, words in _BY_WORDS for f in words.finditer(sentence))
    last = cues[-1][1] if cues else "other"
    return "code" if last != "project" and "code" in dict(cues).values() else last
