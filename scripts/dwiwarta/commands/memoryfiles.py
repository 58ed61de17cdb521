"""Which memory files a person means by the name of an article, an export, a folder or a PO file."""

from collections.abc import Sequence
from pathlib import Path

import click

from dwiwarta.settings import Project
from dwiwarta.translate import Memory


def memory_files(
    project: Project, memory: Memory, given: Sequence[Path], param_hint: str
) -> tuple[str, ...]:
    """Their paths below ``articles/``, each once; broken ones are among them.

    An export stands for the files of all its records. Raises ``click.BadParameter`` for what has
    no memory file.
    """
    names = sorted({*memory.index.paths(), *memory.broken})
    found: dict[str, None] = {}
    for file in given:
        name = _memory_name(project, file)
        chosen = [one for one in names if one == name or one.startswith(_folders_of(name))]
        if not chosen:
            raise click.BadParameter(
                f"{file}: no article of this project with a memory file", param_hint=param_hint
            )
        found.update(dict.fromkeys(chosen))
    return tuple(found)


def _memory_name(project: Project, file: Path) -> str:
    """A file as a person names it, as the memory knows it: below ``articles/``, ending in .po.

    Looked for from here, from the project's folder and from ``articles/``. "" stands for the whole
    of ``articles/``; a folder's name has no ending.
    """
    base = project.articles_dir.resolve()
    places = [folder / file for folder in (Path(), project.root, base)]
    full = next((place for place in places if place.exists()), base / file).resolve()
    name = full.relative_to(base).as_posix() if full.is_relative_to(base) else file.as_posix()
    if full == base:
        return ""
    return name if name.endswith(".po") or full.is_dir() else f"{name}.po"


def _folders_of(name: str) -> tuple[str, ...]:
    """How the memory files below a folder, or those of an export's records, begin."""
    if not name:
        return ("",)
    return (f"{name.removesuffix('.po')}.d/",) if name.endswith(".po") else (f"{name}/",)
