"""The facts of the chapter on whose money it is: they state what was computed elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope.chapters.whose_money.papers import Look, Rebate
from tightrope.chapters.whose_money.words import percent_range
from tightrope.chapters.whose_money.years import YearFigure, YearShare
from tightrope.measures.external import ExternalRange
from tightrope.publish.facts import NOT_YET, Facts
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantity

_NO_YEAR = YearShare(*[math.nan] * 6)


def state_money(page: Opening, announced: ExternalRange, rows: Sequence[str]) -> None:
    """Whether any payment and any money for shares is known, and what that money is as a whole.

    `announced` is the money for shares on the widest layer, `rows` those behind it.
    """
    paid_in = page.quantities["paid_in"]
    known = "yes" if paid_in.high > 0 else ""
    page.fact.words("paid-known", known, "whether any payment is known", paid_in.rows)
    known = "yes" if announced.inflow.low > 0 else ""
    page.fact.words("shares-known", known, "whether any money for shares is known", rows)
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


def state_earlier(fact: Facts, then: ExternalRange | None) -> None:
    """The strict share as it stood on an earlier day, its dollars and the whole, as stated."""
    how = "external share on the day, strict, as stated"
    fact.words("strict-letter", f"{then.share.stated:.0%}" if then else "", how)
    sums = (then.usd_bn.stated, then.inflow.stated) if then else (math.nan, math.nan)
    for key, amount in zip(("strict-letter-usd", "all-letter-usd"), sums, strict=True):
        fact(key, float(amount), "usd_bn", how)


def state_look(fact: Facts, key: str, whole: str, looks: Sequence[Look]) -> None:
    """A supplier's own money in one period, and what it is paid there; not known without a look."""
    low, high, least = math.nan, math.nan, math.nan
    if looks:
        own = looks[0].own
        low, high, least = own.low, own.high, own.revenue_low
    how = "revenue x share of the sources, to the smaller of revenue and own money"
    fact.span(key, round(low, 1), round(high, 1), how)
    fact(whole, least, "usd_bn", "what the supplier is paid in the period")


def state_rebates(fact: Facts, rebates: Sequence[Rebate], legs: Mapping[str, str]) -> None:
    """The rates of the keys of `legs`, each on its rows, or on that leg where none is known."""
    how = (
        "value of the paper over the purchases it was given for: "
        "lowest over highest, highest over lowest"
    )
    found = {one.key: one for one in rebates}
    for name, leg in legs.items():
        one = found.get(f"rebate-{name}")
        rows = one.rows if one else [f"legs/{leg}"]
        fact.words(f"rebate-{name}", one.rate if one else "", how, rows)


def state_listed(page: Opening, loans: pd.DataFrame, heard: Quantity | None) -> None:
    """What some borrowers owe for the focal party's deals, and besides, and all loans of the day.

    `loans` are rows of `lending.loans_then`, `heard` is `lending.heard_then`.
    """
    how = "announced amounts of the loans, as known on the day of the other count"
    for key, is_tied in (("listed-tied", True), ("listed-rest", False)):
        legs = loans[loans.is_tied.eq(is_tied)]
        amount = float(legs.stated.sum()) if heard else math.nan
        page.fact(key, amount, "usd_bn", how, page.rows(legs))
    how = "borrowed for the focal party's deals, press reports included, as known on that day"
    rows = (heard or page.quantities["borrowed_for_deals_with_reports"]).rows
    page.fact("tied-then", heard.stated if heard else math.nan, "usd_bn", how, rows)


def state_standard(
    fact: Facts, contract: float, paid: float, invoiced: float, booked: float
) -> None:
    """The example of the accounting standard: USD billion."""
    example = "IFRS 15, Illustrative Example 32"
    fact("ie-contract", contract, "usd_bn", f"{example}: price of the contract")
    fact("ie-paid", paid, "usd_bn", f"{example}: paid to the customer")
    fact("ie-price", contract - paid, "usd_bn", "contract less what the customer was paid")
    fact("ie-invoiced", invoiced, "usd_bn", f"{example}: invoiced in the first month")
    how = "invoiced x (1 - paid to the customer / contract)"
    fact("ie-revenue", booked, "usd_bn", how)


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
