"""Which articles share enough shingles to be worth a closer look: an exact inverted index.

For each article the index is asked for all who have its shingles, and counts how often each of
them is named: that is what they share. Stock phrases, on which such an index spends nearly all its
time, need not be asked for (prefix filtering, as in AllPairs, Bayardo et al. 2007): when a pair
counts only with ``n`` shared shingles, ``s`` < ``n`` of them may be left out, and whoever shares
``n - s`` of the others is then looked at closely.
"""

from __future__ import annotations  # Python 3.11 cannot subscript array

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

# Shingles looked at together; bounds the memory of finding the common ones to some 150 MB.
_AT_ONCE = 2_000_000
# A shingle in more articles than this is a stock phrase.
_STOCK = 64


def overlaps(sets: Sequence[array[int]], min_containment: float) -> Iterator[tuple[int, int, int]]:
    """Pairs ``(i, j, shared)``, ``i`` < ``j``, that share enough of the smaller set.

    ``sets``: each in ascending order. Enough: ``shared`` ≥ ``min_containment`` × the size of the
    smaller set. Exact, each pair once.
    """
    # Who holds a shingle, for those in more than one set.
    index: dict[int, list[int]] = {value: [] for value in _common(sets)}
    # From large to small: the index then holds just those that are not smaller than the asker.
    for small in sorted(range(len(sets)), key=lambda i: (-len(sets[i]), i)):
        own = [holders for holders in map(index.get, sets[small]) if holders is not None]
        needed = max(1, math.ceil(min_containment * len(sets[small])))
        asked, left_out = _divide(own, needed)
        counts = Counter(chain.from_iterable(asked))
        least = needed - len(left_out)
        for other in sorted(other for other, count in counts.items() if count >= least):
            shared = counts[other] + sum(other in holders for holders in left_out)
            if shared >= needed:
                yield min(small, other), max(small, other), shared
        for holders in own:
            holders.append(small)


def _divide(
    own: list[list[int]], needed: int
) -> tuple[list[list[int]], tuple[frozenset[int], ...]]:
    """The holders of an article's shingles: to count, and of stock phrases to look at only later.

    At most half of what a pair needs is left out, so that few have to be looked at.
    """
    stock = [holders for holders in own if len(holders) > _STOCK]
    most = needed // 2
    if not stock or not most:
        return own, ()
    # Any order would do; this one spares the most work.
    stock.sort(key=len, reverse=True)
    asked = [holders for holders in own if len(holders) <= _STOCK]
    return asked + stock[most:], tuple(map(frozenset, stock[:most]))


def _common(sets: Sequence[array[int]]) -> set[int]:
    """The values in more than one set, looked for in one range of values after the other."""
    parts = sum(map(len, sets)) // _AT_ONCE + 1
    lowest = min((one[0] for one in sets if one), default=0)
    highest = max((one[-1] for one in sets if one), default=0)
    step = (highest - lowest) // parts + 1
    common: set[int] = set()
    for low in range(lowest, highest + 1, step):
        seen: set[int] = set()
        for one in sets:
            values = one[bisect_left(one, low) : bisect_left(one, low + step)]
            common.update(seen.intersection(values))
            seen.update(values)
    return common
