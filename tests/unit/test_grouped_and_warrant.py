"""Grouped bars and the payoff of a warrant."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.grouped import grouped_bars
from tightrope.charts.warrant import payoff


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_grouped_bars_and_payoff_are_as_wide_as_asked(width: int) -> None:
    bars = pd.DataFrame({"group": ["2025"], "series": ["Revenue"], "amount": [13.0]})
    assert grouped_bars(bars, width, {"Revenue": theme.INTO_OPENAI}).to_dict()["width"] == width
    with pytest.raises(KeyError, match="no colour"):
        grouped_bars(bars, width, {})
    points = pd.DataFrame({"label": ["Last"], "price": [600.0], "value": [96.0], "met": [False]})
    bands = pd.DataFrame({"label": ["Chips"], "low": [90.0], "high": [120.0]})
    assert payoff(points, bands, width).to_dict()["width"] == width
    assert payoff(points, bands.iloc[:0], width).to_dict()["width"] == width
