"""The quality page: how much of the site is translated, by whom, and what was rejected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dwiwarta.interface import N_, gettext, ngettext, spoken
from dwiwarta.model import Page
from dwiwarta.quality import Coverage, Quality
from dwiwarta.render.dates import month_label
from dwiwarta.render.head import Head
from dwiwarta.render.labels import capital, engine_label
from dwiwarta.render.markup import literal
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.reasons import Said, said
from dwiwarta.render.tags import title_of
from dwiwarta.settings import Project

FOLDER = "quality/"
# A bar shows who made the English, from what is surest to what is not there: (field, what).
PARTS = (
    ("approved", N_("checked")),
    ("edited", N_("edited")),
    ("machine", N_("machine")),
    ("draft", N_("rough draft")),
    ("missing", N_("missing")),
)
_RIGHT_SHOWN = 3  # of the right renderings of a term; some have eight


@dataclass(frozen=True, slots=True)
class Row:
    """A group of articles as a row of a table. ``parts``: (field, segments) of its bar."""

    name: str
    group: Coverage
    share: str
    parts: tuple[tuple[str, int], ...]
    spoken: str


def quality_page(quality: Quality, project: Project, digest: str) -> Page:
    """``quality/index.md``, linked from the foot of every page. ``digest``: of all it shows."""
    return Page(f"{FOLDER}index.md", digest, lambda: _render(quality, project))


def _render(quality: Quality, project: Project) -> bytes:
    head = Head(
        title=title_of(N_("Quality of the translations")),
        description=gettext("How much is translated, by which engine, and who has checked it."),
        layout="quality",
        index=project.settings.site.index_by_search_engines,
    )
    total = row(gettext("All"), quality.total)
    sources = [row(literal(one.name) or gettext("Not known"), one) for one in quality.by_source]
    months = [row(month_name(one) or gettext("Not known"), one) for one in quality.by_month]
    body = render_template(
        "quality.html.j2",
        root="../",
        quality=quality,
        percent=percent,
        engine=engine_label,
        said=said,
        sentence=sentence,
        wanted=wanted,
        total=total,
        tables=(
            (N_("Source"), N_("By source"), (*sources, total)),
            (N_("Month"), N_("By month of publication"), (*months, total)),
        ),
    )
    return page_bytes(FOLDER, head, body, project)


def row(name: str, group: Coverage) -> Row:
    """A group under the name that readers know it by."""
    counts = [(field, getattr(group, field)) for field, _ in PARTS]
    whole = group.segments
    spoken = [
        gettext(what, share=percent(count / whole))
        for count, what in (
            (group.by_people, N_("%(share)s checked or edited by a person")),
            (group.by_programs, N_("%(share)s by a machine alone")),
            (group.missing, N_("%(share)s missing")),
        )
        if count
    ]
    return Row(
        name=name,
        group=group,
        share=percent(group.translated),
        parts=tuple((field, count) for field, count in counts if count),
        spoken=", ".join(spoken) or gettext("nothing to translate"),
    )


def sentence(reason: str) -> Said:
    """A reason with a capital at its beginning, on one line."""
    shown = said(reason)
    return replace(shown, text=capital(shown.text))


def wanted(right: Sequence[str]) -> str:
    """The right renderings of a term: ``UN, U.N., United Nations and 2 more``."""
    more = len(right) - _RIGHT_SHOWN
    shown = ", ".join(right[:_RIGHT_SHOWN])
    if more <= 0:
        return shown
    return ngettext("%(terms)s and %(num)s more", "%(terms)s and %(num)s more", more, terms=shown)


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
    return month_label(group.name, spoken())
