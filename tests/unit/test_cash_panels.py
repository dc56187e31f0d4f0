"""Small multiples of cash: every world on the same scales, so that their ends can be compared."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from tightrope.charts import cash_plot, marks, theme
from tightrope.charts.cash_panels import cash_panels
from tightrope.charts.figure import specification

from .drawings import boxes, check, drawn

pytestmark = pytest.mark.thorough

BN = "\N{NO-BREAK SPACE}bn"
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
ENDS = f"cash ends in May 2029\n$108{BN} missing in 2030"
LASTS = "cash lasts beyond 2030\nno money is missing"


def world(name: str, middle: list[float], words: str = ENDS, spread: float = 30) -> pd.DataFrame:
    rows = [
        (name, 2026 + place, cash - spread * place, cash, cash + spread * place, words)
        for place, cash in enumerate(middle)
    ]
    return pd.DataFrame(rows, columns=["panel", "year", "low", "middle", "high", "words"])


FALLING = [137.0, 97, 24, -46, -97.7]
WORLDS = pd.concat(
    [
        world("As planned", FALLING),
        world("What analysts expect", [137, 74, 25, -23, -68.2]),
        world("Growth stalls", [137, 60, -26, -149, -311], spread=15),
        world("Funding stops", [125, 55, -18, -88, -140]),
        world("Commitments cut", [160, 156, 118, 66, 25.9], LASTS),
    ]
)
RICH = world("Rich", [90, 120, 180, 250, 400], LASTS, spread=10)
CASES = {
    "five worlds": WORLDS,
    "a full row": WORLDS[~WORLDS.panel.isin(["Growth stalls", "Funding stops"])],
    "worst in between": world("Dip", [60, 20, -30, 40, 90]),
    "worst near zero": world("Near", [60, 4, 30, 60, 90], spread=0.5),
    "worst in the first year": RICH,
    "long words": world("A world with a name that no one can say in one breath", FALLING, ENDS * 4),
    "twelve years": world("Long", [100.0 - 10 * year for year in range(12)]),
}


def places(table: pd.DataFrame, width: int, word: str) -> list[tuple[float, float]]:
    """Where a text stands, in every place."""
    found = [row for _, row in drawn(cash_panels(table, width), "text") if row["text"] == word]
    return [(row["x"], row["y"]) for row in found]


def point(table: pd.DataFrame, width: int, panel: str, year: int) -> tuple[float, float]:
    """Where the end of a year lies in a panel."""
    (found,) = (
        (row["x"], row["y"])
        for _, row in drawn(cash_panels(table, width), "point")
        if row.get("tip", "").startswith(f"{panel}, end of {year}:")
    )
    return found


def zeros(table: pd.DataFrame, width: int) -> list[float]:
    """The height of the strong line in each panel."""
    found = [
        row for mark, row in drawn(cash_panels(table, width), "line") if mark["strokeWidth"] == 2
    ]
    return [row["y"] for row in found[::2]]


@WIDTHS
@pytest.mark.parametrize("case", CASES)
def test_no_words_collide_or_leave_the_drawing(case: str, width: int) -> None:
    found = boxes(cash_panels(CASES[case], width))
    tall = cash_panels(CASES[case], width).to_dict()["height"]
    for text, left, right, y in found:
        assert left >= -1, text
        assert right <= width + 1, text
        assert 6 <= y <= tall - 6, text
    for one, other in itertools.combinations(found, 2):
        apart = one[2] <= other[1] or other[2] <= one[1] or abs(one[3] - other[3]) >= 12
        assert apart, (one, other)


def test_panels_stand_in_the_order_of_the_table_three_a_row_and_one_on_a_phone() -> None:
    def rows(width: int) -> list[int]:
        heights = [places(WORLDS, width, name)[0][1] for name in WORLDS.panel.unique()]
        return [len(list(same)) for _, same in itertools.groupby(heights)]

    assert rows(theme.WIDE) == [3, 2]
    assert rows(theme.NARROW) == [1] * 5


@WIDTHS
def test_a_dollar_and_a_year_are_as_long_in_every_panel(width: int) -> None:
    scales = set()
    for name, zero in zip(WORLDS.panel.unique(), zeros(WORLDS, width), strict=True):
        (x, y), (last, end) = (point(WORLDS, width, name, year) for year in (2026, 2030))
        cash = WORLDS[WORLDS.panel.eq(name)].middle
        assert (y - zero) / cash.iloc[0] == pytest.approx((end - zero) / cash.iloc[-1], rel=0.01)
        scales.add((round(last - x, 1), round((zero - y) / cash.iloc[0], 2)))
    assert len(scales) == 1


def test_a_row_says_once_that_zero_means_no_cash_and_what_the_levels_are() -> None:
    for width, rows in ((theme.WIDE, 2), (theme.NARROW, 5)):
        assert len(places(WORLDS, width, "no cash")) == rows
        assert len(places(WORLDS, width, f"−$200{BN}")) == rows


@WIDTHS
def test_the_words_stand_line_by_line_under_the_name(width: int) -> None:
    (_, name), *_ = places(WORLDS, width, "As planned")
    first, second = (places(WORLDS, width, line)[0][1] for line in ENDS.split("\n"))
    assert (first - name, second - name) == (marks.LINE, 2 * marks.LINE)


@WIDTHS
def test_the_worst_year_says_beside_its_point_how_much_is_left_or_missing(width: int) -> None:
    labels = [f"−$97.7{BN}", f"−$68.2{BN}", f"−$311{BN}", f"−$140{BN}", f"$25.9{BN}"]
    for name, label in zip(WORLDS.panel.unique(), labels, strict=True):
        x, y = point(WORLDS, width, name, 2030)
        assert places(WORLDS, width, label) == [(x + 8, y)]


def test_a_worst_year_in_between_is_named_outside_the_band() -> None:
    table = CASES["worst in between"]
    ((_, y),) = places(table, theme.WIDE, f"−$30{BN}")
    zero, (_, worst) = zeros(table, theme.WIDE)[0], point(table, theme.WIDE, "Dip", 2028)
    lowest = zero + (worst - zero) * 90 / 30
    assert y > lowest


def test_the_zero_line_does_not_run_through_the_amount_of_the_worst_year() -> None:
    table = CASES["worst near zero"]
    ((_, y),) = places(table, theme.WIDE, f"$4{BN}")
    assert abs(y - zeros(table, theme.WIDE)[0]) >= 12


def test_only_what_lies_below_zero_is_hatched() -> None:
    alone = world("As planned", FALLING)
    key = places(alone, theme.WIDE, "money that is missing")[0]
    strokes = [
        row["y"]
        for mark, row in drawn(cash_panels(alone, theme.WIDE), "line")
        if mark["stroke"] == theme.OUT_OF_OPENAI and mark["strokeWidth"] == cash_plot.STROKE
        if row["x"] < key[0] - 40
    ]
    assert strokes
    assert min(strokes) >= zeros(alone, theme.WIDE)[0] - 0.01


def test_the_key_fills_the_cell_that_is_left_over() -> None:
    x, y = places(WORLDS, theme.WIDE, "money that is missing")[0]
    assert x > places(WORLDS, theme.WIDE, "Commitments cut")[0][0] + 150
    assert y > places(WORLDS, theme.WIDE, "Growth stalls")[0][1] + 150


@pytest.mark.parametrize(
    ("table", "width"), [(WORLDS, theme.NARROW), (CASES["a full row"], theme.WIDE)]
)
def test_the_key_stands_above_where_no_cell_is_left_over(table: pd.DataFrame, width: int) -> None:
    heights = [places(table, width, w)[0][1] for w in ("as assumed", "nine of ten of our draws")]
    assert max(heights) < places(table, width, "As planned")[0][1]


def test_the_key_has_no_missing_money_where_none_is_missing() -> None:
    assert places(RICH, theme.WIDE, "money that is missing") == []


@pytest.mark.parametrize("case", ["five worlds", "twelve years"])
def test_the_first_and_the_last_year_stand_under_every_panel(case: str) -> None:
    table = CASES[case]
    for year in (table.year.min(), table.year.max()):
        assert len(places(table, theme.WIDE, str(year))) == table.panel.nunique()


@WIDTHS
def test_the_drawing_is_as_wide_as_asked_and_has_no_small_type(width: int) -> None:
    spec = specification(lambda w: cash_panels(WORLDS, w), width)
    assert spec["width"] == width
    sizes = [mark["fontSize"] for mark, _ in drawn(cash_panels(WORLDS, width), "text")]
    assert min(sizes) >= marks.SMALL


def test_the_order_of_the_years_in_the_table_does_not_matter() -> None:
    turned = WORLDS.sort_values("year", ascending=False, kind="stable")
    assert cash_panels(turned, theme.WIDE).to_dict() == cash_panels(WORLDS, theme.WIDE).to_dict()


def test_the_specification_is_valid_vega_lite() -> None:
    check(cash_panels(WORLDS, theme.WIDE))


@pytest.mark.parametrize("level", ["low", "middle", "high"])
def test_an_amount_that_is_not_known_is_refused(level: str) -> None:
    table = RICH.assign(**{level: RICH[level].where(RICH.year.ne(2027))})
    with pytest.raises(ValueError, match='"Rich" needs low, middle, high in 2027'):
        cash_panels(table, theme.WIDE)


def test_a_panel_with_other_years_is_refused() -> None:
    short = world("Short", [90, 80])
    with pytest.raises(ValueError, match='"Short" has the years 2026, 2027, not 2026, 2027, 2028'):
        cash_panels(pd.concat([RICH, short]), theme.WIDE)


@pytest.mark.parametrize("table", [RICH.iloc[:0], RICH.iloc[:1]])
def test_no_year_or_a_single_one_is_refused(table: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="needs the rows of at least two years"):
        cash_panels(table, theme.WIDE)


def test_a_year_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r'"Rich" has the years 2026, 2026, .*, not 2026, 2027'):
        cash_panels(pd.concat([RICH, RICH]), theme.WIDE)
