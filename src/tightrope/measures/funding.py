"""Whose money it is: which part of a party's money comes from outside its own circle.

Amounts are USD billion. What a party gets is external as long as it cannot be its own money come
back; how far one looks for that makes the three readings: at the payer, at the balance with the
payer, along every chain.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from tightrope.measures.payments import PER_BN, Web
from tightrope.measures.roundtrip import bilateral
from tightrope.measures.routes import returning


@dataclass(frozen=True)
class ExternalShare:
    """External money in all that a party got (`inflow`): three shares, and the dollars behind.

    Shares are fractions, NaN where nothing came in; dollars are USD billion. `strict` and
    `multi_hop` are never above `net`.
    """

    strict: float
    net: float
    multi_hop: float
    inflow: float
    strict_usd_bn: float
    net_usd_bn: float
    multi_hop_usd_bn: float


def external_share(
    payments: pd.DataFrame, focal: str, customers: Collection[str] = ()
) -> ExternalShare:
    """How much of what `focal` got is external: strict, net, and over any number of steps.

    `strict` counts only parties that `focal` pays nothing: one dollar paid to a party, and all it
    gives is its own business. `net` adds from the others what they gave beyond what they got.
    `multi_hop` is what remains when every dollar that could travel back along any chain of
    payments is taken off (1 - maximum flow / inflow; Ford & Fulkerson 1956,
    doi:10.4153/CJM-1956-045-5): a lower bound. What the `customers` pay is always external, for
    they got goods for it. Raises ValueError as `roundtrip.bilateral` does.
    """
    table = sources_and_uses(payments, focal, customers)
    inflow, strict, net = (float(table[part].sum()) for part in ("paid_in", "strict", "net"))
    web = Web.of(payments).without_self_payments()
    place = web.place(focal)
    is_sold = web.parties.isin(list(customers))[web.payer] & (web.payee == place)
    multi_hop = inflow - returning(web.only(~is_sold), place) / PER_BN

    def share(part: float) -> float:
        return part / inflow if inflow else float("nan")

    return ExternalShare(
        strict=share(strict),
        net=share(net),
        multi_hop=share(multi_hop),
        inflow=inflow,
        strict_usd_bn=strict,
        net_usd_bn=net,
        multi_hop_usd_bn=multi_hop,
    )


def sources_and_uses(
    payments: pd.DataFrame, focal: str, customers: Collection[str] = ()
) -> pd.DataFrame:
    """What `focal` got from and paid to every party, and what of it is external; USD billion.

    Columns: party, `paid_in`, `paid_out`, `is_customer`, and the external part of `paid_in` on the
    readings `strict` and `net` of `external_share`. Largest sources first, then largest uses;
    payments of `focal` to itself are left out. Raises ValueError as `roundtrip.bilateral` does.
    """
    table = bilateral(payments, focal)
    is_customer = table.party.isin(list(customers))
    return (
        table.assign(
            is_customer=is_customer,
            strict=table.paid_in.where(is_customer | table.paid_out.eq(0), 0.0),
            net=table.paid_in.where(is_customer, table.paid_in - table.round_trip),
        )
        .drop(columns="round_trip")
        .sort_values(
            ["paid_in", "paid_out", "party"],
            ascending=[False, False, True],
            kind="stable",
            ignore_index=True,
        )
    )
