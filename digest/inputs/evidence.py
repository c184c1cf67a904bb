"""Whether a record is a paper: the one place that decides what may be published.

Records of bibliographies are accepted. A record of pasted text, a page, a mail, or
undeclared JSON has to read like a paper: its words are weighed (`words.json`, a
logistic regression over style words), the other records of its document count more
than it does itself, and authors, identifiers and a venue count in its favour. The
weights were fitted by `tests/benchmarks/fit_evidence.py`, on abstracts of many fields against
the documentation that comes with an operating system.

Records below the threshold are refused and reported; `format:` in sources.yml
publishes them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from digest.inputs import findings
from digest.inputs.layout.prose import count_cjk
from digest.models import Problem, Reading, Record

LOOKED_AT = 3_000
"""Characters of an abstract that are weighed."""

LEAST = 220
"""Minimum characters of an abstract in any language; those of Han, Kana and Hangul count three."""

ENGLISH = 0.2
"""Share of known words below which a text is not English; English has 0.5 and more."""

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
"""Tokens other than words, the class that replaces them, and a character that all of them have."""
_WORD = re.compile(r"<\w{2,8}>|[^\W\d_]{1,40}(?:['’][^\W\d_]{1,10})?")


def words(abstract: str) -> frozenset[str]:
    """Return the words of an abstract in lower case, other tokens replaced by their classes.

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
    """Return the bias and the weight of every word."""
    data = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return data["bias"], data["words"]


def style_score(abstract: str) -> float:
    """Return how much a text reads like an abstract, in log-odds: above 0 it does.

    >>> style_score(
    ...     "We propose a method and show that its results are better than those of others."
    ... ) > 0
    True
    >>> style_score("If you find a bug, please see the file README and run the command again.") > 0
    False
    """
    found = words(abstract)
    bias, weights = _weights()
    known = [weights[word] for word in found if word in weights]
    if len(known) < ENGLISH * len(found):
        return _foreign(abstract)
    phrases = len({match.group() for match in _PHRASES.finditer(abstract[:LOOKED_AT].lower())})
    return bias + sum(known) / math.sqrt(max(len(found), 12)) + min(3.0, phrases)


_PHRASES = re.compile(
    r"\bwe (?:\w{3,20}ly )?(?:show|prove|describe|present|propose|study|measure|find|found|introduce|develop|report|analy[sz]e|examine|investigate"
    r"|compare|demonstrate|argue|derive|consider|estimate|evaluate|explore|observe|conclude|conducted|aim|assess|identif|recruit|enrol|randomi[sz]ed)"
    r"|\bI (?:will )?(?:argue|show|propose|reject|distinguish|conclude|demonstrate|suggest that|defend|contend|trace)\b"
    r"|\b(?:this|the present|our) (?:paper|article|study|essay|chapter|thesis|dissertation|work|review|survey|report|book|research|investigation|protocol|trial|contribution)\b"
    r"|\b(?:is|are|were|was) (?:shown|proved|proposed|presented|investigated|studied|examined|analy[sz]ed|discussed|measured|derived|reported|observed|found)\b"
    r"|\b(?:background|introduction|aims?|objectives?|purpose|methods?|design|setting|participants|results?|findings|conclusions?|significance|interpretation)\s?:"
    r"|\b(?:results|findings|data|experiments|observations|simulations|evidence|analysis) (?:show|suggest|indicate|demonstrate|reveal|confirm|support)"
    r"|\b(?:argues?|examines?|explores?|investigates?|draws on|sheds light|contributes to|case study|literature|hypothes[ie]s|theorem|lemma|conjecture|corollary"
    r"|patients|cohort|randomi[sz]ed|controlled trial|confidence interval|95% ci|p ?[<=] ?0|meta-analysis|interviews with|qualitative|regression|respondents"
    r"|mice|rats|species|phylogen\w{2,6}|in vitro|in vivo|spectroscop\w{1,4}|crystal|synthes[ie][sz]\w{0,3}|isotop\w{1,3}|manuscripts?|archival|historiograph\w{1,4})\b"
)  # fmt: skip
"""Phrases of English abstracts, also of fields without abstracts at hand to fit."""


def _foreign(abstract: str) -> float:
    """Weigh a text that is not English by words common in abstracts of its language."""
    text = abstract[:LOOKED_AT].lower()
    cues = len({match.group() for match in _CUES.finditer(text)})
    short = len(text) + 2 * count_cjk(text) < LEAST  # a line or two may hold such words by chance
    return min(3.0, 1.5 * cues - (4.0 if short else 2.0))


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


# --- evidence against ------------------------------------------------------------------

_NO_TITLE = re.compile(
    # the salutation of a letter, sender and time of a message, attendees, author and day of a post
    r"(?:dear|hi|hello|hey|good (?:morning|afternoon)|hallo|sehr geehrte[rs]?|liebe[rs]?|guten tag|cher|chère|bonjour|madame|estimad[oa]s?|querid[oa]s?|hola|caro|cara|gentile|egregio|geachte|beste)\b[^.:]{0,60}[,!:]"
    r"|(?-i:(?:[A-Z][\w.’'-]{1,30}\s){1,4})\d{1,2}:\d\d(?:\s?[ap]\.?m\.?)?"
    r"|(?:present|attend(?:ees|ance)|apologies|participants|anwesend|entschuldigt|teilnehmer(?:innen)?|présents?|excusés?|asistentes|presenti)\s?:\s?(?-i:(?:[A-Z][\w.’'-]{0,30}(?:\s[A-Z][\w.’'-]{0,30}){0,2}(?:,|;|\sand|\sund|\set|\sy|$)\s?){1,40})"
    r"|(?:by|par|von|por|di|door)\s(?-i:(?:[A-Z][\w.’'-]{0,30}[\s,]{1,2}){1,5})\d{1,2}\.? [A-Za-zéû]{3,10}\.? (?:19|20)\d\d"
    r"|.*\b(?:geb\.|geboren(?: am)?|né(?:e)? le|d\.?o\.?b\.?:?|date of birth|nacid[oa] el|fecha de nacimiento)\s?\d.*"
    # a section of an abstract, or the heading of the abstract or of its keywords
    r"|(?:results?|conclusions?|methods?|background|objectives?|findings|ergebnisse|résultats|resultados)\s?:.{60,}"
    r"|(?:abstract|résumé|resumen|resumo|riassunto|sommario|zusammenfassung|kurzfassung|samenvatting|sammanfattning|аннотация|резюме|摘要|要旨|抄録|초록)\W{0,3}"
    r"|(?:key ?words|palabras clave|palavras-chave|mots[- ]clés|schlagwörter|schlüsselwörter|parole chiave|ключевые слова|关键词|キーワード)\s?[:：].*"
    # an entry of a diary; a reference
    r"|.{1,100},\s(?:\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{1,2}),? (?:19|20)\d\d"
    r"|(?-i:[A-Z][\w’'-]{1,30},\s(?:[A-Z]\.[\s,&-]{0,3}){1,4}).{0,200}\((?:19|20)\d\d[a-z]?\)\.\s.+"
    # a section of a page, a report, a course, an offer
    r"|(?:\d{1,3}(?:\.\d{1,3}){0,3}\.?\s)?(?:purpose|scope|aims?|methods?|procedure|protocol|materials?|safety|results?|conclusions?|discussion|introduction|background|overview|summary|history|effects?|causes?|treatment|references"
    r"|budget|a\.?o\.?b\.?|any other business|agenda|action items|next steps|to ?do|minutes|decisions|notes?|(?:product |course |job |project )?description|course (?:outline|content|objectives)|learning outcomes|grading|assessment|prerequisites|schedule|readings?"
    r"|(?:major |minor |general |specific )?comments(?: to (?:the )?(?:authors?|editors?))?|requirements|qualifications|responsibilities|benefits|about (?:us|the (?:role|team|author|product))|contact|shipping|reviews|specifications?|ingredients|preparation|ingrédients|préparation|zutaten|zubereitung|impressum|datenschutz"
    r"|acknowledge?ments?|danksagung|remerciements|agradecimientos|referee invitation|(?:progress|annual|quarterly|weekly|monthly) (?:progress )?(?:report|update|appraisal|review)(?: (?:for|to|\().{0,60})?)\s?:?"
    r"|call for (?:papers|chapters|proposals|abstracts|applications|contributions)\b.*|release notes\b.*|(?:contact|deadline|kontakt|contacto)\s?:.*|.*\bfor immediate release\b.*|.*\((?:m/w/d|w/m/d|f/m/d|m/f/d|m/f/x|h/f|f/h)\).*|.*\bTV-?L\b.*",
    re.I,
)
"""Headings of letters, chats, minutes, pages and offers, which are not titles of papers."""

_NO_PAPER = re.compile(
    r".*\[\s?edit\s?\].*|.*, the free encyclopedia|masthead|(?:inside )?(?:front|back) cover|cover (?:picture|feature|image)|frontispiece|table of contents|issue information|editorial board|graphical abstract|cornell university",
    re.I,
)
"""Titles that are not of papers even with an identifier."""

_AGAINST: Sequence[tuple[float, re.Pattern[str]]] = tuple(
    (points, re.compile(pattern, flags))
    for points, pattern, flags in (
        (3.0, r"\b(?:iban\b|[A-Z]{2}\d{2}(?:\s?\d{4}){3,7}\b|(?:phone|tel\.?|mobile|telefon|mobil|handy|fax)\b\W{0,3}(?:no\.?\W{0,2})?\+?\d[\d\s()/-]{5,20})", re.I),
        (3.0, r"\b(?:geb\.|geboren am|née? le|date of birth|d\.o\.b\.|nacid[oa] el)\W{0,3}\d", re.I),
        (2.0, r"\b(?:Frau|Herrn|Mrs|Ms|Mme|Señora|Sig\.ra)\.?\s[A-Z][a-zäöüéèñ-]{2,20}\b", 0),
        (1.0, r"\b(?:your|you (?:will|can|have|need|may|should)|ihre[nrms]? (?:unterlagen|bewerbung|daten)|votre|vos|tu nómina|vuestr[oa])\b", re.I),
        (2.0, r"\b(?:please (?:send|find|note|contact|let|bring|see|do not|reply|confirm)|thank you|thanks (?:for|to (?:all|everyone))|(?:best|kind|warm) (?:regards|wishes)|yours sincerely|mit freundlichen|cordialement|un saludo|bitte (?:senden|melden|schicken))\b", re.I),
        (1.5, r"\b(?:I (?:will (?!show|argue|close|consider|defend|propose|demonstrate|suggest|explore|examine|discuss|conclude|begin)|am|was|have been|had|need|spoke|called|met|hope|went|saw)|I['’](?:m|ll|ve|d)|we (?:agreed|met (?:on|with|at)|decided to|spoke|will (?:meet|discuss|send)))\b", 0),
        (1.5, r"\b(?:salary|payslip|sick leave|on holiday|(?:your|the) (?:contract|appointment|invoice|booking)|tax (?:id|number)|gross per month|gehalt|krankgeschrieben|arbeitsvertrag|nómina|salaire)\b", re.I),
        (1.5, r"\b(?:this (?:course|vacancy|product|kit|protocol) (?:is|examines|covers|describes|introduces|comes|contains)|applicants (?:should|must|will)|we are looking for|wir bieten|wir suchen|apply (?:by|online|now)|bewerbung(?:en|sfrist)?|add to (?:basket|cart)|in stock|cat(?:alog(?:ue)?)?\.? (?:no|nr)\b)", re.I),
        (2.0, r"\b(?:(?:strictly )?confidential\b|parental leave|maternity leave|i would like to thank|ich danke\b|je remercie|agradezco a|recommend (?:her|him) (?:without|highly|most|warmly)|my (?:supervisor|brother|sister|mother|father|parents))", re.I),
        (2.5, r"\b(?:ich (?:habe|bin|hoffe|schicke|melde)|ist (?:krank|im krankenhaus)|krankenhaus|im anhang|anbei|mio padre|mia madre|sta male|in ospedale|in allegato|su hij[oa]|mi hij[oa]|(?:le|les) (?:informo|escribo|recuerdo)|adjunto|vos résultats|en pièce jointe|reste à votre"
              r"|em anexo|ata da reunião|(?:в больнице|привет|здравствуйте|я отправил\w?|во вложении))\b|您好|附件|生病|住院|ください|お世話に", re.I),
        (1.5, r"\b(?:invites? (?:proposals|contributions|submissions|applications)|we (?:invite|welcome) (?:contributions|chapters|proposals|submissions|papers)|will be awarded|abstracts of (?:up to |no more than )?\d{2,4} words|excited to announce|says lead author)", re.I),
        (1.5, r"\b(?:in (?:this|the) manuscript,? the authors|the authors (?:should|must|need to|have to|may want)|the reviewers?\b|i recommend (?:acceptance|rejection|major|minor))", re.I),
        (1.0, r"(?:€|\bEUR|\bCHF|\bUSD)\s?\d{2,3}(?:[.,]\d{3})*(?:[.,]\d\d)?\b|\b\d{1,3}(?:[.,]\d{3})*(?:[.,]\d\d)?\s?(?:€|EUR|CHF)\b", 0),
        (1.0, r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day (?:at|\d|morning|afternoon|evening)|\bat (?:about )?\d{1,2}(?::\d\d|\s?[ap]\.?m\b)", re.I),
        (1.0, r"\b(?:said (?:Professor|Prof|Dr)\b|told reporters|a new study (?:published|by|from|in)|according to a (?:new )?study)", re.I),
    )
)  # fmt: skip
"""Phrases of letters, offers, courses, reviews and news, rare in abstracts; weights in log-odds."""

_MOST_AGAINST = 6.0
"""Maximum of evidence against a record, in log-odds."""


def evidence_against(record: Record) -> float:
    """Return the evidence in the words of a record against its being a paper, in log-odds.

    >>> from digest.inputs.findings import record
    >>> from digest.models import Seed
    >>> letter = record(Seed("a", ""), 1, "Dear Lena,", "Please send us your tax ID.")
    >>> paper = record(
    ...     Seed("a", ""), 1, "Tides and Their Limpets", "We find that limpets live by the tide."
    ... )
    >>> evidence_against(letter) > 4, evidence_against(paper)
    (True, 0.0)
    """
    points = 4.0 if _is_no_title(record) else 0.0
    # Quotations are not the words of the author.
    text = _QUOTED.sub(" ", f"{record.title or ''}\n{record.abstract[:LOOKED_AT]}")
    points += sum(weight for weight, pattern in _AGAINST if pattern.search(text))
    return min(_MOST_AGAINST, points)


_QUOTED = re.compile(r"[\"“„«][^\"“”«»\n]{3,400}[\"”“»]|(?<!\w)[‘'][^‘’'\n]{3,200}[’'](?!\w)")


def _is_no_title(record: Record) -> bool:
    """Whether the title of a record cannot be that of a paper."""
    title = (record.title or "").strip()
    if record.identifiers:
        return bool(_NO_PAPER.fullmatch(title[:SHORT]))
    short = len(title) < SHORT
    return short and bool(_NO_TITLE.fullmatch(title) or _NO_PAPER.fullmatch(title))


_PERSONAL = re.compile(
    r"^[\s>*#]{0,6}(?:(?:dear|hallo|sehr geehrte[rs]?|liebe[rs]?|chère?|bonjour|estimad[oa]s?|querid[oa]s?|gentile|geachte)\b[^.:\n]{0,60}[,!:]?"
    r"|(?:hi|hello|hey)\b[^.:\n]{0,40}[,!]|[A-Z][^\n:]{1,50}\s\d{1,2}:\d\d(?:\s?[ap]\.?m\.?)?"
    r"|(?:present|attendees|apologies|anwesend|entschuldigt|présents?|excusés?|asistentes|diagnos[ei]s|medications?|allergies|discharge [a-z]{4,12}|diagnosen?|anamnese|medikation|antécédents)\s?:[^\n]{0,300}"
    r"|[^\n]{0,200}\b(?:geb\.|date of birth|d\.o\.b\.|née? le|dob\b|mrn\b|m/w/d|f/m/d|\[edit\])[^\n]{0,200})[ \t]*$",
    re.I | re.M,
)
"""Lines of letters, chats, minutes and patient records."""

PERSONAL = 2.5
"""Evidence of one such line against all records of its document, in log-odds."""


SHORT = 300
"""Characters of a title above which it is not the heading of a letter."""


# --- judgement -------------------------------------------------------------------------

_IDENTIFIED = 2.0
"""Evidence of an identifier of a scholarly index, in log-odds: that of an undoubted abstract."""


_BARE = -1.4
"""Evidence of a title alone, in log-odds: an identifier, or authors and a venue outweigh it."""


def evidence_for(record: Record) -> float:
    """Return the evidence in the fields of a record other than its text, in log-odds.

    Authors, a venue and a date count half where there is an abstract: blogs have them too.
    """
    points = 1.0 if record.authors else 0.0
    points += 0.5 if record.venue or record.categories else 0.0
    points += 0.5 if record.date else 0.0
    points *= 0.5 if record.abstract else 1.0
    points += 0.5 if any(link.kind == "paper" for link in record.links) else 0.0
    return points + (_IDENTIFIED if record.identifiers else 0.0)


def weigh(records: Sequence[Record], text: str = "", pasted: bool = False) -> list[float]:
    """Return the log-odds that each record of one document is a paper.

    The mean style of the document counts more than that of the record, so that a plain
    abstract among others is kept and a lone paragraph is judged by itself. A document
    that reads like something else as a whole counts against its records twice. Pasted
    text is checked for phrases of letters, minutes and the like as well.
    """
    telling = [at for at, record in enumerate(records) if record.abstract]
    known = {at: _style(records[at]) for at in telling[:: len(telling) // SAMPLE + 1]}
    whole = sum(known.values()) / (len(known) + 1)
    base = 0.5 * min(0.0, whole)
    contrary = [
        _sampled_evidence_against(record, at in known, pasted) for at, record in enumerate(records)
    ]
    # Where one record is personal, the others are hardly papers.
    shared = 2.0 * sum(points > 2.5 for points in contrary) / (len(records) + 1)
    shared += PERSONAL if pasted and _PERSONAL.search(text[:HEAD]) else 0.0
    titled = sum(bool(record.title) for record in records)
    points = []
    for at, record in enumerate(records):
        # A record without a title among titled ones may be a remark: it is judged by itself.
        share = (
            1 - _OWN_WEIGHT
            if pasted and not record.title and 2 * titled > len(records)
            else _OWN_WEIGHT
        )
        own = (
            base + evidence_for(record) - contrary[at] - (0.0 if _is_supported(record) else shared)
        )
        if not record.abstract:
            points.append(own + _BARE)
            continue
        # In a long list, style is computed only where it can change the result.
        least = own + share * _WORST + (1 - share) * whole
        value = known.get(at, _WORST) if at in known or least > 0 else _style(record)
        points.append(own + share * value + (1 - share) * whole)
    return points


def _sampled_evidence_against(record: Record, looked_at: bool, pasted: bool) -> float:
    """Return the evidence against a record: its title, and in a sample its abstract too."""
    if not pasted:
        return 0.0
    if record.identifiers or not looked_at:
        return 4.0 * _is_no_title(record)
    return evidence_against(record)


def _is_supported(record: Record) -> bool:
    """Whether a record has an identifier or an address of a paper."""
    return bool(record.identifiers or any(link.kind == "paper" for link in record.links))


HEAD = 50_000
"""Characters of a document that are searched for personal lines."""

SAMPLE = 150
"""Records of a document whose style is weighed to estimate that of all."""

_WORST = -4.0
"""Minimum of the style of a record; the maximum is 4."""


def _style(record: Record) -> float:
    """Return how much title and abstract read like those of a paper, bounded."""
    return max(_WORST, min(4.0, style_score(f"{record.title or ''}\n{record.abstract}")))


_OWN_WEIGHT = 0.3
"""Weight of the style of a record against that of its document. Of 1,600 documents without papers
0.1 % publish something with any value from 0.25 to 0.5; of abstracts in eights, all are kept with
this one."""


def judge(reading: Reading, pasted: bool = False) -> Reading:
    """Return a reading in which the records that do not look like papers are refused."""
    kept: list[Record] = []
    refused: list[Problem] = []
    for record, points in zip(
        reading.records, weigh(reading.records, reading.seed.text, pasted), strict=True
    ):
        if points > 0:
            kept.append(replace(record, position=len(kept) + 1))
        else:
            refused.append(_refuse(reading, record))
    return replace(reading, records=tuple(kept), problems=(*reading.problems, *refused))


def _refuse(reading: Reading, record: Record) -> Problem:
    text = "\n".join(filter(None, (record.title, record.abstract)))
    found = findings.quote(record.title or record.abstract)
    message = f"expected a paper, found {found}, which does not read like one"
    return findings.refuse(
        reading.seed, record.line, f"{message} — it is left out; see 'format:' in sources.yml", text
    )
