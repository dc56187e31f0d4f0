"""How circular is it: the picture of the cut, and whom it goes through.

A web is a frame of `loops.payments`. All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tightrope import counting, loops
from tightrope.dealbook import Dealbook


@dataclass(frozen=True)
class Unrolled:
    """The web with `focal` at both ends, and the cut through it."""

    bands: pd.DataFrame
    """part, payer, payee, low, high (NaN where open), cut: what `charts.cut` draws, by party id.
    What has no way back, and what comes from outside, are one band each, named by the caller."""
    cut: pd.DataFrame
    """payer, payee of the payments to cancel, at the high ends of all ranges."""
    home: frozenset[str]
    """The parties on a way from `focal` back to it."""
    is_whole: bool
    """Whether the bands carry all that can return; longer chains are not among them."""


def severed(web: pd.DataFrame, focal: str) -> pd.DataFrame:
    """`loops.cut`; no payment where of all that `focal` pays no sum is known to be drawn."""
    found = loops.cut(web, focal)
    return found if web.stated[web.payer.eq(focal)].sum() > 0 else found[:0]


def unrolled(
    web: pd.DataFrame, focal: str, dead: str = "No way back", outside: str = "From outside"
) -> Unrolled:
    """The web in three steps: out of `focal`, onward between its partners, and back to it.

    In the middle stand those who give to `focal` and are paid by its other partners: the one that
    is fed most, and all that `focal` does not pay itself.
    """
    stroke = severed(web, focal)
    cuts = set(stroke.itertuples(index=False, name=None))
    pairs = web.groupby(["payer", "payee"], as_index=False).agg(
        low=("low", "sum"), high=("high", lambda high: high.sum(skipna=False))
    )
    home = loops.ways(web, focal) - {focal}
    paid = set(pairs.payee[pairs.payer.eq(focal)]) & home
    fed = pairs[pairs.payer.isin(paid) & pairs.payee.isin(home)].groupby("payee").high.sum()
    hub = {str(fed.idxmax())} if len(fed) else set()
    second = (hub | (home - paid)) & set(pairs.payer[pairs.payee.eq(focal)])

    def part(payer: str, payee: str) -> str:
        if payer == focal:
            return "out" if payee in home else "dead"
        if payee == focal:
            return "back" if payer in home else "outside"
        return "onward" if payer in paid - second and payee in second else ""

    sides = list(zip(pairs.payer, pairs.payee, strict=True))
    pairs = pairs.assign(part=[part(*side) for side in sides], cut=[side in cuts for side in sides])
    pairs = pairs[pairs.part.ne("")]
    columns = ["part", "payer", "payee", "low", "high", "cut"]
    drawn_apart = pairs[~pairs.part.isin(["dead", "outside"])]
    gathered = [
        (name, *ends, rest.low.sum(), rest.high.sum(skipna=False), False)
        for name, ends in (("dead", (focal, dead)), ("outside", (outside, focal)))
        if len(rest := pairs[pairs.part.eq(name)])
    ]
    bands = pd.DataFrame(
        [*drawn_apart[columns].itertuples(index=False, name=None), *gathered], columns=columns
    )
    is_whole = all(
        np.isclose(
            loops.returnable_at(drawn_apart, focal, end),
            loops.returnable_at(web, focal, end),
            equal_nan=True,
        )
        for end in ("low", "high")
    )
    return Unrolled(bands, stroke, frozenset(home), is_whole)


def with_rungs(
    bands: pd.DataFrame, layers: Mapping[str, pd.DataFrame], focal: str, home: frozenset[str]
) -> pd.DataFrame:
    """The bands with a column for each layer: its low end, and no more than that of the band.

    `layers` are webs of `how_circular.web` by name of the layer, `home` that of `Unrolled`. The
    bands of what has no way back and of what comes from outside hold all payments that do.
    """
    found = bands
    for layer, web in layers.items():
        sums = web.groupby(["payer", "payee"]).low.sum()
        payers, payees = (sums.index.get_level_values(end) for end in ("payer", "payee"))
        dead = float(sums[(payers == focal) & ~payees.isin(home)].sum())
        outside = float(sums[(payees == focal) & ~payers.isin(home)].sum())
        gathered = {"dead": dead, "outside": outside}
        low = [
            gathered.get(band.part, sums.get((band.payer, band.payee), 0.0))
            for band in bands.itertuples()
        ]
        found = found.assign(**{layer: np.minimum(low, bands.low)})
    return found


def on_routes(web: pd.DataFrame, focal: str, home: frozenset[str]) -> pd.DataFrame:
    """The payments of a web between `focal` and the parties on a way back to it."""
    between = {focal, *home}
    return web[web.payer.isin(between) & web.payee.isin(between)]


def deals(web: pd.DataFrame, severed: pd.DataFrame) -> pd.DataFrame:
    """What of each deal is in the cut: deal_id, payer, instrument, low and high, largest first.

    `severed` are payer and payee of `loops.cut`; high is NaN where a payment is open above.
    """
    legs = web.merge(severed, on=["payer", "payee"])
    ends = legs.groupby(["deal_id", "payer", "instrument"], as_index=False)[["low", "high"]]
    return ends.agg(lambda sums: sums.sum(skipna=False)).sort_values("high", ascending=False)


def givers(severed: pd.DataFrame, focal: str, book: Dealbook) -> list[str]:
    """Who pays the payments of the cut, each once; where `focal` does, whom it pays as well."""
    named = (
        f"{book.party_name(focal)} to {book.party_name(cut.payee)}"
        if cut.payer == focal
        else book.party_name(cut.payer)
        for cut in severed.itertuples()
    )
    return list(dict.fromkeys(named))


def given_by_others(web: pd.DataFrame, focal: str) -> list[str]:
    """Who gives `focal` more at least than it is paid by it, and can be paid by others of the web.

    With the money of `focal`, that is: only parties on a way from it back to it.
    """
    sides = counting.by_partner(web, focal)
    gives_more = sides.in_low.gt(sides.round_low)
    return list(sides.party[gives_more & sides.party.isin(loops.ways(web, focal) - {focal})])


def widest(bands: pd.DataFrame) -> str:
    """Whom `focal` pays most of those who give it nothing and pay others who do; "" for none.

    `bands` are those of `Unrolled`, at their low ends.
    """
    onward = bands.payee.isin(bands.payer[bands.part.eq("onward")])
    gives = bands.payee.isin(bands.payer[bands.part.eq("back")])
    paid = bands[bands.part.eq("out") & onward & ~gives].sort_values("low", ascending=False)
    return str(paid.payee.iloc[0]) if len(paid) and paid.low.iloc[0] > 0 else ""
