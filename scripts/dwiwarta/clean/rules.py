"""The boilerplate rules, compiled."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

from dwiwarta.clean.lexicon import Lexicon, load_lexicon
from dwiwarta.clean.prefilter import Find, Prefilter, finder
from dwiwarta.clean.ruleschema import (
    Action,
    FieldName,
    OutletRule,
    PatternRule,
    RuleFile,
    RuleOverlay,
    Where,
)
from dwiwarta.clean.traits import keep_traits, recall_traits
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.overlays import load_overlay, own_file
from dwiwarta.text import squash
from dwiwarta.yamlfile import load_yaml


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
    """Read and compile the rules, with the site's own over them.

    Raises ``SettingsError`` that names every fault by line.
    """
    recall_traits()
    file = _overlay().over(load_yaml(path, RuleFile))
    groups = {"general": file.general, **{one.id: one.patterns for one in file.outlets}}
    compiled: dict[str, tuple[Pattern, ...]] = {}
    number = 0
    for group, rules in groups.items():
        compiled[group] = tuple(
            _compile(group, rule, 1 << bit) for bit, rule in enumerate(rules, number)
        )
        number += len(rules)
    signs = [sign for outlet in file.outlets for sign in outlet.signs]
    patterns = [*(one.pattern for rules in groups.values() for one in rules), *signs]
    keep_traits(patterns)
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
        prefilter=Prefilter(patterns),
        lexicon=load_lexicon(),
    )


def own_rules() -> Mapping[str, str]:
    """The rules that the site itself has, as the audit names them, with their file.

    Outlets are ``outlet``, a space and their id.
    """
    overlay = _overlay()
    outlets = (f"outlet {outlet.id}" for outlet in overlay.outlets)
    return dict.fromkeys((*overlay.names(), *outlets), own_file("boilerplate.yml"))


def _overlay() -> RuleOverlay:
    return load_overlay("boilerplate.yml", RuleOverlay)


def _compile(group: str, rule: PatternRule, bit: int) -> Pattern:
    return Pattern(
        name=f"{group}/{rule.id}",
        find=finder(rule.pattern),
        bit=bit,
        action=rule.action,
        where=rule.where,
        field=rule.field,
    )
