"""What became of each leg between two days."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope import changes
from tightrope.dealbook import Dealbook


def became(book: Dealbook, before: str, after: str) -> dict[str, str]:
    table = changes.between(book, before, after)
    return dict(zip(table.leg_id, table.change, strict=True))


def with_step(book: Dealbook, leg_id: str, status: str, amount: float) -> Dealbook:
    """The book with one further step, on 1 March 2023."""
    step = (
        book.events[book.events.leg_id.eq(leg_id)]
        .iloc[[-1]]
        .assign(
            event_id=f"{leg_id}-{status}-later",
            happened_on=pd.Timestamp(2023, 3, 1),
            known_on=pd.Timestamp(2023, 3, 1),
            status=status,
            amount_usd_bn=amount,
        )
    )
    return replace(book, events=pd.concat([book.events, step], ignore_index=True))


def test_a_leg_that_was_not_known_is_new(tiny: Dealbook) -> None:
    assert became(tiny, "2020-12-31", "2021-12-31")["cloud-use"] == "new"


def test_a_leg_on_which_more_was_paid_is_paid(tiny: Dealbook) -> None:
    assert became(tiny, "2020-12-31", "2021-12-31")["stake-cash"] == "paid"


def test_a_leg_that_ended_is_replaced_even_if_it_was_not_known_before(tiny: Dealbook) -> None:
    assert became(tiny, "2022-12-31", "2023-02-01")["letter-equity"] == "replaced"
    assert became(tiny, "2021-12-31", "2023-02-01")["letter-equity"] == "replaced"


def test_a_contract_that_was_raised_has_grown_and_one_that_was_cut_has_shrunk(
    tiny: Dealbook,
) -> None:
    for amount, change in ((80.0, "grown"), (60.0, "shrunk")):
        later = with_step(tiny, "cloud-use", "binding", amount)
        assert became(later, "2023-02-01", "2023-03-01")["cloud-use"] == change


def test_a_leg_without_news_is_unchanged(tiny: Dealbook) -> None:
    assert became(tiny, "2022-12-31", "2023-02-01")["stake-cash"] == "unchanged"


def test_another_rung_with_the_same_amount_is_restated(tiny: Dealbook) -> None:
    assert became(tiny, "2020-01-10", "2020-06-30")["stake-cash"] == "restated"


def test_the_amounts_of_both_days_stand_side_by_side(tiny: Dealbook) -> None:
    stake = changes.between(tiny, "2020-12-31", "2021-12-31").set_index("leg_id").loc["stake-cash"]
    assert (stake.paid_before, stake.paid_after) == (4, 9)
    assert (stake.status_before, stake.status_after) == ("paid", "paid")


def test_days_in_the_wrong_order_are_refused(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="the first day comes first"):
        changes.between(tiny, "2022-12-31", "2020-12-31")
