"""When the money moves: which payments have a date, and what is matched by when."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from tightrope import counting, ledger
from tightrope.dealbook import Dealbook
from tightrope.measures import roundtrip, timing
from tightrope.quantities.view import View

LEFT_OUT = (*counting.LENT, "warrant", "revenue_share")
"""A loan comes back anyway, a warrant moves no money, a revenue share may be booked twice."""


def flows(view: View, layer: str) -> pd.DataFrame:
    """What the focal party pays and is paid: rows of `ledger.flows` that can have a date.

    Without `LEFT_OUT`, without what only the press has reported, and without a leg whose sum
    another one contains. Raises ValueError for an unknown layer.
    """
    legs = ledger.flows(view.web, layer)
    legs = legs[legs.payer.eq(view.focal) | legs.payee.eq(view.focal)]
    whole = legs.leg_id.map(view.book.legs.set_index("leg_id").part_of_leg_id)
    kept = ~legs.instrument.isin(LEFT_OUT) & ~legs.status.eq("reported")
    return legs[kept & ~whole.isin(legs.leg_id)].reset_index(drop=True)


def moves(view: View, layer: str) -> pd.DataFrame:
    """The payments of `flows` by year, as `ledger.payments` has them; without a year where none is.

    What has been paid adds up to the quantities paid_in and paid_out as stated, but for what
    `flows` leaves out. Raises ValueError for an unknown layer.
    """
    table = ledger.payments(view.web, layer)
    table = table[table.leg_id.isin(flows(view, layer).leg_id)]
    return table.astype({"year": "Int64"}).reset_index(drop=True)


def over_own_term(book: Dealbook, payments: pd.DataFrame, profile: str) -> pd.DataFrame:
    """The payments with what is due spread over its contract's own term, from its own start.

    `profile` as in `timing.schedule`. What is paid, or has no even schedule, stays where it is.
    """
    terms = book.legs.set_index("leg_id")[["starts_on", "ends_on", "schedule"]]
    is_due = payments.basis.eq("scheduled") & payments.leg_id.map(terms.schedule).eq("even")
    kept = ["leg_id", "payer", "payee", "instrument", "basis"]
    spread = []
    for leg_id, part in payments[is_due].groupby("leg_id"):
        starts_on, ends_on = terms.starts_on[leg_id], terms.ends_on[leg_id]
        by_year = timing.schedule(float(part.amount.sum()), starts_on, ends_on, profile)
        spread.append(by_year.assign(**part.iloc[0][kept].to_dict()))
    return pd.concat([payments[~is_due], *spread], ignore_index=True)


def present_float(payments: pd.DataFrame, focal: str, party: str, rate: float) -> pd.Series[float]:
    """The float of `party` at the end of every year, each payment discounted to the first year.

    USD billion of the first year, by year; `rate` a year as a fraction.
    """
    held = timing.float_by_year(payments, focal, party).set_index("year")
    factors = (1.0 + rate) ** -np.arange(len(held), dtype=float)
    return ((held.paid_in - held.paid_out) * factors).cumsum()


def used_up(held: pd.Series[float]) -> float:
    """When a float that was positive last fell to zero: a year with its fraction.

    The first year where it never was; NaN where it still is at the end.
    """
    if not held.gt(0).any():
        return float(held.index[0])
    last = int(held[held > 0].index.max())
    if last == held.index.max():
        return float("nan")
    before, after = held[last], held[last + 1]
    return float(last + 1 + before / (before - after))


def matched_by_year(payments: pd.DataFrame, focal: str) -> pd.DataFrame:
    """What is matched of the accounts of `focal` with all its partners: one row a year, by year.

    The smaller side of each account, added up: `each`, of the payments of the year; `within`, that
    of every year so far added up; `total`, of all payments so far (USD billion). `ratio` is the
    weighted reciprocity of all payments so far, a fraction. Payments without a year are left out.
    """
    each = _each_year(payments, focal)
    known = payments.dropna(subset=["year"])
    upto = [known[known.year.le(year)] for year in each.index]
    table = pd.DataFrame(
        {
            "each": each,
            "total": [_matched(part, focal) for part in upto],
            "ratio": [roundtrip.reciprocity(part) for part in upto],
        },
        index=each.index,
        dtype=float,
    )
    return table.assign(within=table.each.cumsum())


def _matched(part: pd.DataFrame, focal: str) -> float:
    return float(roundtrip.bilateral(part, focal).round_trip.sum()) if len(part) else 0.0


def _each_year(payments: pd.DataFrame, focal: str) -> pd.Series[float]:
    """What is matched of the payments of every year by itself, by year."""
    known = payments.dropna(subset=["year"])
    span = range(int(known.year.min()), int(known.year.max()) + 1) if len(known) else range(0)
    return pd.Series(
        [_matched(known[known.year.eq(year)], focal) for year in span],
        index=pd.Index(span, name="year"),
        dtype=float,
    )


def balances(book: Dealbook, leg_id: str, end: str = "stated") -> pd.DataFrame:
    """What is known to have been paid of a leg, by the year of its proof: at one end.

    Columns payer, payee, amount (USD billion), year. `end` is "low", "stated" or "high"; a step
    without that end counts as it is stated. Empty if nothing is known to be paid.
    """
    steps = book.events[book.events.leg_id.eq(leg_id) & book.events.status.eq("paid")]
    steps = steps.sort_values(["happened_on", "known_on"])
    sums = steps.amount_usd_bn
    if end != "stated":
        sums = steps[f"amount_{end}_usd_bn"].fillna(sums)
    leg = book.legs[book.legs.leg_id.eq(leg_id)]
    return pd.DataFrame(
        {
            "payer": leg.payer_id.iloc[0] if len(leg) else "",
            "payee": leg.payee_id.iloc[0] if len(leg) else "",
            "amount": np.diff(sums.cummax(), prepend=0.0),
            "year": steps.happened_on.dt.year.astype("Int64").to_numpy(),
        }
    )


def running(payments: pd.DataFrame, years: Collection[int]) -> pd.Series[float]:
    """The sum of payments from the beginning to the end of each of `years`, USD billion."""
    return payments.groupby("year").amount.sum().reindex(list(years), fill_value=0.0).cumsum()


def by_side(moves: pd.DataFrame, focal: str) -> pd.DataFrame:
    """The payments of `moves` added up by year (missing: no year), side and basis: USD billion.

    `side` is "in" for what `focal` is paid and "out" for what it pays.
    """
    sided = moves.assign(side=moves.payee.eq(focal).map({True: "in", False: "out"}))
    keys = ["year", "side", "basis"]
    return sided.groupby(keys, dropna=False, as_index=False).amount.sum()


MOST_PARTNERS = 24
"""How many partners have an account that is drawn: more are no picture."""


def partners(moves: pd.DataFrame, focal: str, most: int | None = MOST_PARTNERS) -> list[str]:
    """Who pays `focal` or is paid by it, in the order of the payments: the largest, or all."""
    every = [party for party in dict.fromkeys([*moves.payer, *moves.payee]) if party != focal]
    if most is None or len(every) <= most:
        return every
    other = moves.payer.where(moves.payee.eq(focal), moves.payee)
    largest = set(moves.amount.groupby(other).sum().nlargest(most).index)
    return [party for party in every if party in largest]


def shapes(book: Dealbook, moves: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The payments with the bills of their contracts in three shapes, by name of the shape."""
    return {
        "even, from today": moves,
        "even, own term": over_own_term(book, moves, "even"),
        "S-curve, own term": over_own_term(book, moves, "s_curve"),
    }


def matched_within(
    book: Dealbook, moves: pd.DataFrame, early: pd.DataFrame, focal: str
) -> tuple[float, float]:
    """What is matched within single years, added up: least and most of four ways to date it.

    As the ledger dates the payments; with those of `early` (rows of `moves`) in their years there;
    and with the bills over their contracts' own terms, evenly or as an S-curve. USD billion.
    """
    if moves.year.notna().sum() == 0:
        return 0.0, 0.0
    sooner = moves.copy()
    sooner.loc[early.index, "year"] = early.year
    ways = [*shapes(book, moves).values(), sooner]
    ends = [float(each.cumsum().iloc[-1]) for way in ways if len(each := _each_year(way, focal))]
    return min(ends), max(ends)


def matched_in_order(moves: pd.DataFrame, focal: str) -> float:
    """What goes out after money of the same partner had come in, all partners: USD billion."""
    dated = moves.dropna(subset=["year"])
    trips = [timing.timed_round_trip(dated, focal, party) for party in partners(dated, focal)]
    return float(sum(trip.value for trip in trips))


def peak_year(growth: pd.DataFrame) -> int | None:
    """The year by which the accounts of `matched_by_year` are most circular; None for none.

    A first year with one small payment each way is no web yet: years count from which three
    tenths of all that is matched in the end are matched.
    """
    if not len(growth) or growth.total.iloc[-1] <= 0:
        return None
    sizeable = growth.ratio[growth.ratio.notna() & (growth.total > 0.3 * growth.total.iloc[-1])]
    return int(sizeable.idxmax()) if len(sizeable) else None
