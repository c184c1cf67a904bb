"""The addresses in an abstract are put right, found, and told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language import tex
from digest.papers import links


def urls(raw: str) -> list[str]:
    return [link.url for link in links.find(tex.plain(links.mend(raw)))]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Code: https://github.com/x/y.", "https://github.com/x/y"),
        ("our code (http://a.org/x/) is free", "http://a.org/x/"),
        ("found at //aka.ms/Thing.", "https://aka.ms/Thing"),
        ("found at https: //a.github.io/b/.", "https://a.github.io/b/"),
        ("see github.com/x/y_z", "https://github.com/x/y_z"),
        ("models are available at SomeHub.ml.", "https://SomeHub.ml"),
        ("see www.example.org, please", "https://www.example.org"),
        ("at https://github.com/x/long- name-here today", "https://github.com/x/long-name-here"),
        ("at https://github.com/x/y{here}.", "https://github.com/x/y"),
        ("at https://github.com/x/y}{https://github.com/x/y}.", "https://github.com/x/y"),
        (r"at \href{https://github.com/x/a\_b}{this link}", "https://github.com/x/a_b"),
        (r"at $\href{https://a.org/x}{\texttt{https://a.org/x}}$.", "https://a.org/x"),
        (r"our $\href{https://a.org/x_y}{\text{codes}}$ are", "https://a.org/x_y"),
        (r"at~\url{https://a.org/\textasciitilde{}me/x\%20y}", "https://a.org/~me/x%20y"),
        ("[the page](https://a.org/x) is up", "https://a.org/x"),
        ('<a href="https://a.org/x">here</a>', "https://a.org/x"),
        ("https://en.wikipedia.org/wiki/Set_(maths).", "https://en.wikipedia.org/wiki/Set_(maths)"),
        ("it extends arXiv:2004.11967v2.", "https://arxiv.org/abs/2004.11967"),
        ("see arXiv: hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"),
        ("at doi:10.5281/zenodo.12345.", "https://doi.org/10.5281/zenodo.12345"),
        ("inhttps://github.com/x/y", "https://github.com/x/y"),
    ],
)
def test_an_address_is_found_however_it_is_written(text: str, url: str) -> None:
    """Schemes come back; punctuation, brackets and left-overs go."""
    assert urls(text) == [url]


@pytest.mark.parametrize(
    "text",
    [
        "the framework.The end. Models.Nevertheless, i.e.the last, e.g.this",
        "EReL@MIR, Recall@10, w.r.t. Qwen2.5 and Llama3.1",
        "nn.Module, Node.js, scikit.learn, data.frame, U.S.A., 3.5.2, a.k.a.",
        "We ask me.too@example.org for help",
        "reviews of hotels on Booking.com and of films",
        "The code will be made available.",
        "either/or, and/or, km/s, TCP/IP, 1/2",
    ],
)
def test_no_link_is_made_where_there_is_none(text: str) -> None:
    """Glued sentences, metrics, names, mail addresses and promises are no links."""
    assert urls(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://github.com/x/y", "code"),
        ("https://x.github.io/y/", "project"),
        ("https://huggingface.co/datasets/x/y", "data"),
        ("https://huggingface.co/x/y", "model"),
        ("https://youtu.be/x", "video"),
        ("https://zenodo.org/records/1", "data"),
        ("doi:10.5281/zenodo.1", "data"),
        ("doi:10.1038/s41586-1", "paper"),
        ("arXiv:2004.11967", "paper"),
        ("Our code can be found at https://aka.ms/x", "code"),
        ("The dataset is at https://example.org/x", "data"),
        ("Project page: https://example.org/x", "project"),
        ("https://example.org/x", "other"),
    ],
)
def test_each_link_has_a_kind(text: str, kind: str) -> None:
    """The host says what it is, or the words before it."""
    assert [link.kind for link in links.find(text)] == [kind]


def test_a_link_is_given_once_and_in_order() -> None:
    """Two ways to write an address are one link."""
    text = "https://b.org/x and http://www.github.com/a/B.git, https://github.com/a/b or b.org/x/"
    assert urls(text) == ["https://b.org/x", "http://www.github.com/a/B.git"]


def test_an_address_is_no_tex() -> None:
    """Underscores, tildes and percent signs of an address are left alone."""
    url = "https://example.org/~me/a_b_c%20d#e_1"
    assert urls(f"``See'' {url}.") == [url]


@given(st.text(alphabet="htps:/.githubcom{}\\[]()<>aA_- 10", max_size=80))
def test_mending_any_text_gives_links_that_can_be_followed(text: str) -> None:
    """A link has a scheme and no space, whatever the text."""
    for url in urls(text):
        assert url.startswith(("https://", "http://"))
        assert not any(c.isspace() for c in url)
