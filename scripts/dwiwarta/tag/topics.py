"""Topics from weighted words: a linear model whose terms an editor can read and change.

Every term of ``topic_terms.yml`` found in the article counts ``1 + ln(n)``, where n is how often it
stands in the body plus ``title_counts`` times how often in the title. These counts are divided by
their Euclidean length, so that long articles weigh no more than short ones, and multiplied with the
term's weights. The sums, with each topic's bias and the publisher's section added, become scores
between 0 and 1 that add up to 1 (softmax).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from dwiwarta.knowledge.entries import Topics
from dwiwarta.model import Evidence, TopicTag
from dwiwarta.tag.phrases import PhraseMatcher
from dwiwarta.tag.schema import TopicTerms, TopicWeights
from dwiwarta.tag.tokens import Segment

MAX_TOPICS = 3
_SECTION_PARTS = re.compile(r"[/>:|]")
_NOT_LETTERS = re.compile(r"[\W_]+")
# How many of a topic's words are kept as its evidence: enough to see why, few enough to read.
_EVIDENCE_KEPT = 8


class TopicTagger:
    """Scores the topics of an article. Built once, then read-only."""

    def __init__(self, topics: Topics, terms: TopicTerms, model: TopicWeights) -> None:
        self._ids = tuple(sorted(topics.topics))
        self._rules = topics.rules
        self._model = model
        self._weights = term_weights(terms, model.learned)
        self._matcher = TermMatcher(sorted(self._weights))
        self._sections = {
            _plain(name): topic for topic in self._ids for name in topics.topics[topic].sections
        }

    def tag(self, segments: Sequence[Segment], category: str | None) -> tuple[TopicTag, ...]:
        """At most three topics, best first; none if no word speaks for any."""
        counts, title_terms = count_terms(segments, self._matcher, self._model.title_counts)
        values = normalised(counts)
        section = self.section_topic(category)
        if not values and section is None:
            return ()
        sums = dict.fromkeys(self._ids, 0.0)
        sums.update(self._model.bias)
        for term, value in values.items():
            for topic, weight in self._weights[term].items():
                sums[topic] += self._model.scale * weight * value
        if section is not None:
            sums[section] += self._rules.section

        def evidence(topic: str) -> list[Evidence]:
            found = [
                Evidence(
                    term,
                    round(counts[term]),
                    round(self._model.scale * self._weights[term][topic] * value, 3),
                    "title" if term in title_terms else "body",
                )
                for term, value in values.items()
                if topic in self._weights[term]
            ]
            if topic == section and category is not None:
                found.append(Evidence(category, 1, self._rules.section, "section"))
            return sorted(found, key=lambda e: (-abs(e.weight), e.words))

        return self._best(sums, evidence)

    def section_topic(self, category: str | None) -> str | None:
        """The topic that a publisher's section name stands for, if any is known."""
        names = [_plain(part) for part in _SECTION_PARTS.split(category or "")]
        for name in (_plain(category or ""), *reversed(names)):
            if name in self._sections:
                return self._sections[name]
        return None

    def _best(
        self, sums: Mapping[str, float], evidence_of: Callable[[str], list[Evidence]]
    ) -> tuple[TopicTag, ...]:
        top = max(sums.values())
        odds = {topic: math.exp(value - top) for topic, value in sums.items()}
        total = sum(odds[topic] for topic in self._ids)
        ranked = sorted(self._ids, key=lambda topic: (-odds[topic], topic))[:MAX_TOPICS]
        tags = []
        for rank, topic in enumerate(ranked):
            value = odds[topic] / total
            if value < (self._rules.second_from if rank else self._rules.first_from):
                break
            evidence = evidence_of(topic)
            if sum(e.weight for e in evidence) < self._rules.evidence_from:
                continue
            tags.append(TopicTag(topic, round(value, 3), tuple(evidence[:_EVIDENCE_KEPT])))
        return tuple(tags)


def term_weights(
    terms: TopicTerms, learned: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Term → topic → weight, what editors wrote and what was learned added up."""
    out: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for topic, groups in sorted(terms.terms.items()):
        for weight, group in groups.items():
            for term in group:
                out[term][topic] += weight
    for topic, weights in sorted(learned.items()):
        for term, weight in weights.items():
            out[term][topic] += weight
    return {term: dict(by_topic) for term, by_topic in sorted(out.items())}


class TermMatcher:
    """Finds terms: those in small letters whatever the case, those with a capital as written."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._folded = PhraseMatcher({t: t for t in terms if t == t.lower()}, fold=True)
        self._cased = PhraseMatcher({t: t for t in terms if t != t.lower()})

    def find(self, segment: Segment) -> list[str]:
        """Every term found in a segment, repeats included."""
        found = [match.value for match in self._folded.find(segment)]
        if not segment.caseless:
            found.extend(match.value for match in self._cased.find(segment))
        return found


def count_terms(
    segments: Sequence[Segment], matcher: TermMatcher, title_counts: float
) -> tuple[dict[str, float], frozenset[str]]:
    """How often each term stands in the article, and which stand in the title."""
    body: Counter[str] = Counter()
    title: Counter[str] = Counter()
    for segment in segments:
        (title if segment.where == "title" else body).update(matcher.find(segment))
    counts = {
        term: body[term] + title_counts * title[term] for term in sorted(body.keys() | title.keys())
    }
    return counts, frozenset(title)


def normalised(counts: Mapping[str, float]) -> dict[str, float]:
    """The counts damped by a logarithm and brought to length 1."""
    damped = {term: 1 + math.log(count) for term, count in counts.items() if count > 0}
    length = math.sqrt(sum(value * value for value in damped.values()))
    return {term: value / length for term, value in damped.items()}


def _plain(name: str) -> str:
    return _NOT_LETTERS.sub(" ", name.casefold()).strip()
