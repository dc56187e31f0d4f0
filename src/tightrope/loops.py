"""The web in which money can come back to the focal party, each payment at its three ends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import networkx as nx
import pandas as pd

from tightrope import counting
from tightrope.dealbook import MIDDLE, Dealbook, remembered
from tightrope.measures import circulation, routes
from tightrope.obligations import SUPPLY

SCOPES = (*MIDDLE, "onward")
"""The deals that money can go round in; who lends to the parties is not among them."""
INSIDE = ":chips-by-"
"""Between the id of a building's leg and the maker of the chips inside it; in no leg's own id."""


@dataclass(frozen=True)
class Circle:
    """What goes round in a web, at its three ends: sums in USD billion and shares of the gross."""

    circulating: counting.Ends
    """The maximum circulation. A payment without an upper end is bounded by the rest of its loops;
    `high` is NaN where nothing bounds it."""
    gross: counting.Ends
    """All payments together; `high` is NaN where one is open above."""
    index: counting.Ends
    """The maximum circulation over the gross. A share has no bound where its whole has none: at
    the high end a payment without an upper end stays as stated."""
    excess: counting.Ends
    """What netting among all would make unnecessary, over the gross; open ends as for `index`."""


@remembered
def payments(
    book: Dealbook, focal: str, layer: str = "announced", others_chips: bool = True
) -> pd.DataFrame:
    """The payments that can carry money home to `focal`: rows of `counting.counted`.

    Of the deals in `SCOPES`, without loans and guarantees. What others than `focal` pay for chips
    stands on no contract: beside what binds it counts as it is estimated, if it has a high end,
    beside what was paid not at all, and without `others_chips` never. Of a site that a supplier
    builds for `focal` the part of `chip_parts` is paid to the chips' maker, as a payment of its
    own with `INSIDE` in its leg_id.
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


def returnable(payments: pd.DataFrame, focal: str) -> counting.Ends:
    """The most that can leave `focal` and return by any route, at the three ends, in USD billion.

    `payments` have payer, payee, low, stated and high. Exact: a wider pipe never carries less, so
    the ends of the ranges give the ends of the answer. The high end is NaN where a payment that is
    open above lies on every narrowest way. 0 without a payment to `focal`, or by it.
    """
    return counting.Ends(*(returnable_at(payments, focal, end) for end in counting.ENDS))


def returnable_at(payments: pd.DataFrame, focal: str, end: str) -> float:
    """`returnable` at one end: "low", "stated" or "high"."""
    amounts = _returning(payments, focal, end)
    value = 0.0 if amounts is None else routes.value_returnable(amounts, focal)
    return value if value < routes.OPEN else float("nan")


def by_way_of(
    payments: pd.DataFrame, focal: str, middle: Collection[str], partner: str
) -> counting.Ends:
    """`returnable` on one kind of way: from `focal` by way of one of `middle` and `partner` home.

    What `focal` pays `partner` itself is left out, and so are longer chains.
    """
    out = payments.payer.eq(focal) & payments.payee.isin(middle)
    on = payments.payer.isin(middle) & payments.payee.eq(partner)
    home = payments.payer.eq(partner) & payments.payee.eq(focal)
    return returnable(payments[out | on | home], focal)


def between(payments: pd.DataFrame, focal: str, partner: str) -> list[str]:
    """Whom `focal` pays and who pays `partner`, so that money can reach it by way of them.

    By name of the party; none where `partner` pays `focal` nothing.
    """
    paid = set(payments.payee[payments.payer.eq(focal)])
    pays = set(payments.payer[payments.payee.eq(partner)])
    comes_home = (payments.payer.eq(partner) & payments.payee.eq(focal)).any()
    return sorted((paid & pays) - {focal, partner}) if comes_home else []


def joined(payments: pd.DataFrame, party: str, other: str) -> pd.DataFrame:
    """The web with `other` as a part of `party`; what they pay each other is no payment then."""
    sides = {side: payments[side].replace(other, party) for side in ("payer", "payee")}
    table = payments.assign(**sides)
    return table[table.payer.ne(table.payee)].reset_index(drop=True)


def cut(payments: pd.DataFrame, focal: str, end: str = "high") -> pd.DataFrame:
    """The cheapest payments to cancel so that nothing returns to `focal`: payer and payee.

    They prove `returnable_at` of the same end: their sums add up to it. Largest first; no row
    where nothing can return.
    """
    amounts = _returning(payments, focal, end)
    if amounts is None:
        return pd.DataFrame({"payer": [], "payee": []}, dtype=object)
    return routes.returnable(amounts, focal).cut[["payer", "payee"]]


def circle(payments: pd.DataFrame) -> Circle:
    """What goes round among all these payments, each measure at the three ends.

    `payments` have payer, payee, low, stated, high, leg_id and part_of, as rows of `payments`.
    """
    closed = payments.assign(high=payments.high.fillna(payments[["low", "stated"]].max(axis=1)))
    once = closed[~closed.part_of.isin(closed.leg_id)]
    low, stated, top = (_most_round(_amounts(closed, end)) for end in counting.ENDS)
    most = _most_round(_amounts(payments, "high"))
    gross = counting.total(closed)
    return Circle(
        counting.Ends(low, stated, most if most < routes.OPEN else float("nan")),
        counting.total(payments),
        counting.Ends(
            *(
                value / whole if whole else float("nan")
                for value, whole in zip((low, stated, top), gross, strict=True)
            )
        ),
        counting.Ends(*(circulation.excess_share(_amounts(once, end)) for end in counting.ENDS)),
    )


def _most_round(amounts: pd.DataFrame) -> float:
    return circulation.maximum_circulation(amounts, ranges=False).value


def _returning(payments: pd.DataFrame, focal: str, end: str) -> pd.DataFrame | None:
    """`_amounts`; None where `focal` pays nothing at this end or is paid nothing."""
    amounts = _amounts(payments, end)
    goes_and_comes = amounts.payee.eq(focal).any() and amounts.payer.eq(focal).any()
    return amounts if goes_and_comes else None


def _amounts(payments: pd.DataFrame, end: str) -> pd.DataFrame:
    """payer, payee, amount of the payments that have something at an end."""
    amounts = payments.assign(amount=payments[end].fillna(routes.OPEN))
    return amounts.loc[amounts.amount.gt(0), ["payer", "payee", "amount"]]


def leg_ids(payments: pd.DataFrame) -> pd.Series[str]:
    """The leg of each payment: for the chips inside a building the building's."""
    return payments.leg_id.str.replace(f"{INSIDE}.*", "", regex=True)


def ways(payments: pd.DataFrame, focal: str) -> set[str]:
    """The parties on a way from `focal` back to it, itself among them; none if there is none."""
    graph = nx.DiGraph(list(zip(payments.payer, payments.payee, strict=True)))
    if focal not in graph:
        return set()
    between = nx.descendants(graph, focal) & nx.ancestors(graph, focal)
    return between | {focal} if between else set()


@remembered
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


def has_estimated_chips(book: Dealbook, focal: str) -> bool:
    """Whether others than `focal` buy chips of which somebody has only estimated the sum.

    Chips inside buildings (`INSIDE`) are shares that somebody has estimated.
    """
    legs = book.within(*SCOPES).legs
    chips = legs.leg_id[legs.instrument.eq("chips") & legs.payer_id.ne(focal)]
    said = book.events.leg_id.isin(chips) & book.events.status.eq("estimated")
    return bool(said.any()) or payments(book, focal).leg_id.str.contains(INSIDE, regex=False).any()


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
        leg_id=inside.leg_id + INSIDE + inside.maker,
        payee=inside.maker,
        instrument="chips",
        low=inside.low * inside.part_low,
        stated=inside.stated * inside.part_low,
        high=inside.high * inside.part_high,
    )
    taken = inside.groupby(leg_ids(inside))[["part_low", "part_high"]].sum()
    least, most = (sites.leg_id.map(taken[end]).fillna(0.0) for end in taken.columns)
    rest = sites.assign(
        low=sites.low * (1 - least), stated=sites.stated * (1 - least), high=sites.high * (1 - most)
    )
    return inside[sites.columns], rest
