"""What promises are worth to those who count on them: worked by hand on small books."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import exposure, obligations
from tightrope.dealbook import Dealbook
from tightrope.exposure import Ends, Market
from tightrope.measures import credit
from tightrope.measures.uncertainty import PRIORS

from .books import Leg, Step, made

Row = tuple[str, str, str, str, float]
FLAT = Market(Ends(0.05, 0.05), Ends(0.05, 0.05), 0.40, ("financials/a",))
MARKET: list[Row] = [
    ("five", "microsoft", "treasury_yield", "2021-06-01", 4.0),
    ("ten", "microsoft", "treasury_yield", "2021-06-01", 4.5),
    ("old", "microsoft", "treasury_yield", "2020-06-01", 1.0),
    ("bonds", "nvidia", "bond_spread", "2021-06-01", 3.0),
    ("convention", "nvidia", "recovery_rate", "2021", 40.0),
]
SWAP: Row = ("swap", "microsoft", "credit_default_swap", "2021-06-01", 6.0)


def with_figures(book: Dealbook, rows: Sequence[Row]) -> Dealbook:
    """The book with these figures only: id, party, metric, period, value."""
    first = book.financials.iloc[0]
    columns = ["financial_id", "party_id", "metric", "period", "value"]
    table = pd.DataFrame(
        [{**first, "nature": "actual", **dict(zip(columns, row, strict=True))} for row in rows],
        columns=book.financials.columns,
    ).astype(book.financials.dtypes.to_dict())
    return replace(
        book, financials=table, all_ids=book.all_ids | {"financials": list(table.iloc[:, 0])}
    )


@pytest.fixture
def owing(tiny: Dealbook) -> Dealbook:
    """OpenAI has signed to pay Microsoft 73, and Nvidia 10; neither says when."""
    legs = {
        "cloud": Leg("openai", "microsoft", [Step("binding", 73)], "compute"),
        "chips": Leg("openai", "nvidia", [Step("binding", 10)], "chips"),
    }
    undated = made(tiny, legs)
    undated = replace(undated, legs=undated.legs.assign(schedule="undated", ends_on=pd.NaT))
    return with_figures(undated, MARKET)


def test_the_rate_is_the_newest_yields_and_the_spread_of_bonds(owing: Dealbook) -> None:
    rates = exposure.market(owing)
    assert rates is not None
    assert rates.risk_free == pytest.approx((0.04, 0.045))
    assert rates.spread == pytest.approx((0.03, 0.03))
    # 4 + 3 and 4.5 + 3 percent.
    assert rates.rate == pytest.approx((0.07, 0.075))
    assert rates.recovery == pytest.approx(0.40)
    assert rates.rows == tuple(
        f"financials/{row}" for row in ("five", "ten", "bonds", "convention")
    )


def test_the_spread_reaches_to_the_dearest_swap_of_a_supplier(owing: Dealbook) -> None:
    own = with_figures(owing, [*MARKET, SWAP])
    rates = exposure.market(own)
    assert rates is not None
    assert rates.spread == pytest.approx((0.03, 0.06))
    assert rates.rows[-1] == "financials/swap"


def test_nothing_is_priced_before_yields_are_known(owing: Dealbook) -> None:
    assert exposure.market(with_figures(owing, MARKET[3:])) is None


def test_the_newest_swap_counts_and_an_estimate_does_not(owing: Dealbook) -> None:
    own = with_figures(owing, [SWAP, (*SWAP[:3], "2021-07-01", 7.0)])
    later = own.financials.assign(financial_id=["swap", "later"], known_on=own.day)
    found = exposure.swap(replace(own, financials=later), "microsoft")
    assert found == exposure.Swap(0.07, "financials/later")
    guessed = replace(own, financials=later.assign(nature=["actual", "estimate"]))
    assert exposure.swap(guessed, "microsoft") == exposure.Swap(0.06, "financials/swap")
    assert exposure.swap(own, "nvidia") is None


def test_what_is_owed_is_read_three_times_over(owing: Dealbook) -> None:
    # 10 over two years at 10 %: 5 at once and 5 / 1.1 = 9.54545; over five years 2 a year,
    # 2 (1 + 3.169865) = 8.33973. Terms are silent: a chance of 0.5 to 0.9.
    table = exposure.owed(owing, FLAT, Ends(2, 5)).set_index("party")
    chips = table.loc["nvidia"]
    assert chips.nominal == 10
    assert chips.present_high == pytest.approx(9.54545, abs=5e-6)
    assert chips.present_low == pytest.approx(8.33973, abs=5e-6)
    assert chips.expected_high == pytest.approx(0.9 * 9.54545, abs=5e-6)
    assert chips.expected_low == pytest.approx(0.5 * 8.33973, abs=5e-6)
    assert list(table.index) == ["microsoft", "nvidia"]


def test_a_contract_that_names_only_a_range_is_owed_at_its_low_end(owing: Dealbook) -> None:
    ranged = made(
        owing, {"chips": Leg("openai", "nvidia", [Step("binding", low=6, high=9)], "chips")}
    )
    assert exposure.owed(ranged, FLAT, Ends(2, 5)).nominal.tolist() == [6]
    assert obligations.supply(ranged).empty


def test_the_readings_of_the_books_promises_shrink_from_one_to_the_next(book: Dealbook) -> None:
    rates = exposure.market(book)
    assert rates is not None
    table = exposure.owed(book, rates, Ends(5, 10))
    supplied = obligations.supply(book, at_least=True)
    assert math.isclose(table.nominal.sum(), supplied.amount.sum())
    assert (table.present_low <= table.present_high).all()
    assert (table.present_high <= table.nominal).all()
    assert (table.expected_low <= table.present_low).all()
    assert (table.expected_high <= table.present_high).all()


def test_a_contract_with_dates_is_discounted_year_by_year(book: Dealbook) -> None:
    # Another road: Oracle's 300 fall due in five equal years from 2027 on, but for leap days.
    table = exposure.owed(book.as_of("2026-10-01"), FLAT, Ends(5, 10)).set_index("party")
    annuity = 60 * (1 - 1.10**-5) / 0.10
    assert table.present_high["oracle"] == pytest.approx(annuity, rel=2e-3)
    assert table.present_low["oracle"] == table.present_high["oracle"]


def test_a_guarantee_is_an_option_on_the_default_of_the_focal_party(book: Dealbook) -> None:
    day = book.as_of("2026-10-01")
    one = exposure.guaranteed(day, FLAT, Ends(5, 5)).iloc[0]
    own = exposure.swap(day, "nvidia")
    assert own is not None
    value = credit.guarantee_value(105, 0.05, 0.40, 5, 0.05 + own.spread)
    assert (one.party, one.nominal) == ("nvidia", 105)
    assert (one.present_low, one.present_high) == pytest.approx((value, value))
    low, high = PRIORS["conditional"]
    assert (one.expected_low, one.expected_high) == pytest.approx((low * value, high * value))
    assert own.row in one.rows


def test_a_guarantee_is_dearer_with_a_dearer_debtor_and_more_time(book: Dealbook) -> None:
    wide = FLAT._replace(spread=Ends(0.03, 0.07))
    one = exposure.guaranteed(book, wide, Ends(5, 20)).iloc[0]
    assert 0 < one.present_low < one.present_high < one.nominal


def test_tranches_that_go_with_an_order_are_surer_than_the_others() -> None:
    # One of three is ordered: 0.5 × 10 + 0.1 × 20 = 7 at least, 0.9 × 10 + 0.5 × 20 = 19 at most.
    values = [10.0, 12.0, 8.0]
    assert exposure.by_purchases(values, 1, 0) == pytest.approx(7.0)
    assert exposure.by_purchases(values, 1, 1) == pytest.approx(19.0)
    with pytest.raises(ValueError, match=r"^end must be 0 or 1, not 2$"):
        exposure.by_purchases(values, 1, 2)


def test_a_partner_owes_at_its_own_price_and_is_owed_at_that_of_the_focal_party(
    book: Dealbook,
) -> None:
    day = book.as_of("2026-10-01")
    found = exposure.dues(day, "oracle", range(2027, 2031), FLAT, Ends(5, 10))
    assert found is not None
    assert found.spread == pytest.approx(0.0203)
    # Four of Oracle's five years: some 240, at 10 % an annuity of four times 60.
    assert found.is_owed.low == pytest.approx(240, rel=1e-3)
    assert found.is_owed_present.low == pytest.approx(60 * (1 - 1.1**-4) / 0.1, rel=1e-3)
    for whole, present in zip(found.owes, found.owes_present, strict=True):
        assert present < whole
    # Its own rate is lower than that of the debtor, so that less is taken off.
    assert found.owes_present.high / found.owes.high > found.is_owed_present.high / 240


def test_a_partner_without_a_swap_has_no_price(book: Dealbook) -> None:
    assert exposure.dues(book, "amazon", range(2027, 2031), FLAT, Ends(5, 10)) is None
