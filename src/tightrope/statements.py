"""The two-sided ledger: what the payer and what the payee of a leg have said about it.

A payment has two ends, and each may speak of it: a cloud names the contract in its filing, the
laboratory names it in a post. Where both have spoken the two values stand side by side; where
one has, or neither, the leg says so.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope.dealbook import Dealbook, remembered

KINDS = {
    "promised": ("letter_of_intent", "announced", "binding"),
    "paid": ("paid",),
}
"""What is compared: promise with promise and payment with payment."""
SIDES = ("payer", "payee")


@remembered
def two_sided(book: Dealbook) -> pd.DataFrame:
    """The newest statement of each side about each leg: one row a leg and kind.

    Columns: leg_id, deal_id, payer, payee, instrument; `kind`, "promised" (letter of intent,
    announced, binding) or "paid"; for each side `payer_value`, `payer_low`, `payer_high` in USD
    billion (NaN where the side spoke without a number, or not at all), `payer_event` (event_id,
    "" if the side has not spoken) and likewise `payee_…`; `difference`, payer's value less
    payee's (NaN unless both gave one); `spoken`: both, payer, payee or third_party.

    A joint statement is both sides'. What we derived is nobody's statement and does not count.
    Legs that nobody has spoken of on a kind have no row.
    """
    keys = book.legs[["leg_id", "deal_id", "payer_id", "payee_id", "instrument"]].rename(
        columns={"payer_id": "payer", "payee_id": "payee"}
    )
    steps = book.events.sort_values(["known_on", "happened_on"], kind="stable")
    parts = [
        keys.merge(_newest(steps[steps.status.isin(statuses)]).assign(kind=kind), on="leg_id")
        for kind, statuses in KINDS.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    table["difference"] = table.payer_value - table.payee_value
    order = {leg_id: place for place, leg_id in enumerate(keys.leg_id)}
    sides = [column for side in SIDES for column in _side_columns(side)]
    return table.sort_values("leg_id", key=lambda ids: ids.map(order), kind="stable")[
        [*keys.columns, "kind", *sides, "difference", "spoken"]
    ].reset_index(drop=True)


def sides_heard(book: Dealbook) -> dict[str, str]:
    """Which sides have spoken of each leg: both, payer, payee or third_party, by leg_id."""
    table = two_sided(book)
    payer, payee = (set(table.leg_id[table[f"{side}_event"].ne("")]) for side in SIDES)
    heard = dict.fromkeys(book.legs.leg_id, "third_party")
    heard |= dict.fromkeys(payer, "payer") | dict.fromkeys(payee, "payee")
    return heard | dict.fromkeys(payer & payee, "both")


def _side_columns(side: str) -> list[str]:
    return [f"{side}_{end}" for end in ("value", "low", "high", "event")]


def _newest(steps: pd.DataFrame) -> pd.DataFrame:
    """Per leg the newest step that each side stated, as columns, and which sides spoke."""
    amounts = ["amount_usd_bn", "amount_low_usd_bn", "amount_high_usd_bn", "event_id"]
    table = pd.DataFrame(index=pd.Index(steps.leg_id.unique(), name="leg_id"))
    for side in SIDES:
        own = steps[steps.stated_by.isin([side, "both"]) & steps.confidence.ne("derived")]
        own = own.drop_duplicates("leg_id", keep="last")
        table = table.join(
            own.set_index("leg_id")[amounts].set_axis(_side_columns(side), axis=1), how="left"
        )
        table[f"{side}_event"] = table[f"{side}_event"].fillna("")
    has_payer, has_payee = table.payer_event.ne(""), table.payee_event.ne("")
    table["spoken"] = np.select(
        [has_payer & has_payee, has_payer, has_payee], ["both", "payer", "payee"], "third_party"
    )
    return table.reset_index()
