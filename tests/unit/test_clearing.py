"""Who breaks: published clearings, losses by round, and what no clearing may ever do."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tightrope.measures.clearing import (
    OUTSIDE,
    break_even_pay_ratio,
    clear,
    clear_by_year,
    herfindahl,
    losses,
    stress,
)

NAMES = "abcdef"


def dues(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["payer", "payee", "amount"])


# OpenAI owes a cloud, the cloud a chip maker and lenders, the chip maker a foundry.
CHAIN = dues(("openai", "cloud", 10), ("cloud", "chips", 6), ("chips", "foundry", 5))
CHAIN_CASH = {"openai": 10, "cloud": 1, "chips": 0}
CHAIN_DEBT = {"cloud": 4}

Web = tuple[pd.DataFrame, dict[str, float], dict[str, float]]


@st.composite
def webs(draw: DrawFn) -> Web:
    pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(0, 20))
    rows = draw(st.lists(pairs, max_size=15))
    sums = st.fixed_dictionaries({name: st.integers(0, 15).map(float) for name in NAMES})
    return dues(*((a, b, float(n)) for a, b, n in rows)), draw(sums), draw(sums)


def test_clearing_agrees_with_the_documented_example_of_systemicrisk() -> None:
    # Methods cases P9: each of three owes each other 0.5, and more to creditors outside.
    ring = dues(*((a, b, 0.5) for a in "abc" for b in "abc" if a != b))
    table = clear(ring, {"a": 0.5, "b": 0.625, "c": 0.75}, {"a": 1.5, "b": 0.5, "c": 0.5})
    assert list(table.columns) == ["party", "owed", "paid", "shortfall", "in_default"]
    assert list(table.party) == ["a", "b", "c"]
    assert list(table.owed) == [2.5, 1.5, 1.5]
    assert list(table.paid) == pytest.approx([1.473214, 1.419643, 1.5], abs=5e-7)
    assert list(table.in_default) == [True, True, False]


def test_a_cycle_in_which_one_falls_short() -> None:
    # Methods cases P9: A pays B 10, B pays C 7, C should pay A 12 and lacks 2.
    table = clear(dues(("A", "B", 10), ("B", "C", 7), ("C", "A", 12)), {"A": 12, "B": 4, "C": 3})
    assert list(table.paid) == [10, 7, 10]
    assert list(table.shortfall) == [0, 0, 2]
    assert list(table.in_default) == [False, False, True]


def test_where_everyone_can_pay_everything_is_paid() -> None:
    # Methods cases P9, the full-payment case: with C owing 5 nobody falls short.
    table = clear(dues(("A", "B", 10), ("B", "C", 7), ("C", "A", 5)), {"A": 12, "B": 4, "C": 3})
    assert list(table.paid) == [10, 7, 5]
    assert not table.in_default.any()


def test_a_ring_of_equal_debts_clears_without_any_cash() -> None:
    # Methods cases P9: the greatest clearing is (1, 1, 1), the least (0, 0, 0).
    ring = dues(("A", "B", 1), ("B", "C", 1), ("C", "A", 1))
    assert list(clear(ring, {"A": 0, "B": 0, "C": 0}).paid) == [1, 1, 1]
    capped = clear(ring, {"A": 0, "B": 0, "C": 0}, at_most={"A": 0})
    assert list(capped.paid) == [0, 0, 0]


def test_what_a_party_owes_itself_is_no_debt() -> None:
    table = clear(dues(("A", "A", 9), ("A", "B", 1)), {"A": 1})
    assert dict(zip(table.party, table.owed, strict=True)) == {"A": 1, "B": 0}
    assert not table.in_default.any()


def test_losses_of_the_first_round_are_apart_from_what_is_passed_on() -> None:
    # OpenAI pays 5 of 10: the cloud has 6 for 10, of which chips get 6 × 6/10 = 3.6 of 6 and
    # lenders 2.4 of 4; chips pay the foundry 3.6 of 5.
    table = losses(CHAIN, CHAIN_CASH, CHAIN_DEBT, at_most={"openai": 0.5}).set_index("party")
    assert table.first_round.to_dict() == pytest.approx(
        {"cloud": 5, "chips": 0, OUTSIDE: 0, "foundry": 0, "openai": 0}
    )
    assert table.passed_on.to_dict() == pytest.approx(
        {"cloud": 0, "chips": 2.4, OUTSIDE: 1.6, "foundry": 1.4, "openai": 0}
    )
    assert table.index[0] == "cloud"


def test_stress_lays_pay_ratios_side_by_side() -> None:
    table = stress(CHAIN, CHAIN_CASH, "openai", (1.0, 0.5), CHAIN_DEBT).set_index(
        ["pay_ratio", "party"]
    )
    assert table.paid[0.5, "openai"] == 5
    assert table.paid[0.5, "cloud"] == pytest.approx(6)
    assert table.passed_on[0.5, OUTSIDE] == pytest.approx(1.6)
    assert math.isnan(table.owed[0.5, OUTSIDE])
    assert table.in_default[0.5].to_dict() == {
        OUTSIDE: False, "chips": True, "cloud": True, "foundry": False, "openai": True,
    }  # fmt: skip
    assert not table.in_default[1.0].any()
    # What it does to others does not hang on the cash that is entered for the focal party.
    poor = stress(CHAIN, CHAIN_CASH | {"openai": 0}, "openai", (1.0, 0.5), CHAIN_DEBT)
    pd.testing.assert_frame_equal(table.reset_index(), poor)


def test_a_debt_below_a_billion_is_put_under_stress() -> None:
    table = stress(dues(("o", "a", 0.4)), {}, "o", [0.5]).set_index("party")
    assert (table.paid["o"], table.first_round["a"]) == pytest.approx((0.2, 0.2))


def test_clear_takes_series_as_well_as_dictionaries() -> None:
    # Methods cases P9, as above.
    ring = dues(*((a, b, 0.5) for a in "abc" for b in "abc" if a != b))
    cash, debt = {"a": 0.5, "b": 0.625, "c": 0.75}, {"a": 1.5, "b": 0.5, "c": 0.5}
    table = clear(ring, pd.Series(cash), pd.Series(debt), pd.Series({"a": 1.0}))
    assert list(table.paid) == pytest.approx([1.473214, 1.419643, 1.5], abs=5e-7)
    pd.testing.assert_frame_equal(table, clear(ring, cash, debt, {"a": 1.0}))


def test_losses_take_series_as_well_as_dictionaries() -> None:
    table = losses(
        CHAIN, pd.Series(CHAIN_CASH), pd.Series(CHAIN_DEBT), at_most=pd.Series({"openai": 0.5})
    )
    assert table.set_index("party").passed_on["chips"] == pytest.approx(2.4)
    same = losses(CHAIN, CHAIN_CASH, CHAIN_DEBT, at_most={"openai": 0.5})
    pd.testing.assert_frame_equal(table, same)


def test_stress_takes_series_as_well_as_dictionaries() -> None:
    table = stress(
        CHAIN, pd.Series(CHAIN_CASH), "openai", (0.5,), outside_debt=pd.Series(CHAIN_DEBT)
    )
    assert table.set_index("party").paid["cloud"] == pytest.approx(6)
    same = stress(CHAIN, CHAIN_CASH, "openai", (0.5,), outside_debt=CHAIN_DEBT)
    pd.testing.assert_frame_equal(table, same)


@pytest.mark.parametrize("name", ["cash", "outside_debt", "at_most"])
def test_a_party_that_a_series_has_twice_is_refused_by_name(name: str) -> None:
    usual: dict[str, Any] = {"cash": CHAIN_CASH, "outside_debt": CHAIN_DEBT}
    twice = pd.Series([0.5, 0.5, 1.0], index=["cloud", "cloud", "chips"])
    what = name.replace("outside_", "outside ")
    with pytest.raises(ValueError, match=f"^{what} must have each name once, not: cloud$"):
        clear(CHAIN, **usual | {name: twice})


def test_an_amount_that_a_series_lacks_is_refused_by_name() -> None:
    cash = pd.Series(CHAIN_CASH, dtype="Float64")
    cash["chips"] = pd.NA
    with pytest.raises(ValueError, match=r"cash must be a finite number .*: chips has nan"):
        clear(CHAIN, cash)


def test_a_partner_breaks_below_its_break_even_ratio() -> None:
    # The cloud owes 6 + 4 and has 1 besides: it needs 9 of the 10.
    ratio = break_even_pay_ratio(10, 10, 1)
    assert ratio == pytest.approx(0.9)
    table = stress(CHAIN, CHAIN_CASH, "openai", (ratio + 0.001, ratio - 0.001), CHAIN_DEBT)
    assert list(table.in_default[table.party.eq("cloud")]) == [False, True]


def test_break_even_beyond_its_ends() -> None:
    assert break_even_pay_ratio(10, 3, 5) == 0
    assert break_even_pay_ratio(0, 3, 5) == 0
    assert break_even_pay_ratio(10, 20, 5) == 1.5
    assert break_even_pay_ratio(0, 5, 3) == math.inf
    with pytest.raises(ValueError, match=r"at least 0 \(USD bn\): other_cash is -1"):
        break_even_pay_ratio(10, 3, -1)
    with pytest.raises(ValueError, match="due_from_focal is nan"):
        break_even_pay_ratio(math.nan, 3, 1)


def test_the_index_of_concentration_has_the_published_value() -> None:
    # Methods cases P18: the example of the US Department of Justice.
    assert herfindahl([30, 30, 20, 20]) == 2600
    assert herfindahl(pd.Series({"openai": 100.0})) == 10_000
    assert herfindahl([]) == 0
    # Methods cases P18: 45 % of 625 alone make an index of at least 2025.
    assert 0.45 * 625 == 281.25
    assert herfindahl([45]) == 2025


def test_wrong_shares_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="at least 0: oracle has -3, amd has nan"):
        herfindahl(pd.Series({"oracle": -3, "nvidia": 50, "amd": np.nan}))
    with pytest.raises(ValueError, match="shares add up to 120 percent, more than 100"):
        herfindahl([60, 60])
    with pytest.raises(ValueError, match=r"add up to 1: write 30, not 0\.3"):
        herfindahl([0.3, 0.3, 0.2, 0.2])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"cash": {"openai": 10}}, "cash is missing for parties that owe something: chips, cloud"),
        ({"cash": CHAIN_CASH | {"cloud": -1}}, r"cash must be .* \(USD bn\): cloud has -1"),
        ({"cash": CHAIN_CASH | {"cloud": math.inf}}, "cloud has inf"),
        ({"outside_debt": {"chips": math.nan}}, "outside debt must be .*: chips has nan"),
        ({"at_most": {"opnai": 0.5}}, '"opnai" is in no obligation; the parties are: chips, cloud'),
        (
            {"at_most": {"openai": 60}},
            "a share that is paid must be between 0 and 1: openai has 60",
        ),
        (
            {"obligations": dues(("openai", "cloud", -1))},
            r"row 0 \(openai → cloud\) has -1",
        ),
        ({"obligations": dues((OUTSIDE, "cloud", 1))}, "no party can be named"),
    ],
)
def test_wrong_dues_are_refused_by_name(arguments: dict[str, Any], message: str) -> None:
    usual: dict[str, Any] = {"obligations": CHAIN, "cash": CHAIN_CASH}
    for function in (clear, losses):
        with pytest.raises(ValueError, match=message):
            function(**usual | arguments)


def test_debts_below_a_billion_are_debts() -> None:
    owed = dues(("o", "a", 0.4)).assign(year=2027)
    table = clear_by_year(owed, {"a": 0.0}, {}, "o", 0.5).set_index("party")
    assert (table.owed["o"], table.paid["o"]) == pytest.approx((0.4, 0.2))
    debts = pd.DataFrame({"year": [2027], "party": ["b"], "amount": [0.3]})
    with pytest.raises(ValueError, match="cash is missing for parties that owe something: b"):
        clear_by_year(owed, {"a": 0.0}, {}, "o", 0.5, debts)


@pytest.mark.parametrize("focal", ["foundry", "nobody"])
def test_a_focal_party_without_debts_is_refused(focal: str) -> None:
    with pytest.raises(ValueError, match=f'"{focal}" owes nothing; those who do are: chips, cloud'):
        stress(CHAIN, CHAIN_CASH, focal)


def test_nothing_owed_is_nothing_paid() -> None:
    table = clear(dues(), {"a": 1.0})
    assert (table.owed.item(), table.paid.item(), table.in_default.item()) == (0, 0, False)


@given(webs())
def test_clearing_conserves_value_and_pays_no_more_than_is_owed_or_there(web: Web) -> None:
    obligations, cash, debt = web
    before = obligations.copy()
    table = clear(obligations, cash, debt).set_index("party")
    assert (table.paid <= table.owed + 1e-9).all()
    assert (table.paid >= 0).all()
    own = obligations[obligations.payer != obligations.payee]
    share = (table.paid / table.owed).fillna(0.0)
    received = (own.amount * own.payer.map(share)).groupby(own.payee).sum()
    left = pd.Series(cash).add(received, fill_value=0).sub(table.paid, fill_value=0)
    # Nobody pays what it has not got, and all cash is somewhere: kept, or with outside creditors.
    assert (left > -1e-7).all()
    to_outside = (pd.Series(debt) * share).sum()
    assert left.sum() + to_outside == pytest.approx(sum(cash.values()))
    # Who is in default has paid all it has.
    assert (left[table.index[table.in_default]].abs() < 1e-7).all()
    pd.testing.assert_frame_equal(obligations, before)


@given(webs(), st.sampled_from(NAMES), st.integers(1, 20))
def test_more_cash_never_lowers_anyones_payment(web: Web, party: str, more: int) -> None:
    obligations, cash, debt = web
    poorer = clear(obligations, cash, debt)
    richer = clear(obligations, cash | {party: cash[party] + more}, debt)
    assert (richer.paid >= poorer.paid - 1e-9).all()


@given(webs())
def test_no_greater_payments_would_clear(web: Web) -> None:
    # Iterating from above, as in the proof of existence, ends at the same payments.
    obligations, cash, debt = web
    table = clear(obligations, cash, debt)
    place = {party: n for n, party in enumerate(table.party)}
    due = np.zeros((len(place), len(place)))
    for payer, payee, amount in obligations.itertuples(index=False):
        due[place[payer], place[payee]] += amount * (payer != payee)
    owed = table.owed.to_numpy()
    claims = due / np.where(owed > 0, owed, 1)[:, None]
    has = np.array([cash[party] for party in table.party])
    paid = owed
    for _ in range(4_000):
        paid = np.minimum(owed, has + claims.T @ paid)
    assert list(table.paid) == pytest.approx(list(paid), abs=0.01)


@given(webs(), st.sampled_from(NAMES), st.floats(0, 1))
def test_losses_of_both_rounds_add_up_to_all_shortfalls(web: Web, party: str, cap: float) -> None:
    obligations, cash, debt = web
    table = losses(obligations, cash, debt, {party: cap})
    assert (table[["first_round", "passed_on"]] > -1e-9).all(axis=None)
    shortfall = clear(obligations, cash, debt, {party: cap}).shortfall.sum()
    assert table[["first_round", "passed_on"]].sum().sum() == pytest.approx(shortfall, abs=1e-6)


@given(webs(), st.integers(2, 1000))
def test_another_unit_gives_the_same_clearing(web: Web, unit: int) -> None:
    obligations, cash, debt = web
    plain = clear(obligations, cash, debt)
    other = clear(
        obligations.assign(amount=obligations.amount * unit),
        {party: sum_ * unit for party, sum_ in cash.items()},
        {party: sum_ * unit for party, sum_ in debt.items()},
    )
    assert list(other.paid / unit) == pytest.approx(list(plain.paid), abs=1e-9)
    assert list(other.in_default) == list(plain.in_default)


def by_year(*rows: tuple[int, str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "payer", "payee", "amount"])


def debts(*rows: tuple[int, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "party", "amount"])


# Two years of the chain: OpenAI owes a cloud 10 a year, the cloud a maker 6 and lenders 4 or 5.
TWO_YEARS = by_year(
    (2027, "openai", "cloud", 10),
    (2027, "cloud", "maker", 6),
    (2028, "openai", "cloud", 10),
    (2028, "cloud", "maker", 6),
)
TWO_DEBTS = debts((2027, "cloud", 4), (2028, "cloud", 5))


def cleared(pay_ratio: float | dict[int, float]) -> pd.DataFrame:
    """The two years of the chain, with 1 a year from others and 2 in the till of the cloud."""
    table = clear_by_year(
        TWO_YEARS, {"cloud": 1}, {"cloud": 2}, "openai", pay_ratio, outside_debt=TWO_DEBTS
    )
    return table.set_index(["year", "party"])


def test_what_is_left_of_a_year_pays_in_the_next() -> None:
    # By hand: 2027 has 2 + 1 + 10 for 10 and keeps 3; 2028 has 3 + 1 + 10 for 11.
    full = cleared(1.0)
    assert not full.in_default.any()
    # OpenAI pays 8: 2027 has 11 for 10 and keeps 1; 2028 has 1 + 1 + 8 = 10 for 11.
    less = cleared(0.8)
    assert not less.in_default[2027, "cloud"]
    assert less.paid[2028, "cloud"] == pytest.approx(10)
    assert less.shortfall[2028, "cloud"] == pytest.approx(1)


def test_a_year_names_who_lost_what_at_once_and_what_was_passed_on() -> None:
    # By hand, 2028 with 8 of 10: the cloud loses 2 at once and lacks 1 of 11; of that the maker
    # loses 6/11 and the lenders 5/11.
    table = cleared({2027: 0.8, 2028: 0.8})
    assert table.first_round[2028, "cloud"] == pytest.approx(2)
    assert table.passed_on[2028, "maker"] == pytest.approx(6 / 11)
    assert table.passed_on[2028, OUTSIDE] == pytest.approx(5 / 11)
    assert math.isnan(table.owed[2028, OUTSIDE])
    assert not table.in_default[2028, OUTSIDE]


def test_a_share_can_be_given_for_each_year() -> None:
    table = cleared({2027: 1.0, 2028: 0.0})
    assert table.paid.loc[:, "openai"].to_dict() == {2027: 10, 2028: 0}
    # By hand: 3 kept + 1 a year.
    assert table.paid[2028, "cloud"] == pytest.approx(4)


def test_clearing_by_year_takes_series_as_well_as_dictionaries() -> None:
    table = clear_by_year(
        TWO_YEARS,
        pd.Series({"cloud": 1}),
        pd.Series({"cloud": 2}),
        "openai",
        pd.Series({2027: 1.0, 2028: 0.0}),
        outside_debt=TWO_DEBTS,
    ).set_index(["year", "party"])
    assert table.paid[2028, "cloud"] == pytest.approx(4)
    pd.testing.assert_frame_equal(table, cleared({2027: 1.0, 2028: 0.0}))


def test_what_is_not_paid_in_a_year_is_lost_and_not_carried_on() -> None:
    # 2027 pays nothing, 2028 all: the cloud owes 11 in 2028, and none of the 10 − 3 before.
    table = cleared({2027: 0.0, 2028: 1.0})
    assert table.shortfall[2027, "cloud"] == pytest.approx(7)
    assert table.owed[2028, "cloud"] == 11
    assert table.paid[2028, "cloud"] == pytest.approx(11)


def test_a_year_without_dues_brings_its_income_all_the_same() -> None:
    # By hand: 2027 leaves 2 + 1 + 10 − 10 = 3; 2028 owes nothing and adds 1; 2029 has 3 + 1 + 1.
    later = TWO_YEARS.assign(year=TWO_YEARS.year.replace(2028, 2029))
    owed = TWO_DEBTS.assign(year=TWO_DEBTS.year.replace(2028, 2029))
    shares = {2027: 1.0, 2028: 1.0, 2029: 0.0}
    table = clear_by_year(later, {"cloud": 1}, {"cloud": 2}, "openai", shares, owed)
    assert sorted(set(table.year)) == [2027, 2028, 2029]
    assert table.set_index(["year", "party"]).paid[2029, "cloud"] == pytest.approx(5)


def test_a_party_that_appears_in_one_year_is_a_party_of_all() -> None:
    dues_ = by_year((2027, "openai", "cloud", 1), (2028, "openai", "maker", 1))
    table = clear_by_year(dues_, {}, {}, "openai", 0.5)
    assert list(table.columns) == [
        "year", "party", "owed", "paid", "shortfall", "in_default", "first_round", "passed_on",
    ]  # fmt: skip
    assert list(table.year) == [2027] * 4 + [2028] * 4
    assert set(table.party) == {"openai", "cloud", "maker", OUTSIDE}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"pay_ratio": {2027: 1.0}}, 'what "openai" pays of its dues is missing for: 2028'),
        ({"pay_ratio": 60}, "a share that is paid must be between 0 and 1: openai has 60"),
        ({"focal": "maker"}, '"maker" owes nothing; those who do are: cloud, openai'),
        ({"income": {}, "opening_cash": {}}, "cash is missing for .*: cloud"),
        ({"income": {"cloud": -1}}, r"income must be .* \(USD bn\): cloud has -1"),
        ({"opening_cash": {"cloud": math.nan}}, "opening cash must be .*: cloud has nan"),
        (
            {"obligations": TWO_YEARS.assign(year=[2027, 2027.5, 2028, math.nan])},
            r"a year must be a whole number: row 1 has 2027\.5, row 3 has nan",
        ),
        (
            {"outside_debt": debts((2027, "cloud", math.nan))},
            r"outside debt must be .*: row 0 \(cloud\) has nan",
        ),
    ],
)
def test_wrong_dues_of_years_are_refused_by_name(arguments: dict[str, Any], message: str) -> None:
    usual: dict[str, Any] = {
        "obligations": TWO_YEARS,
        "income": {"cloud": 1},
        "opening_cash": {"cloud": 2},
        "focal": "openai",
        "pay_ratio": 0.5,
    }
    with pytest.raises(ValueError, match=message):
        clear_by_year(**usual | arguments)


Years = tuple[pd.DataFrame, dict[str, float], dict[str, float], pd.DataFrame]


@st.composite
def webs_of_years(draw: DrawFn) -> Years:
    """Up to four years of dues in which "a" owes something, with income, cash and outside debt."""
    year = st.integers(2027, 2030)
    amount = st.integers(0, 20).map(float)
    name = st.sampled_from(NAMES)
    rows = draw(st.lists(st.tuples(year, name, name, amount), max_size=20))
    sums = st.fixed_dictionaries({party: st.integers(0, 8).map(float) for party in NAMES})
    owed = draw(st.lists(st.tuples(year, name, amount), max_size=8))
    return by_year((2027, "a", "b", 5.0), *rows), draw(sums), draw(sums), debts(*owed)


@given(webs_of_years(), st.floats(0, 1))
@pytest.mark.thorough
def test_no_year_makes_or_loses_money(web: Years, ratio: float) -> None:
    obligations, income, cash, outside = web
    before = obligations.copy()
    table = clear_by_year(obligations, income, cash, "a", ratio, outside)
    pd.testing.assert_frame_equal(obligations, before)
    till = pd.Series(cash)
    for year, rows in table.groupby("year"):
        rows = rows.set_index("party")
        lost = rows.first_round + rows.passed_on
        # All that is not paid is somebody's loss.
        assert lost.sum() == pytest.approx(rows.shortfall.sum(), abs=1e-6)
        own = obligations[obligations.year.eq(year) & obligations.payer.ne(obligations.payee)]
        due = own.groupby("payee").amount.sum().reindex(list(NAMES), fill_value=0.0)
        till = till + pd.Series(income) + due - lost[list(NAMES)] - rows.paid[list(NAMES)]
        others = till.drop("a")
        # Nobody pays what it has not got, and who is in default has paid all.
        assert (others > -1e-6).all()
        assert (others[rows.in_default[others.index]].abs() < 1e-6).all()


@given(webs_of_years(), st.floats(0, 1), st.floats(0, 1))
@pytest.mark.thorough
def test_a_larger_share_of_the_focal_party_never_hurts_anyone(
    web: Years, one: float, other: float
) -> None:
    obligations, income, cash, outside = web
    less, more = (
        clear_by_year(obligations, income, cash, "a", ratio, outside)
        for ratio in sorted((one, other))
    )
    real = less.party.ne(OUTSIDE)
    assert (more.paid[real] >= less.paid[real] - 1e-6).all()
    lost = (table.first_round + table.passed_on for table in (more, less))
    assert (next(lost) <= next(lost) + 1e-6).all()


@given(webs_of_years(), st.floats(0, 1))
def test_a_single_year_clears_as_stress_does(web: Years, ratio: float) -> None:
    obligations, income, cash, outside = web
    first = obligations[obligations.year.eq(2027)]
    owed = outside[outside.year.eq(2027)]
    table = clear_by_year(first, income, cash, "a", ratio, owed)
    has = {party: income[party] + cash[party] for party in NAMES}
    same = stress(first, has, "a", (ratio,), owed.groupby("party").amount.sum().to_dict())
    assert list(table.paid.fillna(0)) == pytest.approx(list(same.paid.fillna(0)), abs=1e-6)
    assert list(table.passed_on) == pytest.approx(list(same.passed_on), abs=1e-6)
