"""Finding the earlier wording of a paragraph, so that an editor's work on it is not lost."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from dwiwarta.text import words
from dwiwarta.translate.memory.keys import SegmentKey
from dwiwarta.translate.memory.po import MemoryEntry

# Share of words kept in order (Ratcliff/Obershelp, 0 to 1) from which a paragraph counts as
# reworded. Newsroom edits (a number, a name, a clause) stay above 0.7; two different paragraphs of
# one story share function words and names, which gives about 0.2 to 0.35.
SIMILAR = 0.6


def match_earlier(
    keys: Sequence[SegmentKey], orphans: Sequence[MemoryEntry]
) -> dict[SegmentKey, MemoryEntry]:
    """For new wordings, the entry of the earlier one. Best pairs first, each entry used once.

    Titles match only titles. Ties go to the pair that comes first in the article.
    """
    pairs = []
    orphan_words = [[word.casefold() for word in words(orphan.key.source)] for orphan in orphans]
    for i, key in enumerate(dict.fromkeys(keys)):
        new_words = [word.casefold() for word in words(key.source)]
        for j, orphan in enumerate(orphans):
            if orphan.key.title != key.title:
                continue
            score = _similarity(orphan_words[j], new_words)
            if score >= SIMILAR:
                pairs.append((-score, i, j, key))
    matched: dict[SegmentKey, MemoryEntry] = {}
    used: set[int] = set()
    for _, _, j, key in sorted(pairs):
        if key not in matched and j not in used:
            matched[key] = orphans[j]
            used.add(j)
    return matched


def _similarity(a: Sequence[str], b: Sequence[str]) -> float:
    """Ratcliff/Obershelp over words; 0.0 at once where even the shared words cannot suffice."""
    if not a or not b:
        return 0.0
    shared = sum((Counter(a) & Counter(b)).values())
    if 2 * shared / (len(a) + len(b)) < SIMILAR:
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()
