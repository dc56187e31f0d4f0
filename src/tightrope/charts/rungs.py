"""How far the legs of each name have climbed: the frame that the ladder chart draws."""

from __future__ import annotations

import pandas as pd

from tightrope.dealbook import check_layer

COLUMNS = ["name", "direction", "paid", "binding", "announced", "intended", "low", "high"]


def rungs(legs: pd.DataFrame, layer: str = "announced") -> pd.DataFrame:
    """Legs added up by name as increments: paid, binding beyond paid, announced beyond binding.

    `legs` are rows of `ledger.ladder` with two further columns, name and direction. What only a
    letter of intent or a report states counts as `intended`. An increment is NaN where no source
    gives the amount; `low` and `high` bound the total. A layer below announced leaves out the
    rungs above it. USD billion. Raises ValueError for an unknown layer.
    """
    check_layer(layer)
    if legs.empty:
        return pd.DataFrame(columns=COLUMNS)
    # Where a payment is a range, what is surely paid is paid and the rest stays binding.
    paid = legs.paid.fillna(legs.paid_low)
    binding = (legs.binding - paid).clip(lower=0) if layer != "paid" else paid * 0
    beyond = (legs.announced - legs.binding.fillna(legs.announced)).clip(lower=0)
    beyond = beyond if layer == "announced" else paid * 0
    # The unknown part stands on one rung only: on the contract if there is one.
    beyond = beyond.where(~(legs.binding.isna() & legs.announced.isna()), 0)
    is_statement = legs.stated_as.eq("announced") | legs.stated_as.eq("")
    parts = pd.DataFrame(
        {
            "name": legs["name"],
            "direction": legs.direction,
            "paid": paid,
            "binding": binding,
            "announced": beyond.where(is_statement, 0.0),
            "intended": beyond.where(~is_statement, 0.0),
            "low": legs[f"{layer}_low"],
            "high": legs[f"{layer}_high"],
        }
    )
    grouped = parts.groupby(["name", "direction"], sort=False)
    table: pd.DataFrame = grouped.agg(_total).reset_index()[COLUMNS]
    something = table.high.isna() | (table.high > 0) | (table.low > 0)
    kept: pd.DataFrame = table[something | (table.paid > 0)].reset_index(drop=True)
    return kept


def _total(column: pd.Series[float]) -> float:
    """The sum, missing if one of its parts is."""
    return float(column.sum(skipna=False))
