"""Mail: what readers get, and that each gets it once."""

from __future__ import annotations

import datetime
import http.server
import json
import os
import re
import signal
import threading
import urllib.request
from collections import Counter
from dataclasses import replace
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import AuthResult
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import DigestError, UsageError
from digest.locks import writing
from digest.models import Edition, Paper, Site
from digest.outputs.rendering.templates import Templates
from digest.papers.editions import editions
from digest.services import mail, websub
from digest.services.mail import delivery_log as logs
from digest.services.mail import smtp
from digest.services.mail.recipients import parse_address
from tests.conftest import COMET, GRAPH, YEAST, Folder
from tests.outputs.test_feeds import DAY, PIECES, SITE, a_paper
from tests.services.smtp_server import Box, listening

SENDER = mail.Sender(
    "Optics & lasers", "digest@example.org", "https://example.org/leave?{email}&{token}", "x"
)
ADA = mail.Recipient("ada@example.org", "Ada Lovelace")


def an_edition(*papers: Paper) -> Edition:
    return editions(papers)[0]


def a_letter(edition: Edition, site: Site = SITE) -> mail.Letter:
    return mail.write_letter(edition, site, Templates(Path("none")))


LETTER = a_letter(an_edition(*(a_paper(number) for number in range(3))))


TAGS = {"html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "a"}


class Html(HTMLParser):
    """Tags with their attributes, and what can be read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


# --- the message -------------------------------------------------------------------------------


def test_a_message_has_a_text_to_read_and_html_that_holds() -> None:
    """multipart/alternative, the text first; both have every paper and of the web copy."""
    message = mail.to_message(LETTER, ADA, SENDER)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    for part in message.iter_parts():
        for number in range(3):
            assert f"https://example.org/digest/papers/p{number:07}/" in part.get_content()
        assert "https://example.org/digest/days/2025-03-11/" in part.get_content()
        assert "https://example.org/leave?ada%40example.org&" in part.get_content().replace(
            "&amp;", "&"
        )
    lines = message.get_body(("plain",)).get_content().splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= 72


def test_the_html_is_safe_styled_inline_and_loads_nothing() -> None:
    """Tables for Outlook, a preheader, dark mode; no script, no image, no outside style."""
    html = Html(LETTER.html)
    assert {tag for tag, _ in html.tags} <= TAGS
    assert all(given.get("style") for tag, given in html.tags if tag in ("a", "td"))
    assert all(str(given["href"]).startswith("https://") for tag, given in html.tags if tag == "a")
    assert "prefers-color-scheme:dark" in LETTER.html
    assert "<!--[if mso]>" in LETTER.html
    assert LETTER.html.index("Mirrors (1)") < LETTER.html.index("<table")


def test_a_large_edition_ends_with_a_count_and_is_not_clipped() -> None:
    """At most 100 kB of HTML, and 'and N more' for what is left out."""
    papers = [
        a_paper(number, tldr="We show " + "that α ≤ β " * 40, abstract="x " * 900)
        for number in range(1300)
    ]
    letter = a_letter(an_edition(*papers))
    assert 90_000 < len(letter.html.encode()) < 100_000
    assert letter.html.count("/papers/p") == letter.shown
    assert f"And {1300 - letter.shown} more" in letter.html
    assert (
        f"And {1300 - letter.shown} more: https://example.org/digest/days/2025-03-11/"
        in letter.text
    )


def test_a_short_abstract_is_whole_and_a_long_one_gives_its_point() -> None:
    """Contribution sentences rather than whole abstracts when long."""
    letter = a_letter(
        an_edition(a_paper(1), a_paper(2, abstract="Long. " * 200, tldr="The point."))
    )
    assert "Lenses blur what is far." in letter.text
    assert "The point." in letter.text
    assert "Long. Long." not in letter.html


def test_the_message_id_is_the_reader_s_and_the_edition_s() -> None:
    """Stable from run to run; leaving takes one click only where https allows it."""
    one, two = (
        mail.to_message(LETTER, ADA, SENDER, datetime.datetime(2026, 1, day, tzinfo=datetime.UTC))
        for day in (1, 2)
    )
    other = mail.to_message(LETTER, mail.Recipient("bob@example.org"), SENDER)
    assert one["Message-ID"] == two["Message-ID"] != other["Message-ID"]
    assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(
        r"<https://example.org/leave\?ada%40example.org&[0-9a-f]{32}>", one["List-Unsubscribe"]
    )
    assert one["List-Unsubscribe"] != other["List-Unsubscribe"]
    by_mail = mail.to_message(LETTER, ADA, replace(SENDER, leave=""))
    assert by_mail["List-Unsubscribe"] == "<mailto:digest@example.org?subject=unsubscribe>"
    assert by_mail["List-Unsubscribe-Post"] is None
    own = mail.to_message(LETTER, replace(ADA, unsubscribe="https://list.example/7"), SENDER)
    assert own["List-Unsubscribe"] == "<https://list.example/7>"


hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), min_size=1, max_size=5).map(
    "".join
)


@settings(max_examples=60, deadline=None)
@given(name=hostile, title=hostile, reader=hostile, leave=hostile)
def test_no_text_can_add_a_header_or_a_tag(name: str, title: str, reader: str, leave: str) -> None:
    """Whatever the site, the papers, the readers and their lists are called."""
    site = replace(SITE, name=name)
    letter = a_letter(an_edition(a_paper(1, title=title, abstract=title, authors=(name,))), site)
    person = mail.Recipient("ada@example.org", reader, f"https://x.org/{leave}")
    data = mail.to_bytes(
        mail.to_message(letter, person, mail.Sender.of(f'"{"x"}" <d@example.org>', "", site, {}))
    )
    head = data.partition(b"\r\n\r\n")[0]
    names = re.findall(rb"(?m)^([^\s:]+):", head)
    assert sorted(names) == sorted(
        b"From To Subject Date Message-ID List-Id List-Unsubscribe List-Unsubscribe-Post List-Archive"
        b" Auto-Submitted MIME-Version Content-Type".split()
    )
    assert head.isascii()
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)|(?<!\r)\n", data)
    message = message_from_bytes(data, policy=policy.default)
    assert message["To"].addresses[0].addr_spec == "ada@example.org"
    assert len(message["To"].addresses) == len(message["From"].addresses) == 1
    assert not any(part.defects for part in message.walk())
    html = Html(message.get_body(("html",)).get_content())
    assert {tag for tag, _ in html.tags} <= TAGS


# --- readers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "ada", "@x.org", "ada@", "a b@x.org", "a@b@x.org", "ada@x..org", "ada@-x.org", "a\n@x.org", "ada@x.org\n",
     '"a"@x.org', "ada@[127.0.0.1]", "ada@x.org, bob@x.org", "<ada@x.org>", "ada.@x.org", "ä@x.org", "a" * 65 + "@x.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    """Nothing that a header or a server may read in another way; blanks around it do no harm."""
    if text.strip() == "ada@x.org":
        assert parse_address(text) == "ada@x.org"
        return
    with pytest.raises(UsageError, match="expected a mail address"):
        parse_address(text)


def test_a_list_gives_each_reader_once(tmp_path: Path) -> None:
    """As services export it: any order of columns, a byte-order mark, doubles, broken lines."""
    file = tmp_path / "list.csv"
    file.write_text(
        "\ufeffName,E-Mail Address,x\nAda,ada@x.org,\nBob,bob@x.org,\n,ADA@x.org,\n\nEve,eve at x,\n",
        "utf-8",
    )
    people, problems = mail.read_recipients(file)
    assert people == [mail.Recipient("ada@x.org", "Ada"), mail.Recipient("bob@x.org", "Bob")]
    assert [(problem.line, problem.refused) for problem in problems] == [(6, 1)]
    file.write_text("ada@x.org\nbob@x.org\n")
    assert [person.address for person in mail.read_recipients(file)[0]] == [
        "ada@x.org",
        "bob@x.org",
    ]
    file.write_text("first,second\nada@x.org,x\n")
    with pytest.raises(DigestError, match="expected a column 'email'"):
        mail.read_recipients(file)


# --- a real server -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Trust the authority, as a system does whose administrator says so."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


def post(url: str, folder: Path, environment: dict[str, str] | None = None) -> mail.Mailing:
    server = mail.Server.of(url, environment or {})
    return mail.Mailing(LETTER, SENDER, server, folder / "mail.log", sleep=lambda _: None)


def send_to(
    people: list[mail.Recipient], where: mail.Mailing, *, again: bool = False
) -> mail.DeliveryReport:
    outcome = mail.DeliveryReport()
    where.send(people, outcome, again=again)
    return outcome


def crowd(number: int) -> list[mail.Recipient]:
    return [mail.Recipient(f"reader{each}@example.org") for each in range(number)]


def trouble(phase: str, to: str, attempt: int) -> str | None:
    """Everything that may happen on the way to a thousand readers."""
    number = int(to.removeprefix("reader").partition("@")[0])
    if number % 97 == 5:
        return "550 no such reader" if phase == "rcpt" else None
    if attempt > 1:
        return None
    kinds = {
        ("rcpt", 11): "451 come back later",
        ("rcpt", 12): "cut",
        ("rcpt", 13): "421 too many messages on this connection",
        ("data", 14): "cut",
        ("end", 15): "452 too many messages",
    }
    return kinds.get((phase, number % 50))


def test_a_thousand_readers_get_one_each(
    authority: trustme.CA, trusted: Path, tmp_path: Path
) -> None:
    """By TLS; with connections dropped, readers refused, and a server that slows us down."""
    box = Box(trouble)
    people = crowd(1000)
    with listening(box, authority) as port:
        outcome = send_to(people, post(f"smtps://127.0.0.1:{port}", tmp_path))
        refused = {person.address for person, _ in outcome.refused}
        assert refused == {
            f"reader{number}@example.org" for number in range(1000) if number % 97 == 5
        }
        assert not outcome.unsure
        assert not outcome.later
        assert box.got == {person.address: 1 for person in people if person.address not in refused}
        again = send_to(people, post(f"smtps://127.0.0.1:{port}", tmp_path))
    assert len(again.had) == 1000 - len(refused)
    assert not again.sent
    assert set(box.got.values()) == {1}


def test_an_answer_that_got_lost_is_no_reason_to_send_twice(tmp_path: Path) -> None:
    """The server has the message and hung up: who may have it is named, and asked for by name."""
    box = Box(
        lambda phase, to, attempt: (
            "lost" if (phase, to) == ("end", "reader3@example.org") and attempt == 1 else None
        )
    )
    with listening(box) as port:
        for _ in range(2):
            outcome = send_to(crowd(6), post(f"smtp://127.0.0.1:{port}", tmp_path))
            assert [person.address for person in outcome.unsure] == ["reader3@example.org"]
        assert set(box.got.values()) == {1}
        assert len(box.got) == 6
        send_to(
            [mail.Recipient("reader3@example.org")],
            post(f"smtp://127.0.0.1:{port}", tmp_path),
            again=True,
        )
    assert box.got["reader3@example.org"] == 2


def test_a_dot_at_the_beginning_of_a_line_arrives(tmp_path: Path) -> None:
    """What is composed is what arrives, byte for byte."""
    box = Box()
    letter = replace(LETTER, text=".\n..\n.hidden\nend")
    with listening(box) as port:
        send_to([ADA], replace(post(f"smtp://127.0.0.1:{port}", tmp_path), letter=letter))
    [data] = box.messages
    message = message_from_bytes(data, policy=policy.default)
    text = message.get_body(("plain",)).get_content()
    assert text.splitlines() == [".", "..", ".hidden", "end"]


def test_a_server_that_stays_busy_is_left_alone_until_the_next_run(tmp_path: Path) -> None:
    """Nothing is lost: who did not get it is said, and the next run goes on."""
    box = Box(lambda phase, *_: "451 busy" if phase == "rcpt" and not free else None)
    free: list[bool] = []
    with listening(box) as port:
        outcome = send_to(crowd(20), post(f"smtp://127.0.0.1:{port}", tmp_path))
        assert len(outcome.later) == 20
        free.append(True)
        assert len(send_to(crowd(20), post(f"smtp://127.0.0.1:{port}", tmp_path)).sent) == 20
    assert set(box.got.values()) == {1}


@pytest.mark.parametrize("code", ["421", "450", "451"])
def test_readers_who_are_accepted_later_hold_up_nobody(tmp_path: Path, code: str) -> None:
    """Ten are greylisted, first of all: the others have theirs before, they in a later round."""
    mood = "never"
    box = Box(
        lambda phase, to, attempt: (
            f"{code} greylisted"
            if phase == "rcpt" and to < "reader5" and (mood == "never" or attempt < 3)
            else None
        )
    )
    people = sorted(crowd(50), key=lambda each: each.address)
    waits: list[float] = []
    with listening(box) as port:
        where = post(f"smtp://127.0.0.1:{port}", tmp_path)
        few = [person for person in people if not "reader2" < person.address < "reader5"]
        outcome = send_to(few, replace(where, sleep=waits.append))
        assert {reason for _, reason in outcome.later} == {f"{code} greylisted"}
        assert len(outcome.later) + len(outcome.sent) == len(few)
        assert {each.address for each in outcome.sent} == {
            each.address for each in few if each.address >= "reader5"
        }
        assert waits.count(300) == 1
        mood, box.tries = "for a while", Counter()
        assert not send_to(few, where).later
    assert set(box.got.values()) == {1}
    assert len(box.got) == len(few)


def test_a_server_that_is_gone_is_the_reason_for_those_not_tried(tmp_path: Path) -> None:
    """Nobody is told the reason of another reader."""
    outcome = send_to(crowd(20), post("smtp://127.0.0.1:1", tmp_path))
    reasons = [reason for _, reason in outcome.later]
    assert len(reasons) == 20
    assert all("Connection refused" in reason for reason in reasons)
    assert sum(reason.startswith("not tried: the connection failed 8 ") for reason in reasons) == 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@x.org; b@y.org", ["a@x.org", "b@y.org"]),
        ("Ada Lovelace <a@x.org>; b@y.org;\nc@z.org\n", ["a@x.org", "b@y.org", "c@z.org"]),
        ("a@x.org, b@y.org", ["a@x.org", "b@y.org"]),
        ("Lovelace, Ada <a@x.org>; b@y.org", ["a@x.org", "b@y.org"]),
        ("a@x.org,,https://y.org/?leave=a@x.org", ["a@x.org"]),
        ("a@x.org, b@y.org; c@z.org", ["a@x.org", "b@y.org", "c@z.org"]),
        ("email;name\na@x.org;Ada\nb@y.org;Bob", ["a@x.org", "b@y.org"]),
        ("a@x.org;Ada\nb@y.org;Bob", ["a@x.org", "b@y.org"]),
        ("a@x.org,Ada; Countess\n", ["a@x.org"]),
    ],
)
def test_addresses_are_separated_as_people_do(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    """By semicolons, as Outlook gives them, by commas, or one a line."""
    file = tmp_path / "list.csv"
    file.write_text(text)
    people, problems = mail.read_recipients(file)
    assert ([person.address for person in people], problems) == (expected, [])
    assert people[0].name in ("", "Ada", "Ada Lovelace", "Lovelace, Ada", "Ada; Countess")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_certificate_that_is_not_trusted_ends_it(authority: trustme.CA, tmp_path: Path) -> None:
    """Before anything is sent."""
    box = Box()
    with listening(box, authority) as port, pytest.raises(DigestError, match="not to be trusted"):
        send_to([ADA], post(f"smtps://127.0.0.1:{port}", tmp_path))
    assert not box.got


def test_nothing_goes_out_in_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server elsewhere that offers no TLS is not spoken to."""
    box = Box()
    monkeypatch.setattr(smtp, "_is_local", lambda _: False)
    with (
        listening(box) as port,
        pytest.raises(DigestError, match=r"STARTTLS .* nothing is sent without it"),
    ):
        send_to([ADA], post(f"smtp://127.0.0.1:{port}", tmp_path))
    assert not box.got
    assert not box.tries


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server does not know that it has TLS
def test_credentials_come_from_the_environment_alone(
    authority: trustme.CA, trusted: Path, tmp_path: Path
) -> None:
    """Neither from the address of the server nor from a file; a wrong password ends it at once."""
    with pytest.raises(UsageError, match="DIGEST_SMTP_PASSWORD"):
        mail.Server.of("smtps://me:secret@example.org", {})
    box = Box()

    def knows(*given: object) -> AuthResult:
        return AuthResult(success=given[-1].password == b"secret", handled=False)  # type: ignore[attr-defined]

    options = {"authenticator": knows, "auth_required": True, "auth_require_tls": False}
    with listening(box, authority, **options) as port:
        url = f"smtps://127.0.0.1:{port}"
        with pytest.raises(DigestError, match="does not accept DIGEST_SMTP_USER"):
            send_to(
                [ADA], post(url, tmp_path, {"DIGEST_SMTP_USER": "me", "DIGEST_SMTP_PASSWORD": "no"})
            )
        known = {"DIGEST_SMTP_USER": "me", "DIGEST_SMTP_PASSWORD": "secret"}
        assert "secret" not in repr(mail.Server.of(url, known))
        assert len(send_to([ADA], post(url, tmp_path, known)).sent) == 1
    assert box.got == {"ada@example.org": 1}


@pytest.mark.parametrize(
    "url", ["http://x", "smtps://", "smtps://x:port", "smtp://x/path", "smtps://x?verify=no"]
)
def test_what_is_no_mail_server_is_refused(url: str) -> None:
    """There is nothing in an address that could turn checks off."""
    with pytest.raises(UsageError, match="expected smtps://"):
        mail.Server.of(url, {})


# --- the log -----------------------------------------------------------------------------------


def test_a_line_cut_short_by_a_crash_is_forgotten(tmp_path: Path) -> None:
    """It was being written before its message counted; the next line begins anew."""
    file = tmp_path / "mail.log"
    with logs.DeliveryLog(file, "2025-03-11") as log:
        log.write("a@x.org", "sending")
        log.write("a@x.org", "sent")
    file.write_bytes(file.read_bytes() + b'{"day": "2025-03-11", "to"')
    with logs.DeliveryLog(file, "2025-03-11") as log:
        assert log.state("A@x.org") == "sent"
        log.write("b@x.org", "sending")
    assert [json.loads(line)["event"] for line in file.read_text().splitlines()] == [
        "sending",
        "sent",
        "sending",
    ]
    assert "x.org" not in file.read_text()


def test_a_log_that_cannot_be_read_stops_the_mail(tmp_path: Path) -> None:
    """Else everybody would get the edition again."""
    (tmp_path / "mail.log").write_text("nonsense\n")
    with pytest.raises(DigestError, match=r"mail\.log:1: expected a line of the mail's log"):
        send_to([ADA], post("smtp://127.0.0.1:1", tmp_path))


# --- the command -------------------------------------------------------------------------------

WITH_MAIL = "site_url: https://example.org/digest/\nplugins:\n  - search\n  - digest:\n      feed_id: d7\n      mail_from: Optics <digest@example.org>\n"


@pytest.fixture
def papers(folder: Folder) -> Folder:
    """A digest with one edition of three papers, and forty subscribers."""
    folder.seed("2025-03-11.txt", f"{COMET}\n\n{YEAST}\n\n{GRAPH}\n")
    (folder.path / "mkdocs.yml").write_text(f"site_name: Optics\ndocs_dir: site_src\n{WITH_MAIL}")
    people = "".join(f"reader{number}@example.org\n" for number in range(40))
    (folder.path / "list.csv").write_text(f"email\n{people}")
    return folder


def test_the_mail_can_be_looked_at_without_sending(papers: Folder) -> None:
    """--eml writes the message of the newest edition; the same one each time."""
    assert papers.run("mail", "--eml", "out.eml").returncode == 0
    first = (papers.path / "out.eml").read_bytes()
    papers.run("mail", "--eml", "out.eml", "--day", "2025-03-11")
    assert (papers.path / "out.eml").read_bytes() == first
    message = message_from_bytes(first, policy=policy.default)
    assert message["Subject"] == "Optics, 11 March 2025: 3 papers"
    assert not (papers.path / "seeds" / "mail.log").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "say what to do with the mail"),
        (("--to", "a@x.org"), "say which server sends"),
        (
            ("--to", "a@x.org\nBcc: b@x.org", "--smtp", "smtp://127.0.0.1"),
            "expected a mail address",
        ),
        (
            ("--day", "2025-03-12", "--eml", "x"),
            "there is no edition of 2025-03-12; the nearest is 2025-03-11",
        ),
        (
            ("--list", "list.csv", "--again", "--smtp", "smtp://127.0.0.1"),
            "--again is for people named",
        ),
    ],
)
def test_wrong_usage_is_told(papers: Folder, words: tuple[str, ...], told: str) -> None:
    """Exit status 2, and what to do instead."""
    done = papers.run("mail", *words)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr


def test_mail_that_would_lead_nowhere_is_not_sent(papers: Folder) -> None:
    """Without site_url its links would lead to the reader's own machine."""
    config = papers.path / "mkdocs.yml"
    config.write_text(config.read_text().replace("site_url: https://example.org/digest/\n", ""))
    done = papers.run("mail", "--to", "a@x.org", "--smtp", "smtp://127.0.0.1:1")
    assert (done.returncode, "site_url" in done.stderr) == (2, True)


def test_no_empty_edition_goes_out(papers: Folder) -> None:
    """A digest without papers has no mail; that is no failure."""
    (papers.path / "seeds" / "2025-03-11.txt").unlink()
    box = Box()
    with listening(box) as port:
        done = papers.run("mail", "--list", "list.csv", "--smtp", f"smtp://127.0.0.1:{port}")
    assert (done.returncode, box.tries) == (0, {})
    assert "there is no edition yet" in done.stderr


def test_a_dry_run_sends_nothing_and_writes_nothing(papers: Folder) -> None:
    """It says who would get it."""
    done = papers.run("mail", "--list", "list.csv", "--dry-run")
    assert done.returncode == 0
    assert "would go to 40" in done.stderr
    assert not (papers.path / "seeds" / "mail.log").exists()


def test_two_rounds_at_once_are_one_too_many(papers: Folder) -> None:
    """The second says who is sending, and sends nothing."""
    box = Box()
    with listening(box) as port, writing(papers.path / ".cache" / "digest", "mail"):
        words = ("mail", "--list", "list.csv", "--smtp", f"smtp://127.0.0.1:{port}")
        done = papers.process(*words)
    assert (done.returncode, box.tries) == (1, {})
    assert f"(process {os.getpid()}, since" in done.stderr


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds its processes in /proc")
@pytest.mark.parametrize("phase", ["rcpt", "data", "end"])
def test_after_a_crash_in_the_middle_nobody_gets_it_twice(papers: Folder, phase: str) -> None:
    """Killed at any moment; the next run goes on, and a message that may have arrived is named."""
    child: list[int] = []

    def killing(at: str, to: str, attempt: int) -> str | None:
        if (at, to, attempt) == (phase, "reader20@example.org", 1):
            names = [entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit()]
            found = [int(name) for name in names if _is_our_child(int(name))]
            child.extend(found)
            for pid in found:
                os.kill(pid, signal.SIGKILL)
        return None

    box = Box(killing)
    with listening(box) as port:
        words = ("mail", "--list", "list.csv", "--smtp", f"smtp://127.0.0.1:{port}")
        assert papers.process(*words).returncode == -signal.SIGKILL
        done = papers.run(*words)
    assert len(child) == 1
    assert box.got == {f"reader{number}@example.org": 1 for number in range(40)}
    assert ("reader20@example.org: may have it" in done.stderr) == (phase == "end")
    assert papers.run("check").returncode == 0  # the log is no document


def _is_our_child(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return int(stat.rpartition(")")[2].split()[1]) == os.getpid() and b"mail" in words


def fetched(url: str) -> str:
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - on loopback
        return str(answer.read().decode())


def test_the_preview_shows_the_message_on_this_machine_only() -> None:
    """HTML, text and headers, on loopback."""
    said: list[str] = []
    server = mail.preview(mail.to_message(LETTER, ADA, SENDER), said.append, port=0, wait=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        assert url in said[0]
        pages = [fetched(url + path) for path in ("", "html", "text")]
    finally:
        server.shutdown()
        server.server_close()
    assert "List-Unsubscribe" in pages[0]
    assert pages[1] == LETTER.html.replace(
        "https://leave.invalid/this-list", SENDER.unsubscribe_address(ADA).replace("&", "&amp;")
    )
    assert "Mirror number 1" in pages[2]


def test_a_hub_is_told_of_each_feed() -> None:
    """WebSub: one request a feed; what went wrong is returned, not raised."""
    told: list[bytes] = []

    class Hub(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204 if b"feed.xml" in told[-1] else 500)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Hub) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        answers = dict(websub.ping(url, ["https://x.org/feed.xml", "https://x.org/atom.xml"]))
        server.shutdown()
    assert told[0].startswith(b"hub.mode=publish&hub.topic=https%3A%2F%2Fx.org%2Ffeed.xml")
    assert answers["https://x.org/feed.xml"] == ""
    assert "Internal Server Error" in answers["https://x.org/atom.xml"]


def test_the_day_of_the_mail_is_the_edition_s(papers: Folder) -> None:
    """Only what is sent carries the time of sending."""
    done = papers.run("mail", "--eml", "-")
    assert f"Date: {DAY:%a, %d %b %Y} 00:00:00 +0000" in done.stdout
