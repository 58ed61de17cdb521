"""Addresses: found whole in a text, judged in one place, and shown without their secrets."""

import re
from pathlib import Path

import pytest

from dwiwarta import addresses
from dwiwarta.addresses import (
    MAX_URL_CHARS,
    address_spans,
    host_of,
    is_secure_host,
    joined,
    login_of,
    origin_of,
    path_of,
    safe_url,
    shown_address,
    web_address,
    web_parts,
)
from entries import cases, check_each

LINKS = Path(__file__).parents[1] / "cases" / "source_links.yml"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lihat https://contoh.id/a,B.C?d=1 hari ini.", ["https://contoh.id/a,B.C?d=1"]),
        ("Lihat www.contoh.id/A.B (peta).", ["www.contoh.id/A.B"]),
        ("Lihat contoh.id/A.B saja.", ["contoh.id/A.B"]),
        ("Tulis ke Budi.S@contoh.co.id.Warga menunggu.", ["Budi.S@contoh.co.id"]),
        ("Berkas A.B.pdf dan x.PNG ada.", ["A.B.pdf", "x.PNG"]),
        ("Mereka pulang.Warga senang. PNG menang.", []),
        ("Kompas.com/Budi menulis 1.500/tahun.", []),
        ("", []),
    ],
)
def test_what_is_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in address_spans(text)] == found


@pytest.mark.cpu_seconds(20)
@pytest.mark.parametrize("piece", ["a.", "a-", "a@", "www.", "a.b-", "pdf.", "id/", ".", "a.com"])
def test_hostile_text_ends_soon(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(start < end for start, end in address_spans(text))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://contoh.id/a/b.json", "https://contoh.id/a/b.json"),
        ("https://orang:geheim@contoh.id:8443/a?token=geheim#geheim", "https://contoh.id:8443/a"),
        ("http://orang:geheim@[::1]/a", "http://[::1]/a"),
        ("http://orang:geheim@[::1/a", "http://…"),
        ("http://orang:ge/heim@contoh.id/a", "http://…"),
        ("http://orang:ge#heim@contoh.id/a", "http://…"),
        ("orang:geheim@contoh.id/a?geheim", "contoh.id/a"),
        ("alamat", "alamat"),
        ("", ""),
    ],
)
def test_nothing_secret_is_shown(url: str, shown: str) -> None:
    assert shown_address(url) == shown


def test_only_addresses_that_do_no_harm_become_links() -> None:
    def check(case: dict[str, str | None]) -> None:
        assert safe_url(case["url"]) == case["link"]
        assert web_address(case["url"]) == case["link"]

    check_each(cases(LINKS), check)


def test_an_endless_address_is_no_link() -> None:
    assert safe_url("https://kabar.example/" + "a" * MAX_URL_CHARS) is None
    assert web_address("https://kabar.example/" + "a" * MAX_URL_CHARS) is not None, "it is read"
    assert safe_url(None) is None


@pytest.mark.parametrize(
    "url",
    ["", "http://", "ftp://a.id/", "a.id/b", "http://[bad/", "http://a.id:0/", "http://a.id:x/",
     "http://a.id:99999/", "//a.id/"],
)  # fmt: skip
def test_what_is_no_web_address_has_no_parts(url: str) -> None:
    assert web_parts(url) is None
    assert (host_of(url), path_of(url)) == ("", "")


def test_parts_of_a_web_address() -> None:
    url = "https://us%40er:gehe%2Fim@Kabar.Example/a/b?c"
    parts = web_parts(url)
    assert parts is not None
    assert login_of(parts) == ("us@er", "gehe/im")
    assert origin_of(parts) == ("https", "kabar.example", 443)
    assert (host_of(url), path_of(url)) == ("kabar.example", "/a/b")
    assert web_address(url) is None, "a name before the host may look like a host"


def test_joined_addresses() -> None:
    assert joined("https://a.id/b/c", "../d") == "https://a.id/d"
    assert joined("https://a.id/b", "http://[bad") == "http://[bad"


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://stats.example", True),
        ("https://stats.example:8443", True),
        ("http://stats.example", False),
        ("https://stats.example/", False),
        ("https://stats.example; script-src *", False),
        ("https://stats.example\n", False),
        ("'unsafe-inline'", False),
    ],
)
def test_a_host_in_the_policy_of_pages_is_a_host_and_nothing_else(address: str, good: bool) -> None:
    assert is_secure_host(address) is good


@pytest.mark.parametrize("package", ["read", "clean", "dedupe", "translate", "tag"])
def test_no_stage_takes_addresses_apart_by_itself(package: str) -> None:
    apart = re.compile(r"\b(?:urlsplit|urlparse|urljoin)\b")
    files = [*(Path(addresses.__file__).parent / package).rglob("*.py")]
    assert files
    assert [one.name for one in files if apart.search(one.read_text(encoding="utf-8"))] == []
