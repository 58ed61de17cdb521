"""How commands speak: quiet or in detail, as text or as JSON, with bars for what takes long.

Every command has ``--quiet`` and ``--verbose`` without a line of its own: ``cli`` adds ``SPEECH``.
What a command was asked for (a table, JSON) goes to standard output whatever is said; progress,
warnings and detail go to standard error, so that a pipe carries the answer alone.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from dwiwarta.text import json_for_logs

T = TypeVar("T")
_QUIET, _VERBOSE = "dwiwarta.quiet", "dwiwarta.verbose"
# A bar for what is over in a moment would only flicker.
BAR_AFTER_SECONDS = 2.0
_WIDTH = 24  # of a bar, in characters, so that label, rate and time left fit into 80


def _remember(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[_QUIET if param.name == "quiet" else _VERBOSE] = True


SPEECH: tuple[click.Option, ...] = (
    click.Option(
        ["--quiet", "-q"],
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Print warnings only, and what was asked for.",
    ),
    click.Option(
        ["--verbose", "-v"],
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Say more: what is done, and how long it takes.",
    ),
)
SPEECH_FLAGS = frozenset(name for option in SPEECH for name in option.opts)

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def with_speech(command: click.Command) -> click.Command:
    """A command, and those below it, with the options of ``SPEECH``; once."""
    taken = {name for param in command.params for name in param.opts}
    command.params += [option for option in SPEECH if not taken.intersection(option.opts)]
    if isinstance(command, click.Group):
        for below in command.commands.values():
            with_speech(below)
    return command


class WholeHelpGroup(click.Group):
    """A group whose list of commands shows the whole first sentence of each, not a cut one."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list, wrapped to the width of the page."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, one.get_short_help_str(1000)) for name, one in found if one is not None]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def is_quiet() -> bool:
    """Whether only warnings and what was asked for are to be printed."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(_QUIET))


def say_no_more() -> None:
    """Print from here on what ``--json`` asks for, and warnings: as with ``--quiet``."""
    click.get_current_context().meta[_QUIET] = True


def is_verbose() -> bool:
    """Whether a person asked to be told more."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(_VERBOSE))


def is_terminal() -> bool:
    """Whether a person sits there: can be asked, and sees what moves. Never in CI."""
    return not in_ci() and sys.stdin.isatty() and sys.stderr.isatty()


def in_ci() -> bool:
    """Whether this runs on a build server; GitHub, GitLab and others set ``CI``."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def say(text: str) -> None:
    """A line for a person about what was done; not with ``--quiet``."""
    if not is_quiet():
        click.echo(text)


def detail(text: str) -> None:
    """A line on standard error for whoever asked for more (``--verbose``)."""
    if is_verbose():
        click.echo(text, err=True)


def print_json(value: object) -> None:
    """What ``--json`` prints: one object, indented, not escaped beyond need."""
    click.echo(json_for_logs(json.dumps(value, ensure_ascii=False, indent=2)))


class Bar:
    """A bar on a terminal, from when its work has taken two seconds; nothing anywhere else.

    ``unit``: what is counted, in the plural ("paragraphs"); "bytes" are shown as MB.
    """

    def __init__(
        self,
        label: str,
        unit: str,
        clock: Callable[[], float] = time.monotonic,
        after: float = BAR_AFTER_SECONDS,
    ) -> None:
        """``after``: seconds until it shows. ``clock`` (seconds) is for tests."""
        self._after = after
        self._label = label
        self._unit = unit
        self._clock = clock
        self._started = clock()
        self._shown = not (is_quiet() or in_ci()) and sys.stderr.isatty()
        self._bar: Any = None

    def to(self, done: int, total: int) -> None:
        """So much of the work is done."""
        seconds = self._clock() - self._started
        if not self._shown or total <= 0 or (self._bar is None and seconds < self._after):
            return
        if self._bar is None:
            self._bar = click.progressbar(
                length=total,
                label=self._label,
                file=sys.stderr,
                width=_WIDTH,
                item_show_func=lambda item: item,
            )
            # Its time left counts from the beginning, and is there from the first look on.
            self._bar.start = self._bar.last_eta = time.time() - seconds
            self._bar.__enter__()
        self._bar.length = total
        rate = shown_rate(done / seconds if seconds else 0.0, self._unit)
        self._bar.update(max(0, min(done, total) - self._bar.pos), rate)

    def close(self) -> None:
        """Leave the line; harmless if there is none."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
        self._shown = False


class Steps:
    """The steps of a long command: a line each, and a bar for one that takes long.

    It is called with the name of each step as it begins; ``count`` is told how far that is.
    """

    def __init__(self, *, shown: bool = True) -> None:
        """Not ``shown``: no lines; the bar, on standard error, stays."""
        self._shown = shown
        self._bar: Bar | None = None
        self._name = ""
        self._started = time.monotonic()

    def __call__(self, step: str) -> None:
        """A step begins."""
        self.close()
        if self._shown:
            say(f"  {step} …")
        self._name, self._started = step, time.monotonic()

    def count(self, done: int, total: int, unit: str) -> None:
        """So many of all there is to do in this step; ``unit`` in the plural."""
        if self._bar is None:
            self._bar = Bar("   ", unit)
        self._bar.to(done, total)

    def pause(self) -> None:
        """Leave the line to a question; the bar comes back below."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def close(self) -> None:
        """The step is done."""
        self.pause()
        if self._name:
            detail(f"    {self._name}: {time.monotonic() - self._started:.2f} s")
            self._name = ""


def shown_size(size: int) -> str:
    """``17 MB``, ``1.4 MB``, ``9 kB``."""
    if size >= 10_000_000:
        return f"{size / 1e6:.0f} MB"
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{size / 1e3:.0f} kB"


def shown_rate(a_second: float, unit: str) -> str:
    """``3.1 paragraphs/s``, ``2.4 MB/s``; below one a second by the minute."""
    if unit == "bytes":
        return f"{a_second / 1e6:.1f} MB/s"
    if a_second >= 1:
        return f"{a_second:,.0f} {unit}/s" if a_second >= 10 else f"{a_second:.1f} {unit}/s"
    return f"{60 * a_second:.0f} {unit}/min"


def bar_over(items: Iterable[T], label: str, unit: str, total: int) -> Iterator[T]:
    """The items one after another, with a bar of those that are done of ``total``."""
    with bar(label, unit) as show:
        for done, item in enumerate(items):
            show(done, total)
            yield item


@contextmanager
def bar(label: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told ``(done, total)`` and goes with the block."""
    one = Bar(label, unit)
    try:
        yield one.to
    finally:
        one.close()
