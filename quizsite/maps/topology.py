"""Reads the polygons of a TopoJSON file: every ring as points of longitude and latitude."""

from collections.abc import Iterator
from typing import Any

Point = tuple[float, float]
Ring = list[Point]


def rings(topology: dict[str, Any], name: str) -> list[Ring]:
    """Return all rings, outer and inner, of the object of this name, in degrees."""
    arcs = [_decoded(topology, arc) for arc in topology["arcs"]]
    return [_joined(arcs, ring) for ring in _rings_of(topology["objects"][name])]


def _decoded(topology: dict[str, Any], arc: list[list[int]]) -> Ring:
    """Return an arc, stored as whole steps from point to point, in degrees."""
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"][key] for key in ("scale", "translate")
    )
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points


def _rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _rings_of(part)
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]


def _joined(arcs: list[Ring], ring: list[int]) -> Ring:
    """Return the ring's arcs end to end; `~i` stands for arc `i` backwards."""
    points: Ring = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points[:-1] if points[:1] == points[-1:] else points
