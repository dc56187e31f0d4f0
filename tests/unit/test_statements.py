"""The two-sided ledger: what each side of a leg has said."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from tightrope import statements
from tightrope.dealbook import Dealbook


def of_leg(book: Dealbook, leg_id: str, kind: str) -> pd.Series:
    table = statements.two_sided(book).set_index(["leg_id", "kind"])
    return table.loc[(leg_id, kind)]


def stated(book: Dealbook, event_id: str, **changed: object) -> Dealbook:
    """The book with one event changed."""
    events = book.events.copy()
    for column, value in changed.items():
        events.loc[events.event_id.eq(event_id), column] = value
    return replace(book, events=events)


def test_a_joint_statement_is_that_of_both_sides(tiny: Dealbook) -> None:
    row = of_leg(tiny, "cloud-use", "promised")
    assert (row.spoken, row.payer_value, row.payee_value, row.difference) == ("both", 73, 73, 0)


def test_the_newest_statement_of_each_side_counts_and_the_difference_is_shown(
    tiny: Dealbook,
) -> None:
    # The release of January 2020 is joint; in June the payer alone says 12.
    row = of_leg(stated(tiny, "stake-binding", amount_usd_bn=12.0), "stake-cash", "promised")
    assert (row.payer_value, row.payee_value, row.difference) == (12, 10, 2)
    assert (row.payer_event, row.payee_event) == ("stake-binding", "stake-announced")


def test_a_leg_of_which_one_side_has_spoken_says_which(tiny: Dealbook) -> None:
    row = of_leg(tiny, "stake-cash", "paid")
    assert (row.spoken, row.payer_value, row.payee_event) == ("payer", 9, "")
    assert pd.isna(row.difference)


def test_a_promise_is_never_compared_with_a_payment(tiny: Dealbook) -> None:
    assert of_leg(tiny, "stake-cash", "promised").payer_value == 10
    assert of_leg(tiny, "stake-cash", "paid").payer_value == 9


def test_what_was_derived_is_nobodys_statement(tiny: Dealbook) -> None:
    row = of_leg(stated(tiny, "cloud-signed", confidence="derived"), "cloud-use", "promised")
    assert (row.spoken, row.payer_event) == ("third_party", "")


def test_what_only_the_press_says_is_marked(tiny: Dealbook) -> None:
    row = of_leg(
        stated(tiny, "letter-signed", stated_by="third_party"), "letter-equity", "promised"
    )
    assert row.spoken == "third_party"
