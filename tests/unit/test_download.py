"""Downloads follow a server where it may send them, and take no password there."""

import base64
from pathlib import Path

import pytest

from dwiwarta.translate.models.download import Client, Limits, onward
from dwiwarta.translate.models.files import ModelError
from faultserver import FaultServer

LIMITS = Limits(silence=60.0, total=600.0)  # nothing here is to end by it


def get(url: str, home: str = "") -> bytes:
    return Client(home or url, LIMITS).get(url, 1_000)


def with_login(url: str) -> str:
    return url.replace("//", "//us%40er:gehe%2Fim@")


LOGIN = "Basic " + base64.b64encode(b"us@er:gehe/im").decode()


def test_a_redirect_is_followed() -> None:
    with FaultServer(str) as one, FaultServer(str) as two:
        one.pages = {"/a": "/b", "/b": f"{two.url}/c"}
        two.pages = {"/c": b"here"}
        assert get(f"{one.url}/a") == b"here"


def test_redirects_in_a_circle_end() -> None:
    with FaultServer(str) as server:
        server.pages = {"/a": "/a"}
        with pytest.raises(ModelError, match="sent on more than 5 times"):
            get(f"{server.url}/a")
        assert len(server.asked) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://[bad/", "data:,x", "//:80/"]
)
def test_a_redirect_leads_to_the_web_or_nowhere(target: str) -> None:
    with FaultServer(str) as server:
        server.pages = {"/a": target}
        with pytest.raises(ModelError, match="sent on to what is no web address"):
            get(f"{server.url}/a")


def test_the_login_stays_on_its_host() -> None:
    with FaultServer(str) as home, FaultServer(str) as other:
        home.pages = {"/a": "/b", "/b": f"{other.url}/c"}
        other.pages = {"/c": f"{home.url}/d"}
        home.pages["/d"] = b"here"
        assert get(with_login(f"{home.url}/a")) == b"here"
        assert [asked.headers.get("authorization") for asked in home.asked] == [LOGIN] * 3
        assert [asked.headers.get("authorization") for asked in other.asked] == [None]


def test_a_login_in_a_servers_own_address_is_not_used() -> None:
    with FaultServer(str) as home, FaultServer(str) as other:
        home.pages = {"/a": with_login(f"{other.url}/c")}
        other.pages = {"/c": b"here"}
        assert get(f"{home.url}/a") == b"here"
        assert "authorization" not in other.asked[0].headers


def test_the_login_is_for_all_files_on_its_host() -> None:
    with FaultServer(str) as home:
        home.pages = {"/a": b"here"}
        get(f"{home.url}/a", with_login(home.url))
        assert home.asked[0].headers["authorization"] == LOGIN


def test_passwords_of_other_programs_are_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password geheim\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with FaultServer(str) as one, FaultServer(str) as two:
        one.pages = {"/a": f"{two.url}/b"}
        two.pages = {"/b": b"here"}
        get(f"{one.url}/a")
        get(with_login(f"{one.url}/a"))
        sent = [asked.headers.get("authorization") for asked in (*one.asked, *two.asked)]
    assert sent == [None, LOGIN, None, None]


def test_no_step_back_from_encryption() -> None:
    assert onward("https://a.id/b", "c") == "https://a.id/c"
    assert onward("http://a.id/b", "https://b.id/c") == "https://b.id/c"
    with pytest.raises(
        ModelError, match=r"https://a\.id/b: sent on to an address without encryption"
    ):
        onward("https://user:geheim@a.id/b?geheim", "http://a.id/b")


def test_too_much_is_not_read() -> None:
    with FaultServer(str) as server:
        server.pages = {"/a": b"x" * 1_001, "/b": b"x" * 1_000}
        with pytest.raises(ModelError, match="more than 1,000 bytes"):
            get(f"{server.url}/a")
        assert len(get(f"{server.url}/b")) == 1_000
