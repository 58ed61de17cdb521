"""Newspaper style unfolded, by the cases in ``tests/cases/newspaper.yml``."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.errors import SettingsError
from dwiwarta.words.newspaper import load_newspaper, unfolding, written_out
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "newspaper.yml"


def test_what_readers_are_told() -> None:
    def check(case: dict[str, Any]) -> None:
        for language in ("en", "id"):
            if language in case:
                text = case["text"]
                found = unfolding(language).unfold(text)  # type: ignore[arg-type]
                said = [f"{text[one.start : one.end]} = {one.text}" for one in found]
                assert said == case[language]

    check_each(cases(CASES), check)


def test_every_term_is_found_as_it_is_written() -> None:
    for form, term in load_newspaper().said.items():
        for language in ("en", "id"):
            (found,) = unfolding(language).unfold(f"kata {form} itu")  # type: ignore[arg-type]
            assert found.text == term.text(language)  # type: ignore[arg-type]


@given(st.text(alphabet="Rp 0123456789.,()/KamisperjutaWIB-US$", max_size=60))
def test_any_text_gives_ranges_in_order(text: str) -> None:
    at = 0
    for one in unfolding().unfold(text):
        assert at <= one.start < one.end <= len(text)
        assert one.text
        at = one.end


@given(st.integers(0, 10**11), st.integers(0, 6))
def test_numbers_are_written_out(whole: int, zeros: int) -> None:
    said = written_out(str(whole), "", zeros, english=True)
    assert int(said.replace(",", "")) == whole * 10**zeros


def test_a_form_that_stands_twice_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "newspaper.yml"
    entry = "  - forms: [Menko]\n    en: x\n    id: y\n"
    speech = "speech: {forms: [a], en: x, id: y}\n"
    groups = "powers: {}\ncurrencies: {}\nzones: {}\nbefore_day: {}\n"
    path.write_text(f"{groups}{speech}terms:\n{entry * 2}", "utf-8")
    with pytest.raises(SettingsError, match=r"newspaper\.yml:10.*Menko"):
        load_newspaper(path)
