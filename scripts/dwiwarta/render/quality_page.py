"""The quality page: how much of the site is translated, by whom, and what was turned down."""

from datetime import date

from babel.dates import format_date

from dwiwarta.model import Page
from dwiwarta.quality import Coverage, Quality
from dwiwarta.render.labels import engine_label
from dwiwarta.render.page import Head, make_page, render_template
from dwiwarta.settings import Project

FOLDER = "quality/"


def quality_page(quality: Quality, project: Project) -> Page:
    """``quality/index.md``, linked from the about page."""
    head = Head(
        title="Quality of the translations · Mutu terjemahan",
        description="How much is translated, by which engine, and who has checked it.",
        kind="index",
        index=project.settings.site.index_by_search_engines,
    )
    body = render_template(
        "quality.html.j2",
        root="../",
        quality=quality,
        percent=percent,
        month=month_name,
        engine=engine_label,
        faulty=[term for term in quality.terms if term.lost or term.wrong],
        groups=(("Source", "Sumber", quality.by_source), ("Month", "Bulan", quality.by_month)),
    )
    return make_page(FOLDER, head, body)


def percent(share: float) -> str:
    """A share of 0 to 1 as whole percent; 100 only when nothing is missing, 0 when all is."""
    whole = round(share * 100)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole} %"


def month_name(group: Coverage) -> str:
    """``November 2023`` for the group "2023-11"; any other name as it is."""
    year, _, month = group.name.partition("-")
    if not (len(year) == 4 and year.isdigit() and month.isdigit() and len(month) == 2):
        return group.name
    text: str = format_date(date(int(year), int(month), 1), "MMMM y", locale="en_GB")
    return text
