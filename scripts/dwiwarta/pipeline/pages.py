"""What is known of each article that has a page, and the whole of it when it is needed."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pydantic import TypeAdapter

from dwiwarta.cache import Cache
from dwiwarta.dedupe import Group
from dwiwarta.fingerprint import digest_of
from dwiwarta.knowledge.glossary import Explanation, Glossary
from dwiwarta.model import Entry, SourceRef, Story, Summary, TranslatedText
from dwiwarta.pipeline.articles import Articles
from dwiwarta.pipeline.code import page_code
from dwiwarta.pipeline.english import English
from dwiwarta.pipeline.table import Table
from dwiwarta.quality import Figures, figures_of
from dwiwarta.render import Card, card, explanations, summarise
from dwiwarta.search import PartRef, SearchPart, make_part
from dwiwarta.settings import Project
from dwiwarta.slugs import distinct
from dwiwarta.translate import (
    Chain,
    Memory,
    TranslationCount,
    TranslationLog,
    count_text,
    is_settled,
    memory_path,
)


@dataclass(frozen=True, slots=True)
class PageNote:
    """What every build has to know of each article with a page.

    ``english``: the key of its English. ``settled``: no engine need be asked for any of it.
    """

    english: str
    summary: Summary
    figures: Figures
    count: TranslationCount
    settled: bool


_NOTE = TypeAdapter(PageNote)


class Pages:
    """The articles that have a page: notes on all of them, and each as an ``Entry``."""

    def __init__(
        self,
        project: Project,
        cache: Cache,
        articles: Articles,
        groups: Sequence[Group],
        glossary: Glossary,
    ) -> None:
        self._folder = project.articles_dir.relative_to(project.root)
        self._articles = articles
        self._glossary = glossary
        self._groups = {group.ref: group for group in groups}
        self._slugs = distinct({ref: articles.by_ref[ref].slug for ref in self._groups})
        self._cache = cache
        self._refs = {slug: ref for ref, slug in self._slugs.items()}
        self._table = Table(cache, "page", _NOTE)
        self._cards: dict[str, Card] = {}
        self._code = page_code()
        self._notes: dict[SourceRef, PageNote] = {}
        # Whether the memory and the engines would say the same next time.
        self.settled = False
        self.english = English(cache, articles, self.story)

    @property
    def notes(self) -> Mapping[SourceRef, PageNote]:
        """What is known of each of them, once ``translate`` is done."""
        return self._notes

    def translate(self, memory: Memory, chain: Chain, log: TranslationLog) -> None:
        """Find the English of all articles, and make what is noted of it. Raises ``DamagedError``.

        What the engines are not asked for any more is added to ``log``.
        """
        stored = self._table.load()
        asks = bool(chain.runs)

        def is_known(ref: SourceRef, key: str) -> bool:
            stored_key, note = stored.get(ref.key, ("", None))
            if note is None or stored_key != self._key(ref, key):
                return False
            if asks and not note.settled:
                return False
            self._notes[ref] = note
            return True

        groups = list(self._groups.values())
        made: set[SourceRef] = set()
        for ref, text in self.english.find(groups, is_known, memory, chain, log):
            self._notes[ref] = self._note(ref, text)
            made.add(ref)
        self._notes = {ref: self._notes[ref] for ref in self._groups}
        for ref, note in self._notes.items():
            if ref not in made:
                log.add(note.count)
            elif ref not in self.english.unsettled:
                self._table.put(ref.key, self._key(ref, note.english), note)
        unsettled = self.english.unsettled
        self._table.keep_only([ref.key for ref in self._groups if ref not in unsettled])
        self._cache.keep_only("part", [ref.key for ref in self._groups])
        waiting = asks and any(not note.settled for note in self._notes.values())
        self.settled = not unsettled and not waiting

    def search_parts(self) -> Iterator[PartRef]:
        """What each article adds to the search index."""
        for ref, note in self._notes.items():
            published = self._articles.by_ref[ref].published
            day = published.day.toordinal() if published else 0
            digest = digest_of(self._code, note.summary.page)
            yield PartRef(note.summary.slug, day, digest, partial(self._part, ref, digest))

    def _part(self, ref: SourceRef, digest: str) -> SearchPart:
        data = self._cache.get("part", ref.key, digest)
        if data is not None:
            with contextlib.suppress(ValueError):
                return SearchPart.from_bytes(data)
        part = make_part(self._entry(ref, self.english.text(ref)))
        self._cache.put("part", {ref.key: (digest, part.to_bytes())})
        return part

    def story(self, ref: SourceRef) -> Story:
        """An article with its copies. Raises ``DamagedError``."""
        group = self._groups[ref]
        return Story(
            article=self._articles.article(ref),
            copies=tuple(self._articles.article(copy) for copy in group.copies),
            related=group.related,
            later=group.later,
            decided=group.decided,
        )

    def card(self, slug: str) -> Card:
        """What lists show of an article; see ``render.Library``. Raises ``DamagedError``."""
        if slug not in self._cards:
            self._cards[slug] = card(self.entry(slug))
        return self._cards[slug]

    def entry(self, slug: str) -> Entry:
        """Everything known about an article; see ``render.Library``. Raises ``DamagedError``."""
        ref = self._refs[slug]
        return self._entry(ref, self.english.text(ref))

    def explanations(self, slug: str) -> Sequence[Sequence[Explanation]]:
        """The terms to explain in each paragraph; see ``render.Library``."""
        return explanations(self.entry(slug), self._glossary.explanations)

    def _entry(self, ref: SourceRef, text: TranslatedText) -> Entry:
        group = self._groups[ref]
        article, tags = self._articles.whole(ref)
        copies = tuple(self._articles.article(copy) for copy in group.copies)
        return Entry(
            slug=self._slugs[ref],
            story=Story(article, copies, group.related, group.later, group.decided),
            text=text,
            tags=tags,
            memory_path=(self._folder / memory_path(ref)).as_posix(),
            related=tuple(self._slugs[other] for other in group.related),
            later=self._slugs[group.later] if group.later else None,
        )

    def _note(self, ref: SourceRef, text: TranslatedText) -> PageNote:
        entry = self._entry(ref, text)
        explained = explanations(entry, self._glossary.explanations)
        return PageNote(
            english=self.english.key(ref),
            summary=summarise(entry, card(entry), explained),
            figures=figures_of(entry, self._glossary.consistency(text.segments)),
            count=count_text(text),
            settled=is_settled(text),
        )

    def _key(self, ref: SourceRef, english: str) -> str:
        """The digest of all that decides about what is noted of an article."""
        group = self._groups[ref]
        return digest_of(
            self._code,
            english,
            *(self._articles.by_ref[copy].key for copy in group.copies),
            self._slugs[ref],
            self._slugs[group.later] if group.later else "",
            *(self._slugs[other] for other in group.related),
            repr(group.decided) if group.decided else "",
        )
