"""The drawn maps: where the land lies on a sheet, and where a longitude and latitude fall on it."""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, log, pi, radians, sin, tan
from pathlib import Path

from courses.assessment.domain.messages import Message, gettext_noop

_FOLDER = Path(__file__).parent / "types" / "hotspot"
TITLES = {
    "northeast-asia": Message(gettext_noop("Japan and its neighbours")),
    "southern-kurils": Message(gettext_noop("Eastern Hokkaido and the islands north-east of it")),
}


@dataclass(frozen=True, slots=True)
class Conic:
    """Lambert's conformal conic projection of a sphere of radius 1, with two true parallels.

    Formulas 14-1 to 15-3 of J. P. Snyder, Map Projections: A Working Manual (1987). Degrees
    in, radii out: x to the east, y to the north of `origin` (longitude, latitude).
    """

    origin: tuple[float, float]
    parallels: tuple[float, float]

    def xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        first, second = map(radians, self.parallels)
        cone = log(cos(first) / cos(second)) / log(_half(second) / _half(first))
        size = cos(first) * _half(first) ** cone / cone
        radius = size / _half(radians(latitude)) ** cone
        angle = cone * radians((longitude - self.origin[0] + 180) % 360 - 180)
        level = size / _half(radians(self.origin[1])) ** cone
        return radius * sin(angle), level - radius * cos(angle)


def _half(latitude: float) -> float:
    return tan(pi / 4 + latitude / 2)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawn map: `width` x `height` units, y downwards, `scale` units to the earth's radius.

    The origin of the projection lies at (`left`, `top`). `land` is an SVG path.
    """

    projection: Conic
    width: int
    height: int
    scale: float
    left: float
    top: float
    land: str = ""

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where on the sheet, or off it, the point lies, in units."""
        x, y = self.projection.xy(longitude, latitude)
        return self.left + self.scale * x, self.top - self.scale * y

    def holds(self, x: float, y: float, *, margin: float) -> bool:
        """Say whether (x, y) lies at least `margin` units inside the edge."""
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin


def map_names() -> list[str]:
    """Return the names of all drawn maps."""
    return list(TITLES)


@cache
def sheet(name: str) -> Sheet:
    """Return the map of this name. Raises KeyError for one that nobody drew."""
    if name not in TITLES:
        raise KeyError(name)
    drawn = json.loads((_FOLDER / f"{name}.json").read_text(encoding="ascii"))
    return Sheet(
        projection=Conic(tuple(drawn["origin"]), tuple(drawn["parallels"])),
        width=drawn["width"],
        height=drawn["height"],
        scale=drawn["scale"],
        left=drawn["left"],
        top=drawn["top"],
        land=drawn["land"],
    )


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far two points of a sheet lie apart, in units."""
    return hypot(one[0] - other[0], one[1] - other[1])
