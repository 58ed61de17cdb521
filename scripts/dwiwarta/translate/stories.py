"""Translating articles: the memory first, then the chain, every answer saved as it comes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dwiwarta.model import (
    Article,
    Rejection,
    SourceRef,
    State,
    Story,
    TranslatedText,
    Translation,
)
from dwiwarta.translate.chain import Answered, Chain, NoAnswer, Outcome, Wanted
from dwiwarta.translate.log import RejectedAnswer, TranslationLog, failure_notes
from dwiwarta.translate.memory import Memory
from dwiwarta.translate.memory.keys import SegmentKey, norm_key, segment_keys
from dwiwarta.translate.memory.merge import Addition
from dwiwarta.translate.memory.recall import Recalled, Recollection, recall_story
from dwiwarta.translate.segments import shown_text
from dwiwarta.translate.trust import StoredAnswers, withdrawal

# Says whether a machine translation should be made again.
Redo = Callable[[Translation], bool]


@dataclass(frozen=True, slots=True)
class Options:
    """What ``build.py translate`` may ask for beyond a build's own needs.

    ``redo``: machine translations to make again (drafts are whenever a better engine answers).
    ``retry``: also ask engines again whose answers were rejected. ``limit``: most segments to
    send to engines. ``progress`` is told how many segments engines were asked for just now, and,
    after each article, how many it has.
    """

    redo: Redo | None = None
    retry: bool = False
    limit: int | None = None
    progress: Callable[[int, int], None] = lambda _asked, _seen: None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would ask engines for. ``characters``: of Indonesian text.

    ``waiting``: segments that need English and for which no engine would be asked.
    """

    articles: int
    segments: int
    characters: int
    waiting: int = 0


def translate_stories(
    stories: Sequence[Story],
    memory: Memory,
    chain: Chain,
    log: TranslationLog | None = None,
    options: Options | None = None,
) -> tuple[TranslatedText, ...]:
    """The English of every story's article, in the order given.

    What the memory lacks is asked of the chain; each answer is on disk before the next call. What
    nobody answers has no translation. Nothing is asked for an article whose memory file is broken,
    as the answer could not be kept. What an editor wrote beside a merged copy is offered where the
    wording is nearly the same.
    """
    by_ref = {story.article.ref: story for story in stories}
    texts = dict(translate_each(by_ref, by_ref.__getitem__, memory, chain, log, options))
    return tuple(texts[story.article.ref] for story in stories)


def translate_each(
    refs: Iterable[SourceRef],
    load: Callable[[SourceRef], Story],
    memory: Memory,
    chain: Chain,
    log: TranslationLog | None = None,
    options: Options | None = None,
) -> Iterator[tuple[SourceRef, TranslatedText]]:
    """``translate_stories`` one after the other, so that no more than one need be held.

    Where an answer was taken back later, the article comes again at the end.
    """
    log = log if log is not None else TranslationLog()
    worker = _Worker(memory, chain, log, options or Options())
    done = []
    for ref in refs:
        yield ref, worker.translate(load(ref))
        done.append(ref)
    for ref in done:
        if ref in worker.stored.affected:
            yield ref, worker.show(load(ref))
    log.notes = (*chain.notes, *failure_notes(log, [run.version() for run in chain.runs]))


def plan_translation(
    stories: Sequence[Story], memory: Memory, chain: Chain, options: Options | None = None
) -> Plan:
    """What ``translate_stories`` would send to the first engine. Asks and changes nothing."""
    worker = _Worker(memory, chain, TranslationLog(), options or Options())
    limit = options.limit if options else None
    sizes = [(number, size) for number, one in enumerate(stories) for size in worker.plan(one)]
    sent = sizes[:limit]
    return Plan(
        len({number for number, _ in sent}),
        len(sent),
        sum(size for _, size in sent),
        worker.waiting,
    )


class _Worker:
    def __init__(
        self,
        memory: Memory,
        chain: Chain,
        log: TranslationLog,
        options: Options,
    ) -> None:
        self._memory = memory
        self._chain = chain
        self._log = log
        self._options = options
        self._left = options.limit
        self._planned: set[bytes] = set()
        self.waiting = 0
        self.stored = StoredAnswers(memory, log)

    def translate(self, story: Story) -> TranslatedText:
        article = story.article
        recollection = recall_story(self._memory, story)
        known = recollection.by_key
        stored = tuple(known)
        todo = [item for item in known.values() if self._is_to_be_asked(item)]
        fresh: dict[SegmentKey, Translation] = {}
        written = False
        if self._memory.usable(article.ref) and not self._memory.read_only:
            written = self._keep_in_step(article.ref, stored, recollection)
            if todo and self._memory.usable(article.ref):
                fresh = self._ask(article, stored, known, todo)
                # A person may have written something meanwhile, and answers were rejected.
                known = recall_story(self._memory, story).by_key
        for key in segment_keys(article):
            self._count(known.get(key), fresh.get(key))
        self._options.progress(0, len(stored))
        return self.show(story) if written else shown_text(article, known)  # lines have moved

    def show(self, story: Story) -> TranslatedText:
        """What the memory holds by now, without asking or counting anything."""
        return shown_text(story.article, recall_story(self._memory, story).by_key)

    def plan(self, story: Story) -> list[int]:
        """Characters of each segment that would be sent; of texts that are the same, the first."""
        if not self._memory.usable(story.article.ref):
            return []
        sent = []
        for item in recall_story(self._memory, story).segments:
            norm = norm_key(item.key)
            if norm in self._planned or not self._needs_work(item):
                continue
            self._planned.add(norm)
            if self._chain.would_ask(self._wanted(item)):
                sent.append(len(item.key.source))
            else:
                self.waiting += 1
        return sent

    def _is_to_be_asked(self, item: Recalled) -> bool:
        return self._needs_work(item) and self._chain.would_ask(self._wanted(item))

    def _wanted(self, item: Recalled) -> Wanted:
        """What to ask the chain: a stopgap is of no use where there is one already."""
        old = item.translation
        redo = old is not None and self._options.redo is not None and self._options.redo(old)
        rejected = () if self._options.retry else item.rejections
        return Wanted(
            item.key.source,
            rejected=frozenset(one.engine for one in rejected),
            rejected_today=frozenset(
                one.engine for one in rejected if one.made == self._memory.today
            ),
            drafted=old is not None and not (redo and old.state is State.DRAFT),
        )

    def _needs_work(self, item: Recalled) -> bool:
        old = item.translation
        if old is None:
            return True
        if old.state.is_human:
            return False
        if self._options.redo is not None and self._options.redo(old):
            return True
        return old.state is State.DRAFT and self._chain.improves_on_draft()

    def _keep_in_step(
        self,
        ref: SourceRef,
        stored: Sequence[SegmentKey],
        recollection: Recollection,
    ) -> bool:
        """Make the file what an editor expects, an entry for every segment; says if it was not.

        Without an engine, this is how a person finds what there is to translate; and what other
        articles know is copied to where the editor of this one will look for it.
        """
        copies = {
            item.key: Addition(item.translation, item.copied_from)
            for item in recollection.segments
            if item.copied_from or item.carried
        }
        if is_behind := bool(copies or (stored and not recollection.in_step)):
            self._memory.write(ref, stored, copies)
        return is_behind

    def _ask(
        self,
        article: Article,
        stored: Sequence[SegmentKey],
        known: dict[SegmentKey, Recalled],
        todo: Sequence[Recalled],
    ) -> dict[SegmentKey, Translation]:
        if self._left is not None:
            todo = todo[: self._left]
            self._left -= len(todo)
        fresh: dict[SegmentKey, Translation] = {}
        asked = {item.key for item in todo}
        for outcomes in self._chain.ask(
            [self._wanted(item) for item in todo],
            (article.title, *article.paragraphs),
            # What is to be replaced says nothing about who should do it.
            _usual_engine(item for item in known.values() if item.key not in asked),
        ):
            additions = {}
            self._options.progress(len(outcomes), 0)
            for outcome in outcomes:
                item = todo[outcome.index]
                addition = self._addition(article.ref, item, outcome, fresh.get(item.key))
                if addition is not None:
                    additions[item.key] = addition
            if additions:
                self._memory.write(article.ref, stored, additions)
            if not self._memory.usable(article.ref):
                break  # the disk is full, say: answers that cannot be kept are not asked for
            for key, addition in additions.items():
                if addition.translation is not None and addition.withdrawn is None:
                    fresh[key] = addition.translation
                else:
                    fresh.pop(key, None)
            for outcome in outcomes:
                if isinstance(outcome, NoAnswer) and outcome.canned:
                    self.stored.withdraw(outcome.engine, outcome.canned, outcome.reason)
        self.stored.note(article.ref, fresh, {item.key: item.translation for item in todo})
        return fresh

    def _addition(
        self, ref: SourceRef, item: Recalled, outcome: Outcome, stored: Translation | None
    ) -> Addition | None:
        """What to keep of an outcome. ``stored``: an answer to the same text, a moment ago."""
        today: date = self._memory.today
        if isinstance(outcome, Answered):
            state = State.DRAFT if outcome.draft else State.MACHINE
            return Addition(Translation(outcome.text, state, outcome.engine, today))
        if not outcome.rejected:
            self._log.failures[outcome.engine, outcome.reason] += 1
            return None
        self._log.rejected.append(
            RejectedAnswer(ref, item.key.source, outcome.engine, outcome.reason)
        )
        return withdrawal(
            Rejection(outcome.engine, outcome.reason, today), stored, item.translation
        )

    def _count(self, item: Recalled | None, fresh: Translation | None) -> None:
        if item is None:
            self._log.tally("unchanged")
            return
        if fresh and fresh == item.translation:
            self._log.tally("translated")
        else:
            self._log.tally("from_memory" if item.translation else "pending")
        if item.translation is None and item.rejections:
            self._log.tally("pending_rejected")
        if item.stale:
            self._log.tally("stale")


def _usual_engine(known: Iterable[Recalled]) -> str:
    """Version of the engine that made most of the article's machine texts, "" if none did."""
    counts = Counter(
        item.translation.engine
        for item in known
        if item.translation and item.translation.state is State.MACHINE
    )
    return min(counts, key=lambda name: (-counts[name], name), default="")
