"""The map of coverage: how often each country is in the news, drawn as SVG.

The list of countries that stands below it says the same in words, with links for the keyboard:
the drawing itself is hidden from screen readers.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from dwiwarta.interface import ngettext
from dwiwarta.knowledge import LEARNED_DIR
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.model import Summary
from dwiwarta.render.tags import Tagged
from dwiwarta.yamlfile import Strict, load_yaml

# Days before the newest article. "" counts all there are.
PERIODS = {"": 0, "year": 365, "month": 30}
# The most frequent country is of the highest step, each step below has half as many articles as the
# one above, and whatever is in the news at all is of step 1.
STEPS = 5


class Outlines(Strict):
    """``learned/world_map.yml``: made by ``training/make_world_map.py``, 1,000 units wide."""

    height: int
    dots: dict[str, tuple[int, int]]
    shapes: dict[str, str] = Field(min_length=1)


@remembered
def outlines() -> Outlines:
    """The outlines, read once."""
    return load_yaml(LEARNED_DIR / "world_map.yml", Outlines)


@dataclass(frozen=True, slots=True)
class Place:
    """A country on the map. ``steps``: by period, 0 where it is not in the news."""

    code: str
    url: str
    title: str
    steps: Mapping[str, int]
    shape: str
    dot: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class WorldMap:
    """Everything that is drawn. ``quiet``: the outlines of all that is not in the news."""

    height: int
    quiet: str
    places: tuple[Place, ...]


Counts = Mapping[str, Mapping[str, int]]  # by period, then by country


def count_periods(tagged: Sequence[Tagged]) -> Counts:
    """How many articles are about each country in each period; 0 is left out."""
    newest = max((one.about[0].day for one in tagged if one.about), default="")
    found = {}
    for name, days in PERIODS.items():
        since = ""
        if days and newest:
            # The first years of the calendar have no year before them.
            first = max(date.fromisoformat(newest).toordinal() - days, 1)
            since = date.fromordinal(first).isoformat()
        numbers = {one.code: _since(one.about, since) for one in tagged}
        found[name] = {code: number for code, number in numbers.items() if number}
    return found


def _since(newest_first: Sequence[Summary], day: str) -> int:
    return bisect_left(newest_first, True, key=lambda one: one.day < day)


def world_map(tagged: Sequence[Tagged], counts: Counts) -> WorldMap:
    """The map of the countries, with the steps of each period."""
    drawn = outlines()
    steps = {name: _steps(of_country) for name, of_country in counts.items()}
    places = []
    for one in sorted(tagged, key=lambda one: one.code):
        shape, dot = drawn.shapes.get(one.code, ""), drawn.dots.get(one.code)
        if not one.about or not (shape or dot):
            continue
        articles = ngettext("%(num)s article", "%(num)s articles", len(one.about))
        by_period = {name: of[one.code] for name, of in steps.items() if one.code in of}
        title = f"{one.chip.name}: {articles}"
        places.append(Place(one.code, one.url, title, by_period, shape, dot))
    shown = {one.code for one in places}
    quiet = "".join(shape for code, shape in sorted(drawn.shapes.items()) if code not in shown)
    return WorldMap(drawn.height, quiet, tuple(places))


def _steps(counts: Mapping[str, int]) -> dict[str, int]:
    most = max(counts.values(), default=0)
    return {
        code: max(1, STEPS + 1 - (most // number).bit_length()) for code, number in counts.items()
    }
