"""Payments by year as one picture: places and sums worked by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.turn import Span, Turn, Yardstick, turn
from tightrope.charts.turn import model as parts

from .drawings import boxes, check, drawn

pytestmark = pytest.mark.thorough

WIDE = 940
ROWS = [
    (2021, "in", "paid", "Alpha", 30.0),
    (2022, "in", "paid", "Alpha", 20.0),
    (2022, "in", "paid", "Beta", 60.0),
    (2022, "out", "paid", "Cloud", 5.0),
    (2023, "out", "binding", "Cloud", 40.0),
    (2023, "out", "conditional", "Cloud", 20.0),
    (2024, "out", "conditional", "Site", 60.0),
    (2028, "out", "conditional", "Site", 12.0),
    (2029, "out", "conditional", "Site", 18.0),
    (None, "in", "binding", "Beta", 8.0),
    (None, "in", "announced", "Gamma", 2.0),
    (None, "out", "binding", "Cloud", 90.0),
]


def table() -> pd.DataFrame:
    frame = pd.DataFrame(ROWS, columns=["year", "side", "rung", "who", "amount"])
    return frame.astype({"year": "Int64"})


def picture(**more: Any) -> Turn:
    spans = (Span("in", 2021, 2022, "In: 110", "paid"), Span("out", 2023, 2024, "Out: 120", "due"))
    kept = {"until": 2027, "spans": spans, "silence": "No payment has a date."} | more
    return Turn(table(), **kept)


class TestTheBars:
    def test_hold_what_is_paid_first_and_then_whoever_has_most_in_the_drawn_years(self) -> None:
        assert picture().of_year("in", 2022) == [("Beta", "paid", 60), ("Alpha", "paid", 20)]
        assert [piece.rung for piece in picture().of_year("out", 2023)] == [
            "binding",
            "conditional",
        ]

    def test_every_year_between_the_first_and_the_last_has_its_place(self) -> None:
        assert picture().years == range(2021, 2028)
        assert picture().last == 2029

    def test_years_after_the_last_column_are_one_block(self) -> None:
        assert parts.total(picture().after("out")) == 30

    def test_of_what_goes_out_a_partner_is_named_once(self) -> None:
        named = {year: [one.who for one in ones] for year, ones in picture().named("out").items()}
        assert named == {2023: ["Cloud"], 2024: ["Site"]}
        assert [one.who for one in picture().named("in")[2022]] == ["Beta", "Alpha"]

    def test_a_partner_is_named_with_all_that_a_bar_holds_of_it(self) -> None:
        (cloud,) = picture().named("out")[2023]
        assert (cloud.start, cloud.end, cloud.words) == (0, 60, "Cloud\N{NO-BREAK SPACE}60")

    def test_a_sum_is_short_at_the_end_of_a_bar(self) -> None:
        assert [parts.short(amount) for amount in (82.7, 9.73, 0.44, 9.96)] == [
            "83",
            "9.7",
            "0.4",
            "10",
        ]


@pytest.mark.parametrize("width", [WIDE, theme.WIDE, theme.NARROW])
class TestTheDrawing:
    def test_is_a_valid_chart(self, width: int) -> None:
        check(turn(picture(), width))

    def test_writes_the_sum_of_every_bar_and_block(self, width: int) -> None:
        texts = [text for text, *_ in boxes(turn(picture(), width))]
        for sum_ in ("30", "80", "5", "60", "10", "90"):
            assert sum_ in texts

    def test_keeps_all_words_on_the_page(self, width: int) -> None:
        mark = Yardstick(2023, 30.0, "For scale: all revenue planned for 2023")
        chart = turn(picture(yardstick=mark, later="rent", notes={"in": "a", "out": "b"}), width)
        for text, left, right, y in boxes(chart):
            assert left >= -1, text
            assert right <= width + 1, text
            assert 0 <= y <= chart.height, text

    def test_a_unit_of_area_is_the_same_sum_in_bars_and_blocks(self, width: int) -> None:
        chart = turn(picture(), width)
        shapes = [
            (row["x2"] - row["x"] + 1) * (row["y2"] - row["y"] + 1)  # outlines lie within
            for mark, row in drawn(chart, "rect")
            if mark["fill"] == theme.OUT_OF_OPENAI and row.get("tip")
        ]
        by_sum = sorted(shapes)
        sums = sorted([5.0, 40.0, 20.0, 60.0, 12.0 + 18.0, 90.0])
        for area, amount in zip(by_sum, sums, strict=True):
            assert area / amount == pytest.approx(by_sum[-1] / 90, rel=0.02)

    def test_says_that_nothing_has_a_date(self, width: int) -> None:
        texts = " ".join(text for text, *_ in boxes(turn(picture(), width)))
        assert "No payment" in texts

    def test_without_a_span_or_a_block_there_are_bars_alone(self, width: int) -> None:
        frame = table()
        dated = frame[frame.year.le(2024).fillna(False)]
        check(turn(Turn(dated, 2025), width))
        check(turn(Turn(dated[dated.side.eq("in")], 2025), width))

    def test_keeps_what_has_no_date_on_the_page_where_no_bar_gives_it_a_length(
        self, width: int
    ) -> None:
        frame = table()
        no_bar_out = frame[frame.side.eq("in") & frame.year.eq(2021) | frame.year.isna()]
        no_bar_as_long = no_bar_out.assign(amount=no_bar_out.amount.where(frame.year.notna(), 90))
        for rows in (no_bar_out, no_bar_as_long):
            chart = turn(Turn(rows, 2025), width)
            for mark, row in drawn(chart, "rect"):
                assert -1 <= row["x"] <= row["x2"] <= width + 1, (mark, row)
            for text, left, right, _ in boxes(chart):
                assert -1 <= left <= right <= width + 1, text

    def test_small_blocks_keep_their_heads_apart_and_on_the_page(self, width: int) -> None:
        small = table().assign(amount=table().amount.where(table().year.le(2024), 1.0).fillna(1.0))
        chart = turn(Turn(small, 2027, notes={"in": "signed 1, announced 1", "out": "b"}), width)
        heads = {text: (left, right) for text, left, right, _ in boxes(chart)}
        assert all(right <= width + 1 for _, right in heads.values())
        if width == WIDE:
            assert heads["2028–2029"][1] < heads["No date"][0]

    def test_without_a_year_there_is_no_picture(self, width: int) -> None:
        undated = table()[table().year.isna()]
        with pytest.raises(ValueError, match="no payment has a year"):
            turn(Turn(undated, 2025), width)


def test_on_a_phone_the_picture_is_no_higher_than_a_screen_and_a_half() -> None:
    # It is shown up to 416 pixels wide: 1.39 times its size.
    assert turn(picture(), theme.NARROW).height * 416 / theme.NARROW <= 1266
