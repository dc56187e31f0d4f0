"""The ladder's history as numbers and as a picture with a day to move."""

from __future__ import annotations

import datetime as dt
import json

import pandas as pd
import pytest

from tests.unit.pictured import Picture
from tightrope import accounts, ledger
from tightrope.charts import marks, theme
from tightrope.charts.by_day import ladder_by_day
from tightrope.charts.figure import bake
from tightrope.dealbook import Dealbook
from tightrope.units import day

pytestmark = pytest.mark.thorough


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
    Picture(lambda size: ladder_by_day(table, size), width).check(width)


def test_what_stands_on_a_rung_stays_until_the_next_day_of_change(tiny: Dealbook) -> None:
    spec = ladder_by_day(levels(tiny), theme.WIDE).to_dict(validate=False)
    (area,) = (
        layer
        for layer in spec["vconcat"][0]["layer"]
        if layer["mark"]["type"] == "area" and layer["mark"]["strokeDash"] == marks.DASH
    )
    assert area["mark"]["interpolate"] == "step-after"
    rows = spec["datasets"][area["data"]["name"]]
    letters = [row["top"] - row["floor"] for row in rows if row["rung"] == "intended"]
    assert max(letters) == 100  # signed on 2022-05-05
    assert letters[-1] == 0  # replaced on 2023-02-01


def test_panels_share_one_scale_and_each_rung_has_the_hue_of_its_panel(tiny: Dealbook) -> None:
    spec = ladder_by_day(levels(tiny), theme.WIDE).to_dict(validate=False)
    units, hues = [], []
    for panel in spec["vconcat"]:
        area = next(layer for layer in panel["layer"] if layer["mark"]["type"] == "area")
        units.append(panel["height"] / area["encoding"]["y"]["scale"]["domain"][1])
        hues.append(set(area["encoding"]["fill"]["scale"]["range"]))
    assert units == pytest.approx([units[0]] * len(units))
    assert hues == [{theme.INTO_OPENAI}, {theme.OUT_OF_OPENAI}]


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
