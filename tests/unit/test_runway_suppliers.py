"""Suppliers on the path of the sliders: the browser computes what clearing does, year by year."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import pytest

from tests.unit.pictured import Picture
from tests.unit.test_what_if import RANGES, moved, scenario, words
from tightrope import dealbook, scenarios
from tightrope.chapters.runway_suppliers import Suppliers
from tightrope.charts import theme
from tightrope.charts.figure import specification
from tightrope.charts.suppliers_vega import Supplier, lead
from tightrope.charts.what_if import SLIDERS, cash_with_sliders
from tightrope.dealbook import Dealbook
from tightrope.measures.plan import Scenario

pytestmark = pytest.mark.thorough

Settings = dict[str, float]

# By hand. 2026: 50 in the till and 40 new, 50 is paid for compute and 40 left. 2027: half of 20
# comes, so that 50 are there for 100 of compute: a half of contracts is paid.
PLAN = scenario(
    {2026: 50.0, 2027: 100.0},
    0.0,
    revenue=0.0,
    minimum_liquidity=0.0,
    compute_spend=50.0,
    compute_spend_total=150.0,
    compute_variable_share=0.0,
    conditional_funding=20.0,
)
START: Settings = {
    "revenue_growth": 90,
    "margin_before_compute": 65,
    "commitments_honoured": 100,
    "conditional_funding_realised": 50,
}
# It has 4 and 5 from others, and of 40 is paid a half: 29 for bills of 30.
CLOUD = Supplier("Cloud", "Lab", [40.0], [30.0], [0.0], income=5.0, till=4.0)
# It has 2, and of 10 is paid a half: 7 for bills of 15, and 12 if all is paid.
POOR = Supplier("Poor", "Lab", [10.0], [15.0], [3.0], income=2.0, till=0.0)


@cache
def chart(width: int = theme.WIDE) -> dict[str, Any]:
    return specification(lambda w: cash_with_sliders(PLAN, RANGES, w, (CLOUD, POOR)), width)


def evaluated(chart: dict[str, Any], settings: Settings, names: Sequence[str]) -> list[float]:
    """What the chart's own parameters of these names come to at a setting of the sliders."""
    text = " + ' ' + ".join(["'computed'", *(f"format({name}, '.15e')" for name in names)])
    spec = moved({"params": chart["params"]}, settings)
    row = {"data": {"values": [{}]}, "mark": "text", "transform": [{"calculate": text, "as": "t"}]}
    (found,) = words(spec | row | {"encoding": {"text": {"field": "t"}}})
    return [float(number) for number in found.replace("−", "-").split()[1:]]


@pytest.mark.parametrize(
    ("settings", "lacks"),
    [
        (START, [1, 8]),
        # All of the 20 comes: 60 of 100 is paid, 24 and 6.
        (START | {"conditional_funding_realised": 100}, [0, 7]),
        # Half of contracts is owed and paid.
        (START | {"commitments_honoured": 50}, [1, 8]),
        # 40 of 75 that are owed: 40 of every 100.
        (START | {"commitments_honoured": 75, "conditional_funding_realised": 0}, [5, 9]),
    ],
)
def test_a_supplier_lacks_what_its_payer_and_others_do_not_bring(
    settings: Settings, lacks: list[float]
) -> None:
    found = evaluated(chart(), settings, ["lacks_0_1", "lacks_1_1"])
    assert found == pytest.approx(lacks, abs=1e-9)


def test_cash_is_carried_on_and_what_is_missing_is_not() -> None:
    # Nothing is due: the till and 5 a year meet bills of 8: 1 is left, then 2 are missing, and 2.
    broke = Supplier("Broke", "Lab", [0.0] * 3, [8.0, 8.0, 7.0], [0.0, 2.0, 2.0], 5.0, 4.0)
    plan = scenario()
    spec = specification(lambda w: cash_with_sliders(plan, RANGES, w, (broke,)), theme.WIDE)
    names = ["lacks_0_2", "lacks_0_3", "lacks_0_4", "short_0"]
    assert evaluated(spec, START, names) == pytest.approx([0, 2, 2, 3])


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_the_lines_say_who_falls_short_and_who_would_in_any_case(width: int) -> None:
    poor = "Poor first falls short in 2027, even if Lab pays all."
    for conditional, cloud in (
        (50, "Cloud first falls short in 2027."),
        (100, "Cloud can pay to the end of 2027."),
    ):
        settings = START | {"conditional_funding_realised": conditional}
        said = " ".join(words(moved(chart(width), settings)))
        assert f"{lead(True)} {cloud} {poor}" in said
    half = moved(chart(width), START | {"commitments_honoured": 50})
    assert "Suppliers’ bills: Cloud first falls short" in " ".join(words(half))


def test_a_supplier_that_falls_short_earlier_than_in_any_case_is_said_to() -> None:
    assert CLOUD.sentence([0.0], 2030) == "Cloud can pay to the end of 2030."
    late = Supplier("Late", "Lab", [9.0] * 3, [9.0] * 3, [0.0, 0.0, 3.0], income=0.0, till=0.0)
    assert late.short_anyway(2030) == 2030
    assert late.sentence([0.0, 1.0, 4.0], 2030) == (
        "Late first falls short in 2029, in 2030 even if Lab pays all."
    )
    assert late.sentence([0.0, 0.0, 3.0], 2030) == (
        "Late first falls short in 2030, even if Lab pays all."
    )


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_all_words_fit_with_many_suppliers(width: int) -> None:
    late = Supplier("A long name (Asia) Ltd", "OpenAI", [9.0], [20.0], [3.0], income=0.0, till=0.0)
    spec = specification(
        lambda w: cash_with_sliders(PLAN, RANGES, w, (CLOUD, POOR, late, CLOUD)), width
    )
    for conditional in (0, 100):
        settings = START | {"conditional_funding_realised": conditional}
        Picture(moved(spec, settings)).check(width)


def test_names_can_have_quotes_in_them() -> None:
    odd = Supplier('O\'Neil "One"', "Lab", [40.0], [30.0], [0.0], income=5.0, till=4.0)
    spec = specification(lambda w: cash_with_sliders(PLAN, RANGES, w, (odd,)), theme.WIDE)
    assert 'O\'Neil "One" first falls short' in html.unescape(" ".join(words(spec)))


def test_without_suppliers_nothing_is_said_or_computed_of_them() -> None:
    spec = specification(lambda w: cash_with_sliders(PLAN, RANGES, w), theme.WIDE)
    assert "Suppliers" not in " ".join(words(spec))
    assert not [param for param in spec["params"] if param["name"].startswith(("lacks", "paid"))]
    assert spec["height"] == chart()["height"]


@cache
def suppliers_of(scenario_id: str) -> Suppliers:
    book = dealbook.load()
    return Suppliers.of(book, scenarios.scenario(book, scenario_id))


@cache
def drawn(scenario_id: str) -> dict[str, Any]:
    """The chart of a scenario of the data with its suppliers; `moved` copies it."""
    of = suppliers_of(scenario_id)
    own: Scenario = of.own
    ranges = {name: (0.0, 200.0 if name == "revenue_growth" else 100.0, 1.0) for name in SLIDERS}
    return specification(lambda w: cash_with_sliders(own, ranges, w, of.drawn), theme.WIDE)


def assert_same(scenario_id: str, settings: Settings) -> list[int | None]:
    """The browser's sums and years are those of `stress.run`; the years are handed back."""
    of, spec = suppliers_of(scenario_id), drawn(scenario_id)
    changes = {name: value / 100 for name, value in settings.items()}
    lacks = of.lacks(**changes)
    first = int(of.own.dated.index[0])
    names = [
        [*(f"lacks_{place}_{year - first}" for year in lacks.index), f"short_{place}"]
        for place, _ in enumerate(of.can_fall_short)
    ]
    numbers = iter(evaluated(spec, settings, [name for own in names for name in own]))
    years: list[int | None] = []
    for party, own in zip(of.can_fall_short, names, strict=True):
        *found, short = islice(numbers, len(own))
        assert found == pytest.approx(lacks[party].to_list(), rel=1e-9, abs=1e-9)
        hit = lacks.index[lacks[party].gt(0)]
        years.append(int(hit[0]) if len(hit) else None)
        assert short == (hit[0] - first if len(hit) else -1)
    said = " ".join(words(moved(spec, settings)))
    assert f"{' '.join(of.sentences(**changes))}" in said
    return years


def test_the_browser_finds_what_clearing_does_at_twenty_settings_of_the_sliders() -> None:
    rng = np.random.default_rng(20261129)
    least, most = np.array([60, 55, 50, 0]), np.array([150, 80, 100, 100])
    found = [
        assert_same("as-planned", dict(zip(SLIDERS, map(float, setting), strict=True)))
        for setting in rng.integers(least, most + 1, (20, len(SLIDERS)))
    ]
    assert len({tuple(years) for years in found}) > 2, "the settings lead to several answers"


@pytest.mark.parametrize("scenario_id", scenarios.ids(dealbook.load()))
def test_the_browser_finds_what_clearing_does_for_every_scenario(scenario_id: str) -> None:
    values = suppliers_of(scenario_id).own.values
    assert_same(scenario_id, {name: 100 * values[name] for name in SLIDERS})


def test_those_who_are_not_said_can_pay_whatever_the_sliders_say() -> None:
    of = suppliers_of("as-planned")
    worst = {"revenue_growth": 0.0, "commitments_honoured": 0.0}
    lacks = of.lacks(**worst, margin_before_compute=0.0, conditional_funding_realised=0.0)
    assert lacks.drop(columns=list(of.can_fall_short)).eq(0).all().all()
    assert len(of.cannot) + len(of.can_fall_short) == len(of.web.tested)


def test_nobody_but_the_focal_party_and_others_outside_pays_a_tested_supplier() -> None:
    of = suppliers_of("as-planned")
    assert not set(of.web.bills("machines too").payee) & set(of.web.tested)


def test_the_table_tells_apart_what_is_missing_in_any_case() -> None:
    of = suppliers_of("as-planned")
    table, labels = of.table()
    assert set(table.columns) == set(labels)
    for party in of.can_fall_short:
        key = f"{party}_lacks_anyway_usd_bn"
        assert (key in labels) == bool(of.anyway[party].gt(0).any())
        if key in labels:
            assert (table[key] <= table[f"{party}_lacks_usd_bn"] + 1e-9).all()


def test_where_nobody_can_be_tested_nothing_is_said(tiny: Dealbook) -> None:
    of = Suppliers.of(tiny, scenarios.scenario(tiny))
    assert of.web.tested == ()
    assert (of.can_fall_short, of.drawn, of.rows) == ((), (), ())
    assert of.sentences() == []
    assert list(of.table()[0].columns) == []
