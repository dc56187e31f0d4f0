"""Rules about how parties, deals and legs hang together."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from tightrope.findings import Finding
from tightrope.rules.frames import Frames, line_of


def payer_is_not_payee(frames: Frames) -> Iterator[Finding]:
    """A leg is a payment from one party to another."""
    legs = frames["legs"]
    for line, leg in legs[legs.payer_id.eq(legs.payee_id) & legs.payer_id.ne("")].iterrows():
        yield Finding(
            "legs.csv",
            line_of(line),
            "payee_id",
            f'"{leg.payee_id}" pays itself; payer and payee must be two parties',
        )


def scheduled_legs_have_dates(frames: Frames) -> Iterator[Finding]:
    """Money that is scheduled needs the dates that its schedule uses."""
    legs = frames["legs"]
    for line, leg in legs[legs.schedule.ne("undated") & legs.ends_on.isna()].iterrows():
        if leg.schedule in {"once", "even"}:
            yield Finding(
                "legs.csv",
                line_of(line),
                "ends_on",
                f'must not be empty for schedule "{leg.schedule}"; use "undated" '
                "if no date is known",
            )
    for line, _ in legs[legs.schedule.eq("even") & legs.starts_on.isna()].iterrows():
        yield Finding(
            "legs.csv",
            line_of(line),
            "starts_on",
            'must not be empty for schedule "even"; use "undated" if no date is known',
        )


def a_part_has_no_sum_of_its_own(frames: Frames) -> Iterator[Finding]:
    """A leg within another's sum is of its kind, holds no other, and names no sum itself."""
    legs = frames["legs"]
    known = legs.drop_duplicates("leg_id").set_index("leg_id")
    parts = legs[legs.part_of_leg_id.isin(known.index) & legs.part_of_leg_id.ne("")]
    for line, leg in parts.iterrows():
        whole = known.loc[leg.part_of_leg_id]
        fault = ""
        if (whole.payee_id, whole.instrument) != (leg.payee_id, leg.instrument):
            fault = f"is no {leg.instrument} paid to {leg.payee_id}, as this leg is"
        elif whole.part_of_leg_id:
            fault = "is a part itself; name the leg that holds the whole"
        if fault:
            yield Finding(
                "legs.csv", line_of(line), "part_of_leg_id", f'"{leg.part_of_leg_id}" {fault}'
            )
    events = frames["events"]
    sums = events.filter(regex="^amount_.*usd_bn$").notna().any(axis=1)
    for line, step in events[events.leg_id.isin(parts.leg_id) & sums].iterrows():
        whole = known.part_of_leg_id[step.leg_id]
        yield Finding(
            "events.csv",
            line_of(line),
            "amount_usd_bn",
            f'must be empty: {step.leg_id} is part of the sum of "{whole}"',
        )


CITING = ("events", "financials", "claims", "scenarios", "terms", "watch", "outside_checks")
"""The tables whose rows rest on a document."""


def there_is_no_orphan(frames: Frames) -> Iterator[Finding]:
    """Every party, deal, leg and source is used by something."""
    parties, deals, legs, events, sources = (
        frames[name] for name in ("parties", "deals", "legs", "events", "sources")
    )
    figures = frames["financials"]
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
            {*frames["watch"].result_source_id}.union(*(frames[name].source_id for name in CITING)),
            "nothing rests on it",
        ),
    }
    for file, (frame, key, known, why) in used.items():
        for line, row in frame[~frame[key].isin(known) & frame[key].ne("")].iterrows():
            yield Finding(file, line_of(line), key, f'"{row[key]}" is an orphan: {why}')


def umbrella_and_part_are_not_both_counted(frames: Frames) -> Iterator[Finding]:
    """A leg stands in an umbrella deal or in its part, never in both."""
    deals, legs = frames["deals"], frames["legs"]
    parent = dict(zip(deals.deal_id, deals.parent_deal_id, strict=True))
    same = ["payer_id", "payee_id", "instrument"]
    # Most deals have no umbrella: only parts, and what stands above one, are looked at.
    nested = {*deals.deal_id[deals.parent_deal_id.ne("")], *deals.parent_deal_id}
    by_deal = dict(list(legs[legs.deal_id.isin(nested)].groupby("deal_id")))
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
                    line_of(line),
                    "deal_id",
                    f'"{leg.leg_id}" of the umbrella "{umbrella}" repeats a leg of its part '
                    f'"{deal_id}"; keep the leg in one of them',
                )
            umbrella = parent.get(umbrella, "")


def no_deal_leads_back_to_itself(frames: Frames) -> Iterator[Finding]:
    """A deal is no part of itself and serves no part of itself, by whatever way around."""
    deals = frames["deals"].drop_duplicates("deal_id").set_index("deal_id", drop=False)
    lines = dict(zip(frames["deals"].deal_id, frames["deals"].index, strict=True))
    leads = {
        str(deal.deal_id): [one for one in (deal.parent_deal_id, deal.serves_deal_id) if one]
        for deal in deals.itertuples()
    }
    while True:
        try:
            TopologicalSorter(leads).prepare()
        except CycleError as error:
            # From each deal to the one it names, beginning with the first of them in the file.
            circle = list(reversed(error.args[1][1:]))
            first = min(range(len(circle)), key=lambda place: lines[circle[place]])
            circle = circle[first:] + circle[:first]
            parent = deals.parent_deal_id[circle[0]]
            after = circle[1] if len(circle) > 1 else circle[0]
            yield Finding(
                "deals.csv",
                line_of(lines[circle[0]]),
                "parent_deal_id" if parent == after else "serves_deal_id",
                f"leads back to the deal itself: {' → '.join([*circle, circle[0]])}; "
                "leave one of these cells empty",
            )
            for deal in circle:
                leads[deal] = []
        else:
            return
