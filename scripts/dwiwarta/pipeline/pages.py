"""What is known of each article that has a page, and the whole of it when it is needed."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial

from pydantic import ValidationError

from dwiwarta.cache import Cache
from dwiwarta.dedupe import Group
from dwiwarta.fingerprint import digest_of
from dwiwarta.knowledge.glossary import Explanation
from dwiwarta.model import Entry, Page, SourceRef, Story
from dwiwarta.pipeline.articles import Articles
from dwiwarta.pipeline.cards import Cards
from dwiwarta.pipeline.code import page_code
from dwiwarta.pipeline.drafts import Drafts
from dwiwarta.pipeline.english import English
from dwiwarta.pipeline.notes import (
    NOTE,
    UNMATCHED,
    Noted,
    PageNote,
    StoredEntry,
    explain,
    note_entry,
    render_entry,
)
from dwiwarta.pipeline.page_addresses import settle_addresses
from dwiwarta.pipeline.shards import Shards
from dwiwarta.pipeline.summary import Count, not_counted
from dwiwarta.pipeline.table import Table
from dwiwarta.pipeline.workers import Workers
from dwiwarta.problems import ProblemLog
from dwiwarta.render import (
    ArticlePage,
    Card,
    Unmatched,
    card,
    finish_article,
    partner_sample,
    unmatched_of,
)
from dwiwarta.search import PartRef, SearchPart, make_part
from dwiwarta.settings import Project
from dwiwarta.translate import Chain, Memory, TranslationLog, memory_path


class Pages:
    """The articles that have a page: notes on all of them, and each as an ``Entry``."""

    def __init__(
        self,
        project: Project,
        cache: Cache,
        articles: Articles,
        groups: Sequence[Group],
        workers: Workers,
        drafts: Drafts | None = None,
    ) -> None:
        """``drafts``: where pages wait until they are rendered."""
        self._workers = workers
        self._project = project
        self._folder = project.articles_dir.relative_to(project.root)
        self._articles = articles
        self._groups = {group.ref: group for group in groups}
        self._slugs: Mapping[SourceRef, str] = {}
        # Earlier addresses, with the slug of the page that each leads to.
        self.moved: Mapping[str, str] = {}
        self._cache = cache
        self._refs: Mapping[str, SourceRef] = {}
        self._table = Table(cache, "page", NOTE)
        self._cards = Cards(cache)
        self._drafts = drafts
        self._code = digest_of(page_code(), project.settings.site.language)
        self._notes: dict[SourceRef, PageNote] = {}
        self.shards = Shards(
            cache,
            workers,
            self._code,
            lambda ref: self._part_bytes(self._refs[ref.slug], ref.digest),
        )
        # Whether the memory and the engines would say the same next time.
        self.settled = False
        self.english = English(cache, articles, self.story)

    @property
    def notes(self) -> Mapping[SourceRef, PageNote]:
        """What is known of each of them, once ``translate`` is done."""
        return self._notes

    @property
    def slugs(self) -> Mapping[SourceRef, str]:
        """The name of each page."""
        return self._slugs

    def title(self, ref: SourceRef) -> str:
        """The title of an article, without loading it."""
        return self._articles.by_ref[ref].title

    def copies(self, ref: SourceRef) -> tuple[SourceRef, ...]:
        """The copies that are merged into an article."""
        return self._groups[ref].copies

    def settle_addresses(
        self, memory: Memory, problems: ProblemLog, adopted: Mapping[str, str] | None = None
    ) -> None:
        """Find where each page is, before anything else is done about pages.

        ``adopted``: new names of memory files by old.
        """
        copies = {ref: group.copies for ref, group in self._groups.items()}
        found = settle_addresses(
            copies, self._articles.by_ref, memory, self._cache, adopted or {}, problems
        )
        self._slugs = found.slugs
        self._refs = {slug: ref for ref, slug in found.slugs.items()}
        self.moved = {old: found.slugs[ref] for old, ref in found.moved.items()}

    def translate(
        self, memory: Memory, chain: Chain, log: TranslationLog, count: Count = not_counted
    ) -> None:
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
        asked: deque[SourceRef] = deque()
        # Where all is new, asked for at once, so that no article is taken from the cache again.
        sampled = frozenset() if stored else frozenset(partner_sample(sorted(self._refs)))

        def jobs() -> Iterator[Callable[[], Noted]]:
            for ref, _ in self.english.find(groups, is_known, memory, chain, log, count):
                asked.append(ref)
                entry, key = self._stored(ref), self.english.key(ref)
                of_sample = entry.slug in sampled
                yield partial(note_entry, entry, key, self._project, of_sample=of_sample)

        for noted in self._workers.do(jobs()):
            ref = asked.popleft()
            note = self._notes[ref] = NOTE.validate_json(noted.note)
            self._cards.put(ref.key, note.summary, noted.card)
            self._keep_part(ref, self._part_digest(note), noted.part)
            if noted.unmatched is not None:
                self._keep_unmatched(ref, self._part_digest(note), noted.unmatched)
            if self._drafts is not None:
                self._drafts.put(note.summary.slug, noted.draft)
            made.add(ref)
        self._notes = {ref: self._notes[ref] for ref in self._groups}
        for ref, note in self._notes.items():
            if ref not in made:
                log.add(note.count)
            elif ref not in self.english.unsettled:
                self._table.put(ref.key, self._key(ref, note.english), note)
        unsettled = self.english.unsettled
        self._table.keep_only([ref.key for ref in self._groups if ref not in unsettled])
        self._cards.keep_only([ref.key for ref in self._groups])
        for table in ("part", "unmatched"):
            self._cache.keep_only(table, [ref.key for ref in self._groups])
        waiting = asks and any(not note.settled for note in self._notes.values())
        self.settled = not unsettled and not waiting

    def search_parts(self) -> Iterator[PartRef]:
        """What each article adds to the search index."""
        for ref, note in self._notes.items():
            published = self._articles.by_ref[ref].published
            day = published.day.toordinal() if published else 0
            digest = self._part_digest(note)
            yield PartRef(note.summary.slug, day, digest, partial(self._part, ref, digest))

    def _part_digest(self, note: PageNote) -> str:
        return f"{self._code}{note.summary.page}"

    def _keep_part(self, ref: SourceRef, digest: str, data: bytes) -> None:
        self._cache.put("part", {ref.key: (digest, data)})

    def _part(self, ref: SourceRef, digest: str) -> SearchPart:
        return SearchPart.from_bytes(self._part_bytes(ref, digest))

    def _part_bytes(self, ref: SourceRef, digest: str) -> bytes:
        data = self._cache.get("part", ref.key, digest)
        if data is None:
            data = make_part(self._stored(ref).entry()).to_bytes()
            self._keep_part(ref, digest, data)
        return data

    def render(
        self, pages: Sequence[Page], count: Count = not_counted
    ) -> Iterator[tuple[Page, bytes]]:
        """Each page with its bytes: those of articles by the workers, and lists meanwhile."""
        for done, rendered in enumerate(self._render(pages), 1):
            count(done, len(pages), "pages")
            yield rendered

    def _render(self, pages: Sequence[Page]) -> Iterator[tuple[Page, bytes]]:
        ours = [page for page in pages if isinstance(page.render, ArticlePage)]
        others = [page for page in pages if not isinstance(page.render, ArticlePage)]
        done = 0
        if self.shards.begun:  # the workers have enough to do
            yield from ((other, other.render()) for other in others)
            others = []
        for number, (page, data) in enumerate(
            zip(ours, self._workers.do(map(self._render_job, ours)), strict=True), 1
        ):
            yield page, data
            until = len(others) * number // len(ours)
            yield from ((other, other.render()) for other in others[done:until])
            done = until
        yield from ((other, other.render()) for other in others[done:])

    def _render_job(self, page: Page) -> Callable[[], bytes]:
        assert isinstance(page.render, ArticlePage)
        slug, near = page.render.slug, page.render.near()
        draft = self._drafts.take(slug) if self._drafts is not None else None
        if draft is not None:
            return partial(finish_article, draft, near)
        return partial(render_entry, self._stored(self._refs[slug]), near, self._project)

    def story(self, ref: SourceRef) -> Story:
        """An article with its copies. Raises ``DamagedError``."""
        return self._articles.story(self._groups[ref])

    def card(self, slug: str) -> Card:
        """What lists show of an article; see ``render.Library``. Raises ``DamagedError``."""
        ref = self._refs[slug]
        return self._cards.get(ref.key, self._notes[ref].summary, lambda: card(self.entry(slug)))

    def entry(self, slug: str) -> Entry:
        """Everything known about an article; see ``render.Library``. Raises ``DamagedError``."""
        return self._stored(self._refs[slug]).entry()

    def explanations(self, slug: str) -> Sequence[Sequence[Explanation]]:
        """The terms to explain in each paragraph; see ``render.Library``."""
        return explain(self.entry(slug))

    def unmatched(self, slug: str) -> tuple[Unmatched, ...]:
        """What an article says of partners of words; see ``render.Library``."""
        ref = self._refs[slug]
        digest = self._part_digest(self._notes[ref])
        data = self._cache.get("unmatched", ref.key, digest)
        if data is not None:
            with suppress(ValidationError):
                return UNMATCHED.validate_json(data)
        found = unmatched_of(self._stored(ref).entry())
        self._keep_unmatched(ref, digest, UNMATCHED.dump_json(found))
        return found

    def _keep_unmatched(self, ref: SourceRef, digest: str, data: bytes) -> None:
        self._cache.put("unmatched", {ref.key: (digest, data)})

    def _stored(self, ref: SourceRef) -> StoredEntry:
        group = self._groups[ref]
        return StoredEntry(
            slug=self._slugs[ref],
            whole=self._articles.stored(ref),
            copies=tuple(map(self._articles.stored, group.copies)),
            text=self.english.stored(ref),
            group=group,
            memory_path=(self._folder / memory_path(ref)).as_posix(),
            related=tuple(self._slugs[other] for other in group.related),
            later=self._slugs[group.later] if group.later else None,
        )

    def _key(self, ref: SourceRef, english: str) -> str:
        """The digest of all that decides about what is noted of an article."""
        group = self._groups[ref]
        articles, slugs = self._articles.by_ref, self._slugs
        # Which of the days that articles state have come is in no key.
        parts = [self._code, english, str(articles[ref].days.ahead), slugs[ref]]
        parts += [f"{articles[copy].key} {articles[copy].days.ahead}" for copy in group.copies]
        parts.append(f"later {slugs[group.later]}" if group.later else "")
        parts += [slugs[other] for other in group.related]
        if group.decided:
            parts.append(repr(group.decided))
        return digest_of("\n".join(parts))
