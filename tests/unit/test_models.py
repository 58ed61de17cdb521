"""Models on disk: checked by hash at every use, and nothing deleted that is not a model's."""

import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dwiwarta.cli import main
from dwiwarta.commands.models import models
from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.translate.engines.firefox import FirefoxEngine
from dwiwarta.translate.models.fetch import RECORDS_VARIABLE
from dwiwarta.translate.models.files import ModelError, load_folder
from dwiwarta.translate.models.store import MODELS_VARIABLE, ModelStore, default_store
from faultserver import FaultServer
from modelserver import FILES, all_records, digest, fetch, fetched_model, publish, put_files

MODEL, VOCAB = FILES["model"][0], FILES["vocab"][0]


@pytest.fixture
def fetched(tmp_path: Path) -> ModelStore:
    return fetched_model(tmp_path / "models")


@pytest.mark.parametrize(
    "tamper",
    [
        lambda path: path.write_bytes(b"W" + path.read_bytes()[1:]),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), os.mkfifo(path)),
    ],
    ids=["changed", "shortened", "deleted", "a folder", "a pipe"],
)
def test_a_tampered_model_is_rejected_at_every_use(
    fetched: ModelStore, tamper: Callable[[Path], None]
) -> None:
    engine = FirefoxEngine(lambda: fetched.load("firefox"))
    assert engine.version() == "firefox 3.0 tiny"
    tamper(fetched.folder("firefox") / MODEL)
    again = FirefoxEngine(lambda: fetched.load("firefox"))
    with pytest.raises(EngineError, match="model file") as caught:
        again.version()
    assert caught.value.kind is EngineFailure.UNAVAILABLE
    assert "models fetch firefox" in str(caught.value)


def spoiled(manifest: dict[str, Any], version: str = "3.0", **changes: Any) -> str:
    files = [{**file, **changes} for file in manifest["files"]]
    return json.dumps({**manifest, "version": version, "files": files})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _whole: "{",
        lambda _whole: "[" * 100_000,
        lambda _whole: " " * 2_000_000,
        lambda whole: spoiled(whole, name="same.bin"),
        lambda whole: spoiled(whole, name="../evil.bin"),
        lambda whole: json.dumps(whole).replace(VOCAB, "manifest.json"),
        lambda whole: json.dumps(whole).replace(VOCAB, MODEL.upper()),
        lambda whole: spoiled(whole, role="lex"),
        lambda whole: spoiled(whole, sha256=""),
        lambda whole: spoiled(whole, version="3.0\nmsgid"),
    ],
    ids=[
        "no JSON",
        "deep",
        "large",
        "same names",
        "path",
        "itself",
        "same names but for capitals",
        "same roles",
        "no hash",
        "version",
    ],
)
def test_a_broken_manifest_is_named(
    fetched: ModelStore, spoil: Callable[[dict[str, Any]], str]
) -> None:
    path = fetched.folder("firefox") / "manifest.json"
    path.write_text(spoil(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    with pytest.raises(ModelError, match=r"manifest\.json: (not a manifest|more than)"):
        fetched.load("firefox")


# --- what is deleted, and what is not -------------------------------------------------------------


def listing(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_new_model_replaces_all_files_of_the_old_and_no_other(fetched: ModelStore) -> None:
    folder = fetched.folder("firefox")
    (folder / "vocab.old.spm").write_bytes(b"left over from a fetch that was interrupted")
    (folder / f".{MODEL}.x1y2.tmp").write_bytes(b"and this")
    (folder / "notes.txt").write_text("why we have this model", encoding="utf-8")
    (folder / "vocab.d.spm").mkdir()
    with FaultServer(str) as server:
        publish(server, *all_records("3.1"))
        fetch(server, fetched)
    names = {name for name, _ in FILES.values()}
    assert {*listing(folder)} == names | {"manifest.json", "notes.txt", "vocab.d.spm"}
    assert fetched.load("firefox").version == "3.1 tiny"


def test_a_file_that_only_the_old_model_had_goes(fetched: ModelStore) -> None:
    with FaultServer(str) as server:
        publish(server, *[one for one in all_records("3.1") if one["fileType"] != "lex"])
        fetch(server, fetched)
    assert FILES["lex"][0] not in listing(fetched.folder("firefox"))


def browser(root: Path) -> Path:
    """A folder that is called as the engine is, and is none of ours."""
    folder = root / "firefox"
    (folder / "defaults").mkdir(parents=True)
    (folder / "defaults" / "prefs.js").write_text("x", encoding="utf-8")
    (folder / "firefox-bin").write_text("browser", encoding="utf-8")
    (folder / "model-viewer.bin").write_text("named as a model's file", encoding="utf-8")
    return folder


@pytest.mark.parametrize("manifest", [None, "{}", "{"])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, manifest: str | None) -> None:
    folder = browser(tmp_path)
    if manifest is not None:
        (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    before = listing(folder)
    store = ModelStore(tmp_path)
    with pytest.raises(ModelError, match=r"firefox: not a model's folder \(there is defaults\)"):
        store.remove("firefox")
    with FaultServer(str) as server:
        publish(server, *all_records())
        with pytest.raises(ModelError, match="not a model's folder"):
            fetch(server, store)
        assert not server.asked, "nothing is downloaded that cannot be kept"
    assert listing(folder) == before


def test_a_model_is_removed(fetched: ModelStore) -> None:
    assert fetched.remove("firefox")
    assert not fetched.folder("firefox").exists()
    assert not fetched.remove("firefox")
    assert fetched.manifest("firefox") is None


def test_what_somebody_put_beside_a_model_stays(fetched: ModelStore) -> None:
    (fetched.folder("firefox") / "notes.txt").write_text("mine", encoding="utf-8")
    assert fetched.remove("firefox")
    assert listing(fetched.folder("firefox")) == ["notes.txt"]


@pytest.mark.parametrize("manifest", [None, "{"])
def test_an_interrupted_fetch_is_removed(fetched: ModelStore, manifest: str | None) -> None:
    path = fetched.folder("firefox") / "manifest.json"
    path.unlink()
    if manifest is not None:
        path.write_text(manifest, encoding="utf-8")
    assert fetched.remove("firefox")
    assert not fetched.folder("firefox").exists()


def test_a_model_behind_a_symbolic_link_is_used_but_neither_removed_nor_replaced(
    fetched: ModelStore,
) -> None:
    folder = fetched.folder("firefox")
    model, manifest = fetched.load("firefox"), fetched.manifest("firefox")
    assert manifest
    elsewhere = folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to(elsewhere)
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}
    assert fetched.load("firefox") == model
    with pytest.raises(ModelError, match="firefox: is a link"):
        fetched.remove("firefox")
    with pytest.raises(ModelError, match="firefox: is a link"):
        fetched.save("firefox", manifest, {file.name: b"" for file in manifest.files})
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == before
    assert folder.is_symlink()


def test_a_disk_that_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("not a folder", encoding="utf-8")
    store = ModelStore(tmp_path / "models")
    with FaultServer(str) as server:
        publish(server, *all_records())
        with pytest.raises(ModelError, match=r"firefox: cannot be written: \w+"):
            fetch(server, store)


# --- a folder of the user's own -------------------------------------------------------------------


def test_an_own_folder_is_known_by_its_file_names(tmp_path: Path) -> None:
    model = load_folder(put_files(tmp_path))
    assert model.parts == {role: data for role, (_, data) in FILES.items()}
    assert model.version == f"local {hashlib.sha256(FILES['model'][1]).hexdigest()[:8]}"
    (tmp_path / VOCAB).unlink()
    with pytest.raises(ModelError, match="no model"):
        load_folder(tmp_path)


def test_a_second_model_in_the_folder_is_not_chosen_by_chance(tmp_path: Path) -> None:
    (put_files(tmp_path) / "model.enid.bin").write_bytes(b"the other direction")
    with pytest.raises(ModelError, match="more than one file"):
        load_folder(tmp_path)


def sums(*, star: str = " ", **changes: str) -> str:
    """As ``sha256sum *`` prints it; ``changes``: another hash for a role, "" to leave it out."""
    hashes = {role: digest(data) for role, (_, data) in FILES.items()} | changes
    return "".join(f"{h} {star}{FILES[role][0]}\n" for role, h in hashes.items() if h)


@pytest.mark.parametrize(
    "text",
    [
        sums(),
        sums(star="*"),
        sums(star=" ./"),
        sums().replace("\n", "\r\n"),
        "# pinned by Rina\n\n" + sums().upper().replace(MODEL.upper(), MODEL),
    ],
    ids=["text", "binary", "find", "Windows", "capitals"],
)
def test_an_own_folder_with_right_sums_is_used(tmp_path: Path, text: str) -> None:
    text = text.replace(VOCAB.upper(), VOCAB).replace(FILES["lex"][0].upper(), FILES["lex"][0])
    put_files(tmp_path)
    (tmp_path / "SHA256SUMS").write_bytes(f"{'0' * 64}  README\n{text}".encode())
    assert load_folder(tmp_path).parts["vocab"] == FILES["vocab"][1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (sums(model="0" * 64), f"{MODEL} is not the one of SHA256SUMS"),
        (sums(vocab="1" * 64), f"{VOCAB} is not the one of SHA256SUMS"),
        (sums(lex=""), f"does not list {FILES['lex'][0]}"),
        (sums() + "abc  model.bin\n", "SHA256SUMS:4: not a line of sha256sum: 'abc"),
        ("", f"does not list {MODEL}$"),
        (sums(star=" /srv/models/"), "but /srv/models/.*: names must be bare"),
        (sums(star="*C:\\m\\"), "names must be bare"),
        ("\0\xff" * 50, "not a line"),
    ],
)
def test_an_own_folder_with_other_sums_is_rejected(tmp_path: Path, text: str, reason: str) -> None:
    put_files(tmp_path)
    (tmp_path / "SHA256SUMS").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=reason):
        load_folder(tmp_path)


def test_an_own_folder_that_is_not_there_is_called_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"missing: there is no such folder$"):
        load_folder(tmp_path / "missing")


@pytest.mark.parametrize("role", list(FILES))
def test_an_empty_file_is_rejected(tmp_path: Path, role: str) -> None:
    name = FILES[role][0]
    (put_files(tmp_path) / name).write_bytes(b"")
    with pytest.raises(ModelError, match=f"{re.escape(name)}: empty$"):
        load_folder(tmp_path)


def test_a_model_that_cannot_be_used_is_named_by_its_folder(tmp_path: Path) -> None:
    (put_files(tmp_path) / MODEL).write_bytes(b"\x01" + b"\xff" * 200)
    with pytest.raises(EngineError, match="cannot be used: ") as caught:
        FirefoxEngine(lambda: load_folder(tmp_path)).version()
    assert str(caught.value).endswith(f" (in {tmp_path})")


def test_an_empty_file_is_rejected_although_the_manifest_lists_it(fetched: ModelStore) -> None:
    folder = fetched.folder("firefox")
    (folder / FILES["lex"][0]).write_bytes(b"")
    path = folder / "manifest.json"
    text = path.read_text(encoding="utf-8").replace(digest(FILES["lex"][1]), digest(b""))
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"lex.*: empty"):
        fetched.load("firefox")


def test_an_own_folder_may_have_a_manifest(fetched: ModelStore) -> None:
    folder = fetched.folder("firefox")
    assert load_folder(folder).version == "3.0 tiny"
    (folder / "SHA256SUMS").write_text(sums(vocab="1" * 64), encoding="utf-8")
    with pytest.raises(ModelError, match="SHA256SUMS"):
        load_folder(folder)
    (folder / VOCAB).write_bytes(b"other")
    with pytest.raises(
        ModelError, match=r"is not the one of the manifest \(its SHA-256 differs\)$"
    ):
        load_folder(folder)  # and no advice to fetch what nobody can fetch into this folder


def test_the_store_is_where_the_environment_says(tmp_path: Path) -> None:
    assert default_store({MODELS_VARIABLE: str(tmp_path)}).root == tmp_path
    assert default_store({}).root.name == "models"
    with pytest.raises(ModelError, match="~nobody-here"):
        default_store({MODELS_VARIABLE: "~nobody-here/models"})


# --- the command ----------------------------------------------------------------------------------


def test_the_command_lists_fetches_and_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    runner = CliRunner()
    kilobytes = round(sum(len(data) for _, data in FILES.values()) / 1000)
    assert kilobytes
    assert "not fetched" in runner.invoke(models, ["list"]).output
    with FaultServer(str) as server:
        publish(server, *all_records())
        monkeypatch.setenv(RECORDS_VARIABLE, f"{server.url}/v1/buckets/main/collections/x/records")
        server.pages["/v1/buckets/main/collections/x/records"] = server.pages[
            "/v1/buckets/main/collections/translations-models-v2/records"
        ]
        assert (
            f"3.0 tiny, {kilobytes} kB, ready" in runner.invoke(models, ["fetch", "firefox"]).output
        )
    assert f"3.0 tiny, {kilobytes} kB, intact" in runner.invoke(models, ["list"]).output
    (tmp_path / "firefox" / VOCAB).write_bytes(b"other")
    listed = runner.invoke(models, ["list"])
    assert ("SHA-256 differs" in listed.output, listed.exit_code) == (True, 1)
    assert "removed" in runner.invoke(models, ["remove", "firefox"]).output
    assert "not fetched" in runner.invoke(models, ["list"]).output


def test_the_list_has_a_row_for_a_broken_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "firefox").mkdir()
    (tmp_path / "firefox" / "manifest.json").write_text("{", encoding="utf-8")
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    assert main(["models", "list"]) == 1
    row = capsys.readouterr().out.splitlines()[1]
    assert row.startswith("firefox: ")
    assert "not a manifest" in row
    assert "models fetch firefox" in row


def test_what_is_in_the_way_of_the_next_fetch_is_named(
    fetched: ModelStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(fetched.root))
    notes = fetched.folder("firefox") / "notes.txt"
    notes.write_text("why we have this model", encoding="utf-8")
    for command in (["remove", "firefox"], ["list"]):
        assert main(["models", *command]) == 0
        assert "move notes.txt away first" in capsys.readouterr().out
    assert main(["models", "fetch", "firefox"]) == 1
    assert "move notes.txt away first" in capsys.readouterr().err
    notes.unlink()
    assert main(["models", "list"]) == 0
    assert "move" not in capsys.readouterr().out


def test_the_command_says_in_one_line_why_a_fetch_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    with FaultServer(str, "500") as server:
        monkeypatch.setenv(RECORDS_VARIABLE, f"{server.url}/records.json")
        assert main(["models", "fetch", "firefox"]) == 1
    assert "the server answered 500" in capsys.readouterr().err
    assert main(["models", "remove", "firefox"]) == 1
    assert "no model to remove" in capsys.readouterr().err
