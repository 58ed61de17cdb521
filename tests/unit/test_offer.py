"""English at first need: a person at a terminal is asked for Firefox's model, once.

The servers are on this machine and answer in the shape of the public records and registry.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dwiwarta.cli import main
from dwiwarta.commands.offer import rows_of_waiting
from dwiwarta.settings import PROJECT_ROOT, TranslationSettings
from dwiwarta.translate import TranslationCount
from dwiwarta.translate.models.store import ModelStore
from faultserver import FaultServer
from modelserver import RECORDS, REGISTRY, public_records, publish, publish_registry
from project_rig import make_project
from terminal import INTERRUPT, Seen, at_terminal, plain_environment
from tinymodel import SENTENCE

QUESTION = "Fetch Firefox's model (9 kB, runs on this machine)? [Y/n]"
COMMAND = "models fetch firefox"


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer(str) as running:
        publish(running, *public_records())
        yield running


@pytest.fixture
def second() -> Iterator[FaultServer]:
    with FaultServer(str) as running:
        publish_registry(running)
        yield running


class Desk:
    """A project with one pending article, and its person's models."""

    def __init__(self, folder: Path, *servers: FaultServer) -> None:
        self.root = folder / "project"
        self.root.mkdir()
        make_project(self.root, with_pages=False)
        (self.root / "articles").mkdir()
        text = "Perahu Itu Merah\n\nPerahu itu merah.\n"
        (self.root / "articles" / "a.txt").write_text(text, "utf-8")
        self.settings("engines: [firefox]")
        self.store = ModelStore(folder / "models")
        self.environment = {
            "DWIWARTA_MODELS": str(self.store.root),
            "FXTRANSLATE_RECORDS_URL": servers[0].url + RECORDS,
        }
        if len(servers) > 1:
            self.environment["DWIWARTA_MODEL_REGISTRY"] = servers[1].url + REGISTRY

    def settings(self, translation: str) -> None:
        (self.root / "dwiwarta.yml").write_text(f"translation: {{{translation}}}\n", "utf-8")

    def type(self, command: str, answer: str = "", **more: str) -> Seen:
        options = ["--docs-only"] if command.startswith("build") else []
        args = [*command.split(), "--root", str(self.root), *options]
        environment = plain_environment(**{**self.environment, **more})
        return at_terminal(args, environment, {"[Y/n]": answer} if answer else {})

    @property
    def english(self) -> bool:
        memory = self.root / "articles" / "a.txt.po"
        return memory.exists() and f'msgstr "{SENTENCE}"' in memory.read_text("utf-8")

    @property
    def fetched(self) -> bool:
        return self.store.manifest("firefox") is not None


@pytest.mark.parametrize("command", ["build", "translate"])
def test_a_yes_fetches_the_model_and_goes_on_to_the_english(
    tmp_path: Path, server: FaultServer, command: str
) -> None:
    desk = Desk(tmp_path, server)
    seen = desk.type(command, "\n")
    assert seen.code == 0, seen.text
    assert seen.text.count(QUESTION) == 1
    assert re.search(r"Fetching Firefox's model .*100%", seen.text)
    assert desk.fetched
    assert desk.english
    assert "Waiting" not in seen.text
    again = desk.type(command)
    assert "[Y/n]" not in again.text


@pytest.mark.parametrize("command", ["build", "translate"])
def test_a_no_is_remembered_and_the_command_named(
    tmp_path: Path, server: FaultServer, command: str
) -> None:
    desk = Desk(tmp_path, server)
    seen = desk.type(command, "n\n")
    assert seen.code == 0, seen.text
    assert QUESTION in seen.text
    assert not desk.fetched
    again = desk.type(command)
    assert again.code == 0
    assert "[Y/n]" not in again.text
    for text in (seen.text, again.text):
        assert re.search(rf"Waiting  2 titles and paragraphs wait for English: .*{COMMAND}", text)


def test_serve_asks_before_the_first_build_and_goes_on_to_the_preview(
    tmp_path: Path, server: FaultServer
) -> None:
    desk = Desk(tmp_path, server)
    args = ["serve", "--port", "0", "--root", str(desk.root)]
    answers = {"[Y/n]": "\n", "Preview on": INTERRUPT}
    seen = at_terminal(args, plain_environment(**desk.environment), answers)
    assert seen.code == 0, seen.text
    assert seen.text.count(QUESTION) == 1
    assert seen.text.index(QUESTION) < seen.text.index("0 pending")
    assert desk.english


def test_who_fetches_by_hand_is_asked_again_once_it_is_removed(
    tmp_path: Path, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, server)
    desk.type("build", "n\n")
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    assert main(COMMAND.split()) == 0
    assert main(["models", "remove", "firefox"]) == 0
    assert "[Y/n]" in desk.type("build", "n\n").text


def test_ctrl_c_at_the_question_ends_the_command_and_nothing_is_remembered(
    tmp_path: Path, server: FaultServer
) -> None:
    desk = Desk(tmp_path, server)
    seen = desk.type("build", INTERRUPT)
    assert seen.code == 130, seen.text
    assert "Interrupted." in seen.text
    assert "Traceback" not in seen.text
    assert "[Y/n]" in desk.type("build", "n\n").text


def test_ctrl_c_while_fetching_ends_the_command_and_keeps_nothing(
    tmp_path: Path, server: FaultServer
) -> None:
    desk = Desk(tmp_path, server)
    with FaultServer(str, fault="silence") as silent:
        silent.pages["/"] = b"-"
        facts = {"capabilities": {"attachments": {"base_url": f"{silent.url}/files/"}}}
        server.pages["/v1/"] = json.dumps(facts).encode()
        args = ["build", "--root", str(desk.root), "--docs-only"]
        answers = {"[Y/n]": "\n", "[Y/n]: \r\n": INTERRUPT}
        seen = at_terminal(args, plain_environment(**desk.environment), answers)
    assert seen.code == 130, seen.text
    assert "Traceback" not in seen.text
    assert not desk.fetched
    assert not list(desk.store.root.glob("*.no"))


@pytest.mark.parametrize("why", ["ci", "never", "option", "quiet", "dry"])
def test_nobody_is_asked_where_that_is_not_wanted(
    tmp_path: Path, server: FaultServer, why: str
) -> None:
    desk = Desk(tmp_path, server)
    command = {"option": "build --fetch-model never", "quiet": "build -q", "dry": "translate"}
    if why == "never":
        desk.settings("engines: [firefox], fetch_model: never")
    args = command.get(why, "build") + (" --dry-run" if why == "dry" else "")
    seen = desk.type(args, **({"CI": "true"} if why == "ci" else {}))
    assert seen.code == 0, seen.text
    assert "[Y/n]" not in seen.text
    assert server.asked == []
    if why != "quiet":
        assert COMMAND in seen.text


def run_in_pipe(desk: Desk, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    monkeypatch.delenv("CI", raising=False)
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    return main(["build", "--root", str(desk.root), "--docs-only", *options])


def test_without_a_terminal_nothing_is_asked_nor_fetched(
    tmp_path: Path,
    server: FaultServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk = Desk(tmp_path, server)
    assert run_in_pipe(desk, monkeypatch) == 0
    assert server.asked == []
    assert COMMAND in capsys.readouterr().out


def test_always_fetches_without_a_question_or_a_terminal(
    tmp_path: Path, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, server)
    desk.settings("engines: [firefox], fetch_model: always")
    assert run_in_pipe(desk, monkeypatch) == 0
    assert desk.english


def test_always_fetches_nothing_on_a_build_server(
    tmp_path: Path, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, server)
    desk.settings("engines: [firefox], fetch_model: always")
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CI", "true")
    assert main(["build", "--root", str(desk.root), "--docs-only"]) == 0
    assert server.asked == []


def test_nobody_is_asked_while_another_engine_does_it(tmp_path: Path, server: FaultServer) -> None:
    desk = Desk(tmp_path, server)
    desk.settings("engines: [fake, firefox]")
    seen = desk.type("build")
    assert seen.code == 0, seen.text
    assert "[Y/n]" not in seen.text


def test_nobody_is_asked_where_nothing_waits(tmp_path: Path, server: FaultServer) -> None:
    desk = Desk(tmp_path, server)
    (desk.root / "articles" / "a.txt").unlink()
    assert "[Y/n]" not in desk.type("build").text
    assert server.asked == []


def test_make_site_never_asks() -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text("utf-8")
    assert "scripts/build.py build --fetch-model never $(ARGS)" in makefile
    assert os.environ["CI"], "tests run as on a build server"


def test_no_records_no_question_and_the_build_goes_on(tmp_path: Path, server: FaultServer) -> None:
    desk = Desk(tmp_path, server)
    server.fault = "reset"
    seen = desk.type("build")
    assert seen.code == 0, seen.text
    assert "[Y/n]" not in seen.text
    assert "Firefox's model could not be fetched: " in seen.text
    assert COMMAND in seen.text


# --- the second source ----------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["missing", "tampered"])
def test_the_second_source_serves_what_the_first_does_not(
    tmp_path: Path, server: FaultServer, second: FaultServer, fault: str
) -> None:
    for path in [path for path in server.pages if path.startswith("/files/")]:
        if fault == "missing":
            del server.pages[path]
        else:
            server.pages[path] = b"something else"
    desk = Desk(tmp_path, server, second)
    seen = desk.type("build", "y\n")
    assert seen.code == 0, seen.text
    assert desk.fetched
    assert desk.english


def test_what_the_second_source_tampered_with_is_rejected(
    tmp_path: Path, server: FaultServer, second: FaultServer
) -> None:
    for path in [path for path in server.pages if path.startswith("/files/")]:
        del server.pages[path]
    publish_registry(second, content=b"other weights")
    desk = Desk(tmp_path, server, second)
    seen = desk.type("build", "y\n")
    assert seen.code == 0, seen.text
    assert "nor from the second source" in seen.text.replace("\n", " ")
    assert not desk.fetched
    assert COMMAND in seen.text


def test_both_sources_down_is_one_line_and_the_build_goes_on(
    tmp_path: Path, server: FaultServer, second: FaultServer
) -> None:
    for path in [path for path in server.pages if path.startswith("/files/")]:
        del server.pages[path]
    second.fault = "500"
    desk = Desk(tmp_path, server, second)
    seen = desk.type("build", "y\n")
    assert seen.code == 0, seen.text
    assert len(re.findall(r"could not be fetched: .*404; nor .*answered 500", seen.text)) == 1
    assert not desk.fetched
    assert not list(desk.store.root.glob("*.no"))


# --- the command that helps -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("engines", "rejected", "fetched", "command"),
    [
        ((), 0, False, "translate --engines firefox --fetch-model always"),
        (("google",), 0, False, "translate --engines firefox --fetch-model always"),
        (("google",), 0, True, "translate --engines firefox"),
        (("firefox", "google"), 0, False, "models fetch firefox"),
        (("firefox", "google"), 1, True, "translate"),
        (("firefox", "google"), 3, True, "review"),
    ],
)
def test_the_one_command_that_helps(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engines: tuple[str, ...],
    rejected: int,
    fetched: bool,
    command: str,
) -> None:
    monkeypatch.setenv("DWIWARTA_MODELS", str(tmp_path))
    if fetched:
        (tmp_path / "firefox").mkdir()
        manifest = {"version": "3.0", "architecture": "tiny", "source": "x", "files": []}
        (tmp_path / "firefox" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    count = TranslationCount(pending=3, pending_rejected=rejected)
    settings = TranslationSettings(engines=engines)
    ((label, text),) = rows_of_waiting(count, settings, None)
    assert label == "Waiting"
    assert text.startswith("3 titles and paragraphs wait for English: ")
    assert text.endswith(f" {command}")
    assert rows_of_waiting(TranslationCount(), settings, None) == []


def test_who_chose_another_engine_that_answers_is_led_back_to_it() -> None:
    settings = TranslationSettings(engines=("libre",))
    ((_, text),) = rows_of_waiting(TranslationCount(translated=5, pending=1), settings, None)
    assert text.endswith(" translate")


@pytest.mark.parametrize(
    "name", [".github/workflows/pages.yml", "scripts/dwiwarta/content/pages.yml"]
)
def test_the_workflow_fetches_and_caches_the_model_and_no_build_in_it_does(name: str) -> None:
    steps = yaml.safe_load((PROJECT_ROOT / name).read_text("utf-8"))["jobs"]["build"]["steps"]
    (cached,) = [step for step in steps if step.get("id") == "model"]
    assert cached["with"]["path"] == "~/.cache/dwiwarta/models"  # as platformdirs says, on Linux
    runs = [step.get("run", "") for step in steps]
    fetch = next(n for n, run in enumerate(runs) if "models fetch firefox" in run)
    build = next(n for n, run in enumerate(runs) if "--engines firefox" in run)
    assert steps.index(cached) < fetch < build
    assert steps[fetch]["continue-on-error"] is True
