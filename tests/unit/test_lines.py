"""Lines over the years: each named at its end, the newest thickest, panels on one scale."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

import altair as alt
import pandas as pd
import pytest

from tests.unit.pictured import Picture, valid
from tightrope.charts import theme
from tightrope.charts.bands import bands
from tightrope.charts.lines import line_panels, lines_by_year
from tightrope.charts.quarters import quarters

pytestmark = pytest.mark.thorough

NAN = math.nan
WIDTHS = [theme.WIDE, theme.NARROW]
LONG = "Supercalifragilisticexpialidocious Holdings of Everywhere, Inc."
PLANS = pd.DataFrame(
    [
        *(
            ("Old plan", 2024 + place, amount, "2024-10")
            for place, amount in enumerate((-1, -4, 9))
        ),
        *(
            ("New plan", 2024 + place, amount, "2026-02")
            for place, amount in enumerate((-2, -9, 8))
        ),
    ],
    columns=["series", "year", "amount", "vintage"],
)
ACCOUNTS = pd.DataFrame(
    [
        (panel, series, year, value * (year - 2024))
        for panel, lines in {
            "The price of waiting": {"no discount": -30.0, "6% a year": -20.0},
            "The shape of the bills": {"even": -30.0, "S-curve, own term": -29.0},
        }.items()
        for series, value in lines.items()
        for year in range(2024, 2028)
    ],
    columns=["panel", "series", "year", "value"],
)
SUMS = pd.DataFrame(
    [
        *(("Put in", "in", 2023 + place, low, 12.0) for place, low in enumerate((1.0, 12.0, 12.0))),
        *(("Gone back", "out", 2023 + place, low, 3 * low) for place, low in enumerate((0, 4, 10))),
    ],
    columns=["series", "direction", "year", "low", "high"],
)
COURSE = pd.DataFrame(
    {
        "day": pd.to_datetime(["2025-06-30", "2025-09-30", "2025-12-31", "2026-03-31"]),
        "inflow": [60.0, 160.0, 170.0, 180.0],
        "direct": [0.35, 100.0, 120.0, 63.0],
        "any_route": [0.35, 100.0, 120.0, 93.0],
    }
)


@cache
def plans(width: int) -> Picture:
    return Picture(lambda size: lines_by_year(PLANS, size), width)


@cache
def panels(width: int) -> Picture:
    return Picture(lambda size: line_panels(ACCOUNTS, size, theme.INTO_OPENAI), width)


@cache
def sums(width: int) -> Picture:
    return Picture(lambda size: bands(SUMS, size), width)


@cache
def course(width: int) -> Picture:
    return Picture(lambda size: quarters(COURSE, size), width)


def layers(chart: Any, kind: str) -> list[dict[str, Any]]:
    """The marks of one kind, as Vega-Lite has them."""
    spec = chart.to_dict(validate=False)
    found: list[dict[str, Any]] = spec.get("layer") or spec["spec"]["layer"]
    return [layer for layer in found if layer["mark"]["type"] == kind]


def rows(chart: alt.LayerChart) -> list[dict[str, Any]]:
    """The data that all layers of a chart share."""
    spec = chart.to_dict(validate=False)
    found: list[dict[str, Any]] = spec["datasets"][spec["data"]["name"]]
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("draw", [plans, panels, sums, course])
def test_a_drawing_is_as_wide_as_asked_and_no_words_collide_or_leave_it(
    draw: Any, width: int
) -> None:
    draw(width).check(width)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_specification_is_valid_vega_lite(width: int) -> None:
    for chart in (
        lines_by_year(PLANS, width),
        line_panels(ACCOUNTS, width),
        bands(SUMS, width),
        quarters(COURSE, width),
    ):
        valid(chart)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_name_is_cut_to_its_room(width: int) -> None:
    named = PLANS.replace("Old plan", LONG)
    Picture(lambda size: lines_by_year(named, size), width).check(width)
    Picture(lambda size: bands(SUMS.replace("Put in", LONG), size), theme.WIDE).check(theme.WIDE)


@pytest.mark.parametrize("width", WIDTHS)
def test_each_line_says_at_its_end_its_name_and_last_amount(width: int) -> None:
    words = plans(width).words
    lines = [word.text for word in sorted(words, key=lambda word: word.y) if word.left > width / 2]
    assert lines[:4] == ["Old plan", "$9\N{NO-BREAK SPACE}bn", "New plan", "$8\N{NO-BREAK SPACE}bn"]
    assert [plans(width).line(name).bold for name in ("New plan", "Old plan")] == [True, False]


def test_the_newest_plan_is_drawn_thickest_and_the_only_one_without_dashes() -> None:
    (line,) = layers(lines_by_year(PLANS, theme.WIDE), "line")
    scales = {
        name: line["encoding"][name]["scale"]["range"] for name in ("strokeWidth", "strokeDash")
    }
    assert scales["strokeWidth"][0] > max(scales["strokeWidth"][1:])
    assert scales["strokeDash"][0] == [1, 0]
    ages = {row["series"]: row["age"] for row in rows(lines_by_year(PLANS, theme.WIDE))}
    assert ages == {"New plan": 0, "Old plan": 1}


def test_what_is_not_known_breaks_a_line_and_a_line_without_any_says_so() -> None:
    table = pd.DataFrame(
        [("A", 2024, 1.0), ("A", 2025, NAN), ("A", 2026, 2.0), ("None", 2024, NAN)],
        columns=["series", "year", "amount"],
    )
    values = [row["value"] for row in rows(lines_by_year(table, theme.WIDE))]
    assert values[:4] == [1.0, None, 2.0, None]
    assert "undisclosed" in Picture(lambda size: lines_by_year(table, size), theme.WIDE).said


def test_lines_take_the_hues_that_are_given() -> None:
    table = PLANS.drop(columns="vintage")
    drawn = Picture(
        lambda size: lines_by_year(table, size, {"Old plan": theme.ROUND_TRIP}), theme.WIDE
    )
    assert theme.ROUND_TRIP in drawn.text
    assert theme.ROUND_TRIP not in plans(theme.WIDE).text


def test_panels_stand_side_by_side_on_a_wide_page_and_below_each_other_on_a_phone() -> None:
    first, second = "The price of waiting", "The shape of the bills"
    wide, narrow = panels(theme.WIDE), panels(theme.NARROW)
    assert wide.line(first).y == wide.line(second).y
    assert narrow.line(first).left == narrow.line(second).left
    assert narrow.line(first).y < narrow.line(second).y


def test_all_panels_have_one_scale() -> None:
    (line,) = layers(line_panels(ACCOUNTS, theme.WIDE), "line")
    assert line["encoding"]["y"]["scale"]["domain"] == [-100, 0]
    assert line["encoding"]["x"]["scale"]["domain"] == [2024, 2027]


def test_a_band_reaches_from_low_to_high_and_is_dashed_where_money_goes_out() -> None:
    chart = bands(SUMS, theme.WIDE)
    (area,) = layers(chart, "area")
    assert [area["encoding"][side]["field"] for side in ("y", "y2")] == ["high", "low"]
    edges = layers(chart, "line")
    assert [edge["encoding"]["y"]["field"] for edge in edges] == ["high", "low"]
    assert edges[0]["encoding"]["strokeDash"]["scale"] == {
        "type": "ordinal",
        "domain": ["Put in", "Gone back"],
        "range": [[1, 0], [7, 3]],
    }


def test_a_band_is_named_with_its_last_range_at_its_end_and_on_a_phone_above() -> None:
    at_end = sums(theme.WIDE).line("$10–30\N{NO-BREAK SPACE}bn")
    assert at_end.left > sums(theme.WIDE).line("2025").left
    assert "Gone back: $10–30\N{NO-BREAK SPACE}bn" in sums(theme.NARROW).said


@pytest.mark.parametrize("width", WIDTHS)
def test_quarters_name_the_peak_and_the_end(width: int) -> None:
    """120 of 170 is 71%, 93 of 180 is 52%."""
    said = course(width).said
    assert {
        "71% can return",
        "52% can return",
        "$93\N{NO-BREAK SPACE}bn of $180\N{NO-BREAK SPACE}bn",
    } <= set(said)


def test_a_column_is_all_that_came_in_and_in_it_what_can_return() -> None:
    """The last: 63 straight back, 30 by a third party, 87 without a way back."""
    last = [area for area in course(theme.WIDE).areas if area.left > 550]
    heights = {(area.fill, area.opacity): area.height for area in last}
    unit = sum(heights.values()) / 180
    assert heights[theme.ROUND_TRIP, 1.0] == pytest.approx(63 * unit, abs=0.1)
    assert heights[theme.ROUND_TRIP, theme.BINDING_OPACITY] == pytest.approx(30 * unit, abs=0.1)
    assert heights[theme.INTO_OPENAI, 1.0] == pytest.approx(87 * unit, abs=0.1)


def test_a_year_is_named_where_it_begins() -> None:
    names = [text for text in course(theme.WIDE).said if re.fullmatch(r"20\d\d", text)]
    assert names == ["2025", "2026"]
