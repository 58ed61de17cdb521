"""Where a story happens, read from what a text says around and after a country's name.

An *incident* is told at a place: ``Kebakaran di Lyon, Prancis, menewaskan dua orang``. A text that
is about a country goes on without its name: *negara itu*, *polisi setempat*. That is a
*back-reference* to the country named last.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dwiwarta.tag.mentions import Mention
from dwiwarta.tag.neighbours import is_place
from dwiwarta.tag.roundups import Sentence
from dwiwarta.tag.tokens import Segment

_LOCAL = "setempat"
_COUNTRY = frozenset({"negara", "negeri", "negaranya"})
_THAT = frozenset({"itu", "tersebut", "ini"})


def incidents(sentences: Iterable[Sentence], words: frozenset[str]) -> Counter[str]:
    """How often an incident is told at a place of each country. ``words``: those of incidents."""
    found: Counter[str] = Counter()
    for segment, start, stop, references in sentences:
        if words.isdisjoint(segment.folded[start:stop]):
            continue
        for first, *_ in references:
            found[first.code] += first.kind != "venue" and is_place(segment, first.start)
    return found


def referred_to(segments: Sequence[Segment], mentions: Iterable[Mention]) -> frozenset[str]:
    """The countries to which the text refers back. ``mentions`` stand in the order of the text."""
    named = [mention for mention in mentions if mention.kind != "venue"]
    places = [(mention.segment, mention.start) for mention in named]
    found: set[str] = set()
    for index, segment in enumerate(segments):
        for word in _back_references(segment.folded):
            last = bisect_right(places, (index, word)) - 1
            if last >= 0:
                found.add(named[last].code)
    return frozenset(found)


def _back_references(words: tuple[str, ...]) -> Iterator[int]:
    """Which words refer back."""
    if _LOCAL in words or not _COUNTRY.isdisjoint(words):
        for index, word in enumerate(words):
            following = words[index + 1] if index + 1 < len(words) else ""
            if word == _LOCAL or (word in _COUNTRY and following in _THAT):
                yield index
