import math

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.grouped import grouped_bars
from tightrope.charts.rungs import COLUMNS, rungs
from tightrope.charts.warrant import payoff

NAN = math.nan


def leg(name="deal", stated_as="announced", announced=0.0, binding=0.0, paid=0.0, **bounds):
    row = {"name": name, "direction": "in", "stated_as": stated_as}
    for layer, amount in (("announced", announced), ("binding", binding), ("paid", paid)):
        low, high = bounds.get(layer, (amount, amount))
        row |= {layer: amount, f"{layer}_low": low, f"{layer}_high": high}
    return row


def table(*legs, layer="announced"):
    return rungs(pd.DataFrame(legs), layer).set_index("name")


def test_increments_add_up_to_the_layer():
    row = table(leg(announced=10, binding=6, paid=2), leg(announced=5)).loc["deal"]
    assert [row.paid, row.binding, row.announced, row.intended] == [2, 4, 9, 0]
    assert (row.low, row.high) == (15, 15)


def test_letters_and_reports_are_intended():
    frame = table(leg("a", "letter_of_intent", 100), leg("b", "reported", 300))
    assert frame.intended.to_list() == [100, 300]
    assert frame.announced.to_list() == [0, 0]


def test_a_payment_that_is_a_range_counts_its_low_end():
    row = table(leg(announced=40, binding=40, paid=NAN) | {"paid_low": 20.0}).loc["deal"]
    assert (row.paid, row.binding) == (20, 20)


def test_an_unknown_amount_stands_on_one_rung():
    both = leg(announced=NAN, binding=NAN) | {"announced_high": 120.0, "announced_low": 90.0}
    row = table(both).loc["deal"]
    assert math.isnan(row.binding)
    assert row.announced == 0
    assert (row.low, row.high) == (90, 120)


def test_lower_layers_leave_out_higher_rungs():
    legs = leg("a", announced=10, binding=6, paid=2), leg("b", announced=5)
    assert table(*legs, layer="paid").index.to_list() == ["a"]
    assert table(*legs, layer="binding").loc["a", ["binding", "announced"]].to_list() == [4, 0]
    with pytest.raises(ValueError, match="layer must be one of"):
        table(*legs, layer="sure")


def test_nothing_known_is_an_empty_frame():
    assert list(rungs(pd.DataFrame()).columns) == COLUMNS


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_grouped_bars_and_payoff_are_as_wide_as_asked(width):
    bars = pd.DataFrame({"group": ["2025"], "series": ["Revenue"], "amount": [13.0]})
    assert grouped_bars(bars, width, {"Revenue": theme.INTO_OPENAI}).to_dict()["width"] == width
    with pytest.raises(KeyError, match="no colour"):
        grouped_bars(bars, width, {})
    points = pd.DataFrame({"label": ["Last"], "price": [600.0], "value": [96.0], "met": [False]})
    bands = pd.DataFrame({"label": ["Chips"], "low": [90.0], "high": [120.0]})
    assert payoff(points, bands, width).to_dict()["width"] == width
    assert payoff(points, bands.iloc[:0], width).to_dict()["width"] == width
