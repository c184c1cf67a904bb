"""Strings that try to be more than text: scripts for every context a page may put them into.

Each tells where it ran by the name `MARK`; whatever calls it has broken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

MARK = "ran"
AWAY = "https://elsewhere.invalid"
"""A host from which nothing may be fetched."""

_CALLS = (f"{MARK}()", f"{MARK}`1`", f"window['{MARK}']()", f"setTimeout('{MARK}()')")
_TAGS = (
    *("<script>{}</script>", "<ScRiPt>{}</sCrIpT>", "<script\n>{}</script\n>", "<script/x>{}</script>"),
    *("<img src=x onerror={}>", "<img/src=x/onerror={}>", '<img src="x" onerror="{}">', "<img src=x onerror={}//"),
    *("<svg onload={}>", "<svg/onload={}>", "<svg><script>{}</script></svg>", "<svg><animate onbegin={} attributeName=x dur=1s>"),
    *("<body onload={}>", "<input autofocus onfocus={}>", "<details open ontoggle={}>", "<video><source onerror={}>"),
    *("<iframe srcdoc='<script>parent.{}</script>'>", "<iframe src='javascript:parent.{}'>", "<object data='javascript:{}'>", "<embed src='javascript:{}'>"),
    *("<a href='javascript:{}'>x</a>", "<a href='&#106;avascript:{}'>x</a>", "<a href='java\tscript:{}'>x</a>", "<form action='javascript:{}'><button>x</form>"),
    *("<math><mtext><script>{}</script></mtext></math>", "<template><script>{}</script></template>", "<style>@import 'javascript:{}'</style>", "<marquee onstart={}>"),
    *("<meta http-equiv=refresh content='0;url=javascript:{}'>", "<base href='javascript:{}//'>", "<link rel=stylesheet href='javascript:{}'>", "<x onclick={} tabindex=1 autofocus onfocus={}>"),
    *("[x](javascript:{})", "![x](javascript:{})", "<javascript:{}>", "[x]: javascript:{}", "{{: onclick={} }}", "[x](data:text/html,<script>{}</script>)"),
    *("{{{{ {} }}}}", "{{% {} %}}", "${{{}}}", "#{{{}}}", "<%= {} %>", "$\\href{{javascript:{}}}{{x}}$", "\\url{{javascript:{}}}", "$\\text{{<img src=x onerror={}>}}$"),
)  # fmt: skip
_CLOSES = (
    *("", '"', "'", '">', "'>", "-->", "]]>", "</title>", "</script>", "</style>", "</textarea>"),
    *("</noscript>", "</template>", "`", "\\", "&quot;>", "&#34;>", "%22>", "\u2028", "\n\n", "---\n"),
)  # fmt: skip
"""What may end the place that a string stands in."""
_LOADS = (
    *("<img src={}/a.png>", "<link rel=stylesheet href={}/a.css>", "<script src={}/a.js></script>", "<iframe src={}/></iframe>"),
    *("![x]({}/a.png)", "<video poster={}/a.png src={}/a.mp4>", "<style>@import '{}/a.css'</style>", "<svg><image href={}/a.png></svg>"),
    *("<p style='background:url({}/a.png)'>", "<link rel=prefetch href={}/a>", "<meta http-equiv=refresh content='0;url={}/'>", "<base href={}/>"),
)  # fmt: skip
_ODD = (
    *("\u202egnp.exe\u202c", "a\u0300" * 40, "\u200b\u200c\u200d\ufeff", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "𝕋𝕙𝕖 𝖖𝖚𝖎𝖈𝖐", "ﷺ" * 20, "İstanbul ıI", "ß ẞ ﬁ ǅ"),
    *("%s%n%x", "{0.__class__}", "$(reboot)", "`id`", "; ls", "| cat /etc/passwd", "../../../etc/passwd", "CON", "NUL", "-rf", "--help", "@import"),
    *("undefined", "null", "NaN", "Infinity", "true", "1e309", "0x10", "-0", "1/0", "[]", "{}", "None", "NULL", "\\N", "=1+1", "+1", "@SUM(A1)"),
    *("' OR 1=1 --", "\x01\x02\x7f", "\ufffe\uffff", "&lt;b&gt;", "&amp;amp;", "&#0;", "&#x110000;", "&notit;", "<![CDATA[x]]>", "<?xml?>", "<!DOCTYPE x>", "<!--", "]]>"),
)  # fmt: skip


def lines() -> Iterator[str]:
    """Yield every script after everything that may end its context, then loads and odd text.

    >>> len(list(lines())) > 4000
    True
    """
    for tag, close, call in product(_TAGS, _CLOSES, _CALLS):
        yield close + tag.format(*[call] * tag.count("{}"))
    for tag, close in product(_LOADS, _CLOSES):
        yield close + tag.format(*[AWAY] * tag.count("{}"))
    yield from _ODD
