"""The figures of paying for technology: three cases, the steps of a promise, the ways of paying."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tightrope import ledger, units
from tightrope.chapters import paying_for_technology as chapter
from tightrope.charts.figure import Figure
from tightrope.charts.ladder import END_LABELS, RUNG_LABELS
from tightrope.charts.ladder import ladder as ladder_chart
from tightrope.charts.table import Table
from tightrope.charts.timeline import timeline
from tightrope.dealbook import Dealbook


def cases_table(cases: pd.DataFrame) -> Table:
    """Three deals of a hundred dollars: what is booked, and the gain or loss; dollars."""
    return Table(
        cases,
        "One bank statement, three stories: what the chipmaker books, and what it gains or loses "
        "(dollars)",
        {
            "case": "Case",
            "revenue": "Revenue booked",
            "if_it_thrives": "Gain if the laboratory thrives",
            "if_it_fails": "Gain if it fails",
        },
        dict.fromkeys(("revenue", "if_it_thrives", "if_it_fails"), _dollars),
    )


def _dollars(value: object) -> str:
    return f"{float(str(value)):,.0f}".replace("-", "−")


def promise_figure(
    book: Dealbook, focal: str, letter: str, contract: str, lanes: Mapping[str, str], note: str
) -> Figure | None:
    """A letter of intent and the contract that came, step by step; None before the first.

    `letter` and `contract` are leg_ids, `lanes` their names; `note` says how a payment is known.
    """
    found = chapter.steps(book, lanes)
    if found.empty:
        return None
    lane = _lane(found)
    payer = book.party_name(book.legs.set_index("leg_id").payer_id[found.leg_id.iloc[0]])
    first = units.usd_bn(chapter.first_named(found, letter, "letter_of_intent"))
    signed = float(ledger.ladder(book).set_index("leg_id").binding.get(contract, 0.0))
    is_paid = found.status.eq("paid").any()
    return Figure(
        id=f"paying-for-technology-{payer.lower()}",
        title=f"{payer}’s letter named up to {first}; the contract is for {units.usd_bn(signed)}"
        if signed > 0
        else f"{payer}’s {first} was an intention, not a contract",
        subtitle=f"Steps of {payer}’s investment in {book.party_name(focal)} by the day they "
        f"became public, {_as_known(book)}",
        description=f"Timeline with {lane.deal.nunique()} lanes. {_told(found)}",
        draw=lambda width: timeline(lane, width),
        frame=lane.rename(columns={"amount": "amount_usd_bn"}),
        labels={
            "deal": "Deal",
            "known_on": "Public on",
            "status": "Status",
            "amount_usd_bn": "Amount",
        },
        writers={"status": lambda status: str(status).replace("_", " ")},
        rows=[f"events/{event}" for event in found.event_id],
        book=book,
        note=note if is_paid else f"No payment of {payer} under these two is known.",
    )


def _lane(found: pd.DataFrame) -> pd.DataFrame:
    """Rows of `chapter.steps` as the timeline wants them; a range without a sum is a label."""
    is_range = found.amount_usd_bn.isna() & found.amount_high_usd_bn.notna()
    ends = zip(found.amount_low_usd_bn, found.amount_high_usd_bn, is_range, strict=True)
    return pd.DataFrame(
        {
            "deal": found.deal,
            "known_on": found.known_on,
            "status": found.status,
            "amount": found.amount_usd_bn,
            "amount_low_usd_bn": found.amount_low_usd_bn,
            "label": [
                units.usd_bn_range(low, high) if ranged else "" for low, high, ranged in ends
            ],
            "direction": "in",
        }
    )


def _told(found: pd.DataFrame) -> str:
    """Every step in words."""
    words = []
    for step in found.itertuples():
        bound = "up to " if step.amount_bound == "ceiling" else ""
        amount = f", {bound}{units.usd_bn(step.amount_usd_bn)}."
        silence = ", how much is not verified." if step.status == "paid" else "."
        after = silence if pd.isna(step.amount_usd_bn) else amount
        status = step.status.replace("_", " ")
        words.append(f"{units.day(step.known_on.date())}: {step.deal}, {status}{after}")
    return " ".join(words)


def ways_figure(
    book: Dealbook, layer: str, focal: str, way_of: Mapping[str, str], onward: str, note: str
) -> Figure | None:
    """What partners bring by way of paying; None where nothing is known.

    `way_of` has the way of each leg by leg_id; `onward` is the way that never reaches `focal`.
    """
    table = chapter.ways(book, layer, way_of)
    if table.empty:
        return None
    reach = table.set_index("name").high.astype(float)
    is_onward = reach.notna().any() and reach.idxmax() == onward
    told = "; ".join(
        f"{name}: {units.usd_bn_range(low, high)}, of which {units.known_paid(paid)}"
        for name, low, high, paid in zip(table.name, table.low, table.high, table.paid, strict=True)
    )
    known = ledger.ladder(book).leg_id
    return Figure(
        id="paying-for-technology-five-ways",
        title=f"Others are to spend up to {units.usd_bn(float(reach.max()))} on sites for "
        f"{book.party_name(focal)}"
        if is_onward
        else "Five ways of paying, and only one of them is cash",
        subtitle=f"What partners bring, by way of paying, USD billion, {_as_known(book)}",
        description=f"Bars, one for each way of paying. {told}. "
        "The ways differ in kind and must not be added.",
        draw=lambda width: ladder_chart(table, width),
        frame=table.rename(columns={name: f"{name}_usd_bn" for name in table.columns[2:]}),
        labels={"name": "Way of paying", **RUNG_LABELS, **END_LABELS},
        rows=[f"legs/{leg}" for leg in known[known.isin(list(way_of))]],
        book=book,
        note=note,
    )


def _as_known(book: Dealbook) -> str:
    return f"as known on {units.day(book.day.date())}"
