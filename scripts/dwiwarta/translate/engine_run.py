"""One engine during one run: deadline, retry, politeness and the circuit breaker around it."""

import time
from collections.abc import Callable, Sequence

from dwiwarta.errors import EngineError, EngineFailure
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.deadline import DeadlineError, call_with_deadline
from dwiwarta.translate.engines.base import Answer, Engine, Request

# After a failure that may pass: 1 s, then 2 s, at most 10 s. Online engines recover in seconds
# from a lost connection; for anything longer the next engine is the better answer.
BACKOFF_FIRST_SECONDS = 1.0
BACKOFF_MAX_SECONDS = 10.0

# Answers of an online engine rejected in a row until it counts as broken: a service that
# throttles often echoes the text or sends a page of words. A local engine does not change its mind.
# One article may be to blame (a table, a poem, another language), so where all of them are of one,
# the next one decides.
REJECTIONS_TO_OPEN = 10


class EngineRun:
    """An engine with what this run learned about it; ``closed_because`` is "" while it is used."""

    def __init__(
        self,
        engine: Engine,
        settings: TranslationSettings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``sleep`` and ``clock`` (seconds) are for tests."""
        self.engine = engine
        self.capabilities = engine.capabilities
        self.name = engine.capabilities.name
        self.closed_because = ""
        self._settings = settings
        self._sleep = sleep
        self._clock = clock
        self._failures = 0
        self._rejections = 0
        # Of the rejected answers in a row: those of this article.
        self._of_article = 0
        self._set_aside = False
        self._on_trial = False
        self._last_rejection = ""
        self._not_before = 0.0
        self._version: str | None = None

    def version(self) -> str | None:
        """Engine with model version; None (and the circuit opens) if it cannot work here."""
        if self._version is None and not self.closed_because:
            try:
                self._version = self.engine.version()
            except EngineError as error:
                self.close(f"not used: {error.reason}")
        return None if self.closed_because else self._version

    @property
    def open_for_calls(self) -> bool:
        """Whether the engine may be asked, for this article."""
        return not self.closed_because and not self._set_aside

    @property
    def note(self) -> str:
        """Why the engine is not asked, "" while it is."""
        times = f"{self._rejections} unusable answers in a row: {self._last_rejection}"
        return self.closed_because or (f"left out after {times}" if self._set_aside else "")

    def begin_article(self) -> None:
        """Another article: an engine that the last one set aside is given a chance with this."""
        if self._on_trial and not self._set_aside and self._of_article:
            self._give_up()
        self._on_trial = self._on_trial or self._set_aside
        self._set_aside = False
        self._of_article = 0

    def reopen(self) -> None:
        """What kept the engine from working at all has been mended."""
        if self._version is None:
            self.closed_because = ""

    def close(self, reason: str) -> None:
        """Ask this engine no more in this run."""
        self.closed_because = self.closed_because or reason

    def translate(self, request: Request) -> Sequence[Answer]:
        """Ask the engine; one answer or error per text. Raises ``EngineError`` if the call failed.

        Failures that may pass are tried again; the circuit opens at the first refusal for quota
        and after ``failures_to_open`` other failures in a row.
        """
        # Here, as it brings Tornado along where that is installed; most builds ask nobody.
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

        retrying = Retrying(
            stop=stop_after_attempt(self._settings.attempts),
            wait=wait_exponential(BACKOFF_FIRST_SECONDS, max=BACKOFF_MAX_SECONDS),
            retry=retry_if_exception(self._worth_another_try),
            sleep=self._sleep,
            reraise=True,
        )
        answers: Sequence[Answer] = retrying(self._counted_call, request)
        for answer in answers:
            if isinstance(answer, EngineError):
                self._count_failure(answer)
            else:
                self._failures = 0
        return answers

    def accepted(self) -> None:
        """The gate let an answer through."""
        self._rejections = self._of_article = 0
        self._on_trial = False

    def rejected(self, reason: str) -> None:
        """The gate rejected an answer."""
        self._rejections += 1
        self._of_article += 1
        self._last_rejection = reason
        if not self.capabilities.online or self._rejections < REJECTIONS_TO_OPEN:
            return
        if self._on_trial:
            if self._of_article >= REJECTIONS_TO_OPEN:
                self._give_up()
        elif self._of_article == self._rejections:
            self._set_aside = True
        else:
            self._give_up()

    def _give_up(self) -> None:
        times = f"{self._rejections} unusable answers in a row"
        self.close(f"stopped after {times}: {self._last_rejection}")

    def _counted_call(self, request: Request) -> Sequence[Answer]:
        # Every try counts: on a machine without network, three tries are enough to know.
        try:
            return self._call_once(request)
        except EngineError as error:
            self._count_failure(error)
            raise

    def _call_once(self, request: Request) -> Sequence[Answer]:
        self._be_polite()
        try:
            answers = call_with_deadline(
                lambda: self.engine.translate(request), request.deadline_seconds
            )
        except DeadlineError:
            reason = f"no answer within {request.deadline_seconds:g} s"
            if not self.capabilities.online:
                # The abandoned call still computes: a second one beside it would be no faster.
                self.close(f"stopped: {reason}")
            raise EngineError(self.name, EngineFailure.TRANSIENT, reason) from None
        finally:
            self._not_before = self._clock() + self.capabilities.delay_seconds
        if len(answers) != len(request.texts):
            raise EngineError(
                self.name,
                EngineFailure.INVALID,
                f"{len(answers)} answers to {len(request.texts)} texts",
            )
        return answers

    def _be_polite(self) -> None:
        pause = self._not_before - self._clock()
        if pause > 0:
            self._sleep(pause)

    def _worth_another_try(self, error: BaseException) -> bool:
        return (
            isinstance(error, EngineError)
            and error.kind is EngineFailure.TRANSIENT
            and self.open_for_calls
        )

    def _count_failure(self, error: EngineError) -> None:
        if error.kind is EngineFailure.UNSUPPORTED:
            return
        if error.kind is EngineFailure.QUOTA:
            self.close(f"stopped: {error.reason}")
        elif error.kind is EngineFailure.UNAVAILABLE:
            self.close(f"not used: {error.reason}")
        else:
            self._failures += 1
            if self._failures >= self._settings.failures_to_open:
                times = f"{self._failures} failures in a row" if self._failures > 1 else "a failure"
                self.close(f"stopped after {times}: {error.reason}")
