"""The facts of the chapter on when the money moves: they state what was computed elsewhere."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters import when_money_moves as chapter
from tightrope.chapters.when_money_moves_advance import Advance
from tightrope.chapters.when_money_moves_floats import spell
from tightrope.measures import timing
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantity

_SIDES = (("in", "payee"), ("out", "payer"))


def state_example(fact: Facts, rate: float, back: float, stay: float) -> None:
    """The made-up account: `back` and `rate` as fractions, `stay` in years."""
    fact("toy-in", 100.0, "usd", "a made-up example")
    fact("toy-yearly", 20.0, "usd", "a made-up example")
    fact("toy-rate", 100 * rate, "percent", "discount rate of this page, an assumption")
    fact("toy-back", 100 * back, "percent", "present value of the payments back, in 2025")
    fact.words("toy-stay", spell(stay), "average time until a dollar is used up")


def state_dated(page: Opening, flows: pd.DataFrame, moves: pd.DataFrame) -> None:
    """What has a year, what has none, and what is known as a range only, on each side."""
    has_year = moves.year.notna()
    for direction, end in _SIDES:
        ours = moves[end].eq(page.focal)
        for key, table, how in (
            ("dated", moves[ours & has_year], "payments with a known year"),
            ("undated", moves[ours & ~has_year], "payments of known amount, no year"),
        ):
            fact = page.fact.on(page.rows(table))
            fact(f"{key}-{direction}", float(table.amount.sum()), "usd_bn", how)
        ranged = flows[flows[end].eq(page.focal) & flows.amount.isna()]
        fact = page.fact.on(page.rows(ranged))
        how = "legs of which only a range is known, low and high ends added up"
        if ranged.empty:
            fact.words(f"ranged-{direction}", "nothing", how)
            continue
        ends = ranged.low.sum(), ranged.high.sum(skipna=False)
        fact.span(f"ranged-{direction}", *ends, how)


def state_left_out(page: Opening, flows: pd.DataFrame) -> None:
    """How what this page counts, with what it leaves out, makes up the quantities."""
    to_come_in, to_pay = page.quantities["to_come_in"], page.quantities["to_pay"]
    counted = flows.amount.fillna(flows.low)
    warrants = to_come_in.stated - counted[flows.payee.eq(page.focal)].sum()
    share = to_pay.stated - counted[flows.payer.eq(page.focal)].sum()
    holds = page.layer == "announced" and min(warrants, share) > 1e-6
    page.fact.words(
        "all-words",
        f"Together with warrants of {units.usd_bn(warrants)} and a revenue share of "
        f"{units.usd_bn(share)}, which are left out here, this is all that is to come in as "
        f"stated, {to_come_in.at('stated')}, and all that {page.book.party_name(page.focal)} "
        f"is to pay, {to_pay.at('stated')}."
        if holds
        else "",
        "to come in and to pay as stated, less all that this page counts",
        [*to_come_in.rows, *to_pay.rows],
    )


def state_order(fact: Facts, key: str, moves: pd.DataFrame, focal: str, party: str) -> None:
    """What of a partner's money is matched in the order of time, and after how long."""
    value, years = 0.0, math.nan
    if len(moves):
        trip = timing.timed_round_trip(moves, focal, party)
        value, years = trip.value, trip.years
    how = "payments out that an earlier payment in matches, first in, first out"
    fact(f"{key}-matched", value, "usd_bn", how)
    fact.words(
        f"{key}-when",
        "as far as payments are known" if math.isnan(years) else f"after {spell(years)} on average",
        "average time between a dollar in and the dollar out that it is matched with",
    )


def state_advance(fact: Facts, key: str, one: Advance, focal: str) -> None:
    """How long a dollar of an advance stayed, and what went in and out within one year."""
    for when, paid_in in (("early", one.early), ("late", one.late)):
        years = math.nan
        if one.years:
            years = timing.timed_round_trip(one.account(paid_in), focal, one.party).years
        fact.words(
            f"{key}-stay-{when}",
            "no known time" if math.isnan(years) else spell(years),
            "average time between a dollar in and the dollar out that it is matched with, "
            "first in, first out",
        )
    fact(
        f"{key}-same-late",
        one.within_years(),
        "usd_bn",
        "smaller of paid in and paid out of each year, added up; "
        "payments in dated when a balance proved them",
    )
    rounds = [f"legs/{leg}" for leg in one.rounds]
    known = "yes" if one.years else ""
    fact.words(f"{key}-known", known, "whether payments both ways are known", rounds)


def state_present(fact: Facts, key: str, shares: pd.DataFrame) -> None:
    """The least and most (percent) that comes back at present value in some cases."""
    found = shares[["low", "high"]].to_numpy(dtype=float)
    words = "an unknown part"
    if len(found):
        least, most = found.min(), found.max()
        is_one = round(least) == round(most)
        words = f"{most:.0f}%" if is_one else f"between {least:.0f}% and {most:.0f}%"
    fact.words(
        key,
        words,
        "present value of what went back, at most that of what came in, over what came in; "
        "least and most of the cases",
    )


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
        "yes" if len(growth) and not is_made(growth, within) else "",
        "whether no more than twice as much is matched over all years as within single years",
    )


def is_made(growth: pd.DataFrame, within: tuple[float, float]) -> bool:
    """Whether more than twice as much is matched over all years as within single years."""
    return bool(len(growth) and growth.total.iloc[-1] > 2 * within[1])


def state_loop(
    fact: Facts, growth: pd.DataFrame, within: tuple[float, float], timed: float
) -> None:
    """How circular all accounts together are, by which year most, and in the last one."""
    fact.words(
        "loop-made",
        "yes" if is_made(growth, within) else "",
        "whether more than twice as much is matched over all years as within single years",
    )
    total = float(growth.total.iloc[-1]) if len(growth) else 0.0
    fact.words(
        "timed-words",
        "and all of that goes out after the partner’s own money had come in"
        if timed > 0.995 * total
        else f"or {units.usd_bn(timed)} if a payment out counts only where the partner’s own "
        "money had come first",
        "payments out matched with earlier payments in of the same partner, "
        "first in, first out, added up",
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


def state_return(
    fact: Facts, through: pd.DataFrame, rows: Sequence[str], promised: Quantity, maker: str
) -> None:
    """Whether what suppliers pay `maker`, a name, makes up what it is to put in.

    `through` are rows of `when_money_moves.bought_through`, `rows` those behind them.
    """
    if through.low.sum() >= promised.stated:
        words = f"all of {maker}’s money comes back at either end of that range"
    elif through.high.sum() >= promised.stated:
        words = f"all of {maker}’s money may come back"
    else:
        words = f"a part of {maker}’s money comes back"
    how = f"estimated purchases of {maker}'s chips against what {maker} is to put in"
    fact.words("chips-verdict", words, how, [*rows, *promised.rows])
    ends = through.low.sum(), through.high.sum(skipna=False)
    how = f"estimates of what suppliers spend on {maker}'s chips, low and high ends added up"
    fact.words("chips", units.usd_bn_range(*ends) if len(through) else "an unknown sum", how, rows)
