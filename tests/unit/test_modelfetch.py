"""Models are fetched once, over real sockets, and nothing is kept that is not right.

Mozilla's real model cannot be had without its server: a tiny one takes its place, and fxtranslate's
own code unpacks it, checks it and translates with it.
"""

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dwiwarta.cli import main
from dwiwarta.translate.models import fxprocess
from dwiwarta.translate.models.download import Limits
from dwiwarta.translate.models.fetch import RECORDS_VARIABLE, fetch_firefox
from dwiwarta.translate.models.files import ModelError
from dwiwarta.translate.models.store import MODELS_VARIABLE, ModelStore
from faultserver import FAULTS, FaultServer
from modelserver import (
    FILES,
    LIMITS,
    RECORDS,
    all_records,
    attachment,
    digest,
    fetch,
    publish,
    record,
    zstd,
    zstd_bomb,
)
from tinymodel import SENTENCE

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer(str) as running:
        publish(running, *all_records())
        yield running


def test_a_model_is_fetched_and_kept(store: ModelStore, server: FaultServer) -> None:
    seen: list[tuple[int, int]] = []
    manifest = fetch_firefox(
        store,
        {RECORDS_VARIABLE: server.url + RECORDS},
        lambda done, expected: seen.append((done, expected)),
        LIMITS,
    )
    assert (manifest.version, manifest.architecture) == ("3.0", "tiny")
    model = store.load("firefox")
    assert model.version == "3.0 tiny"
    assert model.parts == {role: data for role, (_, data) in FILES.items()}
    assert seen == sorted(seen)
    done, expected = seen[-1]
    assert done == expected == sum(len(zstd(data)) for _, data in FILES.values())


def test_from_the_fetch_to_the_english_in_the_memory(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "models"))
    monkeypatch.setenv(RECORDS_VARIABLE, server.url + RECORDS)
    project = tmp_path / "project"
    (project / "articles").mkdir(parents=True)
    article = "Perahu Itu Merah\n\nPerahu itu merah.\n"
    (project / "articles" / "a.txt").write_text(article, encoding="utf-8")
    (project / "dwiwarta.yml").write_text("translation: {engines: [firefox]}\n", encoding="utf-8")
    (project / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    assert main(["models", "fetch", "firefox"]) == 0
    asked = len(server.asked)
    assert main(["translate", "--root", str(project)]) == 0
    assert len(server.asked) == asked, "a build never downloads"
    memory = (project / "articles" / "a.txt.po").read_text(encoding="utf-8")
    assert f'msgstr "{SENTENCE}"' in memory
    assert "firefox 3.0 tiny" in memory


@pytest.mark.parametrize(
    ("versions", "newest"),
    [
        (("3.0", "3.2", "99.0"), "3.2"),
        (("3.9", "3.10"), "3.10"),
        (("3.0", "3.0a1"), "3.0"),
        (("3.0", "3.1a1"), "3.0"),
        (("3.0a2", "3.0a10", "2.0"), "3.0a10"),
    ],
)
def test_the_newest_release_that_fxtranslate_runs_is_taken(
    store: ModelStore, server: FaultServer, versions: tuple[str, ...], newest: str
) -> None:
    publish(server, *(one for version in versions for one in all_records(version)))
    assert fetch(server, store).version == newest


def test_the_better_architecture_is_taken(store: ModelStore, server: FaultServer) -> None:
    publish(server, *all_records(), *all_records(architecture="base-memory"))
    assert fetch(server, store).architecture == "base-memory"


def listed_once(role: str, *others: dict[str, Any], **changes: Any) -> list[dict[str, Any]]:
    """Records of a model that list other files of one kind too, before and after the good one."""
    rest = [one for one in all_records() if one["fileType"] != role]
    return [*others[::2], *rest, record(role, **changes), *others[1::2]]


def unpublished(role: str, name: str, **changes: Any) -> dict[str, Any]:
    """A record of a file that must not be fetched, as there is none."""
    where = {"attachment": attachment(b"-", f"models/none/{name}")}
    return record(role, name=name, decompressedHash=digest(name.encode()), **where, **changes)


@pytest.mark.parametrize(
    "records",
    [
        listed_once("lex", unpublished("lex", "lex.iden.s2t.bin")),
        listed_once("lex", unpublished("lex", "a.bin"), unpublished("lex", "lex.iden.s2t.bin")),
        listed_once(
            "lex",
            unpublished("lex", "lex.iden.s2t.bin", last_modified=9),
            unpublished("lex", "lex.50.50.old.bin", last_modified=7),
            last_modified=8,
        ),
        listed_once("model", unpublished("model", "model.bin", last_modified=7), last_modified=8),
        [*all_records(), {**record("model"), "name": "quality.bin", "fileType": "qualityModel"}],
        [*all_records(), unpublished("lex", "lex.50.50.x.bin", version="2.1")],
        [*all_records(), unpublished("model", "m.bin", filter_expression="env.channel == 'beta'")],
        [*all_records(filter_expression=""), record("lex")],
        listed_once("lex", unpublished("lex", "lex.iden.s2t.bin"), name="lex.b.bin"),
        [*all_records(), unpublished("model", "m.bin", last_modified=9, deleted=True)],
        [record("model", architecture="base"), *all_records(architecture=None)[1:]],
        [*all_records(), {**unpublished("vocab", "s.spm"), "fileType": "srcvocab"}],
    ],
    ids=[
        "two shortlists", "three shortlists", "later shortlists", "an earlier model",
        "a quality model", "a shortlist of another version", "one for testers", "one twice",
        "two shortlists alike", "one withdrawn", "files for all architectures",
        "half of a vocabulary for each side",
    ],
)  # fmt: skip
def test_of_several_files_of_one_kind_the_right_one_is_taken(
    store: ModelStore, server: FaultServer, records: list[dict[str, Any]]
) -> None:
    publish(server, *all_records())
    server.pages[RECORDS] = json.dumps({"data": records}).encode()
    fetch(server, store)
    assert store.load("firefox").parts == {role: data for role, (_, data) in FILES.items()}


def test_a_plain_folder_on_any_server_will_do(store: ModelStore, server: FaultServer) -> None:
    publish(server, *all_records(), base="/copy/")
    server.pages["/copy/records.json"] = server.pages.pop(RECORDS)
    assert fetch(server, store, "/copy/records.json").source == f"{server.url}/copy/records.json"


# --- records that are not right -------------------------------------------------------------------


def changed(**changes: Any) -> Callable[[FaultServer], None]:
    """The record of the model with other fields."""
    return lambda server: publish(server, *all_records()[1:], record("model", **changes))


def attached(**changes: Any) -> Callable[[FaultServer], None]:
    """The record of the model with other fields of its attachment."""

    def spoil(server: FaultServer) -> None:
        records = [*all_records()[1:], record("model")]
        records[-1]["attachment"] |= changes
        server.pages[RECORDS] = json.dumps({"data": records}).encode()

    return spoil


def served(packed: bytes, **changes: Any) -> Callable[[FaultServer], None]:
    """Another attachment for the model, and a record that fits it."""

    def spoil(server: FaultServer) -> None:
        where = record("model")["attachment"]["location"]
        changed(attachment=attachment(packed, where), **changes)(server)
        server.pages[f"/files/{where}"] = packed

    return spoil


def body(data: bytes) -> Callable[[FaultServer], None]:
    """Something else in the place of the records."""
    return lambda server: server.pages.update({RECORDS: data})


def named_alike(server: FaultServer) -> None:
    publish(server, *all_records(name="same.bin"))


def exchanged(server: FaultServer) -> None:
    server.pages["/files/models/3.0/model.zst"] = zstd(b"other weights")


def missing_file(server: FaultServer) -> None:
    del server.pages["/files/models/3.0/vocab.zst"]


def no_root(server: FaultServer) -> None:
    server.pages["/v1/"] = json.dumps(
        {"capabilities": {"attachments": {"base_url": "http://[bad"}}}
    ).encode()


def empty_shortlist(server: FaultServer) -> None:
    where = record("lex")["attachment"]["location"]
    packed = bytes.fromhex("28b52ffda000000000010000")  # no content in one last block
    lex = record("lex", attachment=attachment(packed, where), decompressedHash=digest(b""))
    publish(server, *[one for one in all_records() if one["fileType"] != "lex"], lex)
    server.pages[f"/files/{where}"] = packed


NONE = "no Indonesian-English model that this program can run"
NOT_A_LIST = "not a list of models"
SPOILED = {
    "other attachment": (exchanged, "rejected, it is not the file that was listed"),
    "other content": (served(zstd(b"other weights")), "rejected: fxtranslate says: hash mismatch"),
    "empty shortlist": (empty_shortlist, "rejected, it is empty"),
    "no zstd": (served(b"<html>not found</html>"), "model.iden.intgemm.alphas.bin: rejected"),
    "no attachment": (missing_file, "answered 404"),
    "attachments nowhere": (no_root, "not a web address"),
    "no vocabulary": (
        lambda s: publish(s, record("model"), record("lex")),
        "no vocabulary is listed",
    ),
    "no files": (lambda s: publish(s), NONE),
    "other language": (lambda s: publish(s, *all_records(sourceLanguage="ms")), NONE),
    "too new": (lambda s: publish(s, *all_records("99.0")), "99.0 tiny: not for this fxtranslate"),
    "two of a kind": (
        lambda s: publish(
            s, *all_records(), record("model", name="model2.bin", decompressedHash=digest(b"2"))
        ),
        "two files of one kind",
    ),
    "for some channels": (changed(filter_expression="env.channel == 'nightly'"), "channels of the"),
    "two of a name": (named_alike, "two files of one name"),
    "named as the manifest": (changed(name="manifest.json"), "two files of one name"),
    "named as the sums": (changed(name="SHA256SUMS"), "two files of one name"),
    "path as name": (changed(name="../../evil.bin"), "name: String should match"),
    "number as name": (changed(name=5), "name: Input should be"),
    "no name": (changed(name=None), "name: Field required"),
    "number as version": (changed(version=3.0), "version: Input should be"),
    "nonsense as version": (changed(version="3.0\nx"), "version: String should match"),
    "number as architecture": (changed(architecture=7), "architecture: Input should be"),
    "no hash": (changed(decompressedHash=None), "decompressedHash: Field required"),
    "no hash of what is sent": (attached(hash=""), "attachment.hash: String should match"),
    "number as hash": (attached(hash=5), "attachment.hash: Input should be"),
    "text as size": (attached(size="abc"), "attachment.size: Input should be"),
    "number in text as size": (attached(size="5"), "attachment.size: Input should be"),
    "list as size": (attached(size=[1]), "attachment.size: Input should be"),
    "object as size": (attached(size={}), "attachment.size: Input should be"),
    "negative size": (attached(size=-5), "attachment.size: Input should be"),
    "huge size": (attached(size=10**400), "attachment.size: Input should be"),
    "broken location": (attached(location="http://[bad/x"), "location: String should match"),
    "other host": (attached(location="http://127.0.0.1/x"), "location: String should match"),
    "other host without scheme": (attached(location="//127.0.0.1/x"), "location: String should"),
    "location above": (attached(location="a/../../x"), "location: String should match"),
    "location with a query": (attached(location="a?b"), "location: String should match"),
    "larger than listed": (attached(size=100), "more than 100 bytes"),
    "page instead of records": (body(b"<html>maintenance</html>"), NOT_A_LIST),
    "data is a number": (body(b'{"data": 7}'), NOT_A_LIST),
    "data is null": (body(b'{"data": null}'), NOT_A_LIST),
    "odd records": (body(b'{"data": [5, null, "x", [], {}]}'), NONE),
    "deep nesting": (body(b"[" * 200_000), NOT_A_LIST),
    "deep nesting in data": (body(b'{"data": ' + b"[" * 50_000), NOT_A_LIST),
    "deep nesting of objects": (body(b'{"a": ' * 50_000), NOT_A_LIST),
    "endless number": (body(b'{"data": ' + b"9" * 50_000 + b"}"), NOT_A_LIST),
    "no model inside": (
        served(zstd(b"weights"), decompressedHash=digest(b"weights")),
        "its model cannot be used: ",
    ),
}


@pytest.mark.parametrize(("spoil", "reason"), SPOILED.values(), ids=SPOILED)
def test_what_is_not_right_is_rejected_and_an_earlier_model_stays(
    store: ModelStore, server: FaultServer, spoil: Callable[[FaultServer], None], reason: str
) -> None:
    fetch(server, store)
    before = sorted(path.read_bytes() for path in store.folder("firefox").iterdir())
    spoil(server)
    with pytest.raises(ModelError, match=reason):
        fetch(server, store)
    assert sorted(path.read_bytes() for path in store.folder("firefox").iterdir()) == before
    assert not list(store.root.parent.rglob("evil*"))
    store.load("firefox")


def test_hashes_in_capitals_are_the_same(store: ModelStore, server: FaultServer) -> None:
    records = all_records()
    for one in records:
        one["decompressedHash"] = one["decompressedHash"].upper()
        one["attachment"]["hash"] = one["attachment"]["hash"].upper()
    server.pages[RECORDS] = json.dumps({"data": records}).encode()
    fetch(server, store)
    store.load("firefox")


def most_memory(call: Callable[[], object]) -> int:
    """The most memory, in bytes, that fxtranslate's process held during the call.

    Between fork and exec, a child is this process itself, with all the memory of a test run.
    """
    most, done = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.005):
            for task in Path("/proc/self/task").iterdir():
                with contextlib.suppress(OSError):  # threads and children end meanwhile
                    for child in (task / "children").read_text(encoding="ascii").split():
                        if b"fxworker.py" not in Path(f"/proc/{child}/cmdline").read_bytes():
                            continue
                        pages = Path(f"/proc/{child}/statm").read_text(encoding="ascii").split()
                        most = max(most, int(pages[1]) * os.sysconf("SC_PAGE_SIZE"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        call()
    finally:
        done.set()
        watcher.join()
    return most


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the limit is Linux' own")
def test_a_bomb_of_32_kilobytes_does_not_fill_the_memory(
    store: ModelStore, server: FaultServer
) -> None:
    served(zstd_bomb(8_000), decompressedSize=1_000_000)(server)

    def rejected() -> None:
        with pytest.raises(ModelError, match=r"alphas\.bin: rejected: "):
            fetch(server, store)

    assert 1_000_000 < most_memory(rejected) < 200_000_000


@pytest.mark.parametrize("hangs", ["pairs", "unpack", "load"])
def test_a_library_that_hangs_ends_with_the_time_for_all(
    store: ModelStore,
    server: FaultServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    hangs: str,
) -> None:
    worker = Path(fxprocess.__file__).with_name("fxworker.py").read_text(encoding="utf-8")
    slow = worker.replace(
        "    match what:", f"    if what == {hangs!r}: signal.pause()\n    match what:"
    )
    (tmp_path / "slow.py").write_text(slow, encoding="utf-8")
    monkeypatch.setattr(fxprocess, "_WORKER", tmp_path / "slow.py")
    with pytest.raises(ModelError, match=r"not done within 1 s|no answer within"):
        fetch(server, store, limits=Limits(silence=1, total=1))
    assert not store.root.exists()


# --- faults of the network ------------------------------------------------------------------------

NO_FAULT = "nothing is wrong with it"
AT_THE_RECORDS = {
    "429": "answered 429",
    "403": "answered 403",
    "500": "answered 500",
    "error page": NOT_A_LIST,
    "quota text": NOT_A_LIST,
    "notice": NOT_A_LIST,
    "reset": "no connection",
    "silence": "no answer within",
    "trickle": "not done within|no answer within",
    "cut off": "broke off",
    "cut json": NOT_A_LIST,
    "cp1252 as utf-8": NOT_A_LIST,
    "utf-8 as latin-1": NO_FAULT,  # JSON is UTF-8 whatever the header says
    "10 MB": NOT_A_LIST,
    "other order": NOT_A_LIST,
}
AT_THE_ATTACHMENTS = {
    **AT_THE_RECORDS,
    "error page": "more than 68 bytes",
    "quota text": "more than 68 bytes",
    "notice": "more than 68 bytes",
    "cut json": "not the file that was listed",
    "cp1252 as utf-8": NO_FAULT,  # bytes have no charset
    "10 MB": "more than [0-9,]+ bytes",
    "other order": "not the file that was listed|more than",
}
# Short where nothing else can end the call; what comes before has time enough on a busy machine.
SHORT = {
    "silence": Limits(silence=3.0, total=600.0),
    "trickle": Limits(silence=600.0, total=8.0),  # a byte in time, for ever
}


def test_every_fault_is_played() -> None:
    assert AT_THE_RECORDS.keys() == AT_THE_ATTACHMENTS.keys() == FAULTS.keys()


def ends_as_told(
    fault: str, reason: str, records: FaultServer, at: FaultServer, store: ModelStore
) -> None:
    limits = SHORT.get(fault, LIMITS)
    at.fault = fault
    if reason == NO_FAULT:
        fetch(records, store, limits=limits)
        store.load("firefox")
    else:
        with pytest.raises(ModelError, match=reason) as caught:
            fetch(records, store, limits=limits)
        assert at.url in str(caught.value)
        assert not store.root.exists()
    assert at.asked


@pytest.mark.parametrize(("fault", "reason"), AT_THE_RECORDS.items())
def test_a_fault_at_the_records_ends_in_time_and_leaves_no_model(
    store: ModelStore, server: FaultServer, fault: str, reason: str
) -> None:
    ends_as_told(fault, reason, server, server, store)


@pytest.mark.parametrize(("fault", "reason"), AT_THE_ATTACHMENTS.items())
def test_a_fault_at_the_attachments_ends_in_time_and_leaves_no_model(
    store: ModelStore, server: FaultServer, fault: str, reason: str
) -> None:
    with FaultServer(str) as attachments:
        publish(attachments, *all_records())
        base = {"capabilities": {"attachments": {"base_url": f"{attachments.url}/files"}}}
        server.pages["/v1/"] = json.dumps(base).encode()
        ends_as_told(fault, reason, server, attachments, store)


def test_a_trickle_ends_with_the_time_for_all(store: ModelStore, server: FaultServer) -> None:
    server.fault = "trickle"
    with pytest.raises(ModelError, match=r"not done within 0\.5 s"):
        fetch(server, store, limits=Limits(10, 0.5))


# --- secrets --------------------------------------------------------------------------------------


def test_secrets_of_the_address_are_neither_shown_nor_stored(
    store: ModelStore, server: FaultServer
) -> None:
    address = f"{server.url.replace('//', '//user:geheim@')}{RECORDS}?token=geheim"
    manifest = fetch_firefox(store, {RECORDS_VARIABLE: address}, limits=LIMITS)
    assert manifest.source == server.url + RECORDS
    stored = (store.folder("firefox") / "manifest.json").read_text(encoding="utf-8")
    assert "geheim" not in stored
    asked = [one for one in server.asked if one.path == RECORDS]
    assert asked[0].query == {"token": "geheim"}
    assert all("authorization" in one.headers for one in server.asked), "all are on that host"
    for fault in FAULTS:
        server.fault = fault
        with pytest.raises(ModelError) as caught:
            fetch_firefox(
                store, {RECORDS_VARIABLE: address.replace("records?", "?")}, limits=Limits(0.3, 0.6)
            )
        assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["no address", "file:///etc/passwd", "http://user:geheim@[::1/x", "http://:80/", "ftp://x/y"],
)
def test_what_is_no_web_address_is_rejected(store: ModelStore, address: str) -> None:
    with pytest.raises(ModelError, match="not a web address") as caught:
        fetch_firefox(store, {RECORDS_VARIABLE: address}, limits=LIMITS)
    assert "geheim" not in str(caught.value)


def test_hashes_are_of_the_real_thing() -> None:
    """The helper that makes the records does not define what a right hash is."""
    assert record("vocab")["decompressedHash"] == hashlib.sha256(FILES["vocab"][1]).hexdigest()
