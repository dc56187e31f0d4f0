"""How sure a measure is: legs drawn at random, many times, as what is known of them allows.

Two things are uncertain. How large a leg is: sources give a range. Whether it comes at all: an
announcement is not a contract and a contract is not money. Both are drawn once for each deal and
run, not for each leg: the two legs of one deal grow together, and live or die together. Drawing
them apart would make every round trip look smaller and safer than it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

Amounts = npt.NDArray[np.float64]
Chance = tuple[float, float]

LAYERS = ("paid", "binding", "announced")
"""From the inside out: each contains the one before it."""
SPREADS = ("triangular", "uniform")
PRIORS: Mapping[str, Chance] = MappingProxyType(
    {
        "paid": (1.0, 1.0),
        "binding": (0.8, 1.0),
        "conditional": (0.5, 0.9),
        "announced": (0.1, 0.5),
    }
)
"""The chance that money comes, low and high, by the layer it is on: an assumption to be varied.

Paid is certain; `binding` is take-or-pay; `conditional` is a contract with milestones; announced
includes letters of intent. The one that has run its course since, Nvidia's letter of 100 USD
billion, came to 0.30 of it.
"""


def sample(
    legs: pd.DataFrame,
    runs: int,
    seed: int,
    layer: str = "announced",
    chances: Mapping[str, Chance] = PRIORS,
    spread: str = "triangular",
) -> Amounts:
    """Amounts of legs (USD billion): one row a run, one column a leg in the order of `legs`.

    `legs` are rows of `ledger.flows` or `ledger.ladder`: `deal_id`, and `L`, `L_low`, `L_high`
    for each layer `L` up to `layer`. Where a column `conditional` is true, what binds beyond what
    is paid has the chances of that name. For each run and deal two numbers are drawn:

    - a size: each layer of each leg stands at this quantile of its range, which is triangular
      with the stated amount as its mode, or uniform; uniform too where no source gives an amount.
      An open high end of an inner layer is bounded by the outer layer;
    - a fate: what is on a layer beyond the one inside it comes if the fate is below the layer's
      chance. So legs on the same layer live or die together, and where one deal has legs on two
      layers the less certain one cannot outlive the other.

    The chance itself lies between low and high, at a third number that is drawn for each run and
    is the same for all deals: nobody knows how firm announcements are in general.

    The same seed gives the same amounts, whatever the order of rows. Raises ValueError for legs
    whose range on `layer` has no high end, for ranges out of order, and for an unknown layer,
    spread or chance.
    """
    inner = _layers(layer)
    if spread not in SPREADS:
        raise ValueError(f'spread must be one of {", ".join(SPREADS)}, not "{spread}"')
    if runs < 1:
        raise ValueError(f"runs must be at least 1, not {runs}")
    _check_chances(chances)
    deals, names = pd.factorize(legs.deal_id, sort=True)
    random = np.random.default_rng(seed)
    size, fate = random.random((2, runs, len(names)))[:, :, deals]
    outlook = random.random((runs, 1))
    conditional = legs.conditional.to_numpy(bool) if "conditional" in legs else False
    total, reached = np.zeros_like(size), np.zeros_like(size)
    for name, (low, mode, high) in zip(inner, _ranges(legs, inner), strict=True):
        plain, hedged = (chances[key] for key in (name, "conditional"))
        unlikely, likely = (
            np.where(conditional & (name == "binding"), end[1], end[0])
            for end in zip(plain, hedged, strict=True)
        )
        amount = np.maximum(reached, _quantile(size, low, mode, high, spread))
        comes = fate < unlikely + outlook * (likely - unlikely)
        total += np.where(comes, amount - reached, 0.0)
        reached = amount
    return total


def triangular(
    at: npt.ArrayLike, low: npt.ArrayLike, mode: npt.ArrayLike, high: npt.ArrayLike
) -> Amounts:
    """The value at these quantiles of a triangle from `low` over `mode` to `high`."""
    share, least, peak, most = (np.asarray(given, np.float64) for given in (at, low, mode, high))
    width = most - least
    # Without a width there is one value, whatever the shape.
    top = np.divide(peak - least, width, out=np.zeros_like(width), where=width > 0)
    rising, falling = np.sqrt(top * share), 1 - np.sqrt((1 - top) * (1 - share))
    return least + width * np.where(share < top, rising, falling)


def quantiles(values: npt.ArrayLike, at: Sequence[float] = (0.05, 0.5, 0.95)) -> pd.Series:
    """The values below which these shares of all runs lie, indexed by the shares.

    Raises ValueError without values or with values that are not finite.
    """
    runs = np.asarray(values, dtype=np.float64)
    if not runs.size or not np.isfinite(runs).all():
        raise ValueError(f"{int((~np.isfinite(runs)).sum())} of {runs.size} values are not finite")
    return pd.Series(np.quantile(runs, at), index=pd.Index(at, name="quantile"))


def _layers(layer: str) -> tuple[str, ...]:
    if layer not in LAYERS:
        raise ValueError(f'layer must be one of {", ".join(LAYERS)}, not "{layer}"')
    return LAYERS[: LAYERS.index(layer) + 1]


def _check_chances(chances: Mapping[str, Chance]) -> None:
    if set(chances) != set(PRIORS):
        raise ValueError(f"chances are needed for {', '.join(PRIORS)}, not {', '.join(chances)}")
    for name, (low, high) in chances.items():
        if not 0 <= low <= high <= 1:
            raise ValueError(f"the chance of {name} must be 0 ≤ low ≤ high ≤ 1, not {low}, {high}")
    for binding in ("binding", "conditional"):
        for surer, less_sure in (("paid", binding), (binding, "announced")):
            if any(np.less(chances[surer], chances[less_sure])):
                raise ValueError(f"{less_sure} money cannot be surer than {surer} money")


def _ranges(legs: pd.DataFrame, layers: Sequence[str]) -> list[tuple[Amounts, Amounts, Amounts]]:
    """Low, mode (NaN if unknown) and high of each layer, from the inside out."""
    ranges: list[tuple[Amounts, Amounts, Amounts]] = []
    bound = np.full(len(legs), np.inf)
    for layer in reversed(layers):
        low, mode, high = (
            legs[f"{layer}{end}"].to_numpy(np.float64, na_value=np.nan)
            for end in ("_low", "", "_high")
        )
        high = np.fmin(high, bound)
        wrong = ~(np.isfinite(high) & (low >= 0) & (low <= high))
        wrong |= (mode < low) | (mode > high)
        if wrong.any():
            named = legs.leg_id if "leg_id" in legs else legs.index.to_series()
            rows = zip(named[wrong], low[wrong], mode[wrong], high[wrong], strict=True)
            raise ValueError(
                f"{layer} needs 0 ≤ low ≤ amount ≤ high, all but the amount known: "
                + ", ".join(f"{leg} has {a:g}, {b:g}, {c:g}" for leg, a, b, c in rows)
            )
        ranges.append((low, mode, high))
        bound = high
    return ranges[::-1]


def _quantile(at: Amounts, low: Amounts, mode: Amounts, high: Amounts, spread: str) -> Amounts:
    """The amount at this quantile of a triangular or uniform range."""
    width = high - low
    if spread == "uniform":
        return low + at * width
    return np.where(np.isnan(mode), low + at * width, triangular(at, low, mode, high))
