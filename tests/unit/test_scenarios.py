"""A scenario takes over from the base what it does not give itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tightrope import obligations, scenarios
from tightrope.dealbook import Dealbook
from tightrope.measures import runway
from tightrope.scenario_parameters import PARAMETERS

from .books import Leg, Step, made


def test_a_scenario_has_every_parameter_and_says_which_are_its_own(tiny: Dealbook) -> None:
    rows = scenarios.assumptions(tiny, "growth-halves").set_index("parameter")
    assert list(rows.index) == list(PARAMETERS)
    assert list(rows.index[rows.is_own]) == ["revenue_growth"]
    assert rows.loc["revenue_growth", "assumption_id"] == "growth-halves.revenue_growth"
    assert rows.loc["revenue", "assumption_id"] == "as-planned.revenue"
    assert rows.loc["revenue", "unit"] == "usd_bn"


def test_all_of_the_base_is_its_own(tiny: Dealbook) -> None:
    assert scenarios.assumptions(tiny, "as-planned").is_own.all()


def test_what_it_changes_changes_the_money(tiny: Dealbook) -> None:
    base, half = (scenarios.scenario(tiny, name) for name in ("as-planned", "growth-halves"))
    # By hand: 40 grows by half, or by a quarter.
    assert base.budget()["revenue"][2027] == 60
    assert half.budget()["revenue"][2027] == 50
    assert half.ranges.keys() == base.ranges.keys() - {"revenue_growth"}


def test_an_unknown_scenario_is_refused_with_those_that_there_are(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match='one of as-planned, growth-halves, not "boom"'):
        scenarios.assumptions(tiny, "boom")


def test_a_row_is_named_by_scenario_and_parameter_and_rests_on_its_source(tiny: Dealbook) -> None:
    assert tiny.sources_of(["scenarios/growth-halves.revenue_growth"]) == ["paper"]


def test_scenarios_have_no_day_and_stay_in_earlier_editions(tiny: Dealbook) -> None:
    early = tiny.as_of("2020-06-30")
    assert len(early.scenarios) == len(tiny.scenarios)
    assert "paper" in set(early.sources.source_id)


def test_a_name_for_readers_follows_from_the_id() -> None:
    assert scenarios.title("growth-stalls") == "Growth stalls"


def test_all_money_of_a_scenario_is_laid_out_by_payer_and_payee(book: Dealbook) -> None:
    own = scenarios.scenario(book, "as-planned")
    table, budget = scenarios.payments(book, own), own.budget()
    sums = {side: table[table[side].eq("openai")].amount.sum() for side in ("payer", "payee")}
    assert sums["payee"] == pytest.approx(budget["revenue"].sum() + budget["funding"].sum())
    assert sums["payer"] == pytest.approx(budget["compute"].sum() + budget["other_costs"].sum())


def test_suppliers_get_the_share_that_is_honoured(book: Dealbook) -> None:
    whole, half = (
        scenarios.payments(book, scenarios.scenario(book, name)).set_index("payee").amount["oracle"]
        for name in ("as-planned", "commitments-renegotiated")
    )
    assert half == pytest.approx(0.5 * whole)


def test_a_scenario_rests_on_its_assumptions_and_on_the_contracts_that_it_pays(
    tiny: Dealbook,
) -> None:
    assumed = scenarios.assumptions(tiny, "growth-halves")
    supplied = obligations.supply(tiny.as_of("2020-02-01")).iloc[:0]
    assert scenarios.rows(assumed, supplied) == scenarios.rows(assumed)
    assert "scenarios/growth-halves.revenue_growth" in scenarios.rows(assumed)
    assert scenarios.rows(assumed.iloc[:1], obligations.supply(tiny)) == (
        "scenarios/as-planned.opening_cash",
        "legs/cloud-use",
    )


def test_chips_for_onward_sale_run_from_suppliers_to_chip_makers(book: Dealbook) -> None:
    table = scenarios.onward(book)
    assert {"oracle", "coreweave"} <= set(table.payer[table.payee.eq("nvidia")])
    assert "openai" not in {*table.payer, *table.payee}


def test_chips_count_at_the_most_that_is_known_of_them(tiny: Dealbook) -> None:
    # By hand: 20 of 8 to 20, and the 5 of which more is open above, to one maker; 3 to another.
    legs = {
        "range": Leg("oracle", "nvidia", [Step("estimated", low=8.0, high=20.0)], "chips"),
        "floor": Leg("oracle", "nvidia", [Step("estimated", 5.0, bound="floor")], "chips"),
        "exact": Leg("oracle", "amd", [Step("estimated", 3.0)], "chips"),
        "own": Leg("openai", "amd", [Step("estimated", 7.0)], "chips"),
        "rent": Leg("oracle", "nvidia", [Step("estimated", 2.0)], "compute"),
    }
    table = scenarios.onward(made(tiny, legs))
    assert list(table.itertuples(index=False, name=None)) == [
        ("oracle", "amd", 3.0),
        ("oracle", "nvidia", 25.0),
    ]


def test_swings_are_said_in_words_and_those_without_effect_are_left_out(tiny: Dealbook) -> None:
    table = scenarios.swings(scenarios.scenario(tiny))
    # The total stays when its first year moves, so that the last year ends as it did.
    assert set(table.parameter) == {
        "opening_cash", "revenue_growth", "conditional_funding_realised",
    }  # fmt: skip
    growth = table.set_index("parameter").loc["revenue_growth"]
    assert (growth.words, growth.low_words, growth.high_words) == ("Revenue growth", "30%", "80%")
    assert table.swing.is_monotonic_decreasing


def test_contracts_are_paid_first_or_alike_where_money_is_short(tiny: Dealbook) -> None:
    own = scenarios.scenario(tiny)
    poor = replace(own, dated=own.dated + 40.0, values=dict(own.values) | {"opening_cash": 0.0})
    table = scenarios.contracts_paid(poor).set_index("year")
    ratios = runway.pay_ratios(**poor.budget()).set_index("year")
    short = ratios.index[ratios.pay_ratio < 1][0]
    # All compute alike: every supplier gets the same share.
    assert table.alike[short] == ratios.pay_ratio[short]
    # Contracts first: all that is paid, over what contracts oblige.
    assert table["first"][short] == pytest.approx(min(1.0, ratios.paid[short] / table.due[short]))
    assert (table["first"] >= table.alike).all()


def test_what_is_not_honoured_is_not_paid_from_the_second_year_on(tiny: Dealbook) -> None:
    own = scenarios.scenario(tiny)
    rich = replace(
        own, values=dict(own.values) | {"opening_cash": 900.0, "commitments_honoured": 0.5}
    )
    assert list(scenarios.contracts_paid(rich).alike) == [1, 0.5, 0.5, 0.5, 0.5]


def test_what_is_paid_of_contracts_follows_a_change_of_the_assumptions(tiny: Dealbook) -> None:
    own = scenarios.scenario(tiny)
    paid = scenarios.contracts_paid(own, opening_cash=900.0, commitments_honoured=0.5)
    assert list(paid.alike) == [1, 0.5, 0.5, 0.5, 0.5]
    with pytest.raises(ValueError, match='"luck" is no parameter'):
        scenarios.contracts_paid(own, luck=1.0)


def test_the_largest_give_first_where_less_is_committed_than_they_bound(book: Dealbook) -> None:
    # Amazon 50, Nvidia 30 and SoftBank 30 are what is left of the round in "funding-stops".
    table = scenarios.payments(book, scenarios.scenario(book, "funding-stops"))
    given = table[table.payee.eq("openai")].set_index("payer").amount
    assert given.drop(scenarios.CUSTOMERS).to_dict() == {"amazon": 50, "nvidia": 30, "softbank": 30}


def test_money_of_earlier_years_is_no_part_of_the_round(book: Dealbook) -> None:
    own = scenarios.scenario(book)
    assert "microsoft" not in set(scenarios.payments(book, own).payer)


def test_when_cash_ends_is_said_for_titles(tiny: Dealbook) -> None:
    own = scenarios.scenario(tiny)
    rich = replace(own, values=dict(own.values) | {"opening_cash": 9000.0})
    assert scenarios.when_cash_ends(rich) == "cash lasts to the end of 2030"
