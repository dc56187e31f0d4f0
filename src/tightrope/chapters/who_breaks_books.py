"""Whose books hold what: orders, debts, leases, shares and equity of the focal party's partners.

Amounts are USD billion.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from tightrope import ledger, periods, quantities, units
from tightrope.accounts import rungs
from tightrope.chapters.who_breaks import Case
from tightrope.dealbook import Dealbook
from tightrope.partners import newest_annual, newest_stock

PROMISED, SHARES, DEBT, LEASES, GUARANTEE, EQUITY = SIDES = (
    "promised", "shares", "debt", "leases", "guarantee", "equity",
)  # fmt: skip
"""Kinds of sums that stand beside one another and are never to be added."""


def in_dollars(book: Dealbook, share_id: str, whole_id: str) -> float:
    """A figure in percent of another in USD billion; NaN where one of them is not known."""
    value = book.financials.set_index("financial_id").value
    return float(value.reindex([share_id, whole_id]).prod(skipna=False) / 100)


def from_others(book: Dealbook, share_id: str, whole_id: str) -> float:
    """What is left of a figure if another in percent takes the most that it can; NaN if unknown."""
    figures = book.financials.set_index("financial_id").reindex([share_id, whole_id])
    return float(figures.value[whole_id] * (1 - figures.value_high[share_id] / 100))


def share_ends(figure: pd.Series) -> tuple[float, float]:
    """The ends of a share in percent: its value where it has no range."""
    low, high = (
        figure.value if pd.isna(figure[end]) else figure[end] for end in ("value_low", "value_high")
    )
    return float(low), float(high)


def orders(case: Case) -> pd.DataFrame:
    """How much of each supplier's orders, and of its revenue, `focal` is: one row a reading.

    Suppliers are those of compute and leases. Columns: party, reading ("backlog": the share of
    its orders; "revenue": what falls due in the year in focus over the newest revenue, made a
    year), low, mid (NaN: a range alone), high in percent, note (dollars), rows. Largest share
    first.
    """
    is_service = case.owed.instrument.isin(("compute", "lease"))
    shares = newest_stock(case.book, f"backlog_share_{case.focal}")
    suppliers = sorted({*case.owed.payee[is_service], *shares.index})
    revenue = newest_annual(case.book, "revenue", suppliers).set_index("party_id")
    lanes = []
    for party in suppliers:
        if party in shares.index:
            lanes += _share_of_backlog(case.book, party, shares.loc[party])
        if case.due_to(party) and party in revenue.index:
            lanes.append(_due_of_revenue(party, case.due_to(party), revenue.loc[party]))
    columns = ["party", "reading", "low", "mid", "high", "note", "rows"]
    table = pd.DataFrame(lanes, columns=columns)
    largest = table.groupby("party").high.max().sort_values(ascending=False, kind="stable")
    place = {party: place for place, party in enumerate(largest.index)}
    order = table.assign(place=table.party.map(place)).sort_values(["place", "reading"])
    return order.drop(columns="place").reset_index(drop=True)


def _share_of_backlog(
    book: Dealbook, party: str, share: pd.Series
) -> list[tuple[str, str, float, float, float, str, tuple[str, ...]]]:
    """The lane of a supplier's backlog; none where no backlog is known for that day."""
    figures = book.financials[
        book.financials.metric.eq("backlog") & book.financials.party_id.eq(party)
    ]
    ends = pd.Series([periods.parse(period).end for period in figures.period], figures.index)
    upto = ends[ends.le(periods.parse(share.period).end)]
    if upto.empty:
        return []
    whole = figures.loc[upto.index].assign(end=upto).sort_values(["end", "value"]).iloc[-1]
    low, high = share_ends(share)
    dollars = [end * whole.value / 100 for end in (low, high)]
    is_floor = pd.isna(share.value_high) and pd.notna(share.value_low)
    said = f"at least {units.usd_bn(dollars[0])}" if is_floor else units.usd_bn_range(*dollars)
    note = f"{said} of {units.usd_bn(whole.value)}"
    mid = np.nan if low == 0 else float(share.value)
    rows = (f"financials/{share.financial_id}", f"financials/{whole.financial_id}")
    return [(party, "backlog", low, mid, high, note, rows)]


def _due_of_revenue(
    party: str, due: float, booked: pd.Series
) -> tuple[str, str, float, float, float, str, tuple[str, ...]]:
    part = float(100 * due / booked.low)
    beyond = f" ({part:.0f}%)" if part > 100 else ""
    note = f"{units.usd_bn(due)} of {units.usd_bn(booked.low)}{beyond}"
    return party, "revenue", part, part, part, note, (f"financials/{booked.financial_id}",)


def due_by_party(case: Case) -> pd.Series[float]:
    """What `focal` owes each supplier in the year in focus, largest first: USD billion."""
    due = case.web.dues[case.web.dues.year.eq(case.year)]
    return due.groupby("payee").amount.sum().sort_values(ascending=False)


def sides(case: Case, parties: Sequence[str], guarantees: Collection[str]) -> pd.DataFrame:
    """What stands beside one another at each party: party, kind (of SIDES), amount, rows.

    What contracts with a sum oblige `focal` still to pay it; what it has paid for shares of
    `focal`; its newest debt (net of cash where only that is known), leases not begun, what it
    guarantees by the legs `guarantees`, and its book equity with the shares sold since. A kind
    that is not known, or is nothing, has no row.
    """
    ladder = ledger.ladder(case.book).set_index("leg_id")
    table = []
    for party in parties:
        owed = case.owed[case.owed.payee.eq(party)]
        table.append((party, PROMISED, owed.amount.sum(), _legs(owed.leg_id)))
        shares = quantities.of(case.book, case.focal, party)["paid_in_for_shares"]
        table.append((party, SHARES, shares.stated, tuple(shares.rows)))
        given = ladder[ladder.index.isin(list(guarantees)) & ladder.payer.eq(party)]
        table += [
            *_newest(case.book, party, DEBT, ("debt", "net_debt")),
            *_newest(case.book, party, LEASES, ("lease_commitments",)),
            *_equity(case.book, ladder, party),
            (party, GUARANTEE, given.binding_high.sum(), _legs(given.index)),
        ]
    frame = pd.DataFrame(table, columns=["party", "kind", "amount", "rows"])
    return frame[frame.amount.gt(0)].astype({"amount": "float64"}).reset_index(drop=True)


def _legs(ids: pd.Series | pd.Index) -> tuple[str, ...]:
    return tuple(f"legs/{leg}" for leg in ids)


def _newest(
    book: Dealbook, party: str, kind: str, metrics: Sequence[str]
) -> list[tuple[str, str, float, tuple[str, ...]]]:
    """The newest figure of the first of these metrics of which one is known."""
    for metric in metrics:
        for _, figure in newest_stock(book, metric, [party]).iterrows():
            amount = figure.value_low if pd.isna(figure.value) else figure.value
            return [(party, kind, float(amount), (f"financials/{figure.financial_id}",))]
    return []


def _equity(
    book: Dealbook, ladder: pd.DataFrame, party: str
) -> list[tuple[str, str, float, tuple[str, ...]]]:
    """Book equity, and what was paid since its day for shares of the party that it lacks."""
    paid = book.events[book.events.status.eq("paid")].groupby("leg_id").happened_on.min()
    for _, figure in newest_stock(book, "equity_book_value", [party]).iterrows():
        [(_, kind, amount, rows)] = _newest(book, party, EQUITY, ["equity_book_value"])
        own = ladder[ladder.payee.eq(party) & ladder.instrument.eq("equity") & ladder.paid.gt(0)]
        since = own[paid.reindex(own.index).gt(periods.parse(figure.period).end)]
        return [(party, kind, amount + float(since.paid.sum()), (*rows, *_legs(since.index)))]
    return []


def beyond_equity(sides: pd.DataFrame) -> list[str]:
    """Who is promised more than three times its equity, and owes more than it, in their order."""
    sums = sides.pivot_table(index="party", columns="kind", values="amount", aggfunc="sum")
    sums = sums.reindex(columns=list(SIDES)).reindex(list(dict.fromkeys(sides.party)))
    chosen = sums[PROMISED].gt(3 * sums[EQUITY]) & sums[DEBT].gt(sums[EQUITY])
    return [str(party) for party in sums.index[chosen]]


def borrowed(
    book: Dealbook, layer: str, loans: Mapping[str, str], undrawn: Collection[str] = ()
) -> pd.DataFrame:
    """Loans by their names as `accounts.rungs`, with `rows`; those not known yet are left out.

    `loans` are names by leg_id; of the legs `undrawn` it is not known how much is paid out.
    """
    ladder = ledger.ladder(book).set_index("leg_id")
    lent = ladder.reindex(list(loans)).dropna(subset=["deal_id"])
    lent = lent.assign(name=[loans[leg] for leg in lent.index], direction="borrowed")
    table = rungs(lent, layer)
    hidden = table.name.isin([loans[leg] for leg in undrawn])
    legs = {name: leg for leg, name in loans.items()}
    rows = [(f"legs/{legs[name]}",) for name in table.name]
    return table.assign(paid=table.paid.mask(hidden), rows=pd.Series(rows, table.index, object))


def with_all_debt(book: Dealbook, debts: pd.DataFrame, party: str) -> pd.DataFrame:
    """`borrowed` and, as one line more, all that a party owes lenders: its newest debt."""
    lines = [debts] if len(debts) else []
    for _, figure in newest_stock(book, "debt", [party]).iterrows():
        name = f"{book.party_name(party)}, all debt, {units.day(figure.period)}"
        line = {"name": name, "direction": "borrowed", "paid": figure.value}
        line |= {"binding": 0.0, "announced": 0.0, "intended": 0.0}
        line |= {"low": figure.value, "high": figure.value}
        line["rows"] = (f"financials/{figure.financial_id}",)
        lines.append(pd.DataFrame([line]))
    return pd.concat(lines, ignore_index=True) if lines else debts
