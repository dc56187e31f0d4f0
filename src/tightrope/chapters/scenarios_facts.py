"""What the page of all scenarios states, from their comparison."""

from __future__ import annotations

import pandas as pd

from tightrope import scenarios, units
from tightrope.chapters import scenarios as chapter
from tightrope.chapters.scenario_facts import yes
from tightrope.chapters.worlds import FIRST_YEAR, LAST_YEAR, World, is_later
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts
from tightrope.scenario_parameters import BASE

_YEARS = f"{FIRST_YEAR} to {LAST_YEAR}"


def state_day(fact: Facts, book: Dealbook) -> None:
    """State the newest document behind the assumptions, and whether it is newer than the day."""
    newest = scenarios.newest_source(book)
    fact.words("newest-source", newest, "newest document that an assumption rests on")
    how = "whether an assumption is newer than the day of the edition"
    fact.words("is-later", yes(is_later(book)), how)


def state_headline(fact: Facts, table: pd.DataFrame, who: str) -> None:
    """State what the page leads with; `who` is the name of the party in the middle."""
    how = "the scenario in which suppliers lose most beside the one with the smallest gap"
    fact.words("finding", chapter.finding(table, who), how)


def state_gaps(fact: Facts, table: pd.DataFrame, base: World) -> None:
    """State the largest gap, that of the base, and where there is none."""
    ranked = chapter.by_gap(table)
    worst, best = ranked.iloc[0], ranked.iloc[-1]
    ours = table[table.world.eq(BASE)].iloc[0]
    fact.words("worst-name", _quoted(worst["name"]), "scenario with the largest gap")
    fact("worst-peak", float(worst.peak_usd_bn), "usd_bn", "its gap at its peak")
    fact.words("best-name", _quoted(best["name"]), "scenario with the smallest gap")
    fact("best-peak", float(best.peak_usd_bn), "usd_bn", "its gap at its peak", nothing="nothing")
    fact("base-peak", float(ours.peak_usd_bn), "usd_bn", "gap at its peak of the base")
    how = f"gap at its peak of the base over {len(base.readings.all)} readings, none of them drawn"
    spans = base.spans
    fact.span("base-range", spans.low, spans.high, how, spans.rows, nothing="nothing")
    fact("kept", base.kept, "usd_bn", "minimum liquidity of the base", base.behind)
    fact.words("no-gap", chapter.gapless(table), "scenarios without a gap")


def state_circle(fact: Facts, table: pd.DataFrame) -> None:
    """State the smallest and largest circle of all scenarios."""
    straight = table.round_trip_usd_bn
    how = "smallest and largest direct round trip of all scenarios"
    fact.span("five-year-round", straight.min(), straight.max(), how, nothing="nothing")
    how = "largest sum that can return by any route in a scenario"
    fact("five-year-any-high", float(table.any_route_usd_bn.max()), "usd_bn", how)


def state_finding(fact: Facts, table: pd.DataFrame) -> None:
    """State whether the circle moves with the scenario."""
    words = (
        "This sum hardly differs between the scenarios; what differs is the gap."
        if chapter.is_circle_steady(table)
        else "It differs between the scenarios, and so does the gap."
    )
    fact.words("circle-finding", words, "spread of the round trip beside the spread of the gap")


def state_losses(fact: Facts, table: pd.DataFrame) -> None:
    """State in which scenarios suppliers lose most and least, and whether gaps say so too."""
    ranked = chapter.by_unpaid(table)
    most, least = ranked.iloc[0], ranked.iloc[-1]
    how = (
        f"contracts due {_YEARS} that are not paid if nobody fills the gap: contracts first, or "
        "all compute alike"
    )
    what = "scenario in which suppliers can lose most of their contracts"
    fact.words("loss-name", _quoted(most["name"]), what)
    fact.span("loss", most.unpaid_low_usd_bn, most.unpaid_high_usd_bn, how)
    fact("loss-due", float(most.due_usd_bn), "usd_bn", f"contracts due {_YEARS}")
    fact.words("least-name", _quoted(least["name"]), "scenario in which suppliers lose least")
    fact.span("least", least.unpaid_low_usd_bn, least.unpaid_high_usd_bn, how)
    words = (
        "Ranked by the gap, the scenarios stand in the same order."
        if list(ranked.world) == list(chapter.by_gap(table).world)
        else "Ranked by the gap alone, the scenarios stand in another order."
    )
    fact.words("ranking", words, "scenarios by unpaid contracts and by gap")
    lacks = units.usd_bn(most.peak_usd_bn) if most.peak_usd_bn else "no gap at all"
    fact.words("loss-gap", lacks, "gap at its peak in that scenario")


def state_lesson(fact: Facts, table: pd.DataFrame, who: str) -> None:
    """State what a gap says of the suppliers; `who` is the name of the party in the middle."""
    most = chapter.by_unpaid(table).iloc[0]
    words = (
        f"A scenario that leaves {who} the smallest gap can cost them most."
        if most.world == chapter.by_gap(table).world.iloc[-1]
        else f"What closes the gap of {who} can open one elsewhere."
    )
    fact.words("lesson", words, "gap in the scenario in which suppliers lose most")


def _quoted(name: str) -> str:
    return f"“{name.lower()}”"
