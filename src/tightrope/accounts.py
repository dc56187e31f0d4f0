"""A party's account with each partner: what came in, what went out, and on which rung it stands."""

from __future__ import annotations

import pandas as pd

from tightrope import counting, ledger
from tightrope.dealbook import Dealbook, check_layer, remembered

RUNGS = ["paid", "binding", "announced", "intended"]
BORROWED = counting.LENT
"""Instruments of money that is lent, or that somebody stands behind."""


def direction(payer: str, payee: str, instrument: str, focal: str) -> str:
    """Which way a payment runs, as every figure colours it: "in", "out", "borrowed" or "onward".

    What `focal` is paid is in and what it pays is out, whatever the instrument, so that a hue
    adds up to what the figure says comes in or goes out. Between others, what is of `BORROWED` is
    borrowed, and all else onward.
    """
    if payee == focal:
        return "in"
    if payer == focal:
        return "out"
    return "borrowed" if instrument in BORROWED else "onward"


def directions(legs: pd.DataFrame, focal: str) -> pd.Series[str]:
    """The `direction` of each leg; `legs` have payer, payee and instrument."""
    ends = zip(legs.payer, legs.payee, legs.instrument, strict=True)
    return pd.Series([direction(*end, focal) for end in ends], index=legs.index, dtype="object")


def are_between(legs: pd.DataFrame, one: str, other: str) -> pd.Series[bool]:
    """Whether one of the two pays each of the legs to the other."""
    there = legs.payer.eq(one) & legs.payee.eq(other)
    return there | (legs.payer.eq(other) & legs.payee.eq(one))


def total(legs: pd.DataFrame, layer: str) -> tuple[float, float, float]:
    """What legs of `ledger.ladder` come to on a layer: amount, low and high, in USD billion.

    The amount is NaN if one leg has none, the high end NaN if one leg's is open.
    """
    amount, high = legs[layer].sum(skipna=False), legs[f"{layer}_high"].sum(skipna=False)
    return float(amount), float(legs[f"{layer}_low"].sum()), float(high)


@remembered
def climbed(book: Dealbook, layer: str = "announced") -> pd.DataFrame:
    """How far each leg has come, as it counts: `counting.counted`, loans and guarantees left out.

    Further columns, USD billion: of `stated` what is `paid`, `binding` beyond paid, `announced`
    beyond binding, and `intended`, which stands in a letter of intent or an estimate only; the four
    add up to it. What only the press has reported is in `high`. Raises ValueError for an unknown
    layer.
    """
    legs = counting.given(counting.counted(book, layer)).set_index("leg_id")
    stated_as = ledger.ladder(book).set_index("leg_id").stated_as.reindex(legs.index)
    signed, paid = (
        counting.counted(book, inner).set_index("leg_id").stated.reindex(legs.index).fillna(0.0)
        for inner in ("binding", "paid")
    )
    signed = signed.clip(upper=legs.stated)
    paid = paid.clip(upper=signed)
    is_intended = stated_as.isin(ledger.INTENDED)
    return legs.assign(
        paid=paid,
        binding=signed - paid,
        announced=(legs.stated - signed).where(~is_intended, 0.0),
        intended=(legs.stated - signed).where(is_intended, 0.0),
    ).reset_index()


def sides(legs: pd.DataFrame, focal: str) -> pd.DataFrame:
    """The account of `focal` with each partner, from `climbed`: one row a partner.

    The columns of `counting.by_partner`, and for each side `in` and `out`: `paid_in`, what it comes
    to as stated (NaN where that is nothing and the upper end is not), and its increments `in_paid`,
    `in_binding`, `in_announced`, `in_intended`. USD billion; largest payments out first.
    """
    table = counting.by_partner(legs, focal).set_index("party")
    for side, here, there in (("in", "payee", "payer"), ("out", "payer", "payee")):
        own = legs[legs[here].eq(focal)].groupby(there)
        table = table.join(own[RUNGS].sum().add_prefix(f"{side}_"))
        # A partner that is not on a side has nothing there; that is known, not missing.
        steps = [f"{side}_{rung}" for rung in RUNGS]
        table[steps] = table[steps].fillna(0.0)
        stated, high = table[f"{side}_stated"], table[f"{side}_high"]
        table[f"paid_{side}"] = stated.where(stated.gt(0) | high.eq(0))
    return table.sort_values(["out_low", "in_low"], ascending=False, kind="stable").reset_index()


def rungs(legs: pd.DataFrame, layer: str = "announced") -> pd.DataFrame:
    """Legs added up by name as increments that climb the ladder.

    `legs` are rows of `ledger.ladder` with two further columns, `name` and `direction`. Returns
    name, direction and in USD billion `paid`, `binding` beyond paid, `announced` beyond binding,
    `intended` (stated beyond binding only in a letter of intent or a press report), and `low` and
    `high`, which bound the total. An increment is NaN where no source gives the amount. A layer
    below announced leaves out the rungs above it. Raises ValueError for an unknown layer.
    """
    check_layer(layer)
    if legs.empty:
        amounts = dict.fromkeys([*RUNGS, "low", "high"], pd.Series(dtype=float))
        return pd.DataFrame({"name": [], "direction": [], **amounts})
    # Where a payment is a range, what is surely paid is paid and the rest stays binding.
    paid = legs.paid.fillna(legs.paid_low)
    binding = (legs.binding - paid).clip(lower=0) if layer != "paid" else paid * 0
    beyond = (legs.announced - legs.binding.fillna(legs.announced)).clip(lower=0)
    beyond = beyond if layer == "announced" else paid * 0
    # The unknown part stands on one rung only: on the contract if there is one.
    beyond = beyond.where(~(legs.binding.isna() & legs.announced.isna()), 0)
    is_statement = ~legs.stated_as.isin(ledger.INTENDED)
    parts = legs[["name", "direction"]].assign(
        paid=paid,
        binding=binding,
        announced=beyond.where(is_statement, 0.0),
        intended=beyond.where(~is_statement, 0.0),
        low=legs[f"{layer}_low"],
        high=legs[f"{layer}_high"],
    )
    grouped = parts.groupby(["name", "direction"], sort=False)
    table = grouped[[*RUNGS, "low", "high"]].agg(lambda column: column.sum(skipna=False))
    return table[table.high.isna() | (table.high > 0) | (table.low > 0)].reset_index()


def rungs_by_day(spells: pd.DataFrame) -> pd.DataFrame:
    """The ladder's history: what legs added up to by name, on every day on which one changed.

    `spells` are rows of `ledger.history` with two further columns, `name` and `direction`.
    Returns name, direction, `day` and in USD billion the increments of `rungs` (known amounts
    only: a leg without an amount counts nothing), one row for every name and every day on which
    any leg changed, in order of day.
    """
    if spells.empty:
        amounts = dict.fromkeys(RUNGS, pd.Series(dtype=float))
        return pd.DataFrame({"name": [], "direction": [], "day": spells.since, **amounts})
    parts = spells.reset_index(drop=True)
    steps = rungs(parts.assign(name=parts.index)).set_index("name")[RUNGS].fillna(0.0)
    steps = steps.reindex(parts.index, fill_value=0.0)
    keys = parts[["name", "direction"]]
    begun = pd.concat([keys, steps], axis=1).assign(day=parts.since)
    ended = pd.concat([keys, -steps], axis=1).assign(day=parts.until).dropna(subset=["day"])
    moves = pd.concat([begun, ended]).groupby(["day", "name", "direction"])[RUNGS].sum()
    days = moves.index.unique("day").sort_values()
    lines = []
    for name, direction in keys.drop_duplicates().itertuples(index=False):
        line = moves.xs((name, direction), level=("name", "direction")).reindex(days).fillna(0.0)
        # Sums of what came and went again leave dust behind.
        lines.append(line.cumsum().round(9).assign(name=name, direction=direction).reset_index())
    table = pd.concat(lines, ignore_index=True)
    return table.sort_values("day", kind="stable", ignore_index=True)[
        ["name", "direction", "day", *RUNGS]
    ]
