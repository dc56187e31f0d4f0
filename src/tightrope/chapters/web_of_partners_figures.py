"""The pictures of the web of partners: who pays whom, both sides and the timeline."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from tightrope import accounts, ledger, units
from tightrope.chapters import web_of_partners as chapter
from tightrope.charts.figure import Figure
from tightrope.charts.timeline import timeline
from tightrope.charts.two_sided import LABELS, amounts, two_sided
from tightrope.charts.who_pays import largest, who_pays
from tightrope.publish.opening import Opening


def who_pays_figure(page: Opening, legs: pd.DataFrame) -> Figure | None:
    """The same web as a list of who pays whom, largest first; None where nobody pays."""
    directions = accounts.directions(legs, page.focal)
    names = legs.payer.map(page.names) + " → " + legs.payee.map(page.names)
    links = accounts.rungs(legs.assign(name=names, direction=directions), page.layer)
    if links.empty:
        return None
    who, count = page.book.party_name(page.focal), links.name.nunique()
    inward, outward = (links.name[links.direction.eq(way)].nunique() for way in ("in", "out"))
    at_focal = inward + outward
    pairs = ledger.pairs(legs)
    named = pairs.assign(
        payer=pairs.payer.map(page.names),
        payee=pairs.payee.map(page.names),
        instrument=pairs.instrument.str.replace("_", " "),
    )
    return Figure(
        id="flow-matrix",
        title=f"{at_focal} of {count} links start or end at {who}"
        if at_focal >= count / 2
        else f"Only {at_focal} of {count} links start or end at {who}: its partners pay one "
        "another",
        subtitle=f"Who pays whom, largest first, {page.scope}, USD billion, {page.as_known}",
        description=f"A list of {count} links, each a payer and a payee with a bar: {inward} into "
        f"{who}, {outward} out of it, {count - at_focal} between others. "
        f"The largest is {largest(links)}.",
        draw=lambda width: who_pays(links, width, who),
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
