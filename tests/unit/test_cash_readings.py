"""Cash by several readings of one plan: each line is told apart, and the months are at zero."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.unit.drawings import boxes, check, drawn
from tightrope.charts import theme
from tightrope.charts.cash_readings import cash_readings

WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
MONTHS = ("first month", "last month")


def reading(name: str, cash: list[float], words: str = "a gap\na month") -> pd.DataFrame:
    years = range(2026, 2026 + len(cash))
    return pd.DataFrame({"series": name, "year": years, "cash": cash, "words": words})


FOUR = pd.concat(
    [
        reading("trough deepened", [137, 81, -48, -125, -86], "$135 bn\nAugust 2028"),
        reading("shifted alike", [137, 85, -25, -100, -86], "$110 bn\nOctober 2028"),
        reading("in proportion", [137, 73, -66, -150, -86], "$160 bn\nJuly 2028"),
        reading("straight line", [137, 109, 36, -34, -86], "$96 bn\nJuly 2029"),
    ]
)
RICH = reading("alone", [50, 60, 70])


@WIDTHS
@pytest.mark.parametrize("table", [FOUR, RICH, FOUR[FOUR.series.ne("straight line")]])
def test_all_words_stand_within_the_chart(table: pd.DataFrame, width: int) -> None:
    chart = cash_readings(table, width, MONTHS)
    check(chart)
    for text, left, right, y in boxes(chart):
        assert -0.5 <= left <= right <= width + 0.5, text
        assert 0 <= y <= chart.height, text


@WIDTHS
def test_no_two_words_overlap(width: int) -> None:
    found = boxes(cash_readings(FOUR, width, MONTHS))
    for place, (text, left, right, y) in enumerate(found):
        for other, left2, right2, y2 in found[place + 1 :]:
            assert abs(y - y2) >= 12 or right <= left2 or right2 <= left, (text, other)


@WIDTHS
def test_every_reading_has_its_name_and_what_comes_of_it(width: int) -> None:
    said = [text for text, *_ in boxes(cash_readings(FOUR, width, MONTHS))]
    for _, row in FOUR.drop_duplicates("series").iterrows():
        assert said.count(row["series"]) == 1
        assert set(row["words"].split("\n")) <= set(said)


def test_beside_a_wide_plot_the_deepest_reading_stands_lowest() -> None:
    found = {text: y for text, _, _, y in boxes(cash_readings(FOUR, theme.WIDE, MONTHS))}
    heights = [
        found[name]
        for name in ("straight line", "shifted alike", "trough deepened", "in proportion")
    ]
    assert heights == sorted(heights)


@WIDTHS
def test_the_first_month_stands_before_the_first_crossing_and_the_last_beyond_the_last(
    width: int,
) -> None:
    # By hand: 73 / (73 + 66) of the year after 2027, and 36 / (36 + 34) of that after 2028.
    chart = cash_readings(FOUR, width, MONTHS)
    points = {row["tip"]: row for _, row in drawn(chart, "point") if row.get("tip")}
    at = {
        year: points[f"in proportion, end of {year}: {money}"]["x"]
        for year, money in ((2027, "$73\xa0bn"), (2028, "−$66\xa0bn"))
    }
    first = at[2027] + (at[2028] - at[2027]) * 73 / 139
    last = at[2028] + (at[2028] - at[2027]) * 36 / 70
    places = {text: (left, right) for text, left, right, _ in boxes(chart)}
    assert places["first month"][1] == pytest.approx(first - 9, abs=0.5)
    assert places["last month"][0] >= last


@WIDTHS
def test_only_the_first_reading_is_solid(width: int) -> None:
    lines = {
        row["tip"]: mark
        for mark, row in drawn(cash_readings(FOUR, width, MONTHS), "rule")
        if row.get("tip")
    } | {
        row["tip"]: mark
        for mark, row in drawn(cash_readings(FOUR, width, MONTHS), "line")
        if row.get("tip")
    }
    dashes = [tuple(lines[name].get("strokeDash", ())) for name in FOUR.series.unique()]
    assert dashes[0] == ()
    assert len(set(dashes)) == 4


def test_cash_that_lasts_names_no_month() -> None:
    said = [text for text, *_ in boxes(cash_readings(RICH, theme.WIDE, MONTHS))]
    assert not set(MONTHS) & set(said)


def test_a_table_without_rows_and_cash_that_is_not_known_are_refused() -> None:
    with pytest.raises(ValueError, match="needs the rows of at least two years"):
        cash_readings(FOUR.iloc[:0], theme.WIDE)
    with pytest.raises(ValueError, match='"trough deepened" needs cash in 2026'):
        cash_readings(FOUR.assign(cash=float("nan")), theme.WIDE)


def test_readings_of_different_years_are_refused() -> None:
    with pytest.raises(ValueError, match='"alone" has the years 2026, 2027, 2028, not'):
        cash_readings(pd.concat([FOUR, RICH]), theme.WIDE)
