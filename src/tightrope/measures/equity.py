"""Paying with shares: what a price-contingent grant is worth, and what it takes off the bill.

The model of a share price is geometric Brownian motion with constant volatility and a constant
rate (Black & Scholes 1973, doi:10.1086/260062): risk-neutral, so a value and not a forecast.
The exercise price of a penny warrant is taken as zero.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from scipy.special import log_ndtr, ndtr

from tightrope.measures.amounts import ByParty, by_name


def touch_value(
    spot: float,
    hurdle: float,
    years: float,
    rate: float,
    volatility: float,
    dividend_yield: float = 0.0,
) -> float:
    """Value now of one share that is handed over when the price first touches `hurdle`.

    `spot` and `hurdle` in dollars a share; `years` left; `rate`, `volatility` and
    `dividend_yield` a year, continuously compounded, as fractions (0.55 is 55 %). Dollars a share,
    between 0 and `spot`: without dividends `spot` times the chance, by the share measure, that
    the price touches the hurdle in time. At or above the hurdle it is `spot`. An asset-at-hit
    digital (Rubinstein & Reiner 1991, Unscrambling the Binary Code, Risk 4(9):75–83; Haug 2007,
    The Complete Guide to Option Pricing Formulas). Dividends before the touch are lost.
    Raises ValueError unless spot, hurdle and volatility are positive and the rest not negative.
    """
    _check_positive(spot=spot, hurdle=hurdle, volatility=volatility)
    _check_not_negative(years=years, rate=rate, dividend_yield=dividend_yield)
    if hurdle <= spot:
        return spot
    distance, variance = math.log(hurdle / spot), volatility**2
    spread = volatility * math.sqrt(years)
    if spread == 0:
        return 0.0
    drift = rate - dividend_yield - variance / 2
    pull = math.sqrt(drift**2 + 2 * rate * variance)
    direct = math.exp(distance * (drift - pull) / variance) * ndtr(
        (-distance + pull * years) / spread
    )
    # The reflected paths: a huge factor times a tiny chance, so their logarithms are added.
    reflected = math.exp(
        distance * (drift + pull) / variance + log_ndtr((-distance - pull * years) / spread)
    )
    return min(float(hurdle * (direct + reflected)), spot)


def even_hurdles(start: float, last: float, tranches: int) -> list[float]:
    """Price targets in even steps from above `start` to `last`: dollars a share.

    An assumption, for where only the last target is public: the first target lies one step above
    `start`, the price on the day of the grant. Raises ValueError unless 0 < start <= last and
    there is a tranche.
    """
    _check_positive(start=start, last=last, tranches=tranches)
    if start > last:
        raise ValueError(f"start {start} lies above the last hurdle {last}")
    return [start + (last - start) * step / tranches for step in range(1, tranches + 1)]


def warrant_value(
    spot: float,
    hurdles: Sequence[float],
    shares: float,
    years: float,
    rate: float,
    volatility: float,
    delivery_probability: float | Sequence[float] = 1.0,
) -> pd.DataFrame:
    """Value of a penny warrant whose tranches vest at price targets: one row a tranche.

    Columns: `tranche` (from 1), `hurdle` (dollars a share), `shares` (their number; `shares` in
    all, split evenly over the hurdles) and `value` (dollars: shares times `touch_value`, times
    the chance that the other conditions, such as purchases, are met). `delivery_probability` is
    one chance for all tranches or one for each, and independent of the price: an assumption. The
    price condition belongs in the value at the grant date, the purchase condition does not (ASC
    718-10-30); here the caller decides about both. Raises ValueError for no hurdle, for shares or
    chances out of range, and as `touch_value` does.
    """
    _check_not_negative(shares=shares)
    targets = [float(hurdle) for hurdle in hurdles]
    if not targets:
        raise ValueError("hurdles must name at least one price")
    chances = (
        [float(delivery_probability)] * len(targets)
        if isinstance(delivery_probability, int | float)
        else [float(chance) for chance in delivery_probability]
    )
    if len(chances) != len(targets):
        raise ValueError(
            f"delivery_probability has {len(chances)} values for {len(targets)} hurdles"
        )
    for chance in chances:
        if not 0 <= chance <= 1:
            raise ValueError(f"delivery_probability must lie between 0 and 1, not {chance}")
    each = shares / len(targets)
    return pd.DataFrame(
        {
            "tranche": range(1, len(targets) + 1),
            "hurdle": targets,
            "shares": each,
            "value": [
                each * chance * touch_value(spot, target, years, rate, volatility)
                for target, chance in zip(targets, chances, strict=True)
            ],
        }
    )


def effective_rebate(equity_value: float, purchases: float) -> float:
    """Which part of its purchases a customer gets back in equity: a fraction, above 1 possible.

    Both in the same unit and at the same date: the equity at its fair value when promised, the
    purchases at what is to be paid for them, or both at present values. Raises ValueError
    unless `purchases` is positive and `equity_value` not negative.
    """
    _check_positive(purchases=purchases)
    _check_not_negative(equity_value=equity_value)
    return equity_value / purchases


def net_revenue(
    invoiced: float,
    contract: float,
    paid_to_customer: float,
    received_from_customer: float = 0.0,
) -> float:
    """Revenue that a seller may show for what it invoiced, when it also paid its customer.

    What a seller pays or gives its customer, shares included, takes off the price unless it buys
    something distinct worth as much; the reduction spreads over the contract as revenue does
    (IFRS 15.70–72 and Illustrative Example 32; ASC 606-10-32-25 to 27, 606-10-55-252). All in
    one unit: `invoiced` so far, `contract` in all, `paid_to_customer` in all, and the fair value
    `received_from_customer` for it. Can be negative: Plug Power reported negative revenue for
    the fourth quarter of 2020 for warrants given to Amazon. Raises ValueError unless `contract`
    is positive and the rest not negative.
    """
    _check_positive(contract=contract)
    _check_not_negative(
        invoiced=invoiced,
        paid_to_customer=paid_to_customer,
        received_from_customer=received_from_customer,
    )
    reduction = max(0.0, paid_to_customer - received_from_customer)
    return invoiced * (1 - reduction / contract)


@dataclass(frozen=True)
class LookThrough:
    """Revenue of a vendor that its own money has bought, between two bounds; the caller's unit.

    `revenue` is all that the vendor gets. `proportional`: every dollar of the buyer's sources
    pays for the same mix. `earmarked`: the vendor's money goes first to the vendor. The shares
    are of `revenue`, 0 where there is none.
    """

    revenue: float
    proportional: float
    earmarked: float

    @property
    def proportional_share(self) -> float:
        """`proportional` as a fraction of the revenue."""
        return self.proportional / self.revenue if self.revenue else 0.0

    @property
    def earmarked_share(self) -> float:
        """`earmarked` as a fraction of the revenue."""
        return self.earmarked / self.revenue if self.revenue else 0.0


def look_through(sources: ByParty, uses: ByParty, vendor: str) -> LookThrough:
    """How much of what a buyer pays `vendor` is the vendor's own money come back.

    `sources` and `uses` are what the buyer gets from and pays to each party, in one unit and for
    one period (mappings, or series by party). Money carries no name, so there are two answers:
    revenue x the vendor's share of the sources, and the smaller of revenue and the vendor's money.
    Goldman Sachs' table of October 2025 gives Nvidia 3.6 to 10 of 13 billion dollars. Raises
    ValueError for amounts that are missing, infinite or negative and for sources that are
    nothing, with the parties, and for a series that has a party twice.
    """
    came, went = by_name(sources, "sources"), by_name(uses, "uses")
    for name, amounts in (("sources", came), ("uses", went)):
        wrong = [
            f"{party} {amount:g}"
            for party, amount in amounts.items()
            if not (math.isfinite(amount) and amount >= 0)
        ]
        if wrong:
            raise ValueError(f"{name} must be known and not negative: {', '.join(wrong)}")
    total = sum(came.values())
    if total <= 0:
        raise ValueError("sources add up to nothing")
    revenue, own = went.get(vendor, 0.0), came.get(vendor, 0.0)
    return LookThrough(revenue, revenue * own / total, min(revenue, own))


def _check_positive(**values: float) -> None:
    for name, value in values.items():
        if not (math.isfinite(value) and value > 0):
            raise ValueError(f"{name} must be a positive number, not {value}")


def _check_not_negative(**values: float) -> None:
    for name, value in values.items():
        if not (math.isfinite(value) and value >= 0):
            raise ValueError(f"{name} must be a number and not negative, not {value}")
