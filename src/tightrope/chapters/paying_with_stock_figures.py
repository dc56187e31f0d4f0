"""The figures of paying with stock: a warrant, a loan, a chain of payments, and both sides."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.accounts import rungs
from tightrope.chapters import paying_with_stock as chapter
from tightrope.chapters.paying_with_stock import Sides, Warrant
from tightrope.chapters.paying_with_stock_loan import BuyersLoan, compared
from tightrope.charts.figure import Figure
from tightrope.charts.ladder import ladder as ladder_chart
from tightrope.charts.sums import dumbbell
from tightrope.charts.table import Table
from tightrope.charts.two_sided import two_sided
from tightrope.charts.warrant_value import Settings, value_with_sliders
from tightrope.dealbook import Dealbook
from tightrope.publish.opening import Opening

_WORDS = {1: "one gigawatt", 6: "six gigawatts"}


def warrant_figure(book: Dealbook, warrant: Warrant) -> Figure | None:
    """A warrant's value against the share price, with sliders; None if it is not priced."""
    if not warrant.is_priced:
        return None
    table = chapter.by_tranche(warrant)
    settings, model = _settings(warrant), warrant.model
    low, middle, high = model.volatilities
    return Figure(
        id="paying-with-stock-warrant",
        title=_warrant_title(warrant),
        subtitle=f"Value of the warrant against {warrant.name}’s share price, USD billion, "
        f"at the close of {units.day(warrant.first.day)}",
        description=_warrant_told(warrant, table),
        draw=lambda width: value_with_sliders(
            list(table.hurdle), warrant.m_shares * 1e6, model.rate, settings, warrant.name, width
        ),
        frame=table,
        labels={
            "tranche": "Tranche",
            "hurdle": "Target, dollars a share (assumed but the last)",
            "shares": "Million shares",
            "low_usd_bn": f"Value at volatility {low:.0%}",
            "value_usd_bn": f"at {middle:.0%}",
            "high_usd_bn": f"at {high:.0%}",
        },
        rows=[*warrant.rows, *warrant.price_rows[:2], f"legs/{warrant.leg}"],
        book=book,
        note="Only the last target is public; the others are assumed in even steps. All purchases "
        "and milestones are taken as met, and a target once touched as met for good.",
    )


def _settings(warrant: Warrant) -> Settings:
    """Where the sliders stand: years to a quarter, the price to a dollar."""
    return Settings(
        price=round(warrant.first.price),
        volatility=warrant.model.volatilities[1],
        years=round(warrant.model.years(warrant.first.day) * 4) / 4,
        gigawatts=warrant.model.tranches,
    )


def _warrant_title(warrant: Warrant) -> str:
    low, high = warrant.span()
    headline = warrant.payoff(warrant.hurdle)
    if high < headline:
        return (
            f"On the day of the news {warrant.name}’s warrant was worth "
            f"{units.usd_bn_range(low, high)} in a model, not {units.usd_bn(headline)}"
        )
    return f"What {warrant.name}’s warrant was worth in a model on the day of the news"


def _warrant_told(warrant: Warrant, table: pd.DataFrame) -> str:
    """The curve and the bars in words; `table` as `chapter.by_tranche`."""
    tranches = "; ".join(
        f"target {units.written(hurdle, 'usd')}: {units.usd_bn(value)}"
        for hurdle, value in zip(table.hurdle, table.value_usd_bn, strict=True)
    )
    return (
        "A curve that rises with the share price and stays below a straight dashed line, the "
        f"payoff if all had vested. At {units.written(warrant.first.price, 'usd')} a share the "
        f"model gives {units.usd_bn(float(table.value_usd_bn.sum()))}, the dashed line at the last "
        f"target {units.usd_bn(warrant.payoff(warrant.hurdle))}. Bars for the tranches: {tranches}"
        ". The live chart has sliders for share price, volatility, gigawatts and years left."
    )


def prices_table(warrant: Warrant, as_known: str) -> Table | None:
    """The warrant at every known share price; None if it is not priced."""
    table = chapter.at_prices(warrant)
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
        id=f"paying-with-stock-{loan.seller}",
        title=f"{buyer} lent {name} {units.usd_bn(lent)}; the warrant that came with it could be "
        f"worth {loan.listed / lent:.0f} times as much"
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
        id=f"paying-with-stock-{seller}",
        title=title if is_borrowed else "One contract, and the payments that hang on it",
        subtitle=f"Payments around {builder}’s contract with {buyer}, USD billion, {page.as_known}",
        description=f"Bars by kind of payment. {'; '.join(_kinds(table))}. "
        f"What {buyer} is to pay is to cover the rest and must not be added to it.",
        draw=lambda width: ladder_chart(table, width),
        frame=table.rename(columns={column: f"{column}_usd_bn" for column in table.columns[2:]}),
        labels={
            "name": "Payment",
            "paid_usd_bn": "Known to be paid",
            "binding_usd_bn": "Binding, not known to be paid",
            "announced_usd_bn": "Announced",
            "intended_usd_bn": "Intended or reported",
            "low_usd_bn": "Total, low",
            "high_usd_bn": "Total, high",
        },
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


def suppliers_figure(page: Opening, deals: Sides, table: pd.DataFrame, note: str) -> Figure | None:
    """What each supplier gives and is to be paid; None where nothing is known of either side.

    `table` as `chapter.sides` makes it of the `deals`.
    """
    if table.empty or not table[["in_high", "out_high"]].sum().sum() > 0:
        return None
    name, is_paid = page.book.party_name(page.focal), page.layer == "paid"
    what = "Paid" if is_paid else f"What each supplier gives {name} and {name} is to pay it"
    legs = [leg for both in deals.values() for side in both for leg in side]
    return Figure(
        id="paying-with-stock-suppliers",
        title=f"What is known to have moved between {name} and these suppliers"
        if is_paid
        else "What comes in is stock or nothing; what is to go out is money",
        subtitle=f"{what}, USD billion, {page.as_known}",
        description=f"Two-sided bars. {'; '.join(_both_sides(table))}. "
        "What comes in is shares or a right to shares, what is to go out is cash.",
        draw=lambda width: two_sided(table, width),
        frame=table[["party", "in_low", "in_high", "out_low", "out_high"]].rename(
            columns=lambda column: column if column == "party" else f"{column}_usd_bn"
        ),
        labels={
            "party": "Supplier",
            "in_low_usd_bn": "Stock in, low",
            "in_high_usd_bn": "Stock in, high",
            "out_low_usd_bn": "Money out, low",
            "out_high_usd_bn": "Money out, high",
        },
        rows=[f"legs/{leg}" for leg in legs if leg in page.ladder.index],
        book=page.book,
        note=note,
    )


def _both_sides(table: pd.DataFrame) -> list[str]:
    """Each supplier in words."""
    return [
        f"{row.party}: in {units.usd_bn_with_range(row.paid_in, row.in_low, row.in_high)}, "
        f"out {units.usd_bn_with_range(row.paid_out, row.out_low, row.out_high)}"
        for row in table.itertuples()
    ]


def rebates_table(table: pd.DataFrame, as_known: str) -> Table | None:
    """The rows of `chapter.rebates`; None where there is none."""
    labels = {"deal": "Deal", "shares": "Shares worth", "bought": "Purchases", "rebate": "Rebate"}
    caption = f"Rebates in shares, if all of them vest, {as_known}"
    return Table(table, caption, labels) if len(table) else None
