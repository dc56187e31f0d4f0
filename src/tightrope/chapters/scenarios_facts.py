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


def state_gaps(fact: Facts, table: pd.DataFrame, base: World) -> None:
    """State the largest gap, that of the base, and where there is none."""
    worst = table.sort_values("peak_usd_bn", ascending=False, kind="stable").iloc[0]
    ours = table[table.world.eq(BASE)].iloc[0]
    fact.words("worst-name", _quoted(worst["name"]), "scenario with the largest gap")
    fact("worst-peak", float(worst.peak_usd_bn), "usd_bn", "its gap at its peak")
    fact.words("worst-ends", worst.ends, "month in which its cash ends")
    fact("base-peak", float(ours.peak_usd_bn), "usd_bn", "gap at its peak of the base")
    how = f"gap at its peak of the base over {len(base.readings.all)} readings, none of them drawn"
    spans = base.spans
    fact.span("base-range", spans.low, spans.high, how, spans.rows, nothing="nothing")
    fact("kept", base.kept, "usd_bn", "minimum liquidity of the base", base.behind)
    fact.words("no-gap", chapter.gapless(table), "scenarios without a gap")


def state_circle(fact: Facts, table: pd.DataFrame, who: str) -> None:
    """State the smallest and largest circle; `who` is the name of the party in the middle."""
    straight = table.round_trip_usd_bn
    how = "smallest direct round trip of all scenarios"
    fact("five-year-round-low", float(straight.min()), "usd_bn", how)
    how = "largest direct round trip of all scenarios"
    fact("five-year-round-high", float(straight.max()), "usd_bn", how)
    share = straight / table.total_in_usd_bn
    how = (
        f"direct round trip over all that {who} is paid in these years, revenue included, smallest "
        "and largest"
    )
    fact.words("five-year-round-share", _percents(share), how)
    how = "largest sum that can return by any route in a scenario"
    fact("five-year-any-high", float(table.any_route_usd_bn.max()), "usd_bn", how)
    how = f"paid by customers and by parties that {who} pays nothing, smallest and largest share"
    fact.words("five-year-outside-share", _percents(table.outside), how)


def state_finding(fact: Facts, table: pd.DataFrame) -> None:
    """State whether the circle moves with the scenario."""
    words = (
        "That hardly moves, while the gap moves a lot: over these years the circle is small beside "
        "the bill."
        if chapter.is_circle_steady(table)
        else "It moves with the scenario, and so does the gap."
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
        "The order is that of the gaps."
        if list(ranked.world) == list(chapter.by_gap(table).world)
        else "Judged by the gap alone, one would rank these worlds otherwise."
    )
    fact.words("ranking", words, "scenarios by unpaid contracts and by gap")
    lacks = units.usd_bn(most.peak_usd_bn) if most.peak_usd_bn else "no gap at all"
    fact.words("loss-gap", lacks, "gap at its peak in that scenario")


def state_lesson(fact: Facts, table: pd.DataFrame, who: str) -> None:
    """State what a gap says of the suppliers; `who` is the name of the party in the middle."""
    most = chapter.by_unpaid(table).iloc[0]
    lacks = units.usd_bn(most.peak_usd_bn) if most.peak_usd_bn else "nothing"
    words = (
        f"The world that can cost suppliers most is one in which {who} itself lacks {lacks}."
        if most.world == chapter.by_gap(table).world.iloc[-1]
        else f"What closes {who}'s gap can open one elsewhere: look at both columns."
    )
    fact.words("lesson", words, "gap in the scenario in which suppliers lose most")


def _quoted(name: str) -> str:
    return f"“{name.lower()}”"


def _percents(shares: pd.Series[float]) -> str:
    return f"{100 * shares.min():.0f} to {100 * shares.max():.0f}%"
