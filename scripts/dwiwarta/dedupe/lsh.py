"""Candidates for very large collections: MinHash with locality-sensitive hashing (rensa).

256 permutations in 128 bands of 2 rows. A pair of Jaccard similarity ``s`` meets in some band
with the probability ``1 - (1 - s**2) ** 128``:

=====  =====  =====  =====  =====  =====
s      0.05   0.10   0.15   0.20   0.30
found  0.27   0.72   0.95   0.995  1.000
=====  =====  =====  =====  =====  =====

So copies and edited copies are found; of short excerpts (0.14 to 0.2) one in twenty is missed,
and of thinly related tellings more, unless their keywords bring them together. That is the price
of not indexing every shingle. What is found is then counted exactly.
"""

from __future__ import annotations  # Python 3.11 cannot subscript array

import math
from array import array
from collections.abc import Iterator, Sequence

from rensa import RMinHash, RMinHashLSH

_PERMUTATIONS = 256
_BANDS = 128
_SEED = 1  # any constant: the same candidates in every run


def likely_overlaps(
    sets: Sequence[array[int]], min_containment: float
) -> Iterator[tuple[int, int, int]]:
    """As ``index.overlaps``, but some pairs of low similarity are missed; see above."""
    # The threshold is for a method of the library that is not used here.
    lsh = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for j, one in enumerate(sets):
        if not one:
            continue
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update([value.to_bytes(8, "little", signed=True) for value in one])
        members = set(one)
        for i in sorted(lsh.query(sketch)):
            shared = len(members.intersection(sets[i]))
            if shared >= max(1, math.ceil(min_containment * min(len(one), len(sets[i])))):
                yield i, j, shared
        lsh.insert(j, sketch)
