"""Cash with sliders: what the browser computes is what the measure computes."""

from __future__ import annotations

import itertools
import json
import math
import re
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
import vl_convert

from tests.unit.pictured import Picture
from tightrope import dealbook, scenarios
from tightrope.charts import theme
from tightrope.charts.figure import specification
from tightrope.charts.what_if import SLIDERS, cash_with_sliders
from tightrope.measures.plan import Scenario
from tightrope.measures.runway import FundingGap, month_cash_ends
from tightrope.units import usd_bn

pytestmark = pytest.mark.thorough

BN = "\N{NO-BREAK SPACE}bn"
VALUES = {
    "opening_cash": 50.0,
    "minimum_liquidity": 10.0,
    "revenue": 30.0,
    "revenue_growth": 0.9,
    "growth_endurance": 0.8,
    "margin_before_compute": 0.65,
    "compute_spend": 35.0,
    "compute_spend_total": 600.0,
    "compute_variable_share": 0.4,
    "undated_term": 6.5,
    "commitments_honoured": 1.0,
    "committed_funding": 40.0,
    "conditional_funding": 80.0,
    "conditional_funding_realised": 0.5,
    "growth_volatility": 0.2,
    "growth_persistence": 0.5,
    "funding_growth_correlation": 0.5,
}
DUE = {2026: 20.0, 2027: 60.0, 2028: 110.0, 2029: 110.0, 2030: 30.0}
RANGES = {
    "revenue_growth": (-20.0, 150.0, 5.0),
    "margin_before_compute": (40.0, 90.0, 1.0),
    "commitments_honoured": (50.0, 100.0, 5.0),
    "conditional_funding_realised": (0.0, 100.0, 5.0),
}
START: dict[str, float] = {
    "revenue_growth": 90,
    "margin_before_compute": 65,
    "commitments_honoured": 100,
    "conditional_funding_realised": 50,
}
SETTINGS = [
    START,
    START | {"revenue_growth": -20, "margin_before_compute": 40},
    START | {"revenue_growth": 35, "conditional_funding_realised": 0},
    START | {"commitments_honoured": 60, "revenue_growth": 75},
    START | {"margin_before_compute": 71, "conditional_funding_realised": 100},
    START | {"margin_before_compute": 78, "commitments_honoured": 90},
    START | {"revenue_growth": 150, "margin_before_compute": 90, "commitments_honoured": 50},
]
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])


def scenario(due: dict[int, float] = DUE, undated: float = 120.0, **changes: float) -> Scenario:
    values = VALUES | changes
    rows = pd.DataFrame({"parameter": list(values), "value": list(values.values())})
    return Scenario.of(rows.assign(low=math.nan, high=math.nan), due, undated)


def chart(of: Scenario, width: int = theme.WIDE) -> dict[str, Any]:
    return specification(lambda w: cash_with_sliders(of, RANGES, w), width)


@cache
def drawn(name: str = "as it stands", width: int = theme.WIDE) -> dict[str, Any]:
    """The chart of one of `SCENARIOS`, the same for all who ask; `moved` copies it."""
    return chart(SCENARIOS[name], width)


def moved(spec: dict[str, Any], sliders: dict[str, float]) -> dict[str, Any]:
    """The chart after a reader has moved its sliders."""
    spec = json.loads(json.dumps(spec))
    for param in spec["params"]:
        if param["name"] in sliders:
            param["value"] = sliders[param["name"]]
    return spec


def words(spec: dict[str, Any]) -> list[str]:
    svg = vl_convert.vegalite_to_svg(spec)
    return [text.replace("&#39;", "'") for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def computed(
    of: Scenario, chart: dict[str, Any], sliders: dict[str, float]
) -> dict[str, list[float]]:
    """What the chart's own expressions come to, year by year."""
    years = range(len(of.dated))
    wanted = [f"{part}_{year}" for part in ("revenue", "compute", "cash") for year in years]
    wanted += ["gap", "worst", "short", "part"]
    text = " + ' ' + ".join(["'computed'", *(f"format({name}, '.12e')" for name in wanted)])
    spec = moved(chart, sliders)
    row = {"data": {"values": [{}]}, "mark": "text", "transform": [{"calculate": text, "as": "t"}]}
    spec["layer"].append(row | {"encoding": {"text": {"field": "t"}}})
    (found,) = [text for text in words(spec) if text.startswith("computed")]
    # Vega writes a minus sign of its own.
    numbers = [float(number) for number in found.replace("−", "-").split()[1:]]
    by_name: dict[str, list[float]] = {}
    for name, number in zip(wanted, numbers, strict=True):
        by_name.setdefault(name.split("_")[0], []).append(number)
    return by_name


def in_python(of: Scenario, sliders: dict[str, float]) -> FundingGap:
    return of.gap(**{name: value / 100 for name, value in sliders.items()})


def assert_same(found: dict[str, list[float]], gap: FundingGap) -> None:
    for part in ("revenue", "compute", "cash"):
        assert found[part] == pytest.approx(list(gap.path[part]), rel=1e-9, abs=1e-9)
    assert found["gap"] == pytest.approx([gap.peak], rel=1e-9, abs=1e-9)
    if gap.peak_year is not None:
        assert found["worst"] == [gap.peak_year - 2026]
    assert found["short"] == [-1 if gap.runway_year is None else gap.runway_year - 2026]


SCENARIOS = {
    "as it stands": scenario(),
    "without undated contracts": scenario(undated=0.0),
    "of two years": scenario({2026: 90.0, 2027: 60.0}),
    "without revenue": scenario(revenue=0.0),
    "whose growth speeds up": scenario(growth_endurance=1.3, minimum_liquidity=0.0),
    "whose contracts take more than the plan": scenario(undated=600.0),
    "that spends most in the third year": replace(
        scenario(), weights=np.array([0.2, 0.4, 0.3, 0.1])
    ),
    "whose undated contracts follow the plan": replace(
        scenario(undated=400.0), profile=np.array([35.0, 70, 120, 150, 110])
    ),
    "without cash from the start": scenario(opening_cash=0.0, committed_funding=0.0),
}


@pytest.mark.parametrize(
    ("name", "sliders"),
    [("as it stands", sliders) for sliders in SETTINGS]
    + [(name, sliders) for name in list(SCENARIOS)[1:] for sliders in SETTINGS[:4:2]],
)
def test_the_browser_computes_what_the_measure_does(name: str, sliders: dict[str, float]) -> None:
    of = SCENARIOS[name]
    assert_same(computed(of, drawn(name), sliders), in_python(of, sliders))


@pytest.mark.parametrize("scenario_id", scenarios.ids(dealbook.load()))
def test_the_browser_computes_what_the_measure_does_for_every_scenario_of_the_data(
    book: dealbook.Dealbook, scenario_id: str
) -> None:
    of = scenarios.scenario(book, scenario_id)
    sliders = {name: 100 * of.values[name] for name in SLIDERS}
    assert_same(computed(of, chart(of), sliders), of.gap())


@WIDTHS
@pytest.mark.parametrize("sliders", SETTINGS)
def test_the_sentence_says_the_gap_its_year_and_the_month_cash_ends(
    sliders: dict[str, float], width: int
) -> None:
    gap = in_python(scenario(), sliders)
    ends = month_cash_ends(gap)
    expected = (
        f"The gap at its peak: {usd_bn(gap.peak)} in {gap.peak_year}." if gap.peak else "No gap."
    ) + (f" Cash ends in {ends:%B %Y}." if ends else " Cash lasts to the end of 2030.")
    assert expected in " ".join(words(moved(drawn(width=width), sliders)))


def test_the_settings_meet_every_form_of_the_sentence() -> None:
    gaps = [in_python(scenario(), sliders) for sliders in SETTINGS]
    forms = {(gap.peak > 0, gap.runway_year is not None) for gap in gaps}
    assert forms == {(True, True), (True, False), (False, False)}


def test_the_highest_and_the_lowest_setting_lie_within_the_scale() -> None:
    spec = drawn()
    (lowest, highest) = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    for good, bad in ((1, 0), (0, 1)):
        sliders = {
            name: RANGES[name][bad if name == "commitments_honoured" else good] for name in SLIDERS
        }
        cash = in_python(scenario(), sliders).path.cash
        assert lowest <= cash.min()
        assert cash.max() <= highest
        assert vl_convert.vegalite_to_svg(moved(spec, sliders)).count("End of") == len(cash)


@WIDTHS
def test_four_sliders_begin_at_the_scenario_and_say_their_values(width: int) -> None:
    spec = drawn(width=width)
    bound = {param["name"]: param for param in spec["params"] if "bind" in param}
    assert {name: param["value"] for name, param in bound.items()} == START
    assert list(bound) == list(SLIDERS)
    assert bound["revenue_growth"]["bind"] == {
        "input": "range",
        "min": -20,
        "max": 150,
        "step": 5,
        "name": "Revenue growth in 2027 ",
    }
    assert {f"{name}_words" for name in SLIDERS} <= {p["name"] for p in spec["params"]}
    said = " ".join(words(spec))
    assert "Growth in 2027 90%, margin before compute 65%" in said
    assert f"commitments honoured 100%, conditional funding 50% of $80{BN}" in said
    assert f"$10{BN} must stay in the till" in said


@WIDTHS
def test_all_words_fit_the_drawing_and_none_is_small(width: int) -> None:
    for sliders in SETTINGS[:3]:
        picture = Picture(moved(drawn(width=width), sliders))
        assert len(picture.words) > 15
        picture.check(width)


def test_what_is_missing_is_hatched_and_nothing_else() -> None:
    spec = drawn()
    rich = moved(spec, SETTINGS[-1])
    strokes = [
        vl_convert.vegalite_to_svg(drawing).count(f'stroke="{theme.OUT_OF_OPENAI}"')
        for drawing in (spec, rich)
    ]
    in_the_key = 5 + 2  # strokes, and the edges above and below them
    assert strokes[0] > 20
    assert strokes[1] == in_the_key


def test_the_specification_is_valid_vega_lite_and_always_the_same() -> None:
    one, other = (cash_with_sliders(scenario(), RANGES, theme.WIDE) for _ in range(2))
    assert one.to_dict(validate=True) == other.to_dict(validate=True)


def test_ranges_that_do_not_fit_their_parameter_are_refused() -> None:
    without = dict(itertools.islice(RANGES.items(), 3))
    with pytest.raises(ValueError, match="ranges are for revenue_growth, margin_before_compute"):
        cash_with_sliders(scenario(), without, theme.WIDE)
    for wrong in ((100.0, 50.0, 5.0), (50.0, 100.0, 0.0), (50.0, 110.0, 5.0)):
        with pytest.raises(ValueError, match="commitments_honoured needs 0 ≤ least < most ≤ 100"):
            cash_with_sliders(scenario(), RANGES | {"commitments_honoured": wrong}, theme.WIDE)
    with pytest.raises(ValueError, match="revenue_growth must lie between 100 and 150, not 90"):
        cash_with_sliders(scenario(), RANGES | {"revenue_growth": (100.0, 150.0, 5.0)}, theme.WIDE)
