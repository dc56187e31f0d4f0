"""Then and now: what makers and carriers once promised, beside what the book's parties do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters.blueprint_or_warning import (
    LOANS,
    NONE,
    Amount,
    Ends,
    Maker,
    Part,
    end_of,
    figure,
    percent,
)
from tightrope.dealbook import Dealbook


def agreed(book: Dealbook, leg_id: str) -> float:
    """The most that a contract named while it was in force; its sum where it names no most.

    USD billion, NaN where none is known to have been signed.
    """
    steps = book.events[book.events.leg_id.eq(leg_id) & book.events.status.eq("binding")]
    return float(steps.amount_high_usd_bn.fillna(steps.amount_usd_bn).max())


def ratios(
    book: Dealbook,
    some: Sequence[Maker],
    promises: Mapping[str, str],
    now: Sequence[Part],
    years: Mapping[str, str] = NONE,
) -> pd.DataFrame:
    """What each firm put up beside a year's revenue, where both are known: one row an instrument.

    Columns firm, what, put_up, revenue, share, all in words. `promises` says by maker what it had
    promised; of `now` what has no words is left out. `years` names the period of a revenue by row
    where its end is more exact than the data's period.
    """
    periods = book.financials.set_index("financial_id").period
    made = [
        (m.party, promises.get(m.party, LOANS), m.amount, m.most, m.revenue_row, m.revenue)
        for m in some
    ]
    given = [(p.party, p.what, p.low, p.high, p.revenue_row, p.revenue) for p in now if p.what]
    rows = [
        {
            "firm": book.party_name(party),
            "what": what,
            "put_up": units.usd_bn_range(low, high),
            "revenue": f"{units.usd_bn(revenue)}, {years.get(row) or year(periods[row])}",
            "share": ("up to " if low == 0 else "")
            + percent((high if low == 0 else low) / revenue, high / revenue),
        }
        for party, what, low, high, row, revenue in [*made, *given]
        if pd.notna(high) and high > 0 and pd.notna(revenue)
    ]
    return pd.DataFrame(rows, columns=["firm", "what", "put_up", "revenue", "share"])


def year(period: str) -> str:
    """A year in words: "fiscal 2000" for FY2000, "2025" for 2025."""
    return period.replace("FY", "fiscal ")


def promised_ratio(maker: Maker) -> Ends:
    """What a maker had promised ÷ its revenue of the year, a fraction: its last, and the most."""
    return Ends(maker.amount / maker.revenue, maker.most / maker.revenue)


def place_of(ratio: float, low: float, high: float, name: str) -> str:
    """Where a ratio lies beside the range of `name`, in words."""
    if ratio > high:
        return f"beyond {name}"
    return f"in {name}’s range" if ratio >= low else f"well below {name}"


def least_part(book: Dealbook, share: str, whole: str) -> Amount:
    """The lowest share of a figure (`share`, a row in percent) × that figure."""
    ends = figure(book, whole), end_of(book, share, "low")
    return Amount(ends[1] / 100 * ends[0].value, (f"financials/{share}", *ends[0].rows))
