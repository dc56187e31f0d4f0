"""Who is paid first: worked webs, guarantees, holdings, and what no clearing in ranks may ever do.

The papers of Elsinger (2009) and Fischer (2014) could not be read; only their abstracts could. The
two webs named after them are worked by hand from the definitions: priority of debt, limited
liability and equity as what is left, of firms that hold each other's debt and shares.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from tightrope.measures import clearing, seniority
from tightrope.measures.seniority import Cleared, _Named, clear

from .ranked_webs import NAMES, Web, by_cases, by_steps, dues, guarantees, promises, webs


def paid(cleared: Cleared) -> dict[str, float]:
    return dict(zip(cleared.parties.party, cleared.parties.paid, strict=True))


def left(cleared: Cleared) -> dict[str, float]:
    return dict(zip(cleared.parties.party, cleared.parties.left, strict=True))


def to(cleared: Cleared, payee: str) -> float:
    return float(cleared.dues.paid[cleared.dues.payee.eq(payee)].sum())


def test_ranks_are_paid_in_order_and_one_rank_in_proportion() -> None:
    # By hand: 10 of cash for power 3, lenders 4 and 2, a landlord 6: 7 − 6 = 1 is left for 6.
    table = dues(("c", "power", 0, 3), ("c", "l", 1, 4), ("c", "m", 1, 2), ("c", "landlord", 2, 6))
    full = clear(table, {"c": 10})
    assert list(full.dues.columns) == ["payer", "payee", "rank", "amount", "paid"]
    assert full.dues.set_index("payee").paid.to_dict() == {
        "power": 3, "l": 4, "m": 2, "landlord": pytest.approx(1),
    }  # fmt: skip
    # 6 of cash: power whole, lenders 3 of 6, each half.
    half = clear(table, {"c": 6}).dues.set_index("payee").paid.to_dict()
    assert half == pytest.approx({"power": 3, "l": 2, "m": 1, "landlord": 0})


def test_a_party_has_its_cash_and_what_it_receives_and_keeps_what_is_left() -> None:
    table = clear(dues(("a", "b", 0, 4), ("b", "c", 3, 6)), {"a": 9, "b": 1}).parties
    assert list(table.columns) == [
        "party", "cash", "received", "owed", "paid", "shortfall", "in_default", "left",
    ]  # fmt: skip
    assert table.set_index("party").loc["b"].to_dict() == {
        "cash": 1, "received": 4, "owed": 6, "paid": 5, "shortfall": 1, "in_default": True,
        "left": 0,
    }  # fmt: skip
    assert dict(zip(table.party, table.left, strict=True)) == {"a": 5, "b": 0, "c": 5}


def test_seniority_in_several_classes_as_elsinger_defines_it() -> None:
    # By hand. A: 4 of cash, owes 2, then 6 to B, then 5. B: 1 of cash, owes 3, then 8 to A.
    # If A pays B its 6, B has 7, and 4 for A after its 3. Then A has 8: 2, 6 and nothing. It fits.
    table = dues(
        ("A", "s", 0, 2), ("A", "B", 1, 6), ("A", "t", 2, 5), ("B", "u", 0, 3), ("B", "A", 1, 8)
    )
    found = clear(table, {"A": 4, "B": 1})
    assert paid(found) == pytest.approx({"A": 8, "B": 7, "s": 0, "t": 0, "u": 0})
    assert [to(found, name) for name in "stu"] == pytest.approx([2, 0, 3])
    # With one rank for all of A, T shares in what B does not pay: 13 of dues.
    equal = clear(table.assign(rank=table["rank"].where(table.payer.eq("B"), 0)), {"A": 4, "B": 1})
    assert to(equal, "t") > 0
    assert to(equal, "B") < 6


def test_cross_holdings_as_elsinger_defines_them() -> None:
    # By hand. 1: 10 of cash, debt 6, and a fifth of 2. 2: 2 of cash, debt 5, and half of 1.
    # Equity 4 of firm 1 gives firm 2 another 2: 4 of its debt of 5, and no equity.
    debts = dues(("1", "out", 0, 6), ("2", "out", 0, 5))
    holdings = pd.DataFrame({"holder": ["2", "1"], "party": ["1", "2"], "share": [0.5, 0.2]})
    poor = clear(debts, {"1": 10, "2": 2}, holdings=holdings)
    assert paid(poor) == pytest.approx({"1": 6, "2": 4, "out": 0})
    assert left(poor) == pytest.approx({"1": 4, "2": 0, "out": 10})
    # 4 of cash: E1 = 4 + E2/5 and E2 = E1/2 − 1, so that E1 = 3.8/0.9 and E2 = 1/0.9.
    rich = left(clear(debts, {"1": 10, "2": 4}, holdings=holdings))
    assert rich == pytest.approx({"1": 3.8 / 0.9, "2": 1 / 0.9, "out": 11})
    # Who is outside has all the money: the debts, half of one firm and four fifths of the other.
    assert 11 + rich["1"] / 2 + 4 * rich["2"] / 5 == pytest.approx(14)


def test_debts_of_differing_seniority_that_firms_hold_of_each_other_as_fischer_defines_them() -> (
    None
):
    # By hand. 1: assets 8, senior debt 4, junior 6, half of it held by 2. 2: assets 3, senior 3,
    # junior 5, two fifths of it held by 1. J1 = 8 + 0.4·J2 − 4 and J2 = 3 + J1/2 − 3: 5 and 2.5.
    table = dues(
        ("1", "out", 0, 4), ("1", "out", 1, 3), ("1", "2", 1, 3),
        ("2", "out", 0, 3), ("2", "out", 1, 3), ("2", "1", 1, 2),
    )  # fmt: skip
    holdings = pd.DataFrame({"holder": ["1", "2"], "party": ["2", "1"], "share": [0.1, 0.2]})
    found = clear(table, {"1": 8, "2": 3}, holdings=holdings)
    rows = found.dues.set_index(["payer", "payee", "rank"]).paid.to_dict()
    assert rows == pytest.approx(
        {
            ("1", "out", 0): 4, ("1", "out", 1): 2.5, ("1", "2", 1): 2.5,
            ("2", "out", 0): 3, ("2", "out", 1): 1.5, ("2", "1", 1): 1,
        }
    )  # fmt: skip
    assert left(found) == pytest.approx({"1": 0, "2": 0, "out": 11})
    # With assets of 12, firm 1 pays all; 2 has 3 + 3 + E1/5 for 8, so 1 has J2 = 3 + E1/5 in part:
    # E1 = 12 + 0.4·(3 + E1/5) − 10 = 3.2/0.92.
    richer = clear(table, {"1": 12, "2": 3}, holdings=holdings)
    assert left(richer)["1"] == pytest.approx(3.2 / 0.92)
    assert paid(richer)["2"] == pytest.approx(6 + 3.2 / 0.92 / 5)


def test_one_rank_agrees_with_the_documented_example_of_systemicrisk() -> None:
    # Methods cases P9: each of three owes each other 0.5, and more to creditors outside.
    ring = [(one, other, 0, 0.5) for one in "abc" for other in "abc" if one != other]
    table = dues(*ring, ("a", "out", 0, 1.5), ("b", "out", 0, 0.5), ("c", "out", 0, 0.5))
    found = paid(clear(table, {"a": 0.5, "b": 0.625, "c": 0.75}))
    assert found == pytest.approx({"a": 1.473214, "b": 1.419643, "c": 1.5, "out": 0}, abs=5e-7)


def test_a_guarantee_is_called_for_what_the_debtor_does_not_pay_up_to_its_cap() -> None:
    table = dues(("d", "b", 1, 10))
    promised = guarantees(("g", "d", "b", 1, 6))
    for cash, called in ((10, 0), (7, 3), (1, 6)):
        found = clear(table, {"d": cash, "g": 20}, promised)
        assert (found.calls.called.item(), found.calls.paid.item()) == pytest.approx(
            (called, called)
        )
        assert left(found)["b"] == pytest.approx(cash + called)
        assert left(found)["g"] == pytest.approx(20 - called)


def test_a_called_guarantee_shares_with_the_guarantors_own_creditors_of_its_rank() -> None:
    # By hand: 3 is called; the guarantor has 5 for 4 + 3 if both rank equally.
    table = dues(("d", "b", 1, 10), ("g", "lender", 1, 4))
    equal = clear(table, {"d": 7, "g": 5}, guarantees(("g", "d", "b", 1, 6)))
    assert equal.calls.paid.item() == pytest.approx(15 / 7)
    assert to(equal, "lender") == pytest.approx(20 / 7)
    later = clear(table, {"d": 7, "g": 5}, guarantees(("g", "d", "b", 2, 6)))
    assert (later.calls.called.item(), later.calls.paid.item()) == pytest.approx((3, 1))
    assert to(later, "lender") == 4
    first = clear(table, {"d": 7, "g": 5}, guarantees(("g", "d", "b", 0, 6)))
    assert (first.calls.paid.item(), to(first, "lender")) == pytest.approx((3, 2))


def test_a_guarantee_can_bring_down_the_guarantor_and_its_own_guarantor_steps_in() -> None:
    # By hand: d pays b 0 of 10; g is called for 10 and has 4, less 3 of its own debt to x first.
    # h guarantees g's debt to x, and is not called: that debt ranks first and is paid.
    table = dues(("d", "b", 0, 10), ("g", "x", 0, 3))
    promised = guarantees(("g", "d", "b", 1, 10), ("h", "g", "x", 0, 5))
    found = clear(table, {"d": 0, "g": 4, "h": 9}, promised)
    assert found.calls.called.to_list() == pytest.approx([10, 0])
    assert found.calls.paid.to_list() == pytest.approx([1, 0])
    # If the guarantee ranks before the debt, x is left with h's promise.
    swapped = guarantees(("g", "d", "b", 0, 10), ("h", "g", "x", 0, 5))
    found = clear(table.assign(rank=[0, 1]), {"d": 0, "g": 4, "h": 9}, swapped)
    assert found.calls.called.to_list() == pytest.approx([10, 3])
    assert left(found)["x"] == pytest.approx(3)


def test_a_ring_that_only_its_own_costs_drain_is_drained_at_once() -> None:
    # Each owes the other a million and 1 for power first, and neither has anything: the dollars go
    # round a million times before the last is gone, and no step is as large as a jump.
    table = dues(("a", "p", 0, 1), ("a", "b", 1, 1e6), ("b", "p", 0, 1), ("b", "a", 1, 1e6))
    assert paid(clear(table, {"a": 0, "b": 0})) == pytest.approx({"a": 0, "b": 0, "p": 0})
    assert paid(clear(table, {"a": 1, "b": 1}))["a"] == pytest.approx(1_000_001)


def test_what_a_stranger_drains_from_a_ring_is_measured_by_what_it_could_get() -> None:
    # Two owe each other ten thousand and a third a few dollars in every thousand, and have nothing:
    # nothing is paid. What the third would get last is far below the rounding of its claim.
    table = dues(
        ("a", "b", 0, 20.4), ("a", "b", 1, 10_000), ("a", "c", 1, 17 / 3), ("a", "b", 3, 13_000),
        ("b", "a", 1, 9_001.7), ("b", "c", 1, 16), ("b", "a", 3, 17 / 3),
    )  # fmt: skip
    assert paid(clear(table, {"a": 0, "b": 0})) == pytest.approx({"a": 0, "b": 0, "c": 0}, abs=1e-6)


def test_a_ring_of_equal_debts_clears_without_any_cash() -> None:
    ring = dues(("a", "b", 0, 1), ("b", "c", 2, 1), ("c", "a", 1, 1))
    assert paid(clear(ring, {"a": 0, "b": 0, "c": 0})) == {"a": 1, "b": 1, "c": 1}


@pytest.mark.thorough
def test_a_web_too_large_to_eliminate_ends_where_steps_end() -> None:
    # 4,000 parties pay ten others each, in three ranks behind a cost; nearly all fall short.
    random = np.random.default_rng(1)
    payer = np.repeat(np.arange(4_000), 10)
    table = pd.DataFrame(
        {
            "payer": payer,
            "payee": (payer + random.integers(1, 4_000, len(payer))) % 4_000,
            "rank": random.integers(0, 3, len(payer)),
            "amount": random.integers(1, 1_000, len(payer)) / 10,
        }
    )
    cash = dict(enumerate(random.integers(0, 100, 4_000) / 10))
    web = _Named.of(table, cash, pd.DataFrame(columns=seniority.GUARANTEES))
    flow = web.ranked.waterfall(web.cash, web.amount, np.zeros(0))
    has = flow.cash + flow.due.sum(axis=1)
    for _ in range(3_000):
        has = flow.means(has)
    rows = clear(table, cash).parties
    assert rows.in_default.sum() > 1_500
    np.testing.assert_allclose(rows.cash + rows.received, has, rtol=1e-9)


@given(webs())
def test_value_is_conserved_and_nobody_pays_what_it_has_not(web: Web) -> None:
    table, cash = web
    before = table.copy()
    found = clear(table, cash)
    pd.testing.assert_frame_equal(table, before)
    rows = found.parties
    assert rows.left.sum() == pytest.approx(sum(cash.values()), abs=1e-9)
    assert list(rows.cash + rows.received - rows.paid) == pytest.approx(list(rows.left), abs=1e-9)
    assert ((rows.paid >= 0) & (rows.paid <= rows.owed + 1e-12)).all()
    # Who is in default has paid all it has.
    assert (rows.left[rows.in_default] <= 1e-9).all()
    received = found.dues.groupby("payee").paid.sum().reindex(rows.party, fill_value=0.0)
    assert list(received) == pytest.approx(list(rows.received), abs=1e-9)


@given(webs())
def test_no_junior_is_paid_before_a_senior_is_whole(web: Web) -> None:
    rows = clear(*web).dues
    for _, own in rows.groupby("payer"):
        short = own["rank"][own.paid < own.amount - 1e-9 * own.amount.sum()]
        assert (own.paid[own["rank"] > short.min()] <= 1e-9 * own.amount.sum()).all()
        for _, level in own.groupby("rank"):
            assert np.ptp(level.paid / level.amount) <= 1e-9


@given(webs(), st.sampled_from(NAMES), st.integers(1, 20))
def test_more_cash_never_lowers_a_payment(web: Web, party: str, more: int) -> None:
    table, cash = web
    poorer, richer = (clear(table, own).dues for own in (cash, cash | {party: cash[party] + more}))
    assert (richer.paid >= poorer.paid - 1e-9).all()


@given(webs(ranks=1))
def test_with_one_rank_it_is_clearing(web: Web) -> None:
    table, cash = web
    found, same = clear(table, cash).parties, clearing.clear(table, cash)
    assert list(found.party) == list(same.party)
    for name in ("owed", "paid", "shortfall"):
        assert list(found[name]) == pytest.approx(list(same[name]), abs=1e-9)
    assert list(found.in_default) == list(same.in_default)


@given(webs(ranks=1))
def test_with_one_rank_it_agrees_with_a_linear_programme(web: Web) -> None:
    # Eisenberg and Noe: the greatest clearing pays most in sum.
    table, cash = web
    own = table[table.payer.ne(table.payee)]
    due = own.pivot_table(values="amount", index="payer", columns="payee", aggfunc="sum")
    due = due.reindex(index=list(NAMES), columns=list(NAMES)).fillna(0.0).to_numpy()
    owed = due.sum(axis=1)
    share = due / np.where(owed > 0, owed, 1.0)[:, None]
    has = [cash[name] for name in NAMES]
    best = linprog(-np.ones(5), np.eye(5) - share.T, has, bounds=[(0, one) for one in owed])
    found = paid(clear(table, cash))
    assert [found[name] for name in NAMES] == pytest.approx(list(best.x), abs=1e-7)


@given(webs())
def test_going_down_step_by_step_ends_at_the_same_payments(web: Web) -> None:
    assert paid(clear(*web)) == pytest.approx(by_steps(*web), abs=0.02)


@given(webs(ranks=3))
def test_trying_every_case_finds_no_greater_payments(web: Web) -> None:
    table, cash = web
    small = {name: cash[name] for name in "abc"}
    kept = table[table.payer.isin(list("abc")) & table.payee.isin(list("abc"))]
    found, best = paid(clear(kept, small)), by_cases(kept, small)
    assert sum(found.values()) >= sum(best.values()) - 1e-7
    # A case whose system has no single answer, such as a ring that owes itself, is not tried.
    if sum(found.values()) <= sum(best.values()) + 1e-7:
        assert found == pytest.approx(best, abs=1e-7)


@given(webs(), promises())
def test_a_guarantee_conserves_value_and_pays_only_what_is_missing(
    web: Web, promised: pd.DataFrame
) -> None:
    table, cash = web
    found = clear(table, cash, promised)
    assert found.parties.left.sum() == pytest.approx(sum(cash.values()), abs=1e-8)
    owing = found.dues.assign(missing=found.dues.amount - found.dues.paid)
    missing = owing.groupby(["payer", "payee"]).missing.sum().to_dict()
    for call in found.calls.itertuples():
        unpaid = missing.get((call.debtor, call.payee), 0.0)
        assert call.called == pytest.approx(min(call.cap, unpaid), abs=1e-7)
        assert -1e-12 <= call.paid <= call.called + 1e-9


@given(webs(), promises(), st.sampled_from(NAMES), st.integers(1, 20))
def test_more_cash_never_lowers_what_a_party_has_where_guarantees_are_called(
    web: Web, promised: pd.DataFrame, party: str, more: int
) -> None:
    table, cash = web
    poorer, richer = (
        clear(table, own, promised).parties for own in (cash, cash | {party: cash[party] + more})
    )
    assert (richer.cash + richer.received >= poorer.cash + poorer.received - 1e-7).all()


def test_years_that_carry_their_tills_agree_with_clearing_by_year() -> None:
    # One rank, no operating cost: the focal party pays 60 % of its dues in each of three years.
    rows = [(year, "o", "c", 10.0) for year in (2027, 2028, 2029)]
    rows += [(year, "c", "l", 4.0 + year - 2027) for year in (2027, 2028, 2029)]
    rows += [(year, "c", "m", 3.0) for year in (2027, 2028, 2029)]
    table = pd.DataFrame(rows, columns=["year", "payer", "payee", "amount"])
    by_year = clearing.clear_by_year(table, {"c": 1.0}, {"c": 1.5}, "o", 0.6)
    till = 1.5
    for year, own in table.groupby("year"):
        found = clear(own.assign(rank=1), {"o": 6.0, "c": till + 1.0}).parties.set_index("party")
        same = by_year[by_year.year.eq(year)].set_index("party")
        assert list(found.paid) == pytest.approx(list(same.paid[found.index]), abs=1e-12)
        till = float(found.left["c"])


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"dues": dues(("a", "b", 0, -1))}, r"row 0 \(a → b\) has -1"),
        ({"dues": dues(("a", "b", 0, 1)).drop(columns="rank")}, "dues lack the column rank"),
        ({"dues": dues(("a", "b", 0, 1)).assign(rank=0.5)}, r"whole number .*: row 0 has 0\.5"),
        ({"dues": dues(("a", "b", -1, 1))}, "a rank must be .* at least 0: row 0 has -1"),
        ({"cash": {}}, "cash is missing for parties that owe something: a"),
        ({"cash": {"a": math.nan}}, r"cash must be .* \(USD bn\): a has nan"),
        ({"guarantees": guarantees(("g", "a", "b", 0, 1))}, "cash is missing for .*: g"),
        (
            {"guarantees": guarantees(("a", "b", "c", 0, 1), ("a", "b", "c", 1, 1))},
            "guaranteed once, not twice: b → c",
        ),
        ({"guarantees": guarantees(("a", "b", "c", 0, -1))}, "cap .* at least 0 .*: row 0 has -1"),
        ({"guarantees": guarantees().drop(columns="cap")}, "guarantees lack the column cap"),
        (
            {"holdings": pd.DataFrame({"holder": ["b"], "party": ["a"], "share": [1.5]})},
            "between 0 and 1: row 0 has 1.5",
        ),
        (
            {
                "holdings": pd.DataFrame(
                    {"holder": ["b"] * 2, "party": ["a"] * 2, "share": [0.7] * 2}
                )
            },
            "owned by more than one whole: a has 1.4",
        ),
        (
            {"holdings": pd.DataFrame({"holder": ["z"], "party": ["a"], "share": [0.5]})},
            "a holder that neither pays nor has cash: z",
        ),
    ],
)
def test_what_cannot_be_cleared_is_refused_by_name(given_: dict[str, Any], message: str) -> None:
    usual: dict[str, Any] = {"dues": dues(("a", "b", 0, 1.0)), "cash": {"a": 1.0}}
    with pytest.raises(ValueError, match=message):
        seniority.clear(**usual | given_)


def test_nothing_owed_is_nothing_paid() -> None:
    found = clear(dues(), {"a": 1.0})
    assert left(found) == {"a": 1}
    assert not len(found.dues)
