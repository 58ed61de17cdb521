"""Apply the boilerplate patterns to the lines of a draft."""

from dwiwarta.clean.draft import Draft
from dwiwarta.clean.rules import Action, FieldName, Pattern, Where
from dwiwarta.model import RemovalKind

_HEAD = 8
_TAIL = 6


def apply_patterns(draft: Draft, patterns: tuple[Pattern, ...]) -> None:
    """Take out what the patterns match, each with its name in the audit."""
    whole = "\n".join(draft.lines)
    for pattern in patterns:
        index = 0
        while index < len(draft.lines):
            if not _in_place(pattern.where, index, len(draft.lines)):
                index += 1
                continue
            match = pattern.regex.search(draft.lines[index])
            if match is None:
                index += 1
                continue
            kind, reason = RemovalKind.BOILERPLATE, f"boilerplate: {pattern.name}"
            if pattern.field is not None:
                kind = RemovalKind.FIELD
                reason = f"field: {pattern.field.value} ({pattern.name})"
                _fill(draft, pattern.field, match["value"])
            if pattern.action is Action.LINE:
                draft.drop(index, kind, reason)
                continue
            line = draft.lines[index]
            draft.note(match.group(0), kind, reason)
            rest = [line[: match.start()].strip(), line[match.end() :].strip()]
            draft.lines[index : index + 1] = [part for part in rest if part]
            index += 0 if match.end() > match.start() else 1
    del whole


def _in_place(where: Where, index: int, count: int) -> bool:
    if where is Where.HEAD:
        return index < _HEAD
    if where is Where.TAIL:
        return index >= count - _TAIL
    return True


def _fill(draft: Draft, field: FieldName, value: str) -> None:
    if field is FieldName.BYLINE and draft.byline is None:
        draft.byline = value.strip()
    if field is FieldName.INITIALS and draft.initials is None:
        draft.initials = value.strip()
