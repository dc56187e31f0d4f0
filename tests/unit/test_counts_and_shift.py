"""Counted things, and sums that moved between two days."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.counts import counts
from tightrope.charts.marks import Drawing
from tightrope.charts.shift import shift


def layers(chart: Drawing, kind: str) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    return [
        row
        for layer in spec["layer"]
        if layer["mark"]["type"] == kind
        for row in layer["data"]["values"]
    ]


def moves(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["label", "change", "before", "after"])
    return table.assign(direction="in")


def test_bars_are_as_long_as_their_numbers() -> None:
    table = pd.DataFrame({"label": ["both", "one"], "count": [8, 2]})
    bars = layers(counts(table, theme.WIDE, "legs"), "rect")
    lengths = [bar["x2"] - bar["x"] for bar in bars]
    assert lengths[0] + 1 == pytest.approx(4 * (lengths[1] + 1), abs=0.1)  # less a pixel of border


def test_nothing_counted_is_a_number_without_a_bar() -> None:
    table = pd.DataFrame({"label": ["both", "one"], "count": [3, 0]})
    chart = counts(table, theme.WIDE, "legs")
    assert len(layers(chart, "rect")) == 1
    assert "0" in {row["text"] for row in layers(chart, "text")}


def test_a_move_says_where_from_and_where_to() -> None:
    table = moves(("letter", "replaced", 100.0, 0.0), ("round", "new", 0.0, 30.0))
    words = {row["text"] for row in layers(shift(table, theme.WIDE), "text")}
    assert {"$100\N{NO-BREAK SPACE}bn → nothing", "$30\N{NO-BREAK SPACE}bn"} <= words


def test_moves_stand_under_the_word_for_what_became_of_them() -> None:
    table = moves(("a", "new", 0.0, 1.0), ("b", "new", 0.0, 2.0), ("c", "grown", 1.0, 2.0))
    words = [row["text"] for row in layers(shift(table, theme.NARROW), "text")]
    assert words.count("New") == 1
    assert words.count("Grown") == 1
