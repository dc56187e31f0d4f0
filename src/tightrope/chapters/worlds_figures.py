"""The figures of a scenario wherever it is told: its cash as a fan, and what moves its gap."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tightrope import units
from tightrope.charts.fan import fan
from tightrope.charts.figure import Figure
from tightrope.charts.tornado import tornado
from tightrope.dealbook import Dealbook
from tightrope.measures.plan import Scenario
from tightrope.measures.runway import FundingGap
from tightrope.measures.simulation import Simulation

_PATH = {
    "year": "Year",
    "revenue_usd_bn": "Revenue",
    "funding_usd_bn": "Funding",
    "compute_usd_bn": "Compute",
    "other_costs_usd_bn": "Other costs",
    "cash_usd_bn": "Cash at the end",
    "gap_usd_bn": "Gap",
}
_RUNS = {
    "p05_usd_bn": "Cash, 5 of 100 of our draws below",
    "p25_usd_bn": "Cash, 25 below",
    "p50_usd_bn": "Cash, half below",
    "p75_usd_bn": "Cash, 75 below",
    "p95_usd_bn": "Cash, 95 below",
}


def path_table(gap: FundingGap) -> tuple[pd.DataFrame, dict[str, str]]:
    """The path of a scenario with units in the names of its columns, and labels for them."""
    frame = gap.path.rename(columns=lambda name: name if name == "year" else f"{name}_usd_bn")
    return frame, dict(_PATH)


def cash_fan(
    identity: str,
    title: str,
    name: str,
    own: Scenario,
    drawn: Simulation,
    rows: Sequence[str],
    book: Dealbook,
    note: str,
) -> Figure:
    """Cash at the end of each year: many draws as bands, the path as assumed, the gap marked.

    `name` is the scenario in words, `rows` what it rests on.
    """
    gap, bands = own.gap(), drawn.fan()
    path = gap.path.set_index("year")
    mark = (
        (
            gap.peak_year,
            own.values["minimum_liquidity"],
            float(path.cash[gap.peak_year]),
            f"gap {units.usd_bn(gap.peak)}",
        )
        if gap.peak_year is not None
        else None
    )
    frame, labels = path_table(gap)
    for quantile, one in bands.groupby("quantile"):
        frame[f"p{100 * float(str(quantile)):02.0f}_usd_bn"] = one.cash.to_numpy()
    as_assumed = ", ".join(f"{year} {units.usd_bn(cash)}" for year, cash in path.cash.items())
    in_runs = "; ".join(
        f"{units.usd_bn(one.cash.iloc[0])} and {units.usd_bn(one.cash.iloc[-1])} "
        f"at the end of {year}"
        for year, one in bands.groupby("year")
    )
    return Figure(
        id=identity,
        title=title,
        subtitle=f"{book.party_name(book.focal)}’s cash at the end of the year in the scenario "
        f"“{name}”, USD billion, contracts as known on {units.day(book.day.date())}",
        description=f"Cash at the end of each year as assumed: {as_assumed}. In nine of ten of our "
        f"draws it lies between {in_runs}. Below zero the money is missing.",
        draw=lambda width: fan(bands, width, path=gap.path[["year", "cash"]], mark=mark),
        frame=frame,
        labels=labels | _RUNS,
        rows=rows,
        book=book,
        writers={"year": str},
        note=note,
    )


def what_moves_it(
    identity: str, name: str, swings: pd.DataFrame, rows: Sequence[str], book: Dealbook
) -> Figure:
    """The tornado of `scenarios.swings`, which must have a row; `name` is the scenario in words."""
    least, most = sorted(swings[["at_low", "at_high"]].iloc[0])
    said = " ".join(
        f"{row.words}: {row.low_words} gives {units.usd_bn(row.at_low)}, "
        f"{row.high_words} gives {units.usd_bn(row.at_high)}."
        for row in swings.itertuples()
    )
    return Figure(
        id=identity,
        title=f"{swings.words.iloc[0]} moves the gap most: {units.usd_bn(least)} at one end of its "
        f"range, {units.usd_bn(most)} at the other",
        subtitle="Gap at its peak when one assumption at a time takes the ends of its range, "
        f"scenario “{name}”, USD billion",
        description=f"As assumed the gap is {units.usd_bn(swings.base.iloc[0])}. {said}",
        draw=lambda width: tornado(swings.assign(parameter=swings.words), width),
        frame=swings.rename(
            columns={name: f"{name}_usd_bn" for name in ("base", "at_low", "at_high")}
        ),
        labels={
            "words": "Assumption",
            "low_words": "Low",
            "high_words": "High",
            "at_low_usd_bn": "Gap at low",
            "at_high_usd_bn": "Gap at high",
            "base_usd_bn": "Gap as assumed",
        },
        rows=rows,
        book=book,
        note="All other assumptions stay. Where revenue moves, the variable share of compute moves "
        "with it.",
    )
