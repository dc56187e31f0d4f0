"""A drawing keeps to a screen and a half of a phone."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.ladder import ladder
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.phone import TALLEST, held
from tightrope.charts.two_sided import two_sided

MANY = 40


def words(chart: Drawing) -> str:
    return " ".join(
        str(row["text"])
        for layer in chart.layers
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    ).replace("\N{NO-BREAK SPACE}", " ")


def rows_of(count: int, width: int) -> Drawing:
    canvas = Canvas(width)
    canvas.line([(0, 0), (1, 1)])
    return canvas.chart(count * 100)


def test_a_narrow_drawing_may_be_as_high_as_a_screen_and_a_half_at_370_pixels() -> None:
    # 844 and a half of it are 1266; 1266 of 370 are 1026 of 300.
    assert TALLEST == 1026


def test_as_many_are_drawn_as_have_room() -> None:
    assert held(lambda count: rows_of(count, theme.NARROW), 12).height == 1000


def test_a_wide_page_has_room_for_all() -> None:
    assert held(lambda count: rows_of(count, theme.WIDE), 12).height == 1200


def deals() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": [f"Deal {number}" for number in range(MANY)],
            "direction": "out",
            "paid": 1.0,
            "binding": [float(MANY - number) for number in range(MANY)],
            "announced": 0.0,
            "intended": 0.0,
        }
    )


def test_a_ladder_puts_what_has_no_room_together() -> None:
    chart = ladder(deals(), theme.NARROW)
    assert chart.height <= TALLEST
    shown = sum(
        f"Deal {number}" in words(chart).split("$")[0] or f"Deal {number} " in words(chart)
        for number in range(MANY)
    )
    rest = MANY - shown
    # One paid of each, and of those left out 1 + 2 + … signed.
    assert f"{rest} more together" in words(chart)
    assert f"${rest + rest * (rest + 1) // 2} bn, ${rest} bn paid" in words(chart)


def test_on_a_wide_page_a_ladder_has_every_deal() -> None:
    assert "more together" not in words(ladder(deals(), theme.WIDE))


def test_partners_that_have_no_room_share_a_block() -> None:
    table = pd.DataFrame(
        {
            "party": [f"Partner {number}" for number in range(MANY)],
            "paid_in": 1.0,
            "paid_out": [float(MANY - number) for number in range(MANY)],
        }
    )
    chart = two_sided(table, theme.NARROW)
    assert chart.height <= TALLEST
    rest = MANY - words(chart).count("Partner ")
    assert f"{rest} more partners" in words(chart)
    assert f"in ${rest} bn" in words(chart)
    assert f"out ${rest * (rest + 1) // 2} bn" in words(chart)


@pytest.mark.parametrize("count", [1, 3])
def test_few_are_drawn_as_they_are(count: int) -> None:
    assert held(lambda number: rows_of(number, theme.NARROW), count).height == count * 100
