"""From rings of longitude and latitude to one SVG path: projected, clipped and made simpler."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from courses.assessment.domain.maps import Conic, Sheet
from quizsite.maps.topology import Point, Ring

# Coasts run on beyond the edge of the sheet, so that no line is drawn along it.
_BEYOND = 20.0
# Natural Earth is cut at 180 degrees; nothing on our maps lies near this box's edge.
_REGION = (95.0, 10.0, 179.9, 80.0)


@dataclass(frozen=True, slots=True)
class Plan:
    """A map to be drawn: which degrees it shows (west, south, east, north), in how many units.

    West and east count along the latitude at the middle; the sheet is a rectangle. `detail`
    is the area of the smallest triangle that a bend of the coast may make, in square units.
    """

    projection: Conic
    degrees: tuple[float, float, float, float]
    width: int
    detail: float


MAPS = {
    "northeast-asia": Plan(
        projection=Conic(origin=(141.0, 45.0), parallels=(36.0, 54.0)),
        degrees=(118.5, 29.5, 163.5, 60.0),
        width=1000,
        detail=3.0,
    ),
    "southern-kurils": Plan(
        projection=Conic(origin=(146.0, 44.0), parallels=(43.0, 45.5)),
        degrees=(143.6, 42.6, 149.4, 46.0),
        width=1000,
        detail=4.0,
    ),
}


def fitted(plan: Plan) -> Sheet:
    """Return the empty sheet that shows what the plan says."""
    west, south, east, north = plan.degrees
    middle = (south + north) / 2
    left, right = (plan.projection.xy(longitude, middle)[0] for longitude in (west, east))
    centre = plan.projection.origin[0]
    bottom, top = (plan.projection.xy(centre, latitude)[1] for latitude in (south, north))
    scale = plan.width / (right - left)
    height = round(scale * (top - bottom))
    return Sheet(plan.projection, plan.width, height, scale, -left * scale, top * scale)


def drawn(sheet: Sheet, rings: list[Ring], *, detail: float) -> str:
    """Return the land on the sheet as an SVG path in whole units, relative within each ring."""
    frame = (-_BEYOND, -_BEYOND, sheet.width + _BEYOND, sheet.height + _BEYOND)
    paths = []
    for ring in rings:
        near = clipped(ring, _REGION)
        placed = clipped([sheet.place(*point) for point in near], frame)
        path = _path(simpler(placed, detail))
        if path:
            paths.append(path)
    return "".join(paths)


def clipped(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """Return the part of a polygon inside a box (Sutherland and Hodgman 1974)."""
    west, south, east, north = box
    for axis, limit, sign in ((0, west, 1), (1, south, 1), (0, east, -1), (1, north, -1)):
        ring = list(_inside(ring, axis, lambda value, to=limit, by=sign: by * (value - to)))  # type: ignore[misc]
    return ring


def _inside(ring: Ring, axis: int, depth: Callable[[float], float]) -> Iterator[Point]:
    for last, point in pairwise([*ring[-1:], *ring]):
        before, now = depth(last[axis]), depth(point[axis])
        if (before < 0) != (now < 0):
            share = before / (before - now)
            yield (
                last[0] + share * (point[0] - last[0]),
                last[1] + share * (point[1] - last[1]),
            )
        if now >= 0:
            yield point


def simpler(ring: Ring, detail: float) -> Ring:
    """Return the ring without its least bends (Visvalingam and Whyatt 1993).

    Again and again the point that makes the smallest triangle with its neighbours goes, until
    none is smaller than `detail`. At least four points stay, so that small islands do.
    """
    count = len(ring)
    before, after = [(i - 1) % count for i in range(count)], [(i + 1) % count for i in range(count)]
    gone = [False] * count

    def area(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = ring[before[i]], ring[i], ring[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    waiting = [(area(i), i) for i in range(count)]
    heapq.heapify(waiting)
    left = count
    while waiting and left > 4:
        size, i = heapq.heappop(waiting)
        if gone[i] or size != area(i):
            continue
        if size >= detail:
            break
        gone[i] = True
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for neighbour in (before[i], after[i]):
            heapq.heappush(waiting, (area(neighbour), neighbour))
    return [point for point, dropped in zip(ring, gone, strict=True) if not dropped]


def _path(ring: Ring) -> str:
    """Return a closed ring as SVG, or "" for what is less than a speck of four square units."""
    points = [(round(x), round(y)) for x, y in ring]
    points = [point for last, point in pairwise([*points[-1:], *points]) if point != last]
    if len(points) < 3 or _area(points) < 4:
        return ""
    steps = " ".join(
        # A minus sign parts two numbers as well as a space does.
        f"{x - last_x} {y - last_y}".replace(" -", "-")
        for (last_x, last_y), (x, y) in pairwise(points)
    )
    return f"M{points[0][0]} {points[0][1]}l{steps.replace(' -', '-')}z"


def _area(points: list[tuple[int, int]]) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*points, points[0]]))) / 2
