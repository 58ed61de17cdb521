"""Whether a regular expression can take very long: patterns come from a file that people edit.

Reads the parse tree of the standard library's own parser. It is not a public module, but the only
one that understands exactly what ``re`` will run; the same modules exist since Python 3.11.
"""

from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)
# A repeat with this many turns inside another repeat already means millions of tries.
_MANY = 400


def risk_in(pattern: str) -> str | None:
    r"""Why ``pattern`` is refused, or ``None``.

    Two shapes make backtracking explode: a repeat inside a long repeat (``(a+)+``), exponential,
    and an unbounded repeat at the start that is not anchored (``\s*X``), quadratic on long runs.
    Bounds such as ``{0,80}`` instead of ``*`` mend both.
    """
    tree = parser.parse(pattern)
    items = list(tree)
    if _nested(items):
        return "a repeat inside an unbounded repeat; give it an upper bound such as {0,80}"
    if _unbounded_start(items):
        return "it starts with an unbounded repeat; anchor it with ^ or bound it such as {0,80}"
    return None


def _nested(items: Any, inside: int = 1) -> bool:
    for code, value in items:
        if code in _REPEATS:
            most = int(value[1])
            if inside > 1 and inside * most > _MANY and most > 1:
                return True
            if _nested(value[2], max(inside, min(most, _MANY + 1))):
                return True
        else:
            for part in _parts(code, value):
                if _nested(part, inside):
                    return True
    return False


def _parts(code: Any, value: Any) -> list[Any]:
    if code is op.SUBPATTERN:
        return [value[3]]
    if code is op.BRANCH:
        return list(value[1])
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return []


def _unbounded_start(items: list[Any]) -> bool:
    if not items:
        return False
    code, value = items[0]
    if code in _REPEATS:
        return int(value[1]) > _MANY
    if code in (op.ASSERT, op.ASSERT_NOT):
        return _unbounded_start(list(items[1:]))
    return any(_unbounded_start(list(part)) for part in _parts(code, value))
