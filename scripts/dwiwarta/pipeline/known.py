"""What ``articles/`` holds already, by address and by text: for commands that bring articles in."""

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from dwiwarta import trees
from dwiwarta.addresses import page_key
from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.clean import load_rules
from dwiwarta.errors import ArticleError
from dwiwarta.fingerprint import digest_of
from dwiwarta.model import Article
from dwiwarta.pipeline.articles import Articles, remove_half_written
from dwiwarta.pipeline.run import Progress, hold_project
from dwiwarta.pipeline.stages import TABLES
from dwiwarta.pipeline.table import with_cache
from dwiwarta.pipeline.whole import clean_each
from dwiwarta.pipeline.workers import Workers
from dwiwarta.problems import ProblemLog
from dwiwarta.read import EXPORT_ENDINGS, article_names, is_stray, read_file, sidecar_of
from dwiwarta.settings import Project
from dwiwarta.text import squash

SAME_TEXT = "the same text"


@dataclass(slots=True)
class Known:
    """Articles by address and by text. ``places``: the file of each, below ``articles/``."""

    _by_address: dict[str, tuple[str, str]] = field(default_factory=dict)
    _by_text: dict[str, str] = field(default_factory=dict)

    def add(self, article: Article, place: str) -> None:
        """Remember an article that lies in ``place``."""
        text = _text_key(article)
        self._by_text.setdefault(text, place)
        if article.source_url:
            self._by_address.setdefault(page_key(article.source_url), (place, text))

    def find(self, article: Article) -> tuple[str, str] | None:
        """Where the same article lies, and by what it is known; None where it is new."""
        text = _text_key(article)
        if place := self._by_text.get(text):
            return place, SAME_TEXT
        if article.source_url and (found := self._by_address.get(page_key(article.source_url))):
            return found[0], "the same address, with another text"
        return None


def known_articles(project: Project, on_wait: Progress) -> Known:
    """What the project has, articles included that are left out by their editor.

    What was read is kept for the next build. What cannot be read is passed over: a build tells it.
    """
    if not project.articles_dir.is_dir():
        return Known()

    def once(cache: Cache) -> tuple[Known, set[str]]:
        known = Known()
        tree = trees.open_tree(project.articles_dir, project.cache_dir)
        with Workers() as workers:
            remove_half_written(project, tree)
            articles = Articles(project, cache, tree, workers)
            articles.prepare(ProblemLog())
            for ref in articles.by_ref:
                known.add(articles.article(ref), ref.path)
        trees.save_tree(tree, project.cache_dir)
        cache.save()
        return known, {ref.path for ref in articles.by_ref}

    with hold_project(project, on_wait):
        known, shown = with_cache(project.cache_dir / CACHE_NAME, TABLES, once)
    for article in _left_out(project, shown):
        known.add(article, article.ref.path)
    return known


def _left_out(project: Project, shown: Collection[str]) -> Iterator[Article]:
    """Articles that their editor leaves out: they are not to come back with the next import."""
    problems = ProblemLog()
    for name in article_names(project.articles_dir, problems):
        path = project.articles_dir / name
        if name in shown and not (path.suffix in EXPORT_ENDINGS and sidecar_of(path)):
            continue
        if is_stray(path.name):
            continue
        with contextlib.suppress(ArticleError):
            raws = read_file(path, name, project.settings.input, problems)
            yield from clean_each(
                (raw for raw in raws if raw.overrides.skip), load_rules(), problems
            )


def _text_key(article: Article) -> str:
    return digest_of(squash(" ".join(article.paragraphs)))
