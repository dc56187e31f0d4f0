"""The external share: how far each assumption moves it, and why other pages have another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from tightrope import counting, ledger, quantities, scenarios, units
from tightrope.chapters.whose_money.words import percent_range
from tightrope.chapters.whose_money.years import CUSTOMERS, YearFigure, YearShare
from tightrope.counting import Ends
from tightrope.dealbook import Dealbook
from tightrope.measures import funding, uncertainty
from tightrope.measures.external import ExternalRange, external_range
from tightrope.measures.routes import OPEN
from tightrope.quantities import Quantities, external
from tightrope.quantities.payments import SHARES
from tightrope.quantities.view import View
from tightrope.scenario_parameters import BASE


@dataclass(frozen=True)
class Change:
    """One assumption about the external share that is changed: what is counted otherwise."""

    reports: bool = False
    """What only the press has reported counts, at the sum that it names."""
    in_kind: bool = False
    """Warrants, shares in kind and services count beside money for shares."""
    others_chips: bool = True
    """What suppliers pay for chips is a way on which money can come back."""
    one: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Parties that count as another one."""
    buys_from: tuple[str, ...] = ()
    """Parties to whom the focal party is taken to pay whatever they give."""
    customers: tuple[float, float] | None = None
    """What customers paid, USD billion at both ends, which counts as external."""


AS_IT_IS = Change()


def changed_share(
    view: View, reading: str, layer: str = "announced", change: Change = AS_IT_IS
) -> ExternalRange:
    """`quantities.external` with one assumption changed, exact at the ends of all ranges.

    Of what is paid, most suppliers publish nothing: on the net reading and by any route each of
    them can have been paid nothing, or all that it gave. Raises ValueError for an unknown reading
    or layer.
    """
    legs = counting.given(view.paid_to(layer, change.reports))
    if not change.in_kind:
        legs = legs[legs.instrument.isin(SHARES)]
    if not change.reports:
        legs = legs[~legs.is_report]
    money = legs[["leg_id", "payer", *counting.ENDS, "part_of"]]
    is_cut = reading == "any route" and not change.others_chips
    web = view.payments(layer, False) if is_cut else external.ways(view, reading, layer)
    web = web[["payer", "payee", *counting.ENDS]]
    if layer == "paid" and reading != "strict":
        known = web.payee[web.payer.eq(view.focal)]
        silent = [party for party in view.suppliers() if party not in set(known)]
        web = pd.concat([web, _paid(view.focal, silent, (0.0, 0.0, np.nan))], ignore_index=True)
    web = pd.concat([web, _paid(view.focal, [*change.buys_from], (OPEN,) * 3)], ignore_index=True)
    if change.customers:
        low, high = change.customers
        row = ("customers", CUSTOMERS, low, (low + high) / 2, high, "")
        money = pd.concat([money, pd.DataFrame([row], columns=money.columns)], ignore_index=True)
    same = dict(change.one)
    money = money.replace({"payer": same})
    web = web.replace({"payer": same, "payee": same})
    return external_range(money, web[web.payer.ne(web.payee)], view.focal)


def _paid(payer: str, payees: list[str], ends: tuple[float, float, float]) -> pd.DataFrame:
    rows = [(payer, payee, *ends) for payee in payees]
    frame = pd.DataFrame(rows, columns=["payer", "payee", *counting.ENDS])
    return frame.astype(dict.fromkeys(counting.ENDS, float))


class Drawn(NamedTuple):
    """A share (fraction) and its dollars (USD billion) in draws: 5%, the middle, and 95%."""

    share: Ends
    usd_bn: Ends
    inflow: Ends


def weighed_share(view: View, reading: str, layer: str, runs: int, seed: int) -> Drawn:
    """The strict or net share if promises come true as firmly as they stand.

    The chances are `uncertainty.PRIORS`, an assumption of this book, and so is every quantile: no
    source gives them. Runs in which no money comes are left out. Raises ValueError for any other
    reading.
    """
    if reading not in external.READINGS[:2]:
        raise ValueError(f'reading must be strict or net, not "{reading}"')
    legs = counting.given(ledger.flows(view.web, layer))
    legs = legs[legs.payer.eq(view.focal) | legs.payee.eq(view.focal)].reset_index(drop=True)
    whole = legs.leg_id.map(view.book.legs.set_index("leg_id").part_of_leg_id)
    parts = whole.where(whole.isin(legs.leg_id), "")
    gives = legs.payee.eq(view.focal) & legs.instrument.isin(SHARES) & ~legs.status.eq("reported")
    high = f"{layer}_high"
    legs[high] = legs[high].fillna(legs[layer]).fillna(legs[f"{layer}_low"])
    own = parts.eq("")
    amounts = np.zeros((runs, len(legs)))
    amounts[:, own] = uncertainty.sample(legs[own], runs, seed, layer)
    random = np.random.default_rng(seed)
    place = {leg_id: number for number, leg_id in enumerate(legs.leg_id)}
    for number in np.flatnonzero(~own):
        # A part that nobody knows: any part of the whole.
        rest = place[parts[number]]
        taken = amounts[:, rest] * random.random(runs)
        amounts[:, number] += taken
        amounts[:, rest] -= taken
    inflow, part = np.zeros(runs), np.zeros(runs)
    suppliers = view.suppliers()
    for payer in legs.payer[gives].unique():
        given = amounts[:, gives & legs.payer.eq(payer)].sum(axis=1)
        inflow += given
        if reading == "strict":
            part += 0.0 if payer in suppliers else given
            continue
        taken = amounts[:, legs.payer.eq(view.focal) & legs.payee.eq(payer)].sum(axis=1)
        part += np.maximum(given - taken, 0.0)
    some = inflow > 0
    if not some.any():
        nothing = Ends(np.nan, np.nan, np.nan)
        return Drawn(nothing, nothing, nothing)
    drawn = (part[some] / inflow[some], part[some], inflow[some])
    return Drawn(*(Ends(*uncertainty.quantiles(one)) for one in drawn))


LAYERS = {
    "announced": "All that is announced",
    "binding": "What is binding",
    "paid": "What is paid",
}
"""A layer as it heads its lanes."""
WEIGHED = "if promises come true by our own chances (a draw)"
_STEPS = {"announced": ("paid", "binding", "announced"), "binding": ("paid", "binding")}
_LANE = ["case", "reading", "low", "mid", "high", "kept"]
_ENDS = ["usd_low", "usd_high", "inflow_low", "inflow_high"]


def from_customers(revenue: Mapping[int, YearFigure]) -> tuple[float, float]:
    """What customers have paid in all years of `years.by_year`: USD billion, both ends."""
    return sum(year.low for year in revenue.values()), sum(year.high for year in revenue.values())


def changes(
    view: View,
    layer: str,
    customers: tuple[float, float],
    bought: Mapping[str, str],
    same: Mapping[str, tuple[str, str]],
) -> dict[str, Change]:
    """The assumptions to change one by one, as far as they change anything, by their name.

    `customers` as `from_customers`. `bought` names givers to whom the focal party could pay as
    much as they give, `same` suppliers that could be one with another party, each by the case.
    """
    given = counting.given(view.paid_to(layer))
    if given.empty:
        return {}
    web = view.payments(layer)
    has_chips = bool((web.payer.ne(view.focal) & web.instrument.eq("chips")).any())
    talks = quantities.of(view.book, view.focal)["reported_in"].stated
    suppliers = view.suppliers()
    found = {"without the chips that clouds buy": Change(others_chips=False)} if has_chips else {}
    for case, giver in bought.items():
        if given.payer.eq(giver).any():
            found[case] = Change(buys_from=(giver,))
    if talks > 0 and layer == "announced":
        found["with the round still in talks"] = Change(reports=True)
    for case, (party, other) in same.items():
        if party in suppliers:
            found[case] = Change(one={party: other})
    if given.medium.isin(["stock", "warrant"]).any():
        found["with shares, warrants and services"] = Change(in_kind=True)
    if customers[1]:
        found["with what customers have paid"] = Change(customers=customers)
        if has_chips and layer == "announced":
            case = "with customers, without the clouds' chips"
            found[case] = Change(customers=customers, others_chips=False)
    return found


def _lane(
    case: str, reading: str, of: ExternalRange | Drawn, kept: bool, is_open: bool
) -> dict[str, object]:
    percent = [100 * end for end in of.share]
    return {
        "case": case,
        "reading": reading,
        "low": percent[0],
        "mid": float("nan") if is_open else percent[1],
        "high": percent[2],
        "kept": kept,
        "usd_low": of.usd_bn.low,
        "usd_high": of.usd_bn.high,
        "inflow_low": of.inflow.low,
        "inflow_high": of.inflow.high,
    }


def cases(
    view: View, layer: str, changed: Mapping[str, Change], runs: int, seed: int
) -> pd.DataFrame:
    """Every case by every reading: one row a lane.

    First the layers up to `layer` as they are (`kept`), then one assumption after the other, then
    the draw of `weighed_share`. Columns: case, reading; low, mid and high of the share (percent;
    no mid where what is paid leaves it open); kept; and the ends of the dollars (USD billion).
    """
    tried = [(LAYERS[step], step, AS_IT_IS, True) for step in _STEPS.get(layer, ("paid",))]
    tried += [(case, layer, change, False) for case, change in changed.items()]
    lanes = []
    for case, step, change, kept in tried:
        for reading in external.READINGS:
            of = changed_share(view, reading, step, change)
            if of.inflow.low > 0:
                is_open = step == "paid" and of.share.high - of.share.low > 0.2
                lanes.append(_lane(case, reading, of, kept, is_open))
    if layer != "paid" and external.money(view, layer).high.sum() > 0:
        for reading in external.READINGS[:2]:
            drawn = weighed_share(view, reading, layer, runs, seed)
            if pd.notna(drawn.share.stated):
                lanes.append(_lane(WEIGHED, reading, drawn, False, False))
    return pd.DataFrame(lanes, columns=[*_LANE, *_ENDS])


def strict_cases(view: View, layer: str, changed: Mapping[str, Change]) -> pd.DataFrame:
    """The strict share of a layer as it is, and with each assumption changed: as `cases`."""
    tried = [(LAYERS[layer], AS_IT_IS, True)]
    tried += [(case, change, False) for case, change in changed.items()]
    strict, lanes = external.READINGS[0], []
    for case, change, is_kept in tried:
        of = changed_share(view, strict, layer, change)
        if of.inflow.low > 0:
            lanes.append(_lane(case, strict, of, is_kept, False))
    return pd.DataFrame(lanes, columns=[*_LANE, *_ENDS])


def moves_it_most(lanes: pd.DataFrame, layer: str) -> str:
    """The case that moves the strict share furthest from that of the layer; "" for none.

    The draw is none of them: its ends are no ends of the evidence.
    """
    strict = lanes[lanes.reading.eq(external.READINGS[0])].set_index("case")
    if LAYERS[layer] not in strict.index:
        return ""
    moved = ~strict.kept & (strict.index != WEIGHED)
    moves = (strict.mid[moved] - strict.mid[LAYERS[layer]]).abs()
    return str(moves.idxmax()) if moves.max() > 0 else ""


def share_lines(view: View, q: Quantities, shares: Mapping[str, YearShare]) -> pd.DataFrame:
    """The external shares of this book, each with its dollars and what it leaves out, in words.

    Columns: reading, share, dollars, whole, left. Those of money for shares, of the last two years
    of `shares`, and of the years of the base scenario where its sources are known.
    """
    rows = [*_of_quantities(view, q), *_of_years(view.book, shares), *_of_plan(view)]
    return pd.DataFrame(rows, columns=["reading", "share", "dollars", "whole", "left"])


_LEFT = "loans, warrants, what customers pay, press reports"
_READ = (
    ("Strict, of all announced money for shares", "share", "money", "announced", _LEFT),
    ("Net, of the same", "share_net", "money_net", "announced", _LEFT),
    ("By any route, of the same", "share_any_route", "money_any_route", "announced", _LEFT),
    (
        "Strict, of what is paid for shares",
        "share_of_paid",
        "money_paid",
        "paid",
        f"{_LEFT}, what is only promised",
    ),
)


def _of_quantities(view: View, q: Quantities) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, share, dollars, layer, left in _READ:
        whole = external.external(view, external.READINGS[0], layer).inflow
        if whole.low > 0:
            of = q[f"external_{share}"]
            sums = q[f"external_{dollars}"].written, units.usd_bn_range(whole.low, whole.high)
            found.append((name, percent_range(of.low, of.high), *sums, left))
    return found


def _of_years(book: Dealbook, shares: Mapping[str, YearShare]) -> list[tuple[str, ...]]:
    return [
        (
            f"Strict, of all that was paid in {year}"
            + (" so far" if year == str(book.day.year) else ""),
            percent_range(one.least, one.most),
            units.usd_bn_range(one.outside_low, one.outside_high),
            units.usd_bn_range(*one.whole),
            "loans, what is only promised; customers are in it",
        )
        for year, one in list(shares.items())[-2:]
    ]


def _of_plan(view: View) -> list[tuple[str, ...]]:
    book = view.book
    if BASE not in scenarios.ids(book):
        return []
    if pd.Timestamp(scenarios.newest_source(book)) > book.day:
        return []
    own = scenarios.scenario(book, focal=view.focal)
    planned = scenarios.payments(book, own, view.focal)
    ahead = funding.external_share(planned, view.focal, [scenarios.CUSTOMERS])
    return [
        (
            f"Strict, of the years of {book.party_name(view.focal)}’s plan, "
            "as the scenarios count it",
            percent_range(ahead.strict, ahead.strict),
            units.usd_bn(ahead.strict_usd_bn),
            units.usd_bn(ahead.inflow),
            "loans, all that was paid before; customers are in it, and bring most of it",
        )
    ]


def rows_behind(view: View) -> list[str]:
    """The rows of all that the focal party pays and is paid, and of the chips that others buy."""
    ladder = ledger.ladder(view.web)
    ours = ladder.payer.eq(view.focal) | ladder.payee.eq(view.focal)
    chips = ladder.instrument.eq("chips") & ladder.payer.ne(view.focal)
    legs = [*ladder.leg_id[ours], *ladder.leg_id[chips]]
    return [f"legs/{leg}" for leg in legs] or [f"parties/{view.focal}"]


def gets_more_than_it_gave(book: Dealbook, focal: str, parties: Sequence[str]) -> bool:
    """Whether each of `parties` gives something, and is surely to be paid more than it may give."""
    clouds = [quantities.of(book, focal, party) for party in parties]
    return all(each["to_pay"].low > each["to_come_in"].high > 0 for each in clouds)


def chips_decide(view: View) -> bool:
    """Whether the share by any route is milder, by a twentieth, without the chips others buy."""
    bought, left = (
        changed_share(view, external.READINGS[2], change=Change(others_chips=chips)).share.stated
        for chips in (True, False)
    )
    return left > bought + 0.05
