"""deep-translator's engines, through its real clients, against a server on this machine."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.translate.engines.base import Request
from dwiwarta.translate.engines.deep import DEEP_ENGINES, DeepEngine, make_deep_engine

SOURCE = "Presiden bertemu para menteri di Jakarta."
ENGLISH = "The president met the ministers in Jakarta."
KEY = "geheim-4711"
Reply = tuple[int, str]


class Service:
    """Answers every request with ``reply`` and keeps what was asked."""

    def __init__(self) -> None:
        self.reply: Callable[[str], Reply] = lambda _: (200, "")
        self.asked: list[dict[str, str]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                fields = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                form = "form" in self.headers.get("Content-Type", "")
                fields |= {k: v[0] for k, v in parse_qs(body.decode()).items() if form}
                fields |= {"path": urlsplit(self.path).path, "body": body.decode()}
                fields |= {"query": urlsplit(self.path).query}
                fields |= {name.lower(): value for name, value in self.headers.items()}
                service.asked.append(fields)
                status, text = service.reply(fields.get("q", ""))
                data = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                with contextlib.suppress(ConnectionError):  # who asked hung up: it was too long
                    self.wfile.write(data)

            do_POST = do_GET  # noqa: N815 - the name that http.server looks for

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def service() -> Iterator[Service]:
    one = Service()
    thread = threading.Thread(target=lambda: one.server.serve_forever(0.01), daemon=True)
    thread.start()
    yield one
    one.server.shutdown()
    one.server.server_close()
    thread.join()


def engine(name: str, service: Service) -> DeepEngine:
    path = {"google": "/m", "mymemory": "/get", "microsoft": "/translate?api-version=3.0"}
    return make_deep_engine(
        name,
        {
            f"DWIWARTA_{name.upper()}_URL": service.url + path.get(name, ""),
            "DEEPL_API_KEY": KEY,
            "LIBRE_API_KEY": KEY,
            "MICROSOFT_API_KEY": KEY,
        },
    )


def google_page(text: str) -> str:
    return f'<html><body><div class="result-container">{text}</div></body></html>'


def good(name: str, text: str = ENGLISH) -> str:
    """A right answer in the service's own form."""
    forms: dict[str, object] = {
        "mymemory": {"responseData": {"translatedText": text}, "matches": []},
        "libre": {"translatedText": text},
        "deepl": {"translations": [{"text": text}]},
        "microsoft": [{"translations": [{"text": text, "to": "en"}]}],
    }
    return google_page(text) if name == "google" else json.dumps(forms[name])


def ask(one: DeepEngine, text: str = SOURCE) -> str:
    [answer] = one.translate(Request((text,)))
    assert isinstance(answer, str)
    return answer


def failure(one: DeepEngine, text: str = SOURCE) -> EngineError:
    with pytest.raises(EngineError) as caught:
        one.translate(Request((text,)))
    error: BaseException | None = caught.value
    assert str(error).startswith(f"{one.capabilities.name}: ")
    # The key must not travel in the message, nor in any exception behind it.
    while error is not None:
        assert KEY not in repr(error.args)
        error = error.__cause__ or error.__context__
    return caught.value


@pytest.mark.parametrize("name", DEEP_ENGINES)
def test_right_answer(name: str, service: Service) -> None:
    service.reply = lambda _: (200, good(name))
    one = engine(name, service)
    assert one.version() == name
    assert ask(one) == ENGLISH
    assert len(service.asked) == 1  # the languages are not asked of the service every time
    sent = service.asked[0]
    assert SOURCE in (sent.get("q"), sent.get("text")) or SOURCE in sent["body"]


def test_what_each_service_is_told(service: Service) -> None:
    wanted: dict[str, dict[str, str]] = {
        "google": {"path": "/m", "sl": "id", "tl": "en"},
        "mymemory": {"path": "/get", "langpair": "id-ID|en-GB"},
        "libre": {"path": "/translate", "source": "id", "target": "en", "api_key": KEY},
        "deepl": {"path": "/translate", "authorization": f"DeepL-Auth-Key {KEY}"},
        "microsoft": {"path": "/translate", "from": "id", "to": "en", "api-version": "3.0"},
    }
    for name, fields in wanted.items():
        service.reply = lambda _, name=name: (200, good(name))  # type: ignore[misc]
        ask(engine(name, service))
        assert fields.items() <= service.asked[-1].items()
        assert KEY not in service.asked[-1]["query"], "an address is written into logs"
    service.reply = lambda _: (200, good("deepl"))
    ask(engine("deepl", service))
    assert json.loads(service.asked[-1]["body"]) == {
        "text": [SOURCE], "source_lang": "ID", "target_lang": "EN-GB"
    }  # fmt: skip


QUOTA, PASSING, BAD, UNSET, UNFIT = (
    EngineFailure.QUOTA,
    EngineFailure.TRANSIENT,
    EngineFailure.INVALID,
    EngineFailure.UNAVAILABLE,
    EngineFailure.UNSUPPORTED,
)
MS_ERROR = '{"error": {"code": %s, "message": "no"}}'


@pytest.mark.parametrize(
    ("name", "status", "body", "kind", "reason"),
    [
        ("google", 429, "", QUOTA, "429"),
        ("google", 403, "", QUOTA, "403"),
        ("google", 302, "", UNSET, "sends us to"),
        ("google", 500, "Error 500 (Server Error)!!1", PASSING, "500"),
        (
            "google",
            200,
            "<html>Error 500</html>",
            PASSING,
            "without a translation",
        ),
        ("google", 200, google_page(""), BAD, "empty"),
        ("google", 200, google_page("  "), BAD, "empty"),
        ("mymemory", 429, "", QUOTA, "429"),
        ("mymemory", 200, "<html>", PASSING, "broken"),
        ("mymemory", 200, good("mymemory")[:40], PASSING, "broken"),
        ("mymemory", 200, "null", PASSING, "not what the service documents"),
        ("mymemory", 200, '{"responseData": null}', PASSING, "not what the service documents"),
        (
            "mymemory",
            200,
            json.dumps(
                {
                    "responseData": {"translatedText": ""},
                    "responseStatus": 200,
                    "matches": [{"translation": "What a stranger once wrote."}],
                }
            ),
            BAD,
            "empty",
        ),
        (
            "mymemory",
            200,
            json.dumps(
                {
                    "responseData": {"translatedText": ENGLISH},
                    "responseStatus": "429",
                    "quotaFinished": True,
                }
            ),
            QUOTA,
            "quota",
        ),
        ("mymemory", 403, "", QUOTA, "403"),
        (
            "mymemory",
            200,
            good(
                "mymemory", "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY"
            ),
            QUOTA,
            "quota",
        ),
        ("mymemory", 200, good("mymemory", "QUERY LENGTH LIMIT EXCEEDED. MAX 500"), BAD, "error"),
        ("libre", 403, "", QUOTA, "403"),
        ("libre", 429, "", QUOTA, "429"),
        ("libre", 500, "", PASSING, "500"),
        ("libre", 502, "", PASSING, "server error"),
        ("libre", 400, '{"error": "Visit the portal to get an API key"}', UNSET, "LIBRE_API_KEY"),
        ("libre", 403, '{"error": "Invalid API key"}', UNSET, "LIBRE_API_KEY"),
        ("libre", 200, '{"translatedText": "' + chr(0xE9).join("ab"), PASSING, "broken"),
        ("libre", 200, "{}", PASSING, "without a translation"),
        ("libre", 200, '{"error": "x"}', PASSING, "not what the service documents"),
        ("libre", 200, '{"translatedText": 5}', BAD, "type int"),
        ("libre", 200, '{"translatedText": null}', BAD, "no translation"),
        ("libre", 200, "[]", PASSING, ""),
        ("deepl", 403, "", UNSET, "key was not accepted"),
        ("deepl", 456, "", QUOTA, "quota"),
        ("deepl", 413, "", UNFIT, "too long"),
        ("deepl", 200, '{"translations": []}', PASSING, "not what the service documents"),
        ("microsoft", 401, MS_ERROR % 401000, UNSET, "key was not accepted"),
        ("microsoft", 403, MS_ERROR % 403001, QUOTA, "refused"),
        ("microsoft", 429, MS_ERROR % 429000, QUOTA, "429"),
        ("microsoft", 400, MS_ERROR % 400077, BAD, "not accepted"),
        ("microsoft", 500, MS_ERROR % 500000, PASSING, "error"),
        ("microsoft", 200, "7", BAD, "no translation"),
        ("microsoft", 429, "<html>busy</html>", QUOTA, "429"),
        ("microsoft", 502, "<html>", PASSING, "502"),
        ("microsoft", 200, "<html>", PASSING, "broken"),
        ("microsoft", 200, MS_ERROR % 400077, PASSING, "reported an error"),
    ],
)
def test_trouble_has_a_kind_and_a_reason(
    name: str, status: int, body: str, kind: EngineFailure, reason: str, service: Service
) -> None:
    service.reply = lambda _: (status, body)
    error = failure(engine(name, service))
    assert error.kind is kind
    assert reason in error.reason


def test_closed_port_is_no_connection() -> None:
    with socket.socket() as closed:  # held, so that nobody else listens there
        closed.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        for name in DEEP_ENGINES:
            keys = {"DEEPL_API_KEY": KEY, "MICROSOFT_API_KEY": KEY}
            one = make_deep_engine(name, {f"DWIWARTA_{name.upper()}_URL": dead, **keys})
            error = failure(one)
            assert (error.kind, error.reason) == (PASSING, "no connection")


def test_text_that_google_only_echoes_is_no_translation(service: Service) -> None:
    service.reply = lambda q: (200, google_page(q))
    assert failure(engine("google", service), "!!! ...").kind is BAD  # the library says None


def test_entities_are_decoded_both_ways(service: Service) -> None:
    service.reply = lambda q: (200, google_page("Tom &amp;amp; Jerry&amp;#39;s Q&amp;A"))
    assert ask(engine("google", service), "Tom &amp; Jerry &#39;Q&parade") == "Tom & Jerry's Q&A"
    assert service.asked[0]["q"] == "Tom & Jerry 'Q&parade"


@pytest.mark.parametrize("text", ["The import quota exceeded 5 tons.", "A rate limit for trucks."])
def test_news_about_quotas_is_no_quota_message(text: str, service: Service) -> None:
    service.reply = lambda _: (200, good("libre", text))
    assert ask(engine("libre", service)) == text


@pytest.mark.parametrize("text", ["Too many requests", "Error: quota exceeded."])
def test_bare_quota_message_is_one(text: str, service: Service) -> None:
    service.reply = lambda _: (200, good("libre", text))
    assert failure(engine("libre", service)).kind is QUOTA


def test_ten_megabytes_are_no_translation(service: Service) -> None:
    service.reply = lambda _: (200, good("libre", "word " * 2_000_000))
    error = failure(engine("libre", service))
    assert error.kind is BAD
    assert "more than 1 MB" in error.reason


@pytest.mark.parametrize(
    ("name", "needs"),
    [("libre", "DWIWARTA_LIBRE_URL"), ("deepl", "DEEPL_API_KEY"),
     ("microsoft", "MICROSOFT_API_KEY")],
)  # fmt: skip
def test_engine_without_its_setting_says_what_to_set(name: str, needs: str) -> None:
    one = make_deep_engine(name, {})
    with pytest.raises(EngineError, match=needs) as caught:
        one.version()
    assert caught.value.kind is UNSET


def test_keyless_server_needs_no_key(service: Service) -> None:
    service.reply = lambda _: (200, good("libre"))
    one = make_deep_engine("libre", {"DWIWARTA_LIBRE_URL": service.url})
    assert ask(one) == ENGLISH
    assert "api_key" not in service.asked[0], "a server of open access refuses a wrong key"


def test_the_key_never_comes_back_as_a_translation(service: Service) -> None:
    service.reply = lambda _: (200, good("libre", f'<a href="/translate?api_key={KEY}">more</a>'))
    error = failure(engine("libre", service))
    assert (error.kind, error.reason) == (BAD, "the key stands in the answer")


def test_mymemory_counts_bytes(service: Service) -> None:
    service.reply = lambda _: (200, good("mymemory"))
    long = "“Ya” — " * 45
    assert len(long) <= engine("mymemory", service).capabilities.max_chars < len(long.encode())
    assert failure(engine("mymemory", service), long).kind is UNFIT
    assert service.asked == []


@pytest.mark.parametrize("name", ["libre", "deepl", "microsoft"])
def test_a_key_that_cannot_be_sent_is_named_before_it_is(name: str) -> None:
    variable = f"{name.upper()}_API_KEY"
    one = make_deep_engine(name, {"DWIWARTA_LIBRE_URL": "http://a.example", variable: "two words"})
    with pytest.raises(EngineError, match=f"{variable} holds no valid key") as caught:
        one.version()
    assert caught.value.kind is UNSET


def test_key_is_not_shown_by_the_engine_itself() -> None:
    one = make_deep_engine("deepl", {"DEEPL_API_KEY": KEY})
    assert KEY not in repr(one) + str(one)


def test_unknown_service() -> None:
    with pytest.raises(KeyError):
        make_deep_engine("babelfish", {})


def test_librestranslates_address_may_end_in_its_last_part(service: Service) -> None:
    service.reply = lambda _: (200, good("libre"))
    for url in (service.url, f"{service.url}/", f"{service.url}/translate/"):
        assert ask(make_deep_engine("libre", {"DWIWARTA_LIBRE_URL": url})) == ENGLISH
        assert service.asked[-1]["path"] == "/translate"


def test_an_address_at_which_nothing_is_names_its_setting(service: Service) -> None:
    service.reply = lambda _: (404, "")
    error = failure(engine("google", service))
    assert (error.kind, error.reason) == (
        UNSET,
        "not found on the server (404): check DWIWARTA_GOOGLE_URL",
    )
