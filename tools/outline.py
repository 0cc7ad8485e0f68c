"""`python -m tools.outline SHAPES.geojson seeds/AREA/outline.txt`: provinces as the grid of dots that the map draws.

SHAPES is any GeoJSON of polygons (longitude, latitude) with a property that holds each province's code. The dots are
square where the area is: longitudes are shortened by the cosine of the middle latitude.
"""

from __future__ import annotations

import argparse
import json
import math
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]


def rings(geometry: dict[str, Any]) -> list[Ring]:
    """Return all rings of a polygon or several; holes are rings too, and are told by how often a line crosses."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[(float(x), float(y)) for x, y, *_ in ring] for part in parts for ring in part]


def crossings(shape: list[Ring], latitude: float) -> list[float]:
    """Return the longitudes at which a parallel enters and leaves a shape, in order."""
    found = []
    for ring in shape:
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            if (y1 > latitude) != (y2 > latitude):
                found.append(x1 + (latitude - y1) * (x2 - x1) / (y2 - y1))
    return sorted(found)


def grid(shapes: list[list[Ring]], width: int) -> list[list[int]]:
    """Return rows of dots from the north, each the number of its shape from 1, or 0."""
    points = [p for shape in shapes for ring in shape for p in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    step = (east - west) / width
    tall = step * math.cos(math.radians((south + north) / 2))
    rows = []
    for n in range(math.ceil((north - south) / tall)):
        row = [0] * width
        for number, shape in enumerate(shapes, 1):
            edges = crossings(shape, north - (n + 0.5) * tall)
            for enters, leaves in zip(edges[::2], edges[1::2], strict=False):
                first = max(0, math.ceil((enters - west) / step - 0.5))
                last = min(width - 1, math.floor((leaves - west) / step - 0.5))
                row[first : last + 1] = [number] * (last + 1 - first)
        rows.append(row)
    return rows


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("shapes", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--code", default="ISO", help="the property that holds the province's code")
    parser.add_argument("--width", type=int, default=208, help="dots from west to east")
    parser.add_argument("--credit", default="Shapes: Natural Earth (public domain), rasterised; schematic.")
    wanted = parser.parse_args()
    features = json.loads(wanted.shapes.read_text(encoding="utf-8"))["features"]
    features.sort(key=lambda f: f["properties"][wanted.code])
    rows = grid([rings(f["geometry"]) for f in features], wanted.width)
    lines = [f"# {wanted.credit}", "# Made by tools/outline.py: runs of dots*code number, 0 outside, north first."]
    lines += [f"width {wanted.width}", f"height {len(rows)}"]
    lines.append("codes " + " ".join(f["properties"][wanted.code] for f in features))
    for row in rows:
        lines.append("row " + " ".join(f"{len(list(run))}*{number}" for number, run in groupby(row)))
    wanted.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
