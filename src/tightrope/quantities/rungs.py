"""How sure each side of an account is: what of it is paid, signed, on a condition, talked about.

The sums are those of the quantities, taken apart: what the layers below announced count of the
same legs, at the low and at the high end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope import counting, loops, terms
from tightrope.dealbook import LAYERS
from tightrope.quantities.view import View

NAMES = ("paid", "binding", "conditional", "announced")
"""From what is surest; `conditional` is what a contract has and is due only on a condition."""
_Amounts = npt.NDArray[np.float64]
"""One a leg, USD billion."""


class Rung(NamedTuple):
    """What stands on one rung and on none above it, USD billion; `high` is NaN where open."""

    name: str
    low: float
    high: float


class Side(NamedTuple):
    """What one side pays or is to pay the other, in all and by rung, USD billion.

    `high` is NaN where a leg is open above; `reach` then takes the most that is known of such a
    leg, and else is `high`. `unknown` are legs of which no sum is known at all.
    """

    low: float
    stated: float
    high: float
    reach: float
    rungs: tuple[Rung, ...]
    legs: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether no source sets an upper end."""
        return bool(np.isnan(self.high))

    @property
    def is_nothing(self) -> bool:
        """Whether not even a leg without a sum is known."""
        return not self.legs


def side(view: View, is_in: bool, layer: str = "announced") -> Side:
    """What `view`'s party is paid (`is_in`) or pays, as its quantities of that layer have it.

    Loans and guarantees are left out. Raises ValueError for an unknown layer.
    """
    chosen = view.paid_to if is_in else view.paid_by
    return view.book.once(
        ("side", view.focal, view.partner, is_in, layer),
        lambda: _side(view, {one: counting.given(chosen(one)) for one in _up_to(layer)}, layer),
    )


def onward(
    view: View, payers: Collection[str], payee: str, layer: str = "announced"
) -> dict[str, Side]:
    """What each of the payers pays `payee` in the web in which money can come back, by payer.

    The payments are those of `loops.payments`; what stands on an estimate is on no contract.
    """
    web = view.payments(layer)
    web = web[web.payee.eq(payee)]
    firm = {
        below: counting.given(counting.counted(view.book.within(*loops.SCOPES), below))
        for below in _up_to(layer)
        if below != layer
    }
    return {
        payer: _side(
            view,
            {layer: own} | {below: legs[legs.payee.eq(payee)] for below, legs in firm.items()},
            layer,
        )
        for payer in payers
        if len(own := web[web.payer.eq(payer)])
    }


def _up_to(layer: str) -> list[str]:
    """The layer and those that it contains."""
    return list(LAYERS[LAYERS.index(layer) :]) if layer in LAYERS else [layer]


def _side(view: View, frames: Mapping[str, pd.DataFrame], layer: str) -> Side:
    legs = frames[layer]
    # What is part of another leg's sum is counted once, with the whole.
    own = legs[~legs.part_of.isin(legs.leg_id)]
    ids = loops.leg_ids(own)
    parts = terms.of_legs(view.web).set_index("leg_id").part
    on_condition = ids.map(parts).eq("on_condition").to_numpy()
    low, stated, high = counting.total(legs)
    is_open = own.high.isna().any()
    silent = own[own.stated.eq(0) & own.high.isna()]
    rungs = _rungs(_beyond(own, frames, "low"), _beyond(own, frames, "high"), on_condition)
    return Side(
        low,
        stated,
        high,
        float((own.high.fillna(_most_known(own, frames)) if is_open else own.high).sum()),
        tuple(rung for rung in rungs if rung.low > 0 or rung.high != 0),
        tuple(dict.fromkeys(ids)),
        tuple(silent.leg_id),
    )


def _most_known(own: pd.DataFrame, frames: Mapping[str, pd.DataFrame]) -> pd.Series[float]:
    """The largest end of each leg that any layer knows."""
    ends = pd.concat(frames.values()).groupby("leg_id")[list(counting.ENDS)].max().max(axis=1)
    return own.leg_id.map(ends).fillna(0.0)


def _rungs(
    low: Mapping[str, _Amounts], high: Mapping[str, _Amounts], on_condition: npt.NDArray[np.bool_]
) -> Iterator[Rung]:
    chosen = {"binding": ~on_condition, "conditional": on_condition}
    for name in NAMES:
        layer = "binding" if name in chosen else name
        if layer in low:
            legs = chosen.get(name, np.full(len(on_condition), True))
            yield Rung(name, float(low[layer][legs].sum()), float(high[layer][legs].sum()))


def _beyond(own: pd.DataFrame, frames: Mapping[str, pd.DataFrame], end: str) -> dict[str, _Amounts]:
    """What each leg has on each layer beyond the one that it contains, at one end.

    A layer reaches at most as far as the one around it; what adds to a sum without an upper end
    adds nothing that is known.
    """
    found: dict[str, _Amounts] = {}
    within = None
    for layer in frames:
        there = frames[layer].drop_duplicates("leg_id")
        known = dict(zip(there.leg_id, there[end], strict=True))
        amounts = np.array([known.get(leg, 0.0) for leg in own.leg_id], dtype=np.float64)
        if within is not None:
            amounts = np.fmin(amounts, found[within]) if end == "high" else amounts
            both = np.isnan(found[within]) & np.isnan(amounts)
            found[within] = np.where(both, 0.0, found[within] - amounts)
        found[layer] = amounts
        within = layer
    return found
