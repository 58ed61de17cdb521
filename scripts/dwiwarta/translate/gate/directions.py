"""Is "Jawa Tengah" still Central Java in the answer?

Provinces and regencies differ by the points of the compass alone, so an engine that confuses
them moves the news to another place. Compared are only names that both texts have: ``Lombok
Barat`` and "North Lombok"; a direction that the original has anywhere is never held to be wrong.
"""

from pydantic import Field

from dwiwarta.yamlfile import Strict


class CompassRules(Strict):
    """The directions in both languages, names spelt differently, names with one built in.

    ``directions``: Indonesian and English, of one or two words. ``names``: how English spells a
    name. ``short``: abbreviations with their direction and English name.
    """

    directions: dict[str, str] = Field(min_length=1)
    names: dict[str, str]
    short: dict[str, tuple[str, str]]


def elsewhere(there: list[str], here: list[str], rules: CompassRules) -> str | None:
    """Why the words ``here`` name another place than ``there``, or ``None``."""
    low = [word.lower() for word in there]
    if not any(word in rules.directions or word in rules.short for word in low):
        return None
    said, meant = _places(there, low, rules)
    answered = [word.lower() for word in here]
    for name, directions in said.items():
        for found in _directions_of(name, answered):
            if found not in meant:
                was = ", ".join(sorted(directions))
                return f"a place differs: {was} {name.capitalize()} became {found}"
    return None


def _places(
    there: list[str], low: list[str], rules: CompassRules
) -> tuple[dict[str, set[str]], set[str]]:
    """The directions said of each name, and all that the text has, said of something or not."""
    said: dict[str, set[str]] = {}
    meant: set[str] = set()
    for i, word in enumerate(low):
        if word in rules.short:
            direction, name = rules.short[word]
            said.setdefault(name, set()).add(direction)
            meant.add(direction)
            continue
        direction = rules.directions.get(f"{word} {low[i + 1]}" if i + 1 < len(low) else "", "")
        direction = direction or rules.directions.get(word, "")
        if not direction:
            continue
        meant.add(direction)
        before = low[i - 1] if i else ""
        if before == "tenggara" and i > 1 and low[i - 2] == "nusa":
            before = "nusa"
        if (
            i == 0
            or not (there[i][0].isupper() and there[i - 1][0].isupper())
            or before in rules.directions
            or (before == "nusa" and word == "tenggara")
        ):
            continue
        said.setdefault(rules.names.get(before, before), set()).add(direction)
    return said, meant


_ENGLISH = {
    f"{first}{link}{second}{end}": first + second
    for first, second in (
        ("north", ""), ("south", ""), ("east", ""), ("west", ""), ("central", ""),
        ("north", "east"), ("north", "west"), ("south", "east"), ("south", "west"),
    )
    for link in (("", "-") if second else ("",))
    for end in ("", "ern")
}  # fmt: skip


def _directions_of(name: str, answered: list[str]) -> set[str]:
    """The directions that stand right before a name, or before the word before it."""
    found = set()
    for i, word in enumerate(answered):
        if word.removesuffix("'s").removesuffix("’s") != name:
            continue
        for j in (i - 1, i - 2):
            direction = _ENGLISH.get(answered[j]) if j >= 0 else None
            if direction is None:
                continue
            wider = _ENGLISH.get(answered[j - 1], "") if j >= 1 else ""
            if wider in ("north", "south") and direction in ("east", "west"):
                direction = wider + direction
            found.add(direction)
            break
    return found
