"""The pictures of the core deal: several answers to one question, and both sides of the account."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from tightrope import units
from tightrope.chapters import core_deal
from tightrope.chapters.core_deal import Finding
from tightrope.charts.figure import Figure
from tightrope.charts.sums import dumbbell
from tightrope.charts.table import known_usd_bn
from tightrope.charts.two_sided import two_sided
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantities

_ENDS = {
    "in_low_usd_bn": "In, low",
    "in_high_usd_bn": "In, high",
    "out_low_usd_bn": "Out, low",
    "out_high_usd_bn": "Out, high",
    "round_low_usd_bn": "Round trip, low",
    "round_high_usd_bn": "Round trip, high",
}
"""The columns of both sides of the account after the first, as their table heads them."""


def answers_figure(
    page: Opening, returned: pd.DataFrame, found: Finding, note: str
) -> Figure | None:
    """What was paid in, and `core_deal.answers` to what came back; None where neither is known."""
    put_in = found.paid_in
    if returned.empty and not put_in.stated:
        return None
    who, name = page.book.party_name(page.focal), found.name
    first = pd.DataFrame(
        {"label": [put_in.definition.title[:1].upper() + put_in.definition.title[1:]], "row": [""]}
    ).assign(value=put_in.stated, low=put_in.low, high=put_in.high, direction="in")
    sums = pd.concat([first, returned.assign(direction="out")], ignore_index=True)
    sums["heading"] = [_HEADS[way].format(who=who, name=name) for way in sums.direction]
    return Figure(
        id="core-deal-five-answers",
        title=f"How much came back to {name} depends on what is counted",
        subtitle=f"{name} and {who}: paid in, and answers to what was paid back, USD billion, "
        f"{page.as_known}",
        description=f"Ranges in two groups. {'; '.join(map(_told, sums.itertuples()))}. The "
        "answers cover different years and kinds of payment and must not be added.",
        draw=lambda width: dumbbell(sums, width),
        frame=sums.rename(columns={end: f"{end}_usd_bn" for end in ("value", "low", "high")}),
        labels={
            "label": "What is counted",
            "low_usd_bn": "Low",
            "value_usd_bn": "Value",
            "high_usd_bn": "High",
            "row": "Row",
        },
        rows=[*put_in.rows, *returned.row],
        book=page.book,
        note=note,
    )


_HEADS = {"in": "{name} → {who}", "out": "{who} → {name}: several answers"}


def _told(answer: Any) -> str:
    amount = units.usd_bn_with_range(answer.value, answer.low, answer.high)
    is_in_doubt = answer.low < answer.high and pd.notna(answer.value)
    doubt = f", range {units.usd_bn_range(answer.low, answer.high)}" if is_in_doubt else ""
    return f"{answer.label}: {amount}{doubt}"


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
        frame=sides.add_suffix("_usd_bn").rename(columns={"party_usd_bn": "party"})[
            ["party", *_ENDS]
        ],
        labels={"party": "Layer", **_ENDS},
        writers=dict.fromkeys(_ENDS, known_usd_bn),
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
