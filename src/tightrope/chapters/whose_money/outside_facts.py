"""The facts of outside money, by every reading."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope.chapters.whose_money.papers import Look, Rebate
from tightrope.measures.external import ExternalRange
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantity


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
    fact.span(key, low, high, how)
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
