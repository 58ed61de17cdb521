"""Noticing changes: at once, what counts only, and each save once."""

import io
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from watchdog.observers.polling import PollingObserver

from dwiwarta.cli import cli
from dwiwarta.commands import serve, watching
from dwiwarta.commands.offer import ModelOffer
from dwiwarta.commands.watching import Watch
from dwiwarta.settings import load_project

LONG = 60.0  # what the busiest machine may need
SHORT = 0.3
LOOKS = 200


def counts(path: Path) -> bool:
    return not path.name.startswith(".")


@pytest.fixture(params=["events", "polling"])
def folder(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A watched folder, once where the system does not tell of changes."""
    if request.param == "polling":

        def refused() -> None:
            raise OSError(28, "inotify watch limit reached")

        monkeypatch.setattr(watching, "Observer", refused)
        monkeypatch.setattr(watching, "PollingObserver", lambda: PollingObserver(timeout=0.05))
    (tmp_path / "watched" / "deep").mkdir(parents=True)
    return tmp_path / "watched"


@contextmanager
def watched(folder: Path, *, deep: bool = True) -> Iterator[Watch]:
    """Watch a folder, once changes are told: who looks through it begins with a look."""
    with Watch({folder: deep}, counts) as watch:
        for number in range(LOOKS):
            (folder / "awal.txt").write_text("a" * number, "utf-8")
            if watch.wait(SHORT):
                break
        while watch.wait(SHORT):
            pass  # until all of that was told
        yield watch


def test_files_that_come_change_and_go_are_noticed(folder: Path) -> None:
    with watched(folder) as watch:
        file = folder / "deep" / "satu.txt"
        file.write_text("a", "utf-8")
        assert watch.wait(LONG)
        file.write_text("ab", "utf-8")
        assert watch.wait(LONG)
        file.replace(folder / "dua.txt")
        assert watch.wait(LONG)
        (folder / "dua.txt").unlink()
        assert watch.wait(LONG)
        shutil.rmtree(folder / "deep")
        assert watch.wait(LONG)


def test_folders_that_come_and_go_are_followed_without_a_word(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    outside = folder.parent / "outside"
    with warnings.catch_warnings(), watched(folder) as watch:
        warnings.simplefilter("always", append=True)
        for _ in range(3):
            (folder / "deep").rename(outside)
            assert watch.wait(LONG)
            outside.rename(folder / "deep")
            assert watch.wait(LONG)
        (folder / "deep" / "satu.txt").write_text("a", "utf-8")
        assert watch.wait(LONG)
    assert capfd.readouterr() == ("", "")


def test_what_does_not_count_or_lies_deeper_is_not_noticed(folder: Path) -> None:
    with watched(folder, deep=False) as watch:
        (folder / ".satu.txt.tmp").write_text("a", "utf-8")
        (folder / "deep" / "satu.txt").write_text("a", "utf-8")
        (folder / ".satu.txt.tmp").read_text("utf-8")
        assert not watch.wait(SHORT)
        (folder / "satu.txt").write_text("a", "utf-8")
        assert watch.wait(LONG)


def test_the_preview_follows_the_text_of_the_front_page(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Uji\n", "utf-8")
    project = load_project(tmp_path)
    before = serve._state(project)
    for name, counts_here in (("catatan.txt", False), ("welcome.md", True)):
        (tmp_path / name).write_text("Selamat datang.\n", "utf-8")
        assert serve._counts(project, tmp_path / name) is counts_here
        assert (serve._state(project) != before) is counts_here


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    with Watch({tmp_path / "none": True}, counts) as watch:
        assert not watch.wait(0.01)


def test_what_was_saved_during_a_build_is_looked_for_where_nobody_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Uji\n", "utf-8")
    project = load_project(tmp_path)
    told = iter([True, False, False, False])
    before, after = frozenset({("a", 1, 1)}), frozenset({("a", 2, 2)})
    states = iter([before, after, after])
    built: list[bool] = []
    monkeypatch.setattr(serve, "_state", lambda _project: next(states))
    monkeypatch.setattr(serve, "_reload", lambda *_, again: built.append(again))
    monkeypatch.setattr(Watch, "wait", lambda *_: next(told))
    offer = ModelOffer(project.settings.translation, None)
    serve._follow(project, None, offer, Watch({}, counts), before, lambda: None)
    # At the change that was told of, once more in silence, and at that which was not.
    assert built == [False, True, False]


def test_what_the_disk_refuses_is_a_line_and_the_preview_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, again: bool) -> None:
        raise PermissionError(13, "Permission denied", "docs/index.md")

    (tmp_path / "mkdocs.yml").write_text("site_name: Uji\n", "utf-8")
    monkeypatch.setattr(serve, "_rebuild", refuse)
    offer = ModelOffer(load_project(tmp_path).settings.translation, None)
    serve._reload(tmp_path, None, offer, lambda: None, again=False)
    assert capsys.readouterr().err.startswith("docs/index.md: Permission denied")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-q"], "http://127.0.0.1:{port}/\n"),
        ([], "Preview on http://127.0.0.1:{port}/ (stop with Ctrl+C)\n"),
        (["-q", "--host", "::1"], "http://[::1]:{port}/\n"),
    ],
)
def test_a_quiet_preview_still_says_where_it_is(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Uji\n", "utf-8")
    ended = SimpleNamespace(
        stdout=io.BytesIO(b"8123\n"),
        poll=lambda: 3,
        returncode=3,
        terminate=lambda: None,
        wait=lambda timeout: None,
    )
    monkeypatch.setattr(serve, "check_address", lambda *_: None)
    monkeypatch.setattr(serve, "_rebuild", lambda *_: None)
    monkeypatch.setattr(serve, "start_server", lambda *_: ended)
    done = CliRunner().invoke(cli, ["serve", "--root", str(tmp_path), "--port", "0", *words])
    assert done.stdout == said.format(port=8123)
