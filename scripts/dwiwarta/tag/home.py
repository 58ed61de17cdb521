"""Indonesia, the country that every article is from.

Its newspapers name it, its towns and its offices in stories from everywhere, so two rules are
stricter for it than for other countries:

- where no other country is what the article is about, it is about Indonesia if anything in it is
  Indonesian and no country that it mentions outweighs that;
- where another country is, Indonesia is a subject beside it by the same score as any country, but
  it is mentioned only if the text names it (Indonesia, RI, WNI) or has more than a passing word.
"""

from collections.abc import Sequence
from dataclasses import replace

from dwiwarta.countries import HOME
from dwiwarta.model import CountryTag
from dwiwarta.tag.mentions import Mention

# Words of Indonesia (an office, a town) that make a mention where the country is not named.
_PASSING_WORDS = 2


def settle_home(
    tags: tuple[CountryTag, ...], mentions: Sequence[Mention]
) -> tuple[CountryTag, ...]:
    """``tags`` with Indonesia's own settled by the rules above."""
    home = next((tag for tag in tags if tag.code == HOME), None)
    if home is None:
        return tags
    rest = tuple(tag for tag in tags if tag.code != HOME)
    if any(tag.about for tag in rest):
        own = [m for m in mentions if m.code == HOME]
        named = any(m.kind == "name" for m in own) or len(own) > _PASSING_WORDS
        if not home.about and not named:
            return rest
    else:
        home = replace(home, about=all(home.score >= tag.score for tag in rest))
    return tuple(sorted((*rest, home), key=lambda tag: (not tag.about, -tag.score, tag.code)))
