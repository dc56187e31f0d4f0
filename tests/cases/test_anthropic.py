"""Anthropic’s web against what its parties have published; USD billion.

The source of a published number stands beside it, with the row of the package that holds it.
"""

from __future__ import annotations

import math

import pytest

from tightrope.dealbook import Dealbook
from tightrope.measures import clearing

from .conftest import ends, load, missing, payments, shares


@pytest.fixture(scope="module")
def web() -> Dealbook:
    return load("anthropic")


# Published.


def test_amazon_had_paid_eight_by_the_end_of_2025() -> None:
    # Amazon, 10-K for 2025 (amazon-10k-2025): 8.0 invested in convertible notes, 2023 to 2025.
    assert ends(load("anthropic", "2026-02-06"), "paid_in", "amazon") == (8, 8, 8)


def test_amazon_paid_ten_more_in_the_second_quarter_of_2026(web: Dealbook) -> None:
    # Amazon, 10-Q for June 2026 (amazon-10q-2026-06): 5 of Series G shares, 5 in Series H.
    assert ends(web, "paid_in", "amazon") == (18, 18, 18)
    # 15 of a facility of 20 are left: 8 + 5 + 20.
    assert ends(web, "to_come_in", "amazon").stated == 33


def test_microsoft_and_nvidia_promised_up_to_fifteen_and_are_promised_thirty() -> None:
    # Joint announcement of 18 November 2025 (Republic World of the 19th): “as much as $15 billion”,
    # “agreed to purchase $30 billion in cloud computing capacity from Microsoft’s Azure”.
    then = load("anthropic", "2025-11-18")
    both = [ends(then, "to_come_in", party) for party in ("microsoft", "nvidia")]
    assert [one.low for one in both] == [0, 0]
    assert sum(one.high for one in both) == 15
    assert ends(then, "to_pay_signed", "microsoft").stated == 30


def test_the_round_of_may_2026_adds_up() -> None:
    # Anthropic, Series H (anthropic-series-h-2026-05): 65, of which 15 from cloud companies, 5 of
    # them from Amazon.
    events = load("anthropic").events.set_index("event_id")
    others = events.amount_usd_bn["anthropic-series-h-2026-shares-binding-2026-05-28"]
    google = events.amount_high_usd_bn["google-anthropic-2026-equity-paid-2026-05-28"]
    amazon = events.amount_usd_bn["amazon-anthropic-2026-option-paid-2026-07-31"]
    assert others + google + amazon == 65


def test_what_is_signed_with_a_sum_is_half_of_what_the_prospectus_says(web: Dealbook) -> None:
    # Reuters on the confidential prospectus (reuters-anthropic-prospectus-2026-09): about 518 of
    # purchase commitments. The package has 250 signed with a sum, and 365 more by press reports.
    figure = web.financials.set_index("financial_id").value
    published = figure["anthropic-purchase-commitments-2026-09"]
    signed, reported = ends(web, "to_pay_signed").stated, ends(web, "reported_out").stated
    assert published == 518
    assert signed / published == pytest.approx(0.483, abs=0.001)
    assert signed < published < signed + reported


# By hand.


def test_what_is_signed_is_six_contracts_with_a_sum(web: Dealbook) -> None:
    # Amazon 100, SpaceX 45, Nscale 44.6, Microsoft 30, TeraWulf 19, Akamai 11.6.
    assert ends(web, "to_pay_signed").stated == pytest.approx(100 + 45 + 44.6 + 30 + 19 + 11.6)


def test_nothing_that_is_signed_is_shown_to_be_paid_yet(web: Dealbook) -> None:
    assert ends(web, "paid_out") == (0, 0, 0)
    assert ends(web, "paid_in").stated == 18 + 13 + 10 + 78


def test_a_third_of_what_comes_in_goes_back_to_whom_it_comes_from(web: Dealbook) -> None:
    # Amazon the smaller of 33 and 100, Google of 43.75 and 20, Microsoft and AMD 5 each.
    trip, whole = ends(web, "round_trip"), ends(web, "to_come_in")
    assert trip.stated == 33 + 20 + 5 + 5
    assert whole.stated == 33 + 43.75 + 5 + 5 + 10 + 78
    assert trip.stated / whole.stated == pytest.approx(0.3605, abs=0.0001)


def test_half_of_the_money_for_shares_is_external(web: Dealbook) -> None:
    # Other investors’ 13 + 15 + 50, and Nvidia’s 10, whom Anthropic pays nothing by name.
    assert ends(web, "external_money").stated == 13 + 15 + 50 + 10
    low, stated, high = ends(web, "external_share")
    assert stated == pytest.approx(88 / 174.75)
    assert low < stated < high


def test_one_open_promise_leaves_the_sum_open(web: Dealbook) -> None:
    # Akamai’s warrant and several contracts have no published sum: “at least”.
    assert math.isnan(ends(web, "to_come_in").high)
    assert math.isnan(ends(web, "to_pay").high)


def test_two_fifths_of_what_is_signed_goes_to_amazon(web: Dealbook) -> None:
    signed = payments(web.within("focal"), "binding").query("payer == 'anthropic'")
    percent = shares(signed.groupby("payee").amount.sum())
    assert percent["amazon"] == pytest.approx(100 * 100 / 250.2)
    squares = sum((100 * one / 250.2) ** 2 for one in (100, 45, 44.6, 30, 19, 11.6))
    assert clearing.herfindahl(percent) == pytest.approx(squares)
    assert squares == pytest.approx(2462, abs=1)


def test_the_readme_says_what_the_rows_say(web: Dealbook) -> None:
    low, signed, _ = ends(web, "to_pay_signed")
    trip, whole = ends(web, "round_trip"), ends(web, "to_come_in")
    external = ends(web, "external_share")
    assert not missing(
        "anthropic",
        [
            f"Anthropic has signed for ${signed:.0f} billion of computing, ${low:.0f} billion at least",
            f"${ends(web, 'to_come_in_signed').stated:.1f} billion is signed "
            f"and ${ends(web, 'paid_in').stated:.0f} billion paid as stated",
            f"${trip.stated:.0f} billion goes round, of ${whole.stated:.2f} billion that comes in: "
            f"{100 * trip.stated / whole.stated:.0f} percent. The sure end is ${trip.low:.2f} billion",
            f"The range is {100 * external.low:.0f} to {100 * external.high:.0f} percent",
        ],
    )
