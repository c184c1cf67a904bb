"""Unwrapping of addresses: the target behind redirectors, proxies and tracking parameters.

Alerts, mail programs, chats and libraries wrap the addresses that they pass on: a
redirector counts the click and identifies its reader, a proxy is open only to the
members of one university. A paper's page may link only to what they wrap.
URL Defense: https://help.proofpoint.com/; Safe Links: Microsoft Defender for Office 365.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

DEPTH = 4
"""Levels of wrapping that are followed: a mail program's, around an alert's, around a proxy's."""

_TARGETS = frozenset(
    [
        "url",
        "q",
        "u",
        "target",
        "dest",
        "destination",
        "redirect",
        "redir",
        "to",
        "link",
        "qurl",
        "uddg",
        "z",
        "redirect_url",
        "redirecturl",
        "redirect_uri",
        "returnurl",
    ]
)
"""Parameters in which redirectors carry their target."""

# redirectors whose target is in a parameter, and login pages of proxies
_REDIRECT = re.compile(
    r"(?:[\w-]{1,80}\.){0,3}(?:scholar\.google\.[a-z.]{2,8}/scholar_url|(?:www\.)?google\.[a-z.]{2,8}/url|(?:[\w-]{1,40}\.)?safelinks\.protection\.outlook\.com"
    r"|lm?\.(?:facebook|instagram|messenger)\.com|out\.reddit\.com|t\.umblr\.com|slack-redir\.net|(?:www\.)?linkedin\.com/(?:redir|safety)|vk\.com/away"
    r"|steamcommunity\.com/linkfilter|(?:www\.)?youtube\.com/redirect|(?:www\.)?duckduckgo\.com/l/|statics\.teams\.cdn\.office\.net/evergreen-assets/safelinks"
    r"|(?:[\w-]{1,60}\.){0,6}[\w-]{0,40}(?:ezproxy|proxy)[\w.-]{0,80}(?::\d{1,5})?/(?:login|connect))",
    re.I,
)
# click counters of mail services, pages to unsubscribe, and private documents
_PERSONAL = re.compile(
    r"(?:[\w-]{1,80}\.){0,3}(?:(?:[\w-]{1,80}\.)?(?:list-manage\d?\.com|awstrack\.me|hubspotlinks\.com|ct\.sendgrid\.net|rs6\.net|exacttarget\.com)/"
    r"|(?:clicks?|track(?:ing)?|trk|email|url\d{2,6}|links?\.mail|lnks?)\.(?=[\w-]{1,80}\.)|lnkd\.in/|mailchi\.mp/\S{1,80}/[0-9a-f]{8}|mandrillapp\.com/track"
    r"|sendgrid\.net/(?:ls|wf)|substack\.com/redirect|(?:[\w-]{1,80}\.){0,2}beehiiv\.com/(?:ls|c)|\S{0,200}(?:unsubscribe|opt-?out|manage[-_]?preferences)"
    r"|docs\.google\.com/(?:document|spreadsheets|forms)/|[\w-]{1,80}\.sharepoint\.com/|onedrive\.live\.com/|1drv\.ms/"
    r"|scholar\.google\.[a-z.]{2,8}/(?:scholar_(?:share|alerts)|citations\?.{0,300}update_op))",
    re.I,
)
_TRACKING = re.compile(
    r"utm_\w{1,30}|fbclid|gclid|dclid|msclkid|twclid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|rss|casa_token|trk|igshid|ref|ref_?src|via|spm|dgcid|at_\w{1,20}"
    r"|et_?[cr]id|e?mail|token|sessionid|jsessionid|sharing_?token|share_?token|fromsource|scisig",
    re.I,
)
"""Parameters that identify who follows an address, or from where, but not its target."""

# URL Defense, versions 3, 1 and 2
_DEFENSE = re.compile(r"urldefense(?:\.proofpoint)?\.com/v3/__(.{4,1800}?)__;", re.I)
_QUOTED = re.compile(r"urldefense\.proofpoint\.com/v[12]/url\?(?:.{0,300}&)?u=([^&]{4,1800})", re.I)
# click counters that carry the target in their path
_PATHED = re.compile(
    r"https?://(?:[\w-]{1,80}\.){1,6}[\w-]{2,30}/(?:CL0|L0|link/redirect|r)/(https?:(?:%2F|/){2}[^/\s]{4,1800})",
    re.I,
)
# hosts below EZproxy's: with hyphens for dots, or unchanged
_HYPHENS = re.compile(
    r"(https?://)([a-z0-9-]{3,100})\.(?:[\w-]{1,40}\.){0,3}[\w-]{0,30}(?:ezproxy|proxy|idm\.oclc)[\w-]{0,30}(?:\.[\w-]{1,40}){1,5}(?::\d{1,5})?(/\S{0,1800})",
    re.I,
)
_DOTTED = re.compile(
    r"(https?://)((?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|edu|gov))\.(?:[\w-]{1,40}\.){0,3}[\w-]{0,30}(?:ezproxy|proxy)[\w-]{0,30}(?:\.[\w-]{1,40}){1,5}(?::\d{1,5})?(/\S{0,1800})",
    re.I,
)


def follow(url: str) -> str:
    """Return the address that a redirector or a library's proxy wraps; any other unchanged.

    >>> follow(
    ...     "https://scholar.google.com/scholar_url?url=https://arxiv.org/abs/2503.01234&hl=en&sa=X"
    ... )
    'https://arxiv.org/abs/2503.01234'
    >>> follow("https://www-nature-com.ezproxy.example.edu/articles/a1")
    'https://www.nature.com/articles/a1'
    >>> follow("https://urldefense.com/v3/__https://doi.org/10.1000/x__;!!ab$")
    'https://doi.org/10.1000/x'
    >>> follow(
    ...     "https://tracking.example.com/CL0/https:%2F%2Farxiv.org%2Fabs%2F2411.90001/1/0100/a=1"
    ... )
    'https://arxiv.org/abs/2411.90001'
    """
    for _ in range(DEPTH):
        inner = next((found for unwrap in _UNWRAP if (found := unwrap(url))), "")
        if not inner:
            break
        url = inner
    return url


def target(url: str) -> str | None:
    """Return the target of an address without tracking parameters; None if it is personal.

    >>> target("https://example.org/a?utm_source=mail&id=7")
    'https://example.org/a?id=7'
    >>> target("https://x.list-manage.com/track/click?u=1&e=2")
    """
    url = follow(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    where = f"{parts.netloc}{parts.path}?{parts.query}"
    if _PERSONAL.match(where) or _REDIRECT.match(where) or parts.username or parts.password:
        return None
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in query if not _TRACKING.fullmatch(key)]
    return url if len(kept) == len(query) else parts._replace(query=urlencode(kept)).geturl()


def _from_parameter(url: str) -> str:
    """Return the address in a parameter of a redirector or of a proxy's login page, or ''."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    where = f"{parts.netloc}{parts.path}"
    if not (_REDIRECT.match(where) or _PERSONAL.match(where)):
        return ""
    query = parse_qsl(parts.query)
    return next(
        (value for key, value in query if key.lower() in _TARGETS and _is_address(value)), ""
    )


def _from_url_defense(url: str) -> str:
    """Return what URL Defense wraps: between underscores, or with `-` for `%` and `_` for `/`."""
    if match := _DEFENSE.search(url[:2000]):
        return match[1]
    match = _QUOTED.search(url[:2000])
    return unquote(match[1].replace("-", "%").replace("_", "/")) if match else ""


def _from_proxy(url: str) -> str:
    """Return an address at EZproxy with its own host, whose dots may be written as hyphens."""
    if match := _DOTTED.fullmatch(url[:2000]):
        return match[1] + match[2] + match[3]
    match = _HYPHENS.fullmatch(url[:2000])
    if not match or "-" not in match[2]:
        return ""
    host = match[2].replace("--", "\0").replace("-", ".").replace("\0", "-")
    return match[1] + host + match[3]


def _is_address(value: str) -> bool:
    return value.lower().startswith(("http://", "https://"))


def _from_path(url: str) -> str:
    """Return the percent-encoded address in the path of a click counter, or ''."""
    match = _PATHED.match(url[:2000])
    return unquote(match[1]) if match else ""


_UNWRAP: Sequence[Callable[[str], str]] = (
    _from_url_defense,
    _from_parameter,
    _from_path,
    _from_proxy,
)
