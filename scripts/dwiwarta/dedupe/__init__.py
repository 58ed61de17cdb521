"""De-duplication across articles: copies are merged, other tellings of a story linked.

Repeats inside an article are cleaning's business. ``relate`` holds the rules and their measures.
"""

from dwiwarta.dedupe.pairs import find_pairs
from dwiwarta.dedupe.stories import group_stories

__all__ = ["find_pairs", "group_stories"]
