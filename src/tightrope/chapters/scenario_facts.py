"""What the page of one scenario states, from what was computed."""

from __future__ import annotations

import pandas as pd

from tightrope import readings, scenarios, units
from tightrope.chapters import scenario as chapter
from tightrope.chapters.scenario import Breaks, Circle
from tightrope.chapters.worlds import FIRST_YEAR, LAST_YEAR, World, is_later, of_100
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
    """State what is missing in the draws, and when cash ends in them."""
    state_peaks(fact, world)
    ending = f"{of_100(world.ends_share)} of our draws"
    fact.words("ends-share", ending, f"draws in which cash falls below zero; {world.often}")
    early = world.drawn.month_at(0.05)
    when = f"in or before {early:%B %Y}" if early else "never"
    fact.words("ends-early", when, f"5 of 100 draws are out of cash by then; {world.often}")


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


def state_widest(fact: Facts, swings: pd.DataFrame) -> None:
    """State the two assumptions that move the gap most (`scenarios.swings`)."""
    widest = units.listing(words.lower() for words in swings.words.iloc[:2])
    fact.words("moves-most", widest, "widest swings of the gap at its peak")


def state_circle(fact: Facts, found: Circle, book: Dealbook, focal: str) -> None:
    """State what comes in in all years, and what of it goes back or comes from outside."""
    called, paid = chapter.names(book), f"all that {book.party_name(focal)} is paid"
    how = (
        f"smaller of what each supplier pays {book.party_name(focal)} and is paid by it, {_YEARS}, "
        "added up"
    )
    fact("five-year-round-trip", found.round_trip, "usd_bn", how)
    share = f"{100 * found.round_trip / found.total_in:.0f}%"
    how = f"round trip over {paid}, revenue included"
    fact.words("five-year-round-trip-share", share, how)
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
    share = f"{100 * found.outside.strict:.0f}%"
    fact.words("five-year-outside-share", share, f"the same over {paid}")


def state_unpaid(fact: Facts, found: Breaks) -> None:
    """State whether suppliers get all that contracts oblige, and from when on not."""
    short = found.short
    fact.words("pays-all", yes(not short), "whether suppliers get all that contracts oblige")
    fact.words("pays-part", yes(bool(short)), "whether suppliers may get only a part")
    orders = {
        "mild": ("first", "contracts before other compute"),
        "strict": ("alike", "all compute cut alike"),
    }
    for end, (order, words) in orders.items():
        how = f"contracts due {_YEARS} that are not paid, {words}"
        fact(f"unpaid-{end}", chapter.unpaid(found.shares, order), "usd_bn", how)
    fact("all-due", float(found.shares.due.sum()), "usd_bn", f"contracts due {_YEARS}")
    how = "first year in which contracts may not be paid in full"
    fact.words("first-short", str(short[0] if short else LAST_YEAR), how)


def state_breaks(fact: Facts, found: Breaks, book: Dealbook, focal: str) -> None:
    """State who fails and who loses at both ends, on the rows of the partners' books."""
    called, who = chapter.names(book), book.party_name(focal)
    for end in found.lost:
        fails = found.failing(end)
        words = units.listing(
            f"{called.get(party, party)} in {year}" for party, year in fails.items()
        )
        anyway = units.listing(called.get(party, party) for party in found.failing_anyway(end))
        words = words or ("nobody because of it" if anyway else "nobody")
        words += f"; {anyway} cannot even if {who} pays all" if anyway else ""
        how = f"partners that cannot pay because {who} pays less, {end} end"
        fact.words(f"fails-{end}", words, how, found.rows)
        how = (
            "what lenders, landlords and makers of machines lose beyond what they would lose at "
            f"full payment, {end} end"
        )
        fact(f"behind-{end}", found.behind(end), "usd_bn", how, found.rows)
    how = "revenue that the tested partners miss, strict end"
    fact("missed-strict", found.missed("strict"), "usd_bn", how, found.rows)
    tested = units.listing(called.get(party, party) for party in found.web.tested)
    fact.words("tested", tested or "nobody", "partners whose cash flow and dues are published")
    begins = str(found.web.years[0] if found.web.years else FIRST_YEAR)
    how = "first whole year after the newest cash of the partners"
    fact.words("cleared-from", begins, how)
