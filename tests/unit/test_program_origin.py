"""What ``init`` writes into ``requirements.txt``: the source of this very program, or a doubt."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.requirements import Requirement

from dwiwarta import __version__, program_origin
from dwiwarta.cli import cli
from dwiwarta.program_origin import ProgramOrigin

COMMIT = "0123456789abcdef0123456789abcdef01234567"
RELEASE = f"dwiwarta=={__version__}"


def noted(**note: object) -> ProgramOrigin:
    return program_origin._of_installed(json.dumps(note))


def test_from_an_index() -> None:
    assert program_origin._of_installed(None) == ProgramOrigin(RELEASE)


@pytest.mark.parametrize(
    "remote",
    [
        "https://code.example/us/it.git",
        "https://me:secret@code.example/us/it.git",
        "ssh://git@code.example:2222/us/it.git",
        "git@code.example:us/it.git",
    ],
)
def test_from_a_repository(remote: str) -> None:
    told = noted(url=remote, vcs_info={"vcs": "git", "commit_id": COMMIT})
    assert told == ProgramOrigin(f"dwiwarta @ git+https://code.example/us/it.git@{COMMIT}")


def test_from_an_archive() -> None:
    url = "https://code.example/dwiwarta-9.9.9-py3-none-any.whl"
    assert noted(url=url, archive_info={}) == ProgramOrigin(f"dwiwarta @ {url}")


@pytest.mark.parametrize(
    "note",
    [
        {"url": "file:///home/me/dwiwarta.whl", "archive_info": {}},
        {"url": "file:///home/me/dwiwarta", "dir_info": {}},
        {"url": "https://code.example/it -r other.txt", "archive_info": {}},
        {"url": "https://code.example/it", "vcs_info": {"vcs": "git", "commit_id": "main\n-e ."}},
        {"url": "https://code.example/it", "vcs_info": {"vcs": "hg", "commit_id": COMMIT}},
        {"url": "https://[", "archive_info": {}},
        {"vcs_info": {}},
        [],
        "text",
    ],
)
def test_what_others_cannot_get_is_doubted(note: object) -> None:
    told = program_origin._of_installed(json.dumps(note))
    assert told.requirement == RELEASE
    assert told.doubt


@given(st.text())
@example("https://code.example/a\nb")
@example("https://code.example/a;b")
@example("host.example:a b")
def test_an_address_cannot_become_more_than_one_requirement(remote: str) -> None:
    told = noted(url=remote, archive_info={}).requirement
    assert "\n" not in told
    assert Requirement(told).name == "dwiwarta"


def git(root: Path, *words: str) -> None:
    name = ("-c", "user.name=T", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *name, *words], check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    if shutil.which("git") is None:
        pytest.skip("no git")
    root = tmp_path / "program"
    (root / "scripts" / "dwiwarta").mkdir(parents=True)
    (root / "scripts" / "dwiwarta" / "starter.py").write_text("")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    return root


def head(root: Path) -> str:
    return program_origin._git(root, "rev-parse", "HEAD")


def test_a_checkout_names_its_origin_once_its_commit_is_there(checkout: Path) -> None:
    assert "origin" in program_origin._of_checkout(checkout).doubt
    git(checkout, "remote", "add", "origin", "git@code.example:us/it.git")
    here = f"dwiwarta @ git+https://code.example/us/it.git@{head(checkout)}"
    told = program_origin._of_checkout(checkout)
    assert told.requirement == here
    assert "push" in told.doubt
    git(checkout, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert program_origin._of_checkout(checkout) == ProgramOrigin(here)
    # Installed from that folder by pip.
    assert noted(url=checkout.as_uri(), dir_info={}) == ProgramOrigin(here)


def test_the_repository_of_a_hook_is_not_taken_for_ours(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(checkout, "remote", "add", "origin", "git@code.example:us/it.git")
    told = program_origin._of_checkout(checkout)
    git(tmp_path, "init", "-q", "news")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "news" / ".git"))
    assert program_origin._of_checkout(checkout) == told


def test_no_repository(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    assert "git repository" in program_origin._of_checkout(tmp_path / "inside").doubt


def test_init_writes_it_and_tells_a_doubt_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = ProgramOrigin(
        f"dwiwarta @ git+https://code.example/it@{COMMIT}", "it is not there yet"
    )
    monkeypatch.setattr("dwiwarta.commands.init.program_origin", lambda: origin)
    said = CliRunner().invoke(cli, ["init", str(tmp_path / "news")]).output
    assert "Publishing: it is not there yet." in said
    lines = (tmp_path / "news" / "requirements.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [origin.requirement]
    again = CliRunner().invoke(cli, ["init", str(tmp_path / "news")]).output
    assert "Publishing" not in again
