"""`digest doctor` finds what is wrong with a digest, and says what to do."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from digest import doctor
from digest.mkdocs import scaffold
from tests.conftest import COMET, DAY, GRAPH, YEAST, Done, Folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A digest of two papers that is as it should be, in version control."""
    path = tmp_path_factory.mktemp("whole") / "news"
    scaffold.create(path)
    folder = Folder(path)
    file = path / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace(
        scaffold.ADDRESS, "site_url: https://news.invalid/"
    )
    file.write_text(text, encoding="utf-8")
    folder.seed("a.txt", COMET)
    folder.seed("b.txt", YEAST)
    assert folder.run("build").returncode == 0
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "A digest"]):
        who = ("-c", "user.name=editor", "-c", "user.email=editor@example.invalid")
        subprocess.run(["git", *who, *words], cwd=path, check=True)
    return folder


@pytest.fixture
def sound(whole: Folder, tmp_path: Path) -> Folder:
    """A digest that is as it should be, of one's own."""
    shutil.copytree(whole.path, tmp_path / "news", symlinks=True)
    return Folder(tmp_path / "news")


def findings(done: Done, level: str) -> dict[str, str]:
    """What was found on one level, by the check that found it."""
    rows = json.loads(done.stdout)["checks"]
    return {
        row["check"]: f"{row['message']} — {row['advice']}" for row in rows if row["level"] == level
    }


def examine(folder: Folder, *words: str, **options: object) -> Done:
    # SOURCE_DATE_EPOCH is how tests set the day, so that one warning is always there
    return folder.run("doctor", "--json", *words, **options)  # type: ignore[arg-type]


def test_a_sound_digest_is_well(sound: Folder) -> None:
    """All but the clock, which a test has set; every check has a say, and its name is its own."""
    done = examine(sound)
    assert done.returncode == 0
    assert findings(done, "warning").keys() == {"clock"}
    rows = json.loads(done.stdout)["checks"]
    names = [check.name for check in doctor.CHECKS]
    assert len(set(names)) == len(names)
    assert set(names) - {row["check"] for row in rows} == {"mail records"}  # no mail is sent
    assert done.stderr.strip().startswith("0 wrong, 1 to look at")


def test_it_is_readable_without_json(sound: Folder) -> None:
    done = sound.run("doctor")
    assert "ok documents: 2 documents: 2 read, 2 published, 0 merged, 0 refused\n" in done.stdout
    assert "!  clock: SOURCE_DATE_EPOCH is set" in done.stdout


def _no_site(folder: Folder) -> None:
    shutil.rmtree(folder.path / "site")


def _broken_page(folder: Folder) -> None:
    (folder.path / "site/about/index.html").write_text("<a href=nowhere>", encoding="utf-8")


def _broken_feed(folder: Folder) -> None:
    (folder.path / "site/feed.xml").unlink()
    (folder.path / "site/feed.xml").write_text("<rss", encoding="utf-8")


def _lost_page(folder: Folder) -> None:
    for page in (folder.path / "site/papers").glob("*/index.html"):
        page.unlink()


def _damaged_register(folder: Folder) -> None:
    (folder.path / "seeds/register.jsonl").write_text("{\n", encoding="utf-8")


def _later_register(folder: Folder) -> None:
    file = folder.path / "seeds/register.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace("2025-", "2035-"), encoding="utf-8")


def _old_register(folder: Folder) -> None:
    file = folder.path / "seeds/register.jsonl"
    file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    folder.seed("c.txt", GRAPH)


def _wrong_target(folder: Folder) -> None:
    _set(folder, "publish: netlfy:x")


def _set(folder: Folder, line: str) -> None:
    file = folder.path / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("      feed_id:", f"      {line}\n      feed_id:"), encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("harm", "check", "said"),
    [
        (_no_site, "site", "`digest build` makes it"),
        (_broken_page, "links", "about/index.html → nowhere"),
        (_broken_feed, "feeds", "feed.xml ("),
        (_lost_page, "addresses", "2 of 2 addresses of the register would be lost"),
        (_damaged_register, "register", "register.jsonl:1"),
        (_old_register, "register", "expected all 2 papers of the last build"),
        (_later_register, "clock", "papers were registered on 2035-"),
        (_wrong_target, "settings", "did you mean 'netlify'?"),
    ],
)
def test_what_is_wrong_is_found(harm: object, check: str, said: str, sound: Folder) -> None:
    """By the check for it, with status 1, and the other checks are made all the same."""
    harm(sound)  # type: ignore[operator]
    done = examine(sound)
    assert done.returncode == 1
    assert said in findings(done, "error")[check]
    assert "leftovers" in findings(done, "ok")


def _uncommitted(folder: Folder) -> None:
    folder.seed("c.txt", COMET)


def _no_repository(folder: Folder) -> None:
    shutil.rmtree(folder.path / ".git")


def _leftovers(folder: Folder) -> None:
    (folder.path / "site.new").mkdir()
    (folder.path / "seeds/.register.jsonl.new").touch()


def _preview(folder: Folder) -> None:
    file = folder.path / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("site_url: https", "# site_url: https"), encoding="utf-8")


def _gone(folder: Folder) -> None:
    (folder.path / "seeds/a.txt").unlink()


def _refused(folder: Folder) -> None:
    folder.seed("broken.json", '[{"title": "A title"')


def _silent(folder: Folder) -> None:
    line = {"source": "arxiv cs.LG", "day": "2025-02-01", "new": "2025-02-01", "papers": []}
    folder.seed("fetched.jsonl", json.dumps(line) + "\n")


@pytest.mark.parametrize(
    ("harm", "check", "said"),
    [
        (_uncommitted, "version control", "1 file in seeds/ to be committed"),
        (_no_repository, "version control", "`git init`"),
        (_leftovers, "leftovers", "seeds/.register.jsonl.new, site.new/"),
        (_preview, "settings", "no `site_url`"),
        (_gone, "register", "1 paper of the register without a document"),
        (_refused, "documents", "1 refused"),
        (_silent, "sources", "arxiv cs.LG answered last on 2025-02-01"),
        (lambda folder: _set(folder, "mail_from: a@b.invalid"), "sender", "with one click"),
        (lambda folder: _set(folder, "mail_from: a@b.invalid"), "settings", "no `contact`"),
    ],
)
def test_what_may_go_wrong_is_mentioned(harm: object, check: str, said: str, sound: Folder) -> None:
    """With status 0: it is for a person to look at."""
    harm(sound)  # type: ignore[operator]
    done = examine(sound, "--offline")
    assert said in findings(done, "warning")[check]
    assert done.returncode == 0


def test_yesterday_s_site_is_found(sound: Folder) -> None:
    done = examine(sound, today=DAY + timedelta(days=1))
    assert "was built on 2025-03-12" in findings(done, "error")["site"]


# --- mail -----------------------------------------------------------------------------------


@contextmanager
def name_server(records: Mapping[str, list[str]]) -> Iterator[str]:
    """A name server on this machine that knows these texts; yields its address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))

        def serve() -> None:
            while True:
                data, sender = listener.recvfrom(4096)
                if data == b"end":
                    return
                query = dns.message.from_wire(data)
                name = query.question[0].name
                reply = dns.message.make_response(query)
                reply.flags |= dns.flags.RA
                if texts := records.get(str(name).rstrip(".")):
                    quoted = [f'"{text}"' for text in texts]
                    reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *quoted))
                else:
                    reply.set_rcode(dns.rcode.NXDOMAIN)
                listener.sendto(reply.to_wire(), sender)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        try:
            yield f"127.0.0.1:{port}"
        finally:
            listener.sendto(b"end", ("127.0.0.1", port))
            thread.join()


def test_mail_records_are_looked_up(sound: Folder) -> None:
    """SPF, a DKIM key and DMARC, by their names."""
    _set(sound, "mail_from: The News <news@b.invalid>")
    records = {
        "b.invalid": ["x=y", "v=spf1 -all"],
        "mail._domainkey.b.invalid": ["v=DKIM1; k=rsa; p=MIG"],
        "_dmarc.b.invalid": ["v=DMARC1; p=none"],
    }
    with name_server(records) as server:
        done = examine(sound, "--dns", server)
        rows = [r for r in json.loads(done.stdout)["checks"] if r["check"] == "mail records"]
        assert [row["level"] for row in rows] == ["ok", "ok", "ok"]
        other = examine(sound, "--dns", server, "--dkim", "other")
    assert "no key of b.invalid found under other" in findings(other, "error")["mail records"]


@pytest.mark.parametrize(
    ("records", "level", "said"),
    [
        ({}, "error", "SPF: b.invalid has no record"),
        ({"b.invalid": ["v=spf1 -all", "v=spf1 +all"]}, "error", "has 2 records"),
        ({"b.invalid": ["v=spf1 -all"]}, "warning", "DMARC: b.invalid has no record"),
    ],
)
def test_missing_mail_records_are_named(
    records: dict[str, list[str]], level: str, said: str, sound: Folder
) -> None:
    """With the record to be added."""
    _set(sound, "mail_from: news@b.invalid")
    with name_server(records) as server:
        done = examine(sound, "--dns", server)
    assert said in findings(done, level)["mail records"]


def test_without_a_network_mail_records_are_passed_over(sound: Folder) -> None:
    """With a word, and no failure."""
    _set(sound, "mail_from: news@b.invalid")
    assert "offline" in findings(examine(sound, "--offline"), "skipped")["mail records"]


def test_a_secret_that_is_missing_is_named(sound: Folder) -> None:
    _set(sound, 'mail_from: news@b.invalid\n      mail_unsubscribe: "https://b.invalid/?t={token}"')
    done = examine(sound, "--offline")
    assert "DIGEST_MAIL_SECRET" in findings(done, "error")["sender"]


def test_a_wrong_name_server_is_wrong_usage(sound: Folder) -> None:
    _set(sound, "mail_from: news@b.invalid")
    done = examine(sound, "--dns", "nonsense")
    assert "--dns expects ADDRESS" in findings(done, "error")["mail records"]
