"""Indonesia, the country that every article is from.

Its newspapers name it, its towns and its offices in stories from everywhere, so it is held to a
stricter rule than others: the article is about Indonesia when no other country is what it is
about, or when Indonesia itself, beside those, is named in the title or as often as they are.
"""

from dataclasses import replace

from dwiwarta.model import CountryTag
from dwiwarta.tag.schema import CountryScore

HOME = "ID"


def settle_home(tags: tuple[CountryTag, ...], rules: CountryScore) -> tuple[CountryTag, ...]:
    """``tags`` with Indonesia's own settled by the rule above."""
    home = next((tag for tag in tags if tag.code == HOME), None)
    if home is None:
        return tags
    abroad = any(tag.about for tag in tags if tag.code != HOME)
    about = home.about if abroad else True
    if not abroad and home.score < rules.about_from:
        others = [tag.score for tag in tags if tag.code != HOME]
        about = home.score >= max(others, default=0.0)
    settled = replace(home, about=about)
    rest = tuple(tag for tag in tags if tag.code != HOME)
    return tuple(sorted((*rest, settled), key=lambda tag: (not tag.about, -tag.score, tag.code)))
