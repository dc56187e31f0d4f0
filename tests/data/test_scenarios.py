"""The scenarios: bad rows are refused with file, line and what is allowed; the base adds up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope import scenarios
from tightrope.csvpackage import describe
from tightrope.dealbook import DataError, Dealbook, load
from tightrope.paths import DATA
from tightrope.scenario_parameters import BASE, PARAMETERS

from ..referee import REFEREE
from .test_findings import change, said


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "growth-halves,revenue_growth",
            "growth-halves,growth",
            'scenarios.csv:19: parameter: "growth" is not allowed; use one of: opening_cash, '
            "minimum_liquidity, revenue, revenue_growth",
        ),
        (
            "opening_cash,50,40,60",
            "opening_cash,50,60,40",
            "scenarios.csv:2: value: low, value and high must rise, not 60, 50, 40",
        ),
        (
            "opening_cash,50,40,60",
            "opening_cash,70,40,60",
            "scenarios.csv:2: value: low, value and high must rise, not 40, 70, 60",
        ),
        (
            "opening_cash,50,40,60",
            "opening_cash,50,40,",
            "scenarios.csv:2: high: give low and high, or neither of them",
        ),
        (
            "0.25,,,Half of it.,paper",
            "0.25,,,Half of it.,",
            "scenarios.csv:19: source_id: must not be empty; every row needs a source, an id from sources.csv",
        ),
        (
            "0.25,,,Half of it.,paper",
            "0.25,,,Half of it.,hearsay",
            'scenarios.csv:19: source_id: "hearsay" is not known; add it to sources.csv or use an id from there',
        ),
        (
            "0.25,,,Half of it.",
            "half,,,Half of it.",
            'scenarios.csv:19: value: "half" is not a number such as 22.4',
        ),
        (
            "commitments_honoured,1,",
            "commitments_honoured,80,",
            'scenarios.csv:12: value: "80" is not allowed; commitments_honoured (share) must be between 0 and 1',
        ),
        (
            "compute_spend_total,500",
            "compute_spend_total,120",
            "scenarios.csv:9: value: compute_spend_total must be at least 137.5 for this "
            "compute_spend, or the last of the 5 years would be below 0",
        ),
        (
            "growth-halves,revenue_growth",
            "as-planned,revenue_growth",
            'scenarios.csv:19: parameter: "as-planned, revenue_growth" is there already; every '
            "scenario_id, parameter must be unique",
        ),
        (
            "as-planned,revenue,40",
            "growth-halves,revenue,40",
            'scenarios.csv:18: parameter: the scenario "as-planned" must give every parameter; '
            "missing: revenue",
        ),
    ],
)
def test_a_bad_assumption_is_met_with_a_clear_finding(
    package: Path, old: str, new: str, message: str
) -> None:
    change(package, "scenarios.csv", old, new)
    assert message in said(package)


def test_a_package_without_scenarios_needs_no_base(package: Path) -> None:
    path = package / "scenarios.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert said(package) == ""


def test_a_package_with_scenarios_is_told_what_the_base_must_give(package: Path) -> None:
    change(package, "scenarios.csv", f"{BASE},", "another,")
    assert f'the scenario "{BASE}" must give every parameter; missing: ' in said(package)


def test_a_package_that_does_not_describe_scenarios_is_told_where_to_get_them(
    package: Path,
) -> None:
    change(package, "datapackage.json", '"name": "scenarios"', '"name": "stories"')
    message = 'datapackage.json:1: resources: the table "scenarios" is not described'
    assert message in said(package)
    with pytest.raises(DataError, match='the table "scenarios" is not described'):
        load(package)


def test_the_schema_allows_the_parameters_that_scenarios_have_and_says_what_they_mean() -> None:
    table = next(t for t in describe(DATA)["resources"] if t["name"] == "scenarios")
    field = next(f for f in table["schema"]["fields"] if f["name"] == "parameter")
    assert field["constraints"]["enum"] == list(PARAMETERS)
    assert field["meanings"] == {
        name: f"{parameter.meaning} Unit: {parameter.unit}."
        for name, parameter in PARAMETERS.items()
    }


def test_the_base_reproduces_the_plan_that_it_is_derived_from(book: Dealbook) -> None:
    # OpenAI's presentation of July 2026: 36 in 2026, 350 in 2030, 840 over five years, a free cash
    # flow of -278 and 856 of compute (rows openai-*-plan-2026-q3 of financials.csv).
    base = scenarios.scenario(book, BASE)
    budget = base.budget()
    revenue, other = budget["revenue"], budget["other_costs"]
    assert revenue[2026] == 36
    assert revenue[2030] == pytest.approx(350, abs=1)
    assert revenue.sum() == pytest.approx(840, abs=1)
    assert base.values["compute_spend_total"] == 856
    assert (revenue - other).sum() - 856 == pytest.approx(-278, abs=1)


def test_half_the_contracts_lead_back_to_what_openai_aimed_at_in_february(book: Dealbook) -> None:
    # Row commitments_honoured says about 580; about 600 was the target (openai-compute-target-2026-2030).
    # By hand: 856 less half of what contracts make due after 2026, (566.6 - 18.1) / 2 = 274.2.
    compute = scenarios.scenario(book, "commitments-renegotiated").budget()["compute"]
    assert compute.sum() == pytest.approx(581.8, abs=0.1)


def figure(book: Dealbook, financial_id: str) -> float:
    return float(book.financials.set_index("financial_id").value[financial_id])


def known_on_31_march(book: Dealbook) -> float:
    """Opening cash if what was in the till in March is all but the burn and what is proved paid."""
    paid = book.events[book.events.leg_id.eq("amazon-2026-equity") & book.events.status.eq("paid")]
    till, burned = (figure(book, f"openai-cash-{day}") for day in ("2026-03-31", "burn-2026-q1"))
    return till + burned - float(paid.amount_usd_bn.iloc[0])


def test_opening_cash_is_at_most_what_march_leaves_and_what_the_assets_allow(
    book: Dealbook, referee_book: Dealbook
) -> None:
    # 3 E12: 73 at the end of March + 3.7 burned until then - 15 of Amazon's is 61.7. That was all
    # that the referee's rows had. The leaked accounts, which came into the data since, have just
    # over 50 of assets of every kind at the end of 2025, and about 25 of cash.
    assert REFEREE["opening_cash.high"].agrees(known_on_31_march(referee_book))
    assert known_on_31_march(book) == pytest.approx(61.7)
    low, high = scenarios.scenario(book, BASE).ranges["opening_cash"]
    assert high == min(known_on_31_march(book), figure(book, "openai-total-assets-2025-12-31"))
    assert low == figure(book, "openai-cash-2025-12-31")
