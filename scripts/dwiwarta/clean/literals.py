"""Which strings a pattern cannot match without: most patterns need not be tried on most lines.

Reads the parse tree of the standard library's own regular expression parser, see ``safety``.
"""

import re
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from dwiwarta.text import regex_folded

# Shorter strings are in every line and would filter nothing, unless they hold a rarer sign.
_SHORTEST = 3
_FREQUENT_SIGNS = frozenset(".,")


def required_literals(pattern: str) -> frozenset[str]:
    """Folded strings of which every match holds at least one; empty if none is certain."""
    return _of_sequence(parser.parse(pattern)) or frozenset()


def opens_line(pattern: str) -> bool:
    """Whether every match begins where the text begins, so that nowhere else need be looked."""
    return not re.compile(pattern).flags & re.MULTILINE and _is_anchored(parser.parse(pattern))


def _of_sequence(items: Any) -> frozenset[str] | None:
    """The best alternative set among the parts of a sequence, all of which must match."""
    found: list[frozenset[str]] = []
    run = ""
    for code, value in items:
        if code is op.LITERAL:
            run += chr(value)
            continue
        found += _finished(run)
        run = ""
        if code is op.SUBPATTERN and (inner := _of_sequence(value[3])):
            found.append(inner)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] >= 1:
            if inner := _of_sequence(value[2]):
                found.append(inner)
        elif code is op.BRANCH:
            branches = [_of_sequence(branch) for branch in value[1]]
            if all(branches):
                found.append(frozenset().union(*(b for b in branches if b)))
        elif code is op.IN and all(kind is op.LITERAL for kind, _ in value):
            signs = [_finished(chr(one)) for _, one in value]
            if all(signs):
                found.append(frozenset().union(*(sign for part in signs for sign in part)))
    found += _finished(run)
    return max(found, key=lambda words: min(map(len, words)), default=None)


def _finished(run: str) -> list[frozenset[str]]:
    said = len(run.strip()) >= _SHORTEST or any(map(_is_rare_sign, run))
    return [frozenset({regex_folded(run)})] if said else []


def _is_rare_sign(char: str) -> bool:
    return not (char.isalnum() or char.isspace() or char in _FREQUENT_SIGNS)


def _is_anchored(items: Any) -> bool:
    for code, value in items:
        if code is op.AT:
            return value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING)
        if code is op.SUBPATTERN:
            return not value[1] & re.MULTILINE and _is_anchored(value[3])
        return code is op.BRANCH and all(map(_is_anchored, value[1]))
    return False
