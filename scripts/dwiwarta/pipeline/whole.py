"""Stages in their order, over whole articles and without a cache, for commands of one purpose."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dwiwarta.clean import (
    Rules,
    clean_article,
    days_ahead,
    load_rules,
    unknown_outlets,
    unused_drops,
)
from dwiwarta.dedupe import find_pairs, group_stories
from dwiwarta.errors import ArticleError
from dwiwarta.model import Article, Entry, RawArticle, SourceRef, Story, Tags, TranslatedText
from dwiwarta.pipeline.page_addresses import describe, find_addresses
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_folder
from dwiwarta.settings import Project
from dwiwarta.slugs import Addresses
from dwiwarta.translate import Memory, memory_path


def clean_each(
    raws: Iterable[RawArticle],
    rules: Rules,
    problems: ProblemLog,
    told: set[tuple[str, int, str]] | None = None,
) -> Iterator[Article]:
    """Clean one article after another; unusable ones go to ``problems``.

    ``told``: warnings of files that hold for several articles, which are not repeated.
    """
    told = set() if told is None else told
    for raw in raws:
        for warned in set(unknown_outlets(raw, rules)) - told:
            problems.warn(*warned)
            told.add(warned)
        try:
            yield clean_article(raw, rules)
        except ArticleError as error:
            problems.add(error)


def clean_all(raw: Sequence[RawArticle], rules: Rules, problems: ProblemLog) -> tuple[Article, ...]:
    """Clean every article that is not skipped by its editor; unusable ones go to ``problems``."""
    out = tuple(clean_each((one for one in raw if not one.overrides.skip), rules, problems))
    _warn_of_days(raw, out, problems)
    _warn_of_drops(out, problems)
    return out


def read_stories(project: Project, problems: ProblemLog) -> tuple[Story, ...]:
    """What gets a page: articles read, cleaned, and copies merged away."""
    raw = read_folder(project.articles_dir, project.settings.input, problems)
    if not project.settings.input.samples:
        raw = tuple(one for one in raw if not one.sample)
    articles = clean_all(raw, load_rules(), problems)
    return group_stories(articles, find_pairs(articles), project.settings.dedupe, problems)


def _warn_of_days(
    raw: Sequence[RawArticle], articles: Sequence[Article], problems: ProblemLog
) -> None:
    for ref, reason in days_ahead(raw, articles):
        problems.warn(ref.path, ref.line, reason)


def _warn_of_drops(articles: Sequence[Article], problems: ProblemLog) -> None:
    for path, start in unused_drops(articles):
        problems.warn(path, 1, f"drop: no paragraph begins with {start!r}")


def page_addresses(stories: Sequence[Story], memory: Memory) -> Addresses:
    """Where the pages are, as a build finds it: kept by the memory, chosen by an editor, or new."""
    pages = {story.article.ref: tuple(copy.ref for copy in story.copies) for story in stories}
    return find_addresses(
        pages, {story.article.ref: describe(story.article) for story in stories}, memory
    )


def make_entries(
    project: Project,
    stories: Sequence[Story],
    texts: Sequence[TranslatedText],
    tags: Sequence[Tags],
    slugs: Mapping[SourceRef, str],
) -> tuple[Entry, ...]:
    """Put together what the stages found about each article that gets a page, at its address."""
    folder = project.articles_dir.relative_to(project.root)
    return tuple(
        Entry(
            slug=slugs[story.article.ref],
            story=story,
            text=text,
            tags=tag,
            memory_path=(folder / memory_path(story.article.ref)).as_posix(),
            related=tuple(slugs[ref] for ref in story.related),
            later=slugs[story.later] if story.later else None,
        )
        for story, text, tag in zip(stories, texts, tags, strict=True)
    )
