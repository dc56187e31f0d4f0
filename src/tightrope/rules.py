"""The rules that a table schema cannot say: how events, legs and deals must hang together.

Each rule takes the frames of a data package (indexed by line number) and yields findings.
Empty and unreadable cells are the schema's business: rules pass over them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from tightrope.csvpackage import Finding
from tightrope.scenario_parameters import BASE, PARAMETERS, YEARS, complete

Frames = dict[str, pd.DataFrame]
Rule = Callable[[Frames], Iterator[Finding]]

AMOUNTS = ["amount_low_usd_bn", "amount_usd_bn", "amount_high_usd_bn"]
_TOLERANCE_USD_BN = 1e-9


def check(frames: Frames) -> list[Finding]:
    """What all rules find in the frames of a data package."""
    return [finding for rule in RULES for finding in rule(frames)]


def _line(label: object) -> int:
    return int(str(label))


def payer_is_not_payee(frames: Frames) -> Iterator[Finding]:
    """A leg is a payment from one party to another."""
    legs = frames["legs"]
    for line, leg in legs[legs.payer_id.eq(legs.payee_id) & legs.payer_id.ne("")].iterrows():
        yield Finding(
            "legs.csv",
            _line(line),
            "payee_id",
            f'"{leg.payee_id}" pays itself; payer and payee must be two parties',
        )


def dates_are_in_order(frames: Frames) -> Iterator[Finding]:
    """Things happen before they are known, legs start before they end, deals come first."""
    events, legs, deals = frames["events"], frames["legs"], frames["deals"]
    for line, event in events[events.happened_on > events.known_on].iterrows():
        yield Finding(
            "events.csv",
            _line(line),
            "known_on",
            f"{event.known_on:%Y-%m-%d} is before happened_on {event.happened_on:%Y-%m-%d}; "
            "nothing is known before it happens",
        )
    for line, leg in legs[legs.starts_on > legs.ends_on].iterrows():
        yield Finding(
            "legs.csv",
            _line(line),
            "ends_on",
            f"{leg.ends_on:%Y-%m-%d} is before starts_on {leg.starts_on:%Y-%m-%d}",
        )
    known = events.merge(legs[["leg_id", "deal_id"]], on="leg_id").groupby("deal_id").known_on.min()
    first = known.reindex(deals.deal_id).set_axis(deals.index)
    for line, deal in deals[deals.announced_on > first].iterrows():
        yield Finding(
            "deals.csv",
            _line(line),
            "announced_on",
            f"{deal.announced_on:%Y-%m-%d} is after the deal's first event became known "
            f"({first[line]:%Y-%m-%d}); use that day or an earlier one",
        )


def scheduled_legs_have_dates(frames: Frames) -> Iterator[Finding]:
    """Money that is scheduled needs the dates that its schedule uses."""
    legs = frames["legs"]
    for line, leg in legs[legs.schedule.ne("undated") & legs.ends_on.isna()].iterrows():
        if leg.schedule in {"once", "even"}:
            yield Finding(
                "legs.csv",
                _line(line),
                "ends_on",
                f'must not be empty for schedule "{leg.schedule}"; use "undated" '
                "if no date is known",
            )
    for line, _ in legs[legs.schedule.eq("even") & legs.starts_on.isna()].iterrows():
        yield Finding(
            "legs.csv",
            _line(line),
            "starts_on",
            'must not be empty for schedule "even"; use "undated" if no date is known',
        )


def amounts_are_in_order(frames: Frames) -> Iterator[Finding]:
    """Low, amount and high rise."""
    events = frames["events"]
    low, amount, high = (events[column] for column in AMOUNTS)
    disordered = (low > amount) | (amount > high) | (low > high)
    for line, _ in events[disordered].iterrows():
        yield Finding("events.csv", _line(line), "amount_usd_bn", "low, amount and high must rise")
    figures = frames["financials"]
    for line, _ in figures[
        figures[["value_low", "value", "value_high"]].isna().all(axis=1)
    ].iterrows():
        yield Finding(
            "financials.csv",
            _line(line),
            "value",
            "give a value, or value_low and value_high",
        )


def a_letter_of_intent_is_never_binding(frames: Frames) -> Iterator[Finding]:
    """A contract is a step of its own, later than the letter and with a source of its own."""
    events = frames["events"]
    letters = events[events.status.eq("letter_of_intent")]
    for line, event in events[events.status.eq("binding")].iterrows():
        same_leg = letters[letters.leg_id.eq(event.leg_id)]
        if (
            same_leg.source_id.eq(event.source_id) | (same_leg.happened_on >= event.happened_on)
        ).any():
            yield Finding(
                "events.csv",
                _line(line),
                "status",
                "a letter of intent is never binding; a binding step needs a later contract "
                "with a source of its own",
            )


def paid_is_cumulative_and_within_the_contract(frames: Frames) -> Iterator[Finding]:
    """Paid amounts never fall, and exceed what binds only with a note."""
    events = frames["events"].assign(
        top=lambda e: e.amount_high_usd_bn.fillna(e.amount_usd_bn),
        floor=lambda e: e.amount_low_usd_bn.fillna(e.amount_usd_bn),
    )
    bound = events[events.status.eq("binding")].groupby("leg_id").top.max()
    paid = events[events.status.eq("paid")]
    for line, event in paid[
        paid.floor > paid.leg_id.map(bound).fillna(0) + _TOLERANCE_USD_BN
    ].iterrows():
        if not event.note:
            yield Finding(
                "events.csv",
                _line(line),
                "amount_usd_bn",
                f"{event.floor:g} paid, but binding is {bound.get(event.leg_id, 0):g}; "
                "say in note why more was paid than a known contract obliges",
            )
    for _, steps in paid.sort_values(["happened_on", "known_on"]).groupby("leg_id"):
        before = steps.floor.cummax().shift()
        for line, event in steps[steps.top.fillna(np.inf) < before - _TOLERANCE_USD_BN].iterrows():
            yield Finding(
                "events.csv",
                _line(line),
                "amount_usd_bn",
                f"{event.top:g} paid is less than an earlier step; paid amounts are "
                "cumulative and never fall",
            )


def there_is_no_orphan(frames: Frames) -> Iterator[Finding]:
    """Every party, deal, leg and source is used by something."""
    parties, deals, legs, events, sources = (
        frames[name] for name in ("parties", "deals", "legs", "events", "sources")
    )
    figures, claims, scenarios = (frames[name] for name in ("financials", "claims", "scenarios"))
    used = {
        "parties.csv": (
            parties,
            "party_id",
            {*legs.payer_id, *legs.payee_id, *figures.party_id},
            "no leg and no figure names it",
        ),
        "deals.csv": (
            deals,
            "deal_id",
            {*legs.deal_id, *deals.parent_deal_id},
            "it has no leg",
        ),
        "legs.csv": (legs, "leg_id", {*events.leg_id}, "it has no event"),
        "sources.csv": (
            sources,
            "source_id",
            {*events.source_id, *figures.source_id, *claims.source_id, *scenarios.source_id},
            "nothing rests on it",
        ),
    }
    for file, (frame, key, known, why) in used.items():
        for line, row in frame[~frame[key].isin(known) & frame[key].ne("")].iterrows():
            yield Finding(file, _line(line), key, f'"{row[key]}" is an orphan: {why}')


def umbrella_and_part_are_not_both_counted(frames: Frames) -> Iterator[Finding]:
    """A leg stands in an umbrella deal or in its part, never in both."""
    deals, legs = frames["deals"], frames["legs"]
    parent = dict(zip(deals.deal_id, deals.parent_deal_id, strict=True))
    same = ["payer_id", "payee_id", "instrument"]
    by_deal = dict(list(legs.groupby("deal_id")))
    for deal_id, part in by_deal.items():
        seen: set[str] = {str(deal_id)}
        umbrella = parent.get(deal_id, "")
        while umbrella and umbrella not in seen:
            seen.add(umbrella)
            above = by_deal.get(umbrella, legs.iloc[:0])
            twice = above.merge(part[same], on=same).leg_id.unique()
            for line, leg in above[above.leg_id.isin(twice)].iterrows():
                yield Finding(
                    "legs.csv",
                    _line(line),
                    "deal_id",
                    f'"{leg.leg_id}" of the umbrella "{umbrella}" repeats a leg of its part '
                    f'"{deal_id}"; keep the leg in one of them',
                )
            umbrella = parent.get(umbrella, "")
        if umbrella:
            yield Finding(
                "deals.csv",
                _line(deals.index[deals.deal_id.eq(deal_id)][0]),
                "parent_deal_id",
                "the deal is a part of itself",
            )


def assumptions_are_within_their_bounds(frames: Frames) -> Iterator[Finding]:
    """Low, value and high of an assumption rise, and lie where its parameter allows."""
    rows = frames["scenarios"]
    for line, row in rows[rows.parameter.isin(PARAMETERS)].iterrows():
        bounds = PARAMETERS[row.parameter]
        allowed = f"{row.parameter} ({bounds.unit}) must be " + (
            f"at least {bounds.lowest:g}"
            if np.isinf(bounds.highest)
            else f"between {bounds.lowest:g} and {bounds.highest:g}"
        )
        for column in ("low", "value", "high"):
            amount = row[column]
            if not (np.isnan(amount) or bounds.lowest <= amount <= bounds.highest):
                yield Finding(
                    "scenarios.csv", _line(line), column, f'"{amount:g}" is not allowed; {allowed}'
                )
        if np.isnan(row.low) != np.isnan(row.high):
            yield Finding(
                "scenarios.csv",
                _line(line),
                "low" if np.isnan(row.low) else "high",
                "give low and high, or neither of them",
            )
        elif row.low > row.high or row.low > row.value or row.value > row.high:
            yield Finding(
                "scenarios.csv",
                _line(line),
                "value",
                f"low, value and high must rise, not {row.low:g}, {row.value:g}, {row.high:g}",
            )


def the_base_scenario_has_every_parameter(frames: Frames) -> Iterator[Finding]:
    """Chapters rest on the base, and other scenarios take over from it what they do not give."""
    rows = frames["scenarios"]
    base = rows[rows.scenario_id.eq(BASE)]
    missing = [name for name in PARAMETERS if name not in set(base.parameter)]
    if missing:
        yield Finding(
            "scenarios.csv",
            _line(base.index[-1]) if len(base) else 1,
            "parameter",
            f'the scenario "{BASE}" must give every parameter; missing: {", ".join(missing)}',
        )


def planned_compute_never_falls_below_zero(frames: Frames) -> Iterator[Finding]:
    """A total that is too small for its first year would make the last year negative."""
    rows = frames["scenarios"]
    for scenario_id in dict.fromkeys(rows.scenario_id):
        chosen = complete(rows, str(scenario_id)).drop_duplicates("parameter")
        own = chosen.reset_index().set_index("parameter")
        if not {"compute_spend", "compute_spend_total"} <= set(own.index):
            continue
        first, total = own.loc["compute_spend"], own.loc["compute_spend_total"]
        least = max(first.value, np.nan_to_num(first.high)) * len(YEARS) / 2
        if min(total.value, np.nan_to_num(total.low, nan=np.inf)) < least:
            row = total if total.is_own else first
            yield Finding(
                "scenarios.csv",
                _line(row.line),
                "value",
                f"compute_spend_total must be at least {least:g} for this compute_spend, or the "
                f"last of the {len(YEARS)} years would be below 0",
            )


RULES: list[Rule] = [
    payer_is_not_payee,
    dates_are_in_order,
    scheduled_legs_have_dates,
    amounts_are_in_order,
    a_letter_of_intent_is_never_binding,
    paid_is_cumulative_and_within_the_contract,
    there_is_no_orphan,
    umbrella_and_part_are_not_both_counted,
    assumptions_are_within_their_bounds,
    the_base_scenario_has_every_parameter,
    planned_compute_never_falls_below_zero,
]
