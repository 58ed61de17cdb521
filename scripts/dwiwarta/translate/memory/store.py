"""The translation memory: one PO file beside each article, found again by text.

``open_memory`` locks it for one build; ``Memory.recall`` says what it knows about an article;
``Memory.write`` stores new answers at once, on disk, before the next engine is asked. What a person
wrote or checked is never overwritten by a machine, and nothing is ever deleted: entries whose text
left the article become obsolete, files whose article vanished stay.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import polib

from dwiwarta.errors import MemoryStoreError
from dwiwarta.fingerprint import Tree
from dwiwarta.lock import hold_lock
from dwiwarta.model import SourceRef, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.slugs import KeptAddress
from dwiwarta.translate.memory import po, pofile
from dwiwarta.translate.memory.address import keep_in, kept_in
from dwiwarta.translate.memory.index import Index
from dwiwarta.translate.memory.keys import SegmentKey, memory_path
from dwiwarta.translate.memory.merge import (
    Addition,
    add_all,
    add_earlier,
    approve_all,
    arrange,
    by_key,
    entries_of,
)
from dwiwarta.translate.memory.reading import DoJobs, do_here, read_rows
from dwiwarta.translate.memory.recall import Recollection, recall_from
from dwiwarta.translate.memory.rewrite import Parsed, Rewriter, fault_of
from dwiwarta.translate.memory.rows import Row

INDEX_NAME = "memory.sqlite"
LOCK_NAME = "memory.lock"
LOCK_WAIT_SECONDS = 10.0  # a preview's rebuild takes a few seconds; a long run is not waited for


@dataclass(slots=True)
class Memory:
    """The open memory. Get it from ``open_memory``."""

    root: Path
    index: Index
    problems: ProblemLog
    today: date
    read_only: bool = False
    tree: Tree | None = None
    do: DoJobs = do_here
    _broken: dict[str, tuple[int, str]] = field(default_factory=dict, init=False)
    # Told of once in a run, and parsed again in the next so that it is told of there too.
    _doubtful: set[str] = field(default_factory=set, init=False)
    # Files with work of a person whom only the header names.
    _unsigned: set[str] = field(default_factory=set, init=False)
    # Written, but the index does not know yet.
    _unindexed: Parsed | None = field(default=None, init=False)
    _rewriter: Rewriter = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is read or written yet."""
        self._rewriter = Rewriter(self.root, self.today)

    def usable(self, ref: SourceRef) -> bool:
        """False if the article's memory file is broken: it is left alone until mended by hand."""
        return str(memory_path(ref)) not in self._broken

    @property
    def broken(self) -> Mapping[str, tuple[int, str]]:
        """The memory files that are left alone, each with the line and the reason."""
        return self._broken

    def unlike(self, tree: Tree) -> set[str]:
        """The memory files of a folder that are not known just as they are there."""
        files = {(path, tree.contents(path)) for path in tree.files if path.endswith(".po")}
        return {path for path, _ in files ^ set(self.index.digests().items())}

    def recall(
        self, ref: SourceRef, keys: Sequence[SegmentKey], copies: Sequence[SourceRef] = ()
    ) -> Recollection:
        """What is known about each segment of an article, see ``recall_from``.

        ``copies``: other articles that tell the same.
        """
        self.bring_index_up_to_date()
        paths = [str(memory_path(copy)) for copy in copies]
        return recall_from(self.index, str(memory_path(ref)), keys, paths)

    def write(
        self,
        ref: SourceRef,
        keys: Sequence[SegmentKey],
        additions: Mapping[SegmentKey, Addition],
    ) -> None:
        """Store additions and bring the file in step with the article, in one atomic write.

        The file is read again first, so that what a person saved in the meantime counts. A machine
        text never replaces a person's. A file that cannot be read or written is reported to the
        problem log once and left alone.

        Once this returns, a kill loses nothing. A power cut may take the last seconds' answers of
        engines, which can be asked again, but never a file in which a person has worked.
        """

        def apply(file: polib.POFile) -> None:
            arrange(file, keys)
            add_all(file, additions)

        self.change(str(memory_path(ref)), apply, durable=False)

    def keep_addresses(self, addresses: Mapping[str, KeptAddress], now: Iterable[str]) -> None:
        """Have files keep the addresses of pages: ``now``, others when they are written anyway."""
        self._rewriter.addresses = addresses
        for name in now:
            if self.index.holds(name):
                self.change(name, partial(keep_in, kept=addresses[name]))
        self.bring_index_up_to_date()

    def amend(self, ref: SourceRef, key: SegmentKey, addition: Addition) -> None:
        """Store an addition to one segment of an article whose turn is over."""
        self.change(
            str(memory_path(ref)), lambda file: add_all(file, {key: addition}), durable=False
        )

    def record(
        self, ref: SourceRef, source: str, translation: Translation, *, title: bool = False
    ) -> bool:
        """Store one translation by hand; says whether the file now holds it.

        A person's text replaces any other; a machine's only a machine's. New segments are added at
        the end; the next build puts them in the article's order.
        """
        return self.record_at(str(memory_path(ref)), SegmentKey(source, title), translation)

    def record_at(
        self, path: str, key: SegmentKey, translation: Translation, *, earlier: bool = False
    ) -> bool:
        """As ``record``, for a memory file by its path below the articles folder.

        ``earlier``: the article does not hold this wording any more; what a person made of it is
        kept as an obsolete entry and offered beside the new wording.
        """

        def apply(file: polib.POFile) -> None:
            if earlier:
                add_earlier(file, key, translation)
            else:
                add_all(file, {key: Addition(translation)})

        if not self.change(path, apply):
            return False
        self.bring_index_up_to_date()
        held = by_key(self.index.entries(path)).get(key)
        known = held.translation if held else None
        return known is not None and (known.text, known.state) == (
            po.readable(translation.text),
            translation.state,
        )

    def approve(self, path: str, editor: str) -> int | None:
        """Mark every English text of a memory file as checked by ``editor``; says how many.

        None: the file is broken or cannot be written, and nothing was approved.
        """
        count = 0

        def apply(file: polib.POFile) -> None:
            nonlocal count
            count = approve_all(file, editor, self.today)

        return count if self.change(path, apply) else None

    def refresh(self) -> None:
        """Read what changed on disk since the index was made, and note whose work it is."""
        self.index.refresh(self._read, tidy=not self.read_only, tree=self.tree)
        for name in self._doubtful:
            self.index.replace(name, None, self.index.entries(name))
        if not self.read_only:
            self._sign()
        # Not before: a file that a killed build did not come to sign is looked at again.
        self.index.keep()

    def _sign(self) -> None:
        """Write into each entry who edited it, as long as the header tells.

        A file that cannot be written is read as it is, as the name is right today, and signed as
        soon as it can be.
        """
        names, self._unsigned = sorted(self._unsigned), set()
        for name in names:  # looked at again, should the signing not come to its end
            self.index.replace(name, None, self.index.entries(name))
        for name in names:
            with contextlib.suppress(MemoryStoreError, OSError):
                self._unindexed = self._rewriter.change(name, po.sign_all, durable=True)
                self.bring_index_up_to_date()

    def bring_index_up_to_date(self) -> None:
        """Tell the index of the last write. Once an article, as engines answer in small calls."""
        last, self._unindexed = self._unindexed, None
        if last is None:
            return
        digest = None if last.name in self._doubtful else self._rewriter.digest(last)
        self.index.replace(last.name, digest, entries_of(last.file))
        self.index.note_address(last.name, kept_in(last.file))

    def change(
        self, name: str, apply: Callable[[polib.POFile], object], *, durable: bool = True
    ) -> bool:
        """Change a memory file on disk; says whether it is there as wanted. See ``Rewriter``.

        ``apply`` may be called several times, each time with the file as it is by then.
        """
        assert not self.read_only
        if self._unindexed is not None and self._unindexed.name != name:
            self.bring_index_up_to_date()
        if name in self._broken:
            return False

        def signed_and_changed(file: polib.POFile) -> None:
            po.sign_all(file)  # what a person saved since the index was made
            apply(file)

        try:
            self._unindexed = self._rewriter.change(name, signed_and_changed, durable=durable)
        except (MemoryStoreError, OSError) as error:
            # What was written before is there, but the parsed file is not what is on disk any more.
            self._unindexed = None
            with contextlib.suppress(MemoryStoreError, OSError):
                self.index.replace(name, None, entries_of(pofile.read_file(self.root / name)))
            self._break(name, error)
            return False
        return True

    def _read(self, names: Sequence[str]) -> Iterator[Sequence[Row] | None]:
        results = self.do(partial(read_rows, self.root / name) for name in names)
        for name, result in zip(names, results, strict=True):
            if result.fault is not None:
                self._break(name, result.fault)
            if result.doubt and name not in self._doubtful:
                self._doubtful.add(name)
                self.problems.warn(name, *result.doubt)
            if result.unsigned:
                self._unsigned.add(name)
            self.index.note_address(name, result.kept)
            yield result.rows

    def _break(self, name: str, error: MemoryStoreError | OSError) -> None:
        if name in self._broken:
            return  # it has been told
        line, reason = self._broken[name] = fault_of(self.root, name, error)
        self.problems.warn(
            name, line, f"{reason}; this memory file is left alone and its article not translated"
        )


@contextlib.contextmanager
def open_memory(
    articles_dir: Path,
    cache_dir: Path,
    problems: ProblemLog,
    *,
    read_only: bool = False,
    today: date | None = None,
    tree: Tree | None = None,
    wait_seconds: float = LOCK_WAIT_SECONDS,
    on_wait: Callable[[str], None] | None = None,
    do: DoJobs = do_here,
) -> Iterator[Memory]:
    """Open the memory of all articles and hold its lock until the block ends.

    ``read_only`` takes no lock and changes nothing, neither memory nor index. ``tree``: of the
    articles' folder, to know what its files hold without reading them. ``do`` reads files, here or
    elsewhere. ``on_wait`` is told when another build holds the lock. Raises ``MemoryStoreError`` if
    that lasts ``wait_seconds``.
    """
    with contextlib.ExitStack() as stack:
        if not read_only:
            lock = hold_lock(
                cache_dir / LOCK_NAME,
                wait_seconds,
                what="the translation memory",
                error=MemoryStoreError,
                on_wait=on_wait,
            )
            stack.enter_context(lock)
        index = Index(articles_dir, cache_dir / INDEX_NAME, read_only=read_only)
        stack.callback(index.close)
        memory = Memory(
            articles_dir, index, problems, today or datetime.now(UTC).date(), read_only, tree, do
        )
        memory.refresh()
        yield memory
        memory.bring_index_up_to_date()
