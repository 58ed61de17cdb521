"""``build.py serve``: a local preview that follows changes of articles, memory and knowledge."""

import os
import queue
import subprocess
import sys
import time
from pathlib import Path

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from dwiwarta.commands.build import engine_names, engines_option, root_option
from dwiwarta.errors import DwiwartaError, SiteError
from dwiwarta.pipeline import build
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import KNOWLEDGE_DIR, Project, load_project

# An editor's save is several events (temporary file, rename, time stamp): wait until it is quiet.
QUIET_SECONDS = 0.4
STOP_SECONDS = 5.0


class _Changes(FileSystemEventHandler):
    """Puts a token into a queue whenever something an editor wrote has changed."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[str] = queue.SimpleQueue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        name = Path(os.fsdecode(event.src_path)).name
        reading = event.event_type in ("opened", "closed_no_write")
        # Directories change whenever a file in them does; .tmp files are our own half-written ones.
        if not (reading or event.is_directory or name.startswith(".") or name.endswith(".tmp")):
            self.queue.put(name)


@click.command()
@root_option
@engines_option
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def serve(root: Path, engines: str | None, port: int, host: str) -> None:
    """Preview the site and rebuild what changes.

    An article that is added, changed or removed shows within seconds; the open page reloads.
    """
    project = load_project(root.resolve())
    names = engine_names(engines)
    changes = _Changes()
    observer = Observer()
    _rebuild(project, names)
    for folder in (project.articles_dir, KNOWLEDGE_DIR):
        observer.schedule(changes, str(folder), recursive=True)
    observer.start()
    server = _start_mkdocs(project, f"{host}:{port}")
    click.echo(f"Preview on http://{host}:{port}/ (stop with Ctrl+C)")
    try:
        while server.poll() is None:
            if _changed(changes.queue):
                _rebuild(load_project(project.root), names)
                _drain(changes.queue)  # what our own writes to the memory raised
        raise SiteError(f"mkdocs serve ended with exit code {server.returncode}")
    except KeyboardInterrupt:
        click.echo("Stopped.")
    finally:
        observer.stop()
        observer.join()
        server.terminate()
        try:
            server.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()


def _changed(tokens: "queue.SimpleQueue[str]") -> bool:
    """Wait up to a second for a change; once there is one, until no more come."""
    try:
        tokens.get(timeout=1)
    except queue.Empty:
        return False
    while True:
        try:
            tokens.get(timeout=QUIET_SECONDS)
        except queue.Empty:
            return True


def _drain(tokens: "queue.SimpleQueue[str]") -> None:
    time.sleep(QUIET_SECONDS)
    while not tokens.empty():
        tokens.get_nowait()


def _rebuild(project: Project, engines: tuple[str, ...] | None) -> None:
    """Bring docs/ up to date; MkDocs notices by itself. A fault is shown, the preview goes on."""
    problems = ProblemLog()
    try:
        summary = build(project, problems, lambda _: None, engines=engines, with_site=False)
    except DwiwartaError as error:
        click.echo(str(error), err=True)
        return
    for line in problems.lines():
        click.echo(line, err=True)
    click.echo(
        f"{summary.articles} articles, {summary.pages_written} pages written, "
        f"{summary.pages_removed} removed, {summary.translation.pending} paragraphs pending, "
        f"{summary.seconds:.1f} s"
    )


def _start_mkdocs(project: Project, address: str) -> "subprocess.Popen[bytes]":
    # --livereload is spelt out: with click 8.2 and later MkDocs 1.6 reads its default as "off".
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--quiet"]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and fixed words
        [*command, "--dev-addr", address],
        cwd=project.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
