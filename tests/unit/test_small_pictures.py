"""The small pictures beside sentences: bars, a grid of years, a path of cash."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.cash_path import cash_path
from tightrope.charts.marks import Drawing, Fill
from tightrope.charts.small_bars import Bar, Part, small_bars
from tightrope.charts.thumbnail import Thumbnail
from tightrope.charts.two_bars import Segment, Stack, two_bars
from tightrope.charts.year_grid import year_grid

from .drawings import boxes, check, drawn

BLUE, GREEN = Fill(theme.INTO_OPENAI), Fill(theme.ROUND_TRIP)


def widths(chart: Drawing) -> list[float]:
    return [row["x2"] - row["x"] for _, row in drawn(chart, "rect")]


class TestSmallBars:
    def test_share_one_scale_on_which_the_longest_fills_the_width(self) -> None:
        bars = [Bar("80", "in", [Part(80, BLUE)]), Bar("20", "out", [Part(20, BLUE)])]
        chart = small_bars(bars, 300)
        check(chart)
        assert widths(chart) == pytest.approx([299, 74])  # less half a pixel on either side

    def test_follow_a_longer_bar_that_stands_elsewhere(self) -> None:
        assert widths(small_bars([Bar("", "", [Part(20, BLUE)])], 300, 80)) == pytest.approx([74])

    def test_have_no_part_for_nothing(self) -> None:
        bar = Bar("80", "in", [Part(80, BLUE), Part(0, GREEN)])
        assert len(widths(small_bars([bar], 300))) == 1
        assert widths(small_bars([Bar("none known", "out", [Part(0, BLUE)])], 300)) == []

    def test_write_their_words_below_the_sum_where_there_is_no_room_beside_it(self) -> None:
        words = "a long sentence about who has paid in how much of it, and who has not yet"
        texts = boxes(small_bars([Bar("$80 bn", words, [Part(80, BLUE)])], 300))
        assert len({y for *_, y in texts}) == 3
        assert all(right <= 300 for _, _, right, _ in texts)


class TestYearGrid:
    def test_has_the_word_in_every_box(self) -> None:
        chart = year_grid({"Cloud": [False, True], "Maker": [False, False]}, [2027, 2028], 300)
        check(chart)
        texts = [text for text, *_ in boxes(chart)]
        assert texts.count("pays") == 3
        assert texts.count("short") == 1
        assert len(drawn(chart, "rect")) == 1


class TestCashPath:
    def test_marks_where_cash_crosses_zero(self) -> None:
        # From 30 to −10 within a year: at three quarters of the way.
        chart = cash_path(pd.DataFrame({"year": [2027, 2028], "cash": [30.0, -10.0]}), 300, "May")
        check(chart)
        ((_, point),) = drawn(chart, "point")
        assert point["x"] == pytest.approx(8 + 0.75 * 284)
        assert "May" in [text for text, *_ in boxes(chart)]

    def test_says_when_beyond_the_last_crossing_of_all_lines(self) -> None:
        # By hand: the other falls from 30 to −10 at three quarters, the first from 30 to −30 before.
        first, other = (
            pd.DataFrame({"year": [2027, 2028], "cash": [30.0, end]}) for end in (-30.0, -10.0)
        )
        chart = cash_path(first, 300, "May", [other])
        check(chart)
        ((_, point),) = drawn(chart, "point")
        assert point["x"] == pytest.approx(8 + 0.5 * 284)
        left = next(left for text, left, *_ in boxes(chart) if text == "May")
        assert left == pytest.approx(8 + 0.75 * 284 + 6)

    def test_words_without_room_beyond_the_crossing_take_more_lines(self) -> None:
        path = pd.DataFrame({"year": [2027, 2028], "cash": [30.0, -20.0]})
        chart = cash_path(path, 300, "between July 2028 and July 2029")
        said = {text: (right, y) for text, _, right, y in boxes(chart)}
        lines = [said[words] for words in ("between July", "2028 and July", "2029")]
        assert [right for right, _ in lines] == [300, 300, 300]
        assert sorted(y for _, y in lines) == [y for _, y in lines]

    def test_marks_nothing_where_cash_lasts(self) -> None:
        chart = cash_path(pd.DataFrame({"year": [2027, 2028], "cash": [30.0, 10.0]}), 300)
        assert drawn(chart, "point") == []


class TestTwoBars:
    IN = Stack("In", "into it", [Segment("Ann 9, others 1", 10, BLUE, "Paid", "Ann 9")])
    OUT = Stack(
        "Out",
        "out of it",
        [
            Segment("Cloud 60", 60, GREEN, "Signed"),
            Segment("Site 30", 30, GREEN, "Signed"),
            Segment("", 10, GREEN, "High ends"),
        ],
    )
    ALONE = Stack("The circle: 5", "at the same scale", [Segment("", 5, GREEN, "")])

    @pytest.mark.parametrize("width", [940, 300])
    def test_stand_on_one_scale(self, width: int) -> None:
        chart = two_bars([self.IN, self.OUT], self.ALONE, ["in", "out"], ["paid"], width)
        check(chart)
        long, short_ = ("x2", "x") if width == 940 else ("y2", "y")
        found = [row[long] - row[short_] + 1 for _, row in drawn(chart, "rect")][1:]
        assert found == pytest.approx([part * found[1] / 60 for part in (10, 60, 30, 10, 5)], abs=1)

    @pytest.mark.parametrize("width", [940, 300])
    def test_keep_their_words_apart_and_on_the_page(self, width: int) -> None:
        crowd = Stack("Out", "", [Segment(f"Partner {n}", 12, BLUE, f"G{n}") for n in range(9)])
        texts = boxes(two_bars([self.IN, crowd], self.ALONE, ["in"], ["paid"], width))
        for place, (text, left, right, y) in enumerate(texts):
            assert left >= 0, text
            assert right <= width, text
            for other, start, end, height in texts[place + 1 :]:
                assert abs(height - y) >= 12 or right <= start or end <= left, (text, other)

    def test_group_what_belongs_together(self) -> None:
        assert self.OUT.groups == [("Signed", 0, 90), ("High ends", 90, 100)]
        assert self.OUT.segments[0].tip == "Signed: Cloud 60"
        assert self.OUT.segments[2].tip == "High ends: $10\N{NO-BREAK SPACE}bn"


class TestThumbnail:
    def test_is_a_picture_with_words_for_who_cannot_see_it(self) -> None:
        bars = [Bar("3", "", [Part(3, BLUE)])]
        shown = Thumbnail("sum", "A sum", "A bar of 3.", lambda width: small_bars(bars, width))
        html = shown._repr_mimebundle_()["text/html"]
        assert '<title id="small-sum-title">A sum</title>' in html
        assert '<desc id="small-sum-desc">A bar of 3.</desc>' in html

    def test_needs_its_words(self) -> None:
        with pytest.raises(ValueError, match="needs description"):
            Thumbnail("sum", "A sum", "", lambda width: small_bars([], width))
