"""Supranational bodies: ASEAN, the United Nations, NATO and the like."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from dwiwarta.knowledge.entries import Bodies
from dwiwarta.model import BodyTag, Evidence
from dwiwarta.tag.phrases import PhraseMatcher
from dwiwarta.tag.tokens import Segment

# A mention in the title counts as three: it is what the article is about. A rule of thumb; nothing
# but the order of the bodies hangs on it.
_PLACE = {"title": 3.0, "lead": 2.0, "body": 1.0}


class BodyTagger:
    """Finds bodies by their names. Built once, then read-only."""

    def __init__(self, bodies: Bodies) -> None:
        self._matcher = PhraseMatcher(
            {name: code for code, entry in bodies.bodies.items() for name in entry.names}
        )

    def tag(self, segments: Sequence[Segment]) -> tuple[BodyTag, ...]:
        """The bodies named, the most prominent first."""
        found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for segment in segments:
            for match in self._matcher.find(segment):
                words = segment.slice(match.start, match.stop)
                found[match.value][segment.where, words] += 1
        tags = []
        for code, counts in found.items():
            evidence = [
                Evidence(words, count, count * _PLACE[where], where)
                for (where, words), count in counts.items()
            ]
            evidence.sort(key=lambda e: (-e.weight, e.words, e.where))
            tags.append(BodyTag(code, sum(e.weight for e in evidence), tuple(evidence)))
        return tuple(sorted(tags, key=lambda tag: (-tag.score, tag.code)))
