"""``build.py serve``: a local preview that follows changes of articles, memory and knowledge."""

import contextlib
import errno
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import click

from dwiwarta.commands.shared import engine_names, engines_option, report, root_option, warn
from dwiwarta.errors import DwiwartaError, SiteError
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.pipeline import build
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project, load_project
from dwiwarta.site import mkdocs_environment
from dwiwarta.text import counted, printable_lines

# Looking at the time stamps beats file events here: it works on every file system, cannot miss a
# change made during a rebuild, and costs a few milliseconds for thousands of articles.
LOOK_SECONDS = 0.5
STOP_SECONDS = 20.0  # for MkDocs to tidy up, on a busy machine too
_SERVER = Path(__file__).with_name("mkdocsserver.py")


@click.command()
@root_option
@engines_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True,
              help="Port on this machine.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def serve(root: Path, engines: str | None, port: int, host: str) -> None:
    """Preview the site and rebuild what changes.

    An article that is added, changed or removed shows within seconds; the open page reloads.
    """
    project = load_project(root.resolve())
    names = engine_names(engines)
    _check_address(host, port)
    with _stopped_by_signals():
        built = _state(project)
        _rebuild(project, names)
        server = _start_mkdocs(project, host, port)
        try:
            click.echo(f"Preview on http://{host}:{port}/ (stop with Ctrl+C)")
            while server.poll() is None:
                time.sleep(LOOK_SECONDS)
                state = _settled_state(project)
                if state != built:
                    built = state
                    _reload(project.root, names)
            raise SiteError(f"the preview's server ended with exit code {server.returncode}")
        except KeyboardInterrupt:
            with contextlib.suppress(OSError):  # the terminal may be gone
                click.echo("Stopped.")
        finally:
            server.terminate()
            try:
                server.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let the end of a session or of a service stop the preview as Ctrl+C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in before:  # once: a second one must not disturb the tidying up
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    wanted = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {number: signal.getsignal(number) for number in wanted}
    # Under nohup the end of the terminal is to change nothing.
    before = {number: old for number, old in before.items() if old is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def _check_address(host: str, port: int) -> None:
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


def _state(project: Project) -> frozenset[tuple[str, int, int]]:
    """Name, size and time stamp of everything that an editor writes."""
    seen = []
    settings = [project.root / name for name in ("dwiwarta.yml", "mkdocs.yml")]
    for folder in (project.articles_dir, KNOWLEDGE_DIR, *settings):
        for path in [folder, *folder.rglob("*")]:
            try:
                stat = path.stat()
            except OSError:  # gone between the listing and the look
                continue
            if path.is_file() and not path.name.startswith(".") and path.suffix != ".tmp":
                seen.append((str(path), stat.st_size, stat.st_mtime_ns))
    return frozenset(seen)


def _settled_state(project: Project) -> frozenset[tuple[str, int, int]]:
    """The state once it holds still: an editor's save or a copied folder is many small changes."""
    state = _state(project)
    while True:
        time.sleep(LOOK_SECONDS / 2)
        later = _state(project)
        if later == state:
            return state
        state = later


def _reload(root: Path, engines: tuple[str, ...] | None) -> None:
    """Rebuild with the settings as they are now; a fault is shown and the preview goes on."""
    try:
        _rebuild(load_project(root), engines)
    except DwiwartaError as error:
        warn(printable_lines(str(error)))


def _rebuild(project: Project, engines: tuple[str, ...] | None) -> None:
    """Bring docs/ up to date; MkDocs notices by itself."""
    problems = ProblemLog()
    summary = build(
        project,
        problems,
        lambda _: None,
        engines=engines,
        with_site=False,
        on_wait=warn,
    )
    report(problems)
    pages = counted(summary.pages_written, "page")
    click.echo(
        f"{counted(summary.articles, 'article')}, {pages} written, "
        f"{summary.pages_removed} removed, {summary.translation.pending} pending, "
        f"{summary.seconds:.1f} s"
    )


def _start_mkdocs(project: Project, host: str, port: int) -> "subprocess.Popen[bytes]":
    # -P: what lies beside the script is not to be taken for a module of others.
    command = [sys.executable, "-P", str(_SERVER), str(project.cache_dir), host, str(port)]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and fixed words
        command,
        cwd=project.root,
        env=mkdocs_environment(),
        stdin=subprocess.PIPE,  # never written to: its end is the end of the server
    )
