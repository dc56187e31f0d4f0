"""The pictures of the web of partners: the matrix, both sides and the timeline."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from tightrope import ledger, units
from tightrope.chapters import web_of_partners as chapter
from tightrope.charts.figure import Figure
from tightrope.charts.matrix import matrix
from tightrope.charts.timeline import timeline
from tightrope.charts.two_sided import LABELS, amounts, two_sided
from tightrope.publish.opening import Opening


def matrix_figure(page: Opening, legs: pd.DataFrame) -> Figure | None:
    """The same web as a matrix of payers and payees; None where nobody pays."""
    if legs.empty:
        return None
    who = page.book.party_name(page.focal)
    pairs = ledger.pairs(legs)
    named = pairs.assign(
        payer=pairs.payer.map(page.names),
        payee=pairs.payee.map(page.names),
        instrument=pairs.instrument.str.replace("_", " "),
    )
    shown = named[["payer", "payee", "amount"]]
    links = pairs[["payer", "payee"]].drop_duplicates()
    at_focal = int((links.payer.eq(page.focal) | links.payee.eq(page.focal)).sum())
    return Figure(
        id="flow-matrix",
        title=f"{at_focal} of {len(links)} links start or end at {who}"
        if at_focal >= len(links) / 2
        else f"Only {at_focal} of {len(links)} links start or end at {who}: its partners pay one "
        "another",
        subtitle=f"Who pays (rows) whom (columns), {page.scope}, USD billion, {page.as_known}",
        description=f"A matrix of {shown.payer.nunique()} payers and {shown.payee.nunique()} "
        f"payees with {len(links)} filled cells. {who} pays "
        f"{links.payee[links.payer.eq(page.focal)].nunique()} parties. The largest cell is "
        f"{shown.payer.iloc[0]} to {shown.payee.iloc[0]}, {units.usd_bn(shown.amount.max())}.",
        draw=lambda width: matrix(shown, width),
        frame=named.rename(columns={end: f"{end}_usd_bn" for end in ("amount", "low", "high")}),
        labels={
            "payer": "Payer",
            "payee": "Payee",
            "instrument": "For",
            "amount_usd_bn": "Known amount",
            "low_usd_bn": "Low",
            "high_usd_bn": "High",
            "unknown": "Legs without an amount",
        },
        rows=page.rows(legs),
        book=page.book,
    )


def two_sided_figure(page: Opening) -> Figure | None:
    """In from each partner and out to it, and what turns back; None where nothing moves."""
    legs = chapter.with_focal(page.book, page.layer, page.focal)
    if legs.empty:
        return None
    sides = chapter.both_sides(page.book, page.layer, page.focal)
    sides = sides.assign(party=sides.party.map(page.names), as_range=True)
    told = "; ".join(
        f"{side.party}: in {_known(side, 'in')}, out {_known(side, 'out')}"
        for side in sides.itertuples()
    )
    return Figure(
        id="web-two-sided",
        title=f"At the low end of every range {int(sides.round_low.gt(0).sum())} of {len(sides)} "
        "partners have a round trip",
        subtitle=f"In from each partner and out to it, {page.scope}, USD billion, {page.as_known}",
        description=f"Two-sided bars by partner. {told}.",
        draw=lambda width: two_sided(sides, width),
        frame=amounts(sides),
        labels={"party": "Partner", **LABELS},
        rows=page.rows(legs),
        book=page.book,
        note="Hatched: a range that begins at nothing, drawn to its high end. The labels give the "
        "ranges. Talked about are announcements, letters of intent and reports. "
        "Loans and guarantees are left out; what only the press reports is in the upper ends "
        "alone.",
    )


def _known(side: Any, which: str) -> str:
    """One side of a partner in words; an amount only where its range is one."""
    amount, low, high = (
        getattr(side, name) for name in (f"paid_{which}", f"{which}_low", f"{which}_high")
    )
    return units.usd_bn_known(amount if low == high else math.nan, low, high)


def timeline_figure(page: Opening, steps: pd.DataFrame) -> Figure | None:
    """The steps of the article's deals by the day they became public; None where there is none."""
    if steps.empty:
        return None
    most = chapter.busiest(steps)
    by_year = steps.known_on.dt.year.value_counts().sort_index()
    shown = steps.assign(status=steps.status.str.replace("_", " "))
    columns = ["known_on", "deal", "status", "label", "event_id"]
    return Figure(
        id="web-timeline",
        title=f"Most of it came in one year: {most.steps} of {len(steps)} steps in {most.year}",
        subtitle=f"The article's deals, each step on the day it became public, {page.as_known}",
        description=f"A timeline with one lane for each of {steps.deal.nunique()} deals and "
        f"{len(steps)} steps from {steps.known_on.min():%Y} to {steps.known_on.max():%Y}. "
        f"Steps by year: {', '.join(f'{year}: {count}' for year, count in by_year.items())}.",
        draw=lambda width: timeline(steps, width),
        frame=shown[columns].sort_values("known_on", ignore_index=True),
        labels={
            "known_on": "Public on",
            "deal": "Deal",
            "status": "Status",
            "label": "Amount",
            "event_id": "Event",
        },
        rows=[f"events/{step}" for step in steps.event_id],
        book=page.book,
    )
