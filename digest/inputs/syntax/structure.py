"""Recognition of documents that are not prose.

JSON, source code, a log, a key: such a document is read by a format of its structure or
refused by name; the formats of pasted text never see it. A structure is recognised by
the beginning of a document, or by the share of its lines with a pattern that lines of
titles and abstracts do not match.
"""

from __future__ import annotations

import ast
import csv
import re
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from digest.inputs.syntax import objects

HEAD = 200_000
"""Characters that are examined, from the beginning."""

SAMPLE = 400
"""Lines that are examined, from the beginning."""

WIDEST = 600
"""Characters of a line that are examined."""

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Structure:
    """A kind of document that is not prose."""

    label: str
    """The kind with its article, for messages."""
    opens: re.Pattern[str] = _NEVER
    """The pattern of its beginning, after blank lines."""
    line: re.Pattern[str] = _NEVER
    """The pattern of its lines."""
    share: float = 0.5
    """Minimum share of the non-blank lines with that pattern; at least three have it."""
    holds: re.Pattern[str] = _NEVER
    """A pattern that no other document has near its beginning."""


def _ignoring_case(text: str) -> re.Pattern[str]:
    return re.compile(text, re.I)


STRUCTURES: Sequence[Structure] = (
    Structure(
        "a key or a certificate",
        opens=re.compile(
            r"-----BEGIN [A-Z0-9 ]{3,60}-----|PuTTY-User-Key-File|(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S{1,40})\s+AAAA"
        ),
        holds=re.compile(
            r"^\W{0,20}-{4,5} ?BEGIN [A-Z0-9 ]{0,60}(?:KEY|CERTIFICATE|MESSAGE|SIGNATURE)[A-Z ]{0,20} ?-{4,5}", re.M
        ),
    ),
    Structure("rich text (RTF)", opens=re.compile(r"\{\\rtf")),
    Structure("PostScript or PDF codes", opens=re.compile(r"%!PS|%PDF-")),
    Structure("a pointer to a large file", opens=_ignoring_case(r"version https?://git-lfs\.|oid sha256:")),
    Structure(
        "a calendar or address card",
        opens=_ignoring_case(r"BEGIN:V[A-Z]{3,8}\b"),  # RFC 5545 and RFC 6350
    ),
    Structure("subtitles", opens=re.compile(r"WEBVTT|\d{1,4}\s*\n\s*\d\d:\d\d:\d\d[,.]\d{3} -->")),
    Structure(
        "a patch",
        opens=re.compile(
            r"(?:diff --git |diff -\S+ |Index: \S+\n=+|--- \S[^\n]{0,300}\n\+\+\+ \S|From [0-9a-f]{40} |commit [0-9a-f]{40}\b)"
        ),
        holds=re.compile(r"^(?:@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@|diff --git a/)", re.M),
    ),
    Structure("JSON", opens=re.compile(r"\{\s{0,200}(?:\"(?:[^\"\\\n]|\\.){0,200}\"\s{0,20}:|\})|\[\s{0,200}(?:\{\s{0,200}[\"}]|\"(?:[^\"\\\n]|\\.){0,2000}\"\s{0,20}[,\]]|\[\s{0,20}[\"\d\[{])")),
    Structure(
        "LaTeX source",
        opens=re.compile(r"(?:%[^\n]{0,300}\s+){0,40}\\(?:documentclass|documentstyle|begin\{document|input\b|usepackage|ProvidesPackage|NeedsTeXFormat)"),
        holds=re.compile(r"^\\(?:documentclass|begin\{document\}|usepackage|bibliographystyle)\b", re.M),
        line=re.compile(r"\s{0,20}(?:\\[a-zA-Z@]+\s{0,3}[\[{]|\\(?:item|hline|noindent|newpage|par)\b|%)"),
        share=0.35,
    ),
    Structure(
        "a manual page's source",
        opens=re.compile(r"(?:[.']\\\"[^\n]{0,300}\n){0,80}\.(?:TH|Dd|Dt|SH|so)\b"),
        line=re.compile(r"\.(?:SH|SS|TP|PP|IP|B|I|BR|RS|RE|br|nf|fi|Sh|Pp|It|Op|Fl)\b"),
        share=0.2,
    ),
    Structure(
        "a script",
        opens=re.compile(r"#! ?/|<\?php|<%@|\"use strict\"|'use strict'|@echo off|#include\s?[<\"]|syntax = \"proto"),
    ),
    Structure(
        "SQL",
        opens=_ignoring_case(r"(?:--[^\n]{0,200}\s+|/\*.{0,500}?\*/;?\s+){0,40}(?:CREATE|INSERT INTO|DROP|ALTER|BEGIN TRANSACTION|PRAGMA|SET [@\w]{1,40} ?=|COPY \S{1,80} ?\()\b[^\n]{0,200}"),
        line=_ignoring_case(r"\s{0,12}(?:CREATE|INSERT\s+INTO|DROP|ALTER|SELECT|UPDATE|DELETE FROM|COPY|VALUES|PRIMARY KEY|FOREIGN KEY|CONSTRAINT|COMMIT|LOCK TABLES|UNLOCK)\b"),
        share=0.3,
    ),
    Structure(
        "a log",
        line=re.compile(
            r"\W{0,2}(?:\d{1,3}(?:\.\d{1,3}){3} \S{1,40} \S{1,40} \[|\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d)?[^\n]{0,60}?(?:\s|\[)(?:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|TRACE|CRITICAL|NOTICE|install|status|configure|upgrade|startup|trigproc)\b"
            r"|\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s{1,2}\d{1,2} \d\d:\d\d:\d\d \S|\[\s?\d{1,7}\.\d{3,6}\] |(?:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|TRACE)[\s:\[]|\s{1,8}at [\w.$<>]{3,200}\(|time=\"?\d{4}-)"
        ),
    ),
    Structure(
        "encoded data",
        opens=re.compile(r"begin(?:-base64)? [0-7]{3,4} \S|=ybegin |data:[a-z]+/[a-z0-9.+-]{1,60};base64,"),
        line=re.compile(r"\s{0,8}(?=[A-Za-z]{0,30}[0-9+/=]|[A-Za-z]{46})[A-Za-z0-9+/=_-]{40,}\s*$|(?:[0-9a-f]{2,8}[\s:|]{1,3}){8,}"),
    ),
    Structure(
        "source code",
        line=re.compile(
            r"\s{0,60}(?:[{}()\[\]]+[;,]?\s*$|(?:async )?def \w{1,80}\(|class \w{1,80}[(:{ ]?.{0,120}[:{]$|import [\w.{*\"']{1,80}[^.]{0,100}$|from [\w.]{1,80} import |(?:export |pub |public |private |protected |static |final |async |abstract |inline |extern |virtual ){1,4}\w|function\b.{0,200}[{(]|fn \w{1,80}[(<]|func \w{0,80}\("
            r"|(?:var|let|const|int|char|void|bool|double|float|unsigned|struct|enum|typedef|auto|string|long|size_t|my|local|val)\b [\w*&<>,: ]{1,80}[=;({\[,]|(?:if|for|while|switch|elif|foreach|catch|except|with|unless)\b\s?[( ].{0,300}[{:)]$|else\b.{0,40}$|try\b\s{0,4}[{:]$|return\b.{0,200};?$|raise \w{1,80}|end$|#\s?(?:include|define|ifdef|ifndef|endif|pragma|undef|if|else)\b|//|/\*|\*/|\*\s|@\w{1,60}(?:\(.{0,200}\))?$|\"\"\"|'''"
            r"|(?:self|this)\.\w{1,80}|[\w.\[\]\"'>-]{1,120}\s?[:+*|/-]?=[=>]?\s?\S.{0,300}|[\w.:>]{2,120}\(.{0,300}\)?[;,{:)]?$|.{0,300}[;{]$|print\b|#\s.{0,100}$|--\s)"
        ),
        share=0.6,
    ),
    Structure(
        "configuration",
        line=re.compile(
            r"\s{0,20}(?:\[[^\]\n]{1,80}\]\s*$|[#;]|[\w./-]{1,60}\s?=\s?\S?|(?:export |set |setenv )\w|<[/\w][^<>\n]{0,200}>\s*$|[A-Za-z][\w.-]{1,60} (?:on|off|yes|no|true|false|\d{1,9}|/\S{1,200})\s*$)"
        ),
        share=0.7,
    ),
    Structure(
        "a style sheet",
        line=re.compile(r"\s{0,20}(?:[@.#*a-z][^{}\n]{0,200}\{|[\w-]{2,40}\s?:\s?[^;\n]{1,200};\s*$|\}\s*$|/\*)"),
        share=0.7,
    ),
    Structure(
        "YAML",
        opens=re.compile(r"%YAML|(?:#[^\n]{0,300}\s+){0,60}(?:---\s*\n\s{0,4}(?:#[^\n]{0,300}\s+){0,60})?(?:openapi|swagger|apiVersion|services|version|stages|on|jobs|language|image)\s?:(?:\s|$)"),
        line=re.compile(r"\s{0,40}(?:- )?(?:[\w./$@-]{1,60}|\"[^\"\n]{1,80}\"|'[^'\n]{1,80}'):(?:\s+\S.{0,60})?$|\s{0,40}-\s\S.{0,60}$|\s{0,20}#"),
        share=0.75,
    ),
    Structure("a translation catalogue", line=re.compile(r"(?:msg(?:id|str|ctxt)(?:\[\d\])?\s\"|\"|#[:,.~|]?\s)"), share=0.7),
    Structure(
        "XML",
        opens=_ignoring_case(r"<\?xml\b|<!DOCTYPE (?!html)|<!--|<(?!https?:|mailto:|[\w.+-]{1,80}@)[a-z_][\w:.-]{0,80}(?:\s{1,20}[\w:.-]{1,60}\s?=\s?[\"']|\s{0,20}/?>)"),
    ),
)  # fmt: skip
"""All structures recognised by patterns, the surest first."""

JSON, CODE, YAML = (
    next(one for one in STRUCTURES if one.label == label)
    for label in ("JSON", "source code", "YAML")
)
TABLE = Structure("a table")


def structure(text: str) -> Structure | None:
    """Return the structure of a document; None for prose and hand-written markup.

    >>> found = structure('{"name": "tides", "version": "1.0.2"}')
    >>> found and found.label
    'JSON'
    >>> structure("Memory Networks\\nWe describe a new class of learning models.")
    """
    head = text.lstrip("\ufeff\n \t")[:HEAD]
    if objects.looks_json(head) and not _BROWSER_LINK.match(head):
        return JSON
    lines = [line[:WIDEST] for line in head.split("\n", SAMPLE)[:SAMPLE] if line.strip()]
    if found := next((found for found in STRUCTURES if _matches(found, head, lines)), None):
        return found
    parsers = ((_is_python, CODE), (_is_yaml, YAML), (_is_table, TABLE))
    return next((found for parses, found in parsers if parses(text, lines)), None)


_BROWSER_LINK = re.compile(r"\[\s{0,9}\[[^\W\d_]")
"""A link of a text browser, which begins like an array of arrays."""


def _is_python(text: str, lines: Sequence[str]) -> bool:
    """Whether a text is Python, even if it is mostly docstrings and comments."""
    if len(text) > HEAD or len(lines) < 3:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes in strings
            statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(not isinstance(one, ast.Expr) for one in statements)


def _is_yaml(text: str, lines: Sequence[str]) -> bool:
    """Whether a text is a mapping with keys of one word, or a list of such mappings."""
    if len(text) > HEAD or sum(":" in line for line in lines) < 2:
        return False
    try:
        root = next(yaml.compose_all(text, Loader=_LOADER), None)
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    if isinstance(root, yaml.SequenceNode) and root.value:
        root = root.value[0]
    keys = [key for key, _ in root.value] if isinstance(root, yaml.MappingNode) else []
    return len(keys) > 1 and all(_WORD.fullmatch(str(key.value)) for key in keys)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"[\w./$@-]{1,60}")


def _is_table(text: str, lines: Sequence[str]) -> bool:
    """Whether at least 90 % of the lines have the same number of cells, three or more."""
    sample = lines[:60]
    for separator in "\t,;":
        if sum(line.count(f"{separator} ") for line in sample) > len(sample):
            continue  # these are commas of sentences
        try:
            widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator))
        except csv.Error:
            continue
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        if width >= 3 and count >= 4 and count >= 0.9 * widths.total():
            return True
    return False


def _matches(kind: Structure, head: str, lines: Sequence[str]) -> bool:
    """Whether a document has a structure."""
    if kind.opens.match(head) or kind.holds.search(head):
        return True
    count = sum(bool(kind.line.match(line)) for line in lines)
    return count >= 3 and count >= kind.share * len(lines)
