"""Draws a map of coasts: `python -m quizsite.maps NAME LAND.json`, LAND.json being TopoJSON.

It reads the land of Natural Earth as the npm package `world-atlas` ships it (`land-10m.json`),
and writes the map of that name beside the question type that shows it. No borders and no names
are drawn.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from quizsite.maps.drawing import MAPS, drawn, fitted
from quizsite.maps.topology import rings

_FOLDER = Path(__file__).parents[2] / "courses/assessment/domain/types/hotspot"
_MOST_BYTES = 30_000


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 2 or arguments[0] not in MAPS:
        sys.stderr.write(f"{__doc__}\nMaps: {', '.join(MAPS)}\n")
        return 2
    name, source = arguments
    plan = MAPS[name]
    sheet = fitted(plan)
    land = rings(json.loads(Path(source).read_text(encoding="utf-8")), "land")
    data = {
        "origin": plan.projection.origin,
        "parallels": plan.projection.parallels,
        "width": sheet.width,
        "height": sheet.height,
        "scale": round(sheet.scale, 3),
        "left": round(sheet.left, 3),
        "top": round(sheet.top, 3),
        "land": drawn(sheet, land, detail=plan.detail),
    }
    text = json.dumps(data, indent=1) + "\n"
    if len(text) > _MOST_BYTES:
        sys.stderr.write(f"{len(text)} bytes are too many for a page; draw with less detail.\n")
        return 1
    (_FOLDER / f"{name}.json").write_text(text, encoding="ascii")
    sys.stdout.write(f"{name}: {sheet.width} x {sheet.height} units, {len(text)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
