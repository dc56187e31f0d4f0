"""A second reckoning from the bare CSV rows, with pandas alone: nothing here asks `tightrope`.

It follows the definitions of the ladder as they are written for readers of the data. Steps are
read in order, one at a time, and each replaces what it makes obsolete.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

ENDS = ("", "_low", "_high")
COLUMNS = [f"{layer}{end}" for layer in ("announced", "binding", "paid") for end in ENDS]
OF_PARTIES = ("letter_of_intent", "announced")
# Of one day, what stands later counts later.
RUNGS = ("estimated", "reported", *OF_PARTIES, "binding", "paid", "cancelled", "replaced")


class Sum(NamedTuple):
    """What a step says of the amount, USD billion."""

    amount: float
    low: float
    high: float

    @property
    def is_named(self) -> bool:
        return self.low > 0 or not np.isnan([self.amount, self.high]).all()

    def over(self, inner: Sum) -> Sum:
        """This sum as one that holds `inner` and so is no smaller at any end."""
        high = self.high if np.isnan(inner.high) else float(np.maximum(self.high, inner.high))
        is_wider = not np.isnan(self.high) and (np.isnan(inner.high) or self.high > inner.high)
        amount = float(np.fmax(self.amount, inner.amount))
        if np.isnan(self.amount) and (is_wider or not inner.amount > 0):
            amount = np.nan
        return Sum(amount, max(self.low, inner.low), np.nan if high < inner.low else high)


NOTHING = Sum(0.0, 0.0, 0.0)


def table(folder: Path, name: str) -> pd.DataFrame:
    """A CSV file by its first column; only the amounts of `events.csv` and values are numbers."""
    frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
    frame = frame.set_index(frame.columns[0])
    numeric = [c for c in frame if c.startswith(("amount", "value")) and not c.endswith("_bound")]
    return frame.assign(**{column: pd.to_numeric(frame[column]) for column in numeric})


def ladder(folder: Path, day: str = "9999") -> pd.DataFrame:
    """Announced, binding and paid of every leg known on `day`, each with its ends: by leg_id.

    Beside them payer_id, payee_id, instrument, and the scope of the deal.
    """
    legs = table(folder, "legs").join(table(folder, "deals").scope, on="deal_id")
    events = table(folder, "events")
    steps = _order(events[events.known_on <= day])
    stands = {leg_id: _stand(of_leg) for leg_id, of_leg in steps.groupby("leg_id")}
    amounts = pd.DataFrame.from_dict(stands, orient="index", columns=COLUMNS, dtype=float)
    return legs[["payer_id", "payee_id", "instrument", "scope"]].join(amounts, how="inner")


def _order(steps: pd.DataFrame) -> pd.DataFrame:
    """In the order in which they count: of statements of one day, those with a sum come last."""
    rung = steps.status.map({status: place for place, status in enumerate(RUNGS)})
    is_statement = rung.lt(RUNGS.index("binding"))
    amounts = steps[["amount_usd_bn", "amount_low_usd_bn", "amount_high_usd_bn"]]
    keys = pd.DataFrame(
        {
            "known_on": steps.known_on,
            "happened_on": steps.happened_on,
            "group": rung.mask(is_statement, -1),
            "names_sum": amounts.notna().any(axis=1) & is_statement,
            "rung": rung,
        }
    )
    return steps.loc[keys.sort_values(list(keys), kind="stable").index]


def _said(steps: pd.DataFrame) -> list[Sum]:
    """A floor without a high end is open above; a ceiling without a low one may be nothing."""
    bound = steps.get("amount_bound", pd.Series("", index=steps.index))
    amount, low, high = steps.amount_usd_bn, steps.amount_low_usd_bn, steps.amount_high_usd_bn
    low = low.fillna(amount.mask(bound.eq("ceiling"))).fillna(0.0)
    high = high.fillna(amount.mask(bound.eq("floor")))
    return [Sum(*row) for row in zip(amount, low, high, strict=True)]


def _stand(steps: pd.DataFrame) -> list[float]:
    newest = of_party = contract = paid = None
    for status, said in zip(steps.status, _said(steps), strict=True):
        if status in ("cancelled", "replaced"):
            newest = of_party = contract = None
        elif status == "paid":
            paid = said
        elif status == "binding":
            contract = said
        else:
            newest = (status, said)
            of_party = newest if status in OF_PARTIES else of_party
    # What a party has put a number on stands against hearsay that came later.
    stated = of_party if of_party and of_party[1].is_named else newest
    # A contract with a sum answers hearsay, and whoever named none.
    if stated and contract and contract.is_named:
        is_word_with_sum = stated[0] in OF_PARTIES and stated[1].is_named
        stated = stated if is_word_with_sum else None
    inner = paid or NOTHING
    middle = contract.over(inner) if contract else inner
    outer = stated[1].over(middle) if stated else middle
    return [*outer, *middle, *inner]
