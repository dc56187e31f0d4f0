"""The web in which money can come back to the focal party, each payment at its three ends."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from tightrope import counting
from tightrope.dealbook import Dealbook
from tightrope.measures import routes
from tightrope.obligations import SUPPLY

SCOPES = ("openai", "onward")
"""The deals that money can go round in; who lends to the parties is not among them."""
_OPEN = 1e5
"""USD billion that stand for a payment without a known upper end: more than any web holds."""
INSIDE = "/chips"
"""What is added to the id of a building's leg for the chips inside it."""


def payments(
    book: Dealbook, focal: str, layer: str = "announced", others_chips: bool = True
) -> pd.DataFrame:
    """The payments that can carry money home to `focal`: rows of `counting.counted`.

    Of the deals in `SCOPES`, without loans and guarantees. What others than `focal` pay for chips
    stands on no contract: beside what binds it counts as it is estimated, if it has a high end,
    beside what was paid not at all, and without `others_chips` never. Of a site that a supplier
    builds for `focal` the part of `chip_parts` is paid to the chips' maker, as a payment of its
    own with `INSIDE` behind its leg_id.
    Raises ValueError for an unknown layer.
    """
    web = book.within(*SCOPES)
    legs = counting.given(counting.counted(web, layer))
    estimated = counting.given(counting.counted(web, "announced"))
    is_site = _sites(estimated, focal)
    sites = estimated[is_site]
    chips = estimated[estimated.instrument.eq("chips") & estimated.payer.ne(focal)]
    apart = {*sites.leg_id, *chips.leg_id}
    parts = [legs[~legs.leg_id.isin(apart)]]
    if layer != "paid":
        if layer == "binding":
            # Beside contracts an estimate counts, but no announcement without a sum.
            chips = chips[chips.high.notna()]
        inside, rest = _split(sites, chip_parts(book, focal))
        parts += [rest, *([chips, inside] if others_chips else [])]
    return pd.concat(parts, ignore_index=True)


def returnable(payments: pd.DataFrame, focal: str) -> counting.Sum:
    """The most that can leave `focal` and return by any route, at the three ends, in USD billion.

    `payments` have payer, payee, low, stated and high. Exact: a wider pipe never carries less, so
    the ends of the ranges give the ends of the answer. The high end is NaN where a payment that is
    open above lies on every narrowest way. 0 without a payment to `focal`, or by it.
    """
    return counting.Sum(*(returnable_at(payments, focal, end) for end in counting.ENDS))


def returnable_at(payments: pd.DataFrame, focal: str, end: str) -> float:
    """`returnable` at one end: "low", "stated" or "high"."""
    amounts = payments.assign(amount=payments[end].fillna(_OPEN))
    amounts = amounts[amounts.amount.gt(0)]
    if not (amounts.payee.eq(focal).any() and amounts.payer.eq(focal).any()):
        return 0.0
    value = routes.returnable(amounts[["payer", "payee", "amount"]], focal).value
    return value if value < _OPEN else float("nan")


def ways(payments: pd.DataFrame, focal: str) -> set[str]:
    """The parties on a way from `focal` back to it, itself among them; none if there is none."""
    graph = nx.DiGraph(list(zip(payments.payer, payments.payee, strict=True)))
    if focal not in graph:
        return set()
    between = nx.descendants(graph, focal) & nx.ancestors(graph, focal)
    return between | {focal} if between else set()


def chip_parts(book: Dealbook, focal: str) -> pd.DataFrame:
    """What part of a site's cost its chips are, by maker: index party, columns low and high.

    Fractions: a maker's content of a gigawatt over the cost of the whole gigawatt to `focal`, both
    by one document (`cost_per_gw` of financials.csv), the least and the most of all documents.
    """
    known = book.financials[book.financials.metric.eq("cost_per_gw")]
    whole = known[known.party_id.eq(focal)].drop_duplicates("source_id").set_index("source_id")
    content = known[known.party_id.ne(focal) & known.value.notna()]
    part = content.value / content.source_id.map(whole.value)
    return (
        part.groupby(content.party_id)
        .agg(["min", "max"])
        .set_axis(["low", "high"], axis=1)
        .dropna()
    )


def _sites(legs: pd.DataFrame, focal: str) -> pd.Series[bool]:
    """Which legs build a site for `focal`: by who sells it compute, in the same deal."""
    bought = legs[legs.payer.eq(focal) & legs.instrument.isin(SUPPLY)]
    sold = set(zip(bought.deal_id, bought.payee, strict=True))
    here = zip(legs.deal_id, legs.payer, strict=True)
    return legs.instrument.eq("construction") & pd.Series(
        [pair in sold for pair in here], index=legs.index, dtype=bool
    )


def _split(sites: pd.DataFrame, parts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The chips inside sites, paid to their makers, and what is left of the buildings."""
    inside = sites.merge(parts.rename_axis("maker").add_prefix("part_").reset_index(), how="cross")
    inside = inside.assign(
        leg_id=inside.leg_id + INSIDE,
        payee=inside.maker,
        instrument="chips",
        low=inside.low * inside.part_low,
        stated=inside.stated * inside.part_low,
        high=inside.high * inside.part_high,
    )
    taken = inside.groupby(inside.leg_id.str.removesuffix(INSIDE))[["part_low", "part_high"]].sum()
    least, most = (sites.leg_id.map(taken[end]).fillna(0.0) for end in taken.columns)
    rest = sites.assign(
        low=sites.low * (1 - least), stated=sites.stated * (1 - least), high=sites.high * (1 - most)
    )
    return inside[sites.columns], rest
