"""Draw the outlines of countries for the map of coverage: ``knowledge/learned/world_map.yml``.

    python training/make_world_map.py countries-50m.json

Reads the TopoJSON of the npm package ``world-atlas`` (2.0.2, ISC; the data are Natural Earth's,
public domain). What crosses the 180th meridian is cut there. Borders are simplified as the arcs
that two countries share, so that no gap opens between them. The projection is Equal Earth (Šavrič,
Patterson, Jenny 2018): areas are true, as a map that is coloured by counts needs.
"""

import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import yaml
from babel.core import get_global

from dwiwarta.knowledge.taxonomy import countries

OUT = Path(__file__).parents[1] / "scripts/dwiwarta/knowledge/learned/world_map.yml"

WIDTH = 1000  # units of the drawing
TOLERANCE = 0.9  # units; a map on a page is about 1,000 pixels wide
SMALLEST_RING = 2.5  # square units; smaller islands are left out, except a country's largest
SMALL = 30.0  # square units; a country whose largest ring is smaller gets a dot to point at
# Natural Earth has no shape of Tuvalu at this scale, and no ISO number for Kosovo.
ABSENT = {"TV": (179.2, -8.5)}
NAMED = {"Kosovo": "XK"}
LEFT_OUT = {"Antarctica"}

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2

Point = tuple[float, float]


def equal_earth(longitude: float, latitude: float) -> Point:
    """Units of the drawing, y downwards, the origin on the equator at 180° west."""
    theta = math.asin(M * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    x = (
        math.radians(longitude)
        * math.cos(theta)
        / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    )
    y = theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
    scale = WIDTH / (2 * math.pi / (M * A1))
    return WIDTH / 2 + x * scale, -y * scale


def simplify(places: Sequence[Point]) -> list[Point]:
    """Douglas and Peucker (1973): no place left out is further than ``TOLERANCE`` from the line."""
    line = [equal_earth(*place) for place in places]
    ends = [0, len(line) - 1]
    if places[0] == places[-1]:  # an island: what is left of it has a face, however small it is
        ends[1:1] = [len(line) // 3, 2 * len(line) // 3]
    keep = set(ends)
    waiting = list(pairwise(ends))
    while waiting:
        first, last = waiting.pop()
        far, at = 0.0, 0
        for index in range(first + 1, last):
            distance = _distance(line[index], line[first], line[last])
            if distance > far:
                far, at = distance, index
        if far > TOLERANCE:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [places[index] for index in sorted(keep)]


def _distance(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = (
        0.0
        if not length
        else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    )
    return math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def cut(ring: Sequence[Point]) -> Iterator[list[Point]]:
    """The parts of a ring on the sheet: what is east of 180° comes back in the west.

    After Sutherland and Hodgman (1974).
    """
    for turn in (-360, 0, 360):
        part = [(longitude + turn, latitude) for longitude, latitude in ring]
        for edge, side in ((180, 1), (-180, -1)):
            part = list(_on_this_side(part, edge, side))
        if len(part) > 2:
            yield part


def _on_this_side(ring: Sequence[Point], edge: float, side: int) -> Iterator[Point]:
    for a, b in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        inside_a, inside_b = side * a[0] <= side * edge, side * b[0] <= side * edge
        if inside_a != inside_b:
            yield edge, a[1] + (b[1] - a[1]) * (edge - a[0]) / (b[0] - a[0])
        if inside_b:
            yield b


def area(ring: Sequence[Point]) -> float:
    """Square units."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def path(rings: Sequence[Sequence[Point]], top: float) -> str:
    """An SVG path in whole units, relative from point to point."""
    out = []
    for ring in rings:
        whole = [(round(x), round(y - top)) for x, y in ring]
        at = whole[0]
        steps = []
        for x, y in whole[1:]:
            if (x, y) != at:
                steps.append(f"{x - at[0]} {y - at[1]}")
                at = (x, y)
        if steps and at == whole[0]:
            steps.pop()  # "z" closes the ring
        if len(steps) > 1:
            out.append(f"M{whole[0][0]} {whole[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(out)


def main(atlas: Path) -> None:
    """Write the map."""
    topology = json.loads(atlas.read_text("utf-8"))
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [simplify(list(_decoded(arc, scale, move))) for arc in topology["arcs"]]
    codes = dict(_numbers())
    known = set(countries().countries)
    rings_of: dict[str, list[list[Point]]] = {}
    for one in topology["objects"]["countries"]["geometries"]:
        name = one["properties"]["name"]
        if name in LEFT_OUT or "arcs" not in one:
            continue
        code = NAMED.get(name) or codes.get(one.get("id", ""), "")
        polygons = [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]
        whole = [_ring(ring, arcs) for polygon in polygons for ring in polygon]
        rings = [[equal_earth(*place) for place in part] for ring in whole for part in cut(ring)]
        rings_of.setdefault(code if code in known else "", []).extend(rings)
    top = min(y for rings in rings_of.values() for ring in rings for _, y in ring)
    low = max(y for rings in rings_of.values() for ring in rings for _, y in ring)
    shapes, dots = {}, {}
    for code, rings in sorted(rings_of.items()):
        largest = max(rings, key=area)
        shown = [
            ring for ring in rings if area(ring) >= SMALLEST_RING or (code and ring is largest)
        ]
        shapes[code or "other"] = path(shown, top)
        if code and area(largest) < SMALL:
            xs, ys = zip(*largest, strict=True)
            dots[code] = [round((min(xs) + max(xs)) / 2), round((min(ys) + max(ys)) / 2 - top)]
    for code, place in ABSENT.items():
        x, y = equal_earth(*place)
        dots[code] = [round(x), round(y - top)]
    missing = known - set(shapes) - set(dots)
    if missing:
        raise SystemExit(f"neither a shape nor a dot: {sorted(missing)}")
    shapes = {code: shape for code, shape in shapes.items() if shape}
    head = "# Outlines of countries, made by training/make_world_map.py; do not edit.\n"
    text = yaml.safe_dump(
        {"height": math.ceil(low - top), "dots": dots, "shapes": shapes}, width=100, sort_keys=True
    )
    OUT.write_text(head + text, "utf-8")
    print(f"{OUT}: {len(shapes)} shapes, {len(dots)} dots, {len(text.encode())} bytes")


def _decoded(arc: list[list[int]], scale: list[float], move: list[float]) -> Iterator[Point]:
    """Degrees; beyond 180 where the arc crosses that meridian."""
    x = y = 0
    before = None
    for dx, dy in arc:
        x, y = x + dx, y + dy
        longitude = _near(x * scale[0] + move[0], before)
        yield longitude, y * scale[1] + move[1]
        before = longitude


def _near(longitude: float, before: float | None) -> float:
    return longitude if before is None else longitude - 360 * round((longitude - before) / 360)


def _ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        turn = _near(arc[0][0], ring[-1][0]) - arc[0][0] if ring else 0
        ring += [(longitude + turn, latitude) for longitude, latitude in arc[1 if ring else 0 :]]
    return ring


def _numbers() -> Iterator[tuple[str, str]]:
    """ISO 3166-1 numbers of three digits with their codes of two letters."""
    for number, codes in get_global("territory_aliases").items():
        if number.isdigit() and len(codes) == 1 and len(codes[0]) == 2:
            yield number, codes[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
