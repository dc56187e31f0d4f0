"""Grouped bars."""

from __future__ import annotations

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.grouped import grouped_bars


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_grouped_bars_are_as_wide_as_asked(width: int) -> None:
    bars = pd.DataFrame({"group": ["2025"], "series": ["Revenue"], "amount": [13.0]})
    assert grouped_bars(bars, width, {"Revenue": theme.INTO_OPENAI}).to_dict()["width"] == width
    with pytest.raises(KeyError, match="no colour"):
        grouped_bars(bars, width, {})
