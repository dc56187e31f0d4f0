"""What stands on a chart: its marks with their places, and the room that its words take."""

from __future__ import annotations

from typing import Any

import altair as alt

from tightrope.charts import marks
from tightrope.charts.marks import Drawing


def drawn(chart: Drawing, kind: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Every mark of a kind as its style and its place."""
    spec = chart.to_dict()
    return [
        (layer["mark"], row)
        for layer in spec["layer"]
        if layer["mark"]["type"] == kind
        for row in layer["data"]["values"]
    ]


def boxes(chart: Drawing) -> list[tuple[str, float, float, float]]:
    """Every text with its left and right end and its height."""
    found = []
    for mark, row in drawn(chart, "text"):
        wide = marks.text_width(row["text"], mark["fontSize"], mark["fontWeight"] == "bold")
        left = row["x"] - {"left": 0.0, "center": 0.5, "right": 1.0}[mark["align"]] * wide
        found.append((row["text"], left, left + wide, row["y"]))
    return found


def check(chart: Drawing) -> None:
    """Raises `SchemaValidationError` if the drawing is no valid Vega-Lite."""
    alt.LayerChart.validate(chart.to_dict())
