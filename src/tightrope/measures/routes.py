"""Money that can return by any route, and the payments whose loss would end every return.

An upper bound of the round trip: it assumes that each party could pass on, along the payments
that exist, the very dollars that it received.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from ortools.graph.python.max_flow import SimpleMaxFlow

from tightrope.measures.payments import PER_BN, Place, Web, share
from tightrope.measures.solver import maximum_flow

OPEN = 1e5
"""USD billion that stand for a payment without a known upper end: more than any web holds."""


@dataclass(frozen=True, eq=False)
class Returnable:
    """The most that can leave a party and come back to it; amounts in USD billion."""

    value: float
    share_of_inflow: float
    """Value as a share of all that is paid to the party; NaN if nothing is."""
    cut: pd.DataFrame
    """payer, payee, amount: the payments to cancel so that nothing returns. No other choice is
    cheaper; they add up to `value`, which proves it. Of equal choices, the one nearest to the
    party's own payments. Largest first."""


def returnable(payments: pd.DataFrame, focal: Hashable) -> Returnable:
    """The most that can leave `focal` and return to it along payments, whoever passes it on.

    A maximum flow from what `focal` pays to what it is paid, exact in whole thousands of dollars.
    What `focal` pays to itself is left out. Raises ValueError if it neither pays nor is paid.
    """
    web = Web.of(payments).without_self_payments()
    source = web.place(focal)
    solver, payee, sink = _in_two(web, source)
    value = maximum_flow(solver, source, sink)
    near = np.zeros(sink + 1, dtype=bool)
    near[solver.get_source_side_min_cut()] = True
    cut = web.frame()[near[web.payer] & ~near[payee]]
    return Returnable(
        value=value / PER_BN,
        share_of_inflow=share(value, int(web.thousands[payee == sink].sum())),
        cut=cut.sort_values("amount", ascending=False, kind="stable", ignore_index=True),
    )


def value_returnable(payments: pd.DataFrame, focal: Hashable) -> float:
    """`Returnable.value` by itself: without the payments whose loss would end every return."""
    web = Web.of(payments).without_self_payments()
    return returning(web, web.place(focal)) / PER_BN


def returning(web: Web, place: int) -> int:
    """`Returnable.value` for the party at this place of a web, in thousands of dollars.

    What a party pays to itself is in no such web.
    """
    solver, _, sink = _in_two(web, place)
    return maximum_flow(solver, place, sink)


def _in_two(web: Web, source: int) -> tuple[SimpleMaxFlow, Place, int]:
    """The focal party in two: payments leave from one half and arrive at the other, the sink."""
    sink = len(web.parties)
    payee = np.where(web.payee == source, sink, web.payee).astype(np.int32)
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(web.payer, payee, web.thousands)
    return solver, payee, sink
