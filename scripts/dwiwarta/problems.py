"""What went wrong without stopping the build: collected, counted, ``file:line: reason``."""

from collections import Counter
from dataclasses import dataclass, field

from dwiwarta.errors import ArticleError, UnreadableError
from dwiwarta.text import printable, printable_path, readable


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One warning. ``path`` is what the person can open, ``line`` counts from 1."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{printable_path(self.path)}:{self.line}: {printable(readable(self.reason))}"


@dataclass(slots=True)
class ProblemLog:
    """Collects the warnings of a run; ``--strict`` fails when ``count`` is not 0."""

    _problems: list[Problem] = field(default_factory=list)
    _folder: str = ""
    _unread: list[str] = field(default_factory=list)
    _notes: list[tuple[str, str]] = field(default_factory=list)

    def inside(self, folder: str) -> "ProblemLog":
        """The same log for code that names files relative to ``folder``."""
        return ProblemLog(self._problems, f"{self._folder}{folder}/", self._unread, self._notes)

    def fork(self) -> "ProblemLog":
        """An empty log for an attempt; ``join`` it when it succeeded."""
        return ProblemLog(_folder=self._folder)

    def join(self, other: "ProblemLog") -> None:
        """Add all that a forked log collected."""
        self._problems += other._problems
        self._unread += other._unread
        self._notes += other._notes

    def warn(self, path: str, line: int, reason: str) -> None:
        """Record a warning about a line of a file."""
        self._problems.append(Problem(f"{self._folder}{path}", line, reason))

    def add(self, error: ArticleError) -> None:
        """Record the article that could not be used."""
        self.warn(error.path, error.line, error.reason)
        if isinstance(error, UnreadableError):
            self._unread.append(error.path)

    def leave_unread(self, path: str) -> None:
        """Record that something could not be read that may hold articles; why, is a warning."""
        self._unread.append(path)

    @property
    def unread(self) -> bool:
        """Whether something could not be read that may hold articles: they are not gone."""
        return bool(self._unread)

    def note(self, path: str, text: str) -> None:
        """Record what a person may want to know of a file and need not mend: never counted."""
        self._notes.append((self._folder + path, text))

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """Every note, as file and text."""
        return tuple(sorted(self._notes))

    @property
    def count(self) -> int:
        """How many warnings were recorded, repeated ones included."""
        return len(self._problems)

    @property
    def all(self) -> tuple[Problem, ...]:
        """Every warning, by file and line."""
        return tuple(sorted(self._problems))

    def lines(self, same_reason: int = 5) -> list[str]:
        """The warnings and notes as lines; past ``same_reason`` alike, the rest become one."""
        seen: Counter[str] = Counter()
        out: list[str] = []
        for problem in self.all:
            seen[problem.reason] += 1
            if seen[problem.reason] <= same_reason:
                out.append(str(problem))
        out.extend(
            f"… and {n - same_reason} more: {printable(reason)}"
            for reason, n in seen.items()
            if n > same_reason
        )
        notes = [f"{printable_path(path)}: {printable(text)}" for path, text in self.notes]
        out.extend(f"note: {note}" for note in notes[:same_reason])
        if len(notes) > same_reason:
            out.append(f"note: … and {len(notes) - same_reason} more like these")
        return out
