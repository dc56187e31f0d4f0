"""A party's account with each partner: what came in, what went out, and on which rung it stands."""

from __future__ import annotations

import numpy as np
import pandas as pd

INTENDED = ("letter_of_intent", "reported")
RUNGS = ["paid", "binding", "announced", "intended"]


def sides(legs: pd.DataFrame, focal: str) -> pd.DataFrame:
    """The account of `focal` with each partner, from `ledger.flows`: one row a partner.

    Columns: party; `paid_in`, `paid_out`, known amounts in USD billion; `round_trip`, the smaller
    of the two; `low` and `high`, the round trip at the low and at the high end of every range
    (an end that is not known is set by the other side; NaN if neither is known). Largest payments
    out first.
    """
    inward = legs[legs.payee.eq(focal)].groupby("payer")
    outward = legs[legs.payer.eq(focal)].groupby("payee")
    table = pd.DataFrame(
        {
            "paid_in": inward.amount.sum(),
            "paid_out": outward.amount.sum(),
            "in_low": inward.low.sum(),
            "out_low": outward.low.sum(),
            "in_high": inward.high.agg(_open_sum),
            "out_high": outward.high.agg(_open_sum),
        }
    ).rename_axis("party")
    # A side without any leg is zero, not unknown.
    table.loc[~table.index.isin(list(inward.groups)), ["paid_in", "in_low", "in_high"]] = 0.0
    table.loc[~table.index.isin(list(outward.groups)), ["paid_out", "out_low", "out_high"]] = 0.0
    table = table.assign(
        round_trip=table[["paid_in", "paid_out"]].min(axis=1),
        low=table[["in_low", "out_low"]].min(axis=1),
        high=np.fmin(table.in_high, table.out_high),
    ).reset_index()
    return table.sort_values(["paid_out", "paid_in"], ascending=False, ignore_index=True)[
        ["party", "paid_in", "paid_out", "round_trip", "low", "high"]
    ]


def rungs(ladder: pd.DataFrame) -> pd.DataFrame:
    """Each leg of `ledger.ladder` cut into increments that add up to what was stated.

    Adds to leg_id, payer, payee and instrument the columns `paid`; `binding` beyond paid;
    `announced` beyond binding; `intended`, which is stated beyond binding but only in a letter of
    intent or a press report. USD billion; a leg without an amount counts nothing.
    """
    paid = ladder.paid.fillna(0.0)
    binding = ladder.binding.fillna(0.0).clip(lower=paid)
    beyond = ladder.announced.fillna(0.0).clip(lower=binding) - binding
    only_intended = ladder.stated_as.isin(INTENDED)
    return ladder[["leg_id", "deal_id", "payer", "payee", "instrument"]].assign(
        paid=paid,
        binding=binding - paid,
        announced=beyond.where(~only_intended, 0.0),
        intended=beyond.where(only_intended, 0.0),
    )


def _open_sum(values: pd.Series) -> float:
    return float(values.sum(skipna=False))
