"""The figures and the table of the page that sets then beside now."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters import blueprint_or_warning as chapter
from tightrope.chapters.blueprint_or_warning import Maker
from tightrope.charts import theme
from tightrope.charts.figure import Figure
from tightrope.charts.grouped import grouped_bars
from tightrope.charts.marks import Fill
from tightrope.charts.table import Table
from tightrope.dealbook import Dealbook

_SOLD, _LOST = "Revenue", "Net loss"


def maker_figure(
    book: Dealbook, maker: Maker, years: Sequence[int], ending: str, note: str
) -> Figure | None:
    """A maker's revenue and net loss in these fiscal years, beside what it had promised.

    `ending` is the month in which its years end. None unless the first and last revenue are known.
    """
    figures = book.financials.set_index("financial_id")
    periods = {f"FY{year}": f"Fiscal {year}" for year in years}
    own = figures[figures.party_id.eq(maker.party) & figures.period.isin(list(periods))]
    own = own[own.metric.isin(["revenue", "net_loss"])]
    own = own.sort_values(["period", "metric"], ascending=[True, False])
    sold = own[own.metric.eq("revenue")].set_index("period").value
    lost = float(sold.get(f"FY{years[0]}", float("nan")) - sold.get(f"FY{years[-1]}", float("nan")))
    if pd.isna(lost):
        return None
    bars = pd.DataFrame(
        {
            "group": own.period.map(periods),
            "series": own.metric.map({"revenue": _SOLD, "net_loss": _LOST}),
            "amount": own.value,
        }
    )
    name, promised = book.party_name(maker.party), units.usd_bn_range(maker.amount, maker.most)
    told = " ".join(
        f"{year}: "
        + ", ".join(f"{row.series.lower()} {units.usd_bn(row.amount)}" for row in rows.itertuples())
        + "."
        for year, rows in bars.groupby("group", sort=False)
    )
    fills = {_SOLD: Fill(theme.ONWARD), _LOST: Fill(theme.ONWARD, "announced")}
    return Figure(
        id=f"comparisons-{maker.party}",
        title=f"{name}’s revenue fell by {units.usd_bn(lost)} in two years; "
        f"it had promised customers {promised}",
        subtitle=f"{name}’s revenue and net loss, continuing operations, fiscal years to {ending}, "
        f"USD billion, as known on {units.day(book.day.date())}",
        description=f"Bars for each year. {told} "
        f"The promises to customers in late {years[0]} were {promised}.",
        draw=lambda width: grouped_bars(bars, width, fills),
        frame=bars.rename(columns={"amount": "amount_usd_bn"}),
        labels={"group": "Year", "series": "Measure", "amount_usd_bn": "Amount"},
        rows=chapter.figure_rows(*own.index, maker.promised),
        book=book,
        note=note,
    )


def ratios_table(ratios: pd.DataFrame) -> Table:
    """`chapter.ratios` as readers see it."""
    return Table(
        ratios,
        "One instrument a row: what was put up, and one year’s revenue of the firm that did. "
        "The rows differ in kind and are not added",
        {
            "firm": "Firm",
            "what": "Instrument",
            "put_up": "Put up",
            "revenue": "Revenue",
            "share": "Put up ÷ revenue",
        },
    )
