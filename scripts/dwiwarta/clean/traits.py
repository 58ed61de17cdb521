"""What is worked out of a rule's pattern once: what it cannot match without, and where it begins.

Hundreds of patterns take longer to be parsed than an article to be cleaned. So what was found out
of those that were checked is kept between builds (``dwiwarta.kept``), and a pattern is compiled
only when it is first tried on a line.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from dwiwarta.clean.literals import Literal, opens_line, required_literals
from dwiwarta.kept import keep, recall

_KEPT = "patterns"


class Traits(NamedTuple):
    """Of a pattern: see ``required_literals`` and ``opens_line``; ``groups``: names of groups."""

    literals: frozenset[Literal]
    opens_line: bool
    groups: frozenset[str]


_STORED: TypeAdapter[dict[str, Traits]] = TypeAdapter(dict[str, Traits])

# Of patterns that were checked; what was kept by the same code holds for any site.
_checked: dict[str, Traits] = {}


def was_checked(pattern: str) -> bool:
    """Whether it is known to be a regular expression that takes no long time."""
    return pattern in _checked


def traits_of(pattern: str) -> Traits:
    """Those of a pattern. Raises ``re.error``."""
    known = _checked.get(pattern)
    return known or Traits(
        required_literals(pattern), opens_line(pattern), frozenset(re.compile(pattern).groupindex)
    )


def recall_traits() -> None:
    """Take over what was kept of patterns, in place of any known before."""
    _checked.clear()
    if (data := recall(_KEPT, "")) is not None:
        with suppress(ValidationError):
            found = _STORED.validate_json(data)
            if all(one.text for traits in found.values() for one in traits.literals):
                _checked.update(found)  # with an empty string no automaton can be made


def keep_traits(patterns: Iterable[str]) -> None:
    """Keep what is known of these, which were checked."""
    found = {pattern: traits_of(pattern) for pattern in patterns}
    if found != _checked:
        _checked.clear()
        _checked.update(found)
        keep(_KEPT, "", _STORED.dump_json(found))
