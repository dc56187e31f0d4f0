"""What the runway chapter states, from what was computed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tightrope import scenarios, spending, units
from tightrope.chapters import runway as chapter
from tightrope.chapters.scenario_facts import state_peaks, yes
from tightrope.chapters.worlds import LAST_YEAR, World, of_100
from tightrope.dealbook import Dealbook
from tightrope.measures import runway
from tightrope.publish.facts import Facts


def state_newest(fact: Facts, booked: pd.DataFrame, focal: str, otherwise: str) -> None:
    """State the newest period of `results` and its three figures; for none, that of `otherwise`."""
    rows = chapter.newest(booked)
    words = "no period"
    if len(rows):
        words = rows.group.iloc[0] if rows.is_year.iloc[0] else f"the {rows.group.iloc[0]}"
    behind = [f"financials/{row}" for row in rows.index] or [f"parties/{focal}"]
    how = "newest period for which all three figures are known"
    fact.words("newest-period", words, how, behind)
    figures = dict(zip(rows.metric, rows.index, strict=True))
    for key, metric in (("revenue",) * 2, ("loss", "operating_loss"), ("burn", "cash_burn")):
        fact.figure(f"newest-{key}", figures.get(metric, otherwise))


def state_plan(fact: Facts, key: str, planned: pd.DataFrame, focal: str) -> None:
    """State what one of the `plans` has flowing out before its last year, and at its end.

    `planned` has the rows of that one plan; none where it is not known.
    """
    on = fact.on([f"financials/{row}" for row in planned.index] or [f"parties/{focal}"])
    words = "no plan"
    if len(planned):
        words = planned.series.iloc[0][0].lower() + planned.series.iloc[0][1:]
    on.words(key, words, "vintage of the plan")
    path = planned.set_index("year").value
    out, end = float("nan"), float("nan")
    if len(path):
        out, end = float(chapter.valley(planned).iloc[0]), float(path.loc[path.index.max()])
    how = "sum of planned free cash flow 2025 to 2029, sign reversed"
    on(f"{key}-out", out, "usd_bn", how)
    on(f"{key}-end", end, "usd_bn", "planned free cash flow of 2030")


def state_worst(fact: Facts, planned: pd.DataFrame, focal: str) -> None:
    """State the year in which one of the `plans` has most flowing out, and how much."""
    on = fact.on([f"financials/{row}" for row in planned.index] or [f"parties/{focal}"])
    path = planned.set_index("year").value
    worst = -float(path.min()) if len(path) else float("nan")
    on("plan-worst", worst, "usd_bn", "largest planned outflow of a year in the newest plan")
    year = str(path.idxmin()) if len(path) else "a year not yet known"
    on.words("plan-worst-year", year, "year of the largest planned outflow in the newest plan")


def state_outflow(fact: Facts, book: Dealbook, key: str, ids: Sequence[str], how: str) -> None:
    """State figures of planned free cash flow, added up, as an outflow."""
    total = sum(chapter.known(book, *ids))
    fact(key, -total, "usd_bn", how, [f"financials/{one}" for one in ids])


def state_promised(fact: Facts, payments: pd.DataFrame, who: str) -> None:
    """State what is still to be paid with and without a year; `who` is to pay it."""
    what = f"payments of {who} for compute, chips and sites"
    kind = "announced or binding, not yet paid"
    fact("dated", chapter.dated(payments), "usd_bn", f"{what} with a year, {kind}")
    fact("undated", chapter.undated(payments), "usd_bn", f"{what} without a year, {kind}")
    to_2030, in_2027 = chapter.dated(payments, last=2030), chapter.dated(payments, 2027, 2027)
    fact("dated-2030", to_2030, "usd_bn", "the dated payments up to 2030")
    fact("due-2027", in_2027, "usd_bn", "the dated payments of 2027")


def state_gap(fact: Facts, world: World) -> None:
    """State when cash ends and what is missing if all goes as planned."""
    lacks = world.lacks.stated
    fact.words("has-gap", yes(lacks > 0), "whether cash falls below what must stay")
    fact.words("no-gap", yes(lacks <= 0), "whether cash never falls below what must stay")
    how = "month in which cash falls below zero, even within each year"
    fact.words("month", _in(world.month), how)
    fact("peak", lacks, "usd_bn", "minimum liquidity less cash in the worst year")
    fact.words("peak-year", str(world.gap.peak_year or LAST_YEAR), "year of the largest gap")
    shortfall = chapter.last_shortfall(world)
    fact("last-flow", shortfall, "usd_bn", "costs less revenue of the last year")
    on = fact.on(world.behind)
    on("buffer", world.kept, "usd_bn", "cash that no year may end below")
    funding = float(world.path.funding.sum())
    on("new-money", funding, "usd_bn", "committed and conditional funding")


def state_funding(fact: Facts, world: World) -> None:
    """State what is committed and what is not, and what is missing without the latter."""
    bare = world.own.gap(conditional_funding=0.0)
    fact("bare-peak", bare.peak, "usd_bn", "gap at its peak without conditional funding")
    month = runway.month_cash_ends(bare)
    how = "month in which cash ends without conditional funding"
    fact.words("bare-month", _in(month), how)
    on = fact.on(world.behind)
    for key in ("committed", "conditional"):
        on(key, float(world.own.values[f"{key}_funding"]), "usd_bn", f"{key} funding")


def state_runs(fact: Facts, world: World) -> None:
    """State what is missing in the draws, when cash ends in them, and in how many nothing lacks."""
    drawn, often = world.drawn, world.often
    talks = (
        "and conditional money comes whole or not at all, and sooner after a good year"
        if "conditional_funding_realised" in world.own.ranges
        else "and the round in talks comes in every draw, because the scenario takes it as given"
    )
    how = "whether the share of conditional money that comes has a range"
    fact.words("talks-in-runs", talks, how, world.behind)
    state_peaks(fact, world)
    how = f"draws in which cash falls below zero; {often}"
    fact.words("ends-share", of_100(world.ends_share), how)
    for key, share, runs in (("early", 0.05, "5 of 100"), ("middle", 0.5, "half of the")):
        month = drawn.month_at(share)
        words = f"{month:%B %Y}" if month else "the end of the horizon"
        fact.words(f"ends-{key}", words, f"{runs} draws are out of cash by then; {often}")
    fact.words("last-year", str(LAST_YEAR), "last year of the scenario")
    nothing_lacks = float((drawn.peak <= 0).mean())
    thin = of_100(max(0.0, round(1 - world.ends_share - nothing_lacks, 9)))
    how = f"draws of 100 in which cash ends a year between zero and the minimum; {often}"
    fact.words("thin-share", thin, how)
    how = f"draws in which cash never falls below what must stay; {often}"
    fact.words("no-gap-share", of_100(nothing_lacks), how)


def _in(month: pd.Period | None) -> str:
    return f"in {month:%B %Y}" if month else f"not before the end of {LAST_YEAR}"


def state_swings(fact: Facts, swings: pd.DataFrame) -> None:
    """State the two assumptions that move the gap most (`scenarios.swings`), and how far."""
    moves = len(swings) > 1
    fact.words("moves", yes(moves), "whether assumptions move the gap within their ranges")
    for place, key in enumerate(("widest", "second")):
        what, least, most = "none of them", 0.0, 0.0
        if moves:
            row = swings.iloc[place]
            what = row.words.lower()
            least, most = sorted((float(row.at_low), float(row.at_high)))
        fact.words(key, what, "rank of the swings of the gap at its peak")
        for end, gap, word in (("least", least, "smaller"), ("most", most, "larger")):
            how = f"{word} gap at the ends of the range: {what}"
            fact(f"{key}-{end}", gap, "usd_bn", how)


def state_undated(fact: Facts, world: World, book: Dealbook) -> None:
    """State how contracts fall due of which no date is published, as a clause."""
    how = "how undated contracts are laid on the years of their term"
    clause = spending.how_undated(book, world.focal)
    fact.on(world.behind).words("undated-how", clause, how)


def state_term(fact: Facts, world: World) -> None:
    """State the range of the term of undated contracts, and what falls due at its ends."""
    own, is_term = world.own, world.assumed.parameter.eq("undated_term")
    rows = scenarios.rows(world.assumed[is_term])
    term = own.ranges.get("undated_term")
    how = "whether the term of undated contracts has a range"
    fact.words("has-term", yes(bool(term)), how, rows)
    for place, key in enumerate(("low", "high")):
        end = term[place] if term else own.values["undated_term"]
        how = f"{key} end of the range of the term"
        fact.words(f"term-{key}", units.written(end, "years"), how, rows)
        due = chapter.due_over(world, end)
        how = f"contracts due in the years of the scenario at the {key} end of the term"
        fact(f"term-at-{key}", due, "usd_bn", how)
    how = "binding contracts for compute without published dates, not yet paid"
    fact("undated-due", own.undated, "usd_bn", how)


def state_needs(fact: Facts, world: World) -> None:
    """State what the model needs before any funding, and what contracts take beyond the plan."""
    how = "gap at its peak without cash, funding or minimum"
    fact("need-own", chapter.before_funding(world), "usd_bn", how)
    how = "revenue less all costs of the years after the worst one"
    fact("after-worst", chapter.after_worst(world), "usd_bn", how)
    how = "contracts alone less the plan's sum of compute, where they take more"
    fact("beyond", chapter.beyond_plan(world), "usd_bn", how)


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
