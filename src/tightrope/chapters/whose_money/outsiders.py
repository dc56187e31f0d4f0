"""The strict reading in two bars: as it is, and with the one assumption that moves it most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from tightrope import units
from tightrope.chapters.whose_money import readers
from tightrope.chapters.whose_money.words import percent_range, unbroken
from tightrope.chapters.whose_money.years import SUPPLIER
from tightrope.charts import theme
from tightrope.charts.certainty import WORDS
from tightrope.charts.marks import Fill
from tightrope.quantities.external import READINGS

OUTSIDE, MAYBE, MOVED = "from outsiders", WORDS["high"], "taken for an insider"
FILLS = {
    OUTSIDE: Fill(theme.INTO_OPENAI),
    MAYBE: Fill(theme.INTO_OPENAI, "high"),
    MOVED: Fill(theme.ROUND_TRIP),
    SUPPLIER: Fill(theme.ROUND_TRIP, "binding"),
}
"""The parts of a bar and their fills, from the left: together they are all that comes in."""


class Mover(NamedTuple):
    """Whom a case takes for an insider, and as what."""

    name: str
    how: str


def strict_bars(
    lanes: pd.DataFrame, layer: str, movers: Mapping[str, Mover], focal: str
) -> pd.DataFrame:
    """The strict share of a layer, and of the case that moves it most: for `charts.parts`.

    `lanes` as `readers.cases`; `movers` by case, `focal` the name of who is given the money.
    Columns: case, whole and note (the bar's name and what is said below it), part (a key of
    `FILLS`), amount (percent of all that comes in), share and words (the range of the share, and
    that with its dollars). Empty without the layer.
    """
    strict = lanes[lanes.reading.eq(READINGS[0])].set_index("case")
    as_it_is, moved = readers.LAYERS[layer], readers.moves_it_most(lanes, layer)
    named = {as_it_is: (as_it_is, ""), moved: (moved, "")}
    mover = movers.get(moved)
    if mover:
        named[as_it_is] = f"{mover.name} as an outsider", f"{focal} pays it nothing"
        named[moved] = f"{mover.name} as an insider", mover.how
    rows = []
    for case in (case for case in named if case in strict.index):
        lane = strict.loc[case]
        share = unbroken(percent_range(lane.low / 100, lane.high / 100))
        dollars = units.usd_bn_range(lane.usd_low, lane.usd_high) if lane.usd_high else "nothing"
        whole = units.usd_bn_range(lane.inflow_low, lane.inflow_high)
        words = f"{unbroken(f'{share} external,')} {unbroken(f'{dollars} of {whole}')}"
        inside = strict.high[as_it_is] - lane.high if mover else 0.0
        sizes = (lane.low, lane.high - lane.low, inside, 100 - lane.high - inside)
        rows += [
            (case, *named[case], part, size, share, words)
            for part, size in zip(FILLS, sizes, strict=True)
            if size > 0 or part != MOVED
        ]
    return pd.DataFrame(rows, columns=["case", "whole", "note", "part", "amount", "share", "words"])


def finding(bars: pd.DataFrame, layer: str, movers: Mapping[str, Mover]) -> str:
    """What the bars of `strict_bars` show, in a sentence."""
    shares = bars.groupby("case", sort=False).share.first()
    found = f"Of what is {layer}, {shares.iloc[0]} is external"
    if mover := movers.get(str(shares.index[-1])):
        found += f" if {mover.name} is an outsider, and {shares.iloc[-1]} if it is not"
    return found


def the_rest(bars: pd.DataFrame) -> str:
    """What the bars of `strict_bars` hold beside external money, in a sentence."""
    more = ", and in the last bar from whoever is taken for an insider"
    return f"The rest is from {SUPPLIER}{more if bars.part.eq(MOVED).any() else ''}."
