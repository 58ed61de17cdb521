"""What a memory file says, as the index keeps it: read in any process, one file by itself."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dwiwarta.errors import MemoryStoreError
from dwiwarta.slugs import NOT_KEPT, KeptAddress
from dwiwarta.translate.memory import pofile
from dwiwarta.translate.memory.address import kept_in
from dwiwarta.translate.memory.merge import entries_of, unknown_states
from dwiwarta.translate.memory.rows import Row, row_of


@dataclass(frozen=True, slots=True)
class ReadFile:
    """``rows``: None if the file cannot be read, for ``fault``.

    ``doubt``: the first line with a state that is none of ours, and what to say of it.
    ``unsigned``: it holds work of a person whom only the header names. ``kept``: the address of its
    article's page.
    """

    rows: tuple[Row, ...] | None
    doubt: tuple[int, str] | None = None
    unsigned: bool = False
    fault: MemoryStoreError | OSError | None = None
    kept: KeptAddress = NOT_KEPT


# Does such jobs, and gives their results in their order.
DoJobs = Callable[[Iterable[Callable[[], ReadFile]]], Iterator[ReadFile]]


def read_rows(path: Path) -> ReadFile:
    """What the index has to know of a memory file."""
    try:
        file = pofile.read_file(path)
    except (MemoryStoreError, OSError) as error:
        return ReadFile(None, fault=error)
    entries = entries_of(file)
    return ReadFile(
        tuple(map(row_of, entries)),
        unknown_states(file),
        any(entry.unsigned for entry in entries),
        kept=kept_in(file),
    )


def do_here(jobs: Iterable[Callable[[], ReadFile]]) -> Iterator[ReadFile]:
    """One after the other, in this process."""
    return (job() for job in jobs)
