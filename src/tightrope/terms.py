"""On what terms a leg is owed: what dated statements say of it, and guarantees side by side.

A contract that is due whatever happens, one that is due as capacity is delivered and one whose
terms nobody published are three different things, and are never one sum without saying so.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope import ledger
from tightrope.dealbook import Dealbook, remembered

ASPECTS = ("form", "condition", "conditioned_on", "recourse", "termination", "formula", "trigger")
UNDISCLOSED = "undisclosed"
PARTS = {
    "without_condition": ("none",),
    "on_condition": ("on_delivery", "on_milestone", "on_third_party", "option"),
    "terms_not_public": (UNDISCLOSED,),
}
"""The parts of what is signed, and the conditions of `terms.csv` that belong to each."""
_PART_OF = {condition: part for part, those in PARTS.items() for condition in those}


@remembered
def of_legs(book: Dealbook) -> pd.DataFrame:
    """The terms of every leg as known on the book's day: one row a leg, in their order.

    Columns: leg_id, `ASPECTS` ("" where no statement names one), cap_usd_bn (USD billion, NaN
    where none was published), `part` (a key of `PARTS`) and `term_ids`, the statements that the
    row rests on. Of each aspect the newest statement that names it counts. `condition` is
    "undisclosed" where no statement says more: silence is never "none".
    """
    said = book.terms.sort_values("known_on", kind="stable")
    said = said.assign(condition=said.condition.replace(UNDISCLOSED, ""))
    columns = [*ASPECTS, "cap_usd_bn"]
    by_leg = said[columns].replace("", None).groupby(said.leg_id, sort=False)
    table = by_leg.last().reindex(book.legs.leg_id)
    table[list(ASPECTS)] = table[list(ASPECTS)].fillna("")
    table["cap_usd_bn"] = table.cap_usd_bn.astype("float64")
    table["condition"] = table.condition.replace("", UNDISCLOSED)
    table["part"] = table.condition.map(_PART_OF)
    ids = said.groupby("leg_id").term_id.agg(tuple)
    table["term_ids"] = [ids.get(leg, ()) for leg in table.index]
    return table.rename_axis("leg_id").reset_index()


def guarantees(book: Dealbook) -> pd.DataFrame:
    """Every guarantee side by side, the largest cap first: one row a leg.

    Columns: leg_id, deal_id, payer (the guarantor), payee (whom it protects), `cap_usd_bn`,
    `amount`, `low`, `high` (what the ladder says is guaranteed now, announced layer, USD billion),
    status, formula, trigger, termination and term_ids. The cap is the most that the guarantor can
    have to pay; it is not what is expected, and not what is owed today.
    """
    legs = ledger.ladder(book)
    legs = legs[legs.instrument.eq("guarantee")]
    table = legs.merge(of_legs(book), on="leg_id").rename(
        columns={"announced": "amount", "announced_low": "low", "announced_high": "high"}
    )
    size = table.cap_usd_bn.fillna(table.amount).fillna(table.high).fillna(table.low)
    order = np.argsort(-size.fillna(0.0).to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)[
        [
            *("leg_id", "deal_id", "payer", "payee", "cap_usd_bn", "amount", "low", "high"),
            *("status", "formula", "trigger", "termination", "term_ids"),
        ]
    ]
