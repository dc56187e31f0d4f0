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
    to_2030 = chapter.dated(payments, last=2030)
    fact("dated-2030", to_2030, "usd_bn", "the dated payments up to 2030")


def state_gap(fact: Facts, world: World) -> None:
    """State whether anything is missing if all goes as planned, and what must stay in the till."""
    lacks = world.gap.peak
    fact.words("has-gap", yes(lacks > 0), "whether cash falls below what must stay")
    fact.words("no-gap", yes(lacks <= 0), "whether cash never falls below what must stay")
    on = fact.on(world.behind)
    on("buffer", world.kept, "usd_bn", "cash that no year may end below")


def state_base(fact: Facts, world: World) -> None:
    """State when cash ends by the reading of the base, and what is missing at the peak."""
    how = "month in which cash falls below zero, even within each year"
    fact.words("month", _in(world.month), how)
    fact("peak", world.gap.peak, "usd_bn", "minimum liquidity less cash in the worst year")
    fact.words("peak-year", str(world.gap.peak_year or LAST_YEAR), "year of the largest gap")
    shortfall = chapter.last_shortfall(world)
    fact("last-flow", shortfall, "usd_bn", "costs less revenue of the last year")
    funding = float(world.path.funding.sum())
    how = "committed and conditional funding"
    fact.on(world.behind)("new-money", funding, "usd_bn", how)


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
    fact.words("moves", yes(len(swings) > 1), "whether assumptions move the gap in their ranges")
    for place, key in enumerate(("widest", "second")):
        what, least, most = "none of them", 0.0, 0.0
        if place < len(swings):
            row = swings.iloc[place]
            what = row.words.lower()
            least, most = sorted((float(row.at_low), float(row.at_high)))
        fact.words(key, what, "rank of the swings of the gap at its peak")
        how = f"gap at its peak at the ends of the range: {what}"
        fact.span(f"{key}-gap", least, most, how, nothing="nothing")
    how = "the smallest gap at an end of any range, one assumption at a time"
    fact.words("closing", _closing(swings), how)


def _closing(swings: pd.DataFrame) -> str:
    """Whether one assumption alone closes the gap, in a sentence."""
    least = swings[["at_low", "at_high"]].min(axis=1)
    closing = swings.words[least.le(0)]
    if closing.empty:
        return "Whichever single assumption is pushed to an end of its range, a gap remains."
    listed = units.listing(words.lower() for words in closing)
    return f"At one end of its range each of these alone closes the gap: {listed}."


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
