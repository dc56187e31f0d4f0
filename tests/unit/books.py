"""Small books made of legs and their steps, for what is worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from tightrope.dealbook import Dealbook

DAY = "2022-01-01"


@dataclass(frozen=True)
class Step:
    """A step of a leg, USD billion; `amount` as stated, `low` and `high` where it is a range."""

    status: str
    amount: float = np.nan
    low: float = np.nan
    high: float = np.nan
    bound: str = ""


@dataclass(frozen=True)
class Leg:
    """A payment with its steps, all of one day."""

    payer: str
    payee: str
    steps: Sequence[Step]
    instrument: str = "equity"
    part_of: str = ""


def made(toy: Dealbook, legs: dict[str, Leg]) -> Dealbook:
    """The toy book with these legs, by leg_id, in place of its own; all belong to one deal."""
    rows = [
        (leg_id, number, step)
        for leg_id, leg in legs.items()
        for number, step in enumerate(leg.steps)
    ]
    day = pd.to_datetime([DAY] * len(rows))
    events = pd.DataFrame(
        {
            "event_id": [f"{leg_id}-{number}" for leg_id, number, _ in rows],
            "leg_id": [leg_id for leg_id, _, _ in rows],
            "happened_on": day,
            "known_on": day,
            "status": [step.status for *_, step in rows],
            "amount_low_usd_bn": [step.low for *_, step in rows],
            "amount_usd_bn": [step.amount for *_, step in rows],
            "amount_high_usd_bn": [step.high for *_, step in rows],
            "amount_bound": [step.bound for *_, step in rows],
            "stated_by": "payer",
            "confidence": "company",
            "source_id": "release",
        }
    ).astype({f"amount{end}_usd_bn": "float64" for end in ("_low", "", "_high")})
    first = toy.legs.iloc[0]
    table = pd.DataFrame(
        [
            {
                **first,
                "leg_id": leg_id,
                "deal_id": "stake",
                "payer_id": leg.payer,
                "payee_id": leg.payee,
                "instrument": leg.instrument,
                "part_of_leg_id": leg.part_of,
            }
            for leg_id, leg in legs.items()
        ],
        columns=toy.legs.columns,
    )
    # With no leg at all, columns would have no type.
    return replace(toy, legs=table.astype(toy.legs.dtypes.to_dict()), events=events)
