"""The ladder's history as numbers and as a picture with a day to move."""

from __future__ import annotations

import datetime as dt
import json

import pandas as pd
import pytest

from tightrope import accounts, ledger
from tightrope.charts import theme
from tightrope.charts.by_day import _staircase, ladder_by_day
from tightrope.charts.figure import bake
from tightrope.dealbook import Dealbook
from tightrope.units import day


def levels(book: Dealbook) -> pd.DataFrame:
    spells = ledger.history(book)
    inward = spells.payee.eq("openai")
    return accounts.rungs_by_day(
        spells.assign(
            name=inward.map({True: "into OpenAI", False: "out of OpenAI"}),
            direction=inward.map({True: "in", False: "out"}),
        )
    )


def test_the_rungs_of_a_day_are_those_of_the_ladder_of_that_day(tiny: Dealbook) -> None:
    table = levels(tiny)
    for when in table.day.unique():
        stand = ledger.ladder(tiny.as_of(f"{when:%Y-%m-%d}"))
        inward = stand[stand.payee.eq("openai")].assign(name="into OpenAI", direction="in")
        of_day = table[table.day.eq(when) & table.name.eq("into OpenAI")]
        expected = accounts.rungs(inward)[accounts.RUNGS].sum()
        assert of_day[accounts.RUNGS].iloc[0].to_dict() == expected.to_dict()


def test_what_is_replaced_leaves_the_ladder_on_that_day(tiny: Dealbook) -> None:
    # The letter of 100 was signed on 2022-05-05 and replaced on 2023-02-01.
    intended = levels(tiny).query("name == 'into OpenAI'").set_index("day").intended
    assert intended["2022-05-05"] == 100
    assert intended["2023-02-01"] == 0


def test_every_name_has_a_row_on_every_day_of_change(tiny: Dealbook) -> None:
    table = levels(tiny)
    assert table.groupby("day").name.nunique().eq(2).all()


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_the_live_chart_has_a_slider_over_the_days(tiny: Dealbook, width: int) -> None:
    table = levels(tiny)
    spec = ladder_by_day(table, width).to_dict()
    stop = next(param for param in spec["params"] if param["name"] == "stop")
    assert stop["bind"] == {
        "input": "range",
        "min": 0,
        "max": table.day.nunique() - 1,
        "step": 1,
        "name": "As known on ",
    }
    assert spec["width"] == width


def test_the_picture_shows_the_last_day(tiny: Dealbook) -> None:
    table = levels(tiny)
    content = {
        "id": "x",
        "title": "t",
        "description": "d",
        "wide": ladder_by_day(table, theme.WIDE).to_dict(),
        "narrow": ladder_by_day(table, theme.NARROW).to_dict(),
    }
    pictures = bake(json.loads(json.dumps(content)))
    assert day(dt.date(2023, 2, 1)) in pictures["wide"]
    assert day(dt.date(2022, 5, 5)) not in pictures["wide"]


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_a_day_without_a_known_payment_does_not_say_that_nothing_was_paid(
    tiny: Dealbook, width: int
) -> None:
    spec = json.dumps(ladder_by_day(levels(tiny), width).to_dict())
    assert "paid: none known" in spec
    assert "paid $0" not in spec


def test_a_line_has_corners_only_where_it_moves() -> None:
    # At 2 from day 0 to day 30, then at 3 to the right edge, ten pixels a dollar above 100.
    corners = _staircase([0, 10, 20, 30], [2, 2, 2, 3], right=40, bottom=100, scale=10)
    assert corners == [(0, 80), (30, 80), (30, 70), (40, 70)]
