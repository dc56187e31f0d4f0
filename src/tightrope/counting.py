"""How a leg counts in a sum: the one convention behind every total of the book.

Every sum has three ends. `low` is what is sure: the low end of each range, and of what only the
press has reported no more than a contract has. `stated` is what parties and contracts name: the
sum of a leg where a source gives one, else its low end. `high` is the most: the high end of each
range, reports included, and missing where one leg has none. USD billion, nominal.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from tightrope import ledger
from tightrope.dealbook import LAYERS, Dealbook, remembered

ENDS = ("low", "stated", "high")
LENT = ("loan", "guarantee")
"""To be paid back, or paid only if something breaks: in no sum, unless its name says so."""
_KEYS = ["leg_id", "deal_id", "payer", "payee", "instrument", "medium"]
_COLUMNS = [*_KEYS, *ENDS, "part_of", "is_report"]


class Ends(NamedTuple):
    """A number at its low, stated and high end; `high` is NaN where it has no upper end."""

    low: float
    stated: float
    high: float


@remembered
def counted(book: Dealbook, layer: str = "announced", reports: bool = False) -> pd.DataFrame:
    """What each leg counts on a layer: one row a leg that has something on it, in their order.

    Columns: leg_id, deal_id, payer, payee, instrument, medium, `low`, `stated`, `high` (USD
    billion; `high` is NaN for a leg that is open above) and `part_of`: the leg whose sum contains
    this one's, "" for most. Such a part counts nothing at the low end and as stated, and at the
    high end all of what contains it. `is_report` marks what only the press has reported; with
    `reports` it counts like a party's word. Raises ValueError for an unknown layer.
    """
    legs = _by_convention(ledger.flows(book, layer), book, layer, reports)
    has_something = legs.high.isna() | legs.high.gt(0) | legs.low.gt(0)
    return legs.loc[has_something, _COLUMNS].reset_index(drop=True)


def spells(book: Dealbook) -> pd.DataFrame:
    """What each leg counted on each day: one row a spell in which nothing of it changed.

    Columns: leg_id, deal_id, payer, payee, instrument, status, since, until (missing for what
    still holds), and for each layer the three ends of `counted`, such as `binding_high`; USD
    billion. What a leg never had on a layer is 0.
    """
    history = ledger.history(book)
    kept = [*_KEYS, "status", "since", "until"]
    ends = []
    for layer in LAYERS:
        own = history.rename(columns={layer: "amount"}).assign(
            low=history[f"{layer}_low"], high=history[f"{layer}_high"]
        )
        found = _by_convention(own, book, layer, reports=False)
        ends.append(found[list(ENDS)].add_prefix(f"{layer}_"))
    return pd.concat([history[kept], *ends], axis=1)


def _by_convention(legs: pd.DataFrame, book: Dealbook, layer: str, reports: bool) -> pd.DataFrame:
    """The legs with their three ends and `part_of`; they have `amount`, `low` and `high`.

    A leg may stand in several rows, of which the last is what holds.
    """
    low, stated = legs.low, legs.amount.fillna(legs.low)
    if layer == "announced" and not reports:
        heard = legs.stated_as.eq("reported")
        low = low.mask(heard, legs.binding_low)
        stated = stated.mask(heard, legs.binding.fillna(legs.binding_low))
    legs = legs.assign(low=low, stated=stated)
    within = book.legs.set_index("leg_id").part_of_leg_id
    whole = legs.leg_id.map(within)
    tops = whole.map(legs.drop_duplicates("leg_id", keep="last").set_index("leg_id").high)
    has_something = legs.high.isna() | legs.high.gt(0)
    is_part = whole.isin(legs.leg_id) & has_something
    return legs.assign(
        low=legs.low.mask(is_part, 0.0),
        stated=legs.stated.mask(is_part, 0.0),
        high=legs.high.mask(is_part, tops),
        part_of=whole.where(is_part, ""),
        is_report=legs.status.eq("reported"),
    )


def given(legs: pd.DataFrame) -> pd.DataFrame:
    """These legs without loans and guarantees."""
    return legs[~legs.instrument.isin(LENT)]


def total(legs: pd.DataFrame) -> Ends:
    """Legs of `counted` added up; what is part of another of them counts once, with the whole."""
    own = legs[~legs.part_of.isin(legs.leg_id)]
    return Ends(*(float(own[end].sum(skipna=False)) for end in ENDS))


def apart(legs: pd.DataFrame) -> pd.DataFrame:
    """Legs of `counted` for sums by party: what a part may take, its whole does not surely have."""
    taken = legs.groupby("part_of").high.sum()
    least = legs.low - legs.leg_id.map(taken).fillna(0.0)
    return legs.assign(low=least.clip(lower=0.0))


def _sums(legs: pd.DataFrame, by: str) -> pd.DataFrame:
    """The three ends of the legs added up by a column; missing where one is missing."""
    amounts = {end: legs[end].to_numpy(np.float64) for end in ENDS}
    # Grouped sums of pandas leave missing amounts out, or take a function a group, which is slow.
    rows = legs.groupby(by).indices
    return pd.DataFrame(
        {end: [amount[own].sum() for own in rows.values()] for end, amount in amounts.items()},
        index=pd.Index(list(rows), dtype=legs[by].dtype),
        dtype=np.float64,
    )


def by_partner(legs: pd.DataFrame, focal: str) -> pd.DataFrame:
    """What `focal` is paid by and pays to each partner: one row a partner, by name.

    `party`; for each of the sides `in` and `out` its three ends, such as `in_low`; and `round_low`,
    `round_stated`, `round_high`: the smaller side. An open end is bounded by the other side, and
    is NaN where both are open. USD billion.
    """
    legs = apart(legs)
    sides = {
        side: _sums(legs[legs[here].eq(focal) & legs[there].ne(focal)], there)
        for side, here, there in (("in", "payee", "payer"), ("out", "payer", "payee"))
    }
    parties = pd.Index(sorted({*sides["in"].index, *sides["out"].index}), name="party")
    table = pd.DataFrame(index=parties)
    for side, sums in sides.items():
        there = sums.reindex(parties)
        # A partner that is not on a side has nothing there; that is known, not missing.
        there.loc[~parties.isin(sums.index)] = 0.0
        table = table.join(there.add_prefix(f"{side}_"))
    for end in ENDS:
        table[f"round_{end}"] = np.fmin(table[f"in_{end}"], table[f"out_{end}"])
    return table.reset_index()
