"""What is nobody's business: keys, passwords, mail addresses, local files, personal addresses.

Every record of every format passes here before anything else sees it. A record
that holds a secret is refused; mail addresses and local files are taken out of its
texts; a link that only its receiver should follow leads to what it redirects to, or
goes. What was left out is said by number, never by what it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from digest.inputs import findings
from digest.models import Link, Problem, Reading, Record
from digest.papers import ids, unwrap

_SECRET = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,255}\b|\bgithub_pat_\w{30,255}"
    r"|\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{24,255}|\bxox[abprs]-[A-Za-z0-9-]{10,255}|\bAIza[\w-]{35}\b|\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10,2000}"
    r"|\bglpat-[\w-]{20}|\bhf_[A-Za-z0-9]{30,40}\b|\bnpm_[A-Za-z0-9]{36}\b|\bpypi-[\w-]{50,255}|://[^\s:/@]{1,80}:[^\s:/@]{3,80}@"
    r"|\b(?:pass(?:word|wd|phrase)|secret(?:_key)?|api[_-]?key|access[_-]?token|auth[_-]?token)[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?=[^\s\"']{0,80}\d)[^\s\"'<>]{8,80}",
    re.I,
)
"""Keys and tokens by the forms that their issuers document, and passwords with a digit."""

_MARKS = (
    *("private key", "akia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "xoxa", "xoxb", "xoxr", "xoxs", "xoxp"),
    *("aiza", "eyj", "glpat-", "hf_", "npm_", "pypi-", "password", "passwd", "passphrase", "secret"),
    *("api_key", "api-key", "apikey", "access_token", "access-token", "accesstoken", "auth_token", "auth-token", "authtoken"),
)  # fmt: skip
"""One of these is in nearly all that `_SECRET` finds, in small letters; that is sooner known."""
_RARE = re.compile(r"\bsk-[\w-]{20}|://[^\s/@]{3,170}@", re.I)
"""What is in the rest."""

_MAIL = re.compile(
    r"\s?[(\[<{]?\s?(?:mailto:|e-?mail:\s?)?\b[\w.+%-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}\b[)\]>}]?",
    re.I,
)
_FILE = re.compile(
    r"\bfile:/{1,3}\S{1,500}|\b[A-Z]:\\(?:Users|Documents|home)\\[^\s\"<>|]{1,500}|(?<![\w.:/])/(?:home|Users|root)/[\w.-]{1,64}/\S{0,500}|\b(?:zotero|obsidian|message|evernote|notion)://\S{1,500}"
)
_TAKEN: Sequence[tuple[str, re.Pattern[str], Sequence[str]]] = (
    ("mail address", _MAIL, ("@",)),
    ("local file", _FILE, ("/", ":\\")),
)
"""What is taken out of texts, with signs of which one is in each."""


_SIGNS = tuple(sign for _, _, signs in _TAKEN for sign in signs)


def guarded(reading: Reading) -> Reading:
    """Return a reading without anything private; what was left out is a problem or a remark."""
    records: list[Record] = []
    problems: list[Problem] = []
    count: Counter[str] = Counter()
    for record in reading.records:
        if _is_secret("\n".join(_texts(record))):
            message = "expected a paper, found what looks like a key or a password"
            problems.append(
                findings.refuse(reading.seed, record.line, f"{message} — it is left out")
            )
        else:
            cleared = _cleared(record, count)
            place = len(records) + 1
            records.append(
                cleared if cleared.position == place else replace(cleared, position=place)
            )
    for what, number in count.items():
        whats = {"mail address": "mail addresses"}.get(what, f"{what}s")
        said = f"left out {number} {whats}" if number > 1 else f"left out a {what}"
        problems.append(findings.remark(reading.seed, 1, f"{said}: nothing private is published"))
    return replace(reading, records=tuple(records), problems=(*reading.problems, *problems))


def _is_secret(text: str) -> bool:
    low = text.lower()
    told = any(mark in low for mark in _MARKS)
    rare = ("sk-" in low or "://" in low) and bool(_RARE.search(text))
    return (told or rare) and bool(_SECRET.search(text))


def _texts(record: Record) -> Iterator[str]:
    yield from (record.title or "", record.abstract, record.comment or "", record.venue or "")
    yield from (link.url for link in record.links)


def _cleared(record: Record, count: Counter[str]) -> Record:
    """A record without mail addresses, local files and personal links."""
    told = (record.title or "", record.abstract, record.comment or "", *record.authors)
    if not record.links and not any(sign in text for text in told for sign in _SIGNS):
        return record

    def free(text: str) -> str:
        for what, pattern, signs in _TAKEN:
            if any(sign in text for sign in signs):
                text, number = pattern.subn("", text)
                if number:
                    count[what] += number
        return text

    links = {made.url: made for link in record.links if (made := _public(link, count))}
    return replace(
        record,
        title=_each(free, record.title),
        abstract=free(record.abstract).strip(),
        comment=_each(free, record.comment),
        authors=tuple(
            name for name in (free(name).strip(" ,;") for name in record.authors) if name
        ),
        links=tuple(links.values()),
    )


def _each(free: Callable[[str], str], text: str | None) -> str | None:
    return (free(text).strip() or None) if text else text


# --- links -----------------------------------------------------------------------------


def _public(link: Link, count: Counter[str]) -> Link | None:
    url = unwrap.target(link.url)
    if url == link.url:
        return link
    if url is None:
        count["personal link"] += 1
        return None
    return ids.link(url, link.kind if link.kind != "other" else None)
