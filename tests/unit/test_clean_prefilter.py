"""The prefilter hides no match: patterns with it find what they find without it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta import addresses
from dwiwarta.clean import clean_article, load_rules, split_sentences
from dwiwarta.clean.literals import opens_line, required_literals
from dwiwarta.clean.prefilter import Prefilter, finder
from dwiwarta.clean.ruleschema import RuleFile
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.model import RawArticle, SourceRef
from dwiwarta.yamlfile import load_yaml

FILE = load_yaml(KNOWLEDGE_DIR / "boilerplate.yml", RuleFile)
RULES = [*FILE.general, *(rule for outlet in FILE.outlets for rule in outlet.patterns)]
EXAMPLES = sorted({line for rule in RULES for line in (*rule.matches, *rule.spares)})
PATTERNS = [rule.pattern for rule in RULES] + [s for o in FILE.outlets for s in o.signs]
REGEXES = [re.compile(pattern) for pattern in PATTERNS]
FINDERS = [finder(pattern) for pattern in PATTERNS]
PREFILTER = Prefilter(PATTERNS)

# What a pattern that ignores case takes for the same letter.
LOOKALIKES = str.maketrans({"s": "ſ", "k": "\u212a", "i": "ı", "I": "İ"})
WAYS = (str, str.upper, str.lower, str.swapcase, str.title, lambda line: line.translate(LOOKALIKES))
pieces = st.one_of(
    st.sampled_from(EXAMPLES),
    st.builds(lambda way, line: way(line), st.sampled_from(WAYS), st.sampled_from(EXAMPLES)),
    st.builds(
        lambda line, start, end: line[start:end],
        st.sampled_from(EXAMPLES),
        st.integers(0, 40),
        st.integers(10, 80),
    ),
    st.text(alphabet=" .,:-–()[]/©@|“”*aAkKſıİ1", max_size=5),
)
lines = st.lists(pieces, max_size=4).map(lambda parts: "".join(parts).replace("\n", " "))


def check(line: str) -> None:
    candidates = PREFILTER.candidates(line)
    for number, (regex, find) in enumerate(zip(REGEXES, FINDERS, strict=True)):
        plain, found = regex.search(line), find(line)
        assert (found and found.span()) == (plain and plain.span()), (regex.pattern, line)
        assert plain is None or candidates >> number & 1, (regex.pattern, line)


def test_each_rule_finds_its_examples_whatever_their_case() -> None:
    for line in EXAMPLES:
        for way in WAYS:
            check(way(line))


@given(lines)
def test_hides_no_match_in_any_line(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"\((?:a|b)\)", {"(a)", "(b)"}),
        (r"©|&copy;", {"©", "&copy;"}),
        (r"[*(]x?|\[", {"*", "(", "["}),
        (r"\s\((?:[+]|-{1,3})\)", {"("}),
        (r"[.,]x|y", set()),
    ],
)
def test_short_strings_count_where_they_hold_a_rare_sign(pattern: str, literals: set[str]) -> None:
    assert {text for text, _ in required_literals(pattern)} == literals


@pytest.mark.parametrize(
    ("pattern", "anchored"),
    [
        (r"^a", True),
        (r"^a|^b", True),
        (r"(?:^a|\Ab)c", True),
        (r"(?i:^a)", True),
        (r"^a|b", False),
        (r"a?^b", False),
        (r"(?m)^a", False),
        (r"(?m:^a)", False),
        ("", False),
    ],
)
def test_knows_what_can_only_match_at_the_beginning(pattern: str, anchored: bool) -> None:
    assert opens_line(pattern) is anchored


def test_a_line_of_marks_is_not_looked_at_as_a_whole_after_each() -> None:
    looked = 0

    class Counting(Prefilter):
        def candidates(self, line: str) -> int:
            nonlocal looked
            looked += len(line)
            return super().candidates(line)

    patterns = [*(one.pattern for one in FILE.general), *(s for o in FILE.outlets for s in o.signs)]
    rules = replace(load_rules(), of_outlet={}, outlets=(), prefilter=Counting(patterns))
    body = "Warga kembali memadati taman kota pada Minggu pagi setelah perbaikan selesai."
    text = f"Judul yang Baik\n{body}\n" + "Baca juga: Kota Ini Baik. " * 500
    clean_article(RawArticle(SourceRef("x.txt"), text), rules)
    assert looked < 20 * len(text)


def test_many_patterns_are_told_apart() -> None:
    numbers = [f"kata{number:03}" for number in range(200)]
    prefilter = Prefilter([*numbers, r"\d"])
    bits = prefilter.candidates("kata007 dan kata199")
    assert [n for n in range(201) if bits >> n & 1] == [7, 199, 200]
    assert prefilter.candidates("") == 1 << 200


@given(st.text(alphabet=" .,!?…”\"’'“‘%)]]aAbBcCéz019-", max_size=12))
def test_every_seam_shows_the_signs_that_are_looked_for_first(line: str) -> None:
    glued = split_sentences._GLUED_SENTENCES, split_sentences._COMMA_SEAM
    if any(pattern.search(line) for pattern in glued):
        assert split_sentences._MAY_BE_GLUED.search(line)


@given(st.text(alphabet=" .,!?…”\"’'“‘%)]aAbBcCéz019-", max_size=12))
def test_seams_begin_where_the_plain_pattern_has_them(line: str) -> None:
    plain = re.compile(
        r"(?<=[a-z0-9%)\]”\"’'é])(?P<end>[.!?][”\"’']?)"
        r"(?=[“\"‘']?[A-Z][a-zA-Z]|[“‘]|\"[A-Z]|[A-Z] )"
        r"|(?<=[a-z)”\"])\.(?=\d{1,2}[ .][ A-Z])|(?<=[a-z0-9][.!?,])[”\"](?=[“A-Z][a-zA-Z])"
    )
    found = split_sentences._GLUED_SENTENCES.finditer(line)
    spans = [(match.span(), match["end"] is not None) for match in found]
    assert spans == [(match.span(), match["end"] is not None) for match in plain.finditer(line)]


def test_a_heading_glued_to_its_text_shows_where_the_case_changes() -> None:
    line = "1. Kota BaruKota Baru menempati"
    assert split_sentences._DOUBLED.search(line)
    assert split_sentences._MAY_BE_DOUBLED.search(line)


ADDRESS_PARTS = st.sampled_from(
    [
        "https://",
        "www.",
        "kabar",
        ".",
        "/",
        "@",
        ".com",
        ".id/",
        "-",
        "peta",
        ".PDF",
        ".docx",
        ".JPEG",
        ".html",
        "?x",
        ".xls",
        ".ppt",
        ".htm",
        ".mp3",
        ".gov/",
        ".edu/x",
        ".go.id",
    ]
)


@given(st.lists(ADDRESS_PARTS, max_size=8).map("".join))
def test_every_address_shows_the_signs_that_are_looked_for_first(text: str) -> None:
    found = [match.span() for match in addresses._ADDRESS.finditer(text)]
    assert addresses.address_spans(text) == found
