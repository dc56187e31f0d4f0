"""Edges of the map with rings: legs added up by payer, payee and kind, spell by spell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from tightrope.accounts import BORROWED, direction
from tightrope.charts.marks import records
from tightrope.dealbook import LAYERS, WEB
from tightrope.ledger import ENDED, INTENDED, STATED
from tightrope.units import NONE_KNOWN, UNKNOWN, usd_bn_and_range, usd_bn_range, usd_bn_short

ALL = "all"
KINDS = {
    "stakes": ("equity", "shares", "warrant"),
    "borrowed": BORROWED,
    "purchases": (
        *("compute", "services", "chips", "construction", "lease"),
        *("revenue_share", "prepayment"),
    ),
}
"""What a ribbon is for, by the instruments of its legs."""
_KIND = {instrument: kind for kind, instruments in KINDS.items() for instrument in instruments}
_REACHED = {
    "announced": (*STATED, "binding", "paid"),
    "binding": ("binding", "paid"),
    "paid": ("paid",),
}
Leg = Mapping[str, Any]


@dataclass(frozen=True)
class Sum:
    """What several legs come to on one layer, in USD billion.

    `known` adds the amounts that sources give; `low` and `high` add the ranges of the `unknown`
    legs without one, and `open_ended` counts those whose range has no upper end.
    """

    known: float
    low: float
    high: float
    unknown: int
    open_ended: int

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that it may be; the most is NaN where nobody says."""
        most = math.nan if self.open_ended else self.known + self.high
        return self.known + self.low, most

    @property
    def text(self) -> str:
        """The amount or its range, as readers read it."""
        return usd_bn_range(*self.ends)

    @property
    def short(self) -> str:
        """The same in a few letters, as `controls.words` makes the chart write it."""
        return usd_bn_short(*self.ends)


@dataclass(frozen=True)
class Step:
    """How an edge stands from stop `since` until before stop `until`.

    `sums` has a sum for each of `LAYERS`; `firm` is what is announced and more than a letter of
    intent or a report, in USD billion. `tip` is what the live chart says, by title.
    """

    since: int
    until: int
    sums: Mapping[str, Sum]
    firm: float
    tip: Mapping[str, str]


@dataclass(frozen=True)
class Edge:
    """All that one party pays another for one kind of thing, as seen with a choice of scopes.

    `shown` are the choices that show it: "all" and its scope, or one of them where its legs
    belong to several scopes, so that each choice has its own sums.
    """

    payer: str
    payee: str
    kind: str
    shown: tuple[str, ...]
    steps: Sequence[Step]

    @property
    def ribbon(self) -> tuple[str, str, str]:
        """What it has in common with the same edge under other choices of scope: its place."""
        return self.payer, self.payee, self.kind

    @property
    def most(self) -> float:
        """The most that it ever comes to on any layer, in USD billion."""
        return max(total.known for step in self.steps for total in step.sums.values())


def hue(payer: str, payee: str, kind: str, focal: str) -> str:
    """The meaning of a ribbon's colour: the `direction` that all instruments of its kind share."""
    return direction(payer, payee, KINDS[kind][0], focal)


def stops(history: pd.DataFrame, day: pd.Timestamp) -> list[pd.Timestamp]:
    """The days on which anything changed, and `day`, in order."""
    changes = {*history.since, *history.until.dropna(), day}
    return sorted(pd.Timestamp(change) for change in changes)


def of_the_web(history: pd.DataFrame) -> pd.DataFrame:
    """The rows of deals that pay for the focal party's compute; other scopes only compare."""
    return history[history.scope.isin(WEB)]


def collect(
    history: pd.DataFrame, names: Mapping[str, str], days: Sequence[pd.Timestamp]
) -> list[Edge]:
    """The edges, the largest first; `history` as for `rings.web`, `days` are the stops."""
    place = {day: number for number, day in enumerate(days)}
    rows = history.assign(
        kind=history.instrument.map(_KIND),
        first=history.since.map(place),
        last=history.until.map(place).fillna(len(days)).astype(int),
    )
    unknown = sorted(rows.instrument[rows.kind.isna()].unique())
    if unknown:
        raise ValueError(f"no kind of ribbon for the instrument {', '.join(unknown)}")
    groups: dict[tuple[str, str, str], list[Leg]] = {}
    for row in records(rows.sort_values(["leg_id", "first"], kind="stable")):
        groups.setdefault((row["payer"], row["payee"], row["kind"]), []).append(row)
    edges = []
    for (payer, payee, kind), legs in sorted(groups.items()):
        scopes = sorted({str(leg["scope"]) for leg in legs})
        views = [(ALL, *scopes)] if len(scopes) == 1 else [(ALL,), *((s,) for s in scopes)]
        title = f"{names.get(payer, payer)} → {names.get(payee, payee)}"
        for shown in views:
            own = [leg for leg in legs if ALL in shown or leg["scope"] in shown]
            steps = _steps(own, title, kind)
            if steps:
                edges.append(Edge(payer, payee, kind, shown, steps))
    return sorted(edges, key=lambda edge: (-edge.most, edge.ribbon, edge.shown))


def _steps(rows: Sequence[Leg], title: str, kind: str) -> list[Step]:
    """The spells between the days on which any of the legs changed."""
    changes = sorted({row["first"] for row in rows} | {row["last"] for row in rows})
    steps = []
    for since, until in pairwise(changes):
        live = [row for row in rows if row["first"] <= since < row["last"]]
        sums = {layer: total(live, layer) for layer in LAYERS}
        there = [row for row in live if any(is_on(row, layer) for layer in LAYERS)]
        if there:
            firm = sum(_firm(row) for row in there)
            steps.append(Step(since, until, sums, firm, _tip(there, title, kind, sums)))
    return steps


def is_on(leg: Leg, layer: str) -> bool:
    """Whether the leg has anything on the layer, as `ledger.flows` decides it."""
    reached = leg["status"] in _REACHED[layer] and leg["status"] not in ENDED
    return bool(reached or leg[layer] > 0)


def total(legs: Iterable[Leg], layer: str) -> Sum:
    """What the legs come to on the layer."""
    there = [leg for leg in legs if is_on(leg, layer)]
    unknown = [leg for leg in there if math.isnan(leg[layer])]
    highs = [float(leg[f"{layer}_high"]) for leg in unknown]
    return Sum(
        known=sum(float(leg[layer]) for leg in there if not math.isnan(leg[layer])),
        low=sum(float(leg[f"{layer}_low"]) for leg in unknown),
        high=sum(high for high in highs if not math.isnan(high)),
        unknown=len(unknown),
        open_ended=sum(map(math.isnan, highs)),
    )


def _firm(leg: Leg) -> float:
    """What is announced of a leg, and more than a letter of intent or a report."""
    amount = float(leg["binding" if leg["stated_as"] in INTENDED else "announced"])
    return 0.0 if math.isnan(amount) else amount


def _tip(legs: Sequence[Leg], title: str, kind: str, sums: Mapping[str, Sum]) -> dict[str, str]:
    deals = list(dict.fromkeys(str(leg["deal"]) for leg in legs))
    more = f" and {len(deals) - 2} more" if len(deals) > 2 else ""
    status = dict.fromkeys(str(leg["status"]).replace("_", " ") for leg in legs)
    things = dict.fromkeys(str(leg["instrument"]).replace("_", " ") for leg in legs)
    amounts = {layer: _with_range(legs, layer, sums[layer]) for layer in LAYERS}
    return {
        "flow": title,
        "kind": f"{kind}: {', '.join(things)}",
        **amounts,
        "status": ", ".join(status),
        "deals": "; ".join(deals[:2]) + more,
    }


def _with_range(legs: Sequence[Leg], layer: str, whole: Sum) -> str:
    """The amount, and in brackets its range where sources differ."""
    there = [leg for leg in legs if is_on(leg, layer)]
    if not there:
        return NONE_KNOWN
    low = sum(float(leg[f"{layer}_low"]) for leg in there)
    high = sum(float(leg[f"{layer}_high"]) for leg in there)
    if whole.unknown:
        return whole.text
    return usd_bn_and_range(whole.known, low, high) if whole.known else UNKNOWN
