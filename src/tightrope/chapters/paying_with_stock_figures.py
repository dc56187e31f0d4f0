"""The figures of paying with stock: a warrant, a loan, a chain of payments, and both sides."""

from __future__ import annotations

import pandas as pd

from tightrope import units
from tightrope.chapters import paying_with_stock as chapter
from tightrope.chapters.paying_with_stock import Sides, Warrant
from tightrope.charts.figure import Figure
from tightrope.charts.two_sided import two_sided
from tightrope.charts.warrant_value import Settings, value_with_sliders
from tightrope.dealbook import Dealbook
from tightrope.publish.opening import Opening


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
