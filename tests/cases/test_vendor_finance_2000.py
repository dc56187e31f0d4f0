"""Lucent and its carriers against what was published of them; USD billion.

The source of a published number stands beside it, with the row of the package that holds it.
"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from tightrope.chapters import how_circular_course
from tightrope.counting import LENT, counted
from tightrope.dealbook import Dealbook
from tightrope.measures import clearing, funding

from .conftest import ends, load, missing, payments, shares

BOOM, BUST = "2000-12-31", "2001-12-31"


@pytest.fixture(scope="module")
def figure() -> pd.Series:
    return load("vendor-finance-2000").financials.set_index("financial_id").value


def lent(book: Dealbook, layer: str) -> pd.Series:
    """What Lucent lends and guarantees, as stated, by who gets it."""
    legs = counted(book.within("focal"), layer)
    own = legs[legs.payer.eq("lucent") & legs.instrument.isin(LENT)]
    return own.groupby("payee").stated.sum()


# Published.


def test_in_2000_lucent_had_promised_its_customers_what_its_annual_report_says() -> None:
    # The Wall Street Journal on the 10-K for fiscal 2000 (wsj-lucent-10k-2000-12): 6.7 of credit
    # and 1.4 of guarantees.
    book = load("vendor-finance-2000", BOOM)
    assert lent(book, "binding").sum() == pytest.approx(6.7 + 1.4)
    assert ends(book, "to_pay_with_loans").stated == pytest.approx(8.1)


def test_a_year_later_it_was_what_the_next_report_says() -> None:
    # Lucent, 10-K for fiscal 2001 (lucent-10k-2001): 5.3 committed, 2.6 of loans drawn.
    book = load("vendor-finance-2000", BUST)
    assert lent(book, "binding").sum() == pytest.approx(5.3)
    assert ends(book, "paid_out_with_loans").stated == pytest.approx(2.6)


def test_a_quarter_of_what_was_promised_was_drawn_at_the_peak(figure: pd.Series) -> None:
    # The same table of the 10-K for fiscal 2001: 2.0 drawn of 8.1, then 3.0 of 5.3.
    drawn, promised = (
        figure[f"lucent-vendor-financing-{one}"]
        for one in ("drawn-2000-09-30", "commitments-fy2000")
    )
    assert drawn / promised == pytest.approx(0.247, abs=0.001)
    drawn, promised = (
        figure[f"lucent-vendor-financing-{one}-2001-09-30"] for one in ("drawn", "commitments")
    )
    assert drawn / promised == pytest.approx(0.566, abs=0.001)


def test_revenue_fell_as_the_annual_report_of_2002_says(figure: pd.Series) -> None:
    # Lucent, annual report 2002: 12,321 after 21,294 million, a change of (42.1%).
    change = figure["lucent-revenue-fy2002"] / figure["lucent-revenue-fy2001"] - 1
    assert round(100 * change, 1) == -42.1


def test_winstar_owed_seven_tenths_of_a_billion_when_it_failed() -> None:
    # The Associated Press, 18 April 2001 (ap-winstar-2001-04): about 700 million.
    assert ends(load("vendor-finance-2000"), "paid_out_with_loans", "winstar").stated == 0.7


def test_what_was_left_of_winstar_went_for_less_than_a_cent_on_the_dollar(
    figure: pd.Series,
) -> None:
    # IDT, 20 December 2001 (idt-winstar-2001-12): 42.5 million, 30 of it in cash and 12.5 in
    # shares, for almost 5 billion of assets.
    paid = payments(load("vendor-finance-2000"), "paid").query("payer == 'idt'").amount
    assert paid.sum() == pytest.approx(0.030 + 0.0125)
    assert paid.sum() / figure["winstar-total-assets-2001-12-20"] == pytest.approx(0.0085)


def test_what_lucent_was_to_give_back_and_to_pay_is_the_judgment(figure: pd.Series) -> None:
    # RCR Wireless, 2 January 2006 (rcr-winstar-2006-01): 244 million, 188 of it for the credit
    # line and 55 for the contract; the appeals court (554 F.3d 382) has about 188.
    back = figure["lucent-court-award-2009-02-03"]
    steps = load("vendor-finance-2000").events.set_index("event_id")
    broken = steps.amount_low_usd_bn["lucent-winstar-build-1999-services-reported-2005-12-21"]
    assert back + broken == pytest.approx(figure["lucent-court-award-2005-12-21"], abs=0.0011)


# By hand.


@pytest.mark.parametrize("day", ["1998-12-31", "1999-12-31", BOOM])
def test_all_that_winstar_was_to_pay_lucent_was_lent_by_lucent(day: str) -> None:
    # A line of up to 2 for buying of up to 2; what was bought is published nowhere: from 0.
    book = load("vendor-finance-2000", day)
    assert ends(book, "to_come_in", "winstar") == (0, 2, 2)
    assert ends(book, "round_trip_with_loans", "winstar") == (0, 2, 2)


def test_without_loans_nothing_seems_to_go_round() -> None:
    # The circle is credit: a count that leaves loans out does not see it.
    assert ends(load("vendor-finance-2000", BOOM), "round_trip").stated == 0


def test_what_lucent_paid_winstar_for_building_has_no_sum_and_may_have_come_back() -> None:
    # RCR Wireless (rcr-winstar-2006-01): quarterly instalments from March 1999, no sum. So up to
    # all that Winstar was to pay it may be its own: 2 of equipment, 0.135 of software.
    book = load("vendor-finance-2000")
    paid = ends(book, "paid_out", "winstar")
    assert paid.low == 0
    assert math.isnan(paid.high)
    assert ends(book, "back_by_any_route") == pytest.approx((0, 0, 2.135))


def test_with_loans_all_that_winstar_was_to_pay_went_both_ways_until_it_failed() -> None:
    table = how_circular_course.lent_by_quarter(load("vendor-finance-2000"), "lucent")
    table = table.set_index("day")
    assert tuple(table.loc["2000-09-30", ["inflow", "direct"]]) == (2.33, 2.0)
    assert table.direct["2001-06-30"] == 0


def test_of_what_is_signed_in_2000_little_can_have_been_paid_for_equipment() -> None:
    # Winstar’s 2 and Leap’s 0.33 are signed; Winstar had drawn 0.8358 of its line by the end of
    # 1999 (winstar-10k-1999), which is the most that it can have paid with it.
    book = load("vendor-finance-2000", BOOM)
    assert ends(book, "to_come_in_signed").stated == pytest.approx(2 + 0.33)
    assert ends(book, "paid_in") == (0, 0, 0.8358)


def test_what_was_drawn_lies_where_the_annual_report_has_it(figure: pd.Series) -> None:
    # From 1.3 of credit less Winstar’s 0.8358, to both together; the 10-K for fiscal 2001 has 2.0.
    low, _, high = ends(load("vendor-finance-2000", BOOM), "paid_out_with_loans")
    assert low == pytest.approx(1.3 - 0.8358)
    assert high == pytest.approx(1.3 + 0.8358)
    assert low < figure["lucent-vendor-financing-drawn-2000-09-30"] < high


def test_four_tenths_of_winstars_promised_money_was_its_suppliers() -> None:
    # Investors’ 0.9 + 0.27 and bonds of 1.6, beside Lucent’s line of 2; Lucent is to be paid.
    web = payments(load("vendor-finance-2000", BOOM), "announced")
    share = funding.external_share(web, "winstar")
    assert share.strict_usd_bn == pytest.approx(0.9 + 0.27 + 1.6)
    assert share.strict == pytest.approx(2.77 / 4.77)


def test_nobody_gave_lucent_money_for_its_shares_so_there_is_no_external_share() -> None:
    assert all(math.isnan(end) for end in ends(load("vendor-finance-2000", BOOM), "external_share"))


def test_a_quarter_of_all_promised_credit_was_winstars() -> None:
    # 2 of 8.1; who has the rest is not known by name, so its square alone is a lower bound.
    percent = shares(lent(load("vendor-finance-2000", BOOM), "binding"))
    assert percent["winstar"] == pytest.approx(100 * 2 / 8.1)
    assert clearing.herfindahl(percent[["winstar"]]) == pytest.approx((100 * 2 / 8.1) ** 2)


def test_in_the_end_only_what_was_paid_counts_of_what_failed() -> None:
    # Winstar’s line of 2 ended with 0.7 lent; Leap’s contract of 0.33 ended in chapter 11.
    book = load("vendor-finance-2000")
    assert lent(book, "binding")["winstar"] == 0.7
    assert ends(book, "to_come_in", "leap") == (0, 0, 0)
    assert ends(book, "to_come_in", "one-tel") == (0, 0, 0)


def test_the_readme_says_what_the_rows_say(figure: pd.Series) -> None:
    book = load("vendor-finance-2000", BOOM)
    outside = funding.external_share(payments(book, "announced"), "winstar")
    line = ends(book, "to_come_in", "winstar").stated
    left = payments(load("vendor-finance-2000"), "paid").query("payer == 'idt'").amount.sum()
    later = {
        name: figure[f"lucent-vendor-financing-{name}-2001-09-30"]
        for name in ("commitments", "drawn")
    }
    fall = 1 - figure["lucent-revenue-fy2002"] / figure["lucent-revenue-fy2001"]
    assert not missing(
        "vendor-finance-2000",
        [
            f"promised its customers ${ends(book, 'to_pay_with_loans').stated:.1f} billion",
            f"up to ${line:.0f} billion for up to ${line:.0f} billion",
            f"${later['commitments']:.1f} billion was promised and ${later['drawn']:.1f} billion drawn",
            f"sold for ${1000 * left:.1f} million",
            f"{100 * outside.strict:.0f} percent, ${outside.strict_usd_bn:.2f} billion, came from outside",
            f"revenue fell by {100 * fall:.0f} percent in fiscal 2002",
        ],
    )
