"""A needle stands on its value: places worked by hand on scales of three thirds."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tightrope.charts import theme
from tightrope.charts.marks import Drawing
from tightrope.charts.needle import Needle, Watched, needle, needles

from .drawings import boxes, check, drawn

NAN = math.nan


def scale(warning: float, blueprint: float, value: float = 0.0, **more: Any) -> Needle:
    return Needle("39%", value, warning, blueprint, "less", "more", **more)


class TestThePlace:
    @pytest.mark.parametrize(
        ("warning", "blueprint", "value", "place"),
        [
            (30.0, 36.0, 30.0, 1 / 3),
            (30.0, 36.0, 36.0, 2 / 3),
            (30.0, 36.0, 33.0, 1 / 2),
            (30.0, 36.0, 29.4, 0.3),  # a tenth of the third below the warning
            (30.0, 36.0, 60.0, 1.0),
            (30.0, 36.0, 0.0, 0.0),
            (12.0, 20.0, 13.0, 1 / 3 + 1 / 24),
            (NAN, 120.0, 90.0, 1 / 2),  # three quarters of two thirds
            (NAN, 120.0, 0.0, 0.0),
            (240.0, NAN, 240.0, 1 / 3),
            (240.0, NAN, 120.0, 2 / 3),
            (240.0, NAN, 0.0, 1.0),
            (240.0, NAN, 400.0, 0.0),
        ],
    )
    def test_is_linear_between_thresholds_at_a_third_and_two_thirds(
        self, warning: float, blueprint: float, value: float, place: float
    ) -> None:
        assert scale(warning, blueprint).place(value) == pytest.approx(place)

    def test_a_higher_value_is_worse_where_the_warning_is_above_the_blueprint(self) -> None:
        one = scale(26.0, 10.0)
        assert one.place(20.0) > one.place(25.0) > one.place(27.0)

    def test_without_a_threshold_there_is_no_scale(self) -> None:
        with pytest.raises(ValueError, match="at least one threshold"):
            scale(NAN, NAN)
        with pytest.raises(ValueError, match="both thresholds are 3"):
            scale(3.0, 3.0)


def places(chart: Drawing) -> list[float]:
    return [row["x"] for _, row in drawn(chart, "point")]


class TestTheDrawing:
    def test_has_its_needle_on_the_value(self) -> None:
        chart = needle(scale(30.0, 36.0, 33.0), theme.NARROW)
        check(chart)
        assert places(chart) == [theme.NARROW / 2]

    def test_of_a_projection_is_hollow(self) -> None:
        for is_projected, fill in ((True, "none"), (False, theme.INK)):
            chart = needle(scale(30.0, 36.0, 33.0, is_projected=is_projected), theme.NARROW)
            ((mark, _),) = drawn(chart, "point")
            assert mark["fill"] == fill

    def test_of_a_range_has_a_bar_from_end_to_end(self) -> None:
        chart = needle(scale(NAN, 120.0, 100.0, low=90.0, high=110.0), theme.NARROW)
        bar = [row["x"] for mark, row in drawn(chart, "line") if mark["strokeWidth"] == 6]
        assert bar == pytest.approx([150, 300 * 110 / 120 * 2 / 3], abs=0.01)

    def test_a_threshold_that_is_an_event_has_words_and_no_line(self) -> None:
        both = needle(scale(30.0, 36.0, 33.0), theme.NARROW)
        one = needle(scale(30.0, NAN, 20.0), theme.NARROW)
        assert len(drawn(both, "rect")) == 2
        assert len(drawn(one, "rect")) == 1
        assert "more" in [text for text, *_ in boxes(one)]

    def test_keeps_its_words_on_the_page_at_either_end(self) -> None:
        for value in (0.0, 99.0):
            for _, left, right, _ in boxes(needle(scale(30.0, 36.0, value), theme.NARROW)):
                assert left >= -0.01
                assert right <= theme.NARROW + 0.01


class TestSeveral:
    SOME = (
        Watched("Figure 0", scale(30.0, 36.0, 30.0), "a report, in November"),
        Watched("Figure 1", scale(30.0, 36.0, 31.0), "a report, in November"),
        Watched("Figure 2", scale(30.0, 36.0, 32.0), "a report, in November"),
    )

    @pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
    def test_stand_each_on_its_own_scale_with_its_name_and_next_value(self, width: int) -> None:
        chart = needles(self.SOME, width)
        check(chart)
        texts = [text for text, *_ in boxes(chart)]
        assert {"Figure 0", "Figure 2", "Next: a report, in November"} <= set(texts)
        for _, left, right, _ in boxes(chart):
            assert left >= -0.01
            assert right <= width + 0.01

    def test_are_two_in_a_row_on_a_wide_page_and_one_on_a_phone(self) -> None:
        assert len({row["y"] for _, row in drawn(needles(self.SOME, theme.WIDE), "point")}) == 2
        assert len({row["y"] for _, row in drawn(needles(self.SOME, theme.NARROW), "point")}) == 3
