"""How two articles relate: the same article, the same story, or neither.

Measured on 82 judged pairs of Indonesian news (shared 5-word shingles):

====================  ==========  ===========  ==========================================
pair                  Jaccard     containment  what else
====================  ==========  ===========  ==========================================
republished copy      0.66-1.0    0.81-1.0     all numbers agree, dates shared
first page of a text  0.19-0.33   1.0          all numbers agree, same title
daily template        0.09-0.82   0.17-0.90    titles alike but for their date; numbers differ
rewritten story       0.06-0.94   0.11-0.97    likeness of words 0.49-0.99
same event, related   0.00-0.30   0.00-0.53    likeness of words 0.24-0.76
====================  ==========  ===========  ==========================================

The ranges overlap, so no single threshold separates them; the facts of ``facts`` do.
"""

from collections.abc import Collection

from dwiwarta.dedupe.facts import is_calendar_word
from dwiwarta.dedupe.profile import Profile, Sketch
from dwiwarta.dedupe.shingles import SHINGLE_WORDS
from dwiwarta.dedupe.similarity import likeness
from dwiwarta.model import Relation

# Less of the smaller one is stock phrases and quotations.
MIN_CONTAINMENT = 0.08

# Fewer shared shingles than this (12 words in a row) are a quotation or a stock phrase.
MIN_SHARED = 8

# Copies are told by one of the measures below, each of which asks for as much, or for a part.
_LEAST_COPY = 0.50
# One copy: seven tenths of all shingles, as one edit every 25 words breaks 5 of 25 shingles on
# each side and leaves J = 20 / 30. Less where the lead agrees as well, or even the title.
_COPY_JACCARD = 0.70
_SAME_LEAD = (0.60, 0.80)  # Jaccard, containment
_SAME_TITLE = (0.50, 0.75)  # Jaccard, containment
# Nearly all of the shorter one, and most of both: a copy with another headline and another lead.
_NEARLY_ALL = (0.60, 0.85)  # Jaccard, containment

# Half the shingles and nearly all the words: small changes all over a short text.
_SAME_WORDS = (0.50, 0.95)  # Jaccard, likeness

# Part of a longer text: what is left of 0.95 is the odd corrected word.
_PART_CONTAINMENT = 0.95
_PART_SHINGLES = 30

# Days between two appearances of one article; later ones are new uses of an old text.
COPY_DAYS = 31

# One story: a third of the text, or less of it where the words are alike too. An outlet repeats
# its own background in every report of an affair, so there a tenth says little.
_STORY_CONTAINMENT = 0.35
_STORY_LIKENESS = 0.45
_STORY_DAYS = 7
NEWS_DAYS = 3

# An update: nearly the words of the earlier version with other numbers, under the same headline but
# for a number, on the same day or in the days after, when it still speaks of the same day.
_UPDATE_CONTAINMENT = 0.50
_UPDATE_LIKENESS = 0.80
_UPDATE_DAYS = 2

# Two reports of one form about two places: the same headline but for the names, of which no more
# than this share stands in both.
_OTHER_SUBJECT = 0.34

# Told in other words altogether, within the days that news is news: a quarter of the keywords,
# and words more alike.
MIN_KEYWORDS = 5
_RETOLD_LIKENESS = 0.50

# "Prakiraan Cuaca Hari Ini" of another day is another issue.
_TODAY = frozenset({"hari", "ini"})

_TITLE_ALIKE = 0.6
_LEAD_ALIKE = 0.8
_FACTS_ENOUGH = 5
_FACTS_DIFFER = 0.6
_FACTS_AGREE = 0.75


def may_relate(a: Sketch, b: Sketch, shared: int) -> bool:
    """Whether ``relation`` can be anything but None, by what sketches tell.

    Most articles that share stock phrases appeared in other weeks: their profiles need not be made.
    """
    gap = _days_between(a, b)
    if gap is None or gap <= NEWS_DAYS:
        return True
    part = shared / min(len(a.shingles), len(b.shingles)) if shared else 0.0
    if gap <= _STORY_DAYS and part >= _STORY_CONTAINMENT:
        return True
    whole = shared / (len(a.shingles) + len(b.shingles) - shared) if shared else 0.0
    return gap <= COPY_DAYS and (whole >= _LEAST_COPY or part >= _PART_CONTAINMENT)


def relation(a: Profile, b: Profile, shared: int) -> Relation | None:
    """The relation of two articles that share ``shared`` shingles; symmetric in ``a`` and ``b``."""
    if is_update(a, b, shared):
        return Relation.SAME_STORY
    if _template(a, b, shared) or _other_subject(a, b) or _other_place(a, b):
        return None
    if shared >= MIN_SHARED and _same_article(a, b, shared):
        return Relation.SAME_ARTICLE
    if _same_story(a, b, shared):
        return Relation.SAME_STORY
    return None


def is_update(a: Profile, b: Profile, shared: int) -> bool:
    """Whether one of the two is a later version of the other: a toll that rose, a paragraph more,
    a text that says what it corrects.

    Daily forms change their numbers too, but name another day, in the headline or in the text.
    """
    gap = _days_between(a, b)
    if gap is None or gap > _UPDATE_DAYS:
        return False
    one, two = a.facts, b.facts
    # Of the same day, another headline about the same place or person will do.
    if _title_alike(a, b) < _TITLE_ALIKE and (gap or not one.title_names & two.title_names):
        return False
    corrected = one.corrects != two.corrects
    same = _agreement(a, b) >= _FACTS_AGREE and not _contradict(one.tolls, two.tolls)
    if same and not corrected and not _contradict(one.title_facts, two.title_facts):
        return False  # a copy, or told in other words
    if any(map(is_calendar_word, set(one.title_facts) ^ set(two.title_facts))):
        return False
    if one.days and two.days and not one.days & two.days:
        return False
    if gap and not corrected and not one.days & two.days:
        return False
    return (
        not _other_subject(a, b)
        and not _other_place(a, b)
        and containment(a, b, shared) >= _UPDATE_CONTAINMENT
        and likeness(a.vector, b.vector) >= _UPDATE_LIKENESS
    )


def jaccard(a: Profile, b: Profile, shared: int) -> float:
    """Shared shingles among all."""
    return shared / (len(a.shingles) + len(b.shingles) - shared)


def containment(a: Profile, b: Profile, shared: int) -> float:
    """Shared shingles among those of the smaller article."""
    return shared / min(len(a.shingles), len(b.shingles))


def _template(a: Profile, b: Profile, shared: int) -> bool:
    """Two issues of one form, told by their titles, their days or their numbers."""
    if _title_alike(a, b) >= _TITLE_ALIKE:
        one, two = a.facts, b.facts
        if _contradict(one.title_facts, two.title_facts):
            return True
        today = one.title_words & two.title_words >= _TODAY
        if today and _days_between(a, b) and not _one_text(a, b, shared):
            return True
    return (
        _same_outlet(a, b)
        and min(len(a.facts.numbers), len(b.facts.numbers)) >= _FACTS_ENOUGH
        and _agreement(a, b) < _FACTS_DIFFER
        and not _lead_alike(a, b)
    )


def _one_text(a: Profile, b: Profile, shared: int) -> bool:
    """The whole text of one stands in the other, with the same numbers."""
    whole = shared == min(len(a.shingles), len(b.shingles))
    return whole and a.facts.numbers == b.facts.numbers


def _other_subject(a: Profile, b: Profile) -> bool:
    """One form about two places or people: "Prakiraan Cuaca Palu", "Prakiraan Cuaca Ambon"."""
    one, two = a.facts.title_names, b.facts.title_names
    # Names that the other one's text never says: another headline of one text says them there.
    if not _only_in(one - two, b) or not _only_in(two - one, a):
        return False
    if len(one & two) > _OTHER_SUBJECT * len(one | two):
        return False
    form, other_form = a.facts.title_words - one, b.facts.title_words - two
    return len(form & other_form) >= max(2.0, _TITLE_ALIKE * len(form | other_form))


def _other_place(a: Profile, b: Profile) -> bool:
    """Leads of one form about two places, under whatever headlines."""
    one, two = a.facts, b.facts
    if not _only_in(one.places - two.places, b) or not _only_in(two.places - one.places, a):
        return False
    whole = one.lead_form | two.lead_form
    return len(one.lead_form & two.lead_form) >= _LEAD_ALIKE * len(whole)


def _only_in(names: frozenset[str], other: Profile) -> bool:
    return bool(names) and names.isdisjoint(other.vector.parts)


def _same_article(a: Profile, b: Profile, shared: int) -> bool:
    gap = _days_between(a, b)
    if gap is not None and gap > COPY_DAYS:
        return False
    if a.facts.days and b.facts.days and not a.facts.days & b.facts.days:
        return False
    if _agreement(a, b) < _FACTS_AGREE:
        return False
    j, c = jaccard(a, b, shared), containment(a, b, shared)
    if j >= _COPY_JACCARD or (j >= _NEARLY_ALL[0] and c >= _NEARLY_ALL[1]):
        return True
    same_title = _title_alike(a, b) >= _TITLE_ALIKE or _title_within(a, b)
    same_lead = _lead_alike(a, b)
    if not (same_title or same_lead):
        return False
    part = c >= _PART_CONTAINMENT and shared >= _PART_SHINGLES
    edited = (same_title and j >= _SAME_TITLE[0] and c >= _SAME_TITLE[1]) or (
        same_lead and j >= _SAME_LEAD[0] and c >= _SAME_LEAD[1]
    )
    return (
        part or edited or (j >= _SAME_WORDS[0] and likeness(a.vector, b.vector) >= _SAME_WORDS[1])
    )


def _same_story(a: Profile, b: Profile, shared: int) -> bool:
    gap = _days_between(a, b)
    if gap is not None and gap > _STORY_DAYS:
        return False
    alike = likeness(a.vector, b.vector)
    share = containment(a, b, shared) if shared >= MIN_SHARED else 0.0
    if share >= _STORY_CONTAINMENT:
        return alike >= _STORY_LIKENESS
    if _same_outlet(a, b) or (gap is not None and gap > NEWS_DAYS):
        return False
    if share >= MIN_CONTAINMENT:
        return alike >= _STORY_LIKENESS
    keywords = len(set(a.vector.keywords).intersection(b.vector.keywords))
    return gap is not None and keywords >= MIN_KEYWORDS and alike >= _RETOLD_LIKENESS


def _contradict(a: Collection[str], b: Collection[str]) -> bool:
    """Each one states something that the other one does not."""
    return bool(set(a) - set(b)) and bool(set(b) - set(a))


def _title_alike(a: Profile, b: Profile) -> float:
    one, two = a.facts.title_words, b.facts.title_words
    return len(one & two) / len(one | two) if one or two else 0.0


def _lead_alike(a: Profile, b: Profile) -> bool:
    """The opening paragraph of one stands in the other."""
    return any(
        one.lead and sum(s in two for s in one.lead) >= _LEAD_ALIKE * len(one.lead)
        for one, two in ((a, set(b.shingles)), (b, set(a.shingles)))
    )


def _title_within(a: Profile, b: Profile) -> bool:
    """The whole headline of one stands in the text of the other.

    So it is where a pasted page has other lines above its headline.
    """
    return any(
        len(one.facts.title_words) >= SHINGLE_WORDS and one.title <= set(other.shingles)
        for one, other in ((a, b), (b, a))
    )


def _agreement(a: Profile, b: Profile) -> float:
    """The shared numbers among those of the article that has fewer of them.

    A shorter copy lacks numbers of the longer one but has none of its own; two issues of a
    template each have their own.
    """
    one, two = a.facts.numbers, b.facts.numbers
    return len(one & two) / min(len(one), len(two)) if one and two else 1.0


def _same_outlet(a: Profile, b: Profile) -> bool:
    return a.outlet is not None and a.outlet == b.outlet


def _days_between(a: Profile | Sketch, b: Profile | Sketch) -> int | None:
    return abs((a.day - b.day).days) if a.day and b.day else None
