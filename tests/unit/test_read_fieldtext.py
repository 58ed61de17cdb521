"""Fields of exports become what people read, and texts about markup stay as they are."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.read.fieldtext import MarkupError, field_line, field_text
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "read_fields.yml"


def test_every_case_is_read_as_it_says() -> None:
    def check(case: dict[str, str]) -> None:
        assert field_text(case["field"]) == case.get("text", case["field"])

    check_each(cases(CASES), check)


def test_html_that_no_page_has_is_refused_as_text_and_kept_as_a_line() -> None:
    bomb = "<p>" + "<b>" * 5_000 + "x</b></p>"
    with pytest.raises(MarkupError):
        field_text(bomb)
    assert field_line(bomb) == bomb


@given(st.text(alphabet="abc DE.\n,;:!?()\"'-–", max_size=200))
def test_plain_text_stays(text: str) -> None:
    assert field_text(text) == text


@given(st.text(alphabet='<>/pbr &;#amp\\n[]"=!-.A', max_size=80))
def test_any_field_is_text_or_refused(text: str) -> None:
    with contextlib.suppress(MarkupError):
        assert isinstance(field_text(text), str)
