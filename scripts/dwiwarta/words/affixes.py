"""Affixes as data: ``knowledge/affixes.yml``, checked, and made ready to be looked for in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.yamlfile import PlaceError, Strict, load_yaml

Language = Literal["en", "id"]
BETWEEN = "…"  # stands for the root in the name of an affix


class Explained(Strict):
    """What an affix does, in words."""

    en: str
    id: str

    def text(self, language: Language) -> str:
        """In one of both languages."""
        return self.en if language == "en" else self.id


class Spelling(Strict):
    """One way to write a prefix; the file says what each key means."""

    as_: str = Field(alias="as")
    before: str = ""
    hides: str = Field("", max_length=1)
    short: bool = False
    seldom: bool = False


class Affix(Explained):
    """An affix; the file says what the keys mean."""

    around: tuple[str, ...] = ()
    rare: bool = False
    only_inside: bool = False


class Doubled(Strict):
    """What saying a word twice does: as it is, with another sound, or its beginning alone.

    ``set``: where the entry of its root says what the doubled word means.
    """

    word: Explained
    changed: Explained
    begun: Explained
    set: Explained


@dataclass(frozen=True, slots=True)
class Shape:
    """An affix as it is written: ``begin`` and ``end`` around what is left of the root."""

    affix: str
    begin: str
    end: str
    before: str
    hides: str
    short: bool
    seldom: bool

    @property
    def form(self) -> str:
        """As a reader is shown it: ``meng-…-kan``."""
        parts = (f"{self.begin}-" if self.begin else "", f"-{self.end}" if self.end else "")
        return BETWEEN.join(parts) if all(parts) else "".join(parts)


class Affixes(Strict):
    """The whole file."""

    spellings: dict[str, tuple[Spelling, ...]]
    hidden: Explained
    affixes: dict[str, Affix]
    endings: tuple[dict[str, Explained], ...]
    beginnings: dict[str, Explained]
    doubled: Doubled

    @model_validator(mode="after")
    def _stands_on_what_there_is(self) -> "Affixes":
        for name, affix in self.affixes.items():
            if unknown := [other for other in affix.around if other not in self.affixes]:
                raise PlaceError(f"no affix {unknown[0]!r}", ("affixes", name, "around"))
        return self

    @cached_property
    def shapes(self) -> Mapping[str, tuple[Shape, ...]]:
        """Each affix with all ways to write it."""
        found = {}
        for name in self.affixes:
            begin, _, end = name.partition(BETWEEN) if BETWEEN in name else _one_sided(name)
            begin, end = begin.strip("-"), end.strip("-")
            written = self.spellings.get(begin, (Spelling(**{"as": begin}),))
            found[name] = tuple(
                Shape(name, one.as_, end, one.before, one.hides, one.short, one.seldom)
                for one in written
            )
        return found

    @cached_property
    def _explained(self) -> Mapping[str, Explained]:
        found: dict[str, Explained] = {**self.affixes, **self.beginnings}
        for group in self.endings:
            found |= group
        doubled = self.doubled
        return found | {name: getattr(doubled, name) for name in Doubled.model_fields}

    def does(self, affix: str, language: Language = "en") -> str:
        """What an affix does, by its name in the file; of doubled words by its key there."""
        return self._explained[affix].text(language)

    def hides(self, letter: str, root: str, language: Language = "en") -> str:
        """What is said of the first letter of a root that a prefix hides."""
        return self.hidden.text(language).format(letter=letter, root=root)


def _one_sided(name: str) -> tuple[str, str, str]:
    return ("", "", name) if name.startswith("-") else (name, "", "")


@remembered
def load_affixes(path: Path = KNOWLEDGE_DIR / "affixes.yml") -> Affixes:
    """Read the file. Raises ``SettingsError`` with ``file:line: reason`` for each fault."""
    return load_yaml(path, Affixes)
