"""The chain of engines behind the memory: who is asked for what, and which answers count."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dwiwarta.errors import EngineError
from dwiwarta.settings import TranslationSettings
from dwiwarta.text import one_line
from dwiwarta.translate.chunking import cut
from dwiwarta.translate.engine_run import EngineRun
from dwiwarta.translate.engines.base import Engine, Request
from dwiwarta.translate.trust import CANNED, MISPLACED, ArticleAnswers, CannedAnswers, FindMisplaced

# The glossary's (Indonesian, English) terms that occur in the texts.
FindTerms = Callable[[Sequence[str]], tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text to translate. ``rejected``: versions of engines whose answer was rejected before.

    Local engines are not asked again, as they would say the same; online ones may have had a bad
    moment, but are not paid for the same answer twice a day: ``rejected_today``. ``drafted``: there
    is English already, so that engines for drafts need not be asked.
    """

    text: str
    rejected: frozenset[str] = frozenset()
    rejected_today: frozenset[str] = frozenset()
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that passed the gate; ``index`` of the wanted text."""

    index: int
    text: str
    engine: str  # with its version
    draft: bool = False


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No usable answer. ``rejected``: by the gate; else the engine failed.

    It may follow an ``Answered`` for the same text: what the engine said later showed that the
    earlier answer is not to be trusted. ``canned``: the answer, if the engine gave the same to
    quite another text of this run, where it was wrong too.
    """

    index: int
    engine: str
    reason: str
    rejected: bool = True
    canned: str = ""


Outcome = Answered | NoAnswer


# Told the name of an engine that cannot work here, at the first text that it would be asked for:
# whether it can from now on.
Provide = Callable[[str], bool]


class MakeRun(Protocol):
    """Wraps an engine for a run."""

    def __call__(self, engine: Engine, settings: TranslationSettings) -> EngineRun:
        """The engine with its deadline, retry and circuit breaker."""
        ...


@dataclass(frozen=True, slots=True)
class Judges:
    """What decides about answers; by default, everything is right.

    ``gate``: why an answer (second) cannot be the English of the Indonesian (first), else None.
    ``says_quota``: whether an answer to the Indonesian says that a quota is used up.
    ``misplaced``: which of an article's answers seem to belong to others of its texts.
    """

    gate: Callable[[str, str], str | None] = lambda _source, _answer: None
    says_quota: Callable[[str, str], bool] = lambda _source, _answer: False
    misplaced: FindMisplaced = lambda _sources, _answers: ()


def no_terms(_texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """No glossary."""
    return ()


class Chain:
    """Engines in order of preference. May be empty: then nothing is answered."""

    def __init__(
        self,
        engines: Sequence[Engine],
        settings: TranslationSettings,
        judges: Judges | None = None,
        *,
        find_terms: FindTerms = no_terms,
        make_run: MakeRun = EngineRun,
        provide: Provide | None = None,
    ) -> None:
        """``find_terms`` serves engines that take a glossary; ``provide`` is told of each once."""
        self.runs = tuple(make_run(engine, settings) for engine in engines)
        self._settings = settings
        self._judges = judges or Judges()
        self._canned = CannedAnswers()
        self._find_terms = find_terms
        self._provide = provide
        self._lacking = {run.name for run in self.runs}

    @property
    def notes(self) -> tuple[str, ...]:
        """Why engines were not used or stopped, one line each, in their order."""
        return tuple(f"{run.name} {run.note}" for run in self.runs if run.note)

    def improves_on_draft(self) -> bool:
        """Whether an engine may be asked whose answers are more than a stopgap."""
        return any(not run.capabilities.draft and run.version() is not None for run in self.runs)

    def would_ask(self, one: Wanted) -> bool:
        """Whether any engine would be asked for that text."""
        return any(
            _takes(run, version, one)
            for run in self.runs
            if (version := self._version(run)) is not None
        )

    def ask(
        self, wanted: Sequence[Wanted], context: Sequence[str] = (), prefer: str = ""
    ) -> Iterator[tuple[Outcome, ...]]:
        """Ask for translations; yields what each call brought, so that it can be saved at once.

        All texts go to one engine; only what it could not do goes to the next. ``prefer``: version
        of the engine that did the rest of the article, asked first if it is in the chain.
        """
        left = set(range(len(wanted)))
        for run in sorted(self.runs, key=lambda run: _is_other(run, prefer)):
            if not left:
                return
            version = self._version(run)
            if version is None:
                continue
            run.begin_article()
            todo = [i for i in sorted(left) if _takes(run, version, wanted[i])]
            answers = ArticleAnswers(self._judges.misplaced)
            for outcomes in self._ask_one(run, version, wanted, todo, context, answers):
                yield _compared(run, version, answers, outcomes)
            left -= answers.accepted

    def _version(self, run: EngineRun) -> str | None:
        """The version of an engine there is work for; one that lacks something may be provided."""
        version = run.version()
        if version is None and self._provide and run.name in self._lacking:
            self._lacking.discard(run.name)
            if self._provide(run.name):
                run.reopen()
                version = run.version()
        return version

    def _ask_one(
        self,
        run: EngineRun,
        version: str,
        wanted: Sequence[Wanted],
        todo: Sequence[int],
        context: Sequence[str],
        article: ArticleAnswers,
    ) -> Iterator[tuple[Outcome, ...]]:
        """Outcomes of each call; every answer, good or not, is told to ``article``."""
        pieces = {i: cut(wanted[i].text, run.capabilities.max_chars) for i in todo}
        for group in _groups(todo, pieces, run.capabilities.batch):
            if not run.open_for_calls:
                return
            texts = [piece for index in group for piece in pieces[index]]
            answers: list[str | EngineError] = []
            try:
                # A paragraph of more pieces than fit in a call takes several.
                for start in range(0, len(texts), run.capabilities.batch):
                    part = texts[start : start + run.capabilities.batch]
                    answers.extend(run.translate(self._request(run, part, context)))
                    if error := _only_failed(answers, group):
                        raise error
            except EngineError as error:
                answers.extend([error] * (len(texts) - len(answers)))
            yield self._judged(run, version, wanted, group, pieces, iter(answers), article)

    def _request(self, run: EngineRun, texts: Sequence[str], context: Sequence[str]) -> Request:
        facts = run.capabilities
        # A service answers in seconds or is in trouble; a small machine computes as long as there
        # is text.
        patience = 1 if facts.online else len(texts)
        return Request(
            texts=tuple(texts),
            context=tuple(context) if facts.takes_context else (),
            terms=self._find_terms(texts) if facts.takes_glossary else (),
            deadline_seconds=self._settings.deadline_seconds * patience,
        )

    def _judged(
        self,
        run: EngineRun,
        version: str,
        wanted: Sequence[Wanted],
        group: Sequence[int],
        pieces: Mapping[int, Sequence[str]],
        answers: Iterator[str | EngineError],
        article: ArticleAnswers,
    ) -> tuple[Outcome, ...]:
        outcomes: list[Outcome] = []
        for index in group:
            parts = [next(answers) for _ in pieces[index]]
            error = next((part for part in parts if isinstance(part, EngineError)), None)
            if error is not None:
                outcomes.append(NoAnswer(index, version, error.reason, rejected=False))
                continue
            answer = one_line(" ".join(part for part in parts if isinstance(part, str)))
            article.hear(index, wanted[index].text, answer)
            reason = _not_text(parts) or self._judges.gate(wanted[index].text, answer)
            canned = not reason and self._canned.is_one(run.name, wanted[index].text, answer)
            reason = CANNED if canned else reason
            if reason:
                run.rejected(reason)
                if run.capabilities.online and self._judges.says_quota(wanted[index].text, answer):
                    run.close(f"stopped: {reason}")
                outcomes.append(NoAnswer(index, version, reason, canned=answer if canned else ""))
            else:
                run.accepted()
                article.accept(index)
                outcomes.append(Answered(index, answer, version, run.capabilities.draft))
        return tuple(outcomes)


def _compared(
    run: EngineRun, version: str, answers: ArticleAnswers, outcomes: tuple[Outcome, ...]
) -> tuple[Outcome, ...]:
    """Outcomes, after a look at all that the engine said of this article, earlier too."""
    wrong = answers.withdraw(len(outcomes))
    for _ in wrong:
        run.rejected(MISPLACED)
    kept = [o for o in outcomes if not (isinstance(o, Answered) and o.index in wrong)]
    return (*kept, *(NoAnswer(index, version, MISPLACED) for index in wrong))


def _only_failed(answers: Sequence[object], group: Sequence[int]) -> EngineError | None:
    """Why the rest of a long paragraph need not be asked for, as a piece of it failed."""
    failed = (answer for answer in answers if isinstance(answer, EngineError))
    return next(failed, None) if len(group) == 1 else None


def _takes(run: EngineRun, version: str, one: Wanted) -> bool:
    """Whether an engine may be asked for a text, after what became of its earlier answers."""
    if one.drafted and run.capabilities.draft:
        return False
    return version not in (one.rejected_today if run.capabilities.online else one.rejected)


def _is_other(run: EngineRun, prefer: str) -> bool:
    if not prefer or run.capabilities.draft or run.name != prefer.partition(" ")[0]:
        return True
    return run.version() != prefer


def _not_text(parts: Sequence[object]) -> str | None:
    """What can be no paragraph in any language; the gate judges the rest."""
    for part in parts:
        if not isinstance(part, str) or not part.strip():
            return "empty answer"
        if any(char < " " and not char.isspace() for char in part):
            return "control characters in the answer"
        if any("\ud800" <= char <= "\udfff" for char in part):
            return "broken characters in the answer"
    return None


def _groups(
    todo: Sequence[int], pieces: Mapping[int, Sequence[str]], batch: int
) -> Iterator[list[int]]:
    """Texts for one call each: as many as fit. Texts that cannot be cut to size are left out."""
    group: list[int] = []
    size = 0
    for index in todo:
        count = len(pieces[index])
        if count == 0:
            continue
        if group and size + count > batch:
            yield group
            group, size = [], 0
        group.append(index)
        size += count
    if group:
        yield group
