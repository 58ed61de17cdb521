"""Indonesia, the country that every article is from.

Its newspapers name it, its towns and its offices in stories from everywhere, so its tag has rules
of its own:

- an article that names no other country is about Indonesia if anything in it is Indonesian;
- one that does is about Indonesia where Indonesia acts towards other countries or their people act
  in it. A score says so: ``abroad``, the best score of another country; ``together``, the
  logarithm of how many sentences name both; ``opening``, whether the title and the first two
  paragraphs do; ``title``, whether the title does; ``named``, the logarithm of how often other
  countries are named; ``dealings``, the same for words of dealings with them (*KBRI*, *WNI*,
  *timnas*; ``roles.py``); ``unnamed``, whether only its towns, offices or persons are named. A
  domestic story that only names a foreign firm, film or player scores low: Indonesia is mentioned;
- where another country is what the article is about, Indonesia is mentioned only if the text names
  it (Indonesia, RI, WNI) or has more than a passing word.

The weights stand in ``country_score.yml``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dwiwarta.knowledge.taxonomy import HOME
from dwiwarta.model import CountryTag
from dwiwarta.tag.roles import Roles
from dwiwarta.tag.schema import HomeWeights

# Words of Indonesia (an office, a town) that make a mention where the country is not named.
_PASSING_WORDS = 2
# The last paragraph of an article's opening.
_OPENING = 2


@dataclass(frozen=True, slots=True)
class HomeFeatures:
    """What the score of Indonesia beside other countries is made of; see the module's text."""

    abroad: float
    together: float
    opening: float
    title: float
    named: float
    dealings: float
    unnamed: float

    def score(self, weights: HomeWeights) -> float:
        """How likely the article is about Indonesia among others, 0 to 1."""
        total = weights.bias + sum(
            getattr(weights, name) * getattr(self, name) for name in self.__slots__
        )
        return 1 / (1 + math.exp(-total))


def home_features(roles: Roles, abroad: float) -> HomeFeatures:
    """The features of an article; ``abroad`` is the best score of another country."""
    opening = {m.code for m in roles.mentions if m.segment <= _OPENING}
    title = {m.code for m in roles.mentions if m.segment == 0}
    return HomeFeatures(
        abroad=abroad,
        together=math.log1p(roles.together),
        opening=float(HOME in opening and len(opening) > 1),
        title=float(HOME in title and len(title) > 1),
        named=math.log1p(sum(reference[0].code != HOME for reference in roles.references)),
        dealings=math.log1p(roles.dealings),
        unnamed=float(not any(m.code == HOME and m.kind == "name" for m in roles.mentions)),
    )


def settle_home(
    tags: Sequence[CountryTag], roles: Roles, weights: HomeWeights, home_from: float
) -> tuple[CountryTag, ...]:
    """``tags`` with Indonesia's own settled by the rules above."""
    home = next((tag for tag in tags if tag.code == HOME), None)
    if home is None:
        return tuple(tags)
    rest = tuple(tag for tag in tags if tag.code != HOME)
    if rest:
        value = home_features(roles, max(tag.score for tag in rest)).score(weights)
        home = replace(home, about=value >= home_from, score=round(value, 3))
        own = [m for m in roles.mentions if m.code == HOME]
        named = any(m.kind == "name" for m in own) or len(own) > _PASSING_WORDS
        if not home.about and not named and any(tag.about for tag in rest):
            return rest
    else:
        home = replace(home, about=True)
    return tuple(sorted((*rest, home), key=lambda tag: (not tag.about, -tag.score, tag.code)))
