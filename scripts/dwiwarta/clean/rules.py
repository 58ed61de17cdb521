"""The boilerplate rules: what ``knowledge/boilerplate.yml`` may say, checked and compiled."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Self

from pydantic import Field, field_validator, model_validator

from dwiwarta.clean.lexicon import Lexicon, load_lexicon
from dwiwarta.clean.prefilter import Find, Prefilter, finder
from dwiwarta.clean.safety import risk_in
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.text import squash
from dwiwarta.yamlfile import Strict, load_yaml


class Action(Enum):
    """What goes when a pattern matches a line."""

    LINE = "line"  # the whole line
    SPAN = "span"  # only what matched
    HEADLINE = "headline"  # what matched and the headline that follows it
    REST = "rest"  # from the match to the end of the article, if that is a page's tail


class Where(Enum):
    """In which part of an article a pattern is tried."""

    ANYWHERE = "anywhere"
    HEAD = "head"  # among the lines before the running text
    TAIL = "tail"  # among the last lines


class FieldName(Enum):
    """The field that takes over what the group ``value`` of a pattern matched."""

    BYLINE = "byline"
    INITIALS = "initials"
    CREDIT = "credit"  # agency, editor, syndication: only recorded in the audit


class PatternRule(Strict):
    """One pattern. ``matches`` and ``spares`` are its test: lines it must and must not touch."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    pattern: str = Field(min_length=3)
    action: Action
    where: Where = Where.ANYWHERE
    field: FieldName | None = None
    note: str = ""
    matches: tuple[str, ...] = Field(min_length=1)
    spares: tuple[str, ...] = Field(min_length=1)

    @field_validator("matches", "spares", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("pattern")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        return _checked(value)

    @model_validator(mode="after")
    def _field_has_value(self) -> Self:
        if self.field and "value" not in re.compile(self.pattern).groupindex:
            raise ValueError("a pattern with a field needs a group (?P<value>…)")
        return self


def _checked(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    if risk := risk_in(pattern):
        raise ValueError(f"may take very long on some text: {risk}")
    return pattern


class OutletRule(Strict):
    """An outlet: how it is recognised, and the patterns that only its pages need.

    ``hosts``: domains, subdomains included. ``marks``: its names as source lines and datelines
    print them. ``signs``: patterns of a line that only its pages have, where no URL and no name
    tells. ``unmarked_headlines``: its pages print headlines of other articles between paragraphs
    with no mark at all.
    """

    id: str = Field(pattern=r"^[a-z0-9]+$")
    name: str
    hosts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    unmarked_headlines: bool = False
    patterns: tuple[PatternRule, ...] = ()

    @field_validator("signs")
    @classmethod
    def _are_safe(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_checked, values))


class RuleFile(Strict):
    """All of ``boilerplate.yml``."""

    general: tuple[PatternRule, ...]
    outlets: tuple[OutletRule, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    ``name`` is what the audit shows: ``general/read-also``; ``bit`` its place in
    ``Rules.prefilter``; ``find`` gives its first match in a line.
    """

    name: str
    find: Find
    bit: int
    action: Action
    where: Where
    field: FieldName | None


@dataclass(frozen=True, slots=True)
class Outlet:
    """What is looked up for each article: an outlet's squashed names and ids, and its signs."""

    rule: OutletRule
    names: frozenset[str]
    signs: tuple[tuple[int, Find], ...]  # with their bits in ``Rules.prefilter``


@dataclass(frozen=True)
class Rules:
    """Compiled rules: the general patterns, those of each outlet, and the outlets themselves."""

    general: tuple[Pattern, ...]
    of_outlet: dict[str, tuple[Pattern, ...]]
    outlets: tuple[Outlet, ...]
    prefilter: Prefilter
    lexicon: Lexicon

    @cached_property
    def outlet_names(self) -> frozenset[str]:
        """The squashed names and domains of all outlets."""
        return frozenset(
            squash(name)
            for outlet in self.outlets
            for name in (outlet.rule.name, *outlet.rule.marks, *outlet.rule.hosts)
        )

    @cached_property
    def marks(self) -> tuple[Pattern, ...]:
        """The general patterns by which a line can be nothing but a mark.

        "Terkait" and the like, behind which a page's tail begins, may also be a link's words.
        """
        return tuple(one for one in self.general if one.action is not Action.REST)

    def patterns(self, outlet: str | None) -> tuple[Pattern, ...]:
        """The patterns for an article of ``outlet``, its own ones first."""
        return self.of_outlet.get(outlet or "", ()) + self.general


def load_rules(path: Path = KNOWLEDGE_DIR / "boilerplate.yml") -> Rules:
    """Read and compile the rules. Raises ``SettingsError`` that names every fault by line."""
    file = load_yaml(path, RuleFile)
    groups = {"general": file.general, **{one.id: one.patterns for one in file.outlets}}
    compiled: dict[str, tuple[Pattern, ...]] = {}
    number = 0
    for group, rules in groups.items():
        compiled[group] = tuple(
            _compile(group, rule, 1 << bit) for bit, rule in enumerate(rules, number)
        )
        number += len(rules)
    signs = [sign for outlet in file.outlets for sign in outlet.signs]
    bits = (1 << bit for bit in count(number))
    return Rules(
        general=compiled.pop("general"),
        of_outlet=compiled,
        outlets=tuple(
            Outlet(
                rule,
                frozenset({squash(rule.name), rule.id, *map(squash, rule.marks)}),
                tuple((next(bits), finder(sign)) for sign in rule.signs),
            )
            for rule in file.outlets
        ),
        prefilter=Prefilter([*(one.pattern for rules in groups.values() for one in rules), *signs]),
        lexicon=load_lexicon(),
    )


def _compile(group: str, rule: PatternRule, bit: int) -> Pattern:
    return Pattern(
        name=f"{group}/{rule.id}",
        find=finder(rule.pattern),
        bit=bit,
        action=rule.action,
        where=rule.where,
        field=rule.field,
    )
