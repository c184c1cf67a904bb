"""Small functions on strings: one line, counts, visible characters, fingerprints and slugs.

They use nothing but the standard library, and each takes time that grows no
faster than its input.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = ["counted", "fingerprint", "slug", "squeeze", "visible", "well_formed"]


def squeeze(text: str) -> str:
    """Return the text on one line, its words separated by single spaces.

    >>> squeeze("  two\\n words ")
    'two words'
    """
    return " ".join(text.split())


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun, in the singular or plural.

    >>> counted(1, "paper"), counted(1300, "paper"), counted(2, "day")
    ('1 paper', '1,300 papers', '2 days')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


# --- identity ------------------------------------------------------------------------------


class _LetterTable(dict[int, str | None]):
    """A table for `str.translate` that keeps letters, digits and vowel signs; filled on demand."""

    def __missing__(self, code: int) -> str | None:
        """Drop accents (combining class 200 and up) and vowel points (10 to 36): both are optional.

        The vowel signs of Indic scripts have other classes: they are part of the spelling.
        """
        char = chr(code)
        spells = unicodedata.category(char) in ("Mn", "Mc") and not (
            10 <= unicodedata.combining(char) <= 36 or unicodedata.combining(char) >= 200
        )
        self[code] = char if spells or char.isalnum() else None
        return self[code]


_LETTERS = _LetterTable({0xFE0E: None, 0xFE0F: None})  # variation selectors, which are of class Mn


def fingerprint(text: str) -> str:
    """Return the letters and digits of a text, in any script, without case and accents.

    Two texts with the same fingerprint are the same text to a reader,
    whatever their case, accents, spacing or punctuation.

    >>> fingerprint("Naïve Bayes: re-visited!")
    'naivebayesrevisited'
    """
    if text.isascii():
        return text.lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", plain).translate(_LETTERS))


# --- invisible and forbidden characters ----------------------------------------------------

# Scripts that spell with (non-)joiners: Arabic to Sinhala, Myanmar, Khmer, Mongolian, and emoji.
_JOINING = (
    "\u0600-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
)
_STRAY_JOINER = re.compile(
    f"(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}])",
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SOFT_HYPHEN = re.compile("\u00ad(?:\n[ \t]*)?")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_PRINTABLE = re.compile(r"[\n\t -~]*")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def visible(text: str) -> str:
    """Return only what a reader can see, composed (NFC): safe for any page, feed or terminal.

    Control, zero-width and bidirectional control characters and soft hyphens are
    removed, ligatures are spelt out, and every space becomes a plain one; line ends
    stay. Joiners stay in scripts that spell with them. The result has no character
    that XML 1.0 forbids.

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
    r"""Return the text without the characters that XML 1.0 forbids, escaped or not.

    >>> well_formed("a\x00b\ufffe")
    'ab'
    """
    return _NOT_XML.sub("", text)


# --- addresses -----------------------------------------------------------------------------

# Letters that Unicode does not decompose into a Latin letter and an accent.
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
_SLUG_DROPPED = re.compile(r"['’]|[^\x00-\x7f\W]|[^\x00-\x7f\w]")
_HASH_DIGITS = 8


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


def is_web_address(text: str) -> bool:
    """Return whether an address leads to a page, and runs nothing: https, http, or no scheme.

    >>> [is_web_address(each) for each in ("https://a.org/", "a.org/x:1", "java\\nscript:x", "data:,x")]
    [True, True, False, False]
    """
    if not text.isprintable():
        return False
    scheme = _SCHEME.match(text.strip())
    return not scheme or scheme[0].lower() in ("https:", "http:")


def slug(text: str, limit: int = 60) -> str:
    """Return a name for an address: ASCII, lower case, hyphens, never empty, always the same.

    Text without Latin letters is named by a short hash of its letters.

    >>> slug("Diffusion & generative models")
    'diffusion-and-generative-models'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN).replace("&", " and "))
    kept = _SLUG_DROPPED.sub(lambda found: " " if found[0].isspace() else "", plain)
    words = re.sub(r"[^a-z0-9]+", "-", kept).strip("-")
    if not words or (not re.search("[a-z]", words) and re.search(r"[^\W\d_]", plain)):
        identity = (fingerprint(text) or text).encode("utf-8", "replace")
        return hashlib.sha256(identity).hexdigest()[:_HASH_DIGITS]
    if len(words) > limit:
        words = words[: limit + 1].rpartition("-")[0] or words[:limit]
    return words[:limit].strip("-")
