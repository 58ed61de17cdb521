"""The one way to the network: what goes out, what comes in, and that there is no other."""

import ast
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import dwiwarta
from dwiwarta.network import NetworkError, NetworkFailure, ask
from faultserver import FaultServer

PACKAGE = Path(dwiwarta.__file__).parent

# What can open a connection to another machine.
CLIENTS = {"requests", "urllib3", "urllib.request", "http.client", "httpx", "aiohttp", "ftplib"}
# deep_clients puts our client in the place of "requests" and hands on no more than its exceptions.
USERS = {"network.py", "translate/engines/deep_clients.py"}


def failure(call: Callable[[], object]) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        call()
    assert caught.value.__context__ is None, "a foreign exception may hold the key"
    return caught.value


def body(url: str, seconds: float = 60, most: int = 1_000, end: float = float("inf")) -> bytes:
    with ask("GET", url, seconds=seconds) as response:
        return response.body(most, end)


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_there_is_no_other_way() -> None:
    using = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(name in CLIENTS or name.split(".")[0] in CLIENTS for name in imported(path))
    }
    assert using == USERS


def test_the_library_gets_no_more_than_exceptions() -> None:
    path = PACKAGE / "translate/engines/deep_clients.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "requests"
    }
    assert used == {"exceptions"}


def test_a_body_and_its_headers_come_through() -> None:
    with FaultServer(str) as server:
        server.pages = {"/a": b"here"}
        told: list[int] = []
        with ask("GET", f"{server.url}/a", seconds=60) as response:
            assert (response.status, response.header("content-type")) == (200, "application/zstd")
            assert response.header("x-none") == ""
            assert response.body(4, advance=told.append) == b"here"
        assert told[-1] == 4


@pytest.mark.parametrize("url", ["", "a.id", "ftp://127.0.0.1/", "http://[bad/", "file:///etc/a"])
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    assert failure(lambda: body(url)).kind is NetworkFailure.ADDRESS


def test_a_login_is_sent_when_it_is_given_and_not_for_standing_in_the_address() -> None:
    with FaultServer(str) as server:
        server.pages = {"/a": b"here"}
        url = server.url.replace("//", "//nama:geheim@") + "/a#geheim"
        body(url)
        with ask("GET", url, seconds=60, login=("Zoë", "ключ")):
            pass
        first, second = server.asked
        assert "authorization" not in first.headers
        assert "geheim" not in str(first)
        assert second.headers["authorization"] == "Basic Wm/DqzrQutC70Y7Rhw=="


@pytest.mark.parametrize("location", ["/b", "http://[bad/", "file:///etc/passwd", "//:80/"])
def test_a_redirect_is_an_answer_like_any_other(location: str) -> None:
    with FaultServer(str) as server:
        server.pages = {"/a": location, "/b": b"not asked for"}
        with ask("GET", f"{server.url}/a", seconds=60) as response:
            assert (response.status, response.header("Location")) == (302, location)
        assert [asked.path for asked in server.asked] == ["/a"]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("reset", NetworkFailure.NO_CONNECTION),
        ("silence", NetworkFailure.TOO_LATE),
        ("cut off", NetworkFailure.BROKE_OFF),
        ("10 MB", NetworkFailure.TOO_MUCH),
    ],
)
def test_every_fault_has_a_name(fault: str, kind: NetworkFailure) -> None:
    with FaultServer(str) as server:
        server.pages = {"/a": b"the river and the bridge"}
        server.fault = fault
        assert failure(lambda: body(f"{server.url}/a", seconds=0.5)).kind is kind


def test_a_body_ends_with_its_time() -> None:
    with FaultServer(str) as server:
        server.pages = {"/a": b"here"}
        error = failure(lambda: body(f"{server.url}/a", end=time.monotonic() - 1))
        assert error.kind is NetworkFailure.TOO_LATE


def test_nobody_is_there() -> None:
    with FaultServer(str) as server:
        url = server.url
    assert failure(lambda: body(f"{url}/a")).kind is NetworkFailure.NO_CONNECTION


def test_what_is_not_known_is_named_by_its_type() -> None:
    assert str(NetworkError(NetworkFailure.OTHER, "OddError")) == "the request failed (OddError)"
