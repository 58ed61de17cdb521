"""The build: nothing where nothing has changed, else all stages in their order."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from dwiwarta.errors import SiteError
from dwiwarta.interface import speaking
from dwiwarta.lock import hold_lock
from dwiwarta.pipeline.last_build import LastBuild
from dwiwarta.pipeline.summary import BuildSummary, Count, not_counted
from dwiwarta.pipeline.theme import write_theme
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project
from dwiwarta.translate import Provide

BUILD_LOCK = "build.lock"
BUILD_WAIT_SECONDS = 600.0  # of ten minutes a build takes one, unless it asks slow engines

Progress = Callable[[str], None]


def hold_project(project: Project, on_wait: Progress) -> AbstractContextManager[None]:
    """The lock of all that reads or writes a project's results; ``on_wait`` is told of its holder.

    Raises ``SiteError`` if that one takes too long.
    """
    lock = project.cache_dir / BUILD_LOCK
    return hold_lock(
        lock, BUILD_WAIT_SECONDS, what="this project", error=SiteError, on_wait=on_wait
    )


def hold_unused(project: Project) -> AbstractContextManager[None]:
    """The same lock, for what can do without. Raises ``SiteError`` at once if somebody has it."""
    return hold_lock(project.cache_dir / BUILD_LOCK, 0, what="this project", error=SiteError)


def build(
    project: Project,
    problems: ProblemLog,
    progress: Progress,
    *,
    engines: Sequence[str] | None = None,
    with_site: bool = True,
    on_wait: Progress | None = None,
    scheduler: str | None = None,
    count: Count = not_counted,
    provide: Provide | None = None,
    on_site: Callable[[], None] = lambda: None,
) -> BuildSummary:
    """Turn ``articles/`` into ``docs/`` and, unless told otherwise, into ``site/``.

    ``engines`` replaces the configured chain (an empty one: the memory alone). Unusable articles
    and other warnings go to ``problems``. One build runs at a time: ``on_wait`` is told of the one
    that is waited for, ``progress`` if there is no ``on_wait``; ``count`` of how far a long step
    is. ``scheduler``: of the Dask cluster that helps, rather than processes of this machine.
    ``provide``: asked for an engine that is needed and cannot work here, see ``Chain``. ``on_site``
    is told as soon as ``site/`` is another and whole. Raises ``DwiwartaError`` when nothing
    sensible can be built; then no page has been touched.
    """
    started = time.monotonic()
    tell = on_wait or progress
    last = LastBuild(project, engines, with_site=with_site)
    if not last.may_be_there:
        from dwiwarta.site import check_places

        check_places(project)  # before anything is written there
    with hold_project(project, tell):
        write_theme(project)
        if summary := last.recall(problems):
            progress("Nothing has changed since the last build")
            return replace(
                summary,
                pages_written=0,
                pages_unchanged=summary.pages_written + summary.pages_unchanged,
                pages_removed=0,
                site_rendered=False,
                seconds=time.monotonic() - started,
            )
        # Only now, as the stages and their libraries take a third of a second to be imported.
        from dwiwarta.pipeline.stages import Asked, run_stages

        last.forget()
        asked = Asked(engines, provide, count, on_site)
        with speaking(project.settings.site.language):
            summary, days = run_stages(
                project,
                problems,
                progress,
                tell,
                asked,
                last.folders,
                with_site=with_site,
                scheduler=scheduler,
            )
        if days is not None:
            last.record(summary, problems, days)
        return replace(summary, seconds=time.monotonic() - started)
