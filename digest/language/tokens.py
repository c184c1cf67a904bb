"""The words of a text, with their places, in the form under which they are compared.

Topics and neighbours both compare papers word by word; what counts as the
same word is decided here, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

__all__ = ["FILLER", "HEAD", "STOP", "Word", "apart", "carries", "fold", "number", "terms", "words"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]{1,3}\b)?")
# Prefixes that are no words: what follows a hyphen after them is the same word; what follows a
# space, only after those that never stand alone.
_BOUND = _set("pre multi semi meta hyper non sub co inter intra anti self")
_PREFIX = _BOUND | _set("un re over under auto cross super ultra")
_HYPHENS = "-‐‑"
_TOKEN = re.compile(r"\S+")
# Han and kana, Thai, Lao, Burmese and Khmer stand without spaces between words.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


STOP = _set(
    """a about above according across after again against all almost along already also although always am among an
    and another any are around as at away be became because become becomes been before being below between both
    but by came can cannot come could d despite did do does doing done down due during e each either else enough
    especially et etc even ever every few first for former from further furthermore g get given gives go had has
    have having he hence her here herein him his how however i ie if in indeed instead into is it its itself
    just last later least less let like likely ll made mainly make makes making many may me might more moreover
    most mostly much must my namely near nearly neither nevertheless no nor not nothing now of off often on once
    one only onto or other others otherwise our ours out over own par per perhaps put quite rather re really
    regarding s same say second see seem several shall she should show since so some sometimes soon still such t
    than that the their them then there thereby therefore these they third this those though three through
    throughout thus to together too toward towards two typically u under unless until up upon us use used uses
    using usually various ve very via was way we well were what when where whereas whether which while who whole
    whom whose why will with within without would yet you your zero"""
)


# Words of any paper, of whatever field: they part phrases as stop words do.
FILLER = _set(
    """able academic accordingly accurate achieve achieved achieving acquire actual adapt add addition additional
    address addressed addressing adopt adopted advance advanced advantage affect aid aim aimed aiming allow
    allowed allowing alternative ambitious amount analyze analyzed analyzing answer appear applicable applied
    apply applying appropriate argue art arise art article aspect assess assessed assessing assume attempt author
    available avoid basic begin believe benefit best better big brief bring broad broader build building built
    call called capable careful case cause certain challenge challenging change choice choose claim clear close
    closely code collect collected com combine combined combining come common commonly comparable compare
    compared comparing comparison competitive complete complex comprehensive compute computed concern conclude
    conclusion conduct conducted confirm consequence consider considerable considered considering consist
    consistent consisting constitute construct constructed contain containing contrast contribute contribution
    conventional correct corresponding create created creating critical crucial current day deal dealing define
    defined demonstrate demonstrated demonstrating depend dependent derive derived describe described design
    designed designing desirable detail detailed determine determined develop developed developing development
    differ difference different difficult difficulty direct discover discuss discussed diverse easy effect
    effective effectiveness efficacy efficiency efficient effort eliminate emerge emerged emerging emphasize
    empirical employ employed employing enable enabled enabling encounter encourage enhance enhanced enhancement
    enhancing ensure ensuring essential establish established establishing estimate estimated evaluate evaluated
    evaluating evaluation evidence evident examine examined example excellent existing expect expected expensive
    experiment experimental explain explore explored exploring extend extended extensive extent extra extremely
    facilitate fact fail failure fast faster feasible final find finding focus focused focusing follow following
    form found fully fundamental future gain gap general generate generated generating generally get github given go goal good great greater
    group guide hand handle handling happen hard help helpful hence hidden high higher highlight highly hold however
    http https huge idea ideal identified identify identifying illustrate impact implement implemented
    implication importance important impressive improve improved improvement improving include included
    including incorporate incorporated incorporating increase increased increasing indicate individual inform
    inherent initial insight insightful inspired instance integral integrate integrated integrating intend
    interest interesting introduce introduced introducing investigate investigated investigating investigation
    involve involved involving issue join keep key know known lack large larger largest late latest lead leading
    leave letter level leverage leveraged leveraging lie limit limitation limited line list literature little
    long low lower main maintain maintaining major manner match mean measure meet mention method
    mitigate mitigating modern modify motivate motivated multiple necessary need needed new next nontrivial
    notable note novel novelty now number numerical numerous observe observed obtain obtained obtaining offer
    offering open order org original outcome outperform outperformed outperforming overall overcome overview
    paper part particular past perform performance performed performing perspective pipeline place play point
    poor popular pose possible potential power powerful practical practice precise present presented presenting
    preserve prevalent prevent previous previously primary prior problem proceed process produce produced
    produces producing progress prominent promise promising promote proof proper propose proposed proposing
    prove proven provide provided providing public publicly purpose put question quick range rapid rate reach
    real reason recent recently recognize reduce reduced reducing reduction refer reflect related relative
    release released relevant reliable rely relying remain remaining remarkable remove replace report reported
    represent require required requirement requiring research researcher resolve respect respective result
    resulting retain reveal revealed review rich rise robust role run sample satisfy scenario scheme scope score
    seek select selected separate serious serve set setting severe shed short show showing shown significance
    significant significantly similar simple simplify simultaneous single situation size small smaller solution
    solve solved solving sophisticated source specific specifically specify standard start state stateoftheart
    step strategy strength strong study studying substantial success successful suffer sufficient suggest
    suggested suitable suitably superior superiority support surpass survey tackle tackling take task technique
    tend term test tested testing thing time tool top total traditional train trained treat trend true try turn type typical
    ultimate understand understanding unified unify unique unlike url usage useful user utility utilize utilized
    utilizing valid validate validated validating validation valuable value variant variety various vary varying
    verify versa version vice view vital want way website well wide widely widespread work world worse worst www year yield
    yielding zenodo"""
)
# Nouns that say little alone but may end a phrase: `kernel method`, `sleep study`.
HEAD = _set(
    """change form order power range scale scheme size algorithm analysis application approach architecture area benchmark class component concept condition data
    dataset design development discovery distribution domain effect element environment error estimation
    evaluation experiment factor feature field framework function generation group information input knowledge
    law learning level loss measure measurement mechanism method methodology model modeling module network
    object observation operation optimization output parameter pattern phase phenomenon policy prediction
    problem procedure process processing property quality question rate reasoning representation resource
    response result rule sample sampling scenario score search selection sequence service signal simulation
    solution source space stage state strategy structure study survey system target task technique technology
    test theory tool training type understanding use value variable work"""
)
_ADVERB_LIKE = _set(
    """anomaly assembly belly butterfly daily early elderly family fly homily italy jelly july monopoly multiply
    poly reassembly subfamily supply"""
)


class Word(NamedTuple):
    """A word of a text: how it is compared, and where it stands."""

    form: str
    """Folded: lower case, singular, American spelling."""
    start: int
    end: int
    bound: bool = False
    """A hyphen ties it to the word after it: `in` of `in-context`."""


def words(text: str) -> list[Word]:
    """Give back the words of a text in order; hyphens part words, but not prefixes.

    Addresses on the web are passed over, and the end of `et al.`: it is no aluminium.

    >>> [word.form for word in words("Pre-training few-shot learners optimises networks’ use")]
    ['pretraining', 'few', 'shot', 'learner', 'optimize', 'network', 'use']
    >>> [word.form for word in words("Al alloys by Massari et al. (2019)")]
    ['al', 'alloy', 'by', 'massari', 'et', '2019']
    """
    if "/" in text:
        text = _TOKEN.sub(_blank, text)
    found: list[Word] = []
    before = -2  # where a prefix waiting for its word ends
    length = len(text)
    for match in _WORD.finditer(text):
        start, end = match.span()
        written = match[0]
        if before >= 0 and start == before + 1 and _belongs(text, found[-1], written):
            start = found.pop().start
            written = text[start:end]
        form = fold(written)
        if form == "al" and found and found[-1].form == "et":
            continue
        before = end if form in _PREFIX else -2
        bound = end + 1 < length and text[end] in _HYPHENS and text[end + 1].isalnum()
        found.append(Word(form, start, end, bound))
    return found


def apart(text: str) -> list[Word]:
    """Give back the words of a text, and the letters where words stand without spaces.

    So a phrase is found in a text of such a script, wherever its words begin.

    >>> [word.form for word in apart("BERT 用于地震")]
    ['bert', '用', '于', '地', '震']
    """
    found = words(text)
    if text.isascii() or not _UNSPACED.search(text):
        return found
    return [part for word in found for part in _letters(text, word)]


def _letters(text: str, word: Word) -> Iterator[Word]:
    """Give back the letters of a word that stand for themselves, and what stands between them."""
    begin = word.start
    for match in _UNSPACED.finditer(text, word.start, word.end):
        if match.start() > begin:
            yield Word(fold(text[begin : match.start()]), begin, match.start())
        yield Word(match[0], match.start(), match.end())
        begin = match.end()
    if begin == word.start:
        yield word
    elif begin < word.end:
        yield Word(fold(text[begin : word.end]), begin, word.end, word.bound)


def _blank(token: re.Match[str]) -> str:
    """Give back spaces for an address on the web: its parts are no words."""
    host, slash, _ = token[0].partition("/")
    address = slash and ("." in host.strip(".") or host.endswith(":"))
    return " " * len(token[0]) if address else token[0]


def _belongs(text: str, prefix: Word, written: str) -> bool:
    """Say whether a word is one with the prefix before it: `pre-training`, `multi task`."""
    mark = text[prefix.end]
    joined = mark in _HYPHENS or (mark == " " and prefix.form in _BOUND)
    return joined and len(written) > 2 and written.isalpha()


@lru_cache(maxsize=200_000)
def carries(form: str) -> bool:
    """Say whether a word can be part of a phrase that tells what a text is about.

    >>> [word for word in ("novel", "halo", "the", "method", "easily") if carries(word)]
    ['halo', 'method']
    """
    return not (
        form in STOP
        or (form in FILLER and form not in HEAD)
        or len(form) < 2
        or form.isdigit()
        or (form.endswith("ly") and form not in _ADVERB_LIKE)
    )


def terms(found: Sequence[Word], longest: int = 2) -> Iterator[tuple[str, int, int]]:
    """Give back the words that say something and the runs of them: each term, its first word, its end.

    A run has up to `longest` words with nothing but a space or hyphen between;
    a word like `method` ends a run but is none alone and begins none. A word tied
    to the next by a hyphen may begin a run, whatever it is; `of` may stand inside
    runs of three words and more.

    >>> [term for term, _, _ in terms(words("The dark-matter halo method, in-context"))]
    ['dark', 'matter', 'dark matter', 'halo', 'matter halo', 'halo method', 'context', 'in context']
    """
    begin, end = 0, -2  # of the run: its first word, and where it ends in the text
    for place, word in enumerate(found):
        telling = carries(word.form)
        if not (telling or word.bound or (word.form == "of" and longest > 2)):
            begin = place + 1
            continue
        if word.start - end > 1:
            begin = place
        end = word.end
        if not telling:
            continue
        for first in range(place, max(begin, place - longest + 1) - 1, -1):
            if _starts(found[first]):
                yield " ".join([part.form for part in found[first : place + 1]]), first, place + 1


def _starts(word: Word) -> bool:
    """Say whether a phrase can begin with a word."""
    return word.bound or (word.form not in HEAD and carries(word.form))


_BRITISH = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("elling", "eling"),
    ("elled", "eled"),
)
# Words that end like British ones and are not.
_AS_WRITTEN = _set(
    """advise advised adviser arise arising bruise cell cells compelling comprise comprised comprising compromise
    compromised compromising concise contour cruise demise denoise denoised denoising devise devising disguise
    dwelling elementwise enterprise excelling excise exercise exercising expertise flour four franchise hour
    improvise layerwise likewise merchandise noise noised noising otherwise our pairwise paradise pointwise
    poise porpoise pour praise precise premise premising promise promised promising propelling raise raised
    raiser raising revise revised revising rise riser rising selfsupervised selling semisupervised sour spelling
    stepwise supervise supervised supervising supervisor surprise surprised surprising televise telling tortoise
    tour treatise turquoise unsupervised wise wiser your"""
)
_SINGULAR = _set(
    """access acoustics across address aerodynamics always analysis apoptosis apparatus atlas axis basis bayes bias
    bonus bus calculus campus canvas census chaos class consensus corpus cosmos crisis cross diagnosis discuss
    does dynamics economics electronics ellipsis emphasis ethics express focus gas gauss genomics genus graphics
    hans has hypothesis iris is its james kinematics kubernetes lens less linguistics locus loss mass
    mathematics mechanics metabolomics metropolis mitosis nucleus oasis optics osmosis parenthesis paris pelvis
    perhaps photonics physics plus process prognosis progress proteomics psychosis radius robotics semantics
    sepsis series species statistics status stimulus stress synthesis tennis thermodynamics thesis this thus
    topics transcriptomics us versus virus was"""
)
_IRREGULAR = {
    "analyses": "analysis",
    "bases": "basis",
    "hypotheses": "hypothesis",
    "syntheses": "synthesis",
    "theses": "thesis",
    "diagnoses": "diagnosis",
    "crises": "crisis",
    "axes": "axis",
    "matrices": "matrix",
    "vertices": "vertex",
    "indices": "index",
    "corpora": "corpus",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "nuclei": "nucleus",
    "stimuli": "stimulus",
    "genera": "genus",
    "galaxies": "galaxy",
    "children": "child",
    "people": "person",
    "women": "woman",
    "men": "man",
    "mice": "mouse",
    "biases": "bias",
    "lenses": "lens",
    "viruses": "virus",
    "gases": "gas",
    "data": "data",
}


def _singular(word: str) -> str:
    """Take the plural ending off an English noun; other words come back as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word in _SINGULAR or word.endswith(("ss", "us")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("is") or word.endswith("omics"):
        return word
    return word[:-1]


@lru_cache(maxsize=200_000)
def number(form: str) -> int:
    """Give a word its number, the same in every run and even; two alike are not to be expected.

    >>> number("halo") == number("halo") != number("halos")
    True
    """
    data = form.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little") & ~1


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Give back the form under which a word is compared with others.

    Case, English plurals, British spelling and the hyphen of a prefix go;
    what is left is still a word.

    >>> [fold(word) for word in ("GNNs", "analyses", "Optimisation", "meta-learning", "noise")]
    ['gnn', 'analysis', 'optimization', 'metalearning', 'noise']
    """
    word = word.casefold()
    for mark in "'’":
        word = word.partition(mark)[0]
    if not word.isalnum():
        word = "".join(char for char in word if char.isalnum())
    word = _singular(word)
    if len(word) < 5 or word in _AS_WRITTEN:
        return word
    for british, american in _BRITISH:
        if word.endswith(british):
            return word[: -len(british)] + american
    return word
