"""What ``knowledge/boilerplate.yml`` may say, and how a site's own lies over it."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import Self

from pydantic import Field, field_validator, model_validator

from dwiwarta.backtracking import risk_in
from dwiwarta.clean.traits import traits_of, was_checked
from dwiwarta.knowledge.overlays import Overlay
from dwiwarta.yamlfile import PlaceError, Strict, TwiceError


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
        if self.field and "value" not in traits_of(self.pattern).groups:
            raise ValueError("a pattern with a field needs a group (?P<value>…)")
        return self


def _checked(pattern: str) -> str:
    if was_checked(pattern):
        return pattern
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


class RuleOverlay(Overlay):
    """A site's own ``boilerplate.yml``; its patterns must do what their examples say.

    ``without``: patterns as the audit names them (``general/read-also``), and outlets by their ids.
    """

    general: tuple[PatternRule, ...] = ()
    outlets: tuple[OutletRule, ...] = ()

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        groups: list[tuple[tuple[int | str, ...], Sequence[PatternRule | OutletRule]]] = [
            (("general",), self.general),
            (("outlets",), self.outlets),
            *((("outlets", n, "patterns"), one.patterns) for n, one in enumerate(self.outlets)),
        ]
        for place, rules in groups:
            seen: dict[str, int] = {}
            for number, rule in enumerate(rules):
                if rule.id in seen:
                    first = (*place, seen[rule.id])
                    raise TwiceError(f"{rule.id!r} is the id of two", (*place, number), first)
                seen[rule.id] = number
                if isinstance(rule, PatternRule) and (fault := _against_examples(rule)):
                    raise PlaceError(fault, (*place, number))
        return self

    def names(self) -> frozenset[str]:
        """Its patterns and outlets, as the audit names them."""
        patterns = {"general": self.general, **{one.id: one.patterns for one in self.outlets}}
        return frozenset(f"{group}/{one.id}" for group, ones in patterns.items() for one in ones)

    def over(self, program: RuleFile) -> RuleFile:
        """The program's rules with ours; one of the same id takes the place of the program's."""
        outlets = {one.id: one for one in program.outlets}
        for own in self.outlets:
            outlets[own.id] = _joined(outlets[own.id], own) if own.id in outlets else own
        return RuleFile(
            general=self._left("general", _by_id(program.general, self.general)),
            outlets=tuple(
                one.model_copy(update={"patterns": self._left(one.id, one.patterns)})
                for one in outlets.values()
                if one.id not in self.without
            ),
        )

    def _left(self, group: str, rules: tuple[PatternRule, ...]) -> tuple[PatternRule, ...]:
        return tuple(one for one in rules if f"{group}/{one.id}" not in self.without)


def _against_examples(rule: PatternRule) -> str:
    """What of a pattern's own examples is not so, "" if all is."""
    search = re.compile(rule.pattern).search
    for line in rule.matches:
        if not search(line):
            return f"the pattern does not find its own example {line!r}"
    for line in rule.spares:
        if search(line):
            return f"the pattern finds what it should spare: {line!r}"
    return ""


def _by_id(rules: tuple[PatternRule, ...], own: tuple[PatternRule, ...]) -> tuple[PatternRule, ...]:
    return tuple({**{one.id: one for one in rules}, **{one.id: one for one in own}}.values())


def _joined(outlet: OutletRule, own: OutletRule) -> OutletRule:
    """An outlet with what a site says of it: lists grow, patterns go by their ids."""
    update: dict[str, object] = {
        "name": own.name,
        "patterns": _by_id(outlet.patterns, own.patterns),
    }
    for name in ("hosts", "marks", "signs"):
        update[name] = tuple(dict.fromkeys((*getattr(outlet, name), *getattr(own, name))))
    if "unmarked_headlines" in own.model_fields_set:
        update["unmarked_headlines"] = own.unmarked_headlines
    return outlet.model_copy(update=update)
