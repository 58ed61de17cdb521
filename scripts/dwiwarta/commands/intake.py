"""Articles that come from outside, one after another: what becomes of each, and its new file."""

import hashlib
import itertools
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from dwiwarta.clean import Rules, clean_article, load_rules
from dwiwarta.commands.articlefile import Form, forms, sidecar_with_address, with_address
from dwiwarta.commands.shared import project_path
from dwiwarta.dates import date_in_name
from dwiwarta.errors import ArticleError
from dwiwarta.files import read_plain, write_new
from dwiwarta.model import Article, DateOrigin, Overrides, RawArticle, TitleOrigin
from dwiwarta.pipeline.articles import hold_articles
from dwiwarta.pipeline.known import SAME_TEXT, Known, known_articles
from dwiwarta.problems import ProblemLog
from dwiwarta.read import EXPORT_ENDINGS, read_file, sidecar_of
from dwiwarta.settings import Project
from dwiwarta.slugs import RESERVED, readable_slug

_SIDECAR_ENDING = ".yml"
_SKIPPED = "skipped"  # how a warning ends that says what became of a record
_ORDINARY = re.compile(r"\w[\w .,()'+-]{0,150}")
_NO_FORM = "no file of its own would be read back as this: put the file itself into articles/"
_TWICE = "same link as line"
_WITH_FRONT_MATTER = (".md", ".markdown")


class Fate(Enum):
    """What became of an article."""

    IMPORTED = "imported"
    KNOWN = "already there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article of a file.

    ``name``: what a person knows it by; ``place``: its file below ``articles/``; ``reason``: why it
    is there already or was refused. ``article``: as the build will see it.
    """

    fate: Fate
    name: str
    place: str = ""
    reason: str = ""
    article: Article | None = None
    warnings: tuple[str, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether all that the file says of the article is in ``articles/``.

        Of one that was there already its text is, but not what else is decided about this one.
        What could not be understood, such as a date, stands in the file alone.
        """
        if self.warnings:
            return False
        if self.fate is Fate.KNOWN and self.article is not None:
            return self.reason == SAME_TEXT and self.article.overrides == Overrides()
        return self.fate is Fate.IMPORTED


def outcome_record(project: Project, outcome: Outcome) -> dict[str, object]:
    """What became of an article, as ``--json`` shows it."""
    article = outcome.article
    return {
        "name": outcome.name,
        "fate": outcome.fate.value,
        "file": project_path(project, outcome.place) if outcome.place else None,
        "reason": outcome.reason,
        "title": article.title if article else None,
        "published": article.published.iso if article and article.published else None,
        "warnings": list(outcome.warnings),
    }


class Intake:
    """Takes articles into ``articles/``; nothing that is there is changed or written over."""

    def __init__(self, project: Project, on_wait: Callable[[str], None]) -> None:
        self._project = project
        self._on_wait = on_wait
        self._rules: Rules = load_rules()
        self._found: Known | None = None

    @property
    def _known(self) -> Known:
        """Looked for when it is needed: not where nothing can be taken."""
        if self._found is None:
            self._found = known_articles(self._project, self._on_wait)
        return self._found

    def take_text(self, text: str, ending: str, source_url: str | None) -> Outcome:
        """Take one article that is no file yet; ``ending``: of the form in which it is written."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"teks{ending}"
            path.write_bytes(text.encode("utf-8", "replace"))
            return next(self.take(path, "", source_url))

    def take(self, path: Path, shown: str, source_url: str | None = None) -> Iterator[Outcome]:
        """Take the articles of one file, which stays as it is. Raises ``OSError``.

        ``shown``: what a person calls the file. ``source_url``: where its article comes from.
        """
        problems = ProblemLog()
        is_export = path.suffix.casefold() in EXPORT_ENDINGS
        try:
            raws = read_file(path, path.name, self._project.settings.input, problems)
        except ArticleError as error:
            if not is_export:  # a value that was ignored is not why
                problems = ProblemLog()
            if not problems.count:  # else they say why there is no record
                problems.add(error)
            raws = ()
        told: dict[int, list[str]] = {}
        for one in problems.all:
            if not raws or one.reason.endswith(_SKIPPED):
                where = shown and shown + one.path.removeprefix(path.name)  # its sidecar, maybe
                where = f"{where}:{one.line}" if where and one.line > 1 else where
                yield Outcome(Fate.REFUSED, where, reason=one.reason)
            else:
                told.setdefault(one.line if is_export else 0, []).append(one.reason)
        for raw in sorted(raws, key=lambda one: one.ref.line):
            line = raw.ref.line if is_export else 0
            name = f"{shown}:{line}" if is_export else shown
            if source_url and not raw.overrides.source_url:
                raw = replace(raw, overrides=replace(raw.overrides, source_url=source_url))
            found = self._take_one(path, raw, name, is_export, source_url)
            yield replace(found, warnings=tuple(told.pop(line, ())))
        # Of no record that was taken: something was lost, or stands there twice.
        for line, reasons in sorted(told.items()):
            for reason in reasons:
                fate = Fate.KNOWN if reason.startswith(_TWICE) else Fate.REFUSED
                yield Outcome(fate, f"{shown}:{line}", reason=reason)

    def _take_one(
        self, path: Path, raw: RawArticle, name: str, is_export: bool, source_url: str | None
    ) -> Outcome:
        if raw.overrides.skip:
            return Outcome(Fate.REFUSED, name, reason="marked as a draft, or to be left out")
        try:
            article = clean_article(raw, self._rules)
        except ArticleError as error:
            return Outcome(Fate.REFUSED, name, reason=error.reason)
        if found := self._known.find(article):
            place, reason = found
            if missing := self._not_there(article, place):
                reason += f"; decided in this one alone: {', '.join(missing)}"
            return Outcome(Fate.KNOWN, name, place, reason, article)
        # A record, or a pasted text that is no file of somebody's.
        is_new = is_export or (not name and path.suffix == ".txt")
        if is_new:
            form = self._form(raw, article)
            if form is None:
                return Outcome(Fate.REFUSED, name, reason=_NO_FORM)
            data, sidecar = form.text.encode(), form.sidecar.encode()
            ending = form.ending
        else:
            data, ending = read_plain(path), path.suffix.lower()
            beside = sidecar_of(path)
            sidecar = read_plain(beside) if beside else b""
            if source_url and article.overrides.source_url == source_url:
                if ending in _WITH_FRONT_MATTER:
                    data = with_address(data, source_url)
                else:
                    sidecar = sidecar_with_address(sidecar, source_url)
        stem = _file_stem(article) if is_new or not name else _kept_stem(path, article)
        with hold_articles(self._project, self._on_wait):
            place = self._write(stem, ending, data, sidecar)
        self._known.add(article, place)
        return Outcome(Fate.IMPORTED, name, place, "", article)

    def _form(self, raw: RawArticle, article: Article) -> Form | None:
        """The first way of writing it down that is read back as it is; None if none is."""
        with tempfile.TemporaryDirectory() as folder:
            for form in forms(raw, article):
                path = Path(folder) / f"{_file_stem(article)}{form.ending}"
                path.write_text(form.text, encoding="utf-8", newline="")
                sidecar = path.with_name(path.name + _SIDECAR_ENDING)
                sidecar.unlink(missing_ok=True)
                if form.sidecar:
                    sidecar.write_text(form.sidecar, encoding="utf-8", newline="")
                if self._is_read_as(article, path):
                    return form
        return None

    def _is_read_as(self, article: Article, path: Path) -> bool:
        problems = ProblemLog()
        try:
            raw = read_file(path, path.name, self._project.settings.input, problems)[0]
            return not problems.count and _facts(clean_article(raw, self._rules)) == _facts(article)
        except ArticleError:
            return False

    def _not_there(self, article: Article, place: str) -> list[str]:
        """What was decided about an article and is not said of the one that is there."""
        if not (decided := _decided(article)):
            return []
        path = self._project.articles_dir / place
        there: list[dict[str, object]] = []
        with suppress(ArticleError):
            for raw in read_file(path, place, self._project.settings.input, ProblemLog()):
                with suppress(ArticleError):
                    there.append(_decided(clean_article(raw, self._rules)))
        return [key for key in decided if all(one.get(key) != decided[key] for one in there)]

    def _write(self, stem: str, ending: str, data: bytes, sidecar: bytes) -> str:
        """Write a file under a name that nothing has; its path below ``articles/``."""
        root = self._project.articles_dir
        for number in itertools.count(1):
            name = f"{stem}{f'-{number}' if number > 1 else ''}{ending}"
            path, beside = root / name, root / f"{name}{_SIDECAR_ENDING}"
            if path.exists() or beside.exists() or path.is_symlink():
                continue
            # First what holds for the article: a build between the two sees no other article.
            if sidecar and not write_new(beside, sidecar, below=self._project.root):
                continue
            if write_new(path, data, below=self._project.root):
                return name
            if sidecar:
                beside.unlink(missing_ok=True)
        raise AssertionError


def _kept_stem(path: Path, article: Article) -> str:
    """The name of a copy: its own where its title is guessed, maybe from that name."""
    title, published = article.title_origin, article.published
    stem = path.stem
    may_stay = _ORDINARY.fullmatch(stem) and not stem.upper().startswith("README")
    if title not in (TitleOrigin.SLUG, TitleOrigin.FIRST_SENTENCE) or not may_stay:
        return _file_stem(article)
    if published and published.origin is DateOrigin.SLUG and date_in_name(stem) is None:
        return f"{published.day}-{stem}"  # that of its folder
    return stem


def _file_stem(article: Article) -> str:
    slug = readable_slug(article.title, article.published)
    if slug and slug not in RESERVED and not slug.startswith("readme"):
        return slug
    digest = hashlib.sha256("\n".join(article.paragraphs).encode()).hexdigest()[:8]
    return f"{article.published.day}-{digest}" if article.published else f"artikel-{digest}"


def _facts(article: Article) -> tuple[object, ...]:
    """What a page shows of an article."""
    return (
        article.title,
        article.published.when if article.published else None,
        article.paragraphs,
        article.dateline,
        article.byline,
        article.source_name,
        article.source_url,
        article.category,
        _decided(article),
    )


def _decided(article: Article) -> dict[str, object]:
    """What an editor decided about an article beside what its text and its page say."""
    own = article.overrides
    found: dict[str, object] = {
        "countries": own.countries,
        "topics": own.topics,
        "drop": own.drop or None,
        "slug": own.slug,
        "outlet": own.outlet,
    }
    for one in own.decisions:
        targets = found.setdefault(one.kind.value, set())
        assert isinstance(targets, set)
        targets.add(one.target)
    return {key: value for key, value in found.items() if value is not None}
