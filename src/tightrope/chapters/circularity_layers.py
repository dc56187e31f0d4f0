"""Circularity, measured every way: the answer by layer."""

from __future__ import annotations

import pandas as pd

from tightrope import dealbook, quantities
from tightrope.chapters import circularity as draws
from tightrope.chapters import how_circular as chapter
from tightrope.chapters.how_circular import MEASURES, READINGS
from tightrope.dealbook import Dealbook
from tightrope.quantities import Quantities

LAYERS = {"announced": "Announced", "binding": "Signed", "paid": "Paid"}

_WITHOUT_CHIPS = "Announced, without suppliers’ chips"


def by_layer(book: Dealbook, focal: str, layer: str, runs: int, seed: int) -> pd.DataFrame:
    """What can return to `focal`, as it is written, on a layer and on those within it.

    `what` is counted; `READINGS` with their ranges; `share_in` and `share_out`, what can return by
    any route over what comes in and goes out, in the draws. What is announced has a second row,
    without what suppliers pay for chips.
    """
    known, rows = quantities.of(book, focal), []
    for level in dealbook.LAYERS[dealbook.LAYERS.index(layer) :]:
        names = list(MEASURES[level])
        web = chapter.web(book, focal, level)
        found = draws.in_runs(book, web, focal, runs, seed)
        rows.append((LAYERS[level], *_written(known, names, found)))
        if level == "announced":
            names[-1] += "_without_chips"
            bare = chapter.web(book, focal, level, others_chips=False)
            found = draws.in_runs(book, bare, focal, runs, seed)
            rows.append((_WITHOUT_CHIPS, *_written(known, names, found)))
    return pd.DataFrame(rows, columns=["what", *READINGS, "share_in", "share_out"])


def _written(known: Quantities, names: list[str], runs: pd.DataFrame) -> tuple[str, ...]:
    into, out = (draws.share(runs, "any_route", side) for side in ("inflow", "outflow"))
    is_paid = runs.outflow.gt(0).any()
    sums = (known[name].written for name in names)
    return (*sums, into.written, out.written if is_paid else "none known")
