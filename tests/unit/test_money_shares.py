"""Sources and uses, readings of one share, and parts of a whole, as they are drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tightrope.charts import theme
from tightrope.charts.marks import Drawing, Fill
from tightrope.charts.parts import parts
from tightrope.charts.sources_uses import sources_uses

WIDTHS = [theme.WIDE, theme.NARROW]
HUES = {"outside": theme.INTO_OPENAI, "supplier": theme.ROUND_TRIP, "costs": theme.OUT_OF_OPENAI}
NAN = float("nan")


def layers(chart: Drawing, kind: str) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    return [
        row | {"fill": layer["mark"].get("fill")}
        for layer in spec["layer"]
        if layer["mark"]["type"] == kind
        for row in layer["data"]["values"]
    ]


def words(chart: Drawing) -> list[str]:
    return [row["text"] for row in layers(chart, "text")]


def money(*rows: tuple[str, str, str, str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["block", "side", "name", "kind", "low", "high"])


YEARS = money(
    ("2025", "source", "customers", "outside", 10.0, 10.0),
    ("2025", "source", "a chipmaker", "supplier", 0.0, 20.0),
    ("2025", "use", "computing", "costs", 5.0, 5.0),
    ("2026", "use", "computing", "costs", NAN, NAN),
)


def test_sources_lie_left_of_the_axis_and_uses_right_on_one_scale() -> None:
    bars = {
        bar["tip"].split(": ")[1].split(" $")[0]: bar
        for bar in layers(sources_uses(YEARS, theme.WIDE, {}, HUES), "rect")
        if "tip" in bar
    }
    came, went = bars["customers"], bars["computing"]
    assert came["x2"] <= went["x"]
    assert came["x2"] - came["x"] + 1 == pytest.approx(2 * (went["x2"] - went["x"] + 1), abs=0.1)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_not_published_is_said_and_not_drawn(width: int) -> None:
    chart = sources_uses(YEARS, width, {"2025": "a third"}, HUES)
    assert "computing undisclosed" in words(chart)
    assert any("a third" in word for word in words(chart))
    assert not [bar for bar in layers(chart, "rect") if bar.get("tip", "").startswith("2026")]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_bar_and_label_stays_on_the_page(width: int) -> None:
    long = money(("2025", "source", "customers " * 9, "outside", 10.0, 10.0))
    chart = sources_uses(pd.concat([YEARS, long]), width, {}, HUES)
    for bar in layers(chart, "rect"):
        assert -0.1 <= bar["x"] < bar["x2"] <= width + 0.1


def test_an_unknown_side_and_a_kind_without_a_hue_are_refused() -> None:
    with pytest.raises(ValueError, match="sideways"):
        sources_uses(YEARS.assign(side="sideways"), theme.WIDE, {}, HUES)
    with pytest.raises(KeyError):
        sources_uses(YEARS, theme.WIDE, {}, {"costs": theme.OUT_OF_OPENAI})


HUE = theme.INTO_OPENAI


def whole(name: str, group: str, **amounts: float) -> pd.DataFrame:
    rows = [(name, group, part, amount, f"words of {name}") for part, amount in amounts.items()]
    return pd.DataFrame(rows, columns=["whole", "group", "part", "amount", "words"])


FILLS = {"own": Fill(theme.ROUND_TRIP), "rest": Fill(theme.OUT_OF_OPENAI, "announced")}


@pytest.mark.parametrize("width", WIDTHS)
def test_wholes_are_equally_long_whatever_their_dollars(width: int) -> None:
    table = pd.concat([whole("a", "G", own=1, rest=3), whole("b", "G", own=50, rest=50)])
    bars = [bar for bar in layers(parts(table, width, FILLS), "rect") if "tip" in bar]
    ends = {bar["tip"]: (bar["x"], bar["x2"]) for bar in bars}
    assert ends["a, rest: 75%"][1] == pytest.approx(ends["b, rest: 50%"][1], abs=0.1)
    left = ends["a, own: 25%"][0]
    assert ends["b, own: 50%"][1] - left == pytest.approx(
        2 * (ends["a, own: 25%"][1] - left), abs=3
    )


def test_a_group_is_headed_once_and_an_empty_whole_is_only_said() -> None:
    table = pd.concat([whole("a", "G", own=1, rest=3), whole("b", "G", own=0, rest=0)])
    chart = parts(table, theme.WIDE, FILLS)
    assert words(chart).count("G") == 1
    assert "words of b" in words(chart)
    assert not [bar for bar in layers(chart, "rect") if bar.get("tip", "").startswith("b")]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_whole_has_its_note_and_a_bar_as_tall_as_asked(width: int) -> None:
    table = whole("a", "G", own=1, rest=3).assign(note="a note")
    chart = parts(table, width, FILLS, 34)
    assert "a note" in words(chart)
    bars = [bar for bar in layers(chart, "rect") if "tip" in bar]
    # An area is inset by half a pixel on both sides, if it has an outline.
    assert {round(bar["y2"] - bar["y"] + 1) for bar in bars} == {34}


def test_a_part_without_a_filling_is_refused() -> None:
    with pytest.raises(KeyError, match="lost"):
        parts(whole("a", "G", lost=1), theme.WIDE, FILLS)
