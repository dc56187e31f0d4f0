"""The facts of the chapter on whose money it is: they state what was computed elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope.chapters.whose_money.words import percent_range
from tightrope.chapters.whose_money.years import YearFigure, YearShare, has_turned
from tightrope.measures.external import ExternalRange
from tightrope.publish.facts import NOT_YET, Facts
from tightrope.publish.opening import Opening

_NO_YEAR = YearShare(*[math.nan] * 6)


def state_money(page: Opening, announced: ExternalRange, rows: Sequence[str]) -> None:
    """Whether any payment and any money for shares is known, and what that money is as a whole.

    `announced` is the money for shares on the widest layer, `rows` those behind it.
    """
    paid_in = page.quantities["paid_in"]
    known = "yes" if paid_in.high > 0 else ""
    page.fact.words("paid-known", known, "whether any payment is known", paid_in.rows)
    state_money_known(page, announced, rows)
    how = "money for shares that was announced, signed or paid; press reports left out"
    ends = announced.inflow.low, announced.inflow.high
    page.fact.span("share-whole", *ends, how, page.quantities["external_share"].rows)


def state_growth(
    fact: Facts, key: str, value: pd.Series[float], ids: Sequence[str], how: str
) -> None:
    """By how much the second of two figures of `value` exceeds the first: USD billion."""
    before, after = value.reindex(list(ids))
    fact(key, after - before, "usd_bn", how, [f"financials/{row}" for row in ids])


def state_years(fact: Facts, shares: Mapping[str, YearShare], years: Sequence[str]) -> None:
    """What customers and outsiders paid of each year: the share, and the dollars."""
    how = (
        "paid by customers and by parties that the focal party does not buy from, over all that "
        "was paid; payments without a year in either year"
    )
    for year in years:
        one = shares.get(year, _NO_YEAR)
        fact.words(f"ext-{year}", percent_range(one.least, one.most), how)
        fact.span(f"ext-{year}-usd", one.outside_low, one.outside_high, how)


def state_finding(fact: Facts, words: str, shares: Mapping[str, YearShare], last: int) -> None:
    """The headline, and what outsiders paid in the last two years, in full and so far."""
    how = "whether customers and outside investors surely paid less of the last year"
    fact.words("finding", words, how)
    known = list(shares.items())[-2:]
    is_paid = all(one.whole[0] > 0 for _, one in known)
    is_two = len(known) == 2 and known[1][0] == str(last) and is_paid
    how = "whether something is known to be paid in this year and in the year before"
    fact.words("two-years", "yes" if is_two else "", how)
    how = "paid by customers and by parties that the focal party does not buy from"
    for key, place in (("before", 0), ("now", 1)):
        year, one = known[place] if is_two else ("", _NO_YEAR)
        fact.words(f"{key}-year", year, how)
        fact.words(f"{key}-share", percent_range(one.least, one.most), f"{how}, over all paid")
        fact.span(f"{key}-usd", one.outside_low, one.outside_high, how)


def state_sum_or_not_yet(fact: Facts, key: str, sums: pd.Series[float], how: str) -> None:
    """The sum of payments in USD billion, or that there is none yet."""
    if sums.empty:
        fact.words(key, NOT_YET, how)
    else:
        fact(key, float(sums.sum()), "usd_bn", how)


def state_case(fact: Facts, key: str, lane: pd.DataFrame, how: str) -> None:
    """The share and the dollars of one lane of `readers.cases`, if it is there."""
    if lane.empty:
        fact.words(key, "", how)
        fact.span(f"{key}-usd", math.nan, math.nan, how)
        return
    row = lane.iloc[0]
    fact.words(key, percent_range(row.low / 100, row.high / 100), how)
    fact.span(f"{key}-usd", row.usd_low, row.usd_high, how)


def state_cover(
    fact: Facts, came: YearFigure | None, cost: YearFigure | None, rows: Sequence[Sequence[str]]
) -> None:
    """Revenue and costs of a part of a year, and how far one covers the other.

    `rows` are those behind the revenue and behind the losses.
    """
    revenue, costs = (one.low if one else math.nan for one in (came, cost))
    both = [*rows[0], *rows[1]]
    fact("revenue-h1", float(revenue), "usd_bn", "sum of the quarters", rows[0])
    how = "revenue and operating loss of the quarters"
    fact("costs-h1", float(costs), "usd_bn", how, both)
    fact("covered-h1", float(100 * revenue / costs), "percent", "revenue over costs", both)


def state_money_known(page: Opening, announced: ExternalRange, rows: Sequence[str]) -> None:
    """Whether any money for shares is known."""
    known = "yes" if announced.inflow.low > 0 else ""
    page.fact.words("shares-known", known, "whether any money for shares is known", rows)


def state_turned(
    fact: Facts, shares: Mapping[str, YearShare], paid: pd.DataFrame, outsider: str
) -> None:
    """Whether suppliers bring most of the last year, and one outsider most of the rest."""
    how = "whether suppliers surely bring more, and one outsider most of the rest"
    if not (has_turned(dict(shares)) and shares):
        fact.words("turned", "", how)
        return
    year, last = list(shares.items())[-1]
    own = paid[paid.payer.eq(outsider) & paid.year.eq(int(year)) & paid.is_said]
    is_most = last.most < 0.5 and own.low.sum() > last.outside_high / 2
    fact.words("turned", "yes" if is_most else "", how)
