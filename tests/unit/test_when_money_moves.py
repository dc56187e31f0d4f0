"""Which payments have a date, and what is matched by when: worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from tightrope.chapters import floats
from tightrope.chapters import when_money_moves as chapter
from tightrope.dealbook import Dealbook
from tightrope.quantities import of
from tightrope.quantities.view import View


def payments(*rows: tuple[str, str, float, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["payer", "payee", "amount", "year"])
    return table.astype({"year": "Int64"}).assign(
        leg_id=[f"{payer}-{payee}" for payer, payee, *_ in rows]
    )


TOY = payments(("s", "o", 100, 2025), *[("o", "s", 20, year) for year in range(2026, 2031)])


def test_what_came_in_once_is_matched_as_it_goes_back() -> None:
    table = chapter.matched_by_year(TOY, "o")
    assert list(table.each) == [0] * 6
    assert list(table.total) == [0, 20, 40, 60, 80, 100]
    assert list(table.within) == [0] * 6
    # By 2027: 40 matched both ways of 140.
    assert table.ratio[2027] == pytest.approx(80 / 140)


def test_a_payment_without_a_year_is_matched_with_nothing() -> None:
    undated = payments(("s", "o", 5, 2025)).assign(year=pd.NA).astype({"year": "Int64"})
    assert chapter.matched_by_year(undated, "o").empty


def test_a_float_is_used_up_between_two_ends_of_years() -> None:
    held = chapter.present_float(
        TOY.assign(amount=TOY.amount.where(TOY.payer.eq("s"), 40)), "o", "s", 0
    )
    # 100, 60, 20, −20: half a year after the end of 2027.
    assert list(held)[:4] == [100, 60, 20, -20]
    assert chapter.used_up(held) == pytest.approx(2028.5)


def test_a_float_that_stays_is_not_used_up() -> None:
    assert math.isnan(chapter.used_up(pd.Series({2025: 5.0, 2026: 1.0})))


def test_waiting_makes_what_goes_back_worth_less() -> None:
    held = chapter.present_float(TOY, "o", "s", 0.10)
    # 20 a year for five years at 10% are worth 75.8.
    assert held[2030] == pytest.approx(100 - 75.8157, abs=1e-3)


def test_an_account_has_what_is_dated_and_the_rest_at_its_ends() -> None:
    legs = pd.DataFrame(
        [
            ("s-o", "s", "o", 100.0, 100.0, 100.0),
            ("o-s", "o", "s", math.nan, 150.0, 200.0),
        ],
        columns=["leg_id", "payer", "payee", "amount", "low", "high"],
    )
    both = floats.account(legs, TOY, "o", ["s"])
    assert both.inward == (100, 0, 0)
    assert both.outward == (100, 50, 100)
    assert (both.matched, both.most, both.has_rest) == (100, 100, True)


def test_what_others_pay_a_member_can_count_as_paid_to_it() -> None:
    legs = pd.DataFrame(
        [("m-o", "m", "o", 30.0, 30.0, 30.0)],
        columns=["leg_id", "payer", "payee", "amount", "low", "high"],
    )
    more = pd.DataFrame([("chips", 7.0, 40.0)], columns=["leg_id", "low", "high"])
    both = floats.account(legs, payments(("m", "o", 30, 2025)), "o", ["m"], more)
    assert both.outward == (0, 7, 40)
    assert both.most == 30


def test_an_open_side_is_bounded_by_the_other() -> None:
    side, open_ = floats.Side(10, 0, 5), floats.Side(0, 0, math.nan)
    assert floats.Account(side, open_).most == 15
    assert math.isnan(floats.Account(open_, open_).most)


@pytest.mark.parametrize("day", ["", "2026-03-01", "2025-10-31"])
def test_what_is_dated_and_undated_adds_up_to_the_quantities(book: Dealbook, day: str) -> None:
    view = View(book.as_of(day), "openai")
    legs, q = chapter.flows(view, "announced"), of(view.book)
    left = view.counted("announced")
    for side, name in (("payee", "to_come_in"), ("payer", "to_pay")):
        own = legs[legs[side].eq("openai")]
        out = left[left[side].eq("openai") & left.instrument.isin(["warrant", "revenue_share"])]
        assert own.amount.fillna(own.low).sum() + out.stated.sum() == pytest.approx(q[name].stated)


def test_a_schedule_over_the_own_term_moves_no_dollar(book: Dealbook) -> None:
    table = chapter.moves(View(book, "openai"), "announced")
    spread = chapter.over_own_term(book, table, "s_curve")
    assert spread.groupby("leg_id").amount.sum().to_dict() == pytest.approx(
        table.groupby("leg_id").amount.sum().to_dict()
    )


def test_chips_that_serve_a_deal_with_others_are_not_the_partys(book: Dealbook) -> None:
    found = floats.bought_through(View(book, "openai"), "nvidia")
    assert "coreweave-chips-for-openai" in set(found.leg_id)
    assert "coreweave-chips-for-microsoft" not in set(found.leg_id)


def test_balances_are_what_each_proof_adds(tiny: Dealbook) -> None:
    table = chapter.balances(tiny, "stake-cash")
    paid = tiny.events[tiny.events.status.eq("paid") & tiny.events.leg_id.eq("stake-cash")]
    assert list(table.amount.cumsum()) == pytest.approx(sorted(paid.amount_usd_bn))
    assert set(table.payer) == {"microsoft"}


def test_a_leg_that_is_not_known_has_no_balances(tiny: Dealbook) -> None:
    assert chapter.balances(tiny, "nowhere").empty


def test_a_running_sum_stays_in_years_without_a_payment() -> None:
    table = payments(("s", "o", 3, 2021), ("s", "o", 2, 2023))
    assert list(chapter.running(table, range(2020, 2025))) == [0, 3, 3, 5, 5]
