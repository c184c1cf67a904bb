"""Small functions on strings that know nothing of papers.

Every module may use these; they use nothing but the standard library, and
each takes time that grows no faster than its input.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = ["fingerprint", "sentences", "shorten", "slug", "squeeze", "visible", "well_formed"]


def squeeze(text: str) -> str:
    """Give back the text on one line, its words parted by single spaces.

    >>> squeeze("  two\\n words ")
    'two words'
    """
    return " ".join(text.split())


# --- what a text is, to a reader ---------------------------------------------------------


class _Letters(dict[int, str | None]):
    """For `str.translate`: keeps letters, digits and the marks that spell; learns as it reads."""

    def __missing__(self, code: int) -> str | None:
        """Accents (class 200 upwards) and vowel points (10 to 36) go; an Indic vowel sign stays."""
        char = chr(code)
        spells = unicodedata.category(char) in ("Mn", "Mc") and not (
            10 <= unicodedata.combining(char) <= 36 or unicodedata.combining(char) >= 200
        )
        self[code] = char if spells or char.isalnum() else None
        return self[code]


_LETTERS = _Letters({0xFE0E: None, 0xFE0F: None})


def fingerprint(text: str) -> str:
    """Reduce text to the letters and digits that make it itself, in any script.

    Two texts with the same fingerprint are the same text to a reader,
    whatever their case, accents, spacing or punctuation.

    >>> fingerprint("Naïve Bayes: re-visited!")
    'naivebayesrevisited'
    """
    if text.isascii():
        return text.lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", plain).translate(_LETTERS))


# --- what cannot be seen -------------------------------------------------------------------

# Scripts that spell with (non-)joiners: Arabic to Sinhala, Myanmar, Khmer, Mongolian, and emoji.
_JOINING = (
    "\u0600-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
)
_STRAY_JOINER = re.compile(
    f"(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}])",
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SOFT_HYPHEN = re.compile("\u00ad(?:\n[ \t]*)?")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_PRINTABLE = re.compile(r"[\n\t -~]*")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def visible(text: str) -> str:
    """Give back only what a reader can see, composed (NFC): safe for any page, feed or terminal.

    Control, zero-width and bidirectional control characters and soft hyphens
    go, ligatures are spelt out, every space is a plain one; line ends stay.
    Joiners stay where a script spells with them. The result holds no
    character that XML 1.0 forbids.

    >>> visible("e\\u0301\\u200bﬃ\\u00adcient\\u202e")
    'éfficient'
    """
    if _PRINTABLE.fullmatch(text):
        return text
    text = _SOFT_HYPHEN.sub("", _BREAK.sub("\n", text))
    text = _SPACE.sub(" ", _HIDDEN.sub("", text))
    text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return unicodedata.normalize("NFC", _STRAY_JOINER.sub("", text))


def well_formed(text: str) -> str:
    r"""Leave out what XML 1.0 has no place for, escaped or not.

    >>> well_formed("a\x00b\ufffe")
    'ab'
    """
    return _NOT_XML.sub("", text)


# --- sentences ---------------------------------------------------------------------------------

_END = re.compile(
    r"""(?P<stop>[.!?…]+|[。！？｡]+|[।॥؟۔።։]+)(?P<close>[)\]}"'”’»」』）*_]{0,4})(?P<gap>\s*)"""
)
_OPENERS = "([{\"'“‘«「『（*_¿¡#"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# After these a full stop never ends a sentence; after the next it may, if a new one clearly begins.
_NEVER = _words(
    """e.g i.e eg ie vs cf c.f viz fig figs eq eqs eqn sec sect ch chap tab thm lem prop def ref refs
    vol no nos pp dr mr mrs ms prof st dept univ ed eds ex appx esp incl"""
)
_SELDOM = _words(
    """al app resp approx ca w.r.t a.k.a s.t i.i.d u.s u.k e.u inc ltd co corp jr sr a.m p.m n.b"""
)
_STARTERS = _words(
    """the a an this that these those we our i it its in on at by to for from with as if when while where although
    though however but moreover furthermore additionally also here there thus hence therefore such each both
    all most many some several recent existing current using based given motivated inspired unlike among
    despite since because after before experiments experimental extensive results code what how why can is are
    do does one two first second third"""
)
_WORD_BEFORE = re.compile(r"[\w.]*\Z")
_WORD_AFTER = re.compile(r"[^\W_]+")


def _begins(after: str, surely: bool) -> bool:
    """Say whether a sentence can begin here; if `surely`, only with a word that often does."""
    word = _WORD_AFTER.match(after := after.lstrip(_OPENERS))
    if not word:
        return not surely and bool(after.strip())
    known = word[0].lower() in _STARTERS or word[0].endswith("ly")
    return known and word[0][0].isupper() if surely else not word[0].islower()


def _abbreviated(before: str, after: str) -> bool:
    """Say whether the full stop between these belongs to a word, an initial or a number."""
    found = _WORD_BEFORE.search(before)
    tail = found[0] if found else ""
    lead = before[: len(before) - len(tail)]
    word = tail.lower().strip(".")
    if word in _NEVER and not (tail.isupper() or (word == "no" and _begins(after, surely=True))):
        return True
    if word.isdecimal() and len(word) < 3 and lead[-2:] in ("", ": ", "; ", ", "):
        return True  # "1. First …"
    initial = len(word) == 1 and tail.isupper() and lead[-1:] in ("", " ")
    return (initial or word in _SELDOM) and not _begins(after, surely=True)


_GLUED = re.compile(r"[A-Z][a-z]+[A-Za-z0-9-]*(?=[ ,'’])|[AI](?= )")


def _glued(before: str, after: str) -> bool:
    """Say whether a stop without a space after it ends a sentence: `framework.The`, not `Node.js`."""
    token = before.rsplit(" ", 1)[-1]
    word = token.lower().strip("(\"'“.")
    if not _GLUED.match(after) or "/" in token or "." in word or word in _NEVER | _SELDOM:
        return False
    if _begins(after, surely=True):
        return len(word) > 1
    return word[-1:] in (")", "]", "%") or (len(word) > 2 and token.islower())


def _ends(before: str, found: re.Match[str], after: str) -> bool:
    """Say whether the stop found between `before` and `after` ends a sentence."""
    stop = found["stop"]
    if not after or stop[0] not in ".!?…":
        return bool(found["gap"]) or stop[0] in "。！？｡"
    if not found["gap"]:
        return stop in (".", "!", "?") and _glued(before, after)
    if not _begins(after, surely=False):
        return False
    return stop != "." or not _abbreviated(before, after)


def sentences(text: str) -> list[str]:
    """Split text into its sentences, as a reader would; joined by spaces they lose no letter.

    Abbreviations, initials, decimals, addresses and names with a dot hold;
    a full stop that lost its space still ends its sentence.

    >>> sentences("Smith et al. use Qwen2.5 (cf. Fig. 2). Why? It is a fast framework.The end.")
    ['Smith et al. use Qwen2.5 (cf. Fig. 2).', 'Why?', 'It is a fast framework.', 'The end.']
    """
    text = squeeze(text)
    parts, start = [], 0
    for found in _END.finditer(text):
        before = text[max(start, found.start() - 24) : found.start()]
        if _ends(before, found, text[found.end() : found.end() + 24]):
            parts.append(text[start : found.end()].strip())
            start = found.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


# --- shorter -------------------------------------------------------------------------------------

_CLAUSE = re.compile(r"[,;:.!?)\]—–](?=\s)|\s[—–-](?=\s)|[，；：。、]")


def shorten(text: str, limit: int) -> str:
    """Give back at most `limit` characters: the text, or its beginning and `…`.

    It is cut after a clause if one ends in the last third, else after a word.

    >>> shorten("We learn fast, and we forget slowly.", 24)
    'We learn fast, and we…'
    """
    text = squeeze(text)
    if len(text) <= limit:
        return text
    head = text[: max(0, limit)]
    clauses = [found.start() for found in _CLAUSE.finditer(head) if found.start() > 0.67 * limit]
    space = head.rfind(" ")
    cut = clauses[-1] if clauses else space if space > 0 else limit - 1
    return (head[:cut].rstrip(" ,;:.—–-([") + "…")[-max(0, limit) :] if limit > 0 else ""


_LATIN = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
    }
)


def slug(text: str, limit: int = 60) -> str:
    """Name the text in an address: ASCII, lower case, hyphens, never empty, always the same.

    Text without Latin letters is named by a short hash of its letters.

    >>> slug("Diffusion & generative models")
    'diffusion-and-generative-models'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN).replace("&", " and "))
    kept = re.sub(
        r"['’]|[^\x00-\x7f\W]|[^\x00-\x7f\w]",
        lambda found: " " if found[0].isspace() else "",
        plain,
    )
    words = re.sub(r"[^a-z0-9]+", "-", kept).strip("-")
    if not words or (not re.search("[a-z]", words) and re.search(r"[^\W\d_]", plain)):
        return hashlib.sha256((fingerprint(text) or text).encode("utf-8", "replace")).hexdigest()[
            :8
        ]
    if len(words) > limit:
        words = words[: limit + 1].rpartition("-")[0] or words[:limit]
    return words[:limit].strip("-")
