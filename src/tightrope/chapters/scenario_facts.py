"""What the page of one scenario states, from what was computed."""

from __future__ import annotations

from tightrope import readings, scenarios, units
from tightrope.chapters import scenario as chapter
from tightrope.chapters.scenario import Breaks, Circle
from tightrope.chapters.worlds import FIRST_YEAR, LAST_YEAR, World, is_later, of_100
from tightrope.cutting import ALIKE, CONTRACTS_FIRST
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts
from tightrope.scenario_parameters import BASE

_LEAST = 0.05
"""USD billion: less is nothing."""
_YEARS = f"{FIRST_YEAR} to {LAST_YEAR}"


def yes(holds: bool) -> str:
    """The text of a fact that shows or hides a cell (`when-KEY`)."""
    return "yes" if holds else ""


def state_kind(fact: Facts, world: World, book: Dealbook) -> None:
    """State what the scenario is called, what it changes, and whether it is newer than the day."""
    fact.words("title", world.name, "name of the scenario")
    fact.words("is-variant", yes(world.id != BASE), "whether it takes over from the base")
    how = "rows of the scenario beside those of the base"
    fact.words("changes", chapter.changes(world, book), how)
    newest = scenarios.newest_source(book)
    fact.words("newest-source", newest, "newest document that an assumption rests on")
    how = "whether an assumption is newer than the day of the edition"
    fact.words("is-later", yes(is_later(book)), how)


def state_answer(fact: Facts, world: World) -> None:
    """State when cash ends, and what is missing, as assumed."""
    lacks = world.lacks.stated
    fact.words("has-gap", yes(lacks > 0), "whether cash falls below what must stay")
    fact.words("no-gap", yes(lacks <= 0), "whether cash never falls below what must stay")
    ends = scenarios.when_cash_ends(world.own)
    how = "month in which cash falls below zero, even within each year"
    fact.words("ends", ends[0].upper() + ends[1:], how)
    fact("peak", lacks, "usd_bn", "minimum liquidity less cash in the worst year")
    fact.words("peak-year", str(world.gap.peak_year or LAST_YEAR), "year of the largest gap")
    lowest = float(world.path.cash.min())
    fact("lowest", lowest, "usd_bn", "cash at the end of the year that ends with least")
    fact.words("lowest-year", str(world.path.cash.idxmin()), "year that ends with least cash")
    fact.words("last-year", str(LAST_YEAR), "last year of the scenario")
    state_span(fact, world)
    beyond = world.own.beyond_plan
    how = "contracts alone less the planned sum of compute, where they take more"
    fact("beyond", beyond if beyond > _LEAST else float("nan"), "usd_bn", how)
    fact("kept", world.kept, "usd_bn", "cash that no year may end below", world.behind)


def state_span(fact: Facts, world: World) -> None:
    """State the range of the gap and of the month over all readings of when compute is spent."""
    read, spans = world.readings, world.spans
    on, how = fact.on(spans.rows), f"over {len(read.all)} readings, none of them drawn"
    on.span("gap-range", spans.low, spans.high, f"gap at its peak, {how}", nothing="nothing")
    words = f"month in which cash falls below zero, {how}"
    on.words("months", readings.when_cash_ends(read), words)


def state_runs(fact: Facts, world: World) -> None:
    """State what is missing in nine of ten draws, and in how many of them cash ends."""
    how = f"gap at its peak that 5 and 95 of 100 draws stay below; {world.often}"
    fact.span("gap-drawn", world.lacks.low, world.lacks.high, how, nothing="nothing")
    ending = of_100(world.ends_share)
    fact.words("ends-share", ending, f"draws in which cash falls below zero; {world.often}")


def state_peaks(fact: Facts, world: World) -> None:
    """State the gap at its peak below which 5, 50 and 95 of 100 draws stay."""
    middle = float(world.drawn.peaks().iloc[1])
    for key, peak, runs in (
        ("p05", world.lacks.low, "5 of 100 draws"),
        ("p50", middle, "half of the draws"),
        ("p95", world.lacks.high, "95 of 100 draws"),
    ):
        how = f"gap at its peak that {runs} stay below; {world.often}"
        fact(f"peak-{key}", peak, "usd_bn", how)


def state_circle(fact: Facts, found: Circle, book: Dealbook, focal: str) -> None:
    """State what comes in in all years, and what of it goes back or comes from outside."""
    called = chapter.names(book)
    how = (
        f"smaller of what each supplier pays {book.party_name(focal)} and is paid by it, {_YEARS}, "
        "added up"
    )
    fact("five-year-round-trip", found.round_trip, "usd_bn", how)
    fact("total-in", found.total_in, "usd_bn", f"revenue and new money, {_YEARS}")
    how = (
        f"largest flow that can leave {book.party_name(focal)} and return over suppliers and chip "
        "makers, onward payments at their high ends"
    )
    fact("five-year-any-route", found.any_route, "usd_bn", how)
    partners = units.listing(called.get(party, party) for party in found.returns.party)
    fact.words("circle", partners or "nobody", "suppliers that also pay in")
    how = (
        f"paid by customers and by parties that {book.party_name(focal)} pays nothing, strict "
        "reading"
    )
    fact("five-year-outside", found.outside.strict_usd_bn, "usd_bn", how)


def state_unpaid(fact: Facts, found: Breaks) -> None:
    """State whether suppliers get all that contracts oblige, and from when on not."""
    short = found.short
    fact.words("pays-all", yes(not short), "whether suppliers get all that contracts oblige")
    fact.words("pays-part", yes(bool(short)), "whether suppliers may get only a part")
    low, high = sorted(found.unpaid(order) for order in (CONTRACTS_FIRST, ALIKE))
    how = f"contracts due {_YEARS} that are not paid: contracts first, or all compute alike"
    fact.span("unpaid", low, high, how, nothing="nothing")
    fact("all-due", float(found.shares.due.sum()), "usd_bn", f"contracts due {_YEARS}")
    how = "first year in which contracts may not be paid in full"
    fact.words("first-short", str(short[0] if short else LAST_YEAR), how)


def state_breaks(fact: Facts, found: Breaks, book: Dealbook, focal: str) -> None:
    """State who cannot pay whatever the scenario pays."""
    called, who = chapter.names(book), book.party_name(focal)
    anyway = units.listing(called.get(party, party) for party in found.short_anyway("strict"))
    text = f"At the strict end {anyway} cannot pay every bill even if {who} pays all."
    how = "partners with a gap of their own, strict end"
    fact.words("anyway", text if anyway else "", how, found.rows)
