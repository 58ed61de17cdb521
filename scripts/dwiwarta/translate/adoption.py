"""The memory of an article that was renamed or moved without it: found by its text, taken along.

A memory file without its article is an orphan. An article that has no memory file yet takes over
the one orphan that tells its text, if no other article could: the file is moved as it is, with
earlier wordings and comments, so that nothing is lost and git sees a rename.
"""

import contextlib
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dwiwarta.files import move_file, refuse_link
from dwiwarta.model import SourceRef, Story
from dwiwarta.problems import ProblemLog
from dwiwarta.text import has_letters
from dwiwarta.translate.memory import Memory, memory_path
from dwiwarta.translate.memory.keys import SegmentKey, norm_key, segment_keys
from dwiwarta.translate.memory.po import MemoryEntry

# Share of characters, of the article's and of the file's, from which they are the same text: a
# renamed article may have been corrected as well, a follow-up repeats less of what it follows.
SHARE = 0.5
_RECORDS = ".d"


@dataclass(frozen=True, slots=True)
class Takers:
    """Which articles tell the text of an orphan, as paths of their memory files.

    ``sure``: the one to take it over, "" if that could be wrong.
    """

    likely: tuple[str, ...]
    sure: str = ""


def article_file(path: str) -> str:
    """The file of a memory file's article: an export's for its records."""
    folder, _, _ = path.rpartition("/")
    return folder.removesuffix(_RECORDS) if folder.endswith(_RECORDS) else path.removesuffix(".po")


def find_orphans(memory: Memory, paths: Collection[str]) -> list[str]:
    """The memory files whose article is gone; ``paths``: of those that have one for sure.

    What lies on the disk is not gone, even if it cannot be read or is left out.
    """
    return [
        path
        for path in sorted({*memory.index.paths(), *memory.broken}.difference(paths))
        if not os.path.lexists(memory.root / article_file(path))
        and not os.path.lexists(memory.root / path.removesuffix(".po"))
    ]


def match_orphans(
    orphans: Mapping[str, Sequence[MemoryEntry]],
    articles: Iterable[tuple[str, Sequence[SegmentKey]]],
) -> dict[str, Takers]:
    """Who may take over which orphan. ``articles``: memory files and segments of theirs."""
    sizes: dict[str, int] = {}
    holders: dict[bytes, set[str]] = defaultdict(set)
    for path, entries in orphans.items():
        texts = _texts(entry.key for entry in entries if not entry.obsolete)
        sizes[path] = sum(texts.values())
        for norm in texts:
            holders[norm].add(path)
    shares: dict[str, dict[str, float]] = defaultdict(dict)  # by orphan, then by article
    for article, keys in articles:
        texts = _texts(keys)
        shared: dict[str, int] = defaultdict(int)
        for norm, size in texts.items():
            for path in holders.get(norm, ()):
                shared[path] += size
        for path, size in shared.items():
            share = size / max(sizes[path], sum(texts.values()))
            if share >= SHARE:
                shares[path][article] = share
    by_article: dict[str, dict[str, float]] = defaultdict(dict)
    for path, found in shares.items():
        for article, share in found.items():
            by_article[article][path] = share
    takers = {}
    for path, found in shares.items():
        best = _best(found)
        sure = best[0] if len(best) == 1 and _best(by_article[best[0]]) == [path] else ""
        takers[path] = Takers(tuple(sorted(found)), sure)
    return takers


def _texts(keys: Iterable[SegmentKey]) -> dict[bytes, int]:
    """The texts with words, by normal form, with their length; each once."""
    return {norm_key(key): len(key.source) for key in keys if has_letters(key.source)}


def _best(found: Mapping[str, float]) -> list[str]:
    """Those that tell the whole text and nothing else; all, if there is none."""
    same = [path for path, share in found.items() if share == 1]
    return same or list(found)


def adopt_renamed(
    memory: Memory,
    refs: Iterable[SourceRef],
    load: Callable[[SourceRef], Story],
    problems: ProblemLog,
) -> dict[str, str]:
    """Move the memory files of renamed articles to where these look for them: new names by old.

    ``refs``: of all articles that have a page. Call it only where all of them could be read: one
    that could not be may be what an orphan belongs to. What could be more than one's is told.
    """
    paths = {str(memory_path(ref)): ref for ref in refs}
    orphans = find_orphans(memory, paths)
    if not orphans:
        return {}
    known = {*memory.index.paths(), *memory.broken}
    moved = _finish(memory, orphans, known.intersection(paths))
    entries = {
        path: memory.index.entries(path)
        for path in orphans
        if path not in moved and path not in memory.broken
    }
    without = ((path, ref) for path, ref in paths.items() if path not in known)
    takers = match_orphans(
        entries, ((path, segment_keys(load(ref).article)) for path, ref in without)
    )
    for path, found in sorted(takers.items()):
        if not found.sure:
            names = ", ".join(name.removesuffix(".po") for name in found.likely)
            problems.note(path, f"memory without its article; nothing was taken over by {names}, "
                                "as it could belong to another")  # fmt: skip
        elif _move(memory, path, found.sure, problems):
            moved[path] = found.sure
    if moved and memory.tree is not None:
        memory.tree.refresh()
    return moved


def _move(memory: Memory, old: str, new: str, problems: ProblemLog) -> bool:
    try:
        refuse_link(memory.root / old, memory.root)
        refuse_link(memory.root / new, memory.root)
        move_file(memory.root / old, memory.root / new)
    except OSError as error:
        problems.warn(new, 1, f"cannot be taken over from {old}: {error.strerror or error}")
        return False
    _remove_empty(memory.root / old)
    memory.bring_index_up_to_date()
    digest = bytes.fromhex(memory.index.digests([old]).get(old, ""))
    memory.index.replace(new, digest or None, memory.index.entries(old))
    memory.index.move_address(old, new)
    memory.index.forget(old)
    return True


def _finish(memory: Memory, orphans: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Remove the old names of files that a killed build had just given their new one."""
    done = {}
    for old in orphans:
        file = memory.root / old
        with contextlib.suppress(OSError):
            here = os.lstat(file)
            if here.st_nlink < 2:
                continue
            for new in known:
                if os.path.samestat(here, os.lstat(memory.root / new)):
                    file.unlink()
                    _remove_empty(file)
                    memory.index.forget(old)
                    done[old] = new
                    break
    return done


def _remove_empty(file: Path) -> None:
    """Remove the folder of an export's records if this was the last."""
    if file.parent.name.endswith(_RECORDS):
        with contextlib.suppress(OSError):
            file.parent.rmdir()
