"""Titles and abstracts as found become what their authors meant."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latexencode import get_builtin_uni2latex_dict, unicode_to_latex

from digest.language import tex
from digest.papers import links
from tests import GOLDEN
from tests.conftest import Golden

EXAMPLES = GOLDEN / "tex"

SCRAPS = [
    *"{}$\\_^~`'\"*-<>&/.,:;()[]|% \n",
    *"abcxyzAB019éα☉\u200b\ue000\x00",
    *[
        "\\textbf{",
        "\\textbraceleft",
        "\\textfoo{}",
        "\\verb|",
        "\\kern",
        "\\'{\\^",
        "{\\em ",
        "\\emph",
        '\\"',
        "\\'e",
        "\\c ",
        "\\L ",
        "\\ie",
        "\\cite{a2020b}",
    ],
    *["\\href{", "\\url{", "\\footnote{", "\\frac", "\\sqrt[3]", "\\mathcal{O}", "\\alpha", "\\("],
    *["\\)", "\\[", "\\]", "\\begin{equation}", "\\end{equation}", "\\unicode{x2014}", "\\not="],
    *["$x_i$", "$$", "$5 ", "\\$", "_{i,t}", "^{-3}", "^2", "_1", "nu^2", "5times", "mathcal{O}("],
    *["Phi circ Psi", "bigl(", "x2014", "``", "''", "---", "--", "=>", "->", "~", "**", "__"],
    *["&amp;", "&lt;", "&#x3c;", "<b>", "</b>", "<sub>2</sub>", "<jats:title>A</jats:title>"],
    *["<math>", "<mi>x</mi>", "</math>", "<script>", "</script>", "https://a.org/x_y_z", "word "],
]
messes = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=4), max_size=25).map("".join)


def cases() -> list[str]:
    return sorted(path.stem for path in EXAMPLES.glob("*.txt"))


@pytest.mark.parametrize("name", cases())
def test_a_mess_becomes_what_its_golden_file_shows(name: str, golden: Golden) -> None:
    """`NAME.txt` is the text as found, `NAME.plain` and `NAME.html` what it should become."""
    raw = links.mend((EXAMPLES / f"{name}.txt").read_text(encoding="utf-8"))
    for ending, read in (("plain", tex.plain(raw)), ("html", tex.to_html(raw))):
        golden(EXAMPLES / f"{name}.{ending}", read + "\n")


@given(messes)
def test_plain_text_stays_as_it_is(mess: str) -> None:
    """Reading twice is reading once, whatever the text."""
    read = tex.plain(mess)
    assert tex.plain(read) == read


@given(messes)
def test_no_text_is_emptied(mess: str) -> None:
    """A text with a word keeps one."""
    if any(c.isalnum() for c in tex.plain("x" + mess)):
        assert tex.plain("Word. " + mess)


@given(messes)
def test_html_is_well_formed_and_holds_nothing_from_the_input_but_text(mess: str) -> None:
    """Only MathML elements come out, with attributes from a short list; the rest is escaped."""
    root = ElementTree.fromstring(f"<p>{tex.to_html(mess)}</p>")  # noqa: S314
    for node in root.iter():
        assert node.tag == "p" or node.tag[0] == "m" or node.tag in ("semantics", "annotation")
        assert not {key for key in node.attrib if key.startswith("on") or "href" in key}


@pytest.mark.parametrize("scrap", SCRAPS)
def test_a_long_line_of_one_scrap_takes_no_longer_than_its_length(scrap: str) -> None:
    """Every scanner goes forward only: 20,000 repetitions are read, not waited for."""
    tex.to_html(links.mend(scrap * 20_000))


@pytest.mark.parametrize(
    "text",
    [
        "UIUC_BioNLP at SemEval, C_4, snake_case_names and __init__.py",
        "three times as fast, to and in prose; A* search, p-values and C. elegans",
        "it costs $5 million to $10 million, or $3-$5 per user",
        "at 0<z<5.8 we emit <think> and <answer> tokens {in this order}",
        "alpha testing, Phi-3, beta-VAE, an increase in R², sum and product",
        "https://example.org/~user/a_b_c%20d?x=1&y=$2 is left alone",
        "Recall@10, w.r.t., Qwen2.5 and Llama3.1, nn.Module, torch.Tensor",
    ],
)
def test_what_is_no_tex_stays_whole(text: str) -> None:
    """Names, prices, identifiers and addresses are not mended."""
    assert tex.plain(text) == text


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        (r"$12.5^{+2.3}_{-1.4}\%$", "12.5 (+2.3/-1.4)%"),
        (r"$\frac{a+b}{2}$, $\sqrt{x+1}$, $\hat{y}$, $x_{\max}$", "(a+b)/2, √(x+1), ŷ, x_max"),
        (r"$a \not\in \mathbb{R}^d$", "a ∉ ℝᵈ"),
        (r"spent $100; M$_{\odot}$ and $10^{-3}$", "spent $100; M⊙ and 10⁻³"),
        (r"Schr\"odinger, Erd\H{o}s, \v{S}\'i{\l}, fa\c{c}ade", "Schrödinger, Erdős, Šíł, façade"),
        (r"as \citet{chen2022active} show \cite{a,b}.", "as Chen et al. (2022) show."),
        (r"$\textbf{H$^{3}$DP}$ works", "H³DP works"),
        ("&lt;p&gt;One &amp;amp; two&lt;/p&gt;", "One & two"),
        ("points in R^2, an increase in R^2", "points in ℝ², an increase in R²"),
        ("the framework.The end, i.e.the last", "the framework. The end, i.e. the last"),
        ("Navier--Stokes, 10--20, nets---deep ones", "Navier–Stokes, 10–20, nets—deep ones"),
        ("z sim 3, textbf{A}daptive, 1.4 pm 0.9, M_{odot}", "z ∼ 3, Adaptive, 1.4 ± 0.9, M⊙"),
        ("Halpha in LambdaCDM at lambda = 20 cm", "Hα in ΛCDM at λ = 20 cm"),
        ("f_{rm dense} of 2.3^{+0.2}_{-0.1} times 10^9", "f_dense of 2.3 (+0.2/-0.1) × 10⁹"),
        ("\\ModelName{} and \\ours beat \\etal", "ModelName and ours beat et al."),
    ],
)
def test_damage_is_mended(found: str, meant: str) -> None:
    """What is certain is put right."""
    assert tex.plain(found) == meant


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        (r"the set {\textbraceleft}0, 1{\textbraceright}", "the set {0, 1}"),
        (r"\textbraceleft{}\textbackslash{}rm Ca\textbraceright{} lines", "Ca lines"),
        (r"\textbraceleft\textbackslash rm Ca\textbraceright{} lines", "Ca lines"),
        (
            r"\guillemotleft{}oui\guillemotright{}, {\quotedblbase}ja{\textquotedblleft}",
            "«oui», „ja“",
        ),
        (r"{\textonehalf} of 5{\textperthousand}, \textalpha-, \textmugreek{}m", "½ of 5‰, α-, μm"),
        (r"{\CYRM}{\cyri}{\cyrr} and {\cyrchar\CYRYAT}", "Мир and Ѣ"),
        (r"Nguy{\~{\^e}}n, V{\~u} and Ph\h{a}m \ohorn{} \'{\^{e}}", "Nguyễn, Vũ and Phảm ơ ế"),
        (r"I\textcommabelow{s}, \textsuperscript{\textregistered}", "Iș, ®"),
        (r"\foreignlanguage{german}{Wort} \nobreakspace{}a\hskip 1em b\kern-.1emc", "Wort a bc"),
        (r"\verb|x_y| and \\[2pt] more", "x_y and more"),
        (r"a \textnever{}word", r"a \textnever{}word"),
    ],
)
def test_every_sign_that_latex_names_is_read(found: str, meant: str) -> None:
    assert tex.plain(found) == meant
    assert tex.plain(meant) == meant


def test_a_formula_that_cannot_be_converted_is_shown_as_text() -> None:
    """No formula may break a page, and none may bring markup of its own."""
    assert tex.to_html(r"$\href{javascript:alert(1)}{x} = \frac{$").count("<a") <= 1
    assert (
        "javascript"
        not in tex.to_html(r"a $\href{javascript:alert(1)}{x}$").split("<annotation")[0]
    )
    assert "<script" not in tex.to_html(r"$\text{<script>alert(1)</script>} = x$")
    assert "onclick" not in tex.to_html(r'$\color{red" onclick="x}y = 1$').split("<annotation")[0]


def test_the_tex_of_a_formula_can_be_copied() -> None:
    """MathML carries its source."""
    html = tex.to_html(r"in $\mathcal{O}(n^2)$ time")
    assert r'<annotation encoding="application/x-tex">\mathcal{O}(n^2)</annotation>' in html
    assert html.startswith("in <math>")
    assert html.endswith("</math> time")


def test_a_formula_without_letters_needs_no_mathml() -> None:
    """`$5\\%$` is text between dollars."""
    assert tex.to_html(r"$\sim$10 and $5\%$") == "∼10 and 5%"


def test_formulas_carry_no_idle_elements() -> None:
    """A script of one thing is that thing; letters set upright side by side are one name."""
    html = tex.to_html(r"$M_{\rm HI,grp} = 10^{12}$")
    assert "<mi>HI</mi>" in html
    assert "<mi>grp</mi>" in html
    assert "<msup><mn>10</mn><mn>12</mn></msup>" in html


NAMED = {
    command[1]: chr(code)
    for code, written in get_builtin_uni2latex_dict().items()
    if (command := re.fullmatch(r"\\([A-Za-z]{3,})(?:\{\})?", written))
}
"""Every character that has a command of its own, by the library's table."""


@pytest.mark.parametrize(
    "form", [r"a \%s{} b", r"a {\%s} b", r"ab\%s{}cd", r"ab{\%s}cd", r"ab\%s cd", r"a $\%s$ b"]
)
def test_no_command_of_a_character_is_published_as_its_name(form: str) -> None:
    """Nor glued to a word, in whichever way its end is written."""
    left = [name for name in NAMED if name in tex.plain(form % name)]
    assert len(NAMED) > 250
    assert left == []


@pytest.mark.parametrize(
    ("escaped", "meant"),
    [
        (r"{\textbackslash}textit{\textbraceleft}E. coli{\textbraceright} grows", "E. coli grows"),
        (r"\textbackslash textit\{E. coli\} grows", "E. coli grows"),
        (r"of $\textbraceleft\textbackslash rm H\textbraceright$ ions", "of H ions"),
        (r"of {$\backslash$}rm {$\{$}H{$\}$} ions", "of H ions"),
        ("of textbraceleftrm H2Otextbraceright vapour", "of H2O vapour"),
        ("at 37 textdegreeC", "at 37 °C"),
        (r"deep$\mathsemicolon$ wide", "deep; wide"),
        (r"Textless speech and textless learning", "Textless speech and textless learning"),
        (r"the set \textbraceleft{}a, b\textbraceright{} is", "the set {a, b} is"),
    ],
)
def test_tex_that_was_escaped_is_read_as_its_author_wrote_it(escaped: str, meant: str) -> None:
    """As text, and as HTML: no name of a command is left in either."""
    assert tex.plain(escaped) == meant
    html = tex.to_html(escaped)
    assert "textbrace" not in html
    assert "rm " not in re.sub(r"<annotation.*?</annotation>", "", html)


LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:!?()[]/+=%&#_"
ACCENTED = "äöüßéèêëàâçñøåæœłŁøØÆŒšžčřůńźżśćőãõíóúýÿþðđŋ–—“”‘’†‡§¶©®°µ±×÷½¼¾¿¡«»…•€£"
GREEK = "αβγδεζηθικλμνξπρστυχψωΓΔΘΛΞΠΣΦΨΩ"


@given(st.text(alphabet=LETTERS + ACCENTED + GREEK, max_size=80))
def test_what_an_export_encodes_comes_back(text: str) -> None:
    """Encoded by the library that programs for bibliographies use."""
    words = " ".join(text.split())
    assert tex.plain(unicode_to_latex(words)) == tex.plain(words)
