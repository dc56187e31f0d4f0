"""The circular share of sums that are ranges: what goes straight back, over all that comes in.

With each partner the smaller side goes round. The share rises with what goes out, so that its ends
lie at the ends of that side. In what one partner puts in it rises up to what that partner is paid
and falls beyond, whatever all others give. So it is largest where each partner gives what it is
paid, as near as its range allows, and smallest where each gives its least or its most; which of
the two, a short iteration finds (Dinkelbach 1967, doi 10.1287/mnsc.13.7.492).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope.counting import Ends

_Amounts = npt.NDArray[np.float64]


def round_trip_share(sides: pd.DataFrame) -> Ends:
    """The part of what comes in that can go straight back, as a fraction at its three ends.

    `sides` has a row a partner: in_low, in_stated, in_high and out_low, out_stated, out_high, as
    `counting.by_partner` makes them; USD billion. A missing `in_high` counts as stated: an open sum
    bounds no share; a missing `out_high` is open. NaN where nothing comes in.
    """
    amount = {name: sides[name].to_numpy(np.float64) for name in sides if name != "party"}
    most = np.where(np.isnan(amount["in_high"]), amount["in_stated"], amount["in_high"])
    open_out = np.where(np.isnan(amount["out_high"]), np.inf, amount["out_high"])
    # Where nothing has to come in and nothing can go out, whatever comes in stays.
    best = np.clip(open_out, amount["in_low"], most)
    return Ends(
        low=_least(amount["in_low"], most, amount["out_low"]),
        stated=_share(amount["in_stated"], amount["out_stated"]),
        high=_share(best if best.any() else most, open_out),
    )


def _share(given: _Amounts, paid: _Amounts) -> float:
    whole = float(given.sum())
    return float(np.minimum(given, paid).sum()) / whole if whole > 0 else float("nan")


def _least(low: _Amounts, high: _Amounts, paid: _Amounts) -> float:
    share = _share(high, paid)
    while True:
        worth_low = np.minimum(low, paid) - share * low
        worth_high = np.minimum(high, paid) - share * high
        found = _share(np.where(worth_low < worth_high, low, high), paid)
        if not found < share:
            return share
        share = found
