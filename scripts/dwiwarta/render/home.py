"""The home page: the newest articles by day, and the ways to all the others."""

from collections.abc import Sequence

from dwiwarta.fingerprint import digest_of
from dwiwarta.model import Page, Summary
from dwiwarta.render.archive import periods
from dwiwarta.render.head import Head
from dwiwarta.render.lists import LINES_A_CARD, by_day, period_name
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.summary import Library
from dwiwarta.render.tags import Tagged
from dwiwarta.settings import Project
from dwiwarta.text import counted

TAGS_SHOWN = 12  # topics and countries at the foot of the page, the most frequent first
PERIODS_SHOWN = 6


def home_page(
    ordered: Sequence[Summary],
    countries: Sequence[Tagged],
    topics: Sequence[Tagged],
    library: Library,
    project: Project,
    shared: str,
) -> Page:
    """``index.md``; of the articles, which come newest first, it shows one page."""
    shown = ordered[: project.settings.site.page_size]
    frequent = sorted(
        (one for one in countries if one.about),
        key=lambda one: (-len(one.about), one.chip.english.casefold()),
    )
    languages = in_languages(ordered)
    bilingual = all(one.coverage in ("checked", "machine") for one in ordered)
    cut = periods(ordered, LINES_A_CARD * project.settings.site.page_size)
    recent = [one.name for one in cut[:PERIODS_SHOWN]] if len(shown) < len(ordered) else []

    def render() -> bytes:
        head = Head(
            title=f"{project.site_name} · Indonesian news in two languages",
            description="Indonesian news with the English beside it.",
            layout="home",
            index=project.settings.site.index_by_search_engines,
        )
        body = render_template(
            "home.html.j2",
            root="./",
            days=by_day([library.card(one.slug) for one in shown]),
            articles=len(ordered),
            languages=languages,
            bilingual=bilingual,
            topics=topics,
            countries=frequent,
            tags_shown=TAGS_SHOWN,
            periods=[(f"{name}/", period_name(name), period_name(name, "id")) for name in recent],
            site_name=project.site_name,
        )
        return page_bytes("", head, body, project)

    tags = [
        f"{len(every)} " + " ".join(f"{one.url} {len(one.about)}" for one in every[:TAGS_SHOWN])
        for every in (topics, frequent)
    ]
    cards = [one.card for one in shown]
    digest = digest_of("home", shared, languages, str(bilingual), *tags, *recent, "", *cards)
    return Page("index.md", digest, render)


def in_languages(ordered: Sequence[Summary]) -> str:
    """How many articles there are and how many of them in English too: nothing counts as English
    that is not translated.
    """
    number = len(ordered)
    articles = counted(number, "article")
    partly = sum(1 for one in ordered if one.coverage == "partial")
    wholly = number - partly - sum(1 for one in ordered if one.coverage == "missing")
    if wholly == number:
        return f"{articles} in two languages"
    if number == 1 or not wholly + partly:
        return f"{articles} in Indonesian, {'partly' if partly else 'not yet'} in English"
    told = [f"{n} {how}" for n, how in ((wholly, "wholly"), (partly, "partly")) if n]
    return f"{articles} in Indonesian, {' and '.join(told)} in English too"
