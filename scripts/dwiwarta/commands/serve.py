"""``build.py serve``: a local preview that follows changes of articles, memory and knowledge."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from stat import S_ISREG

import click

from dwiwarta.commands.offer import ModelOffer, fetch_option, rows_of_waiting
from dwiwarta.commands.output import Steps, is_quiet, say
from dwiwarta.commands.serving import (
    check_address,
    ended,
    port_of,
    reload_pages,
    start_server,
)
from dwiwarta.commands.shared import (
    engine_names,
    engines_option,
    place_files,
    report,
    root_option,
    warn,
)
from dwiwarta.commands.watching import Watch
from dwiwarta.errors import DwiwartaError
from dwiwarta.files import NO_ROOM, refusal
from dwiwarta.kinds import GENERATED_FOLDERS, is_generated
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.pipeline import build, code_is_as_read
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project, load_project
from dwiwarta.text import counted, printable_lines

# The system tells of changes at once, but not on every network folder: now and then we look.
LOOK_SECONDS = 10.0
STOP_SECONDS = 20.0  # for the server to end, on a busy machine too
SETTINGS = ("dwiwarta.yml", "mkdocs.yml")

Seen = tuple[str, int, int]  # name, size and time stamp of a file


class _NewCodeError(Exception):
    """The site was built with other code or knowledge than this process works with."""


@click.command()
@root_option
@engines_option
@fetch_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="Port on this machine; 0: any that is free.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def serve(root: Path, engines: str | None, fetch_mode: str | None, port: int, host: str) -> None:
    """Preview the site and rebuild what changes.

    An article that is added, changed or removed shows within seconds; the open page reloads.
    """
    project = load_project(root.resolve())
    place_files(project.root)
    names = engine_names(engines)
    offer = ModelOffer(project.settings.translation, fetch_mode)
    check_address(host, port)
    # Watched from before the first build on: no change is missed while one is under way.
    watched = Watch(_folders(project), lambda path: _counts(project, path))
    with watched as watch:
        state = _state(project)
        _rebuild(project, names, offer)
        server = start_server(project, host, port)
        begins_anew = False
        try:
            port = port_of(server)
            where = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
            # What was asked for: with --quiet too, and then nothing else.
            click.echo(where if is_quiet() else f"Preview on {where} (stop with Ctrl+C)")
            while server.poll() is None:
                _follow(project, names, offer, watch, state, partial(reload_pages, server))
                state = _state(project)
            raise ended(server)
        except KeyboardInterrupt:
            with contextlib.suppress(OSError):  # the terminal may be gone
                say("Stopped.")
        except _NewCodeError:
            begins_anew = True
        finally:
            server.terminate()
            try:
                server.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
    if begins_anew:
        _begin_anew(port)


def _follow(
    project: Project,
    engines: tuple[str, ...] | None,
    offer: ModelOffer,
    watch: Watch,
    state: frozenset[Seen],
    tell: Callable[[], None],
) -> None:
    """Rebuild at each change; comes back when there was none for a while.

    ``tell`` has open pages loaded again.
    """
    known: frozenset[Seen] | None = state
    while True:
        if watch.wait(LOOK_SECONDS):
            known = None  # found out when nothing is to be done
            _reload(project.root, engines, offer, tell, again=False)
        elif (now := _state(project)) == known:
            return
        else:
            # What was saved while we built may be news of which nobody told.
            again, known = known is None, now
            _reload(project.root, engines, offer, tell, again=again)


def _folders(project: Project) -> dict[Path, bool]:
    """Where people write, each with all that is below it or not: articles with their memory,
    knowledge, the theme, settings, and the pages that are not generated.
    """
    deep = [project.articles_dir, KNOWLEDGE_DIR, project.theme_dir]
    deep.append(project.root / "knowledge")
    if project.docs_dir.is_dir():
        deep += [item for item in project.docs_dir.iterdir() if item.name not in GENERATED_FOLDERS]
    return {**dict.fromkeys([project.root, project.docs_dir], False), **dict.fromkeys(deep, True)}


def _counts(project: Project, path: Path) -> bool:
    """Whether a change of it may mean anything; what is half written, or generated, does not."""
    if _is_passing(path.name):
        return False
    if path.parent == project.root:
        # The text of the front page is a .md file here, named by settings that may change.
        return path.name in SETTINGS or path.suffix == ".md"
    if project.docs_dir in path.parents:
        below = path.relative_to(project.docs_dir)
        return not is_generated(below.as_posix()) and below.parts[0] not in GENERATED_FOLDERS
    return True


def _is_passing(name: str) -> bool:
    return name.startswith(".") or name.endswith(".tmp")


def _state(project: Project) -> frozenset[Seen]:
    """Name, size and time stamp of everything that an editor writes."""
    seen: set[Seen] = set()
    for folder, deep in _folders(project).items():
        for place, below, names in os.walk(folder):
            if not deep:
                below.clear()
            # Path objects of all articles would take a second where there are thousands.
            found = (n for n in names if deep or _counts(project, folder / n))
            for path in (f"{place}{os.sep}{n}" for n in found if not _is_passing(n)):
                with contextlib.suppress(OSError):  # gone between the listing and the look
                    stat = os.stat(path)  # noqa: PTH116
                    if S_ISREG(stat.st_mode):
                        seen.add((path, stat.st_size, stat.st_mtime_ns))
    return frozenset(seen)


def _begin_anew(port: int) -> None:
    """Do what this process was called for in a new one, which reads code and knowledge anew.

    At the same ``port``, also where any would have done: pages are open there.
    """
    sys.stdout.flush()
    command = [sys.executable, *sys.orig_argv[1:], "--port", str(port)]
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - as we were called ourselves
    sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 - the same


def _build_with_new_code(root: Path, engines: tuple[str, ...] | None) -> None:
    """Build in a new process, which tells its faults.

    Raises ``_NewCodeError`` if it had none.
    """
    options = [] if engines is None else ["--engines", ",".join(engines) or "none"]
    command = [sys.executable, sys.argv[0], "build", "--quiet", "--root", str(root), *options]
    if subprocess.run(command, check=False).returncode == 0:  # noqa: S603 - as we were called
        raise _NewCodeError


def _reload(
    root: Path,
    engines: tuple[str, ...] | None,
    offer: ModelOffer,
    tell: Callable[[], None],
    *,
    again: bool,
) -> None:
    """Rebuild with the settings as they are now; a fault is shown and the preview goes on.

    ``again``: nothing is said where nothing has changed. Raises ``_NewCodeError`` where that takes
    another process.
    """
    if not code_is_as_read():
        _build_with_new_code(root, engines)
        return
    try:
        _rebuild(load_project(root), engines, offer, tell, again=again)
    except DwiwartaError as error:
        warn(printable_lines(str(error)))
    except OSError as error:  # the disk may be mended meanwhile
        if error.filename is None and error.errno not in NO_ROOM:
            raise
        warn(refusal(error, "the disk"))


def _rebuild(
    project: Project,
    engines: tuple[str, ...] | None,
    offer: ModelOffer,
    tell: Callable[[], None] = lambda: None,
    *,
    again: bool = False,
) -> None:
    """Bring the site up to date, and have open pages loaded again if it changed.

    ``tell``: see ``_follow``; ``again``: see ``_reload``.
    """
    problems = ProblemLog()
    steps = Steps(shown=False)
    offer.pause = steps.pause
    summary = build(
        project,
        problems,
        steps,
        engines=engines,
        on_wait=warn,
        count=steps.count,
        provide=offer,
        on_site=tell,
    )
    steps.close()
    if again and not (summary.pages_written or summary.pages_removed or summary.site_rendered):
        return
    report(problems)
    pages = counted(summary.pages_written, "page")
    say(
        f"{counted(summary.articles, 'article')}, {pages} written, "
        f"{summary.pages_removed} removed, {summary.translation.pending} pending, "
        f"{summary.seconds:.1f} s"
    )
    for _, line in rows_of_waiting(summary.translation, project.settings.translation, engines):
        say(line)
