"""The preview's server: MkDocs' own, for the finished site, which answers to its own names.

The site is made by whoever builds; when a build is done, the server is told and reloads open pages.
"""

import contextlib
import ipaddress
import logging
import posixpath
import re
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer, _Handler

from dwiwarta.files import refuse_link
from dwiwarta.site.policy import allow_script

WORKER, NO_WORKER = "sw.js", "assets/offline/none.js"  # the site's, and one that goes
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# What Host may look like (RFC 9110, 7.2): a name or an address, IPv6 in brackets, and a port.
_HOST = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([^\[\]:/@\s]+))(?::[0-9]*)?")
_LOCAL_ADDRESS = "dwiwarta.local_address"


def serve_preview(server: "PreviewServer") -> None:
    """Serve until the process ends.

    Its port is printed as soon as the server listens there. Ends the process with a line on stderr
    where it cannot listen.
    """
    log = logging.getLogger("mkdocs")
    log.setLevel(logging.ERROR)
    log.addHandler(logging.StreamHandler())
    server.on_listening = lambda port: print(port, flush=True)  # noqa: T201 - for our parent
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except OSError as error:  # somebody took the port while the first build was under way
        host, port = server.server_address[:2]
        sys.exit(f"cannot listen on {host!s}, port {port}: {error.strerror}")
    finally:
        server.shutdown()


class PreviewServer(LiveReloadServer):
    """MkDocs' server, for requests that were meant for it.

    A page of another site can have its own name lead to this machine (DNS rebinding) and would
    then read the preview as its own. What it cannot do is name another host in its requests.
    """

    def __init__(self, host: str, port: int, root: Path, mount_path: str) -> None:
        """``root``: the finished site, served below the path ``mount_path``. ``port`` 0 is any
        that is free.
        """
        super().__init__(lambda: None, host, port, str(root), mount_path)
        # Nothing is watched, but pages get the script that has them loaded again.
        self._watched_paths = {str(root): 1}
        # Who tells has done all that there was: nothing more is waited for.
        self.build_delay = 0.0
        self._given = host
        self.RequestHandlerClass = _AddressHandler
        self.error_handler = self._error_page
        self.on_listening: Callable[[int], None] = lambda port: None

    def reload(self) -> None:
        """Have open pages loaded again; from any thread."""
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def server_activate(self) -> None:
        """Listen, and tell ``on_listening`` where."""
        super().server_activate()
        self.url = f"http://{_in_url(self._given)}:{self.server_port}{self.mount_path}"
        self.on_listening(self.server_port)

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer, or refuse with 403."""
        if is_own_name(environ.get("HTTP_HOST", ""), self._given, environ[_LOCAL_ADDRESS]):
            if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
                start_response("405 Method Not Allowed", [("Allow", "GET, HEAD")])
                return []
            if environ["PATH_INFO"] == f"{self.mount_path}{WORKER}":
                # Nothing of a preview is kept in a browser, and what another server at this address
                # has left there is taken away.
                environ["PATH_INFO"] = f"{self.mount_path}{NO_WORKER}"
            answer: Iterable[bytes] = super().serve_request(environ, start_response)
            return answer if environ["REQUEST_METHOD"] == "GET" else _without_body(answer)
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return [f"This preview answers only to its own name: {self.url}\n".encode()]

    def _serve_request(
        self, environ: dict[str, Any], start_response: Any
    ) -> Iterable[bytes] | None:
        """None, which is "not found", for what is no file in the site's own folder."""
        if not self._may_be_opened(environ["PATH_INFO"]):
            return None
        return super()._serve_request(environ, start_response)

    def _may_be_opened(self, address: str) -> bool:
        """False for a name that none can have, and for a link or a pipe that somebody put there."""
        path = address.encode("latin-1").decode("utf-8", "ignore").removeprefix(self.mount_path)
        below = posixpath.normpath(f"/{path}").lstrip("/")
        try:
            place = Path(self.root, below)
            refuse_link(place, Path(self.root))
            is_odd = place.exists() and not (place.is_file() or place.is_dir())
        except OSError:
            return False
        return not is_odd and "\0" not in path

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that turns away in the middle is no error; all else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """The page with MkDocs' script that reloads it, and leave for that to run."""
        whole: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        script = whole[whole.rindex(b"<script>") + len(b"<script>") : whole.rindex(b"</script>")]
        return allow_script(whole, script)

    def _error_page(self, code: int) -> bytes | None:
        with contextlib.suppress(OSError):
            return (Path(self.root) / f"{code}.html").read_bytes()
        return None


class _AddressHandler(_Handler):
    def get_environ(self) -> dict[str, Any]:
        return {**super().get_environ(), _LOCAL_ADDRESS: self.connection.getsockname()[0]}


def _without_body(answer: Iterable[bytes]) -> list[bytes]:
    if close := getattr(answer, "close", None):
        close()
    return []


def is_own_name(header: str, given: str, local: str) -> bool:
    """Whether a ``Host`` header names this server; the port may be that of a tunnel.

    ``given`` is the host that the server was told to listen on, ``local`` the address that the
    request came to. From other machines the name of this one will do, too.
    """
    match = _HOST.fullmatch(header)
    if not match:
        return False
    name = _plain(match[1] or match[2])
    return name in LOOPBACK or name in set(_own_names(given, _plain(local)))


def _own_names(given: str, local: str) -> Iterator[str]:
    yield local
    yield _plain(given)
    if local not in LOOPBACK:
        machine = _plain(socket.gethostname())
        yield machine
        yield f"{machine.partition('.')[0]}.local"  # as mDNS calls it (RFC 6762)


def _plain(name: str) -> str:
    """A name or address in the one form in which it can be compared."""
    name = name.lower().removesuffix(".")
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name
    mapped = getattr(address, "ipv4_mapped", None)  # an IPv4 client of a server that speaks both
    return str(mapped or address)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
