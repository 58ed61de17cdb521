"""Is an article about a country, or does it only mention it?

For every country named in an article:

``title``   the strongest kind in the title, 0 if it is not there; ``lead`` the same for the lead;
``opens``   1 for a country that one of the first words of the text names;
``mass``    how often it is named, a name counting 1 and weaker words less (``kinds``). What names
            it in one go, ``Busan, Korea Selatan``, counts once (``references.py``);
``dense``   its mass in every 100 words;
``share``   its mass beside that of the country abroad with the largest;
``early``   how early it comes first, 1 in the title or the first paragraph and 0 at the very end;
``unnamed`` 1 for a country of which only places, clubs or persons are named;
``home``    1 where Indonesia has as much mass;
``alone``   1 for the only country that the article names;
``brief``   1 for a country in the lead of a text of one or two paragraphs, outside of a bare list:
            such a text has no room for what it is not about;
``acting``  how often the country or its people act;
``athletes`` in sport, how often an athlete is said to be from there;
``leading`` how many paragraphs name no other foreign country more often, venues aside; where two
            are level the paragraph is shared;
``roundup`` 1 for a country of a round-up of matches or markets;
``items``   1 for a country that has an item of its own;
``group``   1 for one of two to four countries that are enumerated together, where no country abroad
            outside of them has as much mass: the article is about all of them or none;
``incidents`` how often an incident is told at a place of the country;
``referred`` 1 for a country to which the text refers back: *negara itu*, *polisi setempat*;
``backdrop`` 1 for a country that news of all kinds name in passing, the United States: of
            the 199 articles labelled first that name it 88 are about it.

``mass``, ``dense``, ``acting``, ``athletes``, ``leading``, ``incidents`` are weighted as logarithms
of one more.

A country where an event is only held counts as its ``venue``, a kind of mention that weighs little.
``opens``, ``acting``, ``athletes``, ``roundup``, ``items`` and ``group`` are read from the words
around the names (``roles.py``).

The score is the logistic function of their weighted sum, so it is between 0 and 1 and reads as
"how likely an annotator would say *about*". The weights stand in ``country_score.yml``.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dwiwarta.knowledge.entries import Kind
from dwiwarta.knowledge.taxonomy import HOME
from dwiwarta.model import CountryTag, Evidence
from dwiwarta.tag.mentions import Mention
from dwiwarta.tag.references import Reference
from dwiwarta.tag.roles import Roles
from dwiwarta.tag.schema import CountryScore

# Paragraphs of a text that is brief.
_BRIEF = 2
# Countries of the largest group that an article is about.
_GROUP = 4
_NAMES = frozenset({"name", "metonym"})
_LOGARITHMS = frozenset({"mass", "dense", "acting", "athletes", "leading", "incidents"})
# What no single word of a country stands for; ``title`` and ``lead`` go to the words there.
_NO_WORD = frozenset({"title", "lead", "unnamed", "home", "alone", "backdrop"})


@dataclass(frozen=True, slots=True)
class Features:
    """What the score of one country is made of; see the module's text. No logarithms yet."""

    title: float
    lead: float
    opens: float
    mass: float
    dense: float
    share: float
    early: float
    unnamed: float
    home: float
    alone: float
    brief: float
    acting: float
    athletes: float
    leading: float
    roundup: float
    items: float
    group: float
    incidents: float
    referred: float
    backdrop: float

    def values(self) -> dict[str, float]:
        """The features as they are weighted."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {n: math.log1p(v) if n in _LOGARITHMS else v for n, v in plain.items()}


def features(roles: Roles, paragraphs: int, kinds: Mapping[Kind, float]) -> dict[str, Features]:
    """The features of every country named, by code, in order of first mention."""
    by_code: dict[str, list[Mention]] = defaultdict(list)
    for mention in roles.mentions:
        by_code[mention.code].append(mention)
    mass: dict[str, float] = defaultdict(float)
    for reference in roles.references:
        mass[reference[0].code] += max(kinds[mention.kind] for mention in reference)
    leading = _leading(roles.references)
    abroad = {code: own for code, own in mass.items() if code != HOME}
    top = max(abroad.values(), default=1.0)
    at_home = mass.get(HOME, 0.0)
    last = max(1, paragraphs)
    return {
        code: Features(
            title=_strongest(own, "title", kinds),
            lead=_strongest(own, "lead", kinds),
            opens=float(code in roles.opens),
            mass=mass[code],
            dense=100 * mass[code] / max(1, roles.words),
            share=min(1.0, mass[code] / top),
            early=1 - max(0, min(m.segment for m in own) - 1) / last,
            unnamed=float(all(m.kind not in _NAMES for m in own)),
            home=float(code != HOME and at_home >= mass[code]),
            alone=float(len(by_code) == 1),
            brief=float(
                paragraphs <= _BRIEF
                and any(m.where == "lead" and m not in roles.listed for m in own)
            ),
            acting=roles.acting[code],
            athletes=roles.athletes[code],
            leading=leading[code],
            roundup=float(code in roles.roundup),
            items=float(code in roles.items),
            group=float(_is_of_group(code, roles.beside.get(code, frozenset()), abroad)),
            incidents=roles.incidents[code],
            referred=float(code in roles.referred),
            backdrop=float(code in roles.backdrop),
        )
        for code, own in by_code.items()
    }


def _is_of_group(code: str, others: frozenset[str], abroad: Mapping[str, float]) -> bool:
    """See ``group``. ``others``: those enumerated with it; ``abroad``: the mass of all."""
    if not others or code == HOME or len(others) >= _GROUP:
        return False
    outside = [mass for other, mass in abroad.items() if other != code and other not in others]
    return max(outside, default=0.0) < abroad[code]


def _leading(references: Sequence[Reference]) -> dict[str, float]:
    """How many paragraphs each foreign country leads."""
    named: dict[int, Counter[str]] = defaultdict(Counter)
    for reference in references:
        first = reference[0]
        venue = all(mention.kind == "venue" for mention in reference)
        if first.segment and first.code != HOME and not venue:
            named[first.segment][first.code] += 1
    out: dict[str, float] = defaultdict(float)
    for counts in named.values():
        most = max(counts.values())
        level = [code for code, count in counts.items() if count == most]
        for code in level:
            out[code] += 1 / len(level)
    return out


def _strongest(mentions: Sequence[Mention], where: str, kinds: Mapping[Kind, float]) -> float:
    return max((kinds[m.kind] for m in mentions if m.where == where), default=0.0)


def score(features: Features, rules: CountryScore) -> float:
    """How likely the article is about the country, 0 to 1."""
    weights = rules.weights
    total = weights.bias
    for name, value in features.values().items():
        total += getattr(weights, name) * value
    return 1 / (1 + math.exp(-total))


def evidence(
    mentions: Sequence[Mention], features: Features, rules: CountryScore
) -> tuple[Evidence, ...]:
    """The words that spoke for a country, the weightiest first.

    The weights of a tag add up to its log-odds above the bias, but for what the other countries of
    the article (``home``, ``alone``), the lack of a name and ``backdrop`` say: what the title and
    the lead add goes to the words there, the rest to every word by its kind.
    """
    kinds, weights, values = rules.kinds, rules.weights, features.values()
    everywhere = sum(
        getattr(weights, name) * value for name, value in values.items() if name not in _NO_WORD
    )
    place = {"title": weights.title * features.title, "lead": weights.lead * features.lead}
    total = sum(kinds[mention.kind] for mention in mentions)
    place_mass: dict[str, float] = defaultdict(float)
    for mention in mentions:
        place_mass[mention.where] += kinds[mention.kind]
    count: Counter[tuple[str, str]] = Counter()
    weight: dict[tuple[str, str], float] = defaultdict(float)
    for mention in mentions:
        key = (mention.where, mention.words)
        value = kinds[mention.kind]
        count[key] += 1
        weight[key] += everywhere * value / total
        weight[key] += place.get(mention.where, 0.0) * value / place_mass[mention.where]
    found = [
        Evidence(words, number, round(weight[where, words], 3), where)
        for (where, words), number in count.items()
    ]
    return tuple(sorted(found, key=lambda e: (-e.weight, e.words, e.where)))


def country_tags(roles: Roles, paragraphs: int, rules: CountryScore) -> tuple[CountryTag, ...]:
    """The countries of an article, best first."""
    tags = []
    for code, found in features(roles, paragraphs, rules.kinds).items():
        own = [m for m in roles.mentions if m.code == code]
        if found.mass < rules.mentioned_from and all(m.kind != "venue" for m in own):
            continue
        value = score(found, rules)
        tags.append(
            CountryTag(
                code=code,
                about=value >= rules.about_from,
                score=round(value, 3),
                evidence=evidence(own, found, rules),
            )
        )
    return tuple(sorted(tags, key=lambda tag: (not tag.about, -tag.score, tag.code)))
