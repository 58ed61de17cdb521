"""What has a page, by a build's own results as far as these go: for commands that build no site."""

import os
from collections.abc import Callable

from dwiwarta import trees
from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.dedupe import Group
from dwiwarta.fingerprint import Tree
from dwiwarta.model import Story
from dwiwarta.pipeline.articles import Articles
from dwiwarta.pipeline.near_duplicates import Comparison, find_groups
from dwiwarta.pipeline.run import hold_project
from dwiwarta.pipeline.stages import TABLES
from dwiwarta.pipeline.summary import Count, not_counted
from dwiwarta.pipeline.table import with_cache
from dwiwarta.pipeline.whole import read_stories
from dwiwarta.pipeline.workers import Workers
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project


def kept_stories(
    project: Project,
    problems: ProblemLog,
    on_wait: Callable[[str], None],
    count: Count = not_counted,
) -> tuple[Story, ...]:
    """As ``read_stories``, and sooner: only what no build has made since it changed is made now.

    That is kept for the next build. ``problems``: of articles. ``on_wait`` is told of a build that
    is waited for, ``count`` of how far it is. Where nothing can be kept, all is made. Raises
    ``SiteError``.
    """
    if not _can_keep(project):
        return read_stories(project, problems)

    def once(cache: Cache) -> tuple[Story, ...]:
        log = problems.fork()
        tree = trees.open_tree(project.articles_dir, project.cache_dir)
        with Workers() as workers:
            articles, groups = group_kept(project, cache, tree, workers, log, count)
            found = tuple(articles.story(group) for group in groups)
        trees.save_tree(tree, project.cache_dir)
        problems.join(log)
        return found

    with hold_project(project, on_wait):
        return with_cache(project.cache_dir / CACHE_NAME, TABLES, once)


def group_kept(
    project: Project,
    cache: Cache,
    tree: Tree,
    workers: Workers,
    problems: ProblemLog,
    count: Count = not_counted,
) -> tuple[Articles, tuple[Group, ...]]:
    """All articles and what gets a page each; both kept. Raises ``DamagedError``."""
    articles = Articles(project, cache, tree, workers)
    articles.prepare(problems, count)
    comparison = Comparison(articles, cache)
    groups = find_groups(articles, comparison, project.settings.dedupe, problems, count)
    cache.save()
    return articles, groups


def _can_keep(project: Project) -> bool:
    """Whether there is a folder for results, or one can be made."""
    place = project.cache_dir if os.path.lexists(project.cache_dir) else project.root
    return place.is_dir() and not place.is_symlink() and os.access(place, os.W_OK | os.X_OK)
