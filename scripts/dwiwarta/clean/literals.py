"""Which strings a pattern cannot match without: most patterns need not be tried on most articles.

Reads the parse tree of the standard library's own regular expression parser, see ``safety``.
"""

from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# Shorter strings are in every article and would filter nothing.
_SHORTEST = 3


def required_literals(pattern: str) -> frozenset[str]:
    """Lower-case strings of which every match holds at least one; empty if none is certain."""
    return _of_sequence(parser.parse(pattern)) or frozenset()


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
    found += _finished(run)
    return max(found, key=lambda words: min(map(len, words)), default=None)


def _finished(run: str) -> list[frozenset[str]]:
    return [frozenset({run.lower()})] if len(run.strip()) >= _SHORTEST else []
