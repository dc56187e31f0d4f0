"""The facts that how circular states: what was computed, under the keys of its text."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope import units
from tightrope.chapters.how_circular import Finding
from tightrope.counting import Ends
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts
from tightrope.quantities import Quantities, Quantity


def difference(straight: Quantity, by_route: Quantity, others: str) -> str:
    """Why more can return by any route than straight back: a sentence, or "" where it is no more.

    `others` are who gives more than it is paid.
    """
    if by_route.low - straight.low < 1e-9:
        return ""
    return (
        f"The step from {straight.at('low')} to {by_route.at('low')} is money that leaves for "
        f"other firms and returns from {others}."
    )


def state_return(fact: Facts, q: Quantities, others: str, name: str) -> None:
    """State whether anything announced can return, and why more by any route than straight."""
    by_route = q["back_by_any_route"]
    on = fact.on(by_route.rows)
    on.words(
        "difference",
        difference(q["round_trip"], by_route, others),
        "returnable by any route less straight back, announced, at the low ends",
    )
    on.words(
        "circle",
        "yes" if by_route.high != 0 and q["to_pay"].stated > 0 else "",
        f"whether anything of a known sum that is announced can return to {name} by any route",
    )


def state_cut(
    fact: Facts, severed: pd.DataFrame, givers: list[str], widest: str, book: Dealbook, focal: str
) -> None:
    """State by whom the payments of the cut are, on which side it runs, and whom it passes."""
    name = book.party_name(focal)
    fact.words(
        "cut-names",
        units.listing(givers) or "nobody",
        "payers of the payments in the cheapest cut, every range at its high end",
    )
    fact.words(
        "cut-here",
        "yes" if len(severed) else "",
        f"whether anything can return to {name} by any route on the layer of this edition",
    )
    fact.words(
        "narrow-side",
        f"Each of them gets more of {name}’s money, straight or through others, than it gives. "
        "So no more can return through it than it gives."
        if len(severed) and severed.payee.eq(focal).all()
        else f"Where the cut runs on the left, what {name} pays a firm is less than what the firm "
        "gives.",
        f"whether all payments of the cut are payments to {name}",
    )
    how = f"who is paid most by {name} of those who give it nothing and pay others who do"
    fact.words("widest", book.party_name(widest) if widest else "", how)


def state_peak(fact: Facts, peak: pd.Series[float], layer: str, since: str) -> None:
    """State the quarter of the largest share, and whether it was on the day `since` or later."""
    day = pd.Timestamp(peak.day)
    fact.words(
        "grown",
        "yes" if layer == "announced" and day >= pd.Timestamp(since) else "",
        "whether the share was highest on that day or later, announced layer",
    )
    fact(
        "peak-share",
        float(100 * peak.share),
        "percent",
        "largest share of any quarter: returnable by any route over what comes in, low ends",
    )
    how = "returnable by any route in that quarter, low ends"
    fact("peak-back", float(peak.any_route), "usd_bn", how)
    how = "day of the largest share, among the ends of quarters"
    fact.words("peak-day", units.day(day.date()), how)


def state_beyond(fact: Facts, q: Quantities, name: str) -> None:
    """State how far what comes in falls short of what is to be paid, at the low ends."""
    comes, goes, back = _ends_of(q)
    fact.words(
        "beyond-funding",
        "yes" if goes.low > comes.low and back.high != 0 else "",
        f"whether {name} is to pay more than it gets, announced, low ends",
    )
    how = f"what {name} is to pay less what it gets, announced, every range at its low end"
    fact("beyond", goes.low - comes.low, "usd_bn", how)
    part = 100 * comes.low / goes.low if goes.low else np.nan
    how = f"what {name} gets over what it is to pay, announced, low ends"
    fact("whole-circle", part, "percent", how)


def state_finding(fact: Facts, found: Finding) -> None:
    """The headline."""
    how = "returnable by any route over what comes in, on the layer of this edition, low ends"
    fact.words("finding", found.words, how, found.back.rows)


def state_choices(fact: Facts, bare: Ends, joined: Ends, is_told: bool) -> None:
    """What can return without a warrant, at most, and with two parties as one, at least."""
    fact.words("choices", "yes" if is_told else "", "whether both choices change something")
    how = "returnable by any route with the warrant at nothing, announced, high end"
    fact("without-warrant", bare.high, "usd_bn", how)
    how = "returnable by any route with two parties as one firm, announced, low end"
    fact("softbank-one", joined.low, "usd_bn", how)


def state_shares(fact: Facts, q: Quantities, name: str) -> None:
    """State what can return over what comes in, and over what is to be paid, at the low ends."""
    comes, goes, back = _ends_of(q)
    part = 100 * back.low / comes.low if comes.low else np.nan
    how = f"returnable by any route over what {name} gets, announced, low ends"
    fact("low-share", part, "percent", how, back.rows)
    part = 100 * back.low / goes.low if goes.low else np.nan
    how = f"returnable by any route over what {name} is to pay, announced, low ends"
    fact("low-out-share", part, "percent", how, [*back.rows, *goes.rows])
    how = f"returnable by any route over what {name} gets, announced, high ends"
    fact.on(back.rows).words("top-share", _top_share(comes, back, name), how)


def _top_share(comes: Quantity, back: Quantity, name: str) -> str:
    """What can return over what comes in at the high ends, in a sentence; "" if nothing comes."""
    if comes.high == 0:
        return ""
    if np.isnan(comes.high) or np.isnan(back.high):
        return (
            f"For the high end there is no share, because a part of what {name} is promised has no "
            "known upper end."
        )
    part = units.written(100 * back.high / comes.high, "percent")
    return f"At the high ends it is {back.at('high')} of {comes.at('high')}, or {part}."


def _ends_of(q: Quantities) -> tuple[Quantity, Quantity, Quantity]:
    """What comes in, what is to be paid, and what can return by any route."""
    return q["to_come_in"], q["to_pay"], q["back_by_any_route"]
