"""The command line: which commands there are, and how expected errors are shown."""

import gc
import importlib
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

import click

from dwiwarta import __version__
from dwiwarta.commands.output import SPEECH_FLAGS, WholeHelpGroup, with_speech
from dwiwarta.commands.stopping import stopped_by_signals
from dwiwarta.errors import DwiwartaError
from dwiwarta.files import NO_ROOM, refusal
from dwiwarta.text import printable_lines

# name → "module:attribute"; imported when asked for, so that --help needs no heavy library.
COMMANDS = {
    "init": "dwiwarta.commands.init:init",
    "doctor": "dwiwarta.commands.doctor:doctor",
    "build": "dwiwarta.commands.build:build",
    "serve": "dwiwarta.commands.serve:serve",
    "new": "dwiwarta.commands.new:new",
    "inspect": "dwiwarta.commands.inspect:inspect",
    "compare": "dwiwarta.commands.compare:compare",
    "word": "dwiwarta.commands.word:word",
    "suggest-boilerplate": "dwiwarta.commands.suggest:suggest_boilerplate",
    "translate": "dwiwarta.commands.translate:translate",
    "review": "dwiwarta.commands.review:review",
    "edit": "dwiwarta.commands.edit:edit",
    "fix": "dwiwarta.commands.fix:fix",
    "export": "dwiwarta.commands.exchange:export_memory",
    "import": "dwiwarta.commands.import_:import_",
    "models": "dwiwarta.commands.models:models",
}

_COLLECT_AT = (50_000, 20, 50)  # new values, and younger collections, before each of the three


class LazyGroup(WholeHelpGroup):
    """A group whose commands are imported on use; without a command it runs ``build``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return with_speech(command)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """``build.py`` and ``build.py --strict`` mean ``build.py build …``."""
        flags = list(takewhile(SPEECH_FLAGS.__contains__, args))
        command = args[len(flags) : len(flags) + 1]
        if command and command[0] in COMMANDS:  # `-q build` is `build -q`
            args = [*command, *flags, *args[len(flags) + 1 :]]
        own = {"--help", "-h", "--version"}
        # The shell asks what can follow with nothing there yet: every command, not those of build.
        bare = not args and not ctx.resilient_parsing
        if bare or (args and args[0].startswith("-") and args[0] not in own):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dwiwarta")
def cli() -> None:
    """Turn raw Indonesian articles into a static bilingual news site.

    Without a command, `build` runs. `COMMAND --help` tells each command's options.
    """


def _program() -> str:
    """The name in usage lines: that of the installed command, or of the checkout's script."""
    return "dwiwarta" if Path(sys.argv[0]).stem == "dwiwarta" else "build.py"


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line. 0: done, 1: an expected error, 2: wrong usage, 130: interrupted."""
    # A build holds hundreds of thousands of small values and makes hardly a circle of them: looking
    # for circles as often as Python does by itself (700 new values) takes a fifth of its time.
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECT_AT)
    try:
        with stopped_by_signals():
            return _run(args)
    finally:
        gc.set_threshold(*before)  # whoever calls us from Python goes on as they were


def _give_up_output() -> None:
    """Keep Python from trying at exit to write what could not be written."""
    with suppress(OSError, ValueError):
        sys.stdout.close()


def _run(args: Sequence[str] | None) -> int:
    try:
        result = cli.main(args=args, prog_name=_program(), standalone_mode=False)
    except click.Abort:
        with suppress(OSError):  # the terminal may be gone
            click.echo("Interrupted.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DwiwartaError as error:
        click.echo(printable_lines(str(error)), err=True)
        return 1
    except BrokenPipeError:
        # The reader of our output has enough (`… | head`); keep Python from complaining at exit.
        sys.stderr.close()
        return 0
    except OSError as error:
        if error.filename is None and error.errno not in NO_ROOM:
            raise
        # The disk's fault, and the person's to mend. Our own output may be what it has no room for.
        with suppress(OSError):
            click.echo(refusal(error, "standard output"), err=True)
        if error.filename is None:
            _give_up_output()
        return 1
    return result if isinstance(result, int) else 0
