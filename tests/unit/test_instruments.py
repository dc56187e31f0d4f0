"""Two webs beside each other, one row an instrument."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.instruments import instruments

WEBS = ["then", "now"]


def row(web: str, paid: float, binding: float, high: float, **more: object) -> dict[str, object]:
    return {
        "instrument": "loans",
        "web": web,
        "direction": "borrowed",
        "paid": paid,
        "binding": binding,
        "announced": 0.0,
        "intended": 0.0,
        "low": paid,
        "high": high,
        "words": f"{web} words",
        "detail": "",
    } | more


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def values(chart: Any, kind: str) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    return [
        value
        for layer in spec["layer"]
        if layer["mark"]["type"] == kind
        for value in layer["data"]["values"]
    ]


def lengths(chart: Any, web: str) -> float:
    bars = [v for v in values(chart, "rect") if f", {web}:" in v.get("tip", "")]
    return float(max(bar["x2"] for bar in bars) - min(bar["x"] for bar in bars))


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_all_bars_share_one_scale(width: int) -> None:
    chart = instruments(table(row("then", 10, 0, 10), row("now", 20, 20, 40)), width, WEBS)
    assert chart.to_dict()["width"] == width
    assert lengths(chart, "now") == pytest.approx(4 * lengths(chart, "then"), rel=0.05)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_nothing_leaves_the_drawing(width: int) -> None:
    chart = instruments(table(row("then", 1, 0, 1), row("now", 20, 20, 40)), width, WEBS)
    assert all(bar["x"] >= 0 and bar["x2"] <= width + 1 for bar in values(chart, "rect"))


def test_a_rung_without_an_amount_reaches_to_the_highest_that_the_evidence_allows() -> None:
    open_ended = row("now", 2, math.nan, 8)
    chart = instruments(table(row("then", 8, 0, 8), open_ended), theme.WIDE, WEBS)
    assert lengths(chart, "now") == pytest.approx(lengths(chart, "then"), rel=0.05)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_a_web_without_the_instrument_says_so_in_words(width: int) -> None:
    chart = instruments(table(row("then", 8, 0, 8)), width, WEBS)
    assert any(text["text"].endswith("none known") for text in values(chart, "text"))


def test_a_web_that_has_no_column_is_refused() -> None:
    with pytest.raises(ValueError, match="no column for later"):
        instruments(table(row("later", 1, 0, 1)), theme.WIDE, WEBS)
