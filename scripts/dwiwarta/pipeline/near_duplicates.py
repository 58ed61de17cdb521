"""Which articles tell the same: only new and changed ones are compared, with all the others."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from dwiwarta.cache import Cache
from dwiwarta.dedupe import Group, Sketch, find_new_pairs, group_articles, load_sketch, resolve
from dwiwarta.model import Pair, SourceRef
from dwiwarta.pipeline.articles import Articles
from dwiwarta.pipeline.code import article_code
from dwiwarta.pipeline.table import DamagedError, Table
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import DedupeSettings


@dataclass(frozen=True, slots=True)
class _Compared:
    """The articles that were all compared with each other, as name and key, and what was found."""

    articles: dict[str, str]
    pairs: tuple[Pair, ...]


_ADAPTER = TypeAdapter(_Compared)
_ALL = "all"
# What this process has read, by name and key: a preview builds again and again.
_held: dict[tuple[str, str], Sketch] = {}


def find_groups(
    articles: Articles, cache: Cache, settings: DedupeSettings, problems: ProblemLog
) -> tuple[Group, ...]:
    """What gets a page each, by reference. Raises ``DamagedError``.

    What editors decided and cannot be followed goes to ``problems``.
    """
    table = Table(cache, "pairs", _ADAPTER)
    known = table.get(_ALL, article_code()) or _Compared({}, ())
    keys = {ref.key: one.key for ref, one in articles.by_ref.items()}
    fresh = {ref for ref, one in articles.by_ref.items() if known.articles.get(ref.key) != one.key}
    if fresh or keys != known.articles:
        # References of now: those of before may say another line.
        refs = {ref: ref for ref in articles.by_ref if ref not in fresh}
        stay = [
            Pair(refs[p.a], refs[p.b], p.relation, p.jaccard, p.containment, p.update)
            for p in known.pairs
            if p.a in refs and p.b in refs
        ]
        new = find_new_pairs(_sketches(articles, cache), fresh, articles.article) if fresh else ()
        pairs = tuple(sorted((*stay, *new), key=lambda pair: (pair.a, pair.b)))
        table.put(_ALL, article_code(), _Compared(keys, pairs))
        table.flush()
    else:
        pairs = known.pairs
    members = list(articles.by_ref.values())
    return group_articles(members, pairs, settings, resolve(members, problems))


def _sketches(articles: Articles, cache: Cache) -> dict[SourceRef, Sketch]:
    stored: dict[str, tuple[str, bytes]] | None = None
    found: dict[SourceRef, Sketch] = {}
    for ref, one in articles.by_ref.items():
        held = _held.get((ref.key, one.key))
        if held is None:
            stored = cache.load("sketch") if stored is None else stored
            key, data = stored.get(ref.key, ("", b""))
            if key != one.key:
                raise DamagedError(f"no sketch of {ref.key}")
            held = load_sketch(data)
        found[ref] = held
    _held.clear()
    _held.update({(ref.key, articles.by_ref[ref].key): one for ref, one in found.items()})
    return found
