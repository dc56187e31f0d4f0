"""In which years the plan spends on compute, and contracts without dates fall due."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tightrope import coupled, exposure, obligations, readings, scenarios, spending
from tightrope.dealbook import Dealbook
from tightrope.scenario_parameters import YEARS

# The base by its base reading, as `test_readings.py` has it by hand: 856 in all, 50 in 2026.
PLAN = {2026: 50.0, 2027: 138.9, 2028: 226.5, 2029: 238.7, 2030: 202.0}


def test_the_plan_spends_what_the_base_does_by_its_base_reading(book: Dealbook) -> None:
    planned = spending.planned(book)
    assert planned is not None
    assert planned.round(1).to_dict() == PLAN
    assert list(planned) == list(scenarios.scenario(book).planned)
    assert list(planned) == list(readings.of(book).base.own.planned)


def test_an_undated_contract_falls_due_as_the_plan_spends(book: Dealbook) -> None:
    # By hand: five years are 856, and two more like the last 404, so a seven-year contract is laid
    # on 1,260; of it 2028 has 226.5, and the time after the plan 404.
    shares = spending.undated_shares(book, range(2026, 2036), 7.0)
    assert list(shares) == pytest.approx(
        [one / 1260 for one in (50, 138.9, 226.5, 238.7, 202, 202, 202, 0, 0, 0)], abs=5e-5
    )
    assert shares.sum() == pytest.approx(1)
    # The years that are asked for take nothing from those behind them.
    assert list(spending.undated_shares(book, YEARS, 7.0)) == pytest.approx(list(shares[:5]))


def test_years_beyond_the_plan_have_the_level_of_its_nearest_year(book: Dealbook) -> None:
    levels = spending.levels(book, [2024, 2025, 2026, 2030, 2031, 2060])
    assert levels.round(1).tolist() == [50, 50, 50, 202, 202, 202]


def test_without_a_plan_by_year_contracts_are_spread_evenly(tiny: Dealbook, book: Dealbook) -> None:
    for one in (tiny, book.as_of("2026-09-17")):
        assert spending.planned(one) is None
        assert spending.undated_shares(one, YEARS, 4.0).tolist() == [0.25] * 4 + [0]
        assert spending.how_undated(one) == "evenly"
    how = "in proportion to what OpenAI’s plan spends on compute each year"
    assert spending.how_undated(book) == how


def test_a_plan_with_a_year_without_spending_says_nothing(
    book: Dealbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spending, "weights", lambda *_: np.array([0, 0.2, 0.3, 0.5]))
    fresh = book.as_of("2026-10-08")
    assert spending.planned(fresh) is None
    assert spending.levels(fresh, YEARS).tolist() == [1] * 5


def test_the_plan_of_somebody_else_is_no_profile(book: Dealbook) -> None:
    assert spending.planned(book, "anthropic") is None


def test_all_who_lay_contracts_on_years_do_it_alike(book: Dealbook) -> None:
    own = scenarios.scenario(book)
    owed = obligations.supply(book)
    undated = owed.amount[owed.year.isna() & owed.payee.eq("microsoft")].sum()
    wanted = undated * spending.undated_shares(book, YEARS, own.values["undated_term"])
    assert list(own.undated_shares * undated) == pytest.approx(list(wanted))
    partners = coupled.partners_of(book, own)
    assert [partners.due_to("microsoft", year) for year in YEARS[1:]] == pytest.approx(wanted[1:])
    one = owed[owed.payee.eq("microsoft") & owed.year.isna()]
    dated = exposure.dated(book, one, own.values["undated_term"])
    assert list(dated.groupby("year").amount.sum().loc[YEARS[0] : YEARS[-1]]) == pytest.approx(
        list(wanted)
    )
    assert dated.amount.sum() == pytest.approx(undated)


def test_every_scenario_and_reading_has_the_profile_of_the_base(book: Dealbook) -> None:
    levels = spending.levels(book, YEARS)
    for name in scenarios.ids(book):
        assert list(np.asarray(scenarios.scenario(book, name).profile)) == list(levels)
    for read in readings.of(book).all:
        assert list(np.asarray(read.own.profile)) == list(levels)


def test_dues_of_a_leg_keep_its_sum_within_the_term(book: Dealbook) -> None:
    owed = pd.DataFrame(
        {"payee": ["maker"], "amount": [90.0], "year": pd.array([pd.NA], dtype="Int64")}
    )
    due = obligations.dated(owed, YEARS, spending.undated_shares(book, YEARS, 3.0))
    # By hand: 50, 138.9 and 226.5 are 415.4.
    assert due.set_index("year").amount.to_dict() == pytest.approx(
        {2026: 90 * 50 / 415.4, 2027: 90 * 138.9 / 415.4, 2028: 90 * 226.5 / 415.4}, rel=1e-3
    )
