"""The figures of the chapter on whose money it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters.whose_money import lending
from tightrope.chapters.whose_money import years as chapter
from tightrope.chapters.whose_money.outsiders import FILLS, Mover, finding, strict_bars, the_rest
from tightrope.chapters.whose_money.words import percent_range
from tightrope.chapters.whose_money.years import COSTS, OUTSIDE, SUPPLIER, YearShare
from tightrope.charts import theme
from tightrope.charts.figure import Figure
from tightrope.charts.one_scale import RUNGS, one_scale
from tightrope.charts.parts import parts
from tightrope.charts.sources_uses import sources_uses
from tightrope.publish.opening import Opening
from tightrope.quantities.view import View


def sources(page: Opening, mirror: pd.DataFrame, shares: Mapping[str, YearShare]) -> Figure | None:
    """Who paid the focal party, the newest year first: the sources of `years.sources_and_uses`."""
    bars = mirror[mirror.side.eq("source")]
    bars = bars.sort_values(
        "block",
        key=lambda block: -pd.to_numeric(block, errors="coerce").fillna(0),
        kind="stable",
    )
    if not any(len(rows) for rows in bars["rows"]):
        return None
    name = page.book.party_name(page.focal)
    return Figure(
        id="whose-money-sources",
        title=_who_brought(name, bars, shares),
        subtitle=f"Paid to {name}, by year and payer, USD billion, {page.as_known}",
        description="Bars from one zero, a block a year. "
        + " ".join(
            f"{block}: {bars_in_words(rows)}." for block, rows in bars.groupby("block", sort=False)
        ),
        draw=lambda width: sources_uses(bars, width, heads(shares), HUES),
        frame=bars.drop(columns=["rows", "side"]).rename(
            columns={"low": "low_usd_bn", "high": "high_usd_bn"}
        ),
        labels={
            "block": "Year",
            "name": "Who",
            "kind": "Kind",
            "low_usd_bn": "Low",
            "high_usd_bn": "High",
        },
        rows=chapter.rows_behind(bars, page.focal),
        book=page.book,
        note="Customers: revenue as booked. Shares and warrants at their value when given. "
        "“Agreed”: a contract for shares of which nobody has said that it was paid.",
    )


HUES = {OUTSIDE: theme.INTO_OPENAI, SUPPLIER: theme.ROUND_TRIP, COSTS: theme.OUT_OF_OPENAI}


def heads(shares: Mapping[str, YearShare]) -> dict[str, str]:
    """What stands beneath a year: the share of outsiders, with its dollars."""
    return {
        block: f"outsiders {percent_range(one.least, one.most)}: "
        f"{units.usd_bn_range(one.outside_low, one.outside_high)} "
        f"of {units.usd_bn_range(*one.whole)}"
        if one.whole[0] > 0
        else "paid: none known"
        for block, one in shares.items()
    }


def bars_in_words(bars: pd.DataFrame) -> str:
    """Names and sums of these bars."""
    return ", ".join(
        f"{lane.name} {units.usd_bn_range(lane.low, lane.high)}" for lane in bars.itertuples()
    )


def _who_brought(name: str, bars: pd.DataFrame, shares: Mapping[str, YearShare]) -> str:
    if not chapter.has_turned(dict(shares)):
        known = bars[bars.high.gt(0)]
        if known.empty:
            return f"Who paid {name}, year by year"
        most = known.loc[known.high.idxmax()]
        sums = units.usd_bn_range(float(most.low), float(most.high))
        return f"The largest sum: {most['name']}, {sums}, {most.block}"
    (before, first), (last, second) = list(shares.items())[-2:]
    return (
        f"Customers and outside investors brought {percent_range(first.least, first.most)} "
        f"in {before}, {percent_range(second.least, second.most)} in {last} so far"
    )


def external_by_reading(
    page: Opening, lanes: pd.DataFrame, movers: Mapping[str, Mover], rows: Sequence[str]
) -> Figure | None:
    """The strict share and the case that moves it most: `readers.strict_cases`."""
    name = page.book.party_name(page.focal)
    bars = strict_bars(lanes, page.layer, movers, name)
    if bars.empty:
        return None
    ends = {
        "low": "low_percent",
        "mid": "stated_percent",
        "high": "high_percent",
        "usd_low": "low_usd_bn",
        "usd_high": "high_usd_bn",
        "inflow_low": "inflow_low_usd_bn",
        "inflow_high": "inflow_high_usd_bn",
    }
    return Figure(
        id="whose-money-readings",
        title=finding(bars, page.layer, movers),
        subtitle=f"External money, read strictly, in what is given for shares of {name}, percent "
        f"and USD billion, {page.as_known}",
        description=f"{bars_of_shares(bars)} {the_rest(bars)}",
        draw=lambda width: parts(bars, width, FILLS, 34),
        frame=lanes.drop(columns="kept").rename(columns=ends),
        labels={
            "case": "Case",
            "reading": "Reading",
            "inflow_low_usd_bn": "Of, low",
            "inflow_high_usd_bn": "Of, high",
            "low_usd_bn": "External, low",
            "high_usd_bn": "External, high",
            "low_percent": "Percent, low",
            "stated_percent": "Percent, as stated",
            "high_percent": "Percent, high",
        },
        rows=rows,
        book=page.book,
        note="Each bar is all that was announced, signed or paid for shares; the ends of its range "
        "are exact.",
    )


def bars_of_shares(bars: pd.DataFrame) -> str:
    """Bars of equal length in words."""
    wholes = bars.groupby("whole", sort=False).words.first()
    return (
        "Bars of equal length, divided. "
        + "; ".join(f"{whole}: {words}" for whole, words in wholes.items())
        + "."
    )


def behind_it(page: Opening) -> Figure | None:
    """Who has borrowed for the focal party's deals: a bar for each borrower; None without any."""
    view, name = View.of(page.book, page.focal), page.book.party_name(page.focal)
    table = lending.by_borrower(view)
    if table.empty:
        return None
    agreed = page.quantities["borrowed_for_deals"]
    told = "; ".join(f"{row.name}: {row.words}" for row in table.itertuples(index=False))
    return Figure(
        id="whose-money-lenders",
        title=f"Others have agreed to borrow {units.usd_bn(agreed.low)} for deals with {name}",
        subtitle="Loans and bonds tied to its deals, by borrower, USD billion, low ends, "
        f"{page.as_known}",
        description=f"A bar for each borrower. {told}.",
        draw=lambda width: one_scale(table, width, name),
        frame=table.drop(columns="direction").rename(
            columns={rung: f"{rung}_usd_bn" for rung in RUNGS}
        ),
        labels={
            "name": "Borrower",
            "words": "In words",
            "paid_usd_bn": "Drawn",
            "binding_usd_bn": "Agreed",
            "announced_usd_bn": "Only reported or offered",
            "high_usd_bn": "Up to the high end",
        },
        rows=[f"legs/{leg}" for leg in lending.loans(view, lending.Borrowers()).leg_id],
        book=page.book,
        note="Solid is drawn, as far as that is known; what has been repaid is not taken off. Who "
        "borrows for a payment counts up to that payment.",
    )
