"""The figures and tables of outside money, by every reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters.whose_money import checks as checking
from tightrope.chapters.whose_money import lending, papers
from tightrope.chapters.whose_money import years as chapter
from tightrope.chapters.whose_money.figures import HUES, bars_in_words, bars_of_shares, heads
from tightrope.chapters.whose_money.words import percent_range
from tightrope.chapters.whose_money.years import YearShare
from tightrope.charts import theme
from tightrope.charts.figure import Figure
from tightrope.charts.grouped import grouped_bars
from tightrope.charts.marks import Fill
from tightrope.charts.parts import parts
from tightrope.charts.sources_uses import sources_uses
from tightrope.charts.table import Table
from tightrope.publish.opening import Opening
from tightrope.quantities.view import View


def sources_and_uses(
    page: Opening, mirror: pd.DataFrame, shares: Mapping[str, YearShare]
) -> Figure | None:
    """Who paid the focal party in a year, and what the year cost: `years.sources_and_uses`."""
    if mirror.empty or not any(len(rows) for rows in mirror["rows"]):
        return None
    name = page.book.party_name(page.focal)
    blocks = mirror.groupby("block", sort=False)
    return Figure(
        id="outside-money-sources-uses",
        title=f"Where {name}’s money came from, and what its years cost",
        subtitle=f"Paid to {name} (left) and {name}'s costs (right) by year, USD billion, "
        f"{page.as_known}",
        description="Bars mirrored at one axis, a block a year. "
        + " ".join(f"{block}: {_block_in_words(rows)}." for block, rows in blocks),
        draw=lambda width: sources_uses(mirror, width, heads(shares), HUES),
        frame=mirror.drop(columns="rows").rename(
            columns={"low": "low_usd_bn", "high": "high_usd_bn"}
        ),
        labels={
            "block": "Year",
            "side": "Side",
            "name": "Who or what",
            "kind": "Kind",
            "low_usd_bn": "Low",
            "high_usd_bn": "High",
        },
        rows=chapter.rows_behind(mirror, page.focal),
        book=page.book,
        note="Without customers, what is said to be paid adds up to "
        f"{page.quantities['paid_in'].written}, all that has been paid in; “agreed” is a contract "
        "for shares of which nobody has said that it was paid. Customers: revenue as booked. "
        "Shares and warrants at their value when given. Costs are booked, not paid: staff shares "
        "and used credits are in them; computing is from press reports. The two sides need not "
        "balance, for what is raised and not spent stays in the bank.",
    )


def _block_in_words(bars: pd.DataFrame) -> str:
    sides = {side: bars_in_words(bars[bars.side.eq(side)]) for side in ("source", "use")}
    costs = f"; costs {sides['use']}" if sides["use"] else ""
    return f"in {sides['source']}{costs}"


def shares_table(page: Opening, lines: pd.DataFrame) -> Table | None:
    """The external shares of this book, each with its dollars."""
    if lines.empty:
        return None
    return Table(
        lines,
        f"The external share, each with its dollars, {page.as_known}",
        {
            "reading": "Reading, and of what",
            "share": "External",
            "dollars": "In dollars",
            "whole": "Of",
            "left": "Leaves out",
        },
    )


def own_money(page: Opening, looks: Sequence[papers.Look], note: str) -> Figure | None:
    """How much of what each supplier is paid can be its own money."""
    if not looks:
        return None
    bars = papers.look_bars(papers.in_order(looks))
    name = page.book.party_name(page.focal)
    fills = {
        papers.OWN: Fill(theme.ROUND_TRIP),
        papers.MAYBE: Fill(theme.ROUND_TRIP, "high"),
        papers.OTHERS: Fill(theme.OUT_OF_OPENAI, "binding"),
    }
    names = ["whole", "group", "revenue_low", "revenue_high", "own_low", "own_high"]
    return Figure(
        id="outside-money-look-through",
        title=_how_much_of_it(name, looks),
        subtitle=f"The supplier's own money in what {name} pays it, percent and USD billion, "
        f"{page.as_known}",
        description=bars_of_shares(bars),
        draw=lambda width: parts(bars, width, fills),
        frame=bars.loc[bars.part.eq(papers.OWN), names].rename(
            columns=lambda column: f"{column}_usd_bn" if "_" in column else column
        ),
        labels={
            "whole": "Supplier",
            "group": "Over",
            "revenue_low_usd_bn": f"Paid by {name}, low",
            "revenue_high_usd_bn": f"Paid by {name}, high",
            "own_low_usd_bn": "Own money, proportional",
            "own_high_usd_bn": "Own money, earmarked",
        },
        rows=chapter.rows_behind(bars, page.focal),
        book=page.book,
        note=note,
    )


def _how_much_of_it(name: str, looks: Sequence[papers.Look]) -> str:
    over = [look for look in looks if look.group == papers.CONTRACTS]
    most = max(over, key=lambda look: look.own.share_high, default=None)
    if most is None or len(over) < 3 or not most.own.share_high <= 0.6:
        return f"How much of a supplier's revenue from {name} its own money can have bought"
    # Below the whole, the most is all that the supplier gave over the least that it is paid.
    own, whole = units.usd_bn(most.own.high), units.usd_bn(most.own.revenue_low)
    return (
        f"Over their contracts at most {100 * most.own.share_high:.0f}% of what a supplier is paid "
        f"is its own money: for {most.name}, {own} of {whole}"
    )


def rebates_table(page: Opening, rebates: Sequence[papers.Rebate]) -> Table | None:
    """What suppliers give with an order, and the rebate that it makes."""
    if not rebates:
        return None
    return Table(
        pd.DataFrame(rebates),
        f"What suppliers give with an order, and the rebate that it makes, {page.as_known}",
        {
            "name": "Given",
            "kind": "Gift or exchange",
            "worth": "Worth",
            "purchases": "On purchases of",
            "rate": "Rebate",
        },
    )


def borrowed(page: Opening, borrowers: lending.Borrowers, note: str = "") -> Figure | None:
    """What partners and builders have borrowed for the focal party's deals, by group."""
    view = View.of(page.book, page.focal)
    if not lending.loans(view, borrowers).is_tied.any():
        return None
    bars = lending.bars(view, borrowers)
    fills = {
        borrowers.counter: Fill(theme.ONWARD),
        lending.THEN: Fill(theme.BORROWED, "binding"),
        lending.NOW: Fill(theme.BORROWED),
        lending.TALKS: Fill(theme.BORROWED, "intended"),
        lending.GENERAL: Fill(theme.BORROWED, "binding"),
    }
    return Figure(
        id="outside-money-debt",
        title=_how_much_debt(page.book.party_name(page.focal), bars),
        subtitle=f"Loans and bonds of partners, agreed or reported, USD billion, {page.as_known}",
        description=f"Bars in {_NUMBER.get(len(borrowers.groups), 'some')} of borrowers. "
        + " ".join(
            f"{group}: "
            + ", ".join(f"{row.series} {units.usd_bn(row.amount)}" for row in rows.itertuples())
            + "."
            for group, rows in bars.groupby("group", sort=False)
        ),
        draw=lambda width: grouped_bars(bars, width, fills),
        frame=bars.rename(columns={"amount": "amount_usd_bn"}),
        labels={"group": "Borrowers", "series": "Count", "amount_usd_bn": "Amount"},
        rows=lending.rows(view, borrowers),
        book=page.book,
        note=note,
    )


_NUMBER = {1: "one group", 2: "two groups", 3: "three groups"}


def _how_much_debt(name: str, bars: pd.DataFrame) -> str:
    sums = bars.groupby("series").amount.sum()
    now = units.usd_bn(sums[lending.NOW])
    if lending.TALKS in sums:
        more = units.usd_bn(sums[lending.TALKS])
        return f"Borrowed for {name}'s contracts: {now} agreed, and {more} more reported"
    return f"Partners have borrowed {now} for {name}'s contracts"


def others_divided(
    page: Opening, checks: Sequence[checking.Check], finding: str, note: str
) -> Figure | None:
    """How others divided the money beside the payments; `finding` is the title, "" without one."""
    if len({one.name for one in checks}) < 2:
        return None
    bars = checking.check_bars(checks)
    name = page.book.party_name(page.focal)
    fills = {
        checking.REVENUE: Fill(theme.INTO_OPENAI),
        checking.INVESTORS: Fill(theme.INTO_OPENAI, "binding"),
        checking.VENDORS: Fill(theme.ROUND_TRIP),
        checking.cash_of(name): Fill(theme.OUT_OF_OPENAI, "binding"),
    }
    return Figure(
        id="outside-money-checks",
        title=finding or f"How others divided {name}'s money, and how the payments divide it",
        subtitle=f"Shares of each sum, percent, {page.as_known}",
        description=bars_of_shares(bars),
        draw=lambda width: parts(bars, width, fills),
        frame=bars.drop(columns="rows").rename(columns={"amount": "amount_in_parts"}),
        labels={
            "whole": "Table",
            "group": "About",
            "part": "Part",
            "amount_in_parts": "Amount or share",
            "words": "In words",
        },
        rows=chapter.rows_behind(bars, page.focal),
        book=page.book,
        note=note,
    )


def readings_table(page: Opening, lanes: pd.DataFrame) -> Table | None:
    """Every case by every reading, from `readers.cases`; None where no money is known."""
    if lanes.empty:
        return None
    rows = [*lanes.itertuples()]
    table = pd.DataFrame(
        {
            "case": lanes.case,
            "reading": lanes.reading,
            "share": [percent_range(row.low / 100, row.high / 100) for row in rows],
            "dollars": [units.usd_bn_range(row.usd_low, row.usd_high) for row in rows],
            "whole": [units.usd_bn_range(row.inflow_low, row.inflow_high) for row in rows],
        }
    )
    return Table(
        table,
        f"Outside money in what is given for shares, by every reading, {page.as_known}",
        {
            "case": "Case",
            "reading": "Reading",
            "share": "External",
            "dollars": "In dollars",
            "whole": "Of",
        },
    )
