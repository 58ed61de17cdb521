"""Is an article about a country, or does it only mention it?

For every country named in an article:

``mass``    the sum of its mentions, a name counting 1 and weaker words less (``kinds``);
``title``   the strongest kind in the title, 0 if it is not there; ``lead`` the same for the lead;
``share``   its mass beside that of the country with the largest;
``spread``  the part of the paragraphs that name it;
``early``   how early it comes first, 1 in the title or the first paragraph and 0 at the very end;
``others``  the logarithm of how many countries the article names, as long lists have few subjects;
``listed``  the part of its mentions that stand in a bare list of countries;
``foreign`` 1 where the article does not name Indonesia at all;
``alone``   1 for the only country that the article names;
``brief``   1 for a country in the lead of a text of one or two paragraphs, outside of a list: such
            a text has no room for what it is not about;
``acting``  the logarithm of how often the country or its people act;
``teams``   in sport, the logarithm of how many sentences the country opens;
``roundup`` 1 for a country of a round-up of matches.

A country where an event is only held counts as its ``venue``, a kind of mention that weighs little.
``listed`` and the last three are read from the words around the names (``roles.py``).

The score is the logistic function of their weighted sum, so it is between 0 and 1 and reads as
"how likely an annotator would say *about*". The weights stand in ``country_score.yml``.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dwiwarta.knowledge.taxonomy import HOME, Kind
from dwiwarta.model import CountryTag, Evidence
from dwiwarta.tag.mentions import Mention
from dwiwarta.tag.roles import Roles
from dwiwarta.tag.schema import CountryScore

# Paragraphs of a text that is brief.
_BRIEF = 2
# What every word of a country shares in.
_EVERYWHERE = ("mass", "share", "spread", "early", "brief", "acting", "teams", "roundup")


@dataclass(frozen=True, slots=True)
class Features:
    """What the score of one country is made of; see the module's text. ``mass`` is a plain sum."""

    title: float
    lead: float
    mass: float
    share: float
    spread: float
    early: float
    others: float
    listed: float
    foreign: float
    alone: float
    brief: float
    acting: float
    teams: float
    roundup: float

    def values(self) -> dict[str, float]:
        """The features as they are weighted: ``mass`` as a logarithm."""
        return {
            "title": self.title,
            "lead": self.lead,
            "mass": math.log1p(self.mass),
            "share": self.share,
            "spread": self.spread,
            "early": self.early,
            "others": self.others,
            "listed": self.listed,
            "foreign": self.foreign,
            "alone": self.alone,
            "brief": self.brief,
            "acting": self.acting,
            "teams": self.teams,
            "roundup": self.roundup,
        }


def features(roles: Roles, paragraphs: int, kinds: Mapping[Kind, float]) -> dict[str, Features]:
    """The features of every country named, by code, in order of first mention."""
    by_code: dict[str, list[Mention]] = defaultdict(list)
    for mention in roles.mentions:
        by_code[mention.code].append(mention)
    mass = {code: sum(kinds[m.kind] for m in own) for code, own in by_code.items()}
    top = max(mass.values(), default=1.0)
    last = max(1, paragraphs)
    return {
        code: Features(
            title=_strongest(own, "title", kinds),
            lead=_strongest(own, "lead", kinds),
            mass=mass[code],
            share=mass[code] / top,
            spread=len({m.segment for m in own if m.segment}) / last,
            early=1 - max(0, min(m.segment for m in own) - 1) / last,
            others=math.log(len(by_code)),
            listed=sum(m in roles.listed for m in own) / len(own),
            foreign=float(HOME not in by_code),
            alone=float(len(by_code) == 1),
            brief=float(
                paragraphs <= _BRIEF
                and any(m.where == "lead" and m not in roles.listed for m in own)
            ),
            acting=math.log1p(roles.acting[code]),
            teams=math.log1p(roles.opened[code]) if roles.sport else 0.0,
            roundup=float(code in roles.roundup),
        )
        for code, own in by_code.items()
    }


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

    The weights of a tag add up to its log-odds above the bias, but for what the article as a whole
    adds (``others``, ``foreign``) and what a list takes away: what the title and the lead add goes
    to the words there, the rest to every word by its kind.
    """
    kinds, weights, values = rules.kinds, rules.weights, features.values()
    everywhere = sum(getattr(weights, name) * values[name] for name in _EVERYWHERE)
    place = {"title": weights.title * features.title, "lead": weights.lead * features.lead}
    place_mass: dict[str, float] = defaultdict(float)
    for mention in mentions:
        place_mass[mention.where] += kinds[mention.kind]
    count: Counter[tuple[str, str]] = Counter()
    weight: dict[tuple[str, str], float] = defaultdict(float)
    for mention in mentions:
        key = (mention.where, mention.words)
        value = kinds[mention.kind]
        count[key] += 1
        weight[key] += everywhere * value / features.mass
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
