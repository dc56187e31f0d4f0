"""The bilateral round trip: money that comes straight back from the party that it went to.

A lower bound of circularity: no model is needed and each pair can be audited, but money that
returns by way of a third party is not seen.
"""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pandas as pd

from tightrope.measures.payments import Web, in_bn, share


def bilateral(payments: pd.DataFrame, focal: Hashable) -> pd.DataFrame:
    """The round trip of `focal` with each partner: party, paid_in, paid_out, round_trip.

    USD billion: what the party pays to `focal`, what `focal` pays to the party, and the smaller
    of the two. Largest round trip first, then by the party's name. What `focal` pays to itself is
    left out. Raises ValueError if `focal` neither pays nor is paid.
    """
    web = Web.of(payments).without_self_payments()
    place = web.place(focal)
    paid_in, paid_out = np.zeros((2, len(web.parties)), dtype=np.int64)
    inward, outward = web.payee == place, web.payer == place
    paid_in[web.payer[inward]] = web.thousands[inward]
    paid_out[web.payee[outward]] = web.thousands[outward]
    table = pd.DataFrame(
        {
            "party": web.parties,
            "paid_in": in_bn(paid_in),
            "paid_out": in_bn(paid_out),
            "round_trip": in_bn(np.minimum(paid_in, paid_out)),
        }
    )
    partners = table[(paid_in > 0) | (paid_out > 0)]
    return partners.sort_values("round_trip", ascending=False, kind="stable", ignore_index=True)


def reciprocity(payments: pd.DataFrame) -> float:
    """The share of all payments that is matched by a payment straight back.

    r = Σ min(w_ij, w_ji) / Σ w_ij over i ≠ j: the weighted reciprocity of Squartini, Picciolo,
    Ruzzenenti and Garlaschelli (2013), doi 10.1038/srep02729. 0 if no pair pays both ways, 1 if
    every pair pays each other alike; NaN without payments between two parties.
    """
    web = Web.of(payments).without_self_payments()
    matched = np.minimum(web.thousands, web.straight_back(web.thousands))
    return share(int(matched.sum()), web.gross)
