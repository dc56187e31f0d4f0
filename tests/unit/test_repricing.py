"""What owners lose if the focal party is worth less: a small book by hand, and the data."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tightrope import repricing
from tightrope.dealbook import Dealbook
from tightrope.measures import stakes
from tightrope.repricing import Books, Leverage, Owners

from .books import Leg, Step, made

FOCAL = "openai"
OWNERS: Owners = {
    "microsoft": ("microsoft-stake", ""),
    "nvidia": ("", "nvidia-stake-value"),
}
FIGURES = [
    # id, party, metric, period, nature, value
    ("price-1", "openai", "valuation", "2021-03", "actual", 100.0),
    ("price-2", "openai", "valuation", "2021-06", "actual", 200.0),
    ("price-talks", "openai", "valuation", "2021-12", "estimate", 900.0),
    ("microsoft-stake", "microsoft", "stake", "2021-06-30", "actual", 10.0),
    ("microsoft-equity", "microsoft", "equity_book_value", "2021-06-30", "actual", 50.0),
    ("nvidia-stake-value", "nvidia", "stake_value", "2021-06-30", "actual", 30.0),
    ("nvidia-equity", "nvidia", "equity_book_value", "2021-09-30", "actual", 80.0),
    ("nvidia-net", "nvidia", "net_asset_value", "2021-06-30", "actual", 90.0),
    ("nvidia-net-later", "nvidia", "net_asset_value", "2021-08-31", "actual", 60.0),
    ("nvidia-debt", "nvidia", "net_debt", "2021-06-30", "actual", 10.0),
    ("nvidia-limit", "nvidia", "loan_to_value", "2021-01-01", "plan", 25.0),
    ("nvidia-ceiling", "nvidia", "loan_to_value", "2021-01-01", "plan", 40.0),
]


@pytest.fixture
def known(tiny: Dealbook) -> Dealbook:
    """Microsoft has paid 4, Nvidia 12, of which 5 after the day of its books."""
    columns = ["financial_id", "party_id", "metric", "period", "nature", "value"]
    figures = pd.DataFrame(FIGURES, columns=columns).assign(
        value_low=np.nan,
        value_high=np.nan,
        known_on=pd.Timestamp("2021-12-31"),
        source_id="release",
    )
    book = made(
        tiny,
        {
            "first": Leg("microsoft", FOCAL, [Step("paid", 4)]),
            "second": Leg("nvidia", FOCAL, [Step("paid", 7), Step("paid", 12)]),
            "lent": Leg("nvidia", FOCAL, [Step("paid", 3)], "loan"),
        },
    )
    days = {"second-0": "2021-05-01", "second-1": "2021-07-15", "first-0": "2020-01-01"}
    happened = pd.to_datetime(book.events.event_id.map(days).fillna("2021-01-01"))
    # One day of news cannot hold two steps of one leg in order; the second came later.
    return replace(book, financials=figures, events=book.events.assign(happened_on=happened))


def held(known: Dealbook) -> dict[str, repricing.Stake]:
    return {one.party: one for one in repricing.holders(known, FOCAL, OWNERS)}


def test_a_stake_is_worth_its_part_at_the_last_price_that_was_paid(known: Dealbook) -> None:
    # A tenth of 200; the 900 are only in talks.
    assert held(known)["microsoft"].at_price == 20
    assert held(known)["microsoft"].in_books == 4
    assert held(known)["microsoft"].equity == 50


def test_a_stake_marked_to_the_market_has_what_was_paid_since(known: Dealbook) -> None:
    # 30 on 30 June, and 12 − 7 = 5 in July; its part is not published, so at price it is the 12.
    assert held(known)["nvidia"].in_books == 35
    assert held(known)["nvidia"].at_price == 12


def test_net_assets_come_before_book_equity(known: Dealbook) -> None:
    assert (held(known)["nvidia"].equity, held(known)["nvidia"].equity_on) == (60, "2021-08-31")


def test_who_has_paid_nothing_or_has_no_known_equity_is_left_out(known: Dealbook) -> None:
    owners = {**OWNERS, "tsmc": ("", "")}
    assert [one.party for one in repricing.holders(known, FOCAL, owners)] == list(OWNERS)
    bare = known.financials[~known.financials.financial_id.eq("microsoft-equity")]
    assert "microsoft" not in held(replace(known, financials=bare))


def test_a_loss_is_the_fall_of_the_stake_at_either_end(known: Dealbook) -> None:
    table = repricing.losses(known, FOCAL, list(held(known).values()), [0.5])
    assert table.values.tolist() == [
        ["microsoft", 0.5, pytest.approx(2), pytest.approx(10), pytest.approx(4), pytest.approx(20)],
        [
            "nvidia", 0.5, pytest.approx(6), pytest.approx(17.5),
            pytest.approx(10), pytest.approx(100 * 17.5 / 60),
        ],
    ]  # fmt: skip


def test_without_a_price_no_loss_is_named(known: Dealbook) -> None:
    bare = known.financials[~known.financials.metric.eq("valuation")]
    book = replace(known, financials=bare)
    assert repricing.losses(book, FOCAL, list(held(known).values()), [0.5]).empty
    assert held(book)["microsoft"].at_price == 4


def test_the_strict_end_has_the_newest_prices_and_borrows_what_was_paid_since(
    known: Dealbook,
) -> None:
    own = repricing.leverage(known, FOCAL, "nvidia", "nvidia-stake-value")
    assert own is not None
    assert own.mild == Books(net_debt=10, holdings=100, stake=30)
    assert own.strict == Books(net_debt=15, holdings=75, stake=35)
    assert own.limits == (25, 40)


@pytest.mark.parametrize("row", ["nvidia-debt", "nvidia-net", "nvidia-stake-value"])
def test_without_debt_holdings_or_stake_of_one_day_there_is_no_leverage(
    known: Dealbook, row: str
) -> None:
    bare = replace(known, financials=known.financials[known.financials.financial_id.ne(row)])
    assert repricing.leverage(bare, FOCAL, "nvidia", "nvidia-stake-value") is None


def test_without_a_limit_there_is_no_leverage(known: Dealbook) -> None:
    bare = replace(known, financials=known.financials[known.financials.nature.ne("plan")])
    assert repricing.leverage(bare, FOCAL, "nvidia", "nvidia-stake-value") is None


def test_a_limit_is_met_between_the_strict_and_the_mild_end() -> None:
    own = Leverage("nvidia", Books(10, 100, 30), Books(15, 75, 35), (25.0, 40.0), ())
    table = repricing.crossings(own, [0.0, 1.0]).set_index(["limit", "drag"])
    # Strict: 75 − 15 / 0.25 = 15 of 35; mild: 100 − 10 / 0.25 = 60, more than the 30.
    assert table.loc[(25.0, 0.0)].to_list() == [pytest.approx(100 * 15 / 35), math.inf]
    assert table.loc[(25.0, 1.0)].to_list() == pytest.approx([20, 60])
    assert table.loc[(40.0, 0.0)].to_list() == [math.inf, math.inf]


# The data, by other ways.

SOFTBANK = ("softbank-stake-2026-10-01", "softbank-stake-value-2026-06-30")


def test_softbanks_books_are_those_that_it_printed(book: Dealbook) -> None:
    # 10.81 / 83.11 trillion yen on 30 June, as printed 13%; since then 10 in July and 10 in October.
    own = repricing.leverage(book.as_of("2026-10-09"), FOCAL, "softbank", SOFTBANK[1])
    assert own is not None
    assert 100 * own.mild.net_debt / own.mild.holdings == pytest.approx(13, abs=0.05)
    assert own.mild.holdings == pytest.approx(83.11e3 / 162.73, abs=0.1)
    assert own.strict.stake - own.mild.stake == pytest.approx(20)
    assert own.strict.holdings - own.strict.net_debt == pytest.approx(58.3e3 / 162.73, abs=0.1)
    assert own.limits == (25, 35)


@pytest.mark.parametrize("drag", repricing.DRAGS)
def test_a_limit_is_met_where_searching_finds_it(book: Dealbook, drag: float) -> None:
    own = repricing.leverage(book, FOCAL, "softbank", SOFTBANK[1])
    assert own is not None
    table = repricing.crossings(own).set_index(["limit", "drag"])
    steps = np.linspace(0, 1, 100_001)
    for limit in own.limits:
        for end, books in (("low", own.strict), ("high", own.mild)):
            others = books.holdings - books.stake
            left = books.stake * (1 - steps) + others * (1 - drag * steps)
            above = steps[books.net_debt >= limit / 100 * left]
            found = 100 * above[0] if len(above) else math.inf
            assert table.loc[(limit, drag)][end] == pytest.approx(found, abs=0.002)


def test_a_limit_is_a_line_below_which_an_owners_equity_falls(book: Dealbook) -> None:
    # Net debt over holdings is a quarter where equity is three times the debt.
    own = repricing.leverage(book, FOCAL, "softbank", SOFTBANK[1])
    assert own is not None
    debt, holdings, stake = own.strict
    firms = [FOCAL, "softbank"]
    owned = pd.DataFrame([[0, 0], [stake / 852, 0]], firms, firms)
    met = repricing.crossings(own).low.iloc[0] / 100
    for fall, failed in ((met - 1e-6, ()), (met + 1e-6, ("softbank",))):
        assets = {FOCAL: 852 * (1 - fall), "softbank": holdings - stake - debt}
        found = stakes.values(owned, assets, least={"softbank": debt * (1 / 0.25 - 1)})
        assert found.failed == failed


def test_at_half_the_value_an_owner_loses_half_of_its_stake(book: Dealbook) -> None:
    owners = {"softbank": SOFTBANK, "microsoft": ("microsoft-stake-2026-06-30", "")}
    stakes_of = repricing.holders(book, FOCAL, owners)
    table = repricing.losses(book, FOCAL, stakes_of, [0.5]).set_index("party")
    # SoftBank 89.6 + 20 in its books and 13% of 852; Microsoft 11.9 paid and 25% of 852.
    assert table.loc["softbank", ["low", "high"]].to_list() == pytest.approx([54.8, 55.38])
    assert table.loc["microsoft", ["low", "high"]].to_list() == pytest.approx([5.95, 106.5])
