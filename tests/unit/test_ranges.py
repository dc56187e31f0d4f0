"""Ranges side by side: their order, their words, and what the pointer says."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope.charts.ranges import ranges

TABLE = pd.DataFrame(
    [
        ("Revenue", "", "First", "", 20.0, 40.0, 90.0, "in"),
        ("Missing", "by chance", "First", "it comes", 0.0, 10.0, 30.0, "out"),
        ("Missing", "by chance", "First", "never", 5.0, 12.0, 44.0, "out"),
    ],
    columns=["heading", "note", "name", "lane", "low", "middle", "high", "direction"],
)


def words(width: int) -> str:
    return str(ranges(TABLE, width)._repr_svg_())


@pytest.mark.parametrize("width", [720, 330])
def test_headings_names_and_lanes_stand_in_the_order_of_the_table(width: int) -> None:
    drawn = words(width)
    places = [drawn.index(said) for said in ("Revenue", "Missing", "it comes", "never")]
    assert places == sorted(places)
    assert drawn.count("First") >= 2


def test_a_range_is_written_after_its_bar_and_its_middle_is_said_by_the_pointer() -> None:
    drawn = str(ranges(TABLE, 720).to_dict()).replace("\\xa0", " ")
    for said in ("$20–90 bn", "$5–44 bn", "First, never: middle $12 bn", "First: middle $40 bn"):
        assert said in drawn
