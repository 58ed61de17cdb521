"""The home page: the newest articles by day, the newest of each story, and the ways to the rest."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import figure, gettext, ngettext
from dwiwarta.model import Page, Summary
from dwiwarta.render.archive import newest_day, periods
from dwiwarta.render.front import front_html
from dwiwarta.render.head import Head
from dwiwarta.render.lists import LINES_A_CARD, beside_period, by_day, period_name
from dwiwarta.render.page import page_bytes, render_template
from dwiwarta.render.stories import StoryLink
from dwiwarta.render.summary import Library
from dwiwarta.render.tags import Tagged
from dwiwarta.settings import Project

TAGS_SHOWN = 12  # topics and countries at the foot of the page, the most frequent first
PERIODS_SHOWN = 6


def home_page(
    ordered: Sequence[Summary],
    countries: Sequence[Tagged],
    topics: Sequence[Tagged],
    stories: Mapping[str, StoryLink],
    library: Library,
    project: Project,
    shared: str,
) -> Page:
    """``index.md``; of the articles, which come newest first, it shows one page.

    ``stories``: what leads to the story of an article, by slug.
    """
    size = project.settings.site.page_size
    shown = list(islice(_one_a_story(ordered, stories), size))
    frequent = sorted(
        (one for one in countries if one.about),
        key=lambda one: (-len(one.about), one.chip.name.casefold()),
    )
    coverage = Counter(one.coverage for one in ordered)
    bilingual = all(one.coverage in ("checked", "machine") for one in ordered)
    cut = periods(ordered, LINES_A_CARD * project.settings.site.page_size)
    recent = [one.name for one in cut[:PERIODS_SHOWN]] if len(ordered) > size else []

    motto = project.settings.site.motto

    def render() -> bytes:
        line = motto or gettext("Indonesian news in two languages")
        head = Head(
            title=f"{project.site_name} · {line}",
            description=motto or gettext("Indonesian news with the English beside it."),
            layout="home",
            index=project.settings.site.index_by_search_engines,
        )
        cards = [library.card(one.slug) for one in shown]
        body = render_template(
            "home.html.j2",
            root="./",
            cards=cards,
            days=by_day(cards),
            stories=stories,
            articles=len(ordered),
            languages=in_languages(ordered),
            bilingual=bilingual,
            topics=topics,
            countries=frequent,
            tags_shown=TAGS_SHOWN,
            periods=[(f"{name}/", period_name(name), beside_period(name)) for name in recent],
            site_name=project.site_name,
            motto=motto,
            front_text=front_html(project.front_text),
        )
        return page_bytes("", head, body, project)

    tags = [
        f"{len(every)} " + " ".join(f"{one.url} {len(one.about)}" for one in every[:TAGS_SHOWN])
        for every in (topics, frequent)
    ]
    cards = [f"{one.card} {stories.get(one.slug, '')!r}" for one in shown]
    digest = digest_of(
        "home",
        shared,
        project.front_text,
        repr(sorted(coverage.items())),
        str(bilingual),
        *tags,
        *recent,
        "",
        *cards,
    )
    return Page("index.md", digest, render, newest_day(ordered))


def _one_a_story(ordered: Sequence[Summary], stories: Mapping[str, StoryLink]) -> Iterator[Summary]:
    """The newest telling stands for its story: its page leads to the others."""
    seen = set()
    for one in ordered:
        story = stories.get(one.slug)
        if story is None or story.url not in seen:
            yield one
        if story:
            seen.add(story.url)


def in_languages(ordered: Sequence[Summary]) -> str:
    """How many articles there are and how many of them in English too: nothing counts as English
    that is not translated.
    """
    number = len(ordered)
    partly = sum(1 for one in ordered if one.coverage == "partial")
    wholly = number - partly - sum(1 for one in ordered if one.coverage == "missing")
    if wholly == number:
        return ngettext(
            "%(num)s article in two languages", "%(num)s articles in two languages", number
        )
    if not wholly + partly:
        return ngettext(
            "%(num)s article in Indonesian, not yet in English",
            "%(num)s articles in Indonesian, not yet in English",
            number,
        )
    if number == 1:
        return gettext("1 article in Indonesian, partly in English")
    articles = ngettext("%(num)s article in Indonesian", "%(num)s articles in Indonesian", number)
    parts = {"articles": articles, "wholly": figure(wholly), "partly": figure(partly)}
    if not partly:
        return gettext("%(articles)s, %(wholly)s wholly in English too", **parts)
    if not wholly:
        return gettext("%(articles)s, %(partly)s partly in English too", **parts)
    return gettext("%(articles)s, %(wholly)s wholly and %(partly)s partly in English too", **parts)
