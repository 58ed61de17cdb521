"""What lists show of each article, kept from one build to the next."""

from collections.abc import Callable, Collection

from pydantic import TypeAdapter

from dwiwarta.cache import Cache
from dwiwarta.fingerprint import digest_of
from dwiwarta.model import Summary
from dwiwarta.pipeline.table import Table
from dwiwarta.render import Card

_CARD = TypeAdapter(Card)


class Cards:
    """The cards by the names of articles; made again where none is kept that is the right one."""

    def __init__(self, cache: Cache) -> None:
        self._table = Table(cache, "card", _CARD)
        self._known: dict[str, Card] = {}

    def put(self, name: str, summary: Summary, card: Card) -> None:
        """Keep the card of an article."""
        self._known[summary.slug] = card
        self._table.put(name, summary.card, card)

    def get(self, name: str, summary: Summary, make: Callable[[], Card]) -> Card:
        """The card that ``summary`` speaks of. It counts as what it is, whatever it was made of."""
        known = self._known.get(summary.slug)
        if known is not None:
            return known
        card = self._table.get(name, summary.card)
        if card is not None and digest_of(repr(card)) == summary.card:
            self._known[summary.slug] = card
        else:
            self.put(name, summary, card := make())
            self._table.flush()
        return card

    def keep_only(self, names: Collection[str]) -> None:
        """Forget the cards of all other articles."""
        self._table.keep_only(names)
