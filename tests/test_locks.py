"""One writer at a time: whoever comes second is told who is there, or waits."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.errors import BusyError
from digest.inputs import sources
from digest.locks import writing
from tests.conftest import COMET, Folder

HOLD = """
import sys
from pathlib import Path
from digest.locks import writing
with writing(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / ".cache" / "digest"


def hold(cache: Path, part: str) -> subprocess.Popen[str]:
    """Start a process that holds a lock until it is told to end."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(cache), part],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


@pytest.fixture
def holder(cache: Path) -> Iterator[subprocess.Popen[str]]:
    process = hold(cache, "site")
    yield process
    process.kill()
    process.communicate()


def test_a_second_writer_is_told_who_is_there(cache: Path, holder: subprocess.Popen[str]) -> None:
    with (
        pytest.raises(BusyError, match=rf"process {holder.pid}, since \d{{4}}-"),
        writing(cache, "site"),
    ):
        pass
    with writing(cache, "seeds"), writing(cache, "index"):  # other parts are free
        pass


def test_a_lock_ends_with_its_process(cache: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with writing(cache, "site"), writing(cache, "site"):  # and is held twice by one process
        pass
    process = hold(cache, "site")
    process.communicate("\n")
    assert process.returncode == 0


def test_who_waits_says_so_once_and_goes_on(cache: Path, holder: subprocess.Popen[str]) -> None:
    said = []

    def say(message: str) -> None:
        said.append(message)
        assert holder.stdin
        holder.stdin.write("\n")
        holder.stdin.flush()

    with writing(cache, "site", wait=60, say=say):
        pass
    assert len(said) == 1
    assert f"process {holder.pid}" in said[0]


@pytest.mark.parametrize("program", ["digest build", "digest generate", "mkdocs build"])
def test_a_build_beside_another_changes_nothing(folder: Folder, program: str) -> None:
    """Neither the site nor what the other has begun."""
    folder.seed("a.txt", COMET)
    begun = folder.path / "site.new" / "index.html"
    begun.parent.mkdir()
    begun.write_text("begun")
    before = folder.pages()
    process = hold(folder.path / ".cache" / "digest", "site")
    try:
        run = subprocess.run(
            [Path(sys.executable).with_name(program.split()[0]), *program.split()[1:]],
            cwd=folder.path,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        process.communicate("\n")
    assert run.returncode == 1
    assert f"process {process.pid}" in run.stderr
    assert begun.read_text() == "begun"
    assert folder.pages() == before


def test_eight_documents_added_at_once_are_eight_documents(folder: Folder) -> None:
    """With eight notes: each waits for the others, which take a moment."""
    program = Path(sys.executable).with_name("digest")
    files = [folder.path / f"comet-{number}.txt" for number in range(8)]
    for number, file in enumerate(files):
        file.write_text(f"On comet {number}\n\n{COMET}\n")
    running = [
        subprocess.Popen([program, "add", file, "--name", "Comets"], cwd=folder.path)
        for file in files
    ]
    assert [process.wait() for process in running] == [0] * 8
    notes = sources.load(folder.path / "seeds")
    assert len(notes) == 8
    assert all((folder.path / "seeds" / name).is_file() for name in notes)
