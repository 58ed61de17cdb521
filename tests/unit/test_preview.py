"""The preview's server: the finished site, reloaded when told, for requests that name it."""

import importlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from dwiwarta import trees
from dwiwarta.commands.serving import port_of, reload_pages, start_server
from dwiwarta.errors import SiteError
from dwiwarta.fingerprint import Tree
from dwiwarta.pipeline import build
from dwiwarta.problems import ProblemLog
from dwiwarta.search import write_index
from dwiwarta.settings import PROJECT_ROOT, load_project
from dwiwarta.site import SiteCount, preview
from dwiwarta.site.lock import LOCK_NAME
from dwiwarta.site.preview import PreviewServer, is_own_name, serve_preview
from project_rig import FRESH_SIGNALS

building = importlib.import_module("dwiwarta.pipeline.stages")
PAGE = (
    '<html><head><meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'
    "</head><body>{}</body></html>"
)


def get(url: str, host: str = "") -> str:
    request = urllib.request.Request(url, headers={"Host": host} if host else {})
    with urllib.request.urlopen(request, timeout=60) as answer:
        text: bytes = answer.read()
    return text.decode()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A little site with a page, and one for addresses that there are not."""
    (tmp_path / "site" / "satu").mkdir(parents=True)
    for name, title in (("index.html", "Pagi"), ("satu/index.html", "Satu"), ("404.html", "None")):
        (tmp_path / "site" / name).write_text(PAGE.format(title), "utf-8")
    return tmp_path / "site"


@pytest.fixture
def served(site: Path) -> Iterator[PreviewServer]:
    server = PreviewServer("127.0.0.1", 0, site, "/below/")
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    while not server.serve_thread.is_alive():
        time.sleep(0.01)
    yield server
    server.shutdown(wait=True)
    thread.join()


def test_the_service_worker_of_a_preview_goes_by_itself(site: Path, served: PreviewServer) -> None:
    (site / "sw.js").write_text("// keeps pages", "utf-8")
    (site / "assets/offline").mkdir(parents=True)
    (site / "assets/offline/none.js").write_text("// goes", "utf-8")
    base = f"http://127.0.0.1:{served.server_address[1]}/below/"
    assert get(f"{base}sw.js") == "// goes"


def test_pages_are_served_with_a_script_that_may_run(served: PreviewServer) -> None:
    base = f"http://127.0.0.1:{served.server_address[1]}/below/"
    page = get(f"{base}satu/")
    (script,) = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    assert "livereload" in script
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}'" in page
    with pytest.raises(urllib.error.HTTPError, match="404") as missing:
        get(f"{base}dua/")
    assert "None" in missing.value.read().decode()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        get(base, "rebound.example")


@pytest.mark.parametrize("path", ["rahasia.txt", "luar/rahasia.txt", "pipa", "%00", "a%00.html"])
def test_nothing_but_files_of_the_site_is_served(
    site: Path, served: PreviewServer, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Links and pipes may come there between two builds; a pipe would be waited for."""
    outside = site.parent / "luar"
    outside.mkdir()
    (outside / "rahasia.txt").write_text("kunci", "utf-8")
    (site / "rahasia.txt").symlink_to(outside / "rahasia.txt")
    (site / "luar").symlink_to(outside)
    os.mkfifo(site / "pipa")
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(f"{served.url}{path}")
    with caught.value as answer:
        assert answer.code == 404
        assert "kunci" not in answer.read().decode()
    assert "Traceback" not in capfd.readouterr().err


def test_a_page_is_only_read(served: PreviewServer) -> None:
    def ask(method: str) -> Any:
        request = urllib.request.Request(f"{served.url}satu/", method=method)
        return urllib.request.urlopen(request, timeout=60)

    with ask("HEAD") as head, ask("GET") as page:
        assert int(head.headers["Content-Length"]) > 0
        assert (head.read(), head.status) == (b"", 200)
        assert b"Satu" in page.read()
    with pytest.raises(urllib.error.HTTPError) as caught:
        ask("POST")
    with caught.value as answer:
        assert (answer.code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_open_pages_are_told_when_the_site_is_another(served: PreviewServer, site: Path) -> None:
    base = f"http://127.0.0.1:{served.server_address[1]}"
    (epoch,) = re.findall(r"livereload\((\d+), \d+\)", get(f"{base}/below/"))
    (site / "index.html").write_text(PAGE.format("Sore"), "utf-8")
    time.sleep(0.002)  # an epoch is a millisecond
    served.reload()
    assert int(get(f"{base}/livereload/{epoch}/1")) > int(epoch)
    assert "Sore" in get(f"{base}/below/")


def test_a_port_that_somebody_took_meanwhile_is_one_line(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"^cannot listen on 127\.0\.0\.1, port {port}: "):
            serve_preview(PreviewServer("127.0.0.1", port, site, "/"))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("listens", [False, True])
def test_a_signal_ends_the_server_at_any_moment_and_without_a_word(
    site: Path, name: str, listens: bool
) -> None:
    """While it is being imported, too: Ctrl+C in a terminal reaches it by itself."""
    script = PROJECT_ROOT / "scripts" / "dwiwarta" / "commands" / "mkdocsserver.py"
    words = [str(site), "127.0.0.1", "0", "/"]
    server = subprocess.Popen(
        [sys.executable, "-c", FRESH_SIGNALS, "-P", str(script), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert server.stdout
    if listens:
        assert int(server.stdout.readline()) > 0
    else:
        time.sleep(0.3)
    server.send_signal(signal.Signals[name])
    said, complaint = server.communicate(timeout=60)
    assert server.returncode == -signal.Signals[name]
    assert complaint == b""
    assert re.fullmatch(rb"" if listens else rb"(?:\d+\n)?", said)  # it may listen sooner


def test_the_preview_tells_its_server_and_ends_it(site: Path) -> None:
    """Through a pipe: no file that somebody could remove meanwhile."""
    (site.parent / "mkdocs.yml").write_text("site_name: Probe\n", "utf-8")
    project = load_project(site.parent)
    with start_server(project, "127.0.0.1", 0) as server:  # its pipes are closed
        base = f"http://127.0.0.1:{port_of(server)}"
        (epoch,) = re.findall(r"livereload\((\d+), \d+\)", get(base))
        time.sleep(0.002)
        reload_pages(server)
        assert int(get(f"{base}/livereload/{epoch}/1")) > int(epoch)
    assert server.returncode == 0
    with start_server(project, "127.0.0.1", 0) as other:
        other.kill()
        other.wait(timeout=60)
        reload_pages(other)


def test_the_site_is_written_by_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []

    def looking(do: Callable[..., Any]) -> Callable[..., Any]:
        def look(*given: Any, **named: Any) -> Any:
            held.append(is_held(tmp_path))
            return do(*given, **named)

        return look

    (tmp_path / "articles").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Probe\n", "utf-8")
    monkeypatch.setattr(building, "write_index", looking(write_index))
    monkeypatch.setattr(building, "make_site", looking(lambda *_, **__: SiteCount(0, 0)))
    build(load_project(tmp_path), ProblemLog(), lambda _: None, engines=())
    assert held == [True] * 2
    assert not is_held(tmp_path)


def test_open_pages_wait_for_the_site_and_for_nothing_that_the_next_build_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    save = trees.save_tree

    def saved(tree: Tree, cache: Path) -> None:
        done.append(tree.folder.name)
        save(tree, cache)

    def make(*given: Any) -> SiteCount:
        given[-1]()
        return SiteCount(1, 0)

    (tmp_path / "articles").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Probe\n", "utf-8")
    monkeypatch.setattr(trees, "save_tree", saved)
    monkeypatch.setattr(building, "make_site", make)
    project = load_project(tmp_path)
    told = partial(done.append, "told")
    build(project, ProblemLog(), lambda _: None, engines=(), on_site=told)
    assert done[0] == "told"
    assert {"articles", "docs"} <= set(done)


def test_what_was_written_is_remembered_where_the_site_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> SiteCount:
        raise SiteError("no site")

    (tmp_path / "articles").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Probe\n", "utf-8")
    monkeypatch.setattr(building, "make_site", refuse)
    with pytest.raises(SiteError):
        build(load_project(tmp_path), ProblemLog(), lambda _: None, engines=())
    assert (tmp_path / ".cache" / "trees" / "docs").is_file()


def is_held(root: Path) -> bool:
    try:
        with FileLock(root / ".cache" / LOCK_NAME, timeout=0):
            return False
    except Timeout:
        return True


@pytest.mark.parametrize(
    ("header", "given", "local", "own"),
    [
        ("127.0.0.1:8000", "127.0.0.1", "127.0.0.1", True),
        ("localhost:9000", "127.0.0.1", "127.0.0.1", True),  # through a tunnel
        ("LocalHost.", "127.0.0.1", "127.0.0.1", True),
        ("[::1]:8000", "::1", "::1", True),
        ("[0:0::1]", "::1", "::1", True),
        ("rumah.test:8000", "rumah.test", "127.0.0.1", True),
        ("192.0.2.7:8000", "0.0.0.0", "192.0.2.7", True),
        ("192.0.2.7:8000", "::", "::ffff:192.0.2.7", True),
        ("redaksi:8000", "0.0.0.0", "192.0.2.7", True),
        ("redaksi.local", "0.0.0.0", "192.0.2.7", True),
        ("redaksi:8000", "127.0.0.1", "127.0.0.1", False),
        ("192.0.2.8:8000", "0.0.0.0", "192.0.2.7", False),
        ("10.0.0.1", "127.0.0.1", "127.0.0.1", False),
        ("rebound.test:8000", "127.0.0.1", "127.0.0.1", False),
        ("127.0.0.1.rebound.test", "127.0.0.1", "127.0.0.1", False),
        ("localhost.rebound.test", "0.0.0.0", "192.0.2.7", False),
        ("127.0.0.1:8000@rebound.test", "127.0.0.1", "127.0.0.1", False),
        ("localhost,rebound.test", "127.0.0.1", "127.0.0.1", False),
        ("[::1", "::1", "::1", False),
        ("", "127.0.0.1", "127.0.0.1", False),
        (":8000", "127.0.0.1", "127.0.0.1", False),
    ],
)
def test_only_its_own_names_are_answered(
    header: str, given: str, local: str, own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview.socket, "gethostname", lambda: "redaksi")
    assert is_own_name(header, given, local) == own
