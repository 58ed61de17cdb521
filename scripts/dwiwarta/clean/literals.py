"""Which strings a pattern cannot match without: most patterns need not be tried on most lines.

Reads the parse tree of the standard library's own regular expression parser, see ``safety``.
"""

import re
from collections.abc import Iterator
from itertools import permutations, product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from dwiwarta.text import regex_folded

# Shorter strings are in every line and would filter nothing, unless they hold a rarer sign.
_SHORTEST = 3
_FREQUENT_SIGNS = frozenset(".,")
# So many strings may one part of a pattern stand for; of more, its pieces are looked for.
_MOST = 64


class Literal(NamedTuple):
    """A string; ``cased``: as it stands, else in small letters (``regex_folded``)."""

    text: str
    cased: bool


_Strings = frozenset[Literal]
_NOTHING: _Strings = frozenset({Literal("", True)})


def required_literals(pattern: str) -> _Strings:
    """Strings of which every match holds at least one; empty if none is certain."""
    return _of_sequence(parser.parse(pattern), re.compile(pattern).flags) or frozenset()


def opens_line(pattern: str) -> bool:
    """Whether every match begins where the text begins, so that nowhere else need be looked."""
    return not re.compile(pattern).flags & re.MULTILINE and _is_anchored(parser.parse(pattern))


def _of_sequence(items: Any, flags: int) -> _Strings | None:
    """The best alternative set among the parts of a sequence, all of which must match."""
    found: list[_Strings] = []
    run = _NOTHING
    for code, value, own_flags in _flat(items, flags):
        strings = _exactly(code, value, own_flags)
        if strings is not None and len(run) * len(strings) <= _MOST:
            run = _joined(run, strings)
            continue
        found += _finished(run)
        run = _NOTHING if strings is None else strings
        if inside := _inside(code, value, own_flags):
            found.append(inside)
    found += _finished(run)
    return max(found, key=lambda strings: min(len(one.text) for one in strings), default=None)


def _flat(items: Any, flags: int) -> Iterator[tuple[Any, Any, int]]:
    """The parts of a sequence and of the groups in it, each with the flags that hold there."""
    for code, value in items:
        if code is op.SUBPATTERN:
            yield from _flat(value[3], _with_flags(flags, value))
        else:
            yield code, value, flags


def _inside(code: Any, value: Any, flags: int) -> _Strings | None:
    """What is required by a part that stands for more than a few strings."""
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] >= 1:
        return _of_sequence(value[2], flags)
    if code is op.BRANCH:
        branches = [_of_sequence(branch, flags) for branch in value[1]]
        if all(branches):
            return frozenset().union(*(one for one in branches if one))
    return None


def _exactly(code: Any, value: Any, flags: int) -> _Strings | None:
    """The strings that a part matches, if these are few: ``[Jj]uga``, ``(?:a|b)``, ``s?``."""
    if code is op.LITERAL:
        return _literal(value, flags)
    if code in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return _NOTHING  # a place, no sign
    if code is op.IN and all(kind is op.LITERAL for kind, _ in value):
        return frozenset().union(*(_literal(one, flags) for _, one in value))
    if code is op.BRANCH:
        return _union(_all_of(branch, flags) for branch in value[1])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and tuple(value[:2]) == (0, 1):
        return _union((_NOTHING, _all_of(value[2], flags)))
    return None


def _all_of(items: Any, flags: int) -> _Strings | None:
    run = _NOTHING
    for code, value, own_flags in _flat(items, flags):
        strings = _exactly(code, value, own_flags)
        if strings is None or len(run) * len(strings) > _MOST:
            return None
        run = _joined(run, strings)
    return run


def _union(sets: Any) -> _Strings | None:
    known = list(sets)
    if None in known:
        return None
    strings: _Strings = frozenset().union(*known)
    return strings if len(strings) <= _MOST else None


def _literal(code: int, flags: int) -> _Strings:
    return frozenset({Literal(chr(code), not flags & re.IGNORECASE)})


def _joined(heads: _Strings, tails: _Strings) -> _Strings:
    return frozenset(
        Literal(head.text + tail.text, head.cased and tail.cased)
        for head, tail in product(heads, tails)
    )


def _with_flags(flags: int, group: Any) -> int:
    return int((flags | group[1]) & ~group[2])


def _finished(run: _Strings) -> list[_Strings]:
    if not all(len(one.text.strip()) >= _SHORTEST or _has_rare_sign(one.text) for one in run):
        return []
    strings = {one if one.cased else Literal(regex_folded(one.text), False) for one in run}
    # Where one stands in another, it alone tells as much.
    spare = {
        long
        for long, short in permutations(strings, 2)
        if short.cased == long.cased and short.text in long.text
    }
    return [frozenset(strings - spare)]


def _has_rare_sign(text: str) -> bool:
    return any(not (char.isalnum() or char.isspace() or char in _FREQUENT_SIGNS) for char in text)


def _is_anchored(items: Any) -> bool:
    for code, value in items:
        if code is op.AT:
            return value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING)
        if code is op.SUBPATTERN:
            return not value[1] & re.MULTILINE and _is_anchored(value[3])
        return code is op.BRANCH and all(map(_is_anchored, value[1]))
    return False
