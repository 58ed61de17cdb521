"""The patterns of boilerplate.yml: each on its own examples, and all on hostile text."""

import re
from pathlib import Path

import pytest

from dwiwarta.backtracking import risk_in
from dwiwarta.clean.literals import required_literals
from dwiwarta.clean.rules import load_rules
from dwiwarta.clean.ruleschema import PatternRule, RuleFile
from dwiwarta.errors import SettingsError
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.text import regex_folded
from dwiwarta.yamlfile import load_yaml
from entries import check_each, placed

PATH = KNOWLEDGE_DIR / "boilerplate.yml"
FILE = load_yaml(PATH, RuleFile)
RULES = placed(PATH, ["general"], FILE.general) + [
    rule
    for number, outlet in enumerate(FILE.outlets)
    for rule in placed(PATH, ["outlets", number, "patterns"], outlet.patterns)
]
SIGNS = [
    sign
    for number, outlet in enumerate(FILE.outlets)
    for sign in placed(PATH, ["outlets", number, "signs"], outlet.signs)
]
SEEDS = ("Baca juga: ", "A ", " ", "(", "a/", "“A", ": ", "Foto: ", "Editor")


def test_every_pattern_finds_its_examples_and_spares_the_others() -> None:
    def check(rule: PatternRule) -> None:
        regex = re.compile(rule.pattern)
        for line in rule.matches:
            assert regex.search(line), line
        for line in rule.spares:
            assert not regex.search(line), line

    check_each(RULES, check)


def test_no_literal_hides_a_match() -> None:
    def check(rule: PatternRule) -> None:
        literals = required_literals(rule.pattern)
        for line in rule.matches:
            assert not literals or any(
                text in (line if cased else regex_folded(line)) for text, cased in literals
            ), line

    check_each(RULES, check)


@pytest.mark.cpu_seconds(60)
def test_every_pattern_ends_soon_on_hostile_text() -> None:
    def check(rule: PatternRule) -> None:
        regex = re.compile(rule.pattern)
        for seed in (*rule.matches, *SEEDS):
            for text in (seed * (8_000 // len(seed)), seed + "a" * 8_000, f"{seed}{' ' * 8_000}!"):
                regex.search(text)

    check_each(RULES, check)


@pytest.mark.cpu_seconds(60)
def test_signs_end_soon_on_hostile_text() -> None:
    def check(sign: str) -> None:
        for seed in ("A", "a ", "AB ", "A, ", "(", " "):
            re.search(sign, seed * 8_000)

    check_each(SIGNS, check)


def test_names_are_unique() -> None:
    groups = [("general", FILE.general), *((one.id, one.patterns) for one in FILE.outlets)]
    names = [f"{group}/{rule.id}" for group, rules in groups for rule in rules]
    assert len(names) == len(set(names))
    outlets = [outlet.id for outlet in FILE.outlets]
    assert len(outlets) == len(set(outlets))


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+b", r"(\w+\s?)*$", r"\s*X", r"(?:.{1,400}x){2,}", r"([a-z]*,)*", r"(?<=x)\w+y"],
)
def test_patterns_that_may_explode_are_refused(pattern: str) -> None:
    assert risk_in(pattern)


@pytest.mark.parametrize("pattern", [r"^\s*X", r"(?:a|b){0,80}c", r"x.{0,200}$", r"^(?:\d ){1,6}x"])
def test_bounded_patterns_are_accepted(pattern: str) -> None:
    assert risk_in(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"Baca (?:juga|lagi):", {"Baca juga:", "Baca lagi:"}),
        (r"^(?:Advertisement|Iklan)$", {"Advertisement", "Iklan"}),
        (r"(?i:TULIS KOMENTAR) x", {"~tulis komentar x"}),
        (r"(?i)Ab(?-i:C)d", {"~abcd"}),
        (r"[Bb]aca\b(?= ini)\d", {"Baca", "baca"}),
        (r"Foto ?:", {"Foto:", "Foto :"}),
        (r"Fotos?x?", {"Foto"}),
        (r"(?:abc\d|defg)h", {"abc", "defg"}),
        (r"(?:abc\d|defg)", {"abc", "defg"}),
        (r"\d{1,3}|abc", set()),
        (r"(?:abcd)?ef", set()),
        (r"(?:abc){2,}", {"abc"}),
        (r"(?:abc)*", set()),
        (r"[ab]cdefg?h", {"acdefh", "acdefgh", "bcdefh", "bcdefgh"}),
        (r"[a-z]cdefg", {"cdefg"}),
        (r"[^ab]cdefg", {"cdefg"}),
        (r"[abcde][abcde][abcde]foto", {f"{letter}foto" for letter in "abcde"}),
    ],
)
def test_required_literals(pattern: str, literals: set[str]) -> None:
    """``~`` stands before a string that is looked for whatever the case."""
    found = {text if cased else f"~{text}" for text, cased in required_literals(pattern)}
    assert found == literals


RULE = """
general:
  - id: x
    pattern: '{pattern}'
    action: line
    matches: abc
    spares: xyz
{more}
outlets: []
"""


@pytest.mark.parametrize(
    ("pattern", "more", "reason"),
    [
        ("(abc", "", "no regular expression"),
        ("(a+)+b", "", "may take very long"),
        ("abc", "    where: middle", "where"),
        ("abc", "    colour: red", "unknown key"),
        ("abc", "    field: byline", "needs a group"),
    ],
)
def test_faults_are_named_by_line(tmp_path: Path, pattern: str, more: str, reason: str) -> None:
    path = tmp_path / "boilerplate.yml"
    path.write_text(RULE.format(pattern=pattern, more=more), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_rules(path)
    assert re.search(rf"boilerplate\.yml:\d+: .*{reason}", str(caught.value))
