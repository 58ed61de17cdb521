"""Bringing ``docs/search/`` up to date.

Files are named by what they hold, so the index that a reader has begun to read stays whole while
the next is written; ``about.json``, which names all others, comes last, and only then what nobody
needs any more is removed.
"""

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from dwiwarta.errors import SiteError
from dwiwarta.files import is_leftover, refusal, refuse_link
from dwiwarta.fingerprint import Tree
from dwiwarta.model import Entry
from dwiwarta.search.facets import facet_table
from dwiwarta.search.part import SearchPart, made_words, make_part
from dwiwarta.search.published import FOLDER, OURS, PublishedFiles
from dwiwarta.search.shards import (
    FORMAT,
    PartRef,
    Shard,
    ShardFiles,
    ShardSummary,
    file_name,
    make_shard,
    make_shards,
)
from dwiwarta.search.summaries import (
    read_summary,
    remove_others,
    write_summary,
)
from dwiwarta.search.word_files import WordFiles
from dwiwarta.search.words import rules
from dwiwarta.settings import Project

ABOUT = "about.json"
_EARLIER = ("id", "en")  # folders of the indexes that earlier versions wrote

MakeShards = Callable[[Iterable[Shard]], Iterator[ShardFiles]]


@dataclass(frozen=True, slots=True)
class IndexCount:
    """How many articles can be found, and how many files were written and removed for that.

    ``shards``: the keys of all shards.
    """

    articles: int
    written: int
    removed: int
    shards: tuple[str, ...]


def index_entries(entries: Iterable[Entry], project: Project) -> IndexCount:
    """``write_index`` for entries without a cache of their parts."""
    refs = []
    for entry in entries:
        part = make_part(entry)
        data = part.to_bytes()
        digest = hashlib.sha256(data).hexdigest()
        refs.append(PartRef(part.slug, part.day, digest, partial(SearchPart.from_bytes, data)))
    return write_index(refs, project)


def _make_here(shards: Iterable[Shard]) -> Iterator[ShardFiles]:
    return map(make_shard, shards)


def write_index(
    refs: Iterable[PartRef],
    project: Project,
    make: MakeShards = _make_here,
    docs: Tree | None = None,
) -> IndexCount:
    """Make ``docs/search/`` the index of these articles; the same for them in any order.

    Shards whose articles are the same as before are not made again, nor are their parts loaded.
    ``make`` is ``make_shard`` for each of several shards, in their order. ``docs``: the tree of
    that folder, if it is known already.
    Only one build may do this at a time. Raises ``SiteError`` with the words of the disk, also for
    a link among what it writes; then a search still finds what it found before.
    """
    folder = project.docs_dir / FOLDER
    try:
        for place in (folder, project.cache_dir / FOLDER):
            refuse_link(place, project.root)
        if docs is None:
            docs = Tree(project.docs_dir)
            docs.refresh(f"{FOLDER}/")
        return _write_index(refs, docs, project.cache_dir / FOLDER, make)
    except OSError as error:
        raise SiteError(refusal(error, folder)) from error


def stale_shards(refs: Iterable[PartRef], project: Project, docs: Tree) -> list[Shard]:
    """The shards that ``write_index`` is going to ask for, so that they can be begun before.

    Nothing is written. Raises as ``write_index``.
    """
    folder = project.docs_dir / FOLDER
    try:
        refuse_link(project.cache_dir / FOLDER, project.root)
        shards = make_shards(refs)
        whole = _whole(shards, PublishedFiles(docs), project.cache_dir / FOLDER)
    except OSError as error:
        raise SiteError(refusal(error, folder)) from error
    return [shard for shard in shards if shard.digest not in whole]


def _write_index(refs: Iterable[PartRef], docs: Tree, cache: Path, make: MakeShards) -> IndexCount:
    files = PublishedFiles(docs)
    shards = make_shards(refs)
    summaries = _bring_up(shards, files, cache, make)
    word_files = WordFiles(files, cache)
    words = word_files.write_words(shards[:-1], summaries[:-1])
    if shards:
        summaries[-1] = word_files.write_newest(shards[-1], summaries[-1])
    word_files.keep()
    counts: Counter[str] = Counter()
    for summary in summaries:
        counts.update(summary.facets)
    small = {
        kind: _write_one(files, kind, data)
        for kind, data in (("facets", facet_table(counts)), ("rules", _json(rules())))
    }
    about = {
        "format": FORMAT,
        "articles": sum(summary.articles for summary in summaries),
        "words": words,
        "made": made_words(),
        **small,
        "shards": [
            [s.articles, _iso(s.oldest), _iso(s.newest), s.rows, _short(s)] for s in summaries
        ],
    }
    files.written += docs.write(f"{FOLDER}/{ABOUT}", _json(about))
    needed = {ABOUT, *words, *small.values(), *(f for s in summaries for f in s.files)}
    removed = _remove_old(docs, needed)
    remove_others(cache, {*(shard.digest for shard in shards), *word_files.needed})
    articles = sum(len(shard.refs) for shard in shards)
    return IndexCount(articles, files.written, removed, tuple(shard.key for shard in shards))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat() if day else ""


def _short(summary: ShardSummary) -> list[str]:
    return [name.removeprefix("texts-").removesuffix(".bin") for name in summary.texts]


def _write_one(files: PublishedFiles, kind: str, data: bytes) -> str:
    name = file_name(kind, data, "json")
    files.write({name: data})
    return name


def _bring_up(
    shards: Sequence[Shard], files: PublishedFiles, cache: Path, make: MakeShards
) -> list[ShardSummary]:
    """The summaries; the files of a shard are made again where one is missing or damaged."""
    whole = _whole(shards, files, cache)
    stale = [shard for shard in shards if shard.digest not in whole]
    for shard, (made, summary, buckets) in zip(stale, make(stale), strict=True):
        files.write(made)
        write_summary(cache, shard.digest, summary, buckets)
        whole[shard.digest] = summary
    return [whole[shard.digest] for shard in shards]


def _whole(shards: Iterable[Shard], files: PublishedFiles, cache: Path) -> dict[str, ShardSummary]:
    """The summaries, by digest, of the shards of which all files are there and whole."""
    known = {shard.digest: read_summary(cache, shard.digest) for shard in shards}
    return {
        digest: summary
        for digest, summary in known.items()
        if summary is not None and all(map(files.has, summary.files))
    }


def _remove_old(docs: Tree, needed: set[str]) -> int:
    """Remove the files of earlier indexes, and what killed builds left.

    Pages that somebody put there are none of ours.
    """
    count = 0
    for path in sorted(path for path in docs.files if path.startswith(f"{FOLDER}/")):
        name = path.removeprefix(f"{FOLDER}/")
        if is_leftover(name) or (OURS.fullmatch(name) and name not in needed):
            docs.remove(path)
            count += not is_leftover(name)
    for place in (docs.folder / FOLDER / name for name in _EARLIER):
        if place.is_dir():
            refuse_link(place)
            shutil.rmtree(place, ignore_errors=True)
            docs.refresh(f"{FOLDER}/")
    return count
