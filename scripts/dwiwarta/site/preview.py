"""The preview's server: MkDocs' own, which shows whole builds only and answers to its own names."""

import contextlib
import ipaddress
import logging
import re
import shutil
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer, _Handler

from dwiwarta.errors import DwiwartaError, first_line
from dwiwarta.site.lock import lock_pages
from dwiwarta.site.policy import allow_script
from dwiwarta.text import printable_lines

TRIES = 5  # of a build in whose middle an editor saved a page
PAUSE_SECONDS = 0.5  # between them
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# What Host may look like (RFC 9110, 7.2): a name or an address, IPv6 in brackets, and a port.
_HOST = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([^\[\]:/@\s]+))(?::[0-9]*)?")
_LOCAL_ADDRESS = "dwiwarta.local_address"


def serve_preview(cache_dir: Path, host: str, port: int) -> None:
    """Serve the project in the current folder until interrupted, following changes of its pages.

    Ends the process with 1 if MkDocs does not accept the pages as they are at the start.
    """
    _say_errors_only()
    with (
        tempfile.TemporaryDirectory(prefix="mkdocs_") as folder,
        contextlib.suppress(KeyboardInterrupt),
    ):
        try:
            preview = Preview(cache_dir, Path(folder), host, port)
        except Exception as error:
            _tell(error)
            sys.exit(1)
        try:
            preview.serve()
        finally:
            preview.end()


class Preview:
    """Builds of the site, each in a folder of its own, and the server that shows the newest."""

    def __init__(self, cache_dir: Path, folder: Path, host: str, port: int) -> None:
        self._cache_dir = cache_dir
        self._folder = folder
        self._number = 0
        self._config = self._load()
        self._config.plugins.on_startup(command="serve", dirty=False)
        mount = urlsplit(self._config.site_url or "/").path
        self.server = _Server(self.rebuild, host, port, folder, mount)
        self._build(self._config)

    def serve(self) -> None:
        """Serve, and build anew at each change. Returns only by an exception."""
        config = self._config
        self.server.watch(config.docs_dir)
        if config.config_file_path:
            self.server.watch(config.config_file_path)
        server: Any = config.plugins.on_serve(self.server, config=config, builder=self.rebuild)
        for path in config.watch:
            server.watch(path)
        server.serve()

    def end(self) -> None:
        """Close the server."""
        self.server.shutdown()
        self._config.plugins.on_shutdown()

    def _load(self) -> MkDocsConfig:
        return load_config(site_dir=str(self._folder / str(self._number)))

    def rebuild(self) -> None:
        """What the server calls on a change. A build that fails leaves the last good one shown."""
        try:
            self._build(None)
        except Exception as error:
            _tell(error)
            sys.stderr.write("The preview shows the site as it was before.\n")

    def _build(self, config: MkDocsConfig | None) -> None:
        for left in reversed(range(TRIES)):
            try:
                with lock_pages(self._cache_dir):
                    self._build_once(config)
            except OSError:  # a page that an editor is just replacing is gone for a moment
                if not left:
                    raise
                time.sleep(PAUSE_SECONDS)
            else:
                return

    def _build_once(self, config: MkDocsConfig | None) -> None:
        self._number += 1
        old, new = Path(self.server.root), self._folder / str(self._number)
        config = config or self._load()
        config.site_dir = str(new)
        config.site_url = self.server.url
        build(config, serve_url=self.server.url)
        self.server.root = str(new)
        for folder in self._folder.iterdir():
            if folder not in (old, new):  # answers may still be under way from the last one
                shutil.rmtree(folder, ignore_errors=True)


class _Server(LiveReloadServer):
    """MkDocs' server, for requests that were meant for it.

    A page of another site can have its own name lead to this machine (DNS rebinding) and would
    then read the preview as its own. What it cannot do is name another host in its requests.
    """

    def __init__(self, builder: Any, host: str, port: int, root: Path, mount_path: str) -> None:
        super().__init__(builder, host, port, str(root), mount_path)
        self._given = host
        self.RequestHandlerClass = _AddressHandler
        self.error_handler = self._error_page
        self.url = f"http://{_in_url(host)}:{port}{self.mount_path}"

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer, or refuse with 403."""
        if is_own_name(environ.get("HTTP_HOST", ""), self._given, environ[_LOCAL_ADDRESS]):
            return super().serve_request(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return [f"This preview answers only to its own name: {self.url}\n".encode()]

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


def _say_errors_only() -> None:
    log = logging.getLogger("mkdocs")
    log.setLevel(logging.ERROR)
    log.addHandler(logging.StreamHandler())


def _tell(error: Exception) -> None:
    """Say what went wrong: in words if a person can mend it, with all of it if it is a bug."""
    if isinstance(error, DwiwartaError | MkDocsException | OSError | jinja2.TemplateError):
        words = printable_lines(str(error).strip() or first_line(error))
        sys.stderr.write(f"MkDocs: {words}\n")
    else:
        traceback.print_exception(error)
