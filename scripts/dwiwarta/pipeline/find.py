"""Finding an article as a person names it: its file, its address, or a part of its title."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from dwiwarta import trees
from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.interface import speaking
from dwiwarta.model import SourceRef, Story
from dwiwarta.pipeline.pages import Pages
from dwiwarta.pipeline.run import hold_project
from dwiwarta.pipeline.stages import TABLES
from dwiwarta.pipeline.stories import group_kept
from dwiwarta.pipeline.table import with_cache
from dwiwarta.pipeline.workers import Workers
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project
from dwiwarta.text import squash
from dwiwarta.translate import memory_path, open_memory


@dataclass(frozen=True, slots=True)
class Found:
    """An article that has a page. ``copy``: what was named is this copy, merged into it."""

    slug: str
    story: Story
    copy: SourceRef | None = None


def find_articles(
    project: Project,
    name: str,
    file: str,
    problems: ProblemLog,
    on_wait: Callable[[str], None],
) -> tuple[Found, ...]:
    """The articles that a person may mean by ``name``; by a build's own results, as far as any.

    ``file``: the same as a path below ``articles/``. A file goes before an address and that before
    a part of a title.
    """

    def once(cache: Cache) -> tuple[Found, ...]:
        log = problems.fork()
        with Workers() as workers, speaking(project.settings.site.language):
            found = tuple(_find(_pages(project, cache, workers, log), name, file))
        problems.join(log)
        return found

    with hold_project(project, on_wait):
        return with_cache(project.cache_dir / CACHE_NAME, TABLES, once)


def _pages(project: Project, cache: Cache, workers: Workers, problems: ProblemLog) -> Pages:
    tree = trees.open_tree(project.articles_dir, project.cache_dir)
    of_articles = problems.inside(project.articles_dir.relative_to(project.root).as_posix())
    articles, groups = group_kept(project, cache, tree, workers, of_articles)
    pages = Pages(project, cache, articles, groups, workers)
    # What is wrong with the memory is told by whoever opens it to work in it.
    with open_memory(
        project.articles_dir, project.cache_dir, ProblemLog(), read_only=True, tree=tree
    ) as memory:
        pages.settle_addresses(memory, of_articles)
    return pages


def _find(pages: Pages, name: str, file: str) -> Iterator[Found]:
    by_file = list(_by_file(pages, name, file))
    if by_file:
        yield from by_file
        return
    slug = PurePosixPath(name.partition("#")[0].partition("?")[0]).name.removesuffix(".md")
    by_slug = [ref for ref, one in pages.slugs.items() if one == slug]
    if by_slug:
        yield from (Found(slug, pages.story(ref)) for ref in by_slug)
        return
    wanted = squash(name)
    for ref, one in pages.slugs.items():
        if wanted and wanted in squash(pages.title(ref)):
            yield Found(one, pages.story(ref))


def _by_file(pages: Pages, name: str, file: str) -> Iterator[Found]:
    wanted = {name, file, file.removesuffix(".po")}
    for ref, slug in pages.slugs.items():
        story: Story | None = None
        for one in (ref, *pages.copies(ref)):
            if wanted & {one.path, one.key, memory_path(one).as_posix()}:
                story = story or pages.story(ref)
                yield Found(slug, story, None if one == ref else one)
                break
