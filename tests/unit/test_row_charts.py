"""What each chart in rows draws where: the statement of the picture, value by value."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.assumptions import assumptions
from tightrope.charts.break_even import break_even
from tightrope.charts.defaults import defaults
from tightrope.charts.grouped import grouped_bars
from tightrope.charts.instruments import instruments
from tightrope.charts.marks import RUNGS, Drawing, Fill
from tightrope.charts.scores import scores
from tightrope.charts.shift import shift
from tightrope.charts.sums import dumbbell
from tightrope.charts.two_sided import two_sided

from .drawings import boxes, drawn

NAN = math.nan
BN = "\N{NO-BREAK SPACE}bn"
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])


def bars(found: Drawing, part: str = "") -> list[tuple[float, float, float]]:
    """Where bars begin and end, and how dense they are; of those whose tip has the part."""
    return [
        (place["x"] - 0.5, place["x2"] + 0.5, mark["fillOpacity"])
        for mark, place in drawn(found, "rect")
        if "tip" in place and part in place["tip"]
    ]


def signs(found: Drawing) -> list[tuple[float, str]]:
    """Where signs stand, and what they are filled with."""
    return [(p["x"], mark["fill"]) for mark, p in drawn(found, "point") if "tip" in p]


def share(value: float, first: float, last: float) -> float:
    return (value - first) / (last - first)


def test_bars_of_groups_share_one_zero_and_one_scale() -> None:
    table = pd.DataFrame(
        {"group": ["2024", "2024", "2025"], "series": ["in", "out", "in"], "amount": [2, 1, 4.0]}
    )
    found = grouped_bars(table, theme.WIDE, {"in": "#000", "out": Fill("#111")})
    two, one, four = (bars(found, tip)[0] for tip in ("2024, in", "2024, out", "2025, in"))
    assert two[0] == one[0] == four[0]
    lengths = [end - start for start, end, _ in (two, one, four)]
    assert lengths == pytest.approx([lengths[1] * 2, lengths[1], lengths[1] * 4], abs=0.1)


def test_an_amount_that_is_missing_is_said_and_has_no_bar() -> None:
    table = pd.DataFrame({"group": ["2024"] * 2, "series": ["a", "b"], "amount": [NAN, 1.0]})
    found = grouped_bars(table, theme.NARROW, {"a": "#000", "b": "#111"})
    assert len(bars(found)) == 1
    assert "undisclosed" in {text for text, *_ in boxes(found)}


@WIDTHS
def test_a_sum_has_its_dot_at_its_value_and_its_bar_from_low_to_high(width: int) -> None:
    table = pd.DataFrame(
        [("A", 30.0, 20.0, 40.0), ("B", 10.0, NAN, NAN)], columns=["label", "value", "low", "high"]
    )
    found = dumbbell(table, width)
    ((start, end, _),) = bars(found)
    (first, _), (second, _) = signs(found)
    # Twenty to forty: the dot of thirty is in the middle, that of ten a half of it before.
    assert first == pytest.approx((start + end) / 2, abs=0.02)
    assert second == pytest.approx(start - (end - start) / 2, abs=0.02)
    assert f"$30{BN} ($20–40{BN})" in {text for text, *_ in boxes(found)}


def test_under_each_heading_sums_stand_largest_first() -> None:
    rows = [("small in", 1.0, "In"), ("small out", 2.0, "Out"), ("large out", 3.0, "Out")]
    table = pd.DataFrame(rows, columns=["label", "value", "heading"]).assign(low=NAN, high=NAN)
    places = {text: y for text, _, _, y in boxes(dumbbell(table, theme.WIDE))}
    names = ["In", "small in", "Out", "large out", "small out"]
    assert sorted(names, key=lambda name: places[name]) == names


def test_below_zero_a_sum_stands_left_of_the_line() -> None:
    table = pd.DataFrame(
        [("A", 10.0, NAN, NAN), ("B", -5.0, NAN, NAN)], columns=["label", "value", "low", "high"]
    )
    found = dumbbell(table, theme.WIDE)
    (line, *_) = [p["x"] for mark, p in drawn(found, "line") if mark["strokeOpacity"] == 0.6]
    (more, _), (less, _) = signs(found)
    assert more - line == pytest.approx(2 * (line - less), abs=0.02)


@WIDTHS
def test_an_arrow_leads_from_the_hollow_dot_before_to_the_solid_one_after(width: int) -> None:
    table = pd.DataFrame(
        [("A", "new", "in", 0.0, 40.0), ("B", "shrunk", "out", 30.0, 10.0)],
        columns=["label", "change", "direction", "before", "after"],
    )
    found = shift(table, width)
    places = {
        (mark["fill"] != "none", p["tip"][0]): p["x"]
        for mark, p in drawn(found, "point")
        if "tip" in p and not mark["shape"].startswith("M0,0L")
    }
    zero, full = places[False, "A"], places[True, "A"]
    assert share(places[False, "B"], zero, full) == pytest.approx(0.75, abs=0.001)
    assert share(places[True, "B"], zero, full) == pytest.approx(0.25, abs=0.001)
    heads = [p["x"] for mark, p in drawn(found, "point") if mark["shape"].startswith("M0,0L-8")]
    assert heads == [pytest.approx(full - 5, abs=0.01)]


def test_where_a_sum_hardly_moved_there_is_no_arrow() -> None:
    table = pd.DataFrame(
        [("A", "new", "in", 0.0, 400.0), ("B", "grown", "in", 10.0, 10.5)],
        columns=["label", "change", "direction", "before", "after"],
    )
    assert len(bars(shift(table, theme.WIDE))) == 1


def test_a_share_and_a_score_stand_on_one_scale_from_nothing_to_all() -> None:
    table = pd.DataFrame(
        [("A", 0.0, 0.5, 1.0, 1.0)],
        columns=["label", "share_low", "share_high", "score_low", "score_high"],
    )
    found = scores(table, ("share", "score"), theme.WIDE)
    low, high, score = (x for x, _ in signs(found))
    assert share(high, low, score) == pytest.approx(0.5, abs=0.001)
    assert [(start, end) for start, end, _ in bars(found)] == [pytest.approx((low, high), abs=0.1)]


def test_an_assumption_reaches_from_its_least_to_its_most_and_has_a_dot_for_each_setting() -> None:
    table = pd.DataFrame(
        [("G", "base", 100.0, 150.0, 200.0, "half", True), ("G", "other", 0, 50.0, 100, "", False)],
        columns=["group", "setting", "low", "value", "high", "share", "base"],
    )
    found = assumptions(table, theme.WIDE)
    ((start, end, _),) = bars(found)
    ((low, hollow), (middle, filled)) = signs(found)
    assert low == pytest.approx(start + (end - start) / 4, abs=0.02)
    assert middle == pytest.approx(start + 3 * (end - start) / 4, abs=0.02)
    assert (filled, hollow) == (theme.ROUND_TRIP, "none")


def test_the_assumption_whose_middles_lie_farthest_apart_stands_first() -> None:
    table = pd.DataFrame(
        [
            (group, setting, value, value, value, "", setting == "base")
            for group, other in (("near", 110.0), ("far", 190.0))
            for setting, value in (("base", 100.0), ("other", other))
        ],
        columns=["group", "setting", "low", "value", "high", "share", "base"],
    )
    texts = [text for text, *_ in boxes(assumptions(table, theme.WIDE)) if text in ("near", "far")]
    assert texts == ["far", "near"]


@WIDTHS
def test_what_surely_is_not_enough_is_solid_and_lighter_up_to_the_strict_end(width: int) -> None:
    lane = {"party": "P", "base": "", "reading": "R", "low": 20.0, "high": 60.0, "note": "n"}
    found = break_even(pd.DataFrame([lane]), width)
    (sure, strict) = bars(found)
    assert strict[0] == pytest.approx(sure[1], abs=0.02)
    assert strict[1] - sure[0] == pytest.approx(3 * (sure[1] - sure[0]), abs=0.05)
    assert sure[2] > strict[2]


@WIDTHS
def test_a_box_stands_in_its_year_below_its_share(width: int) -> None:
    rows = [
        ("P", "R", ratio, year, "both" if (ratio, year) == (0.5, 2028) else "no")
        for ratio in (1.0, 0.5)
        for year in (2027, 2028)
    ]
    columns = ["party", "reading", "pay_ratio", "year", "state"]
    found = defaults(pd.DataFrame(rows, columns=columns), width)
    ((start, _, _),) = bars(found)
    first = {text: left for text, left, *_ in boxes(found)}["50%"]
    frames = sorted({p["x"] for _, p in drawn(found, "line") if "tip" in p})
    assert any(abs(x - first) < 0.02 for x in frames)
    # Two years and a year of room a share: the second share is three units from the first.
    unit = (first - frames[0]) / 3
    assert start == pytest.approx(first + unit, abs=0.6)


def webs() -> pd.DataFrame:
    part = dict.fromkeys(RUNGS, 0.0)
    common = {"instrument": "loans", "direction": "borrowed", "low": 0.0, "words": "w"}
    return pd.DataFrame(
        [
            common | part | {"web": "then", "paid": 10.0, "high": NAN, "detail": "of a firm"},
            common | part | {"web": "now", "binding": 5.0, "high": 20.0, "detail": ""},
        ]
    )


@WIDTHS
def test_a_web_s_bar_is_paid_then_binding_then_dashed_to_its_highest(width: int) -> None:
    found = instruments(webs(), width, ["then", "now"])
    ((start, end, _),) = bars(found, "then")
    signed, open_ = bars(found, "now")
    assert signed[1] - signed[0] == pytest.approx((end - start) / 2, abs=0.1)
    assert open_[1] - signed[0] == pytest.approx(2 * (end - start), abs=1.1)
    assert open_[2] < signed[2]
    assert "of a firm" in {text for text, *_ in boxes(found)}


@WIDTHS
def test_the_round_trip_ends_where_the_smaller_side_does(width: int) -> None:
    table = pd.DataFrame([("P", 50.0, 200.0)], columns=["party", "paid_in", "paid_out"])
    found = two_sided(table, width)
    ends: dict[str, Any] = {
        mark["fill"]: (p["x"] - 0.5, p["x2"] + 0.5)
        for mark, p in drawn(found, "rect")
        if "tip" in p
    }
    came, back = ends[theme.INTO_OPENAI], ends[theme.ROUND_TRIP]
    assert back[0] == pytest.approx(came[0], abs=0.02)
    ((tick, _),) = signs(found)
    assert tick == pytest.approx(back[1], abs=0.02)
