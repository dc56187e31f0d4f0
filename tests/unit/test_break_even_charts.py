"""Break-even lanes, and boxes of who is in default in which year."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.break_even import break_even, percent
from tightrope.charts.defaults import defaults

LANES = pd.DataFrame(
    {
        "party": ["CoreWeave", "CoreWeave", "Microsoft"],
        "base": ["is due $5 bn", "is due $5 bn", "is due $50 bn"],
        "reading": ["lenders and landlords", "and machines", "lenders and landlords"],
        "low": [0.0, 13.0, 0.0],
        "high": [56.0, 145.0, 0.0],
        "note": ["up to $2.8 bn", "$0.6–7.3 bn", "$0"],
    }
)
BOXES = pd.DataFrame(
    [
        ("CoreWeave", "and machines", ratio, year, state)
        for ratio, state in ((1.0, "no"), (0.6, "one"), (0.2, "both"))
        for year in (2027, 2028)
    ],
    columns=["party", "reading", "pay_ratio", "year", "state"],
)
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])


def drawn(chart: Any) -> str:
    return json.dumps(chart.to_dict(), ensure_ascii=False)


@WIDTHS
def test_lanes_are_as_wide_as_asked_and_say_their_dollars(width: int) -> None:
    chart = break_even(LANES, width)
    assert chart.to_dict()["width"] == width
    assert all(note in drawn(chart) for note in LANES.note)


ARROW = "M3,-6L12,0L3,6Z"


def arrows(table: pd.DataFrame, width: int) -> list[float]:
    """Where the arrows at the end of lanes end, from the left."""
    spec = break_even(table, width).to_dict()
    layers = [layer for layer in spec["layer"] if layer["mark"].get("shape") == ARROW]
    return [row["x"] + 12 for layer in layers for row in layer["data"]["values"]]


@WIDTHS
def test_what_not_even_full_payment_mends_ends_in_an_arrow_inside_the_drawing(width: int) -> None:
    ends = arrows(LANES, width)
    # One lane of the three needs more than everything.
    assert len(ends) == 1
    assert 0 < ends[0] <= width
    assert arrows(LANES.assign(high=LANES.high.clip(upper=100)), width) == []


@WIDTHS
def test_keys_name_only_what_occurs(width: int) -> None:
    lanes = drawn(break_even(LANES.assign(low=0.0), width))
    assert "cannot pay all its bills" not in lanes
    assert "cannot, at the strict end" in lanes
    boxes = drawn(defaults(BOXES[BOXES.state.ne("both")], width))
    assert "cannot pay all" not in boxes
    assert "pays all" in boxes


@WIDTHS
def test_boxes_have_the_first_and_the_last_year_above_them(width: int) -> None:
    chart = drawn(defaults(BOXES, width))
    assert chart.count("’27") == chart.count("’28") == 3


def test_shares_are_written_as_ranges() -> None:
    assert percent(0, 0) == "0%"
    assert percent(0, 25.4) == "up to 25%"
    assert percent(13, 145) == "13–145%"
    assert percent(40, float("inf")) == "at least 40%"


@WIDTHS
def test_every_year_has_a_box_for_every_share(width: int) -> None:
    chart = defaults(BOXES, width)
    assert chart.to_dict()["width"] == width
    tips = [
        f"CoreWeave, and machines, OpenAI pays {ratio}, {year}: {state}"
        for ratio, state in (
            ("100%", "pays all"),
            ("60%", "cannot, on the harshest reading"),
            ("20%", "cannot pay all"),
        )
        for year in (2027, 2028)
    ]
    assert all(tip in drawn(chart) for tip in tips)


def test_a_state_must_be_known() -> None:
    with pytest.raises(ValueError, match="a state is one of no, one, both, not maybe"):
        defaults(BOXES.assign(state="maybe"), theme.WIDE)
