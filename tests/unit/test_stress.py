"""Who breaks when the focal party pays a part: by hand on one cloud, and what the data allow."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope import stress
from tightrope.dealbook import Dealbook
from tightrope.measures.clearing import OUTSIDE
from tightrope.stress import Partners

from ..referee import REFEREE

SEVENTHS = [1 / 7] * 5
"""Shares of contracts without dates, evenly over seven years from 2026 on."""

# OpenAI owes a cloud 10 in 2027 and another, which owes nothing that is known, 5.
# The cloud owes lenders 4 to 6 and a maker of machines 2 to 3, and has 1 to 2 from others.
CLOUD = Partners(
    focal="openai",
    years=(2027,),
    dues=pd.DataFrame(
        {
            "year": [2027, 2027],
            "payer": "openai",
            "payee": ["cloud", "other"],
            "amount": [10.0, 5.0],
        }
    ),
    charges=pd.DataFrame(
        {
            "year": [2027],
            "party": ["cloud"],
            "payee": ["cloud-lenders"],
            "kind": ["principal"],
            "low": [4.0],
            "high": [6.0],
            "rows": [()],
        }
    ),
    machines=pd.DataFrame(
        {
            "year": [2027],
            "party": ["cloud"],
            "payee": ["cloud-makers"],
            "kind": ["machines"],
            "low": [2.0],
            "high": [3.0],
            "rows": [()],
        }
    ),
    income=pd.DataFrame({"low": [1.0], "high": [2.0]}, index=pd.Index(["cloud"], name="party")),
    tills=pd.DataFrame({"amount": [0.0]}, index=pd.Index(["cloud"], name="party")),
    tested=("cloud",),
)


@pytest.mark.parametrize(
    ("reading", "end", "owes", "lacks"),
    [
        # With a quarter of the 10 and 2 from others, or 1: 4.5, or 3.5.
        ("debts and rents", "mild", 4.0, 0.0),
        ("debts and rents", "strict", 6.0, 2.5),
        ("machines too", "mild", 6.0, 1.5),
        ("machines too", "strict", 9.0, 5.5),
    ],
)
def test_readings_add_machines_and_ends_take_bills_and_cash_from_opposite_sides(
    reading: str, end: str, owes: float, lacks: float
) -> None:
    row = stress.run(CLOUD, 0.25, reading, end).set_index("party").loc["cloud"]
    assert row.owed == owes
    assert row.shortfall == pytest.approx(lacks)


def test_a_share_can_be_given_for_each_year() -> None:
    row = stress.run(CLOUD, {2026: 1.0, 2027: 0.4}, "debts and rents", "strict")
    assert row.paid[row.party.eq("openai")].to_list() == [6]


def test_shares_of_years_may_be_a_series() -> None:
    shares = {2026: 1.0, 2027: 0.4}
    row = stress.run(CLOUD, pd.Series(shares), "debts and rents", "strict")
    assert row.paid[row.party.eq("openai")].to_list() == [6]
    pd.testing.assert_frame_equal(row, stress.run(CLOUD, shares, "debts and rents", "strict"))
    beyond = stress.beyond_full(CLOUD, pd.Series(shares), "machines too", "strict")
    same = stress.beyond_full(CLOUD, shares, "machines too", "strict")
    pd.testing.assert_frame_equal(beyond, same)


def test_what_is_beyond_full_payment_has_a_kind_and_leaves_out_the_focal_party() -> None:
    # By hand: 9 of bills, 3.5 to pay them with: 5.5 short, of which lenders bear 6/9.
    table = stress.beyond_full(CLOUD, 0.25, "machines too", "strict").set_index("party")
    assert table.kind.to_dict() == {
        "cloud": "supplier",
        "other": "supplier",
        "cloud-lenders": "lenders",
        "cloud-makers": "makers of machines",
    }
    assert table.first_round["cloud"] == pytest.approx(7.5)
    assert table.passed_on["cloud-lenders"] == pytest.approx(5.5 * 6 / 9)
    assert table.passed_on["cloud-makers"] == pytest.approx(5.5 * 3 / 9)
    assert table.new_default.to_dict() == {
        "cloud": True, "other": False, "cloud-lenders": False, "cloud-makers": False,
    }  # fmt: skip
    assert not {"openai", OUTSIDE} & set(table.index)


def test_a_gap_that_is_there_at_full_payment_is_not_the_focal_partys_doing() -> None:
    short = replace(CLOUD, charges=CLOUD.charges.assign(high=20.0))
    table = stress.beyond_full(short, 0.9, "debts and rents", "strict").set_index("party")
    assert not table.new_default["cloud"]
    # 20 of bills: 11 to pay them with if all is paid, 10 if nine tenths are.
    assert table.loc["cloud-lenders", ["first_round", "passed_on"]].sum() == pytest.approx(1)
    assert stress.beyond_full(short, 1.0, "debts and rents", "strict")[
        ["first_round", "passed_on"]
    ].sum().sum() == pytest.approx(0)


def test_what_full_payment_leads_to_is_reckoned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = replace(CLOUD)
    before = stress.beyond_full(fresh, 0.9, "debts and rents", "strict")
    ran, run = [], stress.run

    def counted(partners: stress.Partners, shares: float, *how: str) -> pd.DataFrame:
        ran.append(shares)
        return run(partners, shares, *how)

    monkeypatch.setattr(stress, "run", counted)
    after = stress.beyond_full(fresh, 0.9, "debts and rents", "strict")
    pd.testing.assert_frame_equal(before, after)
    assert ran == [0.9]


@pytest.mark.parametrize(
    ("reading", "end", "message"),
    [
        ("everything", "mild", "a reading is one of debts and rents, machines too, not"),
        ("machines too", "high", 'an end is one of mild, strict, not "high"'),
    ],
)
def test_unknown_readings_and_ends_are_refused(reading: str, end: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        stress.run(CLOUD, 1.0, reading, end)


def test_without_what_customers_paid_ahead_coreweave_needs_what_the_referee_has(
    book: Dealbook, referee_book: Dealbook
) -> None:
    frozen, flow = referee_book.financials, "coreweave-operating-cash-flow-2026-h1"
    low = book.financials.set_index("financial_id").value_low[flow]
    lows = frozen.value_low.mask(frozen.financial_id.eq(flow), low)
    of = Partners.of(
        replace(referee_book, financials=frozen.assign(value_low=lows)), range(2026, 2031), SEVENTHS
    )
    bills = of.charges[of.charges.party.eq("coreweave") & of.charges.year.eq(2028)]
    needs = bills.high.sum() - of.income.low["coreweave"]
    assert REFEREE["coreweave_needs_strict.2028"].agrees(needs)
    part = 100 * needs / of.due_to("coreweave", 2028)
    assert REFEREE["coreweave_needs_strict.2028.percent"].agrees(part)


@pytest.mark.parametrize(
    ("stocks", "year"),
    [
        (["2026-06-30", "2026-08-31"], 2027),
        (["2025-12-31"], 2026),
        (["2026-01-01"], 2027),
        (["2025-12"], 2026),
        # By hand, the last days: 30 June 2026, 31 March 2026, 31 December 2025, 31 March 2025.
        (["2026-Q2", "2026-03-31"], 2027),
        (["2025-12-31", "2025-H2", "FY2025"], 2026),
        (["FY2026"], 2027),
    ],
)
def test_the_first_year_is_the_first_that_begins_after_the_newest_cash(
    stocks: list[str], year: int
) -> None:
    assert stress.first_whole_year(stocks) == year


def test_cash_of_no_period_is_refused() -> None:
    with pytest.raises(ValueError, match='"mid-2026" is not a period; write one as 2025, 2025-Q1'):
        stress.first_whole_year(["2025-12-31", "mid-2026"])


def test_a_year_that_had_begun_when_cash_was_counted_is_not_cleared(book: Dealbook) -> None:
    of = Partners.of(book.as_of("2026-10-01"), range(2026, 2031), SEVENTHS)
    assert of.years == (2027, 2028, 2029, 2030)
    for table in (of.dues, of.charges, of.machines):
        assert set(table.year) == set(of.years)
    assert set(stress.run(of, 0.5, "machines too", "strict").year) == set(of.years)


def test_undated_dues_are_spread_from_the_first_year_that_was_asked_for(book: Dealbook) -> None:
    # Microsoft is promised 250 and 40.5 of older contracts without dates, of which 22.9 are paid.
    # What falls due in 2026 is not cleared, and is not moved to later years either.
    of = Partners.of(book.as_of("2026-10-01"), range(2026, 2031), [0.1, 0.2, 0.3, 0.1, 0.1])
    due = [of.due_to("microsoft", year) for year in range(2027, 2031)]
    rest = 250 + 40.5 - 22.9
    assert due == pytest.approx([0.2 * rest, 0.3 * rest, 0.1 * rest, 0.1 * rest])


def test_before_anything_is_known_nothing_is_cleared(book: Dealbook) -> None:
    of = Partners.of(book.as_of("2019-07-22"), range(2026, 2031), SEVENTHS)
    assert of.tested == ()
    assert stress.run(of, 0.5, "machines too", "strict").empty
    assert stress.beyond_full(of, 0.5, "machines too", "strict").empty
