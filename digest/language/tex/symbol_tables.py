"""Tables of TeX commands and their Unicode characters.

Mathematical symbols come from the table of latex2mathml (unimathsymbols), those of
text from pylatexenc's (LaTeX's encodings and textcomp). Here are only those that read
better otherwise in running text, or that neither has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

GREEK = {
    **dict(
        zip(
            ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"],
            "αβγδεζηθ",
            strict=True,
        )
    ),
    **dict(
        zip(["iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi"], "ικλμνξοπ", strict=True)
    ),
    **dict(
        zip(
            ["rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"],
            "ρστυφχψω",
            strict=True,
        )
    ),
    **dict(zip(["varepsilon", "vartheta", "varphi", "varsigma"], "εϑφς", strict=True)),
    **dict(zip(["Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi"], "ΓΔΘΛΞΠ", strict=True)),
    **dict(zip(["Sigma", "Upsilon", "Phi", "Psi", "Omega"], "ΣΥΦΨΩ", strict=True)),
}
"""As people type them, so that search finds them: φ and ε, not the mathematical ϕ and ϵ."""

SYMBOLS = GREEK | {
    "sim": "∼", "sum": "Σ", "ast": "*", "star": "⋆", "deg": "°", "degree": "°", "degr": "°",
    "leqslant": "≤", "geqslant": "≥", "le": "≤", "ge": "≥", "ne": "≠", "mid": "|", "vert": "|",
    "cdots": "…", "ldots": "…", "dots": "…", "textellipsis": "…", "colon": ":", "backslash": "\\",
    "to": "→", "gets": "←", "implies": "⇒", "iff": "⇔", "land": "∧", "lor": "∨", "lnot": "¬",
    "Re": "Re", "Im": "Im", "wp": "℘", "hbar": "ℏ", "prime": "′", "bullet": "•", "circ": "∘",
    "arcsec": "″", "arcmin": "′", "angstrom": "Å", "msun": "M⊙", "Msun": "M⊙", "lsun": "L⊙",
    "circledR": "®", "textregistered": "®", "texttrademark": "™", "copyright": "©",
    "textcopyright": "©", "textdegree": "°", "textmu": "µ", "micro": "µ", "pounds": "£",
    "euro": "€", "texteuro": "€", "textsterling": "£", "textdollar": "$", "textpm": "±",
    "texttimes": "×", "textbullet": "•", "textasciitilde": "~", "textasciicircum": "^",
    "textunderscore": "_", "textbackslash": "\\", "textless": "<", "textgreater": ">",
    "textbraceleft": "{", "textbraceright": "}", "textasteriskcentered": "*", "textcompwordmark": "",
    "textlangle": "⟨", "textrangle": "⟩", "textohm": "Ω", "textcelsius": "°C", "textminus": "−",
    "textvisiblespace": " ", "nobreakspace": " ", "textdblhyphen": "-", "textmugreek": "μ",
    "textasciigrave": "`", "hyp": "-",
    "flqq": "«", "frqq": "»", "glqq": "„", "grqq": "“", "flq": "‹", "frq": "›", "glq": "‚",
    "grq": "‘", "og": "« ", "fg": " »",
    "textbar": "|", "textendash": "–", "textemdash": "—", "textquotedblleft": "“",
    "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’", "textquotesingle": "'",
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "lq": "‘", "rq": "’", "slash": "/",
    "langle": "⟨", "rangle": "⟩", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]",
    "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "Vert": "‖", "cmark": "✓",
    "checkmark": "✓", "xmark": "✗", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
    "item": "•", "space": " ", "quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ",
    "percent": "%", "kilo": "k", "mega": "M", "giga": "G", "milli": "m", "centi": "c", "nano": "n",
    "meter": "m", "metre": "m", "second": "s", "gram": "g", "hertz": "Hz", "kelvin": "K",
    "mathsemicolon": ";", "mathcolon": ":", "mathcomma": ",", "mathperiod": ".", "mathslash": "/",
    "mathquestion": "?", "mathexclam": "!", "mathpercent": "%", "mathampersand": "&",
    "mathatsign": "@", "mathdollar": "$", "mathoctothorpe": "#", "mathplus": "+", "mathhyphen": "-",
    "texttildelow": "~", "textdoublepipe": "ǁ", "udots": "⋰",
}  # fmt: skip

LETTERS = {
    "L": "Ł", "l": "ł", "O": "Ø", "o": "ø", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ",
    "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "ohorn": "ơ", "OHORN": "Ơ",
    "uhorn": "ư", "UHORN": "Ư",
}  # fmt: skip
"""Letters of words: a space after them only ends the command (`\\L ojasiewicz`)."""

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "h": "\u0309", "textcommabelow": "\u0326",
    "textogonekcentered": "\u0328", "horn": "\u031b",
}  # fmt: skip

MATH_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0305", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300",
    "mathring": "\u030a", "underline": "\u0332", "overrightarrow": "\u20d7",
}  # fmt: skip

ABBREVIATIONS = {
    "ie": "i.e.", "eg": "e.g.", "Ie": "I.e.", "Eg": "E.g.", "etal": "et al.", "etc": "etc.",
    "wrt": "w.r.t.", "cf": "cf.", "vs": "vs.", "aka": "a.k.a.", "iid": "i.i.d.", "viz": "viz.",
    "resp": "resp.",
}  # fmt: skip
"""The macros that authors define most often; with `\\xspace` the space after them stays."""

DROPPED = {
    "textcolor": 1, "color": 1, "label": 1, "ref": 1, "eqref": 1, "pageref": 1, "cref": 1,
    "Cref": 1, "autoref": 1, "vspace": 1, "hspace": 1, "begin": 1, "end": 1, "thanks": 1,
    "bibliographystyle": 1, "bibliography": 1, "hypertarget": 1, "hyperlink": 1, "fontsize": 2,
    "texorpdfstring": 1, "vskip": 0, "colorbox": 1, "pagestyle": 1, "usepackage": 1, "scalebox": 1,
    "resizebox": 2, "raisebox": 1, "phantom": 1, "hphantom": 1, "vphantom": 1, "tag": 1,
    "includegraphics": 1, "input": 1, "setlength": 2, "rule": 2, "href": 1, "index": 1,
    "cite": 1, "citep": 1, "citealp": 1, "parencite": 1, "autocite": 1, "nocite": 1, "footcite": 1,
    "cites": 1, "supercite": 1, "foreignlanguage": 1, "selectlanguage": 1, "fontencoding": 1,
}  # fmt: skip
"""Commands that only the printer needs, and the number of their arguments."""

SILENT = frozenset(
    [
        "rm",
        "bf",
        "it",
        "em",
        "sc",
        "tt",
        "sl",
        "sf",
        "cal",
        "bfseries",
        "itshape",
        "scshape",
        "ttfamily",
        "sffamily",
        "rmfamily",
        "mdseries",
        "upshape",
        "normalfont",
        "tiny",
        "scriptsize",
        "footnotesize",
        "small",
        "normalsize",
        "large",
        "Large",
        "LARGE",
        "huge",
        "Huge",
        "par",
        "newline",
        "linebreak",
        "nolinebreak",
        "noindent",
        "indent",
        "centering",
        "xspace",
        "protect",
        "relax",
        "left",
        "right",
        "middle",
        "big",
        "Big",
        "bigg",
        "Bigg",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "biggl",
        "biggr",
        "Biggl",
        "Biggr",
        "bigm",
        "displaystyle",
        "textstyle",
        "scriptstyle",
        "scriptscriptstyle",
        "limits",
        "nolimits",
        "nonumber",
        "notag",
        "smallskip",
        "medskip",
        "bigskip",
        "newpage",
        "clearpage",
        "hfill",
        "vfill",
        "maketitle",
        "boldmath",
        "unboldmath",
        "strut",
        "null",
        "sloppy",
        "raggedright",
        "selectfont",
        "leavevmode",
        "allowbreak",
        "break",
        "ignorespaces",
        "unskip",
        "nobreak",
        "nobreakdash",
        "cyrchar",
        "string",
    ]
)

FUNCTIONS = frozenset(
    [
        "log",
        "ln",
        "lg",
        "exp",
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "arcsin",
        "arccos",
        "arctan",
        "max",
        "min",
        "sup",
        "inf",
        "lim",
        "limsup",
        "liminf",
        "arg",
        "det",
        "dim",
        "ker",
        "gcd",
        "hom",
        "Pr",
        "deg",
        "rank",
        "tr",
        "Tr",
        "sgn",
        "sign",
        "diag",
        "argmax",
        "argmin",
        "softmax",
        "erf",
        "poly",
        "polylog",
        "mod",
        "bmod",
        "Var",
        "Cov",
    ]
) - {"deg"}

FONTS = frozenset(
    [
        "text",
        "textbf",
        "textit",
        "textrm",
        "textsf",
        "texttt",
        "textsc",
        "textsl",
        "textmd",
        "textup",
        "textnormal",
        "emph",
        "mbox",
        "hbox",
        "fbox",
        "makebox",
        "mathrm",
        "mathbf",
        "mathit",
        "mathsf",
        "mathtt",
        "mathcal",
        "mathscr",
        "mathfrak",
        "mathnormal",
        "boldsymbol",
        "bm",
        "bold",
        "mathbin",
        "mathrel",
        "mathop",
        "mathord",
        "mathopen",
        "mathclose",
        "mathpunct",
        "operatorname",
        "ensuremath",
        "textsuperscript",
        "textsubscript",
        "uppercase",
        "lowercase",
        "MakeUppercase",
        "MakeLowercase",
        "underbrace",
        "overbrace",
        "underline",
        "uline",
        "ul",
        "st",
        "sout",
        "hl",
        "boxed",
        "cancel",
        "substack",
        "url",
        "path",
        "nolinkurl",
        "num",
        "si",
        "SI",
        "texorpdfstring",
        "pmb",
        "mathds",
        "mathbbm",
        "Bbb",
        "mathbb",
        "rom",
        "acrshort",
        "gls",
        "ac",
        "acf",
        "acs",
        "acl",
    ]
)

DOUBLE_STRUCK = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))

SUPERSCRIPT = dict(
    zip(
        "0123456789+-−()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿ",
        strict=True,
    )
)
SUBSCRIPT = dict(
    zip(
        "0123456789+-−()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
RAISED = {"∘": "°", "°": "°", "*": "*", "∗": "*", "⋆": "*"} | {c: c for c in "′″‴†‡®™"}
LOWERED = {c: c for c in "⊙⊕☉"}


@cache
def symbol(name: str) -> str | None:
    """Return the Unicode character of a TeX command, or None if there is none.

    >>> symbol("leq"), symbol("guillemotleft"), symbol("textalpha"), symbol("ModelName")
    ('≤', '«', 'α', None)
    """
    if name in SYMBOLS:
        return SYMBOLS[name]
    sign = _of_maths(name) or _of_text().get(name)
    if sign is None and name.startswith("text"):
        return symbol(name.removeprefix("text"))  # \textalpha, \textmp, \textrightarrow
    return sign


def _of_maths(name: str) -> str | None:
    from latex2mathml.symbols_parser import convert_symbol  # reads a file: only where needed

    code = convert_symbol("\\" + name)
    return "".join(chr(int(each, 16)) for each in code.split("-")) if code else None


@cache
def _of_text() -> Mapping[str, str]:
    """Return the characters that LaTeX's encodings and packages name: `guillemotleft`, `CYRA`."""
    from pylatexenc.latex2text import MacroTextSpec, get_default_latex_context_db
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    named: dict[str, str] = {}
    for code, written in get_builtin_uni2latex_dict().items():
        if command := re.fullmatch(r"(?:\\cyrchar)?\\([A-Za-z]+)(?:\{\})?", written):
            named.setdefault(command[1], chr(code))
    for spec in get_default_latex_context_db().iter_macro_specs():
        sign = spec.simplify_repl if isinstance(spec, MacroTextSpec) else None
        if isinstance(sign, str) and len(sign) == 1:
            named.setdefault(spec.macroname, sign)
    return named
