"""The facts of the page that sets then beside now."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tightrope.chapters import blueprint_or_warning as chapter
from tightrope.chapters import comparisons
from tightrope.chapters.blueprint_or_warning import Amount, Maker, Signed, percent
from tightrope.chapters.blueprint_or_warning_facts import state_purchases
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts


def times(fact: Facts, key: str, part: Amount, whole: Amount, how: str) -> None:
    """State how many times as much a part is, to one digit after the point."""
    ratio = part / whole
    words = chapter.NOT_YET if pd.isna(ratio.value) else f"{ratio.value:.1f}"
    fact.words(key, words, how, ratio.rows)


def percent_span(fact: Facts, book: Dealbook, key: str, row: str, how: str) -> None:
    """State the lowest and highest end of a figure that is in percent, in whole percent."""
    low, high = (chapter.end_of(book, row, side) / 100 for side in ("low", "high"))
    fact.words(key, percent(low, high), how, chapter.figure_rows(row))


def state_signed(fact: Facts, focal: str, signed: Signed) -> None:
    """State what the focal party, a name, has signed for, as stated and from end to end."""
    state_purchases(fact, focal, signed)
    how = f"what contracts oblige {focal} to pay for compute and chips, low and high end"
    own = fact.on(chapter.leg_rows(signed.legs.leg_id)) if len(signed.legs) else fact
    own.span("purchases-signed-range", signed.sum.low, signed.sum.high, how)


def state_orders(fact: Facts, book: Dealbook, orders: Mapping[str, str]) -> None:
    """State what carriers once ordered: the leg of each order by its key.

    The first is a ceiling, the others floors.
    """
    ends = book.legs.set_index("leg_id")[["payer_id", "payee_id"]].map(book.party_name)
    for place, (key, leg_id) in enumerate(orders.items()):
        maker = ends.payee_id.get(leg_id, leg_id)
        how = (
            f"agreement with {maker} while it was in force, at least"
            if place
            else f"highest sum of the agreement with {maker} while it was in force, up to"
        )
        fact(key, comparisons.agreed(book, leg_id), "usd_bn", how, [f"legs/{leg_id}"])


def state_compared(
    fact: Facts, book: Dealbook, maker: Maker, most_row: str, ratios: Mapping[str, Amount]
) -> None:
    """State what a maker had promised beside its revenue, and where other ratios lie beside that.

    `most_row` is the row of its highest promise; `ratios` are fractions by the key of the fact.
    """
    low, high = comparisons.promised_ratio(maker)
    name = book.party_name(maker.party)
    rows = chapter.figure_rows(maker.promised, most_row, maker.revenue_row)
    fact.words(
        f"{maker.party}-ratio",
        percent(low, high),
        "promises at the end of December and of September 2000 ÷ revenue of fiscal 2000",
        rows,
    )
    for key, ratio in ratios.items():
        words = comparisons.place_of(ratio.value, low, high, name)
        fact.words(key, words, "the two ratios compared", [*rows, *ratio.rows])
