"""The timeline: each mark on its day, whatever stands beside it."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from tests.unit.test_charts import events, layers, texts
from tightrope.chapters import partner
from tightrope.charts import marks, theme
from tightrope.charts.day_scale import DayScale, levels
from tightrope.charts.marks import Drawing
from tightrope.charts.timeline import KIND_OF, MARKS, RADIUS, STEP, placed, timeline
from tightrope.dealbook import Dealbook
from tightrope.publish.opening import opening

NAN = math.nan
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])


def days(*written: str) -> pd.Series[pd.Timestamp]:
    return pd.to_datetime(pd.Series(written))


def at(written: str) -> pd.Timestamp:
    return pd.Timestamp(written)


class TestScale:
    def test_a_day_stands_as_far_right_as_days_have_passed(self) -> None:
        # 2025-01-01 to 2025-12-31, a month after the last day, are 364 days on 364 pixels.
        scale = DayScale.of(days("2025-03-01", "2025-12-01"), 0, 364)
        assert scale.x(at("2025-01-01")) == 0
        assert scale.x(at("2025-01-11")) == 10
        assert scale.x(at("2025-12-31")) == 364

    def test_quiet_early_years_have_a_narrow_panel_of_their_own(self) -> None:
        scale = DayScale.of(days("2019-07-22", "2025-03-01", "2025-04-01", "2026-01-05"), 0, 1000)
        early, busy = scale.panels
        assert (early.first, early.last) == (at("2019-01-01"), at("2024-12-31"))
        assert early.right < busy.left
        assert early.right - early.left < 0.2 * 1000

    def test_where_half_of_the_steps_are_early_there_is_one_panel(self) -> None:
        scale = DayScale.of(days("2019-07-22", "2019-08-01", "2025-03-01", "2025-04-01"), 0, 1000)
        assert len(scale.panels) == 1

    def test_one_year_before_is_no_panel(self) -> None:
        scale = DayScale.of(days("2024-07-22", "2025-03-01", "2025-04-01"), 0, 1000)
        assert len(scale.panels) == 1

    def test_marks_that_would_touch_take_the_lowest_free_level(self) -> None:
        # The third touches the second and not the first; the fourth touches none.
        assert levels([0, 5, 11, 40], gap=10) == [0, 1, 0, 0]

    def test_marks_of_one_day_stand_one_above_the_other(self) -> None:
        assert levels([7, 7, 7], gap=10) == [0, 1, 2]


class TestMarks:
    def test_steps_of_one_day_and_kind_share_a_mark(self) -> None:
        rows = [("A deal", "2025-05-05", "announced", sum_) for sum_ in (3.0, 8.0)]
        (mark,) = placed(events(*rows)).itertuples()
        assert mark.amount == 8
        assert "$8\u00a0bn, $3\u00a0bn (2 steps)" in mark.tip

    def test_a_step_without_a_sum_comes_last_in_a_shared_mark(self) -> None:
        rows = [("A deal", "2025-05-05", "announced", sum_) for sum_ in (NAN, 3.0, 8.0)]
        (mark,) = placed(events(*rows)).itertuples()
        assert mark.label == "$8\u00a0bn"
        assert "$8\u00a0bn, $3\u00a0bn (3 steps)" in mark.tip

    def test_steps_of_two_directions_do_not_share_one(self) -> None:
        rows = events(*[("A deal", "2025-05-05", "paid", 1.0)] * 2)
        assert len(placed(rows.assign(direction=["in", "out"]))) == 2

    def test_what_is_paid_stands_above_what_was_said_on_that_day(self) -> None:
        rows = [("A deal", "2025-05-05", status, NAN) for status in ("paid", "announced")]
        assert placed(events(*rows)).kind.tolist() == ["talked about", "paid"]

    def test_a_payment_that_may_be_nothing_is_talked_about(self) -> None:
        row = events(("A deal", "2025-05-05", "paid", NAN)).assign(amount_low_usd_bn=0.0)
        assert placed(row).kind.tolist() == ["talked about"]

    def test_each_kind_of_step_looks_different(self) -> None:
        looks = {(mark.outline, mark.opacity, mark.is_dashed) for mark in MARKS.values()}
        assert len(looks) == len(MARKS)

    def test_every_status_of_the_data_has_a_mark(self, book: Dealbook) -> None:
        assert set(book.events.status) <= set(KIND_OF)


class TestLabels:
    def test_at_most_three_sums_of_a_lane_are_written_the_largest(self) -> None:
        rows = [("A deal", f"2025-{month:02}-01", "paid", float(month)) for month in (1, 4, 7, 10)]
        written = [text for text in texts(timeline(events(*rows), theme.WIDE)) if "bn" in text]
        assert sorted(written) == ["$10\u00a0bn", "$4\u00a0bn", "$7\u00a0bn"]

    def test_no_two_sums_of_a_lane_overlap(self) -> None:
        rows = [("A deal", f"2025-05-{day:02}", "paid", 10.0 * day) for day in range(1, 29, 3)]
        sums = sorted(
            (row["x"], marks.text_width(row["text"], marks.SMALL))
            for row in layers(timeline(events(*rows), theme.NARROW), "text")
            if row["text"].startswith("$")
        )
        assert sums
        for (left, wide), (right, next_wide) in pairwise(sums):
            assert right - next_wide / 2 > left + wide / 2

    def test_no_sum_no_label(self) -> None:
        row = events(("A deal", "2025-05-05", "announced", NAN)).assign(label="undisclosed")
        assert "undisclosed" not in texts(timeline(row, theme.WIDE))


def marks_of(chart: Drawing) -> list[tuple[float, float]]:
    """Where the marks of the lanes stand; those of the key tell nothing."""
    return sorted({(row["x"], row["y"]) for row in layers(chart, "point") if "tip" in row})


def told(chart: Drawing, steps: pd.DataFrame) -> pd.DataFrame:
    """The steps of the deals that have a lane: on a phone the smaller ones may have none."""
    words = set(texts(chart))
    names = {
        name: marks.wrap(name, chart.width, 2, bold=True)[0] in words
        for name in steps.deal.astype(str).unique()
    }
    return steps if marks.is_wide(chart.width) else steps[steps.deal.map(names)]


def check_days(chart: Drawing, steps: pd.DataFrame) -> None:
    """Compare the marks with the rows by a scale read off the grid of the drawing."""
    grid = sorted(
        {
            row["x"]
            for layer in chart.layers
            if layer["mark"].get("strokeOpacity") == theme.GRID_OPACITY
            for row in layer["data"]["values"]
        }
    )
    known = pd.to_datetime(steps.known_on)
    scale = DayScale.of(known, 0, 1)
    ticks: list[pd.Timestamp] = []
    for panel in scale.panels:
        years = list(pd.date_range(panel.first, panel.last, freq="YS"))
        quarters = list(pd.date_range(panel.first, panel.last, freq="QS"))
        ticks += quarters if len(ticks) + len(quarters) == len(grid) else years
    assert len(ticks) == len(grid)
    fits = []
    for panel in scale.panels:
        inside = [
            (t, x) for t, x in zip(ticks, grid, strict=True) if panel.first <= t <= panel.last
        ]
        numbers = [(t - panel.first).days for t, _ in inside]
        fits.append((panel, *np.polyfit(numbers, [x for _, x in inside], 1)))
    expected = set()
    for day in pd.to_datetime(told(chart, steps).known_on.unique()):
        panel, slope, start = next(fit for fit in fits if day <= fit[0].last)
        expected.add(round(start + slope * (day - panel.first).days, 1))
    drawn = {x for x, _ in marks_of(chart)}
    assert all(min(abs(x - wanted) for x in drawn) < 0.5 for wanted in expected)
    assert all(min(abs(x - wanted) for wanted in expected) < 0.5 for x in drawn)


def check_apart(chart: Drawing) -> None:
    """No two marks cover one another."""
    for (x, y), (other, height) in pairwise(sorted(marks_of(chart), key=lambda m: (m[1], m[0]))):
        assert y != height or other - x >= 2 * RADIUS
    assert STEP > 2 * RADIUS


@pytest.fixture(scope="module")
def dossiers_with_a_timeline(book: Dealbook) -> list[partner.Dossier]:
    """The dossiers of all who are paid that have a figure of days."""
    page = opening("", "", "announced", "openai")
    partners = [name for name in book.parties.party_id if (book.legs.payee_id == name).any()]
    told = [partner.dossier(page, book, name) for name in partners]
    return [one for one in told if len(one.events) > 1]


@pytest.mark.no_cover  # that of the web reaches the same lines; traced, it takes half as long again
@WIDTHS
@pytest.mark.thorough
def test_every_mark_of_a_dossier_stands_on_its_day(
    dossiers_with_a_timeline: list[partner.Dossier], width: int
) -> None:
    assert len(dossiers_with_a_timeline) > 10
    for one in dossiers_with_a_timeline:
        steps = one.events.assign(amount=one.events.amount_usd_bn, label="", direction="in")
        chart = timeline(steps, width)
        check_days(chart, steps)
        check_apart(chart)
