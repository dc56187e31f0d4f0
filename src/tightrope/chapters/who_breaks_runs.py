"""Who breaks, year by year: the web cleared for several shares, who fails in it, and who loses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import stress
from tightrope.chapters.who_breaks import FULL, LEAN, RATIOS
from tightrope.stress import Partners

SUPPLIER, *BEHIND = stress.KINDS
"""Whom the focal party owes; and who stands behind them."""
_CENT = 0.005
"""Losses below five million dollars are rounding."""


def runs(web: Partners, ratios: Sequence[float] = RATIOS) -> pd.DataFrame:
    """`stress.run` for all readings, ends and shares, with reading, end and pay_ratio.

    Empty if nobody can be tested, or nothing is due.
    """
    if not web.tested or not len(web.dues):
        return pd.DataFrame()
    return pd.concat(
        [
            stress.run(web, ratio, reading, end).assign(reading=reading, end=end, pay_ratio=ratio)
            for reading in stress.READINGS
            for end in stress.ENDS
            for ratio in ratios
        ],
        ignore_index=True,
    )


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Who fails at which share, in which year, and at which end of the evidence."""

    boxes: pd.DataFrame
    """party, reading, pay_ratio, year, state ("no", "one": at the strict end, "both"); who needs
    the largest share stands first."""
    broken: tuple[str, ...]
    """The partners that fail anywhere, the largest share first."""
    earliest: Mapping[float, tuple[int, tuple[str, ...]]]
    """By share, with machines: the first year in which anybody fails, and who fails in it."""

    @property
    def only_strict(self) -> bool:
        """Whether nobody fails at both ends."""
        return not self.boxes.state.eq("both").any()

    def failed(self, reading: str) -> pd.DataFrame:
        """The boxes of a reading in which a partner fails, at one end at least."""
        return self.boxes[self.boxes.state.ne("no") & self.boxes.reading.eq(reading)]

    @property
    def overtaken(self) -> list[tuple[float, str]]:
        """The shares at which another fails before the partner that needs the largest share."""
        return [
            (ratio, parties[0])
            for ratio, (_, parties) in self.earliest.items()
            if self.broken[0] not in parties
        ]


def outcomes(web: Partners, runs: pd.DataFrame) -> Outcomes | None:
    """What `runs` come to for the tested partners; None if there is no run."""
    if runs.empty:
        return None
    tested = runs[runs.party.isin(web.tested)]
    keys = ["party", "reading", "pay_ratio", "year"]
    both = tested.pivot_table(index=keys, columns="end", values="in_default", aggfunc="max")
    both = both.astype(bool)
    state = both.apply(lambda row: "both" if row.mild else "one" if row.strict else "no", axis=1)
    boxes = state.rename("state").reset_index()
    failing = boxes[boxes.state.ne("no")].groupby("party")
    broken = failing.agg(ratio=("pay_ratio", "max"), times=("state", "size"))
    broken = broken.sort_values(["ratio", "times"], ascending=False)
    order = [*broken.index, *(party for party in web.tested if party not in broken.index)]
    place = {party: number for number, party in enumerate(order)}
    lane = {reading: number for number, reading in enumerate(stress.READINGS)}
    boxes = boxes.assign(place=boxes.party.map(place), lane=boxes.reading.map(lane)).sort_values(
        ["place", "lane", "pay_ratio", "year"],
        ascending=[True, True, False, True],
        ignore_index=True,
    )
    boxes = boxes.drop(columns=["place", "lane"])
    firsts = tuple(str(party) for party in broken.index)
    return Outcomes(boxes, firsts, _earliest(boxes, firsts))


def _earliest(
    boxes: pd.DataFrame, firsts: Sequence[str]
) -> dict[float, tuple[int, tuple[str, ...]]]:
    failed = boxes[boxes.state.ne("no") & boxes.reading.eq(FULL)]
    found = {}
    for ratio, rows in failed.groupby("pay_ratio", sort=False):
        first = int(rows.year.min())
        then = set(rows.party[rows.year.eq(first)])
        found[float(str(ratio))] = (first, tuple(party for party in firsts if party in then))
    return found


def lost(web: Partners, runs: pd.DataFrame) -> pd.DataFrame:
    """What each kind of creditor is not paid over all years, machines included.

    Columns: pay_ratio, kind (of `stress.KINDS`), `strict` and `mild`, USD billion.
    """
    table = runs[runs.reading.eq(FULL)]
    table = table.assign(amount=table.first_round + table.passed_on, kind=table.party.map(web.kind))
    sums = table.groupby(["end", "pay_ratio", "kind"]).amount.sum()
    lines = [
        (ratio, kind, *(float(sums.get((end, ratio, kind), 0.0)) for end in ("strict", "mild")))
        for ratio in dict.fromkeys(runs.pay_ratio)
        for kind in stress.KINDS
    ]
    return pd.DataFrame(lines, columns=["pay_ratio", "kind", "strict", "mild"])


def lost_beyond(web: Partners, ratio: float, reading: str) -> pd.DataFrame:
    """What each kind loses beyond the loss at full payment: `mild` and `strict`, by kind.

    USD billion over all years, of both rounds; NaN where nobody can be tested or nothing is due.
    """
    if not web.tested or not len(web.dues):
        return pd.DataFrame(index=list(stress.KINDS), columns=list(stress.ENDS), dtype=float)
    sums = {}
    for end in stress.ENDS:
        table = stress.beyond_full(web, ratio, reading, end)
        by_kind = table.groupby("kind")[["first_round", "passed_on"]].sum().sum(axis=1)
        sums[end] = by_kind.reindex(list(stress.KINDS), fill_value=0.0)
    return pd.DataFrame(sums)


def loss_of(lost: pd.DataFrame, kinds: Sequence[str]) -> tuple[float, float]:
    """What some kinds lose together, of `lost_beyond`: the mild end, and the larger of both."""
    mild, strict = (float(lost.loc[list(kinds), end].sum(skipna=False)) for end in stress.ENDS)
    return mild, max(mild, strict)


def is_nothing(amount: float) -> bool:
    """Whether a loss is rounding."""
    return amount < _CENT


def lean_failures(outcomes: Outcomes) -> list[str]:
    """Who fails if only debts and rents count, in the order of the boxes."""
    return [str(party) for party in dict.fromkeys(outcomes.failed(LEAN).party)]
