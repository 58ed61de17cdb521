"""What a run of the translate stage did, for the build's summary and its reports."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dwiwarta.model import SourceRef, State, TranslatedText
from dwiwarta.text import counted


@dataclass(frozen=True, slots=True)
class TranslationCount:
    """What happened to the segments (titles and paragraphs) of a run, for the build's summary.

    ``translated``: answered by an engine now. ``from_memory``: known before. ``pending``: without
    English, ``pending_rejected`` of them with rejected answers. ``rejected``: answers that the
    gate rejected now. ``stale``: pending or machine-made segments whose earlier wording an
    editor had translated. ``unchanged``: nothing to translate.
    """

    translated: int = 0
    from_memory: int = 0
    pending: int = 0
    pending_rejected: int = 0
    rejected: int = 0
    stale: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class RejectedAnswer:
    """An answer that the gate rejected."""

    ref: SourceRef
    source: str
    engine: str
    reason: str


@dataclass(slots=True)
class TranslationLog:
    """Collects what a run did.

    ``rejected``: answers rejected now. ``failures``: segments that an engine gave no answer to,
    by engine and reason. ``notes``: why engines were not used or stopped, and what the others
    failed at.
    """

    rejected: list[RejectedAnswer] = field(default_factory=list)
    failures: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    _counts: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> TranslationCount:
        """The figures of the run."""
        return TranslationCount(**self._counts, rejected=len(self.rejected))

    def tally(self, what: str, number: int = 1) -> None:
        """Add to one of the figures of ``TranslationCount``."""
        self._counts[what] += number

    def add(self, count: TranslationCount) -> None:
        """Add the figures of an article that was not looked at anew."""
        for what in ("from_memory", "pending", "pending_rejected", "stale", "unchanged"):
            self.tally(what, getattr(count, what))


def count_text(text: TranslatedText) -> TranslationCount:
    """What a run says of an article that it finds as it is."""
    segments = text.segments
    open_ones = [s for s in segments if s.translatable and s.translation is None]
    words = sum(segment.translatable for segment in segments)
    return TranslationCount(
        from_memory=words - len(open_ones),
        pending=len(open_ones),
        pending_rejected=sum(bool(segment.rejections) for segment in open_ones),
        stale=sum(segment.stale is not None for segment in segments),
        unchanged=len(segments) - words,
    )


def is_settled(text: TranslatedText) -> bool:
    """Whether no engine has anything to say: all its English is there, and none is a draft."""
    found = (segment.translation for segment in text.segments if segment.translatable)
    return all(one is not None and one.state is not State.DRAFT for one in found)


def failure_notes(log: TranslationLog, engines: Iterable[str | None]) -> Iterator[str]:
    """A line for each engine that failed now and then, but was not given up; in their order."""
    for engine in engines:
        mine = {key: count for key, count in log.failures.items() if key[0] == engine}
        if mine:
            (name, reason), _ = max(mine.items(), key=lambda one: one[1])
            number = sum(mine.values())
            yield f"{name} did not answer for {counted(number, 'segment')}: {reason}"
