"""The pictures of the core deal: several answers to one question, and both sides of the account."""

from __future__ import annotations

import math

import pandas as pd

from tightrope import units
from tightrope.chapters import core_deal
from tightrope.charts.figure import Figure
from tightrope.charts.sums import dumbbell
from tightrope.charts.table import known_usd_bn
from tightrope.charts.two_sided import LABELS, amounts, two_sided
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantities


def answers_figure(page: Opening, returned: pd.DataFrame, partner: str, note: str) -> Figure | None:
    """`core_deal.answers` as ranges, one a source; None where none is known."""
    if returned.empty:
        return None
    who, name = page.book.party_name(page.focal), page.book.party_name(partner)
    told = []
    for answer in returned.itertuples():
        amount = units.usd_bn_with_range(answer.value, answer.low, answer.high)
        is_in_doubt = answer.low < answer.high and pd.notna(answer.value)
        doubt = f", range {units.usd_bn_range(answer.low, answer.high)}" if is_in_doubt else ""
        told.append(f"{answer.label}: {amount}{doubt}")
    return Figure(
        id="core-deal-five-answers",
        title=f"How much came back to {name} depends on what is counted",
        subtitle=f"Payments from {who} to {name} by source, USD billion, {page.as_known}",
        description=f"Horizontal ranges, one a source. {'; '.join(told)}. The sources cover "
        "different years and kinds of payment and must not be added.",
        draw=lambda width: dumbbell(returned, width),
        frame=returned.rename(columns={end: f"{end}_usd_bn" for end in ("value", "low", "high")}),
        labels={
            "label": "What is counted",
            "low_usd_bn": "Low",
            "value_usd_bn": "Value",
            "high_usd_bn": "High",
            "row": "Row",
        },
        rows=list(returned.row),
        book=page.book,
        note=note,
    )


def two_sided_figure(page: Opening, partner: str, q: Quantities) -> Figure | None:
    """What the two have paid and promised each other by layer; None where there is nothing.

    `q` are the quantities of the focal party with the partner alone.
    """
    legs = core_deal.between(page.ladder, partner, page.focal)
    if legs.empty:
        return None
    name = page.book.party_name(partner)
    sides = core_deal.by_layer(page.book, page.focal, partner)
    sides = sides.assign(party=sides.step, as_range=True)
    told = "; ".join(
        f"{side.party}: in from {name} {units.usd_bn_known(math.nan, side.in_low, side.in_high)}, "
        f"out to it {units.usd_bn_known(math.nan, side.out_low, side.out_high)}"
        for side in sides.itertuples()
    )
    return Figure(
        id="core-deal-two-sided",
        title=_finding(q, page.book.party_name(page.focal), name),
        subtitle=f"{name} and {page.book.party_name(page.focal)}, USD billion, {page.as_known}",
        description=f"Two-sided bars. {told}.",
        draw=lambda width: two_sided(sides, width),
        frame=amounts(sides),
        labels={"party": "Layer", **LABELS},
        writers=dict.fromkeys(LABELS, known_usd_bn),
        rows=page.rows(legs),
        book=page.book,
        note=_note(legs, page),
    )


def _finding(q: Quantities, who: str, name: str) -> str:
    if q["paid_out"].low >= q["paid_in"].high and q["to_pay"].low > 2 * q["paid_out"].low:
        return f"{who} has paid {name} more than {name} has paid in, and has promised much more"
    return f"What {name} and {who} have paid and promised each other"


def _note(legs: pd.DataFrame, page: Opening) -> str:
    shares = legs[legs.payer.eq(page.focal) & legs.instrument.eq("revenue_share")]
    if not shares.stated_as.eq("reported").any():
        return ""
    return (
        "The bars show what parties and contracts name, the labels the ranges. The ceiling that "
        f"the press reports for the share of {page.book.party_name(page.focal)}’s revenue is in "
        "the upper end alone."
    )
