"""Addresses as alerts, mail programs, chats and libraries pass them on."""

from __future__ import annotations

import pytest

from digest.models import Link
from digest.papers import ids, unwrap

PAPER = "https://doi.org/10.1000/tides.7"


@pytest.mark.parametrize(
    "url",
    [
        "https://scholar.google.com/scholar_url?url=https://doi.org/10.1000/tides.7&hl=en&sa=X&d=1&scisig=AF",
        "http://scholar.google.co.uk/scholar_url?url=https%3A%2F%2Fdoi.org%2F10.1000%2Ftides.7&oi=scholaralrt",
        "https://www.google.com/url?q=https://doi.org/10.1000/tides.7&source=gmail&ust=1700000000000",
        "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdoi.org%2F10.1000%2Ftides.7&data=05%7C01%7Cada%40example.org",
        "https://urldefense.com/v3/__https://doi.org/10.1000/tides.7__;!!Dc8iu7o!abc$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__doi.org_10.1000_tides.7&d=DwMFaQ&c=a",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fdoi.org%2F10.1000%2Ftides.7&h=AT0",
        "https://slack-redir.net/link?url=https%3A%2F%2Fdoi.org%2F10.1000%2Ftides.7",
        "https://login.ezproxy.example.edu/login?url=https://doi.org/10.1000/tides.7",
        "https://ezproxy.example.edu/login?qurl=https%3a%2f%2fdoi.org%2f10.1000%2ftides.7",
        "https://doi-org.ezproxy.example.edu/10.1000/tides.7",
        "https://doi.org.ezproxy.example.ac.uk/10.1000/tides.7",
        "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fscholar.google.com%2Fscholar_url%3Furl%3Dhttps%3A%2F%2Fdoi.org%2F10.1000%2Ftides.7%26hl%3Den&data=1",
        "https://doi.org/10.1000/tides.7?utm_source=mail&utm_medium=alert",
        "https://doi.org/10.1000/tides.7?rss=1&fbclid=abc",
    ],
)  # fmt: skip
def test_a_wrapped_address_leads_to_the_paper(url: str) -> None:
    """Whoever passes it on, the paper is linked and its identifier is known."""
    assert unwrap.target(url) == PAPER
    assert ids.identifiers([unwrap.follow(url).split("?")[0]]) == {"doi": "10.1000/tides.7"}


def test_an_identifier_is_read_behind_the_redirector() -> None:
    """What a redirector adds about its reader never becomes a part of a DOI."""
    url = (
        "https://scholar.google.com/scholar_url?url=https://doi.org/10.1000/tides.7&hl=en&scisig=AF"
    )
    assert ids.identifiers([url]) == {"doi": "10.1000/tides.7"}
    assert ids.link(url) == Link(PAPER, "paper")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.us1.list-manage.com/track/click?u=abc&id=1&e=2",
        "https://u123.ct.sendgrid.net/ls/click?upn=abc",
        "https://lnkd.in/eAbCdEf",
        "https://click.mail.example.org/?qs=0a1b",
        "https://example.org/unsubscribe?u=1",
        "https://scholar.google.com/scholar_alerts?view_op=cancel_alert_options&alert_id=x",
        "https://ada:secret@example.org/paper",
        "https://www.google.com/url?q=nowhere",
    ],
)
def test_a_personal_address_leads_nowhere(url: str) -> None:
    """What cannot be resolved without asking is dropped."""
    assert unwrap.target(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://openreview.net/forum?id=aBcDeFgHiJ",
        "https://example.org/search?q=https",
        "https://track.example/paper?u=7",
        "https://www.example-proxy-models.org/a",
        "https://github.com/example/ezproxy-config",
        "https://elifesciences.org/articles/1",
        "https://papers.example.org/view?paper=3&lang=en",
    ],
)
def test_an_address_of_its_own_stays(url: str) -> None:
    """Nothing is taken off an address that wraps nothing and tracks nobody."""
    assert unwrap.target(url) == url
