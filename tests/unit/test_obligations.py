"""What is still to be paid for compute, and when."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tightrope.dealbook import Dealbook
from tightrope.obligations import (
    builds,
    by_year,
    calendar_year,
    creditors,
    dated,
    dues,
    fixed_charges,
    newest_annual,
    opening_cash,
    other_cash,
    partners,
)

PAYMENTS = pd.DataFrame(
    {
        "payee": ["cloud", "cloud", "maker"],
        "amount": [30.0, 5.0, 10.0],
        "year": pd.array([2027, 2031, pd.NA], dtype="Int64"),
    }
)
YEARS = range(2026, 2029)


def test_dues_have_a_sum_a_year_and_one_for_what_has_no_date() -> None:
    series, undated = by_year(PAYMENTS, YEARS)
    # The 5 of 2031 fall due too late.
    assert series.to_dict() == {2026: 0.0, 2027: 30.0, 2028: 0.0}
    assert undated == 10


def test_dated_payments_keep_their_year_and_undated_ones_get_theirs() -> None:
    due = dated(PAYMENTS, YEARS, term=5)
    # 30 stays in 2027; 10 over five years is 2 a year.
    assert due.groupby("year").amount.sum().to_dict() == {2026: 2.0, 2027: 32.0, 2028: 2.0}
    assert np.issubdtype(due.year.dtype, np.integer)


def figures(book: Dealbook, *rows: tuple[str, str, str, float]) -> Dealbook:
    """The book with these figures: party, metric, period, value; all booked, all known."""
    frame = pd.DataFrame(rows, columns=["party_id", "metric", "period", "value"])
    frame = frame.assign(
        financial_id=[f"{p}-{m}-{t}".lower().replace("_", "-") for p, m, t, _ in rows],
        value_low=np.nan,
        value_high=np.nan,
        nature="actual",
        known_on=pd.Timestamp(2026, 1, 1),
    )
    return replace(book, financials=frame)


@pytest.mark.parametrize(
    ("period", "party", "year"),
    [
        ("2027", "coreweave", 2027),
        ("2026-H2", "coreweave", 2026),
        ("FY2027", "oracle", 2026),
        ("FY2027-Q4", "microsoft", 2026),
        ("FY2025", "softbank", 2025),
        ("FY2032/2066", "oracle", 2031),
    ],
)
def test_a_fiscal_year_counts_as_the_calendar_year_in_which_most_of_it_lies(
    period: str, party: str, year: int
) -> None:
    assert calendar_year(period, party) == year


def test_principal_falls_due_in_its_year_and_a_span_in_equal_parts(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("oracle", "debt_due", "FY2028", 10.0),
        ("oracle", "debt_due", "FY2029/2032", 8.0),
    )
    table = fixed_charges(book, range(2027, 2030), ["oracle"])
    assert table.set_index("year").low.to_dict() == {2027: 10, 2028: 2, 2029: 2}
    assert set(table.payee) == {"oracle-lenders"}
    assert table.rows.iloc[0] == ("financials/oracle-debt-due-fy2028",)


def test_interest_is_made_a_year_from_the_newest_period(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("coreweave", "interest_cost", "2025", 1.0),
        ("coreweave", "interest_cost", "2026-Q2", 0.5),
    )
    table = fixed_charges(book, [2027, 2028], ["coreweave"])
    assert list(table.high) == [2.0, 2.0]


def test_new_rent_ranges_from_a_slow_start_on_long_terms_to_all_at_once(tiny: Dealbook) -> None:
    # By hand: 190 / 19 begun by halves is 5 and 10; 190 / 10 from the first year is 19.
    book = figures(tiny, ("oracle", "lease_commitments", "2026-08-31", 190.0))
    table = fixed_charges(book, [2027, 2028], ["oracle"], lease_terms=(10, 19))
    assert list(table.low) == [5, 10]
    assert list(table.high) == [19, 19]
    assert set(table.payee) == {"oracle-landlords"}


def test_lease_terms_must_be_a_span(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match=r"lease terms must be two spans .* not \(19, 15\)"):
        fixed_charges(tiny, [2027], ["oracle"], lease_terms=(19, 15))


def test_other_cash_leaves_out_what_the_focal_party_may_have_paid(tiny: Dealbook) -> None:
    # By hand: 32 + 4 of interest; high with 3 of rent, low without up to 18 from OpenAI.
    book = figures(
        tiny,
        ("oracle", "operating_cash_flow", "FY2026", 32.0),
        ("oracle", "operating_cash_flow", "FY2027-Q1", 23.0),
        ("oracle", "interest_cost", "FY2026", 4.0),
        ("oracle", "rent_due", "FY2027", 3.0),
        ("oracle", "revenue_from_openai", "FY2026", 18.0),
    )
    book.financials.loc[4, ["value_low", "value", "value_high"]] = [0.0, np.nan, 18.0]
    row = other_cash(book, ["oracle"]).iloc[0]
    assert (row.low, row.high) == (18.0, 39.0)
    assert len(row.rows) == 4


def test_half_a_year_of_cash_is_doubled_and_so_is_what_came_from_the_focal_party(
    tiny: Dealbook,
) -> None:
    book = figures(
        tiny,
        ("coreweave", "operating_cash_flow", "2026-H1", 3.0),
        ("coreweave", "revenue_from_openai", "2026-H1", 1.0),
    )
    row = other_cash(book, ["coreweave"]).iloc[0]
    assert (row.low, row.high) == (4.0, 4.0)


def test_a_figure_that_does_not_say_how_long_its_period_was_makes_no_year(tiny: Dealbook) -> None:
    book = figures(tiny, ("microsoft", "operating_cash_flow", "2026-03-31", 127.0))
    assert newest_annual(book, "operating_cash_flow", ["microsoft"]).empty
    assert other_cash(book, ["microsoft"]).empty


def test_creditors_are_lenders_landlords_or_makers_of_machines() -> None:
    charges = pd.DataFrame(
        {
            "payee": ["oracle-lenders", "oracle-landlords", "nvidia", "oracle-lenders"],
            "kind": ["principal", "new rent", "machines", "interest"],
        }
    )
    assert creditors(charges) == {
        "oracle-lenders": "Lenders",
        "oracle-landlords": "Landlords",
        "nvidia": "Makers of machines",
    }


def test_opening_cash_is_the_newest(tiny: Dealbook) -> None:
    book = figures(
        tiny, ("oracle", "cash", "2026-05-31", 30.0), ("oracle", "cash", "2026-08-31", 36.0)
    )
    assert list(opening_cash(book, ["oracle"]).amount) == [36.0]


def test_only_machines_count_of_a_site_whose_building_is_rented(book: Dealbook) -> None:
    leg = book.as_of("2026-10-01")
    table = builds(leg, [2027, 2028], ["oracle"], term=5)
    # 57.6 % by Bernstein, 72.7 % at Abilene, of a site of 157.5 to 300 (rows of financials.csv).
    assert table.low.to_list() == pytest.approx([157.5 * 0.576 / 5] * 2)
    assert table.high.to_list() == pytest.approx([300 * 0.727 / 5] * 2)
    assert {row for rows in table.rows for row in rows} == {
        "legs/oracle-build",
        "financials/openai-equipment-share-2025-10-bernstein",
        "financials/openai-equipment-share-2025-05-abilene",
    }
    # An estimate of the press is no contract.
    assert builds(leg, [2027], ["oracle"], term=5, layer="binding").empty


def test_before_anything_is_known_there_are_no_partners_and_no_charges(book: Dealbook) -> None:
    early = book.as_of("2019-07-22")
    assert partners(early) == []
    assert fixed_charges(early, [2027], []).empty
    assert builds(early, [2027], [], term=5).empty
    assert other_cash(early, []).empty


def test_dues_of_all_join_into_what_clearing_takes(tiny: Dealbook) -> None:
    owed = pd.DataFrame(
        {"year": [2027], "payer": ["openai"], "payee": ["oracle"], "amount": [60.0]}
    )
    book = figures(tiny, ("oracle", "lease_commitments", "2026-08-31", 190.0))
    charges = fixed_charges(book, [2027], ["oracle"], lease_terms=(10, 19))
    assert dues(owed, charges, "high").amount.to_list() == [60, 19]
    assert dues(owed, charges, "low").payee.to_list() == ["oracle", "oracle-landlords"]
    with pytest.raises(ValueError, match='end must be low or high, not "middle"'):
        dues(owed, charges, "middle")


def test_rents_that_hold_the_leases_not_begun_do_not_count_them_twice(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("microsoft", "rent_due", "FY2028/2032", 50.0),
        ("microsoft", "lease_commitments", "2026-06-30", 300.0),
    )
    table = fixed_charges(book, [2027], ["microsoft"])
    assert table.kind.to_list() == ["rent"]
    assert table.high.to_list() == [10]
