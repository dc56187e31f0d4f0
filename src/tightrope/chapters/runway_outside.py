"""What the runway states of others' counts beside the model's own: needs, gaps and a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tightrope.chapters import runway as chapter
from tightrope.chapters.worlds import World
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts


def state_needs(fact: Facts, world: World) -> None:
    """State what the model needs before any funding, and what contracts take beyond the plan."""
    how = "gap at its peak without cash, funding or minimum"
    fact("need-own", chapter.before_funding(world), "usd_bn", how)
    how = "revenue less all costs of the years after the worst one"
    fact("after-worst", chapter.after_worst(world), "usd_bn", how)
    how = "contracts alone less the plan's sum of compute, where they take more"
    fact("beyond", chapter.beyond_plan(world), "usd_bn", how)


def state_compute(fact: Facts, worlds: Mapping[str, World]) -> None:
    """State what each of some scenarios plans to spend on compute in all its years, by key."""
    for key, world in worlds.items():
        planned = float(world.own.planned.sum())
        how = f"planned sum of compute in the scenario “{world.name}”"
        fact(key, planned, "usd_bn", how, world.behind)


def state_each(fact: Facts, keys: str, ids: Sequence[str]) -> None:
    """State figures of `financials.csv`, each under one of these `keys`, parted by spaces."""
    for key, one in zip(keys.split(), ids, strict=True):
        fact.figure(key, one)


def state_rest(fact: Facts, book: Dealbook, key: str, ids: Sequence[str], how: str) -> None:
    """State the first of these figures less all others."""
    first, *others = chapter.known(book, *ids)
    fact(key, first - sum(others), "usd_bn", how, [f"financials/{one}" for one in ids])


def state_printed_gap(fact: Facts, book: Dealbook, key: str, ids: Sequence[str]) -> None:
    """State a gap that another has printed, and the band about it.

    `ids` are the figures of the gap, of what a larger share of paying users and of what more users
    would add to revenue, and of the round since.
    """
    gap, payers, users, raised = chapter.known(book, *ids)
    of_gap, of_payers, of_users, of_round = ([f"financials/{one}"] for one in ids)
    fact(key, gap, "usd_bn", "funding gap as printed", of_gap)
    how = "revenue that twice the share of paying users would add"
    fact(f"{key}-payers", payers, "usd_bn", how, of_payers)
    how = "revenue that half a billion more users would add"
    fact(f"{key}-users", users, "usd_bn", how, of_users)
    how = "printed gap less the revenue that more payers would add, if all of it closed the gap"
    fact(f"{key}-low", gap - payers, "usd_bn", how, [*of_gap, *of_payers])
    how = "printed gap less the round of 2026"
    fact(f"{key}-less-round", gap - raised, "usd_bn", how, [*of_gap, *of_round])
    how = "committed in the round that closed on 31 March 2026"
    fact("round", raised, "usd_bn", how, of_round)


def state_printed_year(fact: Facts, book: Dealbook, key: str, ids: Sequence[str], how: str) -> None:
    """State how a year's outlays would be paid, as another has printed it.

    `ids` are the figures of what the machines cost to run, of the share of it that revenue pays (in
    percent), of all outlays, and of the money of each of the others. `how` says what is left when
    all of these are taken off the outlays.
    """
    running, share, outlay, *others = chapter.known(book, *ids)
    rows = [f"financials/{one}" for one in ids]
    revenue = share * running / 100
    of_share = "share of running costs paid from own revenue, as printed, times running costs"
    fact(f"{key}-revenue", revenue, "usd_bn", of_share, rows[:2])
    fact(f"{key}-parts", outlay - revenue - sum(others), "usd_bn", how, rows[2:])


def state_first_year(fact: Facts, world: World, covered: str, short: str) -> None:
    """State what the first year costs and brings; `covered` or `short`, whether it lacks money."""
    first = world.path.iloc[0]
    verdict = covered if first.gap == 0 else short
    fact.words("gs-verdict", verdict, "gap at the end of the first year")
    costs = float(first.compute + first.other_costs)
    fact("own-outlay", costs, "usd_bn", "compute and other costs of the first year")
    on = fact.on(world.behind)
    on("own-revenue", float(first.revenue), "usd_bn", "revenue of the first year")
    on("own-funding", float(first.funding), "usd_bn", "committed funding, put in the first year")
