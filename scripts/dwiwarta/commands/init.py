"""``dwiwarta init``: a folder for own articles, apart from the program."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from pydantic import BaseModel

from dwiwarta.commands.output import say
from dwiwarta.errors import SiteError
from dwiwarta.files import refusal, refuse_link, write_atomic
from dwiwarta.program_files import place_program_files
from dwiwarta.program_origin import program_origin
from dwiwarta.settings import Settings
from dwiwarta.starter import IN_CHECKOUT, content_files, shown_command
from dwiwarta.text import counted, printable_path

_MOVED = "in mkdocs.yml now"  # how the description of a setting begins that is none any more
_SETTINGS_HEAD = """\
# Settings of the build. All are listed here with their defaults, and none has to be set: to change
# one, take the "# " away before it and before the name of its group above.
"""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False), metavar="FOLDER")
def init(folder: str) -> None:
    """Make a folder for your own articles, with everything that its site needs.

    Nothing that is there already is changed, so a second run only says so.
    """
    if not folder:  # as of a variable that is not set: not this folder
        raise click.BadParameter("it is empty; for this folder, write .", param_hint="FOLDER")
    root = Path(folder).resolve()
    made: list[str] = []
    there: list[str] = []
    origin = program_origin()
    for name, data in first_files(root, origin.requirement).items():
        (made if _write_new(root, name, data) else there).append(name)
    for name in made:
        say(f"  made   {name}")
    for name in there:
        say(f"  there  {name}")
    placed = place_program_files(root)
    if placed is None:
        say("  theme and manuals: the folder brings its own")
    elif placed.written:
        say(f"  placed {counted(len(placed.written), 'file')} of the program's, for MkDocs")
    say(f"{counted(len(made), 'file')} made, {len(there)} there already, left as they were.")
    if "requirements.txt" in made and origin.doubt:
        say(f"Publishing: {origin.doubt}.")
        say("  Until another machine gets the program, requirements.txt says what to do.")
    say("Next: name the site in dwiwarta.yml, put articles into articles/, then:")
    where = printable_path(folder)
    if IN_CHECKOUT:
        say(f"  {shown_command(f'serve --root {where}')}")
    else:
        say(f"  cd {where}\n  {shown_command('serve')}")


def first_files(root: Path, requirement: str) -> Mapping[str, bytes]:
    """What a folder begins with, by path below it; the sample only where there is no ``articles/``.

    Somebody who removed the sample does not want it back. ``requirement``: pip's, for the program.
    """
    files = {
        name: source.read_bytes()
        for name, source in content_files().items()
        if not (name.startswith("articles/") and (root / "articles").is_dir())
    }
    files["requirements.txt"] = files["requirements.txt"].replace(
        b"{requirement}", requirement.encode()
    )
    files["dwiwarta.yml"] = settings_text().encode()
    return {name: files[name] for name in sorted(files)}


def settings_text() -> str:
    """``dwiwarta.yml`` with every setting, its meaning and its default, all of them commented."""
    lines = [_SETTINGS_HEAD]
    for name, group in Settings().__iter__():
        lines.append(f"\n# {name}:\n")
        lines += (f"# {line}\n" for line in _described(group, "  "))
    return "".join(lines)


def _described(group: BaseModel, indent: str) -> Iterator[str]:
    for name, field in type(group).model_fields.items():
        value = getattr(group, name)
        if (field.description or "").startswith(_MOVED):
            continue
        if isinstance(value, BaseModel):
            yield f"{indent}{name}:"
            yield from _described(value, indent + "  ")
            continue
        if field.description:
            yield f"{indent}# {field.description}"
        # JSON is YAML, and each value on one line.
        given = group.model_dump(mode="json", include={name})[name]
        yield f"{indent}{name}: {json.dumps(given, ensure_ascii=False)}"


def _write_new(root: Path, name: str, data: bytes) -> bool:
    """Write a file that is not there; says whether it wrote. Raises ``SiteError``."""
    path = root / name
    try:
        refuse_link(path.parent, root)
        if path.is_symlink() or path.exists():
            return False
        return write_atomic(path, data, below=root)
    except OSError as error:
        raise SiteError(refusal(error, path)) from error
