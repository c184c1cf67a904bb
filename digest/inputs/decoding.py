"""Bytes → text in any encoding, with a count of the repairs.

Files come as UTF-8 with and without a byte-order mark, UTF-16, Windows and Latin-1
code pages, GBK, twice-encoded UTF-8, compressed, truncated, and full of invisible
characters. Line numbers stay those that an editor shows.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable

import ftfy
from charset_normalizer import from_bytes

from digest.errors import SeedError
from digest.inputs import office
from digest.models import Note, Seed

LIMIT = 160_000_000
"""Maximum size of a document in bytes, packed and unpacked: about a hundred thousand abstracts."""

SAMPLE = 60_000
"""Bytes of lines with non-ASCII characters that are examined to detect a code page."""

_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"(\xb5/\xfd": "a zstd archive",
    b"SQLite format 3": "a database",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(name: str, data: bytes, note: Note | None = None) -> Seed:
    """Return the clean text of a document, with the repairs that were made and how often.

    Raises `SeedError` if the document is empty, binary, damaged or too large.

    >>> decode("a.txt", "na\\u00a0ïve\\r\\nBayes".encode()).text
    'na ïve\\nBayes'
    """
    repairs: Counter[str] = Counter()
    sha = hashlib.sha256(data).hexdigest()[:16]
    data = _unpack(name, data, repairs)
    if found := office.kind(data):
        text = office.text(name, data, found)
        repairs[f"text out of {found.name}"] += 1
    else:
        text = _decode(name, data, repairs)
    text = clean(text, repairs)
    if not text.strip():
        raise SeedError(name, "expected text, found nothing — the document is empty", refused=0)
    return Seed(name, text, note or Note(), sha, dict(repairs))


# --- bytes → characters ----------------------------------------------------------------


def _unpack(name: str, data: bytes, repairs: Counter[str]) -> bytes:
    """Decompress gzip, never past the limit; a truncated archive as far as it goes."""
    if len(data) > LIMIT:
        raise too_large(name, len(data))
    if not data.startswith(b"\x1f\x8b"):
        return data
    out, rest = bytearray(), data
    try:
        while rest.startswith(b"\x1f\x8b"):
            packer = zlib.decompressobj(wbits=31)
            out += packer.decompress(rest, LIMIT + 1 - len(out))
            if len(out) > LIMIT:
                raise too_large(name, len(out))
            if not packer.eof:
                repairs[CUT_SHORT] += 1
            rest = packer.unused_data
    except zlib.error as error:
        if not out:
            raise SeedError(name, f"expected a gzip archive, found damage ({error})") from error
        repairs[CUT_SHORT] += 1
    return bytes(out)


CUT_SHORT = "archive cut short"
"""The one repair that may mean lost papers."""


def too_large(name: str, size: int) -> SeedError:
    """Return the error for a document above the size limit."""
    return SeedError(
        name,
        f"expected at most {LIMIT // 1_000_000} MB, found {size // 1_000_000} MB"
        " — split the document into several",
    )


def _decode(name: str, data: bytes, repairs: Counter[str]) -> str:
    """Decode bytes by byte-order mark, as UTF-16, as UTF-8, or in a code page."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            repairs["byte-order mark"] += 1
            return _decode_lenient(data[len(mark) :], encoding, repairs)
    if encoding := _utf16_order(data):
        repairs[f"{encoding} text"] += 1
        return _decode_lenient(data, encoding, repairs)
    if kind := _binary_kind(data):
        raise SeedError(name, f"expected text, found {kind} — export it as plain text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_damaged(data, error, repairs)


def _decode_lenient(data: bytes, encoding: str, repairs: Counter[str]) -> str:
    """Decode bytes, undecodable ones replaced; drop an incomplete character at the end."""
    text = data.decode(encoding, errors="replace")
    if text.endswith("\ufffd"):
        repairs["truncated last character"] += 1
        text = text[:-1]
    if lost := text.count("\ufffd"):
        repairs["unreadable character"] += lost
    return text


def _utf16_order(data: bytes) -> str:
    """Detect UTF-16 without a byte-order mark: every other byte of common text is NUL."""
    head = data[:4000]
    if len(head) < 4:
        return ""
    half = len(head) // 2
    if head[1::2].count(0) > 0.6 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.6 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _binary_kind(data: bytes) -> str:
    """Return the kind of a binary document by its first bytes or control characters; else ''."""
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            return kind
    head = data[:20_000]
    control = len(head) - len(head.translate(None, bytes(range(1, 9)) + bytes(range(14, 27))))
    # A few are damage; of random bytes a twelfth are control characters, of text hardly any.
    return "binary data" if control > max(8, len(head) // 25) else ""


def _decode_damaged(data: bytes, error: UnicodeDecodeError, repairs: Counter[str]) -> str:
    """Decode near-UTF-8: truncated, with some bytes of a code page, or all in a code page."""
    if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
        repairs["truncated last character"] += 1
        return data[: error.start].decode("utf-8")
    text = data.decode("utf-8", errors="surrogateescape")
    wrong = sum(map(len, re.findall("[\udc80-\udcff]+", text)))
    right = sum(map(len, re.findall("[\u0080-\ud7ff\ue000-\U0010ffff]+", text)))
    if right > wrong:
        repairs["byte of another encoding"] += wrong
        return re.sub(
            "[\udc80-\udcff]+", lambda m: _decode_windows(_original_bytes(m.group())), text
        )
    encoding = _code_page(data)
    repairs[f"{encoding} text"] += 1
    return (
        _decode_windows(data) if encoding == "cp1252" else _decode_lenient(data, encoding, repairs)
    )


def _original_bytes(escaped: str) -> bytes:
    """Return the bytes that `surrogateescape` could not decode."""
    return escaped.encode("utf-8", errors="surrogateescape")


def _decode_windows(data: bytes) -> str:
    """Decode Windows-1252, and the five bytes that it does not define as Latin-1.

    >>> _decode_windows(b"\\x93caf\\xe9\\x94 \\x81") == "“café” \\x81"
    True
    """
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_WINDOWS)


_WINDOWS = {
    code: bytes((code,)).decode("cp1252", "ignore") or chr(code) for code in range(128, 160)
}
"""The characters of Windows-1252 that differ from Latin-1."""


def _code_page(data: bytes) -> str:
    """Guess an 8-bit or Chinese encoding from the lines that are not ASCII.

    A single high byte between ASCII letters is a Western accent; high bytes in runs of
    even length are two-byte characters. charset-normalizer decides all other cases.
    """
    runs = re.findall(rb"[\x80-\xff]+", _non_ascii_lines(data))
    alone = sum(len(run) == 1 for run in runs)
    if alone >= 0.7 * len(runs):
        return "cp1252"
    if sum(len(run) % 2 == 0 for run in runs) >= 0.7 * len(runs) and _is_valid(data, "gb18030"):
        return "gb18030"
    best = from_bytes(_non_ascii_lines(data)).best()
    return best.encoding if best and _is_valid(data, best.encoding) else "cp1252"


def _non_ascii_lines(data: bytes) -> bytes:
    """Return the lines that are not ASCII, up to the size of a sample."""
    out = bytearray()
    for match in re.finditer(rb"[^\n]{0,200}[\x80-\xff][^\n]{0,200}", data):
        out += match.group() + b"\n"
        if len(out) > SAMPLE:
            break
    return bytes(out)


def _is_valid(data: bytes, encoding: str) -> bool:
    """Whether the data is valid in an encoding, apart from an incomplete character at the end."""
    try:
        data[: len(data) - 3].decode(encoding)
    except UnicodeDecodeError as error:
        return error.start >= len(data) - 7
    return True


# --- characters → text -----------------------------------------------------------------

_LINE_SEPARATOR = re.compile("[\x85\u2028\u2029]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

_REPAIRS: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    ("NUL", re.compile("\0+"), ""),
    ("line separator", re.compile("[\x0b\x0c\x85\u2028\u2029]"), " "),
    ("no-break space", re.compile("[\xa0\u2007\u202f]"), " "),
    ("soft hyphen", re.compile("\xad"), ""),
    # Joiners carry meaning in Persian, Hindi and emoji, and none after a Latin letter.
    ("zero-width character", re.compile("[\u200b\u2060\ufeff]|(?<![\u0590-\U0010ffff])[\u200c\u200d]"), ""),
    ("bidi control", re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"), ""),
    ("ligature", re.compile("[ﬀ-ﬆ]"), lambda m: _LIGATURES[m.group()]),
    ("code-page character", re.compile("[\x80-\x9f]"), lambda m: _WINDOWS[ord(m.group())]),
    ("control character", re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\U000e0000-\U000e007f]"), ""),
)  # fmt: skip

_MOJIBAKE = re.compile(
    "[ÂÃâÐÑã][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|ï¿½|ï»¿|Ä[\x80-\xbf]|Å[\x80-\xbf]"
)


_ESCAPED_LINE_END = re.compile(
    r"(?:\\r)?\\n(?!(?:u|e|i|abla|eq|eg|ot|ewline|ewcommand|onumber|ormalsize|orm|atural|earrow|warrow|olimits"
    r"|parallel|mid|leq|geq|subseteq|obreak|oindent)(?![a-z]))"
)
"""A line end written as an escape sequence, and not the beginning of a TeX command."""


def _count_escaped_line_ends(text: str) -> int:
    """Count the line ends written as \\n, in a document that was saved with such line ends.

    >>> _count_escaped_line_ends("Memory Networks\\\\n\\\\nWe describe."), _count_escaped_line_ends(
    ...     "We take $\\\\nabla f$."
    ... )
    (2, 0)
    """
    if "\\n" not in text or text.lstrip()[:1] in "[{<@" or text.strip().count("\n") > 2:
        return 0
    count = len(_ESCAPED_LINE_END.findall(text))
    return count if count > 1 else 0


_SEPARATORS = {"\x1c": "\n", "\x1d": "\n", "\x1e": "\n", "\x1f": "‡"}
"""ASCII's separators of files, groups, records and units, as in exports of libraries."""


def clean(text: str, repairs: Counter[str]) -> str:
    """Repair what copying and saving does to text, and count the repairs of each kind.

    >>> repairs = Counter()
    >>> text = clean("e\\u0301tude dif\\u00adﬁcile\\r", repairs)
    >>> text, repairs["soft hyphen"], repairs["ligature"]
    ('étude difficile\\n', 1, 1)
    """
    if text.isascii() and text.isprintable() and "\\n" not in text:
        return text
    if lone := text.count("\r") - text.count("\r\n"):
        repairs["CR line end"] += lone
    text = re.sub(r"\r+\n?", "\n", text)
    if (lines := len(_LINE_SEPARATOR.findall(text))) > text.count("\n"):
        repairs["line separator"] += lines
        text = _LINE_SEPARATOR.sub("\n", text)  # the only line ends of the text
    text = _repair_mojibake(text, repairs)
    if written := _count_escaped_line_ends(text):
        repairs["line end written out"] += written
        text = _ESCAPED_LINE_END.sub("\n", text)
    if parts := sum(map(text.count, _SEPARATORS)):
        repairs["separator out of sight"] += parts
        text = text.translate({ord(mark): shown for mark, shown in _SEPARATORS.items()})
    letters = set(text)  # most texts need one or two of these repairs; finding which is cheap
    for kind, pattern, put in _REPAIRS:
        if not any(map(pattern.match, letters)):
            continue
        text, count = pattern.subn(put, text)
        if count:
            repairs[kind] += count
    if not unicodedata.is_normalized("NFC", text):
        repairs["decomposed text"] += 1
        text = unicodedata.normalize("NFC", text)
    return text


def _repair_mojibake(text: str, repairs: Counter[str]) -> str:
    """Repair UTF-8 that was decoded in a Windows code page, once or twice, line by line."""
    if text.isascii() or not _MOJIBAKE.search(text):
        return text
    return "\n".join(_repair_line(line, repairs) for line in text.split("\n"))


def _repair_line(line: str, repairs: Counter[str]) -> str:
    if len(line) > 200_000 or not _MOJIBAKE.search(line):
        return line
    fixed = ftfy.fix_encoding(line)
    if fixed != line:
        repairs["mojibake line"] += 1
    return fixed
