"""A site's own knowledge: YAML in its folder ``knowledge/``, laid over the program's file by file.

An overlay has the name and the schema of a file of the program. Its entries are added, or take the
place of the program's entry of that name; what stands under ``without`` is switched off. Which
schema, and what lies over what, is with each file's model; here is which folder is laid over, and
what is remembered for as long as it says the same. (``off`` as a key would be *false* in YAML.)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from dwiwarta.errors import SettingsError
from dwiwarta.fingerprint import digest_of
from dwiwarta.yamlfile import M, Strict, load_text, read_text

# The files of the program that an overlay may be laid over.
OVERLAYS = (
    *("alignment.yml", "bodies.yml", "boilerplate.yml", "countries.yml", "country_rules.yml"),
    *("gate.yml", "glossary.yml", "lexicon.yml", "newspaper.yml", "search.yml"),
    *("topic_terms.yml", "topics.yml"),
)
FOLDER = "knowledge"

P = ParamSpec("P")
T = TypeVar("T")


class Overlay(Strict):
    """What every overlay has."""

    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlays:
    """The overlays of one site: their folder, and the text of each by name."""

    folder: Path | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


# One site at a time is built by a process: names of countries are asked for at every turn.
_laid = Overlays()
_forget: list[Callable[[], None]] = []


def use_overlays(folder: Path) -> None:
    """Lay the files of a folder over the program's, as they are now.

    Raises ``SettingsError`` for a file that no overlay can be, for a link and for what cannot be
    read. What the files say is checked when it is asked for.
    """
    # Nothing depends on the folder where there is no overlay: what is remembered then stays.
    lay(Overlays(folder, texts) if (texts := _read(folder)) else Overlays())


def laid() -> Overlays:
    """What is laid over at present, to be laid in another process."""
    return _laid


def lay(overlays: Overlays) -> None:
    """Lay these over the program's files in place of those before."""
    global _laid
    if overlays != _laid:
        for forget in _forget:
            forget()
        _laid = overlays


def overlay_digests() -> Mapping[str, str]:
    """The digest of each overlay that there is, by name: what results depend on."""
    return {name: digest_of(text) for name, text in sorted(_laid.texts.items())}


def load_overlay(name: str, model: type[M]) -> M:
    """The overlay of that name, an empty one if there is none.

    Raises ``SettingsError`` that lists every fault as ``file:line: key: what is wrong``.
    """
    text = _laid.texts.get(name)
    if text is None or _laid.folder is None:
        return model()
    return load_text(_laid.folder / name, text, model)


def forget_with_overlays(clear: Callable[[], None]) -> None:
    """Have ``clear`` called whenever other overlays are laid: what it clears depends on them."""
    _forget.append(clear)


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """As ``functools.cache``, until other overlays are laid."""
    known = cache(function)
    forget_with_overlays(known.cache_clear)
    return cast("Callable[P, T]", known)


def own_file(name: str) -> str:
    """How a person in the site's folder calls an overlay."""
    return f"{FOLDER}/{name}"


def _read(folder: Path) -> dict[str, str]:
    if folder.is_symlink():
        raise SettingsError(f"{folder}:1: is a link, and nothing is read through one")
    texts = {}
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix not in (".yml", ".yaml") or path.name.startswith("."):
            continue
        if path.name not in OVERLAYS:
            known = ", ".join(OVERLAYS)
            raise SettingsError(
                f"{path}:1: the program has no file of this name; there are {known}"
            )
        if path.is_symlink():
            raise SettingsError(f"{path}:1: is a link, and nothing is read through one")
        if _says_something(text := read_text(path)):
            texts[path.name] = text
    return texts


def _says_something(text: str) -> bool:
    """Whether a YAML file holds more than comments, as the first ones of a site do."""
    lines = (line.strip() for line in text.splitlines())
    return any(line and not line.startswith("#") for line in lines)
