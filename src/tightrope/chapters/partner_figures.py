"""The pictures of a dossier: both sides of the account, how far each leg has come, every step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from tightrope import accounts, units
from tightrope.chapters import partner as chapter
from tightrope.chapters import partner_words as words
from tightrope.chapters.partner import Dossier
from tightrope.charts.figure import Figure
from tightrope.charts.ladder import ladder
from tightrope.charts.table import known_usd_bn
from tightrope.charts.timeline import timeline
from tightrope.charts.two_sided import LABELS, amounts, two_sided

_DRAWN_STEPS = ["deal", "known_on", "status", "amount", "amount_low_usd_bn", "label", "direction"]


def two_sided_figure(told: Dossier) -> Figure | None:
    """In from the partner and out to it on each layer; None where there is nothing."""
    bars = chapter.account(told)
    if bars.empty:
        return None
    bars = bars.assign(party=bars.step.map(units.LAYER_WORDS), as_range=True)
    unpriced = chapter.unpriced(told)
    spoken = "; ".join(
        f"{bar.party}: {units.usd_bn_known(math.nan, bar.in_low, bar.in_high)} into "
        f"{told.focal_name}, {units.usd_bn_known(math.nan, bar.out_low, bar.out_high)} out, "
        f"round trip {units.usd_bn_known(math.nan, bar.round_low, bar.round_high)}"
        for bar in bars.itertuples()
    )
    columns = {"party": "layer"} | {end: end.replace("round_", "round_trip_") for end in LABELS}
    frame = amounts(bars).rename(columns=columns)
    labels = {columns[end]: label for end, label in LABELS.items()}
    return Figure(
        id=f"{told.party}-two-sided",
        title=_finding(told, bars.iloc[-1], unpriced),
        subtitle=f"{told.name} and {told.focal_name}, money and money’s worth, USD billion, "
        f"{told.page.as_known}",
        description=f"Two-sided bars. {spoken}.",
        draw=lambda width: two_sided(bars.iloc[::-1], width),
        frame=frame,
        labels={"layer": "Layer"} | labels,
        writers=dict.fromkeys(labels, known_usd_bn),
        rows=told.page.rows(told.direct),
        book=told.book,
        note=" ".join(_notes(told, len(unpriced))),
    )


def _finding(told: Dossier, top: Any, unpriced: pd.DataFrame) -> str:
    """What the account on the page's layer shows; silent legs forbid to say which side is larger.

    `top` is the row of `partner.account` that contains the others.
    """
    name, middle, layer = told.name, told.focal_name, told.page.layer
    is_in_silent = bool(unpriced.payee.eq(told.page.focal).any())
    is_out_silent = bool(unpriced.payer.eq(told.page.focal).any())
    if top.in_high == 0 and top.out_low == 0 and math.isnan(top.out_high):
        return f"{middle} is to pay {name}; no sum has been published"
    if top.in_high == 0 and not is_in_silent:
        return f"All known sums run one way: from {middle} to {name}"
    if top.out_high == 0 and not is_out_silent:
        return f"All known sums run one way: from {name} to {middle}"
    if top.out_low >= top.in_high and not is_in_silent:
        return f"Counting what is {layer}, more goes out to {name} than comes in from it"
    if top.in_low >= top.out_high and not is_out_silent:
        return f"Counting what is {layer}, more comes in from {name} than goes out to it"
    return f"Value is to go both ways with {name}; which side is larger is not known"


def _notes(told: Dossier, unpriced: int) -> Sequence[str]:
    notes = ["The bars show what parties and contracts name, the labels the ranges."]
    if len(told.lent):
        notes.append("Loans and guarantees are left out.")
    if unpriced:
        legs = units.number_of(unpriced, "leg")
        notes.append(f"Not counted: {legs} to which no source puts a sum.")
    return notes


def ladder_figure(told: Dossier) -> Figure | None:
    """How far each standing leg has come, as stacked bars; None where none has a sum."""
    bars = chapter.climbed(told)
    if bars.empty:
        return None
    spoken = "; ".join(
        f"{bar.leg}: {units.usd_bn_range(bar.low, bar.high)}, "
        f"{units.usd_bn(bar.paid) if bar.paid else 'none'} of it known as paid"
        for bar in bars.fillna({"paid": 0.0}).rename(columns={"name": "leg"}).itertuples()
    )
    ended = len(told.ended)
    missing = f" Not drawn: {units.number_of(ended, 'leg')} cancelled or replaced." if ended else ""
    is_paid = chapter.is_paid(told).any()
    ends = {end: f"{end}_usd_bn" for end in (*accounts.RUNGS, "low", "high")}
    return Figure(
        id=f"{told.party}-ladder",
        title=f"A payment is known on {words.paid_of(told)}"
        if is_paid
        else "No payment is known so far",
        subtitle=f"Legs of {told.name} and of its deals, "
        f"{units.LAYER_WORDS[told.page.layer].lower()} amounts, USD billion, {told.page.as_known}",
        description=f"Stacked bars, one a leg. {spoken}.",
        draw=lambda width: ladder(bars, width),
        frame=bars.rename(columns=ends),
        labels={
            "name": "Leg",
            "paid_usd_bn": "Paid",
            "binding_usd_bn": "Binding beyond that",
            "announced_usd_bn": "Announced beyond that",
            "intended_usd_bn": "Letter of intent or report",
            "low_usd_bn": "Low",
            "high_usd_bn": "High",
        },
        rows=told.page.rows(told.standing),
        book=told.book,
        note="Bars of different instruments must not be added. Where a rung is a range, its low "
        f"end is drawn solid.{missing}",
    )


def timeline_figure(told: Dossier) -> Figure | None:
    """Every step of the related legs by the day it became public; None where none is known."""
    if not told.is_known:
        return None
    legs = told.related
    directions = accounts.directions(legs, told.page.focal).set_axis(legs.leg_id)
    events = told.events
    steps = events.assign(direction=events.leg_id.map(directions), label="")
    steps = steps.rename(columns={"amount_usd_bn": "amount"})
    in_time = steps.sort_values("known_on", kind="stable")
    days = [units.day(day.date()) for day in (steps.known_on.min(), steps.known_on.max())]
    spoken = "; ".join(
        f"{deal}: {units.listing(part.status.str.replace('_', ' '))}"
        for deal, part in steps.sort_values("known_on").groupby("deal", sort=False)
    )
    ended = len(told.ended)
    columns = ["known_on", "deal", "status", "amount"]
    return Figure(
        id=f"{told.party}-timeline",
        title=f"{units.number_of(ended, 'leg')} of {len(legs)} had been cancelled or replaced by "
        f"{days[1]}"
        if ended
        else f"Nothing has been withdrawn since the first step on {days[0]}",
        subtitle=f"Steps of the deals of {told.name} by the day they became public, amounts in "
        f"USD billion, {told.page.as_known}",
        description=f"Timeline with one lane a deal: "
        f"{units.number_of(steps.deal.nunique(), 'deal')}, {units.number_of(len(steps), 'step')} "
        f"from {days[0]} to {days[1]}. {spoken}.",
        draw=lambda width: timeline(steps[_DRAWN_STEPS], width),
        frame=in_time[columns].rename(columns={"amount": "amount_usd_bn"}),
        labels={
            "known_on": "Public since",
            "deal": "Deal",
            "status": "Step",
            "amount_usd_bn": "Amount of the leg",
        },
        writers={"status": lambda status: str(status).replace("_", " ")},
        rows=[f"events/{event}" for event in steps.event_id],
        book=told.book,
    )
