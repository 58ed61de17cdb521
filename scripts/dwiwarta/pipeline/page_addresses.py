"""Where the page of each article is: kept in its memory, chosen by its editor, or new.

A memory file of an earlier version keeps no address, and is not touched for that alone. Where the
pages of such articles were in the last build is noted in the cache: as soon as one of them would
move (its date was corrected, or another article has come to have its name), the memory keeps the
address that it had, from then on in every clone.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from dwiwarta.cache import Cache
from dwiwarta.model import Article, Published, SourceRef
from dwiwarta.pipeline.prepare import Prepared, chosen_slug
from dwiwarta.problems import ProblemLog
from dwiwarta.slugs import (
    NOT_KEPT,
    Addresses,
    KeptAddress,
    Wish,
    is_slug,
    readable_slug,
    settle,
)
from dwiwarta.translate import Memory, memory_path

_TABLE = "address"
_NAME, _KEY = "last build", "1"  # of the one row
_SEEN = TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True)
class Description:
    """What of an article its address is made of; see ``Prepared``."""

    ref: SourceRef
    slug: str
    title: str
    published: Published | None
    chosen: tuple[str, str, int] | None


Described = Prepared | Description


def describe(article: Article) -> Description:
    """An article that no build has prepared."""
    return Description(
        article.ref,
        readable_slug(article.title, article.published),
        article.title,
        article.published,
        chosen_slug(article),
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """``files``: memory files by article; ``kept``: what they keep; ``open``: those that keep none.

    ``stayed``: of these, what they are to keep from now on, as the page would move otherwise.
    """

    files: Mapping[SourceRef, str]
    kept: Mapping[str, KeptAddress]
    open: Set[str]
    wishes: Mapping[SourceRef, Wish]
    settled: Addresses
    stayed: Mapping[str, KeptAddress]


def find_addresses(
    pages: Mapping[SourceRef, tuple[SourceRef, ...]],
    articles: Mapping[SourceRef, Described],
    memory: Memory,
) -> Addresses:
    """The address of each page, as far as the memory tells; ``pages``: with their copies."""
    return _find(pages, articles, memory, {}).settled


def settle_addresses(
    pages: Mapping[SourceRef, tuple[SourceRef, ...]],
    articles: Mapping[SourceRef, Described],
    memory: Memory,
    cache: Cache,
    adopted: Mapping[str, str],
    problems: ProblemLog,
) -> Addresses:
    """Find the address of each page, and have the memory keep it.

    Memory files are written at once only where an editor chose another address, or where the page
    would move otherwise; the others get theirs when they are made or written anyway. ``adopted``:
    new names of memory files by old. Addresses that two articles claim go to ``problems``.
    """
    seen = {adopted.get(file, file): slug for file, slug in _load(cache).items()}
    found = _find(pages, articles, memory, seen)
    if not memory.read_only:
        _keep(found, memory)
        _save(found, cache, seen)
    for ref, other in found.settled.refused.items():
        _tell(articles[ref], found.wishes[ref], other, found.settled.slugs[ref], problems)
    return found.settled


def _find(
    pages: Mapping[SourceRef, tuple[SourceRef, ...]],
    articles: Mapping[SourceRef, Described],
    memory: Memory,
    seen: Mapping[str, str],
) -> _Search:
    kept, titles = memory.index.addresses()
    files = {ref: str(memory_path(ref)) for page, more in pages.items() for ref in (page, *more)}
    # Of those alone that keep none.
    seen = {file: seen[file] for file in titles.keys() & seen.keys()}

    def stay(file: str) -> KeptAddress:
        own = kept.get(file, NOT_KEPT)
        return replace(own, current=seen[file]) if file in seen else own

    wishes = {}
    stayed: dict[str, KeptAddress] = {}
    for ref, copies in pages.items():
        one, file = articles[ref], files[ref]
        wishes[ref] = Wish(
            readable=one.slug,
            kept=_kept(one, kept.get(file, NOT_KEPT), titles.get(file)),
            chosen=one.chosen[0] if one.chosen else "",
            copies=tuple(stay(files[copy]) for copy in copies),
        )
        # Its page has gone into another one, which it is to lead to from now on.
        stayed |= {files[copy]: stay(files[copy]) for copy in copies if files[copy] in seen}
    while True:
        settled = settle(wishes)
        moving = [
            ref
            for file, ref in ((files[ref], ref) for ref in pages)
            if file in seen and file not in stayed and settled.slugs[ref] != seen[file]
        ]
        if not moving:
            return _Search(files, kept, titles.keys(), wishes, settled, stayed)
        for ref in moving:
            kept_now = stayed[files[ref]] = stay(files[ref])
            wishes[ref] = replace(wishes[ref], kept=kept_now)


def _kept(one: Described, kept: KeptAddress, title: str | None) -> KeptAddress:
    """What the memory of an article keeps.

    A file of an earlier version keeps no address; but it has the ``title`` that the page was made
    of. There is none where the file keeps an address, or where there is no file.
    """
    if title is None or (title == one.title and not one.chosen):
        return kept
    return replace(kept, current=readable_slug(title, one.published))


def _keep(found: _Search, memory: Memory) -> None:
    """Have memory files keep addresses: some now, others when they are written anyway."""
    slugs = found.settled.slugs
    to_keep = dict(found.stayed)
    to_keep |= {found.files[ref]: _to_keep(ref, found) for ref in found.wishes}
    chosen = [
        found.files[ref]
        for ref, wish in found.wishes.items()
        if wish.chosen == slugs[ref] != found.kept.get(found.files[ref], NOT_KEPT).current
    ]
    memory.keep_addresses(to_keep, [*chosen, *found.stayed])


def _to_keep(ref: SourceRef, found: _Search) -> KeptAddress:
    """Earlier addresses of the article itself; those of copies are in their own files."""
    slug, wish = found.settled.slugs[ref], found.wishes[ref]
    own = (wish.kept.current, *wish.kept.former)
    former = dict.fromkeys(old for old in own if found.settled.moved.get(old) == ref)
    return KeptAddress(slug, tuple(former))


def _load(cache: Cache) -> dict[str, str]:
    """Where pages were in the last build, by memory file: of those that kept no address then."""
    try:
        seen = _SEEN.validate_json(cache.get(_TABLE, _NAME, _KEY) or b"{}")
    except ValidationError:
        return {}
    return {file: slug for file, slug in seen.items() if is_slug(slug)}


def _save(found: _Search, cache: Cache, seen: Mapping[str, str]) -> None:
    now = {**seen, **{found.files[ref]: slug for ref, slug in found.settled.slugs.items()}}
    now = {file: now[file] for file in sorted(found.open & now.keys())}
    if now != seen:
        cache.put(_TABLE, {_NAME: (_KEY, _SEEN.dump_json(now))})


def _tell(one: Described, wish: Wish, other: SourceRef, slug: str, problems: ProblemLog) -> None:
    if one.chosen:
        _, file, line = one.chosen
        problems.warn(file, line, f"slug: {wish.chosen!r} is the address of {other.key}; ignored")
    else:
        said = f"its address {wish.claim!r} is that of {other.key}; the page is at {slug!r}"
        problems.note(one.ref.path, said)
