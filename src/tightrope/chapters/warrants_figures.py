"""The figures and tables of the page on warrants and rebates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.accounts import rungs
from tightrope.chapters import paying_with_stock as stock
from tightrope.chapters.paying_with_stock import Warrant
from tightrope.chapters.paying_with_stock_loan import BuyersLoan, compared
from tightrope.charts.figure import Figure
from tightrope.charts.ladder import END_LABELS, RUNG_LABELS
from tightrope.charts.ladder import ladder as ladder_chart
from tightrope.charts.sums import dumbbell
from tightrope.charts.table import Table
from tightrope.publish.opening import Opening

_WORDS = {1: "one gigawatt", 6: "six gigawatts"}


def prices_table(warrant: Warrant, as_known: str) -> Table | None:
    """The warrant at every known share price; None if it is not priced."""
    table = stock.at_prices(warrant)
    if table.empty:
        return None
    tranches = warrant.model.tranches
    return Table(
        table,
        f"The same warrant at the share prices that are known, {as_known}",
        {
            "day": "Close of",
            "price": "Dollars a share",
            "payoff_usd_bn": "If all had vested at it",
            "model": f"Model, all {_WORDS.get(tranches, f'{tranches} gigawatts')}",
            "first": "Model, first gigawatt only",
        },
        {"price": lambda price: f"{float(str(price)):,.2f}"},
    )


def loan_figure(page: Opening, loan: BuyersLoan, taken: str) -> Figure | None:
    """What a buyer buys, lends and gets in a warrant; None where nothing is known.

    `taken` is when a part of the warrant was exercised.
    """
    buyer, name, table = loan.buyer, loan.name, compared(loan, taken)
    if table.empty:
        return None
    lent, named = loan.loan.paid, loan.named
    known = set(page.book.financials.financial_id)
    return Figure(
        id=f"warrants-{loan.seller}",
        title=f"{buyer} lent {name} {units.usd_bn(lent)}; the warrant that came with it could be "
        f"worth {units.usd_bn(loan.listed)}"
        if loan.listed > 1.5 * lent
        else f"What {buyer} buys from {name}, lends it and gets from it",
        subtitle=f"Payments and shares between {buyer} and {name}, USD billion, {page.as_known}",
        description=f"Dots on one scale. {'; '.join(_dots(table))}.",
        draw=lambda width: dumbbell(table, width),
        frame=table.rename(columns={end: f"{end}_usd_bn" for end in ("value", "low", "high")}).drop(
            columns="direction"
        ),
        labels={
            "label": "What",
            "low_usd_bn": "Low",
            "value_usd_bn": "Value",
            "high_usd_bn": "High",
        },
        rows=[
            *named.legs,
            f"financials/{named.count}",
            *(f"financials/{price}" for price in (named.own, named.listed) if price in known),
        ],
        book=page.book,
        note="The warrant vests in full only if "
        f"{buyer} also buys an option on more computing than it has ordered. All of it is shares "
        "times price, without a discount for that.",
    )


def _dots(table: pd.DataFrame) -> list[str]:
    """Each sum in words, with its range where it has one."""
    return [
        f"{row.label}: {units.usd_bn(row.value)}"
        + (f", range {units.usd_bn_range(row.low, row.high)}" if row.high > row.low else "")
        for row in table.itertuples()
    ]


Links = Mapping[str, tuple[str, str]]
"""The payments of a chain: the name and the direction of each leg, by leg_id."""


def chain_figure(
    page: Opening, seller: str, links: Links, undrawn: Sequence[str], title: str, note: str
) -> Figure | None:
    """The payments around a seller's contract; None where none is known.

    Of the payments named in `undrawn` it is not known how much has been paid. `title` is for as
    long as others have lent and the focal party has not paid.
    """
    chain = page.ladder.loc[[leg for leg in links if leg in page.ladder.index]]
    name, direction = ([links[leg][end] for leg in chain.index] for end in (0, 1))
    chain = chain.assign(name=name, direction=direction)
    table = rungs(chain, page.layer)
    table.loc[table.name.isin(list(undrawn)), "paid"] = math.nan
    if table.empty:
        return None
    paid = chain.groupby("direction").paid.sum()
    buyer, builder = page.book.party_name(page.focal), page.book.party_name(seller)
    is_borrowed = paid.get("borrowed", 0) > 0 and paid.get("out", 0) == 0
    return Figure(
        id=f"warrants-{seller}",
        title=title if is_borrowed else "One contract, and the payments that hang on it",
        subtitle=f"Payments around {builder}’s contract with {buyer}, USD billion, {page.as_known}",
        description=f"Bars by kind of payment. {'; '.join(_kinds(table))}. "
        f"What {buyer} is to pay is to cover the rest and must not be added to it.",
        draw=lambda width: ladder_chart(table, width),
        frame=table.rename(columns={column: f"{column}_usd_bn" for column in table.columns[2:]}),
        labels={"name": "Payment", **RUNG_LABELS, **END_LABELS},
        rows=[f"legs/{leg}" for leg in chain.index],
        book=page.book,
        note=note,
    )


def _kinds(table: pd.DataFrame) -> list[str]:
    """Each kind of payment in words."""
    ends = zip(table.name, table.low, table.high, table.paid, strict=True)
    return [
        f"{name}: {units.usd_bn_range(low, high)}, known to be paid: "
        f"{units.usd_bn(paid) if paid > 0 else 'not known'}"
        for name, low, high, paid in ends
    ]


def rebates_table(table: pd.DataFrame, as_known: str) -> Table | None:
    """The rows of `chapter.rebates`; None where there is none."""
    labels = {"deal": "Deal", "shares": "Shares worth", "bought": "Purchases", "rebate": "Rebate"}
    caption = f"Rebates in shares, if all of them vest, {as_known}"
    return Table(table, caption, labels) if len(table) else None
