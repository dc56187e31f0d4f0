"""Flows of the money map: legs added up by payer, payee and hue, and small parties folded."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope.accounts import BORROWED, directions
from tightrope.ledger import INTENDED
from tightrope.units import NONE_KNOWN, usd_bn_range

RUNGS = ("paid", "binding", "announced", "intended")
"""The rungs of the ladder that a ribbon shows side by side, surest first."""
_VERBS = {"in": "give", "out": "pay", "onward": "pay", "borrowed": "back"}
# Starts the id of what was folded together; no party's own id can hold it.
_FOLDED = "\0"


@dataclass(frozen=True)
class Flow:
    """All that one party pays another in one hue; `parts` is USD billion by rung of `RUNGS`.

    `kind` is the direction that `accounts.direction` says, `verb` what the payer does. `least`
    and `most` are the ends of the range, in USD billion; `most` is NaN where nobody says. `tip`
    is what the live chart says under the pointer.
    """

    payer: str
    payee: str
    kind: str
    verb: str
    parts: tuple[float, ...]
    least: float
    most: float
    tip: Mapping[str, str]

    @property
    def label(self) -> str:
        """The amount or its range, as readers read it."""
        return usd_bn_range(self.least, self.most)

    @property
    def dollars(self) -> float:
        """What is drawn, in USD billion: the amount, or the upper end of its range."""
        return sum(self.parts)

    def ends(self) -> tuple[str, str]:
        """Payer and payee."""
        return self.payer, self.payee


def collect(legs: pd.DataFrame, names: Mapping[str, str], focal: str) -> list[Flow]:
    """The legs added up by payer, payee and hue, largest first.

    `legs` has the columns payer, payee, instrument, stated_as; amount, low and high; and for
    each rung `R` of announced, binding and paid the columns `R`, `R_low` and `R_high`, all in
    USD billion, as `ledger.flows` returns them. A party without a name goes by its id. Raises
    AttributeError or KeyError if a column is missing.
    """
    kinds = directions(legs, focal)
    flows = []
    for key, group in legs.groupby([legs.payer, legs.payee, kinds], sort=True):
        payer, payee, kind = (str(part) for part in key)
        tip = {
            "flow": f"{names.get(payer, payer)} → {names.get(payee, payee)}",
            "instrument": ", ".join(dict.fromkeys(group.instrument.str.replace("_", " "))),
        } | {rung: _written(group, rung) for rung in ("announced", "binding", "paid")}
        by_leg = np.array([_parts(row) for row in group.to_dict("records")])
        parts = tuple(float(part) for part in by_leg.sum(axis=0))
        least, most = _range(group, "low", "high")
        verb = _verb(kind, set(group.instrument))
        flows.append(Flow(payer, payee, kind, verb, parts, least, most, tip))
    return sorted(flows, key=lambda flow: (-flow.dollars, flow.payer, flow.payee, flow.kind))


def _verb(kind: str, instruments: set[str]) -> str:
    """What the payer does: who lends and who stands behind a debt do not pay for anything."""
    if instruments == {"loan"}:
        return "lend"
    if instruments <= set(BORROWED):
        return "back"
    return _VERBS[kind]


def _parts(leg: Mapping[Any, Any]) -> npt.NDArray[np.float64]:
    """USD billion by rung: each rung without the ones below it; a range ends as intended."""
    amount, low, high = (float(leg[name]) for name in ("amount", "low", "high"))
    floor = low if math.isnan(amount) else amount
    paid, binding = (
        min(floor, float(leg[f"{rung}_low"] if math.isnan(leg[rung]) else leg[rung]))
        for rung in ("paid", "binding")
    )
    binding = max(binding, paid)
    rest = floor - binding
    open_end = high - floor if math.isnan(amount) and high > floor else 0.0
    is_letter = leg["stated_as"] in INTENDED
    parts = (paid, binding - paid, 0.0 if is_letter else rest, open_end + rest * is_letter)
    return np.nan_to_num(np.maximum(parts, 0.0))


def _range(group: pd.DataFrame, low: str, high: str) -> tuple[float, float]:
    """What the legs add up to at least and at most; the most is NaN where nobody says."""
    return float(group[low].sum()), float(group[high].sum(skipna=False))


def _written(group: pd.DataFrame, rung: str) -> str:
    least, most = _range(group, f"{rung}_low", f"{rung}_high")
    return NONE_KNOWN if rung == "paid" and most == 0 else usd_bn_range(least, most)


def throughput(flows: Iterable[Flow]) -> dict[str, float]:
    """USD billion that passes each party, by its id."""
    table: dict[str, float] = {}
    for flow in flows:
        for party in flow.ends():
            table[party] = table.get(party, 0.0) + flow.dollars
    return table


def is_folded(party: str) -> bool:
    """Whether the id stands for several parties that `folded` has put together."""
    return party.startswith(_FOLDED)


def folded(
    flows: Iterable[Flow], names: Mapping[str, str], parties: Sequence[str]
) -> tuple[list[Flow], dict[str, str]]:
    """The flows with the parties as one, and the names with this one's: how many they are.

    Parties that are folded already count as many as they are. Flows among the parties vanish.
    """
    count = sum(int(party.split(_FOLDED)[1]) if is_folded(party) else 1 for party in parties)
    merged = f"{_FOLDED}{count}{_FOLDED}{min(parties)}"
    groups: dict[tuple[str, str, str], list[Flow]] = {}
    for flow in flows:
        payer, payee = (merged if party in parties else party for party in flow.ends())
        if payer != payee:
            groups.setdefault((payer, payee, flow.kind), []).append(flow)
    new = [_added_up(*key, group) for key, group in groups.items()]
    return new, {**names, merged: f"{count} smaller parties"}


def _added_up(payer: str, payee: str, kind: str, group: Sequence[Flow]) -> Flow:
    parts = tuple(sum(flow.parts[rung] for flow in group) for rung in range(len(RUNGS)))
    least, most = sum(flow.least for flow in group), sum(flow.most for flow in group)
    tip = group[0].tip if len(group) == 1 else {"flow": f"{len(group)} flows"}
    verbs = {flow.verb for flow in group}
    verb = verbs.pop() if len(verbs) == 1 else _VERBS[kind]
    return Flow(payer, payee, kind, verb, parts, least, most, tip)
