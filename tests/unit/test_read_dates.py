"""Dates: read as printed, never more precise than that, and never from what is no date."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.dates import parse_date
from dwiwarta.model import DateOrigin

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "dates.yml").read_text(encoding="utf-8")
)
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"] or "empty")
def test_case(case: dict[str, Any]) -> None:
    origin = DateOrigin(case.get("from", "date line"))
    published = parse_date(case["text"], origin)
    assert (published.iso if published else None) == case["is"]
    assert published is None or published.origin is origin


DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@given(DAYS, st.times(), st.sampled_from(["WIB", "WITA"]))
def test_every_date_line_is_read_as_written(day: date, at: time, zone: str) -> None:
    line = f"Senin, {day.day:02} {MONTHS[day.month - 1]} {day.year} - {at:%H:%M} {zone}"
    published = parse_date(line, DateOrigin.DATE_LINE)
    assert published is not None
    offset = {"WIB": "+07:00", "WITA": "+08:00"}[zone]
    assert published.iso == f"{day.isoformat()}T{at:%H:%M}{offset}"


@given(DAYS)
def test_a_day_alone_has_no_time(day: date) -> None:
    published = parse_date(f"({day.day}/{day.month}/{day.year})", DateOrigin.FIRST_SENTENCE)
    assert published is not None
    assert published.when == day
    assert not published.has_time


@given(st.text(alphabet=st.characters(codec="utf-8")), st.sampled_from(DateOrigin))
def test_any_text_gives_a_date_or_none(text: str, origin: DateOrigin) -> None:
    published = parse_date(text, origin)
    assert published is None or 1900 <= published.day.year <= 2100
