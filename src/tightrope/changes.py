"""What became of each leg between two days, computed from the events."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope import ledger
from tightrope.dealbook import LAYERS, Dealbook

CHANGES = ("new", "grown", "shrunk", "replaced", "cancelled", "paid", "restated", "unchanged")
"""What can have become of a leg, as `between` names it."""
_TOLERANCE_USD_BN = 1e-9


def between(book: Dealbook, before: str, after: str) -> pd.DataFrame:
    """Every leg that was known on `after` (YYYY-MM-DD), and how it stood on the two days.

    One row a leg: leg_id, deal_id, payer, payee, instrument, medium; `status_before` ("" if the
    leg was not known), `status_after`; for each layer the USD billion `announced_before`,
    `announced_after` and so on (0 before it was known); and `change`, the first that is true of:

    - replaced, cancelled: ended since, also if it was not known on `before`
    - new: not known on `before`
    - grown, shrunk: the announced amount rose or fell, or where it is unknown on both days the
      top of its range
    - paid: more money is known to have moved
    - restated: another rung, or another range, or an amount where there was none
    - unchanged

    Raises ValueError if `after` is before `before`, or one of them is not a day of the book.
    """
    early, late = book.as_of(before), book.as_of(after)
    if late.day < early.day:
        raise ValueError(f"after {after} lies before {before}; the first day comes first")
    columns = [
        "status",
        *LAYERS,
        *(f"{layer}_{end}" for layer in LAYERS for end in ("low", "high")),
    ]
    now = ledger.ladder(late).set_index("leg_id")
    then = ledger.ladder(early).set_index("leg_id")[columns].reindex(now.index)
    is_known = then.status.notna()
    then = then.assign(status=then.status.fillna(""))
    then.loc[~is_known, columns[1:]] = 0.0
    table = (
        now.drop(columns=["stated_as"])
        .rename(columns={column: f"{column}_after" for column in columns})
        .join(then.add_suffix("_before"))
    )
    table["change"] = [_change(row) for row in table.to_dict("records")]
    return table.reset_index()[
        ["leg_id", "deal_id", "payer", "payee", "instrument", "medium", "change"]
        + [f"{column}_{when}" for column in columns for when in ("before", "after")]
    ]


def _change(row: dict[str, object]) -> str:
    status = str(row["status_after"])
    if status != row["status_before"] and status in ledger.ENDED:
        return status
    if not row["status_before"]:
        return "new"
    stated = _difference(row, "announced")
    if stated:
        return "grown" if stated > 0 else "shrunk"
    if _difference(row, "paid") > 0:
        return "paid"
    is_same = all(
        repr(row[f"{column}_before"]) == repr(row[f"{column}_after"])
        for column in [
            "status",
            *(f"{layer}{end}" for layer in LAYERS for end in ("", "_low", "_high")),
        ]
    )
    return "unchanged" if is_same else "restated"


def _difference(row: dict[str, object], layer: str) -> float:
    """By how much a layer rose, in USD billion: by its amount, or without one by its top."""
    ends = [float(str(row[f"{layer}_{when}"])) for when in ("before", "after")]
    if np.isnan(ends).all() or layer == "paid":
        tops = [float(str(row[f"{layer}_high_{when}"])) for when in ("before", "after")]
        ends = [top if np.isnan(end) else end for end, top in zip(ends, tops, strict=True)]
    rise = ends[1] - ends[0]
    return 0.0 if np.isnan(rise) or abs(rise) <= _TOLERANCE_USD_BN else rise
