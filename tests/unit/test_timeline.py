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
from tightrope.charts.marks import Drawing
from tightrope.charts.timeline import KIND_OF, MARKS, RADIUS, STEP, levels, placed, timeline
from tightrope.dealbook import Dealbook
from tightrope.publish.opening import opening

NAN = math.nan
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])


class TestLevels:
    def test_marks_that_would_touch_take_the_lowest_free_level(self) -> None:
        # The third touches the second and not the first; the fourth touches none.
        assert levels([0, 5, 11, 40], gap=10) == [0, 1, 0, 0]

    def test_marks_of_one_day_stand_one_above_the_other(self) -> None:
        assert levels([7, 7, 7], gap=10) == [0, 1, 2]


class TestMarks:
    def test_a_mark_says_its_day_its_deal_its_kind_and_its_sum(self) -> None:
        (mark,) = placed(events(("A deal", "2025-05-05", "announced", 8.0))).itertuples()
        assert mark.tip == "5\u00a0May 2025: A deal, talked about $8\u00a0bn"

    def test_what_is_written_at_a_mark_may_be_given(self) -> None:
        (mark,) = placed(
            events(("A deal", "2025-05-05", "announced", 8.0)).assign(label="to $8\u00a0bn")
        ).itertuples()
        assert mark.label == "to $8\u00a0bn"
        assert mark.tip.endswith("talked about to $8\u00a0bn")

    def test_what_is_paid_stands_above_what_was_said_on_that_day(self) -> None:
        rows = [("A deal", "2025-05-05", status, NAN) for status in ("paid", "announced")]
        assert placed(events(*rows)).kind.tolist() == ["talked about", "paid"]

    def test_a_payment_that_may_be_nothing_is_talked_about(self) -> None:
        row = events(("A deal", "2025-05-05", "paid", NAN)).assign(amount_low_usd_bn=0.0)
        assert placed(row).kind.tolist() == ["talked about"]

    def test_each_kind_of_step_looks_different(self) -> None:
        looks = {(mark.outline, mark.opacity, mark.dash) for mark in MARKS.values()}
        assert len(looks) == len(MARKS)

    def test_every_status_of_the_data_has_a_mark(self, book: Dealbook) -> None:
        assert set(book.events.status) <= set(KIND_OF)


def test_a_single_step_early_in_a_year_has_days_on_both_sides() -> None:
    said = texts(timeline(events(("A deal", "2025-01-15", "announced", 8.0)), theme.NARROW))
    assert {"2025", "Apr", "$8\u00a0bn"} <= set(said)


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
        row = events(("A deal", "2025-05-05", "announced", NAN))
        assert placed(row).label.tolist() == [""]
        assert not any("bn" in text for text in texts(timeline(row, theme.WIDE)))


def marks_of(chart: Drawing) -> list[tuple[float, float]]:
    """Where the marks of the lanes stand; those of the key tell nothing."""
    return sorted({(row["x"], row["y"]) for row in layers(chart, "point") if "tip" in row})


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
    first = pd.Timestamp(known.min().year, 1, 1)
    ticks = pd.date_range(first, known.max() + pd.Timedelta(days=30), freq="QS")
    slope, start = np.polyfit((ticks - first).days, grid, 1)
    expected = {round(start + slope * (day - first).days, 1) for day in known}
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
