"""Calls of online engines, against servers that never end, swell, mislead and listen."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.network import NetworkError
from dwiwarta.translate.engines.transport import (
    MAX_BYTES,
    Reply,
    ServiceCall,
    is_sendable,
    status_fault,
)

Play = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers each request as ``play`` says; ``asked`` holds the headers that came."""

    def __init__(self) -> None:
        self.play: Play = lambda handler: None
        self.asked: list[dict[str, str]] = []
        self.written = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append({name.lower(): value for name, value in self.headers.items()})
                try:
                    server.play(self)
                except OSError:
                    self.close_connection = True  # the client has given up, as it is meant to

            do_POST = do_GET  # noqa: N815 - the name that http.server looks for

            def log_message(self, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/"

    def write(self, handler: BaseHTTPRequestHandler, data: bytes) -> None:
        handler.wfile.write(data)
        self.written += len(data)


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    thread = threading.Thread(target=lambda: one.http.serve_forever(0.01), daemon=True)
    thread.start()
    yield one
    one.http.shutdown()
    one.http.server_close()
    thread.join()


def answer(body: bytes, status: int = 200, **headers: str) -> Play:
    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return play


def failure(call: Callable[[], object]) -> EngineError:
    with pytest.raises(EngineError) as caught:
        call()
    # A foreign exception may hold the key.
    assert isinstance(caught.value.__context__, NetworkError | None)
    assert getattr(caught.value.__context__, "__context__", None) is None
    return caught.value


def test_a_right_answer_comes_through(server: Server) -> None:
    server.play = answer("Été".encode("latin-1"), Content_Type="text/html; charset=iso-8859-1")
    reply = ServiceCall("x", 300).send("GET", server.url)
    assert (reply.status_code, reply.text) == (200, "Été")


def test_an_unknown_charset_is_read_as_utf_8() -> None:
    assert Reply(200, "é".encode(), "text/html; charset=klingon").text == "é"


def test_nested_json_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="nested"):
        Reply(200, b"[" * 100_000).json()


def test_a_packed_answer_is_unpacked(server: Server) -> None:
    server.play = answer(gzip.compress(b"boat"), Content_Encoding="gzip")
    assert ServiceCall("x", 300).send("GET", server.url).text == "boat"


def test_an_answer_without_end_is_given_up(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        while server.written < 100 * MAX_BYTES:
            server.write(handler, b"10000\r\n" + b"x" * 0x10000 + b"\r\n")

    server.play = endless
    error = failure(lambda: ServiceCall("x", 300).send("GET", server.url))
    assert (error.kind, error.reason) == (EngineFailure.INVALID, "an answer of more than 1 MB")
    assert server.written < 20 * MAX_BYTES, "what lies in the sockets' buffers, and no more"


def test_a_bomb_is_not_unpacked(server: Server) -> None:
    server.play = answer(gzip.compress(b"\0" * 200_000_000, 1), Content_Encoding="gzip")
    began = time.process_time()
    error = failure(lambda: ServiceCall("x", 300).send("GET", server.url))
    assert error.reason == "an answer of more than 1 MB"
    assert time.process_time() - began < 5


def test_broken_packing_is_told(server: Server) -> None:
    server.play = answer(b"not gzip at all", Content_Encoding="gzip")
    assert "broke off" in failure(lambda: ServiceCall("x", 300).send("GET", server.url)).reason


def test_a_trickle_ends_with_the_time_and_leaves_no_thread_behind(server: Server) -> None:
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:  # until the client closes the connection
            server.write(handler, b"x")
            time.sleep(0.05)

    server.play = trickle
    error = failure(lambda: ServiceCall("x", 0.4).send("GET", server.url))
    assert (error.kind, error.reason) == (EngineFailure.TRANSIENT, "no answer within 0.4 s")


def test_no_redirect_is_followed_and_nothing_secret_of_it_is_told(server: Server) -> None:
    server.play = answer(b"", 307, Location=f"{server.url}elsewhere?token=geheim")
    error = failure(
        lambda: ServiceCall("x", 300).send(
            "POST", server.url, json={}, headers={"Api-Key": "geheim"}
        )
    )
    assert error.kind is EngineFailure.UNAVAILABLE
    assert error.reason == "the server sends us to http://127.0.0.1 (307)"
    assert len(server.asked) == 1


@pytest.mark.parametrize("location", ["", "/other", "http://[bad"])
def test_any_redirect_has_a_reason(location: str) -> None:
    fault = status_fault(302, location)
    assert fault is not None
    assert "(302)" in fault[1]


def test_netrc_sends_no_password_of_another_service(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login u password p\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server.play = answer(b"{}")
    ServiceCall("x", 300).send("GET", server.url)
    ServiceCall("x", 300).send("GET", server.url, headers={"Authorization": "Bearer key"})
    assert [headers.get("authorization") for headers in server.asked] == [None, "Bearer key"]


def test_name_and_password_of_the_address_are_used(server: Server) -> None:
    server.play = answer(b"{}")
    ServiceCall("x", 300).send("GET", server.url.replace("//", "//user:word@"))
    assert server.asked[0]["authorization"] == "Basic dXNlcjp3b3Jk"


def test_a_proxy_that_does_not_work_is_not_taken_for_the_service(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    error = failure(lambda: ServiceCall("x", 300).send("GET", "http://news.example/"))
    assert "proxy" in error.reason


def test_odd_headers_are_not_printed_with_the_address(
    server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    def odd(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nNo colon here\r\nContent-Length: 2\r\n\r\n{}")

    server.play = odd
    ServiceCall("x", 300).send("GET", f"{server.url}?q=geheim")
    assert "geheim" not in "".join(capfd.readouterr())


def test_what_a_service_says_goes_before_the_status(server: Server) -> None:
    server.play = answer(b"over", 500)

    def explain(reply: Reply) -> tuple[EngineFailure, str] | None:
        return (EngineFailure.QUOTA, "it is over") if reply.text == "over" else None

    error = failure(lambda: ServiceCall("x", 300, explain).send("GET", server.url))
    assert (error.kind, error.reason) == (EngineFailure.QUOTA, "it is over")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, None),
        (204, EngineFailure.TRANSIENT),
        (400, EngineFailure.INVALID),
        (401, EngineFailure.UNAVAILABLE),
        (402, EngineFailure.QUOTA),
        (403, EngineFailure.QUOTA),
        (404, EngineFailure.UNAVAILABLE),
        (408, EngineFailure.TRANSIENT),
        (413, EngineFailure.UNSUPPORTED),
        (418, EngineFailure.INVALID),
        (422, EngineFailure.UNSUPPORTED),
        (429, EngineFailure.QUOTA),
        (456, EngineFailure.QUOTA),
        (500, EngineFailure.TRANSIENT),
        (501, EngineFailure.UNAVAILABLE),
        (503, EngineFailure.TRANSIENT),
        (999, EngineFailure.TRANSIENT),
    ],
)
def test_what_a_status_means(status: int, kind: EngineFailure | None) -> None:
    fault = status_fault(status)
    assert (fault and fault[0]) is kind
    assert fault is None or str(status) in fault[1]


@pytest.mark.parametrize(
    ("key", "sendable"),
    [("abc:fx", True), ("", True), ("a b", False), ("a\nb", False), ("é", False)],
)
def test_a_key_that_no_header_takes_is_found_before_it_is_sent(key: str, sendable: bool) -> None:
    assert is_sendable(key) is sendable


@pytest.mark.parametrize("size", [0, 2 * MAX_BYTES])
def test_a_status_counts_even_where_its_page_breaks_off_or_is_too_long(
    server: Server, size: int
) -> None:
    def broken(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(429)
        handler.send_header("Content-Length", str(size or 1000))
        handler.end_headers()
        handler.wfile.write(b"x" * size)

    server.play = broken
    error = failure(lambda: ServiceCall("x", 300).send("GET", server.url))
    assert (error.kind, error.reason) == (EngineFailure.QUOTA, "too many requests (429)")
