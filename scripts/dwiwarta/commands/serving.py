"""The server of ``serve`` as a process: whether it can listen, its start, its port, its end."""

import errno
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from dwiwarta.errors import SiteError
from dwiwarta.settings import Project
from dwiwarta.site import mkdocs_environment

_SERVER = Path(__file__).with_name("mkdocsserver.py")


def check_address(host: str, port: int) -> None:
    """Find out now, not after the first build, and in words that MkDocs does not have.

    Raises ``SiteError`` if nobody can listen there.
    """
    try:
        # MkDocs listens on IPv6 only where the address is written as one.
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        address = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)[0][4]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As the server does: an address that was just given up is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SiteError(f"port {port} is in use; try another with --port") from error
        raise SiteError(f"cannot listen on {host}, port {port}: {error.strerror}") from error
    except UnicodeError as error:  # a name with an empty or overlong part
        raise SiteError(f"cannot listen on {host!r}: not a name of a machine") from error


def start_server(project: Project, host: str, port: int) -> "subprocess.Popen[bytes]":
    """Start it for the finished site; it ends with this process. Raises ``OSError``."""
    mount = urlsplit(project.site_url or "/").path or "/"
    # -P: what lies beside the script is not to be taken for a module of others.
    command = [sys.executable, "-P", str(_SERVER)]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and fixed words
        [*command, str(project.site_dir), host, str(port), mount],
        cwd=project.root,
        env=mkdocs_environment(),
        stdin=subprocess.PIPE,  # see reload_pages; its end is the end of the server
        stdout=subprocess.PIPE,  # one line, once it listens
    )


def reload_pages(server: "subprocess.Popen[bytes]") -> None:
    """Have the pages that are open loaded again; one that has ended has none."""
    assert server.stdin
    with suppress(OSError):
        os.write(server.stdin.fileno(), b"\n")  # nothing is left in a buffer where it fails


def port_of(server: "subprocess.Popen[bytes]") -> int:
    """The port on which the server listens, once it does.

    Raises ``SiteError`` if it ends instead.
    """
    assert server.stdout
    line = server.stdout.readline()
    if not line:
        server.wait()
        raise ended(server)
    return int(line)


def ended(server: "subprocess.Popen[bytes]") -> SiteError:
    """What is said of a server that ended by itself."""
    return SiteError(f"the preview's server ended with exit code {server.returncode}")
