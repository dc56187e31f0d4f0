"""The fan: how wide the doubt about cash is, and that what lies below zero is money missing."""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
import pytest

from tightrope.charts import cash_plot, marks, theme
from tightrope.charts.fan import QUANTILES, fan
from tightrope.charts.figure import specification
from tightrope.charts.marks import Drawing

from .drawings import boxes, check, drawn

BN = "\N{NO-BREAK SPACE}bn"
KEY = 22
"""Height of the key above the plot."""
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])


def runs(medians: list[float], spreads: list[float]) -> pd.DataFrame:
    rows = [
        (2026 + place, at, median + spread * step)
        for place, (median, spread) in enumerate(zip(medians, spreads, strict=True))
        for at, step in zip(QUANTILES, (-1.5, -0.6, 0, 0.65, 1.75), strict=True)
    ]
    return pd.DataFrame(rows, columns=["year", "quantile", "cash"])


SHORT = runs([62, 5, -70, -118, -60], [12, 48, 105, 190, 330])
RICH = runs([62, 55, 70, 118, 260], [5, 10, 15, 39, 30])
PATH = pd.DataFrame({"year": range(2026, 2031), "cash": [66, 15, -52, -114, -40]})
ABOVE = PATH.assign(cash=[60, 58, 72, 120, 250])
WORST = (2029, 10.0, -114.0, f"$124{BN} missing at the end of 2029")
CASES = {
    "short": (SHORT, PATH, WORST),
    "rich": (RICH, ABOVE, None),
    "worst in the last year": (SHORT, PATH, (2030, 10.0, -40.0, WORST[3])),
    "worst in the first year": (SHORT, PATH, (2026, 90.0, 40.0, WORST[3])),
    "short from the start": (runs([-2, -55, -170], [5, 30, 65]), PATH, None),
}


def chart(case: str, width: int) -> Drawing:
    return fan(CASES[case][0], width, *CASES[case][1:])


def words(case: str, width: int) -> list[str]:
    return [str(row["text"]) for _, row in drawn(chart(case, width), "text")]


def strokes(case: str) -> list[dict[str, Any]]:
    return [
        row
        for mark, row in drawn(chart(case, theme.WIDE), "line")
        if mark["stroke"] == theme.OUT_OF_OPENAI and mark["strokeWidth"] == cash_plot.STROKE
        if row["y"] > KEY
    ]


def zero(case: str) -> float:
    """The height of the strong line."""
    (y,) = {
        row["y"] for mark, row in drawn(chart(case, theme.WIDE), "line") if mark["strokeWidth"] == 2
    }
    return float(y)


def test_each_line_says_at_its_end_how_many_runs_lie_below_which_amount() -> None:
    expected = {
        f"95 of 100 below $518{BN}",
        f"75 of 100 below $155{BN}",
        f"half below −$60{BN}",
        f"25 of 100 below −$258{BN}",
        f"5 of 100 below −$555{BN}",
    }
    assert expected <= set(words("short", theme.WIDE))
    narrow = {"95%", "75%", "half", "25%", "5%", "share of our draws below:"}
    assert narrow <= set(words("short", theme.NARROW))


@WIDTHS
@pytest.mark.parametrize("case", CASES)
def test_no_words_collide_or_leave_the_drawing(case: str, width: int) -> None:
    found = boxes(chart(case, width))
    for text, left, right, _ in found:
        assert left >= -1, text
        assert right <= width + 1, text
    for one, other in itertools.combinations(found, 2):
        apart = one[2] <= other[1] or other[2] <= one[1] or abs(one[3] - other[3]) >= 12
        assert apart, (one, other)


@WIDTHS
def test_zero_says_that_no_cash_is_left_and_what_lies_below_it(width: int) -> None:
    found = " ".join(words("short", width))
    assert cash_plot.NO_CASH in found
    assert "below zero: money" in found
    assert "below zero" not in " ".join(words("rich", width)), "no run is short of money"


def test_only_what_lies_below_zero_is_hatched() -> None:
    assert min(row["y"] for row in strokes("short")) >= zero("short") - 0.01
    assert strokes("rich") == []


def test_a_run_without_chance_is_dashed_and_named() -> None:
    dashed = [
        row
        for mark, row in drawn(chart("short", theme.WIDE), "line")
        if mark.get("strokeDash") == marks.DASH and row["y"] > KEY
    ]
    assert len(dashed) == 5
    assert "as assumed" in words("short", theme.WIDE)


def test_the_bracket_reaches_from_the_buffer_to_the_lowest_cash() -> None:
    ends = [
        row["y"]
        for mark, row in drawn(chart("short", theme.WIDE), "line")
        if mark["strokeWidth"] == 2.5 and "tip" in row
    ]
    (median,) = {
        row["y"]
        for _, row in drawn(chart("short", theme.WIDE), "point")
        if row.get("tip") == f"End of 2027: half below $5{BN}"
    }
    billion = (zero("short") - median) / 5
    assert max(ends) - min(ends) == pytest.approx(124 * billion, rel=0.05)
    assert WORST[3] in words("short", theme.WIDE)


@WIDTHS
def test_the_drawing_is_as_wide_as_asked_and_has_no_small_type(width: int) -> None:
    spec = specification(lambda w: fan(SHORT, w, PATH, WORST), width)
    assert spec["width"] == width
    sizes = [mark["fontSize"] for mark, _ in drawn(chart("short", width), "text")]
    assert min(sizes) >= marks.SMALL


def test_the_same_table_is_drawn_the_same() -> None:
    again = fan(SHORT.sample(frac=1, random_state=1), theme.WIDE, PATH, WORST)
    assert again.to_dict() == fan(SHORT, theme.WIDE, PATH, WORST).to_dict()


def test_the_specification_is_valid_vega_lite() -> None:
    check(fan(SHORT, theme.WIDE, PATH, WORST))


def test_a_fan_that_lacks_a_quantile_an_amount_or_a_second_year_is_refused() -> None:
    unknown = SHORT.assign(cash=SHORT.cash.where(SHORT.year.ne(2027)))
    for table in (SHORT[SHORT["quantile"].ne(0.5)], unknown, SHORT[SHORT.year.eq(2026)]):
        with pytest.raises(ValueError, match=r"needs cash at the quantiles 0\.05, 0\.25"):
            fan(table, theme.WIDE, PATH)


def test_a_path_or_a_mark_outside_the_years_is_refused() -> None:
    with pytest.raises(ValueError, match="the path needs cash in each of the years 2026–2030"):
        fan(SHORT, theme.WIDE, PATH.assign(year=PATH.year + 1))
    with pytest.raises(ValueError, match="the path needs cash in each of the years 2026–2030"):
        fan(SHORT, theme.WIDE, PATH.assign(cash=float("nan")))
    with pytest.raises(ValueError, match="the mark is in 2040, outside the years 2026–2030"):
        fan(SHORT, theme.WIDE, PATH, (2040, 0, 1, "Words"))


def test_levels_that_are_all_zero_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="all cash is zero"):
        cash_plot.cash_plot([0.0], 300, 0, 200, ["0"], (2026, 2027))
