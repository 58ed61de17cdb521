"""A server on this machine that plays every online engine, and fails in every way we know.

It works on bare sockets, so that a fault is what a client really meets: a reset connection, a
trickle of bytes, a body that breaks off. ``FaultServer(translate)`` answers right; ``fault`` names
what it does instead:

    with FaultServer(str.upper) as server:
        server.fault = "reset"
        make_deep_engine("google", server.environment("google"))
"""

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

ENGINES = ("google", "mymemory", "libre", "deepl", "microsoft", "llm")

# What each fault is, for the reader of a test's name.
FAULTS: Mapping[str, str] = {
    "429": "too many requests",
    "403": "forbidden",
    "500": "internal server error",
    "error page": "an HTML error page with status 200",
    "quota text": "a quota notice where the translation should be",
    "notice": "the same sentence in good English for everything",
    "reset": "the connection is reset instead of an answer",
    "silence": "the request is read and nothing comes",
    "trickle": "one byte a second",
    "cut off": "the body breaks off in the middle",
    "cut json": "a complete body, but its JSON or HTML breaks off",
    "cp1252 as utf-8": "the text is in another charset than the header says",
    "utf-8 as latin-1": "and the other way round",
    "10 MB": "ten megabytes of text",
    "other order": "right answers, each to another question",
}

_ERROR_PAGE = (
    "<!DOCTYPE html><html lang=en><title>Error 500 (Server Error)!!1</title>"
    "<p><b>500.</b> <ins>That’s an error.</ins><p>There was an error. Please try again later."
    " <ins>That’s all we know.</ins></html>"
)
_NOTICE = "The service is resting this evening."
_QUOTA_TEXT = "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY."


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


@dataclass
class FaultServer:
    """The server. ``translate`` gives the right English; ``asked`` keeps the requests."""

    translate: Callable[[str], str]
    fault: str = ""
    asked: list[Asked] = field(default_factory=list)
    # Plain files by path, no engines then: their bytes, or the address to be sent on to.
    pages: dict[str, bytes | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._last_answer: dict[str, str] = {}
        self._crash: Exception | None = None

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def environment(self, engine: str) -> dict[str, str]:
        """What the environment must hold for an engine of deep-translator to come here."""
        paths = {"google": "/m", "mymemory": "/get", "microsoft": "/translate?api-version=3.0"}
        return {
            f"DWIWARTA_{engine.upper()}_URL": self.url + paths.get(engine, f"/{engine}"),
            "LIBRE_API_KEY": "secret-1",
            "DEEPL_API_KEY": "secret-2",
            "MICROSOFT_API_KEY": "secret-3",
        }

    def __enter__(self) -> Self:
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        # Closing alone leaves the thread in accept(), and the port to answer for a later server's.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join(10)
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        if self._crash is not None:
            # To the client this looked like a lost connection: no test may take it for a fault.
            raise AssertionError("the fault server itself broke down") from self._crash

    # --- connections ----------------------------------------------------------------------------

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with contextlib.suppress(OSError), connection:
                # A client that has given up raises OSError: that is what it is meant to do.
                self._serve_one(connection)
        finally:
            with self._lock:
                self._open.discard(connection)

    def _serve_one(self, connection: socket.socket) -> None:
        try:
            asked = _read(connection)
            if asked is not None:
                self.asked.append(asked)
                self._answer(connection, asked)
        except OSError:
            raise
        except Exception as crash:
            # Noted before the connection closes, as the client goes on then.
            self._crash = crash

    def _answer(self, connection: socket.socket, asked: Asked) -> None:
        fault = self.fault
        if fault == "reset":
            # Lingering for no time at all makes close() send a reset.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif fault == "silence":
            self._stopped.wait()
        elif fault == "trickle":
            for byte in self._right(asked):
                connection.sendall(bytes([byte]))
                if self._stopped.wait(1):
                    return
        elif fault == "cut off":
            connection.sendall(self._right(asked)[:-10])
        elif fault.isdecimal():
            # Microsoft's documented form: the status in thousands.
            error = {"error": {"code": int(fault) * 1000, "message": "no"}}
            connection.sendall(_message(int(fault), json.dumps(error).encode()))
        else:
            connection.sendall(self._message(asked))

    def _right(self, asked: Asked) -> bytes:
        """What a server without faults sends."""
        if self.pages:
            page = self.pages.get(asked.path)
            if page is None:
                return _message(404, b"")
            if isinstance(page, str):
                return _message(302, b"", f"text/plain\r\nLocation: {page}")
            return _message(200, page, "application/zstd")
        return _message(200, self._body(asked).encode())

    def _message(self, asked: Asked) -> bytes:
        """An answer with status 200 that may be wrong all the same."""
        if self.pages:
            page = self.pages.get(asked.path)
            right = not self.fault or not isinstance(page, bytes)
            return self._right(asked) if right else self._wrong_page(asked.path, page)
        match self.fault:
            case "error page":
                return _message(200, _ERROR_PAGE.encode())
            case "cut json":
                whole = self._body(asked)
                return _message(200, whole[: len(whole) // 2].encode())
            case "cp1252 as utf-8":
                data = self._body(asked).encode("cp1252")
                return _message(200, data, "text/html; charset=utf-8")
            case "utf-8 as latin-1":
                return _message(200, self._body(asked).encode(), "text/html; charset=iso-8859-1")
            case _:
                return self._right(asked)

    def _wrong_page(self, path: str, page: bytes) -> bytes:
        """The same faults for plain files."""
        match self.fault:
            case "error page":
                return _message(200, _ERROR_PAGE.encode())
            case "quota text" | "notice":
                return _message(200, _QUOTA_TEXT.encode())
            case "cut json":
                return _message(200, page[: len(page) // 2], "application/octet-stream")
            case "cp1252 as utf-8":
                with contextlib.suppress(UnicodeDecodeError):  # bytes that are no text stay
                    page = page.decode().encode("cp1252")
                return _message(200, page, "text/plain; charset=utf-8")
            case "utf-8 as latin-1":
                return _message(200, page, "text/plain; charset=iso-8859-1")
            case "10 MB":
                return _message(200, b"the river and the bridge " * 400_000)
            case "other order":
                pages = [name for name, other in self.pages.items() if isinstance(other, bytes)]
                other = self.pages[pages[pages.index(path) - 1]]
                assert isinstance(other, bytes)
                return _message(200, other, "application/zstd")
            case _:
                raise ValueError(f"no fault {self.fault!r}")

    # --- the engines' own forms -----------------------------------------------------------------

    def _body(self, asked: Asked) -> str:
        if asked.path.endswith("/chat/completions"):
            return self._llm(asked)
        if asked.path.startswith("/translate"):
            return self._in_form("microsoft", json.loads(asked.body)[0]["text"])
        engine = {"/m": "google", "/get": "mymemory"}.get(asked.path) or asked.path.split("/")[1]
        if engine == "deepl":
            return self._in_form(engine, json.loads(asked.body)["text"][0])
        fields = _fields(asked.body.decode()) if engine == "libre" else asked.query
        return self._in_form(engine, fields["q"])

    def _in_form(self, engine: str, source: str) -> str:
        text = self._text(engine, source)
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        forms: dict[str, object] = {
            "mymemory": {"responseData": {"translatedText": text}, "matches": []},
            "libre": {"translatedText": text},
            "deepl": {"translations": [{"text": text}]},
            "microsoft": [{"translations": [{"text": text, "to": "en"}]}],
        }
        if engine == "google":
            return f'<html><body><div class="result-container">{escaped}</div></body></html>'
        return json.dumps(forms[engine], ensure_ascii=False)

    def _llm(self, asked: Asked) -> str:
        question = json.loads(json.loads(asked.body)["messages"][-1]["content"])
        paragraphs: dict[str, str] = question["paragraphs"]
        answers = {number: self._text("llm", text) for number, text in paragraphs.items()}
        if self.fault == "other order" and len(answers) > 1:
            moved = [*answers.values()]
            answers = dict(zip(answers, moved[1:] + moved[:1], strict=True))
        content = json.dumps(answers, ensure_ascii=False)
        message = {"role": "assistant", "content": content}
        return json.dumps(
            {"choices": [{"message": message, "finish_reason": "stop"}]}, ensure_ascii=False
        )

    def _text(self, engine: str, source: str) -> str:
        right = self.translate(source)
        if self.fault == "quota text":
            return _QUOTA_TEXT
        if self.fault == "notice":
            return _NOTICE
        if self.fault == "10 MB":
            return "the river and the bridge " * 400_000
        if self.fault == "other order" and engine != "llm":
            before = self._last_answer.get(engine, "The harbour was quiet in the evening.")
            self._last_answer[engine] = right
            return before
        return right


def _read(connection: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65_536)
        if not chunk:
            return None
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines)
    }
    length = int(headers.get("content-length") or 0)
    while len(body) < length:
        chunk = connection.recv(65_536)
        if not chunk:
            return None
        body += chunk
    parts = urlsplit(target)
    return Asked(method, parts.path, headers, _fields(parts.query), body)


def _fields(text: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(text).items()}


def _message(status: int, body: bytes, kind: str = "text/html; charset=utf-8") -> bytes:
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode() + body
