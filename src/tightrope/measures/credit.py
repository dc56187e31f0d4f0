"""What a promise is worth that may be broken: present values, hazard rates, guarantees.

Rates, spreads and recoveries are fractions a year or of a dollar (0.05 is 5 %); amounts are in one
unit, here USD billion. A spread is what a debtor's bonds yield beyond those of the Treasury.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd


def present_value(payments: pd.DataFrame, year: int, rate: float) -> float:
    """Payments of years, discounted to `year`: the unit of `amount`.

    Columns year and amount; a payment counts at the end of its year, and those of `year` itself,
    or of one before it, are not discounted, as in `timing.present_values`. Raises ValueError for a
    payment without a year and for a rate of -1 or less.
    """
    _check_rate(rate, -1.0)
    if payments.year.isna().any():
        raise ValueError("a payment without a year cannot be discounted")
    away = np.maximum(payments.year.to_numpy(np.float64) - year, 0.0)
    return float(np.sum(payments.amount.to_numpy(np.float64) * (1 + rate) ** -away))


def mean_life(payments: pd.DataFrame, year: int) -> float:
    """Years from `year` to the average dollar of `payments`, weighted by amount; NaN for none.

    Columns year and amount, as `present_value` takes them. The duration at a rate of nothing.
    """
    away = np.maximum(payments.year.to_numpy(np.float64) - year, 0.0)
    amounts = payments.amount.to_numpy(np.float64)
    return float(away @ amounts / amounts.sum()) if amounts.sum() > 0 else math.nan


def hazard_rate(spread: float, recovery: float) -> float:
    """The yearly rate of default that pays for a spread: spread / (1 - recovery).

    Constant over time, by the market's rule of thumb (the "credit triangle": Hull, Options,
    Futures, and Other Derivatives, chapter on credit risk). It is a price and not a forecast: who
    bears the risk wants more than the average loss. Raises ValueError for a negative spread and
    for a recovery outside 0 ≤ recovery < 1.
    """
    _check_rate(spread, 0.0, "spread", inclusive=True)
    if not 0 <= recovery < 1:
        raise ValueError(f"recovery must be at least 0 and less than 1, not {recovery}")
    return spread / (1 - recovery)


def default_probability(spread: float, recovery: float, years: float) -> float:
    """The chance, as a spread implies it, of a default within `years`: 1 - exp(-hazard x years).

    Raises ValueError as `hazard_rate` does, and for negative years.
    """
    _check_rate(years, 0.0, "years", inclusive=True)
    return -math.expm1(-hazard_rate(spread, recovery) * years)


def guarantee_value(
    cap: float, spread: float, recovery: float, years: float, rate: float = 0.0
) -> float:
    """What it is worth that somebody else pays up to `cap` if a debtor defaults within `years`.

    At a rate of nothing: cap x chance of default x (1 - recovery). With a `rate` each year's loss
    is discounted continuously from the moment of default, with a force of log(1 + rate):

        cap (1 - recovery) hazard / (hazard + force) (1 - exp(-(hazard + force) years))

    `spread` is the debtor's, `recovery` what is got back of a dollar without the guarantor. A cap
    that falls over the years makes it worth less. In the unit of `cap`. Raises ValueError as
    `default_probability` does, and for a negative cap or rate.
    """
    _check_rate(cap, 0.0, "cap", inclusive=True)
    _check_rate(rate, 0.0, inclusive=True)
    _check_rate(years, 0.0, "years", inclusive=True)
    hazard = hazard_rate(spread, recovery)
    total = hazard + math.log1p(rate)
    if total == 0:
        return 0.0
    return cap * (1 - recovery) * hazard / total * -math.expm1(-total * years)


def _check_rate(value: float, least: float, name: str = "rate", inclusive: bool = False) -> None:
    is_right = value >= least if inclusive else value > least
    if not (math.isfinite(value) and is_right):
        bound = "at least" if inclusive else "above"
        raise ValueError(f"{name} must be a number of {bound} {least:g}, not {value}")
