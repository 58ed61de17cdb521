"""Editors' decisions: understood, or reported with their line."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.errors import ArticleError
from dwiwarta.knowledge.codes import topic_id
from dwiwarta.knowledge.taxonomy import countries, countries_called, country_name
from dwiwarta.model import Overrides
from dwiwarta.problems import ProblemLog
from dwiwarta.read.frontmatter import Scope, parse_overrides, split_front_matter
from dwiwarta.read.keys import _plain_keys, keys_in, load_yaml_node
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "read_overrides.yml"


def as_written(overrides: Overrides) -> dict[str, Any]:
    """Only what differs from "nothing decided", as the case files write it."""
    default = Overrides()
    found = {
        name: getattr(overrides, name)
        for name in Overrides.__slots__
        if getattr(overrides, name) != getattr(default, name)
    }
    found.pop("places", None)
    if overrides.decisions:
        found["decisions"] = [f"{d.line} {d.kind.value} {d.target}" for d in overrides.decisions]
    if overrides.published:
        found["published"] = overrides.published.iso
    return {name: list(v) if isinstance(v, tuple) else v for name, v in found.items()}


def test_every_case_is_read_as_it_says() -> None:
    def check(case: dict[str, Any]) -> None:
        problems = ProblemLog()
        if "error" in case:
            with pytest.raises(ArticleError) as error:
                parse_overrides(case["text"], "a.md", 1, problems)
            assert str(error.value).startswith(f"a.md:{case['error']}")
            return
        assert as_written(parse_overrides(case["text"], "a.md", 1, problems)) == case["is"]
        expected = case.get("problems", [])
        assert problems.count == len(expected)
        for problem, words in zip(problems.all, expected, strict=True):
            assert str(problem).startswith(f"a.md:{words}")

    check_each(cases(CASES), check)


def test_lines_count_from_where_the_front_matter_begins() -> None:
    problems = ProblemLog()
    parse_overrides("title: A\n\ndate: besok\n", "a.md", 2, problems)
    assert [problem.line for problem in problems.all] == [4]


def test_an_export_takes_what_can_hold_for_all_records() -> None:
    problems = ProblemLog()
    text = "title: A\nsource_name: Outlet\nsource_url: https://a.id/\n"
    overrides = parse_overrides(text, "a.csv.yml", 1, problems, Scope.EXPORT)
    assert as_written(overrides) == {"source_name": "Outlet"}
    assert [problem.line for problem in problems.all] == [1, 3]


def test_front_matter_is_split_off() -> None:
    text = "---\ntitle: A\n---\n\nSatu.\n---\nDua.\n"
    assert split_front_matter(text) == ("title: A\n", "\nSatu.\n---\nDua.\n", 4)


@pytest.mark.parametrize(
    "text",
    [
        "---\nBukan kunci, hanya garis.\n---\nTeks.\n",
        "Satu.\n---\ntitle: A\n---\n",
        "----\ntitle: A\n----\n",
        "--- \n\n# Judul\n",
        "",
    ],
)
def test_other_dashes_are_the_authors(text: str) -> None:
    assert split_front_matter(text) == (None, text, 1)


def test_front_matter_that_is_never_closed() -> None:
    with pytest.raises(ValueError, match="never closed"):
        split_front_matter("---\ntitle: A\nTeks yang panjang.\n")


def test_deep_nesting_is_a_fault_not_a_crash() -> None:
    with pytest.raises(ArticleError, match="broken YAML"):
        parse_overrides("title: " + "[" * 5000, "a.md", 1, ProblemLog())


def test_a_bomb_of_aliases_is_refused_quickly() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    text = "\n".join([*rows, "title: Banjir", "countries: *a11"])
    with pytest.raises(ArticleError, match=r"a\.md:\d+: broken YAML: aliases repeat more"):
        parse_overrides(text, "a.md", 1, ProblemLog())
    problems = ProblemLog()
    assert as_written(parse_overrides("title: &a Banjir\nauthor: *a", "a.md", 1, problems)) == {
        "title": "Banjir",
        "author": "Banjir",
    }
    assert not problems.count


def test_a_long_gap_in_a_value_that_is_not_quoted_is_read() -> None:
    """With the square of its length this would take minutes."""
    text = f"title: Banjir:{' ' * 150_000}dua desa  \n"
    assert as_written(parse_overrides(text, "a.md", 1, ProblemLog())) == {
        "title": "Banjir: dua desa"
    }


def test_a_number_of_toml_that_python_does_not_write_is_a_fault() -> None:
    text = f"title = 'Banjir'\nfoo = 0x{'f' * 5000}\n"
    with pytest.raises(ArticleError, match=r"a\.md:\d: broken TOML: [^\n]+$"):
        parse_overrides(text, "a.md", 1, ProblemLog(), toml=True)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        assert isinstance(parse_overrides(text, "a.md", 1, ProblemLog()), Overrides)
    except ArticleError:
        return


_KEYS = st.sampled_from(["title", "source_url", "Sitename", "skip", "x_y", "null", "no", "12"])
_VALUES = st.one_of(
    st.sampled_from(
        ["null", "Null", "true", "2023-02-31", "12:30", "https://a.example/b", "a: b", "a:", "- a"]
    ),
    st.text("aZ09 .,/()&'+_-:#~?%*!|>{}[]\"@`\\\t\u00e9\u2028\x85", max_size=12),
)
_ROWS = st.tuples(_KEYS, st.sampled_from([": ", ":  ", ":", " : "]), _VALUES).map("".join)


@given(st.lists(_ROWS, max_size=4).map("\n".join), st.sampled_from(["", "\n", "\n\n", "\r\n"]))
def test_plain_lines_say_what_the_parser_reads(rows: str, end: str) -> None:
    plain = _plain_keys(rows + end, 3)
    if plain is not None:
        problems = ProblemLog()
        assert plain == keys_in(load_yaml_node(rows + end, "a.yml", 3), "a.yml", 3, problems)
        assert not problems.all


def test_plain_lines_are_known() -> None:
    text = "title: Harga beras naik (2)\nsource_url: https://a.example/b?c:d\n"
    assert _plain_keys(text.replace("?", ""), 2) == (
        {"title": "Harga beras naik (2)", "source_url": "https://a.example/bc:d"},
        {"title": 2, "source_url": 3},
    )
    assert _plain_keys("title: a\ntitle: b\n", 2) is None  # which is told


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_splitting_loses_nothing(text: str) -> None:
    try:
        front, body, line = split_front_matter(text)
    except ValueError:
        return
    assert text.endswith(body)
    if front is None:
        assert (body, line) == (text, 1)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ID", "ID"),
        (" kr ", "KR"),
        ("Kamboja", "KH"),
        ("Côte d’Ivoire", "CI"),
        ("Timor Leste", "TL"),
        ("south korea", "KR"),
        ("Inggris", "GB"),
        ("Palestina", "PS"),
        ("korsel", "KR"),
        ("UK", "GB"),
        ("USA", "US"),
        ("MYS", "MY"),
        ("RI", "ID"),
        ("Tiongkok", "CN"),
        ("Kongo", "CD"),
        ("Republik Kongo", "CG"),
        ("Skotlandia", "GB"),
        ("Sao Tome dan Principe", "ST"),
        ("São Tomé dan Príncipe", "ST"),
        ("as", "AS US"),
        ("Samoa Amerika", "AS"),
        ("ASM", "AS"),
        ("Amerika Serikat (AS)", "US"),
        ("Uni Emirat Arab (UEA)", "AE"),
        ("Jepang (Korea)", ""),
        ("Kerajaan Thailand", "TH"),
        ("Republik Prancis", "FR"),
        ("the Kingdom of Norway", "NO"),
        ("Kep. Solomon", "SB"),
        ("Republik China", ""),
        ("State of Georgia", ""),
        ("Portugis", "PT"),
        ("Kerajaan", ""),
        ("Trump", ""),
        ("Jakarta", ""),
        ("ZZ", ""),
        ("UN", ""),
        ("", ""),
    ],
)
def test_what_an_editor_may_call_a_country(text: str, codes: str) -> None:
    assert countries_called(text) == tuple(codes.split())


def test_every_name_that_the_site_shows_may_be_written() -> None:
    for code in countries().countries:
        for shown in (code, *(country_name(code, lang) for lang in ("en", "id"))):
            assert countries_called(shown) == (code,), shown


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("medtop:01000000", "medtop:01000000"),
        ("17000000", "medtop:17000000"),
        ("Politics", "medtop:11000000"),
        ("economy, business and finance", "medtop:04000000"),
        ("disaster, accident and emergency", "medtop:03000000"),
        ("Arts, culture and entertainment", "medtop:01000000"),
        ("and", None),
        ("medtop:18000000", None),
        ("20000001", None),
        ("", None),
    ],
)
def test_topic_ids(text: str, topic: str | None) -> None:
    assert topic_id(text) == topic
