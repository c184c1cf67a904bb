"""Which runs of words can be a noun phrase, told from closed lists and word endings alone.

No tagger and no model: function words, verbs of academic prose and adverbs
part a sentence into runs; what may begin and end a phrase is told by the
word's ending. A word that is in no list passes for a noun, which is right for
the words that matter: the rare ones.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "BEFORE_VERBS",
    "DETERMINERS",
    "GENERIC",
    "boilerplate",
    "ends",
    "kind",
    "listed",
    "stem",
]


def listed(text: str) -> frozenset[str]:
    """Make a set of the words of a list."""
    return frozenset(text.split())


_FUNCTION = listed("""
a an the this that these those it its itself whenever wherever whichever whatever they them their theirs themselves he she his her him hers i me my mine
we us our ours ourselves you your yours who whom whose which what when where why how whether if then else than as
and or but nor so yet for of in on at by to from with without within into onto upon over under above below between
among amongst across through throughout during before after since until till against along around behind beside
besides beyond despite except inside near off outside per regarding concerning toward towards up down out about via
versus vs is are was were be been being am do does did done doing has have had having can could may might must shall
should will would cannot not no none neither either both each every any all some few many much more most less fewer least twenty thirty forty fifty sixty seventy eighty ninety
several various other others another such same own only just also too very quite rather even still already always
never often sometimes usually again ever once here there now thus hence therefore however moreover furthermore
nevertheless nonetheless otherwise instead meanwhile although though because while whereas unless like unlike e.g i.e
eg ie etc et al cf resp respectively namely first firstly second secondly third thirdly finally lastly one ones
due according based thereby therein thereof whereby wherein amid atop lest albeit et via yes let lets
well far away together apart aside back forth indeed perhaps maybe almost nearly merely simply mainly mostly
largely particularly especially specifically generally typically commonly widely recently currently previously
significantly substantially considerably dramatically greatly highly extremely increasingly effectively efficiently
accurately successfully consistently directly easily quickly rapidly carefully clearly readily largely solely
primarily notably importantly interestingly surprisingly unfortunately additionally consequently subsequently
accordingly essentially potentially possibly presumably actually absolutely exactly precisely roughly truly
simultaneously rigorously inherently fundamentally comprehensively correctly properly reliably robustly seamlessly
naturally thoroughly extensively explicitly implicitly independently separately individually gradually slightly
markedly noticeably drastically severely adequately entirely exclusively equally immediately inevitably possible impossible able unable likely unlikely
don't doesn't isn't aren't can't won't it's we're we've they're that's there's let's
""")

# Finite verbs and participles that stand outside phrases; their -s, -ed and -ing are added below.
_VERBS = listed("""
achieve acquire address adopt affect afford aim allow analyse analyze answer appear apply argue arise ask assess
assume attain attempt avoid become begin believe benefit bring broaden capture carry cast cause characterise
characterize choose claim clarify come compare comprise compute concern conclude conduct confirm consider consist
constitute construct contain continue contribute convert correspond cover create deal decide define deliver
demonstrate denote depend deploy derive describe determine develop devise differ discover discuss display
elaborate elucidate emerge emphasise emphasize employ empower enable encompass encounter encourage enhance
enrich ensure entail establish evaluate evolve examine exceed exhibit exist expand expect experience explain
exploit explore express extend facilitate fail feature find focus follow formulate foster fulfil fulfill gain
generalise generalize generate get give go grow guarantee handle happen harness help hinder hold identify
illustrate illuminate implement imply improve include incorporate incur indicate induce infer inform inherit inhibit
integrate introduce investigate involve justify keep know lack lead learn leave leverage lie
maintain make manage maximise maximize mean meet minimise minimize mitigate modify motivate necessitate need
obey observe obtain occur offer omit operate optimise optimize outline outperform overcome perform permit
pertain play point pose possess predict present preserve prevent proceed produce prohibit promise promote propose
prove provide publish pursue quantify raise reach realise realize recall receive recognise recognize recommend
reduce refer reflect regard relate release rely remain remove render replace report represent require resolve
restrict result retain reveal review satisfy say scale see seek seem select serve set shed show simplify simulate solve
speak specify stem strengthen struggle study succeed suffer suggest summarise summarize support surpass tackle
take tend term think thrive transcend treat try turn uncover undergo underlie understand undertake unify unveil
use utilise utilize validate vary verify wish work yield combat complement outline outstrip necessitate
""")

# Verbs whose -ed and -ing forms are at home in phrases (`compressed sensing`): only the others break.
_LIGHT_VERBS = listed("""
accelerate accept accommodate accomplish accumulate activate adapt adhere adjust advocate affirm aggregate align
allege alleviate allocate alter animate annotate anticipate articulate assemble assign assist associate assure attend
augment automate bind boost bypass calculate calibrate catalyze circumvent coincide collaborate collect combine
communicate compensate compete compile complicate compose comprehend compress concatenate conjoin connect consolidate
constrain consume converge convey cope corroborate counteract craft curate deceive decode decompose decouple decrease
deepen defend degrade delineate delve depict detect deviate diagnose differentiate diminish disclose discern
discriminate disentangle disregard disrupt dissect distill distinguish distort distribute divide dominate elevate elicit
eliminate embed embrace emulate encapsulate encode endow engage envision equip erase evade exacerbate exclude execute
expedite expose extract extrapolate favor favour finetune forget fuse gather govern hallucinate hamper ignore impair
impede impose increase initiate inject inspect inspire instantiate interact interpolate interpret intervene
invoke isolate locate lose manipulate merge mimic mislead modulate navigate neglect obscure originate overfit overlook
overload parse participate pave perceive perpetuate perturb pinpoint posit prefer prepare pretrain propagate protect prune
reconcile reconstruct recover redefine refine reformulate reframe regulate reinforce relax relieve replicate reproduce
repurpose resemble reside resist respond restore rethink retrain retrieve revisit revolutionise revolutionize rewrite save
showcase spur stimulate streamline substantiate supersede supervise suppress surround survive sustain tailor teach
tolerate transmit traverse trigger undermine underestimate underscore unleash unlearn unlock violate
""")
# Verbs whose bare form or -s is as often a noun: only their -ed form is a break.
_NOUN_TOO = listed(
    """answer attempt benefit cause claim concern cover display experience feature
    focus gain guarantee mean measure play point present promise report request
    result review scale set stem study support turn use work yield term release estimate review
    complement benefit present"""
)
# -ing forms that are nouns, or stand before nouns, as often as not.
_ING_TOO = listed(
    """learning understanding processing reasoning planning training modeling modelling computing engineering
    sampling scheduling clustering mapping matching programming testing imaging sensing tracking training
    publishing operating setting meaning finding working generating evolving emerging reporting scaling rendering
    pricing pointing answering covering grounding balancing sharing turning closing"""
)
_IRREGULAR = listed("""
shown seen given taken known made found built led held kept left brought sought thought chosen drawn grown
driven arisen became began begun came gave got gotten knew lay lain met paid ran saw said sent spent stood told took
understood undergone underwent went won wrote overcame done gone proven drew grew rose dealt meant felt
""")

# Adjectives and nouns that open a run without belonging to the phrase.
_OPENERS = listed(
    """new novel proposed existing current recent previous prior traditional conventional classical different
    various numerous diverse certain specific particular main major key important significant good better best
    great greater greatest high-quality higher highest lower lowest larger largest smaller smallest bigger
    promising interesting useful effective efficient simple powerful popular common typical general standard
    state-of-the-art well-known so-called extensive comprehensive thorough detailed careful rigorous wide broad
    full entire whole overall total additional further extra necessary sufficient required desired
    corresponding respective relevant related suitable appropriate available possible potential considerable
    substantial remarkable notable superior inferior competitive comparable similar identical initial final
    early late last next present underlying ongoing preliminary unprecedented fundamental crucial critical
    essential vital challenging difficult hard easy successful strong weak poor rich real true
    two three four five six seven eight nine ten hundred thousand million billion hundreds thousands
    i ii iii iv later earlier latter former aforementioned abovementioned increasing growing
    consistent impressive reasonable reliable insightful intriguing vast huge tremendous
    originally newly above-mentioned following"""
)
# Adjectives that no ending gives away.
_ADJECTIVES = listed(
    """different efficient consistent dependent independent recent significant important relevant present
    sufficient apparent coherent convenient current equivalent evident excellent frequent inherent intelligent
    latent permanent persistent prominent recurrent subsequent transparent abundant constant dominant redundant
    resistant robust accurate adequate appropriate approximate complete complex concrete deep dense discrete
    distinct diverse dynamic explicit fast fine finite high implicit infinite large linear long low multiple
    nonlinear non-linear single small sparse stable static strong weak short simple slow smooth sparse strict thin
    thick unique unsupervised supervised arbitrary binary ordinary stationary necessary primary secondary
    temporary contrary contemporary preliminary modern human-like open rapid separate similar singular
    scalable wide broad modern joint remote novel mild severe pure raw rich poor true false hard soft
    local global global mutual virtual visual textual lower upper inner outer early late clear popular regular
    particular modular molecular cellular binocular nuclear angular circular muscular vascular triangular
    better best good bad great free full empty flat sharp cold hot warm wet dry young old big tiny
    heavy light hybrid generalised generalized optimal"""
)
_ADJECTIVE_END = re.compile(
    r"(?:[aeiou]?al|ic|ive|ous|able|ible|ful|less|ish|esque|like|wise|aware|based|driven|free|specific|"
    r"oriented|agnostic|efficient|dependent|guided|centric|invariant|informed|level|order|time|scale|rank)\Z"
)
_NOUNS = listed(
    """signal retrieval proposal potential material crystal removal approval interval mineral metal animal goal
    arrival renewal trial hospital capital journal manual portal terminal chemical professional individual
    differential integral functional polynomial binomial radical principal festival dial denial disposal
    logic music traffic topic statistic metric arithmetic fabric heuristic clinic critic public mechanic plastic
    ceramic diagnostic epidemic pandemic antibiotic genetic characteristic basic mosaic aspic
    objective perspective derivative additive alternative narrative incentive adjective detective native drive
    dive five hive archive relative executive explosive motive initiative preservative sedative
    variable table cable label timetable constable vegetable consumable
    time runtime timescale scale level order rank multiscale lifetime bible crucible"""
)
_ADVERB_NOT = listed(
    """family assembly anomaly supply fly butterfly reply ally monopoly homily lily belly jelly italy july
    polly early daily weekly monthly yearly friendly likely poly multiply orderly elderly costly
    scholarly curly user-friendly"""
)

GENERIC = listed(
    """paper article work study approach method methodology technique result finding experiment problem issue
    task challenge framework analysis system model algorithm way case example number set type kind class form
    term use usage application performance accuracy effectiveness efficiency quality ability capability
    advantage benefit limitation drawback improvement contribution importance role effect impact factor aspect
    feature property characteristic process procedure approach solution strategy scheme mechanism concept idea
    notion theory practice literature research researcher author community field area domain setting scenario
    condition context situation environment data dataset information knowledge value level degree rate amount
    size range scale time year day step stage phase part point line order basis goal aim objective purpose
    question answer reason evidence insight understanding evaluation comparison implementation development
    design construction definition description discussion introduction overview survey review progress advance
    art baseline benchmark test function variable parameter input output structure component element unit group
    user people person human world life society need demand requirement attention interest potential gap lack
    difficulty complexity cost trade-off tradeoff difference variety variation diversity combination addition
    presence absence existence possibility extent majority minority rest lot series sequence instance sample
    section chapter figure table proof theorem lemma assumption hypothesis conclusion future past history
    change increase decrease reduction loss gain error"""
)
_SAID_OF_ALL = listed("""experimental empirical theoretical qualitative quantitative comparative extensive rapid
    little project significant promising main overall ablation user""")
_SAID = listed("""result results evaluation evaluations experiment experiments finding findings analysis analyses
    study studies comparison comparisons evidence performance improvement improvements progress advance advances
    advancement advancements growth development developments insight insights page webpage website support
    attention validation validations investigation investigations interest work""")


def boilerplate(first: str, last: str) -> bool:
    """Say whether a phrase from `first` to `last` is said of any paper: `experimental results`."""
    return first in _SAID_OF_ALL and last in _SAID


_VAGUE = listed(
    """thing something anything nothing everything everyone someone anyone fact sense way kind sort lot bit
    extent order addition particular general contrast hand end terms spite instance example respect regard
    rise variety majority plethora wealth range number amount today yesterday tomorrow
    january february march april june july august september october november december
    section sections figure figures fig table tables chapter chapters appendix equation
    abstract keywords copyright reserved elsevier springer ieee wiley doi arxiv preprint
    https http www url github code"""
)


def _forms(verb: str) -> list[str]:
    """Give the -s, -ed and -ing forms of a regular verb, and the verb."""
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    s = "es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s"
    last = verb[-1] if verb.endswith(("t", "g", "l", "p", "r", "n")) and verb[-2] in "aeiou" else ""
    return [verb, verb + s, verb + "ed", verb + "ing", verb + last + "ed", verb + last + "ing"]


def _verb_breaks() -> frozenset[str]:
    """Every form of the listed verbs that cannot stand inside a noun phrase."""
    found = set(_IRREGULAR)
    for verb in _VERBS:
        forms = _forms(verb)
        found.update(form for form in forms[2:] if form not in _ING_TOO)
        if verb not in _NOUN_TOO:
            found.update(forms[:2])
    for verb in _LIGHT_VERBS:
        found.update(_forms(verb)[:2])
    return frozenset(found)


# Participles of those verbs that are at home inside phrases all the same.
_INNER = listed("""
constructed enhanced extended
generalised generalized generated improved induced informed integrated
learned modified observed optimised optimized predicted reduced restricted selected
simulated unified varying
""")
_BREAK = (_FUNCTION | _verb_breaks()) - _INNER
_NUMBER = re.compile(r"[\d.,/%±×–-]+(?:st|nd|rd|th|s|k|m|x|d)?\Z")


@lru_cache(maxsize=50_000)
def kind(word: str) -> str:
    """Tell what a lower-case word can be in a phrase, by one letter.

    `x` parts phrases; `o` is left off the front; `r` is an adverb, `j` an
    adjective, `e` ends in -ed and `g` in -ing; `d` is a number; `n` a noun or
    anything else.

    >>> "".join(map(kind, "we propose a novel graph convolutional network".split()))
    'xxxonjn'
    """
    if word in _BREAK:
        return "x"
    if word in _OPENERS or word in _VAGUE:
        return "o"
    if _NUMBER.match(word):
        return "d"
    if "/" in word and "." in word:
        return "x"  # an address
    if word in _NOUNS:
        return "n"
    if word.endswith("ly") and len(word) > 4 and word not in _ADVERB_NOT:
        return "r"
    if word in _ADJECTIVES or _ADJECTIVE_END.search(word):
        return "j"
    if word.endswith("ed") and len(word) > 4 and not word.endswith(("eed", "bed", "seed")):
        return "e"
    if word.endswith("ing") and len(word) > 5:
        return "g"
    if word.endswith(("izes", "ises", "ifies", "ize", "ify")) and len(word) > 5:
        return "x"
    return "n"


@lru_cache(maxsize=10_000)
def ends(kinds: str) -> bool:
    """Say whether words of these kinds make a noun phrase: how it may begin and how it must end."""
    first, last = kinds[0], kinds[-1]
    if len(kinds) == 1:
        return last in "ng"
    return (
        last in "ngd"
        and first in "njegr"
        and "r" not in kinds[1:]
        and not (first == "r" and len(kinds) < 3)
    )


# --- the part of a word that its forms share ---------------------------------------------------


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Reduce a lower-case word to what its plural, -ing and spelling variants share.

    >>> [stem(w) for w in ("networks", "analyses", "behaviour", "optimisation", "matrices", "tracking")]
    ['network', 'analysi', 'behavior', 'optimiz', 'matrix', 'track']
    """
    if len(word) < 4:
        return word
    word = _singular(word)
    if word.endswith("our") and len(word) > 5:
        word = word[:-3] + "or"
    for end in (
        "isation",
        "ization",
        "ising",
        "izing",
        "ised",
        "ized",
        "iser",
        "izer",
        "ise",
        "ize",
    ):
        if word.endswith(end) and len(word) - len(end) > 3:
            return word[: -len(end)] + "iz"
    for end in ("ingly", "ing", "edly", "ed"):
        if word.endswith(end) and len(word) - len(end) > 2 and not word.endswith("eed"):
            word = word[: -len(end)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


_LATIN = listed("matrices vertices indices appendices vortices cortices codices helices simplices")


def _singular(word: str) -> str:
    """Take the plural off."""
    if not word.endswith("s") or word.endswith(("ss", "us")):
        return word
    if word in _LATIN:
        return word[:-4] + ("ix" if word[-5] == "r" else "ex")
    if word.endswith(("yses", "theses")):
        return word[:-2] + "i"
    if word.endswith("is"):
        return word[:-1]
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


DETERMINERS = listed("a an the our its their his her these this each every")
"""What follows a verb or a preposition and hardly ever a noun."""
BEFORE_VERBS = listed("we i you they who can may might will would could should must cannot")
"""What a verb follows."""
