"""Which articles share enough shingles to be worth a closer look: an exact inverted index.

What may be left out of the index without changing its answers (prefix filtering, as in AllPairs,
Bayardo et al. 2007): if ``x`` has ``n`` shingles and a pair counts only when ``o`` of them are
shared, then leaving ``o - 1`` shingles of ``x`` unasked still meets every such partner at least
once. The ones left unasked are the commonest, stock phrases mostly, on which a plain index spends
nearly all its time.
"""

from __future__ import annotations  # Python 3.11 cannot subscript array

import math
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence

# Shingles counted at once; bounds the memory of the counting pass to some 150 MB.
_COUNT_AT_ONCE = 2_000_000


def overlaps(sets: Sequence[array[int]], min_containment: float) -> Iterator[tuple[int, int, int]]:
    """Pairs ``(i, j, shared)``, ``i`` < ``j``, that share enough of the smaller set.

    Enough: ``shared`` ≥ ``min_containment`` × the size of the smaller set. Exact, each pair once.
    """
    common = _common(sets)
    shared = [array("Q", (value for value in one if value in common)) for one in sets]
    index: dict[int, array[int]] = defaultdict(lambda: array("L"))
    # From large to small: the index then holds just those that are not smaller than the asker.
    for small in sorted(range(len(sets)), key=lambda i: (-len(sets[i]), i)):
        own = sorted(shared[small], key=lambda value: (common[value], value))
        needed = max(1, math.ceil(min_containment * len(sets[small])))
        partners: set[int] = set()
        for value in own[: max(0, len(own) - needed + 1)]:
            partners.update(index.get(value, ()))
        members = set(own)
        for other in sorted(partners):
            count = len(members.intersection(shared[other]))
            if count >= needed:
                yield min(small, other), max(small, other), count
        for value in own:
            index[value].append(small)


def _common(sets: Sequence[array[int]]) -> dict[int, int]:
    """How many sets hold each value, for values in more than one set."""
    total = sum(map(len, sets))
    parts = total // _COUNT_AT_ONCE + 1
    buckets = [array("Q") for _ in range(parts)]
    for one in sets:
        for value in one:
            buckets[value % parts].append(value)
    common: dict[int, int] = {}
    for bucket in buckets:
        seen: set[int] = set()
        for value in bucket:
            if value in seen:
                common[value] = common.get(value, 1) + 1
            else:
                seen.add(value)
    return common
