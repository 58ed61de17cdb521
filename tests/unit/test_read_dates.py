"""Dates: read as printed, never more precise than that, and never from what is no date."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.clean.days import is_date_line
from dwiwarta.dates import date_in_name, parse_date, parse_field
from dwiwarta.dedupe.facts import facts_of
from dwiwarta.knowledge.calendar import (
    MONTH_NAMES,
    MONTHS,
    SHORT_MONTH_NAMES,
    WEEKDAY_NAMES,
    WEEKDAYS,
)
from dwiwarta.model import Article, DateOrigin, SourceRef, TitleOrigin
from dwiwarta.translate.gate.quantities.find import quantities
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "dates.yml"
PRINTED_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def test_every_case_is_read_as_it_says() -> None:
    def check(case: dict[str, Any]) -> None:
        origin = DateOrigin(case.get("from", "date line"))
        published = parse_date(case["text"], origin)
        assert (published.iso if published else None) == case["is"], case["text"]
        assert published is None or published.origin is origin

    check_each(cases(CASES), check)


DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@given(DAYS, st.times(), st.sampled_from(["WIB", "WITA"]))
def test_every_date_line_is_read_as_written(day: date, at: time, zone: str) -> None:
    line = f"Senin, {day.day:02} {PRINTED_MONTHS[day.month - 1]} {day.year} - {at:%H:%M} {zone}"
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


ZONES = (
    *("WIB", "Wita", "WITENG", "EST", "JST", "CST", "GMT+8", "UTC-03:30", "+07:00"),
    *("waktu setempat", "(local time)", "Waktu Indonesia Timur"),
    "GMT+0700 (Waktu Indonesia Barat)",
)


@pytest.mark.parametrize("zone", ZONES)
def test_a_line_of_date_time_and_zone_is_a_date_line(zone: str) -> None:
    assert is_date_line(f"Senin, 9 Agts 2021 15:04 {zone}")


def test_every_month_name_is_one_to_dates_and_dedupe() -> None:
    def check(name: str) -> None:
        written = f"9 {name.title()} 2021"
        published = parse_date(written, DateOrigin.DATE_LINE)
        assert published is not None
        assert published.day == date(2021, MONTHS[name], 9)
        article = Article(SourceRef("x"), "", TitleOrigin.METADATA, (written,))
        assert facts_of(article, ()).days == {(MONTHS[name], 9)}

    check_each([(name, name) for name in MONTHS], check)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_name_is_one_to_the_gate(language: str) -> None:
    months = {**MONTH_NAMES[language], **SHORT_MONTH_NAMES[language]}
    for name, number in months.items():
        (month,) = (q for q in quantities(f"9 {name.title()}", language) if not q.exact)
        assert month.readings == {("m", number)}
    for name, number in WEEKDAY_NAMES[language].items():
        if name.isalpha():
            (day,) = quantities(f"pada {name.title()}", language)
            assert day.readings == {("w", number)}


def test_every_day_of_the_week_may_stand_in_a_date_line() -> None:
    wrong = [d for d in WEEKDAYS if not is_date_line(f"{d.title()}, 9 Agts 2021 15:04 WIB")]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "is_"),
    {
        # 26 May 2021, 22:45 in Jakarta, in every unit
        "1622043900": "2021-05-26T22:45+07:00",
        "1622043900.75": "2021-05-26T22:45+07:00",
        "1622043900000": "2021-05-26T22:45+07:00",
        "1622043900000.0": "2021-05-26T22:45+07:00",
        "1622043900000000": "2021-05-26T22:45+07:00",
        "1622043900000000000": "2021-05-26T22:45+07:00",
        "/Date(1622043900000)/": "2021-05-26T22:45+07:00",
        # the same day as midnight: of UTC, of Jakarta
        "1621987200000": "2021-05-26",
        "1621962000": "2021-05-26",
        "2021-05-26T00:00:00.000Z": "2021-05-26",
        # Excel's cells
        "44342": "2021-05-26",
        "44342.0": "2021-05-26",
        "44342,9479": "2021-05-26T22:45+07:00",
        "44342.9479166667": "2021-05-26T22:45+07:00",
        "26-May-21": "2021-05-26",
        "26-Mei-21 22:45": "2021-05-26T22:45+07:00",
        "26 Mei '21": "2021-05-26",
        "5-Jan-98": "1998-01-05",
        # an instant of UTC may be the next day in Jakarta
        "2021-05-25T21:10:00Z": "2021-05-26T04:10+07:00",
        "Tue, 25 May 2021 21:10:00 GMT": "2021-05-26T04:10+07:00",
        "2021-05-25T21:10:00+01:00": "2021-05-25T21:10+01:00",
        "2021-05-25 21:10": "2021-05-25T21:10+07:00",
        # numbers that are no date
        "1.62204E+12": None,
        "12345": None,
        "99999": None,
        "20": None,
        "-1622043900": None,
        "99999999999999999999": None,
        "26 Mei 21:10": None,
        "26/5/21": None,
        # a day's digits, and no month of that number
        "20210526": "2021-05-26",
        "20211326": None,
        # digits alone, RFC 850, Unix, and the short word for "pukul"
        "20210526224509": "2021-05-26T22:45+07:00",
        "20211326224509": None,
        "Wednesday, 26-May-21 22:45:00 GMT": "2021-05-27T05:45+07:00",
        "Wed May 26 22:45:00 WIB 2021": "2021-05-26T22:45+07:00",
        "26 Mei 2021 pk. 22.45": "2021-05-26T22:45+07:00",
    }.items(),
)
def test_a_field_is_read_as_programs_write_dates(text: str, is_: str | None) -> None:
    published = parse_field(text)
    assert (published.iso if published else None) == is_


@given(st.text(alphabet="0123456789.-/ eE+TZMeiJan", max_size=24))
def test_any_field_gives_a_date_or_none(text: str) -> None:
    published = parse_field(text)
    assert published is None or 1900 <= published.day.year <= 2101


@pytest.mark.parametrize(
    ("path", "day"),
    {
        "2024-02-29-gempa-di-laut.txt": "2024-02-29",
        "2024_02_29 gempa.txt": "2024-02-29",
        "2024.02.29.html": "2024-02-29",
        "arsip/2024-02-29/gempa.txt": "2024-02-29",
        "2023-01-01/2024-02-29-gempa.txt": "2024-02-29",
        "arsip/2024/02/29/gempa.txt": "2024-02-29",
        # a decree's number, a saved page, a camera, a timestamp, no such day
        "uu-2024-02-29-gempa.txt": None,
        "Gempa (2024-02-29).html": None,
        "IMG_20240229_101500.txt": None,
        "20240229-gempa.txt": None,
        "1709177700-gempa.txt": None,
        "2023-02-29-gempa.txt": None,
        "2024-02-291.txt": None,
        "2024/02/gempa.txt": None,
    }.items(),
)
def test_a_name_gives_a_date_only_where_it_plainly_is_one(path: str, day: str | None) -> None:
    published = date_in_name(path)
    assert (published.iso if published else None) == day
