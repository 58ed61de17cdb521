"""Models are fetched once, checked by hash at every use, and refused if they are not right.

Mozilla's real model cannot be had without its server: small files take its place, and fxtranslate's
own code reads the records, unpacks the attachments and checks their hashes.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dwiwarta.cli import main
from dwiwarta.commands.models import models
from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.engines.base import Request
from dwiwarta.translate.engines.firefox import FirefoxEngine, build_translator, make_engine
from dwiwarta.translate.modelfetch import RECORDS_VARIABLE, Limits, fetch_firefox
from dwiwarta.translate.models import (
    MODELS_VARIABLE,
    Model,
    ModelError,
    ModelStore,
    default_store,
    load_folder,
)
from faultserver import FAULTS, FaultServer

RECORDS = "/v1/buckets/main/collections/translations-models-v2/records"
FILES = {
    "model": ("model.iden.intgemm.alphas.bin", b"weights " * 4000),
    "vocab": ("vocab.iden.spm", b"pieces " * 300),
    "lex": ("lex.50.50.iden.s2t.bin", b"shortlist " * 100),
}
QUICK = Limits(silence=0.4, total=0.8)


def zstd(data: bytes) -> bytes:
    """A valid zstd frame that stores ``data`` as it is (RFC 8878, raw blocks)."""
    frame = bytes.fromhex("28b52ffd") + b"\xa0" + len(data).to_bytes(4, "little")
    blocks = [data[i : i + 100_000] for i in range(0, len(data), 100_000)]
    for number, block in enumerate(blocks, 1):
        header = len(block) << 3 | (number == len(blocks))
        frame += header.to_bytes(3, "little") + block
    return frame


def record(role: str, version: str = "3.0", **changes: Any) -> dict[str, Any]:
    name, data = FILES[role]
    packed = zstd(data)
    return {
        "name": name,
        "fileType": role,
        "sourceLanguage": "id",
        "targetLanguage": "en",
        "version": version,
        "architecture": "tiny",
        "decompressedHash": hashlib.sha256(data).hexdigest(),
        "attachment": {
            "hash": hashlib.sha256(packed).hexdigest(),
            "size": len(packed),
            "location": f"models/{version}/{role}.zst",
        },
        **changes,
    }


def publish(server: FaultServer, *records: Mapping[str, Any], base: str = "/files/") -> None:
    """Serve records and attachments as a Remote Settings server does."""
    server.pages[RECORDS] = json.dumps({"data": records}).encode()
    attachments = {"base_url": f"{server.url}{base}"}
    server.pages["/v1/"] = json.dumps({"capabilities": {"attachments": attachments}}).encode()
    for one in records:
        data = zstd(FILES[one["fileType"]][1])
        server.pages[base + one["attachment"]["location"]] = data


def all_records(version: str = "3.0", **changes: Any) -> list[dict[str, Any]]:
    return [record(role, version, **changes) for role in FILES]


def fetch(server: FaultServer, store: ModelStore, path: str = RECORDS) -> Any:
    return fetch_firefox(
        store, {RECORDS_VARIABLE: server.url + path}, limits=QUICK, check=lambda _parts: None
    )


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


def test_a_model_is_fetched_and_kept(store: ModelStore) -> None:
    seen: list[tuple[int, int]] = []
    with FaultServer(str) as server:
        publish(server, *all_records())
        manifest = fetch_firefox(
            store,
            {RECORDS_VARIABLE: server.url + RECORDS},
            lambda done, expected: seen.append((done, expected)),
            QUICK,
            check=lambda parts: seen.append((len(parts), 0)),
        )
    assert (manifest.version, manifest.architecture) == ("3.0", "tiny")
    model = store.load("firefox")
    assert model.version == "3.0 tiny"
    assert model.parts == {role: data for role, (_, data) in FILES.items()}
    assert seen[-1] == (3, 0)
    done, expected = seen[-2]
    assert done == expected == sum(len(zstd(data)) for _, data in FILES.values())


def test_the_newest_model_that_fxtranslate_runs_is_taken(store: ModelStore) -> None:
    with FaultServer(str) as server:
        publish(server, *all_records("3.0"), *all_records("3.2"), *all_records("99.0"))
        assert fetch(server, store).version == "3.2"


def test_a_plain_folder_on_any_server_will_do(store: ModelStore) -> None:
    with FaultServer(str) as server:
        publish(server, *all_records(), base="/copy/")
        server.pages["/copy/records.json"] = server.pages.pop(RECORDS)
        assert fetch(server, store, "/copy/records.json").source.endswith("/copy/records.json")


def damaged(server: FaultServer) -> None:
    server.pages["/files/models/3.0/model.zst"] = zstd(b"other weights")


def damaged_inside(server: FaultServer) -> None:
    data = zstd(b"other weights")
    attachment = record("model")["attachment"] | {"hash": hashlib.sha256(data).hexdigest()}
    publish(server, *all_records()[1:], record("model", attachment=attachment))
    server.pages["/files/models/3.0/model.zst"] = data


def not_zstd(server: FaultServer) -> None:
    attachment = record("model")["attachment"] | {"hash": ""}
    publish(server, *all_records()[1:], record("model", attachment=attachment))
    server.pages["/files/models/3.0/model.zst"] = b"<html>not found</html>"


def missing_file(server: FaultServer) -> None:
    del server.pages["/files/models/3.0/vocab.zst"]


def no_vocabulary(server: FaultServer) -> None:
    publish(server, record("model"), record("lex"))


def other_language(server: FaultServer) -> None:
    publish(server, *all_records(sourceLanguage="ms"))


def too_new(server: FaultServer) -> None:
    publish(server, *all_records("99.0"))


def path_as_name(server: FaultServer) -> None:
    publish(server, record("vocab"), record("model", name="../../evil.bin"))


def no_hash(server: FaultServer) -> None:
    publish(server, record("vocab"), record("model", decompressedHash=None))


def no_json(server: FaultServer) -> None:
    server.pages[RECORDS] = b"<html>maintenance</html>"


def no_records(server: FaultServer) -> None:
    server.pages[RECORDS] = b'{"data": 7}'


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (damaged, "refused, it is not the file that was listed"),
        (damaged_inside, "refused: hash mismatch"),
        (not_zstd, "refused"),
        (missing_file, "answered 404"),
        (no_vocabulary, "no Indonesian-English model"),
        (other_language, "no Indonesian-English model"),
        (too_new, "no Indonesian-English model"),
        (path_as_name, "no Indonesian-English model"),
        (no_hash, "no Indonesian-English model"),
        (no_json, "not a list of models"),
        (no_records, "not a list of models"),
    ],
)
def test_what_is_not_right_is_refused_and_an_earlier_model_stays(
    store: ModelStore, spoil: Callable[[FaultServer], None], reason: str
) -> None:
    with FaultServer(str) as server:
        publish(server, *all_records())
        fetch(server, store)
        before = sorted(path.read_bytes() for path in store.folder("firefox").iterdir())
        spoil(server)
        with pytest.raises(ModelError, match=reason):
            fetch(server, store)
    assert sorted(path.read_bytes() for path in store.folder("firefox").iterdir()) == before
    assert not list(store.root.parent.rglob("evil*"))


NETWORK_FAULTS = [
    ("429", "answered 429"),
    ("403", "answered 403"),
    ("500", "answered 500"),
    ("error page", "not a list of models"),
    ("reset", "no connection"),
    ("silence", "no answer within"),
    ("trickle", "no answer within|not done within"),
    ("cut off", "broke off|no connection|ChunkedEncodingError"),
]


@pytest.mark.parametrize(("fault", "reason"), NETWORK_FAULTS)
def test_the_fetch_ends_in_time_and_says_what_was_wrong(
    store: ModelStore, fault: str, reason: str
) -> None:
    assert fault in FAULTS
    with FaultServer(str) as server:
        publish(server, *all_records())
        server.fault = fault
        with pytest.raises(ModelError, match=reason) as caught:
            fetch(server, store)
        assert server.url in str(caught.value)
    assert store.manifest("firefox") is None


def test_a_trickle_ends_with_the_time_for_all(store: ModelStore) -> None:
    with FaultServer(str) as server:
        publish(server, *all_records())
        server.fault = "trickle"
        with pytest.raises(ModelError, match=r"not done within 0\.5 s"):
            fetch_firefox(store, {RECORDS_VARIABLE: server.url + RECORDS}, limits=Limits(10, 0.5))


@pytest.mark.parametrize("fault", ["429", "500", "reset", "silence", "trickle", "cut off"])
def test_a_fault_at_the_attachments_leaves_no_model(store: ModelStore, fault: str) -> None:
    with FaultServer(str) as records, FaultServer(str) as attachments:
        publish(records, *all_records())
        publish(attachments, *all_records())
        base = {"capabilities": {"attachments": {"base_url": f"{attachments.url}/files"}}}
        records.pages["/v1/"] = json.dumps(base).encode()
        attachments.fault = fault
        with pytest.raises(ModelError, match=attachments.url):
            fetch(records, store)
        assert attachments.asked
    assert store.manifest("firefox") is None


# --- on disk ------------------------------------------------------------------------------------


@pytest.fixture
def fetched(store: ModelStore) -> ModelStore:
    with FaultServer(str) as server:
        publish(server, *all_records())
        fetch(server, store)
    return store


@pytest.mark.parametrize(
    "tamper",
    [
        lambda path: path.write_bytes(b"W" + path.read_bytes()[1:]),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.unlink(),
    ],
    ids=["changed", "shortened", "deleted"],
)
def test_a_tampered_model_is_refused_at_every_use(
    fetched: ModelStore, tamper: Callable[[Path], None]
) -> None:
    engine = FirefoxEngine(lambda: fetched.load("firefox"), lambda _parts: Echo())
    assert engine.version() == "firefox 3.0 tiny"
    tamper(fetched.folder("firefox") / "model.iden.intgemm.alphas.bin")
    again = FirefoxEngine(lambda: fetched.load("firefox"), lambda _parts: Echo())
    with pytest.raises(EngineError, match="model file") as caught:
        again.version()
    assert caught.value.kind is EngineFailure.UNAVAILABLE
    assert "models fetch firefox" in str(caught.value)


def test_a_broken_manifest_is_named(fetched: ModelStore) -> None:
    (fetched.folder("firefox") / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="manifest"):
        fetched.load("firefox")


def test_a_new_model_replaces_all_files_of_the_old(fetched: ModelStore) -> None:
    extra = fetched.folder("firefox") / "vocab.old.spm"
    extra.write_bytes(b"old")
    with FaultServer(str) as server:
        publish(server, *all_records("3.1"))
        fetch(server, fetched)
    assert not extra.exists()
    assert fetched.load("firefox").version == "3.1 tiny"


def test_a_model_is_removed(fetched: ModelStore) -> None:
    assert fetched.remove("firefox")
    assert not fetched.remove("firefox")
    assert fetched.manifest("firefox") is None


def test_an_own_folder_is_known_by_its_file_names(tmp_path: Path) -> None:
    for name, data in FILES.values():
        (tmp_path / name).write_bytes(data)
    model = load_folder(tmp_path)
    assert model.parts["vocab"] == FILES["vocab"][1]
    assert model.version == f"local {hashlib.sha256(FILES['model'][1]).hexdigest()[:8]}"
    (tmp_path / "vocab.iden.spm").unlink()
    with pytest.raises(ModelError, match="no model"):
        load_folder(tmp_path)


def test_the_store_is_where_the_environment_says(tmp_path: Path) -> None:
    assert default_store({MODELS_VARIABLE: str(tmp_path)}).root == tmp_path
    assert default_store({}).root.name == "models"


# --- the engine ---------------------------------------------------------------------------------


class Echo:
    def translate_long(self, text: str) -> str:
        if "gagal" in text:
            raise ValueError("no shortlist")
        return f"EN({text})"


def test_the_engine_answers_text_by_text() -> None:
    engine = FirefoxEngine(lambda: Model("3.0 tiny", {}), lambda _parts: Echo())
    one, two, three = engine.translate(Request(("satu", "gagal", "tiga")))
    assert (one, three) == ("EN(satu)", "EN(tiga)")
    assert isinstance(two, EngineError)
    assert two.kind is EngineFailure.INVALID


def test_the_model_is_read_once() -> None:
    reads: list[int] = []

    def load() -> Model:
        reads.append(1)
        return Model("3.0 tiny", {})

    engine = FirefoxEngine(load, lambda _parts: Echo())
    assert not reads
    engine.version()
    engine.translate(Request(("satu",)))
    assert len(reads) == 1


@pytest.mark.parametrize("parts", [{}, {"model": b"x" * 100, "vocab": b"y"}])
def test_fxtranslate_itself_refuses_what_is_no_model(parts: dict[str, bytes]) -> None:
    with pytest.raises(ModelError, match="cannot be used"):
        build_translator(parts)


def test_a_malformed_model_is_not_kept(store: ModelStore) -> None:
    with FaultServer(str) as server:
        publish(server, *all_records())
        with pytest.raises(ModelError, match="cannot be used"):
            fetch_firefox(store, {RECORDS_VARIABLE: server.url + RECORDS}, limits=QUICK)
    assert store.manifest("firefox") is None


def test_without_a_model_the_engine_names_the_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    engine = make_engine("firefox", TranslationSettings())
    with pytest.raises(EngineError, match="models fetch firefox") as caught:
        engine.version()
    assert caught.value.kind is EngineFailure.UNAVAILABLE


def test_an_own_folder_from_the_settings(tmp_path: Path) -> None:
    engine = make_engine("firefox", TranslationSettings(firefox_model=str(tmp_path)))
    with pytest.raises(EngineError, match="no model"):
        engine.version()


# --- the command --------------------------------------------------------------------------------


def test_the_command_lists_fetches_and_removes(
    fetched: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(fetched.root))
    runner = CliRunner()
    assert "3.0 tiny, 0.0 MB, intact" in runner.invoke(models, ["list"]).output
    (fetched.folder("firefox") / "vocab.iden.spm").write_bytes(b"other")
    assert "SHA-256 differs" in runner.invoke(models, ["list"]).output
    assert "removed" in runner.invoke(models, ["remove", "firefox"]).output
    assert "not fetched" in runner.invoke(models, ["list"]).output


def test_the_command_says_in_one_line_why_a_fetch_failed(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(store.root))
    with FaultServer(str, "500") as server:
        monkeypatch.setenv(RECORDS_VARIABLE, server.url + RECORDS)
        assert main(["models", "fetch", "firefox"]) == 1
    assert "the server answered 500" in capsys.readouterr().err
    assert main(["models", "remove", "firefox"]) == 1
    assert "no model to remove" in capsys.readouterr().err
