"""The facts of the chapter on when the money moves: they state what was computed elsewhere."""

from __future__ import annotations

import math

import pandas as pd

from tightrope import units
from tightrope.chapters import when_money_moves as chapter
from tightrope.chapters.when_money_moves_floats import spell
from tightrope.measures import timing
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening

_SIDES = (("in", "payee"), ("out", "payer"))


def state_finding(page: Opening, moves: pd.DataFrame) -> None:
    """State what the page leads with."""
    how = "the part that is paid of all payments with a known amount, in and out"
    page.fact.on(page.rows(moves)).words("finding", finding(moves, page.focal), how)


def finding(moves: pd.DataFrame, focal: str) -> str:
    """The headline: whether most of the money is in while most bills are still to come."""
    paid = moves.amount.where(moves.basis.eq("paid"), 0.0)
    parts = {}
    for direction, end in _SIDES:
        ours = moves[end].eq(focal)
        whole = float(moves.amount[ours].sum())
        parts[direction] = float(paid[ours].sum()) / whole if whole else math.nan
    if parts["in"] > 0.5 > parts["out"]:
        return "Most of the money is in. Most bills are still to come."
    return in_parts(moves)


def in_parts(moves: pd.DataFrame) -> str:
    """What of all payments is paid, falls due in a year, and has no date, as a headline."""
    known = moves[moves.amount.notna()]
    if not known.amount.sum() > 0:
        return "No payment has a known sum, so none has a place in time"
    has_year = known.year.notna()
    sums = {
        "is paid": known.amount[known.basis.eq("paid")].sum(),
        "falls due in a known year": known.amount[known.basis.ne("paid") & has_year].sum(),
        "has no date": known.amount[known.basis.ne("paid") & ~has_year].sum(),
    }
    whole = units.usd_bn(float(known.amount.sum()))
    parts = {verb: units.usd_bn(float(amount)) for verb, amount in sums.items() if amount > 0}
    if len(parts) == 1:
        return f"All of {whole} in and out {next(iter(parts))}"
    said = units.listing(f"{amount} {verb}" for verb, amount in parts.items())
    return f"Of {whole} in and out, {said}"


def state_dated(page: Opening, flows: pd.DataFrame, moves: pd.DataFrame) -> None:
    """What has a year, on each side, and of what goes out what is known as a range only."""
    has_year = moves.year.notna()
    for direction, end in _SIDES:
        table = moves[moves[end].eq(page.focal) & has_year]
        fact = page.fact.on(page.rows(table))
        amount = float(table.amount.sum())
        fact(f"dated-{direction}", amount, "usd_bn", "payments with a known year")
    ranged = flows[flows.payer.eq(page.focal) & flows.amount.isna()]
    fact = page.fact.on(page.rows(ranged))
    how = "legs of which only a range is known, low and high ends added up"
    if ranged.empty:
        fact.words("ranged-out", "nothing", how)
    else:
        fact.span("ranged-out", ranged.low.sum(), ranged.high.sum(skipna=False), how)


def state_waiting(fact: Facts, key: str, moves: pd.DataFrame, focal: str, party: str) -> None:
    """State after how long a partner's money is matched in the order of time."""
    years = timing.timed_round_trip(moves, focal, party).years if len(moves) else math.nan
    fact.words(
        f"{key}-when",
        "as far as payments are known" if math.isnan(years) else f"after {spell(years)} on average",
        "average time between a dollar in and the dollar out that it is matched with",
    )


def state_order(fact: Facts, key: str, moves: pd.DataFrame, focal: str, party: str) -> None:
    """What of a partner's money is matched in the order of time, and after how long."""
    matched = timing.timed_round_trip(moves, focal, party).value if len(moves) else 0.0
    how = "payments out that an earlier payment in matches, first in, first out"
    fact(f"{key}-matched", matched, "usd_bn", how)
    state_waiting(fact, key, moves, focal, party)


def state_matched(fact: Facts, growth: pd.DataFrame, within: tuple[float, float]) -> None:
    """What is matched within years and over all of them, and which of the two texts holds."""
    total = float(growth.total.iloc[-1]) if len(growth) else 0.0
    fact.span(
        "within-range",
        *within,
        "smaller side of each partner's account in each year, added up; "
        "least and most of four ways to date the payments",
    )
    fact(
        "total-matched",
        total,
        "usd_bn",
        "smaller side of each partner's account over all years with a date, added up",
    )
    fact.words(
        "loop-open",
        "yes" if total > 0 and not is_made(growth, within) else "",
        "whether anything is matched, and no more than twice as much as within single years",
    )


def is_made(growth: pd.DataFrame, within: tuple[float, float]) -> bool:
    """Whether more than twice as much is matched over all years as within single years."""
    return bool(len(growth) and growth.total.iloc[-1] > 2 * within[1])


def state_loop(fact: Facts, growth: pd.DataFrame, within: tuple[float, float]) -> None:
    """How circular all accounts together are, by which year most, and in the last one."""
    fact.words(
        "loop-made",
        "yes" if is_made(growth, within) else "",
        "whether more than twice as much is matched over all years as within single years",
    )
    peak, ratio = chapter.peak_year(growth), growth.ratio.dropna()
    fact.words("ratio-year", f"{peak}", "year in which the share is highest")
    fact(
        "ratio-peak",
        100 * float(ratio.get(peak, math.nan)),
        "percent",
        "payments matched by one straight back, over all payments, from the beginning to that year",
    )
    fact(
        "total-peak",
        float(growth.total.get(peak, math.nan)),
        "usd_bn",
        "smaller side of each partner's account from the beginning to that year, added up",
    )
    last = f"{growth.index[-1]}" if len(growth) else ""
    fact.words("last-year", last, "last year with a dated payment")
    fact(
        "ratio-last",
        100 * float(ratio.iloc[-1]) if len(ratio) else math.nan,
        "percent",
        "payments matched by one straight back, over all payments with a date",
    )
