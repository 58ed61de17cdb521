"""De-duplication across articles: copies are merged, other tellings of a story linked.

What editors decide by hand goes before what is measured (``decisions``). Repeats inside an article
are cleaning's business. ``relate`` holds the rules and their measures.
"""

from dwiwarta.dedupe.decisions import Decisions, resolve
from dwiwarta.dedupe.incremental import dump_sketch, load_sketch
from dwiwarta.dedupe.pairs import (
    Candidate,
    find_candidates,
    find_pairs,
    in_order,
    judge_candidates,
    load_profiler,
    within_reach,
)
from dwiwarta.dedupe.profile import Profiler, Sketch
from dwiwarta.dedupe.stories import Group, decide_pairs, group_articles, group_stories

__all__ = [
    "Candidate",
    "Decisions",
    "Group",
    "Profiler",
    "Sketch",
    "decide_pairs",
    "dump_sketch",
    "find_candidates",
    "find_pairs",
    "group_articles",
    "group_stories",
    "in_order",
    "judge_candidates",
    "load_profiler",
    "load_sketch",
    "resolve",
    "within_reach",
]
