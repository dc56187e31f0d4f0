"""Whose money: who paid in which year, and what the years cost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from tightrope import counting, units
from tightrope.dealbook import Dealbook
from tightrope.quantities.payments import SHARES
from tightrope.quantities.view import View

OUTSIDE = "customers and outside investors"
SUPPLIER = "suppliers that are paid as well"
COSTS = "costs of the year"
CUSTOMERS = "customers"
AGREED = ", agreed"
"""Stands behind the name of who has agreed to pay where nobody has said that it did."""
_IN_KIND = {"stock": ", in shares", "warrant": ", in a warrant"}
_PARTS = {"Q1": "first quarter", "Q2": "second quarter", "Q3": "third quarter", "H1": "first half"}
_DIGITS = 6
"""Decimals of a billion: a step is a difference of sums, and no more exact than they are."""
_LATE_DAYS = 365
"""A first proof of payment so long after the deal leaves the year of the payment open."""


def paid_in(view: View, since: int) -> pd.DataFrame:
    """What the focal party was paid, step by step, and what was agreed without a word of payment.

    Columns: leg_id, payer, medium, `first` and `year` (the payment lies in these years or between),
    `day` (of the proof), `low` and `high` (USD billion), `is_said` (somebody said that it was
    paid), `is_supplier` and `is_dated` (its year is known, or both lie before `since`).

    What is said to be paid adds up to the quantity paid_in at both ends. What is only agreed has a
    low end of 0: a contract for shares that names no day of payment.
    """
    paid = counting.given(view.paid_to("paid")).set_index("leg_id")
    rows = [*_said(view, paid), *_agreed(view, set(paid.index))]
    names = ["leg_id", "payer", "medium", "first", "day", "low", "high", "is_said"]
    table = pd.DataFrame(rows, columns=names).astype(
        {"low": float, "high": float, "is_said": bool, "day": "datetime64[ns]"}
    )
    year = table.day.dt.year
    return table.assign(
        year=year,
        is_supplier=table.payer.isin(view.suppliers()),
        is_dated=table["first"].eq(year) | year.lt(since),
    )


def _said(view: View, paid: pd.DataFrame) -> list[tuple[object, ...]]:
    begun = view.book.deals.set_index("deal_id").announced_on
    steps = view.book.events[
        view.book.events.status.eq("paid") & view.book.events.leg_id.isin(paid.index)
    ]
    rows: list[tuple[object, ...]] = []
    for leg_id, own in steps.sort_values(["happened_on", "known_on"]).groupby("leg_id", sort=False):
        leg = paid.loc[leg_id]
        grown = []
        for end in ("low", "high"):
            # What an earlier step had too high, the newest has put right.
            sums = own[f"amount_{end}_usd_bn"].fillna(own.amount_usd_bn).cummax()
            sums = sums.clip(upper=leg[end])
            sums.iloc[-1] = leg[end]
            grown.append(sums.diff().fillna(sums).round(_DIGITS))
        for place, (day, low, high) in enumerate(zip(own.happened_on, *grown, strict=True)):
            start = begun[leg.deal_id]
            is_late = place == 0 and (day - start).days > _LATE_DAYS
            first = start.year if is_late else day.year
            if high > 0:
                rows.append((leg_id, leg.payer, leg.medium, first, day, low, high, True))
    return rows


def _agreed(view: View, paid: set[str]) -> list[tuple[object, ...]]:
    undated = view.book.legs.leg_id[view.book.legs.ends_on.isna()]
    legs = view.paid_to("binding")
    legs = legs[
        legs.instrument.isin(SHARES)
        & legs.leg_id.isin(undated)
        & ~legs.leg_id.isin(paid)
        & legs.part_of.eq("")
    ]
    bound = view.book.events[view.book.events.status.eq("binding")]
    days = bound.groupby("leg_id").happened_on.min()
    return [
        (
            leg.leg_id,
            leg.payer,
            leg.medium,
            days[leg.leg_id].year,
            days[leg.leg_id],
            0.0,
            leg.high,
            False,
        )
        for leg in legs.itertuples()
    ]


class YearFigure(NamedTuple):
    """A figure of a year: its ends (USD billion), the part of the year it covers, and its rows."""

    low: float
    high: float
    part: str
    rows: list[str]


def by_year(book: Dealbook, party: str, metric: str) -> dict[int, YearFigure]:
    """What `party` has reported of `metric` by calendar year, up to the book's day.

    The whole year where it is known, else its quarters, else its halves, else an estimate, the
    newest; `part` is "" for a whole year. Plans are left out.
    """
    rows = book.financials[book.financials.party_id.eq(party) & book.financials.metric.eq(metric)]
    rows = rows[~rows.nature.eq("plan") & rows.period.str.fullmatch(r"\d{4}(-[QH]\d)?")]
    rows = rows.assign(year=rows.period.str[:4].astype(int), part=rows.period.str[5:])
    table = {}
    for year, of_year in rows[rows.year.le(book.day.year)].groupby("year"):
        actual = of_year[of_year.nature.eq("actual")]
        whole = actual[actual.part.eq("")].tail(1)
        quarters, halves = (actual[actual.part.str.startswith(kind)] for kind in "QH")
        newest = of_year.sort_values("known_on").tail(1)
        chosen = next(one for one in (whole, quarters, halves, newest) if len(one))
        names = list(chosen.part)
        part = "first half" if names == ["Q1", "Q2"] else _PARTS.get("".join(names), "")
        low, high = (
            float(chosen[f"value_{end}"].fillna(chosen.value).sum()) for end in ("low", "high")
        )
        table[int(str(year))] = YearFigure(low, high, part, list(chosen.financial_id))
    return table


def costs_by_year(book: Dealbook, party: str) -> dict[int, YearFigure]:
    """What the years of `party` cost: as reported, else its revenue and operating loss together."""
    costs = by_year(book, party, "total_costs")
    revenue, losses = (by_year(book, party, metric) for metric in ("revenue", "operating_loss"))
    for year in losses.keys() & revenue.keys() - costs.keys():
        came, lost = revenue[year], losses[year]
        if came.part == lost.part:
            sums = (came.low + lost.low, came.high + lost.high)
            costs[year] = YearFigure(*sums, came.part, came.rows + lost.rows)
    return costs


def sources_and_uses(view: View, since: int) -> pd.DataFrame:
    """Who paid the focal party in a year, and what the year cost: one row a bar.

    Columns: block (a year from `since` on, or a span), side ("source" or "use"), name, kind, low,
    high (USD billion; missing where nothing is published) and rows. In the order of a picture.
    """
    book, focal = view.book, view.focal
    earlier = f"Up to {since - 1}"
    lanes: list[tuple[object, ...]] = []

    def named(name: str, part: str) -> str:
        return f"{name}, {part}" if part else name

    for year, came in sorted(by_year(book, focal, "revenue").items()):
        block = str(year) if year >= since else earlier
        name = named(CUSTOMERS, came.part if year >= since else "some years")
        rows = [f"financials/{row}" for row in came.rows]
        lanes.append((block, "source", name, OUTSIDE, came.low, came.high, rows))
    for one in paid_in(view, since).itertuples():
        block = str(one.year) if one.year >= since else earlier
        if not one.is_dated:
            block = f"{one.first} to {one.year}, year not published"
        name = book.party_name(one.payer).removesuffix(f" in {book.party_name(focal)}")
        name += _IN_KIND.get(one.medium, "") + ("" if one.is_said else AGREED)
        kind = SUPPLIER if one.is_supplier else OUTSIDE
        lanes.append((block, "source", name, kind, one.low, one.high, [f"legs/{one.leg_id}"]))
    years = sorted({str(block) for block, *_ in lanes if str(block).isdigit()})
    nothing = YearFigure(np.nan, np.nan, "", [])
    costs, computing = costs_by_year(book, focal), by_year(book, focal, "compute_spend")
    for block in years:
        cost, spent = (table.get(int(block), nothing) for table in (costs, computing))
        rows, of_compute = (
            [f"financials/{row}" for row in figure.rows] for figure in (cost, spent)
        )
        if pd.notna(cost.high) and (pd.isna(spent.high) or cost.part):
            name = named("all costs", cost.part)
            lanes.append((block, "use", name, COSTS, cost.low, cost.high, rows))
            continue
        lanes.append((block, "use", "computing", COSTS, spent.low, spent.high, of_compute))
        rest = (cost.low - spent.high, cost.high - spent.low)
        lanes.append((block, "use", "other", COSTS, *rest, rows))
    if any(block == earlier for block, *_ in lanes):
        lanes.append((earlier, "use", "costs", COSTS, np.nan, np.nan, []))
    keys = ["block", "side", "name", "kind"]
    table = pd.DataFrame(lanes, columns=[*keys, "low", "high", "rows"])
    table = table.groupby(keys, sort=False, as_index=False).agg(
        low=("low", lambda part: part.sum(min_count=1)),
        high=("high", lambda part: part.sum(min_count=1)),
        rows=("rows", "sum"),
    )
    order = {earlier: -1} | {block: int(block) for block in years}
    at = table.block.map(order).fillna(9999)
    rank = table.kind.eq(SUPPLIER) * 1000 - table.high.fillna(0)
    table = table.assign(at=at, rank=rank).sort_values(["at", "side", "rank"], kind="stable")
    return table.drop(columns=["at", "rank"]).reset_index(drop=True)


class YearShare(NamedTuple):
    """What customers and outside investors paid of a year: the share, and both sums at both ends.

    `least` and `most` are fractions; the rest is USD billion.
    """

    least: float
    most: float
    outside_low: float
    outside_high: float
    supplier_low: float
    supplier_high: float

    @property
    def whole(self) -> tuple[float, float]:
        """All that was paid in the year, at both ends."""
        return self.outside_low + self.supplier_low, self.outside_high + self.supplier_high


def year_shares(view: View, since: int) -> dict[str, YearShare]:
    """The part of all that was paid in a year that customers and outside investors paid.

    As wide as the payments make it that are only agreed or whose year nobody has published. Of a
    sum that a supplier may have taken a part of, all may be that supplier's.
    """
    bars = sources_and_uses(view, since)
    bars = bars[bars.side.eq("source") & bars.block.str.isdigit()]
    paid = paid_in(view, since)
    legs = view.paid_to("announced")
    shared = legs.part_of[legs.payer.isin(view.suppliers()) & legs.part_of.ne("")]
    found = {}
    for block, of_block in bars.groupby("block"):
        year = int(str(block))
        sums = of_block.groupby("kind")[["low", "high"]].sum()
        sums = sums.reindex([OUTSIDE, SUPPLIER], fill_value=0.0)
        floating = paid[~paid.is_dated & paid["first"].le(year) & paid.year.ge(year)]
        drift = floating.groupby("is_supplier").high.sum()
        low, high = sums.low[OUTSIDE], sums.high[OUTSIDE] + drift.get(False, 0.0)
        least, most = sums.low[SUPPLIER], sums.high[SUPPLIER] + drift.get(True, 0.0)
        may_be = paid[paid.leg_id.isin(shared) & paid.year.eq(year) & ~paid.is_supplier]
        mixed = float((may_be.high - may_be.low).sum())
        ends = (_part(low, most + mixed), _part(high, least))
        found[str(block)] = YearShare(*ends, low, high, least, most)
    return found


def _part(one: float, others: float) -> float:
    """One sum over it and the others; NaN where there is none of either."""
    whole = one + others
    return one / whole if whole else np.nan


def rows_behind(table: pd.DataFrame, focal: str) -> list[str]:
    """The rows that the column `rows` lists, each once; the party itself where there is none."""
    found = dict.fromkeys(row for rows in table["rows"] for row in rows)
    return list(found) or [f"parties/{focal}"]


def finding(shares: dict[str, YearShare], name: str) -> str:
    """What the last two years say, as a headline."""
    if has_turned(shares):
        (before, first), (last, second) = list(shares.items())[-2:]
        if first.least > 0.5 > second.most:
            return f"Outsiders paid in {before}; in {last} most comes from suppliers"
        return f"Fewer outsiders: who paid {name} in {before} and in {last}"
    if shares:
        year, newest = list(shares.items())[-1]
        sums = units.usd_bn_range(newest.outside_low, newest.outside_high)
        said = f"Outsiders brought {name} {sums} in {year}"
        if not newest.outside_low > 0:
            return said
        part = units.share_range(newest.least, newest.most)
        return f"{said}, {part} of what is known to be paid"
    return f"In no year is known who paid {name}"


def first_drawn(view: View, since: int) -> int:
    """The first year that is drawn on its own: `since`, or an earlier one where all is older."""
    said = by_year(view.book, view.focal, "revenue")
    years = {*said, *paid_in(view, since).year.dropna().astype(int)}
    return since if not years or max(years) >= since else min(years)


def has_turned(shares: dict[str, YearShare]) -> bool:
    """Whether the share of outsiders surely fell by a fifth of the whole in the last year."""
    if len(shares) < 2:
        return False
    before, last = list(shares.values())[-2:]
    return last.most < before.least - 0.2
