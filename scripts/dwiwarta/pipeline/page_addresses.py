"""Where the page of each article is: kept in its memory, chosen by its editor, or new."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dwiwarta.dedupe import Group
from dwiwarta.model import SourceRef
from dwiwarta.pipeline.prepare import Prepared
from dwiwarta.problems import ProblemLog
from dwiwarta.slugs import NOT_KEPT, Addresses, KeptAddress, Wish, readable_slug, settle
from dwiwarta.translate import Memory, memory_path


def settle_addresses(
    groups: Iterable[Group],
    articles: Mapping[SourceRef, Prepared],
    memory: Memory,
    problems: ProblemLog,
) -> Addresses:
    """Find the address of each page, and have the memory keep it.

    Memory files are written at once only where an editor chose another address; the others get
    theirs when they are made or written anyway. Addresses that two articles claim go to
    ``problems``.
    """
    groups = list(groups)
    kept, titles = memory.index.addresses()
    files = {ref: str(memory_path(ref)) for group in groups for ref in (group.ref, *group.copies)}
    wishes = {}
    for group in groups:
        one, file = articles[group.ref], files[group.ref]
        wishes[group.ref] = Wish(
            readable=one.slug,
            kept=_kept(one, kept.get(file, NOT_KEPT), titles.get(file)),
            chosen=one.chosen[0] if one.chosen else "",
            copies=tuple(kept.get(files[ref], NOT_KEPT) for ref in group.copies),
        )
    settled = settle(wishes)
    chosen = [
        files[ref]
        for ref, wish in wishes.items()
        if not memory.read_only
        and wish.chosen == settled.slugs[ref] != kept.get(files[ref], NOT_KEPT).current
    ]
    memory.keep_addresses(
        {files[ref]: _to_keep(ref, wishes[ref], settled) for ref in wishes}, chosen
    )
    for ref, other in settled.refused.items():
        _tell(articles[ref], wishes[ref], other, settled.slugs[ref], problems)
    return settled


def _kept(one: Prepared, kept: KeptAddress, title: str | None) -> KeptAddress:
    """What the memory of an article keeps.

    A file of an earlier version keeps no address; but it has the ``title`` that the page was made
    of. There is none where the file keeps an address, or where there is no file.
    """
    if title is None or (title == one.title and not one.chosen):
        return kept
    return replace(kept, current=readable_slug(title, one.published))


def _to_keep(ref: SourceRef, wish: Wish, settled: Addresses) -> KeptAddress:
    """Earlier addresses of the article itself; those of copies are in their own files."""
    slug = settled.slugs[ref]
    own = (wish.kept.current, *wish.kept.former)
    former = dict.fromkeys(old for old in own if settled.moved.get(old) == ref)
    return KeptAddress(slug, tuple(former))


def _tell(one: Prepared, wish: Wish, other: SourceRef, slug: str, problems: ProblemLog) -> None:
    if one.chosen:
        _, file, line = one.chosen
        problems.warn(file, line, f"slug: {wish.chosen!r} is the address of {other.key}; ignored")
    else:
        said = f"its address {wish.claim!r} is that of {other.key}; the page is at {slug!r}"
        problems.note(one.ref.path, said)
