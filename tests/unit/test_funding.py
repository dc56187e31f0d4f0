"""Whose money it is: worked by hand, against published tables, and as properties."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.measures.funding import external_share, sources_and_uses
from tightrope.measures.roundtrip import bilateral
from tightrope.measures.routes import returnable

from .webs import P19, payments

# Goldman Sachs, October 2025, by way of Benzinga: operating costs of 2026, USD bn. What goes back
# to Nvidia is from the same table (methods.md §1.7).
GOLDMAN = payments(
    ("customers", "openai", 17),
    ("nvidia", "openai", 10),
    ("investors", "openai", 9),
    ("openai", "nvidia", 13),
)
WEBS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.integers(0, 50)),
    min_size=1,
    max_size=14,
).map(lambda rows: payments(*rows, ("a", "o", 3.0), ("o", "b", 2.0)).replace("c", "o"))


def test_goldmans_mix_is_48_27_and_25_percent() -> None:
    # Methods cases P13: 17, 10 and 9 of 35 bn, reported as 48, 27 and 25 % (they add to 36).
    table = sources_and_uses(GOLDMAN, "openai", ["customers"]).set_index("party")
    for party, reported in (("customers", 0.48), ("nvidia", 0.27), ("investors", 0.25)):
        assert table.paid_in[party] / 35 == pytest.approx(reported, abs=0.0165)
        assert table.paid_in[party] / table.paid_in.sum() == pytest.approx(reported, abs=0.015)


def test_in_goldmans_table_all_but_nvidias_money_is_external() -> None:
    share = external_share(GOLDMAN, "openai", customers=["customers"])
    assert share.strict == pytest.approx(26 / 36)
    assert share.net == pytest.approx(26 / 36)  # 10 came in, 13 goes back
    assert share.multi_hop == pytest.approx(26 / 36)
    assert (share.inflow, share.strict_usd_bn, share.net_usd_bn) == (36, 26, 26)


def test_net_adds_what_a_supplier_gave_beyond_what_it_got() -> None:
    web = payments(("fund", "openai", 4), ("cloud", "openai", 10), ("openai", "cloud", 7))
    share = external_share(web, "openai")
    assert (share.strict_usd_bn, share.net_usd_bn, share.inflow) == (4, 7, 14)
    assert share.strict == pytest.approx(4 / 14)
    assert share.net == pytest.approx(7 / 14)
    assert share.multi_hop == pytest.approx(7 / 14)


def test_over_several_steps_money_of_a_stranger_may_be_ones_own() -> None:
    # The fund gets nothing from openai, but from the cloud that openai pays.
    web = payments(("openai", "cloud", 7), ("cloud", "fund", 5), ("fund", "openai", 6))
    share = external_share(web, "openai")
    assert (share.strict, share.net) == (1, 1)
    assert share.multi_hop == pytest.approx(1 / 6)
    assert share.multi_hop_usd_bn == pytest.approx(1)


def test_the_article_at_its_word_leaves_91_percent_external() -> None:
    # methods.md §0.4 and cases P19: 13.35 of 153.35 bn come straight back.
    share = external_share(P19, "openai")
    assert share.strict == pytest.approx(140 / 153.35)
    assert share.net == pytest.approx(0.9129, abs=5e-5)
    assert share.multi_hop == pytest.approx(1 - 0.0871, abs=5e-5)


def test_one_entry_more_takes_nvidias_hundred_out_of_the_external_money() -> None:
    # methods.md §0.4: the answer hangs on whether the chips that Nvidia's money buys are entered.
    chips = pd.concat([P19, payments(("openai", "nvidia", 350))])
    assert external_share(chips, "openai").strict == pytest.approx(40 / 153.35)
    assert external_share(chips, "openai").net == pytest.approx(40 / 153.35)


def test_what_customers_pay_is_external_even_if_they_are_paid_too() -> None:
    web = payments(("shop", "openai", 8), ("openai", "shop", 8), ("fund", "openai", 2))
    assert external_share(web, "openai").net == pytest.approx(0.2)
    assert external_share(web, "openai", ["shop"]).strict == 1
    assert external_share(web, "openai", ["shop"]).multi_hop == 1


def test_sources_and_uses_are_told_by_party_largest_source_first() -> None:
    table = sources_and_uses(GOLDMAN, "openai", ["customers"])
    assert list(table.columns) == [
        "party",
        "paid_in",
        "paid_out",
        "is_customer",
        "strict",
        "net",
    ]
    assert list(table.party) == ["customers", "nvidia", "investors"]
    assert list(table.strict) == [17, 0, 9]
    assert list(table.is_customer) == [True, False, False]


def test_without_money_coming_in_no_share_is_known() -> None:
    share = external_share(payments(("openai", "cloud", 5)), "openai")
    assert all(math.isnan(part) for part in (share.strict, share.net, share.multi_hop))
    assert (share.inflow, share.strict_usd_bn, share.multi_hop_usd_bn) == (0, 0, 0)


def test_without_money_going_out_everything_is_external() -> None:
    share = external_share(payments(("fund", "openai", 5)), "openai")
    assert (share.strict, share.net, share.multi_hop) == (1, 1, 1)


def test_what_only_customers_pay_is_external_though_nothing_goes_out() -> None:
    found = external_share(payments(("buyer", "lab", 3)), "lab", ["buyer"])
    assert (found.strict, found.net, found.multi_hop) == (1, 1, 1)


@given(web=WEBS)
def test_both_other_readings_stay_below_net(web: pd.DataFrame) -> None:
    share = external_share(web, "o")
    assert 0 <= share.strict <= share.net + 1e-9 <= 1 + 2e-9
    assert 0 <= share.multi_hop <= share.net + 1e-9


@given(web=WEBS)
def test_the_readings_are_the_complement_of_the_round_trip_measures(web: pd.DataFrame) -> None:
    share = external_share(web, "o")
    table = bilateral(web, "o")
    assert share.net_usd_bn == pytest.approx(table.paid_in.sum() - table.round_trip.sum())
    assert share.multi_hop == pytest.approx(1 - returnable(web, "o").share_of_inflow)


@given(web=WEBS, customer=st.sampled_from("abde"))
def test_calling_a_party_a_customer_never_lowers_a_share(web: pd.DataFrame, customer: str) -> None:
    before, after = external_share(web, "o"), external_share(web, "o", [customer])
    assert after.strict >= before.strict - 1e-9
    assert after.net >= before.net - 1e-9
    assert after.multi_hop >= before.multi_hop - 1e-9


@given(web=WEBS, factor=st.sampled_from([2, 7, 1000]))
def test_shares_do_not_change_with_the_unit(web: pd.DataFrame, factor: int) -> None:
    before = external_share(web, "o")
    after = external_share(web.assign(amount=web.amount * factor), "o")
    assert after.strict == pytest.approx(before.strict)
    assert after.multi_hop == pytest.approx(before.multi_hop)
    assert after.net_usd_bn == pytest.approx(before.net_usd_bn * factor)


def test_the_payments_are_left_as_they_were() -> None:
    before = GOLDMAN.copy(deep=True)
    external_share(GOLDMAN, "openai", ["customers"])
    pd.testing.assert_frame_equal(before, GOLDMAN)


@pytest.mark.parametrize("amount", [-1, math.nan, math.inf])
def test_an_amount_that_cannot_be_is_refused_with_its_row(amount: float) -> None:
    web = payments(("fund", "openai", 5), ("openai", "cloud", amount))
    for measure in (external_share, sources_and_uses):
        with pytest.raises(ValueError, match=r"row 1 \(openai → cloud\)"):
            measure(web, "openai")


def test_a_party_that_is_in_no_payment_is_refused() -> None:
    with pytest.raises(ValueError, match='"opnai" neither pays nor is paid'):
        external_share(GOLDMAN, "opnai")
