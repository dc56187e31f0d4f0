"""What the chapter on circularity draws, cuts and follows: worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tightrope import counting, loops, quantities
from tightrope.chapters import (
    circularity,
    circularity_scores,
    how_circular,
    how_circular_course,
    how_circular_cut,
)
from tightrope.dealbook import Dealbook
from tightrope.measures import circulation, routes

from ..referee import REFEREE
from .test_loops import with_legs

LAB = "openai"
OPEN = math.nan


def web(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    """payer, payee, low, mode, high: payments of one deal of the toy book."""
    columns = ["payer", "payee", "low", "mode", "high"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(
        leg_id=[f"leg-{number}" for number in range(len(table))],
        deal_id="stake",
        stated=table["mode"].fillna(table.low),
        part_of="",
        instrument="equity",
    )


@pytest.fixture
def shared(tiny: Dealbook) -> Dealbook:
    """The toy book with a rest of a round of 8 to 9, of which Microsoft may have taken a part."""
    deal = {"deal_id": "round", "payee_id": LAB, "instrument": "equity", "status": "binding"}
    return with_legs(
        tiny,
        deal | {"leg_id": "rest", "payer_id": "funds", "low": 8.0, "high": 9.0},
        deal | {"leg_id": "of-it", "payer_id": "microsoft", "part_of_leg_id": "rest"},
    )


def test_the_mode_of_a_payment_is_the_sum_that_a_party_named(tiny: Dealbook) -> None:
    assert list(how_circular.web(tiny, LAB)["mode"]) == [10.0, 73.0]


def test_a_payment_of_which_only_a_range_is_known_has_no_mode(shared: Dealbook) -> None:
    modes = how_circular.web(shared, LAB).set_index("leg_id")["mode"]
    assert modes[["rest", "of-it"]].isna().all()


def test_what_only_the_press_named_has_no_mode(tiny: Dealbook) -> None:
    book = with_legs(
        tiny,
        {"leg_id": "heard", "deal_id": "heard", "payer_id": "funds", "payee_id": LAB}
        | {"status": "reported", "amount": 30.0},
    )
    heard = how_circular.web(book, LAB).set_index("leg_id").loc["heard"]
    assert (heard.low, heard.high) == (0.0, 30.0)
    assert math.isnan(heard["mode"])


def test_loans_join_the_web_only_where_they_are_asked_for(tiny: Dealbook) -> None:
    book = with_legs(
        tiny,
        {"leg_id": "line", "deal_id": "line", "payer_id": "microsoft", "payee_id": LAB}
        | {"instrument": "loan", "status": "binding", "amount": 4.0},
    )
    assert "line" not in set(how_circular.web(book, LAB).leg_id)
    assert "line" in set(how_circular.web(book, LAB, loans=True).leg_id)


def test_draws_stay_within_the_range_and_those_of_one_deal_grow_together(tiny: Dealbook) -> None:
    # No mode: at the same quantile, 20 to 40 is always ten more than 10 to 30 and the like.
    table = web(("cloud", LAB, 10, OPEN, 30), (LAB, "cloud", 20, OPEN, 40))
    amounts = circularity.drawn(tiny, table, 200, 1)
    assert amounts[:, 0].min() >= 10
    assert amounts[:, 0].max() <= 30
    assert np.allclose(amounts[:, 1] - amounts[:, 0], 10)


def test_a_payment_without_an_upper_end_is_drawn_no_higher_than_what_is_stated(
    tiny: Dealbook,
) -> None:
    table = web(("cloud", LAB, 10, 12, OPEN))
    amounts = circularity.drawn(tiny, table, 200, 1)
    assert amounts.min() >= 10
    assert amounts.max() <= 12


def test_what_a_part_takes_of_a_shared_sum_the_whole_has_not(shared: Dealbook) -> None:
    table = how_circular.web(shared, LAB)
    amounts = circularity.drawn(shared, table, 300, 1)
    place = {leg: number for number, leg in enumerate(table.leg_id)}
    part, rest = amounts[:, place["of-it"]], amounts[:, place["rest"]]
    assert part.min() >= 0
    assert rest.min() >= 0
    assert (part + rest).min() >= 8 - 1e-9
    assert (part + rest).max() <= 9 + 1e-9


def test_a_further_payment_leaves_the_draws_of_all_others_as_they_were(shared: Dealbook) -> None:
    table = how_circular.web(shared, LAB)
    more = circularity.with_payment(table, "customers", LAB, 100.0)
    before, after = (circularity.drawn(shared, one, 50, 1) for one in (table, more))
    assert np.allclose(before, after[:, :-1])
    assert (after[:, -1] == 100.0).all()


def test_all_runs_at_once_give_what_each_gives_alone() -> None:
    table = web(
        ("cloud", LAB, 0, OPEN, 9),
        (LAB, "cloud", 0, OPEN, 9),
        ("cloud", "maker", 0, OPEN, 9),
        ("maker", LAB, 0, OPEN, 9),
        ("funds", LAB, 0, OPEN, 9),
    )
    amounts = np.random.default_rng(1).integers(1, 9, (40, len(table))).astype(float)
    alone = [routes.returnable(table.assign(amount=run), LAB).value for run in amounts]
    assert list(circularity.measured(table, amounts, LAB).any_route) == pytest.approx(alone)


def test_a_run_is_measured_at_the_lab_straight_and_by_any_route() -> None:
    # Out 100 to the cloud; back 20 from it and 15 by the maker, of whose 40 the rest is outside.
    table = web(
        (LAB, "cloud", 100, 100, 100),
        ("cloud", LAB, 20, 20, 20),
        ("cloud", "maker", 15, 15, 15),
        ("maker", LAB, 40, 40, 40),
    )
    found = circularity.measured(table, np.array([[100.0, 20.0, 15.0, 40.0]]), LAB).iloc[0]
    assert list(found[list(how_circular.READINGS)]) == [60.0, 100.0, 20.0, 35.0]


def test_a_web_without_a_way_home_returns_nothing_in_any_run() -> None:
    table = web((LAB, "cloud", 1, 1, 1), ("funds", LAB, 1, 1, 1))
    assert list(circularity.measured(table, np.ones((2, 2)), LAB).any_route) == [0.0, 0.0]


def test_an_answer_is_exact_at_its_ends_and_its_share_is_one_of_draws(tiny: Dealbook) -> None:
    # Of the 20 to 40 that come in, all that the 10 to 30 paid to the same cloud allow.
    table = web(("cloud", LAB, 20, OPEN, 40), (LAB, "cloud", 10, OPEN, 30))
    found = circularity.answer(tiny, table, LAB, 400, 1)
    assert (found.low, found.high) == (10.0, 30.0)
    assert found.low < found.middle < found.high
    assert 10 / 20 <= found.share.low < found.share.high <= 30 / 40


def test_a_share_is_written_in_whole_percent_and_one_number_if_its_ends_round_alike() -> None:
    assert circularity.Share(0.079, 0.161).written == "8–16%"
    assert circularity.Share(0.079, 0.081).written == "8%"
    assert circularity.Share(math.nan, math.nan).written == "no known part"


def test_paid_money_is_certain_whatever_else_may_fail(tiny: Dealbook) -> None:
    # Of the stake of 10, 9 is paid; the contract of 73 may fail.
    table, amounts = circularity.fated(tiny, LAB, "announced", 400, 1)
    stake, cloud = (
        amounts[:, list(table.leg_id).index(leg)] for leg in ("stake-cash", "cloud-use")
    )
    assert set(np.round(stake, 9)) == {9.0, 10.0}
    assert set(np.round(cloud, 9)) == {0.0, 73.0}


def test_a_contract_of_which_no_term_is_known_is_not_taken_for_one_without_condition(
    tiny: Dealbook,
) -> None:
    # Half to nine in ten come, 0.7 on average; of contracts due regardless it would be 0.9.
    table, amounts = circularity.fated(tiny, LAB, "binding", 4000, 1)
    came = amounts[:, list(table.leg_id).index("cloud-use")] > 0
    assert came.mean() == pytest.approx(0.7, abs=0.03)


def test_the_web_is_unrolled_into_out_onward_back_and_the_rest() -> None:
    table = web(
        (LAB, "cloud", 100, 100, OPEN),
        ("cloud", LAB, 20, 20, 20),
        ("cloud", "maker", 15, 15, 15),
        ("maker", LAB, 40, 40, 40),
        (LAB, "landlord", 7, 7, 7),
        ("funds", LAB, 3, 3, OPEN),
    )
    picture = how_circular_cut.unrolled(table, LAB)
    bands = picture.bands.set_index(["part", "payer", "payee"])
    assert set(bands.index) == {
        ("out", LAB, "cloud"),
        ("onward", "cloud", "maker"),
        ("back", "cloud", LAB),
        ("back", "maker", LAB),
        ("dead", LAB, "No way back"),
        ("outside", "From outside", LAB),
    }
    assert bands.low["dead"].item() == 7.0
    assert math.isnan(bands.high["outside"].item())
    assert set(picture.bands.payee[picture.bands.cut]) == {LAB, "maker"}
    assert picture.home == {"cloud", "maker"}
    assert picture.is_whole


def test_longer_chains_that_carry_more_home_are_told() -> None:
    # By way of two clouds: the second is neither paid by the lab nor gives to it.
    table = web(
        (LAB, "cloud", 9, 9, 9),
        ("cloud", "smaller", 9, 9, 9),
        ("smaller", "maker", 9, 9, 9),
        ("maker", LAB, 9, 9, 9),
    )
    assert not how_circular_cut.unrolled(table, LAB).is_whole


def test_a_quarter_shows_what_was_known_on_its_last_day(tiny: Dealbook) -> None:
    # The stake of 10 is known since January 2020, the cloud's contract of 73 since March 2021.
    table = how_circular_course.by_quarter(tiny, LAB).set_index("day")
    before, after = (table.loc[day] for day in ("2020-12-31", "2021-03-31"))
    assert list(before[list(how_circular.READINGS)]) == [10.0, 0.0, 0.0, 0.0]
    assert list(after[list(how_circular.READINGS)]) == [10.0, 73.0, 10.0, 10.0]
    assert after.share == 1.0


def test_the_last_column_is_the_books_own_day(tiny: Dealbook) -> None:
    assert how_circular_course.by_quarter(tiny, LAB).day.iloc[-1] == tiny.day


def test_before_the_first_money_in_there_is_no_quarter(tiny: Dealbook) -> None:
    assert how_circular_course.by_quarter(tiny, "nvidia").empty


def test_two_sides_are_even_as_far_as_their_ranges_allow() -> None:
    # 10 to 20 against 40: a quarter to a half. 5 to 50 against 40: an eighth to the whole.
    partners = pd.DataFrame(
        [("a", 10.0, 20.0, 40.0, 40.0), ("b", 5.0, 50.0, 40.0, 40.0), ("c", 1.0, 1.0, 0.0, 0.0)],
        columns=["party", "in_low", "in_high", "out_low", "out_high"],
    )
    even = circularity_scores.balance(partners)
    assert even.to_dict("split")["data"] == [["a", 0.25, 0.5], ["b", 0.125, 1.0]]


def test_a_side_that_is_open_above_may_outgrow_the_other_beyond_measure() -> None:
    partners = pd.DataFrame(
        [("a", 10.0, 10.0, 40.0, OPEN)],
        columns=["party", "in_low", "in_high", "out_low", "out_high"],
    )
    assert circularity_scores.balance(partners).to_dict("split")["data"] == [["a", 0.0, 0.25]]


def test_firms_taken_as_one_no_longer_pay_each_other() -> None:
    table = loops.joined(
        web(("bank", "its-firm", 1, 1, 1), ("bank", LAB, 2, 2, 2), (LAB, "its-firm", 3, 3, 3)),
        "bank",
        "its-firm",
    )
    assert list(zip(table.payer, table.payee, strict=True)) == [("bank", LAB), (LAB, "bank")]


def test_a_payment_is_held_and_scaled_at_all_its_ends() -> None:
    table = web(("cloud", LAB, 10, 12, 14), (LAB, "cloud", 20, 20, 20))
    ends = [*counting.ENDS, "mode"]
    chosen = table.payee.eq(LAB)
    assert list(how_circular.held(table, chosen, 5.0).loc[0, ends]) == [5.0] * 4
    assert list(circularity.scaled(table, chosen, 0.5).loc[0, ends]) == [5.0, 6.0, 7.0, 6.0]
    assert list(how_circular.held(table, chosen, 5.0).loc[1, ends]) == [20.0] * 4


def test_planned_revenue_is_the_newest_plan_with_a_straight_line_between_years(
    tiny: Dealbook,
) -> None:
    year = tiny.day.year
    plans = pd.DataFrame(
        [
            tiny.financials.iloc[0].to_dict()
            | {"nature": "plan", "period": str(period), "value": value, "known_on": tiny.day}
            for period, value in ((year, 10.0), (year + 2, 30.0))
        ]
    )
    older = plans.assign(value=1.0, known_on=tiny.day - pd.Timedelta(days=9))
    known = pd.concat([tiny.financials, plans, older], ignore_index=True)
    book = replace(tiny, financials=known)
    assert circularity.planned_revenue(book, LAB, year + 2) == 10 + 20 + 30
    assert math.isnan(circularity.planned_revenue(tiny, LAB, year + 2))


# The frozen rows that a referee had. In them estimates of chips have the rung of a report, and no
# leg says that it is part of another's sum.


@pytest.mark.parametrize(
    ("name", "end", "row"),
    [
        ("round_trip", "low", "round_trip.low"),
        ("round_trip", "high", "round_trip.high"),
        ("round_trip_signed", "low", "round_trip_binding.low"),
        ("round_trip_signed", "high", "round_trip_binding.high"),
        ("round_trip_paid", "low", "round_trip_paid.low"),
        ("round_trip_with_loans", "high", "round_trip_with_loans.high"),
        ("back_by_any_route", "high", "returnable.high"),
        ("back_by_any_route_signed", "high", "returnable_binding.high"),
        ("back_by_any_route_paid", "low", "returnable_paid.low"),
        ("circulating_without_chips", "low", "circulating_without_chips.low"),
        ("paid_in", "low", "paid_in.low"),
        ("paid_in", "high", "paid_in.high"),
    ],
)
def test_where_the_convention_is_the_referees_so_is_the_sum(
    referee_book: Dealbook, name: str, end: str, row: str
) -> None:
    amount = getattr(quantities.of(referee_book)[name], end)
    assert REFEREE[row].agrees(amount), f"{REFEREE[row].row}: {amount}"


def test_the_referees_low_round_trip_with_loans_has_a_loan_that_only_the_press_reported(
    referee_book: Dealbook,
) -> None:
    # 81.72 − 18.0 of Broadcom: a report counts nothing at the low end.
    asked = quantities.of(referee_book)["round_trip_with_loans"].low
    assert REFEREE["round_trip_with_loans.low"].agrees(
        asked + REFEREE["round_trip_of_loans.low"].value
    )


def test_what_comes_in_has_not_the_report_and_not_the_rest_of_the_round(
    referee_book: Dealbook,
) -> None:
    # 214.0 = 175.0 that is sure + 30 reported of a bridge + 9 of a round, committed by somebody.
    asked = quantities.of(referee_book)
    assert REFEREE["inflow_of_the_web.low"].agrees(
        round(asked["to_come_in"].low + asked["reported_in"].low + 9, 1)
    )


def heard(book: Dealbook) -> pd.DataFrame:
    """The web with reports counted at their low ends, and of a site the least part for chips."""
    table = loops.payments(book, LAB)
    every = counting.counted(book.within(*loops.SCOPES), "announced", reports=True)
    of_leg = loops.leg_ids(table)
    part = loops.chip_parts(book, LAB).low.item()
    is_inside = of_leg.ne(table.leg_id)
    is_rest = of_leg.isin(of_leg[is_inside]) & ~is_inside
    weight = pd.Series(1.0, index=table.index).mask(is_inside, part).mask(is_rest, 1 - part)
    return table.assign(low=of_leg.map(every.set_index("leg_id").low) * weight)


def test_with_reports_at_their_low_ends_the_referees_web_comes_out(referee_book: Dealbook) -> None:
    table = heard(referee_book)
    surely = table.assign(amount=table.low)
    rounds = circulation.maximum_circulation(surely[surely.amount.gt(0)], ranges=False)
    # The rest of the round, 9, was committed by somebody: it is in the referee's gross.
    gross = rounds.gross + 9
    without = table[table.payer.ne("amazon") & table.payee.ne("amazon")]
    assert REFEREE["returnable.low"].agrees(loops.returnable_at(table, LAB, "low"))
    assert REFEREE["returnable_without_amazon.low"].agrees(loops.returnable_at(without, LAB, "low"))
    assert REFEREE["circulating.low"].agrees(rounds.value)
    assert REFEREE["web_gross.low"].agrees(gross)
    assert REFEREE["circulation_index.low.percent"].agrees(100 * rounds.value / gross)


def test_without_reported_chips_what_nvidia_gives_has_no_sure_way_home(
    referee_book: Dealbook,
) -> None:
    # 93.82 − 30.10: in those rows every payment to Nvidia is a report, or open from nothing.
    sure = quantities.of(referee_book)["back_by_any_route"].low
    nvidia = quantities.of(referee_book, partner="nvidia")["to_come_in"].low
    assert nvidia == pytest.approx(30.1)
    assert REFEREE["returnable.low"].agrees(sure + nvidia)
    signed = quantities.of(referee_book)["back_by_any_route_signed"].low
    assert REFEREE["returnable_binding.low"].agrees(signed + nvidia)


def test_the_high_circulation_index_is_the_referees_if_the_shared_sum_counts_once(
    referee_book: Dealbook,
) -> None:
    # 493.98 of 2,628.99, in which no column says yet that 9 of the round are there twice.
    index = quantities.of(referee_book)["circulation_index"].high
    gross = circularity.closed(loops.payments(referee_book, LAB)).high.sum()
    assert REFEREE["circulation_index.high.percent"].agrees(100 * index * gross / (gross - 9))
