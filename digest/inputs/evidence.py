"""Whether what was read is a paper: the one place that decides what may be published.

A record of a bibliography is believed. What was found in pasted text, a page, a
mail, or under names that nobody declared has to read like a paper: its words are
weighed (`words.json`, a logistic regression over style words), its neighbours in
the document count as much as it does itself, and authors, identifiers and a venue
speak for it. The weights were fitted by `tests/fit_evidence.py`, on abstracts of
many fields against the documentation that comes with an operating system.

What falls below the bar is refused and said; `format:` in sources.yml publishes it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from digest.inputs import pieces
from digest.models import Problem, Reading, Record

LOOKED_AT = 3_000
"""Letters of an abstract that are weighed."""

ENGLISH = 0.2
"""The share of known words below which a text is in another language; English has 0.5 and more."""

_CLASSES: Sequence[tuple[re.Pattern[str], str, str]] = tuple(
    (re.compile(pattern), f" {name} ", sign)
    for pattern, name, sign in (
        (r"https?://\S{1,1000}|www\.\S{1,1000}", "<url>", ""),
        (r"[\w.+-]{1,60}@[\w-]{1,60}\.\w{2,20}", "<mail>", "@"),
        (r"(?<!\w)--?[a-z][\w-]{0,40}", "<option>", "-"),
        (r"(?:\.{0,2}/[\w.-]{1,80}){2,20}|~/\S{0,200}", "<path>", "/"),
        (r"\b[vV]?\d{1,6}\.\d{1,6}\.\d{1,6}\b", "<version>", "."),
        (r"`[^`\n]{0,200}`", "<tick>", "`"),
        (r"\b\w{1,60}\(\)", "<call>", "()"),
        (r"\b[a-z]{1,40}(?:_[a-z0-9]{1,40}){1,10}\b", "<snake>", "_"),
        (r"\b[a-z]{1,40}[A-Z]\w{1,40}", "<camel>", ""),
        (r"\b\w{1,60}\.(?:py|js|c|h|txt|md|html|json|sh|xml|cpp|so|conf)\b", "<file>", "."),
        (r"#\d{1,7}\b", "<issue>", "#"),
        (r"[™®©]", "<mark>", ""),
    )
)
"""What is no word, the class that stands for it, and a sign that is in all of it."""
_WORD = re.compile(r"<\w{2,8}>|[^\W\d_]{1,40}(?:['’][^\W\d_]{1,10})?")


def words(abstract: str) -> frozenset[str]:
    """Return the words of an abstract in lower case, with a class in place of what is no word.

    >>> sorted(words("Run `make` in ./a/b, or see https://a.org"))
    ['<path>', '<tick>', '<url>', 'in', 'or', 'run', 'see']
    """
    text = abstract[:LOOKED_AT]
    for pattern, name, sign in _CLASSES:
        if sign in text:
            text = pattern.sub(name, text)
    return frozenset(word.lower().replace("’", "'") for word in _WORD.findall(text))


@cache
def _weights() -> tuple[float, Mapping[str, float]]:
    data = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return data["bias"], data["words"]


def style(abstract: str) -> float:
    """Return how much a text reads like an abstract, as log-odds: above 0 it does.

    >>> style("We propose a method and show that its results are better than those of others.") > 0
    True
    >>> style("If you find a bug, please see the file README and run the command again.") > 0
    False
    """
    found = words(abstract)
    bias, weights = _weights()
    known = [weights[word] for word in found if word in weights]
    if len(known) < ENGLISH * len(found):
        return _foreign(abstract)
    told = len({match.group() for match in _SAID.finditer(abstract[:LOOKED_AT].lower())})
    return bias + sum(known) / math.sqrt(max(len(found), 12)) + min(3.0, told)


_SAID = re.compile(
    r"\bwe (?:\w{3,20}ly )?(?:show|prove|describe|present|propose|study|measure|find|found|introduce|develop|report|analy[sz]e|examine|investigate"
    r"|compare|demonstrate|argue|derive|consider|estimate|evaluate|explore|observe|conclude|conducted|aim|assess|identif|recruit|enrol|randomi[sz]ed)"
    r"|\b(?:this|the present|our) (?:paper|article|study|essay|chapter|thesis|dissertation|work|review|survey|report|book|research|investigation|protocol|trial|contribution)\b"
    r"|\b(?:is|are|were|was) (?:shown|proved|proposed|presented|investigated|studied|examined|analy[sz]ed|discussed|measured|derived|reported|observed|found)\b"
    r"|\b(?:background|introduction|aims?|objectives?|purpose|methods?|design|setting|participants|results?|findings|conclusions?|significance|interpretation)\s?:"
    r"|\b(?:results|findings|data|experiments|observations|simulations|evidence|analysis) (?:show|suggest|indicate|demonstrate|reveal|confirm|support)"
    r"|\b(?:argues?|examines?|explores?|investigates?|draws on|sheds light|contributes to|case study|literature|hypothes[ie]s|theorem|lemma|conjecture|corollary"
    r"|patients|cohort|randomi[sz]ed|controlled trial|confidence interval|95% ci|p ?[<=] ?0|meta-analysis|interviews with|qualitative|regression|respondents"
    r"|mice|rats|species|phylogen\w{2,6}|in vitro|in vivo|spectroscop\w{1,4}|crystal|synthes[ie][sz]\w{0,3}|isotop\w{1,3}|manuscripts?|archival|historiograph\w{1,4})\b"
)  # fmt: skip
"""What English abstracts of any field say, those too whose abstracts were not at hand to fit."""


def _foreign(abstract: str) -> float:
    """Weigh a text of another language by the words that its scholars write in abstracts."""
    text = abstract[:LOOKED_AT].lower()
    return min(3.0, 1.5 * len({match.group() for match in _CUES.finditer(text)}) - 2.0)


_CUES = re.compile(
    # German, Dutch, Swedish, Danish and Norwegian
    r"\b(?:wir (?:zeigen|untersuchen|stellen|schlagen|präsentieren|entwickeln|beschreiben)|untersuch(?:t|ung|en|ungen)\b|ergebnisse|studie|arbeit|beitrag|aufsatz|methode|hypothese|analys\w{0,8}"
    r"|onderzo(?:ek|cht)\w{0,6}|resultaten|artikel|studien?|undersök\w{0,6}|resultat\w{0,4}|avhandling\w{0,4}|undersøg\w{0,6}|undersøk\w{0,6}"
    # French, Spanish, Portuguese, Italian, Catalan and Romanian
    r"|nous (?:avons|présentons|montrons|proposons|étudions)|étude|résultats?|méthode|recherche|cet article|hypothèse|analyse"
    r"|est[eu]d?[iu]o|resultados?|investigaci[óo]n|artículo|objetivo|método|se (?:propone|presenta|analiza|estudia)|hipótesis|artigo|pesquisa|trabalho|analisa\w{0,6}|análise|análisis"
    r"|studio|risultati|ricerca|articolo|metodo|analizza\w{0,4}|ipotesi|obiettivo|resultats|recerca|rezultate\w{0,4}|cercetar\w{0,4}|studiul"
    # Polish, Czech, Slovak, Hungarian, Finnish, Turkish, Indonesian and Vietnamese
    r"|bada\w{0,6}|wynik\w{0,4}|artykuł\w{0,3}|celem|metod\w{0,4}|výzkum\w{0,4}|výsled\w{0,5}|článek|článku|studi[ei]|kutatás\w{0,5}|eredmény\w{0,6}|tanulmány\w{0,5}|vizsgál\w{0,6}"
    r"|tutki\w{0,8}|tuloks\w{0,6}|menetelm\w{0,6}|bu (?:çalışma|makale)\w{0,4}|çalışma\w{0,6}|sonuç\w{0,6}|araştırma\w{0,6}|penelitian|hasil|metode|tujuan|nghiên cứu|kết quả|phương pháp"
    # Greek, Russian, Ukrainian, Bulgarian
    r"|μελέτη\w{0,3}|αποτελέσματα|έρευνα\w{0,3}|μέθοδο\w{0,3}|исследован\w{0,5}|результат\w{0,5}|статье|статья|метод\w{0,4}|работе|рассмотрен\w{0,4}|предложен\w{0,4}|гипотез\w{0,3}|дослідж\w{0,6}|статті|изследван\w{0,5}|анализ\w{0,4}|аналіз\w{0,4})\b"
    # Chinese, Japanese, Korean, Arabic, Persian, Hebrew, Hindi
    r"|本文|本研究|研究|提出|结果|結果|表明|方法|分析|实验|實驗|論文|论文|検討|示唆|明らかに|提案|연구|결과|논문|분석|제안|방법|دراسة|الدراسة|البحث|نتائج|النتائج|منهج|تحليل|پژوهش|مطالعه|نتایج|روش|תוצאות|מחקר|मॅथड|अध्ययन|परिणाम|शोध"
)  # fmt: skip


# --- judging ---------------------------------------------------------------------------

_BELIEVED = 2.0
"""What an identifier of a scholarly index is worth: as much as an abstract that nobody doubts."""


_BARE = -1.4
"""What a title without an abstract is worth: an identifier outweighs it, or authors and a venue."""


def support(record: Record) -> float:
    """Return what the fields of a record other than its text say for it, in log-odds.

    Authors and a day count twice where there is no abstract: a bibliography has them,
    a blog has them too.
    """
    points = 1.0 if record.authors else 0.0
    points += 0.5 if record.venue or record.categories else 0.0
    points += 0.5 if record.date else 0.0
    points *= 0.5 if record.abstract else 1.0
    points += 0.5 if any(link.kind == "paper" for link in record.links) else 0.0
    return points + (_BELIEVED if record.identifiers else 0.0)


def weigh(records: Sequence[Record]) -> list[float]:
    """Return the log-odds that each record of one document is a paper.

    The mean of its document counts more than the record itself, so that a plain
    abstract among others stays and a lone paragraph has to speak for itself. Where
    the document as a whole reads like something else, that counts twice.
    """
    telling = [at for at, record in enumerate(records) if record.abstract]
    known = {at: _style(records[at]) for at in telling[:: len(telling) // SAMPLE + 1]}
    whole = sum(known.values()) / (len(known) + 1)
    base = 0.5 * min(0.0, whole)
    points = []
    for at, record in enumerate(records):
        own = base + support(record)
        if not record.abstract:
            points.append(own + _BARE)
            continue
        # Of a long list only those are looked at whose own style may yet decide.
        least = own + _OWN * _WORST + (1 - _OWN) * whole
        value = known.get(at, _WORST) if at in known or least > 0 else _style(record)
        points.append(own + _OWN * value + (1 - _OWN) * whole)
    return points


SAMPLE = 150
"""Records of a document whose style is weighed to know that of all."""

_WORST = -4.0


def _style(record: Record) -> float:
    return max(_WORST, min(4.0, style(f"{record.title or ''}\n{record.abstract}")))


_OWN = 0.3
"""What a record's own style counts beside that of its document. Of 1,600 documents that are no
papers 0.1 % publish something with any value from 0.25 to 0.5; of abstracts in eights, all are kept
with this one."""


def judged(reading: Reading) -> Reading:
    """Return a reading without the records that do not look like papers; each is a problem."""
    kept: list[Record] = []
    refused: list[Problem] = []
    for record, points in zip(reading.records, weigh(reading.records), strict=True):
        if points > 0:
            kept.append(replace(record, position=len(kept) + 1))
        else:
            refused.append(_refuse(reading, record))
    return replace(reading, records=tuple(kept), problems=(*reading.problems, *refused))


def _refuse(reading: Reading, record: Record) -> Problem:
    text = "\n".join(filter(None, (record.title, record.abstract)))
    message = f"expected a paper, found {pieces.quote(record.title or record.abstract)}, which does not read like one"
    return pieces.refuse(
        reading.seed, record.line, f"{message} — it is left out; see 'format:' in sources.yml", text
    )
