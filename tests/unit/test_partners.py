"""What partners owe in turn, and what they have to pay it with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tightrope.dealbook import Dealbook
from tightrope.partners import (
    builds,
    can_be_tested,
    creditors,
    fixed_charges,
    from_focal,
    newest_annual,
    opening_cash,
    other_cash,
)

EARLIER, LATER = "2026-01-01", "2026-06-30"


def figures(book: Dealbook, *rows: tuple[str, str, str, float]) -> Dealbook:
    """The book with these figures: party, metric, period, value; all booked, all known."""
    frame = pd.DataFrame(rows, columns=["party_id", "metric", "period", "value"])
    frame = frame.assign(
        financial_id=[f"{p}-{m}-{t}".lower().replace("_", "-") for p, m, t, _ in rows],
        value_low=np.nan,
        value_high=np.nan,
        nature="actual",
        known_on=pd.Timestamp(EARLIER),
    )
    return replace(book, financials=frame)


def changed(book: Dealbook, row: int, **values: object) -> Dealbook:
    """The book with other values in one of its figures."""
    frame = book.financials.copy()
    for column, value in values.items():
        frame[column] = frame[column].astype(object)
        frame.loc[row, column] = value
    frame["known_on"] = pd.to_datetime(frame.known_on)
    for column in ("value_low", "value", "value_high"):
        frame[column] = frame[column].astype(float)
    return replace(book, financials=frame)


def test_those_can_be_tested_whose_cash_flow_and_dues_are_known(book: Dealbook) -> None:
    # Cerebras is owed something and publishes its cash flow, but not what it owes.
    assert can_be_tested(book.as_of("2026-10-01")) == ["amazon", "coreweave", "microsoft", "oracle"]


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


def test_a_later_maturity_table_replaces_the_years_that_it_covers(tiny: Dealbook) -> None:
    # By hand: 12 over three years is 4 a year; a year later 2031 alone is put at 5.
    book = figures(
        tiny,
        ("oracle", "debt_due", "FY2032/2034", 12.0),
        ("oracle", "debt_due", "FY2032", 5.0),
    )
    book = changed(book, 1, known_on=LATER)
    table = fixed_charges(book, range(2031, 2034), ["oracle"])
    assert table.set_index("year").high.to_dict() == {2031: 5, 2032: 4, 2033: 4}


def test_a_later_rest_of_a_year_replaces_an_earlier_one(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("coreweave", "debt_due", "2026-H2", 4.0),
        ("coreweave", "debt_due", "2026-Q4", 1.5),
    )
    book = changed(book, 1, known_on=LATER)
    assert fixed_charges(book, [2026], ["coreweave"]).high.to_list() == [1.5]


def test_parts_of_a_year_that_became_known_together_add_up(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("coreweave", "debt_due", "2026-Q3", 4.0),
        ("coreweave", "debt_due", "2026-Q4", 1.5),
    )
    assert fixed_charges(book, [2026], ["coreweave"]).high.sum() == 5.5


def test_what_is_only_planned_is_no_maturity(tiny: Dealbook) -> None:
    book = changed(figures(tiny, ("softbank", "debt_due", "2027", 40.0)), 0, nature="plan")
    assert fixed_charges(book, [2027], ["softbank"]).empty


def test_interest_is_made_a_year_from_the_newest_period(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("coreweave", "interest_cost", "2025", 1.0),
        ("coreweave", "interest_cost", "2026-Q2", 0.5),
    )
    table = fixed_charges(book, [2027, 2028], ["coreweave"])
    assert list(table.high) == [2.0, 2.0]


def leases(book: Dealbook, *more: tuple[str, str, str, float]) -> Dealbook:
    """Oracle's leases not begun of 190, for ten to nineteen years, and more figures."""
    book = figures(
        book,
        ("oracle", "lease_commitments", "2026-08-31", 190.0),
        ("oracle", "lease_term", "2026-05-31", np.nan),
        *more,
    )
    return changed(book, 1, value_low=10.0, value_high=19.0)


def test_new_rent_ranges_from_a_slow_start_on_long_terms_to_all_at_once(tiny: Dealbook) -> None:
    # By hand: 190 / 19 begun by halves is 5 and 10; 190 / 10 from the first year is 19.
    table = fixed_charges(leases(tiny), [2027, 2028], ["oracle"])
    assert list(table.low) == [5, 10]
    assert list(table.high) == [19, 19]
    assert set(table.payee) == {"oracle-landlords"}
    assert table.rows.iloc[0] == (
        "financials/oracle-lease-commitments-2026-08-31",
        "financials/oracle-lease-term-2026-05-31",
    )


def test_a_party_without_a_term_of_its_own_rents_for_the_terms_that_are_known(
    tiny: Dealbook,
) -> None:
    book = leases(tiny, ("coreweave", "lease_commitments", "2026-06-30", 38.0))
    assert fixed_charges(book, [2027], ["coreweave"]).high.to_list() == [3.8]


def test_without_any_known_term_new_rents_are_left_out(tiny: Dealbook) -> None:
    book = figures(tiny, ("oracle", "lease_commitments", "2026-08-31", 190.0))
    assert fixed_charges(book, [2027], ["oracle"]).empty


def test_leases_that_the_table_of_rents_contains_do_not_count_twice(tiny: Dealbook) -> None:
    book = leases(
        tiny,
        ("oracle", "rent_due", "FY2028/2032", 50.0),
        ("oracle", "lease_commitments_tabled", "2026-08-31", 190.0),
    )
    table = fixed_charges(book, [2027], ["oracle"])
    assert table.kind.to_list() == ["rent"]
    assert table.high.to_list() == [10]


def test_other_cash_leaves_out_what_the_focal_party_may_have_paid(tiny: Dealbook) -> None:
    # By hand: 32 + 4 of interest; high with 3 of rent, low without up to 18 from OpenAI.
    book = figures(
        tiny,
        ("oracle", "operating_cash_flow", "FY2026", 32.0),
        ("oracle", "operating_cash_flow", "FY2027-Q1", 23.0),
        ("oracle", "interest_cost", "FY2026", 4.0),
        ("oracle", "rent_due", "FY2027", 3.0),
        ("oracle", "revenue_from_openai", "FY2026", np.nan),
    )
    row = other_cash(changed(book, 4, value_low=0.0, value_high=18.0), ["oracle"]).iloc[0]
    assert (row.low, row.high) == (18.0, 39.0)
    assert len(row.rows) == 4


def test_the_best_case_puts_back_the_most_that_running_leases_can_cost(tiny: Dealbook) -> None:
    # By hand: 40, and 2 to 5 of rent of the first year, of which the worst case puts back nothing.
    book = figures(
        tiny,
        ("oracle", "operating_cash_flow", "2025", 40.0),
        ("oracle", "rent_due", "2026", np.nan),
        ("oracle", "rent_due", "2027", 9.0),
    )
    row = other_cash(changed(book, 1, value_low=2.0, value_high=5.0), ["oracle"]).iloc[0]
    assert (row.low, row.high) == (40.0, 45.0)


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


def test_what_came_from_the_focal_party_counts_although_its_period_is_another(
    tiny: Dealbook,
) -> None:
    # By hand: 40 a year less the newest bound, a half year of 9, doubled.
    book = figures(
        tiny,
        ("oracle", "operating_cash_flow", "2025-09/2026-08", 40.0),
        ("oracle", "revenue_from_openai", "2025", 5.0),
        ("oracle", "revenue_from_openai", "2026-H1", 9.0),
    )
    assert other_cash(book, ["oracle"]).low.to_list() == [22]


DUE = pd.DataFrame({"payee": ["amazon", "oracle"], "leg_id": ["a", "b"], "amount": [20.0, 60.0]})


def test_where_nothing_is_known_low_takes_off_what_the_focal_party_is_to_pay(
    tiny: Dealbook,
) -> None:
    book = figures(tiny, ("amazon", "operating_cash_flow", "2025", 140.0))
    row = other_cash(book, ["amazon"], due=DUE).iloc[0]
    assert (row.low, row.high) == (120, 140)
    assert row.rows == ("financials/amazon-operating-cash-flow-2025", "legs/a")


def test_other_cash_is_never_below_nothing(tiny: Dealbook) -> None:
    book = figures(tiny, ("oracle", "operating_cash_flow", "2025", 40.0))
    assert other_cash(book, ["oracle"], due=DUE).low.to_list() == [0]


def test_interest_that_is_put_back_is_that_of_the_time_of_the_cash_flow(tiny: Dealbook) -> None:
    # By hand: (3 + 0.5 + 0.6) × 2, not 3 × 2 + 0.6 × 4.
    book = figures(
        tiny,
        ("coreweave", "operating_cash_flow", "2026-H1", 3.0),
        ("coreweave", "interest_cost", "2026-Q1", 0.5),
        ("coreweave", "interest_cost", "2026-Q2", 0.6),
    )
    assert other_cash(book, ["coreweave"]).high.to_list() == pytest.approx([8.2])


def test_a_span_of_months_is_a_year_of_its_own_length(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("oracle", "operating_cash_flow", "FY2026", 32.0),
        ("oracle", "operating_cash_flow", "2025-09/2026-08", 47.0),
        ("microsoft", "operating_cash_flow", "2025-07/2026-03", 120.0),
    )
    table = newest_annual(book, "operating_cash_flow", ["oracle", "microsoft"])
    table = table.set_index("party_id")
    assert table.part.to_dict() == {"microsoft": 0.75, "oracle": 1.0}
    assert table.high.to_dict() == {"microsoft": 160.0, "oracle": 47.0}


@pytest.mark.parametrize("period", ["2026-03-31", "2026/2030"])
def test_a_figure_that_is_of_no_known_part_of_a_year_makes_no_year(
    tiny: Dealbook, period: str
) -> None:
    book = figures(tiny, ("microsoft", "operating_cash_flow", period, 127.0))
    assert newest_annual(book, "operating_cash_flow", ["microsoft"]).empty
    assert other_cash(book, ["microsoft"]).empty


def test_of_two_periods_that_end_together_the_longer_wins(tiny: Dealbook) -> None:
    book = figures(
        tiny, ("oracle", "revenue", "FY2026", 67.0), ("oracle", "revenue", "FY2026-Q4", 19.0)
    )
    assert newest_annual(book, "revenue", ["oracle"]).period.to_list() == ["FY2026"]


def test_of_one_period_the_figure_that_became_known_later_wins(tiny: Dealbook) -> None:
    book = figures(tiny, ("oracle", "revenue", "2025", 60.0), ("oracle", "revenue", "2025", 61.0))
    book = changed(book, 0, known_on=LATER)
    assert newest_annual(book, "revenue", ["oracle"]).high.to_list() == [60]


def test_creditors_are_lenders_landlords_or_makers_of_machines() -> None:
    charges = pd.DataFrame(
        {
            "payee": ["oracle-lenders", "oracle-landlords", "oracle-makers", "oracle-lenders"],
            "kind": ["principal", "new rent", "machines", "interest"],
        }
    )
    assert creditors(charges) == {
        "oracle-lenders": "lenders",
        "oracle-landlords": "landlords",
        "oracle-makers": "makers of machines",
    }


def test_opening_cash_is_the_newest(tiny: Dealbook) -> None:
    book = figures(
        tiny, ("oracle", "cash", "2026-05-31", 30.0), ("oracle", "cash", "2026-08-31", 36.0)
    )
    table = opening_cash(book, ["oracle"])
    assert list(table.amount) == [36.0]
    assert list(table.period) == ["2026-08-31"]


@pytest.mark.parametrize(
    ("periods", "newest"),
    [
        # By hand, the last days: 31 March and 30 September 2026.
        (("2026-Q1", "2026-09-30"), "2026-09-30"),
        # A fiscal year ends in March: 2025 before June 2025, 2026 before June 2026.
        (("FY2025", "2025-06-30"), "2025-06-30"),
        (("2026-06", "FY2026"), "2026-06"),
        (("FY2026", "2025-H2"), "FY2026"),
        # 31 December 2025 is the end of the year, of its last month, and a day.
        (("2026-02", "2025", "2025-12-31"), "2026-02"),
        (("2025-12-31", "2025-12", "2025"), "2025-12-31"),
    ],
)
def test_the_newest_of_a_stock_is_that_of_the_latest_day_however_it_is_spelled(
    tiny: Dealbook, periods: tuple[str, ...], newest: str
) -> None:
    for order in (periods, periods[::-1]):
        book = figures(tiny, *(("oracle", "cash", period, 1.0) for period in order))
        book = replace(book, financials=book.financials.assign(known_on=pd.Timestamp("2026-11-01")))
        assert list(opening_cash(book, ["oracle"]).period) == [newest]


def test_of_a_stock_of_one_day_the_figure_that_became_known_later_wins(tiny: Dealbook) -> None:
    book = figures(tiny, ("oracle", "cash", "2025", 30.0), ("oracle", "cash", "2025-12-31", 36.0))
    assert list(opening_cash(changed(book, 0, known_on=LATER), ["oracle"]).amount) == [30.0]


def test_a_stock_is_of_no_later_day_than_that_on_which_it_became_known(tiny: Dealbook) -> None:
    # Known on 1 January, 2026 as a whole is of that day at the latest, and March comes later.
    book = figures(tiny, ("oracle", "cash", "2026", 30.0), ("oracle", "cash", "2026-03-31", 36.0))
    assert list(opening_cash(changed(book, 1, known_on=LATER), ["oracle"]).amount) == [36.0]


def test_one_period_in_two_spellings_counts_once(tiny: Dealbook) -> None:
    book = figures(
        tiny,
        ("coreweave", "debt_due", "2026-Q3", 4.0),
        ("coreweave", "debt_due", "2026-07/2026-09", 5.0),
    )
    assert fixed_charges(book, [2026], ["coreweave"]).high.sum() == 5.0


def test_low_and_high_of_a_figure_are_those_of_the_row(tiny: Dealbook) -> None:
    # A rule of the data refuses a row that falls; nothing here puts it in order.
    book = figures(tiny, ("oracle", "debt_due", "2027", np.nan))
    row = fixed_charges(changed(book, 0, value_low=9.0, value_high=1.0), [2027], ["oracle"]).iloc[0]
    assert (row.low, row.high) == (9.0, 1.0)


def test_an_open_end_of_a_figure_is_its_value_or_else_its_other_end(tiny: Dealbook) -> None:
    book = figures(
        tiny, ("oracle", "debt_due", "2027", 5.0), ("oracle", "debt_due", "2028", np.nan)
    )
    book = changed(changed(book, 0, value_low=4.0), 1, value_low=3.0)
    table = fixed_charges(book, [2027, 2028], ["oracle"])
    assert list(zip(table.low, table.high, strict=True)) == [(4.0, 5.0), (3.0, 3.0)]


def test_only_machines_count_of_a_site_whose_building_is_rented(book: Dealbook) -> None:
    table = builds(book.as_of("2026-10-01"), [2027, 2028], ["oracle"], term=5)
    # 57.6 % by Bernstein, 72.7 % at Abilene, of a site of 157.5 to 270 (rows of financials.csv).
    assert table.low.to_list() == pytest.approx([157.5 * 0.576 / 5] * 2)
    assert table.high.to_list() == pytest.approx([270 * 0.727 / 5] * 2)
    assert {row for rows in table.rows for row in rows} == {
        "legs/oracle-build",
        "financials/openai-equipment-share-2025-10-bernstein",
        "financials/openai-equipment-share-2025-05-abilene",
    }


def test_machines_are_those_that_serve_a_contract_of_the_focal_party(book: Dealbook) -> None:
    parties = ["amazon", "coreweave", "microsoft", "oracle"]
    table = builds(book.as_of("2026-10-01"), [2027], parties, term=5)
    # Not CoreWeave's chips for Microsoft, nor Oracle's of AMD, which serve nobody named.
    assert {row for rows in table.rows for row in rows if row.startswith("legs/")} == {
        "legs/amazon-chips-for-openai",
        "legs/coreweave-chips-for-openai",
        "legs/microsoft-chips-for-openai",
        "legs/oracle-build",
    }


def test_an_estimate_of_the_press_is_no_contract(book: Dealbook) -> None:
    known = book.as_of("2026-10-01")
    assert builds(known, [2027], ["oracle"], term=5, layer="binding").empty


def test_before_anything_is_known_there_are_no_partners_and_no_charges(book: Dealbook) -> None:
    early = book.as_of("2019-07-22")
    assert can_be_tested(early) == []
    assert fixed_charges(early, [2027], []).empty
    assert builds(early, [2027], [], term=5).empty
    assert other_cash(early, []).empty


def test_a_package_about_any_web_names_no_firm_in_the_revenue_from_its_middle(
    tiny: Dealbook,
) -> None:
    assert from_focal(tiny, "revenue", "openai") == "revenue_from_openai"
    own = tiny.financials.head(1).assign(metric="revenue_from_focal")
    neutral = replace(tiny, financials=own)
    assert from_focal(neutral, "revenue", "openai") == "revenue_from_focal"
    assert from_focal(neutral, "revenue", "oracle") == "revenue_from_oracle"
